//! The room *Handover*: the watch goes from one officer to the next.

use sotruc_core::id::HandoverId;
use sotruc_core::views::handover::{self, HandoverPage};

use super::Shared;
use crate::ipc_error::{Answer, Refusal};

/// What stands in the room.
#[tauri::command]
#[specta::specta]
pub async fn handovers(app_state: Shared<'_>) -> Answer<HandoverPage> {
    let writer = app_state.operator().unwrap_or_default();
    app_state
        .read(move |book, now| handover::page(book, &writer, now))
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
        .write(move |write| Ok(write.write_handover(&whom, Some(&note))?.handover.id))
        .await
}

/// Takes back a handover that nobody has taken over.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_handover(app_state: Shared<'_>, id: HandoverId) -> Answer<()> {
    app_state
        .write(move |write| write.withdraw_handover(id).map(drop))
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
            let received = open.write(&by, |write| write.receive_handover(id, Some(&remarks)))?;
            app_state.set_operator(&received.receiver);
            Ok(())
        })
        .await
}
