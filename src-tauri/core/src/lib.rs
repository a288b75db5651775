//! The duty book: who is on duty, on which number they answer, what happened, when, who wrote it
//! down.
//!
//! The journal is the truth; the tables are its index. Every change is one record appended to the
//! journal of this site, in the same transaction that updates the tables: [`Logbook::transact`]
//! is the only way to write. Reads go through [`Logbook::read`]. Time is passed in.
//!
//! ```
//! use sotruc_core::{Installation, Logbook, NewBook, clock::Instant, directory::unit::Group};
//! # let folder = tempfile::tempdir().unwrap();
//! # let (path, home) = (folder.path().join("book.sotruc"), folder.path().join("home"));
//! let now = Instant::parse("22/05/2016 20:32")?;
//! let new = NewBook { site: "DLK", name: "Phòng trực", unit: None, practice: false, place: None, profiles: &[] };
//! let mut book = Logbook::create(&path, &Installation::at(home), &new, "Đoàn Ánh", now)?;
//! let line = book.transact("Đoàn Ánh", now, |write| {
//!     let unit = write.new_unit("UBND huyện Cư M'gar", Group::District)?;
//!     write.set_unit(&unit)?;
//!     write.log(&"Trang chủ bị thay đổi giao diện".into())
//! })?;
//! assert_eq!(line.to_string(), "DLK-1");
//! assert!(book.verify(None)?.ok);
//! # Ok::<(), sotruc_core::Error>(())
//! ```

pub mod directory;
pub mod duty;
pub mod import;
pub mod incident;
pub mod journal;
pub mod log;
pub mod office;
pub mod privacy;
pub mod report;
pub mod sample;
pub mod search;
pub mod submission;
pub mod views;

mod book;
mod store;

pub use book::{
    Altered, ChangePart, Continuation, Counts, Depth, Did, Import, ImportedRow, Installation,
    Logbook, Mode, NewBook, NextUndo, OwnChange, PORTABLE_MARK, Problem, Standing, Target, Undone,
    Verdict, Writing, Wrote, backup_folder, keep_backups, size_to_attach,
};
pub use duty::period::{NewPeriod, PeriodChange};
pub use duty::rota::NewRota;
pub use duty::sheet::Printed;
pub use duty::shift::{NewShift, ShiftChange};
pub use incident::notice::Sending;
pub use incident::{IncidentChange, IncidentSet, NewIncident};
pub use log::entry::{Correction, NewLine};
pub use office::{Addressee, Rules};
pub use sotruc_base::atomic_write::{self, write_beside};
pub use sotruc_base::error::{Code, Error, Result};
pub use sotruc_base::{clock, error, file_name, id, messages, place, priority, text, word};
pub use sotruc_sheet as sheet;
pub use store::roster_cache::RosterCache;
pub use store::{FieldChange, FileKey, LogFilter, LogPage, Projection, Reader, SiteCard, engine};
pub use submission::SubmissionChange;

pub(crate) use sotruc_base::{progress, random, together};
