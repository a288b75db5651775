//! Submissions.

use std::collections::HashSet;

use crate::book::{Writing, Wrote};
use crate::clock::Instant;
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

impl Reader<'_> {
    /// Whether a list of people of these units that says nothing new is to be noted as sent again:
    /// once a day.
    pub(crate) fn is_sent_again(self, units: &HashSet<UnitId>, now: Instant) -> Result<bool> {
        let mut known = self.arrivals()?;
        known.retain(|arrival| arrival.at >= now.midnight());
        let is_noted = |unit| known.iter().any(|known| known.units.contains(unit));
        Ok(!units.iter().all(is_noted))
    }
}

impl Writing<'_> {
    /// Notes whether a unit has sent its contact points for a period. Received without a time
    /// means now; what is not given stays as it was.
    ///
    /// # Errors
    /// Those of the store.
    pub fn set_submission(
        &mut self,
        period: PeriodId,
        unit: UnitId,
        change: &SubmissionChange,
    ) -> Result<Wrote> {
        let known = self.submissions(period)?;
        let submission = known
            .into_iter()
            .find(|known| known.unit == unit)
            .unwrap_or_else(|| Submission::waiting(period, unit));
        self.change_submission(submission, change)
    }

    fn change_submission(
        &mut self,
        mut submission: Submission,
        change: &SubmissionChange,
    ) -> Result<Wrote> {
        self.not_ahead(change.received_at)?;
        if let Some(state) = change.state {
            submission.state = state;
        }
        match submission.state {
            State::Waiting | State::Exempt => {
                submission.received_at = None;
                submission.document = None;
            }
            State::Received | State::Corrected | State::Nil => {
                let at = change.received_at.or(submission.received_at);
                submission.received_at = Some(at.unwrap_or(self.now()));
            }
        }
        if let Some(document) = &change.document {
            submission.document = tidy_some(document);
        }
        if let Some(due_at) = change.due_at {
            submission.due_at = due_at;
        }
        self.put(&submission)
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
            .filter(|owed| !owed.submission.state.is_settled())
            .map(|owed| owed.submission.unit)
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

    /// Notes that a list of people of these units came, with news of some, for every period that it
    /// counts for.
    pub(crate) fn note_arrival(
        &mut self,
        units: &HashSet<UnitId>,
        news: &HashSet<UnitId>,
    ) -> Result<()> {
        let now = self.now();
        let sorted = |units: &HashSet<UnitId>| {
            let mut sorted: Vec<UnitId> = units.iter().copied().collect();
            sorted.sort_unstable();
            sorted
        };
        let arrival = Arrival {
            id: self.new_id()?,
            at: now,
            units: sorted(units),
            news: sorted(news),
            removed: false,
        };
        self.put(&arrival)?;
        let periods = self.periods()?;
        for period in periods.iter().filter(|one| one.takes_list(&periods, now)) {
            for owed in self.owed(period)? {
                let mut submission = owed.submission;
                if submission.take(&arrival) {
                    self.put(&submission)?;
                }
            }
        }
        Ok(())
    }

    /// Lets the lists that came before a period was written count for it as they would have, had it
    /// been there; and those count no more that it does not ask for, or that were taken back (`gone`).
    pub(crate) fn count_arrivals(&mut self, period: &Period, gone: &[Arrival]) -> Result<()> {
        let (periods, arrivals) = (self.periods()?, self.arrivals()?);
        let (counting, mut others): (Vec<_>, Vec<_>) = arrivals
            .iter()
            .partition(|arrival| period.takes_list(&periods, arrival.at));
        others.extend(gone);
        for owed in self.owed(period)? {
            let (known, mut after) = (owed.submission.clone(), owed.submission);
            let is_its = |arrival: &&&Arrival| {
                Some(arrival.at) == known.received_at && arrival.units.contains(&known.unit)
            };
            if known.document.is_none() && others.iter().any(|arrival| is_its(&arrival)) {
                (after.state, after.received_at) = (State::Waiting, None);
            }
            // What somebody said of the unit stands.
            if after.state == State::Waiting {
                for arrival in &counting {
                    after.take(arrival);
                }
            }
            if after != known {
                self.put(&after)?;
            }
        }
        Ok(())
    }
}
