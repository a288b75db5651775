//! Finding anything by a few words.

use serde::Serialize;
use specta::Type;

use crate::error::Result;
use crate::search::{Finder, Found, Hit};
use crate::store::Reader;

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FindHit {
    /// What it is.
    pub kind: Found,
    /// Its id; of a line its name.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of that name.
    pub detail: String,
}

impl From<Hit> for FindHit {
    fn from(hit: Hit) -> Self {
        Self {
            kind: hit.kind,
            id: hit.id,
            title: hit.title,
            detail: hit.detail,
        }
    }
}

/// What the words find, best first and so much at most; of these kinds only, when any is given.
///
/// # Errors
/// Those of the store.
pub fn find(
    book: Reader<'_>,
    finder: &Finder,
    words: &str,
    only: &[Found],
    limit: usize,
) -> Result<Vec<FindHit>> {
    // More are asked for, as those of other kinds are left out.
    let wanted = match only {
        [] => limit,
        _ => limit.saturating_mul(20),
    };
    let hits = finder.find(book, words, wanted)?.into_iter();
    let hits = hits.filter(|hit| only.is_empty() || only.contains(&hit.kind));
    Ok(hits.take(limit).map(FindHit::from).collect())
}
