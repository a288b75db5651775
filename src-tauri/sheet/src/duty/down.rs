//! A list whose rows are shifts or days: its columns say when, and name one person or, under
//! headings of posts and shifts, several.

use crate::duty::across::is_mark;
use crate::duty::days::Day;
use crate::duty::form::DutyForm;
use crate::duty::hours::{DayAndHours, Hours, Mark};
use crate::duty::people::{UNCLEAR, people};
use crate::duty::placement::{Placement, is_beside, is_end, is_legend, is_sign};
use crate::duty::post_heading::PostHeading;
use crate::duty::unfolded::{CellText, Shift, Unfolding, numbers_text, post_text};
use crate::heading::{Field, List, Reading, is_ordinal, understand};
use crate::layout::ReadOptions;
use crate::layout::marks::{begins_as_units_do, is_number, is_numbering, is_rank, without_rank};
use sotruc_base::error::Result;
use sotruc_base::text::{fold, one_line};

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

    /// Takes up the rows, and says where what follows them begins.
    pub(super) fn unfold(
        &self,
        placement: &Placement<'_>,
        options: &ReadOptions,
        to: &mut Unfolding<'_>,
    ) -> Result<usize> {
        let mut rows: Vec<(usize, Above)> = Vec::new();
        let mut above = Above::default();
        let (mut ended, mut next) = (false, placement.rows.len());
        let mut beside: Vec<String> = Vec::new();
        for at in self.below..placement.rows.len() {
            let dated = self.is_dated(placement, at);
            if !dated && crate::duty::begins_again(placement, at, options) {
                next = at;
                break;
            }
            let filled = placement.filled(at);
            if is_numbering(&filled) {
                continue;
            }
            let lines = placement.lines(at);
            if !dated && is_end(&filled) {
                ended = true;
                beside.extend(lines);
                continue;
            }
            let Some((first, text)) = filled
                .iter()
                .find(|(_, text)| !is_rank(text))
                .or(filled.first())
            else {
                continue;
            };
            let alone = filled
                .iter()
                .all(|(column, cell)| column == first || is_rank(cell));
            let wide = placement.is_wide(at, *first);
            let named = self.names_somebody(placement, at);
            if ended && !(dated && named)
                || !dated && is_beside(&filled)
                || alone && !dated && !named && is_legend(&lines)
            {
                beside.extend(lines);
                continue;
            }
            if alone && (wide || !named || begins_as_units_do(without_rank(text))) {
                let days = !DayAndHours::of(text).days.is_empty();
                let numbered = filled
                    .iter()
                    .any(|(column, cell)| column < first && is_number(cell));
                if is_legend(&lines) && !days {
                    beside.extend(lines);
                } else if days && !(dated && !wide && self.at_when(*first)) {
                    above.day = Some(text.clone());
                } else if !numbered
                    && (wide || begins_as_units_do(without_rank(text)) || self.at_unit(*first))
                {
                    above = Above {
                        group: Some(without_rank(text).to_owned()),
                        day: None,
                    };
                } else if dated {
                    rows.push((at, above.clone()));
                }
                continue;
            }
            rows.push((at, above.clone()));
        }
        to.hear(beside);
        let mut carried = Carried::default();
        for (at, above) in rows {
            self.unfold_row(placement, at, above, &mut carried, to)?;
        }
        Ok(next)
    }

    /// Where a second list begins beside the first, with days of its own.
    fn beside(&self) -> Option<usize> {
        let is_day = |column: &&Column| {
            understand(&column.heading, List::Roster, Reading::Strict) == Some(Field::Day)
        };
        let second = self.columns.iter().filter(is_day).nth(1)?;
        let named = self
            .columns
            .iter()
            .any(|column| column.at < second.at && matches!(column.holds, Holds::Names(_)));
        named.then_some(second.at)
    }

    fn at_when(&self, at: usize) -> bool {
        let is = |column: &&Column| column.at == at;
        self.columns.iter().find(is).is_some_and(
            |column| matches!(column.holds, Holds::Field(field) if WHEN.contains(&field)),
        )
    }

    fn at_unit(&self, at: usize) -> bool {
        self.columns
            .iter()
            .any(|column| column.at == at && column.holds == Holds::Field(Field::Unit))
    }

    /// Whether the row says by a day of its own that it is one of the list.
    fn is_dated(&self, placement: &Placement<'_>, at: usize) -> bool {
        self.columns.iter().any(|column| match column.holds {
            Holds::Field(Field::Day | Field::From) => {
                let text = placement.text(at, column.at);
                Day::read(&text).is_some()
                    || text.chars().count() < 60 && !DayAndHours::of(&text).days.is_empty()
            }
            Holds::Field(Field::Weekday) => {
                Day::read_weekday(&placement.text(at, column.at)).is_some()
            }
            _ => false,
        })
    }

    fn names_somebody(&self, placement: &Placement<'_>, at: usize) -> bool {
        self.columns.iter().any(|column| match column.holds {
            Holds::Names(_) | Holds::OfUnit | Holds::Marks => {
                let text = placement.text(at, column.at);
                text.chars().any(char::is_alphabetic) && !is_sign(&text) || is_mark(&text)
            }
            _ => false,
        })
    }

    fn unfold_row(
        &self,
        placement: &Placement<'_>,
        at: usize,
        above: Above,
        carried: &mut Carried,
        to: &mut Unfolding<'_>,
    ) -> Result<()> {
        if carried.above != above {
            *carried = Carried {
                above: above.clone(),
                ..Carried::default()
            };
        }
        let mut base = Shift {
            number: placement.number(at),
            group: above.group.clone(),
            cells: Vec::new(),
        };
        let mut when: Vec<(Field, CellText)> = Vec::new();
        let mut units: Vec<(Field, CellText)> = Vec::new();
        let mut hours = None;
        let mut post = None;
        for column in &self.columns {
            let Holds::Field(field) = column.holds else {
                continue;
            };
            let raw = placement.raw(at, column.at);
            let text = one_line(raw);
            if text.is_empty() {
                continue;
            }
            match field {
                Field::Day | Field::Weekday => {
                    let week = Day::read_weekday(&text).filter(|_| field == Field::Weekday);
                    let written = week.map_or(text, |day| day.to_string());
                    let told = to.day(&written, above.day.as_deref());
                    when.push((field, CellText::new(told, &column.heading, raw)));
                }
                Field::From | Field::To => {
                    let told = match Day::read(&text).filter(|day| day.is_more_than_a_number()) {
                        Some(_) if DayAndHours::of_moment(&text).times.is_empty() => {
                            to.day(&text, above.day.as_deref())
                        }
                        _ => text,
                    };
                    match when.iter_mut().find(|(known, _)| *known == field) {
                        // A day and a time of it in two columns.
                        Some((_, known)) => known.text = format!("{} {told}", known.text),
                        None => when.push((field, CellText::new(told, &column.heading, raw))),
                    }
                }
                Field::Hours => hours = hours.or(Some(CellText::new(text, &column.heading, raw))),
                Field::Unit | Field::UnitCode => {
                    units.push((field, CellText::new(text, &column.heading, raw)))
                }
                Field::Post => post = post.or(Some(CellText::new(text, &column.heading, raw))),
                Field::Mobile | Field::Form => {
                    base = base.with(field, CellText::new(text, &column.heading, raw))
                }
                _ => {}
            }
        }
        // Cells that are empty are those of the row above.
        if when.is_empty() {
            when.clone_from(&carried.when);
            if hours.is_none() {
                hours.clone_from(&carried.hours);
            }
        }
        if when.is_empty()
            && let Some(day) = &above.day
        {
            when.push((Field::Day, CellText::new(to.day(day, None), "", day)));
        }
        if units.is_empty() {
            units.clone_from(&carried.units);
        }
        carried.when.clone_from(&when);
        carried.hours.clone_from(&hours);
        carried.units.clone_from(&units);
        base.cells.extend(when);
        base.cells.extend(units);
        self.unfold_names(placement, at, &base, hours, post, to)
    }

    fn unfold_names(
        &self,
        placement: &Placement<'_>,
        at: usize,
        base: &Shift,
        hours: Option<CellText>,
        post: Option<CellText>,
        to: &mut Unfolding<'_>,
    ) -> Result<()> {
        let names = || {
            self.columns.iter().enumerate().filter(|(_, column)| {
                matches!(column.holds, Holds::Names(_) | Holds::OfUnit | Holds::Marks)
            })
        };
        let several = names().count() > 1;
        let mut any = false;
        for (nth, column) in names() {
            let cell = placement.raw(at, column.at);
            if cell.is_empty() || several && is_sign(cell) {
                continue;
            }
            any = true;
            let slot = match &column.holds {
                Holds::Names(slot) => slot.clone(),
                _ => PostHeading::default(),
            };
            let heading = &column.heading;
            let numbers = || {
                let of = self
                    .columns
                    .iter()
                    .filter(|of| of.holds == Holds::Numbers(nth));
                let texts: Vec<String> = of
                    .map(|of| placement.text(at, of.at))
                    .filter(|text| !text.is_empty())
                    .collect();
                texts.join("; ")
            };
            let told_hours = |to: &Unfolding<'_>, own: Option<String>| match (
                own.or_else(|| slot.hours.clone()),
                &hours,
            ) {
                (Some(text), _) => CellText::new(to.hours(&text), heading, cell),
                (None, Some(told)) => CellText {
                    text: to.hours(&told.text),
                    ..told.clone()
                },
                (None, None) => CellText::new("", heading, cell),
            };
            if column.holds == Holds::Marks {
                let line = one_line(cell);
                let mark = Mark::read(&line);
                if mark.as_ref().is_some_and(|mark| to.legend.is_off(mark)) {
                    continue;
                }
                let own = match (mark, &hours) {
                    (Some(Mark::OnDuty), Some(_)) => None,
                    _ => Some(line),
                };
                let shift = base
                    .clone()
                    .with(Field::Hours, told_hours(to, own))
                    .with(
                        Field::Post,
                        CellText::new(post_text(slot.post), heading, cell),
                    )
                    .with(
                        Field::FullName,
                        CellText::new(heading.clone(), heading, heading),
                    );
                to.push(shift)?;
                continue;
            }
            for one in people(cell) {
                let mut shift = base.clone();
                // Whoever stands in a second list is not on the days of the first.
                if self.beside().is_some_and(|second| second < column.at) {
                    shift.cells.retain(|(field, _)| !WHEN.contains(field));
                    shift = shift.with(Field::Day, CellText::new(UNCLEAR, heading, cell));
                }
                if column.holds == Holds::OfUnit {
                    shift
                        .cells
                        .retain(|(field, _)| !matches!(field, Field::Unit | Field::UnitCode));
                    shift = shift.with(
                        Field::Unit,
                        CellText::new(heading.clone(), heading, heading),
                    );
                }
                let mut own = numbers_text(&one.who.numbers);
                if own.is_empty() {
                    own = numbers();
                }
                let post = match (&post, one.post.or(slot.post)) {
                    (Some(post), _) => post.clone(),
                    (None, post) => CellText::new(post_text(post), heading, cell),
                };
                let form = one.form.map_or("", DutyForm::name);
                shift = shift
                    .with(Field::Form, CellText::new(form, heading, ""))
                    .with(Field::Hours, told_hours(to, one.hours))
                    .with(Field::Post, post)
                    .with(Field::FullName, CellText::new(one.who.name, heading, cell))
                    .with(Field::Mobile, CellText::new(own, heading, cell));
                to.push(shift)?;
            }
        }
        // A shift that nobody is named for.
        if !any && !several && hours.is_some() {
            let hours = hours.map(|told| CellText {
                text: to.hours(&told.text),
                ..told
            });
            let heading = names()
                .next()
                .map_or("", |(_, column)| column.heading.as_str());
            let mut shift = base
                .clone()
                .with(Field::FullName, CellText::new("", heading, ""));
            if let Some(hours) = hours {
                shift = shift.with(Field::Hours, hours);
            }
            to.push(shift)?;
        }
        Ok(())
    }
}

/// What stands over some rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Above {
    group: Option<String>,
    day: Option<String>,
}

/// What rows below say by empty cells.
#[derive(Default)]
struct Carried {
    above: Above,
    when: Vec<(Field, CellText)>,
    hours: Option<CellText>,
    units: Vec<(Field, CellText)>,
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
