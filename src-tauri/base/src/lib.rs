//! What everything above stands on: the time, ids, errors, Vietnamese text, the catalogue of every
//! word people read, files written whole or not at all. Knows no noun, no spreadsheet, no database.

pub mod atomic_write;
pub mod clock;
pub mod error;
pub mod file_name;
pub mod id;
pub mod messages;
pub mod place;
pub mod priority;
pub mod progress;
pub mod random;
pub mod text;
pub mod together;
pub mod word;

pub use error::{Code, Error, Result};
