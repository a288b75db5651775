//! Public holidays of Vietnam, for which work is paid otherwise.
//!
//! Labour Code 2019 (45/2019/QH14), article 112. Days that a holiday on a weekend gives back, and
//! working days that a year's notice swaps, are no holidays: who works then works on a day off.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::clock::Instant;
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

/// The public holiday that the local day of a moment is; lunar ones are known from 2010 to 2050.
#[must_use]
pub fn holiday(day: Instant) -> Option<Holiday> {
    let day = day.date();
    let year = day.year();
    match (day.day(), day.month()) {
        (1, 1) => return Some(Holiday::NewYear),
        (30, 4) => return Some(Holiday::Reunification),
        (1, 5) => return Some(Holiday::Labour),
        (2, 9) => return Some(Holiday::National),
        (given @ (1 | 3), 9) if year >= 2021 => {
            let third = THIRD_OF_SEPTEMBER.contains(&year);
            return (third == (given == 3)).then_some(Holiday::National);
        }
        (24, 11) if year >= 2026 => return Some(Holiday::Culture),
        _ => {}
    }
    let place = usize::try_from(year - FIRST).ok()?;
    let (tet, hung_kings) = *LUNAR.get(place)?;
    if (day.day(), day.month()) == hung_kings {
        return Some(Holiday::HungKings);
    }
    let tet = NaiveDate::from_ymd_opt(year, tet.1, tet.0)?;
    let before = if TWO_BEFORE.contains(&year) { 2 } else { 1 };
    let from = tet - Days::new(before);
    (from <= day && day < from + Days::new(5)).then_some(Holiday::Tet)
}

/// Whether the local day of a moment is a Saturday or a Sunday.
#[must_use]
pub fn is_weekend(day: Instant) -> bool {
    matches!(day.date().weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{DAY, HOUR};

    fn at(day: &str) -> Instant {
        Instant::parse_start(day).expect("a day")
    }

    #[test]
    fn the_lunar_year_begins_when_it_began() {
        for tet in [
            "14/02/2010",
            "03/02/2011",
            "23/01/2012",
            "10/02/2013",
            "31/01/2014",
            "19/02/2015",
            "08/02/2016",
            "28/01/2017",
            "16/02/2018",
            "05/02/2019",
            "25/01/2020",
            "12/02/2021",
            "01/02/2022",
            "22/01/2023",
            "10/02/2024",
            "29/01/2025",
            "17/02/2026",
            "06/02/2027",
            "26/01/2028",
            "13/02/2029",
            "02/02/2030",
            "23/01/2031",
        ] {
            let day = at(tet).date();
            let place = usize::try_from(day.year() - FIRST).expect("a year of the table");
            assert_eq!(LUNAR[place].0, (day.day(), day.month()), "{tet}");
        }
    }

    #[test]
    fn a_day_is_the_holiday_it_is() {
        let check = |day: &str, expect: Option<Holiday>| {
            for moment in [at(day), at(day).plus(12 * HOUR), at(day).plus(DAY - 1)] {
                assert_eq!(holiday(moment), expect, "{day} {moment}");
            }
        };
        check("01/01/2016", Some(Holiday::NewYear));
        check("02/01/2016", None);
        check("06/02/2016", None);
        check("07/02/2016", Some(Holiday::Tet));
        check("11/02/2016", Some(Holiday::Tet));
        check("12/02/2016", None);
        check("16/04/2016", Some(Holiday::HungKings));
        check("30/04/2016", Some(Holiday::Reunification));
        check("01/05/2016", Some(Holiday::Labour));
        check("22/05/2016", None);
        check("01/09/2016", None);
        check("02/09/2016", Some(Holiday::National));
        check("26/01/2025", None);
        check("27/01/2025", Some(Holiday::Tet));
        check("31/01/2025", Some(Holiday::Tet));
        check("01/02/2025", None);
        check("03/09/2024", Some(Holiday::National));
        check("01/09/2024", None);
        check("01/09/2025", Some(Holiday::National));
        check("03/09/2025", None);
        check("24/11/2025", None);
        check("24/11/2026", Some(Holiday::Culture));
        check("08/02/2009", None);
        check("08/02/2051", None);
    }

    #[test]
    fn every_year_has_its_days() {
        for year in FIRST..=2050 {
            let first = at(&format!("01/01/{year}"));
            let days = (0..366).map(|day| first.plus(day * DAY));
            let days = days.filter(|day| day.year() == year);
            let found = days.filter(|day| holiday(*day).is_some()).count();
            let expect = 10 + usize::from(year >= 2021) + usize::from(year >= 2026);
            assert_eq!(found, expect, "{year}");
        }
    }

    #[test]
    fn a_weekend_is_two_local_days() {
        assert!(!is_weekend(at("20/05/2016").plus(DAY - 1)));
        assert!(is_weekend(at("21/05/2016")));
        assert!(is_weekend(at("22/05/2016").plus(DAY - 1)));
        assert!(!is_weekend(at("23/05/2016")));
    }
}
