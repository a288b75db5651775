//! Words to the officer outside the window: a notice that is overdue is told by the system too, so
//! that it is seen while the window is hidden.
//!
//! A test cannot see what the system shows: in debug builds what is told goes to a file named in
//! the environment (`SOTRUC_TEST_ALERTS`).

use sotruc_core::clock::Instant;
use sotruc_core::id::NoticeId;
use sotruc_core::messages::Messages;
use sotruc_core::views::notice;
use sotruc_core::{Reader, Result};
use std::collections::HashSet;
use std::io::Write;
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

use crate::settings::{Language, Settings};

/// More than so many at once are told as one.
const MOST: usize = 3;

/// What is told to the officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    title: String,
    body: String,
}

/// What was told already, while a book is open.
#[derive(Debug, Default)]
pub struct Announced(HashSet<NoticeId>);

impl Announced {
    /// The notices that are overdue and of which nothing was told yet.
    pub fn news(
        &mut self,
        book: Reader<'_>,
        now: Instant,
        language: Language,
    ) -> Result<Vec<Alert>> {
        let words = Messages::of(language);
        let mut alerts = Vec::new();
        let mut overdue = HashSet::new();
        for notice in notice::overdue(book, now)? {
            overdue.insert(notice.id);
            if self.0.contains(&notice.id) {
                continue;
            }
            let what = notice.what.said(language == Language::En).to_owned();
            alerts.push(Alert {
                title: words.with("alert_overdue", &[("name", &notice.recipient)]),
                body: [notice.incident, what, notice.due_at.to_string()].join(" · "),
            });
        }
        // Taken back and overdue again, it is told again.
        self.0 = overdue;
        if alerts.len() > MOST {
            let title = words.with("alert_many", &[("n", alerts.len().to_string())]);
            let body = alerts.swap_remove(0).title;
            return Ok(vec![Alert { title, body }]);
        }
        Ok(alerts)
    }
}

/// Tells the officer; what cannot be told stands in the window all the same.
pub fn tell(app: &AppHandle, alert: &Alert, settings: &Settings) {
    if let Some(file) = std::env::var_os("SOTRUC_TEST_ALERTS").filter(|_| cfg!(debug_assertions)) {
        let mut options = std::fs::File::options();
        if let Ok(mut file) = options.create(true).append(true).open(file) {
            let _ = writeln!(file, "{} | {}", alert.title, alert.body);
        }
        return;
    }
    let mut shown = app
        .notification()
        .builder()
        .title(&alert.title)
        .body(&alert.body);
    if settings.sound {
        shown = shown.sound(if cfg!(windows) {
            "Default"
        } else {
            "message-new-instant"
        });
    }
    let _ = shown.show();
}
