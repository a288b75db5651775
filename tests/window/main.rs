//! The real window, driven over WebDriver under a display of its own.

#![cfg(target_os = "linux")]

mod desk;
mod unikey;

mod first;
mod first_run;
mod handbook;
mod imports;
mod line_typing;
mod looks;
mod meant;
mod night;
mod owed;
mod privacy;
mod roster;
mod shot;
mod start;
mod timeline;
mod together;
mod typing;
mod watch;
