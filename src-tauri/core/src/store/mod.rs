//! The store: one SQLite file. All SQL of the product is in this folder.
//!
//! Tables are the index of the journal: only [`project`] writes to them, and a replay of the
//! journal gives the same tables from any order of its records.

mod as_of;
mod backup;
mod disclosure;
mod entry;
mod log_page;
mod nouns;
mod open;
mod project;
mod record;
mod redact;
pub(crate) mod roster_cache;
mod search;
mod then;

pub use log_page::{LogFilter, LogPage};
pub use open::{FileKey, engine};
pub use project::Projection;
pub use record::{FieldChange, SiteCard};

pub(crate) use backup::{backup, day_of, remove_drafts, stamp_of, superfluous};
pub(crate) use nouns::columns;
pub(crate) use open::{
    begins_as_book, checkpoint, create, fold, is_sound, open, read_only, ready_to_write, upgrade,
    version,
};
pub(crate) use project::{apply, state};
pub(crate) use record::{Sites, append, author_number, journal_hash, seal};
pub(crate) use redact::{purge, residue, without_residue};
pub(crate) use roster_cache::LAID_OUT;
pub(crate) use search::{Bookmark, News, index_lines};

use rusqlite::Connection;
use std::fmt::Display;

use crate::error::{Code, Error};

/// Typed reads over one connection. Every answer within one [`Reader`] is of one moment.
#[derive(Clone, Copy)]
pub struct Reader<'c> {
    pub(crate) conn: &'c Connection,
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reader")
    }
}

/// A stored value that is none of those this program knows, and where it stands.
fn stored_unknown(
    noun: &'static str,
    id: impl Display,
    field: impl Display,
    given: impl Display,
) -> Error {
    Error::new(Code::StoredUnknown)
        .with("noun", noun)
        .with("id", id)
        .with("field", field)
        .with("given", given)
}

/// The key of a record's row.
pub(crate) const fn row_key(site: i64, seq: u64) -> i64 {
    site << SEQ_BITS | seq as i64
}

/// The site number and seq in a row key.
pub(crate) const fn site_and_seq(key: i64) -> (i64, u64) {
    (key >> SEQ_BITS, (key & SEQ_MASK) as u64)
}

const SEQ_BITS: u32 = 40;
const SEQ_MASK: i64 = (1 << SEQ_BITS) - 1;
/// The largest seq that a row key can hold.
const SEQ_LARGEST: u64 = SEQ_MASK as u64;
