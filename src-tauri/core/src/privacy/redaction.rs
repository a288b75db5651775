//! A redaction: what the book knew of a person was dropped.

use crate::clock::Instant;
use crate::id::{OperatorId, PersonId};

/// What stays in the place of a person: that they were dropped, when, by whom, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// Whose data.
    pub person: PersonId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub operator: OperatorId,
    /// Why.
    pub reason: String,
    /// How many records say no more what they said.
    pub records: u64,
}
