//! The watch from hand to hand.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::HandoverId;
use sotruc_core::incident::Incident;
use sotruc_core::log::handover::{HandoverState, HandoverSummary, SummaryNotice, SummaryReport};
use sotruc_core::views::handover::{self as rows, HandoverRow};
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
    reports: Vec<ReportView>,
    settled: Vec<NoticeView>,
    holes: usize,
    unreachable: usize,
    lines: usize,
}

/// A report of the year that is due within two weeks, or was due.
#[derive(Serialize)]
struct ReportView {
    key: String,
    recipients: String,
    #[serde(serialize_with = "crate::show::moment")]
    due_at: Instant,
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
        let report = |one: &SummaryReport| ReportView {
            key: one.owed.key.clone(),
            recipients: one.whom.clone(),
            due_at: one.owed.due_at,
        };
        let numbers = |incidents: &[Incident]| {
            let numbers = incidents.iter().map(|incident| incident.number.clone());
            numbers.collect()
        };
        let counts = watch.counts();
        Self {
            open_incidents: numbers(&watch.incidents),
            closed_incidents: numbers(&watch.closed),
            overdue: watch.overdue.iter().map(owed).collect(),
            coming: watch.coming.iter().map(owed).collect(),
            reports: watch.reports.iter().map(report).collect(),
            settled: watch.settled.iter().map(owed).collect(),
            holes: counts.holes,
            unreachable: counts.unreachable,
            lines: counts.lines,
        }
    }
}

impl From<HandoverRow> for View {
    fn from(row: HandoverRow) -> Self {
        Self {
            id: row.id,
            giver: row.giver,
            to: row.whom,
            watch_from: row.from,
            written_at: row.to,
            state: row.state.key(),
            receiver: row.receiver,
            received_at: row.received_at,
            remarks: row.remarks,
            note: row.note,
            head: row.head,
            text: row.text,
            watch: None,
        }
    }
}

/// The id that is given.
fn id(given: &str) -> Result<HandoverId> {
    let unknown = |_| Error::new(Code::HandoverUnknown).with("given", given);
    given.trim().parse().map(HandoverId).map_err(unknown)
}

fn one(book: Reader<'_>, id: HandoverId) -> Result<View> {
    Ok(View::from(rows::one(book, id)?))
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::Write { to, note } => {
            let written = terminal.write(|write| write.write_handover(to, note.as_deref()))?;
            let view = terminal.read(|book, _| one(book, written.handover.id))?;
            show(
                terminal,
                &View {
                    watch: Some(WatchView::of(&written.watch)),
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
                write.receive_handover(id(handover)?, remarks.as_deref())
            })?;
            let view = terminal.read(|book, _| one(book, done.handover.id))?;
            show(terminal, &view);
        }
        Words::Withdraw { handover } => {
            let taken = id(handover)?;
            let view = terminal.read(|book, _| one(book, taken))?;
            terminal.write(|write| write.withdraw_handover(taken))?;
            show(terminal, &view);
        }
        Words::Show { handover } => {
            let view = terminal.read(|book, _| one(book, id(handover)?))?;
            show(terminal, &view);
        }
        Words::List => {
            let views = terminal.read(|book, _| rows::list(book))?;
            let views: Vec<View> = views.into_iter().map(View::from).collect();
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
