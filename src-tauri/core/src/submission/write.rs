//! Submissions.

use std::collections::HashSet;

use crate::book::{Writing, Wrote};
use crate::clock::Instant;
use crate::duty::period;
use crate::error::{Code, Error, Result};
use crate::id::{PeriodId, UnitId};
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

    /// Notes that units were reminded of what they owe for a period, each once, and gives how many;
    /// without a period for the one that is shown now.
    ///
    /// # Errors
    /// [`Code::PeriodUnknown`], [`Code::UnitUnknown`]; [`Code::NothingOwed`] when one of them has
    /// sent or is not asked: then nothing is noted.
    pub fn remind(
        &mut self,
        period: Option<PeriodId>,
        units: &[UnitId],
        note: Option<&str>,
    ) -> Result<usize> {
        let (all, now) = (self.periods()?, self.now());
        let period = match period {
            Some(id) => period::find(&all, &id.to_string())?,
            None => period::shown(&all, now)
                .ok_or_else(|| Error::new(Code::PeriodUnknown).with("given", now))?,
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
        Ok(reminded.len())
    }

    /// Notes that lists of these units came with news, for the period that runs now or comes next:
    /// received where they were waited for, else corrected. A list without news, as one that went
    /// out from here, changes nothing.
    pub(crate) fn mark_received(&mut self, units: &HashSet<UnitId>) -> Result<()> {
        let (all, now) = (self.periods()?, self.now());
        let Some(period) = period::coming(&all, now) else {
            return Ok(());
        };
        // Read once: a list of a country names thousands of units.
        for owed in self.owed(period)? {
            if units.contains(&owed.submission.unit) {
                let state = match owed.submission.state {
                    State::Waiting | State::Exempt => State::Received,
                    State::Received | State::Corrected | State::Nil => State::Corrected,
                };
                self.change_submission(owed.submission, &state.into())?;
            }
        }
        Ok(())
    }
}
