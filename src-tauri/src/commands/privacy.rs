//! What is held of people: told, dropped, and what of it left the book.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::handout::{Extract, HandedOut};
use sotruc_core::id::PersonId;
use sotruc_core::report::{self, Place};
use sotruc_core::{Reader, Result};
use specta::Type;
use std::collections::HashMap;

use super::Shared;
use super::view::{Names, PersonRef};
use crate::ipc_error::{Answer, Refusal};

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
    pub handouts: Vec<HandoutRow>,
    /// How often something left in all.
    pub handout_count: usize,
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
pub struct HandoutRow {
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
    pub handouts: usize,
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

/// What stands in the room; people count as unneeded after so many months.
#[tauri::command]
#[specta::specta]
pub async fn privacy(desk: Shared<'_>, months: u32) -> Answer<PrivacyPage> {
    desk.read(move |book, now| page(book, now.months_before(months)))
        .await
}

fn page(book: Reader<'_>, before: Instant) -> Result<PrivacyPage> {
    let names = Names::read(book)?;
    let unneeded = book.unneeded(before)?;
    let handouts = book.handouts()?;
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
        handout_count: handouts.len(),
        handouts: handouts
            .into_iter()
            .take(SHOWN)
            .map(
                |HandedOut {
                     at,
                     operator,
                     handout,
                 }| HandoutRow {
                    at,
                    by: names.operator(operator).to_owned(),
                    what: handout.what,
                    form: handout.form,
                    file: handout.file,
                    without_numbers: handout.without_numbers,
                    whose: match (handout.person, handout.unit) {
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
pub async fn person_held(desk: Shared<'_>, id: PersonId) -> Answer<HeldPage> {
    desk.read(move |book, _| held(book, id)).await
}

fn held(book: Reader<'_>, id: PersonId) -> Result<HeldPage> {
    let held = report::held(book, id)?;
    Ok(HeldPage {
        person: PersonRef::from(&held.cards[0]),
        records: held.records,
        unit: held.unit,
        cards: held.cards.len(),
        drills: held.drills.len(),
        shifts: held.shifts.len(),
        handouts: held.handouts.len(),
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
    desk: Shared<'_>,
    ids: Vec<PersonId>,
    reason: String,
) -> Answer<Option<Refusal>> {
    desk.write(move |write| write.redact(&ids, &reason)).await?;
    desk.wait_for(|desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let now = open.now();
        let purged = open.beside(|book| book.purge(now));
        Ok(purged.err().as_ref().map(Refusal::from))
    })
    .await
}
