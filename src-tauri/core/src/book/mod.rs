//! The front door: open a book, write in it, read it, check it, keep copies of it. Nothing here
//! knows a rule of a noun.

mod attachments;
mod copies;
mod import;
mod installation;
mod logbook;
mod undo;
mod upgrade;
mod verify;
mod writing;

pub use attachments::size_to_attach;
pub use copies::backup_folder;
pub use import::{Altered, Counts, Import, ImportedRow, Mode};
pub use installation::{Continuation, Installation};
pub use logbook::{Logbook, NewBook, Target};
pub use undo::Undone;
pub use verify::{Depth, Problem, Verdict};
pub use writing::{Writing, Wrote};

pub(crate) use writing::{Direct, Noun, needed};
