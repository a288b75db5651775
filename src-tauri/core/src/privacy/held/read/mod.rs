//! All that the book holds of one person.

mod mentions;

use std::collections::HashSet;
use uuid::Uuid;

use crate::clock::Instant;
use crate::directory::drill::Drill;
use crate::directory::person::{Person, cards_of};
use crate::duty::shift::Shift;
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, UnitId};
use crate::privacy::disclosure::Disclosed;
use crate::privacy::held::Mention;
use crate::store::{FieldChange, Reader};

/// All that the book holds of one person.
#[derive(Debug, Clone)]
pub struct Held {
    /// Their cards, the one asked for first.
    pub cards: Vec<Person>,
    /// What their unit is called.
    pub unit: String,
    /// How many records a redaction would drop: those of the cards and of the calls.
    pub records: usize,
    /// What was written about them, oldest first.
    pub said: Vec<FieldChange>,
    /// The calls to them, earliest first.
    pub drills: Vec<Drill>,
    /// Their shifts, earliest first; these stay, without a name.
    pub shifts: Vec<Shift>,
    /// What left the book and may have told of them, newest first.
    pub disclosures: Vec<Disclosed>,
    /// Where name or number stand besides, which stays.
    pub mentions: Vec<Mention>,
}

impl Reader<'_> {
    /// All that the book holds of a person.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], and those of the store.
    pub fn held(self, id: PersonId) -> Result<Held> {
        let book = self;
        let (all, units) = (book.all_cards()?, book.unit_names()?);
        let cards: Vec<Person> = cards_of(&all, &units, id).into_iter().cloned().collect();
        let Some(person) = cards.first() else {
            return Err(Error::new(Code::PersonUnknown).with("given", id));
        };
        let ours = |id: PersonId| cards.iter().any(|card| card.id == id);
        let mut said = Vec::new();
        for card in &cards {
            said.extend(book.history(card.id.0)?);
        }
        said.sort_by_key(|change| (change.recorded_at, change.seq));
        let ids: Vec<PersonId> = cards.iter().map(|card| card.id).collect();
        let calls = book.drills_of(&ids)?.into_iter().map(|drill| drill.0);
        let mut records = 0;
        for noun in ids.iter().map(|card| card.0).chain(calls) {
            records += book.record_keys_of(noun)?.len();
        }
        let mut drills = book.drills()?;
        drills.retain(|drill| ours(drill.person));
        let mut shifts = book.shifts()?;
        shifts.retain(|shift| ours(shift.person));
        let were_in = units_in(&said);
        let known = said
            .first()
            .map_or(Instant::default(), |change| change.recorded_at);
        let mut disclosures = book.disclosures()?;
        disclosures.retain(|Disclosed { at, disclosure, .. }| {
            match (disclosure.person, disclosure.unit) {
                (Some(person), _) => ours(person),
                (None, Some(unit)) => were_in.contains(&unit) && *at >= known,
                (None, None) => *at >= known,
            }
        });
        let unit = units.get(&person.unit).map(|(_, name)| name.clone());
        Ok(Held {
            unit: unit.unwrap_or_default(),
            records,
            drills,
            shifts,
            disclosures,
            mentions: mentions::mentions(book, &all, &cards, &said)?,
            said,
            cards,
        })
    }
}

/// Every unit they were ever in.
fn units_in(said: &[FieldChange]) -> HashSet<UnitId> {
    let units = said.iter().filter(|change| change.field == "unit");
    let units = units.filter_map(|change| change.value.as_str()?.parse::<Uuid>().ok());
    units.map(UnitId).collect()
}
