//! Shapes that several rooms show.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::directory::person::{Person, Role};
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::period::{self, Need, Period, Post};
use sotruc_core::id::{IncidentId, OperatorId, PeriodId, PersonId, ShiftId, UnitId};
use sotruc_core::incident::{Incident, Severity, Status, Type as IncidentType};
use sotruc_core::log::entry::{Entry, Kind, Means};
use sotruc_core::{FieldChange, Reader, Result};
use specta::Type;
use std::collections::HashMap;

/// A unit by name.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UnitRef {
    /// Its identity.
    pub id: UnitId,
    /// Its code in the province's list.
    pub code: Option<String>,
    /// Its full name.
    pub name: String,
    /// Its group.
    pub group: Group,
}

impl From<&Unit> for UnitRef {
    fn from(unit: &Unit) -> Self {
        Self {
            id: unit.id,
            code: unit.code.clone(),
            name: unit.name.clone(),
            group: unit.group,
        }
    }
}

/// A person by name and number.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PersonRef {
    /// Their identity.
    pub id: PersonId,
    /// Family, middle, given name.
    pub full_name: String,
    /// What they are to their unit.
    pub role: Option<Role>,
    /// The number to call, in groups.
    pub number: Option<String>,
}

impl PersonRef {
    /// Somebody of whom nothing is kept.
    pub fn nameless(id: PersonId) -> Self {
        Self {
            id,
            full_name: String::new(),
            role: None,
            number: None,
        }
    }
}

impl From<&Person> for PersonRef {
    fn from(person: &Person) -> Self {
        Self {
            id: person.id,
            full_name: person.full_name.clone(),
            role: person.role,
            number: person.number().map(ToString::to_string),
        }
    }
}

/// A person as a list shows them.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PersonRow {
    /// Their identity.
    pub id: PersonId,
    /// Their unit.
    pub unit: Option<UnitRef>,
    /// Family, middle, given name.
    pub full_name: String,
    /// Their position.
    pub title: Option<String>,
    /// What they are to their unit.
    pub role: Option<Role>,
    /// What the unit wrote instead of a role we know.
    pub role_text: Option<String>,
    /// Mobile numbers, in groups, the first to call first.
    pub mobiles: Vec<String>,
    /// The number on the desk.
    pub landline: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// The name they are sorted by, where that is not the written one.
    pub sort_name: Option<String>,
    /// When they cannot stand a shift: from, up to but without.
    pub away: Vec<(Instant, Instant)>,
}

impl PersonRow {
    /// The row of a person of this unit.
    pub fn of(person: &Person, unit: Option<&Unit>) -> Self {
        Self {
            id: person.id,
            unit: unit.map(UnitRef::from),
            full_name: person.full_name.clone(),
            title: person.title.clone(),
            role: person.role,
            role_text: person.role_text.clone(),
            mobiles: person.mobiles.iter().map(ToString::to_string).collect(),
            landline: person.landline.as_ref().map(ToString::to_string),
            email: person.email.clone(),
            note: person.note.clone(),
            sort_name: person.sort_name.clone(),
            away: person.away.clone(),
        }
    }
}

/// A period.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PeriodCard {
    /// Its identity.
    pub id: PeriodId,
    /// What people call it.
    pub name: String,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The posts every unit must hold.
    pub posts: Vec<Post>,
    /// The groups it asks; `null` asks every unit.
    pub groups: Option<Vec<Group>>,
    /// By when units send their contact points; `null` is its first moment.
    pub due_at: Option<Instant>,
    /// The letter that asks for it.
    pub letter: Option<String>,
    /// Where more, less or other posts are asked.
    pub needs: Vec<Need>,
    /// For how many minutes two may stand on a post at a change; `null` is usual.
    pub overlap: Option<u32>,
}

impl From<&Period> for PeriodCard {
    fn from(period: &Period) -> Self {
        Self {
            id: period.id,
            name: period.name.clone(),
            from: period.from,
            to: period.to,
            posts: period.posts.clone(),
            groups: period.groups.clone(),
            due_at: period.due_at,
            letter: period.letter.clone(),
            needs: period.needs.clone(),
            overlap: period.overlap,
        }
    }
}

/// The period that matters at a moment: the one it lies in, else the next, else the last.
pub fn period_at(periods: &[Period], now: Instant) -> Option<&Period> {
    period::coming(periods, now).or(periods.last())
}

/// A shift.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShiftRow {
    /// Its identity.
    pub id: ShiftId,
    /// Whose post it is.
    pub unit: Option<UnitRef>,
    /// The post.
    pub post: Post,
    /// Who stands on it.
    pub person: Option<PersonRef>,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// An incident as a list shows it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentRow {
    /// Its identity.
    pub id: IncidentId,
    /// Site, year and number.
    pub number: String,
    /// What happened.
    pub title: String,
    /// To whom.
    pub unit: Option<UnitRef>,
    /// Of which kind.
    #[serde(rename = "type")]
    pub kind: IncidentType,
    /// How bad.
    pub severity: Option<Severity>,
    /// How far.
    pub status: Status,
    /// Whether somebody still has to do something.
    pub open: bool,
    /// When it was noticed.
    pub detected_at: Instant,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Anything else.
    pub note: Option<String>,
}

impl IncidentRow {
    /// The row of an incident at one of these units.
    pub fn of(incident: &Incident, names: &Names) -> Self {
        Self {
            id: incident.id,
            number: incident.number.clone(),
            title: incident.title.clone(),
            unit: names.unit(incident.unit),
            kind: incident.kind,
            severity: incident.severity,
            status: incident.status,
            open: incident.status.is_open(),
            detected_at: incident.detected_at,
            closed_at: incident.closed_at,
            note: incident.note.clone(),
        }
    }
}

/// An incident by number.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentRef {
    /// Its identity.
    pub id: IncidentId,
    /// Site, year and number.
    pub number: String,
}

/// A line of the log.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LineRow {
    /// What people call it: `DLK-148`.
    pub line: String,
    /// Its number at its site.
    pub number: u64,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was written down.
    pub recorded_at: Instant,
    /// Who wrote it.
    pub author: String,
    /// What it tells.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// The incident it belongs to.
    pub incident: Option<IncidentRef>,
    /// The unit it speaks of.
    pub unit: Option<UnitRef>,
    /// Whether it was written long after it happened.
    pub late: bool,
    /// Why it was written so late.
    pub late_reason: Option<String>,
    /// Why it was decided so.
    pub grounds: Option<String>,
    /// Who was told.
    pub whom: Option<String>,
    /// How.
    pub channel: Option<Means>,
    /// On which number.
    pub dialled: Option<String>,
    /// Files that belong to it.
    pub files: Vec<FileRow>,
    /// Whether the computer's clock had gone back when it was written.
    pub clock_back: bool,
    /// The line it corrects.
    pub corrects: Option<String>,
    /// Why it corrects it.
    pub reason: Option<String>,
    /// The line that corrects this one.
    pub corrected_by: Option<String>,
}

/// A file that was attached to a line.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FileRow {
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// The BLAKE3 hash of its bytes, which tells it from others of the line.
    pub hash: String,
}

/// A value that a field took.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ChangeRow {
    /// When.
    pub recorded_at: Instant,
    /// By whom.
    pub author: String,
    /// The field, by its stable name.
    pub field: String,
    /// The value as people read it, where it is not the stable name of a known value.
    pub value: Option<String>,
    /// The line of the journal: site and record.
    pub record: String,
}

/// Names behind the ids, asked for once.
pub struct Names {
    units: HashMap<UnitId, UnitRef>,
    operators: HashMap<OperatorId, String>,
    incidents: HashMap<IncidentId, String>,
}

impl Names {
    /// What an operator is called.
    pub fn operator(&self, id: OperatorId) -> &str {
        self.operators.get(&id).map_or("", String::as_str)
    }

    /// Reads them.
    pub fn read(book: Reader<'_>) -> Result<Self> {
        let operators = book.operators()?.into_iter();
        Ok(Self {
            units: Self::of(&book.units()?, book.unit_names()?),
            operators: operators
                .map(|operator| (operator.id, operator.name))
                .collect(),
            incidents: book.incident_numbers()?,
        })
    }

    /// A unit that is no more leads under its name to the one that took its place.
    fn of(units: &[Unit], all: HashMap<UnitId, (UnitId, String)>) -> HashMap<UnitId, UnitRef> {
        let today: HashMap<UnitId, UnitRef> =
            units.iter().map(|unit| (unit.id, unit.into())).collect();
        let mut refs = HashMap::with_capacity(all.len());
        for (id, (now, name)) in all {
            if let Some(unit) = today.get(&now) {
                let mut unit = unit.clone();
                if now != id {
                    unit.name = name;
                }
                refs.insert(id, unit);
            }
        }
        refs
    }

    /// The unit of this id, or under its name the one that took its place.
    pub fn unit(&self, id: UnitId) -> Option<UnitRef> {
        self.units.get(&id).cloned()
    }

    /// A line with the names behind its ids.
    pub fn line(&self, entry: &Entry) -> LineRow {
        LineRow {
            line: entry.line().to_string(),
            number: entry.number,
            occurred_at: entry.occurred_at,
            recorded_at: entry.recorded_at,
            author: self
                .operators
                .get(&entry.operator)
                .cloned()
                .unwrap_or_default(),
            kind: entry.kind,
            text: entry.text.clone(),
            incident: entry.incident.and_then(|id| {
                let number = self.incidents.get(&id)?.clone();
                Some(IncidentRef { id, number })
            }),
            unit: entry.unit.and_then(|id| self.unit(id)),
            late: entry.is_late(),
            late_reason: entry.late_reason.clone(),
            grounds: entry.grounds.clone(),
            whom: entry.whom.clone(),
            channel: entry.channel,
            dialled: entry.dialled.clone(),
            files: entry
                .files
                .iter()
                .map(|file| FileRow {
                    name: file.name.clone(),
                    size: file.size,
                    hash: file.hash.clone(),
                })
                .collect(),
            clock_back: entry.clock_back,
            corrects: entry.corrects.as_ref().map(ToString::to_string),
            reason: entry.reason.clone(),
            corrected_by: entry.corrected_by.as_ref().map(ToString::to_string),
        }
    }

    /// What was written about a noun, newest first.
    pub fn history(&self, changes: Vec<FieldChange>) -> Vec<ChangeRow> {
        changes
            .into_iter()
            .rev()
            .map(|change| ChangeRow {
                value: self.shown(&change.field, &change.value),
                recorded_at: change.recorded_at,
                author: change.author,
                field: change.field,
                record: format!("{}:{}", change.site, change.seq),
            })
            .collect()
    }

    /// A value as people read it. The stable names of known values stay: the page has words.
    pub fn shown(&self, field: &str, value: &serde_json::Value) -> Option<String> {
        use serde_json::Value as Json;
        match value {
            Json::Null => None,
            Json::String(id) if matches!(field, "unit" | "parent" | "succeeded_by") => {
                Some(match id.parse().map(UnitId) {
                    Ok(id) => self
                        .unit(id)
                        .map_or_else(|| "?".to_owned(), |unit| unit.name),
                    // What is not written yet is told by its name.
                    Err(_) => id.clone(),
                })
            }
            Json::String(id) if field == "owner" => Some(id.parse().map_or_else(
                |_| id.clone(),
                |id| self.operator(OperatorId(id)).to_owned(),
            )),
            Json::String(text) => Some(match field {
                "landline" => phone(text),
                _ => text.clone(),
            }),
            Json::Array(spans) if field == "away" => {
                let at = |at: &Json| at.as_i64().map(Instant::from_millis);
                let span = |span: &Json| Some(format!("{} – {}", at(&span[0])?, at(&span[1])?));
                Some(spans.iter().filter_map(span).collect::<Vec<_>>().join("; "))
            }
            Json::Array(items) => {
                let items = items.iter().filter_map(Json::as_str);
                let named = items.map(|text| match (field, text.parse()) {
                    ("mobiles", _) => phone(text),
                    ("units", Ok(id)) => self
                        .unit(UnitId(id))
                        .map_or_else(|| "?".to_owned(), |unit| unit.name),
                    ("related", Ok(id)) => {
                        let number = self.incidents.get(&IncidentId(id));
                        number.cloned().unwrap_or_else(|| "?".to_owned())
                    }
                    _ => text.to_owned(),
                });
                Some(named.collect::<Vec<_>>().join("; "))
            }
            Json::Number(millis) if field.ends_with("_at") => millis
                .as_i64()
                .map(|at| Instant::from_millis(at).to_string()),
            other => Some(other.to_string()),
        }
    }
}

fn phone(digits: &str) -> String {
    sotruc_core::text::Phone::read(digits)
        .map_or_else(|_| digits.to_owned(), |number| number.to_string())
}
