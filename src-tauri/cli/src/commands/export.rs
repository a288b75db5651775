//! Tables out.

use sotruc_core::clock::Instant;
use sotruc_core::report::{self, Report};
use sotruc_core::{Code, Error, Reader, Result};
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use super::{Answer, Desk};
use crate::args::Export;

pub fn run(desk: &mut Desk, export: &Export) -> Result<Answer> {
    let report = desk.say.word::<Report>(&export.report)?;
    let separator = export.separator.as_bytes()[0];
    if export.output == Path::new("-") {
        let mut out = std::io::stdout().lock();
        desk.read(|book, now| write(book, report, &mut out, separator, now))?;
        return Ok(Answer::Yes);
    }
    guard(desk, &export.output)?;
    desk.read(|book, now| to_file(book, report, &export.output, separator, now))?;
    desk.note(
        "demo_table",
        &[("file", export.output.display().to_string())],
    );
    Ok(Answer::Yes)
}

fn write(
    book: Reader<'_>,
    report: Report,
    to: impl Write,
    separator: u8,
    now: Instant,
) -> Result<()> {
    match report {
        Report::Roster => report::roster(book, to, separator),
        Report::People => report::people(book, to, separator),
        Report::Units => report::units(book, to, separator),
        Report::Incidents => report::incidents(book, to, separator),
        Report::Log => report::log(book, to, separator),
        Report::Summary => report::summary(book, to, separator, now),
    }
}

/// Refuses to write a table over a book or over our keys: one wrong Tab must not cost the log.
fn guard(desk: &Desk, path: &Path) -> Result<()> {
    let Ok(target) = fs::canonicalize(path) else {
        return Ok(());
    };
    let name = target.to_string_lossy().into_owned();
    let is_ours = fs::canonicalize(Desk::installation().folder())
        .is_ok_and(|folder| target.starts_with(folder));
    let is_book = [".sotruc", ".sotruc-wal", ".sotruc-shm"]
        .iter()
        .any(|ending| name.ends_with(ending))
        || fs::canonicalize(desk.store())
            .is_ok_and(|store| name.starts_with(&*store.to_string_lossy()))
        || target.is_file() && begins_as_database(&target);
    match is_ours || is_book {
        true => Err(Error::new(Code::FileExists).with("file", path.display())),
        false => Ok(()),
    }
}

fn begins_as_database(path: &Path) -> bool {
    let mut begin = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin == *b"SQLite format 3\0"
}

/// Writes beside the target first, so that a failure leaves what was there. A link leads to its
/// target; what is no file (a pipe, a device) is written as it is.
pub fn to_file(
    book: Reader<'_>,
    report: Report,
    path: &Path,
    separator: u8,
    now: Instant,
) -> Result<()> {
    let at_path = |cause| Error::file(path, cause);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(at_path(std::io::ErrorKind::IsADirectory.into()));
    }
    if target.exists() && !target.is_file() {
        let mut out = File::options().write(true).open(&target).map_err(at_path)?;
        return write(book, report, &mut out, separator, now);
    }
    let mut draft = target.as_os_str().to_owned();
    draft.push(format!(".{}.part", std::process::id()));
    let draft = Path::new(&draft);
    let file = File::create(draft).map_err(at_path)?;
    let mut out = BufWriter::new(file);
    let written = write(book, report, &mut out, separator, now).and_then(|()| {
        out.flush()
            .and_then(|()| out.get_ref().sync_all())
            .and_then(|()| fs::rename(draft, &target))
            .map_err(at_path)
    });
    if written.is_err() {
        // The error that matters is the first one.
        let _ = fs::remove_file(draft);
    }
    written
}
