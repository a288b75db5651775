//! A duty sheet that was printed: which edition of what, and what stood in it.

mod write;

pub use write::Printed;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::directory::unit::Group;
use crate::id::{DutySheetId, UnitId};

/// An edition of a duty sheet. What stood in it follows from the journal as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutySheet {
    /// Its identity.
    pub id: DutySheetId,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The group it is of; `None` for all.
    pub group: Option<Group>,
    /// The unit it is of; `None` for all.
    pub unit: Option<UnitId>,
    /// Whether numbers were left out.
    pub without_numbers: bool,
    /// Which edition of the same sheet, from 1 on.
    pub number: u32,
    /// When it was first printed.
    pub at: Instant,
    /// The head of the chain then.
    pub head: String,
    /// Whether it was taken back.
    pub removed: bool,
}
