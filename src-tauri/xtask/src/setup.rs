//! The setup, tried on a Windows of Wine's: put on, put on again over a book, taken off.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::toolchain::said;
use crate::wine::Wine;

/// What lies in the folder of the program.
const FILES: &[&str] = &[
    "SoTruc.exe",
    "WebView2Loader.dll",
    "terminal/sotruc.exe",
    "uninstall.exe",
    "LICENSE.txt",
    "licences.html",
];

/// What stands in the registry: a key, a name, and what must be in its value.
const KEYS: &[(&str, &str, &str)] = &[
    (r"HKCU\Software\SoTruc", "Folder", r"Programs\SoTruc"),
    (r"HKCU\Software\Classes\.sotruc", "", "SoTruc.Book"),
    (
        r"HKCU\Software\Classes\SoTruc.Book\shell\open\command",
        "",
        r#"\SoTruc.exe" "%1""#,
    ),
    (
        r"HKCU\Software\Classes\AppUserModelId\vn.sotruc.desktop",
        "IconUri",
        "SoTruc.exe",
    ),
    (
        r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SoTruc",
        "QuietUninstallString",
        r"uninstall.exe",
    ),
];

/// Tries a setup.
///
/// # Errors
/// What is not as it should be.
pub fn check(setup: &Path) -> Result<(), String> {
    let wine = Wine::fresh()?;
    let local = wine.local_data();
    let program = local.join("Programs/SoTruc");
    let home = local.join("so-truc");
    let start = |file: &Path, words: &[&str]| -> Result<String, String> {
        let mut command = Command::new("wine");
        said(wine.around(command.arg(file).args(words).env_remove("SOTRUC_HOME")))
    };
    let terminal = program.join("terminal/sotruc.exe");

    start(setup, &["/S"])?;
    for file in FILES {
        is(program.join(file).is_file(), || {
            format!("{file} is not installed")
        })?;
    }
    for (key, name, within) in KEYS {
        let value = registry(&wine, key, name)?;
        is(value.contains(within), || format!("{key}: {value}"))?;
    }

    let unit = [
        "init",
        "--site",
        "DLK",
        "--name",
        "Phòng trực",
        "--unit",
        "Sở",
    ];
    start(&terminal, &unit)?;
    let book = home.join("so-truc.sotruc");
    let copies = home.join("so-truc.sotruc.backups");
    let bytes = || fs::read(&book).map_err(|cause| cause.to_string());
    let before = bytes()?;
    if copies.exists() {
        fs::remove_dir_all(&copies).map_err(|cause| cause.to_string())?;
    }
    start(setup, &["/S"])?;
    is(bytes()? == before, || {
        "an upgrade changed the book".to_owned()
    })?;
    is(copies.is_dir(), || "an upgrade made no copy".to_owned())?;

    start(&program.join("uninstall.exe"), &["/S"])?;
    // It goes on from a copy of itself.
    let _ = wine
        .around(Command::new("wineserver").arg("--wait"))
        .status();
    is(!program.exists(), || {
        format!("{} stayed", program.display())
    })?;
    for (key, name, _) in KEYS {
        is(registry(&wine, key, name).is_err(), || {
            format!("{key} stayed")
        })?;
    }
    is(bytes()? == before, || "the book did not stay".to_owned())?;
    is(home.join("sites").is_dir(), || {
        "the keys did not stay".to_owned()
    })
}

fn is(so: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    match so {
        true => Ok(()),
        false => Err(otherwise()),
    }
}

fn registry(wine: &Wine, key: &str, name: &str) -> Result<String, String> {
    let mut query = Command::new("wine");
    query.args(["reg", "query", key]);
    match name {
        "" => query.arg("/ve"),
        _ => query.args(["/v", name]),
    };
    said(wine.around(&mut query))
}
