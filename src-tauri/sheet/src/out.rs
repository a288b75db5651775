//! Tables out: text that Excel opens by double-click, and workbooks; both come back in unchanged.

use rust_xlsxwriter::{Format, FormatAlign};
use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use crate::reads_as_nothing;
use sotruc_base::clock::{DAY, Instant, MINUTE};
use sotruc_base::error::{Code, Error, Result};

/// A cell to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words somebody wrote: made harmless where a spreadsheet would run or change them.
    Text(String),
    /// A telephone number or another form that a spreadsheet leaves alone.
    Plain(String),
    /// A moment, as `dd/MM/yyyy HH:mm`.
    Time(Instant),
    /// A length of time in milliseconds, as hours and minutes.
    Length(i64),
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

    /// As it stands in a text.
    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) if needs_guard(text) || reads_as_nothing(text) => {
                Cow::Owned(format!("'{text}"))
            }
            Self::Text(text) | Self::Plain(text) => Cow::Borrowed(text),
            Self::Time(at) => Cow::Owned(at.to_string()),
            Self::Length(time) => {
                let minutes = time / MINUTE;
                Cow::Owned(format!("{}:{:02}", minutes / 60, minutes % 60))
            }
            Self::Count(count) => Cow::Owned(count.to_string()),
            Self::Empty => Cow::Borrowed(""),
        }
    }
}

/// The ending of a file's name in small letters, nothing where it has none.
#[must_use]
pub fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_lowercase()
}

/// The error for a form that is none of those known.
#[must_use]
pub fn no_form(given: &str, known: &str) -> Error {
    Error::new(Code::ValueUnknown)
        .with("field", "format")
        .with("given", given)
        .with("known", known)
}

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text, its cells apart by this separator.
    Csv {
        /// `,` or `;`.
        separator: u8,
    },
    /// An Excel workbook.
    Xlsx,
}

impl Form {
    /// The form of this key; text without one, as standard output has none.
    #[must_use]
    pub fn of_key(key: &str, separator: u8) -> Option<Self> {
        match key {
            "" | "csv" => Some(Self::Csv { separator }),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The form that the ending of a file asks for.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`] for an ending of something else: nobody gets a table under a wrong name.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = ending(path);
        Self::of_key(&ending, b',').ok_or_else(|| no_form(&ending, "csv, xlsx"))
    }

    /// Its stable key, as in the ending of a file.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv { .. } => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A table of rows that are made as they are written.
pub struct Sheet<W: Write> {
    inner: Inner<W>,
    /// How many columns have a heading.
    width: usize,
}

enum Inner<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Xlsx(Box<Workbook<W>>),
}

impl<W: Write> Sheet<W> {
    /// Begins a table. As text: UTF-8 with byte order mark, CRLF.
    ///
    /// # Errors
    /// [`Code::File`] without the file's name, which only the caller knows.
    pub fn new(to: W, form: Form, headings: &[&str]) -> Result<Self> {
        Self::wide(to, form, headings, 0)
    }

    /// [`Sheet::new`], of many columns: the first `kept` stay in sight, and on every page.
    ///
    /// # Errors
    /// As [`Sheet::new`].
    pub fn wide(mut to: W, form: Form, headings: &[&str], kept: usize) -> Result<Self> {
        let width = headings.len();
        let separator = match form {
            Form::Csv { separator } => separator,
            Form::Xlsx => {
                let inner = Inner::Xlsx(Box::new(Workbook::new(to, headings, kept)?));
                return Ok(Self { inner, width });
            }
        };
        to.write_all("\u{feff}".as_bytes()).map_err(unwritable)?;
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer(to);
        writer
            .write_record(headings)
            .map_err(|cause| unwritable(cause.into()))?;
        let inner = Inner::Csv(Box::new(writer));
        Ok(Self { inner, width })
    }

    /// Goes on in the part of this name: a sheet of its own in a workbook, nothing in a text.
    ///
    /// # Errors
    /// As [`Sheet::new`].
    pub fn part(&mut self, name: &str) -> Result<()> {
        match &mut self.inner {
            Inner::Csv(_) => Ok(()),
            Inner::Xlsx(book) => book.part(name),
        }
    }

    /// Adds a row; cells that are not given are empty.
    ///
    /// # Errors
    /// As [`Sheet::new`].
    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let width = self.width;
        match &mut self.inner {
            Inner::Csv(writer) => {
                let unwritable = |cause: csv::Error| unwritable(cause.into());
                let missing = width.saturating_sub(cells.len());
                for cell in cells
                    .iter()
                    .chain(std::iter::repeat_n(&Cell::Empty, missing))
                {
                    writer
                        .write_field(cell.written().as_bytes())
                        .map_err(unwritable)?;
                }
                writer.write_record(None::<&[u8]>).map_err(unwritable)
            }
            Inner::Xlsx(book) => book.row(cells),
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// As [`Sheet::new`].
    pub fn end(self) -> Result<()> {
        match self.inner {
            Inner::Csv(mut writer) => writer.flush().map_err(unwritable),
            Inner::Xlsx(book) => book.end(),
        }
    }
}

/// Rows that a sheet of Excel holds, the headings among them.
const SHEET_ROWS: u32 = 1_048_576;
const A4: u8 = 9;
/// Widths in characters.
const NARROWEST: usize = 6;
const WIDEST: usize = 48;
/// Columns of a wide table on a page, beside those that stay.
const ON_A_PAGE: usize = 7;
/// Letters that the name of a sheet has at most, and those it cannot have.
const LONGEST_NAME: usize = 31;
const NOT_IN_A_NAME: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// A workbook: real texts, dates and numbers; headings that stay in sight and on every page.
struct Workbook<W: Write> {
    to: W,
    book: rust_xlsxwriter::Workbook,
    headings: Vec<String>,
    /// How many columns stay in sight.
    kept: usize,
    /// The name of the part that is being written.
    part: Option<String>,
    /// The row to be written next in the sheet to be written in.
    row: u32,
    widths: Vec<usize>,
    time: Format,
    length: Format,
    text: Format,
}

impl<W: Write> Workbook<W> {
    fn new(to: W, headings: &[&str], kept: usize) -> Result<Self> {
        let mut new = Self {
            to,
            book: rust_xlsxwriter::Workbook::new(),
            headings: headings
                .iter()
                .map(|heading| (*heading).to_owned())
                .collect(),
            kept,
            part: None,
            row: 0,
            widths: Vec::new(),
            time: Format::new()
                .set_num_format("dd/mm/yyyy hh:mm")
                .set_align(FormatAlign::Left),
            length: Format::new().set_num_format("[h]:mm"),
            text: Format::new()
                .set_num_format("@")
                .set_text_wrap()
                .set_align(FormatAlign::Top),
        };
        new.begin()?;
        Ok(new)
    }

    /// Begins a sheet.
    fn begin(&mut self) -> Result<()> {
        let bold = Format::new()
            .set_bold()
            .set_background_color("E2F0EA")
            .set_text_wrap();
        self.widths = self
            .headings
            .iter()
            .map(|heading| heading.chars().count())
            .collect();
        let sheet = self
            .book
            .add_worksheet_with_constant_memory()
            .map_err(unmade)?;
        let kept = u16::try_from(self.kept).unwrap_or_default();
        let pages = match kept {
            0 => 1,
            _ => (self.headings.len() - self.kept).div_ceil(ON_A_PAGE).max(1),
        };
        sheet
            .set_paper_size(A4)
            .set_landscape()
            .set_print_fit_to_pages(u16::try_from(pages).unwrap_or(1), 0);
        sheet.set_freeze_panes(1, kept).map_err(unmade)?;
        sheet.set_repeat_rows(0, 0).map_err(unmade)?;
        if kept > 0 {
            sheet.set_repeat_columns(0, kept - 1).map_err(unmade)?;
        }
        for (column, heading) in (0u16..).zip(&self.headings) {
            sheet
                .write_string_with_format(0, column, heading, &bold)
                .map_err(unmade)?;
        }
        self.row = 1;
        Ok(())
    }

    fn part(&mut self, name: &str) -> Result<()> {
        if self.part.as_deref() == Some(name) {
            return Ok(());
        }
        if self.row > 1 {
            self.finish()?;
            self.begin()?;
        }
        if let Some(sheet) = self.book.worksheets_mut().last_mut() {
            sheet.set_name(sheet_name(name)).map_err(unmade)?;
        }
        self.part = Some(name.to_owned());
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        if self.row == SHEET_ROWS {
            self.finish()?;
            self.begin()?;
        }
        let row = self.row;
        let Some(sheet) = self.book.worksheets_mut().last_mut() else {
            return Ok(());
        };
        for ((column, cell), width) in (0u16..).zip(cells).zip(&mut self.widths) {
            let wrote = match cell {
                // A workbook runs no text, but what reads as nothing has its mark there too.
                Cell::Text(text) if reads_as_nothing(text) => {
                    sheet.write_string_with_format(row, column, format!("'{text}"), &self.text)
                }
                Cell::Text(text) | Cell::Plain(text) => {
                    sheet.write_string_with_format(row, column, text, &self.text)
                }
                Cell::Time(at) => {
                    sheet.write_number_with_format(row, column, moment(*at), &self.time)
                }
                Cell::Length(time) => {
                    let days = *time as f64 / DAY as f64;
                    sheet.write_number_with_format(row, column, days, &self.length)
                }
                Cell::Count(count) => sheet.write_number(row, column, *count as f64),
                Cell::Empty => continue,
            };
            wrote.map_err(unmade)?;
            let written = cell.written();
            let longest = written.lines().map(|line| line.chars().count()).max();
            *width = (*width).max(longest.unwrap_or_default());
        }
        self.row += 1;
        Ok(())
    }

    /// Ends a sheet: what is known only when its rows are.
    fn finish(&mut self) -> Result<()> {
        let Some(sheet) = self.book.worksheets_mut().last_mut() else {
            return Ok(());
        };
        let last = u16::try_from(self.headings.len())
            .unwrap_or(1)
            .saturating_sub(1);
        sheet.autofilter(0, 0, self.row - 1, last).map_err(unmade)?;
        for (column, width) in (0u16..).zip(&self.widths) {
            let width = (width + 2).clamp(NARROWEST, WIDEST);
            sheet
                .set_column_width(column, width as f64)
                .map_err(unmade)?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<()> {
        self.finish()?;
        let bytes = self.book.save_to_buffer().map_err(unmade)?;
        self.to.write_all(&bytes).map_err(unwritable)?;
        self.to.flush().map_err(unwritable)
    }
}

/// A text as a sheet can be called.
fn sheet_name(text: &str) -> String {
    let name: String = text
        .chars()
        .map(|c| if NOT_IN_A_NAME.contains(&c) { '-' } else { c })
        .take(LONGEST_NAME)
        .collect();
    name.trim_matches(['\'', ' ']).to_owned()
}

/// A moment as a workbook counts. Midnight is a hair more than the whole number that would mean
/// the day.
fn moment(at: Instant) -> f64 {
    const HAIR: f64 = 1e-7;
    let days = at.spreadsheet_days();
    if days.fract() == 0.0 {
        days + HAIR
    } else {
        days
    }
}

fn unmade(cause: rust_xlsxwriter::XlsxError) -> Error {
    match cause {
        rust_xlsxwriter::XlsxError::IoError(cause) => unwritable(cause),
        cause => Error::new(Code::File).with("file", "").with("why", cause),
    }
}

fn unwritable(cause: std::io::Error) -> Error {
    Error::file(Path::new(""), cause)
}

/// The text of a cell without the mark that guards it; what reads as nothing keeps its mark until it
/// is asked what the cell says.
pub(super) fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) && !reads_as_nothing(rest) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet would run the text as a formula or turn it into something else, or the
/// text begins like one that was guarded.
fn needs_guard(text: &str) -> bool {
    let unmarked = text.trim_start_matches('\'');
    if unmarked.starts_with(['\t', '\r']) {
        return true;
    }
    let unmarked = unmarked.trim();
    match unmarked.chars().next() {
        None => false,
        Some('=' | '+' | '-' | '@') => true,
        Some(first) => {
            first.is_alphabetic() && is_word_of_value(unmarked)
                || !first.is_alphabetic() && would_change(unmarked)
        }
    }
}

/// Words that a spreadsheet takes for values, in the languages it may speak here.
fn is_word_of_value(text: &str) -> bool {
    let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    /// The longest date with the name of a month, in bytes.
    const LONGEST: usize = 32;
    if text.len() > LONGEST {
        return false;
    }
    let text = text.to_lowercase();
    let dated = text.chars().any(|c| c.is_ascii_digit())
        && months.iter().any(|month| text.starts_with(month));
    dated || ["true", "false", "đúng", "sai"].contains(&text.as_str())
}

/// Digits with only signs of numbers, money, dates and times among them, but for the blanks that
/// keep a telephone number a text.
fn would_change(text: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    let plain_count = text.len() < 12 && !text.starts_with('0') && text.chars().all(digits);
    let telephone =
        text.starts_with('0') && text.contains(' ') && text.chars().all(|c| digits(c) || c == ' ');
    if plain_count || telephone || !text.contains(digits) {
        return false;
    }
    let is_sign = |c: char| ".,/-:+%()$₫ ".contains(c);
    // `7 PM`, `1-May-16`, `1E5`, `2016-05-25T07:00`: a date may hold a word.
    let valued = |word: &str| {
        let word = word.to_ascii_lowercase();
        ["", "e", "t", "z", "am", "pm"].contains(&word.as_str())
            || is_word_of_value(&format!("{word}1"))
    };
    text.split(|c: char| digits(c) || is_sign(c)).all(valued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_what_the_ending_of_its_file_says() {
        let text = Some(Form::Csv { separator: b',' });
        let check = |name: &str, expect: Option<Form>| {
            let found = Form::of(Path::new(name));
            assert_eq!(found.as_ref().ok(), expect.as_ref(), "{name}");
            if let Err(error) = found {
                assert_eq!(error.code, Code::ValueUnknown, "{name}");
            }
        };
        check("danh bạ.csv", text);
        check("DANH BẠ.CSV", text);
        check("-", text);
        check("danh bạ", text);
        check("danh bạ.xlsx", Some(Form::Xlsx));
        check("danh bạ.xls", None);
        check("danh bạ.pdf", None);
        check("danh bạ.csv.txt", None);
    }

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
        check("(5)", true);
        check("1 1/2", true);
        check("2016-05-25T07:00", true);
        check(".5", true);
        check("May 5", true);
        check("1-May-16", true);
        check("1 AM", true);
        check("$5", true);
        check("ĐÚNG", true);
        check("1 người", false);
        check("Mai", false);
        check("May Thị Lan", false);
        check("12", false);
        check("0905 123 456", false);
        check("12 Lê Duẩn", false);
        check("Sở Nội vụ", false);
        check("", false);
    }
}
