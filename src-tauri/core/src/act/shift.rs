//! Shifts.

use super::{Writing, Wrote};
use crate::error::{Code, Error, Result};

impl Writing<'_> {
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
