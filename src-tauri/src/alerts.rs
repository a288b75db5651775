//! Words to the officer outside the window: a notice that is overdue is told by the system too, so
//! that it is seen while the window is hidden. What the system cannot be trusted to show stands in
//! the window until it is read.
//!
//! A test cannot see what the system shows: in debug builds what is told goes to a file named in
//! the environment (`SOTRUC_TEST_ALERTS`).

use notify_rust::Notification;
use serde::{Deserialize, Serialize};
use sotruc_core::clock::{Instant, MINUTE};
use sotruc_core::id::NoticeId;
use sotruc_core::messages::Messages;
use sotruc_core::views::notice;
use sotruc_core::{Reader, Result};
use specta::Type;
use std::collections::HashMap;
use std::io::Write;
use tauri::AppHandle;
use tauri_specta::Event;

use crate::settings::{Language, Settings};
use crate::window;

/// More than so many at once are told as one.
const MOST: usize = 3;
/// After how long what is still overdue is told again.
const AGAIN: i64 = 10 * MINUTE;

/// What is told to the officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Alert {
    /// What is the matter.
    pub title: String,
    /// Of what, and when.
    pub body: String,
}

/// An alert that the page shows until it is read.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Told(pub Alert);

/// What was told already, and when, while a book is open.
#[derive(Debug, Default)]
pub struct Announced(HashMap<NoticeId, Instant>);

impl Announced {
    /// The notices that are overdue and of which nothing was told yet, or not for a while; not those
    /// that rest.
    pub fn news(
        &mut self,
        book: Reader<'_>,
        now: Instant,
        language: Language,
    ) -> Result<Vec<Alert>> {
        let words = Messages::of(language);
        let mut alerts = Vec::new();
        let mut overdue = HashMap::new();
        let snoozes = book.snoozes()?;
        for notice in notice::overdue(book, now)? {
            let before = self.0.get(&notice.id).copied();
            let until = snoozes.get(&notice.id).map(|snooze| snooze.until);
            if !is_news(before, until, now) {
                overdue.extend(before.map(|before| (notice.id, before)));
                continue;
            }
            overdue.insert(notice.id, now);
            let what = notice.what.said(language == Language::En).to_owned();
            let name = [("name", notice.recipient)];
            alerts.push(match before {
                None => Alert {
                    title: words.with("alert_overdue", &name),
                    body: [notice.incident, what, notice.due_at.to_string()].join(" · "),
                },
                Some(_) => Alert {
                    title: words.with("alert_overdue_still", &name),
                    body: [
                        notice.incident,
                        what,
                        words.length(now.millis() - notice.due_at.millis()),
                    ]
                    .join(" · "),
                },
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

/// Whether it is to be told that a notice is overdue: told `before`, resting `until`.
fn is_news(before: Option<Instant>, until: Option<Instant>, now: Instant) -> bool {
    match (before, until) {
        (_, Some(until)) if until > now => false,
        (None, _) => true,
        // What rested since it was told is told at the end of its rest.
        (Some(before), Some(until)) if until > before => true,
        (Some(before), _) => now >= before.plus(AGAIN),
    }
}

/// Tells the officer: the window draws the eye, the system shows it, or the page does.
pub fn tell(app: &AppHandle, alert: Alert, settings: &Settings) {
    window::call_attention(app);
    let (app, sound) = (app.clone(), settings.sound);
    // A system that shows nothing may be asked for long.
    std::thread::spawn(move || {
        // Windows takes a word from whom it does not know, and shows it to nobody.
        if !show(&app, &alert, sound) || cfg!(windows) {
            let _ = Told(alert).emit(&app);
        }
    });
}

/// Whether the system took it.
fn show(app: &AppHandle, alert: &Alert, sound: bool) -> bool {
    if let Some(file) = std::env::var_os("SOTRUC_TEST_ALERTS").filter(|_| cfg!(debug_assertions)) {
        let file = std::fs::File::options()
            .create(true)
            .append(true)
            .open(file);
        return file
            .is_ok_and(|mut file| writeln!(file, "{} | {}", alert.title, alert.body).is_ok());
    }
    let mut notification = Notification::new();
    notification.summary(&alert.title).body(&alert.body);
    notification.auto_icon();
    if sound {
        notification.sound_name(match cfg!(windows) {
            true => "Default",
            false => "message-new-instant",
        });
    }
    #[cfg(windows)]
    notification.app_id(&app.config().identifier);
    #[cfg(not(windows))]
    notification.appname(app.config().product_name.as_deref().unwrap_or_default());
    notification.show().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_overdue_is_told_again_unless_it_rests() {
        let at = |minutes: i64| Instant::from_millis(minutes * MINUTE);
        let cases = [
            (None, None, 0, true),
            (Some(0), None, 9, false),
            (Some(0), None, 10, true),
            (None, Some(30), 29, false),
            (None, Some(30), 30, true),
            (Some(0), Some(30), 29, false),
            (Some(0), Some(30), 30, true),
            (Some(30), Some(30), 39, false),
            (Some(30), Some(30), 40, true),
        ];
        for (before, until, now, told) in cases {
            let news = is_news(before.map(at), until.map(at), at(now));
            assert_eq!(news, told, "{before:?} {until:?} {now}");
        }
    }
}
