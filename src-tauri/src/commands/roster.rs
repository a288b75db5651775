//! The room *Roster*: shifts and holes by unit and day; shifts laid out by hand; periods.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::{DAY, Instant};
use sotruc_core::coverage::{Roster, standing};
use sotruc_core::id::{PeriodId, PersonId, ShiftId, UnitId};
use sotruc_core::period::Post;
use sotruc_core::person::Person;
use sotruc_core::shift::Shift;
use sotruc_core::text::one_line;
use sotruc_core::unit::Group;
use sotruc_core::{Code, Error, NewPeriod, NewShift};
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
    /// Holes in the whole period.
    pub holes: Vec<HoleRow>,
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
    pub standing: Option<PersonRef>,
}

/// A shift in a row.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Bar {
    /// Its identity.
    pub id: ShiftId,
    /// The post.
    pub post: Post,
    /// Who.
    pub person: PersonRef,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
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

/// A hole of a unit.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HoleRow {
    /// Whose post.
    pub unit: UnitRef,
    /// The hole.
    pub hole: HoleSpan,
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
}

/// The roster of `days` days from the midnight before `from` on: of a period, or of the one that
/// matters now.
#[tauri::command]
#[specta::specta]
pub async fn roster(
    desk: Shared<'_>,
    period: Option<PeriodId>,
    from: Option<Instant>,
    days: u32,
) -> Answer<RosterPage> {
    desk.duty(move |_, roster, now| Ok(page(roster, now, period, from, days)))
        .await
}

fn page(
    roster: &Roster,
    now: Instant,
    period: Option<PeriodId>,
    from: Option<Instant>,
    days: u32,
) -> RosterPage {
    let period = match period {
        Some(id) => roster.periods.iter().find(|period| period.id == id),
        None => period_at(&roster.periods, now),
    }
    .cloned();
    let start = from.unwrap_or_else(|| match &period {
        Some(period) if !period.contains(now) => period.from,
        _ => now.plus(-DAY),
    });
    let from = start.midnight();
    let to = from.plus(i64::from(days) * DAY);
    let units: HashMap<UnitId, UnitRef> = roster
        .units
        .iter()
        .map(|unit| (unit.id, unit.into()))
        .collect();
    let people: HashMap<PersonId, PersonRef> = roster
        .people
        .iter()
        .map(|person| (person.id, person.into()))
        .collect();
    let mut of_unit: HashMap<UnitId, Vec<&Person>> = HashMap::new();
    for person in &roster.people {
        of_unit.entry(person.unit).or_default().push(person);
    }
    let only = period.as_ref().map(|period| period.id);
    let gaps = match &period {
        Some(period) => roster.gaps(Some((period.from, period.to)), only, now),
        None => Vec::new(),
    };
    let mut bars: HashMap<UnitId, Vec<Bar>> = HashMap::new();
    for shift in &roster.shifts {
        let (person, until) = match (people.get(&shift.person), roster.gone.get(&shift.person)) {
            (Some(person), _) => (person.clone(), shift.to),
            (None, Some(gone)) => (PersonRef::nameless(shift.person), shift.to.min(*gone)),
            (None, None) => continue,
        };
        if shift.from < to.min(until) && from < until {
            bars.entry(shift.unit).or_default().push(Bar {
                id: shift.id,
                post: shift.post,
                person,
                from: shift.from,
                to: until,
            });
        }
    }
    let mut holes: HashMap<UnitId, Vec<HoleSpan>> = HashMap::new();
    let mut all = Vec::new();
    for gap in &gaps {
        let hole = HoleSpan {
            post: gap.post,
            from: gap.from,
            to: gap.to,
        };
        if gap.from < to && from < gap.to {
            holes.entry(gap.unit).or_default().push(hole.clone());
        }
        if let Some(unit) = units.get(&gap.unit) {
            all.push(HoleRow {
                unit: unit.clone(),
                hole,
            });
        }
    }
    all.sort_by_key(|row| row.hole.from);
    let mut days = Vec::new();
    if let Some(period) = &period {
        let mut day = period.from.midnight();
        while day < period.to {
            let end = day.plus(DAY);
            let uncovered = gaps
                .iter()
                .map(|gap| (gap.to.min(end).millis() - gap.from.max(day).millis()).max(0))
                .sum();
            days.push(DayCover { day, uncovered });
            day = end;
        }
    }
    let rows = roster
        .units
        .iter()
        .filter(|unit| {
            period.as_ref().is_some_and(|period| period.asks(unit)) || bars.contains_key(&unit.id)
        })
        .map(|unit| RosterRow {
            unit: unit.into(),
            standing: of_unit
                .get(&unit.id)
                .and_then(|people| standing(people, Post::Main))
                .map(PersonRef::from),
            shifts: bars.get(&unit.id).cloned().unwrap_or_default(),
            holes: holes.get(&unit.id).cloned().unwrap_or_default(),
        })
        .collect();
    RosterPage {
        periods: roster.periods.iter().map(PeriodCard::from).collect(),
        period: period.as_ref().map(PeriodCard::from),
        from,
        to,
        rows,
        holes: all,
        days,
    }
}

/// Puts a person on a post.
#[tauri::command]
#[specta::specta]
pub async fn assign(desk: Shared<'_>, form: ShiftForm) -> Answer<ShiftId> {
    desk.write(move |write| {
        let shift = write.add_shift(NewShift {
            unit: form.unit,
            post: form.post,
            person: form.person,
            from: form.from,
            to: form.to,
        })?;
        Ok(shift.id)
    })
    .await
}

/// Changes a shift.
#[tauri::command]
#[specta::specta]
pub async fn set_shift(desk: Shared<'_>, id: ShiftId, form: ShiftForm) -> Answer<()> {
    desk.write(move |write| {
        let mut shifts = write.shifts()?.into_iter();
        let known = shifts
            .find(|shift| shift.id == id)
            .ok_or_else(|| Error::new(Code::ShiftUnknown).with("given", id))?;
        write.set_shift(&Shift {
            unit: form.unit,
            post: form.post,
            person: form.person,
            from: form.from,
            to: form.to,
            ..known
        })?;
        Ok(())
    })
    .await
}

/// Takes a shift off the roster.
#[tauri::command]
#[specta::specta]
pub async fn remove_shift(desk: Shared<'_>, id: ShiftId) -> Answer<()> {
    desk.write(move |write| {
        write.remove_shift(&id.to_string())?;
        Ok(())
    })
    .await
}

/// Writes a period as a form gives it.
#[tauri::command]
#[specta::specta]
pub async fn save_period(desk: Shared<'_>, form: PeriodForm) -> Answer<PeriodId> {
    desk.write(move |write| {
        let Some(id) = form.id else {
            let period = write.add_period(NewPeriod {
                name: form.name,
                from: form.from,
                to: form.to,
                posts: form.posts,
                groups: form.groups,
                due_at: form.due_at,
            })?;
            return Ok(period.id);
        };
        let mut periods = write.periods()?.into_iter();
        let mut period = periods
            .find(|period| period.id == id)
            .ok_or_else(|| Error::new(Code::PeriodUnknown).with("given", id))?;
        period.name = one_line(&form.name);
        period.from = form.from;
        period.to = form.to;
        period.posts = form.posts;
        period.groups = form.groups;
        period.due_at = form.due_at;
        write.set_period(&period)?;
        Ok(id)
    })
    .await
}
