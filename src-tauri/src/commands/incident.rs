//! Incidents: the list, the page, opened and changed.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::coverage::Roster;
use sotruc_core::id::{IncidentId, UnitId};
use sotruc_core::incident::{Severity, Status, Type as IncidentType};
use sotruc_core::period::Post;
use sotruc_core::{Code, Error, IncidentChange, NewIncident, Reader, Result};
use specta::Type;
use std::collections::HashMap;

use super::Shared;
use super::view::{ChangeRow, IncidentRef, IncidentRow, LineRow, Names, PersonRef};
use crate::ipc_error::Answer;

/// All that is known of an incident.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentPage {
    /// Its facts.
    pub incident: IncidentRow,
    /// Who is on duty at its unit now.
    pub on_duty: Vec<PersonRef>,
    /// Its lines, oldest first.
    pub lines: Vec<LineRow>,
    /// What was written about it, newest first.
    pub history: Vec<ChangeRow>,
}

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
}

/// The incidents, newest first.
#[tauri::command]
#[specta::specta]
pub async fn incidents(desk: Shared<'_>) -> Answer<Vec<IncidentRow>> {
    desk.read(|book, _| {
        let names = Names::read(book)?;
        let mut incidents = book.incidents()?;
        incidents.reverse();
        Ok(incidents
            .iter()
            .map(|incident| IncidentRow::of(incident, &names))
            .collect())
    })
    .await
}

/// All that is known of an incident.
#[tauri::command]
#[specta::specta]
pub async fn incident_page(desk: Shared<'_>, id: IncidentId) -> Answer<IncidentPage> {
    desk.duty(move |book, roster, now| page(book, roster, now, id))
        .await
}

fn known(book: Reader<'_>, id: IncidentId) -> Result<sotruc_core::incident::Incident> {
    book.incident(id)?
        .ok_or_else(|| Error::new(Code::IncidentUnknown).with("given", id))
}

fn page(book: Reader<'_>, roster: &Roster, now: Instant, id: IncidentId) -> Result<IncidentPage> {
    let incident = known(book, id)?;
    let names = Names::read(book)?;
    let roster = roster.of_unit(incident.unit);
    let people: HashMap<_, _> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let on_duty = roster
        .on_duty(now)
        .into_iter()
        .filter(|line| line.post != Post::Leader)
        .filter_map(|line| {
            people
                .get(&line.person)
                .map(|person| PersonRef::from(*person))
        })
        .collect();
    Ok(IncidentPage {
        incident: IncidentRow::of(&incident, &names),
        on_duty,
        lines: book
            .entries(Some(id))?
            .iter()
            .map(|entry| names.line(entry))
            .collect(),
        history: names.history(book.history(id.0)?),
    })
}

/// Opens an incident.
#[tauri::command]
#[specta::specta]
pub async fn open_incident(desk: Shared<'_>, form: IncidentForm) -> Answer<IncidentRef> {
    desk.write(move |write| {
        let incident = write.open_incident(NewIncident {
            title: form.title,
            unit: form.unit,
            kind: form.kind,
            severity: form.severity,
            detected: form.detected_at,
        })?;
        Ok(IncidentRef {
            id: incident.id,
            number: incident.number,
        })
    })
    .await
}

/// Changes an incident.
#[tauri::command]
#[specta::specta]
pub async fn set_incident(desk: Shared<'_>, id: IncidentId, patch: IncidentPatch) -> Answer<()> {
    desk.write(move |write| {
        let incident = known(**write, id)?;
        let change = IncidentChange {
            title: patch.title,
            unit: patch.unit,
            kind: patch.kind,
            severity: patch.severity,
            status: patch.status,
            detected: patch.detected_at,
            note: patch.note,
        };
        write.set_incident(&incident, change)?;
        Ok(())
    })
    .await
}
