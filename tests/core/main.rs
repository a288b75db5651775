//! Tests of the book itself, through its front door.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod backup;
mod coverage;
mod desk;
mod encrypted;
mod house;
mod migrate;
mod order;
mod sites;
mod tamper;
mod undo;
