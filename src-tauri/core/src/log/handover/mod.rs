//! A handover: the watch goes from one officer to the next.

mod read;
mod write;

pub use read::{AHEAD, HandoverSummary, SummaryNotice, SummaryReport, WatchCounts, summary};
pub use write::{HandoverReceived, HandoverWritten};

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::id::{HandoverId, OperatorId};
use crate::word::words;

words! {
    /// Whether the watch was taken over.
    HandoverState, "handover_state" {
        /// Nobody has confirmed it yet.
        Waiting = "waiting",
        /// Confirmed.
        Received = "received",
        /// Confirmed, with remarks.
        Remarked = "remarked",
    }
}

/// A handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Its identity.
    pub id: HandoverId,
    /// Who hands over.
    pub giver: OperatorId,
    /// To whom, as the giver named them.
    pub whom: String,
    /// When the watch began.
    pub from: Instant,
    /// When it was written.
    pub to: Instant,
    /// What the program wrote of the watch.
    pub text: String,
    /// What the giver adds.
    pub note: Option<String>,
    /// The head of the chain when it was written.
    pub head: String,
    /// Whether it was taken over.
    pub state: HandoverState,
    /// Who confirmed it.
    pub receiver: Option<OperatorId>,
    /// When.
    pub received_at: Option<Instant>,
    /// What they remarked.
    pub remarks: Option<String>,
    /// Whether it was taken back.
    pub removed: bool,
}
