//! A text table from a file: UTF-8, separated by commas, semicolons or tabs.

use std::fs;
use std::path::Path;

use super::{Row, Table};
use crate::error::{Code, Error, Result};
use crate::text::one_line;

/// Reads a CSV file. Its first row that holds anything is the headings.
///
/// # Errors
/// [`Code::File`] when it cannot be read, [`Code::SheetNotText`] when it is not a text table,
/// [`Code::SheetEmpty`] when nothing is in it.
pub fn read(path: &Path) -> Result<Table> {
    let bytes = fs::read(path).map_err(|cause| Error::file(path, cause))?;
    let file = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    parse(&file, &bytes)
}

/// [`read`], from bytes; `file` is the name they go by.
///
/// # Errors
/// As there, but for [`Code::File`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<Table> {
    let not_text = || Error::new(Code::SheetNotText).with("file", file);
    // What an .xlsx or .xls begins with, whatever the file is called.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Error::new(Code::SheetExcel).with("file", file));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| not_text())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return Err(not_text());
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut number, mut end) = (0, 0);
    while reader.read_record(&mut record).map_err(|_| not_text())? {
        // The reader passes over empty lines; a spreadsheet counts them.
        let next = reader.position().byte() as usize;
        let (before, from_here) = text.split_at(end);
        let here = &from_here[..next.min(text.len()) - end];
        // A record ends at the CR; the LF that goes with it is not a line of its own.
        let here = if before.ends_with('\r') {
            here.strip_prefix('\n').unwrap_or(here)
        } else {
            here
        };
        number += 1 + empty_lines(here);
        end = next.min(text.len());
        if end == text.len() && here.trim_end().contains('\n') && here.matches('"').count() % 2 == 1
        {
            return Err(Error::new(Code::SheetQuote)
                .with("file", file)
                .with("row", number));
        }
        rows.push(Row {
            number,
            cells: record
                .iter()
                .map(without_guard)
                .map(str::to_owned)
                .collect(),
        });
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    if rows.is_empty() {
        return Err(Error::new(Code::SheetEmpty).with("file", file));
    }
    let headings = rows.remove(0);
    let width = headings.cells.len();
    let too_long = |row: &&Row| {
        row.cells
            .iter()
            .skip(width)
            .any(|cell| !cell.trim().is_empty())
    };
    if let Some(row) = rows.iter().find(too_long) {
        return Err(Error::new(Code::SheetRowLong)
            .with("file", file)
            .with("row", row.number)
            .with("value", row.cells[width..].join(", ")));
    }
    Ok(Table {
        file: file.to_owned(),
        sheet: None,
        heading_row: headings.number,
        headings: headings.cells.iter().map(|cell| one_line(cell)).collect(),
        rows,
    })
}

/// The separator that stands most often in the first line that holds anything, outside quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(separator, _)| *separator)
}

fn empty_lines(text: &str) -> usize {
    let blank = &text[..text.len() - text.trim_start_matches(['\r', '\n']).len()];
    blank.matches('\n').count().max(blank.matches('\r').count())
}

/// The cell without the apostrophe that [`super::out`] puts before what a spreadsheet would run
/// or turn into something else.
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if super::out::needs_guard(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        let text = "\u{feff}Mã;Tên\r\n\r\nA;\"hai\r\ndòng\"\r\n;\r\nB;b\r\n";
        let table = parse("t.csv", text.as_bytes()).expect("a table");
        assert_eq!(table.headings, ["Mã", "Tên"]);
        let numbers: Vec<usize> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 5]);
        assert_eq!(table.rows[0].cells[1], "hai\r\ndòng");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let check = |bytes: &[u8], expect: Code| {
            assert_eq!(
                parse("t", bytes).map_err(|error| error.code),
                Err(expect),
                "{bytes:?}"
            );
        };
        check(b"", Code::SheetEmpty);
        check(b"\xef\xbb\xbf\r\n\r\n", Code::SheetEmpty);
        check(b"\x89PNG\r\n\x1a\n\0\0", Code::SheetNotText);
        check(b"PK\x03\x04", Code::SheetExcel);
        check(b"Ma,\xff\xfe", Code::SheetNotText);
        check(b"A,B\n1,2,3\n", Code::SheetRowLong);
        check(b"A,B\n1,\"2\n3,4\n5,6\n", Code::SheetQuote);
    }
}
