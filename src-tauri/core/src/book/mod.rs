//! The front door: open a book, write in it, read it, check it, keep copies of it. Nothing here
//! knows a rule of a noun.

mod attachments;
mod copies;
mod hand_out;
mod import;
mod installation;
mod logbook;
mod noun;
mod undo;
mod upgrade;
mod verify;
mod writing;

pub use attachments::size_to_attach;
pub use copies::{backup_folder, keep_backups};
pub use hand_out::Target;
pub use import::{Altered, Counts, Import, ImportedRow, Mode};
pub use installation::{Continuation, Installation, PORTABLE_MARK};
pub use logbook::{Logbook, NewBook};
pub use noun::Wrote;
pub use undo::{ChangePart, Did, NextUndo, OwnChange, Standing, Undone};
pub use verify::{Depth, Problem, Verdict};
pub use writing::Writing;

pub(crate) use noun::{Direct, Noun};
pub(crate) use writing::needed;
