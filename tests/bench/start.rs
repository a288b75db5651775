//! Measures how long the program takes from its start to the list of its first room, and what it
//! takes of the memory, beside a window with one line of text.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on should stop"
)]

#[cfg(target_os = "linux")]
mod book;
#[cfg(target_os = "linux")]
mod window;

fn main() {
    #[cfg(target_os = "linux")]
    window::start_to_list();
}
