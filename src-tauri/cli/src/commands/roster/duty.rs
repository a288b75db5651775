//! Who is on duty, and the hours with nobody.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::clock::{Instant, check_span};
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::period::{self, Post};
use sotruc_core::views::duty::{self, DutyLine, GapRow};

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
}

impl From<DutyLine> for OnDutyView {
    fn from(line: DutyLine) -> Self {
        let number = line.person.number;
        Self {
            unit: line.unit.name,
            unit_code: line.unit.code,
            post: line.post.key(),
            full_name: line.person.full_name,
            shown_number: number.as_ref().map(ToString::to_string).unwrap_or_default(),
            number: number.map(|number| number.digits().to_owned()),
            from: line.from,
            to: line.to,
            standing: line.standing,
        }
    }
}

impl OnDutyView {
    /// Of whom nothing is kept has no name.
    fn shown_name(&self, say: &Say) -> String {
        match self.full_name.as_str() {
            "" => say.text("ui_person_gone").to_owned(),
            name => name.to_owned(),
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

impl From<GapRow> for GapView {
    fn from(gap: GapRow) -> Self {
        Self {
            unit: gap.unit.name,
            unit_code: gap.unit.code,
            post: gap.post.key(),
            from: gap.from,
            to: gap.to,
        }
    }
}

fn gap_views(gaps: Vec<GapRow>) -> Vec<GapView> {
    gaps.into_iter().map(GapView::from).collect()
}

/// The roster, of one unit when one is named.
fn of_unit(roster: Roster, only: Option<&str>) -> Result<Roster> {
    match only {
        Some(given) => Ok(roster.of_unit(Register::new(&roster.units).find(given)?.id)),
        None => Ok(roster),
    }
}

/// Says who is on duty at a moment; `known_at` asks what the book said then.
pub fn show_on_duty(
    terminal: &mut Terminal,
    unit: Option<&str>,
    known_at: Option<Instant>,
) -> Result<()> {
    let (roster, at) =
        terminal.read(|book, at| Ok((of_unit(book.roster_at(at, known_at)?, unit)?, at)))?;
    let views = on_duty(&roster, at);
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
        let holes = gap_views(duty::holes(&roster, at));
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
    let views = terminal.read(|book, now| {
        let roster = book.roster()?;
        let only = match period {
            Some(given) => Some(period::find(&roster.periods, given)?.id),
            None => None,
        };
        let span = (
            from.unwrap_or(Instant::from_millis(i64::MIN)),
            to.unwrap_or(Instant::from_millis(i64::MAX)),
        );
        Ok(gap_views(duty::gaps(&roster, Some(span), only, now)))
    })?;
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

pub fn on_duty(roster: &Roster, at: Instant) -> Vec<OnDutyView> {
    let lines = duty::on_duty(roster, at).into_iter();
    lines.map(OnDutyView::from).collect()
}

/// All the hours with nobody.
pub fn gaps(roster: &Roster, now: Instant) -> Vec<GapView> {
    gap_views(duty::gaps(roster, None, None, now))
}
