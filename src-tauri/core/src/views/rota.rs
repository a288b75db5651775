//! A rota that is tried, or stands: how much it lays out, who would stand what, its weak points.

use serde::Serialize;
use specta::Type;
use std::collections::{BTreeMap, HashMap};

use super::findings::{self, FindingRow};
use super::person::{PersonRef, PersonRow};
use super::unit::UnitRef;
use crate::clock::{HOUR, Instant};
use crate::directory::unit::{Register, Unit};
use crate::duty::coverage::Roster;
use crate::duty::finding::{Flaw, Weight};
use crate::duty::pattern::{Days, PATTERNS, Pattern};
use crate::duty::period::{Period, Post};
use crate::duty::rota::{PersonShare, Rota, in_round, rotates};
use crate::duty::shift::Shift;
use crate::duty::stood::Stood;
use crate::error::Result;
use crate::id::UnitId;
use crate::store::Reader;

/// What a rota would be, or is.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RotaPage {
    /// How many shifts it has.
    pub shifts: usize,
    /// How many of them are new.
    pub new: usize,
    /// How many of an earlier rota stay.
    pub kept: usize,
    /// How many of an earlier rota go.
    pub gone: usize,
    /// The same by unit, as an office lists them.
    pub goes: Vec<GoneRow>,
    /// How many units it lays out.
    pub units: usize,
    /// What everybody who has a part in it would stand in the period, by unit and name.
    pub shares: Vec<ShareRow>,
    /// The posts that were wished and are not laid out: the period does not ask for them, or it is
    /// the leaders', who do not rotate.
    pub left_out: Vec<Post>,
    /// Its weak points.
    pub findings: Vec<FindingRow>,
    /// The same by what is weak, in the order in which they are looked at.
    pub weak: Vec<Weak>,
    /// Whoever is named in them; they are named by their place here.
    pub people: Vec<PersonRef>,
}

/// What goes of the shifts of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct GoneRow {
    /// Whose.
    pub unit: UnitRef,
    /// How many shifts.
    pub shifts: usize,
    /// When the first of them begins.
    pub from: Instant,
    /// When the last of them ends.
    pub to: Instant,
}

/// The shifts that go, unit by unit.
fn goes(roster: &Roster, gone: &[Shift]) -> Vec<GoneRow> {
    let of = |unit: &Unit| {
        let shifts = || gone.iter().filter(|shift| shift.unit == unit.id);
        Some(GoneRow {
            unit: UnitRef::from(unit),
            shifts: shifts().count(),
            from: shifts().map(|shift| shift.from).min()?,
            to: shifts().map(|shift| shift.to).max()?,
        })
    };
    roster.units.iter().filter_map(of).collect()
}

/// The weak points of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Weak {
    /// What is weak.
    pub flaw: Flaw,
    /// How much there is to it.
    pub weight: Weight,
    /// Which of the findings, by place.
    pub rows: Vec<usize>,
}

/// The findings by what is weak, what is serious first: none is left out.
fn weak(findings: &[FindingRow]) -> Vec<Weak> {
    let mut by_flaw: BTreeMap<(Weight, Flaw), Vec<usize>> = BTreeMap::new();
    for (at, row) in findings.iter().enumerate() {
        by_flaw.entry((row.weight, row.flaw)).or_default().push(at);
    }
    let weak = by_flaw.into_iter();
    weak.map(|((weight, flaw), rows)| Weak { flaw, weight, rows })
        .collect()
}

/// What one person would stand.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShareRow {
    /// Who.
    pub full_name: String,
    /// Of which unit.
    pub unit: String,
    /// What.
    pub stood: Stood,
}

impl ShareRow {
    fn of(roster: &Roster, shares: &[PersonShare]) -> Vec<Self> {
        let people: HashMap<_, _> = roster.people.iter().map(|one| (one.id, one)).collect();
        let register = Register::new(&roster.units);
        let row = |share: &PersonShare| {
            let person = people.get(&share.person)?;
            Some(Self {
                full_name: person.full_name.clone(),
                unit: register.get(person.unit)?.name.clone(),
                stood: share.stood,
            })
        };
        shares.iter().filter_map(row).collect()
    }
}

/// What everybody with shifts in a period stands there, by unit and name.
#[must_use]
pub fn shares(roster: &Roster, period: &Period) -> Vec<ShareRow> {
    ShareRow::of(roster, &crate::duty::rota::shares(roster, period))
}

/// What there is to say of a rota.
///
/// # Errors
/// Those of the store.
pub fn page(book: Reader<'_>, roster: &Roster, rota: &Rota, now: Instant) -> Result<RotaPage> {
    let found = findings::of_rota(book, roster, &rota.findings, now)?;
    Ok(RotaPage {
        shifts: rota.shifts(),
        new: rota.new.len(),
        kept: rota.kept.len(),
        gone: rota.gone.len(),
        goes: goes(roster, &rota.gone),
        units: rota.units(),
        shares: ShareRow::of(roster, &rota.shares),
        left_out: rota.left_out.clone(),
        weak: weak(&found.rows),
        findings: found.rows,
        people: found.people,
    })
}

/// What a pattern that comes with the program makes of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PatternDay {
    /// Its key.
    pub key: String,
    /// The minute of the day at which its first shift begins where nobody says otherwise.
    pub change: i64,
    /// Its shifts, the earliest of the day first.
    pub slots: Vec<SlotRow>,
    /// How many hours people rest at least between two of them where nobody says otherwise.
    pub rest: u32,
}

/// A shift of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct SlotRow {
    /// The minute of the day at which it begins.
    pub start: i64,
    /// How many minutes it lasts.
    pub minutes: i64,
    /// The days on which it begins.
    pub days: Days,
}

/// What the patterns that come with the program make of a day in a period, with their first
/// shifts at the minute `change`, or as is usual.
///
/// # Errors
/// Those of the store.
pub fn patterns(book: Reader<'_>, period: &Period, change: Option<i64>) -> Result<Vec<PatternDay>> {
    let day = |key: &&str| {
        let pattern = Pattern::shipped(key, change, period.from)?;
        let slots = pattern.slots.iter().map(|slot| SlotRow {
            start: slot.start,
            minutes: slot.minutes,
            days: slot.days,
        });
        Ok(PatternDay {
            key: pattern.key.clone(),
            change: Pattern::usual_change(key, period.from)?,
            slots: slots.collect(),
            rest: u32::try_from(book.limits_of(key)?.rest / HOUR).unwrap_or_default(),
        })
    };
    PATTERNS.iter().map(day).collect()
}

/// Somebody of a unit who may rotate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RoundRow {
    /// Who.
    pub person: PersonRow,
    /// Whether they rotate where nobody says otherwise.
    pub rotates: bool,
}

/// The people of a unit in the order in which a rota takes them where nobody says otherwise.
#[must_use]
pub fn round(roster: &Roster, unit: UnitId) -> Vec<RoundRow> {
    let mut people: Vec<_> = roster
        .people
        .iter()
        .filter(|one| one.unit == unit)
        .collect();
    people.sort_by_cached_key(|person| in_round(person));
    let row = |person| RoundRow {
        person: PersonRow::of(person, None),
        rotates: rotates(person),
    };
    people.into_iter().map(row).collect()
}
