//! The room *Roster*: shifts and holes by unit and day; shifts laid out by hand; periods.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::{DAY, Instant};
use sotruc_core::directory::person::Person;
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::coverage::{Remedy, Roster, standing};
use sotruc_core::duty::finding::{Acceptance, Detail, Finding, Flaw, Share};
use sotruc_core::duty::period::{self, Need, Period, Post};
use sotruc_core::duty::shift::Shift;
use sotruc_core::id::{PeriodId, PersonId, ShiftId, UnitId};
use sotruc_core::{NewPeriod, NewShift};
use specta::Type;
use std::collections::HashMap;

use super::Shared;
use super::view::{PeriodCard, PersonRef, UnitRef, period_at};
use crate::ipc_error::Answer;

/// The roster of some days.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RosterPage {
    /// All periods, earliest first.
    pub periods: Vec<PeriodCard>,
    /// The period that is shown.
    pub period: Option<PeriodCard>,
    /// The first moment shown: a midnight.
    pub from: Instant,
    /// The first moment not shown.
    pub to: Instant,
    /// The units that must hold posts, or have shifts in these days.
    pub rows: Vec<RosterRow>,
    /// Whoever is named in them; they are named by their place here.
    pub people: Vec<PersonRef>,
    /// What to look at in the whole period.
    pub findings: Vec<FindingRow>,
    /// Of every day of the period: how many hours nobody is there, over all posts.
    pub days: Vec<DayCover>,
}

/// A unit's days.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RosterRow {
    /// The unit.
    pub unit: UnitRef,
    /// Its shifts in these days.
    pub shifts: Vec<Bar>,
    /// Its holes in these days.
    pub holes: Vec<HoleSpan>,
    /// Who answers where no shifts are laid out.
    pub standing: Option<usize>,
}

/// A shift in a row.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Bar {
    /// Its identity.
    pub id: ShiftId,
    /// The post.
    pub post: Post,
    /// Who.
    pub who: usize,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// Whether they only answer when called.
    pub standing: bool,
    /// Whether a pattern laid it out.
    pub laid: bool,
    /// Why it was changed when it was over, or had begun.
    pub reason: Option<String>,
}

/// A span with nobody on a post.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HoleSpan {
    /// The post.
    pub post: Post,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// Something to look at.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FindingRow {
    /// Its identity.
    pub id: String,
    /// What is wrong.
    pub flaw: Flaw,
    /// Whose post.
    pub unit: UnitRef,
    /// The post.
    pub post: Post,
    /// Who, when it is about somebody.
    pub who: Option<usize>,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The shift it leads to.
    pub shift: Option<ShiftId>,
    /// The unit of the other shift.
    pub other: Option<String>,
    /// How long, in milliseconds.
    pub lasts: Option<i64>,
    /// Of what somebody has more than their share.
    pub share: Option<Share>,
    /// How many they have, and who has least.
    pub counts: Option<(usize, usize)>,
    /// Why it was left so, when somebody accepted it.
    pub accepted: Option<String>,
    /// Who is free to fill a gap.
    pub free: Vec<usize>,
    /// The shift that could last until a gap is over, and who stands on it.
    pub extend: Option<(ShiftId, usize)>,
}

/// People as a page names them: each once, by place.
#[derive(Debug, Default)]
pub struct Cast {
    places: HashMap<PersonId, usize>,
    /// In the order of their places.
    pub people: Vec<PersonRef>,
}

impl Cast {
    fn place(&mut self, id: PersonId, make: impl FnOnce() -> PersonRef) -> usize {
        *self.places.entry(id).or_insert_with(|| {
            self.people.push(make());
            self.people.len() - 1
        })
    }
}

/// Findings as a page shows them.
pub fn finding_rows(
    roster: &Roster,
    findings: &[Finding],
    accepted: &[Acceptance],
    cast: &mut Cast,
) -> Vec<FindingRow> {
    let units: HashMap<UnitId, &Unit> = roster.units.iter().map(|unit| (unit.id, unit)).collect();
    let people: HashMap<PersonId, &Person> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let shifts: HashMap<ShiftId, &Shift> = roster
        .shifts
        .iter()
        .map(|shift| (shift.id, shift))
        .collect();
    let accepted: HashMap<_, &str> = accepted
        .iter()
        .map(|one| (one.id, one.reason.as_str()))
        .collect();
    let remedies = roster.remedies();
    let mut place = |id: PersonId| {
        let left = roster.left.get(&id).map(|left| &left.card);
        let person = people.get(&id).copied().or(left);
        cast.place(id, || {
            person.map_or_else(|| PersonRef::nameless(id), PersonRef::from)
        })
    };
    let row = |finding: &Finding| {
        let unit = units.get(&finding.unit)?;
        let id = finding.id();
        let (mut other, mut lasts, mut share, mut counts) = (None, None, None, None);
        match finding.detail {
            Detail::None => {}
            Detail::Other(id) => {
                let shift = shifts.get(&id);
                let unit = shift.and_then(|shift| units.get(&shift.unit));
                other = unit.map(|unit| unit.name.clone());
            }
            Detail::Lasts(millis) => lasts = Some(millis),
            Detail::Share { of, most, least } => (share, counts) = (Some(of), Some((most, least))),
        }
        let accepted = accepted.get(&id).map(|reason| (*reason).to_owned());
        let remedy = match finding.flaw {
            Flaw::Gap if accepted.is_none() => remedies.of(finding),
            _ => Remedy::default(),
        };
        let extend = remedy
            .extend
            .and_then(|id| Some((id, shifts.get(&id)?.person)));
        Some(FindingRow {
            id: id.to_string(),
            flaw: finding.flaw,
            unit: UnitRef::from(*unit),
            post: finding.post,
            who: finding.person.map(&mut place),
            from: finding.from,
            to: finding.to,
            shift: finding.shift,
            other,
            lasts,
            share,
            counts,
            accepted,
            free: remedy.free.into_iter().map(&mut place).collect(),
            extend: extend.map(|(id, person)| (id, place(person))),
        })
    };
    findings.iter().filter_map(row).collect()
}

/// How well a day is covered.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DayCover {
    /// Its midnight.
    pub day: Instant,
    /// Milliseconds with nobody, over all posts.
    pub uncovered: i64,
}

/// A shift as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct ShiftForm {
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who.
    pub person: PersonId,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// A period as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct PeriodForm {
    /// Which; `null` for a new one.
    pub id: Option<PeriodId>,
    /// What people call it.
    pub name: String,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The posts every unit must hold.
    pub posts: Vec<Post>,
    /// The groups it asks; `null` asks every unit.
    pub groups: Option<Vec<Group>>,
    /// By when units send their contact points; `null` is its first moment.
    pub due_at: Option<Instant>,
    /// The letter that asks for it.
    pub letter: String,
    /// Where more, less or other posts are asked.
    pub needs: Vec<Need>,
    /// For how many minutes two may stand on a post at a change; `null` is usual.
    pub overlap: Option<u32>,
}

/// The roster of `days` days from the midnight before `from` on: of a period, or of the one that
/// matters now.
#[tauri::command]
#[specta::specta]
pub async fn roster(
    app_state: Shared<'_>,
    period: Option<PeriodId>,
    from: Option<Instant>,
    days: u32,
) -> Answer<RosterPage> {
    app_state
        .duty(move |book, roster, now| {
            Ok(page(roster, &book.acceptances()?, now, period, from, days))
        })
        .await
}

fn page(
    roster: &Roster,
    accepted: &[Acceptance],
    now: Instant,
    period: Option<PeriodId>,
    from: Option<Instant>,
    days: u32,
) -> RosterPage {
    let period = match period {
        Some(id) => roster.periods.iter().find(|period| period.id == id),
        None => period_at(&roster.periods, now),
    };
    let start = from.unwrap_or_else(|| match period {
        Some(period) if !period.contains(now) => period.from,
        _ => now.plus(-DAY),
    });
    let from = start.midnight();
    let to = from.plus(i64::from(days) * DAY);
    let mut cast = Cast::default();
    let findings = match period {
        Some(period) => roster.findings(Some(period.id), now),
        None => Vec::new(),
    };
    let mut of_unit: HashMap<UnitId, Vec<&Person>> = HashMap::new();
    for person in &roster.people {
        of_unit.entry(person.unit).or_default().push(person);
    }
    let mut bars = bars(roster, (from, to), &mut cast);
    let mut holes: HashMap<UnitId, Vec<HoleSpan>> = HashMap::new();
    let is_gap = |finding: &&Finding| finding.flaw == Flaw::Gap;
    for gap in findings.iter().filter(is_gap) {
        if gap.from < to && from < gap.to {
            holes.entry(gap.unit).or_default().push(HoleSpan {
                post: gap.post,
                from: gap.from,
                to: gap.to,
            });
        }
    }
    let mut days = Vec::new();
    if let Some(period) = period {
        let mut day = period.from.midnight();
        while day < period.to {
            let end = day.plus(DAY);
            let uncovered = findings
                .iter()
                .filter(is_gap)
                .map(|gap| (gap.to.min(end).millis() - gap.from.max(day).millis()).max(0))
                .sum();
            days.push(DayCover { day, uncovered });
            day = end;
        }
    }
    let mut rows = Vec::new();
    for unit in &roster.units {
        let shifts = bars.remove(&unit.id).unwrap_or_default();
        if shifts.is_empty() && !period.is_some_and(|period| period.asks(unit)) {
            continue;
        }
        let people = of_unit.get(&unit.id).map_or(&[][..], Vec::as_slice);
        let standing = standing(people, Post::Main);
        rows.push(RosterRow {
            unit: unit.into(),
            standing: standing.map(|person| cast.place(person.id, || person.into())),
            shifts,
            holes: holes.remove(&unit.id).unwrap_or_default(),
        });
    }
    let findings = finding_rows(roster, &findings, accepted, &mut cast);
    RosterPage {
        periods: roster.periods.iter().map(PeriodCard::from).collect(),
        period: period.map(PeriodCard::from),
        from,
        to,
        rows,
        people: cast.people,
        findings,
        days,
    }
}

/// The shifts that reach into a span, by unit.
fn bars(
    roster: &Roster,
    (from, to): (Instant, Instant),
    cast: &mut Cast,
) -> HashMap<UnitId, Vec<Bar>> {
    let people: HashMap<PersonId, &Person> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let laid_out = roster.laid_out();
    let mut bars: HashMap<UnitId, Vec<Bar>> = HashMap::new();
    for shift in &roster.shifts {
        let Some((begin, end)) = laid_out.held(shift) else {
            continue;
        };
        if begin >= to || end <= from {
            continue;
        }
        let left = roster.left.get(&shift.person).map(|left| &left.card);
        let person = people.get(&shift.person).copied().or(left);
        let who = cast.place(shift.person, || {
            person.map_or_else(|| PersonRef::nameless(shift.person), PersonRef::from)
        });
        bars.entry(shift.unit).or_default().push(Bar {
            id: shift.id,
            post: shift.post,
            who,
            from: begin,
            to: end,
            standing: shift.standing,
            laid: shift.pattern.is_some(),
            reason: shift.reason.as_deref().map(str::to_owned),
        });
    }
    bars
}

/// Puts a person on a post; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn assign(
    app_state: Shared<'_>,
    form: ShiftForm,
    reason: Option<String>,
) -> Answer<ShiftId> {
    app_state
        .write(move |write| {
            let new = NewShift {
                unit: form.unit,
                post: form.post,
                person: form.person,
                from: form.from,
                to: form.to,
            };
            Ok(write.add_shift(new, reason.as_deref())?.id)
        })
        .await
}

/// Changes a shift; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn set_shift(
    app_state: Shared<'_>,
    id: ShiftId,
    form: ShiftForm,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            let known = write.shift(&id.to_string())?;
            let shift = Shift {
                unit: form.unit,
                post: form.post,
                person: form.person,
                from: form.from,
                to: form.to,
                ..known
            };
            write.set_shift(&shift, reason.as_deref())?;
            Ok(())
        })
        .await
}

/// Takes a shift off the roster, or ends it now when it has begun; one that is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn cancel_shift(
    app_state: Shared<'_>,
    id: ShiftId,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            write.cancel_shift(&id.to_string(), reason.as_deref())?;
            Ok(())
        })
        .await
}

/// Makes two shifts of one.
#[tauri::command]
#[specta::specta]
pub async fn split_shift(app_state: Shared<'_>, id: ShiftId, at: Instant) -> Answer<()> {
    app_state
        .write(move |write| {
            write.split_shift(&id.to_string(), at)?;
            Ok(())
        })
        .await
}

/// Exchanges the people of two shifts; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn swap_shifts(
    app_state: Shared<'_>,
    one: ShiftId,
    other: ShiftId,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            write.swap_shifts(&one.to_string(), &other.to_string(), reason.as_deref())
        })
        .await
}

/// Lets another person stand a part of a shift; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn cover_shift(
    app_state: Shared<'_>,
    id: ShiftId,
    person: PersonId,
    from: Instant,
    to: Instant,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            write.cover_shift(&id.to_string(), person, (from, to), reason.as_deref())?;
            Ok(())
        })
        .await
}

/// Puts one person in the place of another from a moment on, at one unit when one is given, and
/// says in how many shifts; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn replace_person(
    app_state: Shared<'_>,
    person: PersonId,
    by: PersonId,
    at: Instant,
    unit: Option<UnitId>,
    reason: Option<String>,
) -> Answer<usize> {
    app_state
        .write(move |write| write.replace_from(person, by, at, unit, reason.as_deref()))
        .await
}

/// Leaves something to look at as it is, for a reason.
#[tauri::command]
#[specta::specta]
pub async fn accept_finding(app_state: Shared<'_>, id: String, reason: String) -> Answer<()> {
    app_state
        .write(move |write| {
            write.accept_finding(&id, &reason)?;
            Ok(())
        })
        .await
}

/// Takes an acceptance back.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_acceptance(app_state: Shared<'_>, id: String) -> Answer<()> {
    app_state
        .write(move |write| write.withdraw_acceptance(&id))
        .await
}

/// Writes a period as a form gives it.
#[tauri::command]
#[specta::specta]
pub async fn save_period(app_state: Shared<'_>, form: PeriodForm) -> Answer<PeriodId> {
    app_state
        .write(move |write| {
            let Some(id) = form.id else {
                let new = NewPeriod {
                    name: form.name,
                    from: form.from,
                    to: form.to,
                    posts: form.posts,
                    groups: form.groups,
                    due_at: form.due_at,
                    letter: Some(form.letter),
                    needs: form.needs,
                    overlap: form.overlap,
                };
                return Ok(write.add_period(new)?.id);
            };
            let period = Period {
                name: form.name,
                from: form.from,
                to: form.to,
                posts: form.posts,
                groups: form.groups,
                due_at: form.due_at,
                letter: Some(form.letter),
                needs: form.needs,
                overlap: form.overlap,
                ..period::find(&write.periods()?, &id.to_string())?.clone()
            };
            write.set_period(&period)?;
            Ok(id)
        })
        .await
}
