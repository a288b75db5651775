//! Shifts: on the roster, changed, off it.

use super::{Writing, Wrote};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, UnitId};
use crate::period::{Post, check_span};
use crate::shift::{Shift, period_of};

/// A shift to be laid out.
#[derive(Debug, Clone)]
pub struct NewShift {
    /// Whose post it is.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who stands on it: a person of that unit.
    pub person: PersonId,
    /// Its first moment; the minute counts.
    pub from: Instant,
    /// The first moment after it; the minute counts.
    pub to: Instant,
}

impl Writing<'_> {
    /// Lays out a shift, in the period in which its time lies.
    ///
    /// # Errors
    /// [`Code::SpanBackwards`], [`Code::UnitUnknown`], [`Code::PersonUnknown`] when the person is
    /// not one of that unit.
    pub fn add_shift(&mut self, new: NewShift) -> Result<Shift> {
        let shift = Shift {
            id: self.new_id()?,
            period: None,
            unit: new.unit,
            post: new.post,
            person: new.person,
            from: new.from,
            to: new.to,
            removed: false,
        };
        let shift = self.checked(shift)?;
        self.put(&shift)?;
        Ok(shift)
    }

    /// Writes a shift as it is given. One that no longer reaches into its period goes to the
    /// period in which its time lies now.
    ///
    /// # Errors
    /// As [`Writing::add_shift`], but for a shift that is removed.
    pub fn set_shift(&mut self, shift: &Shift) -> Result<Wrote> {
        let shift = match shift.removed {
            true => shift.clone(),
            false => self.checked(shift.clone())?,
        };
        self.put(&shift)
    }

    /// The shift to the minute and in its period, when somebody can stand on it.
    fn checked(&self, mut shift: Shift) -> Result<Shift> {
        shift.from = shift.from.whole_minute();
        shift.to = shift.to.whole_minute();
        check_span(shift.from, shift.to)?;
        let unit = self.unit(shift.unit)?;
        let unit = unit.ok_or_else(|| Error::new(Code::UnitUnknown).with("given", shift.unit))?;
        let person = self.person(shift.person)?;
        if person.as_ref().is_none_or(|person| person.unit != unit.id) {
            let given = person.map_or_else(|| shift.person.to_string(), |person| person.full_name);
            return Err(Error::new(Code::PersonUnknown).with("given", given));
        }
        let periods = self.periods()?;
        let own = periods.iter().find(|period| {
            Some(period.id) == shift.period && shift.from < period.to && period.from < shift.to
        });
        shift.period = match own {
            Some(own) => Some(own.id),
            None => period_of(&periods, shift.from, shift.to),
        };
        Ok(shift)
    }

    /// Takes a shift off the roster.
    ///
    /// # Errors
    /// [`Code::ShiftUnknown`].
    pub fn remove_shift(&mut self, given: &str) -> Result<Wrote> {
        let id = given.trim().parse().ok();
        let shifts = self.shifts()?;
        let found = shifts.into_iter().find(|shift| Some(shift.id.0) == id);
        let mut shift = found.ok_or_else(|| Error::new(Code::ShiftUnknown).with("given", given))?;
        shift.removed = true;
        self.put(&shift)
    }
}
