//! What is wrong with the roster besides the hours with nobody.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::clock::{Instant, MINUTE};
use sotruc_core::duty::finding::{Flaw, Share};
use sotruc_core::duty::period::{self, Post};
use sotruc_core::views::duty::ShiftRow;
use sotruc_core::views::findings::{self, FindingRow, ToLookAt, Told};
use sotruc_core::views::person::PersonRef;

use super::super::{Answer, Terminal};
use super::rota::hours;
use crate::args::Asked;
use crate::say::Say;

#[derive(Serialize)]
pub struct FindingView {
    kind: &'static str,
    unit: String,
    unit_code: Option<String>,
    post: &'static str,
    person: Option<String>,
    #[serde(serialize_with = "crate::show::moment")]
    from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    to: Instant,
    detail: String,
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<String>,
}

/// Shows what is wrong, and says whether nothing is. What was accepted is told only with `all`.
pub fn conflicts(
    terminal: &mut Terminal,
    only: Option<&str>,
    all: bool,
    asked: &Asked,
) -> Result<Answer> {
    let (found, looked_at) = terminal.ask(asked, |book, now| {
        let roster = book.roster()?;
        let only = match only {
            Some(given) => Some(period::find(&roster.periods, given)?.id),
            None => None,
        };
        let found = findings::conflicts(book, &roster, only, all, now)?;
        Ok((found, findings::to_look_at(&roster, only)))
    })?;
    let unaccepted = found.unaccepted;
    let found = views(found.rows, &found.people, &terminal.say);
    match found.is_empty() && !terminal.json {
        true => {
            let key = match looked_at {
                ToLookAt::Nothing => "out_no_periods",
                ToLookAt::NothingAsked => "out_nothing_asked",
                ToLookAt::Standing => "out_no_shifts",
                ToLookAt::Shifts => "out_no_conflicts",
            };
            terminal.note(key, &[]);
        }
        false => show(terminal, &found),
    }
    Ok(match unaccepted {
        true => Answer::No,
        false => Answer::Yes,
    })
}

pub fn accept(
    terminal: &mut Terminal,
    finding: &str,
    reason: Option<&str>,
    withdraw: bool,
) -> Result<()> {
    if withdraw {
        terminal.write(|write| write.withdraw_acceptance(finding))?;
    } else {
        let found = terminal.read(|book, now| book.roster()?.finding(finding, now))?;
        terminal.write(|write| write.accept_finding(&found, reason.unwrap_or_default()))?;
    }
    terminal.note("out_saved", &[]);
    Ok(())
}

pub fn show(terminal: &mut Terminal, views: &[FindingView]) {
    let headings = [
        "field_flaw",
        "field_unit",
        "field_post",
        "field_full_name",
        "field_from",
        "field_to",
        "field_detail",
        "field_id",
    ];
    terminal.show(views, &headings, |view, say| {
        vec![
            say.value(Flaw::FIELD, view.kind),
            view.unit.clone(),
            say.value(Post::FIELD, view.post),
            view.person.clone().unwrap_or_default(),
            view.from.to_string(),
            view.to.to_string(),
            match &view.accepted {
                Some(reason) => say.with("out_accepted", &[("reason", reason.clone())]),
                None => view.detail.clone(),
            },
            view.id.iter().flat_map(|id| id.chars().take(8)).collect(),
        ]
    });
}

/// Findings as they are told to people: many of a kind in one line.
pub fn together(rows: Vec<FindingRow>, people: &[PersonRef], say: &Say) -> Vec<FindingView> {
    let told = findings::told_together(rows).into_iter();
    let told = told.flat_map(|told| match told {
        Told::One(row) => views(vec![*row], people, say),
        Told::Many {
            flaw,
            post,
            count,
            units,
            from,
            to,
        } => {
            let number = |key, count: usize| say.with(key, &[("count", count.to_string())]);
            vec![FindingView {
                kind: flaw.key(),
                unit: number("out_units", units),
                unit_code: None,
                post: post.key(),
                person: None,
                from,
                to,
                detail: number("out_places", count),
                id: None,
                accepted: None,
            }]
        }
    });
    told.collect()
}

/// Findings in the words of the terminal.
pub fn views(rows: Vec<FindingRow>, people: &[PersonRef], say: &Say) -> Vec<FindingView> {
    let view = |row: FindingRow| {
        let person = row.who.map(|at| people[at].full_name.clone());
        FindingView {
            kind: row.flaw.key(),
            post: row.post.key(),
            // Of whom nothing is kept has no name.
            person: person.filter(|name| !name.is_empty()),
            from: row.from,
            to: row.to,
            detail: detail(&row, people, say),
            id: row.id,
            accepted: row.accepted,
            unit: row.unit.name,
            unit_code: row.unit.code,
        }
    };
    rows.into_iter().map(view).collect()
}

/// What more there is to say of a finding.
fn detail(row: &FindingRow, people: &[PersonRef], say: &Say) -> String {
    if let Some(other) = &row.other {
        return other_shift(other, say);
    }
    if !row.elsewhere.is_empty() {
        let units: Vec<&str> = row.elsewhere.iter().map(|unit| &*unit.name).collect();
        return say.with("out_elsewhere", &[("units", units.join("; "))]);
    }
    if let (Some(shifts), Some(millis)) = (row.shifts, row.lasts) {
        let parts = [
            ("shifts", shifts.to_string()),
            ("length", say.length(millis)),
        ];
        let sum = match shifts {
            0 => say.with("out_sum", &parts[1..]),
            _ => say.with("out_sum_shifts", &parts),
        };
        let names = row.others.iter().map(|at| people[*at].full_name.clone());
        let names: Vec<String> = names.collect();
        return match names.is_empty() {
            true => sum,
            false => {
                let names = [("names", names.join(", "))];
                format!("{sum}; {}", say.with("out_sum_others", &names))
            }
        };
    }
    if let Some(millis) = row.lasts {
        let key = match row.flaw {
            Flaw::Rest => "out_rests",
            Flaw::Week => "out_week",
            _ => "out_stretch",
        };
        return say.with(key, &[("length", say.length(millis))]);
    }
    if let (Some(of), Some((most, least))) = (row.share, row.counts) {
        let count = |count: u64| match of {
            Share::Hours => hours((count as i64) * MINUTE).to_string(),
            _ => count.to_string(),
        };
        let parts = [
            ("what", say.value(Share::FIELD, of.key())),
            ("most", count(most)),
            ("least", count(least)),
        ];
        return say.with("out_share", &parts);
    }
    String::new()
}

fn other_shift(other: &ShiftRow, say: &Say) -> String {
    let unit = other.unit.as_ref().map(|unit| unit.name.clone());
    let person = other.person.as_ref().map(|one| one.full_name.clone());
    let parts = [
        ("unit", unit.unwrap_or_default()),
        ("person", person.unwrap_or_default()),
        ("from", other.from.to_string()),
        ("to", other.to.to_string()),
    ];
    say.with("out_other_shift", &parts)
}
