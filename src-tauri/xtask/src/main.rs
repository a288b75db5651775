//! `cargo xtask …`: one command each for trying, testing and measuring the product. Each installs
//! what is missing, when it may, and says what it does.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const HELP: &str = "\
cargo xtask run                   open the program (without a display: the demonstration in the terminal)
cargo xtask demo DIR              do the whole main job on the sample province, in DIR
cargo xtask test                  check the form of the code and run all tests
cargo xtask bench                 measure what is meant to be fast, beside a peer
cargo xtask soak kill --count N   kill the program N times in the middle of its work
cargo xtask soak cells --count N  write and read back N tables of random texts, 32 cells each
cargo xtask soak readers --count N
                                  damage every sample spreadsheet N times and read it
cargo xtask soak rosters --count N
                                 look at N random rosters minute by minute";

/// Debian packages, and a command that succeeds when they are there.
type Packages = &'static [(&'static str, &'static [&'static str])];

/// What the build needs.
const TO_BUILD: Packages = &[
    ("build-essential", &["cc", "--version"]),
    ("pkg-config", &["pkg-config", "--version"]),
    ("libssl-dev", &["pkg-config", "--exists", "libcrypto"]),
];

/// What the window needs besides.
const TO_OPEN: Packages = &[
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
const TO_TEST: Packages = &[
    ("webkit2gtk-driver", &["which", "WebKitWebDriver"]),
    ("xvfb", &["which", "Xvfb"]),
];

/// What measurements are held against.
const TO_MEASURE: Packages = &[("sqlite3", &["sqlite3", "--version"])];

/// The oldest Node.js that can build the page.
const NODE: u32 = 20;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["run"] => open(),
        ["demo", folder] => demo(folder),
        ["test"] => test(),
        ["bench"] => bench(),
        ["soak", what, "--count", count] => soak(what, count),
        _ => Err(HELP.to_owned()),
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
    let display = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !display("DISPLAY") && !display("WAYLAND_DISPLAY") {
        eprintln!("There is no display here; the same work is done in the terminal instead.");
        let folder = target().join("demo");
        return demo(&folder.to_string_lossy());
    }
    set_up(1, 2, &[TO_BUILD, TO_OPEN])?;
    check_node()?;
    step(
        2,
        2,
        "the program; the first build takes some minutes",
        || cargo(&["run", "--quiet", "--release", "--package", "sotruc-desktop"]),
    )
}

fn demo(folder: &str) -> Result<(), String> {
    // Relative to where the user stands, which cargo keeps for us.
    let folder = env::current_dir()
        .map_err(|cause| cause.to_string())?
        .join(folder);
    set_up(1, 2, &[TO_BUILD])?;
    let folder = folder.to_string_lossy();
    step(2, 2, "the main job on the sample province", || {
        cargo(&[
            "run",
            "--quiet",
            "--release",
            "--package",
            "sotruc-cli",
            "--",
            "demo",
            &folder,
        ])
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
        npm(&["ci", "--no-audit", "--no-fund"])?;
        npm(&["run", "--silent", "check"])?;
        npm(&["run", "--silent", "test"])
    })?;
    step(4, 5, "lints (clippy)", || {
        match has(&["cargo", "clippy", "--version"]) {
            true => cargo(&[
                "clippy",
                "--quiet",
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
    step(
        2,
        4,
        "measurements, one by one; a book of a million lines is written first",
        || measure("sotruc-core", "bench"),
    )?;
    step(
        3,
        4,
        "the bare window; the first build takes some minutes",
        || {
            cargo(&[
                "build",
                "--quiet",
                "--release",
                "--package",
                "sotruc-desktop",
                "--example",
                "bare",
            ])
        },
    )?;
    step(4, 4, "the start of the window", || {
        measure("sotruc-desktop", "start")
    })
}

fn measure(package: &str, bench: &str) -> Result<(), String> {
    cargo(&["bench", "--quiet", "--package", package, "--bench", bench])
}

/// Runs a test more often than every test run does.
fn soak(what: &str, count: &str) -> Result<(), String> {
    let (package, tests, name) = match what {
        "kill" => ("sotruc-cli", "cli", "killed"),
        "cells" => ("sotruc-core", "core", "cells"),
        "readers" => ("sotruc-core", "core", "readers"),
        "rosters" => ("sotruc-core", "core", "conflicts"),
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

/// Installs what is needed and not there.
fn set_up(n: usize, of: usize, needed: &[Packages]) -> Result<(), String> {
    step(n, of, "what is needed", || {
        if !cfg!(target_os = "linux") {
            return Ok(());
        }
        let missing: Vec<&str> = needed
            .iter()
            .copied()
            .flatten()
            .filter(|(_, probe)| !has(probe))
            .map(|(package, _)| *package)
            .collect();
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
fn check_node() -> Result<(), String> {
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

fn npm(words: &[&str]) -> Result<(), String> {
    // On Windows npm is a script, which only a shell finds.
    let mut command = match cfg!(windows) {
        true => Command::new("cmd"),
        false => Command::new("npm"),
    };
    if cfg!(windows) {
        command.args(["/C", "npm"]);
    }
    run(command.args(words).current_dir(top().join("ui")))
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

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| top().join("target"), PathBuf::from)
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn has(probe: &[&str]) -> bool {
    Command::new(probe[0])
        .args(&probe[1..])
        .output()
        .is_ok_and(|output| output.status.success())
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} failed ({status})")),
        Err(cause) => Err(format!("{name} cannot be started: {cause}")),
    }
}
