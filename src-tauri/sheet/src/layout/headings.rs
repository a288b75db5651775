//! The headings of a list: in one row or in two, wherever they stand.

use std::collections::HashSet;

use crate::columns::{self, Columns};
use crate::grid::SheetGrid;
use crate::heading::{self, Field, List, Reading};
use crate::layout::{ABOVE, ReadOptions};
use crate::position::is_position;
use crate::{MAX_COLUMNS, Row};
use sotruc_base::text::{fold, one_line};

/// In how many rows it is looked what a column holds.
const SAMPLED: usize = 200;

/// The headings of a list.
pub(super) struct Headings {
    /// Where in the rows of the sheet they begin.
    pub(super) at: usize,
    /// The number of that row.
    pub(super) number: usize,
    /// In one row or in two.
    pub(super) depth: usize,
    pub(super) texts: Vec<String>,
    /// What stands over each of them, in headings of two rows.
    pub(super) over: Vec<String>,
    pub(super) fields: Vec<Option<Field>>,
    /// Of whom each column is, where a row speaks of several people.
    pub(super) who: Vec<usize>,
    /// The fields before what stands above and below was looked at.
    pub(super) as_read: Vec<Option<Field>>,
    /// Every heading as it stands in its cell, folded.
    pub(super) cells: HashSet<String>,
    /// The column that numbers the rows.
    pub(super) ordinal: Option<usize>,
}

impl Headings {
    /// The next headings from a row on.
    pub(super) fn find(
        rows: &[Row],
        from: usize,
        list: List,
        options: &ReadOptions,
    ) -> Option<Self> {
        // The first list may have a long title; between two lists there is little.
        (from..rows.len().min(from + ABOVE)).find_map(|at| {
            let one = Self::in_one(rows, at, list, options);
            let better = |two: &Self| two.known() > one.known() || one.lacks(list);
            let two = Self::in_two(rows, at, list, options).filter(better);
            Some(two.unwrap_or(one)).filter(|found| !found.lacks(list))
        })
    }

    pub(super) fn in_one(rows: &[Row], at: usize, list: List, options: &ReadOptions) -> Self {
        let cells = rows[at].cells.iter().take(MAX_COLUMNS);
        let texts: Vec<String> = cells.map(|cell| one_line(cell)).collect();
        let Columns { fields, who } = columns::map(&texts, list, &options.map);
        Self {
            at,
            number: rows[at].number,
            depth: 1,
            over: vec![String::new(); texts.len()],
            ordinal: ordinal(&texts),
            cells: texts.iter().map(|text| fold(text)).collect(),
            texts,
            as_read: fields.clone(),
            who,
            fields,
        }
    }

    /// Headings over headings: "Điện thoại" over "Cố định" and "Di động".
    pub(super) fn in_two(
        rows: &[Row],
        at: usize,
        list: List,
        options: &ReadOptions,
    ) -> Option<Self> {
        let (upper, lower) = (rows.get(at)?, rows.get(at + 1)?);
        let strict = |cell: &&String| heading::understand(cell, list, Reading::Strict).is_some();
        if lower.number != upper.number + 1 || lower.cells.iter().filter(strict).count() < 2 {
            return None;
        }
        // A line over whole headings is no part of them.
        let filled = upper
            .cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count();
        if filled <= 2 && !Self::in_one(rows, at + 1, list, options).lacks(list) {
            return None;
        }
        let (mut texts, mut over) = (Vec::new(), Vec::new());
        let mut above = String::new();
        for column in 0..upper.cells.len().max(lower.cells.len()) {
            let cell = |row: &Row| {
                row.cells
                    .get(column)
                    .map(|cell| one_line(cell))
                    .unwrap_or_default()
            };
            let (top, bottom) = (cell(upper), cell(lower));
            if !top.is_empty() {
                above.clone_from(&top);
            }
            over.push(match bottom.is_empty() {
                true => String::new(),
                false => above.clone(),
            });
            texts.push(match (top.is_empty(), bottom.is_empty()) {
                (_, true) => top,
                (true, false) if above.is_empty() => bottom,
                _ => both(&above, bottom, list),
            });
        }
        let Columns { fields, who } = columns::map(&texts, list, &options.map);
        Some(Self {
            at,
            number: upper.number,
            depth: 2,
            over,
            ordinal: ordinal(&texts),
            texts,
            as_read: fields.clone(),
            who,
            fields,
            cells: upper
                .cells
                .iter()
                .chain(&lower.cells)
                .map(|cell| fold(cell))
                .collect(),
        })
    }

    /// The letters of the columns, in a list without headings of which somebody said what its
    /// columns hold.
    pub(super) fn lettered(rows: &[Row], options: &ReadOptions) -> Self {
        let filled = |row: &Row| row.cells.iter().rposition(|cell| !cell.trim().is_empty());
        let width = rows
            .iter()
            .filter_map(filled)
            .max()
            .map_or(0, |last| last + 1);
        let texts: Vec<String> = (0..width.min(MAX_COLUMNS)).map(letters).collect();
        let said = |text: &String| {
            options
                .map
                .iter()
                .find(|(of, _)| of.eq_ignore_ascii_case(text))
        };
        Self {
            at: 0,
            number: 0,
            depth: 0,
            over: vec![String::new(); texts.len()],
            ordinal: None,
            cells: HashSet::new(),
            fields: texts.iter().map(|text| said(text)?.1).collect(),
            as_read: Vec::new(),
            who: vec![0; texts.len()],
            texts,
        }
    }

    /// Takes a column without a heading as what stands over it a row or two higher, where cells
    /// were made one over all rows of the headings.
    pub(super) fn complete(&mut self, rows: &[Row], list: List) {
        for above in rows[..self.at].iter().rev().take(2) {
            for at in 0..self.texts.len() {
                let text = above
                    .cells
                    .get(at)
                    .map(|cell| one_line(cell))
                    .unwrap_or_default();
                let field = heading::understand(&text, list, Reading::Strict);
                if self.texts[at].is_empty()
                    && field.is_some_and(|field| self.column(field).is_none())
                {
                    self.fields[at] = field;
                    self.texts[at] = text;
                } else if self.texts[at].is_empty() && heading::is_ordinal(&text) {
                    self.ordinal = self.ordinal.or(Some(at));
                    self.texts[at] = text;
                }
            }
        }
    }

    /// The same headings over a sheet that has none of its own.
    pub(super) fn going_on(&self) -> Self {
        Self {
            at: 0,
            number: self.number,
            depth: 0,
            texts: self.texts.clone(),
            over: self.over.clone(),
            fields: self.fields.clone(),
            as_read: self.as_read.clone(),
            who: self.who.clone(),
            cells: self.cells.clone(),
            ordinal: self.ordinal,
        }
    }

    /// Whether most rows have names and numbers where these headings say.
    pub(super) fn fits(&self, rows: &[Row], list: List) -> bool {
        let filled = |row: &&Row| {
            row.cells
                .iter()
                .filter(|cell| !cell.trim().is_empty())
                .count()
                > 1
        };
        let rows: Vec<&Row> = rows.iter().filter(filled).take(SAMPLED).collect();
        let name = self.column(list.names());
        let is_name = |cell: &String| {
            let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
            letters > 3 && !cell.contains(|c: char| c.is_ascii_digit())
        };
        let is_number = |cell: &String| cell.bytes().filter(u8::is_ascii_digit).count() >= 8;
        let fits = |row: &&&Row| {
            name.and_then(|at| row.cells.get(at)).is_some_and(is_name)
                && self
                    .columns(list.numbers())
                    .any(|at| row.cells.get(at).is_some_and(is_number))
        };
        let count = rows.iter().filter(fits).count();
        count > 0 && count * 10 >= rows.len() * 6
    }

    /// Takes the column beside that of the names as the given names, where one heading stands over
    /// both: it has none of its own, and below it stands a word, or two, beside nearly every name.
    pub(super) fn widen(&mut self, grid: &SheetGrid) {
        let Some(name) = self.column(Field::FullName) else {
            return;
        };
        let beside = name + 1;
        let is_free = self.texts.get(beside).is_none_or(String::is_empty)
            && self.fields.get(beside).is_none_or(Option::is_none)
            && !self.fields.contains(&Some(Field::GivenName));
        if !is_free {
            return;
        }
        let rows = &grid.rows;
        let is_one = grid
            .merged
            .iter()
            .any(|span| span.top == self.number && span.left == name && span.right == beside);
        let cell = |row: &Row, at: usize| {
            row.cells
                .get(at)
                .map(|cell| one_line(cell))
                .unwrap_or_default()
        };
        let words = |text: &str| text.split(' ').count();
        let below = rows.iter().skip(self.at + self.depth).take(SAMPLED);
        let pairs: Vec<(String, String)> = below
            .map(|row| (cell(row, name), cell(row, beside)))
            .filter(|(name, beside)| name.contains(' ') || !beside.is_empty())
            .collect();
        let is_pair = |(name, given): &&(String, String)| {
            let letters = |c: char| c.is_alphabetic() || " '’-".contains(c);
            !given.is_empty()
                && words(given) <= if is_one { 2 } else { 1 }
                && words(name) <= 3
                && given.chars().all(letters)
                && !is_position(given)
                && !matches!(fold(given).as_str(), "nam" | "nu")
        };
        let count = pairs.iter().filter(is_pair).count();
        if count > 0 && count * 10 >= pairs.len() * 8 {
            if self.fields.len() <= beside {
                self.fields.resize(beside + 1, None);
                self.texts.resize(beside + 1, String::new());
                self.over.resize(beside + 1, String::new());
                self.who.resize(beside + 1, 0);
            }
            self.fields[beside] = Some(Field::GivenName);
        }
    }

    pub(super) fn known(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    pub(super) fn lacks(&self, list: List) -> bool {
        list.needs().iter().any(|fields| {
            !fields
                .iter()
                .any(|field| self.fields.contains(&Some(*field)))
        })
    }

    pub(super) fn column(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|known| *known == Some(field))
    }

    pub(super) fn columns<'a>(&'a self, fields: &'a [Field]) -> impl Iterator<Item = usize> + 'a {
        let held = |(at, field): (usize, &Option<Field>)| {
            field
                .is_some_and(|field| fields.contains(&field))
                .then_some(at)
        };
        self.fields.iter().enumerate().filter_map(held)
    }
}

fn ordinal(headings: &[String]) -> Option<usize> {
    headings
        .iter()
        .position(|heading| heading::is_ordinal(heading))
}

/// The lower heading, with the upper one where it would mean something else without it.
fn both(above: &str, below: String, list: List) -> String {
    // "Chức vụ" is one under any other; only a plain "Điện thoại" may be that of a desk.
    match heading::understand(&below, list, Reading::Strict) {
        None | Some(Field::Mobile | Field::Unit) => {}
        Some(_) => return below,
    }
    let whole = format!("{above} {below}");
    let alone = heading::understand(&below, list, Reading::Loose);
    match heading::understand(&whole, list, Reading::Loose) {
        Some(field) if alone != Some(field) => whole,
        _ => below,
    }
}

/// The letters of a column, as a spreadsheet counts: `A` … `Z`, `AA` …
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        before => format!("{}{last}", letters(before - 1)),
    }
}
