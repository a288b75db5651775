//! Native dialogs: for files, of which the page never sees or names a path of its own, and for
//! what is said and asked while there is no page.
//!
//! A test cannot drive native dialogs. In debug builds the file chosen comes from a file named in
//! the environment (`SOTRUC_TEST_CHOICE`), which is emptied when it is taken; a question is answered
//! with yes when `yes` stands there.

use crate::ipc_error::Answer;
use crate::settings::Purpose;
use crate::state::AppState;
use sotruc_core::file_name::harmless;
use sotruc_core::{Code, Error};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, MessageDialogButtons, MessageDialogKind};

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

fn choose(
    app: &AppHandle,
    purpose: Purpose,
    show: impl FnOnce(FileDialogBuilder<tauri::Wry>) -> Option<tauri_plugin_dialog::FilePath>,
) -> Option<PathBuf> {
    let app_state = app.state::<AppState>();
    let chosen = match is_automated() {
        true => test_choice(),
        false => {
            let mut dialog = app.dialog().file();
            if let Some(window) = crate::window::main(app) {
                dialog = dialog.set_parent(&window);
            }
            let last = app_state.settings().folders.remove(&purpose);
            if let Some(last) = last.filter(|last| last.is_dir()) {
                dialog = dialog.set_directory(last);
            }
            show(dialog)?.into_path().ok()
        }
    }?;
    let folder = match chosen.is_dir() {
        true => Some(chosen.as_path()),
        false => chosen.parent(),
    };
    if let Some(folder) = folder.map(Path::to_owned) {
        app_state.set(|settings| drop(settings.folders.insert(purpose, folder)));
    }
    Some(chosen)
}

/// A file to open. Call it from a thread that may wait.
pub fn file_to_open(app: &AppHandle, kind: &str, endings: &[&str]) -> Option<PathBuf> {
    choose(app, Purpose::Open, |dialog| {
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
    // What is in a name may have slashes, a day say.
    let name = harmless(&name.replace(['/', '\\'], "-")).unwrap_or_default();
    let chosen = choose(app, Purpose::Save, |dialog| {
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
    choose(app, Purpose::Save, FileDialogBuilder::blocking_pick_folder)
}

/// Asks, while there is no page, and gives whether the first answer was chosen. Call it from a
/// thread that may wait.
pub fn ask(app: &AppHandle, question: String, [yes, no]: [&str; 2]) -> bool {
    if is_automated() {
        return test_choice().is_some_and(|answer| answer == Path::new("yes"));
    }
    let answers = MessageDialogButtons::OkCancelCustom(yes.to_owned(), no.to_owned());
    message(app, question).buttons(answers).blocking_show()
}

/// Says something, while there is no page. Call it from a thread that may wait.
pub fn tell(app: &AppHandle, text: String) {
    if !is_automated() {
        message(app, text).blocking_show();
    }
}

fn message(app: &AppHandle, text: String) -> tauri_plugin_dialog::MessageDialogBuilder<tauri::Wry> {
    let words = app.state::<AppState>().words();
    let title = words.text("ui_product");
    let dialog = app.dialog().message(text).title(title);
    dialog.kind(MessageDialogKind::Warning)
}
