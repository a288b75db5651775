//! Incidents.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::incident::{self, Facts, Missing, Severity, Status, Tlp, Type};
use sotruc_core::log::entry::Line;
use sotruc_core::text::fold;
use sotruc_core::views::incident::{self as shown, IncidentCard};
use sotruc_core::views::notice;
use sotruc_core::{Code, Error, IncidentChange, IncidentSet, NewIncident, Result};
use std::collections::BTreeMap;

use super::log::{LineView, lines};
use super::unit::CallView;
use super::{Answer, Terminal, or_nothing};
use crate::args::{Incident as Words, IncidentFields};

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
    owner: Option<String>,
    units: Vec<String>,
    related: Vec<String>,
    system_level: Option<u8>,
    tlp: Option<&'static str>,
    confidential: bool,
    #[serde(flatten)]
    facts: Facts,
    /// The numbers of the unit to call now, the first first, where one incident is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<Vec<CallView>>,
    /// What rules ask to be told to our own unit, where one incident is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    ours: Option<Vec<OwnView>>,
    /// Every answer that was given to a question about it, where one incident is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<Vec<AnswerView>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Vec<LineView>>,
    /// Since when the answers propose that it is serious while nobody decides, where one incident is
    /// shown.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "crate::show::maybe_moment"
    )]
    undecided_since: Option<Instant>,
}

/// An answer that was given; `null` where one was taken back.
#[derive(Serialize)]
struct AnswerView {
    #[serde(serialize_with = "crate::show::moment")]
    recorded_at: Instant,
    author: String,
    question: String,
    answer: Option<bool>,
}

/// What a rule asks to be told to our own unit: nobody is to be told of it.
#[derive(Serialize)]
struct OwnView {
    what: String,
    recipient: String,
}

impl From<IncidentCard> for View {
    fn from(card: IncidentCard) -> Self {
        let IncidentCard { incident, details } = card;
        let (unit, unit_code) = match incident.unit {
            Some(unit) => (Some(unit.name), unit.code),
            None => (None, None),
        };
        let units = details.units.into_iter().map(|unit| unit.name);
        let related = details.related.into_iter().map(|one| one.number);
        Self {
            id: incident.id.to_string(),
            number: incident.number,
            title: incident.title,
            unit,
            unit_code,
            kind: incident.kind.key(),
            severity: incident.severity.map(Severity::key),
            status: incident.status.key(),
            detected_at: incident.detected_at,
            closed_at: incident.closed_at,
            note: incident.note,
            owner: details.owner.filter(|name| !name.is_empty()),
            units: units.collect(),
            related: related.collect(),
            system_level: details.system_level,
            tlp: details.tlp.map(Tlp::key),
            confidential: details.confidential,
            facts: details.facts,
            call: None,
            ours: None,
            answered: None,
            entries: None,
            undecided_since: None,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::Open {
            title,
            unit,
            kind,
            severity,
            detected,
            line,
        } => {
            let kind = terminal.say.word::<Type>(kind)?;
            let severity = severity
                .as_deref()
                .map(|given| terminal.say.word::<Severity>(given))
                .transpose()?;
            let detected = detected.as_deref().map(Instant::parse).transpose()?;
            let incident = terminal.write(|write| {
                let unit = write.find_unit(unit)?.id;
                let new = NewIncident {
                    title: title.clone(),
                    unit,
                    kind,
                    severity,
                    detected,
                };
                match line {
                    Some(line) => {
                        let line = Line::parse(line, &write.site_code()?)?;
                        write.open_incident_of(&line, new)
                    }
                    None => write.open_incident(new),
                }
            })?;
            terminal.say(&incident.number);
        }
        Words::List { open } => {
            let views = terminal.read(|book, _| {
                let cards = shown::cards(book, *open)?.into_iter();
                Ok(cards.map(View::from).collect::<Vec<_>>())
            })?;
            let headings = [
                "field_number_of",
                "field_title_of",
                "field_unit",
                "field_severity",
                "field_status",
                "field_detected_at",
            ];
            terminal.show(&views, &headings, |view, say| {
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
            let english = terminal.say.is_english();
            let view = terminal.read(|book, now| {
                let incident = incident::find(&book.incidents()?, incident)?.clone();
                let call = shown::call(&book.roster()?, &incident, now);
                let ours = notice::of_ourselves(&book.rules()?, &incident)?.into_iter();
                let ours = ours.map(|one| OwnView {
                    what: one.what.said(english).to_owned(),
                    recipient: one.recipient,
                });
                let answered = shown::answers(book, &incident)?.into_iter();
                let answered = answered.map(|one| AnswerView {
                    recorded_at: one.recorded_at,
                    author: one.author,
                    question: one.question.said(english).to_owned(),
                    answer: one.answer,
                });
                Ok(View {
                    undecided_since: book.undecided_since(&book.rules()?, &incident)?,
                    answered: Some(answered.collect()),
                    call: Some(call.into_iter().map(CallView::from).collect()),
                    ours: Some(ours.collect()),
                    entries: Some(lines(book, Some(incident.id), None)?),
                    ..View::from(IncidentCard::of(book, &incident)?)
                })
            })?;
            if terminal.json {
                terminal.show_json(&view);
                return Ok(Answer::Yes);
            }
            let say = &terminal.say;
            let severity = view
                .severity
                .map(|severity| say.value(Severity::FIELD, severity));
            let severity = severity.unwrap_or_else(|| say.text("out_not_assessed").to_owned());
            let undecided = view.undecided_since.map(|at| {
                let at = [("at", at.to_string())];
                say.with("ui_undecided", &at)
            });
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
                    Some(undecided.map_or_else(
                        || severity.clone(),
                        |undecided| format!("{severity} · {undecided}"),
                    )),
                ),
                ("field_status", Some(say.value(Status::FIELD, view.status))),
                ("field_detected_at", Some(view.detected_at.to_string())),
                ("field_closed_at", view.closed_at.map(|at| at.to_string())),
                ("field_note", view.note),
            ];
            let level = view.system_level.map(|level| level.to_string());
            let tlp = view.tlp.map(|tlp| say.value(Tlp::FIELD, tlp));
            let confidential = view.confidential.then(|| say.text("out_yes").to_owned());
            let joined = |names: &[String]| Some(names.join("; ")).filter(|text| !text.is_empty());
            let more = [
                ("field_owner", view.owner),
                ("field_units", joined(&view.units)),
                ("field_related", joined(&view.related)),
                ("field_system_level", level),
                ("field_tlp", tlp),
                ("field_confidential", confidential),
            ];
            let ours = view.ours.unwrap_or_default();
            let not_told = say.text("ui_recipient_ours");
            let ours: Vec<String> = ours
                .iter()
                .map(|one| format!("{} · {}: {not_told}", one.what, one.recipient))
                .collect();
            let answered = view.answered.unwrap_or_default().into_iter();
            let answered: Vec<String> = answered
                .map(|one| {
                    let answer = match one.answer {
                        Some(true) => say.text("out_yes"),
                        Some(false) => say.text("out_no"),
                        None => say.text("ui_answer_unknown"),
                    };
                    let AnswerView {
                        recorded_at,
                        author,
                        question,
                        ..
                    } = one;
                    format!("{recorded_at}  {question} {answer} ({author})")
                })
                .collect();
            let keys: Vec<String> = Facts::NAMES
                .iter()
                .map(|name| format!("field_{name}"))
                .collect();
            let facts = keys.iter().zip(Facts::NAMES);
            let facts =
                facts.map(|(key, name)| (key.as_str(), view.facts.get(name).map(str::to_owned)));
            let fields: Vec<_> = fields.into_iter().chain(more).chain(facts).collect();
            terminal.facts(&fields);
            for line in ours.into_iter().chain(answered) {
                terminal.say(&line);
            }
            let call = view.call.unwrap_or_default();
            if !call.is_empty() {
                terminal.say("");
                super::unit::show_calls(terminal, &call);
            }
            let entries = view.entries.unwrap_or_default();
            if !entries.is_empty() {
                terminal.say("");
                super::log::show(terminal, &entries);
            }
        }
        Words::Set { incident, fields } => {
            let kind = fields
                .kind
                .as_deref()
                .map(|given| terminal.say.word::<Type>(given))
                .transpose()?;
            let severity = fields
                .severity
                .as_deref()
                .map(|given| terminal.say.word::<Severity>(given))
                .transpose()?;
            let status = fields
                .status
                .as_deref()
                .map(|given| terminal.say.word::<Status>(given))
                .transpose()?;
            let detected = fields.detected.as_deref().map(Instant::parse).transpose()?;
            let facts = facts(fields)?;
            let tlp = match fields.tlp.as_deref().map(or_nothing) {
                Some(Some(given)) => {
                    Some(Some(terminal.say.word::<Tlp>(
                        &given.trim_start_matches("TLP:").replace('+', "_"),
                    )?))
                }
                Some(None) => Some(None),
                None => None,
            };
            let system_level = match fields.system_level.as_deref().map(or_nothing) {
                Some(Some(given)) => Some(Some(level(&given)?)),
                Some(None) => Some(None),
                None => None,
            };
            let confidential = fields.confidential.as_deref().map(yes_or_no).transpose()?;
            let set = terminal.write(|write| {
                let incident = write.find_incident(incident)?;
                let unit = match &fields.unit {
                    Some(unit) => Some(write.find_unit(unit)?.id),
                    None => None,
                };
                let units = match &fields.units {
                    Some(units) => {
                        let units = units.iter().filter(|unit| !unit.trim().is_empty());
                        let found = units.map(|unit| Ok(write.find_unit(unit)?.id));
                        Some(found.collect::<Result<Vec<_>>>()?)
                    }
                    None => None,
                };
                let related = match &fields.related {
                    Some(related) => {
                        let related = related.iter().filter(|number| !number.trim().is_empty());
                        let found = related.map(|number| Ok(write.find_incident(number)?.id));
                        Some(found.collect::<Result<Vec<_>>>()?)
                    }
                    None => None,
                };
                let owner = match fields.owner.as_deref().map(or_nothing) {
                    Some(Some(name)) => Some(Some(write.find_operator(&name)?.id)),
                    Some(None) => Some(None),
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
                    owner,
                    answers: Vec::new(),
                    units,
                    related,
                    system_level,
                    tlp,
                    confidential,
                    facts,
                };
                write.set_incident(&incident, change)
            })?;
            tell(terminal, set);
        }
        Words::Close { incident } => {
            let set = terminal.write(|write| {
                let incident = write.find_incident(incident)?;
                let status = Some(Status::Closed);
                let change = IncidentChange {
                    status,
                    ..IncidentChange::default()
                };
                write.set_incident(&incident, change)
            })?;
            tell(terminal, set);
        }
        Words::Severity {
            incident,
            answer,
            decide,
            reason,
        } => severity(
            terminal,
            incident,
            answer,
            decide.as_deref(),
            reason.as_deref(),
        )?,
    }
    Ok(Answer::Yes)
}

/// The facts that were given by their own options, or as `NAME=VALUE`.
fn facts(fields: &IncidentFields) -> Result<Vec<(String, String)>> {
    let mut facts: Vec<(String, String)> = fields
        .facts()
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.clone()))
        .collect();
    for given in &fields.field {
        let (name, text) = named_value(given, "field")?;
        facts.push((name.trim().to_owned(), text.to_owned()));
    }
    Ok(facts)
}

/// `NAME=VALUE`; without `=` nobody can tell whether the value is to be taken away.
fn named_value<'a>(given: &'a str, field: &str) -> Result<(&'a str, &'a str)> {
    given.split_once('=').ok_or_else(|| {
        Error::new(Code::ValueUnknown)
            .with("field", field)
            .with("given", given)
            .with("known", format!("{given}=…"))
    })
}

fn level(given: &str) -> Result<u8> {
    given.trim().parse().map_err(|_| {
        Error::new(Code::ValueUnknown)
            .with("field", "system_level")
            .with("given", given)
            .with("known", "1, 2, 3, 4, 5")
    })
}

fn yes_or_no(given: &str) -> Result<bool> {
    match fold(given).as_str() {
        "yes" | "co" | "true" => Ok(true),
        "no" | "khong" | "false" => Ok(false),
        _ => Err(Error::new(Code::ValueUnknown)
            .with("field", "answer")
            .with("given", given)
            .with("known", "yes, no")),
    }
}

/// Says what a change did, and what the status it set is still missing.
fn tell(terminal: &mut Terminal, set: IncidentSet) {
    let IncidentSet {
        wrote,
        missing,
        notices,
    } = set;
    terminal.wrote(wrote);
    super::notice::changed(terminal, "out_incident_notices_gone", notices);
    if !missing.is_empty() {
        let names = missing
            .iter()
            .map(|what| terminal.say.value(Missing::FIELD, what.key()));
        terminal.note(
            "out_missing",
            &[("what", names.collect::<Vec<_>>().join(", "))],
        );
    }
}

#[derive(Serialize)]
struct SeverityView {
    incident: String,
    profile: String,
    questions: Vec<QuestionView>,
    answers: BTreeMap<String, Option<bool>>,
    proposal: Option<&'static str>,
    severity: Option<&'static str>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    decided_at: Option<Instant>,
}

#[derive(Serialize)]
struct QuestionView {
    key: String,
    text: String,
}

/// Asks, or answers, what tells how bad an incident is; and decides it.
fn severity(
    terminal: &mut Terminal,
    given: &str,
    answers: &[String],
    decide: Option<&str>,
    reason: Option<&str>,
) -> Result<()> {
    let decided = decide
        .map(|given| terminal.say.word::<Severity>(given))
        .transpose()?;
    if !answers.is_empty() || decided.is_some() {
        let mut said = Vec::new();
        for answer in answers {
            let (question, word) = named_value(answer, "answer")?;
            let word = or_nothing(word).map(|word| yes_or_no(&word)).transpose()?;
            said.push((question.trim().to_owned(), word));
        }
        let set = terminal.write(|write| {
            let incident = write.find_incident(given)?;
            write.rate_incident(&incident, said, decided, reason)
        })?;
        super::notice::changed(terminal, "out_incident_notices_gone", set.notices);
    }
    let english = terminal.say.is_english();
    let view = terminal.read(|book, _| {
        let incident = incident::find(&book.incidents()?, given)?.clone();
        let rating = shown::rating(book, &incident)?;
        let answers = rating.questions.iter();
        Ok(SeverityView {
            incident: incident.number,
            profile: rating.profiles.join(","),
            answers: answers.map(|one| (one.key.clone(), one.answer)).collect(),
            questions: rating
                .questions
                .into_iter()
                .map(|one| QuestionView {
                    text: one.text.said(english).to_owned(),
                    key: one.key,
                })
                .collect(),
            proposal: rating.proposal.map(Severity::key),
            severity: rating.severity.map(Severity::key),
            decided_at: rating.rated_at,
        })
    })?;
    if terminal.json {
        terminal.show_json(&view);
        return Ok(());
    }
    let headings: Vec<&str> = ["field_question", "field_answer", "field_code"]
        .map(|key| terminal.say.text(key))
        .to_vec();
    let rows: Vec<Vec<String>> = view
        .questions
        .iter()
        .map(|question| {
            let answer = match view.answers.get(&question.key).copied().flatten() {
                Some(true) => terminal.say.text("out_yes"),
                Some(false) => terminal.say.text("out_no"),
                None => "—",
            };
            vec![
                question.text.clone(),
                answer.to_owned(),
                question.key.clone(),
            ]
        })
        .collect();
    let table = crate::show::table(&headings, &rows);
    terminal.say(&table);
    let name = |severity: Option<&'static str>| {
        severity.map_or_else(
            || terminal.say.text("out_not_assessed").to_owned(),
            |severity| terminal.say.value(Severity::FIELD, severity),
        )
    };
    let facts = [
        ("field_proposal", Some(name(view.proposal))),
        ("field_severity", Some(name(view.severity))),
    ];
    terminal.facts(&facts);
    Ok(())
}
