//! A submission: what a unit owes for a period, and whether it came.

pub mod arrival;
pub mod reminder;
mod write;

pub use write::SubmissionChange;

use serde::{Deserialize, Serialize};

use std::collections::HashMap;

use crate::clock::Instant;
use crate::directory::unit::Unit;
use crate::duty::period::Period;
use crate::id::{PeriodId, SubmissionId, UnitId, uuid_of};
use crate::submission::arrival::Arrival;
use crate::submission::reminder::Reminder;
use crate::word::words;

words! {
    /// Whether the unit has sent its contact points.
    State, "state" {
        /// Nothing came yet.
        Waiting = "waiting",
        /// It came.
        Received = "received",
        /// What came was changed by what came later.
        Corrected = "corrected",
        /// The unit need not send.
        Exempt = "exempt",
        /// It said that nothing changed.
        Nil = "nil",
    }
}

impl State {
    /// Whether nothing is owed any more.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Waiting)
    }

    /// What it is after a list of the unit came, with news or without; a list sent again confirms.
    #[must_use]
    pub const fn after_list(self, news: bool) -> Self {
        match self {
            Self::Waiting | Self::Exempt => Self::Received,
            sent if !news => sent,
            Self::Received | Self::Corrected | Self::Nil => Self::Corrected,
        }
    }
}

/// A submission. There is one for each period and unit, at every site the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Its identity, which follows from period and unit.
    pub id: SubmissionId,
    /// For which period.
    pub period: PeriodId,
    /// By which unit.
    pub unit: UnitId,
    /// Whether it came.
    pub state: State,
    /// The number of the document it came with.
    pub document: Option<String>,
    /// When it came.
    pub received_at: Option<Instant>,
    /// By when, where this unit has a day of its own.
    #[serde(default)]
    pub due_at: Option<Instant>,
    /// Whether it was taken back.
    pub removed: bool,
}

impl Submission {
    /// What a unit owes while nothing is known of it.
    #[must_use]
    pub fn waiting(period: PeriodId, unit: UnitId) -> Self {
        Self {
            id: SubmissionId(uuid_of("so-truc submission id", &[period.0, unit.0])),
            period,
            unit,
            state: State::Waiting,
            document: None,
            received_at: None,
            due_at: None,
            removed: false,
        }
    }

    /// Takes a list that came as what is owed, and tells whether that changed anything.
    pub(crate) fn take(&mut self, arrival: &Arrival) -> bool {
        if arrival.units.binary_search(&self.unit).is_err() {
            return false;
        }
        let after = self
            .state
            .after_list(arrival.news.binary_search(&self.unit).is_ok());
        let changed = after != self.state;
        self.state = after;
        self.received_at.get_or_insert(arrival.at);
        changed
    }
}

/// What a unit owes for a period, with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The submission.
    pub submission: Submission,
    /// By when it is due.
    pub due_at: Instant,
    /// How often the unit was reminded.
    pub reminders: usize,
    /// When it was reminded last.
    pub reminded_at: Option<Instant>,
}

impl Owed {
    /// Whether it came after its day, or its day has passed and it did not come.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        match self.submission.state {
            State::Waiting => now > self.due_at,
            State::Exempt => false,
            State::Received | State::Corrected | State::Nil => self
                .submission
                .received_at
                .is_some_and(|at| at > self.due_at),
        }
    }
}

/// How many units have to send, and have sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Units that have to send.
    pub asked: usize,
    /// Those from which something came, if only that nothing changed.
    pub sent: usize,
    /// Those whose day has passed without it.
    pub late: usize,
}

impl Sums {
    /// Counts what one more unit owes.
    pub fn count(&mut self, owed: &Owed, now: Instant) {
        self.add(owed.submission.state, owed.is_late(now));
    }

    /// Counts a unit of which is known how it stands, and whether it is late.
    pub(crate) fn add(&mut self, state: State, late: bool) {
        match state {
            State::Exempt => {}
            State::Waiting => {
                self.asked += 1;
                self.late += usize::from(late);
            }
            State::Received | State::Corrected | State::Nil => {
                self.asked += 1;
                self.sent += 1;
            }
        }
    }

    /// Counts what units owe.
    #[must_use]
    pub fn of<'a>(owed: impl IntoIterator<Item = &'a Owed>, now: Instant) -> Self {
        let mut sums = Self::default();
        for one in owed {
            sums.count(one, now);
        }
        sums
    }
}

/// What each of the units that a period asks owes for it, in the order of the units.
#[must_use]
pub fn owed(
    period: &Period,
    units: &[Unit],
    submissions: &[Submission],
    reminders: &[Reminder],
) -> Vec<Owed> {
    let known: HashMap<UnitId, &Submission> = submissions
        .iter()
        .filter(|known| known.period == period.id)
        .map(|known| (known.unit, known))
        .collect();
    let mut reminded: HashMap<UnitId, (usize, Option<Instant>)> = HashMap::new();
    for reminder in reminders.iter().filter(|known| known.period == period.id) {
        let (count, last) = reminded.entry(reminder.unit).or_default();
        *count += 1;
        *last = (*last).max(Some(reminder.at));
    }
    let asked = units.iter().filter(|unit| period.asks(unit));
    asked
        .map(|unit| {
            let submission = known.get(&unit.id).map_or_else(
                || Submission::waiting(period.id, unit.id),
                |known| (*known).clone(),
            );
            let (reminders, reminded_at) = reminded.get(&unit.id).copied().unwrap_or_default();
            Owed {
                due_at: submission.due_at.unwrap_or(period.due()),
                submission,
                reminders,
                reminded_at,
            }
        })
        .collect()
}
