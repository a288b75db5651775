//! What the book holds of a person, as a sheet for them to read.

use std::io::Write;

use crate::clock::Instant;
use crate::directory::drill::Drill;
use crate::directory::person::{Person, Role};
use crate::error::Result;
use crate::id::{OperatorId, PersonId};
use crate::messages::vietnamese;
use crate::privacy::disclosure::{Disclosed, Disclosure, Extract};
use crate::privacy::held::Place;
use crate::report::columns;
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;
use crate::text::Phone;

/// What is to be noted of what a person is told about themselves.
#[must_use]
pub fn held_disclosure(person: PersonId, form: Form) -> Disclosure {
    Disclosure {
        person: Some(person),
        ..Disclosure::of(Extract::Held, form.key())
    }
}

/// What the book holds of a person, as a sheet for them to read.
///
/// # Errors
/// As [`Reader::held`], and [`Code::File`].
pub fn held_sheet(book: Reader<'_>, id: PersonId, to: impl Write, form: Form) -> Result<()> {
    let held = book.held(id)?;
    let operators = book.operators()?;
    let author = |id: OperatorId| {
        let found = operators.iter().find(|operator| operator.id == id);
        Cell::text(found.map(|operator| operator.name.as_str()))
    };
    let units = book.unit_names()?;
    let headings = columns([
        "column_item",
        "column_text",
        "column_value",
        "column_at",
        "column_until",
        "column_author",
    ]);
    let mut sheet = crate::report::table(book, to, form, &headings)?;
    let text = |text: &str| Cell::Text(text.to_owned());
    let say = vietnamese();
    for card in &held.cards {
        let unit = units.get(&card.unit).map(|(_, name)| name.as_str());
        for (heading, value, span) in facts(card, unit) {
            let (from, to) = span.unzip();
            sheet.row(&[
                text(say.text("written_held_kept")),
                text(heading),
                value.map_or(Cell::Empty, Cell::Plain),
                from.map_or(Cell::Empty, Cell::Time),
                to.map_or(Cell::Empty, Cell::Time),
                Cell::Empty,
            ])?;
        }
    }
    for change in &held.said {
        let Some(heading) = heading_of(&change.field) else {
            continue;
        };
        let value = match &change.value {
            serde_json::Value::String(said) if change.field == "unit" => said
                .parse::<uuid::Uuid>()
                .ok()
                .and_then(|id| units.get(&id.into()))
                .map_or_else(|| said.clone(), |(_, name)| name.clone()),
            serde_json::Value::String(said) if change.field == "role" => Role::parse(said)
                .map_or_else(|_| said.clone(), |role| vietnamese().word(role).to_owned()),
            serde_json::Value::String(said) if change.field == "landline" => number(said),
            serde_json::Value::String(said) => said.clone(),
            serde_json::Value::Array(spans) if change.field == "away" => {
                let at = |at: &serde_json::Value| at.as_i64().map(Instant::from_millis);
                let told = |span: &serde_json::Value| {
                    Some(format!("{} – {}", at(&span[0])?, at(&span[1])?))
                };
                spans.iter().filter_map(told).collect::<Vec<_>>().join("; ")
            }
            serde_json::Value::Array(items) => items
                .iter()
                .filter_map(serde_json::Value::as_str)
                .map(number)
                .collect::<Vec<_>>()
                .join("; "),
            _ => String::new(),
        };
        sheet.row(&[
            text(say.text("written_held_said")),
            text(heading),
            Cell::Plain(value),
            Cell::Time(change.recorded_at),
            Cell::Empty,
            text(&change.author),
        ])?;
    }
    for drill in &held.drills {
        sheet.row(&[
            text(say.text("written_held_call")),
            Cell::Text(called(drill)),
            drill
                .number
                .as_ref()
                .map_or(Cell::Empty, |number| Cell::Plain(number.to_string())),
            Cell::Time(drill.at),
            Cell::Empty,
            author(drill.operator),
        ])?;
    }
    for shift in &held.shifts {
        let unit = units.get(&shift.unit);
        sheet.row(&[
            text(say.text("written_held_shift")),
            text(say.word(shift.post)),
            Cell::text(unit.map(|(_, name)| name.as_str())),
            Cell::Time(shift.from),
            Cell::Time(shift.to),
            Cell::Empty,
        ])?;
    }
    // Who else has the same number is their own affair, and where our files lie is ours.
    let theirs = |place: Place| !matches!(place, Place::Person | Place::File);
    for mention in held.mentions.iter().filter(|mention| theirs(mention.place)) {
        let what = place_name(mention.place);
        sheet.row(&[
            text(say.text("written_held_mention")),
            text(what),
            Cell::Plain(mention.name.clone()),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ])?;
    }
    for Disclosed {
        at,
        operator,
        disclosure,
    } in &held.disclosures
    {
        sheet.row(&[
            text(say.text("written_held_exported")),
            text(say.word(disclosure.what)),
            Cell::Text(disclosure.form.to_uppercase()),
            Cell::Time(*at),
            Cell::Empty,
            author(*operator),
        ])?;
    }
    sheet.end()
}

/// A number in groups.
fn number(digits: &str) -> String {
    Phone::read(digits).map_or_else(|_| digits.to_owned(), |number| number.to_string())
}

/// What came of a call, with what was noted of it.
fn called(drill: &Drill) -> String {
    let outcome = vietnamese().word(drill.outcome).to_owned();
    let mut text = match drill.minutes {
        Some(minutes) => vietnamese().with(
            "written_held_called",
            &[("outcome", outcome), ("minutes", minutes.to_string())],
        ),
        None => outcome,
    };
    if let Some(note) = &drill.note {
        text.push_str(&format!(", {note}"));
    }
    text
}

/// A heading with what stands under it: a text, or from when to when.
type Fact = (&'static str, Option<String>, Option<(Instant, Instant)>);

/// All that a card holds; what somebody adds to it is told here too.
fn facts(card: &Person, unit: Option<&str>) -> Vec<Fact> {
    let Person {
        // Which card it is, is told by what stands on it.
        id: _,
        unit: _,
        same_as: _,
        removed: _,
        full_name,
        sort_name,
        title,
        role,
        role_text,
        mobiles,
        landline,
        email,
        note,
        away,
    } = card;
    let joined = |numbers: &[Phone]| {
        let numbers: Vec<String> = numbers.iter().map(Phone::to_string).collect();
        Some(numbers.join("; "))
    };
    let role = role.map(|role| vietnamese().word(role).to_owned());
    let texts = [
        ("full_name", Some(full_name.clone())),
        ("sort_name", sort_name.clone()),
        ("unit", unit.map(str::to_owned)),
        ("title", title.clone()),
        ("role", role.or_else(|| role_text.clone())),
        ("mobiles", joined(mobiles)),
        ("landline", joined(landline.as_slice())),
        ("email", email.clone()),
        ("note", note.clone()),
    ];
    let texts = texts.into_iter().filter_map(|(field, text)| {
        let text = text.filter(|text| !text.is_empty())?;
        Some((heading_of(field)?, Some(text), None))
    });
    let away = away
        .iter()
        .filter_map(|span| Some((heading_of("away")?, None, Some(*span))));
    texts.chain(away).collect()
}

/// The heading of a field, by its stable name.
fn heading_of(name: &str) -> Option<&'static str> {
    let field = match name {
        "full_name" | "sort_name" => Field::FullName,
        "unit" => Field::Unit,
        "title" => Field::Title,
        "role" | "role_text" => Field::Role,
        "mobiles" => Field::Mobile,
        "landline" => Field::Landline,
        "email" => Field::Email,
        "note" => Field::Note,
        "away" => return Some(vietnamese().text("written_held_away")),
        _ => return None,
    };
    Some(field.heading(List::People))
}

/// What a place is called to whom it is about.
fn place_name(place: Place) -> &'static str {
    match place {
        Place::Submission => vietnamese().text("written_held_submission"),
        Place::Operator => vietnamese().text("written_held_operator"),
        place => vietnamese().word(place),
    }
}
