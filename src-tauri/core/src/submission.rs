//! A submission: what a unit owes for a period, and whether it came.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::id::{PeriodId, SubmissionId, UnitId, uuid_of};
use crate::word::words;

words! {
    /// Whether the unit has sent its contact points.
    State, "state" {
        /// Nothing came yet.
        Waiting = "waiting",
        /// It came.
        Received = "received",
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
            removed: false,
        }
    }
}
