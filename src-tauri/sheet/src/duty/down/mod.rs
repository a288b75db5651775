//! A list whose rows are shifts or days: its columns say when, and name one person or, under
//! headings of posts and shifts, several.

mod unfold;

use crate::duty::across::is_mark;
use crate::duty::days::Day;
use crate::duty::hours::{DayAndHours, Hours, Mark};
use crate::duty::placement::{Placement, is_sign};
use crate::duty::post_heading::PostHeading;
use crate::heading::{Field, List, Reading, is_ordinal, understand};
use crate::layout::ReadOptions;
use crate::layout::marks::{begins_as_units_do, is_numbering};
use sotruc_base::text::fold;

/// In how many rows it is looked what a column holds.
const SAMPLED: usize = 60;

/// How long a heading may be.
const LONGEST: usize = 80;

/// The columns that say when.
const WHEN: &[Field] = &[
    Field::Day,
    Field::Weekday,
    Field::From,
    Field::To,
    Field::Hours,
];

/// The headings of such a list.
pub(super) struct Down {
    /// Where its rows begin.
    below: usize,
    columns: Vec<Column>,
}

struct Column {
    at: usize,
    heading: String,
    holds: Holds,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Holds {
    Field(Field),
    /// Names of people on duty.
    Names(PostHeading),
    /// The numbers of those in another column.
    Numbers(usize),
    /// Names of people of the unit that the heading names.
    OfUnit,
    /// Marks of the person whom the heading names.
    Marks,
    /// Not understood.
    Unknown,
}

impl Down {
    /// The list whose headings begin in this row.
    pub(super) fn at(
        placement: &Placement<'_>,
        at: usize,
        options: &ReadOptions,
        lines: &[String],
    ) -> Option<Self> {
        let mut list = Self::read(placement, at, options)?;
        list.tell_days(placement);
        match list.names() {
            true => list.find_day(placement),
            false => list.find_others(placement),
        }
        list.attach_numbers();
        (list.names() && list.says_when(placement, lines)).then_some(list)
    }

    /// Whether headings that need no look at the rows below stand in this row.
    pub(super) fn is_plain_at(placement: &Placement<'_>, at: usize, options: &ReadOptions) -> bool {
        let filled = placement.filled(at);
        let dated = filled
            .iter()
            .any(|(_, text)| Day::read(text).is_some_and(|day| day.is_more_than_a_number()));
        let strict = filled
            .iter()
            .filter(|(_, text)| understand(text, List::Roster, Reading::Strict).is_some())
            .count();
        !dated
            && strict > 0
            && Self::read(placement, at, options)
                .is_some_and(|list| list.names() && (list.has(Field::Day) || list.has(Field::From)))
    }

    /// The headings it saw.
    pub(super) fn headings(self) -> Vec<String> {
        self.columns
            .into_iter()
            .map(|column| column.heading)
            .collect()
    }

    fn read(placement: &Placement<'_>, at: usize, options: &ReadOptions) -> Option<Self> {
        let filled = placement.filled(at);
        // A day or a long text stands in rows, not over them.
        let is_row = |(_, text): &(usize, String)| {
            let dated = DayAndHours::of(text).days.iter().any(|day| day.has_month());
            dated || text.chars().count() > LONGEST
        };
        if filled.len() < 2 || filled.iter().any(is_row) || is_numbering(&filled) {
            return None;
        }
        let two = is_below(placement, at, at + 1);
        let width = match two {
            true => placement.width(at).max(placement.width(at + 1)),
            false => placement.width(at),
        };
        let mut columns: Vec<Column> = Vec::new();
        let mut over = String::new();
        for column in 0..width {
            let top = placement.text(at, column);
            if !top.is_empty() {
                over.clone_from(&top);
            }
            let low = match two {
                true => Some(placement.text(at + 1, column))
                    .filter(|low| !low.is_empty() && *low != top),
                false => None,
            };
            let above = match low {
                Some(_) => over.clone(),
                None => String::new(),
            };
            let heading = low.clone().unwrap_or_else(|| top.clone());
            let has = |field: Field| {
                columns
                    .iter()
                    .any(|column| column.holds == Holds::Field(field))
            };
            let holds = holds(&heading, &above, options, has);
            columns.push(Column {
                at: column,
                heading: match (above.is_empty(), holds == Holds::Unknown) {
                    (false, false) => format!("{above} {heading}"),
                    _ => heading,
                },
                holds,
            });
        }
        Some(Self {
            below: at + 1 + usize::from(two),
            columns,
        })
    }

    fn has(&self, field: Field) -> bool {
        self.columns
            .iter()
            .any(|column| column.holds == Holds::Field(field))
    }

    fn names(&self) -> bool {
        self.columns
            .iter()
            .any(|column| matches!(column.holds, Holds::Names(_) | Holds::OfUnit | Holds::Marks))
    }

    fn sampled(&self, placement: &Placement<'_>) -> std::ops::Range<usize> {
        self.below..placement.rows.len().min(self.below + SAMPLED)
    }

    /// How many of the cells in a column are such, and how many hold anything.
    fn count(
        &self,
        placement: &Placement<'_>,
        column: usize,
        is: impl Fn(&str) -> bool,
    ) -> (usize, usize) {
        let texts = self
            .sampled(placement)
            .map(|at| placement.text(at, column))
            .filter(|text| !text.is_empty());
        texts.fold((0, 0), |(some, all), text| {
            (some + usize::from(is(&text)), all + 1)
        })
    }

    /// "Thời gian" may stand over days, beside a column of shifts.
    fn tell_days(&mut self, placement: &Placement<'_>) {
        let hours = self
            .columns
            .iter()
            .position(|column| column.holds == Holds::Field(Field::Hours));
        let Some(hours) = hours.filter(|_| !self.has(Field::Day) && !self.has(Field::From)) else {
            return;
        };
        let is_days = |text: &str| {
            let said = DayAndHours::of(text);
            !said.days.is_empty() && said.hours.is_none()
        };
        let (days, all) = self.count(placement, self.columns[hours].at, is_days);
        if days == 0 || days * 2 < all {
            return;
        }
        self.columns[hours].holds = Holds::Field(Field::Day);
        let of_hours = |column: &&mut Column| {
            let field = understand(&column.heading, List::Roster, Reading::Strict);
            column.holds == Holds::Unknown && field == Some(Field::Hours)
        };
        if let Some(column) = self.columns.iter_mut().find(of_hours) {
            column.holds = Holds::Field(Field::Hours);
        }
    }

    /// Takes a column without a heading that is understood as that of the days, when it holds such.
    fn find_day(&mut self, placement: &Placement<'_>) {
        if self.has(Field::Day) || self.has(Field::From) || self.has(Field::Weekday) {
            return;
        }
        let is_day = |text: &str| Day::read(text).is_some_and(|day| day.is_more_than_a_number());
        let found = self.columns.iter().position(|column| {
            let (days, all) = self.count(placement, column.at, is_day);
            column.holds == Holds::Unknown
                && !is_ordinal(&column.heading)
                && days > 1
                && (self.below..self.below + 3).any(|at| is_day(&placement.text(at, column.at)))
                && days * 10 >= all * 6
        });
        if let Some(found) = found {
            self.columns[found].holds = Holds::Field(Field::Day);
        }
    }

    /// Where no heading says who stands below it, headings may be units or people themselves.
    fn find_others(&mut self, placement: &Placement<'_>) {
        let dated = self.has(Field::Day) || self.has(Field::Weekday);
        if self.names() || !dated {
            return;
        }
        let marked = |column: &Column| {
            let (marks, all) = self.count(placement, column.at, is_mark);
            column.heading.contains(' ') && all > 0 && marks * 10 >= all * 8
        };
        let kinds: Vec<Holds> = self
            .columns
            .iter()
            .map(|column| match &column.holds {
                Holds::Unknown if begins_as_units_do(&column.heading) => Holds::OfUnit,
                Holds::Unknown if marked(column) => Holds::Marks,
                holds => holds.clone(),
            })
            .collect();
        for (column, holds) in self.columns.iter_mut().zip(kinds) {
            column.holds = holds;
        }
    }

    /// A column of numbers is that of the names beside it.
    fn attach_numbers(&mut self) {
        let is_names = |column: &Column| matches!(column.holds, Holds::Names(_) | Holds::OfUnit);
        for at in 0..self.columns.len() {
            if self.columns[at].holds != Holds::Field(Field::Mobile) {
                continue;
            }
            let before = self.columns[..at].iter().rposition(is_names);
            let names = before.or_else(|| self.columns.iter().position(is_names));
            if let Some(names) = names {
                self.columns[at].holds = Holds::Numbers(names);
            }
        }
    }

    fn says_when(&self, placement: &Placement<'_>, lines: &[String]) -> bool {
        if [Field::Day, Field::Weekday, Field::From]
            .iter()
            .any(|field| self.has(*field))
        {
            return true;
        }
        let hours = self
            .columns
            .iter()
            .find(|column| column.holds == Holds::Field(Field::Hours));
        let in_hours = hours.is_some_and(|column| {
            let (days, all) = self.count(placement, column.at, |text| {
                !DayAndHours::of(text).days.is_empty()
            });
            days > 0 && days * 2 >= all
        });
        // A list of one day or week says so above; a list of contacts does too.
        let is_duty = lines.iter().any(|line| {
            let folded = fold(line);
            [
                "lich truc",
                "phan cong truc",
                "bang truc",
                "ca truc",
                "lich phan cong",
            ]
            .iter()
            .any(|words| folded.contains(words))
        });
        let timed = hours.is_some()
            || self
                .columns
                .iter()
                .any(|column| matches!(&column.holds, Holds::Names(slot) if slot.hours.is_some()));
        let days = lines
            .iter()
            .any(|line| !DayAndHours::of(line).days.is_empty());
        let of_group = self.sampled(placement).any(|at| {
            let filled = placement.filled(at);
            matches!(&*filled, [(_, text)] if !DayAndHours::of(text).days.is_empty() && !is_sign(text))
        });
        in_hours || is_duty && timed && days || of_group
    }
}

/// Whether a row holds headings below those of the row above it.
fn is_below(placement: &Placement<'_>, at: usize, below: usize) -> bool {
    if placement.number(below) != placement.number(at) + 1 {
        return false;
    }
    let filled = placement.filled(below);
    let is_heading = |text: &str| {
        PostHeading::read(text).is_some()
            && Hours::read(text).is_none_or(|_| Mark::within(text).is_some())
            || understand(text, List::Roster, Reading::Strict).is_some()
            || understand(text, List::Roster, Reading::Loose).is_some()
    };
    let headings = filled.iter().filter(|(_, text)| is_heading(text)).count();
    let of_rows = filled.iter().any(|(_, text)| {
        Day::read(text).is_some_and(|day| day.is_more_than_a_number())
            || text.bytes().filter(u8::is_ascii_digit).count() >= 8
    });
    headings >= 2 && !of_rows && headings * 3 >= filled.len() * 2
}

/// What a column of this heading holds; `over` stands over it.
fn holds(heading: &str, over: &str, options: &ReadOptions, has: impl Fn(Field) -> bool) -> Holds {
    if let Some((_, field)) = options.map.iter().find(|(of, _)| fold(of) == fold(heading)) {
        return match field {
            Some(Field::FullName) => Holds::Names(PostHeading::default()),
            Some(field) => Holds::Field(*field),
            None => Holds::Unknown,
        };
    }
    if heading.is_empty() || is_ordinal(heading) {
        return Holds::Unknown;
    }
    let above = || PostHeading::read(over);
    let whole = format!("{over} {heading}");
    let taken =
        |field: &Field| !has(*field) || field.is_many() || matches!(field, Field::From | Field::To);
    let strict = understand(heading, List::Roster, Reading::Strict);
    let slot = || Some(PostHeading::read(heading)?.below(above().as_ref()));
    match strict {
        Some(Field::FullName) => return Holds::Names(slot().or_else(above).unwrap_or_default()),
        Some(Field::From | Field::To) if !over.is_empty() || taken(&Field::From) => {
            return Holds::Field(strict.unwrap_or(Field::From));
        }
        Some(field) if taken(&field) => return Holds::Field(field),
        _ => {}
    }
    let loose =
        understand(heading, List::Roster, Reading::Loose).filter(|field| *field != Field::FullName);
    if let Some(field) = loose.filter(|field| {
        taken(field) && matches!(field, Field::Mobile | Field::Unit | Field::UnitCode)
    }) {
        return Holds::Field(field);
    }
    if let Some(slot) = slot() {
        return Holds::Names(slot);
    }
    match loose.filter(|field| taken(field)) {
        Some(field) => Holds::Field(field),
        None => {
            match understand(&whole, List::Roster, Reading::Strict).filter(|field| taken(field)) {
                Some(field) if field != Field::FullName => Holds::Field(field),
                _ => Holds::Unknown,
            }
        }
    }
}
