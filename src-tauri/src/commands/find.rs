//! Finding anything by a few words.

use sotruc_core::search::{Found, Hit};
use sotruc_core::views::find;

use super::Shared;
use crate::ipc_error::Answer;

/// What the words find, best first; of these kinds only, when any is given.
#[tauri::command]
#[specta::specta]
pub async fn find(
    app_state: Shared<'_>,
    words: String,
    only: Vec<Found>,
    limit: usize,
) -> Answer<Vec<Hit>> {
    app_state
        .with_book(move |open| {
            Ok(open.find(|book, finder, _| find::find(book, finder, &words, &only, limit))?)
        })
        .await
}
