//! An arrival: a list of people came in, whatever period it may count for.

use serde::{Deserialize, Serialize};

use crate::clock::{Hlc, Instant};
use crate::id::{ArrivalId, UnitId};

/// An arrival.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Its identity.
    pub id: ArrivalId,
    /// When it came.
    pub at: Instant,
    /// The units of which it names people, sorted.
    pub units: Vec<UnitId>,
    /// Those of which it said something new, sorted.
    pub news: Vec<UnitId>,
    /// Whether it was taken back.
    pub removed: bool,
    /// When it was written: its record knows.
    #[serde(skip)]
    pub written: Hlc,
}
