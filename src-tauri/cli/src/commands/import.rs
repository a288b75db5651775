//! What all imports have in common: the copy before, the report after.

use serde::Serialize;
use sotruc_core::sheet::{self, Table};
use sotruc_core::{Import, Mode, Result, Writing};

use super::{Answer, Desk};
use crate::args::ImportFile;

#[derive(Serialize)]
struct RejectedView<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: usize,
    column: &'a str,
    value: &'a str,
    expected: &'a str,
}

#[derive(Serialize)]
struct WarningView<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    row: usize,
    column: &'a str,
    value: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct ImportView<'a> {
    new: usize,
    changed: usize,
    same: usize,
    rejected: Vec<RejectedView<'a>>,
    warnings: Vec<WarningView<'a>>,
}

/// Reads the file, lets `bring` write it, and reports. `Err` is the exit code 2 of a file with
/// rejected rows of which nothing was written.
pub fn run(
    desk: &mut Desk,
    file: &ImportFile,
    bring: impl Fn(&mut Writing<'_>, &Table, Mode) -> Result<Import>,
) -> Result<Answer> {
    let table = sheet::read(&file.file)?;
    let mode = match (file.dry_run, file.skip_rejected) {
        (true, _) => Mode::DryRun,
        (false, true) => Mode::SkipRejected,
        (false, false) => Mode::AllOrNothing,
    };
    let mut book = desk.open()?;
    if mode != Mode::DryRun
        && let Err(error) = book.keep_backup(desk.write_time(&book)?)
    {
        desk.note("out_not_tended", &[("why", desk.say.error(&error))]);
    }
    let import = desk.write_in(&mut book, |write| bring(write, &table, mode))?;
    let writes = match mode {
        Mode::DryRun => false,
        Mode::SkipRejected => true,
        Mode::AllOrNothing => import.rejected.is_empty(),
    };
    desk.leave(book);
    report(desk, &import, writes);
    match !file.skip_rejected && !import.rejected.is_empty() {
        true => Err(sotruc_core::Error::new(sotruc_core::Code::RowsRejected)
            .with("count", import.rejected.len())),
        false => Ok(Answer::Yes),
    }
}

fn report(desk: &mut Desk, import: &Import, written: bool) {
    let expected = |key: &str| desk.say.text(&format!("expected_{key}")).to_owned();
    let expected: Vec<String> = import
        .rejected
        .iter()
        .map(|row| expected(row.expected.key()))
        .collect();
    let notice = |key: &str| desk.say.text(&format!("notice_{key}")).to_owned();
    let notices: Vec<String> = import
        .warnings
        .iter()
        .map(|row| notice(row.notice.key()))
        .collect();
    if desk.json {
        let view = ImportView {
            new: import.new,
            changed: import.changed,
            same: import.same,
            rejected: import
                .rejected
                .iter()
                .zip(&expected)
                .map(|(row, expected)| RejectedView {
                    file: &row.file,
                    sheet: row.sheet.as_deref(),
                    row: row.row,
                    column: &row.column,
                    value: &row.value,
                    expected,
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
                })
                .collect(),
        };
        return desk.show_json(&view);
    }
    for (row, expected) in import.rejected.iter().zip(&expected) {
        desk.say_with(
            "out_rejected",
            &[
                ("file", row.file.clone()),
                ("row", row.row.to_string()),
                ("column", row.column.clone()),
                ("value", row.value.clone()),
                ("expected", expected.clone()),
            ],
        );
    }
    for (row, notice) in import.warnings.iter().zip(&notices) {
        desk.say_with(
            "out_warning",
            &[
                ("file", row.file.clone()),
                ("row", row.row.to_string()),
                ("column", row.column.clone()),
                ("value", row.value.clone()),
                ("notice", notice.clone()),
            ],
        );
    }
    let key = match written || import.new + import.changed == 0 {
        true => "out_imported",
        false => "out_would_import",
    };
    desk.say_with(
        key,
        &[
            ("new", import.new.to_string()),
            ("changed", import.changed.to_string()),
            ("same", import.same.to_string()),
            ("rejected", import.rejected.len().to_string()),
        ],
    );
}
