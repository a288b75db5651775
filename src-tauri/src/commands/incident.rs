//! Incidents: the list, the page, opened and changed.

use serde::Deserialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::{IncidentId, UnitId};
use sotruc_core::incident::notice::NoticesChanged;
use sotruc_core::incident::{Incident, Severity, Status, Tlp, Type as IncidentType, find};
use sotruc_core::log::entry::Line;
use sotruc_core::views::incident::{self, IncidentPage, IncidentRef, IncidentRow};
use sotruc_core::{Code, Error, IncidentChange, NewIncident, Reader, Result};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// An incident to be opened.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct IncidentForm {
    /// What happened, in a few words.
    pub title: String,
    /// To whom.
    pub unit: UnitId,
    /// Of which kind.
    #[serde(rename = "type")]
    pub kind: IncidentType,
    /// How bad, when somebody has assessed it.
    pub severity: Option<Severity>,
    /// When it was noticed; now, when not given.
    pub detected_at: Option<Instant>,
    /// The line that tells of it, which then belongs to it; without a time it was noticed then.
    pub line: Option<String>,
}

/// What to change of an incident; what is not given stays.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct IncidentPatch {
    /// What happened.
    pub title: Option<String>,
    /// To whom.
    pub unit: Option<UnitId>,
    /// Of which kind.
    #[serde(rename = "type")]
    pub kind: Option<IncidentType>,
    /// How bad.
    pub severity: Option<Severity>,
    /// How far.
    pub status: Option<Status>,
    /// When it was noticed.
    pub detected_at: Option<Instant>,
    /// Anything else; an empty text takes it away.
    pub note: Option<String>,
    /// The operator who looks after it; an empty text takes them away.
    pub owner: Option<String>,
    /// Other units that it concerns.
    pub units: Option<Vec<UnitId>>,
    /// Other incidents that belong to it.
    pub related: Option<Vec<IncidentId>>,
    /// The level of the system, 1 to 5; 0 takes it away.
    pub system_level: Option<u8>,
    /// Who may be told, by its stable name; an empty text takes it away.
    pub tlp: Option<String>,
    /// Whether who reported it asks for silence.
    pub confidential: Option<bool>,
    /// Texts by their names; an empty one is taken away.
    pub facts: Vec<(String, String)>,
}

/// The incidents, newest first.
#[tauri::command]
#[specta::specta]
pub async fn incidents(app_state: Shared<'_>) -> Answer<Vec<IncidentRow>> {
    app_state.read(|book, _| incident::all(book)).await
}

/// All that is known of an incident.
#[tauri::command]
#[specta::specta]
pub async fn incident_page(app_state: Shared<'_>, id: IncidentId) -> Answer<IncidentPage> {
    app_state
        .duty(move |book, roster, now| incident::page(book, roster, now, id))
        .await
}

/// The incident that somebody calls so, by its number or the end of it.
#[tauri::command]
#[specta::specta]
pub async fn named_incident(app_state: Shared<'_>, given: String) -> Answer<IncidentRef> {
    app_state
        .read(move |book, _| {
            let incidents = book.incidents()?;
            let found = find(&incidents, &given)?;
            Ok(IncidentRef {
                id: found.id,
                number: found.number.clone(),
            })
        })
        .await
}

fn known(book: Reader<'_>, id: IncidentId) -> Result<Incident> {
    book.incident(id)?
        .ok_or_else(|| Error::new(Code::IncidentUnknown).with("given", id))
}

/// Opens an incident.
#[tauri::command]
#[specta::specta]
pub async fn open_incident(app_state: Shared<'_>, form: IncidentForm) -> Answer<IncidentRef> {
    app_state
        .write(move |write| {
            let new = NewIncident {
                title: form.title,
                unit: form.unit,
                kind: form.kind,
                severity: form.severity,
                detected: form.detected_at,
            };
            let incident = match &form.line {
                Some(line) => write.open_incident_of(&Line::parse(line, "")?, new)?,
                None => write.open_incident(new)?,
            };
            Ok(IncidentRef {
                id: incident.id,
                number: incident.number,
            })
        })
        .await
}

/// Changes an incident, and gives what became of the notices that are to be sent.
#[tauri::command]
#[specta::specta]
pub async fn set_incident(
    app_state: Shared<'_>,
    id: IncidentId,
    patch: IncidentPatch,
) -> Answer<NoticesChanged> {
    app_state
        .write(move |write| {
            let incident = known(**write, id)?;
            let change = IncidentChange {
                title: patch.title,
                unit: patch.unit,
                kind: patch.kind,
                severity: patch.severity,
                status: patch.status,
                detected: patch.detected_at,
                note: patch.note,
                owner: match patch.owner.as_deref().map(str::trim) {
                    Some("") => Some(None),
                    Some(name) => Some(Some(write.find_operator(name)?.id)),
                    None => None,
                },
                answers: Vec::new(),
                units: patch.units,
                related: patch.related,
                system_level: patch
                    .system_level
                    .map(|level| Some(level).filter(|level| *level > 0)),
                tlp: match patch.tlp.as_deref() {
                    Some("") => Some(None),
                    Some(given) => Some(Some(Tlp::parse(given)?)),
                    None => None,
                },
                confidential: patch.confidential,
                facts: patch.facts,
            };
            Ok(write.set_incident(&incident, change)?.notices)
        })
        .await
}

/// How bad an incident would be proposed to be with these answers; nothing is written.
#[tauri::command]
#[specta::specta]
pub async fn proposed_severity(
    app_state: Shared<'_>,
    id: IncidentId,
    answers: Vec<(String, Option<bool>)>,
) -> Answer<Option<Severity>> {
    app_state
        .read(move |book, _| incident::proposed(book, id, &answers))
        .await
}

/// Answers the questions about how bad an incident is; and decides it, as a line of the log. Gives
/// what became of the notices that are to be sent.
#[tauri::command]
#[specta::specta]
pub async fn rate_incident(
    app_state: Shared<'_>,
    id: IncidentId,
    answers: Vec<(String, Option<bool>)>,
    decided: Option<Severity>,
    reason: String,
) -> Answer<NoticesChanged> {
    app_state
        .write(move |write| {
            let incident = known(**write, id)?;
            let set = write.rate_incident(&incident, answers, decided, Some(&reason))?;
            Ok(set.notices)
        })
        .await
}
