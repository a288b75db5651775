//! What the desk keeps: operators, handovers, what units owe, calls, settings.

use rusqlite::Row;
use std::collections::BTreeMap;

use super::{id, maybe_id, maybe_moment, moment, one};
use crate::directory::drill::{Drill, Outcome};
use crate::duty::period::Period;
use crate::error::Result;
use crate::id::{DrillId, HandoverId, OperatorId, PeriodId, PersonId, ReminderId, SubmissionId};
use crate::journal::Kind;
use crate::log::handover::{Handover, HandoverState};
use crate::office::operator::Operator;
use crate::store::Reader;
use crate::submission::reminder::Reminder;
use crate::submission::{self, Owed, State, Submission};

const HANDOVER: &str = "SELECT id, giver, whom, \"from\", \"to\", text, note, head, state, receiver, \
     received_at, remarks FROM handover \
     WHERE removed IS NULL AND giver IS NOT NULL AND whom IS NOT NULL AND \"to\" IS NOT NULL";

fn handover(row: &Row<'_>) -> rusqlite::Result<Handover> {
    Ok(Handover {
        id: id::<HandoverId>(row, 0)?,
        giver: id(row, 1)?,
        whom: row.get(2)?,
        from: maybe_moment(row, 3)?.unwrap_or_default(),
        to: moment(row, 4)?,
        text: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        note: row.get(6)?,
        head: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
        state: one(row, Kind::Handover, 8)?.unwrap_or(HandoverState::Waiting),
        receiver: maybe_id(row, 9)?,
        received_at: maybe_moment(row, 10)?,
        remarks: row.get(11)?,
        removed: false,
    })
}

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

const OPERATOR: &str =
    "SELECT id, name, person FROM operator WHERE removed IS NULL AND name IS NOT NULL";

fn operator(row: &Row<'_>) -> rusqlite::Result<Operator> {
    Ok(Operator {
        id: id::<OperatorId>(row, 0)?,
        name: row.get(1)?,
        person: maybe_id(row, 2)?,
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

const DRILL: &str = "SELECT id, person, number, at, operator, outcome, minutes, note FROM drill \
     WHERE removed IS NULL AND person IS NOT NULL AND operator IS NOT NULL";

fn drill(row: &Row<'_>) -> rusqlite::Result<Drill> {
    Ok(Drill {
        id: id::<DrillId>(row, 0)?,
        person: id(row, 1)?,
        number: one(row, Kind::Drill, 2)?,
        at: maybe_moment(row, 3)?.unwrap_or_default(),
        operator: id(row, 4)?,
        outcome: one(row, Kind::Drill, 5)?.unwrap_or(Outcome::NoAnswer),
        minutes: row.get(6)?,
        note: row.get(7)?,
        removed: false,
    })
}

impl Reader<'_> {
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

    /// The calls that tell whether numbers answer, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn drills(self) -> Result<Vec<Drill>> {
        self.all(&format!("{DRILL} ORDER BY at, id"), &[], drill)
    }

    /// The calls to some people, those that were taken back too.
    pub(crate) fn drills_of(self, people: &[PersonId]) -> Result<Vec<DrillId>> {
        let sql = "SELECT id FROM drill WHERE person = ?1 ORDER BY id";
        let mut drills: Vec<DrillId> = Vec::new();
        for person in people {
            drills.append(&mut self.all(sql, &[&person.0], |row| id(row, 0))?);
        }
        Ok(drills)
    }

    /// The operators, in the order in which they first wrote.
    ///
    /// # Errors
    /// Those of the store.
    pub fn operators(self) -> Result<Vec<Operator>> {
        self.all(&format!("{OPERATOR} ORDER BY id"), &[], operator)
    }

    /// The handovers, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn handovers(self) -> Result<Vec<Handover>> {
        self.all(&format!("{HANDOVER} ORDER BY \"to\", id"), &[], handover)
    }

    /// What the book goes by, where it is not what is usual: by key.
    ///
    /// # Errors
    /// Those of the store.
    pub fn settings(self) -> Result<BTreeMap<String, String>> {
        let rows = self.all(
            "SELECT key, value FROM setting \
             WHERE removed IS NULL AND key IS NOT NULL AND value IS NOT NULL",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(rows.into_iter().collect())
    }
}
