//! Submissions.

use super::{Writing, Wrote};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::{PeriodId, UnitId};
use crate::submission::{State, Submission};
use crate::text::tidy_some;

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
            State::Waiting => {
                submission.received_at = None;
                submission.document = None;
            }
            State::Received => {
                let at = received_at.or(submission.received_at).unwrap_or(self.now());
                submission.received_at = Some(at);
            }
        }
        if let Some(document) = document.and_then(tidy_some) {
            submission.document = Some(document);
        }
        self.put(&submission)
    }
}
