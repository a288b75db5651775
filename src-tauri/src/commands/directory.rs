//! The room *Directory*: units by group with what they sent, and all people.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::coverage::{Roster, standing};
use sotruc_core::id::{PeriodId, UnitId};
use sotruc_core::period::Post;
use sotruc_core::person::Person;
use sotruc_core::submission::State;
use sotruc_core::{Reader, Result};
use specta::Type;
use std::collections::{HashMap, HashSet};

use super::Shared;
use super::view::{PeriodCard, PersonRef, PersonRow, UnitRef, period_at};
use crate::ipc_error::Answer;

/// The units.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Directory {
    /// The period for which they owe contact points.
    pub period: Option<PeriodCard>,
    /// Units that owe.
    pub asked: usize,
    /// Those that sent.
    pub sent: usize,
    /// All people.
    pub people: usize,
    /// The units, as an office lists them.
    pub units: Vec<UnitRow>,
}

/// A unit in the list.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UnitRow {
    /// The unit.
    pub unit: UnitRef,
    /// Whether it is our own.
    pub ours: bool,
    /// How many people it has.
    pub people: usize,
    /// Its main contact.
    pub contact: Option<PersonRef>,
    /// Whether it sent; `null` when it owes nothing.
    pub state: Option<State>,
    /// The document it came with.
    pub document: Option<String>,
    /// When it came.
    pub received_at: Option<Instant>,
    /// Whether a post of it is empty now.
    pub hole: bool,
}

/// Some of the people.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PeoplePage {
    /// How many fit the filter.
    pub total: usize,
    /// Those asked for, by given name.
    pub rows: Vec<PersonRow>,
}

/// The units.
#[tauri::command]
#[specta::specta]
pub async fn directory(desk: Shared<'_>) -> Answer<Directory> {
    desk.duty(list).await
}

fn list(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<Directory> {
    let period = period_at(&roster.periods, now);
    let submissions: HashMap<UnitId, _> = match period {
        Some(period) => book
            .submissions(period.id)?
            .into_iter()
            .map(|submission| (submission.unit, submission))
            .collect(),
        None => HashMap::new(),
    };
    let mut people: HashMap<UnitId, Vec<&Person>> = HashMap::new();
    for person in &roster.people {
        people.entry(person.unit).or_default().push(person);
    }
    let holes: HashSet<UnitId> = roster
        .holes_at(now)
        .into_iter()
        .map(|gap| gap.unit)
        .collect();
    let units: Vec<UnitRow> = roster
        .units
        .iter()
        .map(|unit| {
            let people = people.get(&unit.id).map_or(&[][..], Vec::as_slice);
            let owes = period.is_some_and(|period| period.asks(unit));
            let submission = submissions.get(&unit.id).filter(|_| owes);
            UnitRow {
                unit: unit.into(),
                ours: unit.ours,
                people: people.len(),
                contact: standing(people, Post::Main).map(PersonRef::from),
                state: owes.then(|| submission.map_or(State::Waiting, |known| known.state)),
                document: submission.and_then(|known| known.document.clone()),
                received_at: submission.and_then(|known| known.received_at),
                hole: holes.contains(&unit.id),
            }
        })
        .collect();
    Ok(Directory {
        period: period.map(PeriodCard::from),
        asked: units.iter().filter(|row| row.state.is_some()).count(),
        sent: units
            .iter()
            .filter(|row| row.state == Some(State::Received))
            .count(),
        people: roster.people.len(),
        units,
    })
}

/// Some of the people: those whose name, unit or number the words fit, `limit` of them from
/// `offset` on.
#[tauri::command]
#[specta::specta]
pub async fn people(
    desk: Shared<'_>,
    words: String,
    offset: usize,
    limit: usize,
) -> Answer<PeoplePage> {
    desk.with_book(move |open| {
        Ok(open.find(|book, finder, _| {
            let page = finder.people(&words, offset, limit);
            let mut rows = Vec::with_capacity(page.ids.len());
            for id in page.ids {
                if let Some(person) = book.person(id)? {
                    let unit = book.unit(person.unit)?;
                    rows.push(PersonRow::of(&person, unit.as_ref()));
                }
            }
            Ok(PeoplePage {
                total: page.total,
                rows,
            })
        })?)
    })
    .await
}

/// Notes whether a unit has sent its contact points.
#[tauri::command]
#[specta::specta]
pub async fn set_submission(
    desk: Shared<'_>,
    period: PeriodId,
    unit: UnitId,
    state: State,
    document: Option<String>,
) -> Answer<()> {
    desk.write(move |write| {
        write.set_submission(period, unit, state, document.as_deref(), None)?;
        Ok(())
    })
    .await
}
