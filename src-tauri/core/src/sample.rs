//! A province to try the program on: its units are real, its people, numbers and events invented.

/// Units (`unit import`).
pub const UNITS: &str = include_str!("../../../assets/sample/units.csv");
/// People (`person import`).
pub const PEOPLE: &str = include_str!("../../../assets/sample/people.csv");
/// Shifts (`roster import`).
pub const ROSTER: &str = include_str!("../../../assets/sample/roster.csv");
/// The incidents of a night.
pub const INCIDENTS: &str = include_str!("../../../assets/sample/incidents.csv");
/// The log of that night.
pub const LOG: &str = include_str!("../../../assets/sample/log.csv");
