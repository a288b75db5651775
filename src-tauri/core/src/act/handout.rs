//! What left the book.

use super::Writing;
use crate::error::Result;
use crate::handout::Handout;
use crate::journal::Change;

impl Writing<'_> {
    /// Notes that personal data left the book.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn note_handout(&mut self, handout: Handout) -> Result<()> {
        self.append(Change::Handout(handout))?;
        Ok(())
    }
}
