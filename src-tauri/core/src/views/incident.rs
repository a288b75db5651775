//! Incidents: the list, the page.

use serde::{Serialize, Serializer};
use specta::Type;
use std::cmp::Reverse;

use super::call::CallOption;
use super::history::ChangeRow;
use super::log::LineRow;
use super::names::Names;
use super::notice::{self, NoticeRow, OwnNotice};
use super::unit::{self, UnitRef};
use crate::clock::Instant;
use crate::duty::coverage::Roster;
use crate::error::{Code, Error, Result};
use crate::id::IncidentId;
use crate::incident::profile::{Question, Said};
use crate::incident::{Facts, Incident, Missing, Severity, Status, Tlp, Type as Kind};
use crate::store::Reader;

/// An incident as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
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
    pub kind: Kind,
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
    #[must_use]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct IncidentRef {
    /// Its identity.
    pub id: IncidentId,
    /// Site, year and number.
    pub number: String,
}

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
    /// Since when they propose that it is serious while nobody decides.
    pub undecided_since: Option<Instant>,
    /// What the profiles in force are called, in Vietnamese and English.
    pub profile: Said,
    /// Who is to be told of it, by when they are.
    pub notices: Vec<NoticeRow>,
    /// What is missing for each status that it could have.
    pub missing: Vec<(Status, Vec<Missing>)>,
    /// What rules ask to be told to our own unit: nobody is to be told of it.
    pub ours: Vec<OwnNotice>,
    /// Whether nobody is on duty at its unit now.
    pub nobody: bool,
    /// Whom to call at its unit: whoever is called first, who else is on duty, and at last who of
    /// these did not answer just now.
    pub calls: Vec<CallOption>,
    /// All numbers of its unit, the first to call first.
    pub order: Vec<CallOption>,
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
    /// The texts; a page gets them by their names, in the order of the forms, `null` where nothing
    /// is said.
    #[serde(serialize_with = "by_name")]
    #[specta(type = Vec<(String, Option<String>)>)]
    pub facts: Facts,
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

fn by_name<S: Serializer>(facts: &Facts, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.collect_seq(Facts::NAMES.iter().map(|name| (name, facts.get(name))))
}

impl IncidentDetails {
    fn of(incident: &Incident, names: &Names) -> Self {
        let (units, related) = (incident.units.iter(), incident.related.iter());
        Self {
            owner: incident.owner.map(|id| names.operator(id).to_owned()),
            rated_at: incident.rated_at,
            units: units.filter_map(|id| names.unit(*id)).collect(),
            related: related.filter_map(|id| names.incident(*id)).collect(),
            system_level: incident.system_level,
            tlp: incident.tlp,
            confidential: incident.confidential,
            facts: incident.facts.clone(),
        }
    }
}

/// An incident with what the reports ask for.
#[derive(Debug, Clone, Serialize, Type)]
pub struct IncidentCard {
    /// As a list shows it.
    pub incident: IncidentRow,
    /// What the reports ask for.
    pub details: IncidentDetails,
}

impl IncidentCard {
    /// The card of an incident.
    ///
    /// # Errors
    /// Those of the store.
    pub fn of(book: Reader<'_>, incident: &Incident) -> Result<Self> {
        Ok(Self::with(incident, &Names::read(book)?))
    }

    fn with(incident: &Incident, names: &Names) -> Self {
        Self {
            incident: IncidentRow::of(incident, names),
            details: IncidentDetails::of(incident, names),
        }
    }
}

/// The incidents as cards, oldest first; only those that are open, when these are asked for.
///
/// # Errors
/// Those of the store.
pub fn cards(book: Reader<'_>, only_open: bool) -> Result<Vec<IncidentCard>> {
    let names = Names::read(book)?;
    let mut incidents = book.incidents()?;
    incidents.retain(|incident| !only_open || incident.status.is_open());
    let card = |incident: &Incident| IncidentCard::with(incident, &names);
    Ok(incidents.iter().map(card).collect())
}

/// The incidents, as [`list`] puts them.
///
/// # Errors
/// Those of the store.
pub fn all(book: Reader<'_>) -> Result<Vec<IncidentRow>> {
    list(book, &Names::read(book)?, |_| true)
}

/// The incidents that pass a test: those that are open first, the worst of them first and those that
/// nobody has assessed last; of equals, and of those that are closed, the newest first.
pub(super) fn list(
    book: Reader<'_>,
    names: &Names,
    wanted: impl Fn(&Incident) -> bool,
) -> Result<Vec<IncidentRow>> {
    let incidents = book.incidents()?.into_iter().rev();
    let incidents = incidents.filter(wanted);
    let mut rows: Vec<IncidentRow> = incidents
        .map(|incident| IncidentRow::of(&incident, names))
        .collect();
    rows.sort_by_key(|row| {
        let worst = row.severity.filter(|_| row.open);
        (!row.open, Reverse(worst), Reverse(row.detected_at))
    });
    Ok(rows)
}

/// The open incidents, as [`list`] puts them.
pub(super) fn open(book: Reader<'_>, names: &Names) -> Result<Vec<IncidentRow>> {
    list(book, names, |incident| incident.status.is_open())
}

/// What tells how bad an incident is, and what was decided of it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Rating {
    /// Whose questions are asked: the stable names of the profiles in force.
    pub profiles: Vec<String>,
    /// What the profile asks.
    pub questions: Vec<QuestionRow>,
    /// What the answers say.
    pub proposal: Option<Severity>,
    /// What was decided.
    pub severity: Option<Severity>,
    /// When.
    pub rated_at: Option<Instant>,
}

/// What tells how bad an incident is, by the profiles in force.
///
/// # Errors
/// Those of the store.
pub fn rating(book: Reader<'_>, incident: &Incident) -> Result<Rating> {
    let rules = book.rules()?;
    let question = |question: &Question| QuestionRow {
        key: question.key.clone(),
        text: question.text.clone(),
        answer: incident.answer(&question.key),
    };
    Ok(Rating {
        profiles: rules.in_force().into_iter().map(str::to_owned).collect(),
        questions: rules.questions()?.into_iter().map(question).collect(),
        proposal: rules.propose(incident)?,
        severity: incident.severity,
        rated_at: incident.rated_at,
    })
}

/// An answer that was given to a question about an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// When.
    pub recorded_at: Instant,
    /// By whom.
    pub author: String,
    /// The question, in Vietnamese and English; its stable name where no profile asks it any more.
    pub question: Said,
    /// The answer; `None` where one was taken back.
    pub answer: Option<bool>,
}

/// Every answer that was ever given of an incident, oldest first: a later one stands, and an earlier
/// one was given.
///
/// # Errors
/// Those of the store.
pub fn answers(book: Reader<'_>, incident: &Incident) -> Result<Vec<AnswerRow>> {
    let rules = book.rules()?;
    let questions = rules.profiles.iter().flat_map(|profile| &profile.questions);
    let questions: Vec<&Question> = questions.collect();
    let text = |key: &str| {
        let known = questions.iter().find(|question| question.key == key);
        known.map_or_else(
            || Said {
                vi: key.to_owned(),
                en: key.to_owned(),
            },
            |question| question.text.clone(),
        )
    };
    let mut before = incident.clone();
    before.answers.clear();
    let mut rows = Vec::new();
    for change in book.history(incident.id.0)? {
        if change.field != "answers" {
            continue;
        }
        let mut after = before.clone();
        after.answers = serde_json::from_value(change.value).unwrap_or_default();
        let said = before.answers.iter().chain(&after.answers);
        let keys = said.filter_map(|said| Some(said.split_once('=')?.0.to_owned()));
        for key in keys.collect::<std::collections::BTreeSet<String>>() {
            let answer = after.answer(&key);
            if answer != before.answer(&key) {
                rows.push(AnswerRow {
                    recorded_at: change.recorded_at,
                    author: change.author.clone(),
                    question: text(&key),
                    answer,
                });
            }
        }
        before = after;
    }
    Ok(rows)
}

/// How bad an incident would be proposed to be with these answers, `None` taking one away; nothing is
/// written.
///
/// # Errors
/// [`Code::IncidentUnknown`], those of the store.
pub fn proposed(
    book: Reader<'_>,
    id: IncidentId,
    answers: &[(String, Option<bool>)],
) -> Result<Option<Severity>> {
    let unknown = || Error::new(Code::IncidentUnknown).with("given", id);
    let mut incident = book.incident(id)?.ok_or_else(unknown)?;
    for (question, answer) in answers {
        incident.set_answer(question, *answer);
    }
    book.rules()?.propose(&incident)
}

/// The numbers of the unit of an incident to call now, the first first.
#[must_use]
pub fn call(roster: &Roster, incident: &Incident, now: Instant) -> Vec<CallOption> {
    let struck = roster.units.iter().find(|unit| unit.id == incident.unit);
    struck.map_or_else(Vec::new, |struck| unit::order(roster, struck, now))
}

/// All that is known of an incident.
///
/// # Errors
/// [`Code::IncidentUnknown`], those of the store.
pub fn page(
    book: Reader<'_>,
    roster: &Roster,
    now: Instant,
    id: IncidentId,
) -> Result<IncidentPage> {
    let unknown = || Error::new(Code::IncidentUnknown).with("given", id);
    let incident = book.incident(id)?.ok_or_else(unknown)?;
    let names = Names::read(book)?;
    let here = roster.of_unit(incident.unit);
    let on_duty = here.on_duty(now);
    let calls = here.calls(&on_duty, now);
    let struck = here.units.iter().find(|unit| unit.id == incident.unit);
    let notices = notice::rows(book, roster, &names, now, |notice| notice.incident == id)?;
    let (rating, owing) = (rating(book, &incident)?, book.owes_notice(id, now)?);
    let rules = book.rules()?;
    let entries = book.entries(Some(id))?;
    Ok(IncidentPage {
        proposal: rating.proposal,
        undecided_since: book.undecided_since(&rules, &incident)?,
        questions: rating.questions,
        profile: Said::joined(rules.profiles_in_force()?.iter().map(|one| &one.name)),
        missing: Status::ALL
            .iter()
            .map(|status| (*status, incident.missing(*status, owing)))
            .collect(),
        notices,
        ours: notice::of_ourselves(&rules, &incident)?,
        nobody: !on_duty.iter().any(|line| line.answers_at(incident.unit)),
        calls: struck.map_or_else(Vec::new, |unit| CallOption::all(&calls.few(unit))),
        order: struck.map_or_else(Vec::new, |unit| CallOption::all(&calls.order(unit, &[]))),
        lines: entries.iter().map(|entry| names.line(entry)).collect(),
        history: names.history(book.history(id.0)?),
        details: IncidentDetails::of(&incident, &names),
        incident: IncidentRow::of(&incident, &names),
    })
}
