//! The calendar of a year as it follows from the law, where no notice of that year is known: which
//! days are public holidays (Labour Code 2019, 45/2019/QH14, article 112), and which days those on a
//! weekend give back (article 111); before 2021 by the codes of their years.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{CalendarDay, DayKind};
use crate::messages::{Language, Messages, Said};
use crate::word::words;

words! {
    /// A public holiday.
    Holiday, "holiday" {
        /// The first of January.
        NewYear = "new_year",
        /// The lunar new year: five days.
        Tet = "tet",
        /// The commemoration of the Hùng kings: the tenth of the third lunar month.
        HungKings = "hung_kings",
        /// The thirtieth of April.
        Reunification = "reunification",
        /// The first of May.
        Labour = "labour",
        /// The second of September, and from 2021 the day before or after it.
        National = "national",
        /// The twenty-fourth of November, from 2026 (Resolution 80-NQ/TW).
        Culture = "culture",
    }
}

/// A day and its month.
type DayOfYear = (u32, u32);

/// The first year of [`LUNAR`].
const FIRST: i32 = 2010;

/// The first day of the lunar year and the tenth of its third month, as day and month, year by
/// year: from the astronomical new moons and the sun's longitude at UTC+7, the rule of the
/// Vietnamese calendar (Hồ Ngọc Đức, <https://www.informatik.uni-leipzig.de/~duc/amlich/>).
#[rustfmt::skip]
const LUNAR: [(DayOfYear, DayOfYear); 41] = [
    ((14, 2), (23, 4)), // 2010
    ((3, 2), (12, 4)), // 2011
    ((23, 1), (31, 3)), // 2012
    ((10, 2), (19, 4)), // 2013
    ((31, 1), (9, 4)), // 2014
    ((19, 2), (28, 4)), // 2015
    ((8, 2), (16, 4)), // 2016
    ((28, 1), (6, 4)), // 2017
    ((16, 2), (25, 4)), // 2018
    ((5, 2), (14, 4)), // 2019
    ((25, 1), (2, 4)), // 2020
    ((12, 2), (21, 4)), // 2021
    ((1, 2), (10, 4)), // 2022
    ((22, 1), (29, 4)), // 2023
    ((10, 2), (18, 4)), // 2024
    ((29, 1), (7, 4)), // 2025
    ((17, 2), (26, 4)), // 2026
    ((6, 2), (16, 4)), // 2027
    ((26, 1), (4, 4)), // 2028
    ((13, 2), (23, 4)), // 2029
    ((2, 2), (12, 4)), // 2030
    ((23, 1), (1, 4)), // 2031
    ((11, 2), (19, 4)), // 2032
    ((31, 1), (9, 4)), // 2033
    ((19, 2), (28, 4)), // 2034
    ((8, 2), (17, 4)), // 2035
    ((28, 1), (6, 4)), // 2036
    ((15, 2), (24, 4)), // 2037
    ((4, 2), (13, 4)), // 2038
    ((24, 1), (3, 4)), // 2039
    ((12, 2), (20, 4)), // 2040
    ((1, 2), (10, 4)), // 2041
    ((22, 1), (29, 4)), // 2042
    ((10, 2), (19, 4)), // 2043
    ((30, 1), (7, 4)), // 2044
    ((17, 2), (26, 4)), // 2045
    ((6, 2), (15, 4)), // 2046
    ((26, 1), (4, 4)), // 2047
    ((14, 2), (22, 4)), // 2048
    ((2, 2), (11, 4)), // 2049
    ((23, 1), (1, 4)), // 2050
];

/// Years of which the yearly notice of the ministry of labour gave the last two days of the old
/// lunar year and the first three of the new one; else it is the last one and the first four.
const TWO_BEFORE: [i32; 7] = [2017, 2018, 2020, 2021, 2023, 2024, 2025];

/// Years of which that notice added the third of September to the second; else it is the first.
const THIRD_OF_SEPTEMBER: [i32; 2] = [2021, 2024];

/// The last year of which the yearly notice is known: later days that it sets are planned.
const NOTICED: i32 = 2026;

/// A message of the catalogue in both languages.
fn said(key: &str) -> Said {
    let text = |language| Messages::of(language).text(key).to_owned();
    Said {
        vi: text(Language::Vi),
        en: text(Language::En),
    }
}

/// Whether the days of a year are known that follow the moon.
pub(super) fn knows_lunar(year: i32) -> bool {
    (FIRST..FIRST + LUNAR.len() as i32).contains(&year)
}

/// The days of a year that are not as their weekday says, by date; lunar ones where they are known.
pub(super) fn year(year: i32) -> Vec<CalendarDay> {
    let mut days = Vec::new();
    let mut add = |date: Option<NaiveDate>, holiday: Holiday, source: &str, planned: bool| {
        let name = said(&format!("holiday_{}", holiday.key()));
        days.extend(date.map(|date| CalendarDay {
            date,
            kind: DayKind::Holiday,
            name,
            source: said(source),
            planned,
        }));
    };
    let on = |day, month| NaiveDate::from_ymd_opt(year, month, day);
    let (law, weekends) = labour_code(year);
    let is_planned = year > NOTICED;
    let notice = match is_planned {
        true => "calendar_source_planned",
        false => "calendar_source_notice",
    };
    add(on(1, 1), Holiday::NewYear, law, false);
    add(on(30, 4), Holiday::Reunification, law, false);
    add(on(1, 5), Holiday::Labour, law, false);
    add(on(2, 9), Holiday::National, law, false);
    if year >= 2021 {
        let second = if THIRD_OF_SEPTEMBER.contains(&year) {
            3
        } else {
            1
        };
        add(on(second, 9), Holiday::National, notice, is_planned);
    }
    if year >= 2026 {
        add(
            on(24, 11),
            Holiday::Culture,
            "calendar_source_culture",
            true,
        );
    }
    let place = usize::try_from(year - FIRST).ok();
    if let Some((tet, hung_kings)) = place.and_then(|place| LUNAR.get(place)) {
        add(
            on(hung_kings.0, hung_kings.1),
            Holiday::HungKings,
            law,
            false,
        );
        let before = if TWO_BEFORE.contains(&year) { 2 } else { 1 };
        let first = on(tet.0, tet.1).map(|tet| tet - Days::new(before));
        for day in 0..5 {
            let date = first.map(|first| first + Days::new(day));
            add(date, Holiday::Tet, notice, is_planned);
        }
    }
    days.sort_by_key(|day| day.date);
    days.dedup_by_key(|day| day.date);
    give_back(&mut days, weekends);
    days
}

/// What the law of a year is called that names its holidays, and that gives back those on a weekend.
fn labour_code(year: i32) -> (&'static str, &'static str) {
    match year {
        ..2013 => ("calendar_source_1994", "calendar_source_1994"),
        2013..2021 => ("calendar_source_2012", "calendar_source_2012"),
        2021.. => ("calendar_source_law", "calendar_source_given_back"),
    }
}

/// What a day that is given back for a holiday is called.
fn given_back(holiday: &Said) -> Said {
    let text = |language, name: &str| {
        Messages::of(language).with("calendar_given_back", &[("holiday", name)])
    };
    Said {
        vi: text(Language::Vi, &holiday.vi),
        en: text(Language::En, &holiday.en),
    }
}

/// Adds the working days that holidays on a weekend give back: the next ones that are free of others.
fn give_back(days: &mut Vec<CalendarDay>, source: &str) {
    let is_weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let lost: Vec<CalendarDay> = days
        .iter()
        .filter(|day| is_weekend(day.date))
        .cloned()
        .collect();
    for day in lost {
        let taken = |date: NaiveDate| days.iter().any(|known| known.date == date);
        let mut free = day.date.iter_days().skip(1);
        let free = free.find(|date| !is_weekend(*date) && !taken(*date));
        days.extend(free.map(|date| CalendarDay {
            date,
            kind: DayKind::GivenBack,
            name: given_back(&day.name),
            source: said(source),
            ..day.clone()
        }));
    }
    days.sort_by_key(|day| day.date);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lunar_year_begins_when_it_began() {
        for (day, month, year) in [
            (14, 2, 2010),
            (3, 2, 2011),
            (23, 1, 2012),
            (10, 2, 2013),
            (31, 1, 2014),
            (19, 2, 2015),
            (8, 2, 2016),
            (28, 1, 2017),
            (16, 2, 2018),
            (5, 2, 2019),
            (25, 1, 2020),
            (12, 2, 2021),
            (1, 2, 2022),
            (22, 1, 2023),
            (10, 2, 2024),
            (29, 1, 2025),
            (17, 2, 2026),
            (6, 2, 2027),
            (26, 1, 2028),
            (13, 2, 2029),
            (2, 2, 2030),
            (23, 1, 2031),
        ] {
            let place = usize::try_from(year - FIRST).expect("a year of the table");
            assert_eq!(LUNAR[place].0, (day, month), "{year}");
        }
    }

    #[test]
    fn every_year_has_its_days() {
        for of in FIRST..=2050 {
            let days = year(of);
            let holidays = days.iter().filter(|day| day.kind == DayKind::Holiday);
            let expect = 10 + usize::from(of >= 2021) + usize::from(of >= 2026);
            assert_eq!(holidays.count(), expect, "{of}");
            assert!(days.is_sorted_by_key(|day| day.date), "{of}");
        }
    }

    #[test]
    fn what_lies_on_a_weekend_is_given_back() {
        let given = |of: i32| -> Vec<String> {
            let days = year(of).into_iter();
            let given = days.filter(|day| day.kind == DayKind::GivenBack);
            given.map(|day| day.date.to_string()).collect()
        };
        assert_eq!(
            given(2016),
            ["2016-02-12", "2016-04-18", "2016-05-02", "2016-05-03"]
        );
        assert_eq!(given(2027), ["2027-02-10", "2027-02-11", "2027-05-03"]);
    }

    #[test]
    fn a_day_off_names_the_law_of_its_year() {
        for (of, source) in [
            (2012, "Bộ luật Lao động 1994, điều 73"),
            (2016, "Bộ luật Lao động 2012, điều 115"),
            (2024, "Bộ luật Lao động 2019, điều 112"),
        ] {
            let labour = NaiveDate::from_ymd_opt(of, 5, 1);
            let day = year(of).into_iter().find(|day| Some(day.date) == labour);
            assert_eq!(day.expect("a holiday").source.vi, source, "{of}");
        }
    }
}
