//! Tests of the terminal: the real program, as a person or a script uses it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::print_stdout, reason = "long trials print their figures")]

mod bad_input;
mod calendar;
mod care;
mod desk;
mod duty;
mod duty_lists;
mod first_day;
mod handbook;
mod imports;
mod killed;
mod leave;
mod looked_at;
mod meant;
mod night;
mod owed;
mod parity;
mod privacy;
mod profiles;
mod reading;
mod roster_out;
mod rota;
mod round_trip;
mod sheets;
mod still_owed;
mod succession;
mod systems;
mod together;
mod yesterday;
