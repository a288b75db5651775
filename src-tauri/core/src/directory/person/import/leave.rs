//! A list of leave, read against the people of the book.

use std::collections::HashMap;

use crate::book::{Import, Mode, Writing};
use crate::clock::{Instant, joined};
use crate::directory::person::Person;
use crate::directory::unit::import::cell::LookedUp;
use crate::directory::unit::{Register, Unit};
use crate::error::Result;
use crate::id::{PersonId, UnitId};
use crate::sheet::heading::Field;
use crate::sheet::{Expected, Line, Rejected, Table};
use crate::store::Reader;
use crate::text::{fold, person_name};

/// What a list of leave would do.
#[derive(Debug, Default)]
struct Plan {
    /// The people with the leave they would have.
    people: Vec<Person>,
    /// The place in the table of every row that was taken, and that in the list of the person.
    rows: Vec<(usize, usize)>,
    /// Rows turned away.
    rejected: Vec<Rejected>,
}

/// Reads a list of leave: it is added to what is known. A list without units names people of whom
/// there is one of that name.
fn plan_rows(table: &Table, units: &[Unit], known: &[Person]) -> Plan {
    let register = Register::new(units);
    let mut looked_up = LookedUp::default();
    let mut by_name: HashMap<String, Vec<&Person>> = HashMap::new();
    for person in known {
        by_name
            .entry(fold(&person.full_name))
            .or_default()
            .push(person);
    }
    let mut planned: HashMap<PersonId, usize> = HashMap::new();
    let mut plan = Plan::default();
    for row in table.lines() {
        let read = row.and_then(|row| {
            let unit = match looked_up.unit_of(row, &register) {
                Err(rejected) if rejected.expected == Expected::Unit => None,
                other => Some(other?),
            };
            let person = person_of(row, unit, &by_name)?;
            Ok((row.at(), person, span_of(row)?))
        });
        let (at, person, span) = match read {
            Ok(read) => read,
            Err(rejected) => {
                plan.rejected.push(*rejected);
                continue;
            }
        };
        let place = *planned.entry(person.id).or_insert_with(|| {
            plan.people.push(person.clone());
            plan.people.len() - 1
        });
        let away = &mut plan.people[place].away;
        let is_known = |(from, to): &(Instant, Instant)| *from <= span.0 && span.1 <= *to;
        if !joined(away.clone()).iter().any(is_known) {
            away.push(span);
            *away = joined(std::mem::take(away));
        }
        plan.rows.push((at, place));
    }
    plan
}

/// Whom a row names: in its unit, where it says one. An event of a calendar may say more than the
/// name.
fn person_of<'a>(
    row: Line<'_>,
    unit: Option<UnitId>,
    by_name: &HashMap<String, Vec<&'a Person>>,
) -> Result<&'a Person, Box<Rejected>> {
    let reject = |expected| Box::new(row.reject(&[Field::FullName], expected));
    let cell = row.get(&[Field::FullName]);
    let cell = cell.ok_or_else(|| reject(Expected::Name))?;
    let here = |people: &Vec<&'a Person>| -> Vec<&'a Person> {
        let of_unit = people.iter().copied();
        of_unit
            .filter(|one| unit.is_none_or(|unit| one.unit == unit))
            .collect()
    };
    let name = fold(&person_name(&cell));
    let mut found = by_name.get(&name).map(here).unwrap_or_default();
    if found.is_empty() {
        let said = format!(" {} ", fold(&cell));
        let named = by_name.iter();
        let named =
            named.filter(|(name, _)| name.contains(' ') && said.contains(&format!(" {name} ")));
        found = named.flat_map(|(_, people)| here(people)).collect();
    }
    match *found {
        [person] => Ok(person),
        [] => Err(reject(Expected::KnownPerson)),
        _ => Err(reject(Expected::OnePerson)),
    }
}

/// From when to when a row is: a day alone is all of it, both may stand in one cell, and the year
/// may stand beside the other only.
fn span_of(row: Line<'_>) -> Result<(Instant, Instant), Box<Rejected>> {
    let reject = |field, expected| Box::new(row.reject(&[field], expected));
    let from = row.get(&[Field::From]);
    let from = from.ok_or_else(|| reject(Field::From, Expected::Time))?;
    let (from, to) = match row.get(&[Field::To]) {
        Some(to) => (from, to),
        None => halves(&from).unwrap_or_else(|| (from.clone(), from.clone())),
    };
    let (begin, end) = (dated(&from, &to), dated(&to, &from));
    let begin = Instant::parse_start(&begin).map_err(|_| reject(Field::From, Expected::Time))?;
    let last = if row.get(&[Field::To]).is_some() {
        Field::To
    } else {
        Field::From
    };
    let end = Instant::parse_end(&end).map_err(|_| reject(last, Expected::Time))?;
    match begin < end {
        true => Ok((begin, end)),
        false => Err(reject(last, Expected::AfterStart)),
    }
}

/// Two days in one cell: `22/5 - 25/5/2016`, `từ 22/5 đến 25/5/2016`.
fn halves(cell: &str) -> Option<(String, String)> {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let until = words.iter().position(|word| fold(word) == "den");
    let by_word = until.map(|at| (words[..at].join(" "), words[at + 1..].join(" ")));
    let cut = |mark: &str| {
        let (from, to) = cell.split_once(mark)?;
        Some((from.to_owned(), to.to_owned()))
    };
    by_word
        .into_iter()
        .chain(["–", " - ", "-"].into_iter().filter_map(cut))
        .find(|(from, to)| from.contains('/') && to.contains('/'))
}

/// The day or moment in a cell without the words around it, with the year of the other.
fn dated(cell: &str, other: &str) -> String {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let bare = match (cell.find(is_digit), cell.rfind(is_digit)) {
        (Some(first), Some(last)) if cell.contains('/') => &cell[first..=last],
        _ => cell.trim(),
    };
    let day_and_month = bare.matches('/').count() == 1 && bare.len() <= 5;
    let year = other
        .rsplit('/')
        .next()
        .filter(|_| other.matches('/').count() == 2);
    match year.and_then(|year| year.get(..4)) {
        Some(year) if day_and_month => format!("{bare}/{year}"),
        _ => bare.to_owned(),
    }
}

/// What bringing in a list of leave would do, and the people with the leave they would have; `watch`
/// is asked as by [`Writing::on_progress`].
///
/// # Errors
/// [`crate::Code::Cancelled`].
pub fn preview(
    book: Reader<'_>,
    table: &Table,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<(Import, Vec<Person>)> {
    let known = book.people()?;
    foresee(plan_rows(table, &book.units()?, &known), &known, watch)
}

fn foresee(
    plan: Plan,
    known: &[Person],
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<(Import, Vec<Person>)> {
    let mut import = Import::of(plan.rejected, Vec::new());
    import.foresee(&plan.people, known.iter(), &plan.rows, watch)?;
    Ok((import, plan.people))
}

impl Writing<'_> {
    /// Brings in a list of leave, and gives the people with the leave they have.
    ///
    /// # Errors
    /// [`crate::Code::Cancelled`].
    pub fn import_leave(&mut self, table: &Table, mode: Mode) -> Result<(Import, Vec<Person>)> {
        let known = self.people()?;
        let plan = plan_rows(table, &self.units()?, &known);
        if !mode.writes(&plan.rejected) {
            return foresee(plan, &known, self.watcher());
        }
        let mut import = Import::of(plan.rejected, Vec::new());
        self.bring(&plan.people, &HashMap::new(), &plan.rows, &mut import)?;
        Ok((import, plan.people))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_units_write_them() {
        let check = |from: &str, to: &str, expect: (&str, &str)| {
            assert_eq!((dated(from, to).as_str(), dated(to, from).as_str()), expect);
        };
        let days = ("22/05/2016", "25/05/2016");
        check("22/05/2016", "25/05/2016", days);
        check("từ ngày 22/05/2016", "hết 25/05/2016", days);
        check("22/5", "25/5/2016", ("22/5/2016", "25/5/2016"));
        check("22/05/2016 08:00", "mai", ("22/05/2016 08:00", "mai"));
        let half =
            |cell: &str| halves(cell).map(|(from, to)| (dated(&from, &to), dated(&to, &from)));
        let both = Some(("22/5/2016".to_owned(), "25/5/2016".to_owned()));
        assert_eq!(half("22/5 - 25/5/2016"), both);
        assert_eq!(half("Từ 22/5 đến 25/5/2016"), both);
        assert_eq!(half("22/5/2016"), None);
    }
}
