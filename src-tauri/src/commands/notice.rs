//! Notices: whom to tell of an incident, by when, and whether they were told.

use serde::Deserialize;
use sotruc_core::Sending;
use sotruc_core::clock::Instant;
use sotruc_core::id::NoticeId;
use sotruc_core::log::entry::Means;
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

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

/// Notes that a report of every year was sent that was due on a day, and writes a line of it.
#[tauri::command]
#[specta::specta]
pub async fn report_sent(app_state: Shared<'_>, key: String, due: Instant) -> Answer<()> {
    let sending = Sending::default();
    app_state
        .write(move |write| write.report_sent(&key, Some(due), &sending).map(drop))
        .await
}

/// Notes that a report of every year that is due on a day need not be sent, and why, and writes a
/// line of it.
#[tauri::command]
#[specta::specta]
pub async fn waive_report(
    app_state: Shared<'_>,
    key: String,
    due: Instant,
    reason: String,
) -> Answer<()> {
    app_state
        .write(move |write| write.waive_report(&key, Some(due), &reason).map(drop))
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

/// Lets an overdue notice rest: it is not told again for so many minutes. Writes a line of it.
#[tauri::command]
#[specta::specta]
pub async fn snooze_notice(
    app_state: Shared<'_>,
    id: NoticeId,
    minutes: u32,
    reason: String,
) -> Answer<()> {
    app_state
        .write(move |write| write.snooze_notice(id, minutes, &reason).map(drop))
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
