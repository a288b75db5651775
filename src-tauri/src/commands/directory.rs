//! The room *Directory*: units by group with what they sent, and all people.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::directory::drill;
use sotruc_core::directory::person::Person;
use sotruc_core::duty::coverage::{Roster, standing};
use sotruc_core::duty::period::Post;
use sotruc_core::id::{PeriodId, UnitId};
use sotruc_core::submission::{Owed, State, Sums};
use sotruc_core::{Reader, Result, SubmissionChange};
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
    /// Those whose day has passed without it.
    pub late: usize,
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
    /// By when it is due.
    pub due_at: Option<Instant>,
    /// Whether it came after its day, or did not come by it.
    pub late: bool,
    /// How often the unit was reminded.
    pub reminders: usize,
    /// When it was reminded last.
    pub reminded_at: Option<Instant>,
    /// Since when no contact of it can be counted on.
    pub lost_since: Option<Instant>,
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
pub async fn directory(app_state: Shared<'_>) -> Answer<Directory> {
    app_state.duty(list).await
}

fn list(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<Directory> {
    let period = period_at(&roster.periods, now);
    let mut owed: HashMap<UnitId, Owed> = match period {
        Some(period) => book
            .owed(period)?
            .into_iter()
            .map(|owed| (owed.submission.unit, owed))
            .collect(),
        None => HashMap::new(),
    };
    let sums = Sums::of(owed.values(), now);
    let lost = drill::unreachable(&roster.people, &roster.drills, roster.fresh, now);
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
            let owed = owed.remove(&unit.id);
            let of = owed.as_ref();
            UnitRow {
                unit: unit.into(),
                ours: unit.ours,
                people: people.len(),
                contact: standing(people, Post::Main).map(PersonRef::from),
                state: of.map(|owed| owed.submission.state),
                document: of.and_then(|owed| owed.submission.document.clone()),
                received_at: of.and_then(|owed| owed.submission.received_at),
                due_at: of.map(|owed| owed.due_at),
                late: of.is_some_and(|owed| owed.is_late(now)),
                reminders: of.map_or(0, |owed| owed.reminders),
                reminded_at: of.and_then(|owed| owed.reminded_at),
                lost_since: lost.get(&unit.id).copied(),
                hole: holes.contains(&unit.id),
            }
        })
        .collect();
    Ok(Directory {
        period: period.map(PeriodCard::from),
        asked: sums.asked,
        sent: sums.sent,
        late: sums.late,
        people: roster.people.len(),
        units,
    })
}

/// Some of the people: those whose name, unit or number the words fit, `limit` of them from
/// `offset` on.
#[tauri::command]
#[specta::specta]
pub async fn people(
    app_state: Shared<'_>,
    words: String,
    offset: usize,
    limit: usize,
) -> Answer<PeoplePage> {
    app_state
        .with_book(move |open| {
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
    app_state: Shared<'_>,
    period: PeriodId,
    unit: UnitId,
    state: State,
    document: Option<String>,
    received_at: Option<Instant>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            let change = SubmissionChange {
                state: Some(state),
                document,
                received_at,
                due_at: None,
            };
            write.set_submission(period, unit, &change)?;
            Ok(())
        })
        .await
}

/// Gives a unit a day of its own by which it sends; `null` takes it away.
#[tauri::command]
#[specta::specta]
pub async fn set_due(
    app_state: Shared<'_>,
    period: PeriodId,
    unit: UnitId,
    due_at: Option<Instant>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            let change = SubmissionChange {
                due_at: Some(due_at),
                ..SubmissionChange::default()
            };
            write.set_submission(period, unit, &change)?;
            Ok(())
        })
        .await
}

/// Notes that units were reminded of what they owe.
#[tauri::command]
#[specta::specta]
pub async fn remind(
    app_state: Shared<'_>,
    period: PeriodId,
    units: Vec<UnitId>,
    note: String,
) -> Answer<()> {
    app_state
        .write(move |write| {
            for unit in units {
                write.remind(period, unit, Some(&note))?;
            }
            Ok(())
        })
        .await
}
