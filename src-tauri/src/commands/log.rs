//! The log: read by pages, added to, corrected.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::id::{IncidentId, OperatorId, UnitId};
use sotruc_core::log::entry::{Kind, Line, Means};
use sotruc_core::views::log::{self, LogRows};
use sotruc_core::{Code, Correction, Error, LogFilter, NewLine, Target};
use specta::Type;
use std::path::{Path, PathBuf};
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};

/// Which lines are asked for.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct LogQuery {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// By this operator.
    pub operator: Option<OperatorId>,
    /// Of this incident.
    pub incident: Option<IncidentId>,
    /// Of this unit.
    pub unit: Option<UnitId>,
    /// That happened from here on.
    pub from: Option<Instant>,
    /// And before this.
    pub to: Option<Instant>,
    /// With these words.
    pub words: String,
}

/// A line to be written.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct LineForm {
    /// The words.
    pub text: String,
    /// What it tells.
    pub kind: Kind,
    /// When it happened; now, when not given.
    pub occurred_at: Option<Instant>,
    /// The incident it belongs to.
    pub incident: Option<IncidentId>,
    /// The unit it speaks of.
    pub unit: Option<UnitId>,
    /// Why it is written so late.
    pub late_reason: Option<String>,
    /// Why it was decided so.
    pub grounds: Option<String>,
    /// Who was told.
    pub whom: Option<String>,
    /// How.
    pub channel: Option<Means>,
    /// On which number.
    pub dialled: Option<String>,
    /// Files that were chosen for it, by their tokens.
    pub files: Vec<u32>,
}

/// What is right about a line, in full.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct CorrectionForm {
    /// The right words.
    pub text: String,
    /// What it tells.
    pub kind: Kind,
    /// When it happened; as the line says, when not given.
    pub occurred_at: Option<Instant>,
    /// The incident it belongs to.
    pub incident: Option<IncidentId>,
    /// The unit it speaks of.
    pub unit: Option<UnitId>,
    /// Why the line is not right.
    pub reason: String,
}

/// A file that was chosen to be attached.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ChosenFile {
    /// What stands for it.
    pub token: u32,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
}

/// Chooses a file to attach to the next line; `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn choose_file(app: AppHandle, app_state: Shared<'_>) -> Answer<Option<ChosenFile>> {
    app_state
        .wait_for(move |app_state| {
            let Some(path) = dialogs::file_to_open(&app, "*", &["*"]) else {
                return Ok(None);
            };
            let size = sotruc_core::size_to_attach(&path)?;
            let name = path.file_name().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            Ok(Some(ChosenFile {
                token: app_state.keep_file(path),
                name,
                size,
            }))
        })
        .await
}

/// Writes an attached file of a line into a file that is chosen now, and gives its path; `null`
/// when none was.
#[tauri::command]
#[specta::specta]
pub async fn save_file(
    app: AppHandle,
    app_state: Shared<'_>,
    line: String,
    hash: String,
) -> Answer<Option<String>> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let entry = open.read(|book, _| book.line(&Line::parse(&line, "")?))?;
            let file = entry.files.into_iter().find(|file| file.hash == hash);
            let file = file.ok_or_else(|| Error::new(Code::FileMissing).with("file", &hash))?;
            let ending = Path::new(&file.name).extension().unwrap_or_default();
            let ending = ending.to_string_lossy().into_owned();
            let Some(path) = dialogs::file_to_write(&app, &file.name, &ending, &ending)? else {
                return Ok(None);
            };
            open.beside(|book| book.save_attached(&file, Target::File(&path)))?;
            Ok(Some(path.display().to_string()))
        })
        .await
}

/// Lines that recur, in the order of their numbers.
#[tauri::command]
#[specta::specta]
pub async fn templates(app_state: Shared<'_>) -> Answer<Vec<String>> {
    app_state.read(|book, _| book.templates()).await
}

/// Lines, newest first: `limit` of those written before the line `before`, or the newest.
#[tauri::command]
#[specta::specta]
pub async fn log_page(
    app_state: Shared<'_>,
    query: LogQuery,
    before: Option<String>,
    limit: usize,
) -> Answer<LogRows> {
    app_state
        .read(move |book, _| {
            let filter = LogFilter {
                kind: query.kind,
                operator: query.operator,
                incident: query.incident,
                unit: query.unit,
                from: query.from,
                to: query.to,
                words: query.words,
            };
            let before = before.map(|line| Line::parse(&line, "")).transpose()?;
            log::page(book, &filter, before.as_ref(), limit)
        })
        .await
}

/// Whether a note of these words would be written: refused as writing it would be.
#[tauri::command]
#[specta::specta]
pub async fn check_line(app_state: Shared<'_>, text: String) -> Answer<()> {
    app_state
        .read(move |book, now| book.check_line(&text.as_str().into(), now))
        .await
}

/// Writes a line and gives what people call it; it is durable then. What its kind is not asked stays
/// out, and so does a reason for being late of one that is not.
#[tauri::command]
#[specta::specta]
pub async fn add_line(app_state: Shared<'_>, form: LineForm) -> Answer<String> {
    let tokens = form.files.clone();
    let paths = app_state.kept_files(&tokens)?;
    let line = NewLine {
        late_reason: form.late_reason,
        grounds: form.grounds,
        whom: form.whom,
        channel: form.channel,
        dialled: form.dialled,
        kind: form.kind,
        occurred: form.occurred_at,
        incident: form.incident,
        unit: form.unit,
        ..form.text.as_str().into()
    }
    .with_what_is_asked();
    // Before anything is written: who else writes does not wait for large files.
    let files = match paths.as_slice() {
        [] => Vec::new(),
        _ => {
            let asked = line.clone();
            app_state
                .read(move |book, now| book.check_line(&asked, now))
                .await?;
            app_state
                .wait_for(move |app_state| {
                    let open = app_state.book().ok_or_else(Refusal::no_book)?;
                    let taken = |path: &PathBuf| open.look(|book| book.attach(path));
                    Ok(paths
                        .iter()
                        .map(taken)
                        .collect::<sotruc_core::Result<Vec<_>>>()?)
                })
                .await?
        }
    };
    let line = NewLine { files, ..line };
    let written = app_state
        .write(move |write| Ok(write.log(&line)?.to_string()))
        .await?;
    app_state.drop_files(&tokens);
    Ok(written)
}

/// Puts a file away that was chosen for a line and is not to be attached.
#[tauri::command]
#[specta::specta]
pub async fn drop_file(app_state: Shared<'_>, token: u32) -> Answer<()> {
    app_state.drop_files(&[token]);
    Ok(())
}

/// Strikes a line through by writing another, and gives what people call that one.
#[tauri::command]
#[specta::specta]
pub async fn correct_line(
    app_state: Shared<'_>,
    line: String,
    form: CorrectionForm,
) -> Answer<String> {
    app_state
        .write(move |write| {
            let line = Line::parse(&line, "")?;
            let right = Correction {
                text: form.text,
                kind: Some(form.kind),
                occurred: form.occurred_at,
                incident: Some(form.incident),
                unit: Some(form.unit),
            };
            Ok(write.correct(&line, &right, &form.reason)?.to_string())
        })
        .await
}
