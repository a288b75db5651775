//! Who is on duty when: as a list, and as a grid of posts and days.

mod grid;
mod lines;
mod list;

pub(super) use lines::{Line, Lines};

use std::io::Write;

use super::{Layout, RosterWish};
use crate::clock::Instant;
use crate::error::Result;
use crate::sheet::out::Form;
use crate::store::Reader;
use crate::unit::Unit;

/// The roster: shifts, standing contacts, and the holes between them.
///
/// # Errors
/// Those of the store, [`crate::Code::File`], [`crate::Code::SpanLong`], those of the wish.
pub fn roster(
    book: Reader<'_>,
    to: impl Write,
    form: Form,
    wish: &RosterWish,
    without_numbers: bool,
    now: Instant,
) -> Result<()> {
    let roster = book.roster()?;
    let span = wish.span(&roster.periods)?;
    let lines = Lines::new(&roster, span, now);
    let wished = |unit: &&Unit| wish.unit.is_none_or(|wished| unit.id == wished);
    let units: Vec<&Unit> = roster.units.iter().filter(wished).collect();
    match wish.layout.unwrap_or(Layout::List) {
        Layout::List => list::list(book, to, form, &lines, &units, without_numbers),
        Layout::Grid => grid::grid(book, to, form, &lines, &units, span),
    }
}
