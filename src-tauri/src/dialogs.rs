//! Native dialogs for files: the page never sees or names a path of its own.
//!
//! A test cannot drive native dialogs. In debug builds the file chosen comes from a file named in
//! the environment (`SOTRUC_TEST_CHOICE`), which is emptied when it is taken.

use crate::ipc_error::Answer;
use sotruc_core::{Code, Error};
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

/// Whether a test drives the window.
pub fn is_automated() -> bool {
    cfg!(debug_assertions) && std::env::var_os("SOTRUC_TEST_CHOICE").is_some()
}

fn test_choice() -> Option<PathBuf> {
    let file = std::env::var_os("SOTRUC_TEST_CHOICE")?;
    let chosen = std::fs::read_to_string(&file).unwrap_or_default();
    let _ = std::fs::write(&file, "");
    Some(chosen.trim().to_owned())
        .filter(|chosen| !chosen.is_empty())
        .map(PathBuf::from)
}

fn ask(
    app: &AppHandle,
    show: impl FnOnce(FileDialogBuilder<tauri::Wry>) -> Option<tauri_plugin_dialog::FilePath>,
) -> Option<PathBuf> {
    if is_automated() {
        return test_choice();
    }
    let mut dialog = app.dialog().file();
    if let Some(window) = crate::window::main(app) {
        dialog = dialog.set_parent(&window);
    }
    show(dialog)?.into_path().ok()
}

/// A file to open. Call it from a thread that may wait.
pub fn file_to_open(app: &AppHandle, kind: &str, endings: &[&str]) -> Option<PathBuf> {
    ask(app, |dialog| {
        dialog.add_filter(kind, endings).blocking_pick_file()
    })
}

/// A file to write; the dialog asks before one is written over.
///
/// # Errors
/// [`Code::FileExists`] when a file is in the way that the dialog could not ask about, because
/// its name was given without an ending.
pub fn file_to_write(
    app: &AppHandle,
    name: &str,
    kind: &str,
    ending: &str,
) -> Answer<Option<PathBuf>> {
    let chosen = ask(app, |dialog| {
        let dialog = dialog.set_file_name(name);
        match ending {
            "" => dialog.blocking_save_file(),
            _ => dialog.add_filter(kind, &[ending]).blocking_save_file(),
        }
    });
    let Some(chosen) = chosen else {
        return Ok(None);
    };
    let wanted = format!(".{ending}");
    let has_it = chosen
        .extension()
        .is_some_and(|known| known.eq_ignore_ascii_case(ending));
    if ending.is_empty() || has_it {
        return Ok(Some(chosen));
    }
    let mut whole = chosen.into_os_string();
    whole.push(&wanted);
    let whole = PathBuf::from(whole);
    match whole.exists() {
        true => Err(Error::new(Code::FileExists)
            .with("file", whole.display())
            .into()),
        false => Ok(Some(whole)),
    }
}

/// A folder to write into.
pub fn folder(app: &AppHandle) -> Option<PathBuf> {
    ask(app, |dialog| dialog.blocking_pick_folder())
}
