//! Calls that tell whether numbers answer.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::clock::Instant;
use sotruc_core::directory::drill::{Drill, Outcome};
use sotruc_core::directory::person;
use std::collections::HashMap;

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
                let (people, units) = (book.people()?, book.units()?);
                let only = match person {
                    Some(given) => Some(person::find(&people, given)?.id),
                    None => None,
                };
                let people: HashMap<_, _> =
                    people.iter().map(|person| (person.id, person)).collect();
                let units: HashMap<_, _> = units
                    .iter()
                    .map(|unit| (unit.id, unit.name.as_str()))
                    .collect();
                let operators: HashMap<_, _> = book
                    .operators()?
                    .into_iter()
                    .map(|operator| (operator.id, operator.name))
                    .collect();
                let view = |drill: Drill| {
                    let person = people.get(&drill.person);
                    View {
                        id: drill.id.to_string(),
                        person: drill.person.to_string(),
                        full_name: person.map(|one| one.full_name.clone()).unwrap_or_default(),
                        unit: person
                            .and_then(|one| units.get(&one.unit))
                            .map(|name| (*name).to_owned())
                            .unwrap_or_default(),
                        number: drill.number.map(|number| number.digits().to_owned()),
                        at: drill.at,
                        outcome: drill.outcome.key(),
                        minutes: drill.minutes,
                        caller: operators.get(&drill.operator).cloned().unwrap_or_default(),
                        note: drill.note,
                    }
                };
                let drills = book.drills()?.into_iter();
                Ok(drills
                    .filter(|drill| only.is_none_or(|only| drill.person == only))
                    .map(view)
                    .collect::<Vec<_>>())
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
