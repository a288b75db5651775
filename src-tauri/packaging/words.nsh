; What the setup says.

!macro Say name vi en
  LangString ${name} ${LANG_VIETNAMESE} "${vi}"
  LangString ${name} ${LANG_ENGLISH} "${en}"
!macroend

!insertmacro Say TheProgram "Sổ Trực" "Sổ Trực"
!insertmacro Say TheProgramIs "Cửa sổ và dòng lệnh; mở sổ bằng nháy đúp." "The window and the terminal; a book opens by double click."
!insertmacro Say OnDesktop "Biểu tượng trên màn hình" "A shortcut on the desktop"
!insertmacro Say OnDesktopIs "Để mở chương trình từ màn hình." "Opens the program from the desktop."
!insertmacro Say NoNetwork "Chặn mạng (cần quản trị máy)" "Block the network (asks for an administrator)"
!insertmacro Say NoNetworkIs "Thêm quy tắc tường lửa: chương trình không đi ra mạng. Sổ Trực không cần mạng." "Adds a firewall rule: the program cannot go out. Sổ Trực needs no network."
!insertmacro Say BookType "Sổ trực" "Duty book"
!insertmacro Say CloseFirst "Sổ Trực đang mở. Hãy đóng cửa sổ của nó rồi bấm Thử lại." "Sổ Trực is open. Close its window, then press Retry."
!insertmacro Say CopyingBooks "Sao các sổ trước khi cập nhật…" "Copying the books before the update…"
!insertmacro Say CopyFailed "Không sao được sổ trước khi cập nhật (xem Chi tiết). Sổ không bị đổi. Vẫn cài bản mới?" "The books could not be copied before the update (see Details). They are unchanged. Install the new version all the same?"
!insertmacro Say NothingChanged "Không có gì bị đổi." "Nothing was changed."
!insertmacro Say TakingRuntime "Lấy WebView2 nằm cạnh bộ cài…" "Taking the WebView2 that lies beside the setup…"
!insertmacro Say InstallingRuntime "Cài WebView2 từ tệp nằm cạnh bộ cài…" "Installing WebView2 from the file beside the setup…"
!insertmacro Say NoRuntime "Máy này chưa có Microsoft Edge WebView2 đủ mới (cần từ bản ${OLDEST_WEBVIEW}), nên cửa sổ chưa mở được. Chép tệp ${RUNTIME_SETUP} của Microsoft vào cạnh bộ cài rồi chạy lại bộ cài." "This computer has no Microsoft Edge WebView2 that is new enough (${OLDEST_WEBVIEW} or later), so the window cannot open yet. Put Microsoft's file ${RUNTIME_SETUP} beside this setup and run it again."
!insertmacro Say BooksStay "Đã gỡ chương trình. Sổ, bản sao và khóa còn nguyên ở $LOCALAPPDATA\so-truc và ở nơi anh chị đã đặt sổ." "The program was removed. Books, copies and keys are still in $LOCALAPPDATA\so-truc and where you put your books."
