//! A list of people, read against the people of the book.

pub mod leave;
mod role;
mod row;

use crate::book::{Import, ImportedRow, Mode, Writing, Wrote};
use crate::directory::unit::Group;
use crate::error::Result;
use std::collections::HashSet;

use std::collections::HashMap;
use uuid::Uuid;

use crate::directory::person::import::row::{ReadRow, read_row};
use crate::directory::person::{Person, is_email, same_name};
use crate::directory::unit::import::cell::LookedUp;
use crate::directory::unit::{Register, Unit};
use crate::id::{PersonId, UnitId};
use crate::sheet::heading::Field;
use crate::sheet::{Expected, Notice, Rejected, Table, Warning};
use crate::store::Reader;
use crate::text::{Phone, fold, is_apostrophe, name_key, one_line};

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

const NUMBERS: &[Field] = &[Field::Mobile, Field::Landline];

/// Reads a list of people. A person is known by unit and name, else by a mobile number in the
/// unit; then an empty cell leaves what is known, and a number cell replaces the numbers.
#[must_use]
pub fn plan_rows(table: &Table, units: &[Unit], known: &[Person], ways: &Ways) -> Plan {
    let register = Register::new(units);
    let names: HashMap<UnitId, &str> = units
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let mut plan = Plan {
        warnings: table.passed_over.clone(),
        ..Plan::default()
    };
    let mut rows = Vec::new();
    let mut looked_up = LookedUp::default();
    for row in table.lines() {
        let read = row.and_then(|row| Ok((row, read_row(row, &register, &mut looked_up, ways)?)));
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
    let mut planned: Places = HashMap::new();
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
        let poorer = says_no_more(&read.full_name, &person.full_name)
            || read.as_it_stands.as_ref() == Some(&person.full_name);
        if !poorer {
            person.full_name.clone_from(&read.full_name);
        }
        person.title = match (&read.title, person.title) {
            (Some(new), Some(known)) if says_no_more(new, &known) => Some(known),
            (new, known) => new.clone().or(known),
        };
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
        for beside in &read.beside {
            let note = person.note.take().unwrap_or_default();
            let kept = note.lines().any(|line| line == beside);
            person.note = Some(match (note.is_empty(), kept) {
                (true, _) => beside.clone(),
                (false, true) => note,
                (false, false) => format!("{note}\n{beside}"),
            });
        }
        if let Some(field) = read.extended {
            plan.warnings.push(row.warn(field, Notice::Extension));
        }
        match &read.email {
            Some(email) if is_email(email) => person.email = Some(email.clone()),
            Some(_) => plan
                .warnings
                .push(row.warn(Field::Email, Notice::EmailLeftOut)),
            None => {}
        }
        match &read.role {
            Some(Ok(role)) => (person.role, person.role_text) = (Some(*role), None),
            Some(Err(text)) => {
                (person.role, person.role_text) = (None, Some(text.clone()));
                plan.warnings.push(row.warn(Field::Role, Notice::RoleKept));
            }
            None => {}
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
        let before = plan.rows.last().is_some_and(|(at, _)| *at == row.at());
        if before && row.is_further() {
            plan.warnings.push(Warning {
                other: Some(read.full_name.clone()),
                ..row.warn(Field::FullName, Notice::Further)
            });
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

/// Whether a text says no more than the one that is known: the same without accents, or with
/// another apostrophe.
fn says_no_more(given: &str, known: &str) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| !is_apostrophe(*c)).collect() };
    given != known
        && fold(given) == fold(known)
        && (given.is_ascii() && !known.is_ascii() || bare(given) == bare(known))
}

/// Places in a plan by unit and folded name.
type Places = HashMap<(UnitId, String), Vec<usize>>;

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

/// A list of people read against the book, and the units that are written for it.
struct Planned {
    plan: Plan,
    known: Vec<Person>,
    /// Known units, with the names that were said to be theirs.
    named: Vec<Unit>,
    /// New units; their ids are nobody's until they are written.
    new: Vec<Unit>,
}

impl Planned {
    fn of(book: Reader<'_>, table: &Table, ways: &Ways) -> Result<Self> {
        let known = book.people()?;
        let mut units = book.units()?;
        let named = name(&mut units, &ways.aliases);
        let mut plan = plan_rows(table, &units, &known, ways);
        let mut new = Vec::new();
        if ways.create_units {
            new = unknown_units(&plan.rejected);
            for (unit, id) in new.iter_mut().zip(1..) {
                unit.id = UnitId(Uuid::from_u128(id));
            }
        }
        if !new.is_empty() {
            units.extend_from_slice(&new);
            plan = plan_rows(table, &units, &known, ways);
        }
        Ok(Self {
            plan,
            known,
            named,
            new,
        })
    }

    fn foresee(self, watch: &dyn Fn(usize, usize) -> bool) -> Result<Import> {
        let plan = self.plan;
        let mut import = Import::of(plan.rejected, plan.warnings);
        import.units_besides = self.named.len() + self.new.len();
        import.foresee(&plan.people, self.known.iter(), &plan.rows, watch)?;
        import.listed = units_of(&plan.people, &plan.rows, &import.rows, |_| true);
        Ok(import)
    }
}

/// What bringing in a list of people would do; `watch` is asked as by [`Writing::on_progress`].
///
/// # Errors
/// [`crate::Code::Cancelled`].
pub fn preview(
    book: Reader<'_>,
    table: &Table,
    ways: &Ways,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Import> {
    Planned::of(book, table, ways)?.foresee(watch)
}

impl Writing<'_> {
    /// Brings in a list of people.
    ///
    /// # Errors
    /// [`crate::Code::Cancelled`].
    pub fn import_people(&mut self, table: &Table, ways: &Ways, mode: Mode) -> Result<Import> {
        let mut planned = Planned::of(self.reader, table, ways)?;
        if !mode.writes(&planned.plan.rejected) {
            return planned.foresee(self.watcher());
        }
        let mut ids = HashMap::new();
        for unit in &mut planned.new {
            let id = self.new_id()?;
            ids.insert(std::mem::replace(&mut unit.id, id), id);
        }
        for unit in planned.named.iter().chain(&planned.new) {
            self.put(unit)?;
        }
        let mut plan = planned.plan;
        for (at, person) in plan.people.iter_mut().enumerate() {
            if person.id.0.is_nil() {
                person.id = self.new_id()?;
            }
            person.unit = ids.get(&person.unit).copied().unwrap_or(person.unit);
            if let Some(written) = plan.written.get_mut(&at) {
                (written.id, written.unit) = (person.id, person.unit);
            }
        }
        let mut import = Import::of(plan.rejected, plan.warnings);
        import.units_besides = planned.named.len() + planned.new.len();
        self.bring(&plan.people, &plan.written, &plan.rows, &mut import)?;
        let is_news = |row: &ImportedRow| row.wrote != Wrote::Same;
        let news = units_of(&plan.people, &plan.rows, &import.rows, is_news);
        import.listed = units_of(&plan.people, &plan.rows, &import.rows, |_| true);
        import.confirms = !import.has_news() && self.is_sent_again(&import.listed, self.now())?;
        if import.writes(mode) {
            self.note_arrival(&import.listed, &news)?;
        }
        if import.new + import.changed > 0 {
            self.link_operators()?;
        }
        Ok(import)
    }
}

/// Gives units the names that were said to be theirs, and tells which took any.
fn name(units: &mut [Unit], aliases: &[(UnitId, String)]) -> Vec<Unit> {
    let known: HashSet<String> = units.iter().map(|unit| fold(&unit.name)).collect();
    let mut named = Vec::new();
    for unit in units {
        let told = aliases.iter().filter(|(of, _)| *of == unit.id);
        // The name of a unit cannot be another name of one.
        let names = told.filter(|(_, name)| !known.contains(&fold(name)));
        let before = unit.aliases.len();
        unit.aliases.extend(names.map(|(_, name)| name.clone()));
        if unit.aliases.len() > before {
            *unit = unit.clone().in_one_form();
            named.push(unit.clone());
        }
    }
    named
}

/// The units of which somebody stands in rows that pass a test.
fn units_of(
    people: &[Person],
    places: &[(usize, usize)],
    rows: &[ImportedRow],
    wanted: impl Fn(&ImportedRow) -> bool,
) -> HashSet<UnitId> {
    let wanted = places.iter().zip(rows).filter(|(_, row)| wanted(row));
    wanted.map(|((_, place), _)| people[*place].unit).collect()
}

/// Units that rows were turned away for, as new ones.
fn unknown_units(rejected: &[Rejected]) -> Vec<Unit> {
    let unknown = rejected
        .iter()
        .filter(|row| row.expected == Expected::KnownUnit);
    let mut names: Vec<String> = unknown.map(|row| one_line(&row.value)).collect();
    names.sort_unstable();
    names.dedup_by(|a, b| fold(a) == fold(b));
    let unit = |name| Unit::new(UnitId(Uuid::nil()), name, Group::Other);
    names.into_iter().map(unit).collect()
}
