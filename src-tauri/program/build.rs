//! Asks git which commit is built. A crate of its own: with each commit only it and the two faces
//! are built anew.

use std::process::Command;

fn main() {
    let commit = git(&["rev-parse", "--short", "HEAD"]);
    // Written to with each commit, wherever this working copy keeps it.
    match git(&[
        "rev-parse",
        "--path-format=absolute",
        "--git-path",
        "logs/HEAD",
    ]) {
        Some(log) if commit.is_some() => println!("cargo:rerun-if-changed={log}"),
        _ => println!("cargo:rerun-if-changed=build.rs"),
    }
    println!("cargo:rerun-if-env-changed=SOTRUC_UPDATE_KEY");
    let version = env!("CARGO_PKG_VERSION");
    let build = commit.map_or(version.to_owned(), |commit| format!("{version} ({commit})"));
    println!("cargo:rustc-env=SOTRUC_BUILD={build}");
}

/// What git says; nothing in a source tree without a history.
fn git(words: &[&str]) -> Option<String> {
    let said = Command::new("git").args(words).output().ok()?;
    let text = String::from_utf8(said.stdout).ok()?.trim().to_owned();
    (said.status.success() && !text.is_empty()).then_some(text)
}
