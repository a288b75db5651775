//! Calls that tell whether numbers answer: a round over all contacts.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::directory::drill::{self, Drill, Outcome, Reach, ReachKind};
use sotruc_core::directory::person::{self, Person};
use sotruc_core::duty::coverage::Roster;
use sotruc_core::id::{DrillId, PersonId, UnitId};
use sotruc_core::{Reader, Result};
use specta::Type;
use std::collections::HashMap;

use super::Shared;
use super::view::{Names, PeriodCard, PersonRow, period_at};
use crate::ipc_error::Answer;

/// What calls tell of a contact, and since when.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ReachView {
    /// Which of the cases.
    pub kind: ReachKind,
    /// When they answered, or since when nobody can count on them.
    pub at: Option<Instant>,
    /// Who called when they answered.
    pub by: Option<String>,
}

impl ReachView {
    pub(super) fn of(reach: Reach, names: &Names) -> Self {
        let (at, by) = match reach {
            Reach::Untried => (None, None),
            Reach::Verified { at, by } => (Some(at), Some(names.operator(by).to_owned())),
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
#[derive(Debug, Clone, Serialize, Type)]
pub struct DrillRow {
    /// When.
    pub at: Instant,
    /// On which number, as it is shown.
    pub number: Option<String>,
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
            number: drill.number.as_ref().map(ToString::to_string),
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
#[derive(Debug, Clone, Serialize, Type)]
pub struct CallRow {
    /// Who.
    pub person: PersonRow,
    /// What calls tell of them.
    pub reach: ReachView,
    /// The last call to them.
    pub last: Option<DrillRow>,
}

/// The contacts of the period that matters now, with what calls tell of them.
#[tauri::command]
#[specta::specta]
pub async fn call_round(app_state: Shared<'_>) -> Answer<CallRound> {
    app_state.duty(round).await
}

fn round(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<CallRound> {
    let names = Names::read(book)?;
    let period = period_at(&roster.periods, now);
    let mut drills: HashMap<PersonId, Vec<&Drill>> = HashMap::new();
    for drill in &roster.drills {
        drills.entry(drill.person).or_default().push(drill);
    }
    let mut people: HashMap<UnitId, Vec<Person>> = HashMap::new();
    for person in roster.people.iter().filter(|one| one.number().is_some()) {
        people.entry(person.unit).or_default().push(person.clone());
    }
    let mut rows = Vec::new();
    for unit in &roster.units {
        if period.is_some_and(|period| !period.asks(unit)) {
            continue;
        }
        let mut people = people.remove(&unit.id).unwrap_or_default();
        person::sort(&mut people);
        for person in &people {
            let calls = drills.get(&person.id).map_or(&[][..], Vec::as_slice);
            let reach = drill::reach(person, calls.iter().copied(), roster.fresh, now);
            rows.push(CallRow {
                person: PersonRow::of(person, Some(unit)),
                reach: ReachView::of(reach, &names),
                last: calls.last().map(|drill| DrillRow::of(drill, &names)),
            });
        }
    }
    Ok(CallRound {
        period: period.map(PeriodCard::from),
        rows,
    })
}

/// A call as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct DrillForm {
    /// Who was called.
    pub person: PersonId,
    /// On which number; an empty text is their first.
    pub number: String,
    /// What came of it.
    pub outcome: Outcome,
    /// After how many minutes they called back.
    pub minutes: Option<u32>,
    /// Anything else.
    pub note: String,
}

/// Notes a call.
#[tauri::command]
#[specta::specta]
pub async fn add_drill(app_state: Shared<'_>, form: DrillForm) -> Answer<DrillId> {
    app_state
        .write(move |write| {
            let number = Some(form.number.trim()).filter(|number| !number.is_empty());
            let drill = write.add_drill(
                form.person,
                number,
                form.outcome,
                form.minutes,
                Some(&form.note),
            )?;
            Ok(drill.id)
        })
        .await
}
