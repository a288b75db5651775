//! Time: the only place that asks what time it is, the hybrid logical clock, and how a moment
//! is written and read.
//!
//! Everything else takes the time as a parameter. Local time is UTC+7 without daylight saving,
//! whatever the system says.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

use crate::error::{Code, Error, Result};
use crate::id::SiteId;

/// Milliseconds in a minute, an hour and a day.
pub const MINUTE: i64 = 60_000;
/// See [`MINUTE`].
pub const HOUR: i64 = 60 * MINUTE;
/// See [`MINUTE`].
pub const DAY: i64 = 24 * HOUR;

const OFFSET: i64 = 7 * HOUR;

/// The years that a date can mean; what is written as another is a slip.
pub const YEARS: std::ops::Range<i32> = 1900..2200;

/// The time now, as the system's clock says.
#[must_use]
pub fn now() -> Instant {
    Instant(Utc::now().timestamp_millis())
}

/// How many whole minutes of its local day a moment lies after midnight.
#[must_use]
pub const fn minute_of_day(at: Instant) -> i64 {
    (at.millis() - at.midnight().millis()) / MINUTE
}

/// # Errors
/// [`Code::SpanBackwards`] unless `from` lies before `to`.
pub fn check_span(from: Instant, to: Instant) -> Result<()> {
    match from < to {
        true => Ok(()),
        false => Err(backwards(from, to)),
    }
}

/// The error of a span that ends before it starts.
#[must_use]
pub fn backwards(from: Instant, to: Instant) -> Error {
    Error::new(Code::SpanBackwards)
        .with("from", from)
        .with("to", to)
}

/// A moment: milliseconds since 1970-01-01 00:00 UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
#[derive(specta::Type)]
pub struct Instant(i64);

impl Instant {
    /// The moment so many milliseconds after 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads what [`Instant::parse`] reads, or a day alone, meaning its last minute: by when
    /// something is due.
    ///
    /// # Errors
    /// [`Code::TimeInvalid`].
    pub fn parse_due(text: &str) -> Result<Self> {
        match Written::parse(text) {
            Some(Written::Moment(at)) => Ok(at),
            Some(Written::Day(at)) => Ok(at.plus(DAY - MINUTE)),
            None => Err(Error::new(Code::TimeInvalid).with("given", text)),
        }
    }

    /// The same time of day so many months before; the last day of a month that is too short.
    #[must_use]
    pub fn months_before(self, months: u32) -> Self {
        let before = self.local().checked_sub_months(chrono::Months::new(months));
        before.map_or(Self(i64::MIN), |before| {
            Self(before.and_utc().timestamp_millis().saturating_sub(OFFSET))
        })
    }

    /// Days since the last of 1899 in local time: how spreadsheets count.
    #[must_use]
    pub fn spreadsheet_days(self) -> f64 {
        const UNTIL_1970: f64 = 25_569.0;
        (self.0 + OFFSET) as f64 / DAY as f64 + UNTIL_1970
    }

    /// The moment so many milliseconds later.
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0 + millis)
    }

    /// Reads local `dd/MM/yyyy HH:mm` or `yyyy-MM-dd HH:mm` (seconds allowed; `24:00` is the day's end), or ISO 8601 with a zone (`2016-05-22T13:32Z`).
    ///
    /// # Errors
    /// [`Code::TimeInvalid`] when it is neither, or such a day or hour does not exist.
    pub fn parse(text: &str) -> Result<Self> {
        match Written::parse(text) {
            Some(Written::Moment(at)) => Ok(at),
            _ => Err(Error::new(Code::TimeInvalid).with("given", text)),
        }
    }

    /// Reads what [`Instant::parse`] reads, or a day alone, meaning its first moment.
    ///
    /// # Errors
    /// [`Code::TimeInvalid`].
    pub fn parse_start(text: &str) -> Result<Self> {
        match Written::parse(text) {
            Some(Written::Moment(at) | Written::Day(at)) => Ok(at),
            None => Err(Error::new(Code::TimeInvalid).with("given", text)),
        }
    }

    /// Reads what [`Instant::parse`] reads, or a day alone, meaning the end of that day: who
    /// writes "until the 25th" means to work on the 25th.
    ///
    /// # Errors
    /// [`Code::TimeInvalid`].
    pub fn parse_end(text: &str) -> Result<Self> {
        match Written::parse(text) {
            Some(Written::Moment(at)) => Ok(at),
            Some(Written::Day(at)) => Ok(at.plus(DAY)),
            None => Err(Error::new(Code::TimeInvalid).with("given", text)),
        }
    }

    fn from_local(local: NaiveDateTime) -> Self {
        Self(local.and_utc().timestamp_millis() - OFFSET)
    }

    fn local(self) -> NaiveDateTime {
        DateTime::from_timestamp_millis(self.0.saturating_add(OFFSET))
            .unwrap_or_default()
            .naive_utc()
    }

    /// `22/05/2016`, for people.
    #[must_use]
    pub fn day(self) -> String {
        self.local().format("%d/%m/%Y").to_string()
    }

    /// `20:32`, for people.
    #[must_use]
    pub fn time_of_day(self) -> String {
        self.local().format("%H:%M").to_string()
    }

    /// The local day.
    pub fn date(self) -> NaiveDate {
        self.local().date()
    }

    /// The minute it lies in: what a roster is kept to.
    #[must_use]
    pub const fn whole_minute(self) -> Self {
        Self(self.0 - self.0.rem_euclid(MINUTE))
    }

    /// The same time of the day whose month is this day and whose day is this month; `None` where
    /// there is no such day.
    #[must_use]
    pub fn day_and_month_swapped(self) -> Option<Self> {
        let local = self.local();
        let date = NaiveDate::from_ymd_opt(local.year(), local.day(), local.month())?;
        Some(Self::from_local(date.and_time(local.time())))
    }

    /// The first moment of its local day.
    #[must_use]
    pub const fn midnight(self) -> Self {
        Self(self.0 - (self.0 + OFFSET).rem_euclid(DAY))
    }

    /// The midnight of the Monday of its week.
    #[must_use]
    pub const fn monday(self) -> Self {
        let day = self.midnight();
        // The 5th of January 1970 was a Monday.
        let days = (day.0 + OFFSET) / DAY + 3;
        Self(day.0 - days.rem_euclid(7) * DAY)
    }

    /// The local year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.local().year()
    }

    /// `2016-05-22T20:32:00+07:00`, for machines.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.local().format("%Y-%m-%dT%H:%M:%S+07:00").to_string()
    }

    /// `20160522T133200Z`, for calendars.
    #[must_use]
    pub fn utc_stamp(self) -> String {
        let utc = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        utc.format("%Y%m%dT%H%M%SZ").to_string()
    }

    /// What [`Instant::file_stamp`] wrote.
    #[must_use]
    pub fn from_file_stamp(stamp: &str) -> Option<Self> {
        let local = NaiveDateTime::parse_from_str(stamp, "%Y%m%d-%H%M%S").ok()?;
        Some(Self::from_local(local))
    }

    /// `20160522-203200`, for file names.
    #[must_use]
    pub fn file_stamp(self) -> String {
        self.local().format("%Y%m%d-%H%M%S").to_string()
    }
}

impl fmt::Display for Instant {
    /// `22/05/2016 20:32`, for people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.local();
        match at.year() {
            year @ 0..=9999 => write!(
                f,
                "{:02}/{:02}/{year:04} {:02}:{:02}",
                at.day(),
                at.month(),
                at.hour(),
                at.minute()
            ),
            _ => at.format("%d/%m/%Y %H:%M").fmt(f),
        }
    }
}

enum Written {
    Moment(Instant),
    Day(Instant),
}

impl Written {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let zoned = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"].iter();
        let mut zoned = zoned.filter_map(|form| DateTime::parse_from_str(text, form).ok());
        if let Some(moment) = zoned.find(|moment| YEARS.contains(&moment.year())) {
            return Some(Self::Moment(Instant(moment.timestamp_millis())));
        }
        let (day, time) = match text.split_once([' ', '\t', '\u{a0}', 'T']) {
            Some((day, time)) => (day, Some(time.trim())),
            None => (text, None),
        };
        let mut parts = day.split(['/', '-', '.']);
        let mut part = |digits: std::ops::RangeInclusive<usize>| -> Option<u32> {
            let part = parts.next()?;
            let fits = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| part.parse().ok()).flatten()
        };
        let (first, month, last) = (part(1..=4)?, part(1..=2)?, part(1..=4)?);
        if parts.next().is_some() {
            return None;
        }
        // `dd/MM/yyyy`, or `yyyy-MM-dd`; a year has four digits, or it is no year.
        let (day, year) = match day.find(['/', '-', '.']) {
            Some(4) if last < 100 => (last, first),
            Some(1 | 2) if last >= 1000 => (first, last),
            _ => return None,
        };
        let year = i32::try_from(year)
            .ok()
            .filter(|year| YEARS.contains(year))?;
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        let midnight = Instant::from_local(day.and_time(NaiveTime::MIN));
        let Some(time) = time else {
            return Some(Self::Day(midnight));
        };
        if matches!(time, "24:00" | "24:00:00") {
            return Some(Self::Moment(midnight.plus(DAY)));
        }
        let time = NaiveTime::parse_from_str(time, "%H:%M")
            .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
            .ok()?;
        Some(Self::Moment(Instant::from_local(day.and_time(time))))
    }
}

/// A hybrid logical clock: 48 bits of milliseconds, 16 bits of count. It never stands still and
/// never goes back, even when the system's clock does.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Hlc(pub u64);

impl Hlc {
    /// The clock of a change made at `wall`, after everything up to `last`.
    #[must_use]
    pub fn after(last: Option<Self>, wall: Instant) -> Self {
        let wall = u64::try_from(wall.millis()).unwrap_or(0) << 16;
        Self(last.map_or(wall, |last| wall.max(last.0 + 1)))
    }

    /// Its milliseconds since 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.0 >> 16
    }

    /// Its count within the millisecond.
    #[must_use]
    pub const fn count(self) -> u16 {
        self.0 as u16
    }
}

/// When and where a value was written; the greater one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The clock of the record.
    pub hlc: Hlc,
    /// The site of the record.
    pub site: SiteId,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{}", self.hlc.0, self.site)
    }
}

impl std::str::FromStr for Stamp {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (hlc, site) = text.split_once('.').ok_or(())?;
        Ok(Self {
            hlc: Hlc(u64::from_str_radix(hlc, 16).map_err(drop)?),
            site: site.parse()?,
        })
    }
}

impl Serialize for Stamp {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map_err(|()| serde::de::Error::custom("not a stamp"))
    }
}

/// Overlapping and touching spans as one.
#[must_use]
pub fn joined(mut spans: Vec<(Instant, Instant)>) -> Vec<(Instant, Instant)> {
    spans.sort_unstable();
    let mut joined: Vec<(Instant, Instant)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// What others, joined, leave of a span.
pub fn without(
    (from, to): (Instant, Instant),
    taken: &[(Instant, Instant)],
) -> impl Iterator<Item = (Instant, Instant)> {
    let begins = std::iter::once(from).chain(taken.iter().map(move |(_, end)| (*end).max(from)));
    let ends = taken.iter().map(move |(begin, _)| (*begin).min(to));
    let parts = begins.zip(ends.chain(std::iter::once(to)));
    parts.filter(|(begin, end)| begin < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_span() {
        let spans = |spans: &[(i64, i64)]| -> Vec<(Instant, Instant)> {
            let at = Instant::from_millis;
            spans
                .iter()
                .map(|(from, to)| (at(*from), at(*to)))
                .collect()
        };
        let check = |taken: &[(i64, i64)], expect: &[(i64, i64)]| {
            let span = (Instant::from_millis(10), Instant::from_millis(20));
            let left: Vec<_> = without(span, &spans(taken)).collect();
            assert_eq!(left, spans(expect), "{taken:?}");
        };
        check(&[], &[(10, 20)]);
        check(&[(0, 10), (20, 30)], &[(10, 20)]);
        check(&[(0, 12), (14, 15), (18, 30)], &[(12, 14), (15, 18)]);
        check(&[(10, 20)], &[]);
        check(&[(0, 5), (25, 30)], &[(10, 20)]);
        check(&[(0, 30)], &[]);
    }

    #[test]
    fn moments_are_read_as_written() {
        let check = |given: &str, expect: Option<&str>| {
            let read = Instant::parse(given).ok().map(Instant::rfc3339);
            assert_eq!(read.as_deref(), expect, "{given}");
        };
        check("22/05/2016 20:32", Some("2016-05-22T20:32:00+07:00"));
        check("2/5/2016 7:05", Some("2016-05-02T07:05:00+07:00"));
        check("22/05/2016 20:32:09", Some("2016-05-22T20:32:09+07:00"));
        check("22/05/2016 24:00", Some("2016-05-23T00:00:00+07:00"));
        check("2016-05-22T13:32:00Z", Some("2016-05-22T20:32:00+07:00"));
        check("2016-05-22T13:32Z", Some("2016-05-22T20:32:00+07:00"));
        check(
            "2016-05-22T13:32:00.250Z",
            Some("2016-05-22T20:32:00+07:00"),
        );
        check("2016-05-22T14:32+01:00", Some("2016-05-22T20:32:00+07:00"));
        check("2016-05-22T14:32+01", Some("2016-05-22T20:32:00+07:00"));
        check("2016-05-22T20:32", Some("2016-05-22T20:32:00+07:00"));
        check("22/05/2016 20:32Z", None);
        check("22/05/0016 20:32", None);
        check("22/05/9016 20:32", None);
        check("0016-05-22T20:32:00Z", None);
        check("29/02/2027 10:00", None);
        check("31/02/2016 10:00", None);
        check("22/05/2016 25:00", None);
        check("22/05/2016", None);
        check("2016-05-22 20:32", Some("2016-05-22T20:32:00+07:00"));
        check("22/05/16 10:00", None);
        check("22/5/216 10:00", None);
        check("hôm nay", None);
        check("", None);
    }

    #[test]
    fn the_stamp_of_a_file_is_read_back() {
        let at = Instant::parse("22/05/2016 20:32:09").expect("a moment");
        assert_eq!(Instant::from_file_stamp(&at.file_stamp()), Some(at));
        assert_eq!(Instant::from_file_stamp("20161340-203209"), None);
        assert_eq!(at.midnight().to_string(), "22/05/2016 00:00");
        assert_eq!(at.months_before(3).to_string(), "22/02/2016 20:32");
        assert_eq!(at.day_and_month_swapped(), None);
        let may = Instant::parse("05/10/2016 07:30").expect("a moment");
        let swapped = may.day_and_month_swapped().map(|at| at.to_string());
        assert_eq!(swapped.as_deref(), Some("10/05/2016 07:30"));
    }

    #[test]
    fn a_day_alone_is_whole() {
        let start = Instant::parse_start("22/05/2016").expect("a day");
        let end = Instant::parse_end("22/05/2016").expect("a day");
        assert_eq!(end.millis() - start.millis(), DAY);
        assert_eq!(end.to_string(), "23/05/2016 00:00");
    }

    #[test]
    fn the_logical_clock_never_goes_back() {
        let late = Hlc::after(None, Instant::from_millis(2_000));
        let then = Hlc::after(Some(late), Instant::from_millis(1_000));
        assert!(then > late);
        assert_eq!(then.millis(), 2_000);
    }
}
