//! Submissions.

use std::collections::HashSet;

use crate::book::{Writing, Wrote};
use crate::clock::{Hlc, Instant, MINUTE};
use crate::duty::period::{self, Period};
use crate::error::{Code, Error, Result};
use crate::id::{PeriodId, UnitId};
use crate::store::Reader;
use crate::submission::arrival::Arrival;
use crate::submission::reminder::Reminder;
use crate::submission::{State, Submission};
use crate::text::tidy_some;

/// What is to be noted of what a unit owes; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct SubmissionChange {
    /// Whether it came.
    pub state: Option<State>,
    /// The number of the document it came with; an empty text takes it away.
    pub document: Option<String>,
    /// When it came.
    pub received_at: Option<Instant>,
    /// A day of its own by which this unit sends; `Some(None)` takes it away.
    pub due_at: Option<Option<Instant>>,
}

impl From<State> for SubmissionChange {
    fn from(state: State) -> Self {
        Self {
            state: Some(state),
            ..Self::default()
        }
    }
}

/// A list that says nothing new and comes so soon after the last of the same units is that one, in
/// milliseconds.
const SAME_LIST: i64 = 10 * MINUTE;

impl Reader<'_> {
    /// Whether a list of people of these units that says nothing new is one that was sent again, and
    /// not the last one brought in twice.
    pub(crate) fn is_sent_again(self, units: &HashSet<UnitId>, now: Instant) -> Result<bool> {
        let mut known = self.arrivals()?;
        known.retain(|arrival| arrival.at > now.plus(-SAME_LIST));
        let is_noted = |unit| known.iter().any(|known| known.units.contains(unit));
        Ok(!units.iter().all(is_noted))
    }
}

impl Writing<'_> {
    /// Notes whether a unit has sent its contact points for a period. Received without a time
    /// means now; what is not given stays as it was. What is said of what came stands, whatever
    /// becomes of the list that it came with; lists that come later change it.
    ///
    /// # Errors
    /// [`Code::PeriodUnknown`], those of the store.
    pub fn set_submission(
        &mut self,
        period: PeriodId,
        unit: UnitId,
        change: &SubmissionChange,
    ) -> Result<Wrote> {
        self.not_ahead(change.received_at)?;
        let period = period::find(&self.periods()?, &period.to_string())?.clone();
        let known = self.submissions(period.id)?.into_iter();
        let known = known.into_iter().find(|known| known.unit == unit);
        let owed = self.owed_by(&period, unit)?;
        let mut said = known.unwrap_or_else(|| Submission::unsaid(period.id, unit));
        if let Some(due_at) = change.due_at {
            said.due_at = due_at;
        }
        let says = change.state.is_some() || change.document.is_some();
        if says || change.received_at.is_some() {
            let state = change.state.unwrap_or(owed.state);
            if said.state == Some(state) && owed.state != state {
                // Said again after a list came: from when it counts its record knows.
                self.put(&Submission {
                    state: None,
                    ..said.clone()
                })?;
            }
            let was_said = said.state.is_some_and(State::came);
            said.state = Some(state);
            if !state.came() {
                said.document = None;
            }
            let told = said.received_at.filter(|_| was_said);
            said.received_at = change.received_at.or(told).filter(|_| state.came());
            if !(was_said && state.came()) || said.said_at.is_none() {
                said.said_at = Some(self.now());
            }
            if let Some(document) = &change.document {
                said.document = tidy_some(document);
            }
        }
        self.put(&said)
    }

    /// Notes that units were reminded of what they owe for a period, each once, and gives how many
    /// and for which period: without one, for the one that runs now or comes next.
    ///
    /// # Errors
    /// [`Code::PeriodUnknown`], [`Code::NoPeriodNow`], [`Code::UnitUnknown`]; [`Code::NothingOwed`] when one of them has
    /// sent or is not asked: then nothing is noted.
    pub fn remind(
        &mut self,
        period: Option<PeriodId>,
        units: &[UnitId],
        note: Option<&str>,
    ) -> Result<(usize, Period)> {
        let (all, now) = (self.periods()?, self.now());
        let period = match period {
            Some(id) => period::find(&all, &id.to_string())?,
            None => period::coming(&all, now)
                .ok_or_else(|| Error::new(Code::NoPeriodNow).with("at", now))?,
        };
        let owing: HashSet<UnitId> = self
            .owed(period)?
            .iter()
            .filter(|owed| !owed.state.is_settled())
            .map(|owed| owed.unit)
            .collect();
        let mut reminded = HashSet::new();
        for &id in units.iter().filter(|id| reminded.insert(**id)) {
            if !owing.contains(&id) {
                let unknown = || Error::new(Code::UnitUnknown).with("given", id);
                let unit = self.unit(id)?.ok_or_else(unknown)?;
                return Err(Error::new(Code::NothingOwed)
                    .with("given", unit.name)
                    .with("period", &period.name));
            }
            let reminder = Reminder {
                id: self.new_id()?,
                period: period.id,
                unit: id,
                at: now,
                operator: self.author().operator,
                note: note.and_then(tidy_some),
                removed: false,
            };
            self.put(&reminder)?;
        }
        Ok((reminded.len(), period.clone()))
    }

    /// Notes that a list of people of these units came, with news of some.
    pub(crate) fn note_arrival(
        &mut self,
        units: &HashSet<UnitId>,
        news: &HashSet<UnitId>,
    ) -> Result<()> {
        let sorted = |units: &HashSet<UnitId>| {
            let mut sorted: Vec<UnitId> = units.iter().copied().collect();
            sorted.sort_unstable();
            sorted
        };
        let arrival = Arrival {
            id: self.new_id()?,
            at: self.now(),
            units: sorted(units),
            news: sorted(news),
            removed: false,
            written: Hlc::default(),
        };
        self.put(&arrival)?;
        Ok(())
    }
}
