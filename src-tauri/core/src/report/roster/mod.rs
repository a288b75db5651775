//! Who is on duty when: as a list, and as a grid of posts and days.

mod grid;
mod lines;
mod list;

pub(super) use lines::{Line, Lines};

use std::io::Write;

use super::{Layout, RosterOptions};
use crate::clock::Instant;
use crate::directory::unit::Unit;
use crate::error::Result;
use crate::sheet::out::Form;
use crate::store::Reader;

/// The roster: shifts, standing contacts, and the holes between them.
///
/// # Errors
/// Those of the store, [`crate::Code::File`], [`crate::Code::SpanLong`], those of the options.
pub fn roster(
    book: Reader<'_>,
    to: impl Write,
    form: Form,
    options: &RosterOptions,
    without_numbers: bool,
    now: Instant,
) -> Result<()> {
    let roster = book.roster()?;
    let span = options.span(&roster.periods)?;
    let lines = Lines::new(&roster, span, now);
    let wished = |unit: &&Unit| options.unit.is_none_or(|wished| unit.id == wished);
    let has_lines = |unit: &&Unit| unit.ended_at.is_none() || !lines.of(unit).is_empty();
    let all = roster.listed_units();
    let units: Vec<&Unit> = all.iter().filter(wished).filter(has_lines).collect();
    match options.layout.unwrap_or(Layout::List) {
        Layout::List => list::list(book, to, form, &lines, &units, without_numbers),
        Layout::Grid => grid::grid(book, to, form, &lines, &units, span),
    }
}
