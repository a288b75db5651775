//! The watch from hand to hand.

use serde::Serialize;
use specta::Type;

use super::names::Names;
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::HandoverId;
use crate::log::handover::{self, Handover, HandoverState};
use crate::store::Reader;

/// What stands in the room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HandoverPage {
    /// What the program would write of the watch that ends now.
    pub draft: String,
    /// When the watch began.
    pub from: Instant,
    /// Who of our own unit comes on duty within twelve hours.
    pub comes: Vec<String>,
    /// The handovers, newest first.
    pub rows: Vec<HandoverRow>,
}

/// A handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct HandoverRow {
    /// Its identity.
    pub id: HandoverId,
    /// Who hands over.
    pub giver: String,
    /// To whom, as the giver named them.
    pub whom: String,
    /// When the watch began.
    pub from: Instant,
    /// When it was written.
    pub to: Instant,
    /// What the program wrote of the watch.
    pub text: String,
    /// What the giver added.
    pub note: Option<String>,
    /// The head of the chain when it was written.
    pub head: String,
    /// Whether it was taken over.
    pub state: HandoverState,
    /// Who confirmed it.
    pub receiver: Option<String>,
    /// When.
    pub received_at: Option<Instant>,
    /// What they remarked.
    pub remarks: Option<String>,
}

impl HandoverRow {
    fn of(handover: Handover, names: &Names) -> Self {
        Self {
            id: handover.id,
            giver: names.operator(handover.giver).to_owned(),
            whom: handover.whom,
            from: handover.from,
            to: handover.to,
            text: handover.text,
            note: handover.note,
            head: handover.head,
            state: handover.state,
            receiver: handover.receiver.map(|id| names.operator(id).to_owned()),
            received_at: handover.received_at,
            remarks: handover.remarks,
        }
    }
}

/// What stands in the room, for who writes now.
///
/// # Errors
/// Those of the store.
pub fn page(book: Reader<'_>, writer: &str, now: Instant) -> Result<HandoverPage> {
    let watch = handover::summary(book, now)?;
    let mut rows = list(book)?;
    rows.reverse();
    Ok(HandoverPage {
        draft: watch.text(writer, "…"),
        from: watch.from,
        comes: watch.comes.iter().map(|(_, name)| name.clone()).collect(),
        rows,
    })
}

/// The handovers, oldest first.
///
/// # Errors
/// Those of the store.
pub fn list(book: Reader<'_>) -> Result<Vec<HandoverRow>> {
    let names = Names::read(book)?;
    let handovers = book.handovers()?.into_iter();
    Ok(handovers.map(|one| HandoverRow::of(one, &names)).collect())
}

/// The handover of this id.
///
/// # Errors
/// [`Code::HandoverUnknown`], those of the store.
pub fn one(book: Reader<'_>, id: HandoverId) -> Result<HandoverRow> {
    let mut rows = list(book)?.into_iter();
    rows.find(|row| row.id == id)
        .ok_or_else(|| Error::new(Code::HandoverUnknown).with("given", id))
}
