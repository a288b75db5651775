//! A disclosure: personal data that left the book as a file or on a screen.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::id::{OperatorId, PersonId, UnitId};
use crate::word::words;

words! {
    /// What left the book.
    Extract, "extract" {
        /// The people.
        People = "people",
        /// Who is on duty when.
        Roster = "roster",
        /// The hours that people stood on duty.
        Hours = "hours",
        /// What units sent and owe, with whom to call.
        Submissions = "submissions",
        /// The calls to people.
        Drills = "drills",
        /// The log, which names people.
        Log = "log",
        /// The incidents, which may name people.
        Incidents = "incidents",
        /// All that is held of one person.
        Held = "held",
    }
}

/// What left the book, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The list.
    pub what: Extract,
    /// The form: `csv`, `xlsx`, `vcf`, `ics`.
    pub form: String,
    /// The file; none for what went to standard output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Whether numbers and addresses were left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_numbers: bool,
    /// The unit, where it is of one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The person, where it is of one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

impl Disclosure {
    /// All of a list, in a form.
    #[must_use]
    pub fn of(what: Extract, form: &str) -> Self {
        Self {
            what,
            form: form.to_owned(),
            file: None,
            without_numbers: false,
            unit: None,
            person: None,
        }
    }
}

/// A disclosure as it stands in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    /// When.
    pub at: Instant,
    /// By whom.
    pub operator: OperatorId,
    /// What.
    pub disclosure: Disclosure,
}
