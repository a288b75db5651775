//! A list of people, read against the people of the book.

use std::collections::HashMap;
use uuid::Uuid;

use super::heading::{Field, List};
use super::{Expected, Mapped, MappedRow, Notice, Rejected, Table, Warning};
use crate::error::{Code, Result};
use crate::id::{PersonId, UnitId};
use crate::person::{Person, Role, is_email};
use crate::text::{Phone, PhoneFault, fold, one_line, read_phones};
use crate::unit::{Register, Unit};

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
    ROLE_NAMES
        .iter()
        .find(|(_, names)| names.iter().any(|name| fold(name) == folded))
        .map(|(role, _)| *role)
}

/// What a list of people would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The people as they would be; new ones have a nil id until they are written.
    pub people: Vec<Person>,
    /// Rows turned away.
    pub rejected: Vec<Rejected>,
    /// Things to know.
    pub warnings: Vec<Warning>,
}

const UNIT: &[Field] = &[Field::Unit, Field::UnitCode];
const NUMBERS: &[Field] = &[Field::Mobile, Field::Landline];

/// Reads a list of people. A person is known by unit and folded name, else by a mobile number in
/// the unit; then an empty cell leaves what is known, and a number cell replaces the numbers.
///
/// # Errors
/// [`Code::SheetColumns`], [`Code::SheetEmpty`].
pub fn plan(table: &Table, units: &[Unit], known: &[Person]) -> Result<Plan> {
    let mapped = Mapped::new(table, List::People, &[UNIT, &[Field::FullName], NUMBERS])?;
    let register = Register::new(units);
    let mut plan = Plan::default();
    let mut by_name: HashMap<(UnitId, String), Person> = HashMap::new();
    let mut by_number: HashMap<(UnitId, Phone), Person> = HashMap::new();
    let mut holders: HashMap<Phone, (UnitId, String)> = HashMap::new();
    for person in known {
        by_name.insert((person.unit, fold(&person.full_name)), person.clone());
        for number in &person.mobiles {
            by_number.insert((person.unit, number.clone()), person.clone());
            holders.insert(number.clone(), (person.unit, fold(&person.full_name)));
        }
    }
    // Where in the plan a person stands who is in the list more than once.
    let mut planned: HashMap<(UnitId, String), usize> = HashMap::new();
    for row in mapped.rows() {
        let read = match read_row(row, &register) {
            Ok(read) => read,
            Err(rejected) => {
                plan.rejected.push(*rejected);
                continue;
            }
        };
        let name = (read.unit, fold(&read.full_name));
        let again = planned.get(&name).copied();
        let old = match again {
            Some(at) => Some(plan.people[at].clone()),
            None => by_name.get(&name).cloned().or_else(|| {
                let same = read
                    .mobiles
                    .iter()
                    .find_map(|number| by_number.get(&(read.unit, number.clone())));
                same.cloned()
            }),
        };
        let mut person =
            old.unwrap_or_else(|| Person::new(PersonId(Uuid::nil()), read.unit, String::new()));
        person.full_name = read.full_name;
        person.title = read.title.or(person.title);
        person.landline = read.landline.or(person.landline);
        person.note = read.note.or(person.note);
        if again.is_some() {
            plan.warnings
                .push(row.warn(Field::FullName, Notice::SamePerson));
            let more = read
                .mobiles
                .into_iter()
                .filter(|number| !person.mobiles.contains(number));
            let more: Vec<Phone> = more.collect();
            person.mobiles.extend(more);
        } else if !read.mobiles.is_empty() {
            person.mobiles = read.mobiles;
        }
        if let Some(email) = read.email {
            match is_email(&email) {
                true => person.email = Some(email),
                false => plan
                    .warnings
                    .push(row.warn(Field::Email, Notice::EmailLeftOut)),
            }
        }
        if let Some(text) = read.role {
            person.role = read_role(&text);
            person.role_text = person.role.is_none().then_some(text);
            if person.role.is_none() {
                plan.warnings.push(row.warn(Field::Role, Notice::RoleKept));
            }
        }
        for number in &person.mobiles {
            let holder = holders
                .entry(number.clone())
                .or_insert_with(|| name.clone());
            let known_here = by_number.contains_key(&(person.unit, number.clone()));
            if *holder != name && !known_here {
                plan.warnings
                    .push(row.warn(Field::Mobile, Notice::SameNumber));
            }
        }
        let person = person.in_one_form();
        match again {
            Some(at) => plan.people[at] = person,
            None => {
                planned.insert(name, plan.people.len());
                plan.people.push(person);
            }
        }
    }
    Ok(plan)
}

struct ReadRow {
    unit: UnitId,
    full_name: String,
    title: Option<String>,
    role: Option<String>,
    mobiles: Vec<Phone>,
    landline: Option<Phone>,
    email: Option<String>,
    note: Option<String>,
}

fn read_row(row: MappedRow<'_>, register: &Register<'_>) -> Result<ReadRow, Box<Rejected>> {
    let unit = unit_of(row, register)?;
    let Some(full_name) = row.get(&[Field::FullName]).map(|name| one_line(&name)) else {
        return Err(Box::new(row.reject(&[Field::FullName], Expected::Name)));
    };
    let numbers = |field: Field| match row.get(&[field]) {
        None => Ok(Vec::new()),
        Some(text) => read_phones(&text).map_err(|fault| {
            let expected = match fault {
                PhoneFault::Letter(_) => Expected::PhoneDigits,
                PhoneFault::Digits(_) => Expected::Phone,
            };
            Box::new(row.reject(&[field], expected))
        }),
    };
    let mut mobiles = numbers(Field::Mobile)?;
    let mut landlines = numbers(Field::Landline)?;
    // A list with one column of numbers holds both sorts in it, and a mobile may stand under the
    // other heading.
    let strays: Vec<Phone> = landlines
        .iter()
        .skip(1)
        .filter(|number| number.is_mobile())
        .cloned()
        .collect();
    mobiles.extend(strays);
    if landlines.is_empty()
        && mobiles.len() > 1
        && let Some(at) = mobiles.iter().position(|number| !number.is_mobile())
    {
        landlines.push(mobiles.remove(at));
    }
    if mobiles.is_empty() && landlines.is_empty() {
        return Err(Box::new(row.reject(NUMBERS, Expected::SomePhone)));
    }
    Ok(ReadRow {
        unit,
        full_name,
        title: row.get(&[Field::Title]),
        role: row.get(&[Field::Role]).map(|role| one_line(&role)),
        mobiles,
        landline: landlines.into_iter().next(),
        email: row.get(&[Field::Email]),
        note: row.get(&[Field::Note]),
    })
}

/// The unit of a row: by the code where the list has codes, else by name.
pub(super) fn unit_of(
    row: MappedRow<'_>,
    register: &Register<'_>,
) -> Result<UnitId, Box<Rejected>> {
    let code = row.get(&[Field::UnitCode]);
    if let Some(unit) = code.as_ref().and_then(|code| register.with_code(code)) {
        return Ok(unit.id);
    }
    let Some(name) = row.get(&[Field::Unit]).or(code) else {
        return Err(Box::new(row.reject(UNIT, Expected::Unit)));
    };
    match register.find(&name) {
        Ok(unit) => Ok(unit.id),
        Err(error) if error.code == Code::UnitAmbiguous => {
            Err(Box::new(row.reject(UNIT, Expected::OneUnit)))
        }
        Err(_) => Err(Box::new(row.reject(UNIT, Expected::KnownUnit))),
    }
}
