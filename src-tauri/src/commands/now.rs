//! The room *Now*: who is on duty, where nobody is, what comes, what is open, what was written.

use serde::Serialize;
use sotruc_core::clock::{HOUR, Instant};
use sotruc_core::directory::person::{Person, Role};
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::coverage::{Gap, Roster};
use sotruc_core::duty::period::{self, Post};
use sotruc_core::id::{HandoverId, UnitId};
use sotruc_core::incident::Severity;
use sotruc_core::submission::{State, Sums};
use sotruc_core::{Reader, Result};
use specta::Type;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::Shared;
use super::notice::{NoticeRow, notice_rows};
use super::view::{IncidentRow, LineRow, Names, PeriodCard, PersonRef, UnitRef};
use crate::ipc_error::Answer;

/// How far ahead the room looks.
const AHEAD: i64 = 12 * HOUR;
/// How many of the coming changes are told.
const CHANGES: usize = 40;
/// How many of the newest lines are told.
const LINES: usize = 12;

/// What stands in the room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct NowPage {
    /// Units that must have somebody on duty now.
    pub asked: usize,
    /// Those that have.
    pub covered: usize,
    /// Who is on duty, group by group.
    pub groups: Vec<DutyGroup>,
    /// What comes within twelve hours, earliest first.
    pub soon: Vec<Soon>,
    /// Whom to tell of incidents and is not told yet, the most urgent first.
    pub notices: Vec<NoticeRow>,
    /// The handover that waits to be confirmed.
    pub handover: Option<(HandoverId, String, String)>,
    /// What units owe for the period that runs or comes; `null` when all have sent.
    pub owed: Option<OwedNow>,
    /// Open incidents, the worst first.
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
    /// Those that have.
    pub covered: usize,
    /// Posts and who stands on them, unit by unit.
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
}

/// A post with nobody on it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Hole {
    /// Since when; `null` when nobody was ever named.
    pub from: Option<Instant>,
    /// Until when, likewise.
    pub to: Option<Instant>,
    /// Whom to call all the same.
    pub call: Option<PersonRef>,
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

/// What stands in the room.
#[tauri::command]
#[specta::specta]
pub async fn now(app_state: Shared<'_>) -> Answer<NowPage> {
    app_state.duty(page).await
}

pub(super) fn page(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<NowPage> {
    let names = Names::read(book)?;
    let mut waiting = HashSet::new();
    for period in roster.periods.iter().filter(|period| period.contains(now)) {
        let known: HashMap<UnitId, State> = book
            .submissions(period.id)?
            .into_iter()
            .map(|submission| (submission.unit, submission.state))
            .collect();
        let owes = |unit: &UnitId| !known.get(unit).is_some_and(|state| state.is_settled());
        waiting.extend(roster.units.iter().map(|unit| unit.id).filter(owes));
    }
    let groups = duty(roster, now, &waiting);
    let mut incidents: Vec<_> = book.incidents()?;
    incidents.retain(|incident| incident.status.is_open());
    incidents.sort_by_key(|incident| {
        let worst = incident
            .severity
            .map_or(0, |severity: Severity| severity as usize + 1);
        (
            std::cmp::Reverse(worst),
            std::cmp::Reverse(incident.detected_at),
        )
    });
    let mut lines: Vec<LineRow> = book
        .last_entries(LINES)?
        .iter()
        .map(|entry| names.line(entry))
        .collect();
    lines.reverse();
    Ok(NowPage {
        asked: groups.iter().map(|group| group.asked).sum(),
        covered: groups.iter().map(|group| group.covered).sum(),
        groups,
        soon: soon(roster, now),
        notices: notice_rows(book, roster, &names, now, |notice| notice.is_open(now))?,
        handover: waiting_handover(book, &names)?,
        owed: owed(book, roster, now)?,
        incidents: incidents
            .iter()
            .map(|incident| IncidentRow::of(incident, &names))
            .collect(),
        lines,
    })
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

/// What is still owed, group by group.
fn owed(book: Reader<'_>, roster: &Roster, now: Instant) -> Result<Option<OwedNow>> {
    let Some(period) = period::coming(&roster.periods, now) else {
        return Ok(None);
    };
    let owed = book.owed(period)?;
    let all = Sums::of(&owed, now);
    if all.sent == all.asked {
        return Ok(None);
    }
    let group_of: HashMap<UnitId, Group> = roster
        .units
        .iter()
        .map(|unit| (unit.id, unit.group))
        .collect();
    let mut groups: BTreeMap<Group, Sums> = BTreeMap::new();
    for one in &owed {
        if let Some(group) = group_of.get(&one.submission.unit) {
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

/// Every unit's posts now, its holes among them.
fn duty(roster: &Roster, now: Instant, waiting: &HashSet<UnitId>) -> Vec<DutyGroup> {
    let people: HashMap<_, _> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let mut of_unit: HashMap<UnitId, Vec<&Person>> = HashMap::new();
    for person in &roster.people {
        of_unit.entry(person.unit).or_default().push(person);
    }
    let mut lines: HashMap<UnitId, Vec<DutyRow>> = HashMap::new();
    let units: HashMap<_, _> = roster.units.iter().map(|unit| (unit.id, unit)).collect();
    for line in roster.on_duty(now) {
        let (Some(unit), Some(person)) = (units.get(&line.unit), people.get(&line.person)) else {
            continue;
        };
        lines.entry(line.unit).or_default().push(DutyRow {
            unit: UnitRef::from(*unit),
            post: line.post,
            person: Some(PersonRef::from(*person)),
            to: line.to,
            standing: line.standing,
            hole: None,
        });
    }
    let nobody = |unit: UnitId, on_it: &[DutyRow]| -> Option<PersonRef> {
        let mut others: Vec<&&Person> = of_unit
            .get(&unit)
            .into_iter()
            .flatten()
            .filter(|person| person.number().is_some())
            .filter(|person| {
                !on_it
                    .iter()
                    .any(|row| row.person.as_ref().is_some_and(|on| on.id == person.id))
            })
            .collect();
        others.sort_by_key(|person| match person.role {
            Some(Role::Main) => 0,
            Some(Role::Backup) => 1,
            None | Some(Role::Technical) => 2,
            Some(Role::Leader) => 3,
        });
        others.first().map(|person| PersonRef::from(**person))
    };
    for gap in roster.holes_at(now) {
        let Some(unit) = units.get(&gap.unit) else {
            continue;
        };
        let rows = lines.entry(gap.unit).or_default();
        let call = nobody(gap.unit, rows);
        let hole = hole_row(
            UnitRef::from(*unit),
            &gap,
            call,
            waiting.contains(&gap.unit),
        );
        rows.push(hole);
    }
    let asked = |unit: &sotruc_core::directory::unit::Unit| {
        let mut inside = roster.periods.iter().filter(|period| period.contains(now));
        inside.any(|period| period.asks_at(unit, now))
    };
    let mut groups: Vec<DutyGroup> = Vec::new();
    for unit in &roster.units {
        let asked = asked(unit);
        let mut rows = lines.remove(&unit.id).unwrap_or_default();
        if rows.is_empty() {
            // Outside every period nobody must be there; that nobody could be is told all the same.
            rows.push(DutyRow {
                unit: UnitRef::from(unit),
                post: Post::Main,
                person: None,
                to: None,
                standing: false,
                hole: Some(Hole {
                    from: None,
                    to: None,
                    call: nobody(unit.id, &[]),
                    waiting: waiting.contains(&unit.id),
                }),
            });
        }
        rows.sort_by_key(|row| row.post);
        let covered = rows.iter().all(|row| row.hole.is_none());
        if groups.last().is_none_or(|last| last.group != unit.group) {
            groups.push(DutyGroup {
                group: unit.group,
                asked: 0,
                covered: 0,
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            let inside = roster.periods.iter().any(|period| period.contains(now));
            if asked || !inside {
                group.asked += 1;
                group.covered += usize::from(covered);
                group.rows.append(&mut rows);
            }
        }
    }
    groups.retain(|group| !group.rows.is_empty());
    groups
}

fn hole_row(unit: UnitRef, gap: &Gap, call: Option<PersonRef>, waiting: bool) -> DutyRow {
    DutyRow {
        unit,
        post: gap.post,
        person: None,
        to: Some(gap.to),
        standing: false,
        hole: Some(Hole {
            from: Some(gap.from),
            to: Some(gap.to),
            call,
            waiting,
        }),
    }
}

/// Holes that begin and shifts that change within the hours ahead.
fn soon(roster: &Roster, now: Instant) -> Vec<Soon> {
    let until = now.plus(AHEAD);
    let units: HashMap<_, _> = roster.units.iter().map(|unit| (unit.id, unit)).collect();
    let people: HashMap<_, _> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let gaps = roster.gaps(Some((now, until)), None, now);
    let mut soon: Vec<Soon> = gaps
        .into_iter()
        .filter(|gap| gap.from > now)
        .filter_map(|gap| {
            Some(Soon {
                unit: UnitRef::from(*units.get(&gap.unit)?),
                post: gap.post,
                at: gap.from,
                hole_to: Some(gap.to),
                person: None,
            })
        })
        .collect();
    soon.sort_by_key(|soon| soon.at);
    let changes = roster.changes(now, until).into_iter().take(CHANGES);
    soon.extend(changes.filter_map(|change| {
        Some(Soon {
            unit: UnitRef::from(*units.get(&change.unit)?),
            post: change.post,
            at: change.at,
            hole_to: None,
            person: Some(PersonRef::from(*people.get(&change.person)?)),
        })
    }));
    soon
}
