//! A year as it stands in a file: a list of days, each with what it is, its name, who says so.

use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::{Map, Value};

use super::{CalendarDay, DayKind, Year};
use crate::clock::Instant;
use crate::error::{Code, Error};
use crate::messages::Said;
use crate::text::one_line;

/// The fields of a day.
const FIELDS: [&str; 5] = ["date", "kind", "name", "source", "planned"];

impl Year {
    /// Reads a year: a list of days as `settings calendar --json` gives it. A name or a source is a
    /// text, or one in each language; a day is planned only where that is said.
    ///
    /// # Errors
    /// Everything that is wrong with it, day by day, the first being 1: [`Code::CalendarInvalid`],
    /// [`Code::CalendarUnread`], [`Code::CalendarYear`], [`Code::CalendarTwice`],
    /// [`Code::CalendarWeekday`].
    pub fn read(text: &str) -> Result<Self, Vec<Error>> {
        let invalid = |why: String| vec![Error::new(Code::CalendarInvalid).with("why", why)];
        let list: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|cause| invalid(cause.to_string()))?;
        if list.is_empty() {
            return Err(invalid("[]".to_owned()));
        }
        let mut days: Vec<CalendarDay> = Vec::with_capacity(list.len());
        let mut wrong = Vec::new();
        for (n, value) in (1..).zip(&list) {
            match day(n, value) {
                Ok(day) => match misplaced(n, &day, &days) {
                    Some(error) => wrong.push(error),
                    None => days.push(day),
                },
                Err(mut errors) => wrong.append(&mut errors),
            }
        }
        days.sort_by_key(|day| day.date);
        match wrong.is_empty() {
            true => Ok(Self(days)),
            false => Err(wrong),
        }
    }

    /// The year as [`Year::read`] takes it.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(&self.0).unwrap_or_default()
    }
}

/// What is wrong with a day among those before it.
fn misplaced(n: usize, day: &CalendarDay, before: &[CalendarDay]) -> Option<Error> {
    let year = before.first().map(|first| first.date.year());
    let is_weekend = matches!(day.date.weekday(), Weekday::Sat | Weekday::Sun);
    let error = if let Some(year) = year.filter(|year| *year != day.date.year()) {
        Error::new(Code::CalendarYear).with("year", year)
    } else if before.iter().any(|known| known.date == day.date) {
        Error::new(Code::CalendarTwice)
    } else if day.kind == DayKind::Worked && !is_weekend
        || day.kind == DayKind::GivenBack && is_weekend
    {
        Error::new(Code::CalendarWeekday)
    } else {
        return None;
    };
    Some(error.with("n", n).with("date", day.date))
}

fn day(n: usize, value: &Value) -> Result<CalendarDay, Vec<Error>> {
    let nothing = Map::new();
    let fields = value.as_object().unwrap_or(&nothing);
    let mut wrong = Vec::new();
    let mut unread = |field: &str| {
        let given = fields.get(field).map(ToString::to_string);
        wrong.push(
            Error::new(Code::CalendarUnread)
                .with("n", n)
                .with("field", field)
                .with("given", given.unwrap_or_default()),
        );
    };
    let text = |field: &str| fields.get(field).and_then(Value::as_str);
    let date = text("date").and_then(date);
    let kind = text("kind").and_then(|kind| DayKind::parse(kind).ok());
    let (name, source) = (said(fields.get("name")), said(fields.get("source")));
    let planned = match fields.get("planned") {
        None => Some(false),
        Some(value) => value.as_bool(),
    };
    let known = [date.is_some(), kind.is_some(), name.is_some()];
    let known = known
        .into_iter()
        .chain([source.is_some(), planned.is_some()]);
    for (field, known) in FIELDS.into_iter().zip(known) {
        if !known {
            unread(field);
        }
    }
    for field in fields.keys().filter(|key| !FIELDS.contains(&key.as_str())) {
        unread(field);
    }
    match (date, kind, name, source, planned) {
        (Some(date), Some(kind), Some(name), Some(source), Some(planned)) if wrong.is_empty() => {
            Ok(CalendarDay {
                date,
                kind,
                name,
                source,
                planned,
            })
        }
        _ => Err(wrong),
    }
}

/// A day alone, as people or machines write one.
fn date(text: &str) -> Option<NaiveDate> {
    let at = Instant::parse_start(text).ok()?;
    // An hour besides would say something that no day of a calendar has.
    (at == at.midnight() && text.trim().len() <= 10).then(|| at.date())
}

/// A text that is said in one language for both, or in each.
fn said(value: Option<&Value>) -> Option<Said> {
    let said = match value? {
        Value::String(text) => Said {
            vi: text.clone(),
            en: text.clone(),
        },
        both => serde_json::from_value(both.clone()).ok()?,
    };
    let is_line = |text: &str| !text.is_empty() && one_line(text) == text;
    (is_line(&said.vi) && is_line(&said.en)).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, &str)]) {
        let wrong = Year::read(text).expect_err("something is wrong");
        let param = |error: &Error, name: &str| {
            let found = error.params.iter().find(|(known, _)| *known == name);
            found.map_or(String::new(), |(_, value)| value.clone())
        };
        let found: Vec<(&str, String)> = wrong
            .iter()
            .map(|error| {
                let place = [param(error, "n"), param(error, "field")].concat();
                (error.code.key(), place)
            })
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(code, at)| (*code, &**at)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_day() {
        for text in ["", "{}", "[", "[]", "7"] {
            check(text, &[("calendar_invalid", "")]);
        }
        let unread = "calendar_day_unread";
        check(
            r#"[{"date": "31/02/2026", "kind": "free", "name": "", "source": 3, "planned": "no"},
                {"date": "2026-01-01", "kind": "holiday", "name": "A", "source": "B", "n": 1},
                3]"#,
            &[
                (unread, "1date"),
                (unread, "1kind"),
                (unread, "1name"),
                (unread, "1source"),
                (unread, "1planned"),
                (unread, "2n"),
                (unread, "3date"),
                (unread, "3kind"),
                (unread, "3name"),
                (unread, "3source"),
            ],
        );
        let day = |date: &str, kind: &str| {
            format!(r#"{{"date": "{date}", "kind": "{kind}", "name": "A", "source": "B"}}"#)
        };
        let days = [
            day("2026-01-10", "worked"),
            day("10/01/2026", "holiday"),
            day("2027-01-10", "worked"),
            day("2026-01-12", "worked"),
            day("2026-01-11", "given_back"),
            day("2026-01-13 07:00", "holiday"),
        ];
        check(
            &format!("[{}]", days.join(",")),
            &[
                ("calendar_day_twice", "2"),
                ("calendar_day_year", "3"),
                ("calendar_day_weekday", "4"),
                ("calendar_day_weekday", "5"),
                (unread, "6date"),
            ],
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text =
            r#"[{"date": "10/01/2026", "kind": "worked", "name": "Làm bù", "source": "Số 1"}]"#;
        let year = Year::read(text).expect("a year");
        assert_eq!(Year::read(&year.text()).expect("the same year"), year);
    }
}
