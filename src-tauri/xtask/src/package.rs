//! The files of a release, put together from the programs that are built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::release::{LICENCES, Release};
use crate::toolchain::said;
use crate::{helps, run, top};

/// Setup, portable folder and terminal for Windows, from the folder of the programs.
///
/// # Errors
/// What could not be made.
pub fn windows(release: &Release, built: &Path) -> Result<(), String> {
    let programs = release.empty("windows")?;
    for name in ["sotruc-desktop.exe", "sotruc.exe", "WebView2Loader.dll"] {
        copy(&built.join(name), &programs.join(name))?;
    }
    for name in ["sotruc-desktop.exe", "sotruc.exe"] {
        needs_only_windows(&programs.join(name))?;
        release.sign(&programs.join(name))?;
    }
    let extra = release.empty("extra")?;
    with_texts(release, &extra)?;

    let setup = release.file("setup.exe");
    let mut makensis = Command::new("makensis");
    makensis.args(["-V2", "-INPUTCHARSET", "UTF8", "-XTarget amd64-unicode"]);
    makensis.arg(format!("-DVERSION={}", release.version));
    makensis.arg(format!("-DBUILT={}", programs.display()));
    makensis.arg(format!("-DEXTRA={}", extra.display()));
    makensis.arg(format!("-DOUT={}", setup.display()));
    makensis.arg(format!("-DOLDEST_WEBVIEW={}", oldest_webview()?));
    makensis.arg("setup.nsi").current_dir(packaging());
    run(release.at_commit(&mut makensis))?;
    release.sign(&setup)?;

    let folder = release.empty("portable")?.join("SoTruc");
    copy(
        &programs.join("sotruc-desktop.exe"),
        &folder.join("SoTruc.exe"),
    )?;
    copy(
        &programs.join("WebView2Loader.dll"),
        &folder.join("WebView2Loader.dll"),
    )?;
    copy(
        &programs.join("sotruc.exe"),
        &folder.join("terminal/sotruc.exe"),
    )?;
    copy(
        &packaging().join("portable.txt"),
        &folder.join("portable.txt"),
    )?;
    with_texts(release, &folder)?;
    zip(release, &folder, &release.file("portable.zip"))?;

    let folder = release.empty("terminal-windows")?.join("sotruc");
    copy(&programs.join("sotruc.exe"), &folder.join("sotruc.exe"))?;
    with_texts(release, &folder)?;
    with_handbook(&folder)?;
    zip(release, &folder, &release.file("terminal-windows-x64.zip"))
}

/// Debian's package and the terminal for Linux, from the folder of the programs.
///
/// # Errors
/// What could not be made.
pub fn linux(release: &Release, built: &Path) -> Result<(), String> {
    let root = release.empty("deb")?;
    let scratch = release.empty("helps")?;
    helps(built, &scratch)?;
    let files: &[(&Path, &str)] = &[
        (&built.join("sotruc"), "usr/bin/sotruc"),
        (&built.join("sotruc-desktop"), "usr/bin/sotruc-desktop"),
        (
            &packaging().join("vn.sotruc.desktop.desktop"),
            "usr/share/applications/vn.sotruc.desktop.desktop",
        ),
        (
            &packaging().join("vn.sotruc.desktop.xml"),
            "usr/share/mime/packages/vn.sotruc.desktop.xml",
        ),
        (
            &top().join("src-tauri/icons/icon.png"),
            "usr/share/icons/hicolor/128x128/apps/vn.sotruc.desktop.png",
        ),
        (&scratch.join("sotruc.1"), "usr/share/man/man1/sotruc.1"),
        (
            &scratch.join("sotruc.bash"),
            "usr/share/bash-completion/completions/sotruc",
        ),
        (
            &scratch.join("_sotruc"),
            "usr/share/zsh/vendor-completions/_sotruc",
        ),
        (
            &scratch.join("sotruc.fish"),
            "usr/share/fish/vendor_completions.d/sotruc.fish",
        ),
    ];
    for (from, to) in files {
        copy(from, &root.join(to))?;
    }
    let mut gzip = Command::new("gzip");
    run(gzip
        .args(["-9", "-n"])
        .arg(root.join("usr/share/man/man1/sotruc.1")))?;
    let texts = root.join("usr/share/doc/so-truc");
    with_texts(release, &texts)?;
    copy(&top().join("LICENSE"), &texts.join("copyright"))?;
    control(release, &root)?;
    let package = release
        .folder
        .join(format!("so-truc_{}_amd64.deb", release.version));
    as_old_as_commit(release, &root)?;
    let mut build = Command::new("dpkg-deb");
    build.args(["--root-owner-group", "-Zxz", "--build"]);
    run(release.at_commit(build.arg(&root).arg(&package)))?;

    let folder = release.empty("terminal-linux")?.join("sotruc");
    copy(&built.join("sotruc"), &folder.join("sotruc"))?;
    helps(built, &folder)?;
    with_texts(release, &folder)?;
    with_handbook(&folder)?;
    as_old_as_commit(release, &folder)?;
    let archive = release.file("terminal-linux-x64.tar.gz");
    let mut tar = Command::new("tar");
    tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner"]);
    tar.args(["--use-compress-program", "gzip -9 -n", "-cf"]);
    tar.arg(archive).arg("-C");
    tar.arg(folder.parent().unwrap_or(&folder)).arg("sotruc");
    run(release.at_commit(&mut tar))
}

/// What Debian must know of the package.
fn control(release: &Release, root: &Path) -> Result<(), String> {
    // The libraries are asked of the programs; the tool wants a source package around it.
    let source = release.empty("shlibdeps")?;
    fs::create_dir_all(source.join("debian")).map_err(|cause| cause.to_string())?;
    fs::write(source.join("debian/control"), "Source: so-truc\n")
        .map_err(|cause| cause.to_string())?;
    let mut libraries = Command::new("dpkg-shlibdeps");
    libraries.args(["-O", "--ignore-missing-info"]);
    for program in ["sotruc", "sotruc-desktop"] {
        libraries.arg("-e").arg(root.join("usr/bin").join(program));
    }
    let libraries = said(libraries.current_dir(&source))?;
    let libraries = libraries
        .lines()
        .find_map(|line| line.strip_prefix("shlibs:Depends="))
        .ok_or("dpkg-shlibdeps named no libraries")?;
    let text = format!(
        "Package: so-truc\nVersion: {}\nArchitecture: amd64\nSection: misc\nPriority: optional\n\
         Maintainer: Sổ Trực <so-truc@localhost>\nDepends: {libraries}\n\
         Recommends: fonts-noto-core\nDescription: duty book for an ICT office\n \
         Who is on duty, on which number they answer, what happened, who was told.\n",
        release.version
    );
    fs::create_dir_all(root.join("DEBIAN")).map_err(|cause| cause.to_string())?;
    fs::write(root.join("DEBIAN/control"), text).map_err(|cause| cause.to_string())
}

/// The handbook, which the window has in itself.
fn with_handbook(folder: &Path) -> Result<(), String> {
    let mut all = Command::new("cp");
    all.arg("-r").arg(top().join("assets/handbook")).arg(folder);
    run(&mut all)
}

/// The first main version of WebView2 that draws the page, where the program says it.
fn oldest_webview() -> Result<String, String> {
    let source = top().join("src-tauri/src/start/webview.rs");
    let text = fs::read_to_string(source).map_err(|cause| cause.to_string())?;
    text.lines()
        .find_map(|line| line.strip_prefix("pub const OLDEST: u32 = "))
        .and_then(|rest| rest.strip_suffix(';'))
        .map(str::to_owned)
        .ok_or_else(|| "the program names no oldest WebView2".to_owned())
}

/// What is read beside every program.
fn with_texts(release: &Release, folder: &Path) -> Result<(), String> {
    copy(&top().join("LICENSE"), &folder.join("LICENSE.txt"))?;
    copy(&release.scratch.join(LICENCES), &folder.join(LICENCES))
}

/// Refuses a program that asks for a library which Windows does not have.
fn needs_only_windows(program: &Path) -> Result<(), String> {
    let mut objdump = Command::new("x86_64-w64-mingw32-objdump");
    let said = said(objdump.arg("-p").arg(program))?;
    let needed = said
        .lines()
        .filter_map(|line| line.trim().strip_prefix("DLL Name: "));
    let foreign: Vec<&str> = needed
        .filter(|name| {
            let name = name.to_lowercase();
            // The loader comes along; the compiler's own libraries must be in the program.
            name.starts_with("lib") || name.contains("gcc") || name.contains("ssl")
        })
        .collect();
    match foreign.as_slice() {
        [] => Ok(()),
        names => Err(format!("{}: needs {}", program.display(), names.join(", "))),
    }
}

fn zip(release: &Release, folder: &Path, archive: &Path) -> Result<(), String> {
    as_old_as_commit(release, folder)?;
    let above = folder.parent().unwrap_or(folder);
    let name = folder.file_name().unwrap_or_default();
    let mut list = Command::new("sh");
    list.args([
        "-c",
        "find \"$1\" -type f | sort | zip -9 -X -q -@ \"$2\"",
        "zip",
    ]);
    list.arg(name).arg(archive).current_dir(above);
    run(release.at_commit(&mut list))
}

fn as_old_as_commit(release: &Release, folder: &Path) -> Result<(), String> {
    let mut touch = Command::new("find");
    touch.arg(folder).args(["-exec", "touch", "-h", "-d"]);
    run(touch.arg(format!("@{}", release.made_at)).args(["{}", "+"]))
}

fn packaging() -> PathBuf {
    top().join("src-tauri/packaging")
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let made = to.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::copy(from, to))
        .map(|_| ())
        .map_err(|cause| format!("{}: {cause}", from.display()))
}
