//! Tests of the book itself, through its front door.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod backup;
mod by_hand;
mod cells;
mod conflicts;
mod coverage;
mod desk;
mod duty_lists;
mod duty_sheet;
mod encrypted;
mod find;
mod handover;
mod house;
mod imports;
mod keys;
mod log_page;
mod migrate;
mod notice_stories;
mod order;
mod periods;
mod privacy;
mod quick_line;
mod readers;
mod rota;
mod rules;
mod sample;
mod sent;
mod sites;
mod tamper;
mod twins;
mod undo;
mod views;
mod yesterday;
