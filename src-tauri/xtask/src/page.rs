//! The page's packages: fetched when the list of them changed, and not otherwise. The build script
//! of the desktop crate does it too, so that plain `cargo build` works.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Where it is kept which list the packages there are of.
const FETCHED: &str = "node_modules/.fetched";

/// Fetches the packages when they are not those of the lock file.
///
/// # Errors
/// What npm was asked, and what became of it.
pub fn fetch(ui: &Path) -> Result<(), String> {
    let wanted = fs::read(ui.join("package-lock.json")).map_err(|cause| cause.to_string())?;
    if fs::read(ui.join(FETCHED)).is_ok_and(|fetched| fetched == wanted) {
        return Ok(());
    }
    npm(ui, &["ci", "--no-audit", "--no-fund"])?;
    fs::write(ui.join(FETCHED), wanted).map_err(|cause| cause.to_string())
}

/// Runs npm in the page's folder.
///
/// # Errors
/// What it was asked, and what became of it.
pub fn npm(ui: &Path, words: &[&str]) -> Result<(), String> {
    let done = command(ui, words).status();
    match &done {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("npm {} failed ({status})", words.join(" "))),
        Err(cause) => Err(format!(
            "npm cannot be started ({cause}); the page needs Node.js 20 or newer"
        )),
    }
}

/// npm with these words, not yet started.
pub fn command(ui: &Path, words: &[&str]) -> Command {
    // On Windows npm is a script, which only a shell finds.
    let mut command = match cfg!(windows) {
        true => Command::new("cmd"),
        false => Command::new("npm"),
    };
    if cfg!(windows) {
        command.args(["/C", "npm"]);
    }
    command.args(words).current_dir(ui);
    command
}
