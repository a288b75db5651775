//! A list of people, read against the people of the book.

use std::collections::HashMap;
use uuid::Uuid;

use super::heading::Field;
use super::{Expected, Line, Notice, Rejected, Table, Warning};
use crate::error::Code;
use crate::id::{PersonId, UnitId};
use crate::person::{Person, Role, is_email, same_name};
use crate::text::{Phone, PhoneFault, fold, name_key, one_line, person_name, read_cell};
use crate::unit::{Like, Register, Unit};

/// Vietnamese names of the roles; the first is the one we write.
const ROLE_NAMES: &[(Role, &[&str])] = &[
    (
        Role::Main,
        &["Đầu mối chính", "Đầu mối", "Chính", "Trực chính", "Main"],
    ),
    (
        Role::Backup,
        &["Dự phòng", "Đầu mối dự phòng", "Trực dự phòng", "Backup"],
    ),
    (Role::Leader, &["Lãnh đạo phụ trách", "Lãnh đạo", "Leader"]),
    (
        Role::Technical,
        &[
            "Kỹ thuật",
            "Cán bộ kỹ thuật",
            "Phụ trách kỹ thuật",
            "Technical",
        ],
    ),
];

/// The Vietnamese name of a role.
#[must_use]
pub fn role_name(role: Role) -> &'static str {
    ROLE_NAMES
        .iter()
        .find(|(known, _)| *known == role)
        .map_or("", |(_, names)| names[0])
}

fn read_role(text: &str) -> Option<Role> {
    let folded = fold(text);
    let folded = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    ROLE_NAMES
        .iter()
        .find(|(_, names)| names.iter().any(|name| fold(name) == folded))
        .map(|(role, _)| *role)
}

/// How a list of people is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Old numbers become those of today; the written ones stay in the history.
    pub convert_old_numbers: bool,
    /// Units that nobody knows become new ones.
    pub create_units: bool,
    /// Names that were said to be those of units; they are noted with them.
    pub aliases: Vec<(UnitId, String)>,
}

/// What a list of people would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The people as they would be; new ones have a nil id until they are written.
    pub people: Vec<Person>,
    /// Those of them who are kept otherwise than they were written, as they were written.
    pub written: HashMap<usize, Person>,
    /// The place in the table of every row that was taken, and that in the list of the person it
    /// speaks of.
    pub rows: Vec<(usize, usize)>,
    /// Rows turned away.
    pub rejected: Vec<Rejected>,
    /// Things to know.
    pub warnings: Vec<Warning>,
}

const UNIT: &[Field] = &[Field::Unit, Field::UnitCode];
const NUMBERS: &[Field] = &[Field::Mobile, Field::Landline];

/// Reads a list of people. A person is known by unit and name, else by a mobile number in the
/// unit; then an empty cell leaves what is known, and a number cell replaces the numbers.
#[must_use]
pub fn plan(table: &Table, units: &[Unit], known: &[Person], ways: &Ways) -> Plan {
    let register = Register::new(units);
    let names: HashMap<UnitId, &str> = units
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let mut plan = Plan::default();
    let mut rows = Vec::new();
    let mut found = Found::default();
    for row in table.lines() {
        let read = row.and_then(|row| Ok((row, read_row(row, &register, &mut found, ways)?)));
        match read {
            Ok(read) => rows.push(read),
            Err(rejected) => plan.rejected.push(*rejected),
        }
    }
    let by_name = Names::of(known.iter());
    let in_list = Names::of(rows.iter().map(|(_, read)| read));
    let mut by_number: HashMap<(UnitId, &Phone), &Person> = HashMap::new();
    let mut holders: HashMap<Phone, (UnitId, String)> = HashMap::new();
    for person in known {
        for number in &person.mobiles {
            by_number.insert((person.unit, number), person);
            holders.insert(number.clone(), (person.unit, person.full_name.clone()));
        }
    }
    // Where in the plan a person stands who is in the list more than once.
    let mut planned: Planned = HashMap::new();
    for (row, read) in &rows {
        let key = (read.unit, fold(&read.full_name));
        let again = planned.get(&key).and_then(|places| {
            places
                .iter()
                .copied()
                .find(|at| is_same(&plan.people[*at], read))
        });
        // A number alone tells who somebody is only when the list does not name its holder too.
        let by_number = || {
            let holders = read
                .mobiles
                .iter()
                .chain(&read.written_mobiles)
                .filter_map(|number| by_number.get(&(read.unit, number)));
            holders.copied().find(|holder| {
                in_list
                    .find(holder.unit, &holder.full_name, &holder.mobiles)
                    .is_none()
            })
        };
        let old = match again {
            Some(at) => Some(plan.people[at].clone()),
            None => by_name
                .find(read.unit, &read.full_name, &read.mobiles)
                .or_else(by_number)
                .cloned(),
        };
        if old.is_none() && read.mobiles.is_empty() && read.landline.is_none() {
            plan.rejected.push(row.reject(NUMBERS, Expected::SomePhone));
            continue;
        }
        let mut person =
            old.unwrap_or_else(|| Person::new(PersonId(Uuid::nil()), read.unit, String::new()));
        // A name without its accents says less than the one that is known.
        let poorer = read.full_name.is_ascii() && fold(&person.full_name) == fold(&read.full_name);
        if !poorer {
            person.full_name.clone_from(&read.full_name);
        }
        person.title = read.title.clone().or(person.title);
        person.landline = read.landline.clone().or(person.landline);
        person.note = read.note.clone().or(person.note);
        if again.is_some() {
            plan.warnings
                .push(row.warn(Field::FullName, Notice::SamePerson));
            for number in &read.mobiles {
                if !person.mobiles.contains(number) {
                    person.mobiles.push(number.clone());
                }
            }
        } else if !read.mobiles.is_empty() {
            person.mobiles.clone_from(&read.mobiles);
        }
        if let Some(extension) = &read.extension {
            let kept = person
                .note
                .as_ref()
                .is_some_and(|note| note.contains(extension));
            if !kept {
                let note = person.note.take();
                person.note = Some(
                    note.map_or_else(|| extension.clone(), |note| format!("{note}\n{extension}")),
                );
            }
            plan.warnings
                .push(row.warn(read.extended, Notice::Extension));
        }
        match &read.email {
            Some(email) if is_email(email) => person.email = Some(email.clone()),
            Some(_) => plan
                .warnings
                .push(row.warn(Field::Email, Notice::EmailLeftOut)),
            None => {}
        }
        if let Some(text) = &read.role {
            person.role = read_role(text);
            person.role_text = person.role.is_none().then(|| text.clone());
            if person.role.is_none() {
                plan.warnings.push(row.warn(Field::Role, Notice::RoleKept));
            }
        }
        if let Some(field) = read.old_number {
            plan.warnings.push(row.warn(field, Notice::OldNumber));
        }
        let person = person.in_one_form();
        for number in &person.mobiles {
            let me = || (person.unit, person.full_name.clone());
            let (unit, name) = holders.entry(number.clone()).or_insert_with(me);
            if *unit != person.unit || !same_name(name, &person.full_name) {
                let unit = names.get(unit).copied().unwrap_or_default();
                plan.warnings.push(Warning {
                    other: Some(format!("{name}, {unit}")),
                    ..row.warn(Field::Mobile, Notice::SameNumber)
                });
            }
        }
        let at = again.unwrap_or(plan.people.len());
        plan.rows.push((row.at(), at));
        if let Some(written) = read.as_written(&person).filter(|_| !poorer) {
            plan.written.insert(at, written);
        }
        match again {
            Some(at) => plan.people[at] = person,
            None => {
                planned.entry(key).or_default().push(at);
                plan.people.push(person);
            }
        }
    }
    plan.rejected.sort_by_key(|rejected| rejected.at);
    plan
}

/// Places in a plan by unit and folded name.
type Planned = HashMap<(UnitId, String), Vec<usize>>;

/// Somebody with a name and numbers in a unit.
trait Named {
    fn unit(&self) -> UnitId;
    fn name(&self) -> &str;
    fn mobiles(&self) -> &[Phone];
}

impl Named for Person {
    fn unit(&self) -> UnitId {
        self.unit
    }
    fn name(&self) -> &str {
        &self.full_name
    }
    fn mobiles(&self) -> &[Phone] {
        &self.mobiles
    }
}

impl Named for ReadRow {
    fn unit(&self) -> UnitId {
        self.unit
    }
    fn name(&self) -> &str {
        &self.full_name
    }
    fn mobiles(&self) -> &[Phone] {
        &self.mobiles
    }
}

/// Whether two of one unit, alike but for accents, are one: by name, or by a number they share.
fn is_same(a: &impl Named, b: &impl Named) -> bool {
    same_name(a.name(), b.name())
        || a.mobiles()
            .iter()
            .any(|number| b.mobiles().contains(number))
}

/// People by unit and folded name.
struct Names<'a, T>(HashMap<(UnitId, String), Vec<&'a T>>);

impl<'a, T: Named> Names<'a, T> {
    fn of(people: impl Iterator<Item = &'a T>) -> Self {
        let mut names: HashMap<(UnitId, String), Vec<&T>> = HashMap::new();
        for person in people {
            names
                .entry((person.unit(), fold(person.name())))
                .or_default()
                .push(person);
        }
        Self(names)
    }

    /// Who has this name there; of several, who is written just so.
    fn find(&self, unit: UnitId, name: &str, mobiles: &[Phone]) -> Option<&'a T> {
        let alike = self.0.get(&(unit, fold(name)))?;
        let shares = |person: &&&T| {
            person
                .mobiles()
                .iter()
                .any(|number| mobiles.contains(number))
        };
        let exact = alike
            .iter()
            .find(|person| name_key(person.name()) == name_key(name));
        let found = exact.or_else(|| alike.iter().find(|person| same_name(person.name(), name)));
        found.or_else(|| alike.iter().find(shares)).copied()
    }
}

struct ReadRow {
    unit: UnitId,
    full_name: String,
    /// The name as it was written, when that was in capitals.
    written_name: Option<String>,
    title: Option<String>,
    role: Option<String>,
    mobiles: Vec<Phone>,
    landline: Option<Phone>,
    /// The numbers as they were written, when they have been converted.
    written_mobiles: Vec<Phone>,
    written_landline: Option<Phone>,
    /// The column of a number in its old form that was not converted.
    old_number: Option<Field>,
    extension: Option<String>,
    extended: Field,
    email: Option<String>,
    note: Option<String>,
}

impl ReadRow {
    /// The person with what was written in place of what was made of it.
    fn as_written(&self, person: &Person) -> Option<Person> {
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

fn read_row(
    row: Line<'_>,
    register: &Register<'_>,
    found: &mut Found,
    ways: &Ways,
) -> Result<ReadRow, Box<Rejected>> {
    let unit = found.unit_of(row, register)?;
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
    let (name, beside) = match row.get(&[Field::Title]) {
        None => split_title(&cell),
        Some(_) => (cell.as_str(), None),
    };
    let full_name = person_name(name);
    if !full_name.chars().any(char::is_alphabetic) {
        return Err(Box::new(row.reject(&[Field::FullName], Expected::Name)));
    }
    let line = one_line(name);
    let written_name = (line != full_name && line.chars().all(|c| !c.is_lowercase()))
        .then(|| in_capitals(&line, &full_name));
    let mut extension = None;
    let mut extended = Field::Landline;
    let mut left_out = None;
    let has_mobile = row
        .all(Field::Mobile)
        .any(|text| read_cell(&text).is_ok_and(|read| !read.is_empty()));
    let mut numbers = |field: Field| -> Result<Vec<Phone>, Box<Rejected>> {
        let mut all: Vec<Phone> = Vec::new();
        for (column, text) in row.cells_of(field) {
            let read = match read_cell(&text) {
                Ok(read) => read,
                // A desk's number that cannot be dialled does not turn away who has another.
                Err(PhoneFault::Digits(_)) if field == Field::Landline && has_mobile => {
                    left_out = Some(format!("{column}: {text}"));
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
                    extension = Some(format!("Máy lẻ {digits}"));
                    extended = field;
                }
                if !all.contains(&written.phone) {
                    all.push(written.phone);
                }
            }
        }
        Ok(all)
    };
    // Under whichever heading they stand: the first number of a desk is the landline, the others
    // are kept with the mobiles, so that none is lost.
    let (mut mobiles, desk) = (numbers(Field::Mobile)?, numbers(Field::Landline)?);
    let is_old = |number: &Phone| number.today().is_some();
    let old_number = match (mobiles.iter().any(is_old), desk.iter().any(is_old)) {
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
    let convert = old_number.is_some() && ways.convert_old_numbers;
    let today = |number: &Phone| number.today().unwrap_or_else(|| number.clone());
    let (written_mobiles, written_landline) = match convert {
        true => (mobiles.clone(), landline.clone()),
        false => Default::default(),
    };
    if convert {
        mobiles = mobiles.iter().map(today).collect();
        landline = landline.as_ref().map(today);
    }
    Ok(ReadRow {
        unit,
        full_name,
        written_name,
        title: row.get(&[Field::Title]).or(beside),
        role: row.get(&[Field::Role]).map(|role| one_line(&role)),
        mobiles,
        landline,
        written_mobiles,
        written_landline,
        old_number: old_number.filter(|_| !convert),
        extension: extension.or(left_out),
        extended,
        email: row.get(&[Field::Email]).map(|text| first_email(&text)),
        note: row.get(&[Field::Note]),
    })
}

/// The part of a line in capitals that became the name.
fn in_capitals(line: &str, name: &str) -> String {
    let skip = line.chars().count().saturating_sub(name.chars().count());
    line.chars()
        .skip(skip)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Words with which positions begin, folded.
const POSITIONS: &[&str] = &[
    "truong",
    "pho",
    "giam doc",
    "chanh",
    "chuyen vien",
    "can bo",
    "ky su",
    "quan tri",
    "van thu",
    "nhan vien",
    "chu tich",
    "bi thu",
    "doi truong",
    "to truong",
    "ke toan",
    "vien chuc",
    "cong chuc",
    "phu trach",
    "lanh dao",
    "chu nhiem",
    "thu truong",
    "thu ky",
    "ky thuat",
    "dau moi",
];

/// A name, and what is written behind it.
fn parts(cell: &str) -> Option<(&str, &str)> {
    let marks = [" - ", " – ", ",", ";", "(", "\n"];
    let at = marks.iter().filter_map(|mark| cell.find(mark)).min()?;
    let (name, rest) = cell.split_at(at);
    let rest = rest.trim_matches([' ', '-', '–', ',', ';', '(', ')', '\n']);
    (name.split_whitespace().count() >= 2).then_some((name, rest))
}

fn is_position(text: &str) -> bool {
    let folded = fold(text);
    POSITIONS.iter().any(|word| folded.starts_with(word))
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

/// Names that were looked up before: a list names the same unit many times.
#[derive(Debug, Default)]
pub(super) struct Found(HashMap<String, Result<UnitId, (Expected, Option<String>)>>);

impl Found {
    /// The unit of a row: by the code where the list has codes, else by name; in a list without
    /// units, by what stands above it.
    pub(super) fn unit_of(
        &mut self,
        row: Line<'_>,
        register: &Register<'_>,
    ) -> Result<UnitId, Box<Rejected>> {
        let code = row.get(&[Field::UnitCode]);
        if let Some(unit) = code.as_ref().and_then(|code| register.with_code(code)) {
            return Ok(unit.id);
        }
        let Some(name) = row.get(&[Field::Unit]).or(code) else {
            let above = row
                .above()
                .find_map(|name| self.look_up(name, register).ok());
            let within = |title| Some(register.within(title)?.id);
            let above = above.or_else(|| row.titles().find_map(within));
            return above.ok_or_else(|| Box::new(row.reject(UNIT, Expected::Unit)));
        };
        self.look_up(&name, register)
            .map_err(|(expected, nearest)| {
                Box::new(Rejected {
                    nearest,
                    ..row.reject(UNIT, expected)
                })
            })
    }

    fn look_up(
        &mut self,
        name: &str,
        register: &Register<'_>,
    ) -> Result<UnitId, (Expected, Option<String>)> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let answer = match register.find(name) {
            Ok(unit) => Ok(unit.id),
            Err(error) if error.code == Code::UnitAmbiguous => Err((Expected::OneUnit, None)),
            Err(_) => match register.like(name) {
                Like::Same(unit) => Ok(unit.id),
                Like::Perhaps(unit) => Err((Expected::KnownUnit, Some(unit.name.clone()))),
                Like::None => Err((Expected::KnownUnit, None)),
            },
        };
        self.0.insert(name.to_owned(), answer.clone());
        answer
    }
}

/// [`Found::unit_of`], for one row.
pub(super) fn unit_of(row: Line<'_>, register: &Register<'_>) -> Result<UnitId, Box<Rejected>> {
    Found::default().unit_of(row, register)
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
