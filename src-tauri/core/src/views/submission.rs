//! What units owe for a period.

use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};

use super::period::PeriodCard;
use super::unit::UnitRef;
use crate::clock::Instant;
use crate::directory::unit::{Group, Unit};
use crate::duty::period::{self, Period};
use crate::error::Result;
use crate::id::UnitId;
use crate::store::Reader;
use crate::submission::{Owed, State, Sums};

/// What a unit owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OwedRow {
    /// The unit.
    pub unit: UnitRef,
    /// Whether it sent.
    pub state: State,
    /// The document it came with.
    pub document: Option<String>,
    /// When it came.
    pub received_at: Option<Instant>,
    /// By when it is due.
    pub due_at: Instant,
    /// Whether it came after its day, or did not come by it.
    pub late: bool,
    /// How often the unit was reminded.
    pub reminders: usize,
    /// When it was reminded last.
    pub reminded_at: Option<Instant>,
}

/// What units owe for a period: a row for each that it asks, as an office lists them, and the
/// sums.
///
/// # Errors
/// Those of the store.
pub fn owed(
    book: Reader<'_>,
    units: &[Unit],
    period: &Period,
    now: Instant,
) -> Result<(Vec<OwedRow>, Sums)> {
    let owed = book.owed(period)?;
    let sums = Sums::of(&owed, now);
    let units: HashMap<UnitId, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let row = |owed: Owed| {
        Some(OwedRow {
            unit: UnitRef::from(*units.get(&owed.unit)?),
            state: owed.state,
            late: owed.is_late(now),
            document: owed.document,
            received_at: owed.received_at,
            due_at: owed.due_at,
            reminders: owed.reminders,
            reminded_at: owed.reminded_at,
        })
    };
    Ok((owed.into_iter().filter_map(row).collect(), sums))
}

/// What units still owe for a period.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OwedNow {
    /// The period.
    pub period: PeriodCard,
    /// By when units without a day of their own send.
    pub due_at: Instant,
    /// Units that have to send.
    pub asked: usize,
    /// Those that have.
    pub sent: usize,
    /// The groups of which some have not.
    pub groups: Vec<OwedGroup>,
}

/// A group of which some units have not sent.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OwedGroup {
    /// The group.
    pub group: Group,
    /// Units that have to send.
    pub asked: usize,
    /// Those that have.
    pub sent: usize,
    /// Those whose day has passed without it.
    pub late: usize,
}

/// What is still owed for the period that runs or comes, group by group; `None` when all have
/// sent.
pub(super) fn owed_now(
    book: Reader<'_>,
    units: &[Unit],
    periods: &[Period],
    now: Instant,
) -> Result<Option<OwedNow>> {
    let Some(period) = period::coming(periods, now) else {
        return Ok(None);
    };
    let owed = book.owed(period)?;
    let all = Sums::of(&owed, now);
    if all.sent == all.asked {
        return Ok(None);
    }
    let group_of: HashMap<UnitId, Group> = units.iter().map(|unit| (unit.id, unit.group)).collect();
    let mut groups: BTreeMap<Group, Sums> = BTreeMap::new();
    for one in &owed {
        if let Some(group) = group_of.get(&one.unit) {
            groups.entry(*group).or_default().count(one, now);
        }
    }
    groups.retain(|_, sums| sums.sent < sums.asked);
    Ok(Some(OwedNow {
        period: PeriodCard::from(period),
        due_at: period.due(),
        asked: all.asked,
        sent: all.sent,
        groups: groups
            .into_iter()
            .map(|(group, sums)| OwedGroup {
                group,
                asked: sums.asked,
                sent: sums.sent,
                late: sums.late,
            })
            .collect(),
    }))
}
