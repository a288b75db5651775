//! Reports: the lists of the book as tables, and a summary of it.

mod content_line;
pub mod duty_sheet;
mod file;
mod held_sheet;
mod hours;
mod ical;
mod lists;
mod options;
mod owed;
mod roster;
mod summary;
mod vcard;

pub use file::{Export, ExportForm, write};
pub use held_sheet::{held_disclosure, held_sheet};
pub use options::{Layout, RosterOptions};
pub use vcard::{Whose, camera_text, vcards};

pub use crate::sheet::out::Form;

use hours::hours;
use ical::calendar;
use lists::{incidents, log, notices, people, units};
use owed::{drills, submissions};
use roster::roster;
use summary::summary;

use std::io::Write;

use crate::error::Result;
use crate::messages::vietnamese;
use crate::privacy::disclosure::Extract;
use crate::sheet::out::Sheet;
use crate::store::Reader;
use crate::word::words;

words! {
    /// A table that can be exported.
    Report, "report" {
        /// Who is on duty when, with the holes.
        Roster = "roster",
        /// The hours that people stood, by which they are paid.
        Hours = "hours",
        /// The directory.
        People = "people",
        /// The units.
        Units = "units",
        /// What units sent and owe.
        Submissions = "submissions",
        /// The calls that tell whether numbers answer.
        Drills = "drills",
        /// The incidents.
        Incidents = "incidents",
        /// Whom to tell of incidents, and whether they were.
        Notices = "notices",
        /// The log.
        Log = "log",
        /// Counts of all of it.
        Summary = "summary",
    }
}

/// What stands above a column of its own in every table of a practice book: nobody takes its
/// people and numbers for real ones.
fn practice_mark() -> &'static str {
    vietnamese().text("written_practice")
}

/// The headings of columns, by the keys of their messages.
fn columns<const N: usize>(keys: [&'static str; N]) -> [&'static str; N] {
    keys.map(|key| vietnamese().text(key))
}

/// Begins a table of a book.
fn table<W: Write>(book: Reader<'_>, to: W, form: Form, headings: &[&str]) -> Result<Sheet<W>> {
    wide_table(book, to, form, headings, 0)
}

/// [`table`], of many columns, the first of which stay in sight.
fn wide_table<W: Write>(
    book: Reader<'_>,
    to: W,
    form: Form,
    headings: &[&str],
    kept: usize,
) -> Result<Sheet<W>> {
    let mark = book.is_practice()?.then(practice_mark);
    let headings: Vec<&str> = headings.iter().copied().chain(mark).collect();
    Sheet::wide(to, form, &headings, kept)
}

impl Report {
    /// What of people leaves the book with it, when something does.
    #[must_use]
    pub const fn extract(self) -> Option<Extract> {
        match self {
            Self::Roster => Some(Extract::Roster),
            Self::Hours => Some(Extract::Hours),
            Self::People => Some(Extract::People),
            Self::Submissions => Some(Extract::Submissions),
            Self::Drills => Some(Extract::Drills),
            Self::Log => Some(Extract::Log),
            Self::Incidents => Some(Extract::Incidents),
            Self::Notices => Some(Extract::Incidents),
            Self::Units | Self::Summary => None,
        }
    }

    /// Whether it is of a time, and may be cut by it and by unit.
    #[must_use]
    pub const fn is_timed(self) -> bool {
        matches!(self, Self::Roster | Self::Hours)
    }

    /// Whether numbers and addresses stand in columns of their own, which can be left out.
    #[must_use]
    pub const fn has_numbers(self) -> bool {
        matches!(
            self,
            Self::Roster | Self::People | Self::Submissions | Self::Drills
        )
    }
}
