//! The headings of a grid of days: which columns are days, what the others are called.

use super::{Column, LEAST_DATES, LEAST_NUMBERS, LEAST_WEEKDAYS};
use crate::duty::days::Day;
use crate::duty::hours::Mark;
use crate::duty::placement::Placement;
use crate::duty::post_heading::PostHeading;
use crate::heading::{List, Reading, is_ordinal, understand};
use crate::layout::marks::is_numbering;

/// The days in a row, when they are enough to be the headings of a grid; those among them that are
/// written as days and are none say nothing.
pub(super) fn days_in(placement: &Placement<'_>, at: usize) -> Option<Vec<(usize, Day)>> {
    let filled = placement.filled(at);
    let days = read_days(placement, at, &filled)?;
    Some(with_unread(days, &filled))
}

/// Days, and what stands among them: under a heading that is no day there are names too, and they
/// are turned away by their rows rather than left out.
fn with_unread(days: Vec<(usize, Day)>, filled: &[(usize, String)]) -> Vec<(usize, Day)> {
    let place = |day: Option<&(usize, Day)>| {
        let (column, _) = day?;
        filled.iter().position(|(of, _)| of == column)
    };
    let (Some(mut first), Some(mut last)) = (place(days.first()), place(days.last())) else {
        return days;
    };
    let is_other =
        |text: &str| is_ordinal(text) || understand(text, List::Roster, Reading::Loose).is_some();
    while first > 0 && Day::is_written(&filled[first - 1].1) {
        first -= 1;
    }
    // `1O` among numbers ends no month.
    let behind = filled[last + 1..].iter();
    let is_near = |(_, text): &&(usize, String)| {
        text.contains(|c: char| c.is_ascii_digit()) && !is_other(text)
    };
    let near = behind.take_while(is_near).enumerate();
    let written = near.filter(|(_, (_, text))| Day::is_written(text)).last();
    last += written.map_or(0, |(at, _)| at + 1);
    filled[first..=last]
        .iter()
        .filter_map(|(column, text)| {
            let known = days.iter().find(|(of, _)| of == column);
            let unread = || (!is_other(text)).then(|| (*column, Day::default()));
            known.copied().or_else(unread)
        })
        .collect()
}

fn read_days(
    placement: &Placement<'_>,
    at: usize,
    filled: &[(usize, String)],
) -> Option<Vec<(usize, Day)>> {
    // Days stand beside labels; numbers of columns stand over those too.
    if filled.first().is_none_or(|(first, _)| *first == 0) && is_numbering(filled) {
        return None;
    }
    let days: Vec<(usize, Day)> = filled
        .iter()
        .filter(|(_, text)| text.chars().count() <= 40)
        .filter_map(|(column, text)| Some((*column, Day::read(text)?)))
        .collect();
    let dates = days.iter().filter(|(_, day)| day.month.is_some()).count();
    let weekdays = days.iter().filter(|(_, day)| day.weekday.is_some()).count();
    if dates >= LEAST_DATES {
        let days: Vec<(usize, Day)> = days
            .into_iter()
            .filter(|(_, day)| day.month.is_some())
            .collect();
        let shifts = || {
            placement
                .filled(at + 1)
                .iter()
                .filter(|(_, text)| Mark::read(text).is_some_and(|mark| mark.is_known()))
                .count()
                > 2
        };
        return (is_run(&days) || days.len() == 2 && shifts()).then_some(days);
    }
    if weekdays >= LEAST_WEEKDAYS {
        return Some(
            days.into_iter()
                .filter(|(_, day)| day.weekday.is_some())
                .collect(),
        );
    }
    // `1` to `31`: each is the one before and one more, but where a month ends.
    let numbers: Vec<(usize, Day)> = days
        .into_iter()
        .filter(|(_, day)| day.day.is_some())
        .collect();
    let mut run: Vec<(usize, Day)> = Vec::new();
    for (column, day) in numbers {
        let follows = run.last().is_none_or(|(_, last)| {
            let (last, next) = (last.day.unwrap_or_default(), day.day.unwrap_or_default());
            next == last + 1 || next == 1 && last >= 28
        });
        match follows {
            true => run.push((column, day)),
            false if run.len() >= LEAST_NUMBERS => break,
            false => run = vec![(column, day)],
        }
    }
    (run.len() >= LEAST_NUMBERS).then_some(run)
}

/// Whether dates follow each other as headings do: no day twice, in a row of shifts from and to.
fn is_run(days: &[(usize, Day)]) -> bool {
    let ordered = days.windows(2).all(|pair| {
        let key = |day: &Day| (day.year, day.month, day.day);
        let new_year = pair[0].1.month == Some(12) && pair[1].1.month == Some(1);
        key(&pair[0].1) < key(&pair[1].1) || new_year
    });
    ordered
        && (days.len() > 2
            || days.first().map(|(column, _)| column + 1) == days.get(1).map(|(column, _)| *column))
}

/// Whether a row says only which days of the week the days are.
pub(super) fn is_weekdays(placement: &Placement<'_>, at: usize, days: &[(usize, Day)]) -> bool {
    let filled = placement.filled(at);
    let week =
        |text: &str| Day::read(text).is_some_and(|day| day.weekday.is_some() && day.day.is_none());
    let some = filled.iter().filter(|(_, text)| week(text)).count();
    let of_days = days.is_empty()
        || filled
            .iter()
            .any(|(column, text)| week(text) && days.iter().any(|(day, _)| day == column));
    let short = |text: &str| matches!(text, "2" | "3" | "4" | "5" | "6" | "7" | "CN" | "cn");
    let digits = !days.is_empty()
        && filled.len() >= days.len().min(LEAST_NUMBERS)
        && filled
            .iter()
            .any(|(_, text)| text.eq_ignore_ascii_case("cn"))
        && filled
            .iter()
            .all(|(column, text)| short(text) || !days.iter().any(|(day, _)| day == column));
    digits || of_days && some >= 2 && some * 10 >= filled.len() * 7
}

/// The heading of a column beside the days: in their row, or a row or two above.
pub(super) fn label_heading(placement: &Placement<'_>, at: usize, column: usize) -> String {
    let own = placement.text(at, column);
    if !own.is_empty() {
        return own;
    }
    let known = |text: &String| {
        is_ordinal(text) || understand(text, List::Roster, Reading::Loose).is_some()
    };
    let above = (1..=2)
        .filter_map(|up| at.checked_sub(up))
        .map(|at| placement.text(at, column));
    let below = (1..=2).map(|down| placement.text(at + down, column));
    above.chain(below).find(known).unwrap_or_default()
}

/// The columns of the days, each with its shifts where they have headings of their own below; and
/// where the rows begin.
pub(super) fn columns(
    placement: &Placement<'_>,
    at: usize,
    below: usize,
    days: &[(usize, Day)],
) -> (Vec<Column>, usize) {
    let heading = |column: usize| placement.text(at, column);
    let first = days.first().map_or(0, |(column, _)| *column);
    let end = placement.width(at).max(placement.width(below));
    let slot_at = |column: usize| {
        let text = placement.text(below, column);
        let of_mark = || {
            let mark = Mark::read(&text)
                .filter(|mark| mark.is_known() && !matches!(mark, Mark::OnDuty | Mark::Off))?;
            (mark != Mark::LetterT || text.len() > 1).then(|| PostHeading {
                hours: Some(text.clone()),
                ..PostHeading::default()
            })
        };
        PostHeading::read(&text).or_else(of_mark)
    };
    let subs: Vec<(usize, PostHeading)> = (first..end)
        .filter_map(|column| Some((column, slot_at(column)?)))
        .collect();
    // In a row of people the labels beside are filled; over them they are not.
    let labelled = (0..first).any(|column| {
        let own = placement
            .rows
            .get(below)
            .and_then(|row| row.cells.get(column));
        own.is_some_and(|cell| !cell.trim().is_empty())
            && !is_ordinal(&placement.text(below, column))
            && understand(&placement.text(below, column), List::Roster, Reading::Loose).is_none()
    });
    let gaps = days.windows(2).any(|pair| pair[1].0 > pair[0].0 + 1);
    let several = subs.len() > days.len() || gaps && subs.len() >= days.len();
    if several && !labelled {
        let of = |(column, slot): (usize, PostHeading)| {
            let (day_at, _) = days.iter().rev().find(|(day, _)| *day <= column)?;
            let (day, sub) = (heading(*day_at), placement.text(below, column));
            Some(Column {
                at: column,
                heading: format!("{day} {sub}"),
                day,
                slot,
            })
        };
        return (subs.into_iter().filter_map(of).collect(), below + 1);
    }
    let of = |(column, _): &(usize, Day)| Column {
        at: *column,
        day: heading(*column),
        heading: heading(*column),
        slot: PostHeading::default(),
    };
    (days.iter().map(of).collect(), below)
}
