//! How the days of a roster are written, and which days they are.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use std::fmt;

use crate::duty::scan::{Found, Piece, scan};

/// A day as it is written: of what it says nothing, somebody else has to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// Of the month.
    pub day: Option<u32>,
    /// From 1.
    pub month: Option<u32>,
    /// In full.
    pub year: Option<i32>,
    /// As written beside it.
    pub weekday: Option<Weekday>,
}

impl Day {
    /// A day that a calendar may hold.
    pub fn of(day: u32, month: u32, year: Option<i32>) -> Option<Self> {
        // Some year has a 29th of February.
        NaiveDate::from_ymd_opt(year.unwrap_or(2016), month, day)?;
        Some(Self {
            day: Some(day),
            month: Some(month),
            year,
            weekday: None,
        })
    }

    /// The day that a whole cell says: `16/5`, `T2 16/5`, `Thứ Hai, ngày 16/05/2016`, `16`.
    pub fn read(text: &str) -> Option<Self> {
        let mut day = Self::default();
        let mut numbers = Vec::new();
        for piece in scan(text) {
            match piece.found {
                Found::Day(found) if day.day.is_none() && numbers.is_empty() => {
                    day = Self {
                        weekday: day.weekday,
                        ..found
                    };
                }
                Found::AllWeek if day.day.is_none() => (day.day, day.month) = (Some(24), Some(7)),
                Found::Weekday(weekday) if day.weekday.is_none() => day.weekday = Some(weekday),
                Found::Number(number, 1..=2) if day.day.is_none() && numbers.len() < 2 => {
                    numbers.push(number);
                }
                Found::Year(year) if day.year.is_none() => day.year = Some(year),
                // Midnight, as programs write it behind a day.
                Found::Time(0) if day.day.is_some() => {}
                Found::To | Found::Mark('.' | ',' | '(' | ')' | '/' | ':' | ';') => {}
                Found::Word(word) if matches!(word.as_str(), "ngay" | "day") => {}
                _ => return None,
            }
        }
        match *numbers {
            [] => {}
            [number] if (1..=31).contains(&number) => day.day = Some(number),
            [number, month] => {
                // `5, 6` are two days.
                let found = Self::of(number, month, None).filter(|_| !text.contains([',', ';']))?;
                (day.day, day.month) = (found.day, found.month);
            }
            _ => return None,
        }
        (day.day.is_some() || day.weekday.is_some()).then_some(day)
    }

    /// Whether a whole cell is written as a day, be there such or not: `30/02`, `31/4`, `32`.
    pub fn is_written(text: &str) -> bool {
        let pieces = scan(text);
        let is_part = |piece: &Piece| match &piece.found {
            Found::Day(_) | Found::Weekday(_) | Found::Wrong | Found::Number(_, 1..=2) => true,
            Found::Mark(mark) => matches!(mark, '.' | ',' | '(' | ')' | '/' | '-'),
            Found::Word(word) => matches!(word.as_str(), "ngay" | "day"),
            Found::To => true,
            _ => false,
        };
        let counts = |piece: &Piece| {
            !matches!(
                piece.found,
                Found::Mark(_) | Found::Word(_) | Found::To | Found::Weekday(_)
            )
        };
        pieces.iter().all(is_part) && pieces.iter().any(counts)
    }

    /// The day of the week in a column of such, where `Hai` and `2` are Monday.
    pub fn read_weekday(text: &str) -> Option<Self> {
        let of = |text: &str| Self::read(text).filter(|day| day.weekday.is_some());
        of(text).or_else(|| of(&format!("Thứ {text}")))
    }

    /// Whether it says a month, or at least which day of the week.
    pub fn is_more_than_a_number(self) -> bool {
        self.month.is_some() || self.weekday.is_some()
    }

    /// The day as one that stands behind another: `1` behind `31` is of the next month.
    pub fn behind(self, last: Self) -> Self {
        let (Some(month), Some(of_last)) = (self.month, last.month) else {
            return self;
        };
        let goes_back = (self.year, month, self.day) < (last.year, of_last, last.day);
        match goes_back {
            true if self.day > last.day => Self {
                month: last.month,
                year: last.year,
                ..self
            },
            true if of_last == 12 => Self {
                month: Some(1),
                year: last.year.map(|year| year + 1),
                ..self
            },
            true => Self {
                month: Some(of_last + 1),
                year: last.year,
                ..self
            },
            false => self,
        }
    }

    /// Whether it names a month.
    #[must_use]
    pub const fn has_month(self) -> bool {
        self.month.is_some()
    }

    /// The date, when it is said whole and there is such a day.
    pub fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)
    }

    fn of_date(date: NaiveDate, weekday: Option<Weekday>) -> Self {
        Self {
            day: Some(date.day()),
            month: Some(date.month()),
            year: Some(date.year()),
            weekday,
        }
    }

    /// Whether the date is one that it may mean.
    fn fits(self, date: NaiveDate) -> bool {
        self.day.is_none_or(|day| day == date.day())
            && self.month.is_none_or(|month| month == date.month())
            && self.year.is_none_or(|year| year == date.year())
            && (self.day.is_some() || self.weekday.is_none_or(|of| of == date.weekday()))
    }
}

impl fmt::Display for Day {
    /// `Thứ Hai 16/05/2016`, without what it does not say.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(weekday) = self.weekday {
            let name = match weekday {
                Weekday::Mon => "Thứ Hai",
                Weekday::Tue => "Thứ Ba",
                Weekday::Wed => "Thứ Tư",
                Weekday::Thu => "Thứ Năm",
                Weekday::Fri => "Thứ Sáu",
                Weekday::Sat => "Thứ Bảy",
                Weekday::Sun => "Chủ nhật",
            };
            f.write_str(name)?;
            if self.day.is_some() {
                f.write_str(" ")?;
            }
        }
        match (self.day, self.month, self.year) {
            (Some(day), Some(month), Some(year)) => write!(f, "{day:02}/{month:02}/{year:04}"),
            (Some(day), Some(month), None) => write!(f, "{day:02}/{month:02}"),
            (Some(day), ..) => write!(f, "{day:02}"),
            _ => Ok(()),
        }
    }
}

/// The days that a title or a period speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// The first and the last, when both are said.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// The same without a year.
    yearless: Option<(Day, Day)>,
    month: Option<u32>,
    year: Option<i32>,
}

/// So far from what a title or a period speaks of a day may lie.
const DAYS_BESIDE: u64 = 31;

/// How many days a span may have: no roster is laid out for longer.
pub const MOST_DAYS: i64 = 400;

impl Span {
    /// From the first to the last day of these.
    pub fn between(first: NaiveDate, last: NaiveDate) -> Self {
        Self {
            days: Some((first, last)),
            ..Self::default()
        }
    }

    /// What lines say, the nearest first; a line that says when a letter was signed says nothing.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut span = Self::default();
        for line in lines {
            span.hear(line);
        }
        if let (None, Some((first, last)), Some(year)) = (span.days, span.yearless, span.year) {
            let wraps = first.month > last.month;
            let begin = Day {
                year: Some(year - i32::from(wraps)),
                ..first
            };
            let end = Day {
                year: Some(year),
                ..last
            };
            span.days = begin.date().zip(end.date());
        }
        span
    }

    fn hear(&mut self, line: &str) {
        let pieces = scan(line);
        let days: Vec<(usize, Day)> = pieces
            .iter()
            .enumerate()
            .filter_map(|(at, piece)| match piece.found {
                Found::Day(day) => Some((at, day)),
                _ => None,
            })
            .collect();
        let between = |from: usize, to: usize| {
            pieces[from..to]
                .iter()
                .any(|piece| piece.found == Found::To)
        };
        let range = days
            .windows(2)
            .find(|pair| between(pair[0].0, pair[1].0))
            .map(|pair| (pair[0].1, pair[1].1))
            .or_else(|| numbers_to_day(&pieces));
        if let Some((first, last)) = range {
            self.hear_range(first, last);
            return;
        }
        if is_of_a_letter(line) {
            return;
        }
        if let [(_, day)] = *days
            && day.month.is_some()
        {
            self.hear_range(day, day);
            return;
        }
        for piece in &pieces {
            match piece.found {
                Found::Month(month, year) if self.month.is_none() => {
                    self.month = Some(month);
                    self.year = self.year.or(year);
                }
                Found::Year(year) if self.year.is_none() => self.year = Some(year),
                _ => {}
            }
        }
    }

    fn hear_range(&mut self, first: Day, last: Day) {
        if self.days.is_some() || self.yearless.is_some() || last.month.is_none() {
            return;
        }
        let month = first.month.or(last.month);
        let wraps = month > last.month;
        let first = Day {
            month,
            year: first.year.or_else(|| Some(last.year? - i32::from(wraps))),
            ..first
        };
        let last = Day {
            year: last.year.or_else(|| Some(first.year? + i32::from(wraps))),
            ..last
        };
        match (first.date(), last.date()) {
            (Some(first), Some(last)) if first <= last && (last - first).num_days() < MOST_DAYS => {
                self.days = Some((first, last));
            }
            (Some(_), Some(_)) => {}
            _ => self.yearless = Some((first, last)),
        }
    }

    /// The day with all that the span says of it.
    pub fn complete(&self, day: Day) -> Day {
        if day.date().is_some() {
            return day;
        }
        if let Some(date) = self.only(day) {
            return Day::of_date(date, day.weekday);
        }
        if day.day.is_none() {
            return day;
        }
        let month = day.month.or(self.month);
        let month = month.or_else(|| self.month_of_yearless(day));
        let year = day
            .year
            .or(self.year)
            .or_else(|| self.one_year())
            .filter(|_| month.is_some());
        let whole = Day { month, year, ..day };
        // A day that the month does not have stays as it is written.
        match whole.date().is_some() || year.is_none() && month.is_some() {
            true => whole,
            false => day,
        }
    }

    /// Whether the month it speaks of has no such day.
    #[must_use]
    pub fn lacks(&self, day: Day) -> bool {
        let is_of_month = self.month.is_some() && day.month.is_none() && day.day.is_some();
        is_of_month && self.complete(day).month.is_none()
    }

    /// The only day of the span that it may mean.
    pub fn only(&self, day: Day) -> Option<NaiveDate> {
        let (first, last) = self.days?;
        let mut fitting = first
            .iter_days()
            .take_while(|date| *date <= last)
            .take(MOST_DAYS as usize)
            .filter(|date| day.fits(*date));
        let only = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }

    /// The only year of the span.
    fn one_year(&self) -> Option<i32> {
        let (first, last) = self.days?;
        (first.year() == last.year()).then(|| first.year())
    }

    /// The month that a span without a year says of a number.
    fn month_of_yearless(&self, day: Day) -> Option<u32> {
        let (first, last) = self.yearless?;
        let number = day.day?;
        match first.month == last.month {
            true => first.month,
            false if number >= first.day? && number > last.day? => first.month,
            false if number <= last.day? && number < first.day? => last.month,
            false => None,
        }
    }

    /// The first and the last day that a day of the span, or one beside it, can be.
    #[must_use]
    pub fn reach(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last, beside) = match (self.days, self.month, self.year) {
            (Some((first, last)), ..) => (first, last, DAYS_BESIDE),
            (None, Some(month), Some(year)) => {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                (first, first + Months::new(1), DAYS_BESIDE)
            }
            // What a year is said of may be a plan of the year before.
            (None, None, Some(year)) => {
                let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
                (first, first + Months::new(12), 366)
            }
            _ => return None,
        };
        Some((first - Days::new(beside), last + Days::new(beside)))
    }

    /// The only day it speaks of.
    pub fn one_day(&self) -> Option<Day> {
        match (self.days, self.yearless) {
            (Some((first, last)), _) if first == last => Some(Day::of_date(first, None)),
            (None, Some((first, last))) if first == last => Some(first),
            _ => None,
        }
    }
}

/// `từ 16 đến 22/5/2016`, `16-22/5`: the first of two days is a number.
fn numbers_to_day(pieces: &[crate::duty::scan::Piece]) -> Option<(Day, Day)> {
    pieces.windows(3).find_map(
        |three| match (&three[0].found, &three[1].found, &three[2].found) {
            (Found::Number(first, 1..=2), Found::To, Found::Day(last))
                if (1..=31).contains(first) =>
            {
                Some((
                    Day {
                        day: Some(*first),
                        ..Day::default()
                    },
                    *last,
                ))
            }
            _ => None,
        },
    )
}

/// Whether the days in a line are those of a letter: when it was signed, which one it answers.
fn is_of_a_letter(line: &str) -> bool {
    let folded = format!(" {} ", sotruc_base::text::fold(line));
    let begins = [
        " theo ",
        " kem theo ",
        " ban hanh ",
        " can cu ",
        " kinh gui ",
        " thuc hien ",
    ];
    let holds = [
        " cong van ",
        " quyet dinh ",
        " ke hoach so ",
        " van ban so ",
        " thong bao so ",
        " cv so ",
        " qd ",
    ];
    // `Đắk Lắk, ngày 12 tháng 5 năm 2016`.
    let signed = folded.find(" ngay ").is_some_and(|at| {
        at > 0
            && folded[at..].contains(" thang ")
            && folded[at..].contains(" nam ")
            && line.contains(',')
            && !folded.contains(" truc ")
            && folded.split(' ').filter(|word| !word.is_empty()).count() <= 12
    });
    // `Số: 290/STTTT-CNTT`; `Sở` begins units.
    let numbered = folded
        .strip_prefix(" so ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    signed
        || numbered
        || begins.iter().any(|begin| folded.starts_with(begin))
        || holds.iter().any(|part| folded.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_a_day_in_many_ways() {
        let check = |text: &str, expect: Option<&str>| {
            let read = Day::read(text).map(|day| day.to_string());
            assert_eq!(read.as_deref(), expect, "{text}");
        };
        check("15/5", Some("15/05"));
        check("15/05/2016", Some("15/05/2016"));
        check("15/5/16", Some("15/05/2016"));
        check("ngày 15/5", Some("15/05"));
        check("Thứ Hai 16/5", Some("Thứ Hai 16/05"));
        check("Thứ Hai, ngày 16/05/2016", Some("Thứ Hai 16/05/2016"));
        check("16/5\n(Thứ Hai)", Some("Thứ Hai 16/05"));
        check("T2-16/5", Some("Thứ Hai 16/05"));
        check("T2\n16", Some("Thứ Hai 16"));
        check("CN 22.5", Some("Chủ nhật 22/05"));
        check("Chủ Nhật", Some("Chủ nhật"));
        check("thứ 7", Some("Thứ Bảy"));
        check("16-5", Some("16/05"));
        check("01", Some("01"));
        check("31", Some("31"));
        check("16/05/2016 00:00:00", Some("16/05/2016"));
        check("32", None);
        check("0", None);
        check("31/2", None);
        check("Nguyễn Văn An", None);
        check("Ca 1", None);
        check("16/5 - 22/5", None);
        check("5, 6", None);
        let behind = |text: &str, last: &str| {
            let read = |text: &str| Day::read(text).expect(text);
            read(text).behind(read(last)).to_string()
        };
        assert_eq!(behind("1/5/2016", "31/5/2016"), "01/06/2016");
        assert_eq!(behind("2/5/2016", "1/6/2016"), "02/06/2016");
        assert_eq!(behind("1/12/2016", "31/12/2016"), "01/01/2017");
        assert_eq!(behind("2/5/2016", "1/5/2016"), "02/05/2016");
        check("7h30", None);
        check("0905123456", None);
        check("", None);
        let of_week = |text: &str| Day::read_weekday(text).map(|day| day.to_string());
        assert_eq!(of_week("Hai").as_deref(), Some("Thứ Hai"));
        assert_eq!(of_week("7").as_deref(), Some("Thứ Bảy"));
        assert_eq!(of_week("CN").as_deref(), Some("Chủ nhật"));
        assert_eq!(of_week("8"), None);
    }

    #[test]
    fn a_title_says_of_which_days() {
        let check = |lines: &[&str], day: &str, expect: &str| {
            let span = Span::of(lines.iter().copied());
            let day = Day::read(day).expect("a day");
            assert_eq!(span.complete(day).to_string(), expect, "{lines:?} {day}");
        };
        check(&["LỊCH TRỰC THÁNG 5/2016"], "3", "03/05/2016");
        check(
            &["Lịch trực tháng 5 năm 2016"],
            "T2 16",
            "Thứ Hai 16/05/2016",
        );
        check(&["(từ ngày 16/5 đến 25/5/2016)"], "17/5", "17/05/2016");
        check(&["Từ ngày 16 đến ngày 22/5/2016"], "17", "17/05/2016");
        check(
            &["Tuần 20 (16/5 - 22/5/2016)"],
            "Thứ Tư",
            "Thứ Tư 18/05/2016",
        );
        check(&["Từ 16/5 đến 25/5/2016"], "Thứ Hai", "Thứ Hai");
        check(&["Từ 28/12 đến 3/1/2017"], "30/12", "30/12/2016");
        check(&["Từ 28/12 đến 3/1/2017"], "2", "02/01/2017");
        check(&["Lịch trực năm 2016"], "16/5", "16/05/2016");
        check(&["Tháng 2/2016"], "31", "31");
        check(&["Đắk Lắk, ngày 12 tháng 5 năm 2016"], "16/5", "16/05");
        check(
            &["Kèm theo Công văn số 290/STTTT-CNTT ngày 12/5/2016"],
            "16/5",
            "16/05",
        );
        check(&["16/5 - 22/5", "Năm 2016"], "Thứ Ba", "Thứ Ba 17/05/2016");
        check(&["Lịch trực tháng 5"], "16", "16/05");
        check(&["Sở Y tế tháng 5/2016"], "3", "03/05/2016");
        check(&["Số: 290/STTTT-CNTT ngày 12/4/2016"], "3", "03");
        check(&[], "16", "16");
    }
}
