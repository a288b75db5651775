//! What is shown: one function for each thing, used by both faces. A view reads the book, or takes
//! the roster where that is kept, and is told the time; its answer is plain data that a page gets
//! as it is and a terminal puts into its own words. Which rows there are, their order and every
//! count are decided here; nothing is written here.

pub mod calendar;
pub mod call;
pub mod candidate;
pub mod directory;
pub mod drill;
pub mod duty;
pub mod find;
pub mod findings;
pub mod handover;
pub mod history;
pub mod incident;
pub mod log;
pub mod notice;
pub mod now;
pub mod operator;
pub mod period;
pub mod periodic;
pub mod person;
pub mod privacy;
pub mod roster;
pub mod rota;
pub mod rules;
pub mod submission;
pub mod unit;

mod names;

pub use names::Names;

use serde::{Serialize, Serializer};
use std::fmt::Display;

/// Gives a page the text that people read.
fn text<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

/// [`text`], or `null`.
fn maybe_text<T: Display, S: Serializer>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(ToString::to_string).serialize(to)
}

/// [`text`] of each.
fn texts<T: Display, S: Serializer>(values: &[T], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(values.iter().map(ToString::to_string))
}
