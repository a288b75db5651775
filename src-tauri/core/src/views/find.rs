//! Finding anything by a few words.

use crate::error::Result;
use crate::search::{Finder, Found, Hit};
use crate::store::Reader;

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
) -> Result<Vec<Hit>> {
    // More are asked for, as those of other kinds are left out.
    let wanted = match only {
        [] => limit,
        _ => limit.saturating_mul(20),
    };
    let hits = finder.find(book, words, wanted)?.into_iter();
    let hits = hits.filter(|hit| only.is_empty() || only.contains(&hit.kind));
    Ok(hits.take(limit).collect())
}
