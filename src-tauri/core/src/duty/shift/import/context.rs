//! What a list as a whole and the book say of days and hours, for rows that say it in part.

use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeSet;

use crate::clock::Instant;
use crate::duty::period::Period;
use crate::sheet::duty::days::{Day, Span};
use crate::sheet::duty::hours::{DAY, DayAndHours, Hours, Mark, customary};
use crate::sheet::duty::legend::Legend;
use crate::text::one_line;

/// What the rows of one list have in common.
#[derive(Debug, Clone, Default)]
pub(super) struct ListContext {
    pub(super) span: Span,
    pub(super) legend: Legend,
    /// The marks of shifts in the list: two or three of them make a day.
    marks: BTreeSet<Mark>,
    /// When shifts begin that do not say when they end.
    starts: BTreeSet<u32>,
}

impl ListContext {
    /// What the lines over a list say, the nearest first.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self {
            span: Span::of(lines.clone()),
            legend: Legend::of(lines),
            ..Self::default()
        }
    }

    /// Takes note of the hours of a row.
    pub(super) fn hear(&mut self, hours: &str) {
        let said = DayAndHours::of(&one_line(hours));
        self.marks.extend(said.mark.filter(Mark::is_known));
        if let Some(Hours::From(at)) = said.hours {
            self.starts.insert(at);
        }
    }

    /// The hours of a mark or word; and in words those that nobody said.
    pub(super) fn hours_of(&self, mark: &Mark) -> Option<(Hours, Option<String>)> {
        if let Some(hours) = self.legend.hours(mark) {
            return Some((hours, None));
        }
        let hours = customary(mark, &self.marks)?;
        let told = told(&hours);
        Some((hours, Some(told)))
    }

    /// The end of a shift that only says when it begins: the next beginning.
    pub(super) fn after(&self, from: u32) -> (Hours, Option<String>) {
        let next = self.starts.range(from + 1..).next().or(self.starts.first());
        let to = match next {
            Some(next) if *next > from => *next,
            Some(next) => next + DAY,
            None => from + DAY,
        };
        let hours = Hours::Spans(vec![(from, to)]);
        let told = told(&hours);
        (hours, Some(told))
    }
}

/// Hours as they are told to somebody.
pub(super) fn told(hours: &Hours) -> String {
    match hours {
        Hours::Whole => "00:00–24:00".to_owned(),
        hours => hours.to_string(),
    }
}

/// The periods in which a day may lie: the one that was said, else those of the book.
#[derive(Debug, Clone, Default)]
pub(super) struct Periods {
    given: Option<Span>,
    all: Vec<Span>,
}

impl Periods {
    pub(super) fn of(given: Option<&Period>, all: &[Period]) -> Self {
        Self {
            given: given.and_then(span_of),
            all: all.iter().filter_map(span_of).collect(),
        }
    }

    /// Whether a day lies so far from the period that was said, or a year from any, that another was
    /// meant.
    pub(super) fn is_far(&self, date: NaiveDate) -> bool {
        if let Some(given) = &self.given {
            return is_far(given, date);
        }
        let year = Days::new(366);
        let near = |span: &Span| {
            span.days
                .is_some_and(|(first, last)| first - year <= date && date <= last + year)
        };
        !self.all.is_empty() && !self.all.iter().any(near)
    }

    pub(super) fn complete(&self, day: Day) -> Day {
        if let Some(given) = &self.given {
            return given.complete(day);
        }
        let mut dates: Vec<NaiveDate> = self.all.iter().filter_map(|span| span.only(day)).collect();
        dates.sort_unstable();
        dates.dedup();
        match *dates {
            [date] => Span::between(date, date).complete(day),
            _ => day,
        }
    }
}

/// Whether a day lies far from what a span speaks of.
pub(super) fn is_far(span: &Span, date: NaiveDate) -> bool {
    span.reach()
        .is_some_and(|(first, last)| date < first || last < date)
}

fn span_of(period: &Period) -> Option<Span> {
    let first = date_of(period.from)?;
    // Up to, but without its end.
    let last = date_of(period.to.plus(-1))?;
    (first <= last).then(|| Span::between(first, last))
}

fn date_of(at: Instant) -> Option<NaiveDate> {
    Day::read(at.to_string().split(' ').next()?)?.date()
}

/// The first moment of a day.
pub(super) fn midnight(date: NaiveDate) -> Option<Instant> {
    let text = format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year());
    Instant::parse_start(&text).ok()
}
