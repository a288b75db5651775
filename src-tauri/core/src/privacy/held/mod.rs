//! What the book holds of one person: the answer to a person who asks (within two working days:
//! Law 91/2025, Decree 356/2025), and what a redaction would drop and leave.

mod read;

pub use read::Held;

use crate::word::words;

words! {
    /// Where a name or number stands that a redaction leaves.
    Place, "place" {
        /// In a line of the log.
        Line = "line",
        /// In an incident.
        Incident = "incident",
        /// In what was told of an incident, and to whom.
        Notice = "notice",
        /// In a handover.
        Handover = "handover",
        /// In a setting of the book.
        Setting = "setting",
        /// In why the roster was changed after the fact, or left as it is.
        Roster = "roster",
        /// At a unit.
        Unit = "unit",
        /// At somebody else.
        Person = "person",
        /// In what a unit was reminded of.
        Reminder = "reminder",
        /// In the number of a document that a unit sent.
        Submission = "submission",
        /// In the name of a file that was exported.
        File = "file",
        /// Under what somebody wrote.
        Operator = "operator",
    }
}

/// A place where a name or number stands that a redaction leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What kind of place.
    pub place: Place,
    /// Which one, as people call it.
    pub name: String,
}
