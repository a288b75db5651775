//! Which unit is our own.

use crate::directory::unit::{Unit, own};
use crate::error::Result;
use crate::store::Reader;

impl Reader<'_> {
    /// Our own unit, when it is known.
    ///
    /// # Errors
    /// Those of the store.
    pub fn own_unit(self) -> Result<Option<Unit>> {
        Ok(own(&self.units()?).cloned())
    }

    /// What our own unit is called: as the list of units says, else as whoever began the book
    /// named it.
    ///
    /// # Errors
    /// Those of the store.
    pub fn own_name(self) -> Result<Option<String>> {
        match self.own_unit()? {
            Some(unit) => Ok(Some(unit.name)),
            None => self.named_own_unit(),
        }
    }
}
