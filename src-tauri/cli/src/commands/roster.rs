//! The roster: shifts brought in, who is on duty, the hours with nobody.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::coverage::Duty;
use sotruc_core::period::{self, Post, check_span};
use sotruc_core::unit::Register;
use sotruc_core::{Reader, Result};
use std::collections::HashMap;

use super::{Answer, Desk, import};
use crate::args::Roster as Words;

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
        Words::Import { file, period } => import::run(desk, file, |write, table, mode| {
            let period = match period {
                Some(given) => Some(period::find(&write.periods()?, given)?.clone()),
                None => None,
            };
            write.import_roster(table, period.as_ref(), mode)
        }),
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
                    view.full_name.clone(),
                    view.shown_number.clone(),
                    until,
                ]
            });
            Ok(Answer::Yes)
        }
        Words::Gaps { period, from, to } => {
            let from = from.as_deref().map(Instant::parse_start).transpose()?;
            let to = to.as_deref().map(Instant::parse_end).transpose()?;
            if let (Some(from), Some(to)) = (from, to) {
                check_span(from, to)?;
            }
            let views = desk.read(|book, _| gaps(book, period.as_deref(), from, to))?;
            match views.is_empty() && !desk.json {
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
    let (mut units, people, periods, shifts) = (
        book.units()?,
        book.people()?,
        book.periods()?,
        book.shifts()?,
    );
    if let Some(given) = only {
        let id = Register::new(&units).find(given)?.id;
        units.retain(|unit| unit.id == id);
    }
    let duty = Duty {
        units: &units,
        people: &people,
        periods: &periods,
        shifts: &shifts,
    };
    let register = Register::new(&units);
    let people: HashMap<_, _> = people.iter().map(|person| (person.id, person)).collect();
    let view = |line: sotruc_core::coverage::OnDuty| {
        let (unit, person) = (register.get(line.unit)?, people.get(&line.person)?);
        Some(OnDutyView {
            unit: unit.name.clone(),
            unit_code: unit.code.clone(),
            post: line.post.key(),
            full_name: person.full_name.clone(),
            number: person.number().map(|number| number.digits().to_owned()),
            from: line.from,
            to: line.to,
            standing: line.standing,
            shown_number: person.number().map(ToString::to_string).unwrap_or_default(),
        })
    };
    Ok(duty.on_duty(at).into_iter().filter_map(view).collect())
}

pub fn gaps(
    book: Reader<'_>,
    only: Option<&str>,
    from: Option<Instant>,
    to: Option<Instant>,
) -> Result<Vec<GapView>> {
    let (units, people, mut periods, shifts) = (
        book.units()?,
        book.people()?,
        book.periods()?,
        book.shifts()?,
    );
    if let Some(given) = only {
        periods = vec![period::find(&periods, given)?.clone()];
    }
    let duty = Duty {
        units: &units,
        people: &people,
        periods: &periods,
        shifts: &shifts,
    };
    let span = (
        from.unwrap_or(Instant::from_millis(i64::MIN)),
        to.unwrap_or(Instant::from_millis(i64::MAX)),
    );
    let register = Register::new(&units);
    let view = |gap: sotruc_core::coverage::Gap| {
        let unit = register.get(gap.unit)?;
        Some(GapView {
            unit: unit.name.clone(),
            unit_code: unit.code.clone(),
            post: gap.post.key(),
            from: gap.from,
            to: gap.to,
        })
    };
    Ok(duty.gaps(Some(span)).into_iter().filter_map(view).collect())
}
