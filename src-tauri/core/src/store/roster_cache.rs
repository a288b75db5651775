//! A roster kept in memory: read again only when something of it was written.

use std::sync::Arc;

use crate::duty::coverage::Roster;
use crate::error::Result;
use crate::journal::Kind;
use crate::store::{Bookmark, Reader};

/// With more news than this nobody looks what they are about.
const MANY: u64 = 2_000;

/// The nouns of which a roster is laid out; of those who were called it only tells.
pub(crate) const LAID_OUT: [Kind; 5] = [
    Kind::Unit,
    Kind::Person,
    Kind::Period,
    Kind::Shift,
    Kind::Setting,
];

/// The roster of a book, brought up to date when it is asked for.
#[derive(Default)]
pub struct RosterCache {
    roster: Option<Arc<Roster>>,
    bookmark: Bookmark,
}

impl std::fmt::Debug for RosterCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RosterCache")
    }
}

impl RosterCache {
    /// The roster as the book has it now.
    ///
    /// # Errors
    /// Those of the store.
    pub fn read(&mut self, book: Reader<'_>) -> Result<Arc<Roster>> {
        let mut bookmark = self.bookmark.clone();
        let news = book.news(&mut bookmark, MANY)?;
        let stale = news.is_of(&LAID_OUT) || news.is_of(&[Kind::Drill]);
        let kept = match self.roster.take() {
            Some(kept) if !stale => kept,
            _ => Arc::new(book.roster()?),
        };
        self.bookmark = bookmark;
        self.roster = Some(Arc::clone(&kept));
        Ok(kept)
    }
}
