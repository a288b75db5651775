//! Tables for people, forms for machines.

use serde::Serializer;
use sotruc_core::clock::Instant;
use unicode_width::UnicodeWidthStr;

/// Rows under headings, in columns that line up; nothing for no rows.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    // A terminal would obey what it cannot show.
    let line = |cell: &str| {
        let cell = cell.replace('\n', " ⏎ ");
        cell.replace(char::is_control, "\u{fffd}")
    };
    let width = |at: usize| {
        let cells = rows.iter().map(|row| line(&row[at]).width());
        cells.chain([headings[at].width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let mut text = String::new();
    let mut push = |cells: &mut dyn Iterator<Item = String>| {
        let mut row = String::new();
        for (cell, width) in cells.zip(&widths) {
            let blanks = width - cell.width();
            row.push_str(&cell);
            row.push_str(&" ".repeat(blanks + 2));
        }
        text.push_str(row.trim_end());
        text.push('\n');
    };
    push(&mut headings.iter().map(|heading| (*heading).to_owned()));
    push(&mut widths.iter().map(|width| "─".repeat(*width)));
    for row in rows {
        push(&mut row.iter().map(|cell| line(cell)));
    }
    text
}

/// A moment for machines.
pub fn moment<S: Serializer>(at: &Instant, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&at.rfc3339())
}

/// A moment for machines, or null.
pub fn maybe_moment<S: Serializer>(at: &Option<Instant>, to: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => moment(at, to),
        None => to.serialize_none(),
    }
}
