//! `cargo xtask …`: one command each for trying, testing and measuring the product. Each installs
//! what is missing, when it may, and says what it does.

mod package;
mod page;
mod release;
mod setup;
mod system;
mod toolchain;
mod windows;
mod wine;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Instant;

use system::{TO_BUILD, TO_MEASURE, TO_OPEN, TO_TEST, check_node, has, lacks, set_up};

const HELP: &str = "\
cargo xtask run                   open the program (without a display: the demonstration in the terminal)
cargo xtask dev                   open the program with the page as it is being written
cargo xtask demo DIR              do the whole main job on the sample province, in DIR
cargo xtask test                  check the form of the code and run all tests
cargo xtask windows check         check that all of it compiles for Windows
cargo xtask windows test          run all tests but the window's for Windows, under Wine
cargo xtask windows package       setup, portable folder and terminal for Windows
cargo xtask windows               all three
cargo xtask release               all that is given away, for Windows and Linux
cargo xtask bench                 measure what is meant to be fast, beside a peer
cargo xtask soak kill --count N   kill the program N times in the middle of its work
cargo xtask soak cells --count N  write and read back N tables of random texts, 32 cells each
cargo xtask soak readers --count N
                                  damage every sample spreadsheet N times and read it
cargo xtask soak rosters --count N
                                 look at N random rosters minute by minute
cargo xtask soak twins --count N  write N random worlds into books, and ask a plain twin of each";

/// Both programs; with the example cargo settles on the same features as for the tests.
const WITH_WINDOW: &[&str] = &["build", "--workspace", "--bins", "--examples"];

/// Where the page is served while it is being written.
const PAGE: &str = "http://localhost:5173";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run"] => open(),
        ["dev"] => dev(),
        ["demo", folder] => demo(folder),
        ["test"] => test(),
        ["windows", "check"] => windows::check(),
        ["windows", "test"] => windows::test(),
        ["windows", "package"] => release::for_windows(),
        ["windows"] => windows::check()
            .and_then(|()| windows::test())
            .and_then(|()| release::for_windows()),
        ["release"] => release::all(),
        ["bench"] => bench(),
        ["soak", what, "--count", count] => soak(what, count),
        [] => Err(HELP.to_owned()),
        _ => Err(format!(
            "cargo xtask {}: no such command\n\n{HELP}",
            words.join(" ")
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn open() -> Result<(), String> {
    if !has_display() {
        eprintln!("There is no display here; the same work is done in the terminal instead.");
        let folder = target().join("demo");
        return demo(&folder.to_string_lossy());
    }
    set_up(1, 3, &[TO_BUILD, TO_OPEN])?;
    check_node()?;
    step(
        2,
        3,
        "the window and the terminal; the first build takes some minutes",
        || cargo(WITH_WINDOW),
    )?;
    leave_helps()?;
    eprintln!("      the terminal: {}", program("sotruc").display());
    step(3, 3, "the window", || {
        run(&mut Command::new(program("sotruc-desktop")))
    })
}

fn has_display() -> bool {
    let names = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || names("DISPLAY") || names("WAYLAND_DISPLAY")
}

/// The man page and the completions of the terminal, beside it.
fn leave_helps() -> Result<(), String> {
    helps(&target().join("debug"), &target().join("debug/share"))
}

/// The man page and the completions, as the terminal in the folder of the programs writes them.
fn helps(built: &Path, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|cause| cause.to_string())?;
    let helps = [
        ("man", "sotruc.1"),
        ("bash", "sotruc.bash"),
        ("zsh", "_sotruc"),
        ("fish", "sotruc.fish"),
        ("powershell", "sotruc.ps1"),
    ];
    for (what, file) in helps {
        let made = Command::new(
            built
                .join("sotruc")
                .with_extension(env::consts::EXE_EXTENSION),
        )
        .args(["generate", what])
        .output();
        let made = made.map_err(|cause| cause.to_string())?;
        fs::write(folder.join(file), made.stdout).map_err(|cause| cause.to_string())?;
    }
    Ok(())
}

/// The page from its own server, which shows every change at once, in the real window.
fn dev() -> Result<(), String> {
    if !has_display() {
        return Err("there is no display here to open a window on".to_owned());
    }
    set_up(1, 2, &[TO_BUILD, TO_OPEN])?;
    check_node()?;
    page::fetch(&ui())?;
    let port = PAGE.rsplit(':').next().unwrap_or_default();
    let serve = ["exec", "--", "vite", "--port", port, "--strictPort"];
    let server = page::command(&ui(), &serve)
        .stdin(Stdio::null())
        .spawn()
        .map_err(|cause| format!("the page's server cannot be started: {cause}"))?;
    let _server = Stopped(server);
    let config = format!(
        r#"{{"build":{{"devUrl":"{PAGE}"}},"app":{{"security":{{"csp":null,"freezePrototype":false}}}}}}"#
    );
    step(2, 2, "the window over the page's server", || {
        let words = [
            "run",
            "--package",
            "sotruc-desktop",
            "--no-default-features",
        ];
        // Another set of features: a folder of its own, so that the other builds stay.
        run(cargo_command(&words)
            .env("TAURI_CONFIG", &config)
            .env("CARGO_TARGET_DIR", target().join("dev-page")))
    })
}

/// A program that ends with whoever started it.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn demo(folder: &str) -> Result<(), String> {
    // Relative to where the user stands, which cargo keeps for us.
    let folder = env::current_dir()
        .map_err(|cause| cause.to_string())?
        .join(folder);
    set_up(1, 3, &[TO_BUILD])?;
    step(
        2,
        3,
        "the terminal; the first build takes some minutes",
        // What the window needs too is built with it, where it can be: `run` and `test` build on.
        || match lacks(&[TO_OPEN]) {
            false => cargo(WITH_WINDOW),
            true => cargo(&["build", "--package", "sotruc-cli"]),
        },
    )?;
    leave_helps()?;
    eprintln!("      the terminal: {}", program("sotruc").display());
    step(3, 3, "the main job on the sample province", || {
        run(Command::new(program("sotruc")).arg("demo").arg(&folder))
    })
}

fn test() -> Result<(), String> {
    set_up(1, 5, &[TO_BUILD, TO_OPEN, TO_TEST])?;
    check_node()?;
    step(2, 5, "form (rustfmt)", || {
        match has(&["cargo", "fmt", "--version"]) {
            true => cargo(&["fmt", "--all", "--check"]),
            false => skipped("rustfmt is not installed"),
        }
    })?;
    step(3, 5, "the page: packages, types, its own tests", || {
        page::fetch(&ui())?;
        page::npm(&ui(), &["run", "--silent", "check"])?;
        page::npm(&ui(), &["run", "--silent", "test"])
    })?;
    step(4, 5, "lints (clippy)", || {
        match has(&["cargo", "clippy", "--version"]) {
            true => cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "--deny",
                "warnings",
            ]),
            false => skipped("clippy is not installed"),
        }
    })?;
    step(5, 5, "tests", || {
        cargo(&["test", "--workspace", "--no-fail-fast"])
    })
}

fn bench() -> Result<(), String> {
    set_up(1, 4, &[TO_BUILD, TO_OPEN, TO_TEST, TO_MEASURE])?;
    check_node()?;
    let python = peers()?;
    step(
        2,
        4,
        "measurements, one by one; a book of a million lines is written first",
        || measure("sotruc-core", "bench", Some(&python)),
    )?;
    step(
        3,
        4,
        "the bare window; the first build takes some minutes",
        || {
            cargo(&[
                "build",
                "--profile",
                "dist",
                "--package",
                "sotruc-desktop",
                "--example",
                "bare",
            ])
        },
    )?;
    step(4, 4, "the start of the window", || {
        measure("sotruc-desktop", "start", None)
    })
}

fn measure(package: &str, bench: &str, python: Option<&Path>) -> Result<(), String> {
    let mut command = cargo_command(&["bench", "--quiet", "--package", package, "--bench", bench]);
    if let Some(python) = python {
        command.env("SOTRUC_BENCH_PYTHON", python);
    }
    run(&mut command)
}

/// A Python with the programs that measurements are held against, in the build folder; or the one
/// that `SOTRUC_BENCH_PYTHON` names.
fn peers() -> Result<PathBuf, String> {
    const PEERS: [&str; 2] = ["highspy==1.16.0", "duckdb==2.0.1"];
    if let Some(given) = env::var_os("SOTRUC_BENCH_PYTHON") {
        return Ok(given.into());
    }
    let folder = target().join("bench-python");
    let python = folder.join("bin").join("python3");
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    run(Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(PEERS))?;
    Ok(python)
}

/// Runs a test more often than every test run does.
fn soak(what: &str, count: &str) -> Result<(), String> {
    let (package, tests, name) = match what {
        "kill" => ("sotruc-cli", "cli", "killed"),
        "cells" => ("sotruc-core", "core", "cells"),
        "readers" => ("sotruc-core", "core", "readers"),
        "rosters" => ("sotruc-core", "core", "conflicts"),
        "twins" => ("sotruc-core", "core", "twins"),
        _ => return Err(HELP.to_owned()),
    };
    set_up(1, 2, &[TO_BUILD])?;
    step(2, 2, &format!("{what}, {count} times"), || {
        let mut command = cargo_command(&[
            "test",
            "--package",
            package,
            "--test",
            tests,
            name,
            "--",
            "--nocapture",
        ]);
        run(command.env("SOTRUC_SOAK_COUNT", count))
    })
}

fn step(
    n: usize,
    of: usize,
    what: &str,
    act: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    eprintln!("[{n}/{of}] {what}");
    let begin = Instant::now();
    act()?;
    eprintln!("[{n}/{of}] done in {} s", begin.elapsed().as_secs());
    Ok(())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a step that is left out is a step done"
)]
fn skipped(why: &str) -> Result<(), String> {
    eprintln!("      left out: {why}");
    Ok(())
}

fn cargo(words: &[&str]) -> Result<(), String> {
    run(&mut cargo_command(words))
}

fn cargo_command(words: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words).current_dir(top());
    command
}

/// A program as `run` builds it.
fn program(name: &str) -> PathBuf {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    target().join("debug").join(name)
}

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| top().join("target"), PathBuf::from)
}

fn ui() -> PathBuf {
    top().join("ui")
}

/// The folder of the whole project.
fn top() -> PathBuf {
    // Asked when it runs: a clone may be copied with what was built in it.
    let here = env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    here.ancestors().nth(2).unwrap_or(&here).to_owned()
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} failed ({status})")),
        Err(cause) => Err(format!("{name} cannot be started: {cause}")),
    }
}
