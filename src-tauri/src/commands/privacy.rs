//! What is held of people: told, dropped, and what of it left the book.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::PersonId;
use sotruc_core::privacy::disclosure::{Disclosed, Extract};
use sotruc_core::report::{self, Place};
use sotruc_core::views::Names;
use sotruc_core::views::person::PersonRef;
use sotruc_core::{Reader, Result};
use specta::Type;
use std::collections::HashMap;

use super::Shared;
use crate::ipc_error::{Answer, Refusal};
use crate::state::AppState;

/// So many rows of a list are shown; the rest is counted.
const SHOWN: usize = 500;

/// What stands in the room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PrivacyPage {
    /// The people whom nothing needs any more, longest first; five hundred of them at most.
    pub unneeded: Vec<UnneededRow>,
    /// How many there are in all.
    pub unneeded_count: usize,
    /// What left the book, newest first; five hundred at most.
    pub disclosures: Vec<DisclosureRow>,
    /// How often something left in all.
    pub disclosure_count: usize,
    /// Whose data was dropped, newest first.
    pub redactions: Vec<RedactionRow>,
}

/// Somebody whom nothing needs any more.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UnneededRow {
    /// Who.
    pub person: PersonRef,
    /// What their unit is called.
    pub unit: String,
    /// When they were needed last.
    pub last: Instant,
    /// Whether they are off the list already.
    pub removed: bool,
}

/// Something that left the book.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DisclosureRow {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// What.
    pub what: Extract,
    /// The form: `csv`, `xlsx`, `vcf`.
    pub form: String,
    /// The file; `null` for what went to standard output.
    pub file: Option<String>,
    /// Whether numbers and addresses were left out.
    pub without_numbers: bool,
    /// Of which unit or person only; `null` for all of it.
    pub whose: Option<String>,
}

/// Somebody whose data was dropped.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RedactionRow {
    /// Their identity, which tells nobody who they were.
    pub person: PersonId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
    /// How many records say no more what they said.
    pub records: u64,
}

/// What is held of a person, and what of it a redaction would leave.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HeldPage {
    /// Who.
    pub person: PersonRef,
    /// What their unit is called.
    pub unit: String,
    /// How many cards are theirs, those off the list too.
    pub cards: usize,
    /// How many records a redaction would drop.
    pub records: usize,
    /// How many calls to them are noted.
    pub drills: usize,
    /// How many shifts are theirs; these stay without a name.
    pub shifts: usize,
    /// How often something left the book that may tell of them.
    pub disclosures: usize,
    /// Where name or number stand besides, which stays.
    pub mentions: Vec<MentionRow>,
}

/// Where a name or number stands.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MentionRow {
    /// What kind of place.
    pub place: Place,
    /// Which one.
    pub name: String,
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
        page(book, now.months_before(months))
    })
    .await
}

fn page(book: Reader<'_>, before: Instant) -> Result<PrivacyPage> {
    let names = Names::read(book)?;
    let unneeded = book.unneeded(before)?;
    let disclosures = book.disclosures()?;
    let people: HashMap<PersonId, String> = book
        .all_cards()?
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    let unit = |id| names.unit(id).map(|unit| unit.name);
    Ok(PrivacyPage {
        unneeded_count: unneeded.len(),
        unneeded: unneeded
            .into_iter()
            .take(SHOWN)
            .map(|one| UnneededRow {
                person: PersonRef::from(&one.person),
                unit: unit(one.person.unit).unwrap_or_default(),
                last: one.last,
                removed: one.person.removed,
            })
            .collect(),
        disclosure_count: disclosures.len(),
        disclosures: disclosures
            .into_iter()
            .take(SHOWN)
            .map(
                |Disclosed {
                     at,
                     operator,
                     disclosure,
                 }| DisclosureRow {
                    at,
                    by: names.operator(operator).to_owned(),
                    what: disclosure.what,
                    form: disclosure.form,
                    file: disclosure.file,
                    without_numbers: disclosure.without_numbers,
                    whose: match (disclosure.person, disclosure.unit) {
                        (Some(id), _) => Some(people.get(&id).cloned().unwrap_or_default()),
                        (None, Some(id)) => Some(unit(id).unwrap_or_default()),
                        (None, None) => None,
                    },
                },
            )
            .collect(),
        redactions: book
            .redactions()?
            .into_iter()
            .map(|past| RedactionRow {
                person: past.person,
                at: past.at,
                by: names.operator(past.operator).to_owned(),
                reason: past.reason,
                records: past.records,
            })
            .collect(),
    })
}

/// What is held of a person.
#[tauri::command]
#[specta::specta]
pub async fn person_held(app_state: Shared<'_>, id: PersonId) -> Answer<HeldPage> {
    aside(&app_state, move |book, _| locked(book, id)).await
}

fn locked(book: Reader<'_>, id: PersonId) -> Result<HeldPage> {
    let held = report::held(book, id)?;
    Ok(HeldPage {
        person: PersonRef::from(&held.cards[0]),
        records: held.records,
        unit: held.unit,
        cards: held.cards.len(),
        drills: held.drills.len(),
        shifts: held.shifts.len(),
        disclosures: held.disclosures.len(),
        mentions: held
            .mentions
            .into_iter()
            .map(|mention| MentionRow {
                place: mention.place,
                name: mention.name,
            })
            .collect(),
    })
}

/// Drops all that the book says of some people, as one change, and makes the file forget it.
/// Gives why the file could not forget yet, when it could not; it is tried again later.
#[tauri::command]
#[specta::specta]
pub async fn redact_people(
    app_state: Shared<'_>,
    ids: Vec<PersonId>,
    reason: String,
) -> Answer<Option<Refusal>> {
    app_state
        .write(move |write| write.redact(&ids, &reason))
        .await?;
    app_state
        .wait_for(|app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let now = open.now();
            let purged = open.beside(|book| book.purge(now));
            Ok(purged.err().as_ref().map(Refusal::from))
        })
        .await
}
