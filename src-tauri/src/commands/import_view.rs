//! What is shown of a file before it is brought in.

use serde::{Deserialize, Serialize};
use sotruc_core::Import;
use sotruc_core::Wrote;
use sotruc_core::clock::Instant;
use sotruc_core::id::UnitId;
use sotruc_core::sheet::{Encoding, Expected, Format, Notice, Table};
use sotruc_core::text::{Legacy, one_line};
use sotruc_core::views::Names;
use specta::Type;
use std::collections::HashMap;

use super::imports::ListKind;
use crate::ipc_error::Refusal;
use crate::settings::Layout;

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
    /// Its sheets that hold something else, or nobody knows what.
    pub left_out: Vec<String>,
    /// All its sheets.
    pub all_sheets: Vec<String>,
    /// The one of them that is read, where somebody said so.
    pub sheet: Option<String>,
    /// Whether old numbers are converted.
    pub convert_old_numbers: bool,
    /// How many rows have numbers in an old form.
    pub old_numbers: usize,
    /// What somebody said that columns hold, by heading.
    pub layout: Layout,
    /// Units that are meant by names the book does not know.
    pub units: Vec<(UnitId, String)>,
    /// From when units take the place of others.
    pub on: Instant,
    /// How many cells were written otherwise.
    pub mended: usize,
    /// What the file lacks to be such a list, when it lacks something; then its rows only show what its
    /// columns hold.
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
    /// What stands over its heading.
    pub over: String,
    /// What it is understood as; `null` when it is left out.
    pub field: Option<String>,
    /// Some of what it holds.
    pub samples: Vec<String>,
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

/// Some rows of a preview.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviewRows {
    /// How many there are of this case.
    pub total: usize,
    /// Those asked for.
    pub rows: Vec<PreviewRow>,
}

/// How many texts show what a column holds, and in how many rows they are looked for.
const SAMPLES: usize = 3;
const SAMPLED: usize = 200;

/// Some of what a column holds.
pub(super) fn samples(table: &Table, column: usize) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    let cells = table
        .rows
        .iter()
        .take(SAMPLED)
        .filter_map(|row| row.cells.get(column));
    for text in cells
        .map(|cell| one_line(cell))
        .filter(|text| !text.is_empty())
    {
        if samples.len() < SAMPLES && !samples.contains(&text) {
            samples.push(text);
        }
    }
    samples
}

/// What would become of each row of the table.
pub(super) fn results(table: &Table, import: Import, names: &Names) -> Vec<RowResult> {
    let mut by_row: HashMap<usize, RowResult> = HashMap::new();
    for brought in import.rows {
        let result = by_row.entry(brought.at).or_default();
        let case = match brought.wrote {
            Wrote::New => RowCase::New,
            Wrote::Changed => RowCase::Changed,
            Wrote::Same => RowCase::Same,
        };
        // Of several people in a row, who is not known yet tells most.
        result.case = match (result.case, case) {
            (RowCase::New, _) | (_, RowCase::New) => RowCase::New,
            (RowCase::Changed, _) => RowCase::Changed,
            (_, case) => case,
        };
        result
            .changes
            .extend(brought.changes.iter().map(|change| Alteration {
                field: change.field.to_owned(),
                old: names.shown(change.field, &change.old),
                new: names.shown(change.field, &change.new),
            }));
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
