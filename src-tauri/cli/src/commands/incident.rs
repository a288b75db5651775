//! Incidents.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::incident::{self, Incident, Severity, Status, Type};
use sotruc_core::{IncidentChange, NewIncident, Reader, Result};

use super::log::{LineView, lines};
use super::{Answer, Desk};
use crate::args::Incident as Words;

#[derive(Serialize)]
struct View {
    id: String,
    number: String,
    title: String,
    unit: Option<String>,
    unit_code: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
    severity: Option<&'static str>,
    status: &'static str,
    #[serde(serialize_with = "crate::show::moment")]
    detected_at: Instant,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    closed_at: Option<Instant>,
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Vec<LineView>>,
}

fn view(book: Reader<'_>, incident: Incident) -> Result<View> {
    let unit = book.unit(incident.unit)?;
    Ok(View {
        id: incident.id.to_string(),
        number: incident.number,
        title: incident.title,
        unit_code: unit.as_ref().and_then(|unit| unit.code.clone()),
        unit: unit.map(|unit| unit.name),
        kind: incident.kind.key(),
        severity: incident.severity.map(Severity::key),
        status: incident.status.key(),
        detected_at: incident.detected_at,
        closed_at: incident.closed_at,
        note: incident.note,
        entries: None,
    })
}

pub fn run(desk: &mut Desk, words: &Words) -> Result<Answer> {
    match words {
        Words::Open {
            title,
            unit,
            kind,
            severity,
            detected,
        } => {
            let kind = desk.say.word::<Type>(kind)?;
            let severity = severity
                .as_deref()
                .map(|given| desk.say.word::<Severity>(given))
                .transpose()?;
            let detected = detected.as_deref().map(Instant::parse).transpose()?;
            let incident = desk.write(|write| {
                let unit = write.find_unit(unit)?.id;
                write.open_incident(NewIncident {
                    title: title.clone(),
                    unit,
                    kind,
                    severity,
                    detected,
                })
            })?;
            desk.say(&incident.number);
        }
        Words::List { open } => {
            let views = desk.read(|book, _| {
                let incidents = book.incidents()?.into_iter();
                incidents
                    .filter(|incident| !open || incident.status.is_open())
                    .map(|incident| view(book, incident))
                    .collect::<Result<Vec<_>>>()
            })?;
            let headings = [
                "field_number_of",
                "field_title_of",
                "field_unit",
                "field_severity",
                "field_status",
                "field_detected_at",
            ];
            desk.show(&views, &headings, |view, say| {
                let severity = view
                    .severity
                    .map(|severity| say.value(Severity::FIELD, severity));
                vec![
                    view.number.clone(),
                    view.title.clone(),
                    view.unit.clone().unwrap_or_default(),
                    severity.unwrap_or_else(|| say.text("out_not_assessed").to_owned()),
                    say.value(Status::FIELD, view.status),
                    view.detected_at.to_string(),
                ]
            });
        }
        Words::Show { incident } => {
            let view = desk.read(|book, _| {
                let incident = incident::find(&book.incidents()?, incident)?.clone();
                let entries = lines(book, book.entries(Some(incident.id))?)?;
                Ok(View {
                    entries: Some(entries),
                    ..view(book, incident)?
                })
            })?;
            if desk.json {
                desk.show_json(&view);
                return Ok(Answer::Yes);
            }
            let say = &desk.say;
            let severity = view
                .severity
                .map(|severity| say.value(Severity::FIELD, severity));
            let fields = [
                ("field_number_of", Some(view.number)),
                ("field_title_of", Some(view.title)),
                ("field_unit", view.unit),
                (
                    "field_type",
                    Some(format!(
                        "{} {}",
                        view.kind,
                        say.value(Type::FIELD, view.kind)
                    )),
                ),
                (
                    "field_severity",
                    severity.or_else(|| Some(say.text("out_not_assessed").to_owned())),
                ),
                ("field_status", Some(say.value(Status::FIELD, view.status))),
                ("field_detected_at", Some(view.detected_at.to_string())),
                ("field_closed_at", view.closed_at.map(|at| at.to_string())),
                ("field_note", view.note),
            ];
            desk.facts(&fields);
            let entries = view.entries.unwrap_or_default();
            if !entries.is_empty() {
                desk.say("");
                super::log::show(desk, &entries);
            }
        }
        Words::Set { incident, fields } => {
            let kind = fields
                .kind
                .as_deref()
                .map(|given| desk.say.word::<Type>(given))
                .transpose()?;
            let severity = fields
                .severity
                .as_deref()
                .map(|given| desk.say.word::<Severity>(given))
                .transpose()?;
            let status = fields
                .status
                .as_deref()
                .map(|given| desk.say.word::<Status>(given))
                .transpose()?;
            let detected = fields.detected.as_deref().map(Instant::parse).transpose()?;
            let wrote = desk.write(|write| {
                let incident = write.find_incident(incident)?;
                let unit = match &fields.unit {
                    Some(unit) => Some(write.find_unit(unit)?.id),
                    None => None,
                };
                let change = IncidentChange {
                    title: fields.title.clone(),
                    unit,
                    kind,
                    severity,
                    status,
                    detected,
                    note: fields.note.clone(),
                };
                write.set_incident(&incident, change)
            })?;
            desk.wrote(wrote);
        }
        Words::Close { incident } => {
            let wrote = desk.write(|write| {
                let incident = write.find_incident(incident)?;
                let change = IncidentChange {
                    status: Some(Status::Closed),
                    ..IncidentChange::default()
                };
                write.set_incident(&incident, change)
            })?;
            desk.wrote(wrote);
        }
    }
    Ok(Answer::Yes)
}
