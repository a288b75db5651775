//! When a row of a roster is: its cells, with what its list and the book say of days and hours.

use chrono::{Datelike, Days, NaiveDate};

use super::context::{ListContext, Periods, is_far, midnight, told};
use crate::clock::{DAY as DAY_MILLIS, Instant, MINUTE};
use crate::sheet::Expected;
use crate::sheet::duty::days::{Day, MOST_DAYS, Span};
use crate::sheet::duty::hours::{DAY, DayAndHours, Hours};
use crate::sheet::duty::people::UNCLEAR;
use crate::sheet::heading::Field;
use crate::text::one_line;

/// Nobody stands one shift for longer; whoever always answers stands by.
const LONGEST: i64 = 62 * DAY_MILLIS;

/// What a row says of when it is, as its cells are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    pub(super) day: Option<String>,
    pub(super) weekday: Option<String>,
    pub(super) hours: Option<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    /// The name over its group, which may be a day.
    pub(super) group: Option<String>,
}

/// When a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct When {
    /// From when until when; several where hours come again each day.
    pub(super) spans: Vec<(Instant, Instant)>,
    /// The hours that nobody said.
    pub(super) assumed: Option<String>,
    /// Whether the weekday beside the date is another.
    pub(super) weekday_differs: bool,
}

/// The column for which a row cannot be taken, and what it should have held.
pub(super) type Fault = (Field, Expected);

impl Cells {
    /// Whether it is written with two whole moments and nothing else.
    fn moments(&self) -> Option<(Instant, Instant)> {
        let (from, to) = (self.from.as_deref()?, self.to.as_deref()?);
        if self.hours.is_some() || self.day.is_some() {
            return None;
        }
        // Days alone say no hours.
        if [from, to]
            .iter()
            .all(|text| DayAndHours::of_moment(text).times.is_empty())
        {
            return None;
        }
        Some((
            Instant::parse_start(from).ok()?,
            Instant::parse_end(to).ok()?,
        ))
    }

    /// When the row is: near what its list and the period speak of.
    pub(super) fn when(&self, context: &ListContext, periods: &Periods) -> Result<When, Fault> {
        let when = self.written(context, periods)?;
        let field = match self.from.is_some() && self.day.is_none() {
            true => Field::From,
            false => Field::Day,
        };
        for (from, to) in &when.spans {
            let date = from.date();
            if is_far(&context.span, date) || periods.is_far(date) {
                return Err((field, Expected::NearDay));
            }
            if to.millis() - from.millis() > LONGEST {
                return Err((
                    self.to.as_ref().map_or(field, |_| Field::To),
                    Expected::NearDay,
                ));
            }
        }
        Ok(when)
    }

    /// When the row is, as it is written.
    fn written(&self, context: &ListContext, periods: &Periods) -> Result<When, Fault> {
        if self.hours.as_deref() == Some(UNCLEAR) {
            return Err((Field::Hours, Expected::Hours));
        }
        if let Some((from, to)) = self.moments() {
            let (from, to) = (from.whole_minute(), to.whole_minute());
            return match from < to {
                true => Ok(When {
                    spans: vec![(from, to)],
                    assumed: None,
                    weekday_differs: false,
                }),
                false => Err((Field::To, Expected::AfterStart)),
            };
        }
        let read =
            |cell: &Option<String>| cell.as_deref().map(|text| DayAndHours::of(&one_line(text)));
        let moment = |cell: &Option<String>| {
            cell.as_deref()
                .map(|text| DayAndHours::of_moment(&one_line(text)))
        };
        let (day, from, to) = (read(&self.day), moment(&self.from), moment(&self.to));
        let mut hours = read(&self.hours).unwrap_or_default();
        let is_wrong = |said: &Option<DayAndHours>| said.as_ref().is_some_and(|said| said.wrong);
        let wrong = [(&day, Field::Day), (&from, Field::From), (&to, Field::To)];
        if let Some((_, field)) = wrong.into_iter().find(|(said, _)| is_wrong(said)) {
            return Err((field, Expected::Time));
        }
        if hours.wrong {
            return Err((Field::Hours, Expected::Hours));
        }
        if let Some(day) = day.as_ref().filter(|day| day.apart && !day.unclear) {
            return self.on_each(day, context, periods);
        }
        for (said, field) in [(&day, Field::Day), (&from, Field::From), (&to, Field::To)] {
            if said.as_ref().is_some_and(|said| said.apart || said.unclear) {
                return Err((field, Expected::Time));
            }
        }
        if hours.apart {
            return Err((Field::Hours, Expected::Hours));
        }
        let day = day.map(|mut day| {
            // `16` under "Ngày" is a day, not an hour.
            if day.days.is_empty()
                && let Some(number) = self
                    .day
                    .as_deref()
                    .and_then(|text| Day::read(&one_line(text)))
            {
                day.days.push(number);
                (day.hours, day.mark) = (None, None);
            }
            day
        });
        let is_said = |said: &Option<DayAndHours>| {
            said.as_ref()
                .is_some_and(|said| !said.days.is_empty() || said.hours.is_some())
        };
        for (cell, said, field) in [
            (&self.day, &day, Field::Day),
            (&self.from, &from, Field::From),
            (&self.to, &to, Field::To),
        ] {
            if cell.is_some() && !is_said(said) {
                return Err((field, Expected::Time));
            }
        }
        let days = |said: &Option<DayAndHours>| {
            said.as_ref()
                .map(|said| said.days.clone())
                .unwrap_or_default()
        };
        let (day_days, from_days, to_days) = (days(&day), days(&from), days(&to));
        let weekday = self
            .weekday
            .as_deref()
            .and_then(|text| Day::read_weekday(&one_line(text)));
        let group = self
            .group
            .as_deref()
            .and_then(|text| DayAndHours::of(&one_line(text)).days.first().copied());
        // The day that hours end on is none that they begin on.
        let has_day = !day_days.is_empty() || !from_days.is_empty();
        let hours_days = std::mem::take(&mut hours.days);
        let mut first = from_days
            .first()
            .or(day_days.first())
            .or(if has_day { None } else { hours_days.first() })
            .copied();
        if let (Some(day), Some(of)) = (&mut first, weekday) {
            day.weekday = day.weekday.or(of.weekday);
        }
        let where_day = match (&self.from, &self.day, &self.weekday) {
            (Some(_), ..) if !from_days.is_empty() || self.day.is_none() => Field::From,
            (_, Some(_), _) => Field::Day,
            (.., Some(_)) => Field::Weekday,
            _ if !hours_days.is_empty() => Field::Hours,
            _ => Field::Day,
        };
        let first = first
            .or(weekday)
            .or(group)
            .or_else(|| context.span.one_day())
            .ok_or((where_day, Expected::Time))?;
        let ends = match has_day {
            true => hours_days.last(),
            false => hours_days.get(1),
        };
        let last = to_days.last().or(day_days.get(1)).or(ends).copied();
        let date = |day: Day, field: Field| {
            if context.span.lacks(day) {
                return Err((field, Expected::Time));
            }
            let whole = periods.complete(context.span.complete(day));
            let expected = match day.day {
                None => Expected::OneDay,
                Some(_) => Expected::Time,
            };
            whole.date().ok_or((field, expected))
        };
        let first_date = date(first, where_day)?;
        let (last_date, where_last) = match last {
            None => (first_date, where_day),
            Some(last) => {
                let field = match (to_days.is_empty(), day_days.len() > 1) {
                    (false, _) => Field::To,
                    (true, true) => Field::Day,
                    (true, false) => Field::Hours,
                };
                // An end without a year is the first such day from the beginning on.
                let near = Span::between(first_date, first_date + Days::new(300));
                let last = match last.year {
                    Some(_) => last,
                    None => near.complete(last),
                };
                (date(last, field)?, field)
            }
        };
        let length = (last_date - first_date).num_days();
        if length < 0 {
            return Err((where_last, Expected::AfterStart));
        }
        if length > MOST_DAYS {
            return Err((where_last, Expected::Time));
        }
        let start =
            |said: &Option<DayAndHours>| match said.as_ref().and_then(|said| said.hours.clone()) {
                Some(Hours::From(at)) => Some(at),
                _ => None,
            };
        let (from_time, to_time) = (start(&from), start(&to));
        // A beginning and an end with a day each are one shift, however long.
        let from_to = from_time.zip(to_time.or_else(|| ends_whole(&to)));
        let one = match from_to {
            Some(times) if !to_days.is_empty() => Some(times),
            Some((from, to)) => {
                return self.spans(
                    first_date,
                    last_date,
                    &between(from, to),
                    None,
                    first,
                    false,
                );
            }
            // A day alone is whole.
            None if !to_days.is_empty() && from_time.is_some() => {
                Some((from_time.unwrap_or_default(), DAY))
            }
            None if to_time.is_some() && from_days.is_empty() => {
                return Err((Field::From, Expected::Time));
            }
            None if to_time.is_some() && (hours.hours.is_some() || hours.mark.is_some()) => {
                return Err((Field::To, Expected::Time));
            }
            None => to_time.filter(|_| !to_days.is_empty()).map(|to| (0, to)),
        };
        let hours_said = hours
            .hours
            .clone()
            .or_else(|| day.as_ref().and_then(|day| day.hours.clone()));
        let one = one.or(match &hours_said {
            Some(_) if ends.is_some() && to_days.is_empty() && day_days.len() < 2 => {
                match *hours.times {
                    [from, to] => Some((from % DAY, to)),
                    _ => None,
                }
            }
            _ => None,
        });
        if let Some((from_minute, to_minute)) = one {
            let begin = midnight(first_date).ok_or((where_day, Expected::Time))?;
            let end = midnight(last_date).ok_or((where_last, Expected::Time))?;
            let span = (
                begin.plus(i64::from(from_minute) * MINUTE),
                end.plus(i64::from(to_minute) * MINUTE),
            );
            return match span.0 < span.1 {
                true => Ok(When {
                    spans: vec![span],
                    assumed: None,
                    weekday_differs: differs(first, first_date),
                }),
                false => Err((where_last, Expected::AfterStart)),
            };
        }
        let mark = hours
            .mark
            .clone()
            .or_else(|| day.as_ref().and_then(|day| day.mark.clone()));
        let (hours, assumed) = match (hours_said, from_time, mark) {
            (Some(Hours::Whole), ..) if hours.times.is_empty() => {
                (context.legend.full_day().unwrap_or(Hours::Whole), None)
            }
            (Some(Hours::From(at)), ..) | (None, Some(at), _) => context.after(at),
            (Some(hours), ..) => (hours, None),
            (None, None, Some(mark)) => context
                .hours_of(&mark)
                .ok_or((Field::Hours, Expected::Hours))?,
            (None, None, None) if self.hours.is_some() => {
                return Err((Field::Hours, Expected::Hours));
            }
            (None, None, None) => match context.legend.general() {
                Some(hours) => (hours, None),
                None => (Hours::Whole, Some(told(&Hours::Whole))),
            },
        };
        self.spans(first_date, last_date, &hours, assumed, first, true)
    }

    /// The row on each of several days.
    fn on_each(
        &self,
        said: &DayAndHours,
        context: &ListContext,
        periods: &Periods,
    ) -> Result<When, Fault> {
        if self.from.is_some() || self.to.is_some() || said.mark.is_some() {
            return Err((Field::Day, Expected::Time));
        }
        let mut all: Option<When> = None;
        for day in &said.days {
            let one = Self {
                day: Some(day.to_string()),
                hours: self
                    .hours
                    .clone()
                    .or_else(|| Some(said.hours.as_ref()?.to_string())),
                ..self.clone()
            };
            let when = one.written(context, periods)?;
            match &mut all {
                Some(all) => all.spans.extend(when.spans),
                None => all = Some(when),
            }
        }
        all.ok_or((Field::Day, Expected::Time))
    }

    /// The hours on each of the days; around the clock they are one.
    fn spans(
        &self,
        first: NaiveDate,
        last: NaiveDate,
        hours: &Hours,
        assumed: Option<String>,
        written: Day,
        joins: bool,
    ) -> Result<When, Fault> {
        let at = |date: NaiveDate| midnight(date).ok_or((Field::Day, Expected::Time));
        let spans = match hours {
            Hours::Whole => vec![(at(first)?, at(last)?.plus(DAY_MILLIS))],
            Hours::From(from) => {
                let from = i64::from(*from) * MINUTE;
                vec![(at(first)?.plus(from), at(last)?.plus(from + DAY_MILLIS))]
            }
            Hours::Spans(spans) if joins && matches!(**spans, [(from, to)] if to - from == DAY) => {
                let from = i64::from(spans[0].0) * MINUTE;
                vec![(at(first)?.plus(from), at(last)?.plus(from + DAY_MILLIS))]
            }
            Hours::Spans(spans) => {
                let mut all = Vec::new();
                for date in first.iter_days().take_while(|date| *date <= last) {
                    let midnight = at(date)?;
                    let on = |(from, to): &(u32, u32)| {
                        let after = |minutes: &u32| midnight.plus(i64::from(*minutes) * MINUTE);
                        (after(from), after(to))
                    };
                    all.extend(spans.iter().map(on));
                }
                all
            }
        };
        Ok(When {
            spans,
            assumed,
            weekday_differs: differs(written, first),
        })
    }
}

/// A time of `24:00` is read as a whole day where it stands alone.
fn ends_whole(said: &Option<DayAndHours>) -> Option<u32> {
    said.as_ref()
        .filter(|said| said.hours == Some(Hours::Whole))
        .map(|_| DAY)
}

fn between(from: u32, to: u32) -> Hours {
    Hours::Spans(vec![(from, if to <= from { to + DAY } else { to })])
}

fn differs(written: Day, date: NaiveDate) -> bool {
    written
        .weekday
        .is_some_and(|weekday| weekday != date.weekday())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::period::Period;

    fn when(cells: [&str; 4], titles: &[&str]) -> Result<Vec<String>, Fault> {
        let [day, hours, from, to] =
            cells.map(|text| Some(text.to_owned()).filter(|text| !text.is_empty()));
        let cells = Cells {
            day,
            hours,
            from,
            to,
            ..Cells::default()
        };
        let mut context = ListContext::of(titles.iter().copied());
        if let Some(hours) = &cells.hours {
            context.hear(hours);
        }
        let when = cells.when(&context, &Periods::default())?;
        let told = |(from, to): &(Instant, Instant)| format!("{from} - {to}");
        Ok(when.spans.iter().map(told).collect())
    }

    #[test]
    fn a_row_says_when_it_is() {
        let check = |cells: [&str; 4], expect: &[&str]| {
            let told = when(cells, &["Lịch trực tháng 5/2016"]);
            assert_eq!(
                told.as_deref(),
                Ok(&*expect
                    .iter()
                    .map(|text| (*text).to_owned())
                    .collect::<Vec<_>>()),
                "{cells:?}"
            );
        };
        check(
            ["15/5", "7h30-19h30", "", ""],
            &["15/05/2016 07:30 - 15/05/2016 19:30"],
        );
        check(
            ["ngày 15/5", "24/24", "", ""],
            &["15/05/2016 00:00 - 16/05/2016 00:00"],
        );
        check(
            ["Thứ Hai 16/5", "22h-6h", "", ""],
            &["16/05/2016 22:00 - 17/05/2016 06:00"],
        );
        check(
            ["16", "từ 7h đến 19h", "", ""],
            &["16/05/2016 07:00 - 16/05/2016 19:00"],
        );
        check(
            ["16/5", "", "7h30", "19h30"],
            &["16/05/2016 07:30 - 16/05/2016 19:30"],
        );
        check(
            ["16/5", "", "19h30", "7h30"],
            &["16/05/2016 19:30 - 17/05/2016 07:30"],
        );
        check(
            ["", "24/24", "15/5", "17/5"],
            &["15/05/2016 00:00 - 18/05/2016 00:00"],
        );
        check(
            ["15/5 - 17/5", "24/24", "", ""],
            &["15/05/2016 00:00 - 18/05/2016 00:00"],
        );
        check(
            ["", "07:30-19:30", "15/5/2016", "16/5/2016"],
            &[
                "15/05/2016 07:30 - 15/05/2016 19:30",
                "16/05/2016 07:30 - 16/05/2016 19:30",
            ],
        );
        check(
            ["", "", "15/5/2016", "16/5/2016"],
            &["15/05/2016 00:00 - 17/05/2016 00:00"],
        );
        check(
            ["", "", "7h30 15/5", "7h30 16/5"],
            &["15/05/2016 07:30 - 16/05/2016 07:30"],
        );
        check(
            ["", "từ 7h30 ngày 15/5 đến 7h30 ngày 17/5", "", ""],
            &["15/05/2016 07:30 - 17/05/2016 07:30"],
        );
        check(
            ["23/05/2016", "07:30–07:30 25/05", "", ""],
            &["23/05/2016 07:30 - 25/05/2016 07:30"],
        );
        for to in ["19/5 7h", "19/5/2016 07:00", "7h 19/5"] {
            check(
                ["", "", "18/5 0h", to],
                &["18/05/2016 00:00 - 19/05/2016 07:00"],
            );
        }
        check(
            ["", "", "18/5 0h", "19/5 0h"],
            &["18/05/2016 00:00 - 19/05/2016 00:00"],
        );
        check(
            ["", "", "18/5 7h", "19/5"],
            &["18/05/2016 07:00 - 20/05/2016 00:00"],
        );
        for days in [
            "23/5, 25/5",
            "23/5 và 25/5",
            "23, 25/5",
            "23; 25/5/2016",
            "23/5 & 25/5",
        ] {
            check(
                [days, "7h-19h", "", ""],
                &[
                    "23/05/2016 07:00 - 23/05/2016 19:00",
                    "25/05/2016 07:00 - 25/05/2016 19:00",
                ],
            );
        }
        check(
            ["18, 19, 20/5/2016", "7h-19h", "", ""],
            &[
                "18/05/2016 07:00 - 18/05/2016 19:00",
                "19/05/2016 07:00 - 19/05/2016 19:00",
                "20/05/2016 07:00 - 20/05/2016 19:00",
            ],
        );
        check(
            ["24/05/2016", "00:00–00:00 26/05/2016", "", ""],
            &["24/05/2016 00:00 - 26/05/2016 00:00"],
        );
        check(
            ["24/05/2016", "22:00–00:00 26/05/2016", "", ""],
            &["24/05/2016 22:00 - 26/05/2016 00:00"],
        );
        check(
            ["23/05/2016", "07:30–07:30(+1)", "", ""],
            &["23/05/2016 07:30 - 24/05/2016 07:30"],
        );
        check(
            ["15/5", "7h-11h; 13h-17h", "", ""],
            &[
                "15/05/2016 07:00 - 15/05/2016 11:00",
                "15/05/2016 13:00 - 15/05/2016 17:00",
            ],
        );
    }

    #[test]
    fn a_day_that_nobody_meant_is_turned_away() {
        let check = |cells: [&str; 4], titles: &[&str], expect: Fault| {
            assert_eq!(when(cells, titles), Err(expect), "{cells:?} {titles:?}");
        };
        let day = (Field::Day, Expected::Time);
        for written in [
            "29/02/2027",
            "31/4/16",
            "05/03/228",
            "16/05/0016",
            "2027-02-29",
        ] {
            check([written, "7h-19h", "", ""], &[], day);
        }
        check(
            ["16/5/2016", "7h-19h UTC", "", ""],
            &[],
            (Field::Hours, Expected::Hours),
        );
        check(
            ["", "", "20:00Z 16/5/2016", "22:00 16/5/2016"],
            &[],
            (Field::From, Expected::Time),
        );
        // Another year, or the day and the month the other way round, than the list speaks of.
        let far = (Field::Day, Expected::NearDay);
        let may = ["Lịch trực tháng 5/2016"];
        check(["16/5/2061", "7h-19h", "", ""], &may, far);
        check(
            ["05/10/2016", "7h-19h", "", ""],
            &["Từ ngày 09/5 đến 15/5/2016"],
            far,
        );
        check(
            ["", "", "16/5/2016 7h", "16/5/2017 7h"],
            &may,
            (Field::To, Expected::NearDay),
        );
    }

    #[test]
    fn a_day_that_its_month_has_not_is_none_of_another() {
        let at = |text: &str| Instant::parse_start(text).expect("a day");
        let id = crate::id::PeriodId(crate::id::uuid_of_text("a period of a test", "spring"));
        let period = Period::new(id, "Xuân".to_owned(), at("01/02/2026"), at("01/04/2026"));
        let periods = Periods::of(Some(&period), &[]);
        let when = |day: &str| {
            let cells = Cells {
                day: Some(day.to_owned()),
                hours: Some("7h-19h".to_owned()),
                ..Cells::default()
            };
            let context = ListContext::of(["BẢNG TRỰC THÁNG 2 NĂM 2026"].into_iter());
            let when = cells.when(&context, &periods);
            when.map(|when| when.spans[0].0.to_string())
        };
        assert_eq!(when("28").as_deref(), Ok("28/02/2026 07:00"));
        for day in ["29", "30", "31"] {
            assert_eq!(when(day), Err((Field::Day, Expected::Time)), "{day}");
        }
    }
}
