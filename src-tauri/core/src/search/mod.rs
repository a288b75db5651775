//! Finding people, units, incidents and lines by a few words, with accents or without.

mod finder;
mod name_index;
mod query;
mod rank;

pub use finder::{Finder, Page};

use serde::Serialize;
use specta::Type;

use crate::clock::Instant;
use crate::error::Result;
use crate::store::Reader;
use crate::word::words;

words! {
    /// What was found.
    Found, "found" {
        /// A unit.
        Unit = "unit",
        /// A person.
        Person = "person",
        /// An incident.
        Incident = "incident",
        /// A line of the log.
        Entry = "entry",
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Hit {
    /// What it is.
    pub kind: Found,
    /// Its id; of a line its name (`DLK-148`).
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of that name.
    pub detail: String,
    /// Of a person who has leave now: until when, but without.
    pub away_until: Option<Instant>,
}

/// Below this many letters only people and units are looked through, below this many digits no
/// numbers.
const SHORT: usize = 3;

impl Reader<'_> {
    /// Everything that [`Finder::find`] finds now, for who asks only once.
    ///
    /// # Errors
    /// Those of the store.
    pub fn search(self, typed: &str, now: Instant) -> Result<Vec<Hit>> {
        let mut finder = Finder::default();
        finder.refresh(self, now)?;
        finder.find(self, typed, usize::MAX)
    }
}
