//! A year of the calendar: which days are not as their weekdays say, and who says so.

use chrono::Datelike;
use serde::Serialize;
use specta::Type;
use std::collections::BTreeSet;

use crate::clock::Instant;
use crate::duty::calendar::{Calendar, DayKind, YEARS};
use crate::duty::rota;
use crate::error::{Code, Error, Result};
use crate::id::{PeriodId, UnitId};
use crate::messages::Said;
use crate::store::Reader;

/// A year of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CalendarPage {
    /// Which year.
    pub year: i32,
    /// Whether it is one of the office's own, and not the usual one.
    pub own: bool,
    /// Whether the holidays that follow the moon are known.
    pub lunar: bool,
    /// The days that are not as their weekdays say, by date.
    pub days: Vec<DayRow>,
    /// The year before, where it is known.
    pub before: Option<i32>,
    /// The year after, where it is known.
    pub after: Option<i32>,
}

/// A day that is not as its weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DayRow {
    /// The day, written `yyyy-MM-dd`.
    pub date: String,
    /// Its first moment.
    pub at: Instant,
    /// How it is not.
    pub kind: DayKind,
    /// What it is called.
    pub name: Said,
    /// Who says so.
    pub source: Said,
    /// Whether no notice has said it yet.
    pub planned: bool,
}

/// A day of rotas by office hours that a calendar made free, or made worked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OutdatedDay {
    /// Its first moment.
    pub at: Instant,
    /// Whether it is free now, and was worked; else it is worked now.
    pub free: bool,
    /// The period of the rota.
    pub period: Option<String>,
    /// Whose shifts are laid out there as they were right before, as an office lists the units.
    pub units: Vec<String>,
}

/// The days from `now` on whose rotas by office hours are to be laid out again, for the calendar of
/// the book is another than `before`.
///
/// # Errors
/// Those of the store.
pub fn outdated(book: Reader<'_>, before: &Calendar, now: Instant) -> Result<Vec<OutdatedDay>> {
    let roster = book.roster()?;
    let day = |((at, period), units): ((Instant, Option<PeriodId>), BTreeSet<UnitId>)| {
        let mut periods = roster.periods.iter();
        let listed = roster.units.iter().filter(|unit| units.contains(&unit.id));
        OutdatedDay {
            at,
            free: roster.calendar.is_free(at),
            period: periods
                .find(|known| Some(known.id) == period)
                .map(|known| known.name.clone()),
            units: listed.map(|unit| unit.name.clone()).collect(),
        }
    };
    let days = rota::outdated(&roster, before, now).into_iter();
    Ok(days.map(day).collect())
}

/// A year as the book has it; that of `now` where none is asked for.
///
/// # Errors
/// [`Code::ValueUnknown`] for a year that is not known, and those of the store.
pub fn page(book: Reader<'_>, year: Option<i32>, now: Instant) -> Result<CalendarPage> {
    let calendar = book.calendar()?;
    let number = year.unwrap_or_else(|| now.date().year());
    let unknown = || {
        Error::new(Code::ValueUnknown)
            .with("field", "year")
            .with("given", number)
            .with("known", format!("{}–{}", YEARS.start(), YEARS.end()))
    };
    let year = calendar.year(number).ok_or_else(unknown)?;
    let mut days = Vec::with_capacity(year.days().len());
    for day in year.days() {
        let date = day.date.to_string();
        days.push(DayRow {
            at: Instant::parse_start(&date)?,
            date,
            kind: day.kind,
            name: day.name.clone(),
            source: day.source.clone(),
            planned: day.planned,
        });
    }
    let known = |number: i32| calendar.year(number).map(|_| number);
    Ok(CalendarPage {
        year: number,
        own: calendar.is_own(number),
        lunar: calendar.knows_lunar(number),
        days,
        before: known(number - 1),
        after: known(number + 1),
    })
}

/// A year as a file has it, to be changed there; that of `now` where none is asked for.
///
/// # Errors
/// Those of [`page`].
pub fn text(book: Reader<'_>, year: i32, now: Instant) -> Result<String> {
    page(book, Some(year), now)?;
    let calendar = book.calendar()?;
    Ok(calendar
        .year(year)
        .map_or(String::new(), |year| year.text()))
}
