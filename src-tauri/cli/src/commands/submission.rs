//! Submissions: who must send, who has sent.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::clock::Instant;
use sotruc_core::period;
use sotruc_core::submission::{State, Submission};
use sotruc_core::unit::Group;

use super::{Answer, Desk};
use crate::args::Submission as Words;

#[derive(Serialize)]
struct View {
    unit: String,
    unit_code: Option<String>,
    group: &'static str,
    state: &'static str,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    received_at: Option<Instant>,
    document: Option<String>,
}

pub fn run(desk: &mut Desk, words: &Words) -> Result<Answer> {
    match words {
        Words::List { period } => {
            let views = desk.read(|book, _| {
                let periods = book.periods()?;
                let period = period::find(&periods, period)?;
                let known = book.submissions(period.id)?;
                let units = book.units()?;
                let views = units
                    .into_iter()
                    .filter(|unit| period.asks(unit))
                    .map(|unit| {
                        let submission = known
                            .iter()
                            .find(|submission| submission.unit == unit.id)
                            .cloned();
                        let submission =
                            submission.unwrap_or_else(|| Submission::waiting(period.id, unit.id));
                        View {
                            unit: unit.name,
                            unit_code: unit.code,
                            group: unit.group.key(),
                            state: submission.state.key(),
                            received_at: submission.received_at,
                            document: submission.document,
                        }
                    });
                Ok(views.collect::<Vec<_>>())
            })?;
            let headings = [
                "field_code",
                "field_unit",
                "field_group",
                "field_state",
                "field_received_at",
                "field_document",
            ];
            desk.show(&views, &headings, |view, say| {
                vec![
                    view.unit_code.clone().unwrap_or_default(),
                    view.unit.clone(),
                    say.value(Group::FIELD, view.group),
                    say.value(State::FIELD, view.state),
                    view.received_at
                        .map(|at| at.to_string())
                        .unwrap_or_default(),
                    view.document.clone().unwrap_or_default(),
                ]
            });
        }
        Words::Set {
            unit,
            period,
            state,
            document,
            received,
        } => {
            let state = desk.say.word::<State>(state)?;
            let received = received.as_deref().map(Instant::parse_start).transpose()?;
            let wrote = desk.write(|write| {
                let unit = write.find_unit(unit)?.id;
                let period = period::find(&write.periods()?, period)?.id;
                write.set_submission(period, unit, state, document.as_deref(), received)
            })?;
            desk.wrote(wrote);
        }
    }
    Ok(Answer::Yes)
}
