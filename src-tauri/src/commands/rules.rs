//! What the book goes by, in the settings.

use serde::Serialize;
use sotruc_core::duty::calendar::Year;
use sotruc_core::incident::RulesChanged;
use sotruc_core::views::calendar::{self, CalendarPage, OutdatedDay};
use sotruc_core::views::rules::{self, RulesPage};
use sotruc_core::{Error, write_beside};
use specta::Type;
use std::path::Path;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};

/// What the book goes by.
#[tauri::command]
#[specta::specta]
pub async fn rules(app_state: Shared<'_>) -> Answer<RulesPage> {
    app_state.read(rules::page).await
}

/// Sets what the book goes by, and gives what became of the notices that are to be sent; an empty
/// value takes it back to what is usual.
#[tauri::command]
#[specta::specta]
pub async fn set_rule(app_state: Shared<'_>, key: String, value: String) -> Answer<RulesChanged> {
    app_state
        .write(move |write| Ok(write.set_setting(&key, &value)?.1))
        .await
}

/// Sets the lines that recur, as one change; empty ones do not count.
#[tauri::command]
#[specta::specta]
pub async fn set_templates(app_state: Shared<'_>, lines: Vec<String>) -> Answer<()> {
    app_state
        .write(move |write| write.set_templates(&lines))
        .await
}

/// Takes a profile of the office's own from a file that is chosen now, and gives its key and what
/// became of the notices that are to be sent; `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn choose_profile(
    app: AppHandle,
    app_state: Shared<'_>,
) -> Answer<Option<(String, RulesChanged)>> {
    app_state
        .wait_for(move |app_state| {
            let Some(path) = dialogs::file_to_open(&app, "JSON", &["json"]) else {
                return Ok(None);
            };
            let text = sotruc_core::office::setting::profile_text(&path)?;
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let brought = open.write(&app_state.operator()?, |write| write.add_profile(&text))?;
            Ok(Some(brought))
        })
        .await
}

/// Writes a profile into a file that is chosen now, to be changed there; gives its path, `null`
/// when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn save_profile(
    app: AppHandle,
    app_state: Shared<'_>,
    key: String,
) -> Answer<Option<String>> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let profiles = open.read(|book, _| Ok(book.rules()?.profiles))?;
            let Some(profile) = profiles.into_iter().find(|known| known.key == key) else {
                return Ok(None);
            };
            let Some(path) = dialogs::file_to_write(&app, &format!("{key}.json"), "JSON", "json")?
            else {
                return Ok(None);
            };
            let text = serde_json::to_string_pretty(&profile).unwrap_or_default();
            written(&path, &text).map(Some)
        })
        .await
}

fn written(path: &Path, text: &str) -> Answer<String> {
    write_beside(path, |out| {
        out.write_all(text.as_bytes())
            .map_err(|cause| Error::file(path, cause))
    })?;
    Ok(path.display().to_string())
}

/// A year of the calendar; `null` is this year.
#[tauri::command]
#[specta::specta]
pub async fn calendar(app_state: Shared<'_>, year: Option<i32>) -> Answer<CalendarPage> {
    app_state
        .read(move |book, now| calendar::page(book, year, now))
        .await
}

/// What became of a calendar's file.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CalendarTaken {
    /// The year that was taken; `null` when something is wrong with it.
    pub year: Option<i32>,
    /// Everything that is wrong with it.
    pub wrong: Vec<Refusal>,
    /// The days whose rotas are to be laid out again.
    pub outdated: Vec<OutdatedDay>,
}

/// Takes a year's calendar of the office's own from a file that is chosen now; `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn choose_calendar(
    app: AppHandle,
    app_state: Shared<'_>,
) -> Answer<Option<CalendarTaken>> {
    app_state
        .wait_for(move |app_state| {
            let Some(path) = dialogs::file_to_open(&app, "JSON", &["json"]) else {
                return Ok(None);
            };
            let text = sotruc_core::office::setting::calendar_text(&path)?;
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let taken = match Year::read(&text) {
                Ok(year) => {
                    let outdated = open.write(&app_state.operator()?, |write| {
                        let before = write.calendar()?;
                        write.add_calendar(&year)?;
                        calendar::outdated(**write, &before, write.now())
                    })?;
                    CalendarTaken {
                        year: Some(year.number()),
                        wrong: Vec::new(),
                        outdated,
                    }
                }
                Err(wrong) => CalendarTaken {
                    year: None,
                    wrong: wrong.iter().map(Refusal::from).collect(),
                    outdated: Vec::new(),
                },
            };
            Ok(Some(taken))
        })
        .await
}

/// Writes a year's calendar into a file that is chosen now, to be changed there; gives its path,
/// `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn save_calendar(
    app: AppHandle,
    app_state: Shared<'_>,
    year: i32,
) -> Answer<Option<String>> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let text = open.read(|book, now| calendar::text(book, year, now))?;
            let name = format!("{year}.json");
            let Some(path) = dialogs::file_to_write(&app, &name, "JSON", "json")? else {
                return Ok(None);
            };
            written(&path, &text).map(Some)
        })
        .await
}
