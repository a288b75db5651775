//! A report as a file: whole or not at all.

use std::io::Write;

use super::{Report, RosterOptions};
use crate::clock::Instant;
use crate::error::Result;
use crate::privacy::disclosure::Disclosure;
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
    pub without_numbers: bool,
    /// Of a roster or hours, what of them.
    pub options: RosterOptions,
}

impl Export {
    /// What is to be noted of it, when people are named in it.
    #[must_use]
    pub fn disclosure(&self) -> Option<Disclosure> {
        Some(Disclosure {
            without_numbers: self.without_numbers && self.report.has_numbers(),
            unit: self.options.unit,
            person: self.options.person,
            ..Disclosure::of(self.report.extract()?, self.form.key())
        })
    }
}

/// Writes a report; `now` is when it is made.
///
/// # Errors
/// Those of the store, [`crate::Code::File`], and [`crate::Code::OptionUnfit`].
pub fn write(book: Reader<'_>, export: Export, to: impl Write, now: Instant) -> Result<()> {
    let Export {
        report,
        form,
        without_numbers,
        options,
    } = export;
    options.check(report)?;
    match report {
        Report::Roster => super::roster(book, to, form, &options, without_numbers, now),
        Report::Hours => super::hours(book, to, form, &options),
        Report::Submissions => super::submissions(book, to, form, without_numbers, now),
        Report::Drills => super::drills(book, to, form, without_numbers),
        Report::People => super::people(book, to, form, without_numbers),
        Report::Units => super::units(book, to, form),
        Report::Incidents => super::incidents(book, to, form),
        Report::Notices => super::notices(book, to, form, now),
        Report::Log => super::log(book, to, form),
        Report::Summary => super::summary(book, to, form, now),
    }
}
