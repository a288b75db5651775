//! Where in a file its list is: the headings, the rows below them, and what stands around and
//! between them that is none of it (title blocks, groups, totals, signatures).

mod block;
mod headings;
pub mod marks;

use crate::grid::{File, Format, SheetGrid};
use crate::heading::{Field, List};
use crate::{Column, Notice, Row, Table, Warning, duty};
use block::Block;
use headings::Headings;
use marks::is_example;
use sotruc_base::error::{Code, Error, Result};
use sotruc_base::text::{fold, one_line};

/// How many rows may stand above the headings.
pub const ABOVE: usize = 60;
/// How many lines above the headings may name the unit of a list without a column for it.
const TITLES: usize = 12;

/// How many headings a message names, and how many letters of each.
const SHOWN: usize = 12;
const SHOWN_OF_ONE: usize = 40;

/// What somebody said about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The one sheet to read.
    pub sheet: Option<String>,
    /// What columns hold, by their headings; `None` leaves a column out.
    pub map: Vec<(String, Option<Field>)>,
}

/// Finds the list in a file: all its sheets that hold one. A list without headings is found when
/// the options call its columns by their letters (`A`, `B` …).
///
/// # Errors
/// [`Code::SheetUnknown`], [`Code::SheetHeading`], [`Code::SheetColumns`], [`Code::SheetEmpty`].
pub fn find(file: &File, list: List, options: &ReadOptions) -> Result<Table> {
    let grids = wanted(file, options)?;
    let mut table = empty(file, list);
    let told = |grid: &&&SheetGrid| grid.sheet.as_deref().is_none_or(|name| !is_example(name));
    let (lists, examples): (Vec<_>, Vec<_>) = grids.iter().partition(told);
    let mut last: Option<Headings> = None;
    // The headings of grids, which the table does not have.
    let mut unfolded: Vec<String> = Vec::new();
    for grid in lists.into_iter().chain(examples) {
        let mut from = 0;
        let mut taken = false;
        if told(&grid) || table.rows.is_empty() {
            while let Some(mut found) = Headings::find(&grid.rows, from, list, options) {
                found.complete(&grid.rows, list);
                found.widen(grid);
                from = table.take(grid, &found, from);
                (taken, last) = (true, Some(found));
            }
            if !taken && list == List::Roster {
                taken = duty::unfold(&mut table, grid, options, &mut unfolded)?;
            }
            // A sheet that goes on where the one before ended.
            if let (false, Some(found)) = (taken, &last) {
                let going_on = found.going_on();
                if going_on.fits(&grid.rows, list) {
                    table.take(grid, &going_on, 0);
                }
            }
        }
    }
    if table.columns.is_empty() {
        for grid in grids.iter().filter(told) {
            let lettered = Headings::lettered(&grid.rows, options);
            if !lettered.lacks(list) {
                table.take(grid, &lettered, 0);
            }
        }
    }
    let others = grids
        .iter()
        .filter(|grid| !grid.rows.is_empty() && !table.sheets.contains(&grid.sheet));
    let others = others.filter_map(|grid| grid.sheet.clone());
    let hidden = file.hidden.iter().filter(|_| options.sheet.is_none());
    table.left_out = others.chain(hidden.cloned()).collect();
    if table.columns.is_empty() {
        return Err(no_list(file, list, options));
    }
    for (heading, _) in &options.map {
        let of = |known: &str| fold(known) == fold(heading);
        if !table
            .headings()
            .chain(unfolded.iter().map(String::as_str))
            .any(of)
        {
            return Err(Error::new(Code::SheetHeading)
                .with("file", &file.name)
                .with("heading", heading)
                .with("known", table.headings().collect::<Vec<_>>().join(", ")));
        }
    }
    if table.rows.is_empty() {
        return Err(Error::new(Code::SheetEmpty).with("file", &file.name));
    }
    duty::without_empty(&mut table);
    Ok(table)
}

/// The sheets that are to be read.
fn wanted<'a>(file: &'a File, options: &ReadOptions) -> Result<Vec<&'a SheetGrid>> {
    let Some(name) = &options.sheet else {
        return Ok(file.grids.iter().collect());
    };
    let is_it = |grid: &&SheetGrid| {
        grid.sheet
            .as_ref()
            .is_some_and(|known| fold(known) == fold(name))
    };
    let grids: Vec<&SheetGrid> = file.grids.iter().filter(is_it).collect();
    match grids.is_empty() {
        true => Err(Error::new(Code::SheetUnknown)
            .with("file", &file.name)
            .with("sheet", name)
            .with("known", file.sheets().collect::<Vec<_>>().join(", "))),
        false => Ok(grids),
    }
}

/// How many rows show what is in the columns of a file that is no list yet.
const SAMPLE: usize = 20;

/// What comes nearest to a list in a file without one: what may be its headings, or the letters
/// of its columns, and the first rows below; for somebody who says what the columns hold.
#[must_use]
pub fn nearest(file: &File, list: List, options: &ReadOptions) -> Table {
    let grids = wanted(file, options).unwrap_or_else(|_| file.grids.iter().collect());
    let headings = grids.iter().flat_map(|grid| {
        let in_row = |at| Headings::in_one(&grid.rows, at, list, options);
        (0..grid.rows.len().min(ABOVE)).map(move |at| (*grid, in_row(at)))
    });
    // Of those that are alike the first counts.
    let best = headings.reduce(|best, next| match next.1.known() > best.1.known() {
        true => next,
        false => best,
    });
    let mut table = empty(file, list);
    let found = best.filter(|(_, found)| found.known() > 0).or_else(|| {
        let grid = *grids.iter().find(|grid| !grid.rows.is_empty())?;
        Some((grid, Headings::lettered(&grid.rows, options)))
    });
    if let Some((grid, headings)) = found {
        table.take_columns(&headings);
        table.heading_row = headings.number;
        let below = grid.rows.iter().skip(headings.at + headings.depth);
        table.rows = below.take(SAMPLE).cloned().collect();
    }
    table
}

fn empty(file: &File, list: List) -> Table {
    Table {
        file: file.name.clone(),
        format: file.format,
        encoding: file.encoding,
        separator: file.separator,
        legacy: file.legacy,
        list,
        sheets: Vec::new(),
        left_out: Vec::new(),
        passed_over: Vec::new(),
        heading_row: 0,
        columns: Vec::new(),
        titles: Vec::new(),
        rows: Vec::new(),
    }
}

/// Why no list was found, by what comes nearest to one.
fn no_list(file: &File, list: List, options: &ReadOptions) -> Error {
    let nearest = nearest(file, list, options);
    let holds = |field: &Field| {
        nearest
            .columns
            .iter()
            .any(|column| column.field == Some(*field))
    };
    let missing: Vec<&str> = list
        .needs()
        .iter()
        .filter(|fields| !fields.iter().any(holds))
        .map(|fields| fields[0].heading(list))
        .collect();
    let shown = |text: &str| one_line(&text.chars().take(SHOWN_OF_ONE).collect::<String>());
    // A list without headings is shown by its first row.
    let found: Vec<String> = match nearest.heading_row {
        0 => nearest
            .rows
            .iter()
            .take(1)
            .flat_map(|row| &row.cells)
            .map(|cell| shown(cell))
            .collect(),
        _ => nearest.headings().map(shown).collect(),
    };
    let found: Vec<String> = found
        .into_iter()
        .filter(|text| !text.is_empty())
        .take(SHOWN)
        .collect();
    Error::new(Code::SheetColumns)
        .with("file", &file.name)
        .with("row", nearest.heading_row.max(1))
        .with("missing", missing.join(", "))
        .with("found", found.join(", "))
}

/// The lines above a list, the nearest last.
pub fn titles(rows: &[Row]) -> Vec<String> {
    let cells = rows
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| one_line(cell));
    // Whom a letter is sent to, or what it answers, is not whose list it is.
    let of_others = |line: &String| {
        let folded = fold(line);
        [
            "kinh gui",
            "noi nhan",
            "can cu",
            "theo",
            "kem theo",
            "thuc hien",
        ]
        .iter()
        .any(|begin| folded.starts_with(begin))
    };
    let lines: Vec<String> = cells
        .filter(|line| !line.is_empty() && !of_others(line))
        .collect();
    lines[lines.len().saturating_sub(TITLES)..].to_vec()
}

/// A row's cells at the places that their columns have in the table.
fn spread(row: Row, places: &[usize], width: usize) -> Row {
    let mut cells = vec![String::new(); width];
    let mut beyond = Vec::new();
    for (at, cell) in row.cells.into_iter().enumerate() {
        match places.get(at) {
            Some(place) => cells[*place] = cell,
            None => beyond.push(cell),
        }
    }
    Row {
        cells,
        beyond,
        ..row
    }
}

impl Table {
    /// Takes up the list below these headings, and says where what follows it begins; `from` is
    /// where what was before it ended.
    fn take(&mut self, grid: &SheetGrid, found: &Headings, from: usize) -> usize {
        if self.columns.is_empty() {
            self.heading_row = found.number;
        }
        let goes_on = self.sheets.last() == Some(&grid.sheet);
        let mut above = titles(&grid.rows[from.min(found.at)..found.at]);
        if let (true, true, Some(before)) = (above.is_empty(), goes_on, self.titles.last()) {
            above.clone_from(before);
        }
        self.titles.push(above);
        if !goes_on {
            self.sheets.push(grid.sheet.clone());
        }
        let places = self.take_columns(found);
        let block = Block::new(grid, found, self.sheets.len() - 1, self.titles.len() - 1);
        let (rows, passed_over, next) =
            block.rows(found.at + found.depth, grid.rows.len(), self.list);
        self.passed_over.extend(passed_over.into_iter().map(|at| {
            let column = found.columns(self.list.numbers()).find(|column| {
                let cell = grid.rows[at].cells.get(*column);
                cell.is_some_and(|cell| !cell.trim().is_empty())
            });
            let cell = column.and_then(|column| grid.rows[at].cells.get(column));
            // It is told with the first of its people.
            let below = rows
                .iter()
                .position(|row| row.number > grid.rows[at].number);
            Warning {
                file: self.file.clone(),
                sheet: grid.sheet.clone(),
                row: grid.rows[at].number,
                column: column.map_or(String::new(), |column| found.texts[column].clone()),
                value: cell.cloned().unwrap_or_default(),
                notice: Notice::OfUnit,
                other: None,
                at: self.rows.len() + below.unwrap_or_default(),
            }
        }));
        let width = self.columns.len();
        self.rows
            .extend(rows.into_iter().map(|row| spread(row, &places, width)));
        next
    }

    /// Makes room for the columns of a block, and says where each of them lies.
    fn take_columns(&mut self, headings: &Headings) -> Vec<usize> {
        let mut taken = vec![false; self.columns.len()];
        let who = &headings.who;
        let mut places = Vec::with_capacity(headings.texts.len());
        for (at_heading, (text, field)) in headings.texts.iter().zip(&headings.fields).enumerate() {
            let over = headings.over.get(at_heading).cloned().unwrap_or_default();
            let fits = |(at, column): (usize, &Column)| {
                let same = match field {
                    Some(_) => column.field == *field && column.who == who[at_heading],
                    None => column.field.is_none() && fold(&column.heading) == fold(text),
                };
                (!taken[at] && same).then_some(at)
            };
            let known = self.columns.iter().enumerate().find_map(fits);
            let at = known.unwrap_or_else(|| {
                self.columns.push(Column {
                    heading: text.clone(),
                    over,
                    field: *field,
                    who: who[at_heading],
                });
                taken.push(false);
                self.columns.len() - 1
            });
            taken[at] = true;
            places.push(at);
        }
        places
    }
}

/// Whether cells beyond the headings mean that the row is shifted.
pub(super) fn beyond_counts(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Tsv)
}
