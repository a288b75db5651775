//! Incidents: the list, the page, opened and changed.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::period::Post;
use sotruc_core::id::{IncidentId, UnitId};
use sotruc_core::incident::profile::Said;
use sotruc_core::incident::{Facts, Missing, Severity, Status, Tlp, Type as IncidentType};
use sotruc_core::{Code, Error, IncidentChange, NewIncident, Reader, Result};
use specta::Type;
use std::collections::HashMap;

use super::Shared;
use super::notice::{NoticeRow, notice_rows};
use super::view::{ChangeRow, IncidentRef, IncidentRow, LineRow, Names, PersonRef, UnitRef};
use crate::ipc_error::Answer;

/// All that is known of an incident.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentPage {
    /// Its facts.
    pub incident: IncidentRow,
    /// What the reports ask for.
    pub details: IncidentDetails,
    /// The questions that tell how bad it is, with the answers.
    pub questions: Vec<QuestionRow>,
    /// What the answers propose; `null` while nothing that tells was answered.
    pub proposal: Option<Severity>,
    /// What the profile in force is called, in Vietnamese and English.
    pub profile: Said,
    /// Who is to be told of it, by when they are.
    pub notices: Vec<NoticeRow>,
    /// What is missing for each status that it could have.
    pub missing: Vec<(Status, Vec<Missing>)>,
    /// Who is on duty at its unit now.
    pub on_duty: Vec<PersonRef>,
    /// Its lines, oldest first.
    pub lines: Vec<LineRow>,
    /// What was written about it, newest first.
    pub history: Vec<ChangeRow>,
}

/// What the reports on an incident ask for.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentDetails {
    /// Who looks after it.
    pub owner: Option<String>,
    /// When its severity was decided.
    pub rated_at: Option<Instant>,
    /// Other units that it concerns.
    pub units: Vec<UnitRef>,
    /// Other incidents that belong to it.
    pub related: Vec<IncidentRef>,
    /// The level of the system, 1 to 5.
    pub system_level: Option<u8>,
    /// Who may be told.
    pub tlp: Option<Tlp>,
    /// Whether who reported it asks for silence.
    pub confidential: bool,
    /// The texts, by their names, in the order of the forms; `null` where nothing is said.
    pub facts: Vec<(String, Option<String>)>,
}

/// A question about an incident.
#[derive(Debug, Clone, Serialize, Type)]
pub struct QuestionRow {
    /// Its stable name.
    pub key: String,
    /// As it is asked, in Vietnamese and English.
    pub text: Said,
    /// The answer; `null` while there is none.
    pub answer: Option<bool>,
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
    app_state
        .read(|book, _| {
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
pub async fn incident_page(app_state: Shared<'_>, id: IncidentId) -> Answer<IncidentPage> {
    app_state
        .duty(move |book, roster, now| page(book, roster, now, id))
        .await
}

fn known(book: Reader<'_>, id: IncidentId) -> Result<sotruc_core::incident::Incident> {
    book.incident(id)?
        .ok_or_else(|| Error::new(Code::IncidentUnknown).with("given", id))
}

fn page(book: Reader<'_>, roster: &Roster, now: Instant, id: IncidentId) -> Result<IncidentPage> {
    let incident = known(book, id)?;
    let (names, all) = (Names::read(book)?, roster);
    let roster = all.of_unit(incident.unit);
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
    let profile = book.rules()?.profile().clone();
    let numbers = book.incident_numbers()?;
    let notices = notice_rows(book, all, &names, now, |notice| notice.incident == id)?;
    let owing = notices.iter().any(|row| !row.state.is_settled());
    let facts = Facts::NAMES.iter().map(|name| {
        let text = incident.facts.get(name).map(str::to_owned);
        ((*name).to_owned(), text)
    });
    Ok(IncidentPage {
        incident: IncidentRow::of(&incident, &names),
        details: IncidentDetails {
            owner: incident.owner.map(|id| names.operator(id).to_owned()),
            rated_at: incident.rated_at,
            units: incident
                .units
                .iter()
                .filter_map(|id| names.unit(*id))
                .collect(),
            related: incident
                .related
                .iter()
                .filter_map(|id| {
                    let number = numbers.get(id)?.clone();
                    Some(IncidentRef { id: *id, number })
                })
                .collect(),
            system_level: incident.system_level,
            tlp: incident.tlp,
            confidential: incident.confidential,
            facts: facts.collect(),
        },
        proposal: profile.propose(&incident),
        questions: profile
            .questions
            .iter()
            .map(|question| QuestionRow {
                key: question.key.clone(),
                text: question.text.clone(),
                answer: incident.answer(&question.key),
            })
            .collect(),
        profile: profile.name,
        missing: Status::ALL
            .iter()
            .map(|status| (*status, incident.missing(*status, owing)))
            .collect(),
        notices,
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
pub async fn open_incident(app_state: Shared<'_>, form: IncidentForm) -> Answer<IncidentRef> {
    app_state
        .write(move |write| {
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
pub async fn set_incident(
    app_state: Shared<'_>,
    id: IncidentId,
    patch: IncidentPatch,
) -> Answer<()> {
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
                facts: patch
                    .facts
                    .into_iter()
                    .filter_map(|(name, text)| {
                        let known = Facts::NAMES.iter().find(|known| **known == name)?;
                        Some((*known, text))
                    })
                    .collect(),
            };
            write.set_incident(&incident, change)?;
            Ok(())
        })
        .await
}

/// Answers the questions about how bad an incident is; and decides it, as a line of the log.
#[tauri::command]
#[specta::specta]
pub async fn rate_incident(
    app_state: Shared<'_>,
    id: IncidentId,
    answers: Vec<(String, Option<bool>)>,
    decided: Option<Severity>,
    reason: String,
) -> Answer<()> {
    app_state
        .write(move |write| {
            let incident = known(**write, id)?;
            write.rate_incident(&incident, answers, decided, Some(&reason))?;
            Ok(())
        })
        .await
}
