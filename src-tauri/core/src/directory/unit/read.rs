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
}
