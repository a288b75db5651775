//! A pattern: how a day of duty is cut into shifts.

use serde::{Deserialize, Serialize};

use crate::clock::{DAY, HOUR, Instant, MINUTE, minute_of_day};
use crate::duty::calendar::Calendar;
use crate::duty::period::Post;
use crate::error::{Code, Error, Result};
use crate::messages::{Language, Messages};

/// On which days a slot begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[derive(specta::Type)]
pub enum Days {
    /// Every day.
    Every,
    /// Days on which people work.
    Work,
    /// Weekends, public holidays and days given back, but for what is worked.
    Free,
}

impl Days {
    fn has(self, day: Instant, calendar: &Calendar) -> bool {
        match self {
            Self::Every => true,
            Self::Work => !calendar.is_free(day),
            Self::Free => calendar.is_free(day),
        }
    }
}

/// A shift of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The minute of the day at which it begins.
    pub start: i64,
    /// How many minutes it lasts.
    pub minutes: i64,
    /// The days on which it begins.
    pub days: Days,
}

impl Slot {
    /// A slot of a form: it begins within the day, and lasts a minute at least and a month at most.
    #[must_use]
    pub fn new(start: u32, minutes: u32, days: Days) -> Self {
        const DAY: i64 = 24 * 60;
        Self {
            start: i64::from(start) % DAY,
            minutes: i64::from(minutes).clamp(1, 31 * DAY),
            days,
        }
    }
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Its stable key, [`OWN`] for one that has no name: what stands in the shifts it lays out.
    pub key: String,
    /// Its slots, the earliest of the day first.
    pub slots: Vec<Slot>,
}

/// The keys of the patterns that come with the program.
pub const PATTERNS: &[&str] = &["1x24", "2x12", "3x8", OFFICE];

/// The key of the pattern whose shifts begin otherwise on days off.
pub const OFFICE: &str = "office";

/// The error for a pattern that is none of [`PATTERNS`], nor a file.
#[must_use]
pub fn unknown_pattern(given: &str) -> Error {
    Error::new(Code::ValueUnknown)
        .with("field", "pattern")
        .with("given", given)
        .with("known", PATTERNS.join(", "))
}

/// The key of a pattern of somebody's own that has no name.
pub const OWN: &str = "own";

/// The key of a pattern by what stands in a shift: older books hold what [`OWN`] is called.
#[must_use]
pub fn key_of(stored: &str) -> &str {
    let called = |language| Messages::of(language).text("ui_pattern_own");
    match !PATTERNS.contains(&stored) && Language::ALL.map(called).contains(&stored) {
        true => OWN,
        false => stored,
    }
}

const EVERY: fn(i64, i64) -> Slot = |start, hours| Slot {
    start: start.rem_euclid(DAY / MINUTE),
    minutes: hours * 60,
    days: Days::Every,
};

impl Pattern {
    /// The minute of the day at which the first shift of a pattern that comes with the program
    /// begins where nobody says otherwise.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`] for a key that is none of [`PATTERNS`].
    pub fn usual_change(key: &str, period: Instant) -> Result<i64> {
        match key {
            "1x24" => Ok(minute_of_day(period)),
            "2x12" => Ok(7 * 60),
            "3x8" => Ok(6 * 60),
            OFFICE => Ok(7 * 60 + 30),
            _ => Err(unknown_pattern(key)),
        }
    }

    /// A pattern that comes with the program. `change` is the minute of the day at which the
    /// first shift begins; what is usual, when not given: 06:00 for three shifts, 07:00 for two,
    /// 07:30 for office hours, for one the hour at which the period begins.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`] for a key that is none of [`PATTERNS`].
    pub fn shipped(key: &str, change: Option<i64>, period: Instant) -> Result<Self> {
        let first = match change {
            Some(change) => change,
            None => Self::usual_change(key, period)?,
        };
        let mut slots = match key {
            "1x24" => vec![EVERY(first, 24)],
            "2x12" => [0, 12].map(|n| EVERY(first + n * 60, 12)).to_vec(),
            "3x8" => [0, 8, 16].map(|n| EVERY(first + n * 60, 8)).to_vec(),
            OFFICE => {
                let (morning, evening) = (first, 17 * 60);
                let slot = |start, end: i64, days| Slot {
                    start,
                    minutes: (end - start - 1).rem_euclid(24 * 60) + 1,
                    days,
                };
                vec![
                    slot(morning, evening, Days::Work),
                    slot(morning, morning, Days::Free),
                    slot(evening, morning, Days::Work),
                ]
            }
            _ => {
                return Err(unknown_pattern(key));
            }
        };
        slots.sort_by_key(|slot| slot.start);
        Ok(Self {
            key: key.to_owned(),
            slots,
        })
    }

    /// How long people rest at least between two shifts of a pattern that comes with the program,
    /// in milliseconds, where neither the book nor anybody says otherwise: who works in shifts rests
    /// for twelve hours (Labour Code 2019, article 110).
    #[must_use]
    pub fn usual_rest(key: &str) -> Option<i64> {
        matches!(key, "2x12" | "3x8").then_some(12 * HOUR)
    }

    /// Its shifts that have time in common with a span, by when they begin.
    #[must_use]
    pub fn spans(
        &self,
        from: Instant,
        to: Instant,
        calendar: &Calendar,
    ) -> Vec<(Instant, Instant)> {
        let longest = self.slots.iter().map(|slot| slot.minutes).max();
        let back = longest.unwrap_or_default() * MINUTE / DAY + 1;
        let mut day = from.midnight().plus(-back * DAY);
        let mut spans = Vec::new();
        while day < to {
            for slot in self
                .slots
                .iter()
                .filter(|slot| slot.days.has(day, calendar))
            {
                let begin = day.plus(slot.start * MINUTE);
                let end = begin.plus(slot.minutes * MINUTE);
                if begin < to && from < end {
                    spans.push((begin, end));
                }
            }
            day = day.plus(DAY);
        }
        spans.sort_unstable();
        spans
    }
}

/// What a file says of how to lay out shifts. Hours are `HH:mm`, days and moments as everywhere.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternFile {
    /// What the pattern is called.
    pub name: String,
    /// The shifts of a day.
    pub slots: Vec<SlotLine>,
    /// The posts that are laid out.
    #[serde(default)]
    pub posts: Option<Vec<Post>>,
    /// When it begins; with the period, or now, when not given.
    #[serde(default)]
    pub from: Option<String>,
    /// Who rotates, in which order: names by the unit's name or code.
    #[serde(default)]
    pub people: std::collections::BTreeMap<String, Vec<String>>,
    /// Who cannot stand when.
    #[serde(default)]
    pub days_off: Vec<DaysOff>,
    /// How long people work and rest.
    #[serde(default)]
    pub limits: LimitHours,
}

/// A shift of the day, in a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotLine {
    /// When it begins, `HH:mm`.
    pub from: String,
    /// When it ends, `HH:mm`; not after its beginning means the next day.
    pub to: String,
    /// On which days it begins.
    #[serde(default)]
    pub days: Option<Days>,
}

/// Who cannot stand when.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaysOff {
    /// Who: a name that only one has, or an id.
    pub person: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

/// Limits in hours; what is not given is as the book has it, and no hours in a week are no limit.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitHours {
    /// The longest stretch.
    #[serde(default)]
    pub stretch: Option<u32>,
    /// The shortest rest.
    #[serde(default)]
    pub rest: Option<u32>,
    /// The most in a week; 0 for no limit.
    #[serde(default)]
    pub week: Option<u32>,
}

impl LimitHours {
    /// These limits over others.
    #[must_use]
    pub fn over(self, usual: crate::duty::coverage::Limits) -> crate::duty::coverage::Limits {
        let hours = |hours: u32| i64::from(hours) * HOUR;
        crate::duty::coverage::Limits {
            stretch: self.stretch.map_or(usual.stretch, hours),
            rest: self.rest.map_or(usual.rest, hours),
            pause: usual.pause,
            week: match self.week {
                None => usual.week,
                Some(0) => None,
                Some(week) => Some(hours(week)),
            },
        }
    }
}

impl PatternFile {
    /// Reads a file's text; `name` is what it goes by.
    ///
    /// # Errors
    /// [`Code::PatternInvalid`].
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let refuse = |why: String| {
            Error::new(Code::PatternInvalid)
                .with("file", name)
                .with("why", why)
        };
        let file: Self = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|cause| refuse(cause.to_string()))?;
        match file.pattern() {
            Some(pattern) if !pattern.slots.is_empty() => Ok(file),
            _ => Err(refuse("slots: HH:mm".to_owned())),
        }
    }

    /// The pattern it describes; `None` when an hour is none.
    #[must_use]
    pub fn pattern(&self) -> Option<Pattern> {
        let slot = |line: &SlotLine| {
            let (start, end) = (minutes(&line.from)?, minutes(&line.to)?);
            Some(Slot {
                start: start % (24 * 60),
                minutes: (end - start - 1).rem_euclid(24 * 60) + 1,
                days: line.days.unwrap_or(Days::Every),
            })
        };
        let mut slots: Vec<Slot> = self.slots.iter().map(slot).collect::<Option<_>>()?;
        slots.sort_by_key(|slot| slot.start);
        Some(Pattern {
            key: crate::text::one_line(&self.name),
            slots,
        })
    }
}

/// The minute of the day of `HH:mm`; `24:00` is its end.
#[must_use]
pub fn minutes(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once(':')?;
    let two = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i64>().ok()).flatten()
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let fits = hour < 24 && minute < 60 || (hour, minute) == (24, 0);
    fits.then_some(hour * 60 + minute)
}
