//! The room *Handover*: the watch goes from one officer to the next.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::HandoverId;
use sotruc_core::log::handover::{self, Handover, HandoverState};
use specta::Type;

use super::Shared;
use super::view::Names;
use crate::ipc_error::{Answer, Refusal};

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
#[derive(Debug, Clone, Serialize, Type)]
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

/// What stands in the room.
#[tauri::command]
#[specta::specta]
pub async fn handovers(app_state: Shared<'_>) -> Answer<HandoverPage> {
    let writer = app_state.operator().unwrap_or_default();
    app_state
        .read(move |book, now| {
            let names = Names::read(book)?;
            let watch = handover::summary(book, now)?;
            let handovers = book.handovers()?.into_iter().rev();
            Ok(HandoverPage {
                draft: watch.text(&writer, "…"),
                from: watch.from,
                comes: watch.comes.iter().map(|(_, name)| name.clone()).collect(),
                rows: handovers.map(|one| HandoverRow::of(one, &names)).collect(),
            })
        })
        .await
}

/// Writes the handover of the watch to somebody.
#[tauri::command]
#[specta::specta]
pub async fn write_handover(
    app_state: Shared<'_>,
    whom: String,
    note: String,
) -> Answer<HandoverId> {
    app_state
        .write(move |write| Ok(write.write_handover(&whom, Some(&note))?.id))
        .await
}

/// Confirms that the watch was taken over, as whoever takes it: they write from then on.
#[tauri::command]
#[specta::specta]
pub async fn receive_handover(
    app_state: Shared<'_>,
    id: HandoverId,
    by: String,
    remarks: String,
) -> Answer<()> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let receiver = open.write(by.trim(), |write| {
                let receiver = write.receive_handover(id, Some(&remarks))?.receiver;
                let operators = write.operators()?.into_iter();
                let mut names = operators.filter(|known| Some(known.id) == receiver);
                Ok(names.next().map(|known| known.name))
            })?;
            // As the book writes them, who may have been typed without accents.
            app_state.set_operator(receiver.as_deref().unwrap_or(by.trim()));
            Ok(())
        })
        .await
}
