//! What is held of people, whom nothing needs any more, who was dropped, and what left the book.

use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

use super::names::Names;
use super::person::PersonRef;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::PersonId;
use crate::privacy::disclosure::{Disclosed, Extract};
use crate::privacy::held::Place;
use crate::store::Reader;
use crate::text::Phone;

/// The first rows of a list, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Part<T> {
    /// The rows that are shown.
    pub rows: Vec<T>,
    /// How many there are.
    pub count: usize,
}

impl<T> Part<T> {
    /// The first `most` of them; all of them without.
    fn of<A>(all: Vec<A>, most: Option<usize>, row: impl FnMut(A) -> T) -> Self {
        let count = all.len();
        let shown = all.into_iter().take(most.unwrap_or(count));
        Self {
            rows: shown.map(row).collect(),
            count,
        }
    }
}

/// What is held of a person, and what of it a redaction would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct HeldPage {
    /// Who.
    pub person: PersonRef,
    /// What their unit is called.
    pub unit: String,
    /// How many cards are theirs, those off the list too.
    pub cards: usize,
    /// The numbers on all of their cards; a page gets them in groups.
    #[serde(serialize_with = "super::texts")]
    #[specta(type = Vec<String>)]
    pub numbers: Vec<Phone>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MentionRow {
    /// What kind of place.
    pub place: Place,
    /// Which one.
    pub name: String,
}

/// What is held of a person.
///
/// # Errors
/// As [`Reader::held`].
pub fn held(book: Reader<'_>, id: PersonId) -> Result<HeldPage> {
    let held = book.held(id)?;
    let cards = held.cards.iter();
    let mut numbers: Vec<Phone> = cards
        .flat_map(|card| card.mobiles.iter().chain(&card.landline))
        .cloned()
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mentions = held.mentions.into_iter();
    Ok(HeldPage {
        person: PersonRef::from(&held.cards[0]),
        unit: held.unit,
        cards: held.cards.len(),
        numbers,
        records: held.records,
        drills: held.drills.len(),
        shifts: held.shifts.len(),
        disclosures: held.disclosures.len(),
        mentions: mentions
            .map(|mention| MentionRow {
                place: mention.place,
                name: mention.name,
            })
            .collect(),
    })
}

/// Somebody whom nothing needs any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
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

/// The people whom nothing has needed for so many months, longest first: `most` of them.
///
/// # Errors
/// Those of the store.
pub fn unneeded(
    book: Reader<'_>,
    now: Instant,
    months: u32,
    most: Option<usize>,
) -> Result<Part<UnneededRow>> {
    let units = book.unit_names()?;
    let all = book.unneeded(now.months_before(months))?;
    Ok(Part::of(all, most, |one| UnneededRow {
        person: PersonRef::from(&one.person),
        unit: units
            .get(&one.person.unit)
            .map_or_else(String::new, |(_, name)| name.clone()),
        last: one.last,
        removed: one.person.removed,
    }))
}

/// Something that left the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
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
    /// The person, where it is of one only.
    pub person: Option<PersonId>,
    /// What the unit is called, where it is of one only.
    pub unit: Option<String>,
    /// What the person, else the unit, is called: nothing where nothing is kept of them any more;
    /// `null` where it is of all.
    pub whose: Option<String>,
}

/// What of people left the book, newest first: `most` of it.
///
/// # Errors
/// Those of the store.
pub fn disclosures(book: Reader<'_>, most: Option<usize>) -> Result<Part<DisclosureRow>> {
    let names = Names::read(book)?;
    let people: HashMap<PersonId, String> = book
        .all_cards()?
        .into_iter()
        .map(|person| (person.id, person.full_name))
        .collect();
    let row = |Disclosed {
                   at,
                   operator,
                   disclosure,
               }| {
        let person = disclosure.person;
        let unit = disclosure.unit.map(|id| names.unit(id));
        let unit = unit.map(|unit| unit.map_or_else(String::new, |unit| unit.name));
        DisclosureRow {
            at,
            by: names.operator(operator).to_owned(),
            what: disclosure.what,
            form: disclosure.form,
            file: disclosure.file,
            without_numbers: disclosure.without_numbers,
            person,
            whose: match person {
                Some(id) => Some(people.get(&id).cloned().unwrap_or_default()),
                None => unit.clone(),
            },
            unit: unit.filter(|name| !name.is_empty()),
        }
    };
    Ok(Part::of(book.disclosures()?, most, row))
}

/// Somebody whose data was dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
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

/// Whose data was dropped, newest first: `most` of them.
///
/// # Errors
/// Those of the store.
pub fn redactions(book: Reader<'_>, most: Option<usize>) -> Result<Part<RedactionRow>> {
    let names = Names::read(book)?;
    Ok(Part::of(book.redactions()?, most, |past| RedactionRow {
        person: past.person,
        at: past.at,
        by: names.operator(past.operator).to_owned(),
        reason: past.reason,
        records: past.records,
    }))
}
