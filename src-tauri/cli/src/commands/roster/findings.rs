//! What is wrong with the roster besides the hours with nobody.

use serde::Serialize;
use sotruc_core::clock::{HOUR, Instant, MINUTE};
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::finding::{Detail, Finding, Flaw, Share};
use sotruc_core::duty::period::{self, Post};
use sotruc_core::{Reader, Result};
use std::collections::HashMap;

use super::super::{Answer, Terminal};
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
    /// None for what is only of a rota that was tried.
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<String>,
}

/// Shows what is wrong, and says whether nothing is. What was accepted is told only with `all`.
pub fn conflicts(terminal: &mut Terminal, only: Option<&str>, all: bool) -> Result<Answer> {
    let mut found = terminal.read(|book, now| {
        let roster = book.roster()?;
        let only = match only {
            Some(given) => Some(period::find(&roster.periods, given)?.id),
            None => None,
        };
        let conflicts = roster.conflicts(only, now);
        views(book, &roster, &conflicts, &terminal.say)
    })?;
    let open = found.iter().any(|view| view.accepted.is_none());
    found.retain(|view| all || view.accepted.is_none());
    match found.is_empty() && !terminal.json {
        true => terminal.note("out_no_conflicts", &[]),
        false => show(terminal, &found),
    }
    Ok(match open {
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
    terminal.write(|write| match withdraw {
        true => write.withdraw_acceptance(finding),
        false => write
            .accept_finding(finding, reason.unwrap_or_default())
            .map(drop),
    })?;
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

/// Whether it stays to be looked at, once a rota stands.
const fn is_lasting(flaw: Flaw) -> bool {
    !matches!(flaw, Flaw::Uneven | Flaw::Alone | Flaw::Week)
}

pub fn views(
    book: Reader<'_>,
    roster: &Roster,
    findings: &[Finding],
    say: &Say,
) -> Result<Vec<FindingView>> {
    let register = Register::new(&roster.units);
    let names = book.unit_names()?;
    let name = |id| match register.get(id) {
        Some(unit) => unit.name.clone(),
        None => names
            .get(&id)
            .map(|(_, name)| name.clone())
            .unwrap_or_default(),
    };
    let left = roster.left.values().map(|left| &left.card);
    let people: HashMap<_, _> = roster
        .people
        .iter()
        .chain(left)
        .map(|person| (person.id, &person.full_name))
        .collect();
    let shifts: HashMap<_, _> = roster
        .shifts
        .iter()
        .map(|shift| (shift.id, shift))
        .collect();
    let accepted: HashMap<_, _> = book
        .acceptances()?
        .into_iter()
        .map(|one| (one.id, one.reason))
        .collect();
    let hours = |millis: i64| match millis % HOUR {
        0 => (millis / HOUR).to_string(),
        rest => format!("{}:{:02}", millis / HOUR, rest / MINUTE),
    };
    let detail = |finding: &Finding| match finding.detail {
        Detail::None => String::new(),
        Detail::Other(id) => shifts.get(&id).map_or_else(String::new, |other| {
            let who = people.get(&other.person).map_or("", |name| name.as_str());
            let parts = [
                ("unit", name(other.unit)),
                ("person", who.to_owned()),
                ("from", other.from.to_string()),
                ("to", other.to.to_string()),
            ];
            say.with("out_other_shift", &parts)
        }),
        Detail::Lasts(millis) => {
            let key = match finding.flaw {
                Flaw::Rest => "out_rests",
                _ => "out_stretch",
            };
            say.with(key, &[("hours", hours(millis))])
        }
        Detail::Share { of, most, least } => {
            let parts = [
                ("what", say.value(Share::FIELD, of.key())),
                ("most", most.to_string()),
                ("least", least.to_string()),
            ];
            say.with("out_share", &parts)
        }
    };
    let view = |finding: &Finding| FindingView {
        kind: finding.flaw.key(),
        unit: name(finding.unit),
        unit_code: register
            .get(finding.unit)
            .and_then(|unit| unit.code.clone()),
        post: finding.post.key(),
        person: finding
            .person
            .and_then(|id| people.get(&id).map(|name| (*name).clone())),
        from: finding.from,
        to: finding.to,
        detail: detail(finding),
        id: is_lasting(finding.flaw).then(|| finding.id().to_string()),
        accepted: accepted.get(&finding.id()).cloned(),
    };
    Ok(findings.iter().map(view).collect())
}
