//! What all imports have in common: the file as it is said to be, the report after.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::import::{
    Column, Columns, ImportDone, ImportSession, Preview, changed, read_columns, summed,
};
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::{Expected, Notice, ReadOptions, Rejected, Table};
use sotruc_core::{Code, Error, ImportedRow, Logbook, Mode, Result, priority};

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
    columns: Vec<ColumnView>,
}

#[derive(Serialize)]
struct ColumnView {
    heading: String,
    field: Option<String>,
}

fn detected(preview: &Preview, separator: Option<char>) -> DetectedView<'_> {
    let column = |column: &'_ Column| ColumnView {
        heading: column.heading.clone(),
        field: column.field.clone(),
    };
    DetectedView {
        format: preview.format.key(),
        encoding: preview.encoding.map(|encoding| encoding.key()),
        separator,
        legacy: preview.legacy.map(|legacy| legacy.key()),
        sheet: (!preview.sheets.is_empty()).then(|| preview.sheets.join(", ")),
        left_out: &preview.left_out,
        header_row: preview.heading_row,
        columns: preview.columns.iter().map(column).collect(),
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
    // What cannot be kept is told before anything is brought in.
    if let Some(path) = &file.errors {
        ImportSession::rejected_form(&book, path)?;
    }
    let (operator, now) = (terminal.operator(), terminal.write_time(&book)?);
    let standing = book.continuation()?;
    let done = session.take(&mut book, &operator, now, mode, |_, _| true)?;
    terminal.tell_continuation(&book, standing)?;
    let import = &done.import;
    let told = match terminal.json {
        true => book.read(|book| changed(book, import))?,
        false => Vec::new(),
    };
    let errors = file.errors.as_ref();
    if let Some(path) = errors.filter(|_| !import.rejected.is_empty()) {
        let reason = terminal.say.text("field_why");
        let told = |expected: Expected| expected_text(terminal, expected);
        session.save_rejected(&book, import, reason, told, path)?;
        terminal.note("out_exported", &[("file", path.display().to_string())]);
    }
    if done.written {
        terminal.leave(book);
    }
    report(terminal, session.table(), &done, &told);
    match (file.skip_rejected, done.preview.counts.rejected) {
        (true, _) | (_, 0) => Ok(Answer::Yes),
        (false, count) => Err(Error::new(Code::RowsRejected).with("count", count)),
    }
}

fn report(
    terminal: &mut Terminal,
    table: &Table,
    done: &ImportDone,
    changed: &[(&ImportedRow, String)],
) {
    let (import, preview) = (&done.import, &done.preview);
    let rejected: Vec<&Rejected> = import.faults();
    let expected: Vec<String> = rejected
        .iter()
        .map(|row| expected_text(terminal, row.expected))
        .collect();
    let notices: Vec<String> = import
        .warnings
        .iter()
        .map(|row| notice_text(terminal, row.notice))
        .collect();
    let counts = preview.counts;
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
            changes: changes(changed),
            detected: detected(preview, table.separator),
        };
        return terminal.show_json(&view);
    }
    let place = |file: &str, sheet: &Option<String>| match sheet {
        Some(sheet) if preview.sheets.len() > 1 => format!("{file}, {sheet}"),
        _ => file.to_owned(),
    };
    if !preview.left_out.is_empty() {
        let sheets = preview.left_out.join(", ");
        terminal.say_with(
            "out_sheets_left_out",
            &[("file", preview.file.clone()), ("sheets", sheets)],
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
    for sum in summed(&import.warnings) {
        let row = sum.first;
        let notice = notice_text(terminal, row.notice);
        let is_one = sum.count == 1;
        let notice = match (&row.other, row.notice) {
            (Some(other), _) if is_one => format!("{notice}: {other}"),
            (Some(first), Notice::FallsOnShift | Notice::FallsOnStanding) => {
                format!("{notice}: {first}, …")
            }
            _ => notice,
        };
        terminal.say_with(
            match is_one {
                true => "out_warning",
                false => "out_warnings",
            },
            &[
                ("file", place(&row.file, &row.sheet)),
                ("row", row.row.to_string()),
                ("last", sum.last.to_string()),
                ("count", sum.count.to_string()),
                ("column", row.column.clone()),
                ("value", row.value.clone()),
                ("notice", notice),
            ],
        );
    }
    let key = match done.waits() {
        false => "out_imported",
        true => "out_would_import",
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
    let fallen = [
        ("ui_import_fallen_shifts", counts.fallen_shifts),
        ("ui_import_fallen_standing", counts.fallen_standing),
    ];
    let fallen = fallen.into_iter().filter(|(_, count)| *count > 0);
    let told = |(key, count): (&str, usize)| {
        let count = [("count", count.to_string())];
        terminal.say.with(key, &count)
    };
    let fallen: Vec<String> = fallen.map(told).collect();
    if !fallen.is_empty() {
        terminal.say_with("ui_import_falls_on", &[("what", fallen.join(", "))]);
    }
}

fn notice_text(terminal: &Terminal, notice: Notice) -> String {
    let key = format!("notice_{}", notice.key());
    terminal.say.text(&key).to_owned()
}

fn expected_text(terminal: &Terminal, expected: Expected) -> String {
    let key = format!("expected_{}", expected.key());
    terminal.say.text(&key).to_owned()
}

/// What changes, field by field.
fn changes(changed: &[(&ImportedRow, String)]) -> Vec<ChangeView> {
    let mut views = Vec::new();
    for (row, name) in changed {
        views.extend(row.changes.iter().map(|change| ChangeView {
            id: row.noun.to_string(),
            full_name: name.clone(),
            field: change.field,
            old: change.old.clone(),
            new: change.new.clone(),
        }));
    }
    views
}
