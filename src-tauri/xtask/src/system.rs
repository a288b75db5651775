//! What the machine must have: Debian packages, Node.js.

use std::process::Command;

use crate::{run, step};

/// Debian packages, and a command that succeeds when they are there.
pub type Packages = &'static [(&'static str, &'static [&'static str])];

/// What the build needs.
pub const TO_BUILD: Packages = &[
    ("build-essential", &["cc", "--version"]),
    ("pkg-config", &["pkg-config", "--version"]),
    ("libssl-dev", &["pkg-config", "--exists", "libcrypto"]),
];

/// What the window needs besides.
pub const TO_OPEN: Packages = &[
    (
        "libwebkit2gtk-4.1-dev",
        &["pkg-config", "--exists", "webkit2gtk-4.1"],
    ),
    (
        "fonts-noto-core",
        &[
            "test",
            "-e",
            "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
        ],
    ),
];

/// What tests of the window need besides.
pub const TO_TEST: Packages = &[
    ("webkit2gtk-driver", &["which", "WebKitWebDriver"]),
    ("xvfb", &["which", "Xvfb"]),
];

/// What the build for Windows needs besides.
pub const TO_CROSS: Packages = &[
    ("rustc-web", &["test", "-x", "/usr/bin/rustc"]),
    ("cargo-web", &["test", "-x", "/usr/bin/cargo"]),
    (
        "rust-web-src",
        &["test", "-e", "/usr/lib/rustlib/src/rust/library/std"],
    ),
    (
        "gcc-mingw-w64-x86-64-posix",
        &["which", "x86_64-w64-mingw32-gcc-posix"],
    ),
];

/// What runs programs for Windows.
pub const TO_WINE: Packages = &[
    ("wine", &["which", "wine"]),
    ("wine64", &["test", "-e", "/usr/lib/wine/wine64"]),
];

/// What puts releases together.
pub const TO_PACKAGE: Packages = &[
    ("nsis", &["which", "makensis"]),
    ("zip", &["which", "zip"]),
    ("dpkg-dev", &["which", "dpkg-shlibdeps"]),
    ("minisign", &["which", "minisign"]),
];

/// What measurements are held against.
pub const TO_MEASURE: Packages = &[
    ("sqlite3", &["sqlite3", "--version"]),
    ("python3-venv", &["python3", "-c", "import ensurepip"]),
];

/// The oldest Node.js that can build the page.
const NODE: u32 = 20;

fn missing(needed: &[Packages]) -> Vec<&'static str> {
    let packages = needed.iter().copied().flatten();
    let missing = packages.filter(|(_, probe)| !has(probe));
    missing.map(|(package, _)| *package).collect()
}

/// Whether some of these are not there.
pub fn lacks(needed: &[Packages]) -> bool {
    cfg!(target_os = "linux") && !missing(needed).is_empty()
}

/// Installs what is needed and not there.
pub fn set_up(n: usize, of: usize, needed: &[Packages]) -> Result<(), String> {
    step(n, of, "what is needed", || {
        if !cfg!(target_os = "linux") {
            return Ok(());
        }
        let missing = missing(needed);
        if missing.is_empty() {
            return Ok(());
        }
        let by_hand = format!("please install: apt-get install {}", missing.join(" "));
        let may = has(&["apt-get", "--version"]) && has(&["test", "-w", "/usr/bin"]);
        if !may {
            return Err(by_hand);
        }
        eprintln!("      installing {}", missing.join(", "));
        run(Command::new("apt-get").args(["update", "-qq"]))
            .map_err(|why| format!("{why}; {by_hand}"))?;
        let mut install = Command::new("apt-get");
        install
            .args(["install", "-qq", "-y", "--no-install-recommends"])
            .args(missing);
        run(install.env("DEBIAN_FRONTEND", "noninteractive"))
            .map_err(|why| format!("{why}; {by_hand}"))
    })
}

/// Debian's own Node.js may be too old, so it is not installed but asked for.
pub fn check_node() -> Result<(), String> {
    let version = Command::new("node").arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let major = version.ok().and_then(|version| {
        let major = version.trim().strip_prefix('v')?.split('.').next()?;
        major.parse::<u32>().ok()
    });
    match major {
        Some(major) if major >= NODE => Ok(()),
        _ => Err(format!(
            "please install Node.js {NODE} or newer: it builds the page"
        )),
    }
}

/// Whether a command succeeds.
pub fn has(probe: &[&str]) -> bool {
    Command::new(probe[0])
        .args(&probe[1..])
        .output()
        .is_ok_and(|output| output.status.success())
}
