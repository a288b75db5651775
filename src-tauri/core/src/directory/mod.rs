//! Who there is: units, the people they named, whether numbers answer, and how units become others.

pub mod drill;
pub mod person;
pub mod reorganisation;
pub mod unit;
