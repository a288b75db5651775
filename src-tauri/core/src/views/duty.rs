//! Who is on duty, and the hours with nobody.

use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};

use super::call::{CallOption, VainCall};
use super::names::Names;
use super::person::{Cards, PersonRef};
use super::unit::UnitRef;
use crate::clock::{Instant, check_span};
use crate::directory::unit::Unit;
use crate::duty::coverage::{Calls, Gap, OnDuty, Roster};
use crate::duty::finding::Flaw;
use crate::duty::period::Post;
use crate::duty::shift::{Shift, State};
use crate::error::Result;
use crate::id::{PeriodId, PersonId, ShiftId, UnitId};
use crate::store::Reader;

/// Who stands on a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DutyLine {
    /// Whose post.
    pub unit: UnitRef,
    /// The post.
    pub post: Post,
    /// Who; without a name where nothing is kept of whoever it was.
    pub person: PersonRef,
    /// Since when; `null` for a standing contact outside every period.
    pub from: Option<Instant>,
    /// Until when, likewise.
    pub to: Option<Instant>,
    /// Whether they answer as standing contact and not by a shift.
    pub standing: bool,
    /// Whether calls do not reach them.
    pub silent: bool,
    /// The last call to them, when it was in vain.
    pub vain: Option<VainCall>,
    /// Whom to call, the first first, where that is not just them.
    pub order: Vec<CallOption>,
}

/// A span of a post with nobody on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct GapRow {
    /// Whose post.
    pub unit: UnitRef,
    /// The post.
    pub post: Post,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// What leaves it so: nobody is named, whoever is has leave, or calls do not reach them.
    pub cause: Flaw,
}

/// A shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ShiftRow {
    /// Its identity.
    pub id: ShiftId,
    /// Whose post it is.
    pub unit: Option<UnitRef>,
    /// The post.
    pub post: Post,
    /// Who stands on it.
    pub person: Option<PersonRef>,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// Who is on duty at a moment, unit by unit as an office lists them, and post by post.
#[must_use]
pub fn on_duty(roster: &Roster, at: Instant) -> Vec<DutyLine> {
    lines(roster, &roster.on_duty(at))
}

/// These lines with the names behind their ids.
pub(super) fn lines(roster: &Roster, on_duty: &[OnDuty]) -> Vec<DutyLine> {
    let (units, cards) = (units(roster), Cards::of(roster));
    let line = |line: &OnDuty| {
        Some(DutyLine {
            unit: UnitRef::from(*units.get(&line.unit)?),
            post: line.post,
            person: cards.named(line.person),
            from: line.from,
            to: line.to,
            standing: line.standing,
            silent: false,
            vain: None,
            order: Vec::new(),
        })
    };
    on_duty.iter().filter_map(line).collect()
}

/// Until when somebody is on duty by a shift; `None` when they are not now.
#[must_use]
pub fn until(roster: &Roster, person: PersonId, at: Instant) -> Option<Instant> {
    let mut lines = roster.on_duty(at).into_iter();
    lines
        .find(|line| line.person == person && !line.standing)?
        .to
}

/// A shift in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ShiftListRow {
    /// The shift.
    pub shift: ShiftRow,
    /// What its period is called, when it lies in one.
    pub period: Option<String>,
    /// Whether it comes, runs or is over.
    pub state: State,
    /// Whether they only answer when called.
    pub standing: bool,
    /// Why it was changed when it was over, or had begun.
    pub reason: Option<String>,
}

/// The shifts as they are laid out, of one unit or period where these are given: by unit as an
/// office lists them, then by post and time.
///
/// # Errors
/// Those of the store.
pub fn shifts(
    book: Reader<'_>,
    roster: &Roster,
    unit: Option<UnitId>,
    period: Option<PeriodId>,
    now: Instant,
) -> Result<Vec<ShiftListRow>> {
    let mut shifts: Vec<&Shift> = roster.shifts.iter().collect();
    shifts.retain(|shift| {
        unit.is_none_or(|unit| shift.unit == unit)
            && period.is_none_or(|period| roster.period_of(shift) == Some(period))
    });
    let places: HashMap<UnitId, usize> = (0..)
        .zip(&roster.listed_units())
        .map(|(place, unit)| (unit.id, place))
        .collect();
    shifts.sort_by_key(|shift| (places.get(&shift.unit).copied(), shift.post, shift.from));
    let (names, cards) = (Names::read(book)?, Cards::of(roster));
    let row = |shift: &Shift| {
        let period = roster.period_of(shift);
        let mut periods = roster.periods.iter();
        let period = periods.find(|known| Some(known.id) == period);
        ShiftListRow {
            shift: ShiftRow {
                id: shift.id,
                unit: names.unit(shift.unit),
                post: shift.post,
                person: Some(cards.named(shift.person)),
                from: shift.from,
                to: shift.to,
            },
            period: period.map(|period| period.name.clone()),
            state: shift.state(now),
            standing: shift.standing,
            reason: shift.reason.as_deref().map(str::to_owned),
        }
    };
    Ok(shifts.into_iter().map(row).collect())
}

/// The hours with nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Gaps {
    /// By the unit's code, the post's name and time.
    pub rows: Vec<GapRow>,
    /// Whether there is any period.
    pub has_periods: bool,
    /// Whether any post is asked of anybody in that time: without one no gap is no comfort.
    pub is_asked: bool,
}

/// The hours with nobody, from and to a moment and of one period where these are given.
///
/// # Errors
/// [`crate::Code::SpanBackwards`].
pub fn gaps(
    roster: &Roster,
    (from, to): (Option<Instant>, Option<Instant>),
    only: Option<PeriodId>,
    now: Instant,
) -> Result<Gaps> {
    if let (Some(from), Some(to)) = (from, to) {
        check_span(from, to)?;
    }
    let span = span(from, to);
    let is_asked = roster.asks_anybody(only, span);
    Ok(Gaps {
        rows: gap_rows(roster, &roster.gaps(Some(span), only, now)),
        has_periods: !roster.periods.is_empty(),
        is_asked,
    })
}

/// At how many units somebody is on a post from and to a moment who has no number, or does not
/// answer: that no hour is empty is not all there is to say.
#[must_use]
pub fn out_of_reach(
    roster: &Roster,
    (from, to): (Option<Instant>, Option<Instant>),
    only: Option<PeriodId>,
    now: Instant,
) -> usize {
    let (from, to) = span(from, to);
    let mut found = roster.conflicts(only, now);
    found.retain(|one| one.flaw == Flaw::Unreachable && one.from < to && from < one.to);
    let units: HashSet<UnitId> = found.iter().map(|one| one.unit).collect();
    units.len()
}

/// From and to a moment, or for ever.
fn span(from: Option<Instant>, to: Option<Instant>) -> (Instant, Instant) {
    (
        from.unwrap_or(Instant::from_millis(i64::MIN)),
        to.unwrap_or(Instant::from_millis(i64::MAX)),
    )
}

/// Every post at a moment: who stands on it, and which are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DutyThen {
    /// Who is on duty, unit by unit as an office lists them, and post by post.
    pub lines: Vec<DutyLine>,
    /// The hours with nobody that the moment lies in, each whole; not those with somebody whom
    /// calls do not reach.
    pub holes: Vec<GapRow>,
}

/// Every post at a moment.
#[must_use]
pub fn then(roster: &Roster, at: Instant) -> DutyThen {
    let on_duty = roster.on_duty(at);
    of(roster, &on_duty, &roster.calls(&on_duty, at), at)
}

/// [`then`], where it is known already who is on duty and whom to call.
pub(super) fn of(roster: &Roster, on_duty: &[OnDuty], calls: &Calls<'_>, at: Instant) -> DutyThen {
    let (mut lines, mut holes) = (lines(roster, on_duty), holes(roster, at));
    let posts = |rows: &[GapRow]| -> HashSet<(UnitId, Post)> {
        let silent = rows.iter().filter(|gap| gap.cause == Flaw::Unreachable);
        silent.map(|gap| (gap.unit.id, gap.post)).collect()
    };
    let (silent, units) = (posts(&holes), units(roster));
    for line in &mut lines {
        line.vain = calls.vain(line.person.id).map(VainCall::from);
        line.silent = silent.contains(&(line.unit.id, line.post));
        if let Some(unit) = units.get(&line.unit.id)
            && (line.silent || line.vain.is_some())
        {
            line.order = CallOption::all(&calls.order(unit, &[]));
        }
    }
    holes.retain(|gap| gap.cause != Flaw::Unreachable);
    DutyThen { lines, holes }
}

/// The hours with nobody that a moment lies in, each whole.
#[must_use]
pub fn holes(roster: &Roster, at: Instant) -> Vec<GapRow> {
    gap_rows(roster, &roster.holes_at(at))
}

/// The units of which a post is empty at a moment. Outside every period nobody must be there; that
/// nobody could be is told all the same.
pub(super) fn uncovered(roster: &Roster, on_duty: &[OnDuty], at: Instant) -> HashSet<UnitId> {
    let gaps = roster.holes_at(at).into_iter().filter(Gap::is_empty);
    let mut empty: HashSet<UnitId> = gaps.map(|gap| gap.unit).collect();
    if !roster.periods.iter().any(|period| period.contains(at)) {
        let there: HashSet<UnitId> = on_duty.iter().map(|line| line.unit).collect();
        let units = roster.units.iter().map(|unit| unit.id);
        empty.extend(units.filter(|unit| !there.contains(unit)));
    }
    empty
}

fn gap_rows(roster: &Roster, gaps: &[Gap]) -> Vec<GapRow> {
    let units = units(roster);
    let row = |gap: &Gap| {
        Some(GapRow {
            unit: UnitRef::from(*units.get(&gap.unit)?),
            post: gap.post,
            from: gap.from,
            to: gap.to,
            cause: gap.cause,
        })
    };
    gaps.iter().filter_map(row).collect()
}

pub(super) fn units(roster: &Roster) -> HashMap<UnitId, &Unit> {
    roster.all_units().map(|unit| (unit.id, unit)).collect()
}
