//! Rows that were turned away, as a table with the reason beside each: to be mended and brought in
//! again.

use std::io::Write;

use crate::out::{Cell, Form, Sheet};
use crate::{Rejected, Table};
use sotruc_base::error::Result;

/// Writes the rows of a table that were turned away, under its headings in one row; `reason` is the heading of the column of
/// reasons, `why` says one.
///
/// # Errors
/// [`sotruc_base::Code::File`] without the file's name, which only the caller knows.
pub fn write_rejected(
    table: &Table,
    rejected: &[Rejected],
    reason: &str,
    why: impl Fn(&Rejected) -> String,
    to: impl Write,
    form: Form,
) -> Result<()> {
    let headings: Vec<&str> = table.headings().chain([reason]).collect();
    let mut sheet = Sheet::new(to, form, &headings)?;
    let mut rejected = rejected.iter().peekable();
    while let Some(first) = rejected.next() {
        let mut reasons = vec![why(first)];
        while let Some(more) = rejected.next_if(|next| next.at == first.at) {
            reasons.push(why(more));
        }
        let cells = table.rows[first.at].cells.iter().take(table.columns.len());
        let mut cells: Vec<Cell> = cells.map(|cell| Cell::Text(cell.clone())).collect();
        cells.resize(table.columns.len(), Cell::Empty);
        cells.push(Cell::Text(reasons.join("; ")));
        sheet.row(&cells)?;
    }
    sheet.end()
}
