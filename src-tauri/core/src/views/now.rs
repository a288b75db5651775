//! The room *Now*: what is to be done first, who is on duty, where nobody is, what comes, what is
//! open, what was written.

mod first;

pub use first::{First, FirstRow, UndecidedRow, Urgent};

use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};

use super::call::{CallOption, VainCall};
use super::duty::{self, DutyLine};
use super::incident::{self, IncidentRow};
use super::log::{self, LineRow};
use super::names::Names;
use super::notice::{self, NoticeRow};
use super::periodic::{self, ReportRow};
use super::person::{Cards, PersonRef};
use super::submission::{self, OwedNow};
use super::unit::UnitRef;
use crate::clock::{HOUR, Instant};
use crate::directory::unit::{Group, Unit};
use crate::duty::coverage::Roster;
use crate::duty::finding::Flaw;
use crate::duty::period::{self, Post};
use crate::error::Result;
use crate::id::{HandoverId, PersonId, UnitId};
use crate::store::Reader;

/// How far ahead the room looks.
const AHEAD: i64 = 12 * HOUR;
/// How many of the coming holes, and of the coming changes, are told one by one.
const AHEAD_SHOWN: usize = 40;
/// How many of the newest lines are told.
const LINES: usize = 12;

/// What stands in the room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct NowPage {
    /// Units that must have somebody on duty now.
    pub asked: usize,
    /// Those that have, and whom calls reach.
    pub covered: usize,
    /// Those that have, but whom calls do not reach.
    pub silent: usize,
    /// What is to be done first.
    pub first: First,
    /// Units with a post that nobody stands on, or whom calls do not reach: each post of theirs.
    pub uncovered: Vec<DutyRow>,
    /// Who is on duty in the other units, group by group.
    pub groups: Vec<DutyGroup>,
    /// What comes within twelve hours: holes that begin, then who takes over, each earliest first;
    /// so many of each as a page may show.
    pub soon: Vec<Soon>,
    /// How much comes within twelve hours, shown or not.
    pub soon_count: usize,
    /// Whom to tell of incidents and is not told yet, the most urgent first.
    pub notices: Vec<NoticeRow>,
    /// Reports of every year that are due within two weeks, or were due.
    pub reports: Vec<ReportRow>,
    /// The handover that waits to be confirmed.
    pub handover: Option<(HandoverId, String, String)>,
    /// What units owe for the period that runs or comes; `null` when all have sent.
    pub owed: Option<OwedNow>,
    /// Open incidents: the worst first, of equals the newest; those that nobody has assessed last.
    pub incidents: Vec<IncidentRow>,
    /// The newest lines, newest first.
    pub lines: Vec<LineRow>,
}

/// The units of a group.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DutyGroup {
    /// The group.
    pub group: Group,
    /// Its units that must have somebody on duty now.
    pub asked: usize,
    /// Those that have, and whom calls reach.
    pub covered: usize,
    /// Those that have, but whom calls do not reach.
    pub silent: usize,
    /// Posts and who stands on them, unit by unit: of units that are covered.
    pub rows: Vec<DutyRow>,
}

/// A post now.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DutyRow {
    /// Whose post.
    pub unit: UnitRef,
    /// The post.
    pub post: Post,
    /// Who stands on it; `null` when nobody does.
    pub person: Option<PersonRef>,
    /// Until when; `null` outside every period.
    pub to: Option<Instant>,
    /// Whether they answer as standing contact and not by a shift.
    pub standing: bool,
    /// Why nobody stands on it, when nobody does.
    pub hole: Option<Hole>,
    /// Whether somebody stands on it whom calls do not reach.
    pub silent: bool,
    /// The last call to whoever stands on it, when it was in vain.
    pub vain: Option<VainCall>,
    /// Whom to call, the first first, where that is not just whoever stands on it.
    pub order: Vec<CallOption>,
}

/// A post with nobody on it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Hole {
    /// Since when; `null` when nobody was ever named.
    pub from: Option<Instant>,
    /// Until when, likewise.
    pub to: Option<Instant>,
    /// What leaves it so: nobody is named, or whoever is has leave.
    pub cause: Flaw,
    /// Whether the unit still owes its contact points.
    pub waiting: bool,
}

/// Something that comes.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Soon {
    /// Whose post.
    pub unit: UnitRef,
    /// The post.
    pub post: Post,
    /// When.
    pub at: Instant,
    /// Until when nobody is there; `null` when somebody takes over.
    pub hole_to: Option<Instant>,
    /// Who takes over.
    pub person: Option<PersonRef>,
}

/// What stands in the room.
///
/// # Errors
/// Those of the store.
pub fn page(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<NowPage> {
    let names = Names::read(book)?;
    let (uncovered, groups) = duty(roster, now, &waiting(book, roster, now)?);
    let (soon, soon_count) = soon(roster, now)?;
    let mut lines = log::lines(book, None, Some(LINES))?;
    lines.reverse();
    let notices = notice::rows(book, roster, &names, now, |notice| notice.is_open(now))?;
    let owed = submission::owed_now(book, &roster.units, &roster.periods, now)?;
    let incidents = incident::open(book, &names)?;
    let undecided = undecided(book, &incidents)?;
    Ok(NowPage {
        asked: groups.iter().map(|group| group.asked).sum(),
        covered: groups.iter().map(|group| group.covered).sum(),
        silent: groups.iter().map(|group| group.silent).sum(),
        first: First::of(
            &notices,
            (&incidents, &undecided),
            &uncovered,
            owed.as_ref(),
            now,
        ),
        uncovered,
        groups,
        soon,
        soon_count,
        notices,
        reports: periodic::list(book, true, now)?,
        handover: waiting_handover(book, &names)?,
        owed,
        incidents,
        lines,
    })
}

/// The open incidents that were answered for as serious ones, and of which nobody has decided.
fn undecided(book: Reader<'_>, open: &[IncidentRow]) -> Result<Vec<UndecidedRow>> {
    let rules = book.rules()?;
    let mut undecided = Vec::new();
    for row in open {
        if let Some(incident) = book.incident(row.id)?
            && let Some(since) = book.undecided_since(&rules, &incident)?
        {
            let incident = row.clone();
            undecided.push(UndecidedRow { incident, since });
        }
    }
    Ok(undecided)
}

/// The units that still owe their contact points for a period that runs.
fn waiting(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<HashSet<UnitId>> {
    let mut waiting = HashSet::new();
    for period in roster.periods.iter().filter(|period| period.contains(now)) {
        let owed = book.owed(period)?.into_iter();
        let owing = owed.filter(|owed| !owed.state.is_settled());
        waiting.extend(owing.map(|owed| owed.unit));
    }
    Ok(waiting)
}

/// The newest handover while nobody has confirmed it: from whom, to whom.
fn waiting_handover(
    book: Reader<'_>,
    names: &Names,
) -> Result<Option<(HandoverId, String, String)>> {
    let newest = book.handovers()?.pop();
    let waiting = newest.filter(|handover| handover.received_at.is_none());
    Ok(waiting.map(|handover| {
        let giver = names.operator(handover.giver).to_owned();
        (handover.id, giver, handover.whom)
    }))
}

/// Every unit's posts now, its holes among them: of units that are not covered, then of the others.
fn duty(
    roster: &Roster,
    now: Instant,
    waiting: &HashSet<UnitId>,
) -> (Vec<DutyRow>, Vec<DutyGroup>) {
    let on_duty = roster.on_duty(now);
    let calls = roster.calls(&on_duty, now);
    let mut posts: HashMap<UnitId, Vec<DutyRow>> = HashMap::new();
    let then = duty::of(roster, &on_duty, &calls, now);
    for line in then.lines {
        let rows = posts.entry(line.unit.id).or_default();
        rows.push(DutyRow::from(line));
    }
    for gap in then.holes {
        let rows = posts.entry(gap.unit.id).or_default();
        let hole = Hole {
            from: Some(gap.from),
            to: Some(gap.to),
            cause: gap.cause,
            waiting: waiting.contains(&gap.unit.id),
        };
        rows.push(DutyRow::empty(gap.unit, gap.post, hole));
    }
    let running = || roster.periods.iter().filter(|period| period.contains(now));
    let is_inside = running().next().is_some();
    let is_asked = |unit: &Unit| period::is_asked(&roster.periods, unit, now);
    let (mut uncovered, mut groups): (Vec<DutyRow>, Vec<DutyGroup>) = Default::default();
    for unit in &roster.units {
        if is_inside && !is_asked(unit) {
            continue;
        }
        let mut rows = posts.remove(&unit.id).unwrap_or_default();
        if rows.is_empty() {
            // Outside every period nobody must be there; that nobody could be is told all the same.
            let hole = Hole {
                from: None,
                to: None,
                cause: Flaw::Gap,
                waiting: waiting.contains(&unit.id),
            };
            rows.push(DutyRow::empty(UnitRef::from(unit), Post::Main, hole));
        }
        rows.sort_by_key(|row| row.post);
        let people = rows.iter().filter_map(|row| row.person.as_ref());
        let there: Vec<PersonId> = people.map(|person| person.id).collect();
        // Who is there already is of no help where somebody else is missing.
        for row in rows.iter_mut().filter(|row| row.hole.is_some()) {
            row.order = CallOption::all(&calls.order(unit, &there));
        }
        if groups.last().is_none_or(|last| last.group != unit.group) {
            groups.push(DutyGroup {
                group: unit.group,
                asked: 0,
                covered: 0,
                silent: 0,
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.asked += 1;
            let is_held = rows.iter().all(|row| row.hole.is_none());
            let is_silent = rows.iter().any(|row| row.silent);
            group.covered += usize::from(is_held && !is_silent);
            group.silent += usize::from(is_held && is_silent);
            match is_held && !is_silent {
                true => group.rows.append(&mut rows),
                false => uncovered.append(&mut rows),
            }
        }
    }
    (uncovered, groups)
}

impl From<DutyLine> for DutyRow {
    fn from(line: DutyLine) -> Self {
        Self {
            unit: line.unit,
            post: line.post,
            person: Some(line.person),
            to: line.to,
            standing: line.standing,
            hole: None,
            silent: line.silent,
            vain: line.vain,
            order: line.order,
        }
    }
}

impl DutyRow {
    const fn empty(unit: UnitRef, post: Post, hole: Hole) -> Self {
        Self {
            unit,
            post,
            person: None,
            to: hole.to,
            standing: false,
            hole: Some(hole),
            silent: false,
            vain: None,
            order: Vec::new(),
        }
    }
}

/// Holes that begin and shifts that change within the hours ahead, and how many they are.
fn soon(roster: &Roster, now: Instant) -> Result<(Vec<Soon>, usize)> {
    let until = now.plus(AHEAD);
    let (units, cards) = (duty::units(roster), Cards::of(roster));
    // A hole is told with its own end, not that of the hours ahead.
    let begin = duty::gaps(roster, (Some(now), None), None, now)?;
    let mut soon: Vec<Soon> = begin
        .rows
        .into_iter()
        .filter(|gap| now < gap.from && gap.from < until)
        .filter(|gap| gap.cause != Flaw::Unreachable)
        .map(|gap| Soon {
            unit: gap.unit,
            post: gap.post,
            at: gap.from,
            hole_to: Some(gap.to),
            person: None,
        })
        .collect();
    soon.sort_by_key(|soon| soon.at);
    let changes = roster.changes(now, until);
    let count = soon.len() + changes.len();
    soon.truncate(AHEAD_SHOWN);
    let changes = changes.into_iter().take(AHEAD_SHOWN);
    soon.extend(changes.filter_map(|change| {
        Some(Soon {
            unit: UnitRef::from(*units.get(&change.unit)?),
            post: change.post,
            at: change.at,
            hole_to: None,
            person: Some(cards.named(change.person)),
        })
    }));
    Ok((soon, count))
}
