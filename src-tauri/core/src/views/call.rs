//! Whom to call at a unit: one order wherever somebody is named to be called.

use serde::Serialize;
use specta::Type;

use super::person::PersonRef;
use crate::clock::Instant;
use crate::directory::drill::{Drill, Outcome};
use crate::directory::person::call::Reason;
use crate::duty::coverage::Call;
use crate::text::Phone;

/// A number to call, in its place among those of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CallOption {
    /// Whose; `null` for the switchboard of the unit.
    pub person: Option<PersonRef>,
    /// The number; a page gets it in groups.
    #[serde(serialize_with = "super::maybe_text")]
    #[specta(type = Option<String>)]
    pub number: Option<Phone>,
    /// Why it has its place.
    pub reason: Reason,
    /// Whether somebody may answer on it now, as far as is known.
    pub able: bool,
    /// The last call on it, when it was in vain.
    pub vain: Option<VainCall>,
}

impl CallOption {
    /// Calls as they are shown.
    pub(super) fn all(calls: &[Call<'_>]) -> Vec<Self> {
        calls.iter().map(Self::from).collect()
    }
}

/// A call in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct VainCall {
    /// When.
    pub at: Instant,
    /// What came of it.
    pub outcome: Outcome,
}

impl From<&Drill> for VainCall {
    fn from(drill: &Drill) -> Self {
        Self {
            at: drill.at,
            outcome: drill.outcome,
        }
    }
}

impl From<&Call<'_>> for CallOption {
    fn from(call: &Call<'_>) -> Self {
        Self {
            person: call.person.map(PersonRef::from),
            number: call.number.clone(),
            reason: call.reason,
            able: call.reason.is_able(),
            vain: call.vain.map(VainCall::from),
        }
    }
}
