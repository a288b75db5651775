//! The room *Directory*: units by group with what they sent, and all people.

use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};

use super::duty;
use super::period::PeriodCard;
use super::person::{PersonRef, PersonRow};
use super::submission::{self, OwedRow};
use super::unit::UnitRef;
use crate::clock::Instant;
use crate::directory::drill;
use crate::directory::unit::{Group, Unit};
use crate::duty::coverage::Roster;
use crate::duty::period;
use crate::error::Result;
use crate::id::UnitId;
use crate::search::Finder;
use crate::store::Reader;
use crate::submission::{State, Sums};

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
    /// The same by group, of each that has units.
    pub groups: Vec<GroupSums>,
    /// The units, as an office lists them.
    pub units: Vec<UnitRow>,
}

/// What the units of a group owe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct GroupSums {
    /// The group.
    pub group: Group,
    /// How many units it has.
    pub units: usize,
    /// Those that owe.
    pub asked: usize,
    /// Those that sent.
    pub sent: usize,
    /// Those whose day has passed without it.
    pub late: usize,
}

/// What the units owe by group.
fn by_group(units: &[UnitRow]) -> Vec<GroupSums> {
    let mut groups: BTreeMap<Group, (usize, Sums)> = BTreeMap::new();
    for row in units {
        let (count, sums) = groups.entry(row.unit.group).or_default();
        *count += 1;
        if let Some(state) = row.state {
            sums.add(state, row.late);
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|(group, (units, sums))| GroupSums {
            group,
            units,
            asked: sums.asked,
            sent: sums.sent,
            late: sums.late,
        })
        .collect()
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
    /// Who of it is called first.
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
///
/// # Errors
/// Those of the store.
pub fn list(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<Directory> {
    let period = period::shown(&roster.periods, now);
    let (owed, sums) = match period {
        Some(period) => submission::owed(book, &roster.units, period, now)?,
        None => (Vec::new(), Sums::default()),
    };
    let mut owed: HashMap<UnitId, OwedRow> =
        owed.into_iter().map(|owed| (owed.unit.id, owed)).collect();
    let lost = drill::unreachable(&roster.people, &roster.drills, roster.fresh, now);
    let on_duty = roster.on_duty(now);
    let calls = roster.calls(&on_duty, now);
    let holes = duty::uncovered(roster, &on_duty, now);
    let row = |unit: &Unit| {
        let owed = owed.remove(&unit.id);
        let of = owed.as_ref();
        UnitRow {
            unit: unit.into(),
            ours: unit.ours,
            people: calls.count(unit.id),
            contact: calls.first(unit.id).map(PersonRef::from),
            state: of.map(|owed| owed.state),
            received_at: of.and_then(|owed| owed.received_at),
            due_at: of.map(|owed| owed.due_at),
            late: of.is_some_and(|owed| owed.late),
            reminders: of.map_or(0, |owed| owed.reminders),
            reminded_at: of.and_then(|owed| owed.reminded_at),
            document: owed.and_then(|owed| owed.document),
            lost_since: lost.get(&unit.id).copied(),
            hole: holes.contains(&unit.id),
        }
    };
    let units: Vec<UnitRow> = roster.units.iter().map(row).collect();
    Ok(Directory {
        period: period.map(PeriodCard::from),
        asked: sums.asked,
        sent: sums.sent,
        late: sums.late,
        people: roster.people.len(),
        groups: by_group(&units),
        units,
    })
}

/// Some of the people: those whose name, unit or number the words fit, `limit` of them from
/// `offset` on.
///
/// # Errors
/// Those of the store.
pub fn people(
    book: Reader<'_>,
    finder: &mut Finder,
    words: &str,
    offset: usize,
    limit: usize,
) -> Result<PeoplePage> {
    let page = finder.people(words, offset, limit);
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
}
