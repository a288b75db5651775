//! Random bytes from the system.

use crate::error::{Code, Error, Result};

/// Fills with random bytes.
///
/// # Errors
/// [`Code::Store`] when the system has none to give.
pub fn fill_random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|cause| Error::new(Code::Store).with("why", cause))
}
