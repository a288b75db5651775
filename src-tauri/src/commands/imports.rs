//! Spreadsheets in: read, shown before anything is written, written as one change.

use serde::Deserialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::UnitId;
use sotruc_core::import::{Foreseen, ImportSession, Preview, PreviewRows, RowCase};
use sotruc_core::priority::giving_way;
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::{Expected, ReadOptions};
use sotruc_core::text::fold;
use sotruc_core::views::Names;
use sotruc_core::{Counts, Mode, Result};
use specta::Type;
use std::sync::Arc;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};
use crate::open_book::Open;
use crate::open_book::locked;
use crate::settings::Layout;
use crate::state::AppState;

/// What is written of a file: the rows that are not turned away.
const MODE: Mode = Mode::SkipRejected;

/// An import that waits for a yes, as it was shown. A clone shares what was read: it is worked on
/// while no lock is held, and takes the place of the other once that went well.
#[derive(Clone)]
pub struct Pending {
    session: ImportSession,
    foreseen: Arc<Foreseen>,
    names: Arc<Names>,
}

/// Asks for a file, reads it, and tells what bringing it in would do; `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn choose_import(
    app: AppHandle,
    app_state: Shared<'_>,
    list: List,
) -> Answer<Option<Preview>> {
    app_state
        .wait_for(move |app_state| {
            let kinds = ["xlsx", "csv", "xls", "ods", "tsv", "txt", "ics"];
            let Some(path) = dialogs::file_to_open(&app, "Excel, CSV, ODS", &kinds) else {
                return Ok(None);
            };
            begin(&app, app_state, |today| {
                ImportSession::open(&path, list, ReadOptions::default(), today)
            })
            .map(Some)
        })
        .await
}

/// Reads the file that was dropped on the window, as the list it holds.
#[tauri::command]
#[specta::specta]
pub async fn take_dropped(app: AppHandle, app_state: Shared<'_>) -> Answer<Option<Preview>> {
    app_state
        .wait_for(move |app_state| {
            let Some(path) = app_state.take_dropped() else {
                return Ok(None);
            };
            begin(&app, app_state, |today| {
                ImportSession::open_any(&path, today)
            })
            .map(Some)
        })
        .await
}

/// What the user says of the file that waits.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct Choice {
    /// Whether old numbers are to be converted.
    pub convert_old_numbers: bool,
    /// What columns hold, by heading; `null` leaves a column out.
    pub columns: Layout,
    /// Units that are meant by names the book does not know.
    pub units: Vec<(UnitId, String)>,
    /// From when units take the place of others.
    pub on: Instant,
    /// Why, when that day is over.
    pub reason: Option<String>,
}

/// Reads the file that waits as the user says, and tells again what it would do.
#[tauri::command]
#[specta::specta]
pub async fn look_again(app: AppHandle, app_state: Shared<'_>, choice: Choice) -> Answer<Preview> {
    app_state
        .wait_for(move |app_state| {
            let now = app_state.book().ok_or_else(Refusal::no_book)?.now();
            let said = again(&app, app_state, |session| {
                let before = session.columns();
                session.read(session.sheet().cloned(), &choice.columns)?;
                session.convert_old_numbers(choice.convert_old_numbers);
                session.name_units(choice.units);
                session.begin_on(choice.on, now);
                session.give_reason(choice.reason);
                let key = layout_key(session);
                Ok((before != choice.columns).then_some((key, choice.columns)))
            });
            let (preview, said) = said?;
            // Letters are the columns of any list.
            if let Some((key, columns)) = said.filter(|_| preview.heading_row > 0) {
                app_state.set(|settings| {
                    settings.layouts.insert(key, columns);
                });
            }
            Ok(preview)
        })
        .await
}

/// Reads one sheet of the file that waits, or all that hold a list; its columns as they were last
/// said to be.
#[tauri::command]
#[specta::specta]
pub async fn read_sheet(
    app: AppHandle,
    app_state: Shared<'_>,
    sheet: Option<String>,
) -> Answer<Preview> {
    app_state
        .wait_for(move |app_state| {
            let read = again(&app, app_state, |session| {
                session.read(sheet, &Layout::new())?;
                remember(app_state, session);
                Ok(())
            });
            read.map(|(preview, ())| preview)
        })
        .await
}

/// Writes something else into a cell of the file that waits, and tells again what it would do.
#[tauri::command]
#[specta::specta]
pub async fn mend_cell(
    app: AppHandle,
    app_state: Shared<'_>,
    at: usize,
    column: usize,
    text: String,
) -> Answer<Preview> {
    app_state
        .wait_for(move |app_state| {
            let mended = again(&app, app_state, |session| {
                session.mend(at, column, text);
                Ok(())
            });
            mended.map(|(preview, ())| preview)
        })
        .await
}

/// Keeps the rows that are turned away in a file that is chosen now, the reason beside each;
/// `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn save_rejected(
    app: AppHandle,
    app_state: Shared<'_>,
    name: String,
) -> Answer<Option<String>> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let name = format!("{name}.xlsx");
            let Some(path) = dialogs::file_to_write(&app, &name, "Excel", "xlsx")? else {
                return Ok(None);
            };
            let words = app_state.words();
            let told = |expected: Expected| words.word(expected).to_owned();
            let Pending {
                session, foreseen, ..
            } = waiting(&open)?;
            let reason = words.text("field_why");
            open.look(|book| session.save_rejected(book, &foreseen.import, reason, told, &path))?;
            Ok(Some(path.display().to_string()))
        })
        .await
}

/// The fields that columns of a list may hold.
#[tauri::command]
#[specta::specta]
pub async fn import_fields(list: List) -> Answer<Vec<String>> {
    Ok(list.fields().map(|field| field.key().to_owned()).collect())
}

/// Rows of the file that waits, of one case when given: `limit` of them from `offset` on.
#[tauri::command]
#[specta::specta]
pub async fn import_rows(
    app_state: Shared<'_>,
    only: Option<RowCase>,
    offset: usize,
    limit: usize,
) -> Answer<PreviewRows> {
    app_state
        .with_book(move |open| {
            let Pending {
                foreseen, names, ..
            } = waiting(open)?;
            let shown = |field: &str, value: &_| names.shown(field, value);
            Ok(foreseen.rows(only, (offset, limit), shown))
        })
        .await
}

/// Writes what was shown; rows that were turned away are left out.
#[tauri::command]
#[specta::specta]
pub async fn write_import(app: AppHandle, app_state: Shared<'_>) -> Answer<Counts> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            // What was not written still waits.
            let counts = write(&app, app_state, &open, &waiting(&open)?)?;
            *locked(&open.pending) = None;
            Ok(counts)
        })
        .await
}

/// Forgets the file that waits.
#[tauri::command]
#[specta::specta]
pub async fn drop_import(app_state: Shared<'_>) -> Answer<()> {
    app_state
        .with_book(|open| {
            *locked(&open.pending) = None;
            Ok(())
        })
        .await
}

fn no_import() -> Refusal {
    Refusal::new("no_import")
}

fn waiting(open: &Open) -> Answer<Pending> {
    locked(&open.pending).clone().ok_or_else(no_import)
}

/// Under what the columns of a file are remembered.
fn layout_key(session: &ImportSession) -> String {
    let headings: Vec<String> = session.table().headings().map(fold).collect();
    let headings = headings.join(" | ");
    let list = session.list();
    format!("{list:?}: {}", headings.trim_end_matches([' ', '|']))
}

/// Reads the columns as they were last said to be; what no longer fits is not said.
fn remember(app_state: &AppState, session: &mut ImportSession) {
    let key = layout_key(session);
    if let Some(columns) = app_state.settings().layouts.get(&key) {
        let _ = session.read(session.sheet().cloned(), columns);
    }
}

/// Reads a file for the first time, its columns as they were last said to be.
fn begin(
    app: &AppHandle,
    app_state: &AppState,
    read: impl FnOnce(Instant) -> Result<ImportSession> + Send,
) -> Answer<Preview> {
    let open = app_state.book().ok_or_else(Refusal::no_book)?;
    let mut session = giving_way(|| read(open.now().midnight()))?;
    remember(app_state, &mut session);
    show(app, app_state, &open, session)
}

/// Lets something be said of the file that waits, and finds out again what it would do.
fn again<T>(
    app: &AppHandle,
    app_state: &AppState,
    say: impl FnOnce(&mut ImportSession) -> Result<T>,
) -> Answer<(Preview, T)> {
    let open = app_state.book().ok_or_else(Refusal::no_book)?;
    let mut session = waiting(&open)?.session;
    let said = say(&mut session)?;
    Ok((show(app, app_state, &open, session)?, said))
}

/// Finds out what a file would do; from then on it waits as it was read now.
fn show(
    app: &AppHandle,
    app_state: &AppState,
    open: &Open,
    session: ImportSession,
) -> Answer<Preview> {
    let task = app_state.begin(app);
    let watch = |done, of| task.progress(done, of);
    let foreseen = giving_way(|| match session.list() {
        List::Roster | List::Leave => {
            open.duty(|book, roster, _| session.preview(book, Some(roster), &watch))
        }
        List::Units | List::People | List::Succession => {
            open.read(|book, _| session.preview(book, None, &watch))
        }
    })?;
    let preview = foreseen.preview.clone();
    *locked(&open.pending) = Some(Pending {
        session,
        foreseen: Arc::new(foreseen),
        names: Arc::new(open.read(|book, _| Names::read(book))?),
    });
    Ok(preview)
}

fn write(app: &AppHandle, app_state: &AppState, open: &Open, pending: &Pending) -> Answer<Counts> {
    let operator = app_state.operator()?;
    if let Some(damage) = locked(&open.damage).clone() {
        return Err(damage);
    }
    let Pending {
        session, foreseen, ..
    } = pending;
    let now = open.now();
    // Not over the connection that writes, which a line of the log may want.
    let copied = open.beside(|book| session.copy_before(&foreseen.import, book, now, MODE))?;
    let Some(copied) = copied else {
        return Ok(foreseen.import.counts());
    };
    let task = app_state.begin(app);
    let done = open.write(&operator, |write| {
        copied.write(write, move |done, of| task.progress(done, of))
    })?;
    Ok(done.import.counts())
}
