//! Notices: whom to tell of an incident, by when, and whether they were told.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::period::Post;
use sotruc_core::id::NoticeId;
use sotruc_core::incident::notice::{Notice, NoticeState};
use sotruc_core::incident::profile::Said;
use sotruc_core::log::entry::Means;
use sotruc_core::{Reader, Result, Sending};
use specta::Type;
use std::collections::{HashMap, HashSet};

use super::Shared;
use super::view::{IncidentRow, Names, PersonRef, UnitRef};
use crate::ipc_error::Answer;

/// A notice.
#[derive(Debug, Clone, Serialize, Type)]
pub struct NoticeRow {
    /// Its identity.
    pub id: NoticeId,
    /// Of what.
    pub incident: IncidentRow,
    /// What is to be sent, in Vietnamese and English.
    pub what: Said,
    /// To whom.
    pub recipient: String,
    /// The unit that is, where it is one of the book.
    pub unit: Option<UnitRef>,
    /// Who is on duty there now.
    pub on_duty: Vec<PersonRef>,
    /// Since when it is needed.
    pub made_at: Instant,
    /// By when.
    pub due_at: Instant,
    /// Whether it is due from the moment it is needed.
    pub at_once: bool,
    /// What became of it.
    pub state: NoticeState,
    /// When it was sent.
    pub sent_at: Option<Instant>,
    /// How, or how it is sent as a rule.
    pub channel: Option<Means>,
    /// To whom there.
    pub whom: Option<String>,
    /// The number of the document.
    pub document: Option<String>,
    /// When whoever was told said so.
    pub acknowledged_at: Option<Instant>,
    /// Why it is not needed.
    pub reason: Option<String>,
}

/// The notices that pass a test, by when they are due.
pub(super) fn notice_rows(
    book: Reader<'_>,
    roster: &Roster,
    names: &Names,
    now: Instant,
    wanted: impl Fn(&Notice) -> bool,
) -> Result<Vec<NoticeRow>> {
    let notices: Vec<(Notice, NoticeState)> = book
        .notices()?
        .into_iter()
        .filter(|notice| wanted(notice))
        .filter_map(|notice| {
            let state = notice.state(now)?;
            Some((notice, state))
        })
        .collect();
    if notices.is_empty() {
        return Ok(Vec::new());
    }
    let people: HashMap<_, _> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let rules = book.rules()?;
    let incidents: HashMap<_, _> = book
        .incidents()?
        .into_iter()
        .map(|incident| (incident.id, incident))
        .collect();
    let told = |notice: &Notice| rules.told(notice, incidents.get(&notice.incident));
    let asked: HashSet<_> = notices
        .iter()
        .filter_map(|(one, _)| told(one).unit)
        .collect();
    let mut duty = roster.on_duty(now);
    duty.retain(|line| asked.contains(&line.unit) && line.post != Post::Leader);
    let mut rows = Vec::new();
    for (notice, state) in notices {
        let Some(incident) = incidents.get(&notice.incident) else {
            continue;
        };
        let rule = rules.rule_of(&notice);
        let told = told(&notice);
        let on_duty = duty
            .iter()
            .filter(|line| Some(line.unit) == told.unit)
            .filter_map(|line| Some(PersonRef::from(*people.get(&line.person)?)));
        rows.push(NoticeRow {
            id: notice.id,
            on_duty: on_duty.collect(),
            unit: told.unit.and_then(|id| names.unit(id)),
            recipient: told.name,
            incident: IncidentRow::of(incident, names),
            channel: notice.channel.or(rule.and_then(|rule| rule.channel)),
            what: rule.map_or_else(
                || Said {
                    vi: notice.rule.clone(),
                    en: notice.rule.clone(),
                },
                |rule| rule.name.clone(),
            ),
            made_at: notice.made_at,
            due_at: notice.due_at,
            at_once: notice.due_at == notice.made_at,
            state,
            sent_at: notice.sent_at,
            whom: notice.whom,
            document: notice.document,
            acknowledged_at: notice.acknowledged_at,
            reason: notice.reason,
        });
    }
    Ok(rows)
}

/// How somebody was told.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SendingForm {
    /// By which way.
    pub channel: Option<Means>,
    /// To whom there.
    pub whom: String,
    /// On which number.
    pub dialled: String,
    /// The number of the document.
    pub document: String,
    /// When; now, when not given.
    pub at: Option<Instant>,
}

/// Notes that somebody was told, and writes a line of it.
#[tauri::command]
#[specta::specta]
pub async fn notice_sent(app_state: Shared<'_>, id: NoticeId, form: SendingForm) -> Answer<()> {
    app_state
        .write(move |write| {
            let sending = Sending {
                channel: form.channel,
                whom: Some(form.whom),
                dialled: Some(form.dialled),
                document: Some(form.document),
                at: form.at,
            };
            write.notice_sent(id, &sending)?;
            Ok(())
        })
        .await
}

/// Notes that whoever was told said so.
#[tauri::command]
#[specta::specta]
pub async fn notice_acknowledged(app_state: Shared<'_>, id: NoticeId) -> Answer<()> {
    app_state
        .write(move |write| write.notice_acknowledged(id).map(drop))
        .await
}

/// Notes that a notice is not needed, and why, and writes a line of it.
#[tauri::command]
#[specta::specta]
pub async fn waive_notice(app_state: Shared<'_>, id: NoticeId, reason: String) -> Answer<()> {
    app_state
        .write(move |write| write.waive_notice(id, &reason).map(drop))
        .await
}

/// Takes back that a notice was sent or waived by mistake, and writes a line of it.
#[tauri::command]
#[specta::specta]
pub async fn reopen_notice(app_state: Shared<'_>, id: NoticeId, reason: String) -> Answer<()> {
    app_state
        .write(move |write| write.reopen_notice(id, &reason).map(drop))
        .await
}
