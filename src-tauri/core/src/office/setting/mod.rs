//! A setting: what the book goes by, the same at every desk that keeps it.

mod write;

pub use write::{calendar_text, profile_text};

use serde::{Deserialize, Serialize};

use crate::id::{SettingId, uuid_of_text};

/// The key of the profiles in force, with commas between them.
pub const PROFILES: &str = "profiles";
/// The key under which there was one alone before; what is set under it are the profiles in force.
pub const PROFILE: &str = "profile";
/// The key of the days for which an answered call counts.
pub const FRESH_DAYS: &str = "fresh_days";
/// The key of the hours that people work at a stretch at most.
pub const STRETCH_HOURS: &str = "stretch_hours";
/// The key of the hours that people rest at least between two shifts.
pub const REST_HOURS: &str = "rest_hours";
/// The key of the hours that people work in a week at most; none for no limit.
pub const WEEK_HOURS: &str = "week_hours";
/// The key of the place that stands on duty sheets.
pub const PLACE: &str = "place";
/// What stands before the name of a recipient: the unit or body that it means here.
pub const RECIPIENT: &str = "recipient.";
/// What stands before the name of a profile of one's own.
pub const OWN_PROFILE: &str = "profile.";
/// What stands before the number of a year whose calendar is the office's own.
pub const CALENDAR: &str = "calendar.";
/// What stands before the name of a line that recurs.
pub const TEMPLATE: &str = "template.";
/// What stands before the identity of a notice that is not told again for a while.
pub(crate) const SNOOZE: &str = "snooze.";
/// What stands before the identity of a notice that was settled for the rules of other profiles,
/// too: which these are. It is noted when that is, and set by nobody.
pub(crate) const TOLD_FOR: &str = "told_for.";

/// What stands before the name of a report of every year: the days for which it was sent or
/// waived. It is noted when that is, and set by nobody.
pub const REPORTED: &str = "reported.";

/// The settings that are numbers, with the least and the most that they may be.
pub const BOUNDS: [(&str, u32, u32); 4] = [
    (FRESH_DAYS, 1, 3650),
    (STRETCH_HOURS, 1, 24 * 31),
    (REST_HOURS, 0, 24 * 7),
    (WEEK_HOURS, 1, 24 * 7),
];

/// A setting. There is one for each key, at every site the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Its identity, which follows from the key.
    pub id: SettingId,
    /// What it is for.
    pub key: String,
    /// What it says; none for what is usual.
    pub value: Option<String>,
    /// Whether it was taken back.
    pub removed: bool,
}

/// The keys of profiles that a setting names.
pub fn profile_keys(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(',')
        .map(str::trim)
        .filter(|key| !key.is_empty())
}

impl Setting {
    /// A setting of this key.
    #[must_use]
    pub fn new(key: &str, value: Option<String>) -> Self {
        Self {
            id: SettingId(uuid_of_text("so-truc setting id", key)),
            key: key.to_owned(),
            value,
            removed: false,
        }
    }
}
