//! Reports of every year: what is to be sent to whom, before which day.

use serde::Serialize;
use specta::Type;

use crate::clock::Instant;
use crate::error::Result;
use crate::incident::periodic::OwedReport;
use crate::incident::profile::{Basis, Said};
use crate::office::Rules;
use crate::store::Reader;

/// A report of every year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReportRow {
    /// The name by which it is said to be sent.
    pub key: String,
    /// What is to be sent, in Vietnamese and English.
    pub what: Said,
    /// To whom.
    pub whom: Vec<String>,
    /// The text that it stands in.
    pub basis: Basis,
    /// The moment before which it is due.
    pub due_at: Instant,
    /// Whether that is over.
    pub late: bool,
}

impl ReportRow {
    fn of(owed: OwedReport, rules: &Rules, now: Instant) -> Self {
        Self {
            whom: rules.names_of(&owed.report.to),
            key: owed.key,
            what: owed.report.name,
            basis: owed.basis,
            due_at: owed.due_at,
            late: owed.due_at <= now,
        }
    }
}

/// Every report that the profiles in force ask for, for each day that was missed and the next one, by
/// day; those alone that are due within two weeks or were due, when `owed` is asked for.
///
/// # Errors
/// Those of the store.
pub fn list(book: Reader<'_>, owed: bool, now: Instant) -> Result<Vec<ReportRow>> {
    let rules = book.rules()?;
    let reports = match owed {
        true => book.owed_reports(now)?,
        false => book.reports(now)?,
    };
    let rows = reports.into_iter();
    Ok(rows.map(|one| ReportRow::of(one, &rules, now)).collect())
}
