//! The real window, driven over WebDriver under a display of its own.

#![cfg(target_os = "linux")]

mod desk;

mod first_run;
mod handbook;
mod imports;
mod looks;
mod night;
mod owed;
mod privacy;
mod roster;
mod shot;
mod timeline;
mod together;
mod watch;
