//! A person: by name and number, as a list shows them, and all that is known of them.

use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};

use super::drill::{DrillRow, ReachView};
use super::duty::{self, ShiftRow};
use super::history::ChangeRow;
use super::names::Names;
use super::unit::UnitRef;
use crate::clock::Instant;
use crate::directory::drill;
use crate::directory::person::call::Reason;
use crate::directory::person::{self, Person, Role};
use crate::directory::unit::Unit;
use crate::duty::coverage::{Call, Missed, Roster};
use crate::duty::period::Post;
use crate::duty::shift::correction_told;
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, ShiftId};
use crate::store::Reader;
use crate::text::Phone;

/// A person by name and number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PersonRef {
    /// Their identity.
    pub id: PersonId,
    /// Family, middle, given name.
    pub full_name: String,
    /// What they are to their unit.
    pub role: Option<Role>,
    /// The number to call; a page gets it in groups.
    #[serde(serialize_with = "super::maybe_text")]
    #[specta(type = Option<String>)]
    pub number: Option<Phone>,
    /// What whoever calls them should know.
    pub note: Option<String>,
}

impl PersonRef {
    /// Somebody of whom nothing is kept.
    #[must_use]
    pub fn nameless(id: PersonId) -> Self {
        Self {
            id,
            full_name: String::new(),
            role: None,
            number: None,
            note: None,
        }
    }
}

impl From<&Person> for PersonRef {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id,
            full_name: person.full_name.clone(),
            role: person.role,
            number: person.number().cloned(),
            note: person.note.clone(),
        }
    }
}

/// Whoever a roster names: on the list, or off it with shifts of theirs.
pub(super) struct Cards<'a>(HashMap<PersonId, &'a Person>);

impl<'a> Cards<'a> {
    pub(super) fn of(roster: &'a Roster) -> Self {
        let left = roster.left.values().map(|left| &left.card);
        // Who is on the list stands there as they are on the list.
        let all = left.chain(&roster.people);
        Self(all.map(|person| (person.id, person)).collect())
    }

    /// Somebody by name; without one where nothing is kept of them.
    pub(super) fn named(&self, id: PersonId) -> PersonRef {
        let card = self.0.get(&id);
        card.map_or_else(|| PersonRef::nameless(id), |card| PersonRef::from(*card))
    }
}

/// A person as a list shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PersonRow {
    /// Their identity.
    pub id: PersonId,
    /// Their unit.
    pub unit: Option<UnitRef>,
    /// Family, middle, given name.
    pub full_name: String,
    /// Their position.
    pub title: Option<String>,
    /// What they are to their unit.
    pub role: Option<Role>,
    /// What the unit wrote instead of a role we know.
    pub role_text: Option<String>,
    /// Mobile numbers, the first to call first; a page gets them in groups.
    #[serde(serialize_with = "super::texts")]
    #[specta(type = Vec<String>)]
    pub mobiles: Vec<Phone>,
    /// The number on the desk, likewise.
    #[serde(serialize_with = "super::maybe_text")]
    #[specta(type = Option<String>)]
    pub landline: Option<Phone>,
    /// E-mail address.
    pub email: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// The name they are sorted by, where that is not the written one.
    pub sort_name: Option<String>,
    /// When they cannot stand a shift: from, up to but without.
    pub away: Vec<(Instant, Instant)>,
}

impl PersonRow {
    /// The row of a person of this unit.
    #[must_use]
    pub fn of(person: &Person, unit: Option<&Unit>) -> Self {
        let Person {
            id,
            unit: _,
            full_name,
            title,
            role,
            role_text,
            mobiles,
            landline,
            email,
            note,
            sort_name,
            // A list shows who is on it.
            same_as: _,
            removed: _,
            away,
        } = person.clone();
        Self {
            id,
            unit: unit.map(UnitRef::from),
            full_name,
            title,
            role,
            role_text,
            mobiles,
            landline,
            email,
            note,
            sort_name,
            away,
        }
    }

    /// The numbers on which they can be called, the first to call first.
    pub fn numbers(&self) -> impl Iterator<Item = &Phone> {
        self.mobiles.iter().chain(&self.landline)
    }
}

/// Where somebody stands among those of their unit who are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct CallPlace {
    /// Their place; who is called first has 1.
    pub place: usize,
    /// How many numbers are called.
    pub count: usize,
    /// Why they have it.
    pub reason: Reason,
}

/// Where somebody stands among those of their unit who are called now; `None` for who is off the
/// list.
#[must_use]
pub fn call_place(roster: &Roster, person: &Person, now: Instant) -> Option<CallPlace> {
    let roster = roster.of_unit(person.unit);
    let unit = roster.units.iter().find(|unit| unit.id == person.unit)?;
    let calls = roster.calls(&roster.on_duty(now), now);
    let order = calls.order(unit, &[]);
    let is_theirs = |call: &Call<'_>| call.person.is_some_and(|one| one.id == person.id);
    let place = order.iter().position(is_theirs)?;
    Some(CallPlace {
        place: place + 1,
        count: order.len(),
        reason: order[place].reason,
    })
}

/// All that is known of a person.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PersonPage {
    /// Who.
    pub person: PersonRow,
    /// Where they stand among those of their unit who are called.
    pub call: Option<CallPlace>,
    /// Until when they are on duty by a shift, when they are now.
    pub on_duty_until: Option<Instant>,
    /// Their shifts that end after now, earliest first.
    pub shifts: Vec<ShiftRow>,
    /// What calls tell of them.
    pub reach: ReachView,
    /// The calls to them, newest first.
    pub drills: Vec<DrillRow>,
    /// What was written about them, newest first.
    pub history: Vec<ChangeRow>,
}

/// Duty that falls into leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FallsOn {
    /// Whose post it is.
    pub unit: Option<UnitRef>,
    /// The post.
    pub post: Post,
    /// The shift; `null` where no shifts are laid out and nobody answers then.
    pub shift: Option<ShiftId>,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The leave within it.
    pub away: (Instant, Instant),
    /// Who of the unit could stand in for them then, who has least to do first.
    pub could: Vec<PersonRef>,
}

/// The duty of somebody that falls into their leave, earliest first: their shifts, and posts without
/// shifts for which nobody is left. With `away` it is asked before that is written.
///
/// # Errors
/// Those of the store.
pub fn falls_on(
    book: Reader<'_>,
    roster: &Roster,
    id: PersonId,
    away: Option<Vec<(Instant, Instant)>>,
) -> Result<Vec<FallsOn>> {
    let asked = away.map(|away| {
        let mut roster = roster.clone();
        for person in roster.people.iter_mut().filter(|person| person.id == id) {
            person.away.clone_from(&away);
        }
        roster
    });
    let roster = asked.as_ref().unwrap_or(roster);
    let remedies = roster.remedies();
    let (names, cards) = (Names::read(book)?, Cards::of(roster));
    let row = |missed: Missed| {
        let could = match missed.shift {
            Some(_) => remedies.free(missed.unit, missed.away),
            None => remedies.on_call(missed.unit, missed.away),
        };
        FallsOn {
            unit: names.unit(missed.unit),
            post: missed.post,
            shift: missed.shift,
            from: missed.span.0,
            to: missed.span.1,
            away: missed.away,
            could: could.into_iter().map(|id| cards.named(id)).collect(),
        }
    };
    let missed = roster.missed(&HashSet::from([id])).into_iter();
    Ok(missed.map(row).collect())
}

/// All that is known of a person.
///
/// # Errors
/// [`Code::PersonUnknown`], those of the store.
pub fn page(book: Reader<'_>, roster: &Roster, now: Instant, id: PersonId) -> Result<PersonPage> {
    let person = book
        .person(id)?
        .ok_or_else(|| Error::new(Code::PersonUnknown).with("given", id))?;
    let unit = book.unit(person.unit)?;
    let names = Names::read(book)?;
    let shifts = roster.shifts.iter();
    let shifts = shifts.filter(|shift| shift.person == id && shift.to > now);
    let mut drills = roster.drills.clone();
    drills.retain(|drill| drill.person == id);
    Ok(PersonPage {
        call: call_place(roster, &person, now),
        on_duty_until: duty::until(roster, id, now),
        shifts: shifts
            .map(|shift| ShiftRow {
                id: shift.id,
                unit: names.unit(shift.unit),
                post: shift.post,
                person: Some(PersonRef::from(&person)),
                from: shift.from,
                to: shift.to,
            })
            .collect(),
        reach: ReachView::of(drill::reach(&person, &drills, roster.fresh, now), &names),
        drills: drills
            .iter()
            .rev()
            .map(|drill| DrillRow::of(drill, &names))
            .collect(),
        history: changes(book, &names, id)?,
        person: PersonRow::of(&person, unit.as_ref()),
    })
}

/// What was written about somebody, who may be off the list when their identity is given, oldest
/// first.
///
/// # Errors
/// [`Code::PersonUnknown`], [`Code::PersonAmbiguous`], those of the store.
pub fn history(book: Reader<'_>, given: &str) -> Result<Vec<ChangeRow>> {
    let id = match given.trim().parse() {
        Ok(id) => PersonId(id),
        Err(_) => person::find(&book.people()?, given)?.id,
    };
    let mut changes = changes(book, &Names::read(book)?, id)?;
    changes.reverse();
    match changes.is_empty() {
        true => Err(Error::new(Code::PersonUnknown).with("given", given)),
        false => Ok(changes),
    }
}

/// What was written about somebody, and what was put right of their shifts, newest first.
fn changes(book: Reader<'_>, names: &Names, id: PersonId) -> Result<Vec<ChangeRow>> {
    let mut changes = names.history(book.person_history(id)?);
    if changes.iter().any(|change| change.field == "shift") {
        let cards = book.all_cards()?;
        let name_of = |id: &str| {
            let card = cards.iter().find(|card| card.id.to_string() == id);
            card.map(|card| card.full_name.clone())
        };
        for change in changes.iter_mut().filter(|change| change.field == "shift") {
            change.value = Some(correction_told(&change.stored, name_of));
        }
    }
    Ok(changes)
}
