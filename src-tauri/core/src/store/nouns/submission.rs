//! What units owe, and the words to those that do.

use rusqlite::Row;

use super::{id, list, maybe_moment, moment, one, written};
use crate::clock::Hlc;
use crate::duty::period::Period;
use crate::error::Result;
use crate::id::{ArrivalId, PeriodId, ReminderId, SubmissionId, UnitId};
use crate::journal::Kind;
use crate::store::Reader;
use crate::submission::arrival::Arrival;
use crate::submission::reminder::Reminder;
use crate::submission::{self, Owed, State, Submission};

const SUBMISSION: &str = "SELECT id, period, unit, state, document, received_at, due_at, said_at, hlc, clocks FROM submission \
     WHERE removed IS NULL AND period IS NOT NULL AND unit IS NOT NULL";

fn submission_of(row: &Row<'_>) -> rusqlite::Result<Submission> {
    Ok(Submission {
        id: id::<SubmissionId>(row, 0)?,
        period: id(row, 1)?,
        unit: id(row, 2)?,
        state: one::<State>(row, Kind::Submission, 3)?,
        document: row.get(4)?,
        received_at: maybe_moment(row, 5)?,
        due_at: maybe_moment(row, 6)?,
        said_at: maybe_moment(row, 7)?,
        removed: false,
        written: written(row, 8, "state")?,
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
    "SELECT id, at, units, news, hlc FROM arrival WHERE removed IS NULL AND at IS NOT NULL";

fn arrival(row: &Row<'_>) -> rusqlite::Result<Arrival> {
    Ok(Arrival {
        id: id::<ArrivalId>(row, 0)?,
        at: moment(row, 1)?,
        units: list(row, Kind::Arrival, 2)?,
        news: list(row, Kind::Arrival, 3)?,
        removed: false,
        written: Hlc(row.get::<_, i64>(4)? as u64),
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
        let lists = self.lists_for(period)?;
        Ok(submission::owed(
            period,
            &self.units()?,
            &self.submissions(period.id)?,
            &lists.iter().collect::<Vec<_>>(),
            &self.reminders(period.id)?,
        ))
    }

    /// What one unit owes for a period, whether that asks it or not, without its reminders.
    pub(crate) fn owed_by(self, period: &Period, unit: UnitId) -> Result<Owed> {
        let (lists, said) = (self.lists_for(period)?, self.submissions(period.id)?);
        let said = said.iter().find(|said| said.unit == unit);
        let lists: Vec<&Arrival> = lists.iter().collect();
        Ok(Owed::of(period, unit, said, &lists))
    }

    /// The lists that count for a period, earliest first.
    fn lists_for(self, period: &Period) -> Result<Vec<Arrival>> {
        let (periods, mut lists) = (self.periods()?, self.arrivals()?);
        lists.retain(|list| period.takes_list(&periods, list.at));
        Ok(lists)
    }
}
