//! A text table: cells separated by commas, semicolons or tabs.

use crate::heading::{self, List, Reading};
use crate::out::without_guard;
use crate::{MAX_COLUMNS, Row};
use sotruc_base::error::{Code, Error, Result};

/// The separator and the rows of a text table that hold anything.
///
/// # Errors
/// [`Code::SheetNotText`], [`Code::SheetQuote`].
pub(super) fn rows(file: &str, text: &str) -> Result<(char, Vec<Row>)> {
    let not_text = || Error::new(Code::SheetNotText).with("file", file);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Excel's own note of the separator, in the first line.
    let (noted, text) = match text.split_once('\n') {
        Some((first, rest)) if first.len() <= 6 && first.starts_with("sep=") => {
            (first.trim_end().as_bytes().get(4).copied(), rest)
        }
        _ => (None, text),
    };
    let first = 1 + usize::from(noted.is_some());
    let separator = noted.unwrap_or_else(|| separator(text));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut number, mut end) = (first - 1, 0);
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
        // One more than are looked at: then the row is longer than its headings.
        let cells = record
            .iter()
            .take(MAX_COLUMNS + 1)
            .map(without_guard)
            .map(str::to_owned);
        rows.push(Row::new(number, cells.collect()));
    }
    rows.retain(|row: &Row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok((char::from(separator), rows))
}

/// The separator under which a line is understood best as headings; where none is, the one that
/// stands most often. Title blocks may have none, and names of units may have commas.
fn separator(text: &str) -> u8 {
    const LINES: usize = 60;
    const CELLS: usize = 64;
    const BYTES: usize = 1 << 16;
    let end = (0..=BYTES.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let text = &text[..end.unwrap_or_default()];
    const KNOWN: [char; 3] = ['\t', ';', ','];
    let lists = [List::People, List::Units, List::Roster];
    let known = |cell: &str| {
        let cell = cell.trim_matches(['"', ' ']);
        lists
            .iter()
            .any(|list| heading::understand(cell, *list, Reading::Strict).is_some())
    };
    let best = |separator: char| {
        let understood = |line: &str| {
            line.split(separator)
                .take(CELLS)
                .filter(|cell| known(cell))
                .count()
        };
        let lines = || text.lines().take(LINES);
        let headings = lines().map(understood).max().unwrap_or_default();
        let count: usize = lines().map(|line| line.matches(separator).count()).sum();
        (headings, count)
    };
    let most = KNOWN.into_iter().max_by_key(|separator| best(*separator));
    most.map_or(b',', |separator| separator as u8)
}

fn empty_lines(text: &str) -> usize {
    let blank = &text[..text.len() - text.trim_start_matches(['\r', '\n']).len()];
    blank.matches('\n').count().max(blank.matches('\r').count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::File;

    #[test]
    fn rows_are_counted_as_a_spreadsheet_does() {
        let text = "\u{feff}Mã;Tên\r\n\r\nA;\"hai\r\ndòng\"\r\n;\r\nB;b\r\n";
        let (separator, rows) = rows("t.csv", text).expect("a table");
        assert_eq!(separator, ';');
        let numbers: Vec<usize> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 5]);
        assert_eq!(rows[1].cells[1], "hai\r\ndòng");
        let (separator, rows) = self::rows("t.csv", "sep=|\nA|B\n1|2\n").expect("a table");
        assert_eq!((separator, rows[1].number), ('|', 3));
    }

    #[test]
    fn the_separator_is_found_under_a_title_and_beside_commas_in_names() {
        let check = |text: &str, expect: char| {
            assert_eq!(rows("t", text).expect("a table").0, expect, "{text}");
        };
        check("A,B\n1,2\n", ',');
        check(
            "Sở Văn hóa, Thể thao và Du lịch\n\nĐơn vị;Họ tên\nSở Văn hóa, Thể thao;An\n",
            ';',
        );
        check("A\tB\nx, y\tz\n", '\t');
        check("một cột\nhai\n", ',');
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let check = |bytes: &[u8], expect: Code| {
            let read = File::of("t", bytes).map_err(|error| error.code);
            assert_eq!(read, Err(expect), "{bytes:?}");
        };
        check(b"", Code::SheetEmpty);
        check(b"\xef\xbb\xbf\r\n\r\n", Code::SheetEmpty);
        check(b"\x89PNG\r\n\x1a\n\0\0", Code::SheetNotText);
        check(b"\n<html><body><table>", Code::SheetWebPage);
        check(b"PK\x03\x04", Code::SheetBroken);
        check(b"\xd0\xcf\x11\xe0", Code::SheetBroken);
        check(b"A,B\n1,\"2\n3,4\n5,6\n", Code::SheetQuote);
    }
}
