//! Calls that tell whether numbers answer.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::clock::Instant;
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::person;
use sotruc_core::views::drill::{self, CallMade};

use super::{Answer, Terminal};
use crate::args::Drill as Words;

#[derive(Serialize)]
struct View {
    id: String,
    person: String,
    full_name: String,
    unit: String,
    number: Option<String>,
    #[serde(serialize_with = "crate::show::moment")]
    at: Instant,
    outcome: &'static str,
    minutes: Option<u32>,
    caller: String,
    note: Option<String>,
}

impl From<CallMade> for View {
    fn from(made: CallMade) -> Self {
        let call = made.call;
        Self {
            id: made.id.to_string(),
            person: made.person.to_string(),
            full_name: made.full_name,
            unit: made.unit,
            number: call.number.map(|number| number.digits().to_owned()),
            at: call.at,
            outcome: call.outcome.key(),
            minutes: call.minutes,
            caller: call.by,
            note: call.note,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::Add {
            person,
            outcome,
            minutes,
            number,
            note,
        } => {
            let outcome = terminal.say.word::<Outcome>(outcome)?;
            let drill = terminal.write(|write| {
                let person = write.find_person(person)?.id;
                write.add_drill(
                    person,
                    number.as_deref(),
                    outcome,
                    *minutes,
                    note.as_deref(),
                )
            })?;
            terminal.say(&drill.id.to_string());
        }
        Words::List { person } => {
            let views = terminal.read(|book, _| {
                let only = match person {
                    Some(given) => Some(person::find(&book.people()?, given)?.id),
                    None => None,
                };
                let calls = drill::calls(book, only)?.into_iter();
                Ok(calls.map(View::from).collect::<Vec<_>>())
            })?;
            let headings = [
                "field_at",
                "field_unit",
                "field_full_name",
                "field_number",
                "field_outcome",
                "field_minutes",
                "field_caller",
                "field_note",
            ];
            terminal.show(&views, &headings, |view, say| {
                vec![
                    view.at.to_string(),
                    view.unit.clone(),
                    view.full_name.clone(),
                    view.number.clone().unwrap_or_default(),
                    say.value(Outcome::FIELD, view.outcome),
                    view.minutes.map(|n| n.to_string()).unwrap_or_default(),
                    view.caller.clone(),
                    view.note.clone().unwrap_or_default(),
                ]
            });
        }
    }
    Ok(Answer::Yes)
}
