//! A grid whose columns are days: its rows are people with marks, or units, posts and shifts with
//! names.

use crate::duty::days::Day;
use crate::duty::form::DutyForm;
use crate::duty::hours::{Hours, Mark, before_name};
use crate::duty::names::named;
use crate::duty::people::{no_shift, people};
use crate::duty::placement::{Placement, is_beside, is_end, is_legend};
use crate::duty::post_heading::PostHeading;
use crate::duty::unfolded::{CellText, Shift, Unfolding, numbers_text, post_text};
use crate::heading::{Field, List, Reading, is_ordinal, understand};
use crate::layout::ReadOptions;
use crate::layout::marks::{begins_as_units_do, is_number, is_numbering, is_rank, without_rank};
use sotruc_base::error::Result;
use sotruc_base::text::{fold, one_line};

/// How many days make a grid: by their dates, by the days of a week, by numbers alone.
const LEAST_DATES: usize = 2;
const LEAST_WEEKDAYS: usize = 3;
const LEAST_NUMBERS: usize = 4;
/// In how many rows it is looked what the rows are.
const SAMPLED: usize = 60;

/// The headings of such a grid.
pub(super) struct Across {
    at: usize,
    /// Where its rows begin.
    below: usize,
    labels: Vec<(usize, Label, String)>,
    days: Vec<Column>,
    /// Whether its cells hold marks rather than names.
    marks: bool,
}

/// What a column beside the days says of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Field(Field),
    /// A shift, a post, or both.
    PostHeading,
    /// Not understood.
    Unknown,
}

/// A column of a day, or of a shift of one.
struct Column {
    at: usize,
    day: String,
    heading: String,
    slot: PostHeading,
}

impl Across {
    /// The grid whose days stand in this row.
    pub(super) fn at(placement: &Placement<'_>, at: usize, options: &ReadOptions) -> Option<Self> {
        let days = days_in(placement, at)?;
        let first = days.first()?.0;
        if first == 0 {
            return None;
        }
        // Dates in the row below are nearer than weekdays.
        let is_week = days.iter().all(|(_, day)| day.day.is_none());
        if is_week
            && days_in(placement, at + 1)
                .is_some_and(|below| below.iter().any(|(_, day)| day.day.is_some()))
        {
            return None;
        }
        let by_number = days.iter().all(|(_, day)| !day.is_more_than_a_number());
        let heading = |column: usize| label_heading(placement, at, column);
        let headings: Vec<String> = (0..first).map(heading).collect();
        let speaks = |text: &String| text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        if by_number && !headings.iter().any(speaks) {
            return None;
        }
        // A beginning and an end stand in rows of shifts too, behind names.
        let understood = |text: &String| {
            is_ordinal(text) || understand(text, List::Roster, Reading::Loose).is_some()
        };
        if days.len() == 2 && headings.iter().any(speaks) && !headings.iter().any(understood) {
            return None;
        }
        let mut below = at + 1;
        while below < placement.rows.len() && is_weekdays(placement, below, &days) {
            below += 1;
        }
        let (columns, below) = columns(placement, at, below, &days);
        let mut grid = Self {
            at,
            below,
            labels: Vec::new(),
            days: columns,
            marks: false,
        };
        grid.marks = grid.holds_marks(placement);
        grid.labels = grid.labels_of(placement, options, headings);
        (!grid.labels.is_empty()).then_some(grid)
    }

    /// The headings it saw.
    pub(super) fn headings(self) -> Vec<String> {
        let labels = self.labels.into_iter().map(|(.., heading)| heading);
        labels
            .chain(self.days.into_iter().map(|day| day.heading))
            .collect()
    }

    /// What a row holds on a day; what stands across labels and days is of neither.
    fn cell<'l>(&self, placement: &Placement<'l>, at: usize, day: &Column) -> &'l str {
        let first = self.days.first().map_or(0, |day| day.at);
        placement.raw_from(at, day.at, first)
    }

    fn sampled(&self, placement: &Placement<'_>) -> std::ops::Range<usize> {
        self.below..placement.rows.len().min(self.below + SAMPLED)
    }

    fn holds_marks(&self, placement: &Placement<'_>) -> bool {
        let (mut marks, mut others) = (0, 0);
        for row in self.sampled(placement) {
            for day in &self.days {
                let text = one_line(self.cell(placement, row, day));
                match text.is_empty() {
                    true => {}
                    false if no_shift(&text).is_some() => {}
                    false if is_mark(&text) => marks += 1,
                    false => others += 1,
                }
            }
        }
        marks > others
    }

    fn labels_of(
        &self,
        placement: &Placement<'_>,
        options: &ReadOptions,
        headings: Vec<String>,
    ) -> Vec<(usize, Label, String)> {
        let mut taken: Vec<Field> = Vec::new();
        let mut labels = Vec::new();
        let after = self.days.last().map_or(0, |last| last.at + 1);
        let behind = (after..placement.width(self.at))
            .map(|column| label_heading(placement, self.at, column));
        let all = headings
            .into_iter()
            .enumerate()
            .chain((after..).zip(behind));
        for (column, heading) in all {
            let wished = options
                .map
                .iter()
                .find(|(of, _)| fold(of) == fold(&heading));
            let known = || {
                [Reading::Strict, Reading::Loose]
                    .iter()
                    .find_map(|reading| understand(&heading, List::Roster, *reading))
                    .filter(|field| {
                        !matches!(
                            field,
                            Field::From | Field::To | Field::Day | Field::Weekday | Field::Form
                        )
                    })
            };
            let field = wished.map_or_else(known, |(_, field)| *field);
            let label = match field {
                Some(field) if !taken.contains(&field) || field.is_many() => {
                    taken.push(field);
                    Label::Field(field)
                }
                _ if wished.is_some() || is_ordinal(&heading) || column >= after => continue,
                _ => Label::Unknown,
            };
            labels.push((column, label, heading));
        }
        for at in 0..labels.len() {
            let label = labels[at].1;
            if matches!(label, Label::Unknown | Label::Field(Field::Unit)) {
                let found = self.by_content(placement, labels[at].0, &labels);
                // "Đơn vị/Vị trí" may stand over posts whose units stand over them.
                if label == Label::Unknown || found == Label::PostHeading {
                    labels[at].1 = found;
                }
            }
        }
        labels.retain(|(_, label, _)| *label != Label::Unknown);
        let says = |field: Field| {
            labels
                .iter()
                .any(|(_, label, _)| *label == Label::Field(field))
        };
        let named = says(Field::FullName);
        // Marks are somebody's; names stand in some row that is something.
        match self.marks && !named {
            true => Vec::new(),
            false => labels,
        }
    }

    /// What a column without a heading that is understood says of its rows.
    fn by_content(
        &self,
        placement: &Placement<'_>,
        column: usize,
        labels: &[(usize, Label, String)],
    ) -> Label {
        let (mut all, mut slots, mut names, mut units) = (0, 0, 0, 0);
        for row in self.sampled(placement) {
            let text = placement.text(row, column);
            let some_day = self
                .days
                .iter()
                .any(|day| !self.cell(placement, row, day).is_empty());
            if text.is_empty() || is_rank(&text) || !some_day {
                continue;
            }
            all += 1;
            let slot = PostHeading::read(&text);
            let timed = slot.as_ref().is_some_and(|slot| slot.hours.is_some())
                || Hours::read(&text).is_some();
            // `Ban ngày` is a shift, `Ban Tổ chức cán bộ` a unit.
            let unit = !timed && begins_as_units_do(&text);
            units += usize::from(unit);
            slots += usize::from(timed || !unit && slot.is_some());
            names += usize::from(
                !unit && text.contains(' ') && !text.contains(|c: char| c.is_ascii_digit()),
            );
        }
        let says = |field: Field| {
            labels
                .iter()
                .any(|(_, label, _)| *label == Label::Field(field))
        };
        match () {
            () if all == 0 => Label::Unknown,
            () if slots * 2 >= all => Label::PostHeading,
            () if self.marks && names * 2 >= all && !says(Field::FullName) => {
                Label::Field(Field::FullName)
            }
            () if units * 2 >= all && !says(Field::Unit) => Label::Field(Field::Unit),
            () => Label::Unknown,
        }
    }

    /// Takes up the rows, and says where what follows them begins.
    pub(super) fn unfold(
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
    fn beside(&self, placement: &Placement<'_>, at: usize) -> Vec<String> {
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

/// The days in a row, when they are enough to be the headings of a grid.
fn days_in(placement: &Placement<'_>, at: usize) -> Option<Vec<(usize, Day)>> {
    let filled = placement.filled(at);
    // Days stand beside labels; numbers of columns stand over those too.
    if filled.first().is_none_or(|(first, _)| *first == 0) && is_numbering(&filled) {
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
fn is_weekdays(placement: &Placement<'_>, at: usize, days: &[(usize, Day)]) -> bool {
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
fn label_heading(placement: &Placement<'_>, at: usize, column: usize) -> String {
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
fn columns(
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

/// Whether a cell holds a mark rather than a name.
pub(super) fn is_mark(text: &str) -> bool {
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
