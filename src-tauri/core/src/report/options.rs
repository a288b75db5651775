//! What somebody asks of an export: how it is laid out, and of what it is.

use super::Report;
use crate::clock::{Instant, check_span};
use crate::duty::period::Period;
use crate::error::{Code, Error, Result};
use crate::id::{PeriodId, PersonId, UnitId};
use crate::word::words;

words! {
    /// How a roster is laid out.
    Layout, "layout" {
        /// A row for each shift.
        List = "list",
        /// A row for each post, a column for each day.
        Grid = "grid",
    }
}

/// What is wished of a roster, or of the hours that follow from it; by default all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RosterOptions {
    /// How it is laid out; a list unless said otherwise.
    pub layout: Option<Layout>,
    /// Its first moment.
    pub from: Option<Instant>,
    /// The first moment after it.
    pub to: Option<Instant>,
    /// The period that says both where they are not given.
    pub period: Option<PeriodId>,
    /// The one unit.
    pub unit: Option<UnitId>,
    /// The one person.
    pub person: Option<PersonId>,
}

/// A span that may be open at either end.
pub(super) type Span = (Option<Instant>, Option<Instant>);

impl RosterOptions {
    /// The span it is of.
    ///
    /// # Errors
    /// [`Code::PeriodUnknown`], [`Code::SpanBackwards`].
    pub(super) fn span(&self, periods: &[Period]) -> Result<Span> {
        let period = match self.period {
            Some(id) => {
                let known = periods.iter().find(|period| period.id == id);
                Some(known.ok_or_else(|| Error::new(Code::PeriodUnknown).with("given", id))?)
            }
            None => None,
        };
        let from = self.from.or(period.map(|period| period.from));
        let to = self.to.or(period.map(|period| period.to));
        if let (Some(from), Some(to)) = (from, to) {
            check_span(from, to)?;
        }
        Ok((from, to))
    }

    /// Refuses what a table cannot be laid out or cut by.
    ///
    /// # Errors
    /// [`Code::OptionUnfit`].
    pub fn check(&self, report: Report) -> Result<()> {
        let is_timed = report.is_timed();
        let option = if self.layout.is_some() && report != Report::Roster {
            "layout"
        } else if self.period.is_some() && !is_timed {
            "period"
        } else if self.from.is_some() && !is_timed {
            "from"
        } else if self.to.is_some() && !is_timed {
            "to"
        } else if self.unit.is_some() && !is_timed {
            "unit"
        } else if self.person.is_some() && report != Report::Hours {
            "person"
        } else {
            return Ok(());
        };
        Err(unfit(option, report.key()))
    }
}

/// An option that does not go with what is exported.
pub(super) fn unfit(option: &str, report: &str) -> Error {
    Error::new(Code::OptionUnfit)
        .with("option", format!("--{option}"))
        .with("report", report)
}
