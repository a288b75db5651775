//! Spreadsheets in: read, shown before anything is written, written as one change.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::directory::person::import::Ways;
use sotruc_core::id::UnitId;
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::out::Form;
use sotruc_core::sheet::{self, File, Notice, ReadOptions, Row, Table};
use sotruc_core::text::fold;
use sotruc_core::views::Names;
use sotruc_core::{Code, Error, Import, Mode, Result, Writing};
use specta::Type;
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_specta::Event;

use super::Shared;
use super::import_view::{
    Column, Preview, PreviewRow, PreviewRows, RowCase, RowResult, results, samples,
};
use crate::background::Progress;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};
use crate::settings::Layout;
use crate::state::{AppState, Open, locked};
use crate::words::Words;

/// What a file lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum ListKind {
    /// Units.
    Units,
    /// People.
    People,
    /// Shifts.
    Roster,
    /// Units, and those that take their place.
    Succession,
}

impl ListKind {
    const fn list(self) -> List {
        match self {
            Self::Units => List::Units,
            Self::People => List::People,
            Self::Roster => List::Roster,
            Self::Succession => List::Succession,
        }
    }
}

/// An import that waits for a yes.
pub struct Pending {
    list: ListKind,
    file: File,
    ways: Ways,
    /// From when units take the place of others.
    on: Instant,
    /// The one sheet to read, where somebody said.
    sheet: Option<String>,
    /// What its columns hold, where somebody said.
    layout: Layout,
    /// Cells that somebody wrote otherwise.
    mended: Vec<Mended>,
    table: Table,
    rejected: Vec<sheet::Rejected>,
    /// One for each row of the table.
    results: Vec<RowResult>,
}

impl Pending {
    fn import(&self, write: &mut Writing<'_>, table: &Table, mode: Mode) -> Result<Import> {
        match self.list {
            ListKind::Units => write.import_units(table, mode),
            ListKind::People => write.import_people(table, &self.ways, mode),
            ListKind::Roster => write.import_roster(table, None, mode),
            ListKind::Succession => write.succeed(table, self.on, mode),
        }
    }
}

/// A cell that somebody wrote otherwise; it stays so when the file is read in another way.
struct Mended {
    sheet: Option<String>,
    number: usize,
    /// Which of the rows of this number: a row of a grid is unfolded into several.
    of_number: usize,
    heading: String,
    /// Which of the columns of this heading.
    nth: usize,
    text: String,
}

/// What an import did.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Imported {
    /// New.
    pub new: usize,
    /// Changed.
    pub changed: usize,
    /// As it was.
    pub same: usize,
    /// Rows left out.
    pub rejected: usize,
}

/// Asks for a file, reads it, and tells what bringing it in would do; `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn choose_import(
    app: AppHandle,
    app_state: Shared<'_>,
    list: ListKind,
) -> Answer<Option<Preview>> {
    app_state
        .wait_for(move |app_state| {
            let kinds = ["xlsx", "csv", "xls", "ods", "tsv", "txt"];
            let Some(path) = dialogs::file_to_open(&app, "Excel, CSV, ODS", &kinds) else {
                return Ok(None);
            };
            begin(&app, app_state, list, path).map(Some)
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
            let file = File::open(&path)?;
            let lists = [
                ListKind::Succession,
                ListKind::Roster,
                ListKind::Units,
                ListKind::People,
            ];
            let holds =
                |list: &ListKind| sheet::find(&file, list.list(), &ReadOptions::default()).is_ok();
            let list = lists.into_iter().find(holds).unwrap_or(ListKind::People);
            begin(&app, app_state, list, path).map(Some)
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
}

/// Reads the file that waits as the user says, and tells again what it would do.
#[tauri::command]
#[specta::specta]
pub async fn look_again(app: AppHandle, app_state: Shared<'_>, choice: Choice) -> Answer<Preview> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let mut pending = taken(&open)?;
            pending.ways.convert_old_numbers = choice.convert_old_numbers;
            pending.ways.aliases = choice.units;
            pending.on = choice.on;
            let said = choice.columns != pending.layout;
            let before = std::mem::replace(&mut pending.layout, choice.columns);
            let answer = look(&app, app_state, &open, &mut pending);
            match &answer {
                // Letters are the columns of any list.
                Ok(preview) if said && preview.heading_row > 0 => {
                    let headings = preview.columns.iter().map(|column| column.heading.as_str());
                    let key = layout_key(pending.list, headings);
                    let layout = pending.layout.clone();
                    app_state.set(|settings| {
                        settings.layouts.insert(key, layout);
                    });
                }
                Ok(_) => {}
                Err(_) => pending.layout = before,
            }
            *locked(&open.pending) = Some(pending);
            answer
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
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let mut pending = taken(&open)?;
            let layout = remembered(app_state, &pending.file, pending.list, sheet.as_ref());
            let layout_before = std::mem::replace(&mut pending.layout, layout);
            let before = std::mem::replace(&mut pending.sheet, sheet);
            let answer = look(&app, app_state, &open, &mut pending);
            if answer.is_err() {
                (pending.layout, pending.sheet) = (layout_before, before);
            }
            *locked(&open.pending) = Some(pending);
            answer
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
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let mut pending = taken(&open)?;
            let table = &pending.table;
            if let (Some(row), Some(of)) = (table.rows.get(at), table.columns.get(column)) {
                let before = table.headings().take(column);
                let alike = |other: &&Row| other.number == row.number && other.sheet == row.sheet;
                let mended = Mended {
                    sheet: table.sheet(row).map(str::to_owned),
                    number: row.number,
                    of_number: table.rows[..at].iter().filter(alike).count(),
                    heading: of.heading.clone(),
                    nth: before.filter(|heading| *heading == of.heading).count(),
                    text,
                };
                pending.mended.push(mended);
            }
            let answer = look(&app, app_state, &open, &mut pending);
            *locked(&open.pending) = Some(pending);
            answer
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
            let name = format!("{}.xlsx", name.replace(['/', '\\', ':'], "-"));
            let Some(path) = dialogs::file_to_write(&app, &name, "Excel", "xlsx")? else {
                return Ok(None);
            };
            open.look(|book| book.may_write_over(&path))?;
            let words = Words::of(app_state.settings().language);
            let why = |row: &sheet::Rejected| {
                let expected = words.get(&format!("expected_{}", row.expected.key()));
                match row.column.is_empty() {
                    true => expected,
                    false => format!("{}: {expected}", row.column),
                }
            };
            let pending = locked(&open.pending);
            let pending = pending.as_ref().ok_or_else(|| Refusal::new("no_import"))?;
            let mut out =
                std::fs::File::create(&path).map_err(|cause| Error::file(&path, cause))?;
            let reason = words.get("field_why");
            sheet::write_rejected(
                &pending.table,
                &pending.rejected,
                &reason,
                why,
                &mut out,
                Form::Xlsx,
            )?;
            Ok(Some(path.display().to_string()))
        })
        .await
}

/// The fields that columns of a list may hold.
#[tauri::command]
#[specta::specta]
pub async fn import_fields(list: ListKind) -> Answer<Vec<String>> {
    let mut fields: Vec<String> = Vec::new();
    for field in list.list().fields() {
        if !fields.iter().any(|known| known == field.key()) {
            fields.push(field.key().to_owned());
        }
    }
    Ok(fields)
}

/// The import that waits, taken out of its place.
fn taken(open: &Open) -> Answer<Pending> {
    let pending = locked(&open.pending).take();
    pending.ok_or_else(|| Refusal::new("no_import"))
}

/// Under what a layout is remembered.
fn layout_key<'a>(list: ListKind, headings: impl Iterator<Item = &'a str>) -> String {
    let headings: Vec<String> = headings.map(fold).collect();
    format!(
        "{list:?}: {}",
        headings.join(" | ").trim_end_matches([' ', '|'])
    )
}

/// What somebody said last of the columns that a file has.
fn remembered(app_state: &AppState, file: &File, list: ListKind, sheet: Option<&String>) -> Layout {
    let options = ReadOptions {
        sheet: sheet.cloned(),
        map: Vec::new(),
    };
    let found = sheet::find(file, list.list(), &options);
    let table = found.unwrap_or_else(|_| sheet::nearest(file, list.list(), &options));
    let key = layout_key(list, table.headings());
    app_state
        .settings()
        .layouts
        .remove(&key)
        .unwrap_or_default()
}

/// Reads a file for the first time, its columns as they were last said to be.
fn begin(app: &AppHandle, app_state: &AppState, list: ListKind, path: PathBuf) -> Answer<Preview> {
    let open = app_state.book().ok_or_else(Refusal::no_book)?;
    let file = File::open(&path)?;
    let mut pending = Pending {
        list,
        ways: Ways::default(),
        sheet: None,
        on: open.now().midnight(),
        layout: remembered(app_state, &file, list, None),
        table: sheet::nearest(&file, list.list(), &ReadOptions::default()),
        mended: Vec::new(),
        rejected: Vec::new(),
        results: Vec::new(),
        file,
    };
    let answer = look(app, app_state, &open, &mut pending);
    *locked(&open.pending) = answer.is_ok().then_some(pending);
    answer
}

fn look(
    app: &AppHandle,
    app_state: &AppState,
    open: &Open,
    pending: &mut Pending,
) -> Answer<Preview> {
    let list = pending.list.list();
    let known = |key: &String| list.fields().find(|field| field.key() == key);
    let options = ReadOptions {
        sheet: pending.sheet.clone(),
        map: pending
            .layout
            .iter()
            .map(|(heading, key)| (heading.clone(), key.as_ref().and_then(known)))
            .collect(),
    };
    let (mut table, missing) = match sheet::find(&pending.file, list, &options) {
        Ok(table) => (table, None),
        // Somebody can say what the columns hold.
        Err(error) if error.code == Code::SheetColumns => {
            let table = sheet::nearest(&pending.file, list, &options);
            (table, Some(Refusal::from(error)))
        }
        Err(error) => return Err(error.into()),
    };
    for mended in &pending.mended {
        let is_it =
            |row: &Row| row.number == mended.number && table.sheet(row) == mended.sheet.as_deref();
        let rows = table.rows.iter().enumerate();
        let mut alike = rows.filter(|(_, row)| is_it(row)).map(|(at, _)| at);
        let row = alike.nth(mended.of_number);
        let same = |(at, heading): (usize, &str)| (heading == mended.heading).then_some(at);
        let column = table
            .headings()
            .enumerate()
            .filter_map(same)
            .nth(mended.nth);
        if let (Some(row), Some(column)) = (row, column) {
            table.mend(row, column, &mended.text);
        }
    }
    let import = match missing {
        None => run(app, app_state, open, pending, &table, Mode::DryRun)?,
        Some(_) => Import::default(),
    };
    let names = open.read(|book, _| Names::read(book))?;
    let old = |warning: &&sheet::Warning| warning.notice == Notice::OldNumber;
    let preview = Preview {
        list: pending.list,
        file: table.file.clone(),
        format: table.format,
        encoding: table.encoding,
        legacy: table.legacy,
        sheets: table.sheets.iter().flatten().cloned().collect(),
        left_out: table.left_out.clone(),
        all_sheets: pending.file.sheets().map(str::to_owned).collect(),
        sheet: pending.sheet.clone(),
        convert_old_numbers: pending.ways.convert_old_numbers,
        old_numbers: import.warnings.iter().filter(old).count(),
        layout: pending.layout.clone(),
        units: pending.ways.aliases.clone(),
        on: pending.on,
        mended: pending.mended.len(),
        missing,
        heading_row: table.heading_row,
        columns: table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| Column {
                heading: column.heading.clone(),
                over: column.over.clone(),
                field: column.field.map(|field| field.key().to_owned()),
                samples: samples(&table, at),
            })
            .collect(),
        rows: table.rows.len(),
        new: import.new,
        changed: import.changed,
        same: import.same,
        rejected: import.rejected.len(),
        warnings: import.warnings.len(),
    };
    pending.rejected.clone_from(&import.rejected);
    pending.results = results(&table, import, &names);
    pending.table = table;
    Ok(preview)
}

fn run(
    app: &AppHandle,
    app_state: &AppState,
    open: &Open,
    pending: &Pending,
    table: &Table,
    mode: Mode,
) -> Answer<Import> {
    app_state.begin();
    let (app, watch) = (app.clone(), app_state.clone());
    open.write(&app_state.operator()?, move |write| {
        write.on_progress(move |done, of| {
            let _ = Progress { done, of }.emit(&app);
            watch.goes_on()
        });
        pending.import(write, table, mode)
    })
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
            let pending = locked(&open.pending);
            let pending = pending.as_ref().ok_or_else(|| Refusal::new("no_import"))?;
            let fits = |result: &RowResult| only.is_none_or(|only| result.case == only);
            let mut rows = pending
                .table
                .rows
                .iter()
                .zip(&pending.results)
                .enumerate()
                .filter(|(_, (_, result))| fits(result));
            Ok(PreviewRows {
                total: pending.results.iter().filter(|result| fits(result)).count(),
                rows: rows
                    .by_ref()
                    .skip(offset)
                    .take(limit)
                    .map(|(at, (row, result))| PreviewRow {
                        at,
                        row: row.number,
                        sheet: match pending.table.sheets.len() {
                            0 | 1 => None,
                            _ => pending.table.sheet(row).map(str::to_owned),
                        },
                        cells: row.cells.clone(),
                        result: result.clone(),
                    })
                    .collect(),
            })
        })
        .await
}

/// Writes what was shown; rows that were turned away are left out.
#[tauri::command]
#[specta::specta]
pub async fn write_import(app: AppHandle, app_state: Shared<'_>) -> Answer<Imported> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let rows = locked(&open.pending)
                .as_ref()
                .map_or(0, |pending| pending.table.rows.len());
            if rows > LARGE {
                // Before what is large, a copy.
                open.beside(|book| book.keep_backup(open.now()))?;
            }
            let pending = locked(&open.pending).take();
            let pending = pending.ok_or_else(|| Refusal::new("no_import"))?;
            let mode = Mode::SkipRejected;
            let done = run(&app, app_state, &open, &pending, &pending.table, mode);
            match done {
                Ok(import) => Ok(Imported {
                    new: import.new,
                    changed: import.changed,
                    same: import.same,
                    rejected: import.rejected.len(),
                }),
                Err(refusal) => {
                    // What was not written still waits.
                    *locked(&open.pending) = Some(pending);
                    Err(refusal)
                }
            }
        })
        .await
}

/// From how many rows on an import is large.
const LARGE: usize = 1_000;

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
