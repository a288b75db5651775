//! A shift: one person on one post of one unit, from one moment to another.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::id::{PeriodId, PersonId, ShiftId, UnitId};
use crate::period::{Period, Post};

/// A shift, half-open like a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Its identity.
    pub id: ShiftId,
    /// The period it was laid out for.
    pub period: Option<PeriodId>,
    /// Whose post it is.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who stands on it.
    pub person: PersonId,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// Whether it was taken back.
    pub removed: bool,
}

/// The period a shift belongs to when nobody says: the one in which it starts, else the one it
/// reaches into, else the only one there is.
#[must_use]
pub fn period_of(periods: &[Period], from: Instant, to: Instant) -> Option<PeriodId> {
    periods
        .iter()
        .find(|period| period.contains(from))
        .or_else(|| {
            periods
                .iter()
                .find(|period| period.from < to && from < period.to)
        })
        .or(match periods {
            [only] => Some(only),
            _ => None,
        })
        .map(|period| period.id)
}
