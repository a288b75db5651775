//! A submission: what a unit owes for a period, and whether it came.

pub mod arrival;
pub mod reminder;
mod write;

pub use write::SubmissionChange;

use serde::{Deserialize, Serialize};

use std::collections::HashMap;

use crate::clock::{Hlc, Instant};
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

    /// Whether something came from the unit, if only that nothing changed.
    #[must_use]
    pub const fn came(self) -> bool {
        matches!(self, Self::Received | Self::Corrected | Self::Nil)
    }

    /// What it is after a list of the unit came, with news or without; a list sent again confirms.
    const fn after_list(self, news: bool) -> Self {
        match self {
            Self::Waiting | Self::Exempt => Self::Received,
            sent if !news => sent,
            Self::Received | Self::Corrected | Self::Nil => Self::Corrected,
        }
    }
}

/// A submission: what somebody said of what a unit owes for a period. What is not said the lists of
/// people tell that came. There is one for each period and unit, at every site the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Its identity, which follows from period and unit.
    pub id: SubmissionId,
    /// For which period.
    pub period: PeriodId,
    /// By which unit.
    pub unit: UnitId,
    /// Whether it came; `None` while nobody said so.
    pub state: Option<State>,
    /// The number of the document it came with.
    pub document: Option<String>,
    /// When it came, where somebody said so; else with the first list, or when it was said.
    pub received_at: Option<Instant>,
    /// By when, where this unit has a day of its own.
    #[serde(default)]
    pub due_at: Option<Instant>,
    /// When the state was said.
    #[serde(default)]
    pub said_at: Option<Instant>,
    /// Whether it was taken back.
    pub removed: bool,
    /// When the state was written: its record knows.
    #[serde(skip)]
    pub written: Hlc,
}

impl Submission {
    /// That nobody said anything yet.
    #[must_use]
    pub fn unsaid(period: PeriodId, unit: UnitId) -> Self {
        Self {
            id: SubmissionId(uuid_of("so-truc submission id", &[period.0, unit.0])),
            period,
            unit,
            state: None,
            document: None,
            received_at: None,
            due_at: None,
            said_at: None,
            removed: false,
            written: Hlc::default(),
        }
    }

    /// From when on lists change the state that was said.
    fn since(&self) -> Hlc {
        let came = self.state.is_some_and(State::came);
        match self.said_at.or(self.received_at).filter(|_| !came) {
            // An undo wrote again what was said before.
            Some(said) if Hlc::after(None, said).millis() < self.written.millis() => {
                Hlc::after(None, said)
            }
            _ => self.written,
        }
    }
}

/// What a unit owes for a period, with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The unit.
    pub unit: UnitId,
    /// Whether it came.
    pub state: State,
    /// The number of the document it came with.
    pub document: Option<String>,
    /// When it came.
    pub received_at: Option<Instant>,
    /// By when it is due.
    pub due_at: Instant,
    /// A day of its own by which it is due, where it has one.
    pub own_due: Option<Instant>,
    /// How often the unit was reminded.
    pub reminders: usize,
    /// When it was reminded last.
    pub reminded_at: Option<Instant>,
    /// Whether it was said that the unit need not send: what came all the same is not late.
    pub exempt: bool,
}

impl Owed {
    /// What a unit owes by what was said of it and by the lists that count for the period, earliest
    /// first: whatever was written first, it comes out the same.
    #[must_use]
    pub(crate) fn of(
        period: &Period,
        unit: UnitId,
        said: Option<&Submission>,
        lists: &[&Arrival],
    ) -> Self {
        let spoken = said.and_then(|said| Some((said.state?, said.since())));
        let mut state = spoken.map_or(State::Waiting, |(state, _)| state);
        let came = said.filter(|_| state.came());
        let told = came.and_then(|said| said.received_at);
        let mut first = came.and_then(|said| said.said_at);
        let of_unit = |list: &&&Arrival| list.units.binary_search(&unit).is_ok();
        for list in lists.iter().filter(of_unit) {
            let is_later = spoken.is_none_or(|(_, since)| list.written > since);
            if is_later {
                state = state.after_list(list.news.binary_search(&unit).is_ok());
            }
            // What was said to have come came with the list before, as long as that stands.
            if is_later || came.is_some() {
                first = first.into_iter().chain([list.at]).min();
            }
        }
        let received_at = told.or(first);
        let own_due = said.and_then(|said| said.due_at);
        Self {
            unit,
            state,
            document: said.and_then(|said| said.document.clone()),
            received_at,
            due_at: own_due.unwrap_or(period.due()),
            own_due,
            reminders: 0,
            reminded_at: None,
            exempt: spoken.is_some_and(|(state, _)| state == State::Exempt),
        }
    }

    /// Whether it came after its day, or its day has passed and it did not come.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        match self.state {
            _ if self.exempt => false,
            State::Waiting => now > self.due_at,
            State::Exempt => false,
            State::Received | State::Corrected | State::Nil => {
                self.received_at.is_some_and(|at| at > self.due_at)
            }
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
        self.add(owed.state, owed.is_late(now));
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

/// What each of the units that a period asks owes for it, in the order of the units; `lists` are
/// those that count for it, earliest first.
#[must_use]
pub fn owed(
    period: &Period,
    units: &[Unit],
    said: &[Submission],
    lists: &[&Arrival],
    reminders: &[Reminder],
) -> Vec<Owed> {
    let said = said.iter().filter(|known| known.period == period.id);
    let said: HashMap<UnitId, &Submission> = said.map(|known| (known.unit, known)).collect();
    let mut reminded: HashMap<UnitId, (usize, Option<Instant>)> = HashMap::new();
    for reminder in reminders.iter().filter(|known| known.period == period.id) {
        let (count, last) = reminded.entry(reminder.unit).or_default();
        *count += 1;
        *last = (*last).max(Some(reminder.at));
    }
    let asked = units.iter().filter(|unit| period.asks(unit));
    asked
        .map(|unit| {
            let (reminders, reminded_at) = reminded.get(&unit.id).copied().unwrap_or_default();
            Owed {
                reminders,
                reminded_at,
                ..Owed::of(period, unit.id, said.get(&unit.id).copied(), lists)
            }
        })
        .collect()
}
