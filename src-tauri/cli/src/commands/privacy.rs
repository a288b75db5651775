//! What is held of people: told, dropped, and what of it left the book.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::PersonId;
use sotruc_core::privacy::disclosure::Extract;
use sotruc_core::privacy::held::Place;
use sotruc_core::report::{self, Form};
use sotruc_core::views::privacy::{self, DisclosureRow, HeldPage, RedactionRow, UnneededRow};
use sotruc_core::{Reader, Result};
use std::path::Path;

use super::Terminal;
use crate::args::Asked;

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

impl From<HeldPage> for HeldView {
    fn from(held: HeldPage) -> Self {
        let numbers = held.numbers.iter();
        let mentions = held.mentions.into_iter();
        Self {
            id: held.person.id.to_string(),
            full_name: held.person.full_name,
            unit: held.unit,
            cards: held.cards,
            numbers: numbers.map(|number| number.digits().to_owned()).collect(),
            records: held.records,
            drills: held.drills,
            shifts: held.shifts,
            mentions: mentions
                .map(|mention| MentionView {
                    place: mention.place.key(),
                    name: mention.name,
                })
                .collect(),
            disclosures: held.disclosures,
        }
    }
}

/// What is held of whom `given` names, who may be off the list.
fn held_of(book: Reader<'_>, given: &str) -> Result<HeldPage> {
    privacy::held(book, book.find_card(given)?.id)
}

/// Tells what is held of a person, or writes it into a file for them.
pub fn held(terminal: &mut Terminal, given: &str, output: Option<&Path>) -> Result<()> {
    let Some(output) = output else {
        let held = terminal.read(|book, _| held_of(book, given))?;
        show(terminal, &[HeldView::from(held)]);
        return Ok(());
    };
    let person = terminal.read(|book, _| Ok(book.find_card(given)?.id))?;
    let form = Form::of(output)?;
    let noted = report::held_disclosure(person, form);
    terminal.disclose(Some(noted), output, &Asked::default(), |book, out, _| {
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
    let held: Vec<HeldPage> = terminal.read(|book, _| {
        let given = given.iter();
        given.map(|given| held_of(book, given)).collect()
    })?;
    let people: Vec<PersonId> = held.iter().map(|held| held.person.id).collect();
    let views: Vec<HeldView> = held.into_iter().map(HeldView::from).collect();
    show(terminal, &views);
    if dry_run {
        terminal.note("out_nothing_written", &[]);
        return Ok(());
    }
    let erased = terminal.erase(&people, reason)?;
    let count = erased.redacted.people.to_string();
    terminal.note("out_redacted", &[("count", count)]);
    for file in erased.others {
        terminal.note("out_other_copy", &[("file", file.display().to_string())]);
    }
    if let Some(why) = erased.unclean {
        terminal.note("out_not_purged", &[("why", terminal.say.error(&why))]);
    }
    Ok(())
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

impl From<RedactionRow> for RedactedView {
    fn from(row: RedactionRow) -> Self {
        Self {
            person: row.person,
            at: row.at,
            operator: row.by,
            reason: row.reason,
            records: row.records,
        }
    }
}

/// Who was dropped.
pub fn redacted(terminal: &mut Terminal) -> Result<()> {
    let past = terminal.read(|book, _| privacy::redactions(book, None))?;
    let views: Vec<RedactedView> = past.rows.into_iter().map(RedactedView::from).collect();
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

impl From<UnneededRow> for UnneededView {
    fn from(row: UnneededRow) -> Self {
        Self {
            id: row.person.id,
            full_name: row.person.full_name,
            unit: row.unit,
            last_needed_at: row.last,
            removed: row.removed,
        }
    }
}

/// The people whom nothing has needed for so many months.
pub fn unneeded(terminal: &mut Terminal, months: u32) -> Result<()> {
    let found = terminal.read(|book, now| privacy::unneeded(book, now, months, None))?;
    let views: Vec<UnneededView> = found.rows.into_iter().map(UnneededView::from).collect();
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
    /// What the person is called, where something is kept of them.
    person_name: Option<String>,
    /// Whose it is, as people read it.
    #[serde(skip)]
    whose: Option<String>,
}

impl From<DisclosureRow> for DisclosureView {
    fn from(row: DisclosureRow) -> Self {
        let person_name = row.whose.clone().filter(|_| row.person.is_some());
        Self {
            at: row.at,
            operator: row.by,
            what: row.what.key(),
            format: row.form,
            file: row.file,
            without_numbers: row.without_numbers,
            unit: row.unit,
            person: row.person,
            person_name: person_name.filter(|name| !name.is_empty()),
            whose: row.whose,
        }
    }
}

/// What of people left the book.
pub fn disclosures(terminal: &mut Terminal) -> Result<()> {
    let left = terminal.read(|book, _| privacy::disclosures(book, None))?;
    let views: Vec<DisclosureView> = left.rows.into_iter().map(DisclosureView::from).collect();
    let headings = [
        "field_at",
        "field_operator",
        "field_what",
        "field_whose",
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
            match view.whose.as_deref() {
                Some("") => say.text("ui_person_gone").to_owned(),
                Some(whose) => whose.to_owned(),
                None => say.text("ui_all").to_owned(),
            },
            view.format.to_uppercase(),
            view.file.clone().unwrap_or_default(),
        ]
    });
    Ok(())
}
