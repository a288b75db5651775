//! A file as it lies: sheets, rows and cells of text, before anybody asks what they mean.

use std::fs;
use std::path::Path;

use crate::workbook_in::{self, Sheets};
use crate::{MAX_COLUMNS, MAX_FILE, Row, calendar_in, csv_in};
use sotruc_base::error::{Code, Error, Result};
use sotruc_base::file_name;
use sotruc_base::text::{Encoding, Legacy, decode, share_of_vietnamese};
use sotruc_base::word::words;

words! {
    /// The format of a file, whatever it is called.
    Format, "format" {
        /// Text separated by commas or semicolons.
        Csv = "csv",
        /// Text separated by tabs.
        Tsv = "tsv",
        /// A calendar.
        Ics = "ics",
        /// Excel from 2007 on.
        Xlsx = "xlsx",
        /// Excel before 2007.
        Xls = "xls",
        /// OpenDocument.
        Ods = "ods",
    }
}

/// A file as it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// How its text was saved, when it is text.
    pub encoding: Option<Encoding>,
    /// What separates its cells, when it is text.
    pub separator: Option<char>,
    /// The way its Vietnamese was written, when that was before Unicode.
    pub legacy: Option<Legacy>,
    /// Its visible sheets.
    pub grids: Vec<SheetGrid>,
    /// The names of its other sheets.
    pub hidden: Vec<String>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetGrid {
    /// Its name, in files that have several.
    pub sheet: Option<String>,
    /// Its rows that hold anything.
    pub rows: Vec<Row>,
    /// Cells that were made one.
    pub merged: Vec<Merged>,
}

/// Cells that were made one: rows as a spreadsheet counts, columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// The first row.
    pub top: usize,
    /// The last row.
    pub bottom: usize,
    /// The first column.
    pub left: usize,
    /// The last column.
    pub right: usize,
}

impl File {
    /// The names of its sheets.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.grids.iter().filter_map(|grid| grid.sheet.as_deref())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Code::File`] when it cannot be read, [`Code::SheetLarge`], [`Code::SheetEmpty`],
    /// [`Code::SheetNotText`], [`Code::SheetWebPage`], [`Code::SheetQuote`],
    /// [`Code::SheetBroken`], [`Code::SheetLocked`].
    pub fn open(path: &Path) -> Result<Self> {
        file_name::check(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let size = fs::metadata(path)
            .map_err(|cause| Error::file(path, cause))?
            .len();
        if size > MAX_FILE {
            return Err(Error::new(Code::SheetLarge).with("file", &*name));
        }
        let bytes = fs::read(path).map_err(|cause| Error::file(path, cause))?;
        Self::of(&name, &bytes)
    }

    /// [`File::open`], from bytes; `name` is what they go by.
    ///
    /// # Errors
    /// As there, but for [`Code::File`].
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self> {
        let mut file = match format_of(bytes) {
            Some(format) => {
                let (grids, hidden) = workbook(name, bytes, format)?;
                Self {
                    name: name.to_owned(),
                    format,
                    encoding: None,
                    separator: None,
                    legacy: None,
                    grids,
                    hidden,
                }
            }
            None => {
                let (text, encoding) = decode(bytes)
                    .ok_or_else(|| Error::new(Code::SheetNotText).with("file", name))?;
                if is_web_page(&text) {
                    return Err(Error::new(Code::SheetWebPage).with("file", name));
                }
                let (format, separator, rows) = match calendar_in::is_calendar(&text) {
                    true => (Format::Ics, None, calendar_in::rows(&text)),
                    false => match csv_in::rows(name, &text)? {
                        ('\t', rows) => (Format::Tsv, Some('\t'), rows),
                        (separator, rows) => (Format::Csv, Some(separator), rows),
                    },
                };
                Self {
                    name: name.to_owned(),
                    format,
                    encoding: Some(encoding),
                    separator,
                    legacy: None,
                    grids: vec![SheetGrid {
                        sheet: None,
                        rows,
                        merged: Vec::new(),
                    }],
                    hidden: Vec::new(),
                }
            }
        };
        if file.grids.iter().all(|grid| grid.rows.is_empty()) {
            return Err(Error::new(Code::SheetEmpty).with("file", name));
        }
        file.modernise();
        Ok(file)
    }

    /// Reads Vietnamese from before Unicode where it was written so: in the whole file, in a
    /// column, or in a row that somebody copied from an old one.
    fn modernise(&mut self) {
        for grid in &mut self.grids {
            let all = grid.rows.iter().flat_map(|row| &row.cells);
            if let Some(legacy) = Legacy::of(&sample(all.filter(|cell| !cell.is_ascii()))) {
                self.legacy = Some(legacy);
                let cells = grid.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| *cell = legacy.read(cell));
                continue;
            }
            let width = grid
                .rows
                .iter()
                .map(|row| row.cells.len())
                .max()
                .unwrap_or_default();
            for column in 0..width.min(MAX_COLUMNS) {
                let of = |row: &'_ Row| {
                    row.cells
                        .get(column)
                        .filter(|cell| Legacy::can_be(cell))
                        .cloned()
                };
                let cells: Vec<String> = grid.rows.iter().filter_map(of).collect();
                if let Some(legacy) = Legacy::of(&sample(cells.iter())) {
                    self.legacy = Some(legacy);
                    let cells = grid
                        .rows
                        .iter_mut()
                        .filter_map(|row| row.cells.get_mut(column));
                    read_where_it_can_be(legacy, cells);
                }
            }
            for row in &mut grid.rows {
                let cells = row.cells.iter().filter(|cell| Legacy::can_be(cell));
                if let Some(legacy) = Legacy::of(&sample(cells)) {
                    self.legacy = Some(legacy);
                    read_where_it_can_be(legacy, row.cells.iter_mut());
                }
            }
        }
    }
}

fn read_where_it_can_be<'a>(legacy: Legacy, cells: impl Iterator<Item = &'a mut String>) {
    for cell in cells.filter(|cell| Legacy::can_be(cell)) {
        let read = legacy.read(cell);
        // A cell beside may be Unicode that needs no other letters.
        if share_of_vietnamese(&read) > share_of_vietnamese(cell) {
            *cell = read;
        }
    }
}

/// Enough of some cells to tell how they are written.
fn sample<'a>(cells: impl Iterator<Item = &'a String>) -> String {
    const ENOUGH: usize = 20_000;
    const OF_ONE: usize = 200;
    let mut sample = String::new();
    for cell in cells {
        sample.extend(cell.chars().take(OF_ONE));
        sample.push('\n');
        if sample.len() > ENOUGH {
            break;
        }
    }
    sample
}

/// Reads a workbook. Whatever a damaged one does to its reader, here it is a damaged file.
fn workbook(name: &str, bytes: &[u8], format: Format) -> Result<Sheets> {
    std::panic::catch_unwind(|| workbook_in::read(name, bytes, format))
        .unwrap_or_else(|_| Err(Error::new(Code::SheetBroken).with("file", name)))
}

/// Whether the text is that of a web page or of an XML table: programs write tables so and call
/// them `.xls`.
fn is_web_page(text: &str) -> bool {
    let begin: String = text.trim_start().chars().take(9).collect();
    let begin = begin.to_ascii_lowercase();
    ["<html", "<!doctype", "<?xml", "<table", "<meta", "<head"]
        .iter()
        .any(|tag| begin.starts_with(tag))
}

/// What a file is by its first bytes; `None` for text or anything else.
fn format_of(bytes: &[u8]) -> Option<Format> {
    let has = |part: &[u8]| memchr::memmem::find(bytes, part).is_some();
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(Format::Xls);
    }
    bytes
        .starts_with(b"PK\x03\x04")
        .then(|| match has(b"opendocument.spreadsheet") {
            true => Format::Ods,
            false => Format::Xlsx,
        })
}
