; The setup for Windows: for one user, without an administrator, without a network.
;
; Defined by who calls: VERSION (0.1.0), BUILT (the folder of the programs), OUT (the file to
; write), OLDEST_WEBVIEW (the first main version of WebView2 that shows the page), EXTRA (a folder
; of texts that go along).

Unicode true
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
CRCCheck force
SetDateSave off

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh
!include WinVer.nsh

!define PRODUCT "Sổ Trực"
!define APP_ID "vn.sotruc.desktop"
!define WINDOW "SoTruc.exe"
!define BOOK_TYPE "SoTruc.Book"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\SoTruc"
!define OURS "Software\SoTruc"
!define RUNTIME "{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define RUNTIME_SETUP "MicrosoftEdgeWebView2RuntimeInstallerX64.exe"

; How a setup that nobody watches ends.
!define COPY_FAILED 2
!define STILL_OPEN 3

Name "${PRODUCT} ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\SoTruc"
InstallDirRegKey HKCU "${OURS}" "Folder"
BrandingText "${PRODUCT} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${PRODUCT}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "..\icons\icon.ico"
!define MUI_UNICON "..\icons\icon.ico"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${OURS}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_COMPONENTSPAGE_SMALLDESC

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_RESERVEFILE_LANGDLL

!include "words.nsh"

Var Upgrade

; ---- What is asked of the system -----------------------------------------------------------

; Whether a program of ours runs from the folder: what runs cannot be written to.
!macro IsOpen un
Function ${un}IsOpen
  Push $0
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\${WINDOW}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${WINDOW}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $0
      StrCpy $0 0
    ${EndIf}
  ${EndIf}
  Exch $0
FunctionEnd

; Waits until it is closed; asks who watches.
Function ${un}WaitUntilClosed
  StrCpy $R1 0
  ${Do}
    Call ${un}IsOpen
    Pop $R0
    ${If} $R0 = 0
      Return
    ${EndIf}
    ; An update closes its program while the setup begins.
    IntOp $R1 $R1 + 1
    ${If} $R1 < 20
      Sleep 500
    ${ElseIf} ${Silent}
      SetErrorLevel ${STILL_OPEN}
      Abort
    ${Else}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(CloseFirst)" IDRETRY +2
      Abort
    ${EndIf}
  ${Loop}
FunctionEnd
!macroend
!insertmacro IsOpen ""
!insertmacro IsOpen "un."

; Gives the main version of the system's WebView2; 0 when there is none.
Function RuntimeVersion
  Push $0
  SetRegView 32
  ReadRegStr $0 HKLM "SOFTWARE\Microsoft\EdgeUpdate\Clients\${RUNTIME}" "pv"
  SetRegView 64
  ${If} $0 == ""
    ReadRegStr $0 HKCU "Software\Microsoft\EdgeUpdate\Clients\${RUNTIME}" "pv"
  ${EndIf}
  ; Up to the first dot.
  IntOp $0 $0 + 0
  Exch $0
FunctionEnd

; Gives a shortcut the name under which the system knows the program's notices.
Function NameShortcut
  Exch $R0
  System::Call 'ole32::CoCreateInstance(g "{00021401-0000-0000-C000-000000000046}", p 0, i 1, g "{000214F9-0000-0000-C000-000000000046}", *p .r0) i .r9'
  ${If} $9 = 0
    System::Call '$0->0(g "{0000010B-0000-0000-C000-000000000046}", *p .r1) i .r9'
    ${If} $9 = 0
      System::Call '$1->5(w R0, i 2) i .r9'
      System::Call '$0->0(g "{886D8EEB-8CF2-4446-8D02-CDBA1DBDCF99}", *p .r2) i .r9'
      ${If} $9 = 0
        ; PKEY_AppUserModel_ID, and a text of the system's kind (VT_LPWSTR).
        System::Call '*(&g16 "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}", i 5) p .r3'
        System::Call '*(&w64 "${APP_ID}") p .r5'
        System::Call '*(&i2 31, &i2 0, &i2 0, &i2 0, p r5, p 0) p .r4'
        System::Call '$2->6(p r3, p r4) i .r9'
        System::Call '$2->7() i .r9'
        System::Call '$1->6(w R0, i 1) i .r9'
        System::Free $3
        System::Free $4
        System::Free $5
        System::Call '$2->2()'
      ${EndIf}
      System::Call '$1->2()'
    ${EndIf}
    System::Call '$0->2()'
  ${EndIf}
  Pop $R0
FunctionEnd

; ---- The setup -----------------------------------------------------------------------------

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "${PRODUCT}: Windows 10 / 11, 64 bit." /SD IDOK
    Abort
  ${EndIf}
  SetRegView 64
  !insertmacro MUI_LANGDLL_DISPLAY
  StrCpy $Upgrade 0
  ${If} ${FileExists} "$INSTDIR\${WINDOW}"
    StrCpy $Upgrade 1
  ${EndIf}
FunctionEnd

Section "$(TheProgram)" SecProgram
  SectionIn RO
  Call WaitUntilClosed

  ; The program that wrote the books copies them, before another takes its place; one that updates
  ; itself has done so.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/COPIED" $1
  ${If} ${Errors}
  ${AndIf} $Upgrade = 1
  ${AndIf} ${FileExists} "$INSTDIR\terminal\sotruc.exe"
    DetailPrint "$(CopyingBooks)"
    nsExec::ExecToLog '"$INSTDIR\terminal\sotruc.exe" backup --all'
    Pop $0
    ${If} $0 != 0
      ${If} ${Silent}
        SetErrorLevel ${COPY_FAILED}
        Abort
      ${EndIf}
      MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(CopyFailed)" IDYES +2
      Abort "$(NothingChanged)"
    ${EndIf}
  ${EndIf}

  SetOutPath "$INSTDIR"
  File "/oname=${WINDOW}" "${BUILT}\sotruc-desktop.exe"
  File "${BUILT}\WebView2Loader.dll"
  File /r "${EXTRA}\*.*"
  SetOutPath "$INSTDIR\terminal"
  File "${BUILT}\sotruc.exe"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${OURS}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${OURS}" "Version" "${VERSION}"
  WriteRegStr HKCU "${OURS}" "Language" "$LANGUAGE"

  ; A book opens by double click.
  WriteRegStr HKCU "Software\Classes\.sotruc" "" "${BOOK_TYPE}"
  WriteRegStr HKCU "Software\Classes\${BOOK_TYPE}" "" "$(BookType)"
  WriteRegStr HKCU "Software\Classes\${BOOK_TYPE}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "Software\Classes\${BOOK_TYPE}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  ; Its notices come under its name.
  WriteRegStr HKCU "Software\Classes\AppUserModelId\${APP_ID}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "Software\Classes\AppUserModelId\${APP_ID}" "IconUri" "$INSTDIR\${WINDOW}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${WINDOW},0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0

  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${WINDOW}"
  Push "$SMPROGRAMS\${PRODUCT}.lnk"
  Call NameShortcut

  ; What shows the page: the system's own, else what lies beside the setup.
  Call RuntimeVersion
  Pop $0
  ${If} $0 < ${OLDEST_WEBVIEW}
  ${AndIf} ${FileExists} "$EXEDIR\WebView2\msedgewebview2.exe"
    DetailPrint "$(TakingRuntime)"
    CopyFiles /SILENT "$EXEDIR\WebView2\*.*" "$INSTDIR\WebView2"
    StrCpy $0 ${OLDEST_WEBVIEW}
  ${EndIf}
  ${If} $0 < ${OLDEST_WEBVIEW}
  ${AndIf} ${FileExists} "$EXEDIR\${RUNTIME_SETUP}"
    DetailPrint "$(InstallingRuntime)"
    ExecWait '"$EXEDIR\${RUNTIME_SETUP}" /silent /install'
    Call RuntimeVersion
    Pop $0
  ${EndIf}
  ${If} $0 < ${OLDEST_WEBVIEW}
    DetailPrint "$(NoRuntime)"
    MessageBox MB_ICONEXCLAMATION "$(NoRuntime)" /SD IDOK
  ${EndIf}
SectionEnd

Section "$(OnDesktop)" SecDesktop
  CreateShortcut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\${WINDOW}"
  Push "$DESKTOP\${PRODUCT}.lnk"
  Call NameShortcut
SectionEnd

; Asks for an administrator, so it is not chosen unless somebody chooses it.
Section /o "$(NoNetwork)" SecNetwork
  StrCpy $0 'advfirewall firewall add rule name="SoTruc" dir=out action=block program="$INSTDIR\${WINDOW}"'
  StrCpy $1 'advfirewall firewall add rule name="SoTruc" dir=out action=block program="$INSTDIR\terminal\sotruc.exe"'
  StrCpy $2 ""
  ${If} ${FileExists} "$INSTDIR\WebView2\msedgewebview2.exe"
    StrCpy $2 ' & netsh advfirewall firewall add rule name="SoTruc" dir=out action=block program="$INSTDIR\WebView2\msedgewebview2.exe"'
  ${EndIf}
  ExecShellWait "runas" "$SYSDIR\cmd.exe" '/c netsh $0 & netsh $1$2' SW_HIDE
  WriteRegDWORD HKCU "${OURS}" "Firewall" 1
SectionEnd

Function .onInstSuccess
  ; An update opens the program again.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/START" $1
  ${IfNot} ${Errors}
    Exec '"$INSTDIR\${WINDOW}"'
  ${EndIf}
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SecProgram} "$(TheProgramIs)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecDesktop} "$(OnDesktopIs)"
  !insertmacro MUI_DESCRIPTION_TEXT ${SecNetwork} "$(NoNetworkIs)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

; ---- The way out ---------------------------------------------------------------------------

Function un.onInit
  SetRegView 64
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section "Uninstall"
  Call un.WaitUntilClosed
  ReadRegDWORD $0 HKCU "${OURS}" "Firewall"
  ${If} $0 = 1
  ${AndIfNot} ${Silent}
    ExecShellWait "runas" "$SYSDIR\netsh.exe" 'advfirewall firewall delete rule name="SoTruc"' SW_HIDE
  ${EndIf}

  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\WebView2Loader.dll"
  RMDir /r "$INSTDIR\terminal"
  RMDir /r "$INSTDIR\WebView2"
  Delete "$INSTDIR\licences.html"
  Delete "$INSTDIR\*.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ; What the page drew with; the books, their keys and the settings stay.
  RMDir /r "$LOCALAPPDATA\so-truc\webview"

  ReadRegStr $0 HKCU "Software\Classes\.sotruc" ""
  ${If} $0 == "${BOOK_TYPE}"
    DeleteRegKey HKCU "Software\Classes\.sotruc"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${BOOK_TYPE}"
  DeleteRegKey HKCU "Software\Classes\AppUserModelId\${APP_ID}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${OURS}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  ${If} ${FileExists} "$LOCALAPPDATA\so-truc\*.*"
    DetailPrint "$(BooksStay)"
    MessageBox MB_ICONINFORMATION "$(BooksStay)" /SD IDOK
  ${EndIf}
SectionEnd
