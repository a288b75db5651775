//! The rows below the headings: which are of the list, and what those between them say of others.

use std::collections::{HashMap, HashSet};

use crate::Row;
use crate::grid::SheetGrid;
use crate::heading::{self, Field, List, Reading};
use crate::layout::ReadOptions;
use crate::layout::headings::Headings;
use crate::layout::marks::{
    begins_as_units_do, is_number, is_numbering, is_rank, is_signature, is_total, without_rank,
};
use sotruc_base::text::{fold, one_line};

/// A list in a sheet.
pub(super) struct Block<'a> {
    grid: &'a SheetGrid,
    headings: &'a Headings,
    sheet: usize,
    list: usize,
    /// Rows with a cell that was made of three or more beside each other, and where those begin.
    wide: HashMap<usize, usize>,
    /// Rows from which a unit was written over those below.
    over_more: HashSet<usize>,
}

/// What a row below the headings is.
enum Kind {
    /// One of the list.
    Line,
    /// The name of what follows.
    Group(String),
    /// Headings again, their numbers, or a total.
    Beside,
    /// The end of the list: what follows is seldom of it.
    End,
}

impl<'a> Block<'a> {
    pub(super) fn new(
        grid: &'a SheetGrid,
        headings: &'a Headings,
        sheet: usize,
        list: usize,
    ) -> Self {
        let unit = headings.column(Field::Unit);
        let wide = grid
            .merged
            .iter()
            .filter(|span| span.right >= span.left + 2);
        let tall = grid.merged.iter().filter(|span| span.bottom > span.top);
        Self {
            grid,
            headings,
            sheet,
            list,
            wide: wide.map(|span| (span.top, span.left)).collect(),
            over_more: tall
                .filter(|span| Some(span.left) == unit)
                .map(|span| span.top)
                .collect(),
        }
    }

    /// The rows of the list, and where what follows it begins.
    ///
    /// Between them: the rows that name what follows and hold a number of their own.
    pub(super) fn rows(
        &self,
        from: usize,
        end: usize,
        list: List,
    ) -> (Vec<Row>, Vec<usize>, usize) {
        let unit = self.headings.column(Field::Unit);
        let (mut rows, mut passed_over) = (Vec::new(), Vec::new());
        let mut group: Option<String> = None;
        let mut next = end;
        let merged = self.merged_down();
        // Rows whose unit is to be that of the row above, when the list is of that habit.
        let mut below: Vec<(usize, bool)> = Vec::new();
        let mut ended = false;
        // Where the last row of the list ended: what stands below it may be over another list.
        let mut after = from;
        for at in from..end {
            let row = &self.grid.rows[at];
            let is_line = self.has_number(row, list);
            // Other headings begin another list.
            if !is_line && filled(row) >= LEAST {
                let again = Headings::in_one(&self.grid.rows, at, list, &ReadOptions::default());
                if !again.lacks(list) && again.known() >= LEAST {
                    if again.as_read == self.headings.as_read {
                        continue;
                    }
                    next = after;
                    break;
                }
                if ended && self.begins_in_two(at, list) {
                    next = after;
                    break;
                }
            }
            let kind = match (self.head_of_next(at, list), is_line) {
                (Some(unit), _) => Kind::Group(unit),
                (None, true) => Kind::Line,
                (None, false) => self.kind(row, list),
            };
            match kind {
                Kind::Beside => continue,
                Kind::Group(name) => {
                    group = Some(name);
                    passed_over.extend(is_line.then_some(at));
                    continue;
                }
                Kind::End => {
                    (ended, group) = (true, None);
                    continue;
                }
                // Somebody may have been added below the signature.
                Kind::Line if ended => {
                    let added = is_line
                        && (self.has_ordinal(row)
                            || group.is_some()
                            || !self.cell(row, Field::Unit).is_empty());
                    if !added {
                        continue;
                    }
                }
                Kind::Line => {}
            }
            let mut row = row.clone();
            row.sheet = self.sheet;
            row.list = self.list;
            row.group.clone_from(&group);
            if row.cells.len() < self.headings.texts.len() {
                row.cells.resize(self.headings.texts.len(), String::new());
            }
            for (column, cell) in row.cells.iter_mut().enumerate() {
                if cell.trim().is_empty()
                    && let Some(text) = merged.get(&(row.number, column))
                {
                    cell.clone_from(text);
                }
            }
            if let Some(unit) = unit
                && self
                    .headings
                    .columns(&[Field::Unit, Field::UnitCode])
                    .all(|at| row.cells[at].trim().is_empty())
            {
                match &group {
                    // A group of one unit: named above its people.
                    Some(name) if rows.last().is_none_or(|last: &Row| last.group != group) => {
                        row.cells[unit].clone_from(name);
                    }
                    _ => below.push((rows.len(), self.has_ordinal(&row))),
                }
            }
            rows.push(row);
            after = at + 1;
        }
        if let Some(unit) = unit {
            let numbers = rows.iter().any(|row| self.has_ordinal(row));
            carry_down(&mut rows, unit, &below, numbers);
        }
        (rows, passed_over, next)
    }

    /// Whether headings of another list stand in the row and the next.
    fn begins_in_two(&self, at: usize, list: List) -> bool {
        Headings::in_two(&self.grid.rows, at, list, &ReadOptions::default())
            .is_some_and(|two| !two.lacks(list))
    }

    fn cell(&self, row: &Row, field: Field) -> String {
        let at = self.headings.column(field);
        let cell = at.and_then(|at| row.cells.get(at));
        cell.map(|cell| one_line(cell)).unwrap_or_default()
    }

    /// Whether a name stands where the list has names.
    fn names_somebody(&self, row: &Row, list: List) -> bool {
        let name = self.cell(row, list.names());
        name.chars().any(char::is_alphabetic) && !is_total(&name) && !is_signature(&name)
    }

    /// The unit of a row that names nobody, when those below it name people and no unit: it stands
    /// over them, perhaps with a number of its own.
    fn head_of_next(&self, at: usize, list: List) -> Option<String> {
        let rows = &self.grid.rows;
        if self.headings.column(Field::Unit).is_none() {
            return self.ranked_unit(&rows[at], list);
        }
        let unit = self.cell(&rows[at], Field::Unit);
        if list != List::People || unit.is_empty() || !self.cell(&rows[at], list.names()).is_empty()
        {
            return None;
        }
        let next = rows.get(at + 1)?;
        let below = self.cell(next, Field::Unit).is_empty() && self.names_somebody(next, list);
        (below && !self.over_more.contains(&rows[at].number))
            .then(|| named(without_rank(&unit)).to_owned())
    }

    /// The unit with a rank that is no number (`II`, `B`), in the column of names, perhaps with
    /// its own telephone beside it.
    fn ranked_unit(&self, row: &Row, list: List) -> Option<String> {
        let name = self.cell(row, list.names());
        let rank = self.headings.ordinal.and_then(|at| row.cells.get(at))?;
        let rank = one_line(rank);
        (!rank.is_empty() && is_rank(&rank) && !is_number(&rank) && begins_as_units_do(&name))
            .then_some(name)
    }

    /// What cells that were made one with the cell above hold.
    fn merged_down(&self) -> HashMap<(usize, usize), String> {
        let once: Vec<usize> = self
            .headings
            .columns(&[Field::FullName, Field::Mobile])
            .collect();
        let mut held = HashMap::new();
        for span in self
            .grid
            .merged
            .iter()
            .filter(|span| span.bottom > span.top)
        {
            let rows = &self.grid.rows;
            let top = rows.binary_search_by_key(&span.top, |row| row.number).ok();
            let text = top.and_then(|at| rows[at].cells.get(span.left));
            let Some(text) = text.filter(|_| !once.contains(&span.left)) else {
                continue;
            };
            for number in span.top + 1..=span.bottom.min(span.top + 10_000) {
                held.insert((number, span.left), text.clone());
            }
        }
        held
    }

    /// Whether the row has a number of its own in the list.
    fn has_ordinal(&self, row: &Row) -> bool {
        let cell = self.headings.ordinal.and_then(|at| row.cells.get(at));
        cell.is_some_and(|cell| is_number(cell))
    }

    /// Whether a number stands where the list has numbers: then it is one of its rows.
    fn has_number(&self, row: &Row, list: List) -> bool {
        let digits = |column: usize| {
            let cell = row.cells.get(column).map_or("", String::as_str);
            cell.bytes().filter(u8::is_ascii_digit).count() >= 4 && !is_signature(cell)
        };
        self.headings.columns(list.numbers()).any(digits)
    }

    /// Whether a text that stands alone in the column of names is that of a group: it has a rank
    /// that is no number of the list, or begins as units and groups do.
    fn names_group(&self, row: &Row, text: &str, list: List) -> bool {
        if list != List::People {
            return false;
        }
        let ranked = row
            .cells
            .iter()
            .map(|cell| one_line(cell))
            .any(|cell| !cell.is_empty() && is_rank(&cell) && !is_number(&cell));
        ranked || begins_as_units_do(without_rank(text))
    }

    fn kind(&self, row: &Row, list: List) -> Kind {
        let filled: Vec<(usize, String)> = row
            .cells
            .iter()
            .enumerate()
            .map(|(at, cell)| (at, one_line(cell)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let headings = |(_, text): &(usize, String)| {
            self.headings.cells.contains(&fold(text))
                || heading::understand(text, list, Reading::Strict).is_some()
        };
        if filled.len() >= 3
            && filled.iter().filter(|cell| headings(cell)).count() * 3 > filled.len() * 2
        {
            return Kind::Beside;
        }
        if is_numbering(&filled) {
            return Kind::Beside;
        }
        let Some((first, text)) = filled.iter().find(|(_, text)| !is_rank(text)) else {
            return Kind::Line;
        };
        let wide = self.wide.get(&row.number).is_some_and(|left| left <= first);
        let group_alone = filled.iter().all(|(at, cell)| at == first || is_rank(cell))
            && self.names_group(row, text, list);
        if !wide && !group_alone && self.names_somebody(row, list) {
            return Kind::Line;
        }
        // A unit with a number of its own in the list, and nobody named for it.
        if list == List::People
            && self.has_ordinal(row)
            && self.headings.column(Field::Unit) == Some(*first)
            && filled.iter().all(|(at, cell)| at == first || is_rank(cell))
        {
            return Kind::Line;
        }
        if group_alone {
            return Kind::Group(named(without_rank(text)).to_owned());
        }
        if is_total(text) {
            return Kind::Beside;
        }
        // A unit of which only a position is known is a row of the list.
        let has_unit = !self.cell(row, Field::Unit).is_empty();
        let title = self.headings.column(Field::Title).filter(|_| has_unit);
        let signs = |(at, text): &(usize, String)| Some(*at) != title && is_signature(text);
        if filled.len() <= 4 && !self.has_ordinal(row) && filled.iter().any(signs) {
            return Kind::End;
        }
        let others: Vec<&String> = filled
            .iter()
            .filter(|(at, other)| at != first && !is_rank(other) && other != text)
            .map(|(_, text)| text)
            .collect();
        match others.is_empty() && (wide || !self.has_ordinal(row)) {
            true => Kind::Group(named(without_rank(text)).to_owned()),
            false => Kind::Line,
        }
    }
}

/// `Đơn vị: Sở Y tế` without the word before it.
fn named(text: &str) -> &str {
    match text.split_once(':') {
        Some((word, name))
            if ["don vi", "ten don vi", "co quan"].contains(&fold(word).as_str()) =>
        {
            name.trim()
        }
        _ => text,
    }
}

/// How many headings another list has at least.
const LEAST: usize = 3;

fn filled(row: &Row) -> usize {
    row.cells
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .count()
}

/// Gives rows without a unit that of the row above, when units are written once for several
/// people: such rows are many, or have no number of their own in a list that numbers its rows.
fn carry_down(rows: &mut [Row], unit: usize, below: &[(usize, bool)], numbers: bool) {
    let many =
        below.len() * 10 >= rows.len() * 3 || (below.len() >= 2 && below.len() * 7 >= rows.len());
    let unnumbered = numbers && below.iter().all(|(_, numbered)| !numbered);
    if !many && !unnumbered {
        return;
    }
    for &(at, _) in below {
        if at > 0 && rows[at - 1].group == rows[at].group {
            rows[at].cells[unit] = rows[at - 1].cells[unit].clone();
        }
    }
}
