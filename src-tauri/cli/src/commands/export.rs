//! Tables out.

use sotruc_core::clock::Instant;
use sotruc_core::report::{self, Report};
use sotruc_core::{Code, Error, Reader, Result};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
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
    let place = |path: &Path| fs::canonicalize(path).ok();
    let Some(target) = place(path) else {
        return Ok(());
    };
    let is_book = target.extension().is_some_and(|ending| ending == "sotruc")
        || place(&desk.store()).is_some_and(|store| store == target);
    let is_ours =
        place(Desk::installation().folder()).is_some_and(|folder| target.starts_with(folder));
    match target.is_file() && (is_book || is_ours) {
        true => Err(Error::new(Code::FileExists).with("file", path.display())),
        false => Ok(()),
    }
}

/// Writes beside the target first, so that a failure leaves what was there.
pub fn to_file(
    book: Reader<'_>,
    report: Report,
    path: &Path,
    separator: u8,
    now: Instant,
) -> Result<()> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}.part", std::process::id()));
    let draft = Path::new(&draft);
    let at_path = |cause| Error::file(path, cause);
    if path.is_dir() {
        return Err(at_path(std::io::ErrorKind::IsADirectory.into()));
    }
    let file = File::create(draft).map_err(at_path)?;
    let mut out = BufWriter::new(file);
    let written = write(book, report, &mut out, separator, now).and_then(|()| {
        out.flush()
            .and_then(|()| out.get_ref().sync_all())
            .and_then(|()| fs::rename(draft, path))
            .map_err(at_path)
    });
    if written.is_err() {
        // The error that matters is the first one.
        let _ = fs::remove_file(draft);
    }
    written
}
