//! The roster: shifts brought in, who is on duty, the hours with nobody.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::coverage::{Gap, OnDuty, Roster};
use sotruc_core::period::{self, Post, check_span};
use sotruc_core::sheet::heading::List;
use sotruc_core::unit::Register;
use sotruc_core::{Reader, Result};
use std::collections::HashMap;

use super::{Answer, Desk, import};
use crate::args::Roster as Words;
use crate::say::Say;

#[derive(Serialize)]
pub struct OnDutyView {
    unit: String,
    unit_code: Option<String>,
    post: &'static str,
    full_name: String,
    number: Option<String>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    from: Option<Instant>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    to: Option<Instant>,
    standing: bool,
    #[serde(skip)]
    shown_number: String,
    /// Whether nothing is kept of whoever it was.
    #[serde(skip)]
    is_gone: bool,
}

impl OnDutyView {
    fn shown_name(&self, say: &Say) -> String {
        match self.is_gone {
            true => say.text("ui_person_gone").to_owned(),
            false => self.full_name.clone(),
        }
    }
}

#[derive(Serialize)]
pub struct GapView {
    unit: String,
    unit_code: Option<String>,
    post: &'static str,
    #[serde(serialize_with = "crate::show::moment")]
    from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    to: Instant,
}

pub fn run(desk: &mut Desk, words: &Words) -> Result<Answer> {
    match words {
        Words::Import { file, period } => {
            import::run(desk, file, List::Roster, |write, table, mode| {
                let period = match period {
                    Some(given) => Some(period::find(&write.periods()?, given)?.clone()),
                    None => None,
                };
                write.import_roster(table, period.as_ref(), mode)
            })
        }
        Words::List { unit } => {
            let views = desk.read(|book, _| shifts(book, unit.as_deref()))?;
            let headings = [
                "field_unit",
                "field_post",
                "field_full_name",
                "field_from",
                "field_to",
                "field_id",
            ];
            desk.show(&views, &headings, |view, say| {
                vec![
                    view.unit.clone(),
                    say.value(Post::FIELD, view.post),
                    view.full_name.clone(),
                    view.from.to_string(),
                    view.to.to_string(),
                    view.id.clone(),
                ]
            });
            Ok(Answer::Yes)
        }
        Words::Remove { shift } => {
            let wrote = desk.write(|write| write.cancel_shift(shift, None))?;
            let _ = wrote;
            Ok(Answer::Yes)
        }
        Words::OnDuty { unit } => {
            let (views, at) =
                desk.read(|book, at| Ok((on_duty(book, at, unit.as_deref())?, at)))?;
            if !desk.json {
                desk.note("out_on_duty_at", &[("at", at.to_string())]);
            }
            let headings = [
                "field_unit",
                "field_post",
                "field_full_name",
                "field_number",
                "field_until",
            ];
            desk.show(&views, &headings, |view, say| {
                let until = match (view.standing, view.to) {
                    (true, _) => say.text("out_standing").to_owned(),
                    (false, to) => to.map(|to| to.to_string()).unwrap_or_default(),
                };
                vec![
                    view.unit.clone(),
                    say.value(Post::FIELD, view.post),
                    view.shown_name(say),
                    view.shown_number.clone(),
                    until,
                ]
            });
            if !desk.json {
                let holes = desk.read(|book, at| holes_at(book, at, unit.as_deref()))?;
                if !holes.is_empty() {
                    desk.say_with("out_nobody", &[("count", holes.len().to_string())]);
                    show_gaps(desk, &holes);
                }
            }
            Ok(Answer::Yes)
        }
        Words::Gaps { period, from, to } => {
            let from = from.as_deref().map(Instant::parse_start).transpose()?;
            let to = to.as_deref().map(Instant::parse_end).transpose()?;
            if let (Some(from), Some(to)) = (from, to) {
                check_span(from, to)?;
            }
            let views = desk.read(|book, now| gaps(book, period.as_deref(), from, to, now))?;
            match views.is_empty() && !desk.json {
                true if desk.read(|book, _| Ok(book.periods()?.is_empty()))? => {
                    desk.note("out_no_periods", &[])
                }
                true => desk.note("out_no_gaps", &[]),
                false => show_gaps(desk, &views),
            }
            Ok(if views.is_empty() {
                Answer::Yes
            } else {
                Answer::No
            })
        }
    }
}

#[derive(Serialize)]
struct ShiftView {
    id: String,
    unit: String,
    unit_code: Option<String>,
    post: &'static str,
    full_name: String,
    #[serde(serialize_with = "crate::show::moment")]
    from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    to: Instant,
}

/// The shifts as they are laid out, by unit and time.
fn shifts(book: Reader<'_>, only: Option<&str>) -> Result<Vec<ShiftView>> {
    let (units, people, mut shifts) = (book.units()?, book.people()?, book.shifts()?);
    let register = Register::new(&units);
    if let Some(given) = only {
        let id = register.find(given)?.id;
        shifts.retain(|shift| shift.unit == id);
    }
    let places: HashMap<_, _> = units
        .iter()
        .enumerate()
        .map(|(at, unit)| (unit.id, at))
        .collect();
    shifts.sort_by_key(|shift| (places.get(&shift.unit).copied(), shift.post, shift.from));
    let people: HashMap<_, _> = people
        .iter()
        .map(|person| (person.id, &person.full_name))
        .collect();
    let view = |shift: sotruc_core::shift::Shift| ShiftView {
        id: shift.id.to_string(),
        unit: register
            .get(shift.unit)
            .map(|unit| unit.name.clone())
            .unwrap_or_default(),
        unit_code: register.get(shift.unit).and_then(|unit| unit.code.clone()),
        post: shift.post.key(),
        full_name: people
            .get(&shift.person)
            .map(|name| (*name).clone())
            .unwrap_or_default(),
        from: shift.from,
        to: shift.to,
    };
    Ok(shifts.into_iter().map(view).collect())
}

/// The posts with nobody on them at a moment, and until when.
fn holes_at(book: Reader<'_>, at: Instant, only: Option<&str>) -> Result<Vec<GapView>> {
    let roster = roster_of(book, only)?;
    Ok(gap_views(&roster, roster.holes_at(at)))
}

pub fn show_gaps(desk: &mut Desk, views: &[GapView]) {
    desk.show(
        views,
        &[
            "field_code",
            "field_unit",
            "field_post",
            "field_from",
            "field_to",
        ],
        |view, say| {
            vec![
                view.unit_code.clone().unwrap_or_default(),
                view.unit.clone(),
                say.value(Post::FIELD, view.post),
                view.from.to_string(),
                view.to.to_string(),
            ]
        },
    );
}

pub fn on_duty(book: Reader<'_>, at: Instant, only: Option<&str>) -> Result<Vec<OnDutyView>> {
    let roster = roster_of(book, only)?;
    let register = Register::new(&roster.units);
    let people: HashMap<_, _> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let view = |line: OnDuty| {
        let unit = register.get(line.unit)?;
        let person = people.get(&line.person);
        let number = person.and_then(|person| person.number());
        Some(OnDutyView {
            unit: unit.name.clone(),
            unit_code: unit.code.clone(),
            post: line.post.key(),
            // Of whom nothing is kept has no name.
            full_name: person
                .map(|person| person.full_name.clone())
                .unwrap_or_default(),
            number: number.map(|number| number.digits().to_owned()),
            from: line.from,
            to: line.to,
            standing: line.standing,
            shown_number: number.map(ToString::to_string).unwrap_or_default(),
            is_gone: person.is_none(),
        })
    };
    Ok(roster.on_duty(at).into_iter().filter_map(view).collect())
}

pub fn gaps(
    book: Reader<'_>,
    only: Option<&str>,
    from: Option<Instant>,
    to: Option<Instant>,
    now: Instant,
) -> Result<Vec<GapView>> {
    let roster = book.roster()?;
    let only = match only {
        Some(given) => Some(period::find(&roster.periods, given)?.id),
        None => None,
    };
    let span = (
        from.unwrap_or(Instant::from_millis(i64::MIN)),
        to.unwrap_or(Instant::from_millis(i64::MAX)),
    );
    Ok(gap_views(&roster, roster.gaps(Some(span), only, now)))
}

/// The roster, of one unit when one is named.
fn roster_of(book: Reader<'_>, only: Option<&str>) -> Result<Roster> {
    let mut roster = book.roster()?;
    if let Some(given) = only {
        let id = Register::new(&roster.units).find(given)?.id;
        roster.units.retain(|unit| unit.id == id);
    }
    Ok(roster)
}

fn gap_views(roster: &Roster, gaps: Vec<Gap>) -> Vec<GapView> {
    let register = Register::new(&roster.units);
    let view = |gap: Gap| {
        let unit = register.get(gap.unit)?;
        Some(GapView {
            unit: unit.name.clone(),
            unit_code: unit.code.clone(),
            post: gap.post.key(),
            from: gap.from,
            to: gap.to,
        })
    };
    gaps.into_iter().filter_map(view).collect()
}
