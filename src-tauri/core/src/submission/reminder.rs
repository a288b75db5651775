//! A reminder: a word to a unit that has not sent its contact points.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::id::{OperatorId, PeriodId, ReminderId, UnitId};

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Its identity.
    pub id: ReminderId,
    /// For which period.
    pub period: PeriodId,
    /// Who was reminded.
    pub unit: UnitId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub operator: OperatorId,
    /// How, and what was answered.
    pub note: Option<String>,
    /// Whether it was taken back.
    pub removed: bool,
}
