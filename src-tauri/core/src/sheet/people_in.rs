//! A list of people, read against the people of the book.

use std::collections::HashMap;
use uuid::Uuid;

use super::heading::{Field, List};
use super::{Expected, Mapped, MappedRow, Notice, Rejected, Table, Warning};
use crate::error::{Code, Result};
use crate::id::{PersonId, UnitId};
use crate::person::{Person, Role, is_email, same_name};
use crate::text::{Phone, PhoneFault, fold, name_key, one_line, read_phones};
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
    /// The number of every row that was taken, and the place in the list of the person it
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
///
/// # Errors
/// [`Code::SheetColumns`], [`Code::SheetEmpty`].
pub fn plan(table: &Table, units: &[Unit], known: &[Person]) -> Result<Plan> {
    let mapped = Mapped::new(table, List::People, &[UNIT, &[Field::FullName], NUMBERS])?;
    let register = Register::new(units);
    let mut plan = Plan::default();
    let mut rows = Vec::new();
    for row in mapped.rows() {
        match read_row(row, &register) {
            Ok(read) => rows.push((row, read)),
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
        person.full_name.clone_from(&read.full_name);
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
        let person = person.in_one_form();
        for number in &person.mobiles {
            let me = || (person.unit, person.full_name.clone());
            let (unit, name) = holders.entry(number.clone()).or_insert_with(me);
            if *unit != person.unit || !same_name(name, &person.full_name) {
                plan.warnings
                    .push(row.warn(Field::Mobile, Notice::SameNumber));
            }
        }
        let at = again.unwrap_or(plan.people.len());
        plan.rows.push((row.number(), at));
        match again {
            Some(at) => plan.people[at] = person,
            None => {
                planned.entry(key).or_default().push(at);
                plan.people.push(person);
            }
        }
    }
    plan.rejected.sort_by_key(|rejected| rejected.row);
    Ok(plan)
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
    // Under whichever heading they stand: the first number of a desk is the landline, the others
    // are kept with the mobiles, so that none is lost.
    let (mut mobiles, desk) = (numbers(Field::Mobile)?, numbers(Field::Landline)?);
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
    Ok(ReadRow {
        unit,
        full_name,
        title: row.get(&[Field::Title]),
        role: row.get(&[Field::Role]).map(|role| one_line(&role)),
        mobiles,
        landline,
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
