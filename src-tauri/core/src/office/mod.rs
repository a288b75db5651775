//! What is the office's own: who writes in the book, and what it goes by.

pub mod operator;
mod read;
pub mod setting;

pub(crate) use read::told_for_key;
pub use read::{Addressee, Asking, Rules, Step};
