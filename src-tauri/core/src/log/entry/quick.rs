//! A line as it is typed in haste: with when it happened before its words.

use crate::clock::{DAY, HOUR, Instant, MINUTE};

/// An hour that comes within this is an appointment, in milliseconds.
const SOON: i64 = 2 * HOUR;

/// A time with which a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeIn<'t> {
    /// The moment it means.
    pub at: Instant,
    /// How it was written.
    pub written: &'t str,
    /// The text without it.
    pub rest: &'t str,
}

/// The time of day with which a text begins (`14h20`, `14h`, `14:20`, and a blank after it). A later
/// hour was yesterday's, but for one that comes within two hours: that is an appointment, and
/// nothing happened at it.
#[must_use]
pub fn time_in(text: &str, now: Instant) -> Option<TimeIn<'_>> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let hour: i64 = text[..digits].parse().ok()?;
    let mark = text[digits..]
        .chars()
        .next()
        .filter(|c| "h:".contains(*c))?;
    let after = &text[digits + 1..];
    let minutes = after.bytes().take_while(u8::is_ascii_digit).count();
    let minute: i64 = match (mark, minutes) {
        ('h', 0) => 0,
        (_, 2) => after[..2].parse().ok()?,
        _ => return None,
    };
    let blank = after[minutes..]
        .chars()
        .next()
        .filter(|c| c.is_whitespace())?;
    if digits > 2 || hour > 23 || minute > 59 {
        return None;
    }
    let (written, rest) = text.split_at(digits + 1 + minutes);
    let today = now.midnight().plus(hour * HOUR + minute * MINUTE);
    let at = match today.millis() - now.millis() > SOON {
        true => today.plus(-DAY),
        false => today,
    };
    (at <= now).then_some(TimeIn {
        at,
        written,
        rest: &rest[blank.len_utf8()..],
    })
}
