//! What is given to those who use the program: the setup and the portable folder for Windows, the
//! package for Debian, the terminal for both, and what is asked to come with them.
//!
//! The same commit gives the same bytes: times are those of the commit, places on this machine are
//! taken out.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::system::{TO_BUILD, TO_CROSS, TO_OPEN, TO_PACKAGE, TO_WINE, check_node, set_up};
use crate::toolchain::{self, Toolchain, said};
use crate::{cargo_command, package, page, run, setup, step, target, top, ui, windows};

/// What of the workspace is shipped.
const PROGRAMS: &[&str] = &[
    "build",
    "--profile",
    "dist",
    "--package",
    "sotruc-cli",
    "--package",
    "sotruc-desktop",
    "--bins",
];

/// The tools that say what the programs are made of: which version is used, with which features.
const TOOLS: &[(&str, &str, &str)] = &[
    ("cargo-cyclonedx", "0.5.9", "default"),
    ("cargo-about", "0.9.3", "cli"),
];

/// What all that is built in is under.
pub const LICENCES: &str = "licences.html";

/// A release in the making.
pub struct Release {
    /// As in `Cargo.toml`.
    pub version: String,
    /// When the commit was made, in seconds since 1970.
    pub made_at: String,
    /// Where the finished files go.
    pub folder: PathBuf,
    /// Where they are put together.
    pub scratch: PathBuf,
}

impl Release {
    fn begin() -> Result<Self, String> {
        let manifest =
            fs::read_to_string(top().join("Cargo.toml")).map_err(|cause| cause.to_string())?;
        let version = manifest
            .lines()
            .find_map(|line| line.strip_prefix("version = \""))
            .and_then(|rest| rest.strip_suffix('"'))
            .ok_or("Cargo.toml has no version")?;
        let made_at = said(
            Command::new("git")
                .args(["log", "-1", "--format=%ct"])
                .current_dir(top()),
        )?;
        let folder = target().join("kit").join(version);
        let scratch = target().join("kit/scratch");
        for place in [&folder, &scratch] {
            if place.exists() {
                fs::remove_dir_all(place).map_err(|cause| cause.to_string())?;
            }
            fs::create_dir_all(place).map_err(|cause| cause.to_string())?;
        }
        Ok(Self {
            version: version.to_owned(),
            made_at,
            folder,
            scratch,
        })
    }

    /// A finished file: `SoTruc-0.1.0-` and what it is.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("SoTruc-{}-{name}", self.version))
    }

    /// A command for which time stands at the commit.
    pub fn at_commit<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("SOURCE_DATE_EPOCH", &self.made_at);
        command.env("TZ", "UTC").env("LC_ALL", "C.UTF-8")
    }

    /// An empty folder to put something together in.
    pub fn empty(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.scratch.join(name);
        fs::create_dir_all(&folder).map_err(|cause| cause.to_string())?;
        Ok(folder)
    }

    /// Signs a program as the office does it: by the command in `SOTRUC_SIGN`, which gets the file
    /// as its last word.
    pub fn sign(&self, program: &Path) -> Result<(), String> {
        match env::var("SOTRUC_SIGN").ok().filter(|said| !said.is_empty()) {
            Some(command) => run(Command::new("sh")
                .args(["-c", &format!("{command} \"$1\""), "sign"])
                .arg(program)),
            None => Ok(()),
        }
    }
}

/// Makes what officers with Windows need.
///
/// # Errors
/// What could not be made.
pub fn for_windows() -> Result<(), String> {
    let of = 6;
    set_up(1, of, &[TO_BUILD, TO_CROSS, TO_WINE, TO_PACKAGE])?;
    check_node()?;
    let toolchain = windows::toolchain(2, of)?;
    let release = Release::begin()?;
    step(3, of, "the programs for Windows; for some minutes", || {
        run(&mut windows_programs(&toolchain, &release))
    })?;
    step(4, of, "what they are made of", || made_of(&release))?;
    step(5, of, "setup, portable folder, terminal", || {
        package::windows(&release, &built_for_windows())?;
        sums(&release)
    })?;
    step(6, of, "the setup, under Wine", || {
        setup::check(&release.file("setup.exe"))
    })?;
    tell(&release)
}

/// Makes all that is given away.
///
/// # Errors
/// What could not be made.
pub fn all() -> Result<(), String> {
    let of = 7;
    set_up(1, of, &[TO_BUILD, TO_OPEN, TO_CROSS, TO_WINE, TO_PACKAGE])?;
    check_node()?;
    let toolchain = windows::toolchain(2, of)?;
    let release = Release::begin()?;
    step(3, of, "the programs for Linux; for some minutes", || {
        run(&mut linux_programs(&release))
    })?;
    step(4, of, "the programs for Windows; for some minutes", || {
        run(&mut windows_programs(&toolchain, &release))
    })?;
    step(5, of, "what they are made of", || made_of(&release))?;
    step(6, of, "setup, portable folder, packages, sums", || {
        package::windows(&release, &built_for_windows())?;
        package::linux(&release, &built_for_linux())?;
        sums(&release)
    })?;
    step(7, of, "the setup, under Wine", || {
        setup::check(&release.file("setup.exe"))
    })?;
    tell(&release)
}

fn built_for_windows() -> PathBuf {
    toolchain::folder()
        .join("build")
        .join(toolchain::TRIPLE)
        .join("dist")
}

fn built_for_linux() -> PathBuf {
    target().join("dist")
}

fn linux_programs(release: &Release) -> Command {
    let mut build = cargo_command(PROGRAMS);
    build.env("CARGO_ENCODED_RUSTFLAGS", placeless(&[]).join("\x1f"));
    build.env("CFLAGS", placeless_c());
    release.at_commit(&mut build);
    build
}

fn windows_programs(toolchain: &Toolchain, release: &Release) -> Command {
    let mut build = toolchain.cargo(PROGRAMS);
    let flags = placeless(&toolchain.flags());
    build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    let triple = toolchain::TRIPLE.replace('-', "_");
    build.env(format!("CFLAGS_{triple}"), placeless_c());
    release.at_commit(&mut build);
    build
}

fn placeless(flags: &[String]) -> Vec<String> {
    let mut flags = flags.to_vec();
    flags.extend(toolchain::remapped(&toolchain::places()));
    flags
}

fn placeless_c() -> String {
    let places = toolchain::places().into_iter();
    let mapped =
        places.map(|(place, name)| format!("-ffile-prefix-map={}={name}", place.display()));
    mapped.collect::<Vec<_>>().join(" ")
}

/// The licences of all that is built in, and the lists of it (CycloneDX).
fn made_of(release: &Release) -> Result<(), String> {
    for (tool, version, features) in TOOLS {
        if tool_at(tool).exists() {
            continue;
        }
        eprintln!("      once: {tool}");
        let mut install = cargo_command(&["install", "--quiet", "--locked", "--root"]);
        install.arg(tools());
        install.args(["--version", version, "--features", features, tool]);
        run(install.env("CARGO_TARGET_DIR", tools().join("target")))?;
    }
    licences(release)?;
    lists(release)
}

fn tools() -> PathBuf {
    target().join("tools")
}

fn tool_at(name: &str) -> PathBuf {
    tools().join("bin").join(name)
}

fn licences(release: &Release) -> Result<(), String> {
    let packaging = top().join("src-tauri/packaging");
    let written = release.scratch.join(LICENCES);
    let mut about = Command::new(tool_at("cargo-about"));
    about.args(["generate", "--workspace", "--fail", "--config"]);
    about.arg(packaging.join("about.toml")).arg("--output-file");
    about.arg(&written).arg(packaging.join("about.hbs"));
    run(about.current_dir(top()))?;
    // Those of the page, which cargo does not know.
    let mut text = fs::read_to_string(&written).map_err(|cause| cause.to_string())?;
    let mut packages = page::command(&ui(), &["ls", "--omit=dev", "--all", "--parseable"]);
    for folder in said(&mut packages)?.lines().skip(1).map(Path::new) {
        let name = folder
            .strip_prefix(ui().join("node_modules"))
            .unwrap_or(folder);
        let licence = licence_in(folder)?;
        let licence = licence.replace('&', "&amp;").replace('<', "&lt;");
        text.push_str(&format!(
            "<h2>{}</h2>\n<pre>{licence}</pre>\n",
            name.display()
        ));
    }
    fs::write(&written, text).map_err(|cause| cause.to_string())
}

/// The licence of a package of the page; what its manifest says when no text lies there.
fn licence_in(folder: &Path) -> Result<String, String> {
    let listed = fs::read_dir(folder).map_err(|cause| cause.to_string())?;
    let paths = listed.flatten().map(|file| file.path());
    let is_licence = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.is_file() && name.to_lowercase().starts_with("licen")
    };
    let mut paths: Vec<PathBuf> = paths.filter(is_licence).collect();
    paths.sort();
    let texts: Vec<String> = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    if !texts.is_empty() {
        return Ok(texts.join("\n"));
    }
    let manifest = folder.join("package.json");
    let manifest = fs::read_to_string(manifest).map_err(|cause| cause.to_string())?;
    let said = manifest
        .lines()
        .find(|line| line.trim_start().starts_with("\"license\""));
    said.map(|line| line.trim().to_owned())
        .ok_or_else(|| format!("{}: no licence lies there", folder.display()))
}

/// What each program is made of: for the window, the terminal and the page.
fn lists(release: &Release) -> Result<(), String> {
    const NAME: &str = "made-of";
    let mut list = Command::new(tool_at("cargo-cyclonedx"));
    list.args([
        "cyclonedx",
        "-q",
        "--format",
        "json",
        "--spec-version",
        "1.5",
    ]);
    list.args([
        "--target",
        "all",
        "--no-build-deps",
        "--override-filename",
        NAME,
    ]);
    run(release.at_commit(list.current_dir(top())))?;
    // The tool writes beside every manifest.
    let crates = top().join("src-tauri");
    let mut written = vec![crates.join(format!("{NAME}.json"))];
    for file in fs::read_dir(&crates).map_err(|cause| cause.to_string())? {
        let path = file.map_err(|cause| cause.to_string())?.path();
        written.push(path.join(format!("{NAME}.json")));
    }
    for path in written.iter().filter(|path| path.exists()) {
        let text = fs::read_to_string(path).map_err(|cause| cause.to_string())?;
        let whole = match path.parent() {
            Some(folder) if folder == crates => Some("window.cdx.json"),
            Some(folder) if folder == crates.join("cli") => Some("terminal.cdx.json"),
            _ => None,
        };
        if let Some(name) = whole {
            let text = text.replace(&format!("file://{}", top().display()), "file:///so-truc");
            fs::write(release.file(name), text).map_err(|cause| cause.to_string())?;
        }
        fs::remove_file(path).map_err(|cause| cause.to_string())?;
    }
    // npm wants a version, which for all of it stands in `Cargo.toml`.
    let page = release.empty("so-truc-ui")?;
    for name in ["package.json", "package-lock.json"] {
        let text = fs::read_to_string(ui().join(name)).map_err(|cause| cause.to_string())?;
        let version = format!("{{ \"version\": \"{}\",", release.version);
        fs::write(page.join(name), text.replacen('{', &version, 1))
            .map_err(|cause| cause.to_string())?;
    }
    let words = [
        "sbom",
        "--package-lock-only",
        "--omit=dev",
        "--sbom-format",
        "cyclonedx",
    ];
    let text = said(&mut page::command(&page, &words))?;
    // The same list is the same bytes.
    let still = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("\"serialNumber\"") && !line.starts_with("\"timestamp\"")
    });
    let text = still.collect::<Vec<_>>().join("\n") + "\n";
    fs::write(release.file("page.cdx.json"), text).map_err(|cause| cause.to_string())
}

/// The sums of all files; and where there is a key (`SOTRUC_UPDATE_SECRET` names its file), the
/// signatures by which the program knows an update.
fn sums(release: &Release) -> Result<(), String> {
    let mut names = Vec::new();
    for file in fs::read_dir(&release.folder).map_err(|cause| cause.to_string())? {
        names.push(file.map_err(|cause| cause.to_string())?.file_name());
    }
    names.sort();
    let mut sum = Command::new("sha256sum");
    let text = said(sum.arg("--").args(&names).current_dir(&release.folder))?;
    fs::write(release.folder.join("SHA256SUMS"), text + "\n").map_err(|cause| cause.to_string())?;
    let Some(secret) = env::var_os("SOTRUC_UPDATE_SECRET") else {
        eprintln!("      not signed for updates: SOTRUC_UPDATE_SECRET names no key");
        return Ok(());
    };
    let kinds = [
        ("setup.exe", "setup"),
        ("portable.zip", "portable"),
        ("amd64.deb", "deb"),
    ];
    for name in &names {
        let text = name.to_string_lossy();
        let Some((_, kind)) = kinds.iter().find(|(ending, _)| text.ends_with(ending)) else {
            continue;
        };
        let comment = format!("so-truc {} {kind}", release.version);
        let mut sign = Command::new("minisign");
        sign.args(["-S", "-s"])
            .arg(&secret)
            .args(["-t", &comment, "-m"])
            .arg(name);
        run(sign.current_dir(&release.folder))?;
    }
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "the last of steps that may fail")]
fn tell(release: &Release) -> Result<(), String> {
    eprintln!("      {}", release.folder.display());
    Ok(())
}
