//! A report as a file: whole or not at all.

use std::io::Write;
use std::path::Path;

use super::options::unfit;
use super::{Report, RosterOptions, Whose};
use crate::clock::Instant;
use crate::error::Result;
use crate::privacy::disclosure::Disclosure;
use crate::sheet::out::{Form, ending, no_form};
use crate::store::Reader;

/// What a report is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportForm {
    /// A table.
    Table(Form),
    /// A calendar of shifts.
    Calendar,
    /// Contacts for telephones, of these people.
    Contacts(Whose),
}

impl From<Form> for ExportForm {
    fn from(form: Form) -> Self {
        Self::Table(form)
    }
}

impl ExportForm {
    /// Its stable key, as in the ending of a file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Table(form) => form.key(),
            Self::Calendar => "ics",
            Self::Contacts(_) => "vcf",
        }
    }
}

impl Report {
    /// Whether it can be written so.
    #[must_use]
    pub const fn takes(self, form: ExportForm) -> bool {
        match form {
            ExportForm::Table(_) => true,
            ExportForm::Calendar => matches!(self, Self::Roster),
            ExportForm::Contacts(_) => matches!(self, Self::People),
        }
    }

    /// The form that is meant: the one that is said, else that of the ending of the file.
    ///
    /// # Errors
    /// [`crate::Code::ValueUnknown`] for one that it cannot have.
    pub fn form_of(self, path: &Path, said: Option<&str>, separator: u8) -> Result<ExportForm> {
        let key = said.map_or_else(|| ending(path), str::to_owned);
        let form = match key.as_str() {
            "ics" => Some(ExportForm::Calendar),
            "vcf" => Some(ExportForm::Contacts(Whose::All)),
            key => Form::of_key(key, separator).map(ExportForm::Table),
        };
        form.filter(|form| self.takes(*form))
            .ok_or_else(|| no_form(&key, self.forms()))
    }

    const fn forms(self) -> &'static str {
        match self {
            Self::Roster => "csv, xlsx, ics",
            Self::People => "csv, xlsx, vcf",
            _ => "csv, xlsx",
        }
    }
}

/// A report, and how it is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export {
    /// Which.
    pub report: Report,
    /// As what.
    pub form: ExportForm,
    /// Whether people's numbers and addresses are left out.
    pub without_numbers: bool,
    /// Of a roster or hours, what of them.
    pub options: RosterOptions,
}

impl Export {
    /// Refuses a form that the report cannot have, and what it cannot be laid out or cut by.
    ///
    /// # Errors
    /// [`crate::Code::ValueUnknown`], [`crate::Code::OptionUnfit`].
    pub fn check(&self) -> Result<()> {
        let form = self.form;
        if !self.report.takes(form) {
            return Err(no_form(form.key(), self.report.forms()));
        }
        match form {
            // Contacts without numbers are none.
            ExportForm::Contacts(_) if self.without_numbers => {
                Err(no_form(form.key(), "csv, xlsx"))
            }
            ExportForm::Calendar => match self.options.layout {
                Some(_) => Err(unfit("layout", form.key())),
                None => Ok(()),
            },
            ExportForm::Table(_) | ExportForm::Contacts(_) => self.options.check(self.report),
        }
    }

    /// What is to be noted of it, when people are named in it.
    #[must_use]
    pub fn disclosure(&self) -> Option<Disclosure> {
        let (unit, person) = match self.form {
            ExportForm::Contacts(Whose::Unit(unit)) => (Some(unit), None),
            ExportForm::Contacts(Whose::Person(person)) => (None, Some(person)),
            _ => (self.options.unit, self.options.person),
        };
        Some(Disclosure {
            without_numbers: self.without_numbers && self.report.has_numbers(),
            unit,
            person,
            ..Disclosure::of(self.report.extract()?, self.form.key())
        })
    }
}

/// Writes a report; `now` is when it is made.
///
/// # Errors
/// Those of the store, [`crate::Code::File`], and those of [`Export::check`].
pub fn write(book: Reader<'_>, export: Export, to: impl Write, now: Instant) -> Result<()> {
    export.check()?;
    let Export {
        report,
        form,
        without_numbers,
        options,
    } = export;
    let form = match form {
        ExportForm::Table(form) => form,
        ExportForm::Calendar => {
            return super::calendar(book, &options, without_numbers, to, now);
        }
        ExportForm::Contacts(whose) => return super::vcards(book, whose, to),
    };
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
