//! Submissions.

use std::collections::HashSet;

use crate::book::{Writing, Wrote};
use crate::clock::Instant;
use crate::duty::period;
use crate::error::Result;
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
        let mut submission = known
            .into_iter()
            .find(|known| known.unit == unit)
            .unwrap_or_else(|| Submission::waiting(period, unit));
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

    /// Notes that a unit was reminded of what it owes for a period.
    ///
    /// # Errors
    /// Those of the store.
    pub fn remind(
        &mut self,
        period: PeriodId,
        unit: UnitId,
        note: Option<&str>,
    ) -> Result<Reminder> {
        let reminder = Reminder {
            id: self.new_id()?,
            period,
            unit,
            at: self.now(),
            operator: self.author().operator,
            note: note.and_then(tidy_some),
            removed: false,
        };
        self.put(&reminder)?;
        Ok(reminder)
    }

    /// Notes that lists of these units came with news, for the period that runs now or comes next:
    /// received where they were waited for, else corrected. A list without news, as one that went
    /// out from here, changes nothing.
    pub(crate) fn mark_received(&mut self, units: &HashSet<UnitId>) -> Result<()> {
        let (all, now) = (self.periods()?, self.now());
        let Some(period) = period::coming(&all, now) else {
            return Ok(());
        };
        for owed in self.owed(period)? {
            let unit = owed.submission.unit;
            if units.contains(&unit) {
                let state = match owed.submission.state {
                    State::Waiting | State::Exempt => State::Received,
                    State::Received | State::Corrected | State::Nil => State::Corrected,
                };
                self.set_submission(period.id, unit, &state.into())?;
            }
        }
        Ok(())
    }
}
