//! What is held of people: told, dropped, and what of it left the book.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::PersonId;
use sotruc_core::privacy::Erased;
use sotruc_core::views::privacy::{self, DisclosureRow, HeldPage, Part, RedactionRow, UnneededRow};
use sotruc_core::{Reader, Result};
use specta::Type;

use super::Shared;
use crate::ipc_error::{Answer, Refusal};
use crate::state::AppState;

/// So many rows of a list are shown; the rest is counted.
const SHOWN: Option<usize> = Some(500);

/// What stands in the room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PrivacyPage {
    /// The people whom nothing needs any more, longest first.
    pub unneeded: Part<UnneededRow>,
    /// What left the book, newest first.
    pub disclosures: Part<DisclosureRow>,
    /// Whose data was dropped, newest first.
    pub redactions: Part<RedactionRow>,
}

/// What came of erasing people.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ErasedCard {
    /// How many people.
    pub people: usize,
    /// How many records say no more what they said.
    pub records: usize,
    /// Other books in the folder of the copies, which may still tell of them.
    pub others: Vec<String>,
    /// Why the file could not forget yet; it is tried again later.
    pub unclean: Option<Refusal>,
}

impl From<Erased> for ErasedCard {
    fn from(erased: Erased) -> Self {
        let others = erased.others.iter();
        Self {
            people: erased.redacted.people,
            records: erased.redacted.records,
            others: others.map(|path| path.display().to_string()).collect(),
            unclean: erased.unclean.as_ref().map(Refusal::from),
        }
    }
}

/// Reads what takes long over a connection of its own, so that nobody waits for it.
async fn aside<T: Send + 'static>(
    app_state: &AppState,
    look: impl FnOnce(Reader<'_>, Instant) -> Result<T> + Send + 'static,
) -> Answer<T> {
    app_state
        .wait_for(|app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let now = open.now();
            Ok(open.beside(|book| book.read(|book| look(book, now)))?)
        })
        .await
}

/// What stands in the room; people count as unneeded after so many months.
#[tauri::command]
#[specta::specta]
pub async fn privacy(app_state: Shared<'_>, months: u32) -> Answer<PrivacyPage> {
    aside(&app_state, move |book, now| {
        Ok(PrivacyPage {
            unneeded: privacy::unneeded(book, now, months, SHOWN)?,
            disclosures: privacy::disclosures(book, SHOWN)?,
            redactions: privacy::redactions(book, SHOWN)?,
        })
    })
    .await
}

/// What is held of a person.
#[tauri::command]
#[specta::specta]
pub async fn person_held(app_state: Shared<'_>, id: PersonId) -> Answer<HeldPage> {
    aside(&app_state, move |book, _| privacy::held(book, id)).await
}

/// Drops all that the book says of some people, as one change, and makes the file forget it.
#[tauri::command]
#[specta::specta]
pub async fn redact_people(
    app_state: Shared<'_>,
    ids: Vec<PersonId>,
    reason: String,
) -> Answer<ErasedCard> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let erased = open.erase(&app_state.operator()?, &ids, &reason)?;
            Ok(ErasedCard::from(erased))
        })
        .await
}
