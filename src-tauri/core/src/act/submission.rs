//! Submissions.

use std::collections::HashSet;

use super::{Writing, Wrote};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::{PeriodId, UnitId};
use crate::period;
use crate::reminder::Reminder;
use crate::submission::{State, Submission};
use crate::text::tidy_some;

impl Writing<'_> {
    /// Notes whether a unit has sent its contact points for a period. Received without a time
    /// means now; what is not given stays as it was, an empty text takes the document away.
    ///
    /// # Errors
    /// Those of the store.
    pub fn set_submission(
        &mut self,
        period: PeriodId,
        unit: UnitId,
        state: State,
        document: Option<&str>,
        received_at: Option<Instant>,
    ) -> Result<Wrote> {
        let known = self.submissions(period)?;
        let mut submission = known
            .into_iter()
            .find(|known| known.unit == unit)
            .unwrap_or_else(|| Submission::waiting(period, unit));
        submission.state = state;
        match state {
            State::Waiting | State::Exempt => {
                submission.received_at = None;
                submission.document = None;
            }
            State::Received | State::Corrected | State::Nil => {
                let at = received_at.or(submission.received_at).unwrap_or(self.now());
                submission.received_at = Some(at);
            }
        }
        if let Some(document) = document {
            submission.document = tidy_some(document);
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
            operator: self.hand().operator,
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
                self.set_submission(period.id, unit, state, None, None)?;
            }
        }
        Ok(())
    }
}
