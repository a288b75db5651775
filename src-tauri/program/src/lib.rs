//! What is so of the program itself and not of a book: which build it is, the file in which it
//! notes its own failures, and how it is updated.
//!
//! The file says what failed, by code, and when; it never holds a name, a number, a text or a path
//! of a book, so that it can be handed to whoever repairs the program. What is noted is written
//! with `tracing`, anywhere; only the two faces begin the file.

pub mod update;

use std::fs::{self, File};
use std::io;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, fmt};

/// Which build this is: `0.1.0 (4f4b770)`, without the commit where the source has no history.
pub const BUILD: &str = env!("SOTRUC_BUILD");

/// The version alone: `0.1.0`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How many bytes the file may have when the program starts; then it makes room for a new one.
const LARGEST: u64 = 512 * 1024;

/// The log file of the installation in a folder.
#[must_use]
pub fn log_file(home: &Path) -> PathBuf {
    home.join("log").join("so-truc.log")
}

/// Begins to note what fails in [`log_file`]; what the program notes from now on, and where it
/// stops in the midst. The file before the last is kept beside it, older ones go.
///
/// # Errors
/// Those of the file system, or that it was begun before; the program works without.
pub fn begin_log(home: &Path) -> io::Result<()> {
    let file = Arc::new(open(&log_file(home))?);
    // Other crates may say paths and texts.
    let ours = Targets::new().with_target("sotruc", LevelFilter::INFO);
    let lines = fmt::layer().with_ansi(false).with_writer(file);
    tracing_subscriber::registry()
        .with(lines.with_filter(ours))
        .try_init()
        .map_err(|twice: TryInitError| io::Error::other(twice))?;
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |stopped| {
        // Where, and not what was said: that may hold a text.
        if let Some(place) = stopped.location() {
            tracing::error!(
                file = place.file(),
                line = place.line(),
                "stopped in the midst"
            );
        }
        before(stopped);
    }));
    Ok(())
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::metadata(path).is_ok_and(|about| about.len() > LARGEST) {
        fs::rename(path, path.with_extension("1.log"))?;
    }
    let mut options = File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ours_is_noted_and_the_file_makes_room() {
        let home = tempfile::tempdir().unwrap();
        let path = log_file(home.path());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "x".repeat(LARGEST as usize + 1)).unwrap();
        begin_log(home.path()).unwrap();
        tracing::warn!(target: "sotruc_core::book", code = "file", "no copy was made");
        tracing::warn!(target: "another", "/home/ánh/sổ.sotruc");
        let said = fs::read_to_string(&path).unwrap();
        assert!(
            said.contains("WARN sotruc_core::book: no copy was made code=\"file\""),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
        let before = path.with_file_name("so-truc.1.log");
        assert_eq!(fs::metadata(before).unwrap().len(), LARGEST + 1);
        assert!(begin_log(home.path()).is_err(), "once");
    }

    #[test]
    fn the_build_begins_with_the_version() {
        assert!(BUILD.starts_with(env!("CARGO_PKG_VERSION")), "{BUILD}");
    }
}
