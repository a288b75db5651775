//! Calls that tell whether numbers answer: a round over all contacts.

use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

use super::names::Names;
use super::period::PeriodCard;
use super::person::PersonRow;
use crate::clock::Instant;
use crate::directory::drill::{self, Drill, Outcome, Reach, ReachKind};
use crate::directory::person::{self, Person};
use crate::directory::unit::Unit;
use crate::duty::coverage::Roster;
use crate::duty::period;
use crate::error::Result;
use crate::id::{DrillId, PersonId, UnitId};
use crate::store::Reader;
use crate::text::Phone;

/// What calls tell of a contact, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReachView {
    /// Which of the cases.
    pub kind: ReachKind,
    /// When they answered, or since when nobody can count on them.
    pub at: Option<Instant>,
    /// Who called when they answered, where that is known.
    pub by: Option<String>,
}

impl ReachView {
    /// When they were last reached and by whom, where that is known and still counts.
    #[must_use]
    pub fn verified(&self) -> Option<(Instant, Option<&str>)> {
        let at = self.at.filter(|_| self.kind == ReachKind::Verified)?;
        Some((at, self.by.as_deref()))
    }

    pub(super) fn of(reach: Reach, names: &Names) -> Self {
        let (at, by) = match reach {
            Reach::Untried => (None, None),
            Reach::Verified { at, by } => {
                let by = Some(names.operator(by)).filter(|by| !by.is_empty());
                (Some(at), by.map(str::to_owned))
            }
            Reach::Stale { since, answered } => (Some(answered.unwrap_or(since)), None),
            Reach::Wrong { since } => (Some(since), None),
        };
        Self {
            kind: reach.kind(),
            at,
            by,
        }
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DrillRow {
    /// When.
    pub at: Instant,
    /// On which number; a page gets it in groups.
    #[serde(serialize_with = "super::maybe_text")]
    #[specta(type = Option<String>)]
    pub number: Option<Phone>,
    /// By whom.
    pub by: String,
    /// What came of it.
    pub outcome: Outcome,
    /// After how many minutes they called back.
    pub minutes: Option<u32>,
    /// Anything else.
    pub note: Option<String>,
}

impl DrillRow {
    pub(super) fn of(drill: &Drill, names: &Names) -> Self {
        Self {
            at: drill.at,
            number: drill.number.clone(),
            by: names.operator(drill.operator).to_owned(),
            outcome: drill.outcome,
            minutes: drill.minutes,
            note: drill.note.clone(),
        }
    }
}

/// A round of calls.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CallRound {
    /// The period whose contacts are called.
    pub period: Option<PeriodCard>,
    /// Contacts, unit by unit as an office lists them.
    pub rows: Vec<CallRow>,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CallRow {
    /// Who.
    pub person: PersonRow,
    /// What calls tell of them.
    pub reach: ReachView,
    /// The last call to them.
    pub last: Option<DrillRow>,
}

/// The contacts of the period that is shown now, with what calls tell of them: those that have a
/// number.
///
/// # Errors
/// Those of the store.
pub fn round(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<CallRound> {
    let period = period::shown(&roster.periods, now);
    let mut rows = contacts(&Names::read(book)?, roster, now, |unit| {
        period.is_none_or(|period| period.asks(unit))
    });
    rows.retain(|row| row.person.numbers().next().is_some());
    Ok(CallRound {
        period: period.map(PeriodCard::from),
        rows,
    })
}

/// The contacts, or those of one unit, with what calls tell of them: unit by unit as an office
/// lists them, and as they are called.
///
/// # Errors
/// Those of the store.
pub fn list(
    book: Reader<'_>,
    roster: &Roster,
    only: Option<UnitId>,
    now: Instant,
) -> Result<Vec<CallRow>> {
    let names = Names::read(book)?;
    Ok(contacts(&names, roster, now, |unit| {
        only.is_none_or(|only| unit.id == only)
    }))
}

/// One contact as [`list`] shows them: whom `given` names, by name or id.
///
/// # Errors
/// Those of [`person::find`] and of the store.
pub fn card(book: Reader<'_>, given: &str, now: Instant) -> Result<CallRow> {
    let person = person::find(&book.people()?, given)?.clone();
    let (names, unit) = (Names::read(book)?, book.unit(person.unit)?);
    let mut drills = book.drills()?;
    drills.retain(|drill| drill.person == person.id);
    let calls: Vec<&Drill> = drills.iter().collect();
    Ok(row(
        &person,
        unit.as_ref(),
        &calls,
        (book.fresh()?, now),
        &names,
    ))
}

/// Somebody with what the calls to them, earliest first, tell.
fn row(
    person: &Person,
    unit: Option<&Unit>,
    calls: &[&Drill],
    (fresh, now): (i64, Instant),
    names: &Names,
) -> CallRow {
    let reach = drill::reach(person, calls.iter().copied(), fresh, now);
    CallRow {
        person: PersonRow::of(person, unit),
        reach: ReachView::of(reach, names),
        last: calls.last().map(|drill| DrillRow::of(drill, names)),
    }
}

/// While calls are noted, everybody stays in their place: the order is not that of the moment.
fn contacts(
    names: &Names,
    roster: &Roster,
    now: Instant,
    wanted: impl Fn(&Unit) -> bool,
) -> Vec<CallRow> {
    let mut drills: HashMap<PersonId, Vec<&Drill>> = HashMap::new();
    for drill in &roster.drills {
        drills.entry(drill.person).or_default().push(drill);
    }
    let mut people: HashMap<UnitId, Vec<Person>> = HashMap::new();
    for person in &roster.people {
        people.entry(person.unit).or_default().push(person.clone());
    }
    let mut rows = Vec::new();
    for unit in roster.units.iter().filter(|unit| wanted(unit)) {
        let mut people = people.remove(&unit.id).unwrap_or_default();
        person::sort(&mut people);
        for person in &people {
            let calls = drills.get(&person.id).map_or(&[][..], Vec::as_slice);
            rows.push(row(person, Some(unit), calls, (roster.fresh, now), names));
        }
    }
    rows
}

/// A call, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CallMade {
    /// Its identity.
    pub id: DrillId,
    /// Who was called.
    pub person: PersonId,
    /// What they are called; nothing where they are off the list.
    pub full_name: String,
    /// Their unit, likewise.
    pub unit: String,
    /// The call.
    pub call: DrillRow,
}

/// The calls that were made, to somebody where they are given, oldest first.
///
/// # Errors
/// Those of the store.
pub fn calls(book: Reader<'_>, only: Option<PersonId>) -> Result<Vec<CallMade>> {
    let (people, names) = (book.people()?, Names::read(book)?);
    let people: HashMap<_, _> = people.iter().map(|person| (person.id, person)).collect();
    let made = |drill: Drill| {
        let person = people.get(&drill.person);
        let unit = person.and_then(|person| names.unit(person.unit));
        CallMade {
            id: drill.id,
            person: drill.person,
            full_name: person.map_or_else(String::new, |person| person.full_name.clone()),
            unit: unit.map_or_else(String::new, |unit| unit.name),
            call: DrillRow::of(&drill, &names),
        }
    };
    let drills = book.drills()?.into_iter();
    let drills = drills.filter(|drill| only.is_none_or(|only| drill.person == only));
    Ok(drills.map(made).collect())
}
