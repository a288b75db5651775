//! The hours that people stood on duty, by which they are paid: of them at night, on days off and
//! on public holidays.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use super::RosterOptions;
use crate::clock::{DAY, HOUR, Instant};
use crate::directory::person::{self, Person, UnitNames};
use crate::duty::calendar::{holiday, is_weekend};
use crate::error::Result;
use crate::id::{PersonId, UnitId};
use crate::messages::vietnamese;
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;
use crate::text::fold;

/// When night ends and begins in a day (Labour Code 2019, article 106), in milliseconds.
const NIGHT: (i64, i64) = (6 * HOUR, 22 * HOUR);

/// What somebody stood. Times are in milliseconds; those of two shifts at once count once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stood {
    /// How many shifts, but those that lie wholly within others.
    pub shifts: u64,
    /// The time.
    pub time: i64,
    /// Of it from 22:00 to 06:00.
    pub night: i64,
    /// Of it on Saturdays and Sundays that are no holiday: a holiday is paid as one.
    pub weekend: i64,
    /// Of it on public holidays.
    pub holiday: i64,
    /// How many shifts have some time at night.
    pub nights: u64,
    /// On how many Saturdays and Sundays.
    pub weekends: u64,
    /// On how many days of public holidays.
    pub holidays: u64,
}

impl Stood {
    /// What one person stood in these spans.
    #[must_use]
    pub fn of(mut spans: Vec<(Instant, Instant)>) -> Self {
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
                stood.add(day, at, until, counted != Some(day));
                counted = Some(day);
                at = until;
            }
            stood.nights += u64::from(stood.night > night);
        }
        stood
    }

    /// Adds a time within one day.
    fn add(&mut self, day: Instant, from: Instant, to: Instant, is_new: bool) {
        let time = to.millis() - from.millis();
        let (from, to) = (from.millis() - day.millis(), to.millis() - day.millis());
        self.time += time;
        self.night += (to.min(NIGHT.0) - from).max(0) + (to - from.max(NIGHT.1)).max(0);
        if holiday(day).is_some() {
            self.holiday += time;
            self.holidays += u64::from(is_new);
        } else if is_weekend(day) {
            self.weekend += time;
            self.weekends += u64::from(is_new);
        }
    }
}

/// The hours of everybody who stood on duty, by unit and name. Who was taken off the list stood
/// until then.
///
/// # Errors
/// Those of the store and of the options, and [`crate::Code::File`].
pub fn hours(book: Reader<'_>, to: impl Write, form: Form, options: &RosterOptions) -> Result<()> {
    let mut cards = book.all_cards()?;
    let removed: Vec<Person> = cards.iter().filter(|card| card.removed).cloned().collect();
    let left = book.off_the_list(&removed)?;
    let (begins, ends) = options.span(&book.periods()?)?;
    let mut spans: HashMap<PersonId, Vec<(Instant, Instant)>> = HashMap::new();
    // Who is only on call is not paid by the hour.
    for shift in book.shifts()?.into_iter().filter(|shift| !shift.standing) {
        let from = shift.from.max(begins.unwrap_or(shift.from));
        let left = left.get(&shift.person.0).copied();
        let to = [ends, left]
            .into_iter()
            .flatten()
            .fold(shift.to, Instant::min);
        spans.entry(shift.person).or_default().push((from, to));
    }
    cards.retain(|card| options.person.is_none_or(|wished| card.id == wished));
    let heading = |field: Field| field.heading(List::People);
    let column = |key: &'static str| vietnamese().text(key);
    let headings = [
        heading(Field::UnitCode),
        heading(Field::Unit),
        heading(Field::FullName),
        column("column_shifts"),
        column("column_hours"),
        column("column_night_hours"),
        column("column_weekend_hours"),
        column("column_holiday_hours"),
        column("column_nights"),
        column("column_weekends"),
        column("column_holidays"),
    ];
    let mut sheet = super::table(book, to, form, &headings)?;
    let names = book.unit_names()?;
    let mut by_unit: HashMap<UnitId, Vec<Person>> = HashMap::new();
    for card in cards {
        // A unit that is no more has the one that took its place.
        let unit = names.get(&card.unit).map_or(card.unit, |(today, _)| *today);
        by_unit.entry(unit).or_default().push(card);
    }
    for (unit, code, name) in places(book, &names)? {
        let mut people = by_unit.remove(&unit).unwrap_or_default();
        if options.unit.is_some_and(|wished| unit != wished) {
            continue;
        }
        person::sort(&mut people);
        for person in people {
            let stood = Stood::of(spans.remove(&person.id).unwrap_or_default());
            if stood.shifts == 0 {
                continue;
            }
            sheet.row(&[
                Cell::text(code.as_deref()),
                Cell::Text(name.clone()),
                Cell::Text(person.full_name),
                Cell::Count(stood.shifts),
                Cell::Length(stood.time),
                Cell::Length(stood.night),
                Cell::Length(stood.weekend),
                Cell::Length(stood.holiday),
                Cell::Count(stood.nights),
                Cell::Count(stood.weekends),
                Cell::Count(stood.holidays),
            ])?;
        }
    }
    sheet.end()
}

/// The units with their codes and names, as an office lists them; at last those that are no more.
fn places(book: Reader<'_>, names: &UnitNames) -> Result<Vec<(UnitId, Option<String>, String)>> {
    let mut places: Vec<_> = book
        .units()?
        .into_iter()
        .map(|unit| (unit.id, unit.code, unit.name))
        .collect();
    let known: HashSet<UnitId> = places.iter().map(|(id, ..)| *id).collect();
    let gone = names.iter().filter(|(id, _)| !known.contains(id));
    let mut gone: Vec<_> = gone
        .map(|(id, (_, name))| (*id, None, name.clone()))
        .collect();
    gone.sort_by_key(|(id, _, name)| (fold(name), *id));
    places.append(&mut gone);
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE;

    #[track_caller]
    fn check(spans: &[(&str, &str)], expect: [i64; 8]) {
        let at = |text: &str| Instant::parse(text).expect("a moment");
        let stood = Stood::of(spans.iter().map(|(from, to)| (at(from), at(to))).collect());
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
        // The thirtieth of April and the first of May, a weekend, are paid as holidays.
        check(
            &[("29/04/2016 22:00", "02/05/2016 06:00")],
            [1, 3360, 1440, 0, 2880, 1, 0, 2],
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
        let mut expect = [0; 4];
        for minute in 0..8_000 {
            let at = from.plus(minute * MINUTE);
            if !spans.iter().any(|(from, to)| *from <= at && at < *to) {
                continue;
            }
            let of_day = at.millis() - at.midnight().millis();
            let is_holiday = holiday(at).is_some();
            expect[0] += MINUTE;
            expect[1] += i64::from(!(NIGHT.0..NIGHT.1).contains(&of_day)) * MINUTE;
            expect[2] += i64::from(is_weekend(at) && !is_holiday) * MINUTE;
            expect[3] += i64::from(is_holiday) * MINUTE;
        }
        let stood = Stood::of(spans);
        assert_eq!(
            [stood.time, stood.night, stood.weekend, stood.holiday],
            expect
        );
    }
}
