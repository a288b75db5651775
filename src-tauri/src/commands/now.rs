//! The room *Now*.

use sotruc_core::views::now::{self, NowPage};

use super::Shared;
use crate::ipc_error::Answer;

/// What stands in the room.
#[tauri::command]
#[specta::specta]
pub async fn now(app_state: Shared<'_>) -> Answer<NowPage> {
    app_state.duty(now::page).await
}
