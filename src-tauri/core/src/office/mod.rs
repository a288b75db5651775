//! What is the office's own: who writes in the book, and what it goes by.

pub mod operator;
mod read;
pub mod setting;
mod told;

pub use read::{Addressee, Asking, Rules, Step};
pub(crate) use told::{by_former_rules, told_for_key};
