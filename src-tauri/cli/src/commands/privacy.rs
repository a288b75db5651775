//! What is held of people: told, dropped, and what of it left the book.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::PersonId;
use sotruc_core::privacy::disclosure::{Disclosed, Extract};
use sotruc_core::report::{self, Form, Held, Mention, Place};
use sotruc_core::{Reader, Result};
use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::Terminal;

#[derive(Serialize)]
struct HeldView {
    id: String,
    full_name: String,
    unit: String,
    /// How many cards are theirs, those off the list too.
    cards: usize,
    /// What they are reached by: numbers and addresses of all cards.
    numbers: Vec<String>,
    /// How many records a redaction would drop.
    records: usize,
    drills: usize,
    shifts: usize,
    /// What a redaction leaves.
    mentions: Vec<MentionView>,
    disclosures: usize,
}

#[derive(Serialize)]
struct MentionView {
    place: &'static str,
    name: String,
}

impl HeldView {
    fn of(held: &Held) -> Self {
        let person = &held.cards[0];
        let mut numbers: Vec<String> = held
            .cards
            .iter()
            .flat_map(|card| card.mobiles.iter().chain(&card.landline))
            .map(|number| number.digits().to_owned())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mention = |mention: &Mention| MentionView {
            place: mention.place.key(),
            name: mention.name.clone(),
        };
        Self {
            id: person.id.to_string(),
            full_name: person.full_name.clone(),
            unit: held.unit.clone(),
            cards: held.cards.len(),
            numbers,
            records: held.records,
            drills: held.drills.len(),
            shifts: held.shifts.len(),
            mentions: held.mentions.iter().map(mention).collect(),
            disclosures: held.disclosures.len(),
        }
    }
}

/// Tells what is held of a person, or writes it into a file for them.
pub fn held(terminal: &mut Terminal, given: &str, output: Option<&Path>) -> Result<()> {
    let Some(output) = output else {
        let view = terminal.read(|book, _| {
            let person = book.find_card(given)?.id;
            Ok(HeldView::of(&report::held(book, person)?))
        })?;
        show(terminal, &[view]);
        return Ok(());
    };
    let person = terminal.read(|book, _| Ok(book.find_card(given)?.id))?;
    let form = Form::of(output)?;
    let noted = report::held_disclosure(person, form);
    terminal.disclose(Some(noted), output, |book, out, _| {
        report::held_sheet(book, person, out, form)
    })
}

fn show(terminal: &mut Terminal, views: &[HeldView]) {
    if terminal.json {
        return match views {
            [one] => terminal.show_json(one),
            several => terminal.show_json(&several),
        };
    }
    for view in views {
        let mut places: Vec<(&str, Vec<&str>)> = Vec::new();
        for mention in &view.mentions {
            match places.last_mut() {
                Some((place, names)) if *place == mention.place => names.push(&mention.name),
                _ => places.push((mention.place, vec![&mention.name])),
            }
        }
        let stays: Vec<String> = places
            .into_iter()
            .map(|(place, names)| {
                let place = terminal.say.value(Place::FIELD, place);
                format!("{place}: {}", names.join(", "))
            })
            .collect();
        let count = |n: usize| Some(n.to_string());
        terminal.facts(&[
            ("field_full_name", Some(view.full_name.clone())),
            ("field_unit", Some(view.unit.clone())),
            ("field_numbers", Some(view.numbers.join("; "))),
            ("field_cards", count(view.cards)),
            ("field_records", count(view.records)),
            ("field_drills", count(view.drills)),
            ("field_shifts", count(view.shifts)),
            ("field_disclosures", count(view.disclosures)),
            (
                "field_stays",
                Some(stays.join("; ")).filter(|stays| !stays.is_empty()),
            ),
            ("field_id", Some(view.id.clone())),
        ]);
    }
}

/// Drops what is held of some people, or tells what that would drop.
pub fn redact(
    terminal: &mut Terminal,
    given: &[String],
    reason: &str,
    dry_run: bool,
) -> Result<()> {
    let views = terminal.read(|book, _| {
        let view = |given: &String| {
            let person = book.find_card(given)?.id;
            Ok(HeldView::of(&report::held(book, person)?))
        };
        given.iter().map(view).collect::<Result<Vec<_>>>()
    })?;
    show(terminal, &views);
    if dry_run {
        terminal.note("out_nothing_written", &[]);
        return Ok(());
    }
    terminal.write(|write| {
        let people = given.iter().map(|given| Ok(write.find_card(given)?.id));
        write.redact(&people.collect::<Result<Vec<_>>>()?, reason)
    })?;
    let people: HashSet<&str> = views.iter().map(|view| view.id.as_str()).collect();
    terminal.note("out_redacted", &[("count", people.len().to_string())]);
    match terminal.purge() {
        Ok(others) => {
            for file in others {
                terminal.note("out_other_copy", &[("file", file.display().to_string())]);
            }
        }
        Err(error) => terminal.note("out_not_purged", &[("why", terminal.say.error(&error))]),
    }
    Ok(())
}

/// The names of the operators.
fn operators(book: Reader<'_>) -> Result<HashMap<sotruc_core::id::OperatorId, String>> {
    let operators = book.operators()?.into_iter();
    Ok(operators
        .map(|operator| (operator.id, operator.name))
        .collect())
}

#[derive(Serialize)]
struct RedactedView {
    person: PersonId,
    #[serde(serialize_with = "crate::show::moment")]
    at: Instant,
    operator: String,
    reason: String,
    records: u64,
}

/// Who was dropped.
pub fn redacted(terminal: &mut Terminal) -> Result<()> {
    let views = terminal.read(|book, _| {
        let operators = operators(book)?;
        let views = book.redactions()?.into_iter().map(|past| RedactedView {
            person: past.person,
            at: past.at,
            operator: operators.get(&past.operator).cloned().unwrap_or_default(),
            reason: past.reason,
            records: past.records,
        });
        Ok(views.collect::<Vec<_>>())
    })?;
    let headings = [
        "field_at",
        "field_operator",
        "field_reason",
        "field_records",
        "field_id",
    ];
    terminal.show(&views, &headings, |view, _| {
        vec![
            view.at.to_string(),
            view.operator.clone(),
            view.reason.clone(),
            view.records.to_string(),
            view.person.to_string(),
        ]
    });
    Ok(())
}

#[derive(Serialize)]
struct UnneededView {
    id: PersonId,
    full_name: String,
    unit: String,
    #[serde(serialize_with = "crate::show::moment")]
    last_needed_at: Instant,
    removed: bool,
}

/// The people whom nothing has needed for so many months.
pub fn unneeded(terminal: &mut Terminal, months: u32) -> Result<()> {
    let views = terminal.read(|book, now| {
        let units = book.unit_names()?;
        let found = book.unneeded(now.months_before(months))?.into_iter();
        let views = found.map(|one| UnneededView {
            id: one.person.id,
            unit: units
                .get(&one.person.unit)
                .map(|(_, name)| name.clone())
                .unwrap_or_default(),
            full_name: one.person.full_name,
            last_needed_at: one.last,
            removed: one.person.removed,
        });
        Ok(views.collect::<Vec<_>>())
    })?;
    let headings = [
        "field_full_name",
        "field_unit",
        "field_last_needed_at",
        "field_removed",
        "field_id",
    ];
    terminal.show(&views, &headings, |view, say| {
        vec![
            view.full_name.clone(),
            view.unit.clone(),
            view.last_needed_at.to_string(),
            match view.removed {
                true => say.text("out_yes").to_owned(),
                false => String::new(),
            },
            view.id.to_string(),
        ]
    });
    Ok(())
}

#[derive(Serialize)]
struct DisclosureView {
    #[serde(serialize_with = "crate::show::moment")]
    at: Instant,
    operator: String,
    what: &'static str,
    format: String,
    file: Option<String>,
    without_numbers: bool,
    unit: Option<String>,
    person: Option<PersonId>,
}

/// What of people left the book.
pub fn disclosures(terminal: &mut Terminal) -> Result<()> {
    let views = terminal.read(|book, _| {
        let (operators, units) = (operators(book)?, book.unit_names()?);
        let views = book.disclosures()?.into_iter().map(
            |Disclosed {
                 at,
                 operator,
                 disclosure,
             }| DisclosureView {
                at,
                operator: operators.get(&operator).cloned().unwrap_or_default(),
                what: disclosure.what.key(),
                format: disclosure.form,
                file: disclosure.file,
                without_numbers: disclosure.without_numbers,
                unit: disclosure
                    .unit
                    .and_then(|id| units.get(&id))
                    .map(|(_, name)| name.clone()),
                person: disclosure.person,
            },
        );
        Ok(views.collect::<Vec<_>>())
    })?;
    let headings = [
        "field_at",
        "field_operator",
        "field_what",
        "field_form",
        "field_file",
    ];
    terminal.show(&views, &headings, |view, say| {
        let what = say.value(Extract::FIELD, view.what);
        vec![
            view.at.to_string(),
            view.operator.clone(),
            match view.without_numbers {
                true => format!("{what} ({})", say.text("out_without_numbers")),
                false => what,
            },
            view.format.to_uppercase(),
            view.file.clone().unwrap_or_default(),
        ]
    });
    Ok(())
}
