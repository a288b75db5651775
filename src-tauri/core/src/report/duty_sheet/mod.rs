//! The duty sheet ("Bảng trực") that hangs on the wall: its rows as plain data, what changed
//! between two editions, and the page that is printed. It is told everything and asks nobody.

mod page;
mod rows;

pub use page::duty_sheet;
pub use rows::{Difference, SheetRow, differences, rows};

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::directory::unit::{Group, own};
use crate::duty::calendar::Calendar;
use crate::duty::coverage::Roster;
use crate::id::UnitId;
use crate::messages::vietnamese;

/// What is wished of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetOptions {
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The one group.
    pub group: Option<Group>,
    /// The one unit; its sheet goes day by day.
    pub unit: Option<UnitId>,
    /// Whether the page lies on its side.
    pub landscape: bool,
    /// Whether people's numbers are left out.
    pub without_numbers: bool,
}

/// What stands above the rows: who gives the sheet out, and of what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetHead {
    /// The agency that gives it out.
    pub agency: Option<String>,
    /// The one above it.
    pub above: Option<String>,
    /// Where it is given out.
    pub place: Option<String>,
    /// Of which units it is.
    pub scope: String,
    /// The period.
    pub period: Option<String>,
    /// The letter by which the period was ordered.
    pub letter: Option<String>,
    /// Whether it is of a practice book.
    pub practice: bool,
    /// Which days are free.
    pub calendar: Calendar,
}

impl SheetHead {
    /// What follows from the roster; place, letter and practice are for the caller to say.
    #[must_use]
    pub fn of(roster: &Roster, options: &SheetOptions) -> Self {
        let named = |id: UnitId| roster.units.iter().find(|unit| unit.id == id);
        let ours = own(&roster.units);
        let above = ours.and_then(|unit| unit.parent).and_then(named);
        let scope = match (options.unit.and_then(named), options.group) {
            (Some(unit), _) => &unit.name,
            (None, Some(group)) => vietnamese().word(group),
            (None, None) => vietnamese().text("written_sheet_everybody"),
        };
        let mut periods = roster.periods.iter();
        let period = periods.find(|period| period.from < options.to && options.from < period.to);
        Self {
            agency: ours.map(|unit| unit.name.clone()),
            above: above.map(|unit| unit.name.clone()),
            scope: scope.to_owned(),
            period: period.map(|period| period.name.clone()),
            calendar: roster.calendar.clone(),
            ..Self::default()
        }
    }
}

/// Which printing of a sheet it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The first is 1.
    pub number: u32,
    /// When it is printed.
    pub at: Instant,
    /// The head of the book's chain, in groups.
    pub head: String,
    /// What changed since the edition before.
    pub changed: Vec<Difference>,
}
