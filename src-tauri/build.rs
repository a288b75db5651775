//! Builds the page before the window, so that plain `cargo build` and `cargo run` work.

use std::path::Path;
use std::process::Command;

const UI: &str = "../ui";
/// What the page is made of.
const SOURCES: &[&str] = &[
    "src",
    "index.html",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "svelte.config.js",
    "tsconfig.json",
    "../assets/messages",
];

fn main() {
    for source in SOURCES {
        println!("cargo:rerun-if-changed={UI}/{source}");
    }
    if !Path::new(UI)
        .join("node_modules/.package-lock.json")
        .exists()
    {
        npm(&["ci", "--no-audit", "--no-fund"]);
    }
    npm(&["run", "--silent", "build"]);
    tauri_build::build();
}

fn npm(words: &[&str]) {
    // On Windows npm is a script, which only a shell finds.
    let mut command = match cfg!(windows) {
        true => Command::new("cmd"),
        false => Command::new("npm"),
    };
    if cfg!(windows) {
        command.args(["/C", "npm"]);
    }
    let done = command.args(words).current_dir(UI).status();
    assert!(
        done.as_ref().is_ok_and(std::process::ExitStatus::success),
        "npm {words:?} failed: {done:?} (the page needs Node.js 20 or newer)"
    );
}
