//! A sheet as it lies, with what cells that were made one hold in each of their places.

use std::collections::{HashMap, HashSet};

use crate::duty::days::Day;
use crate::duty::hours::Hours;
use crate::duty::legend::Legend;
use crate::grid::SheetGrid;
use crate::layout::marks::{is_number, is_rank, is_signature, is_total};
use crate::{MAX_COLUMNS, Row};
use sotruc_base::text::{fold, one_line};

/// How many places of cells that were made one are known.
const MOST_MERGED: usize = 200_000;

/// The rows of a sheet.
pub(super) struct Placement<'a> {
    pub(super) grid: &'a SheetGrid,
    pub(super) rows: &'a [Row],
    /// Where the text of a place stands: by the row's number and the column.
    merged: HashMap<(usize, usize), (usize, usize)>,
    /// Where cells that were made of three or more beside each other begin.
    wide: HashSet<(usize, usize)>,
}

impl<'a> Placement<'a> {
    pub(super) fn new(grid: &'a SheetGrid) -> Self {
        let mut merged = HashMap::new();
        for span in &grid.merged {
            let Ok(top) = grid.rows.binary_search_by_key(&span.top, |row| row.number) else {
                continue;
            };
            let right = span.right.min(MAX_COLUMNS);
            let bottom = span.bottom.min(span.top.saturating_add(10_000));
            for number in span.top..=bottom {
                for column in span.left..=right {
                    if merged.len() >= MOST_MERGED {
                        break;
                    }
                    if (number, column) != (span.top, span.left) {
                        merged.insert((number, column), (top, span.left));
                    }
                }
            }
        }
        Self {
            grid,
            rows: &grid.rows,
            merged,
            wide: grid
                .merged
                .iter()
                .filter(|span| span.right >= span.left + 2)
                .map(|span| (span.top, span.left))
                .collect(),
        }
    }

    /// What a cell holds, as written.
    pub(super) fn raw(&self, at: usize, column: usize) -> &'a str {
        self.raw_from(at, column, 0)
    }

    /// [`Placement::raw`], but nothing of cells that begin left of a column.
    pub(super) fn raw_from(&self, at: usize, column: usize, first: usize) -> &'a str {
        let own = |at: usize, column: usize| {
            let row: Option<&'a Row> = self.rows.get(at);
            row.and_then(|row| row.cells.get(column))
                .map_or("", |cell| cell.trim())
        };
        let here = own(at, column);
        let number = self.rows.get(at).map_or(0, |row| row.number);
        match (here, self.merged.get(&(number, column))) {
            ("", Some((top, left))) if *left >= first => own(*top, *left),
            _ => here,
        }
    }

    /// What a cell holds, in one line.
    pub(super) fn text(&self, at: usize, column: usize) -> String {
        one_line(self.raw(at, column))
    }

    /// The cells of a row that hold something of their own: their columns and texts.
    pub(super) fn filled(&self, at: usize) -> Vec<(usize, String)> {
        let cells = self.rows.get(at).map_or(&[][..], |row| &row.cells);
        cells
            .iter()
            .take(MAX_COLUMNS)
            .enumerate()
            .map(|(column, cell)| (column, one_line(cell)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    pub(super) fn width(&self, at: usize) -> usize {
        self.rows
            .get(at)
            .map_or(0, |row| row.cells.len().min(MAX_COLUMNS))
    }

    pub(super) fn number(&self, at: usize) -> usize {
        self.rows.get(at).map_or(0, |row| row.number)
    }

    /// Whether the cell was made one with two or more beside it.
    pub(super) fn is_wide(&self, at: usize, column: usize) -> bool {
        self.wide.contains(&(self.number(at), column))
    }

    /// A row as lines of text: what is said beside each other belongs together.
    pub(super) fn lines(&self, at: usize) -> Vec<String> {
        let cells: Vec<&str> = self
            .rows
            .get(at)
            .map_or(&[][..], |row| &row.cells)
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        match *cells {
            [one] => one
                .lines()
                .map(one_line)
                .filter(|line| !line.is_empty())
                .collect(),
            _ => vec![
                cells
                    .iter()
                    .map(|cell| one_line(cell))
                    .collect::<Vec<_>>()
                    .join(" : "),
            ],
        }
    }
}

/// Whether a row ends a list: a signature, who gets a copy.
pub(super) fn is_end(filled: &[(usize, String)]) -> bool {
    let numbered = filled.first().is_some_and(|(_, text)| is_number(text));
    filled.len() <= 4 && !numbered && filled.iter().any(|(_, text)| is_sign(text))
}

/// Whether a text is that of a signature. `Lãnh đạo trực` is a post.
pub(super) fn is_sign(text: &str) -> bool {
    is_signature(text)
        && Day::read(text).is_none()
        && !format!(" {} ", fold(text)).contains(" truc ")
}

/// Whether a row beside the list tells of its hours.
pub(super) fn is_legend(lines: &[String]) -> bool {
    Legend::of(lines.iter().map(String::as_str)) != Legend::default()
}

/// Whether a row is a total, or nothing but a rank.
pub(super) fn is_beside(filled: &[(usize, String)]) -> bool {
    match filled.iter().find(|(_, text)| !is_rank(text)) {
        Some((_, text)) => {
            is_total(text)
                || fold(text).starts_with("ghi chu")
                || Hours::read(text).is_some() && filled.len() == 1
        }
        None => filled.len() == 1,
    }
}
