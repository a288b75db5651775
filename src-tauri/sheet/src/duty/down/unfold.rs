//! The rows of such a list, unfolded into one for each person and shift.

use super::{Column, Down, Holds, WHEN};
use crate::duty::across::is_mark;
use crate::duty::days::Day;
use crate::duty::form::DutyForm;
use crate::duty::hours::{DayAndHours, Mark};
use crate::duty::people::{UNCLEAR, people};
use crate::duty::placement::{Placement, is_beside, is_end, is_legend, is_sign};
use crate::duty::post_heading::PostHeading;
use crate::duty::unfolded::{CellText, Shift, Unfolding, numbers_text, post_text};
use crate::heading::{Field, List, Reading, understand};
use crate::layout::ReadOptions;
use crate::layout::marks::{begins_as_units_do, is_number, is_numbering, is_rank, without_rank};
use sotruc_base::error::Result;
use sotruc_base::text::one_line;

impl Down {
    /// Takes up the rows, and says where what follows them begins.
    pub(in crate::duty) fn unfold(
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
                let said = DayAndHours::of(text);
                let days = !said.days.is_empty() || said.wrong;
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
    pub(super) fn beside(&self) -> Option<usize> {
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

    pub(super) fn at_when(&self, at: usize) -> bool {
        let is = |column: &&Column| column.at == at;
        self.columns.iter().find(is).is_some_and(
            |column| matches!(column.holds, Holds::Field(field) if WHEN.contains(&field)),
        )
    }

    pub(super) fn at_unit(&self, at: usize) -> bool {
        self.columns
            .iter()
            .any(|column| column.at == at && column.holds == Holds::Field(Field::Unit))
    }

    /// Whether the row says by a day of its own that it is one of the list.
    pub(super) fn is_dated(&self, placement: &Placement<'_>, at: usize) -> bool {
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

    pub(super) fn names_somebody(&self, placement: &Placement<'_>, at: usize) -> bool {
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
