//! A report as a file: whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use super::Report;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::handout::Handout;
use crate::sheet::out::Form;
use crate::store::Reader;

/// A report, and how it is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// Which.
    pub report: Report,
    /// As text or as a workbook.
    pub form: Form,
    /// Whether people's numbers and addresses are left out.
    pub redact: bool,
}

impl Export {
    /// What is to be noted of it, when people are named in it.
    #[must_use]
    pub fn handout(&self) -> Option<Handout> {
        Some(Handout {
            without_numbers: self.redact,
            ..Handout::of(self.report.extract()?, self.form.key())
        })
    }
}

/// Writes a report; `now` is when it is made.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn write(book: Reader<'_>, export: Export, to: impl Write, now: Instant) -> Result<()> {
    let Export {
        report,
        form,
        redact,
    } = export;
    match report {
        Report::Roster => super::roster(book, to, form, redact, now),
        Report::Submissions => super::submissions(book, to, form, now),
        Report::Drills => super::drills(book, to, form, redact),
        Report::People => super::people(book, to, form, redact),
        Report::Units => super::units(book, to, form),
        Report::Incidents => super::incidents(book, to, form),
        Report::Log => super::log(book, to, form),
        Report::Summary => super::summary(book, to, form, now),
    }
}

/// Writes beside the target first, so that a failure leaves what was there. A link leads to its
/// target; what is no file (a pipe, a device) is written as it is.
///
/// [`crate::Logbook::hand_out`] writes what is of a book.
///
/// # Errors
/// Those of `write`, and [`crate::Code::File`].
pub fn write_beside(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let at_path = |cause| Error::file(path, cause);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(at_path(std::io::ErrorKind::IsADirectory.into()));
    }
    if target.exists() && !target.is_file() {
        let mut out = File::options().write(true).open(&target).map_err(at_path)?;
        return write(&mut out);
    }
    let mut draft = target.as_os_str().to_owned();
    draft.push(format!(".{}.part", std::process::id()));
    let draft = Path::new(&draft);
    let file = File::create(draft).map_err(at_path)?;
    let mut out = BufWriter::new(file);
    let written = write(&mut out).and_then(|()| {
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
