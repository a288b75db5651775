//! The rows of a grid of days, unfolded into one for each person and shift.

use super::headings::is_weekdays;
use super::{Across, Label};
use crate::duty::days::Day;
use crate::duty::form::DutyForm;
use crate::duty::hours::{Hours, Mark, before_name};
use crate::duty::names::named;
use crate::duty::people::people;
use crate::duty::placement::{Placement, is_beside, is_end, is_legend};
use crate::duty::post_heading::PostHeading;
use crate::duty::unfolded::{CellText, Shift, Unfolding, numbers_text, post_text};
use crate::heading::Field;
use crate::layout::ReadOptions;
use crate::layout::marks::{begins_as_units_do, is_number, is_numbering, is_rank, without_rank};
use sotruc_base::error::Result;
use sotruc_base::text::one_line;

impl Across {
    /// Takes up the rows, and says where what follows them begins.
    pub(in crate::duty) fn unfold(
        &self,
        placement: &Placement<'_>,
        options: &ReadOptions,
        to: &mut Unfolding<'_>,
    ) -> Result<usize> {
        let mut rows: Vec<(usize, Option<String>)> = Vec::new();
        let mut group: Option<String> = None;
        let (mut ended, mut next) = (false, placement.rows.len());
        let mut beside: Vec<String> = Vec::new();
        let holds = |at: usize| {
            self.days
                .iter()
                .any(|day| !self.cell(placement, at, day).is_empty())
        };
        for at in self.below..placement.rows.len() {
            if crate::duty::begins_again(placement, at, options) {
                next = at;
                break;
            }
            let filled = placement.filled(at);
            let numbering =
                filled.first().is_some_and(|(first, _)| *first == 0) && is_numbering(&filled);
            if numbering || is_weekdays(placement, at, &[]) {
                continue;
            }
            let lines = placement.lines(at);
            let Some((first, text)) = filled.iter().find(|(_, text)| !is_rank(text)) else {
                if holds(at) && !ended && filled.len() > 1 {
                    rows.push((at, group.clone()));
                }
                continue;
            };
            let alone = filled
                .iter()
                .all(|(column, cell)| column == first || is_rank(cell));
            if is_end(&filled) && !self.is_row(placement, at) {
                ended = true;
                beside.extend(lines);
                continue;
            }
            if ended || is_beside(&filled) || alone && is_legend(&lines) {
                beside.extend(lines);
                continue;
            }
            let wide = placement.is_wide(at, *first);
            let own = |column: &usize| self.days.iter().any(|day| day.at == *column);
            if wide && alone || (!holds(at) || alone && own(first)) {
                let numbered = filled
                    .iter()
                    .any(|(column, cell)| column < first && is_number(cell));
                let ranked = filled
                    .iter()
                    .any(|(_, cell)| is_rank(cell) && !is_number(cell));
                let in_unit = self
                    .label(Field::Unit)
                    .is_some_and(|(column, _)| column == *first);
                let names =
                    wide || ranked || begins_as_units_do(without_rank(text)) || in_unit && alone;
                if alone && !numbered && names {
                    group = Some(without_rank(text).to_owned());
                } else if !alone && is_legend(&lines) {
                    beside.extend(lines);
                }
                continue;
            }
            rows.push((at, group.clone()));
        }
        for (at, _) in &rows {
            beside.extend(self.beside(placement, *at));
        }
        to.hear(beside);
        let mut carried = Carried::default();
        for (at, group) in rows {
            if carried.group != Some(group.clone()) {
                carried = Carried {
                    group: Some(group.clone()),
                    ..Carried::default()
                };
            }
            self.unfold_row(placement, at, group, &mut carried, to)?;
        }
        Ok(next)
    }

    /// What stands beside the grid in one of its rows: a legend may.
    pub(super) fn beside(&self, placement: &Placement<'_>, at: usize) -> Vec<String> {
        let after = self.days.last().map_or(0, |last| last.at + 1);
        let free = |column: &usize| !self.labels.iter().any(|(label, ..)| label == column);
        let cells = placement
            .filled(at)
            .into_iter()
            .filter(|(column, _)| *column >= after && free(column));
        let line: Vec<String> = cells.map(|(_, text)| text).collect();
        match line
            .iter()
            .any(|text| Hours::read(text).is_some() || text.contains([':', '=']))
        {
            true => vec![line.join(" : ")],
            false => Vec::new(),
        }
    }

    /// Whether the row says by its labels that it is one of the grid.
    fn is_row(&self, placement: &Placement<'_>, at: usize) -> bool {
        self.labels.iter().any(|(column, label, _)| {
            let text = placement.text(at, *column);
            match label {
                Label::PostHeading | Label::Field(Field::Post) => {
                    PostHeading::read(&text).is_some()
                }
                _ => false,
            }
        }) && self
            .days
            .iter()
            .any(|day| !self.cell(placement, at, day).is_empty())
    }

    fn label(&self, field: Field) -> Option<(usize, &str)> {
        let of = self
            .labels
            .iter()
            .find(|(_, label, _)| *label == Label::Field(field));
        of.map(|(column, _, heading)| (*column, heading.as_str()))
    }

    fn told(&self, placement: &Placement<'_>, at: usize, field: Field) -> Option<CellText> {
        let (column, heading) = self.label(field)?;
        let text = placement.text(at, column);
        (!text.is_empty()).then(|| CellText::new(text.clone(), heading, &text))
    }

    fn unfold_row(
        &self,
        placement: &Placement<'_>,
        at: usize,
        group: Option<String>,
        carried: &mut Carried,
        to: &mut Unfolding<'_>,
    ) -> Result<()> {
        let mut base = Shift {
            number: placement.number(at),
            group,
            cells: Vec::new(),
        };
        if let Some((column, heading)) = self.label(Field::Unit) {
            let own = placement.text(at, column);
            if !own.is_empty() {
                carried.unit = own;
            }
            let unit = &carried.unit;
            base = base.with(Field::Unit, CellText::new(unit.clone(), heading, unit));
        }
        for field in [Field::UnitCode, Field::Mobile] {
            if let Some(told) = self.told(placement, at, field) {
                base = base.with(field, told);
            }
        }
        let mut slot = PostHeading::default();
        for (column, label, _) in &self.labels {
            if *label == Label::PostHeading {
                let text = placement.text(at, *column);
                let of_hours = || PostHeading {
                    hours: Hours::read(&text).map(|_| text.clone()),
                    ..PostHeading::default()
                };
                slot = PostHeading::read(&text)
                    .unwrap_or_else(of_hours)
                    .below(Some(&slot));
            }
        }
        let mut row_hours = self.told(placement, at, Field::Hours);
        match &row_hours {
            Some(_) => carried.hours.clone_from(&row_hours),
            // A shift is written once for its posts.
            None if !self.marks => row_hours.clone_from(&carried.hours),
            None => {}
        }
        let hours = row_hours
            .as_ref()
            .map(|told| told.text.clone())
            .or(slot.hours.clone());
        let post = self.told(placement, at, Field::Post);
        let says_post = post.is_some();
        if let Some(post) = post {
            base = base.with(Field::Post, post);
        }
        let mut last: Option<Day> = None;
        for day in &self.days {
            let text = to.day(&day.day, None);
            let is_number = Day::read(&day.day).is_some_and(|day| !day.is_more_than_a_number());
            let text = match Day::read(&text).filter(|_| is_number) {
                Some(read) => {
                    let read = last.map_or(read, |last| read.behind(last));
                    last = Some(read);
                    read.to_string()
                }
                None => text,
            };
            let cell = self.cell(placement, at, day);
            if cell.is_empty() {
                continue;
            }
            let dated = base
                .clone()
                .with(Field::Day, CellText::new(text, &day.heading, cell));
            let hours = day.slot.hours.clone().or_else(|| hours.clone());
            let post = day.slot.post.or(slot.post);
            match self.marks {
                true => self.unfold_mark(
                    placement,
                    at,
                    dated,
                    &day.heading,
                    cell,
                    hours,
                    (post, says_post),
                    to,
                )?,
                false => {
                    for one in people(cell) {
                        let hours = one
                            .hours
                            .or_else(|| hours.clone())
                            .map(|hours| to.hours(&hours));
                        let hours = hours.unwrap_or_else(|| to.general());
                        let form = one.form.map_or("", DutyForm::name);
                        let mut shift = dated
                            .clone()
                            .with(Field::Form, CellText::new(form, &day.heading, ""))
                            .with(Field::Hours, CellText::new(hours, &day.heading, cell))
                            .with(
                                Field::FullName,
                                CellText::new(one.who.name, &day.heading, cell),
                            )
                            .with(
                                Field::Mobile,
                                CellText::new(numbers_text(&one.who.numbers), &day.heading, cell),
                            );
                        if !says_post {
                            shift = shift.with(
                                Field::Post,
                                CellText::new(post_text(one.post.or(post)), &day.heading, cell),
                            );
                        }
                        to.push(shift)?;
                    }
                }
            }
        }
        Ok(())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "each is another part of the one cell"
    )]
    fn unfold_mark(
        &self,
        placement: &Placement<'_>,
        at: usize,
        dated: Shift,
        heading: &str,
        cell: &str,
        hours: Option<String>,
        (post, says_post): (Option<&'static str>, bool),
        to: &mut Unfolding<'_>,
    ) -> Result<()> {
        let Some((column, of_name)) = self.label(Field::FullName) else {
            return Ok(());
        };
        let name = placement.raw(at, column);
        let line = one_line(cell);
        let mut all: Vec<String> = Vec::new();
        for part in mark_parts(&line) {
            match Mark::read(&part) {
                Some(mark) if to.legend.is_off(&mark) => {}
                Some(Mark::OnDuty) if hours.is_some() => {
                    all.extend(hours.as_deref().map(|hours| to.hours(hours)))
                }
                _ => all.push(to.hours(&part)),
            }
        }
        let whos = named(name);
        let whos: Vec<(String, String)> = match whos.is_empty() {
            true => vec![(String::new(), String::new())],
            false => whos
                .into_iter()
                .map(|who| (who.name, numbers_text(&who.numbers)))
                .collect(),
        };
        for hours in all {
            for (who, numbers) in &whos {
                let mut shift = dated
                    .clone()
                    .with(Field::Hours, CellText::new(hours.clone(), heading, cell))
                    .with(Field::FullName, CellText::new(who.clone(), of_name, name));
                if !shift.cells.iter().any(|(field, _)| *field == Field::Mobile) {
                    shift =
                        shift.with(Field::Mobile, CellText::new(numbers.clone(), of_name, name));
                }
                if !says_post {
                    shift = shift.with(Field::Post, CellText::new(post_text(post), of_name, name));
                }
                to.push(shift)?;
            }
        }
        Ok(())
    }
}

/// What rows below say by empty cells.
#[derive(Default)]
struct Carried {
    group: Option<Option<String>>,
    unit: String,
    hours: Option<CellText>,
}

/// Whether a cell holds a mark rather than a name.
pub(in crate::duty) fn is_mark(text: &str) -> bool {
    let of_somebody = || {
        before_name(text).is_some_and(|(_, name)| {
            let name = name.trim_matches(['(', ')', '[', ']', ' ']);
            Mark::read(name).is_none_or(|mark| !mark.is_known())
        })
    };
    let hours = || {
        Hours::read(text).is_some()
            && text.chars().filter(|c| c.is_alphabetic()).count() <= 6
            && !of_somebody()
    };
    let short = || {
        mark_parts(text).iter().all(|part| {
            part.chars().count() <= 8 && Mark::read(part).is_some() && !part.contains(' ')
        })
    };
    let known = || Mark::read(text).is_some_and(|mark| mark.is_known());
    known() || hours() || short()
}

/// The marks of a cell: `S, C`, `N/Đ`, `S+C`.
fn mark_parts(text: &str) -> Vec<String> {
    let whole = Hours::read(text).is_some()
        || Mark::read(text).is_some_and(|mark| mark.is_known() && mark != Mark::Off)
        || text.len() == 1;
    if whole {
        return vec![text.to_owned()];
    }
    let parts: Vec<String> = text
        .split([',', '/', '+', '&', ';', '-'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    match parts.len() > 1
        && parts
            .iter()
            .all(|part| Mark::read(part).is_some_and(|mark| mark.is_known()))
    {
        true => parts,
        false => vec![text.to_owned()],
    }
}
