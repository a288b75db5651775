//! Tables out: CSV that Excel opens by double-click and that comes back in unchanged.

use std::io::Write;

use crate::clock::Instant;
use crate::error::{Code, Error, Result};

/// A cell to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words somebody wrote: made harmless where a spreadsheet would run or change them.
    Text(String),
    /// A telephone number or another form that a spreadsheet leaves alone.
    Plain(String),
    /// A moment, as `dd/MM/yyyy HH:mm`.
    Time(Instant),
    /// A count.
    Count(u64),
    /// Nothing.
    Empty,
}

impl Cell {
    /// Words, or nothing.
    #[must_use]
    pub fn text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.to_owned()))
    }

    /// A moment, or nothing.
    #[must_use]
    pub fn time(at: Option<Instant>) -> Self {
        at.map_or(Self::Empty, Self::Time)
    }

    fn written(&self) -> String {
        match self {
            Self::Text(text) if needs_guard(text) => format!("'{text}"),
            Self::Text(text) | Self::Plain(text) => text.clone(),
            Self::Time(at) => at.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Empty => String::new(),
        }
    }
}

/// A table of rows that are made as they are written.
pub struct Sheet<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Sheet<W> {
    /// Begins a table: UTF-8 with byte order mark, CRLF, the separator (`,` or `;`).
    ///
    /// # Errors
    /// [`Code::File`] without the file's name, which only the caller knows.
    pub fn new(mut to: W, separator: u8, headings: &[&str]) -> Result<Self> {
        to.write_all("\u{feff}".as_bytes()).map_err(unwritable)?;
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(to);
        writer
            .write_record(headings)
            .map_err(|cause| unwritable(cause.into()))?;
        Ok(Self { writer })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`Sheet::new`].
    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        self.writer
            .write_record(cells.iter().map(Cell::written))
            .map_err(|cause| unwritable(cause.into()))
    }

    /// Ends the table.
    ///
    /// # Errors
    /// As [`Sheet::new`].
    pub fn end(mut self) -> Result<()> {
        self.writer.flush().map_err(unwritable)
    }
}

fn unwritable(cause: std::io::Error) -> Error {
    Error::new(Code::File).with("file", "").with("why", cause)
}

/// Whether a spreadsheet would run the text as a formula or turn it into something else, or the
/// text begins like one that was guarded.
pub(crate) fn needs_guard(text: &str) -> bool {
    let unmarked = text.trim_start_matches('\'');
    match unmarked.chars().next() {
        None => false,
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => true,
        Some(first) => {
            first.is_ascii_digit() && would_change(unmarked)
                || matches!(unmarked.to_ascii_uppercase().as_str(), "TRUE" | "FALSE")
        }
    }
}

/// Digits with only signs of numbers, dates and times among them, but for the blanks that keep a
/// telephone number a text.
fn would_change(text: &str) -> bool {
    let numeric = text.chars().all(|c| {
        c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | '-' | ':' | 'e' | 'E' | '+' | '%')
    });
    let plain_count =
        text.len() < 12 && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    numeric && !plain_count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_spreadsheet_would_change_is_guarded() {
        let check = |text: &str, expect: bool| assert_eq!(needs_guard(text), expect, "{text}");
        check("=1+1", true);
        check("-5 ca", true);
        check("@ai", true);
        check("00123", true);
        check("1E5", true);
        check("22/05/2016", true);
        check("True", true);
        check("'=1", true);
        check("'quote", false);
        check("12", false);
        check("0905 123 456", false);
        check("12 Lê Duẩn", false);
        check("Sở Nội vụ", false);
        check("", false);
    }
}
