//! The duty book: who is on duty, on which number they answer, what happened, when, who wrote it
//! down.
//!
//! The journal is the truth; the tables are its index. Every change is one record appended to the
//! journal of this site, in the same transaction that updates the tables: [`Logbook::transact`]
//! is the only way to write. Reads go through [`Logbook::read`]. Time is passed in.
//!
//! ```
//! use sotruc_core::{Installation, Logbook, NewBook, clock::Instant, unit::Group};
//! # let folder = tempfile::tempdir().unwrap();
//! # let (path, home) = (folder.path().join("book.sotruc"), folder.path().join("home"));
//! let now = Instant::parse("22/05/2016 20:32")?;
//! let new = NewBook { site: "DLK", name: "Phòng trực", unit: None, practice: false };
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

pub mod clock;
pub mod coverage;
pub mod disclosure;
pub mod drill;
pub mod duty_sheet;
pub mod entry;
pub mod error;
pub mod finding;
pub mod handover;
pub mod holiday;
pub mod id;
pub mod incident;
pub mod journal;
pub mod notice;
pub mod operator;
pub mod pattern;
pub mod period;
pub mod person;
pub mod profile;
pub mod redaction;
pub mod reminder;
pub mod report;
pub mod retention;
pub mod rota;
pub mod sample;
pub mod search;
pub mod setting;
pub mod sheet;
pub mod shift;
pub mod submission;
pub mod text;
pub mod unit;
pub mod word;

mod act;
mod check;
mod files;
mod kept;
mod likeness;
mod logbook;
mod rules;
mod site;
mod store;
mod watch;
mod whole_file;

pub use act::{
    Altered, Brought, Correction, Import, IncidentChange, Mode, NewIncident, NewLine, NewPeriod,
    NewRota, NewShift, Printed, Sending, SubmissionChange, Undone, Writing, Wrote,
};
pub use check::{Depth, Problem, Verdict};
pub use error::{Code, Error, Result};
pub use files::LARGEST;
pub use kept::KeptRoster;
pub use logbook::{Logbook, NewBook, Target};
pub use rules::{Rules, Told};
pub use site::{Installation, Standing};
pub use store::{FieldChange, FileKey, LogFilter, LogPage, Projection, Reader, SiteCard};
pub use whole_file::write_beside;
