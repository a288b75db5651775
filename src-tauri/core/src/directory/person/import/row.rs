//! A row of a list of people: what its cells say, before anybody asks whom the book knows.

use crate::directory::person::import::Ways;
use crate::directory::person::import::role::{read_role, role_over};
use crate::directory::person::{Person, Role, is_email};
use crate::directory::unit::Register;
use crate::directory::unit::import::cell::LookedUp;
use crate::id::UnitId;
use crate::messages::vietnamese;
use crate::sheet::heading::Field;
use crate::sheet::position::is_position;
use crate::sheet::{Expected, Line, Rejected};
use crate::text::{Phone, PhoneFault, ReadName, one_line, read_cell, read_name};

/// What a row says of somebody.
pub(super) struct ReadRow {
    pub(super) unit: UnitId,
    pub(super) full_name: String,
    /// The cell of the name, when the name was made of it.
    pub(super) as_it_stands: Option<String>,
    /// The name as it was written, when that was in capitals.
    pub(super) written_name: Option<String>,
    pub(super) title: Option<String>,
    /// The role, or what was written where it is none of ours.
    pub(super) role: Option<std::result::Result<Role, String>>,
    pub(super) mobiles: Vec<Phone>,
    pub(super) landline: Option<Phone>,
    /// The numbers as they were written, when they have been converted.
    pub(super) written_mobiles: Vec<Phone>,
    pub(super) written_landline: Option<Phone>,
    /// The column of a number in its old form that was not converted.
    pub(super) old_number: Option<Field>,
    /// What is kept in the note: a rank, what cannot be dialled as it is.
    pub(super) beside: Vec<String>,
    /// The column of a number that cannot be dialled as it is.
    pub(super) extended: Option<Field>,
    pub(super) email: Option<String>,
    pub(super) note: Option<String>,
}

impl ReadRow {
    /// The person with what was written in place of what was made of it.
    pub(super) fn as_written(&self, person: &Person) -> Option<Person> {
        let converted = !self.written_mobiles.is_empty() || self.written_landline.is_some();
        if !converted && self.written_name.is_none() {
            return None;
        }
        let mut written = person.clone();
        if let Some(name) = &self.written_name {
            written.full_name.clone_from(name);
        }
        if converted {
            for (number, as_written) in self.mobiles.iter().zip(&self.written_mobiles) {
                for known in written.mobiles.iter_mut().filter(|known| *known == number) {
                    known.clone_from(as_written);
                }
            }
            written.landline = self.written_landline.clone().or(written.landline);
        }
        Some(written)
    }
}

/// Reads a row.
pub(super) fn read_row(
    row: Line<'_>,
    register: &Register<'_>,
    units: &mut LookedUp,
    ways: &Ways,
) -> Result<ReadRow, Box<Rejected>> {
    let unit = units.unit_of(row, register)?;
    let Some(cell) = row.get(&[Field::FullName]) else {
        return Err(Box::new(row.reject(&[Field::FullName], Expected::Name)));
    };
    let cell = match row.get(&[Field::GivenName]) {
        Some(given) => format!("{cell} {given}"),
        None => cell,
    };
    if names_several(&cell) {
        return Err(Box::new(row.reject(&[Field::FullName], Expected::OneName)));
    }
    let (name, title) = match row.get(&[Field::Title]) {
        None => split_title(&cell),
        Some(_) => (cell.as_str(), None),
    };
    let ReadName {
        rank,
        as_written,
        name: full_name,
    } = read_name(name);
    if !full_name.chars().any(char::is_alphabetic) || full_name.contains('@') {
        return Err(Box::new(row.reject(&[Field::FullName], Expected::Name)));
    }
    let as_it_stands = Some(one_line(name)).filter(|line| *line != full_name);
    let in_capitals = as_written != full_name && as_written.chars().all(|c| !c.is_lowercase());
    let written_name = in_capitals.then_some(as_written);
    let numbers = read_numbers(row, ways)?;
    Ok(ReadRow {
        unit,
        full_name,
        as_it_stands,
        written_name,
        title: row.get(&[Field::Title]).or(title),
        role: read_role_of(row),
        beside: rank.into_iter().chain(numbers.beside).collect(),
        mobiles: numbers.mobiles,
        landline: numbers.landline,
        written_mobiles: numbers.written_mobiles,
        written_landline: numbers.written_landline,
        old_number: numbers.old,
        extended: numbers.extended,
        email: row.get(&[Field::Email]).map(|text| first_email(&text)),
        note: row.get(&[Field::Note]),
    })
}

/// The numbers of a row.
#[derive(Default)]
struct Numbers {
    mobiles: Vec<Phone>,
    landline: Option<Phone>,
    /// As they were written, when they have been converted.
    written_mobiles: Vec<Phone>,
    written_landline: Option<Phone>,
    /// The column of a number in its old form that was not converted.
    old: Option<Field>,
    /// What cannot be dialled as it is, and the column of it.
    beside: Vec<String>,
    extended: Option<Field>,
}

impl Numbers {
    /// The numbers in the columns of a field.
    fn of(&mut self, row: Line<'_>, field: Field) -> Result<Vec<Phone>, Box<Rejected>> {
        let mut all: Vec<Phone> = Vec::new();
        for (column, text) in row.cells_of(field) {
            let read = match read_cell(&text) {
                Ok(read) => read,
                // A desk's number that cannot be dialled does not turn away who has another.
                Err(PhoneFault::Digits(_)) if field == Field::Landline && has_mobile(row) => {
                    self.beside.push(format!("{column}: {text}"));
                    self.extended = self.extended.or(Some(field));
                    continue;
                }
                Err(fault) => {
                    let expected = match fault {
                        PhoneFault::Letter(_) => Expected::PhoneDigits,
                        PhoneFault::Digits(_) => Expected::Phone,
                    };
                    return Err(Box::new(Rejected {
                        column,
                        value: text,
                        ..row.reject(&[field], expected)
                    }));
                }
            };
            for written in read {
                if let Some(digits) = written.extension {
                    let number = [("number", digits)];
                    self.beside
                        .push(vietnamese().with("written_extension", &number));
                    self.extended = Some(field);
                }
                if !all.contains(&written.phone) {
                    all.push(written.phone);
                }
            }
        }
        Ok(all)
    }
}

fn has_mobile(row: Line<'_>) -> bool {
    row.all(Field::Mobile)
        .any(|text| read_cell(&text).is_ok_and(|read| !read.is_empty()))
}

/// Under whichever heading they stand: the first number of a desk is the landline, the others are
/// kept with the mobiles, so that none is lost.
fn read_numbers(row: Line<'_>, ways: &Ways) -> Result<Numbers, Box<Rejected>> {
    let mut read = Numbers::default();
    let (mut mobiles, desk) = (read.of(row, Field::Mobile)?, read.of(row, Field::Landline)?);
    let is_old = |number: &Phone| number.today().is_some();
    let old = match (mobiles.iter().any(is_old), desk.iter().any(is_old)) {
        (true, _) => Some(Field::Mobile),
        (false, true) => Some(Field::Landline),
        (false, false) => None,
    };
    let mut landline = None;
    for number in desk {
        match landline {
            None if !number.is_mobile() => landline = Some(number),
            _ if mobiles.contains(&number) => {}
            _ => mobiles.push(number),
        }
    }
    if landline.is_none()
        && let Some(at) = mobiles.iter().position(|number| !number.is_mobile())
    {
        landline = Some(mobiles.remove(at));
    }
    // Whom a number reaches anywhere is called first.
    mobiles.sort_by_key(|number| !number.is_mobile());
    let convert = old.is_some() && ways.convert_old_numbers;
    let today = |number: &Phone| number.today().unwrap_or_else(|| number.clone());
    if convert {
        (read.written_mobiles, read.written_landline) = (mobiles.clone(), landline.clone());
        mobiles = mobiles.iter().map(today).collect();
        landline = landline.as_ref().map(today);
    }
    read.old = old.filter(|_| !convert);
    (read.mobiles, read.landline) = (mobiles, landline);
    Ok(read)
}

/// The role that a row says, else that its headings say.
fn read_role_of(row: Line<'_>) -> Option<std::result::Result<Role, String>> {
    match row.get(&[Field::Role]) {
        Some(text) => {
            let text = one_line(&text);
            Some(read_role(&text).ok_or(text))
        }
        None => Some(Ok(role_over(&row.told_apart()?)?)),
    }
}

/// A name, and what is written behind it.
fn parts(cell: &str) -> Option<(&str, &str)> {
    let marks = [" - ", " – ", ",", ";", "(", "\n"];
    let at = marks.iter().filter_map(|mark| cell.find(mark)).min()?;
    let (name, rest) = cell.split_at(at);
    let rest = rest.trim_matches([' ', '-', '–', ',', ';', '(', ')', '\n']);
    (name.split_whitespace().count() >= 2).then_some((name, rest))
}

/// A name, and the position written behind it: "Nguyễn Văn An - Trưởng phòng".
fn split_title(cell: &str) -> (&str, Option<String>) {
    match parts(cell) {
        Some((name, rest)) if is_position(rest) => (name, Some(one_line(rest))),
        _ => (cell, None),
    }
}

/// Whether two names stand in a cell.
fn names_several(cell: &str) -> bool {
    parts(cell).is_some_and(|(_, rest)| {
        let words: Vec<&str> = rest.split_whitespace().collect();
        words.len() >= 2
            && !is_position(rest)
            && words
                .iter()
                .all(|word| word.chars().next().is_some_and(char::is_uppercase))
    })
}

/// The first address of several, without what programs write before it.
fn first_email(text: &str) -> String {
    let bare = |part: &str| {
        part.trim_start_matches("mailto:")
            .trim_matches(['<', '>'])
            .to_owned()
    };
    let parts = text.split([';', ',', '/', ' ', '\n']).map(bare);
    let mut found = parts.filter(|part| is_email(part));
    found.next().unwrap_or_else(|| text.to_owned())
}
