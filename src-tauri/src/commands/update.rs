//! The program updated from a file that somebody brought.

use serde::Serialize;
use sotruc_core::{clock, keep_backups};
use sotruc_program::update::{Kind, Update, check};
use specta::Type;
use std::sync::Mutex;
use tauri::{AppHandle, State};

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};
use crate::open_book::locked;
use crate::update::{Source, install};

/// The update that was checked last.
#[derive(Default)]
pub struct Checked(Mutex<Option<(Kind, Update)>>);

/// What a chosen file brings.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Offer {
    /// Its version.
    pub version: String,
    /// The version that runs.
    pub running: String,
    /// The name of the file.
    pub file: String,
}

/// Asks for a file and checks it; `None` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn choose_update(
    app: AppHandle,
    app_state: Shared<'_>,
    checked: State<'_, Checked>,
) -> Answer<Option<Offer>> {
    let found = app_state
        .wait_for(move |app_state| {
            let installation = app_state.installation();
            let source = Source::of(installation).ok_or_else(|| Refusal::new("update_own"))?;
            let product = app_state.words().text("ui_product");
            let ending = source.kind.ending();
            let Some(file) = dialogs::file_to_open(&app, product, &[ending]) else {
                return Ok(None);
            };
            let into = installation.folder().join("update");
            let running = sotruc_program::VERSION;
            let update = check(&file, source.kind, &source.key, running, &into)?;
            Ok(Some((source.kind, update)))
        })
        .await?;
    let Some((kind, update)) = found else {
        return Ok(None);
    };
    let file = update.file.file_name().unwrap_or_default();
    let offer = Offer {
        version: update.version.clone(),
        running: sotruc_program::VERSION.to_owned(),
        file: file.to_string_lossy().into_owned(),
    };
    *locked(&checked.0) = Some((kind, update));
    Ok(Some(offer))
}

/// Copies every book, installs what was checked, and opens it. Where a book cannot be copied it
/// goes on only when told to go on anyway.
#[tauri::command]
#[specta::specta]
pub async fn install_update(
    app: AppHandle,
    app_state: Shared<'_>,
    checked: State<'_, Checked>,
    anyway: bool,
) -> Answer<()> {
    let update = locked(&checked.0).clone();
    let Some((kind, update)) = update else {
        return Err(Refusal::new("update_own"));
    };
    app_state
        .wait_for(move |app_state| {
            let copied = keep_backups(app_state.installation(), clock::now());
            let failed = copied
                .iter()
                .find_map(|(path, copied)| copied.as_ref().err().map(|error| (path, error)));
            if let Some((path, error)) = failed.filter(|_| !anyway) {
                let mut refusal = Refusal::new("update_uncopied");
                let file = path.display().to_string();
                let why = app_state.words().error(error);
                refusal
                    .params
                    .extend([("file".to_owned(), file), ("why".to_owned(), why)]);
                return Err(refusal);
            }
            Ok(install(&app, kind, &update)?)
        })
        .await
}
