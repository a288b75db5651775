//! What all imports have in common: the file as it is said to be, the report after.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::import::{Columns, ImportSession, read_columns};
use sotruc_core::sheet::heading::{Field, List};
use sotruc_core::sheet::out::Form;
use sotruc_core::sheet::{self, Expected, ReadOptions, Rejected, Table};
use sotruc_core::{Code, Error, Import, Logbook, Mode, Result, priority};
use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Answer, Terminal};
use crate::args::ImportFile;

#[derive(Serialize)]
struct RejectedView<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: usize,
    column: &'a str,
    value: &'a str,
    expected: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<&'a str>,
}

#[derive(Serialize)]
struct WarningView<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: usize,
    column: &'a str,
    value: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangeView {
    id: String,
    full_name: String,
    field: &'static str,
    old: serde_json::Value,
    new: serde_json::Value,
}

#[derive(Serialize)]
struct DetectedView<'a> {
    format: &'static str,
    encoding: Option<&'static str>,
    separator: Option<char>,
    legacy: Option<&'static str>,
    sheet: Option<String>,
    /// Sheets that hold no such list.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    left_out: &'a [String],
    header_row: usize,
    columns: Vec<ColumnView<'a>>,
}

#[derive(Serialize)]
struct ColumnView<'a> {
    heading: &'a str,
    field: Option<&'static str>,
}

fn detected(table: &Table) -> DetectedView<'_> {
    let sheets: Vec<&str> = table.sheets.iter().flatten().map(String::as_str).collect();
    DetectedView {
        format: table.format.key(),
        encoding: table.encoding.map(|encoding| encoding.key()),
        separator: table.separator,
        legacy: table.legacy.map(|legacy| legacy.key()),
        sheet: (!sheets.is_empty()).then(|| sheets.join(", ")),
        left_out: &table.left_out,
        header_row: table.heading_row,
        columns: table
            .columns
            .iter()
            .map(|column| ColumnView {
                heading: &column.heading,
                field: column.field.map(Field::key),
            })
            .collect(),
    }
}

#[derive(Serialize)]
struct ImportView<'a> {
    new: usize,
    changed: usize,
    same: usize,
    rejected: Vec<RejectedView<'a>>,
    warnings: Vec<WarningView<'a>>,
    changes: Vec<ChangeView>,
    detected: DetectedView<'a>,
}

/// The columns somebody named: `HEADING=field`; nothing after the sign leaves a column out.
fn options(file: &ImportFile, list: List) -> Result<ReadOptions> {
    let said: Columns = file
        .map
        .iter()
        .map(|given| {
            let (heading, field) = given.rsplit_once('=').unwrap_or((given, ""));
            let field = Some(field.trim()).filter(|field| !field.is_empty());
            (heading.trim().to_owned(), field.map(str::to_owned))
        })
        .collect();
    Ok(ReadOptions {
        sheet: file.sheet.clone(),
        map: read_columns(list, &said)?,
    })
}

/// Reads the file, brings it in as `say` says, and reports. `Err` is the exit code 2 of a file with
/// rejected rows of which nothing was written. `on` is the day of a succession.
pub fn run(
    terminal: &mut Terminal,
    file: &ImportFile,
    list: List,
    on: Option<Instant>,
    say: impl Fn(&mut ImportSession, &Logbook) -> Result<()>,
) -> Result<Answer> {
    if file.dry_run {
        priority::give_way();
    }
    let options = options(file, list)?;
    let mut session = ImportSession::open(&file.file, list, options, on.unwrap_or_default())?;
    session.check()?;
    let mode = match (file.dry_run, file.skip_rejected) {
        (true, _) => Mode::DryRun,
        (false, true) => Mode::SkipRejected,
        (false, false) => Mode::AllOrNothing,
    };
    let mut book = terminal.open()?;
    say(&mut session, &book)?;
    let (operator, now) = (terminal.operator(), terminal.write_time(&book)?);
    let standing = book.continuation()?;
    let done = session.take(&mut book, &operator, now, mode, |_, _| true)?;
    terminal.tell_continuation(&book, standing)?;
    let names: HashMap<String, String> = match terminal.json {
        true => book.read(|book| {
            let people = book.people()?.into_iter();
            let units = book.units()?.into_iter();
            Ok(people
                .map(|person| (person.id.to_string(), person.full_name))
                .chain(units.map(|unit| (unit.id.to_string(), unit.name)))
                .collect())
        })?,
        false => HashMap::new(),
    };
    if done.written {
        terminal.leave(book);
    }
    let import = done.import;
    if let Some(path) = file.errors.as_ref().filter(|_| !import.rejected.is_empty()) {
        save_rejected(terminal, &session, &import, path)?;
    }
    report(terminal, session.table(), &import, &names, done.written);
    match (file.skip_rejected, import.counts().rejected) {
        (true, _) | (_, 0) => Ok(Answer::Yes),
        (false, count) => Err(Error::new(Code::RowsRejected).with("count", count)),
    }
}

/// Keeps the rows that were turned away, with the reason beside each.
fn save_rejected(
    terminal: &mut Terminal,
    session: &ImportSession,
    import: &Import,
    path: &Path,
) -> Result<()> {
    terminal.may_write_over(path)?;
    let at_path = |cause| Error::file(path, cause);
    let form = match path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
    {
        true => Form::Csv { separator: b',' },
        false => Form::Xlsx,
    };
    let mut out = std::fs::File::create(path).map_err(at_path)?;
    let reason = terminal.say.text("field_why");
    let told = |expected: Expected| expected_text(terminal, expected);
    session.write_rejected(import, reason, told, &mut out, form)?;
    terminal.note("out_exported", &[("file", path.display().to_string())]);
    Ok(())
}

fn report(
    terminal: &mut Terminal,
    table: &Table,
    import: &Import,
    names: &HashMap<String, String>,
    written: bool,
) {
    let rejected: Vec<&Rejected> = import.faults();
    let expected: Vec<String> = rejected
        .iter()
        .map(|row| expected_text(terminal, row.expected))
        .collect();
    let notice = |key: &str| terminal.say.text(&format!("notice_{key}")).to_owned();
    let notices: Vec<String> = import
        .warnings
        .iter()
        .map(|row| notice(row.notice.key()))
        .collect();
    let told = |(row, notice): (&sheet::Warning, &String)| match &row.other {
        Some(other) => format!("{notice}: {other}"),
        None => notice.clone(),
    };
    let counts = import.counts();
    if terminal.json {
        let view = ImportView {
            new: counts.new,
            changed: counts.changed,
            same: counts.same,
            rejected: rejected
                .iter()
                .zip(&expected)
                .map(|(row, expected)| RejectedView {
                    file: &row.file,
                    sheet: row.sheet.as_deref(),
                    row: row.row,
                    column: &row.column,
                    value: &row.value,
                    expected,
                    nearest: row.nearest.as_deref(),
                })
                .collect(),
            warnings: import
                .warnings
                .iter()
                .zip(&notices)
                .map(|(row, message)| WarningView {
                    file: &row.file,
                    sheet: row.sheet.as_deref(),
                    row: row.row,
                    column: &row.column,
                    value: &row.value,
                    message,
                    other: row.other.as_deref(),
                })
                .collect(),
            changes: changes(import, names),
            detected: detected(table),
        };
        return terminal.show_json(&view);
    }
    let place = |file: &str, sheet: &Option<String>| match sheet {
        Some(sheet) if table.sheets.len() > 1 => format!("{file}, {sheet}"),
        _ => file.to_owned(),
    };
    if !table.left_out.is_empty() {
        let sheets = table.left_out.join(", ");
        terminal.say_with(
            "out_sheets_left_out",
            &[("file", table.file.clone()), ("sheets", sheets)],
        );
    }
    for (row, expected) in rejected.iter().zip(&expected) {
        terminal.say_with(
            "out_rejected",
            &[
                ("file", place(&row.file, &row.sheet)),
                ("row", row.row.to_string()),
                ("column", row.column.clone()),
                ("value", row.value.clone()),
                ("expected", expected.clone()),
            ],
        );
        if let Some(nearest) = &row.nearest {
            terminal.say_with("out_nearest", &[("name", nearest.clone())]);
        }
    }
    for (row, notice) in import.warnings.iter().zip(&notices) {
        let notice = told((row, notice));
        terminal.say_with(
            "out_warning",
            &[
                ("file", place(&row.file, &row.sheet)),
                ("row", row.row.to_string()),
                ("column", row.column.clone()),
                ("value", row.value.clone()),
                ("notice", notice),
            ],
        );
    }
    let key = match written || counts.new + counts.changed == 0 {
        true => "out_imported",
        false => "out_would_import",
    };
    terminal.say_with(
        key,
        &[
            ("new", counts.new.to_string()),
            ("changed", counts.changed.to_string()),
            ("same", counts.same.to_string()),
            ("rejected", counts.rejected.to_string()),
        ],
    );
}

fn expected_text(terminal: &Terminal, expected: Expected) -> String {
    let key = format!("expected_{}", expected.key());
    terminal.say.text(&key).to_owned()
}

/// What changes, field by field; what several rows change alike is told once.
fn changes(import: &Import, names: &HashMap<String, String>) -> Vec<ChangeView> {
    let mut told = HashSet::new();
    let mut views = Vec::new();
    for row in &import.rows {
        if row.changes.is_empty() || !told.insert(row.noun) {
            continue;
        }
        let id = row.noun.to_string();
        views.extend(row.changes.iter().map(|change| ChangeView {
            id: id.clone(),
            full_name: names.get(&id).cloned().unwrap_or_default(),
            field: change.field,
            old: change.old.clone(),
            new: change.new.clone(),
        }));
    }
    views
}
