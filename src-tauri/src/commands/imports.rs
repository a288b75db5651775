//! Spreadsheets in: read, shown before anything is written, written as one change.

use serde::{Deserialize, Serialize};
use sotruc_core::id::UnitId;
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::out::Form;
use sotruc_core::sheet::people_in::Ways;
use sotruc_core::sheet::{self, Encoding, Expected, File, Format, Notice, Table, Wishes};
use sotruc_core::text::{Legacy, fold};
use sotruc_core::{Code, Error, Import, Mode, Result, Writing, Wrote};
use specta::Type;
use std::collections::HashMap;
use std::path::PathBuf;
use tauri::AppHandle;
use tauri_specta::Event;

use super::Shared;
use super::view::Names;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};
use crate::keeper::Progress;
use crate::settings::Layout;
use crate::state::{Desk, Open, held};
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
}

impl ListKind {
    const fn list(self) -> List {
        match self {
            Self::Units => List::Units,
            Self::People => List::People,
            Self::Roster => List::Roster,
        }
    }

    fn import(
        self,
        write: &mut Writing<'_>,
        table: &Table,
        ways: &Ways,
        mode: Mode,
    ) -> Result<Import> {
        match self {
            Self::Units => write.import_units(table, mode),
            Self::People => write.import_people(table, ways, mode),
            Self::Roster => write.import_roster(table, None, mode),
        }
    }
}

/// An import that waits for a yes.
pub struct Pending {
    list: ListKind,
    file: File,
    ways: Ways,
    /// What its columns hold, where somebody said.
    layout: Layout,
    /// Cells that somebody wrote otherwise.
    mended: Vec<Mended>,
    table: Table,
    rejected: Vec<sheet::Rejected>,
    /// One for each row of the table.
    results: Vec<RowResult>,
}

/// A cell that somebody wrote otherwise; it stays so when the file is read in another way.
struct Mended {
    sheet: usize,
    number: usize,
    heading: String,
    text: String,
}

/// What an import would do.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Preview {
    /// What the file lists.
    pub list: ListKind,
    /// Its name.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// How its text was saved, when it is text.
    pub encoding: Option<Encoding>,
    /// How its Vietnamese was written, when that was before Unicode.
    pub legacy: Option<Legacy>,
    /// Its sheets that hold the list, when it has sheets.
    pub sheets: Vec<String>,
    /// Whether old numbers are converted.
    pub convert_old_numbers: bool,
    /// How many rows have numbers in an old form.
    pub old_numbers: usize,
    /// What somebody said that columns hold, by heading.
    pub layout: Layout,
    /// Units that are meant by names the book does not know.
    pub units: Vec<(UnitId, String)>,
    /// How many cells were written otherwise.
    pub mended: usize,
    /// What the file lacks to be such a list, when it lacks something; then it has no rows.
    pub missing: Option<Refusal>,
    /// The row of its headings.
    pub heading_row: usize,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Rows of the file.
    pub rows: usize,
    /// People, units or shifts that are new.
    pub new: usize,
    /// Those that change.
    pub changed: usize,
    /// Those that stay as they are.
    pub same: usize,
    /// Rows turned away.
    pub rejected: usize,
    /// Things to know.
    pub warnings: usize,
}

/// A column of the file.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Column {
    /// Its heading as written.
    pub heading: String,
    /// What it is understood as; `null` when it is left out.
    pub field: Option<String>,
}

/// A row of the file.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviewRow {
    /// Its place in the file that waits.
    pub at: usize,
    /// Its number, as a spreadsheet counts.
    pub row: usize,
    /// Its sheet, when the file has several.
    pub sheet: Option<String>,
    /// Its cells as written.
    pub cells: Vec<String>,
    /// What would become of it.
    pub result: RowResult,
}

/// What would become of a row.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub struct RowResult {
    /// Which of the cases.
    pub case: RowCase,
    /// What changes.
    pub changes: Vec<Alteration>,
    /// Why it is turned away.
    pub rejected: Vec<Fault>,
    /// Things to know.
    pub warnings: Vec<Remark>,
}

/// The cases of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum RowCase {
    /// It is new.
    New,
    /// It changes what the book says.
    Changed,
    /// The book says so already.
    #[default]
    Same,
    /// It is turned away.
    Rejected,
}

/// A field that changes.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Alteration {
    /// The field, by its stable name.
    pub field: String,
    /// What it was.
    pub old: Option<String>,
    /// What it becomes.
    pub new: Option<String>,
}

/// A cell for which a row is turned away.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Fault {
    /// The heading of the column.
    pub column: String,
    /// What the cell holds.
    pub value: String,
    /// What it should hold.
    pub expected: Expected,
    /// What may have been meant.
    pub nearest: Option<String>,
}

/// A cell that is taken, with something to know about it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Remark {
    /// The heading of the column.
    pub column: String,
    /// What the cell holds.
    pub value: String,
    /// What there is to know.
    pub notice: Notice,
    /// Who else, where somebody else is meant.
    pub other: Option<String>,
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

/// Some rows of a preview.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviewRows {
    /// How many there are of this case.
    pub total: usize,
    /// Those asked for.
    pub rows: Vec<PreviewRow>,
}

/// Asks for a file, reads it, and tells what bringing it in would do; `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn choose_import(
    app: AppHandle,
    desk: Shared<'_>,
    list: ListKind,
) -> Answer<Option<Preview>> {
    desk.wait_for(move |desk| {
        let kinds = ["xlsx", "csv", "xls", "ods", "tsv", "txt"];
        let Some(path) = dialogs::file_to_open(&app, "Excel, CSV, ODS", &kinds) else {
            return Ok(None);
        };
        begin(&app, desk, list, path).map(Some)
    })
    .await
}

/// Reads the file that was dropped on the window, as the list it holds.
#[tauri::command]
#[specta::specta]
pub async fn take_dropped(app: AppHandle, desk: Shared<'_>) -> Answer<Option<Preview>> {
    desk.wait_for(move |desk| {
        let Some(path) = desk.take_dropped() else {
            return Ok(None);
        };
        let file = File::open(&path)?;
        let lists = [ListKind::Roster, ListKind::Units, ListKind::People];
        let holds = |list: &ListKind| sheet::find(&file, list.list(), &Wishes::default()).is_ok();
        let list = lists.into_iter().find(holds).unwrap_or(ListKind::People);
        begin(&app, desk, list, path).map(Some)
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
}

/// Reads the file that waits as the user says, and tells again what it would do.
#[tauri::command]
#[specta::specta]
pub async fn look_again(app: AppHandle, desk: Shared<'_>, choice: Choice) -> Answer<Preview> {
    desk.wait_for(move |desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let mut pending = taken(&open)?;
        pending.ways.convert_old_numbers = choice.convert_old_numbers;
        pending.ways.aliases = choice.units;
        let said = choice.columns != pending.layout;
        let before = std::mem::replace(&mut pending.layout, choice.columns);
        let answer = look(&app, desk, &open, &mut pending);
        match &answer {
            Ok(preview) if said => {
                let headings = preview.columns.iter().map(|column| column.heading.as_str());
                let key = layout_key(pending.list, headings);
                let layout = pending.layout.clone();
                desk.set(|settings| {
                    settings.layouts.insert(key, layout);
                });
            }
            Ok(_) => {}
            Err(_) => pending.layout = before,
        }
        *held(&open.pending) = Some(pending);
        answer
    })
    .await
}

/// Writes something else into a cell of the file that waits, and tells again what it would do.
#[tauri::command]
#[specta::specta]
pub async fn mend_cell(
    app: AppHandle,
    desk: Shared<'_>,
    at: usize,
    column: usize,
    text: String,
) -> Answer<Preview> {
    desk.wait_for(move |desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let mut pending = taken(&open)?;
        let row = pending
            .table
            .rows
            .get(at)
            .map(|row| (row.sheet, row.number));
        let heading = pending
            .table
            .columns
            .get(column)
            .map(|column| column.heading.clone());
        if let (Some((sheet, number)), Some(heading)) = (row, heading) {
            pending.mended.push(Mended {
                sheet,
                number,
                heading,
                text,
            });
        }
        let answer = look(&app, desk, &open, &mut pending);
        *held(&open.pending) = Some(pending);
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
    desk: Shared<'_>,
    name: String,
) -> Answer<Option<String>> {
    desk.wait_for(move |desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let name = format!("{}.xlsx", name.replace(['/', '\\', ':'], "-"));
        let Some(path) = dialogs::file_to_write(&app, &name, "Excel", "xlsx")? else {
            return Ok(None);
        };
        open.look(|book| book.may_write_over(&path))?;
        let words = Words::of(desk.settings().language);
        let why = |row: &sheet::Rejected| {
            let expected = words.get(&format!("expected_{}", row.expected.key()));
            match row.column.is_empty() {
                true => expected,
                false => format!("{}: {expected}", row.column),
            }
        };
        let pending = held(&open.pending);
        let pending = pending.as_ref().ok_or_else(|| Refusal::new("no_import"))?;
        let mut out = std::fs::File::create(&path).map_err(|cause| Error::file(&path, cause))?;
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
    let pending = held(&open.pending).take();
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

/// Reads a file for the first time, its columns as they were last said to be.
fn begin(app: &AppHandle, desk: &Desk, list: ListKind, path: PathBuf) -> Answer<Preview> {
    let open = desk.book().ok_or_else(Refusal::no_book)?;
    let file = File::open(&path)?;
    let found = sheet::find(&file, list.list(), &Wishes::default());
    let table = found.unwrap_or_else(|_| sheet::nearest(&file, list.list()));
    let key = layout_key(list, table.headings());
    let mut pending = Pending {
        list,
        ways: Ways::default(),
        layout: desk.settings().layouts.remove(&key).unwrap_or_default(),
        mended: Vec::new(),
        rejected: Vec::new(),
        results: Vec::new(),
        file,
        table,
    };
    let answer = look(app, desk, &open, &mut pending);
    *held(&open.pending) = answer.is_ok().then_some(pending);
    answer
}

fn look(app: &AppHandle, desk: &Desk, open: &Open, pending: &mut Pending) -> Answer<Preview> {
    let list = pending.list.list();
    let known = |key: &String| list.fields().find(|field| field.key() == key);
    let wishes = Wishes {
        sheet: None,
        map: pending
            .layout
            .iter()
            .map(|(heading, key)| (heading.clone(), key.as_ref().and_then(known)))
            .collect(),
    };
    let (mut table, missing) = match sheet::find(&pending.file, list, &wishes) {
        Ok(table) => (table, None),
        // Somebody can say what the columns hold.
        Err(error) if error.code == Code::SheetColumns => {
            let table = sheet::nearest(&pending.file, list);
            (table, Some(Refusal::from(error)))
        }
        Err(error) => return Err(error.into()),
    };
    for mended in &pending.mended {
        let row = table
            .rows
            .iter()
            .position(|row| row.sheet == mended.sheet && row.number == mended.number);
        let column = table
            .headings()
            .position(|heading| heading == mended.heading);
        if let (Some(row), Some(column)) = (row, column) {
            table.mend(row, column, &mended.text);
        }
    }
    let import = match missing {
        None => run(
            app,
            desk,
            open,
            pending.list,
            &table,
            &pending.ways,
            Mode::DryRun,
        )?,
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
        convert_old_numbers: pending.ways.convert_old_numbers,
        old_numbers: import.warnings.iter().filter(old).count(),
        layout: pending.layout.clone(),
        units: pending.ways.aliases.clone(),
        mended: pending.mended.len(),
        missing,
        heading_row: table.heading_row,
        columns: table
            .columns
            .iter()
            .map(|column| Column {
                heading: column.heading.clone(),
                field: column.field.map(|field| field.key().to_owned()),
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
    desk: &Desk,
    open: &Open,
    list: ListKind,
    table: &Table,
    ways: &Ways,
    mode: Mode,
) -> Answer<Import> {
    desk.begin();
    let (app, watch) = (app.clone(), desk.clone());
    open.write(&desk.operator()?, move |write| {
        write.watch(move |done, of| {
            let _ = Progress { done, of }.emit(&app);
            watch.goes_on()
        });
        list.import(write, table, ways, mode)
    })
}

fn results(table: &Table, import: Import, names: &Names) -> Vec<RowResult> {
    let mut by_row: HashMap<usize, RowResult> = HashMap::new();
    for brought in import.rows {
        let result = by_row.entry(brought.at).or_default();
        result.case = match brought.wrote {
            Wrote::New => RowCase::New,
            Wrote::Changed => RowCase::Changed,
            Wrote::Same => RowCase::Same,
        };
        result.changes = brought
            .changes
            .iter()
            .map(|change| Alteration {
                field: change.field.to_owned(),
                old: names.shown(change.field, &change.old),
                new: names.shown(change.field, &change.new),
            })
            .collect();
    }
    for fault in import.rejected {
        let result = by_row.entry(fault.at).or_default();
        result.case = RowCase::Rejected;
        result.rejected.push(Fault {
            column: fault.column,
            value: fault.value,
            expected: fault.expected,
            nearest: fault.nearest,
        });
    }
    for remark in import.warnings {
        by_row.entry(remark.at).or_default().warnings.push(Remark {
            column: remark.column,
            value: remark.value,
            notice: remark.notice,
            other: remark.other,
        });
    }
    (0..table.rows.len())
        .map(|at| by_row.remove(&at).unwrap_or_default())
        .collect()
}

/// Rows of the file that waits, of one case when given: `limit` of them from `offset` on.
#[tauri::command]
#[specta::specta]
pub async fn import_rows(
    desk: Shared<'_>,
    only: Option<RowCase>,
    offset: usize,
    limit: usize,
) -> Answer<PreviewRows> {
    desk.with_book(move |open| {
        let pending = held(&open.pending);
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
pub async fn write_import(app: AppHandle, desk: Shared<'_>) -> Answer<Imported> {
    desk.wait_for(move |desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let rows = held(&open.pending)
            .as_ref()
            .map_or(0, |pending| pending.table.rows.len());
        if rows > LARGE {
            // Before what is large, a copy.
            open.beside(|book| book.keep_backup(open.now()))?;
        }
        let pending = held(&open.pending).take();
        let pending = pending.ok_or_else(|| Refusal::new("no_import"))?;
        let done = run(
            &app,
            desk,
            &open,
            pending.list,
            &pending.table,
            &pending.ways,
            Mode::SkipRejected,
        );
        match done {
            Ok(import) => Ok(Imported {
                new: import.new,
                changed: import.changed,
                same: import.same,
                rejected: import.rejected.len(),
            }),
            Err(refusal) => {
                // What was not written still waits.
                *held(&open.pending) = Some(pending);
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
pub async fn drop_import(desk: Shared<'_>) -> Answer<()> {
    desk.with_book(|open| {
        *held(&open.pending) = None;
        Ok(())
    })
    .await
}
