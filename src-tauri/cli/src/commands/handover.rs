//! The watch from hand to hand.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::HandoverId;
use sotruc_core::incident::Incident;
use sotruc_core::log::handover::{self, HandoverSummary, SummaryNotice};
use sotruc_core::log::handover::{Handover, HandoverState};
use sotruc_core::{Code, Error, Reader, Result};

use super::{Answer, Terminal};
use crate::args::Handover as Words;

#[derive(Serialize)]
struct View {
    id: HandoverId,
    giver: String,
    to: String,
    #[serde(serialize_with = "crate::show::moment")]
    watch_from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    written_at: Instant,
    state: &'static str,
    receiver: Option<String>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    received_at: Option<Instant>,
    remarks: Option<String>,
    note: Option<String>,
    head: String,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    watch: Option<WatchView>,
}

/// What the text is made of.
#[derive(Serialize)]
struct WatchView {
    open_incidents: Vec<String>,
    closed_incidents: Vec<String>,
    overdue: Vec<NoticeView>,
    coming: Vec<NoticeView>,
    settled: Vec<NoticeView>,
    holes: usize,
    unreachable: usize,
    lines: usize,
}

#[derive(Serialize)]
struct NoticeView {
    id: String,
    incident: String,
    recipient: String,
    #[serde(serialize_with = "crate::show::moment")]
    due_at: Instant,
}

impl WatchView {
    fn of(watch: &HandoverSummary) -> Self {
        let owed = |one: &SummaryNotice| NoticeView {
            id: one.notice.id.to_string(),
            incident: one.incident.clone(),
            recipient: one.whom.clone(),
            due_at: one.notice.due_at,
        };
        let numbers = |incidents: &[Incident]| {
            let numbers = incidents.iter().map(|incident| incident.number.clone());
            numbers.collect()
        };
        Self {
            open_incidents: numbers(&watch.incidents),
            closed_incidents: numbers(&watch.closed),
            overdue: watch.overdue.iter().map(owed).collect(),
            coming: watch.coming.iter().map(owed).collect(),
            settled: watch.settled.iter().map(owed).collect(),
            holes: watch.holes.len(),
            unreachable: watch.lost.len(),
            lines: watch.lines.as_ref().map_or(0, |(_, _, count)| *count),
        }
    }
}

fn view(book: Reader<'_>, handover: Handover) -> Result<View> {
    let operators = book.operators()?;
    let name = |id| {
        let found = operators.iter().find(|operator| operator.id == id);
        found.map(|operator| operator.name.clone())
    };
    Ok(View {
        id: handover.id,
        giver: name(handover.giver).unwrap_or_default(),
        to: handover.whom,
        watch_from: handover.from,
        written_at: handover.to,
        state: handover.state.key(),
        receiver: handover.receiver.and_then(name),
        received_at: handover.received_at,
        remarks: handover.remarks,
        note: handover.note,
        head: handover.head,
        text: handover.text,
        watch: None,
    })
}

/// The handover of this id.
fn find(book: Reader<'_>, given: &str) -> Result<Handover> {
    let wanted = given.trim().parse().map(HandoverId).ok();
    let mut found = book.handovers()?.into_iter();
    found
        .find(|known| Some(known.id) == wanted)
        .ok_or_else(|| Error::new(Code::HandoverUnknown).with("given", given))
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::Write { to, note } => {
            let (handover, watch) = terminal.write(|write| {
                let watch = handover::summary(**write, write.now())?;
                Ok((write.write_handover(to, note.as_deref())?, watch))
            })?;
            let view = terminal.read(|book, _| view(book, handover))?;
            show(
                terminal,
                &View {
                    watch: Some(WatchView::of(&watch)),
                    ..view
                },
            );
        }
        Words::Receive {
            handover,
            by,
            remarks,
        } => {
            let done = terminal.write_as(by, |write| {
                let id = find(**write, handover)?.id;
                write.receive_handover(id, remarks.as_deref())
            })?;
            let view = terminal.read(|book, _| view(book, done))?;
            show(terminal, &view);
        }
        Words::Show { handover } => {
            let view = terminal.read(|book, _| view(book, find(book, handover)?))?;
            show(terminal, &view);
        }
        Words::List => {
            let views = terminal.read(|book, _| {
                let handovers = book.handovers()?.into_iter();
                handovers
                    .map(|one| view(book, one))
                    .collect::<Result<Vec<_>>>()
            })?;
            let headings = [
                "field_at",
                "field_giver",
                "field_receiver",
                "field_state",
                "field_remarks",
                "field_id",
            ];
            terminal.show(&views, &headings, |view, say| {
                vec![
                    view.written_at.to_string(),
                    view.giver.clone(),
                    view.receiver.clone().unwrap_or_else(|| view.to.clone()),
                    say.value(HandoverState::FIELD, view.state),
                    view.remarks.clone().unwrap_or_default(),
                    view.id.to_string(),
                ]
            });
        }
    }
    Ok(Answer::Yes)
}

fn show(terminal: &mut Terminal, view: &View) {
    if terminal.json {
        return terminal.show_json(view);
    }
    terminal.say(&view.text);
    let state = terminal.say.value(HandoverState::FIELD, view.state);
    terminal.facts(&[
        ("field_note", view.note.clone()),
        ("field_state", Some(state)),
        ("field_receiver", view.receiver.clone()),
        (
            "field_received_at",
            view.received_at.map(|at| at.to_string()),
        ),
        ("field_remarks", view.remarks.clone()),
        ("field_head", Some(view.head.clone())),
        ("field_id", Some(view.id.to_string())),
    ]);
}
