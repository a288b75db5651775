//! The roster as a grid: a row for each post of a unit, a column for each local day.
//!
//! A shift stands on the day it begins, as `HH:mm–HH:mm Họ và tên`: `(+1)` behind its end when
//! that is on the next day, the day itself when it is later. So nothing of a shift is lost. Behind
//! the name of somebody who has leave then stands that they do.

use std::collections::BTreeMap;
use std::io::Write;

use super::super::options::Span;
use super::{Line, Lines};
use crate::clock::{DAY, Instant};
use crate::directory::unit::Unit;
use crate::duty::period::Post;
use crate::error::{Code, Error, Result};
use crate::messages::vietnamese;
use crate::sheet::MAX_COLUMNS;
use crate::sheet::duty::{DutyForm, ON_LEAVE};
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;

/// The columns before the days: whose row it is.
const WHOSE: [Field; 3] = [Field::UnitCode, Field::Unit, Field::Post];
/// How many days a grid has at most, so that it can be read back; the last column may be a mark.
const MOST_DAYS: i64 = (MAX_COLUMNS - WHOSE.len() - 1) as i64;

pub(super) fn grid(
    book: Reader<'_>,
    to: impl Write,
    form: Form,
    lines: &Lines<'_>,
    units: &[&Unit],
    span: Span,
) -> Result<()> {
    let (first, count) = days(lines, units, span);
    if count > MOST_DAYS {
        return Err(Error::new(Code::SpanLong)
            .with("days", count)
            .with("most", MOST_DAYS));
    }
    let days = (0..count).map(|nth| first.plus(nth * DAY).day());
    let headings: Vec<String> = WHOSE
        .iter()
        .map(|field| field.heading(List::Roster).to_owned())
        .chain(days)
        .collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut sheet = crate::report::wide_table(book, to, form, &headings, WHOSE.len())?;
    for unit in units {
        let mut posts: BTreeMap<Post, Vec<Line<'_>>> = BTreeMap::new();
        for line in lines.of(unit) {
            posts.entry(line.post).or_default().push(line);
        }
        for (post, lines) in posts {
            sheet.part(vietnamese().word(unit.group))?;
            let mut row = vec![
                Cell::text(unit.code.as_deref()),
                Cell::Text(unit.name.clone()),
                Cell::Text(vietnamese().word(post).to_owned()),
            ];
            row.extend((0..count).map(|nth| cell(&lines, first.plus(nth * DAY))));
            sheet.row(&row)?;
        }
    }
    sheet.end()
}

/// The first day, and how many there are: those of the span, and those on which something stands.
fn days(lines: &Lines<'_>, units: &[&Unit], span: Span) -> (Instant, i64) {
    let (mut first, mut last) = (span.0, span.1.map(|to| to.plus(-1)));
    for line in units.iter().flat_map(|unit| lines.of(unit)) {
        let ends = match line.shift {
            Some(_) => line.from,
            None => line.to.plus(-1),
        };
        first = Some(first.map_or(line.from, |first| first.min(line.from)));
        last = Some(last.map_or(ends, |last| last.max(ends)));
    }
    match (first, last) {
        (Some(first), Some(last)) if first <= last => {
            let first = first.midnight();
            (first, (last.millis() - first.millis()) / DAY + 1)
        }
        _ => (Instant::default(), 0),
    }
}

/// What stands on a post on a day, a line each, by time.
fn cell(lines: &[Line<'_>], day: Instant) -> Cell {
    let next = day.plus(DAY);
    let mut written: Vec<((Instant, Instant), String)> = Vec::new();
    for line in lines {
        let name = line.person.map_or("", |person| &person.full_name);
        let (from, to) = (line.from.max(day), line.to.min(next));
        let is_here = match line.shift {
            Some(_) => day <= line.from && line.from < next,
            None => from < to,
        };
        if !is_here {
            continue;
        }
        let (until, text) = match line.form {
            DutyForm::Shift => (line.to, format!("{} {name}", times(line.from, line.to))),
            DutyForm::Away => {
                let times = times(line.from, line.to);
                (line.to, format!("{times} {name} {ON_LEAVE}"))
            }
            DutyForm::Redacted => {
                let times = times(line.from, line.to);
                (line.to, format!("{} {times}", vietnamese().word(line.form)))
            }
            DutyForm::Standing => (to, format!("{}: {name}", vietnamese().word(line.form))),
            DutyForm::Empty => {
                let end = if to == next {
                    "24:00".to_owned()
                } else {
                    to.time_of_day()
                };
                let span = [("from", from.time_of_day()), ("to", end)];
                (to, vietnamese().with("written_hole", &span))
            }
        };
        // Periods that overlap have the same contact stand there twice.
        if line.form != DutyForm::Standing || written.iter().all(|(_, known)| *known != text) {
            written.push(((from, until), text));
        }
    }
    written.sort_by_key(|(times, _)| *times);
    let texts: Vec<String> = written.into_iter().map(|(_, text)| text).collect();
    match texts.is_empty() {
        true => Cell::Empty,
        false => Cell::Text(texts.join("\n")),
    }
}

/// `07:30–17:00`, `17:00–07:30(+1)`, or `07:30–07:30 25/05/2016` when it ends later than the next
/// day.
fn times(from: Instant, to: Instant) -> String {
    let (begins, ends) = (from.time_of_day(), to.time_of_day());
    match (to.midnight().millis() - from.midnight().millis()) / DAY {
        0 => format!("{begins}–{ends}"),
        1 => format!("{begins}–{ends}(+1)"),
        _ => format!("{begins}–{ends} {}", to.day()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shift_tells_when_it_ends() {
        let check = |from: &str, to: &str, expect: &str| {
            let at = |text: &str| Instant::parse(text).expect("a moment");
            assert_eq!(times(at(from), at(to)), expect);
        };
        check("22/05/2016 07:30", "22/05/2016 17:00", "07:30–17:00");
        check("22/05/2016 22:00", "23/05/2016 00:00", "22:00–00:00(+1)");
        check("22/05/2016 07:30", "23/05/2016 07:30", "07:30–07:30(+1)");
        check(
            "22/05/2016 07:30",
            "25/05/2016 07:30",
            "07:30–07:30 25/05/2016",
        );
    }
}
