//! Who stands when: periods, shifts, how they are laid out, where nobody is, what is printed.

pub mod calendar;
pub mod coverage;
pub mod finding;
pub mod pattern;
pub mod period;
pub mod rota;
pub mod sheet;
pub mod shift;
pub mod stood;
