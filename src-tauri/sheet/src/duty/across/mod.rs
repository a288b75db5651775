//! A grid whose columns are days: its rows are people with marks, or units, posts and shifts with
//! names.

mod headings;
mod unfold;

use headings::{columns, days_in, is_weekdays, label_heading};
pub(super) use unfold::is_mark;

use crate::duty::hours::Hours;
use crate::duty::people::no_shift;
use crate::duty::placement::Placement;
use crate::duty::post_heading::PostHeading;
use crate::heading::{Field, List, Reading, is_ordinal, understand};
use crate::layout::ReadOptions;
use crate::layout::marks::{begins_as_units_do, is_rank};
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
}
