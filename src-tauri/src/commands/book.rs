//! Books: begun, opened, put away; the last change undone.

use serde::Deserialize;
use sotruc_core::{Code, Error, Logbook, NewBook, NextUndo, OwnChange, Undone, sample};
use specta::Type;
use std::fs;
use std::path::PathBuf;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::Answer;

/// A book to be begun.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct BookForm {
    /// What stands before the site's numbers.
    pub site: String,
    /// What people call the place.
    pub place: String,
    /// The name of our own unit; empty when it is not known yet.
    pub unit: String,
    /// The province; empty when nobody says.
    pub province: String,
    /// The stable names of the profiles that it goes by; by date, when empty.
    pub profiles: Vec<String>,
    /// Who writes.
    pub operator: String,
    /// Whether it lies where was chosen last, and not at the usual place.
    pub elsewhere: bool,
}

/// Asks where a new book is to lie.
#[tauri::command]
#[specta::specta]
pub async fn choose_new_place(app: AppHandle, app_state: Shared<'_>) -> Answer<Option<String>> {
    app_state
        .wait_for(move |app_state| {
            let product = app_state.words().text("ui_product");
            let chosen = dialogs::file_to_write(&app, "so-truc.sotruc", product, "sotruc")?;
            app_state.set_new_place(chosen.clone());
            Ok(chosen.map(|path| path.display().to_string()))
        })
        .await
}

/// Begins a book and opens it.
#[tauri::command]
#[specta::specta]
pub async fn start_book(app_state: Shared<'_>, form: BookForm) -> Answer<()> {
    app_state
        .wait_for(move |app_state| {
            let installation = app_state.installation();
            let chosen = app_state.new_place().filter(|_| form.elsewhere);
            let path = match chosen {
                Some(path) => path,
                None => {
                    let usual = app_state.usual_book().to_owned();
                    if let Some(folder) = usual.parent() {
                        fs::create_dir_all(folder).map_err(|cause| Error::file(folder, cause))?;
                    }
                    usual
                }
            };
            let new = NewBook {
                site: &form.site,
                name: &form.place,
                unit: Some(&form.unit),
                practice: false,
                place: Some(&form.province),
                profiles: &form.profiles,
            };
            let now = sotruc_core::clock::now();
            let book = Logbook::create(&path, installation, &new, &form.operator, now)?;
            app_state.take_new(book)?;
            app_state.set_operator(&form.operator);
            Ok(())
        })
        .await
}

/// Opens a book: one that was open before, or one that is chosen now. `false` when none was.
#[tauri::command]
#[specta::specta]
pub async fn open_book(
    app: AppHandle,
    app_state: Shared<'_>,
    recent: Option<String>,
) -> Answer<bool> {
    app_state
        .wait_for(move |app_state| {
            let known = recent.map(PathBuf::from);
            // The page may only name what it was given.
            let known = known.filter(|path| app_state.settings().recent.contains(path));
            let product = app_state.words().text("ui_product");
            let asked = || dialogs::file_to_open(&app, product, &["sotruc"]);
            let Some(path) = known.or_else(asked) else {
                return Ok(false);
            };
            app_state.open(&path)?;
            Ok(true)
        })
        .await
}

/// Opens the sample province; makes it anew when it is not there.
#[tauri::command]
#[specta::specta]
pub async fn try_sample(app_state: Shared<'_>) -> Answer<()> {
    app_state
        .wait_for(|app_state| {
            let folder = app_state.installation().folder().join("sample");
            fs::create_dir_all(&folder).map_err(|cause| Error::file(&folder, cause))?;
            let path = folder.join("so-truc-mau.sotruc");
            match sample::write(&path, app_state.installation()) {
                Ok((book, _)) => app_state.take_new(book)?,
                Err(error) if error.code == Code::BookExists => app_state.open(&path)?,
                Err(error) => return Err(error.into()),
            }
            if app_state.operator().is_err() {
                app_state.set_operator(sample::NIGHT);
            }
            Ok(())
        })
        .await
}

/// Puts the open book away.
#[tauri::command]
#[specta::specta]
pub async fn close_book(app_state: Shared<'_>) -> Answer<()> {
    app_state.close();
    Ok(())
}

/// What undo would take back next, and whether it is asked about first.
#[tauri::command]
#[specta::specta]
pub async fn next_undo(app_state: Shared<'_>) -> Answer<NextUndo> {
    let operator = app_state.operator()?;
    app_state
        .with_book(move |open| {
            let now = open.now();
            Ok(open.look(|book| book.next_undo(&operator, now))?)
        })
        .await
}

/// How many of the operator's own changes are offered.
const OFFERED: usize = 50;

/// The operator's own changes, newest first.
#[tauri::command]
#[specta::specta]
pub async fn own_changes(app_state: Shared<'_>) -> Answer<Vec<OwnChange>> {
    let operator = app_state.operator()?;
    app_state
        .with_book(move |open| Ok(open.look(|book| book.own_changes(&operator, OFFERED))?))
        .await
}

/// Takes back the operator's change of this number.
#[tauri::command]
#[specta::specta]
pub async fn undo_change(app_state: Shared<'_>, id: u32) -> Answer<Undone> {
    app_state
        .write(move |write| write.undo_change(id.into()))
        .await
}

/// Does again what was taken back last, or the change of this number.
#[tauri::command]
#[specta::specta]
pub async fn redo(app_state: Shared<'_>, id: Option<u32>) -> Answer<Undone> {
    app_state
        .write(move |write| write.redo(id.map(u64::from)))
        .await
}
