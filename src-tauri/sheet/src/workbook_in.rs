//! Workbooks in: XLSX, XLS and ODS, every visible sheet as rows of text.

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader, SheetVisible, Xls, XlsError, Xlsx,
    XlsxError,
};
use std::io::Cursor;

use crate::grid::{Format, Merged, SheetGrid};
use crate::xls_size::{self, Size};
use crate::{MAX_COLUMNS, MAX_UNPACKED, Row};
use sotruc_base::error::{Code, Error, Result};

/// What a part of a packed file may take that is held whole, in bytes.
const MAX_HELD: u64 = 256 << 20;

type Bytes<'a> = Cursor<&'a [u8]>;

/// The visible sheets of a workbook, and the names of the others.
pub(super) type Sheets = (Vec<SheetGrid>, Vec<String>);

/// Reads the visible sheets of a workbook.
pub(super) fn read(file: &str, bytes: &[u8], format: Format) -> Result<Sheets> {
    let broken = || Error::new(Code::SheetBroken).with("file", file);
    match format {
        Format::Xlsx => {
            unpacked(file, bytes)?;
            xlsx(file, bytes, &broken)
        }
        Format::Xls => match xls_size::size(bytes) {
            Size::Fits => xls(file, bytes, &broken),
            Size::Large => Err(Error::new(Code::SheetLarge).with("file", file)),
            Size::Locked => Err(Error::new(Code::SheetLocked).with("file", file)),
            Size::Broken => Err(broken()),
        },
        Format::Ods => {
            unpacked(file, bytes)?;
            ods(bytes, &broken)
        }
        Format::Csv | Format::Tsv | Format::Ics => Err(broken()),
    }
}

/// Whether a packed file is what it says, and not larger than it may be once unpacked.
fn unpacked(file: &str, bytes: &[u8]) -> Result<()> {
    let broken = |_| Error::new(Code::SheetBroken).with("file", file);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut size = 0u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(broken)?;
        // Sheets are read cell by cell; these are held whole.
        let whole = part
            .name()
            .is_ok_and(|name| name.ends_with("sharedStrings.xml") || name.ends_with("content.xml"));
        if whole && part.size() > MAX_HELD {
            return Err(Error::new(Code::SheetLarge).with("file", file));
        }
        size = size.saturating_add(part.size());
    }
    match size > MAX_UNPACKED {
        true => Err(Error::new(Code::SheetLarge).with("file", file)),
        false => Ok(()),
    }
}

fn xlsx(file: &str, bytes: &[u8], broken: &dyn Fn() -> Error) -> Result<Sheets> {
    let mut book: Xlsx<Bytes<'_>> = Xlsx::new(Cursor::new(bytes)).map_err(|cause| match cause {
        XlsxError::Password => Error::new(Code::SheetLocked).with("file", file),
        _ => broken(),
    })?;
    let mut grids = Vec::new();
    for name in visible(&book) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut rows: Vec<Row> = Vec::new();
        let mut size = 0usize;
        let mut cells = book.worksheet_cells_reader(&name).map_err(|_| broken())?;
        while let Some(cell) = cells.next_cell().map_err(|_| broken())? {
            let (row, column) = cell.get_position();
            let text = of_ref(cell.get_value());
            if text.trim().is_empty() || column as usize >= MAX_COLUMNS {
                continue;
            }
            size += text.len() + size_of::<String>();
            if size as u64 > MAX_UNPACKED {
                return Err(Error::new(Code::SheetLarge).with("file", file));
            }
            place(&mut rows, row as usize + 1, column as usize, text);
        }
        grids.push(grid(name, rows, &merged));
    }
    Ok((grids, hidden(&book)))
}

fn xls(file: &str, bytes: &[u8], broken: &dyn Fn() -> Error) -> Result<Sheets> {
    let mut book: Xls<Bytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(|cause| match cause {
        XlsError::Password => Error::new(Code::SheetLocked).with("file", file),
        _ => broken(),
    })?;
    let mut grids = Vec::new();
    for name in visible(&book) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = book.worksheet_range(&name).map_err(|_| broken())?;
        grids.push(grid(name, rows_of(&range), &merged));
    }
    Ok((grids, hidden(&book)))
}

fn ods(bytes: &[u8], broken: &dyn Fn() -> Error) -> Result<Sheets> {
    let mut book: Ods<Bytes<'_>> = Ods::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut grids = Vec::new();
    for name in visible(&book) {
        let range = book.worksheet_range(&name).map_err(|_| broken())?;
        grids.push(grid(name, rows_of(&range), &[]));
    }
    Ok((grids, hidden(&book)))
}

fn visible<'a>(book: &impl Reader<Bytes<'a>>) -> Vec<String> {
    named(book, true)
}

fn hidden<'a>(book: &impl Reader<Bytes<'a>>) -> Vec<String> {
    named(book, false)
}

fn named<'a>(book: &impl Reader<Bytes<'a>>, visible: bool) -> Vec<String> {
    book.sheets_metadata()
        .iter()
        .filter(|sheet| (sheet.visible == SheetVisible::Visible) == visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

fn rows_of(range: &calamine::Range<Data>) -> Vec<Row> {
    let (top, left) = range.start().unwrap_or_default();
    let mut rows = Vec::new();
    for (row, column, value) in range.used_cells() {
        let column = left as usize + column;
        let text = of_data(value);
        if !text.trim().is_empty() && column < MAX_COLUMNS {
            place(&mut rows, top as usize + row + 1, column, text);
        }
    }
    rows
}

/// Puts a cell at its place; cells come row by row.
fn place(rows: &mut Vec<Row>, number: usize, column: usize, text: String) {
    if rows.last().is_none_or(|row| row.number != number) {
        rows.push(Row::new(number, Vec::new()));
    }
    if let Some(row) = rows.last_mut() {
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = text;
    }
}

fn grid(name: String, rows: Vec<Row>, merged: &[Dimensions]) -> SheetGrid {
    SheetGrid {
        sheet: Some(name),
        rows,
        merged: merged
            .iter()
            .map(|span| Merged {
                top: span.start.0 as usize + 1,
                bottom: span.end.0 as usize + 1,
                left: span.start.1 as usize,
                right: span.end.1 as usize,
            })
            .collect(),
    }
}

fn of_data(value: &Data) -> String {
    match value {
        Data::String(text) => text.clone(),
        Data::DateTimeIso(text) => of_iso_time(text),
        Data::DurationIso(text) => of_iso_length(text),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => of_number(*number),
        Data::Bool(yes) => of_bool(*yes),
        Data::DateTime(at) => of_time(at),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn of_ref(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        other => of_data(&other.clone().into()),
    }
}

fn of_bool(yes: bool) -> String {
    if yes { "TRUE" } else { "FALSE" }.to_owned()
}

/// A whole number without a point: telephone numbers are often kept so.
fn of_number(number: f64) -> String {
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => format!("{number:.0}"),
        false => number.to_string(),
    }
}

/// `22/05/2016` for a whole day, `22/05/2016 07:30`, or `07:30` for a time of no day.
fn of_time(at: &ExcelDateTime) -> String {
    let value = at.as_f64();
    // Half a second is less than any sheet shows, and more than its numbers are wrong by.
    let seconds = (value * 86_400.0).round();
    let minute = (seconds.rem_euclid(3_600.0) / 60.0).floor();
    if at.is_duration() || value < 1.0 {
        return format!("{:02.0}:{minute:02.0}", (seconds / 3_600.0).floor());
    }
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    let date = format!("{day:02}/{month:02}/{year:04}");
    let hour = (seconds.rem_euclid(86_400.0) / 3_600.0).floor();
    match value.fract() == 0.0 {
        true => date,
        false => format!("{date} {hour:02.0}:{minute:02.0}"),
    }
}

/// [`of_time`] for `2016-05-22T07:30:00`.
fn of_iso_time(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return text.to_owned();
    };
    match time.get(..5).filter(|time| *time != "00:00") {
        Some(time) => format!("{day}/{month}/{year} {time}"),
        None => format!("{day}/{month}/{year}"),
    }
}

/// [`of_time`] for `PT07H30M00S`.
fn of_iso_length(text: &str) -> String {
    let read = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, _) = rest.split_once('M')?;
        Some(format!(
            "{:02}:{:02}",
            hours.parse::<u32>().ok()?,
            minutes.parse::<u32>().ok()?
        ))
    };
    read().unwrap_or_else(|| text.to_owned())
}
