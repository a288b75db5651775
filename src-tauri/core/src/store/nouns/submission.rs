//! What units owe, and the words to those that do.

use rusqlite::Row;

use super::{id, list, maybe_moment, moment, one};
use crate::duty::period::Period;
use crate::error::Result;
use crate::id::{ArrivalId, PeriodId, ReminderId, SubmissionId};
use crate::journal::Kind;
use crate::store::Reader;
use crate::submission::arrival::Arrival;
use crate::submission::reminder::Reminder;
use crate::submission::{self, Owed, State, Submission};

const SUBMISSION: &str = "SELECT id, period, unit, state, document, received_at, due_at FROM submission \
     WHERE removed IS NULL AND period IS NOT NULL AND unit IS NOT NULL";

fn submission_of(row: &Row<'_>) -> rusqlite::Result<Submission> {
    Ok(Submission {
        id: id::<SubmissionId>(row, 0)?,
        period: id(row, 1)?,
        unit: id(row, 2)?,
        state: one(row, Kind::Submission, 3)?.unwrap_or(State::Waiting),
        document: row.get(4)?,
        received_at: maybe_moment(row, 5)?,
        due_at: maybe_moment(row, 6)?,
        removed: false,
    })
}

const REMINDER: &str = "SELECT id, period, unit, at, operator, note FROM reminder \
     WHERE removed IS NULL AND period IS NOT NULL AND unit IS NOT NULL AND operator IS NOT NULL";

fn reminder(row: &Row<'_>) -> rusqlite::Result<Reminder> {
    Ok(Reminder {
        id: id::<ReminderId>(row, 0)?,
        period: id(row, 1)?,
        unit: id(row, 2)?,
        at: maybe_moment(row, 3)?.unwrap_or_default(),
        operator: id(row, 4)?,
        note: row.get(5)?,
        removed: false,
    })
}

const ARRIVAL: &str =
    "SELECT id, at, units, news FROM arrival WHERE removed IS NULL AND at IS NOT NULL";

fn arrival(row: &Row<'_>) -> rusqlite::Result<Arrival> {
    Ok(Arrival {
        id: id::<ArrivalId>(row, 0)?,
        at: moment(row, 1)?,
        units: list(row, Kind::Arrival, 2)?,
        news: list(row, Kind::Arrival, 3)?,
        removed: false,
    })
}

impl Reader<'_> {
    /// The lists of people that came, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn arrivals(self) -> Result<Vec<Arrival>> {
        self.all(&format!("{ARRIVAL} ORDER BY at, id"), &[], arrival)
    }

    /// What is known of what units owe for a period.
    ///
    /// # Errors
    /// Those of the store.
    pub fn submissions(self, period: PeriodId) -> Result<Vec<Submission>> {
        self.all(
            &format!("{SUBMISSION} AND period = ?1"),
            &[&period.0],
            submission_of,
        )
    }

    /// The words to units that owe for a period, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn reminders(self, period: PeriodId) -> Result<Vec<Reminder>> {
        let sql = format!("{REMINDER} AND period = ?1 ORDER BY at, id");
        self.all(&sql, &[&period.0], reminder)
    }

    /// What each unit owes for a period, in the order of the units.
    ///
    /// # Errors
    /// Those of the store.
    pub fn owed(self, period: &Period) -> Result<Vec<Owed>> {
        let (submissions, reminders) = (self.submissions(period.id)?, self.reminders(period.id)?);
        Ok(submission::owed(
            period,
            &self.units()?,
            &submissions,
            &reminders,
        ))
    }
}
