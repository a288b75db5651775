//! What is shown of a file before it is brought in.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

use super::Columns;
use crate::book::{Counts, Import, ImportedRow, Wrote};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::id::{PersonId, ShiftId, UnitId};
use crate::sheet::heading::List;
use crate::sheet::{Expected, Format, Notice, Row, Table};
use crate::store::Reader;
use crate::text::{Encoding, Legacy, one_line};

/// What a file would do, as it was read.
#[derive(Debug, Clone)]
pub struct Foreseen {
    /// What is shown of it at once.
    pub preview: Preview,
    /// What it would do.
    pub import: Import,
    table: Arc<Table>,
    /// What would become of each of its rows.
    cases: Vec<RowCase>,
}

/// What an import would do.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Preview {
    /// What the file lists.
    pub list: List,
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
    pub layout: Columns,
    /// Units that are meant by names the book does not know.
    pub units: Vec<(UnitId, String)>,
    /// From when units take the place of others.
    pub on: Instant,
    /// Whether that day is over, so that a reason is asked for.
    pub asks_reason: bool,
    /// The reason, as far as it was said.
    pub reason: Option<String>,
    /// How many cells were written otherwise.
    pub mended: usize,
    /// What the file lacks to be such a list, when it lacks something; then its rows only show what
    /// its columns hold.
    pub missing: Option<Lack>,
    /// The row of its headings.
    pub heading_row: usize,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Rows of the file.
    pub rows: usize,
    /// What would become of them.
    #[serde(flatten)]
    pub counts: Counts,
    /// Whether it says nothing new of people, so that it only notes that their units sent it.
    pub confirms: bool,
}

/// Why a file is no such list: the code of an error, and the values of its message.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Lack {
    /// The stable code: the message is `error_<code>`.
    pub code: String,
    /// The values of the message, by name.
    pub params: BTreeMap<String, String>,
}

impl From<&Error> for Lack {
    fn from(error: &Error) -> Self {
        let params = error.params.iter();
        Self {
            code: error.code.key().to_owned(),
            params: params
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        }
    }
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

/// The nouns that an import changes, each once, and what they are called: units and people by their
/// names, a shift by who stands on it.
///
/// # Errors
/// Those of the store.
pub fn changed<'i>(book: Reader<'_>, import: &'i Import) -> Result<Vec<(&'i ImportedRow, String)>> {
    let changed = import.changed();
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let cards = book.all_cards()?.into_iter();
    let people: HashMap<PersonId, String> = cards.map(|card| (card.id, card.full_name)).collect();
    let shifts = book.shifts()?.into_iter();
    let shifts: HashMap<ShiftId, PersonId> = shifts.map(|shift| (shift.id, shift.person)).collect();
    let units = book.unit_names()?;
    let name = |id: Uuid| {
        let person = shifts.get(&ShiftId(id)).copied().unwrap_or(PersonId(id));
        let unit = || units.get(&UnitId(id)).map(|(_, name)| name.clone());
        people.get(&person).cloned().or_else(unit)
    };
    let named = changed.into_iter();
    Ok(named
        .map(|row| (row, name(row.noun).unwrap_or_default()))
        .collect())
}

/// How many texts show what a column holds, and in how many rows they are looked for.
const SAMPLES: usize = 3;
const SAMPLED: usize = 200;

/// The columns of a table, with some of what they hold.
pub(super) fn columns(table: &Table) -> Vec<Column> {
    let samples = |column: usize| {
        let mut samples: Vec<String> = Vec::new();
        let rows = table.rows.iter().take(SAMPLED);
        for cell in rows.filter_map(|row| row.cells.get(column)) {
            let text = one_line(cell);
            if samples.len() < SAMPLES && !text.is_empty() && !samples.contains(&text) {
                samples.push(text);
            }
        }
        samples
    };
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(at, column)| Column {
            heading: column.heading.clone(),
            over: column.over.clone(),
            field: column.field.map(|field| field.key().to_owned()),
            samples: samples(at),
        })
        .collect()
}

impl Foreseen {
    pub(super) fn of(preview: Preview, import: Import, table: Arc<Table>) -> Self {
        let mut cases: Vec<Option<RowCase>> = vec![None; table.rows.len()];
        for row in &import.rows {
            let case = match row.wrote {
                Wrote::New => RowCase::New,
                Wrote::Changed => RowCase::Changed,
                Wrote::Same => RowCase::Same,
            };
            // Of several people in a row, who is not known yet tells most.
            let known = &mut cases[row.at];
            *known = Some(match (*known, case) {
                (Some(RowCase::New), _) | (_, RowCase::New) => RowCase::New,
                (Some(RowCase::Changed), _) => RowCase::Changed,
                (_, case) => case,
            });
        }
        for fault in &import.rejected {
            cases[fault.at] = Some(RowCase::Rejected);
        }
        Self {
            preview,
            import,
            table,
            cases: cases.into_iter().map(Option::unwrap_or_default).collect(),
        }
    }

    /// Rows of the file, of one case when given: `limit` of them from `offset` on. `shown` says a
    /// value of a field as people read it.
    pub fn rows(
        &self,
        only: Option<RowCase>,
        (offset, limit): (usize, usize),
        shown: impl Fn(&str, &serde_json::Value) -> Option<String>,
    ) -> PreviewRows {
        let table = &self.table;
        let fits = |case: &RowCase| only.is_none_or(|only| *case == only);
        let places = self.cases.iter().enumerate();
        let places = places.filter(|(_, case)| fits(case)).map(|(at, _)| at);
        let mut results: HashMap<usize, RowResult> = places
            .clone()
            .skip(offset)
            .take(limit)
            .map(|at| {
                let case = self.cases[at];
                let result = RowResult {
                    case,
                    ..RowResult::default()
                };
                (at, result)
            })
            .collect();
        for row in &self.import.rows {
            if let Some(result) = results.get_mut(&row.at) {
                let changes = row.changes.iter().map(|change| Alteration {
                    field: change.field.to_owned(),
                    old: shown(change.field, &change.old),
                    new: shown(change.field, &change.new),
                });
                result.changes.extend(changes);
            }
        }
        for fault in &self.import.rejected {
            if let Some(result) = results.get_mut(&fault.at) {
                result.rejected.push(Fault {
                    column: fault.column.clone(),
                    value: fault.value.clone(),
                    expected: fault.expected,
                    nearest: fault.nearest.clone(),
                });
            }
        }
        for remark in &self.import.warnings {
            if let Some(result) = results.get_mut(&remark.at) {
                result.warnings.push(Remark {
                    column: remark.column.clone(),
                    value: remark.value.clone(),
                    notice: remark.notice,
                    other: remark.other.clone(),
                });
            }
        }
        let several = table.sheets.len() > 1;
        let sheet = |row: &Row| table.sheet(row).filter(|_| several).map(str::to_owned);
        let row = |at: usize| PreviewRow {
            at,
            row: table.rows[at].number,
            sheet: sheet(&table.rows[at]),
            cells: table.rows[at].cells.clone(),
            result: results.remove(&at).unwrap_or_default(),
        };
        PreviewRows {
            total: self.cases.iter().filter(|case| fits(case)).count(),
            rows: places.skip(offset).take(limit).map(row).collect(),
        }
    }
}
