//! The calendar of Vietnam, year by year: public holidays, for which work is paid otherwise, days
//! that are given back for those on a weekend, and Saturdays that are worked for a working day that
//! is free. Who works on a day that is given back works on a day off.
//!
//! A year is data: that of an office's own book, else `assets/calendar/`, else what follows from the
//! law. What no notice has said yet is planned.

mod file;
mod law;

pub use law::Holiday;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::clock::Instant;
use crate::messages::Said;
use crate::word::words;

words! {
    /// How a day is not as its weekday says.
    DayKind, "day_kind" {
        /// A public holiday.
        Holiday = "holiday",
        /// A working day that is free: for a holiday on a weekend, or for a Saturday that is worked.
        GivenBack = "given_back",
        /// A Saturday or a Sunday that is worked.
        Worked = "worked",
    }
}

/// A day that is not as its weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarDay {
    /// The local day, written `yyyy-MM-dd`.
    #[serde(serialize_with = "as_text")]
    pub date: NaiveDate,
    /// How it is not.
    pub kind: DayKind,
    /// What it is called, or for what it is free or worked.
    pub name: Said,
    /// Who says so: the law, or the notice of the year.
    pub source: Said,
    /// Whether no notice has said it yet.
    pub planned: bool,
}

fn as_text<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(date)
}

/// The days of one year that are not as their weekdays say, by date; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year(Vec<CalendarDay>);

impl Year {
    /// Which year it is.
    #[must_use]
    pub fn number(&self) -> i32 {
        self.0.first().map_or(0, |day| day.date.year())
    }

    /// Its days, by date.
    #[must_use]
    pub fn days(&self) -> &[CalendarDay] {
        &self.0
    }
}

/// The years that are known where a book says nothing.
pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=2100;

const TEXTS: &[&str] = &[
    include_str!("../../../../../assets/calendar/2026.json"),
    include_str!("../../../../../assets/calendar/2027.json"),
];

/// What comes with the program: the years of `assets/calendar/`, the others as the law has them.
static USUAL: LazyLock<BTreeMap<i32, Year>> = LazyLock::new(|| {
    let mut years: BTreeMap<i32, Year> = YEARS
        .map(|number| (number, Year(law::year(number))))
        .collect();
    for text in TEXTS {
        let year = Year::read(text).expect("a test reads every year that ships");
        years.insert(year.number(), year);
    }
    years
});

/// The calendar that a book goes by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    own: Arc<BTreeMap<i32, Year>>,
}

impl Calendar {
    /// The usual calendar, but for some years of a book's own.
    #[must_use]
    pub fn with(own: Vec<Year>) -> Self {
        let own = own.into_iter().map(|year| (year.number(), year));
        Self {
            own: Arc::new(own.collect()),
        }
    }

    /// A year; `None` for one before or after all of [`YEARS`] that the book does not have.
    #[must_use]
    pub fn year(&self, number: i32) -> Option<&Year> {
        self.own.get(&number).or_else(|| USUAL.get(&number))
    }

    /// Whether a year is one of the book's own.
    #[must_use]
    pub fn is_own(&self, number: i32) -> bool {
        self.own.contains_key(&number)
    }

    /// Whether the holidays of a year that follow the moon are known: those of a book's own year are.
    #[must_use]
    pub fn knows_lunar(&self, number: i32) -> bool {
        self.is_own(number) || law::knows_lunar(number)
    }

    /// How the local day of a moment is not as its weekday says.
    #[must_use]
    pub fn day(&self, at: Instant) -> Option<&CalendarDay> {
        let date = at.date();
        let days = self.year(date.year())?.days();
        let found = days.binary_search_by_key(&date, |day| day.date).ok()?;
        Some(&days[found])
    }

    /// Whether the local day of a moment is a public holiday.
    #[must_use]
    pub fn is_holiday(&self, at: Instant) -> bool {
        self.day(at).is_some_and(|day| day.kind == DayKind::Holiday)
    }

    /// Whether nobody works on the local day of a moment but those on duty.
    #[must_use]
    pub fn is_free(&self, at: Instant) -> bool {
        match self.day(at).map(|day| day.kind) {
            Some(DayKind::Holiday | DayKind::GivenBack) => true,
            Some(DayKind::Worked) => false,
            None => matches!(at.date().weekday(), Weekday::Sat | Weekday::Sun),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, HOUR};

    fn at(day: &str) -> Instant {
        Instant::parse_start(day).expect("a day")
    }

    /// How a day is not as its weekday says, and whether nobody works.
    fn kind(day: &str) -> (Option<DayKind>, bool) {
        let calendar = Calendar::default();
        let kind = |at| (calendar.day(at).map(|day| day.kind), calendar.is_free(at));
        let found = kind(at(day));
        for moment in [at(day).plus(12 * HOUR), at(day).plus(DAY - 1)] {
            assert_eq!(kind(moment), found, "{moment}");
        }
        found
    }

    #[test]
    fn what_is_not_known_of_the_moon_is_told() {
        let known = |year| Calendar::default().knows_lunar(year);
        let years = [2009, 2010, 2050, 2051].map(known);
        assert_eq!(years, [false, true, true, false]);
        let text = Calendar::default().year(2051).expect("a year").text();
        let own = Calendar::with(vec![Year::read(&text).expect("the same year")]);
        assert!(own.knows_lunar(2051));
    }

    #[test]
    fn a_day_is_what_it_is() {
        use DayKind::{GivenBack, Holiday, Worked};
        for (day, expect) in [
            ("01/01/2016", Some(Holiday)),
            ("06/02/2016", None),
            ("07/02/2016", Some(Holiday)),
            ("11/02/2016", Some(Holiday)),
            ("12/02/2016", Some(GivenBack)),
            ("16/04/2016", Some(Holiday)),
            ("30/04/2016", Some(Holiday)),
            ("01/09/2016", None),
            ("02/09/2016", Some(Holiday)),
            ("26/01/2025", None),
            ("27/01/2025", Some(Holiday)),
            ("31/01/2025", Some(Holiday)),
            ("03/09/2024", Some(Holiday)),
            ("01/09/2024", None),
            ("01/09/2025", Some(Holiday)),
            ("03/09/2025", None),
            ("24/11/2025", None),
            ("24/11/2026", Some(Holiday)),
            ("08/02/2009", None),
            ("08/02/2051", None),
            ("02/01/2026", Some(GivenBack)),
            ("10/01/2026", Some(Worked)),
            ("15/02/2026", None),
            ("16/02/2026", Some(Holiday)),
            ("20/02/2026", Some(Holiday)),
            ("23/02/2026", None),
            ("26/04/2026", Some(Holiday)),
            ("27/04/2026", Some(GivenBack)),
            ("22/08/2026", Some(Worked)),
            ("31/08/2026", Some(GivenBack)),
            ("01/09/2026", Some(Holiday)),
            ("05/02/2027", Some(Holiday)),
            ("06/02/2027", Some(Holiday)),
            ("11/02/2027", Some(GivenBack)),
            ("12/02/2027", None),
        ] {
            assert_eq!(kind(day).0, expect, "{day}");
        }
    }

    #[test]
    fn free_days_are_those_of_the_notice() {
        for (day, expect) in [
            ("20/05/2016", false),
            ("21/05/2016", true),
            ("22/05/2016", true),
            ("23/05/2016", false),
            ("02/01/2026", true),
            ("10/01/2026", false),
            ("11/01/2026", true),
            ("27/04/2026", true),
            ("22/08/2026", false),
            ("31/08/2026", true),
        ] {
            assert_eq!(kind(day).1, expect, "{day}");
        }
    }

    #[test]
    fn every_year_that_ships_is_one() {
        let numbers: Vec<i32> = TEXTS
            .iter()
            .map(|text| Year::read(text).expect("a year").number())
            .collect();
        assert_eq!(numbers, [2026, 2027]);
    }

    #[test]
    fn a_year_of_ones_own_is_instead_of_the_usual() {
        let text = r#"[{"date": "2026-01-02", "kind": "holiday", "name": "Ngày của tỉnh",
            "source": "Thông báo 1"}]"#;
        let calendar = Calendar::with(vec![Year::read(text).expect("a year")]);
        assert!(calendar.is_own(2026) && !calendar.is_own(2027));
        assert!(calendar.is_holiday(at("02/01/2026")));
        assert!(!calendar.is_holiday(at("01/01/2026")));
        assert!(calendar.is_holiday(at("01/01/2027")));
    }
}
