//! Finding anything by a few words.

use serde::Serialize;
use sotruc_core::search::{Found, Hit};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// One thing found.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FindHit {
    /// What it is.
    pub kind: Found,
    /// Its id; of a line its name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of that name.
    pub detail: String,
}

impl From<Hit> for FindHit {
    fn from(hit: Hit) -> Self {
        Self {
            kind: hit.kind,
            id: hit.id,
            title: hit.title,
            detail: hit.detail,
        }
    }
}

/// What the words find, best first; of these kinds only, when any is given.
#[tauri::command]
#[specta::specta]
pub async fn find(
    app_state: Shared<'_>,
    words: String,
    only: Vec<Found>,
    limit: usize,
) -> Answer<Vec<FindHit>> {
    app_state
        .with_book(move |open| {
            let hits = open.find(|book, finder, _| {
                // More are asked for, as those of other kinds are left out.
                let wanted = if only.is_empty() { limit } else { limit * 20 };
                finder.find(book, &words, wanted)
            })?;
            Ok(hits
                .into_iter()
                .filter(|hit| only.is_empty() || only.contains(&hit.kind))
                .take(limit)
                .map(FindHit::from)
                .collect())
        })
        .await
}
