//! Calls that tell whether numbers answer: a round over all contacts.

use serde::Deserialize;
use sotruc_core::directory::drill::Outcome;
use sotruc_core::id::{DrillId, PersonId};
use sotruc_core::views::drill::{self, CallRound};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// The contacts of the period that matters now, with what calls tell of them.
#[tauri::command]
#[specta::specta]
pub async fn call_round(app_state: Shared<'_>) -> Answer<CallRound> {
    app_state.duty(drill::round).await
}

/// A call as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct DrillForm {
    /// Who was called.
    pub person: PersonId,
    /// On which number; an empty text is their first.
    pub number: String,
    /// What came of it.
    pub outcome: Outcome,
    /// After how many minutes they called back.
    pub minutes: Option<u32>,
    /// Anything else.
    pub note: String,
}

/// Notes a call.
#[tauri::command]
#[specta::specta]
pub async fn add_drill(app_state: Shared<'_>, form: DrillForm) -> Answer<DrillId> {
    app_state
        .write(move |write| {
            let drill = write.add_drill(
                form.person,
                Some(&form.number),
                form.outcome,
                form.minutes,
                Some(&form.note),
            )?;
            Ok(drill.id)
        })
        .await
}
