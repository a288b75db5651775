//! Files that come from outside while the window is there: dropped on it, or handed over by a
//! second start.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::ipc_error::Refusal;
use crate::start::arguments::Asked;
use crate::state::AppState;

/// A list was dropped on the window, or handed over.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Dropped;

/// A book was dropped on the window, or handed over: it is open now, unless it was refused.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Handed {
    /// Why it did not open; the one that was open still is.
    pub refusal: Option<Refusal>,
}

/// Takes what was handed over.
pub fn take(app: &AppHandle, asked: Asked) {
    match asked {
        Asked::List(list) => {
            app.state::<AppState>().drop_file(list);
            let _ = Dropped.emit(app);
        }
        Asked::Book(book) => open(app, book),
    }
}

fn open(app: &AppHandle, book: PathBuf) {
    let app = app.clone();
    // Whoever hands it over waits for no book to be read.
    tauri::async_runtime::spawn_blocking(move || {
        let refusal = app.state::<AppState>().open_other(&book).err();
        let _ = Handed { refusal }.emit(&app);
    });
}
