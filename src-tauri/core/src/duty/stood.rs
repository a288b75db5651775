//! What somebody stood: how long, of it at night, on days off and on public holidays. By it people
//! are paid, and their shares are weighed.

use serde::Serialize;

use crate::clock::{DAY, HOUR, Instant};
use crate::duty::calendar::Calendar;

/// When night ends and begins in a day (Labour Code 2019, article 106), in milliseconds.
const NIGHT: (i64, i64) = (6 * HOUR, 22 * HOUR);

/// What somebody stood. Times are in milliseconds; those of two shifts at once count once.
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
    /// On how many days off that are no holiday.
    pub weekends: u64,
    /// On how many days of public holidays.
    pub holidays: u64,
}

impl Stood {
    /// What one person stood in these spans.
    #[must_use]
    pub fn of(mut spans: Vec<(Instant, Instant)>, calendar: &Calendar) -> Self {
        spans.sort_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
        let mut stood = Self::default();
        let mut covered = Instant::from_millis(i64::MIN);
        // The last day off that was counted: a day with two shifts is one.
        let mut counted = None;
        for (from, to) in spans {
            let from = from.max(covered);
            if to <= from {
                continue;
            }
            covered = to;
            stood.shifts += 1;
            let night = stood.night;
            let mut at = from;
            while at < to {
                let day = at.midnight();
                let until = to.min(day.plus(DAY));
                stood.add((at, until), calendar, counted != Some(day));
                counted = Some(day);
                at = until;
            }
            stood.nights += u64::from(stood.night > night);
        }
        stood
    }

    /// Adds a time within one day.
    fn add(&mut self, (from, to): (Instant, Instant), calendar: &Calendar, is_new: bool) {
        let day = from.midnight();
        let time = to.millis() - from.millis();
        let (from, to) = (from.millis() - day.millis(), to.millis() - day.millis());
        self.time += time;
        self.night += (to.min(NIGHT.0) - from).max(0) + (to - from.max(NIGHT.1)).max(0);
        if calendar.is_holiday(day) {
            self.holiday += time;
            self.holidays += u64::from(is_new);
        } else if calendar.is_free(day) {
            self.weekend += time;
            self.weekends += u64::from(is_new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE;

    #[track_caller]
    fn check(spans: &[(&str, &str)], expect: [i64; 8]) {
        let at = |text: &str| Instant::parse(text).expect("a moment");
        let spans_of = spans.iter().map(|(from, to)| (at(from), at(to))).collect();
        let stood = Stood::of(spans_of, &Calendar::default());
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
            [1, 3360, 1440, 360, 2880, 1, 1, 2],
        );
    }

    #[test]
    fn two_shifts_at_once_are_paid_once() {
        let day = ("22/05/2016 07:00", "22/05/2016 19:00");
        check(&[day, day], [1, 720, 0, 720, 0, 0, 1, 0]);
        check(
            &[day, ("22/05/2016 18:00", "23/05/2016 01:00")],
            [2, 1080, 180, 1020, 0, 1, 1, 0],
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
                (begins, begins.plus((n * 61) % 900 * MINUTE))
            })
            .collect();
        let calendar = Calendar::default();
        let mut expect = [0; 4];
        for minute in 0..8_000 {
            let at = from.plus(minute * MINUTE);
            if !spans.iter().any(|(from, to)| *from <= at && at < *to) {
                continue;
            }
            let of_day = at.millis() - at.midnight().millis();
            let is_holiday = calendar.is_holiday(at);
            expect[0] += MINUTE;
            expect[1] += i64::from(!(NIGHT.0..NIGHT.1).contains(&of_day)) * MINUTE;
            expect[2] += i64::from(calendar.is_free(at) && !is_holiday) * MINUTE;
            expect[3] += i64::from(is_holiday) * MINUTE;
        }
        let stood = Stood::of(spans, &calendar);
        assert_eq!(
            [stood.time, stood.night, stood.weekend, stood.holiday],
            expect
        );
    }
}
