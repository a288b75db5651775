//! An operator: somebody who writes in the book, as a rule a person of our own unit.

mod read;
mod write;

use serde::{Deserialize, Serialize};

use crate::id::{OperatorId, PersonId};

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Their identity, which every record carries.
    pub id: OperatorId,
    /// The name under which they write.
    pub name: String,
    /// The person of our own unit they are.
    pub person: Option<PersonId>,
    /// Whether they may no longer be chosen.
    pub removed: bool,
}
