//! The journal: the truth of the book. Every change is one record of its site, hashed over the
//! record before it; a seal, signed with the site's key, closes each transaction.
//!
//! Nothing here touches the database; the store keeps the records and their projection.

mod change;
mod head;
mod record;
mod verify;

pub use change::{Body, Change, EntryChange, Kind, NounRef, RecordRef, Redact, Set, SiteOpening};
pub use head::Head;
pub(crate) use record::seal_holds;
pub use record::{Content, Hash, Record, Seal, SiteKey};
pub(crate) use verify::Chain;
pub use verify::Fault;
