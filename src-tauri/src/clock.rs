//! What time it is in the open book.

use sotruc_core::clock::{self, Instant};
use std::time::Instant as Monotonic;

/// A book's clock.
#[derive(Debug, Clone, Copy)]
pub enum BookClock {
    /// The system's.
    System,
    /// A practice book's: it stood at `from` when the book was opened, and goes on from there.
    Practice { from: Instant, since: Monotonic },
}

impl BookClock {
    /// The clock of a practice book last written at `from`.
    pub fn practice(from: Instant) -> Self {
        Self::Practice {
            from,
            since: Monotonic::now(),
        }
    }

    /// The time now.
    pub fn now(self) -> Instant {
        if let Some(given) = given() {
            return given;
        }
        match self {
            Self::System => clock::now(),
            Self::Practice { from, since } => {
                let passed = i64::try_from(since.elapsed().as_millis()).unwrap_or(0);
                from.plus(passed)
            }
        }
    }
}

/// The time a test sets, in a file named in the environment.
#[cfg(debug_assertions)]
fn given() -> Option<Instant> {
    let file = std::env::var_os("SOTRUC_TEST_CLOCK")?;
    let text = std::fs::read_to_string(file).ok()?;
    Instant::parse(text.trim()).ok()
}

#[cfg(not(debug_assertions))]
fn given() -> Option<Instant> {
    None
}
