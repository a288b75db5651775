//! Submissions: who must send, who has sent.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::SubmissionChange;
use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::period;
use sotruc_core::id::UnitId;
use sotruc_core::submission::State;
use sotruc_core::views::submission::{self, OwedRow};

use super::{Answer, Terminal, or_nothing};
use crate::args::Submission as Words;

#[derive(Serialize)]
struct View {
    unit: String,
    unit_code: Option<String>,
    group: &'static str,
    state: &'static str,
    late: bool,
    #[serde(serialize_with = "crate::show::moment")]
    due_at: Instant,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    received_at: Option<Instant>,
    document: Option<String>,
    reminders: usize,
}

impl From<OwedRow> for View {
    fn from(row: OwedRow) -> Self {
        Self {
            unit: row.unit.name,
            unit_code: row.unit.code,
            group: row.unit.group.key(),
            state: row.state.key(),
            late: row.late,
            due_at: row.due_at,
            received_at: row.received_at,
            document: row.document,
            reminders: row.reminders,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List { period, asked } => {
            let views = terminal.ask(asked, |book, now| {
                let (periods, units) = (book.periods()?, book.units()?);
                let period = period::find(&periods, period)?;
                let (rows, _) = submission::owed(book, &units, period, now)?;
                Ok(rows.into_iter().map(View::from).collect::<Vec<_>>())
            })?;
            let headings = [
                "field_code",
                "field_unit",
                "field_group",
                "field_state",
                "field_late",
                "field_due_at",
                "field_received_at",
                "field_document",
                "field_reminders",
            ];
            terminal.show(&views, &headings, |view, say| {
                vec![
                    view.unit_code.clone().unwrap_or_default(),
                    view.unit.clone(),
                    say.value(Group::FIELD, view.group),
                    say.value(State::FIELD, view.state),
                    match view.late {
                        true => say.text("out_late").to_owned(),
                        false => String::new(),
                    },
                    view.due_at.to_string(),
                    view.received_at
                        .map(|at| at.to_string())
                        .unwrap_or_default(),
                    view.document.clone().unwrap_or_default(),
                    match view.reminders {
                        0 => String::new(),
                        count => count.to_string(),
                    },
                ]
            });
        }
        Words::Set {
            unit,
            period,
            state,
            document,
            received,
            due,
        } => {
            let change = SubmissionChange {
                state: state
                    .as_deref()
                    .map(|state| terminal.say.word::<State>(state))
                    .transpose()?,
                document: document.clone(),
                received_at: received.as_deref().map(Instant::parse_start).transpose()?,
                due_at: match due.as_deref() {
                    Some(due) => Some(
                        or_nothing(due)
                            .as_deref()
                            .map(Instant::parse_due)
                            .transpose()?,
                    ),
                    None => None,
                },
            };
            let wrote = terminal.write(|write| {
                let unit = write.find_unit(unit)?.id;
                let period = period::find(&write.periods()?, period)?.id;
                write.set_submission(period, unit, &change)
            })?;
            terminal.wrote(wrote);
        }
        Words::Remind {
            units,
            period,
            note,
        } => {
            let (count, period) = terminal.write(|write| {
                let period = match period {
                    Some(given) => Some(period::find(&write.periods()?, given)?.id),
                    None => None,
                };
                let units = units.iter().map(|unit| Ok(write.find_unit(unit)?.id));
                let units: Vec<UnitId> = units.collect::<Result<_>>()?;
                write.remind(period, &units, note.as_deref())
            })?;
            let values = [("count", count.to_string()), ("period", period.name)];
            terminal.say_with("out_reminded", &values);
        }
    }
    Ok(Answer::Yes)
}
