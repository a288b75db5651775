//! What somebody stood: how long, of it at night, on days off and on public holidays. By it people
//! are paid, and their shares are weighed.

use std::cmp::Reverse;
use std::ops::{AddAssign, SubAssign};

use serde::Serialize;

use crate::clock::{DAY, HOUR, Instant, MINUTE};
use crate::duty::calendar::Calendar;
use crate::duty::finding::Share;

/// When night ends and begins in a day (Labour Code 2019, article 106), in milliseconds.
const NIGHT: (i64, i64) = (6 * HOUR, 22 * HOUR);

/// What somebody stood. Times are in milliseconds; those of two shifts at once count once. Shifts
/// count as they are stood, each once wherever it has some time: one through the night from Saturday
/// to Sunday is one at a weekend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct Stood {
    /// How many shifts, but those that lie wholly within others.
    pub shifts: u64,
    /// The time.
    pub time: i64,
    /// Of it from 22:00 to 06:00.
    pub night: i64,
    /// Of it on days off that are no holiday, as a rule Saturdays and Sundays: a holiday is paid as
    /// one.
    pub weekend: i64,
    /// Of it on public holidays.
    pub holiday: i64,
    /// How many shifts have some time at night.
    pub nights: u64,
    /// How many shifts have some time on days off that are no holiday.
    pub weekends: u64,
    /// How many shifts have some time on public holidays.
    pub holidays: u64,
}

impl Stood {
    /// What one person stood: of each shift the parts in which they were there.
    #[must_use]
    pub fn of(shifts: &[Vec<(Instant, Instant)>], calendar: &Calendar) -> Self {
        let mut parts: Vec<(Instant, Reverse<Instant>, usize)> = Vec::with_capacity(shifts.len());
        for (at, shift) in shifts.iter().enumerate() {
            parts.extend(shift.iter().map(|(from, to)| (*from, Reverse(*to), at)));
        }
        parts.sort_unstable();
        let mut each = vec![Self::default(); shifts.len()];
        let mut covered = Instant::from_millis(i64::MIN);
        for (from, Reverse(to), at) in parts {
            each[at].stand((from.max(covered), to), calendar);
            covered = covered.max(to);
        }
        let mut stood = Self::default();
        for mut shift in each {
            shift.shifts = u64::from(shift.time > 0);
            shift.nights = u64::from(shift.night > 0);
            shift.weekends = u64::from(shift.weekend > 0);
            shift.holidays = u64::from(shift.holiday > 0);
            stood += shift;
        }
        stood
    }

    /// How much it has of a kind: shifts, but of hours minutes.
    #[must_use]
    pub const fn share(&self, of: Share) -> u64 {
        match of {
            Share::Shifts => self.shifts,
            Share::Hours => (self.time / MINUTE).unsigned_abs(),
            Share::Nights => self.nights,
            Share::Weekends => self.weekends,
            Share::Holidays => self.holidays,
            Share::Free => self.weekends + self.holidays,
        }
    }

    /// Adds a time, day by day.
    fn stand(&mut self, (from, to): (Instant, Instant), calendar: &Calendar) {
        let mut at = from;
        while at < to {
            let day = at.midnight();
            let until = to.min(day.plus(DAY));
            let time = until.millis() - at.millis();
            let (begin, end) = (at.millis() - day.millis(), until.millis() - day.millis());
            self.time += time;
            self.night += (end.min(NIGHT.0) - begin).max(0) + (end - begin.max(NIGHT.1)).max(0);
            if calendar.is_holiday(day) {
                self.holiday += time;
            } else if calendar.is_free(day) {
                self.weekend += time;
            }
            at = until;
        }
    }
}

impl AddAssign for Stood {
    fn add_assign(&mut self, other: Self) {
        self.shifts += other.shifts;
        self.time += other.time;
        self.night += other.night;
        self.weekend += other.weekend;
        self.holiday += other.holiday;
        self.nights += other.nights;
        self.weekends += other.weekends;
        self.holidays += other.holidays;
    }
}

impl SubAssign for Stood {
    fn sub_assign(&mut self, other: Self) {
        self.shifts -= other.shifts;
        self.time -= other.time;
        self.night -= other.night;
        self.weekend -= other.weekend;
        self.holiday -= other.holiday;
        self.nights -= other.nights;
        self.weekends -= other.weekends;
        self.holidays -= other.holidays;
    }
}

/// A span in parts, each with the Monday of the week in which it lies.
pub(crate) fn by_week(
    (from, to): (Instant, Instant),
) -> impl Iterator<Item = (Instant, (Instant, Instant))> {
    let next = move |monday: &Instant| Some(monday.plus(7 * DAY)).filter(|next| *next < to);
    let mondays = std::iter::successors(Some(from.monday()), next);
    let part = move |monday: Instant| (monday, (from.max(monday), to.min(monday.plus(7 * DAY))));
    mondays.map(part).filter(|(_, (from, to))| from < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE;

    #[track_caller]
    fn check(spans: &[(&str, &str)], expect: [i64; 8]) {
        let at = |text: &str| Instant::parse(text).expect("a moment");
        let shifts: Vec<_> = spans
            .iter()
            .map(|(from, to)| vec![(at(from), at(to))])
            .collect();
        let stood = Stood::of(&shifts, &Calendar::default());
        let minutes = |time: i64| time / MINUTE;
        let count = |count: u64| i64::try_from(count).expect("few");
        let found = [
            count(stood.shifts),
            minutes(stood.time),
            minutes(stood.night),
            minutes(stood.weekend),
            minutes(stood.holiday),
            count(stood.nights),
            count(stood.weekends),
            count(stood.holidays),
        ];
        assert_eq!(found, expect, "{spans:?}");
    }

    #[test]
    fn hours_are_told_apart_to_the_minute() {
        check(&[], [0; 8]);
        check(
            &[("16/05/2016 07:30", "16/05/2016 11:45")],
            [1, 255, 0, 0, 0, 0, 0, 0],
        );
        check(
            &[("16/05/2016 21:59", "16/05/2016 22:01")],
            [1, 2, 1, 0, 0, 1, 0, 0],
        );
        check(
            &[("16/05/2016 06:00", "16/05/2016 22:00")],
            [1, 960, 0, 0, 0, 0, 0, 0],
        );
        // A day and a night, from a Friday into the Saturday.
        check(
            &[("20/05/2016 07:30", "21/05/2016 07:30")],
            [1, 1440, 480, 450, 0, 1, 1, 0],
        );
        // The thirtieth of April and the first of May, a weekend, are paid as holidays, the Monday
        // that is given back as a day off.
        check(
            &[("29/04/2016 22:00", "02/05/2016 06:00")],
            [1, 3360, 1440, 360, 2880, 1, 1, 1],
        );
    }

    #[test]
    fn a_shift_is_one_whatever_days_it_touches_and_whatever_leave_cuts_it() {
        let saturday = ("21/05/2016 22:00", "22/05/2016 06:00");
        let sunday = ("22/05/2016 22:00", "23/05/2016 06:00");
        check(&[saturday, sunday], [2, 960, 960, 600, 0, 2, 2, 0]);
        let at = |text: &str| Instant::parse(text).expect("a moment");
        let cut = vec![
            (at("21/05/2016 21:00"), at("21/05/2016 23:00")),
            (at("22/05/2016 01:00"), at("22/05/2016 03:00")),
        ];
        let stood = Stood::of(&[cut, Vec::new()], &Calendar::default());
        let counts = Share::ALL.iter().map(|of| stood.share(*of));
        assert_eq!(counts.collect::<Vec<_>>(), [1, 240, 1, 1, 0, 1]);
    }

    #[test]
    fn a_span_over_midnight_of_sunday_lies_in_both_weeks() {
        let at = |text: &str| Instant::parse(text).expect("a moment");
        let parts = |from: &str, to: &str| -> Vec<(String, i64)> {
            by_week((at(from), at(to)))
                .map(|(monday, (from, to))| {
                    let lasts = (to.millis() - from.millis()) / HOUR;
                    (monday.to_string(), lasts)
                })
                .collect()
        };
        let told = |parts: &[(&str, i64)]| -> Vec<(String, i64)> {
            parts
                .iter()
                .map(|(monday, lasts)| (at(monday).to_string(), *lasts))
                .collect()
        };
        let both = told(&[("16/05/2016 00:00", 2), ("23/05/2016 00:00", 6)]);
        assert_eq!(parts("22/05/2016 22:00", "23/05/2016 06:00"), both);
        let one = told(&[("16/05/2016 00:00", 2)]);
        assert_eq!(parts("22/05/2016 22:00", "23/05/2016 00:00"), one);
        assert_eq!(parts("23/05/2016 00:00", "23/05/2016 00:00"), []);
    }

    #[test]
    fn two_shifts_at_once_are_paid_once() {
        let day = ("22/05/2016 07:00", "22/05/2016 19:00");
        check(&[day, day], [1, 720, 0, 720, 0, 0, 1, 0]);
        check(
            &[day, ("22/05/2016 18:00", "23/05/2016 01:00")],
            [2, 1080, 180, 1020, 0, 1, 2, 0],
        );
        check(
            &[
                ("22/05/2016 18:00", "22/05/2016 23:00"),
                ("22/05/2016 12:00", "23/05/2016 00:00"),
            ],
            [1, 720, 120, 720, 0, 1, 1, 0],
        );
        let inside = ("22/05/2016 08:00", "22/05/2016 09:00");
        check(&[inside, day], [1, 720, 0, 720, 0, 0, 1, 0]);
        let backwards = ("22/05/2016 08:00", "22/05/2016 07:00");
        check(&[backwards], [0; 8]);
    }

    #[test]
    fn every_minute_is_counted_as_the_clock_says() {
        let from = Instant::parse("28/04/2016 00:00").expect("a moment");
        let spans: Vec<_> = (0..40)
            .map(|n: i64| {
                let begins = from.plus((n * 97) % 5_000 * MINUTE);
                vec![(begins, begins.plus((n * 61) % 900 * MINUTE))]
            })
            .collect();
        let calendar = Calendar::default();
        let mut expect = [0; 4];
        for minute in 0..8_000 {
            let at = from.plus(minute * MINUTE);
            let mut parts = spans.iter().flatten();
            if !parts.any(|(from, to)| *from <= at && at < *to) {
                continue;
            }
            let of_day = at.millis() - at.midnight().millis();
            let is_holiday = calendar.is_holiday(at);
            expect[0] += MINUTE;
            expect[1] += i64::from(!(NIGHT.0..NIGHT.1).contains(&of_day)) * MINUTE;
            expect[2] += i64::from(calendar.is_free(at) && !is_holiday) * MINUTE;
            expect[3] += i64::from(is_holiday) * MINUTE;
        }
        let stood = Stood::of(&spans, &calendar);
        assert_eq!(
            [stood.time, stood.night, stood.weekend, stood.holiday],
            expect
        );
    }
}
