//! What builds for Windows on Linux: Debian's compiler and linker, and what neither carries, made
//! once from their sources and kept beside the builds.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{run, target, top};

/// The system the programs are built for.
pub const TRIPLE: &str = "x86_64-pc-windows-gnu";

/// Debian's own, whatever else comes first on the path: only for them there is the source of std.
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
/// The linker and the compiler of C.
pub const GCC: &str = "x86_64-w64-mingw32-gcc-posix";
const AR: &str = "x86_64-w64-mingw32-gcc-ar-posix";

/// Makes OpenSSL in the folder it is told, as the crate that the database asks for it would.
const OPENSSL: &str = r#"fn main() {
    openssl_src::Build::new()
        .out_dir(std::env::args().nth(1).unwrap())
        .target("x86_64-pc-windows-gnu")
        .host("x86_64-unknown-linux-gnu")
        .build();
}
"#;

/// Where OpenSSL looks for settings and engines: in a file that is always empty, and not in a folder
/// that is named as one on this machine, which anybody may make on theirs.
const NOWHERE: &str = "OPENSSLDIR=NUL: ENGINESDIR=NUL: MODULESDIR=NUL:";

/// A cargo that builds for Windows.
pub struct Toolchain {
    sysroot: PathBuf,
    openssl: PathBuf,
}

impl Toolchain {
    /// The toolchain; what it lacks is made.
    ///
    /// # Errors
    /// What could not be made.
    pub fn ready() -> Result<Self, String> {
        Ok(Self {
            sysroot: library()?,
            openssl: openssl()?,
        })
    }

    /// cargo with these words, for Windows.
    pub fn cargo(&self, words: &[&str]) -> Command {
        let mut command = debian_cargo(words);
        command.current_dir(top());
        command.env("CARGO_TARGET_DIR", folder().join("build"));
        command.env("CARGO_BUILD_TARGET", TRIPLE);
        command.env("CARGO_ENCODED_RUSTFLAGS", self.flags().join("\x1f"));
        command.env("OPENSSL_NO_VENDOR", "1");
        let openssl = TRIPLE.to_uppercase().replace('-', "_");
        command.env(format!("{openssl}_OPENSSL_DIR"), &self.openssl);
        command.env(format!("{openssl}_OPENSSL_STATIC"), "1");
        command
    }

    /// What the compiler is told, for Windows alone.
    pub fn flags(&self) -> Vec<String> {
        let sysroot = self.sysroot.display();
        // The linker writes the time of day into a program, unless it is told not to.
        let still = "-Clink-arg=-Wl,--no-insert-timestamp";
        vec![format!("--sysroot={sysroot}"), still.to_owned()]
    }
}

/// Where everything lies that is built for Windows.
pub fn folder() -> PathBuf {
    target().join("windows")
}

/// Places on this machine, and what stands for them in the programs.
pub fn places() -> Vec<(PathBuf, &'static str)> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let mut places = vec![(target(), "target"), (top(), "so-truc")];
    places.extend(home.map(|home| (home, "cargo")));
    places
}

/// The compiler's flags that put those names in.
pub fn remapped(places: &[(PathBuf, &str)]) -> Vec<String> {
    let flag =
        |(place, name): &(PathBuf, &str)| format!("--remap-path-prefix={}={name}", place.display());
    places.iter().map(flag).collect()
}

/// The name by which cargo finds a setting for this system in the environment.
pub fn setting(name: &str) -> String {
    let triple = TRIPLE.to_uppercase().replace('-', "_");
    format!("CARGO_TARGET_{triple}_{name}")
}

fn debian_cargo(words: &[&str]) -> Command {
    let mut command = Command::new(CARGO);
    command.args(words);
    command.env("RUSTC", RUSTC);
    // What a cargo that runs this told its own children.
    for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTDOC"] {
        command.env_remove(name);
    }
    let compiler = TRIPLE.replace('-', "_");
    command.env(setting("LINKER"), GCC);
    command.env(format!("CC_{compiler}"), GCC);
    command.env(format!("AR_{compiler}"), AR);
    command
}

/// A sysroot with the standard library for Windows.
fn library() -> Result<PathBuf, String> {
    let version = said(Command::new(RUSTC).arg("--version"))?;
    let version = version.split_whitespace().nth(1).unwrap_or_default();
    made(
        &format!("library-{version}"),
        "the standard library",
        |into| {
            let maker = maker("std", "", "")?;
            let mut build = debian_cargo(&["test", "--quiet", "--no-run", "--release", "--target"]);
            build.arg(TRIPLE);
            build.arg("-Zbuild-std=std,panic_unwind,panic_abort,test");
            // A compiler that is not a nightly builds its own library, when it is told that it may.
            build.env("RUSTC_BOOTSTRAP", "1");
            // What is shipped is optimised as one whole, the library too; and no place on this machine
            // goes along.
            let mut flags = vec!["-Cembed-bitcode=yes".to_owned()];
            flags.extend(remapped(&places()));
            build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
            run(build
                .current_dir(&maker)
                .env("CARGO_TARGET_DIR", maker.join("target")))?;
            let libraries = into.join(format!("lib/rustlib/{TRIPLE}/lib"));
            fs::create_dir_all(&libraries).map_err(|cause| cause.to_string())?;
            let built = maker.join(format!("target/{TRIPLE}/release/deps"));
            for file in fs::read_dir(built).map_err(|cause| cause.to_string())? {
                let path = file.map_err(|cause| cause.to_string())?.path();
                let name = path.file_name().unwrap_or_default();
                if path.extension().is_some_and(|ending| ending == "rlib") {
                    fs::copy(&path, libraries.join(name)).map_err(|cause| cause.to_string())?;
                }
            }
            forget(&maker)
        },
    )
}

/// OpenSSL, which takes longer to build than all the rest.
fn openssl() -> Result<PathBuf, String> {
    let lock = fs::read_to_string(top().join("Cargo.lock")).map_err(|cause| cause.to_string())?;
    let version = locked(&lock, "openssl-src").ok_or("Cargo.lock names no openssl-src")?;
    let version = version.split('+').next().unwrap_or(version);
    let what = "OpenSSL, for ten minutes";
    let whole = made(&format!("libcrypto-{version}"), what, |into| {
        let maker = maker("openssl", &format!("openssl-src = \"={version}\""), OPENSSL)?;
        let mut build = debian_cargo(&["run", "--quiet", "--"]);
        build.arg(into).current_dir(&maker);
        build.env("CARGO_TARGET_DIR", maker.join("target"));
        build.env("CARGO_MAKEFLAGS", format!("-j{} -- {NOWHERE}", cores()));
        // It says in itself when it was built; it is built once for many commits.
        build.env("SOURCE_DATE_EPOCH", "0");
        let said = build.output().map_err(|cause| cause.to_string())?;
        if !said.status.success() {
            let text = String::from_utf8_lossy(&said.stderr);
            let last: Vec<&str> = text.lines().rev().take(20).collect();
            return Err(last.into_iter().rev().collect::<Vec<_>>().join("\n"));
        }
        let _ = fs::remove_dir_all(into.join("build"));
        forget(&maker)
    })?;
    Ok(whole.join("install"))
}

/// The version of a package in a lock file.
pub fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{package}\""))?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    version.strip_suffix('"')
}

/// A folder that is made once. What is built may keep the place it was built for, so it is marked
/// as whole and not moved.
fn made(
    name: &str,
    what: &str,
    make: impl FnOnce(&Path) -> Result<(), String>,
) -> Result<PathBuf, String> {
    let made = folder().join(name);
    let whole = made.join("whole");
    if whole.exists() {
        return Ok(made);
    }
    eprintln!("      once: {what}");
    forget(&made)?;
    make(&made).map_err(|why| format!("{what}: {why}"))?;
    fs::write(&whole, "").map_err(|cause| cause.to_string())?;
    Ok(made)
}

/// A package of its own that makes something; with the cargo that runs it, and no more.
fn maker(name: &str, needs: &str, program: &str) -> Result<PathBuf, String> {
    let folder = folder().join(format!("make-{name}"));
    let manifest = format!(
        "[package]\nname = \"make-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [workspace]\n\n[dependencies]\n{needs}\n"
    );
    let source = if program.is_empty() {
        "lib.rs"
    } else {
        "main.rs"
    };
    fs::create_dir_all(folder.join("src"))
        .and_then(|()| fs::write(folder.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(folder.join("src").join(source), program))
        .map_err(|cause| cause.to_string())?;
    Ok(folder)
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn forget(folder: &Path) -> Result<(), String> {
    match folder.exists() {
        true => fs::remove_dir_all(folder).map_err(|cause| cause.to_string()),
        false => Ok(()),
    }
}

/// What a command says, when it succeeds.
pub fn said(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.stderr(Stdio::inherit()).output() {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        }
        Ok(output) => Err(format!("{name} failed ({})", output.status)),
        Err(cause) => Err(format!("{name} cannot be started: {cause}")),
    }
}
