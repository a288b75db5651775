//! Who is on duty, and the hours with nobody.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::clock::Instant;
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::person::call::Reason;
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::finding::Flaw;
use sotruc_core::duty::period::{self, Post};
use sotruc_core::views::call::{CallOption, VainCall};
use sotruc_core::views::duty::{self, DutyLine, GapRow};

use super::super::{Answer, Terminal};
use crate::args::Asked;
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
    /// Whether calls do not reach them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    silent: bool,
    /// Whom to call, the first first, where that is not just them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    order: Vec<CallView>,
    #[serde(skip)]
    shown_number: String,
}

/// A number to call, and why it has its place.
#[derive(Serialize)]
pub struct CallView {
    full_name: Option<String>,
    number: Option<String>,
    reason: &'static str,
    #[serde(skip)]
    shown_number: String,
    #[serde(skip)]
    vain: Option<VainCall>,
}

impl From<CallOption> for CallView {
    fn from(call: CallOption) -> Self {
        let number = call.number;
        Self {
            full_name: call.person.map(|person| person.full_name),
            shown_number: number.as_ref().map(ToString::to_string).unwrap_or_default(),
            number: number.map(|number| number.digits().to_owned()),
            reason: call.reason.key(),
            vain: call.vain,
        }
    }
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
            silent: line.silent,
            order: line.order.into_iter().map(CallView::from).collect(),
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
    /// What leaves it so, where it is not that nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}

impl From<GapRow> for GapView {
    fn from(gap: GapRow) -> Self {
        Self {
            unit: gap.unit.name,
            unit_code: gap.unit.code,
            post: gap.post.key(),
            from: gap.from,
            to: gap.to,
            kind: Some(gap.cause)
                .filter(|cause| *cause != Flaw::Gap)
                .map(Flaw::key),
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

/// Says who is on duty at a moment.
pub fn show_on_duty(terminal: &mut Terminal, unit: Option<&str>, asked: &Asked) -> Result<()> {
    let (roster, at) = terminal.ask(asked, |book, at| Ok((of_unit(book.roster()?, unit)?, at)))?;
    let then = duty::then(&roster, at);
    let views: Vec<OnDutyView> = then.lines.into_iter().map(OnDutyView::from).collect();
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
        let holes = gap_views(then.holes);
        if !holes.is_empty() {
            terminal.say_with("out_nobody", &[("count", holes.len().to_string())]);
            show_gaps(terminal, &holes);
        }
        show_order(terminal, &views);
    }
    Ok(())
}

/// Whom to call where whoever is on duty was called in vain, or does not answer.
fn show_order(terminal: &mut Terminal, views: &[OnDutyView]) {
    let rows: Vec<(&OnDutyView, usize, &CallView)> = views
        .iter()
        .flat_map(|line| {
            line.order
                .iter()
                .enumerate()
                .map(move |(n, call)| (line, n, call))
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let count = views.iter().filter(|line| !line.order.is_empty()).count();
    terminal.say_with("out_silent", &[("count", count.to_string())]);
    let headings = [
        "field_number",
        "field_full_name",
        "field_detail",
        "field_unit",
    ];
    terminal.show(&rows, &headings, |(line, n, call), say| {
        let reason = say.value(Reason::FIELD, call.reason);
        let vain = call.vain.map(|vain| {
            let outcome = say.value(Outcome::FIELD, vain.outcome.key());
            say.with(
                "out_vain",
                &[("outcome", outcome), ("at", vain.at.to_string())],
            )
        });
        vec![
            call.shown_number.clone(),
            call.full_name.clone().unwrap_or_default(),
            format!("{}. {}", n + 1, vain.unwrap_or(reason)),
            line.unit.clone(),
        ]
    });
}

/// Shows the hours with nobody, and says whether there are none.
pub fn show_all_gaps(
    terminal: &mut Terminal,
    period: Option<&str>,
    (from, to): (Option<&str>, Option<&str>),
    asked: &Asked,
) -> Result<Answer> {
    let from = from.map(Instant::parse_start).transpose()?;
    let to = to.map(Instant::parse_end).transpose()?;
    let (gaps, out_of_reach) = terminal.ask(asked, |book, now| {
        let roster = book.roster()?;
        let only = match period {
            Some(given) => Some(period::find(&roster.periods, given)?.id),
            None => None,
        };
        let gaps = duty::gaps(&roster, (from, to), only, now)?;
        let out_of_reach = match gaps.rows.is_empty() {
            true => duty::out_of_reach(&roster, (from, to), only, now),
            false => 0,
        };
        Ok((gaps, out_of_reach))
    })?;
    let views = gap_views(gaps.rows);
    match views.is_empty() && !terminal.json {
        true if !gaps.has_periods => terminal.note("out_no_periods", &[]),
        true if !gaps.is_asked => terminal.note("out_nothing_asked", &[]),
        true if out_of_reach > 0 => {
            let units = [("n", out_of_reach.to_string())];
            terminal.note("out_no_gaps_out_of_reach", &units);
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
    let mut headings = vec![
        "field_code",
        "field_unit",
        "field_post",
        "field_from",
        "field_to",
    ];
    // Mostly nobody is named, and there is no more to say.
    let has_kinds = views.iter().any(|view| view.kind.is_some());
    headings.extend(has_kinds.then_some("field_flaw"));
    terminal.show(views, &headings, |view, say| {
        let mut row = vec![
            view.unit_code.clone().unwrap_or_default(),
            view.unit.clone(),
            say.value(Post::FIELD, view.post),
            view.from.to_string(),
            view.to.to_string(),
        ];
        let kind = view.kind.unwrap_or(Flaw::Gap.key());
        row.extend(has_kinds.then(|| say.value(Flaw::FIELD, kind)));
        row
    });
}

/// All the hours with nobody.
pub fn gaps(roster: &Roster, now: Instant) -> Result<Vec<GapView>> {
    Ok(gap_views(duty::gaps(roster, (None, None), None, now)?.rows))
}
