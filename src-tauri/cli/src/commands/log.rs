//! The log.

use serde::Serialize;
use serde_json::Value;
use sotruc_core::clock::Instant;
use sotruc_core::entry::{Entry, Kind, Line};
use sotruc_core::id::{IncidentId, UnitId};
use sotruc_core::{Correction, NewLine, Reader, Result, Writing, incident};
use std::collections::HashMap;
use std::io::BufRead;

use super::{Answer, Desk};
use crate::args::Log as Words;

#[derive(Serialize)]
pub struct LineView {
    site: String,
    number: u64,
    #[serde(serialize_with = "crate::show::moment")]
    occurred_at: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    recorded_at: Instant,
    author: Option<String>,
    kind: &'static str,
    text: String,
    incident: Option<String>,
    unit: Option<String>,
    corrects: Option<Value>,
    corrected_by: Option<Value>,
    reason: Option<String>,
}

/// Lines as they are shown.
pub fn lines(book: Reader<'_>, entries: Vec<Entry>) -> Result<Vec<LineView>> {
    let operators: HashMap<_, _> = book
        .operators()?
        .into_iter()
        .map(|operator| (operator.id, operator.name))
        .collect();
    let incidents = book.incident_numbers()?;
    let units = book.unit_names()?;
    let views = entries.into_iter().map(|entry| {
        // A line of the same site is called by its number alone.
        let name = |line: Line| match line.site == entry.site_code {
            true => Value::from(line.number),
            false => Value::from(line.to_string()),
        };
        LineView {
            number: entry.number,
            occurred_at: entry.occurred_at,
            recorded_at: entry.recorded_at,
            author: operators.get(&entry.operator).cloned(),
            kind: entry.kind.key(),
            incident: entry.incident.and_then(|id| incidents.get(&id).cloned()),
            unit: entry.unit.and_then(|id| Some(units.get(&id)?.1.clone())),
            corrects: entry.corrects.map(name),
            corrected_by: entry.corrected_by.map(name),
            reason: entry.reason,
            text: entry.text,
            site: entry.site_code,
        }
    });
    Ok(views.collect())
}

/// Shows lines to people; a corrected one says which line is right.
pub fn show(desk: &mut Desk, views: &[LineView]) {
    let headings = [
        "field_line",
        "field_occurred_at",
        "field_author",
        "field_kind",
        "field_incident",
        "field_unit",
        "field_text",
    ];
    desk.show(views, &headings, |view, say| {
        let name = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        let mut text = view.text.clone();
        if let (Some(line), Some(reason)) = (&view.corrects, &view.reason) {
            text = say.with(
                "out_corrects",
                &[
                    ("text", text),
                    ("line", name(line)),
                    ("reason", reason.clone()),
                ],
            );
        }
        if let Some(line) = &view.corrected_by {
            text = say.with("out_corrected", &[("text", text), ("line", name(line))]);
        }
        vec![
            format!("{}-{}", view.site, view.number),
            view.occurred_at.to_string(),
            view.author.clone().unwrap_or_default(),
            say.value(Kind::FIELD, view.kind),
            view.incident.clone().unwrap_or_default(),
            view.unit.clone().unwrap_or_default(),
            text,
        ]
    });
}

pub fn run(desk: &mut Desk, words: &Words) -> Result<Answer> {
    match words {
        Words::Add {
            text,
            kind,
            incident,
            unit,
            occurred,
        } => {
            let kind = desk.say.word::<Kind>(kind)?;
            let occurred = occurred.as_deref().map(Instant::parse).transpose()?;
            let line_of = |write: &Writing<'_>, text: &str| -> Result<NewLine> {
                let (incident, unit) = named(write, incident.as_deref(), unit.as_deref())?;
                Ok(NewLine {
                    text: text.to_owned(),
                    kind,
                    occurred,
                    incident,
                    unit,
                })
            };
            if text == "-" {
                return from_input(desk, line_of);
            }
            let line = desk.write(|write| {
                let new = line_of(write, text)?;
                write.log(&new)
            })?;
            desk.say(&line.number.to_string());
        }
        Words::Correct {
            line,
            text,
            reason,
            kind,
            incident,
            unit,
            occurred,
        } => {
            let kind = kind
                .as_deref()
                .map(|kind| desk.say.word::<Kind>(kind))
                .transpose()?;
            let occurred = occurred.as_deref().map(Instant::parse).transpose()?;
            let line = desk.write(|write| {
                let here = write.site_code()?;
                let (incident, unit) = named(write, incident.as_deref(), unit.as_deref())?;
                let right = Correction {
                    text: text.clone(),
                    kind,
                    occurred,
                    incident,
                    unit,
                };
                write.correct(&Line::parse(line, &here)?, &right, reason)
            })?;
            desk.say(&line.number.to_string());
        }
        Words::List { incident, last } => {
            let views = desk.read(|book, _| {
                let of = match incident {
                    Some(given) => Some(incident::find(&book.incidents()?, given)?.id),
                    None => None,
                };
                let entries = match (of, last) {
                    (None, Some(last)) => book.last_entries(*last)?,
                    (of, last) => {
                        let mut entries = book.entries(of)?;
                        let count = entries.len();
                        entries.split_off(count - last.unwrap_or(count).min(count))
                    }
                };
                lines(book, entries)
            })?;
            show(desk, &views);
        }
    }
    Ok(Answer::Yes)
}

/// The incident and the unit that the words name.
fn named(
    write: &Writing<'_>,
    incident: Option<&str>,
    unit: Option<&str>,
) -> Result<(Option<IncidentId>, Option<UnitId>)> {
    let incident = incident
        .map(|given| write.find_incident(given))
        .transpose()?;
    let unit = unit.map(|given| write.find_unit(given)).transpose()?;
    Ok((
        incident.map(|incident| incident.id),
        unit.map(|unit| unit.id),
    ))
}

/// Each line of the input becomes a line of the log; its number is said once it is durable.
fn from_input(
    desk: &mut Desk,
    line_of: impl Fn(&Writing<'_>, &str) -> Result<NewLine>,
) -> Result<Answer> {
    let mut book = desk.open()?;
    for text in std::io::stdin().lock().lines() {
        let text =
            text.map_err(|cause| sotruc_core::Error::file(std::path::Path::new("stdin"), cause))?;
        if text.trim().is_empty() {
            continue;
        }
        let line = desk.write_in(&mut book, |write| {
            let new = line_of(write, &text)?;
            write.log(&new)
        })?;
        desk.say(&line.number.to_string());
        desk.flush();
    }
    desk.leave(book);
    Ok(Answer::Yes)
}
