//! Spreadsheets in and out. Plain data comes in and goes out; nothing here knows the database.

mod csv_in;
pub mod heading;
pub mod out;
pub mod people_in;
pub mod roster_in;
pub mod units_in;

pub use csv_in::{parse, read};

use serde::Serialize;

use crate::error::{Code, Error, Result};
use crate::word::words;
use heading::{Field, List};

/// A list as a file holds it: headings and rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The name of the file.
    pub file: String,
    /// The sheet, in files that have several.
    pub sheet: Option<String>,
    /// The row of the headings, as a spreadsheet counts.
    pub heading_row: usize,
    /// The headings as written.
    pub headings: Vec<String>,
    /// The rows below them that hold anything.
    pub rows: Vec<Row>,
}

impl Table {
    /// What each of its columns is understood as, when the table is such a list.
    #[must_use]
    pub fn fields(&self, list: List) -> Vec<Option<Field>> {
        heading::map(&self.headings, list)
    }
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number, as a spreadsheet counts.
    pub number: usize,
    /// Its cells as written, one for each heading.
    pub cells: Vec<String>,
}

words! {
    /// What a rejected cell should have held.
    Expected, "expected" {
        /// A name.
        Name = "name",
        /// The name or code of a unit.
        Unit = "unit",
        /// A unit of the book.
        KnownUnit = "known_unit",
        /// A unit that only one fits.
        OneUnit = "one_unit",
        /// A code or name no other row has.
        Unique = "unique",
        /// A known group.
        Group = "group",
        /// A number that can be dialled.
        Phone = "phone",
        /// Digits only: O and l are letters.
        PhoneDigits = "phone_digits",
        /// At least one number.
        SomePhone = "some_phone",
        /// A post.
        Post = "post",
        /// A person of this unit in the directory.
        KnownPerson = "known_person",
        /// A person that only one fits.
        OnePerson = "one_person",
        /// A day and time that exist.
        Time = "time",
        /// A time after the start.
        AfterStart = "after_start",
    }
}

words! {
    /// What somebody should know about a cell that was taken all the same.
    Notice, "notice" {
        /// The role is not one of ours; it was kept as written.
        RoleKept = "role_kept",
        /// It is not an e-mail address; it was left out.
        EmailLeftOut = "email_left_out",
        /// The person stands in the list before; their numbers are kept together.
        SamePerson = "same_person",
        /// Another person has the same number.
        SameNumber = "same_number",
        /// The shift lies outside its period.
        OutsidePeriod = "outside_period",
        /// It overlaps another shift of the same post.
        Overlap = "overlap",
    }
}

/// A cell for which a row was turned away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The file.
    pub file: String,
    /// The sheet, in files that have several.
    pub sheet: Option<String>,
    /// The row, as a spreadsheet counts.
    pub row: usize,
    /// The heading of the column.
    pub column: String,
    /// What the cell held.
    pub value: String,
    /// What it should have held.
    pub expected: Expected,
}

/// A cell that was taken, with something to know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The file.
    pub file: String,
    /// The sheet, in files that have several.
    pub sheet: Option<String>,
    /// The row, as a spreadsheet counts.
    pub row: usize,
    /// The heading of the column.
    pub column: String,
    /// What the cell held.
    pub value: String,
    /// What there is to know.
    pub notice: Notice,
}

/// A table whose columns are understood.
pub(crate) struct Mapped<'a> {
    table: &'a Table,
    columns: Vec<Option<Field>>,
}

/// One row of a [`Mapped`] table.
#[derive(Clone, Copy)]
pub(crate) struct MappedRow<'a> {
    mapped: &'a Mapped<'a>,
    row: &'a Row,
}

impl<'a> Mapped<'a> {
    /// Finds the columns of a list by their headings. Every group of `needed` must have one.
    pub(crate) fn new(table: &'a Table, list: List, needed: &[&[Field]]) -> Result<Self> {
        let columns = table.fields(list);
        let missing: Vec<&str> = needed
            .iter()
            .filter(|fields| !fields.iter().any(|field| columns.contains(&Some(*field))))
            .map(|fields| fields[0].heading(list))
            .collect();
        if !missing.is_empty() {
            return Err(Error::new(Code::SheetColumns)
                .with("file", &table.file)
                .with("row", table.heading_row)
                .with("missing", missing.join(", "))
                .with("found", table.headings.join(", ")));
        }
        if table.rows.is_empty() {
            return Err(Error::new(Code::SheetEmpty).with("file", &table.file));
        }
        Ok(Self { table, columns })
    }

    pub(crate) fn rows(&'a self) -> impl Iterator<Item = MappedRow<'a>> {
        self.table
            .rows
            .iter()
            .map(move |row| MappedRow { mapped: self, row })
    }
}

impl<'a> MappedRow<'a> {
    /// Its number, as a spreadsheet counts.
    pub(crate) fn number(self) -> usize {
        self.row.number
    }

    /// What the first of these columns that is there holds, tidied; `None` when that is nothing.
    pub(crate) fn get(self, fields: &[Field]) -> Option<String> {
        fields
            .iter()
            .find_map(|field| self.cell(*field))
            .map(crate::text::tidy)
            .filter(|text| !is_nothing(text))
    }

    fn cell(self, field: Field) -> Option<&'a str> {
        let at = self
            .mapped
            .columns
            .iter()
            .position(|known| *known == Some(field))?;
        self.row
            .cells
            .get(at)
            .map(String::as_str)
            .filter(|cell| !cell.trim().is_empty())
    }

    /// The column of the first of these fields that the table has: its heading and its cell.
    fn place(self, fields: &[Field]) -> (String, String) {
        let at = fields.iter().find_map(|field| {
            self.mapped
                .columns
                .iter()
                .position(|known| *known == Some(*field))
        });
        let text = |from: &[String]| at.and_then(|at| from.get(at)).cloned().unwrap_or_default();
        (text(&self.mapped.table.headings), text(&self.row.cells))
    }

    pub(crate) fn reject(self, fields: &[Field], expected: Expected) -> Rejected {
        let (column, value) = self.place(fields);
        Rejected {
            file: self.mapped.table.file.clone(),
            sheet: self.mapped.table.sheet.clone(),
            row: self.row.number,
            column,
            value,
            expected,
        }
    }

    pub(crate) fn warn(self, field: Field, notice: Notice) -> Warning {
        let (column, value) = self.place(&[field]);
        Warning {
            file: self.mapped.table.file.clone(),
            sheet: self.mapped.table.sheet.clone(),
            row: self.row.number,
            column,
            value,
            notice,
        }
    }
}

/// Whether a cell's text means that there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(
        crate::text::fold(text).as_str(),
        "" | "khong" | "khong co" | "chua co" | "x" | "none" | "n a" | "null"
    )
}
