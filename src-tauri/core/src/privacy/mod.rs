//! Personal data: what of it left the book, how long it is needed, and how
//! it is erased.

pub mod disclosure;
pub mod held;
pub mod redaction;
pub mod retention;
mod write;

pub use write::{Erased, Redacted};
