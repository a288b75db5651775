//! Long work that somebody watches, and may stop.

use crate::error::{Code, Error, Result};

/// After how many rows or records whoever watches is asked again.
const EVERY: usize = 256;

/// Tells `watch` now and then how much is done, of how much.
///
/// # Errors
/// [`Code::Cancelled`] when it says not to go on.
pub fn ask(watch: &dyn Fn(usize, usize) -> bool, done: usize, of: usize) -> Result<()> {
    match !done.is_multiple_of(EVERY) || watch(done, of) {
        true => Ok(()),
        false => Err(Error::new(Code::Cancelled)),
    }
}
