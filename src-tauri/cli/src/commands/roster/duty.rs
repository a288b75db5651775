//! Who is on duty, and the hours with nobody.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::coverage::{Gap, OnDuty, Roster};
use sotruc_core::duty::period::{self, Post, check_span};
use sotruc_core::{Reader, Result};
use std::collections::HashMap;

use super::super::{Answer, Terminal};
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

/// Says who is on duty at a moment; `known_at` asks what the book said then.
pub fn show_on_duty(
    terminal: &mut Terminal,
    unit: Option<&str>,
    known_at: Option<Instant>,
) -> Result<()> {
    let (roster, at) =
        terminal.read(|book, at| Ok((of_unit(book.roster_at(at, known_at)?, unit)?, at)))?;
    let views = on_duty_of(&roster, at);
    if !terminal.json {
        terminal.note("out_on_duty_at", &[("at", at.to_string())]);
    }
    let headings = [
        "field_unit",
        "field_post",
        "field_full_name",
        "field_number",
        "field_until",
    ];
    terminal.show(&views, &headings, |view, say| {
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
    if !terminal.json {
        let holes = gap_views(&roster, roster.holes_at(at));
        if !holes.is_empty() {
            terminal.say_with("out_nobody", &[("count", holes.len().to_string())]);
            show_gaps(terminal, &holes);
        }
    }
    Ok(())
}

/// Shows the hours with nobody, and says whether there are none.
pub fn show_all_gaps(
    terminal: &mut Terminal,
    period: Option<&str>,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Answer> {
    let from = from.map(Instant::parse_start).transpose()?;
    let to = to.map(Instant::parse_end).transpose()?;
    if let (Some(from), Some(to)) = (from, to) {
        check_span(from, to)?;
    }
    let views = terminal.read(|book, now| gaps(book, period, from, to, now))?;
    match views.is_empty() && !terminal.json {
        true if terminal.read(|book, _| Ok(book.periods()?.is_empty()))? => {
            terminal.note("out_no_periods", &[])
        }
        true => terminal.note("out_no_gaps", &[]),
        false => show_gaps(terminal, &views),
    }
    Ok(match views.is_empty() {
        true => Answer::Yes,
        false => Answer::No,
    })
}

pub fn show_gaps(terminal: &mut Terminal, views: &[GapView]) {
    terminal.show(
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
    let roster = of_unit(book.roster_at(at, None)?, only)?;
    Ok(on_duty_of(&roster, at))
}

fn on_duty_of(roster: &Roster, at: Instant) -> Vec<OnDutyView> {
    let register = Register::new(&roster.units);
    let here = roster.people.iter();
    let left = roster.left.values().map(|left| &left.card);
    let people: HashMap<_, _> = left.chain(here).map(|person| (person.id, person)).collect();
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
    roster.on_duty(at).into_iter().filter_map(view).collect()
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
fn of_unit(mut roster: Roster, only: Option<&str>) -> Result<Roster> {
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
