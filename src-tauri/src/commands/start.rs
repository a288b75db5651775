//! What the page draws first. It is read while the window is made, and lies in the page itself: the
//! page asks nothing before it stands.

use serde::Serialize;
use specta::Type;
use std::borrow::Cow;
use std::sync::Mutex;
use std::thread::{self, JoinHandle};

use super::Shared;
use super::frame::{Desktop, Frame, desktop_of, frame_of};
use crate::ipc_error::Answer;
use crate::open_book::locked;
use crate::state::AppState;
use sotruc_core::views::now::{self, NowPage};

/// What the page draws first.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Start {
    /// The language, the colours, the books.
    pub desktop: Desktop,
    /// What stands around the room; `null` without a book, or when it cannot be read.
    pub frame: Option<Frame>,
    /// The room *Now*, likewise.
    pub now: Option<NowPage>,
}

/// What the page draws first, when it did not come with the page.
#[tauri::command]
#[specta::specta]
pub async fn start(app_state: Shared<'_>) -> Answer<Start> {
    app_state.wait_for(|app_state| Ok(read(app_state))).await
}

fn read(app_state: &AppState) -> Start {
    let open = app_state.book();
    let open = open.as_deref();
    Start {
        desktop: desktop_of(app_state),
        frame: open.and_then(|open| frame_of(open, app_state.operator().ok()).ok()),
        now: open.and_then(|open| open.duty(now::page).ok()),
    }
}

/// Reads ahead, once.
pub struct Ahead {
    app_state: AppState,
    read: Mutex<Option<JoinHandle<Start>>>,
}

impl Ahead {
    /// Begins to read.
    pub fn begin(app_state: &AppState) -> Self {
        let reader = app_state.clone();
        Self {
            app_state: app_state.clone(),
            read: Mutex::new(Some(thread::spawn(move || read(&reader)))),
        }
    }

    /// Lays what was read into a page that has a place for it; a page that is loaded again gets
    /// what is true then.
    pub fn lay_into(&self, body: &mut Cow<'static, [u8]>) {
        const PLACE: &[u8] = br#"id="start""#;
        let Some(place) = position(body, PLACE) else {
            return;
        };
        let ahead = locked(&self.read).take().map(JoinHandle::join);
        let start = match ahead {
            Some(Ok(start)) => start,
            _ => read(&self.app_state),
        };
        let Ok(json) = serde_json::to_string(&start) else {
            return;
        };
        let Some(open) = position(&body[place..], b">") else {
            return;
        };
        let open = place + open + 1;
        let Some(length) = position(&body[open..], b"</script>") else {
            return;
        };
        // No text of a book may end the element it lies in.
        let json = json.replace('<', r"\u003c").into_bytes();
        body.to_mut().splice(open..open + length, json);
    }
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;
    use crate::start::arguments::Wish;
    use sotruc_core::Installation;

    #[test]
    fn what_is_read_ahead_lies_in_the_page_and_cannot_leave_its_element() {
        let folder = tempfile::tempdir().unwrap();
        let home = Installation::at(folder.path().join("</script>"));
        let app_state = AppState::new(home, Wish::default());
        let ahead = Ahead::begin(&app_state);
        let page = r#"<script id="start" type="application/json" nonce="1">null</script><p>"#;
        for _ in 0..2 {
            let mut body = Cow::Borrowed(page.as_bytes());
            ahead.lay_into(&mut body);
            let text = String::from_utf8(body.into_owned()).unwrap();
            let json = text
                .strip_prefix(r#"<script id="start" type="application/json" nonce="1">"#)
                .and_then(|rest| rest.strip_suffix("</script><p>"))
                .unwrap();
            assert!(!json.contains('<'));
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            let usual = value["desktop"]["usual_place"].as_str().unwrap();
            assert!(usual.contains("</script>"));
            assert_eq!(value["frame"], serde_json::Value::Null);
        }
        let mut other = Cow::Borrowed(b"p { }".as_slice());
        ahead.lay_into(&mut other);
        assert_eq!(other, b"p { }".as_slice());
    }
}
