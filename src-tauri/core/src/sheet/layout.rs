//! Where in a file its list is: the headings, the rows below them, and what stands around and
//! between them that is none of it (title blocks, groups, totals, signatures).

use std::collections::{HashMap, HashSet};

use super::grid::{File, Format, Grid};
use super::heading::{self, Field, List, Reading};
use super::{Column, MAX_COLUMNS, Row, Table};
use crate::error::{Code, Error, Result};
use crate::text::{fold, one_line};

/// How many rows may stand above the headings.
const ABOVE: usize = 60;
/// How many lines above the headings may name the unit of a list without a column for it.
const TITLES: usize = 12;

/// How many headings a message names, and how many letters of each.
const SHOWN: usize = 12;
const SHOWN_OF_ONE: usize = 40;

/// What somebody said about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// The one sheet to read.
    pub sheet: Option<String>,
    /// What columns hold, by their headings; `None` leaves a column out.
    pub map: Vec<(String, Option<Field>)>,
}

/// Finds the list in a file: all its sheets that hold one.
///
/// # Errors
/// [`Code::SheetUnknown`], [`Code::SheetHeading`], [`Code::SheetColumns`], [`Code::SheetEmpty`].
pub fn find(file: &File, list: List, wishes: &Wishes) -> Result<Table> {
    let wanted = |grid: &&Grid| {
        wishes.sheet.as_ref().is_none_or(|name| {
            grid.sheet
                .as_ref()
                .is_some_and(|known| fold(known) == fold(name))
        })
    };
    let grids: Vec<&Grid> = file.grids.iter().filter(wanted).collect();
    if let (Some(name), true) = (&wishes.sheet, grids.is_empty()) {
        let known: Vec<&str> = file
            .grids
            .iter()
            .filter_map(|grid| grid.sheet.as_deref())
            .collect();
        return Err(Error::new(Code::SheetUnknown)
            .with("file", &file.name)
            .with("sheet", name)
            .with("known", known.join(", ")));
    }
    let mut table = empty(file, list);
    let mut nearest: Option<Headings> = None;
    let told = |grid: &&&Grid| grid.sheet.as_deref().is_none_or(|name| !is_example(name));
    let (lists, examples): (Vec<_>, Vec<_>) = grids.iter().partition(told);
    for grid in lists.into_iter().chain(examples) {
        if !table.rows.is_empty() && !told(&grid) {
            break;
        }
        let mut from = 0;
        let mut named = false;
        while let Some(found) = Headings::find(&grid.rows, from, list, wishes, &mut nearest) {
            let end = grid.rows.len();
            let first = table.columns.is_empty();
            let places = table.take_columns(&found);
            if first {
                table.heading_row = grid.rows[found.at].number;
                table.titles = titles(&grid.rows[..found.at]);
            }
            if !named {
                table.sheets.push(grid.sheet.clone());
                named = true;
            }
            let block = Block {
                grid,
                headings: &found,
                sheet: table.sheets.len() - 1,
            };
            let (rows, next) = block.rows(found.at + found.depth, end, list);
            let width = table.columns.len();
            table
                .rows
                .extend(rows.into_iter().map(|row| spread(row, &places, width)));
            from = next;
        }
    }
    for (heading, _) in &wishes.map {
        if !table
            .columns
            .iter()
            .any(|column| fold(&column.heading) == fold(heading))
            && !table.columns.is_empty()
        {
            return Err(Error::new(Code::SheetHeading)
                .with("file", &file.name)
                .with("heading", heading)
                .with("known", table.headings().collect::<Vec<_>>().join(", ")));
        }
    }
    if table.columns.is_empty() {
        return Err(no_list(file, &grids, list, nearest.as_ref()));
    }
    if table.rows.is_empty() {
        return Err(Error::new(Code::SheetEmpty).with("file", &file.name));
    }
    Ok(table)
}

/// What comes nearest to the headings of a list in a file without one: a table without rows, for
/// somebody who says what its columns hold.
#[must_use]
pub fn nearest(file: &File, list: List) -> Table {
    let mut best: Option<Headings> = None;
    for grid in &file.grids {
        for at in 0..grid.rows.len().min(ABOVE) {
            let found = Headings::in_one(&grid.rows, at, list, &Wishes::default());
            let rank = |found: &Headings| {
                let filled = found.texts.iter().filter(|text| !text.is_empty()).count();
                (found.known(), filled)
            };
            if best.as_ref().is_none_or(|best| rank(&found) > rank(best)) {
                best = Some(found);
            }
        }
    }
    let mut table = empty(file, list);
    if let Some(best) = best {
        table.take_columns(&best);
        table.heading_row = best.number;
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
        heading_row: 0,
        columns: Vec::new(),
        titles: Vec::new(),
        rows: Vec::new(),
    }
}

/// Whether a sheet is one that tells how to fill the others.
fn is_example(name: &str) -> bool {
    let folded = fold(name);
    [
        "huong dan",
        "vi du",
        "mau",
        "instruction",
        "example",
        "guide",
        "readme",
    ]
    .iter()
    .any(|word| folded.contains(word))
}

/// Why no list was found, by the row that comes nearest to headings.
fn no_list(file: &File, grids: &[&Grid], list: List, nearest: Option<&Headings>) -> Error {
    let first = grids.iter().find_map(|grid| grid.rows.first());
    let (row, found, columns) = match nearest {
        Some(nearest) => (
            nearest.number,
            nearest.texts.clone(),
            nearest.fields.clone(),
        ),
        None => {
            let cells = first.map(|row| row.cells.clone()).unwrap_or_default();
            (first.map_or(1, |row| row.number), cells, Vec::new())
        }
    };
    let missing: Vec<&str> = list
        .needs()
        .iter()
        .filter(|fields| !fields.iter().any(|field| columns.contains(&Some(*field))))
        .map(|fields| fields[0].heading(list))
        .collect();
    let found: Vec<String> = found
        .iter()
        .take(SHOWN)
        .map(|text| one_line(&text.chars().take(SHOWN_OF_ONE).collect::<String>()))
        .filter(|text| !text.is_empty())
        .collect();
    Error::new(Code::SheetColumns)
        .with("file", &file.name)
        .with("row", row)
        .with("missing", missing.join(", "))
        .with("found", found.join(", "))
}

/// The lines above a list, the nearest last.
fn titles(rows: &[Row]) -> Vec<String> {
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

/// A row's cells at the places that their columns have in the table; what stands beyond the
/// headings stays behind them.
fn spread(row: Row, places: &[usize], width: usize) -> Row {
    let mut cells = vec![String::new(); width];
    let mut beyond = Vec::new();
    for (at, cell) in row.cells.into_iter().enumerate() {
        match places.get(at) {
            Some(place) => cells[*place] = cell,
            None => beyond.push(cell),
        }
    }
    cells.extend(beyond);
    Row { cells, ..row }
}

impl Table {
    /// Makes room for the columns of a block, and says where each of them lies.
    fn take_columns(&mut self, headings: &Headings) -> Vec<usize> {
        let mut taken = vec![false; self.columns.len()];
        let mut places = Vec::with_capacity(headings.texts.len());
        for (text, field) in headings.texts.iter().zip(&headings.fields) {
            let fits = |(at, column): (usize, &Column)| {
                let same = match field {
                    Some(_) => column.field == *field,
                    None => column.field.is_none() && fold(&column.heading) == fold(text),
                };
                (!taken[at] && same).then_some(at)
            };
            let known = self.columns.iter().enumerate().find_map(fits);
            let at = known.unwrap_or_else(|| {
                self.columns.push(Column {
                    heading: text.clone(),
                    field: *field,
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

/// The headings of a list.
struct Headings {
    /// Where in the rows of the sheet they begin.
    at: usize,
    /// The number of that row.
    number: usize,
    /// In one row or in two.
    depth: usize,
    texts: Vec<String>,
    fields: Vec<Option<Field>>,
    /// Every heading as it stands in its cell, folded.
    cells: HashSet<String>,
    /// The column that numbers the rows.
    ordinal: Option<usize>,
}

impl Headings {
    /// The next headings from a row on. `nearest` keeps what came nearest.
    fn find(
        rows: &[Row],
        from: usize,
        list: List,
        wishes: &Wishes,
        nearest: &mut Option<Self>,
    ) -> Option<Self> {
        // The first list may have a long title; between two lists there is little.
        for at in from..rows.len().min(from + ABOVE) {
            let one = Self::in_one(rows, at, list, wishes);
            let two = Self::in_two(rows, at, list, wishes);
            let better = |two: &Self| two.known() > one.known() || one.lacks(list);
            let found = match two.filter(better) {
                Some(two) => two,
                None => one,
            };
            if !found.lacks(list) {
                return Some(found);
            }
            let known = nearest.as_ref().map_or(0, Self::known);
            if found.known() > known {
                *nearest = Some(found);
            }
        }
        None
    }

    fn in_one(rows: &[Row], at: usize, list: List, wishes: &Wishes) -> Self {
        let cells = rows[at].cells.iter().take(MAX_COLUMNS);
        let texts: Vec<String> = cells.map(|cell| one_line(cell)).collect();
        let fields = heading::map(&texts, list, &wishes.map);
        Self {
            at,
            number: rows[at].number,
            depth: 1,
            ordinal: ordinal(&texts),
            cells: texts.iter().map(|text| fold(text)).collect(),
            texts,
            fields,
        }
    }

    /// Headings over headings: "Điện thoại" over "Cố định" and "Di động".
    fn in_two(rows: &[Row], at: usize, list: List, wishes: &Wishes) -> Option<Self> {
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
        if filled <= 2 && !Self::in_one(rows, at + 1, list, wishes).lacks(list) {
            return None;
        }
        let mut texts = Vec::new();
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
            texts.push(match (top.is_empty(), bottom.is_empty()) {
                (_, true) => top,
                (true, false) if above.is_empty() => bottom,
                _ => both(&above, bottom, list),
            });
        }
        let fields = heading::map(&texts, list, &wishes.map);
        Some(Self {
            at,
            number: upper.number,
            depth: 2,
            ordinal: ordinal(&texts),
            texts,
            fields,
            cells: upper
                .cells
                .iter()
                .chain(&lower.cells)
                .map(|cell| fold(cell))
                .collect(),
        })
    }

    fn known(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    fn lacks(&self, list: List) -> bool {
        list.needs().iter().any(|fields| {
            !fields
                .iter()
                .any(|field| self.fields.contains(&Some(*field)))
        })
    }

    fn column(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|known| *known == Some(field))
    }

    fn columns<'a>(&'a self, fields: &'a [Field]) -> impl Iterator<Item = usize> + 'a {
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
    let whole = format!("{above} {below}");
    let alone = heading::understand(&below, list, Reading::Loose);
    match heading::understand(&whole, list, Reading::Loose) {
        Some(field) if alone != Some(field) => whole,
        _ => below,
    }
}

/// A list in a sheet.
struct Block<'a> {
    grid: &'a Grid,
    headings: &'a Headings,
    sheet: usize,
}

/// Words with which names of units and groups begin, folded.
const UNITS_BEGIN: &[&str] = &[
    "so",
    "ban",
    "ubnd",
    "uy ban",
    "phong",
    "van phong",
    "cong an",
    "vnpt",
    "viettel",
    "mobifone",
    "fpt",
    "huyen",
    "huyen uy",
    "xa",
    "phuong",
    "thi xa",
    "thi tran",
    "thanh pho",
    "tp",
    "trung tam",
    "chi cuc",
    "cuc",
    "kho bac",
    "dai",
    "thanh tra",
    "hoi",
    "tinh",
    "tinh doan",
    "lien doan",
    "benh vien",
    "truong",
    "khoi",
    "cac",
    "nhom",
    "doan",
    "bo chi huy",
    "buu dien",
    "toa an",
    "vien",
    "ngan hang",
    "dien luc",
    "cong ty",
    "mat tran",
    "don vi",
    "co quan",
];

/// What a row below the headings is.
enum Kind {
    /// One of the list.
    Line,
    /// The name of what follows.
    Group(String),
    /// Headings again, their numbers, or a total.
    Beside,
    /// The end of the list.
    End,
}

impl Block<'_> {
    /// The rows of the list, and where what follows it begins.
    fn rows(&self, from: usize, end: usize, list: List) -> (Vec<Row>, usize) {
        let unit = self.headings.column(Field::Unit);
        let mut rows = Vec::new();
        let mut group: Option<String> = None;
        let mut next = end;
        let merged = self.merged_down();
        // Rows whose unit is to be that of the row above, when the list is of that habit.
        let mut below: Vec<(usize, bool)> = Vec::new();
        for at in from..end {
            let row = &self.grid.rows[at];
            let is_line = self.has_number(row, list);
            // Other headings begin another list.
            let again =
                (!is_line).then(|| Headings::in_one(&self.grid.rows, at, list, &Wishes::default()));
            if let Some(again) = again
                && !again.lacks(list)
                && again.known() >= 3
            {
                if again.fields == self.headings.fields {
                    continue;
                }
                next = at;
                break;
            }
            let kind = match is_line {
                true => Kind::Line,
                false => self.kind(row, list),
            };
            match kind {
                Kind::Beside => continue,
                Kind::Group(name) => {
                    group = Some(name);
                    continue;
                }
                Kind::End => {
                    next = at + 1;
                    break;
                }
                Kind::Line => {}
            }
            let mut row = row.clone();
            row.sheet = self.sheet;
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
        }
        if let Some(unit) = unit {
            let numbers = rows.iter().any(|row| self.has_ordinal(row));
            carry_down(&mut rows, unit, &below, numbers);
        }
        (rows, next)
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
            let top = self.grid.rows.iter().find(|row| row.number == span.top);
            let text = top.and_then(|row| row.cells.get(span.left));
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
        let folded = fold(without_rank(text));
        let begins = |word: &&&str| {
            folded
                .strip_prefix(**word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let as_units = UNITS_BEGIN.iter().find(begins).is_some();
        let ranked = row
            .cells
            .iter()
            .map(|cell| one_line(cell))
            .any(|cell| !cell.is_empty() && is_rank(&cell) && !is_number(&cell));
        as_units || ranked
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
        let wide = self.grid.merged.iter().any(|span| {
            span.top == row.number && span.right >= span.left + 2 && span.left <= *first
        });
        let names_somebody = |(at, text): &(usize, String)| {
            self.headings.column(list.names()) == Some(*at)
                && text.chars().any(char::is_alphabetic)
                && !is_total(text)
                && !is_signature(text)
        };
        let group_alone = filled.iter().all(|(at, cell)| at == first || is_rank(cell))
            && self.names_group(row, text, list);
        if !wide && !group_alone && filled.iter().any(names_somebody) {
            return Kind::Line;
        }
        if group_alone {
            return Kind::Group(without_rank(text).to_owned());
        }
        if is_total(text) {
            return Kind::Beside;
        }
        if filled.len() <= 4 && filled.iter().any(|(_, text)| is_signature(text)) {
            return Kind::End;
        }
        let others: Vec<&String> = filled
            .iter()
            .filter(|(at, other)| at != first && !is_rank(other) && other != text)
            .map(|(_, text)| text)
            .collect();
        match others.is_empty() && (wide || !self.has_ordinal(row)) {
            true => Kind::Group(without_rank(text).to_owned()),
            false => Kind::Line,
        }
    }
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

/// `3`, `3.` or `(3)`.
fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.', ' ']);
    !bare.is_empty() && bare.len() <= 5 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// A number, a Roman number or a letter before a group.
fn is_rank(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.', '/', ' ']);
    is_number(text)
        || (bare.chars().count() == 1 && bare.chars().all(char::is_alphabetic))
        || (!bare.is_empty() && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L')))
}

/// `I. CÁC SỞ (22 đơn vị)` without its rank and its count.
fn without_rank(text: &str) -> &str {
    let text = match text.rsplit_once('(') {
        Some((name, count)) if count.starts_with(|c: char| c.is_ascii_digit()) => name.trim_end(),
        _ => text,
    };
    match text.split_once(['.', ')', '/', '-', ' ']) {
        Some((rank, rest))
            if is_rank(rank)
                && !rest.trim().is_empty()
                && (rank.len() < text.len() - rest.len()) =>
        {
            let rest = rest.trim_start_matches(['.', ')', '/', '-', ' ']);
            // A single letter and a blank may begin a name: `Y Wan`.
            match text.as_bytes().get(rank.len()) {
                Some(b' ') if rank.len() == 1 && !matches!(rank, "I" | "V" | "X") => text,
                _ => rest,
            }
        }
        _ => text,
    }
}

/// The numbers of the columns: `(1) (2) (3)` or `A B 1 2`.
fn is_numbering(filled: &[(usize, String)]) -> bool {
    let mut last = 0;
    filled.len() >= 3
        && filled.iter().all(|(_, text)| {
            let bare = text.trim_matches(['(', ')', '.', ' ']);
            match bare.parse::<u32>() {
                Ok(number) => number == std::mem::replace(&mut last, number) + 1,
                Err(_) => last == 0 && bare.len() == 1,
            }
        })
        && last > 0
}

fn is_total(text: &str) -> bool {
    let folded = fold(text);
    [
        "tong cong",
        "tong so",
        "cong tong",
        "danh sach gom",
        "danh sach nay",
        "danh sach co",
        "total",
    ]
    .iter()
    .any(|begin| folded.starts_with(begin))
        || matches!(folded.as_str(), "cong" | "tong")
}

fn is_signature(text: &str) -> bool {
    let folded = fold(text);
    let begins = [
        "noi nhan",
        "nguoi lap",
        "nguoi tong hop",
        "lanh dao",
        "thu truong",
        "thu ky",
        "tm",
        "kt",
        "tl",
        "tuq",
        "giam doc",
        "pho giam doc",
        "chu tich",
        "pho chu tich",
        "chanh van phong",
        "truong phong",
        "bi thu",
        "xac nhan",
        "ky ghi ro",
        "ky ten",
        "da ky",
        "ky va",
    ];
    let dated = folded.contains("ngay") && folded.contains("thang") && folded.contains("nam");
    let day = folded.contains(" ngay ")
        && folded
            .split(' ')
            .filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
            .count()
            >= 2;
    dated
        || day
        || begins.iter().any(|begin| {
            folded == *begin
                || folded
                    .strip_prefix(begin)
                    .is_some_and(|rest| rest.starts_with(' '))
        })
}

/// Whether cells beyond the headings mean that the row is shifted.
pub(super) fn beyond_counts(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Tsv)
}
