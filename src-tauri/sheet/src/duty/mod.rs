//! Duty lists as units write them: a row per shift with a day and hours, a grid of people and days
//! with marks, a grid of days and shifts with names.
//!
//! Each is unfolded into a row per person and shift, as a flat roster has them. What the sheet
//! says itself (its title, its legend) is filled in; what only the book can say is left as
//! written.

mod across;
pub mod days;
mod down;
pub mod form;
pub mod hours;
pub mod legend;
pub mod names;
pub mod people;
mod placement;
pub mod post_heading;
mod scan;
mod unfolded;

use crate::Table;
use crate::grid::SheetGrid;
use crate::layout::{ABOVE, ReadOptions};
use across::Across;
use down::Down;
pub use form::{DutyForm, ON_LEAVE};
use placement::{Placement, is_legend};
use sotruc_base::error::Result;
use unfolded::Unfolding;
pub(super) use unfolded::without_empty;

/// A shape of a list: where its headings are, and what they say.
enum Shape {
    Across(Across),
    Down(Down),
}

impl Shape {
    /// The shape of the list whose headings begin in this row.
    fn at(
        placement: &Placement<'_>,
        at: usize,
        options: &ReadOptions,
        lines: &[String],
    ) -> Option<Self> {
        let across = || Across::at(placement, at, options).map(Self::Across);
        Down::at(placement, at, options, lines)
            .map(Self::Down)
            .or_else(across)
    }
}

/// Whether headings stand in a row below those of a list.
fn begins_again(placement: &Placement<'_>, at: usize, options: &ReadOptions) -> bool {
    Down::is_plain_at(placement, at, options) || Across::at(placement, at, options).is_some()
}

/// Takes up the lists of a sheet; whether there are any. `headings` are those it saw.
///
/// # Errors
/// [`sotruc_base::Code::SheetLarge`].
pub(super) fn unfold(
    table: &mut Table,
    grid: &SheetGrid,
    options: &ReadOptions,
    headings: &mut Vec<String>,
) -> Result<bool> {
    let placement = Placement::new(grid);
    let mut from = 0;
    let mut taken = false;
    // Lines that are none of a list, from the top of the sheet on.
    let mut lines: Vec<String> = Vec::new();
    let legends: Vec<String> = (0..placement.rows.len())
        .filter(|at| placement.filled(*at).len() == 1)
        .map(|at| placement.lines(at))
        .filter(|lines| is_legend(lines))
        .flatten()
        .collect();
    let mut at = 0;
    while at < placement.rows.len().min(from + ABOVE) {
        let Some(shape) = Shape::at(&placement, at, options, &lines) else {
            lines.extend(placement.lines(at));
            at += 1;
            continue;
        };
        let mut unfolding = Unfolding::begin(table, &placement, (from, at), &lines, &legends);
        let next = match &shape {
            Shape::Across(across) => across.unfold(&placement, options, &mut unfolding)?,
            Shape::Down(down) => down.unfold(&placement, options, &mut unfolding)?,
        };
        headings.extend(match shape {
            Shape::Across(across) => across.headings(),
            Shape::Down(down) => down.headings(),
        });
        lines.extend(unfolding.end());
        taken = true;
        from = next.max(at + 1);
        at = from;
    }
    Ok(taken)
}
