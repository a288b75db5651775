//! Duty lists as units write them: a row per shift with a day and hours, a grid of people and days
//! with marks, a grid of days and shifts with names.
//!
//! Each is unfolded into a row per person and shift, as a flat roster has them. What the sheet
//! says itself (its title, its legend) is filled in; what only the book can say is left as
//! written.

mod across;
mod days;
mod down;
mod hours;
mod legend;
mod lie;
pub(in crate::sheet) mod names;
pub(in crate::sheet) mod people;
mod scan;
pub(in crate::sheet) mod slot;
mod unfolded;
pub(in crate::sheet) mod when;

use super::Table;
use super::grid::Grid;
use super::layout::{ABOVE, Wishes};
use crate::error::Result;
use across::Across;
use down::Down;
use lie::{Lie, is_legend};
use unfolded::Unfolding;
pub(super) use unfolded::without_empty;

/// A shape of a list: where its headings are, and what they say.
enum Shape {
    Across(Across),
    Down(Down),
}

impl Shape {
    /// The shape of the list whose headings begin in this row.
    fn at(lie: &Lie<'_>, at: usize, wishes: &Wishes, lines: &[String]) -> Option<Self> {
        let across = || Across::at(lie, at, wishes).map(Self::Across);
        Down::at(lie, at, wishes, lines)
            .map(Self::Down)
            .or_else(across)
    }
}

/// Whether headings stand in a row below those of a list.
fn begins_again(lie: &Lie<'_>, at: usize, wishes: &Wishes) -> bool {
    Down::is_plain_at(lie, at, wishes) || Across::at(lie, at, wishes).is_some()
}

/// Takes up the lists of a sheet; whether there are any. `headings` are those it saw.
///
/// # Errors
/// [`crate::Code::SheetLarge`].
pub(super) fn unfold(
    table: &mut Table,
    grid: &Grid,
    wishes: &Wishes,
    headings: &mut Vec<String>,
) -> Result<bool> {
    let lie = Lie::new(grid);
    let mut from = 0;
    let mut taken = false;
    // Lines that are none of a list, from the top of the sheet on.
    let mut lines: Vec<String> = Vec::new();
    let legends: Vec<String> = (0..lie.rows.len())
        .filter(|at| lie.filled(*at).len() == 1)
        .map(|at| lie.lines(at))
        .filter(|lines| is_legend(lines))
        .flatten()
        .collect();
    let mut at = 0;
    while at < lie.rows.len().min(from + ABOVE) {
        let Some(shape) = Shape::at(&lie, at, wishes, &lines) else {
            lines.extend(lie.lines(at));
            at += 1;
            continue;
        };
        let mut unfolding = Unfolding::begin(table, &lie, (from, at), &lines, &legends);
        let next = match &shape {
            Shape::Across(across) => across.unfold(&lie, wishes, &mut unfolding)?,
            Shape::Down(down) => down.unfold(&lie, wishes, &mut unfolding)?,
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
