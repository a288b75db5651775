//! Notices: whom to tell of an incident, by when, and whether they were told.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::NoticeId;
use sotruc_core::incident;
use sotruc_core::incident::notice::{NoticeState, NoticesChanged};
use sotruc_core::incident::periodic::OwedReport;
use sotruc_core::log::entry::Means;
use sotruc_core::views::notice::{self, NoticeThen};
use sotruc_core::views::periodic;
use sotruc_core::{Code, Error, Result, Sending, Wrote};

use super::{Answer, Terminal};
use crate::args::{Asked, Notice as Words};
use crate::say::Say;

#[derive(Serialize)]
struct View {
    id: NoticeId,
    incident: String,
    profile: String,
    rule: String,
    what: String,
    basis: Option<BasisView>,
    recipient: String,
    role: &'static str,
    #[serde(serialize_with = "crate::show::moment")]
    due_at: Instant,
    state: &'static str,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    sent_at: Option<Instant>,
    channel: Option<&'static str>,
    to: Option<String>,
    document: Option<String>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    acknowledged_at: Option<Instant>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    waived_at: Option<Instant>,
    reason: Option<String>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    snoozed_until: Option<Instant>,
}

/// The text that a deadline stands in.
#[derive(Serialize)]
struct BasisView {
    text: String,
    /// Whether it was seen there; else it is assumed.
    seen: bool,
}

impl View {
    fn of(notice: NoticeThen, english: bool) -> Self {
        Self {
            id: notice.id,
            incident: notice.incident,
            profile: notice.profile,
            rule: notice.rule,
            what: notice.what.said(english).to_owned(),
            basis: notice.basis.map(|basis| BasisView {
                text: basis.text.said(english).to_owned(),
                seen: basis.seen,
            }),
            recipient: notice.recipient,
            role: notice.role.key(),
            due_at: notice.due_at,
            state: notice.state.key(),
            sent_at: notice.sent_at,
            channel: notice.channel.map(Means::key),
            to: notice.whom,
            document: notice.document,
            acknowledged_at: notice.acknowledged_at,
            waived_at: notice.waived_at,
            reason: notice.reason,
            snoozed_until: notice.snooze.map(|snooze| snooze.until),
        }
    }
}

fn id(given: &str) -> Result<NoticeId> {
    let unknown = |_| Error::new(Code::NoticeUnknown).with("given", given);
    given.trim().parse().map(NoticeId).map_err(unknown)
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List {
            incident,
            open,
            asked,
        } => list(terminal, incident.as_deref(), *open, asked)?,
        Words::Sent {
            notice,
            channel,
            to,
            document,
            number,
            sent,
        } => {
            let sending = Sending {
                channel: channel
                    .as_deref()
                    .map(|channel| terminal.say.word::<Means>(channel))
                    .transpose()?,
                whom: to.clone(),
                dialled: number.clone(),
                document: document.clone(),
                at: sent.as_deref().map(Instant::parse).transpose()?,
            };
            terminal.write(|write| write.notice_sent(id(notice)?, &sending))?;
            terminal.note("out_saved", &[]);
        }
        Words::Acknowledge { notice } => {
            let wrote = terminal.write(|write| write.notice_acknowledged(id(notice)?))?;
            terminal.wrote(wrote);
        }
        // The name of a report has a dot, as no id does.
        Words::Waive {
            notice,
            due,
            reason,
        } if notice.contains('.') => {
            let due = due.as_deref().map(Instant::parse_start).transpose()?;
            let owed = terminal.write(|write| write.waive_report(notice, due, reason))?;
            settled(terminal, "out_report_waived", &owed);
        }
        Words::Waive { notice, reason, .. } => {
            let wrote = terminal.write(|write| write.waive_notice(id(notice)?, reason))?;
            terminal.wrote(wrote);
        }
        Words::Reports { owed } => reports(terminal, *owed)?,
        Words::Reported {
            report,
            due,
            channel,
            document,
            sent,
        } => {
            let due = due.as_deref().map(Instant::parse_start).transpose()?;
            let sending = Sending {
                channel: channel
                    .as_deref()
                    .map(|channel| terminal.say.word::<Means>(channel))
                    .transpose()?,
                document: document.clone(),
                at: sent.as_deref().map(Instant::parse).transpose()?,
                ..Sending::default()
            };
            let owed = terminal.write(|write| write.report_sent(report, due, &sending))?;
            settled(terminal, "out_report_sent", &owed);
        }
        Words::Unreported { report, reason } => {
            let back = terminal.write(|write| write.report_unsent(report, reason))?;
            match back {
                Some((what, day)) => {
                    let what = what.said(terminal.say.is_english()).to_owned();
                    terminal.note("out_report_unsent", &[("what", what), ("day", day.day())]);
                }
                None => terminal.wrote(Wrote::Same),
            }
        }
        Words::Reopen { notice, reason } => {
            let wrote = terminal.write(|write| write.reopen_notice(id(notice)?, reason))?;
            terminal.wrote(wrote);
        }
        Words::Snooze {
            notice,
            pause,
            reason,
        } => {
            let until = terminal.write(|write| write.snooze_notice(id(notice)?, *pause, reason))?;
            terminal.note("out_snoozed", &[("at", until.to_string())]);
        }
    }
    Ok(Answer::Yes)
}

/// Says for which day a report is settled.
fn settled(terminal: &Terminal, key: &str, owed: &OwedReport) {
    let what = owed.report.name.said(terminal.say.is_english()).to_owned();
    let values = [("what", what), ("day", owed.due_at.day())];
    terminal.note(key, &values);
}

/// A report of every year.
#[derive(Serialize)]
struct ReportView {
    key: String,
    what: String,
    recipients: Vec<String>,
    basis: BasisView,
    #[serde(serialize_with = "crate::show::moment")]
    due_at: Instant,
    late: bool,
}

fn reports(terminal: &mut Terminal, owed: bool) -> Result<()> {
    let english = terminal.say.is_english();
    let rows = terminal.read(|book, now| periodic::list(book, owed, now))?;
    let views: Vec<ReportView> = rows
        .into_iter()
        .map(|row| ReportView {
            key: row.key,
            what: row.what.said(english).to_owned(),
            recipients: row.whom,
            basis: BasisView {
                text: row.basis.text.said(english).to_owned(),
                seen: row.basis.seen,
            },
            due_at: row.due_at,
            late: row.late,
        })
        .collect();
    let headings = [
        "field_periodic",
        "field_notice",
        "field_recipient",
        "field_due_at",
        "field_state",
        "field_basis",
    ];
    terminal.show(&views, &headings, |view, say| {
        let state = match view.late {
            true => NoticeState::Overdue,
            false => NoticeState::Due,
        };
        vec![
            view.key.clone(),
            view.what.clone(),
            view.recipients.join("; "),
            due(view.due_at, view.basis.seen, say),
            say.value(NoticeState::FIELD, state.key()),
            view.basis.text.clone(),
        ]
    });
    Ok(())
}

/// Says how many notices are not to be sent any more, and that some were overdue.
pub fn changed(terminal: &Terminal, gone: &str, notices: NoticesChanged) {
    if notices.gone > 0 {
        terminal.note(gone, &[("n", notices.gone.to_string())]);
    }
    if let Some(since) = notices.overdue_since {
        let values = [
            ("n", notices.overdue.to_string()),
            ("at", since.to_string()),
        ];
        terminal.note("out_notices_gone_overdue", &values);
    }
}

/// When something is due, and that it is assumed where it is.
fn due(at: Instant, seen: bool, say: &Say) -> String {
    match seen {
        true => at.to_string(),
        false => format!("{at} ({})", say.text("ui_assumed")),
    }
}

fn list(terminal: &mut Terminal, only: Option<&str>, open: bool, asked: &Asked) -> Result<()> {
    let english = terminal.say.is_english();
    let views = terminal.ask(asked, |book, now| {
        let only = match only {
            Some(given) => Some(incident::find(&book.incidents()?, given)?.id),
            None => None,
        };
        let asked = notice::Asked {
            incident: only,
            open,
        };
        let notices = notice::at(book, asked, now)?.into_iter();
        Ok(notices
            .map(|notice| View::of(notice, english))
            .collect::<Vec<_>>())
    })?;
    let headings = [
        "field_incident",
        "field_notice",
        "field_recipient",
        "field_due_at",
        "field_state",
        "field_sent_at",
        "field_basis",
        "field_id",
    ];
    terminal.show(&views, &headings, |view, say| {
        let seen = view.basis.as_ref().is_none_or(|basis| basis.seen);
        let basis = view.basis.as_ref().map(|basis| basis.text.clone());
        let state = say.value(NoticeState::FIELD, view.state);
        let rests = view.snoozed_until.map(|at| {
            let until = say.with("out_rests", &[("at", at.to_string())]);
            format!("{state} · {until}")
        });
        vec![
            view.incident.clone(),
            view.what.clone(),
            view.recipient.clone(),
            due(view.due_at, seen, say),
            rests.unwrap_or(state),
            view.sent_at.map(|at| at.to_string()).unwrap_or_default(),
            basis.unwrap_or_default(),
            view.id.to_string(),
        ]
    });
    Ok(())
}
