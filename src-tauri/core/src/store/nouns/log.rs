//! The handovers of the watch.

use rusqlite::Row;

use super::{id, maybe_id, maybe_moment, moment, one};
use crate::error::Result;
use crate::id::HandoverId;
use crate::journal::Kind;
use crate::log::handover::{Handover, HandoverState};
use crate::store::Reader;

const HANDOVER: &str = "SELECT id, giver, whom, \"from\", \"to\", text, note, head, state, receiver, \
     received_at, remarks FROM handover \
     WHERE removed IS NULL AND giver IS NOT NULL AND whom IS NOT NULL AND \"to\" IS NOT NULL";

fn handover(row: &Row<'_>) -> rusqlite::Result<Handover> {
    Ok(Handover {
        id: id::<HandoverId>(row, 0)?,
        giver: id(row, 1)?,
        whom: row.get(2)?,
        from: maybe_moment(row, 3)?.unwrap_or_default(),
        to: moment(row, 4)?,
        text: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        note: row.get(6)?,
        head: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
        state: one(row, Kind::Handover, 8)?.unwrap_or(HandoverState::Waiting),
        receiver: maybe_id(row, 9)?,
        received_at: maybe_moment(row, 10)?,
        remarks: row.get(11)?,
        removed: false,
    })
}

impl Reader<'_> {
    /// The handovers, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn handovers(self) -> Result<Vec<Handover>> {
        self.all(&format!("{HANDOVER} ORDER BY \"to\", id"), &[], handover)
    }
}
