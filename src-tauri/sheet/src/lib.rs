//! Spreadsheets in and out. Plain data comes in and goes out; nothing here knows the database.

mod calendar_in;
pub mod columns;
mod csv_in;
pub mod duty;
pub mod grid;
pub mod heading;
mod layout;
pub mod out;
pub mod part;
pub mod position;
mod rejected_out;
mod wording;
mod workbook_in;
mod xls_size;

pub use grid::{File, Format};
pub use layout::{ReadOptions, find, nearest};
pub use rejected_out::write_rejected;

use serde::Serialize;
use std::path::Path;

use heading::{Field, List};
use sotruc_base::error::Result;
use sotruc_base::text::{Encoding, Legacy};
use sotruc_base::word::words;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 200 << 20;
/// What a packed file may take once unpacked, in bytes.
const MAX_UNPACKED: u64 = 1 << 30;
/// How many columns of a sheet are looked at.
pub const MAX_COLUMNS: usize = 256;

/// Reads the list that a file holds: people, units or shifts.
///
/// # Errors
/// As [`File::open`]; [`Code::SheetUnknown`], [`Code::SheetHeading`], [`Code::SheetColumns`],
/// [`Code::SheetEmpty`].
pub fn read(path: &Path, list: List, options: &ReadOptions) -> Result<Table> {
    layout::find(&File::open(path)?, list, options)
}

/// [`read`], from bytes; `file` is the name they go by.
///
/// # Errors
/// As there, but for [`Code::File`].
pub fn parse(file: &str, bytes: &[u8], list: List) -> Result<Table> {
    layout::find(&File::of(file, bytes)?, list, &ReadOptions::default())
}

/// A list as a file holds it: headings and rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The name of the file.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// How its text was saved, when it is text.
    pub encoding: Option<Encoding>,
    /// What separates its cells, when it is text.
    pub separator: Option<char>,
    /// The way its Vietnamese was written, when that was before Unicode.
    pub legacy: Option<Legacy>,
    /// What it lists.
    pub list: List,
    /// The sheets that hold the list; one without a name in files that have no sheets.
    pub sheets: Vec<Option<String>>,
    /// The sheets that hold something else, or nobody knows what.
    pub left_out: Vec<String>,
    /// Numbers of units that stand over their people: they are nobody's.
    pub passed_over: Vec<Warning>,
    /// The row of the first headings, as a spreadsheet counts.
    pub heading_row: usize,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The lines above each list that it was put together of.
    pub titles: Vec<Vec<String>>,
    /// The rows below the headings that are of the list.
    pub rows: Vec<Row>,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading as written.
    pub heading: String,
    /// What stands over its heading, in headings of two rows.
    pub over: String,
    /// What it is understood as; `None` when it is left out.
    pub field: Option<Field>,
    /// Of whom, in a list whose rows speak of several people: 0 is the first of them.
    pub who: usize,
}

impl Table {
    /// The headings as written.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.heading.as_str())
    }

    /// Writes something else into a cell, as if the file had held it.
    pub fn mend(&mut self, at: usize, column: usize, text: &str) {
        let width = self.columns.len();
        if let Some(row) = self.rows.get_mut(at)
            && column < width
        {
            row.cells.resize(row.cells.len().max(width), String::new());
            text.clone_into(&mut row.cells[column]);
            if let Some(Some(origin)) = row.origins.get_mut(column) {
                text.clone_into(&mut origin.value);
            }
        }
    }

    /// The name of the sheet of a row, in files that have several.
    #[must_use]
    pub fn sheet(&self, row: &Row) -> Option<&str> {
        self.sheets.get(row.sheet)?.as_deref()
    }
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number, as a spreadsheet counts.
    pub number: usize,
    /// Its cells as written, one for each column.
    pub cells: Vec<String>,
    /// What stands beyond the headings.
    pub beyond: Vec<String>,
    /// Which of the lists of the table it is in.
    pub list: usize,
    /// Which of the table's sheets it is in.
    pub sheet: usize,
    /// The name over the group it stands in.
    pub group: Option<String>,
    /// Where its cells come from, one for each column, when it was unfolded from a grid.
    pub origins: Vec<Option<Origin>>,
}

/// The cell of a sheet that something was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The heading of its column.
    pub heading: String,
    /// What it holds.
    pub value: String,
}

impl Row {
    /// A row of the first sheet that stands in no group.
    #[must_use]
    pub fn new(number: usize, cells: Vec<String>) -> Self {
        Self {
            number,
            cells,
            beyond: Vec::new(),
            list: 0,
            sheet: 0,
            group: None,
            origins: Vec::new(),
        }
    }
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
        /// The code and the name of one unit.
        SameUnit = "same_unit",
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
        /// A date: the day of the week alone fits several, or none.
        OneDay = "one_day",
        /// A day that the title of the list or the period may mean.
        NearDay = "near_day",
        /// Hours, or a mark that has some.
        Hours = "hours",
        /// A time after the start.
        AfterStart = "after_start",
        /// One name: a row is of one person.
        OneName = "one_name",
        /// No more cells than headings.
        Cells = "cells",
    }
}

words! {
    /// What somebody should know about a cell that was taken all the same.
    Notice, "notice" {
        /// The number has its old form; it was left as it is.
        OldNumber = "old_number",
        /// What cannot be dialled as it is (an extension, a number without its area) was kept in the
        /// note.
        Extension = "extension",
        /// The role is not one of ours; it was kept as written.
        RoleKept = "role_kept",
        /// It is not an e-mail address; it was left out.
        EmailLeftOut = "email_left_out",
        /// The person stands in the list before; their numbers are kept together.
        SamePerson = "same_person",
        /// Another person stands in the same row before; both are taken.
        Further = "further",
        /// Another person has the same number.
        SameNumber = "same_number",
        /// The number is that of the unit over its people; it was not brought in.
        OfUnit = "of_unit",
        /// The unit is split; its people go to the unit that was named first.
        Split = "split",
        /// The shift lies outside its period.
        OutsidePeriod = "outside_period",
        /// It overlaps another shift of the same post.
        Overlap = "overlap",
        /// Whoever it names has leave then.
        Away = "away",
        /// The leave falls on a shift of theirs.
        FallsOnShift = "falls_on_shift",
        /// While they are away nobody answers on a post without shifts.
        FallsOnStanding = "falls_on_standing",
        /// The hours are those of custom: nothing says them.
        HoursAssumed = "hours_assumed",
        /// The shift is longer than two days.
        LongShift = "long_shift",
        /// The person is of another unit, known by name and number.
        OtherUnit = "other_unit",
        /// The date is on another day of the week than the one written beside it.
        WeekdayDiffers = "weekday_differs",
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
    /// What may have been meant: the name of a unit, or a hint of the number's letter.
    pub nearest: Option<String>,
    /// Which of the table's rows it is in.
    #[serde(skip)]
    pub at: usize,
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
    /// Who else, where somebody else is meant; which duty, where it is about one.
    pub other: Option<String>,
    /// Which of the table's rows it is in, or stands over.
    #[serde(skip)]
    pub at: usize,
}

/// One row of a table, with its place in it; of several people in a row, one.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    table: &'a Table,
    row: &'a Row,
    at: usize,
    who: usize,
}

impl Table {
    /// Its rows, and in a row each person. A row of text with more cells than headings is
    /// shifted, and turned away.
    pub fn lines(&self) -> impl Iterator<Item = Result<Line<'_>, Box<Rejected>>> {
        let people = self.people();
        self.rows.iter().enumerate().flat_map(move |(at, row)| {
            let of = move |who| Line {
                table: self,
                row,
                at,
                who,
            };
            let shifted = layout::beyond_counts(self.format)
                && row.beyond.iter().any(|cell| !cell.trim().is_empty());
            let here: Vec<_> = match (shifted, people) {
                (true, _) => vec![Err(Box::new(Rejected {
                    value: row.beyond.join(", "),
                    ..of(0).reject(&[], Expected::Cells)
                }))],
                (false, 1) => vec![Ok(of(0))],
                (false, _) => {
                    let named: Vec<_> = (0..people).map(of).filter(|line| line.names()).collect();
                    match named.is_empty() {
                        true => vec![Ok(of(0))],
                        false => named.into_iter().map(Ok).collect(),
                    }
                }
            };
            here
        })
    }

    /// Of how many people a row speaks at most.
    fn people(&self) -> usize {
        self.columns
            .iter()
            .map(|column| column.who + 1)
            .max()
            .unwrap_or(1)
    }
}

impl<'a> Line<'a> {
    /// Which of the table's rows it is.
    pub fn at(self) -> usize {
        self.at
    }

    /// Which list of the table it is in, and which group there.
    pub fn place_above(self) -> (usize, usize, Option<&'a str>) {
        (self.row.list, self.row.sheet, self.row.group.as_deref())
    }

    /// Whether it is a further person of its row, and of the same unit.
    pub fn is_further(self) -> bool {
        let units = self
            .table
            .columns
            .iter()
            .filter(|column| column.field == Some(Field::Unit));
        self.who > 0 && units.count() < 2
    }

    /// The headings over the name, where they tell people in a row apart.
    pub fn told_apart(self) -> Option<String> {
        let column = &self.table.columns[self.places(Field::FullName).next()?];
        (self.table.people() > 1).then(|| format!("{} {}", column.over, column.heading))
    }

    /// Whether anything stands in a column of this field, or stood in its place in a grid.
    pub fn has(self, field: Field) -> bool {
        self.places(field).any(|at| {
            let filled = |cell: &String| !cell.trim().is_empty();
            self.row.cells.get(at).is_some_and(filled)
                || self.row.origins.get(at).is_some_and(Option::is_some)
        })
    }

    /// The column that says when it is.
    pub fn said_when(self) -> Field {
        let in_grid = self.is_unfolded().then_some(Field::Hours);
        [Field::From]
            .into_iter()
            .chain(in_grid)
            .chain([Field::Day, Field::Weekday, Field::Hours])
            .find(|field| self.has(*field))
            .unwrap_or(Field::From)
    }

    /// Whether it was unfolded from a grid.
    pub fn is_unfolded(self) -> bool {
        !self.row.origins.is_empty()
    }

    /// Whether a name or a number stands in it.
    fn names(self) -> bool {
        let fields = [Field::FullName, Field::Mobile, Field::Landline];
        fields.iter().any(|field| self.all(*field).next().is_some())
    }

    /// Names that stand above it, the nearest first: its group, its sheet, the lines over the
    /// list; where the list says no unit, one of them may.
    pub fn above(self) -> impl Iterator<Item = &'a str> {
        let named = |line: &'a str| line.split_once(':').map_or(line, |(_, name)| name);
        let group = self.row.group.as_deref().into_iter();
        let titles = self.titles().map(named);
        let file = self
            .table
            .file
            .rsplit_once('.')
            .map_or("", |(name, _)| name);
        group
            .chain(self.table.sheet(self.row))
            .chain(titles)
            .chain([file])
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }

    /// What the first of these columns that holds anything holds, tidied.
    pub fn get(self, fields: &[Field]) -> Option<String> {
        fields.iter().find_map(|field| self.all(*field).next())
    }

    /// The columns of a field that hold anything: their headings, and what they hold, tidied.
    pub fn cells_of(self, field: Field) -> impl Iterator<Item = (String, String)> + 'a {
        self.places(field).filter_map(move |at| {
            let text = said(self.row.cells.get(at)?)?;
            Some((self.table.columns[at].heading.clone(), text))
        })
    }

    /// The lines over the list, the nearest first.
    pub fn titles(self) -> impl Iterator<Item = &'a str> {
        let titles = self.table.titles.get(self.row.list);
        titles.into_iter().flatten().rev().map(String::as_str)
    }

    /// What the columns of a field hold, tidied.
    pub fn all(self, field: Field) -> impl Iterator<Item = String> + 'a {
        self.places(field)
            .filter_map(move |at| self.row.cells.get(at))
            .filter_map(|cell| said(cell))
    }

    fn places(self, field: Field) -> impl Iterator<Item = usize> + 'a {
        let holds = move |column: &Column, who| column.field == Some(field) && column.who == who;
        let own = self
            .table
            .columns
            .iter()
            .any(|column| holds(column, self.who));
        // What is not said of each person is said of all in the row.
        let who = match own || field.is_personal() {
            true => self.who,
            false => 0,
        };
        let of = move |(at, column): (usize, &Column)| holds(column, who).then_some(at);
        self.table.columns.iter().enumerate().filter_map(of)
    }

    /// The column of the first of these fields that the table has: its heading and its cell.
    fn place(self, fields: &[Field]) -> (String, String) {
        let mut places = fields.iter().flat_map(|field| self.places(*field));
        let filled = |at: &usize| {
            self.row
                .cells
                .get(*at)
                .is_some_and(|cell| !cell.trim().is_empty())
        };
        let all: Vec<usize> = places.by_ref().collect();
        let at = all.iter().copied().find(filled).or(all.first().copied());
        let origin = |at: &usize| self.row.origins.get(*at).and_then(Option::as_ref);
        // An empty cell of a grid has a place too.
        let at = at.and_then(|at| match filled(&at) || origin(&at).is_some() {
            true => Some(at),
            false => all
                .iter()
                .copied()
                .find(|at| origin(at).is_some())
                .or(Some(at)),
        });
        match (at, at.as_ref().and_then(origin)) {
            (_, Some(origin)) => (origin.heading.clone(), origin.value.clone()),
            (Some(at), None) => (
                self.table.columns[at].heading.clone(),
                self.row.cells.get(at).cloned().unwrap_or_default(),
            ),
            (None, None) => Default::default(),
        }
    }

    /// This row turned away for the first of these columns that it has.
    #[must_use]
    pub fn reject(self, fields: &[Field], expected: Expected) -> Rejected {
        let (column, value) = self.place(fields);
        Rejected {
            file: self.table.file.clone(),
            sheet: self.table.sheet(self.row).map(str::to_owned),
            row: self.row.number,
            column,
            value,
            expected,
            nearest: None,
            at: self.at,
        }
    }

    /// Something to know about the cell of this column.
    #[must_use]
    pub fn warn(self, field: Field, notice: Notice) -> Warning {
        let (column, value) = self.place(&[field]);
        Warning {
            file: self.table.file.clone(),
            sheet: self.table.sheet(self.row).map(str::to_owned),
            row: self.row.number,
            column,
            value,
            notice,
            other: None,
            at: self.at,
        }
    }
}

/// What a cell says, tidied; `None` where it is empty, or says that there is nothing. A text that
/// reads so and is meant has a mark before it.
#[must_use]
pub fn said(cell: &str) -> Option<String> {
    let text = sotruc_base::text::tidy(cell);
    if is_nothing(&text) {
        return None;
    }
    match text.strip_prefix('\'') {
        Some(meant) if reads_as_nothing(meant) => Some(meant.to_owned()),
        _ => Some(text),
    }
}

/// Whether a text, or what follows the marks before it, would be taken for nothing.
fn reads_as_nothing(text: &str) -> bool {
    let unmarked = text.trim_start_matches('\'');
    !unmarked.trim().is_empty() && is_nothing(unmarked)
}

/// Whether a cell's text means that there is nothing: strokes and dots alone, or a word that says so
/// among them.
fn is_nothing(text: &str) -> bool {
    let is_stroke = |c: char| c.is_whitespace() || "-–—_./…()".contains(c);
    text.chars().all(|c| is_stroke(c) || c.is_alphabetic())
        && matches!(
            sotruc_base::text::fold(text).as_str(),
            "" | "khong" | "khong co" | "chua co" | "x" | "none" | "n a" | "null"
        )
}
