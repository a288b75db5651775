//! Notices: whom to tell of an incident, by when, and whether they were told.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::NoticeId;
use sotruc_core::incident;
use sotruc_core::incident::notice::NoticeState;
use sotruc_core::log::entry::Means;
use sotruc_core::{Code, Error, Result, Sending};

use super::{Answer, Terminal};
use crate::args::Notice as Words;

#[derive(Serialize)]
struct View {
    id: NoticeId,
    incident: String,
    profile: String,
    rule: String,
    what: String,
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
}

fn id(given: &str) -> Result<NoticeId> {
    let unknown = |_| Error::new(Code::NoticeUnknown).with("given", given);
    given.trim().parse().map(NoticeId).map_err(unknown)
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List { incident, open } => list(terminal, incident.as_deref(), *open)?,
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
        Words::Waive { notice, reason } => {
            let wrote = terminal.write(|write| write.waive_notice(id(notice)?, reason))?;
            terminal.wrote(wrote);
        }
        Words::Reopen { notice, reason } => {
            let wrote = terminal.write(|write| write.reopen_notice(id(notice)?, reason))?;
            terminal.wrote(wrote);
        }
    }
    Ok(Answer::Yes)
}

fn list(terminal: &mut Terminal, only: Option<&str>, open: bool) -> Result<()> {
    let english = terminal.say.is_english();
    let asked = terminal.given_time()?;
    let views = terminal.read(|book, now| {
        let (incidents, rules) = (book.incidents()?, book.rules()?);
        let only = match only {
            Some(given) => Some(incident::find(&incidents, given)?.id),
            None => None,
        };
        let notices = match asked {
            Some(at) => book.notices_at(at)?,
            None => book.notices()?,
        };
        let mut views = Vec::new();
        for notice in notices {
            let Some(state) = notice.state(now) else {
                continue;
            };
            let is_asked = only.is_none_or(|only| notice.incident == only);
            let is_wanted = is_asked && !(open && state.is_settled());
            let incident = incidents.iter().find(|known| known.id == notice.incident);
            let Some(incident) = incident.filter(|_| is_wanted) else {
                continue;
            };
            let rule = rules.rule_of(&notice);
            let what = rule.map_or_else(
                || notice.rule.clone(),
                |rule| rule.name.said(english).to_owned(),
            );
            let recipient = rules.told(&notice, Some(incident)).name;
            // What came after the moment that is asked about was not there yet.
            let by = |at: Option<Instant>| at.filter(|at| *at <= now);
            let sent = by(notice.sent_at);
            views.push(View {
                id: notice.id,
                incident: incident.number.clone(),
                profile: notice.profile,
                rule: notice.rule,
                what,
                recipient,
                role: notice.recipient.key(),
                due_at: notice.due_at,
                state: state.key(),
                sent_at: sent,
                channel: notice.channel.filter(|_| sent.is_some()).map(Means::key),
                to: notice.whom.filter(|_| sent.is_some()),
                document: notice.document.filter(|_| sent.is_some()),
                acknowledged_at: by(notice.acknowledged_at),
                waived_at: by(notice.waived_at),
                reason: notice.reason.filter(|_| by(notice.waived_at).is_some()),
            });
        }
        Ok(views)
    })?;
    let headings = [
        "field_incident",
        "field_notice",
        "field_recipient",
        "field_due_at",
        "field_state",
        "field_sent_at",
        "field_id",
    ];
    terminal.show(&views, &headings, |view, say| {
        vec![
            view.incident.clone(),
            view.what.clone(),
            view.recipient.clone(),
            view.due_at.to_string(),
            say.value(NoticeState::FIELD, view.state),
            view.sent_at.map(|at| at.to_string()).unwrap_or_default(),
            view.id.to_string(),
        ]
    });
    Ok(())
}
