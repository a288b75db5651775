//! The flat rows that a grid is unfolded into.

use crate::duty::days::{Day, Span};
use crate::duty::hours::{DayAndHours, Hours, Mark};
use crate::duty::legend::Legend;
use crate::duty::placement::Placement;
use crate::duty::post_heading::MAIN;
use crate::heading::{Field, List};
use crate::layout::titles;
use crate::{Column, Origin, Row, Table};
use sotruc_base::error::{Code, Error, Result};
use sotruc_base::text::{Phone, one_line};

/// How many shifts are read from one file.
const MOST: usize = 300_000;

/// A text for a cell, and the cell of the sheet that it comes from.
#[derive(Debug, Clone, Default)]
pub(super) struct CellText {
    pub(super) text: String,
    pub(super) heading: String,
    pub(super) value: String,
}

impl CellText {
    pub(super) fn new(text: impl Into<String>, heading: &str, value: &str) -> Self {
        Self {
            text: text.into(),
            heading: heading.to_owned(),
            value: one_line(value),
        }
    }
}

/// A list that is being unfolded.
pub(super) struct Unfolding<'t> {
    table: &'t mut Table,
    /// The sheet, and which list of the table it is.
    sheet: usize,
    list: usize,
    /// The lines above it, the nearest last; then those between and below its rows.
    lines: Vec<String>,
    above: usize,
    /// The lines of the whole sheet that tell hours.
    legends: &'t [String],
    pub(super) legend: Legend,
    span: Span,
}

/// What is said of one shift.
#[derive(Debug, Clone, Default)]
pub(super) struct Shift {
    pub(super) number: usize,
    pub(super) group: Option<String>,
    pub(super) cells: Vec<(Field, CellText)>,
}

impl Shift {
    pub(super) fn with(mut self, field: Field, told: CellText) -> Self {
        self.cells.push((field, told));
        self
    }
}

impl<'t> Unfolding<'t> {
    /// Begins a list whose headings are in the row `at`; what was before it ended at `from`.
    /// `lines` are those above it, `legends` all of the sheet that tell hours.
    pub(super) fn begin(
        table: &'t mut Table,
        placement: &Placement<'_>,
        (from, at): (usize, usize),
        lines: &[String],
        legends: &'t [String],
    ) -> Self {
        if table.columns.is_empty() {
            table.heading_row = placement.number(at);
        }
        let goes_on =
            !table.sheets.is_empty() && table.sheets.last() == Some(&placement.grid.sheet);
        let mut above = titles(&placement.rows[from.min(at)..at]);
        if let (true, true, Some(before)) = (above.is_empty(), goes_on, table.titles.last()) {
            above.clone_from(before);
        }
        table.titles.push(above);
        if !goes_on {
            table.sheets.push(placement.grid.sheet.clone());
        }
        let (sheet, list) = (table.sheets.len() - 1, table.titles.len() - 1);
        let mut unfolding = Self {
            table,
            sheet,
            list,
            lines: lines.to_vec(),
            above: lines.len(),
            legends,
            legend: Legend::default(),
            span: Span::default(),
        };
        unfolding.span = unfolding.span_with(None);
        unfolding
    }

    /// The days that the lines above speak of, and before them those of a group.
    fn span_with(&self, group: Option<&str>) -> Span {
        let sheet = self.table.sheets.get(self.sheet).and_then(Option::as_deref);
        let file = self
            .table
            .file
            .rsplit_once('.')
            .map(|(name, _)| name.replace('_', " "));
        let above = self.lines[..self.above].iter().rev().map(String::as_str);
        Span::of(
            group
                .into_iter()
                .chain(above)
                .chain(sheet)
                .chain(file.as_deref()),
        )
    }

    /// Takes note of lines that are none of the list, and of what they say of hours.
    pub(super) fn hear(&mut self, lines: Vec<String>) {
        self.lines.extend(lines);
        let below = self.lines[self.above..].iter();
        let above = self.lines[..self.above].iter().rev();
        self.legend = Legend::of(below.chain(above).chain(self.legends).map(String::as_str));
    }

    /// A day as the lines above complete it; as written where it is none.
    pub(super) fn day(&self, written: &str, group: Option<&str>) -> String {
        let line = one_line(written);
        let Some(day) = Day::read(&line) else {
            return line;
        };
        let span = match group {
            Some(group) => self.span_with(Some(group)),
            None => self.span,
        };
        span.complete(day).to_string()
    }

    /// Hours as the legend tells them; as written where it does not.
    pub(super) fn hours(&self, written: &str) -> String {
        let line = one_line(written);
        match Hours::read(&line) {
            // Around the clock, as the lines say when that begins.
            Some(Hours::Whole) if !DayAndHours::of(&line).times.is_empty() => return line,
            Some(Hours::Whole) => {
                let general = self.legend.full_day();
                return general.map_or(line, |hours| hours.to_string());
            }
            Some(_) => return line,
            None => {}
        }
        let mark = Mark::read(&line)
            .filter(|mark| self.legend.hours(mark).is_some())
            .or_else(|| Mark::within(&line));
        match mark.and_then(|mark| self.legend.hours(&mark)) {
            Some(hours) => hours.to_string(),
            None => line,
        }
    }

    /// The hours of whoever is on duty where nothing says when.
    pub(super) fn general(&self) -> String {
        self.legend
            .general()
            .map(|hours| hours.to_string())
            .unwrap_or_default()
    }

    /// Takes a shift into the table.
    ///
    /// # Errors
    /// [`Code::SheetLarge`].
    pub(super) fn push(&mut self, shift: Shift) -> Result<()> {
        if self.table.rows.len() >= MOST {
            return Err(Error::new(Code::SheetLarge).with("file", &self.table.file));
        }
        let mut row = Row::new(shift.number, Vec::new());
        row.sheet = self.sheet;
        row.list = self.list;
        row.group = shift.group;
        for (field, told) in shift.cells {
            // Where a name should stand is told of a row without one.
            if told.text.is_empty() && told.value.is_empty() && field != Field::FullName {
                continue;
            }
            let at = self.column(field);
            if row.cells.len() <= at {
                row.cells.resize(at + 1, String::new());
                row.origins.resize(at + 1, None);
            }
            row.cells[at] = told.text;
            row.origins[at] = Some(Origin {
                heading: told.heading,
                value: told.value,
            });
        }
        self.table.rows.push(row);
        Ok(())
    }

    /// The column of a field; made in the order of a flat roster.
    fn column(&mut self, field: Field) -> usize {
        let of = |table: &Table| {
            let fits = |column: &Column| column.field == Some(field);
            table.columns.iter().position(fits)
        };
        if self.table.columns.is_empty() {
            for field in FIELDS {
                self.table.columns.push(Column {
                    heading: field.heading(List::Roster).to_owned(),
                    over: String::new(),
                    field: Some(*field),
                    who: 0,
                });
            }
        }
        of(self.table).unwrap_or_else(|| {
            self.table.columns.push(Column {
                heading: field.heading(List::Roster).to_owned(),
                over: String::new(),
                field: Some(field),
                who: 0,
            });
            self.table.columns.len() - 1
        })
    }

    /// The lines that are none of the list, beyond those above it.
    pub(super) fn end(mut self) -> Vec<String> {
        self.lines.split_off(self.above)
    }
}

/// The columns of an unfolded list.
const FIELDS: &[Field] = &[
    Field::UnitCode,
    Field::Unit,
    Field::Post,
    Field::FullName,
    Field::Mobile,
    Field::Day,
    Field::Hours,
    Field::From,
    Field::To,
];

/// Leaves out the columns of an unfolded list in which nothing stands.
pub fn without_empty(table: &mut Table) {
    let unfolded = table.rows.iter().all(|row| !row.origins.is_empty());
    if !unfolded {
        return;
    }
    let stays: Vec<bool> = (0..table.columns.len())
        .map(|at| {
            let holds = |row: &Row| row.cells.get(at).is_some_and(|cell| !cell.is_empty());
            table.rows.iter().any(holds)
        })
        .collect();
    let width = table.columns.len();
    let keep = |at: &mut usize| {
        *at += 1;
        stays[*at - 1]
    };
    let mut at = 0;
    table.columns.retain(|_| keep(&mut at));
    for row in &mut table.rows {
        row.cells.resize(width, String::new());
        row.origins.resize(width, None);
        let mut at = 0;
        row.cells.retain(|_| keep(&mut at));
        let mut at = 0;
        row.origins.retain(|_| keep(&mut at));
    }
}

/// The post as a flat roster writes it.
pub(super) fn post_text(post: Option<&'static str>) -> String {
    post.unwrap_or(MAIN).to_owned()
}

/// Numbers as a flat roster writes them.
pub(super) fn numbers_text(numbers: &[Phone]) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    texts.join("; ")
}
