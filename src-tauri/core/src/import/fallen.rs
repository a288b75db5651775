//! Duty that falls into the leave which a list brings.

use std::collections::{HashMap, HashSet};

use crate::book::{Import, Wrote};
use crate::directory::person::Person;
use crate::duty::coverage::{Missed, Roster, humans};
use crate::id::PersonId;
use crate::sheet::heading::Field;
use crate::sheet::{Line, Notice, Table};

/// Notes at the rows of an import the duty that falls into leave with it, and did not without:
/// `before` is the roster as it was, `people` are those of the list with the leave they have by it.
pub(super) fn note(before: &Roster, people: &[Person], table: &Table, import: &mut Import) {
    let rows = import.rows.iter();
    let rows = rows.filter(|row| row.wrote != Wrote::Same);
    let rows: HashMap<PersonId, usize> =
        rows.rev().map(|row| (PersonId(row.noun), row.at)).collect();
    if rows.is_empty() {
        return;
    }
    let mut after = before.clone();
    let given: HashMap<PersonId, &Person> = people.iter().map(|one| (one.id, one)).collect();
    for card in &mut after.people {
        if let Some(given) = given.get(&card.id) {
            card.away.clone_from(&given.away);
        }
    }
    let ids: HashSet<PersonId> = rows.keys().copied().collect();
    let known = before.missed(&ids);
    // The row may name another card of whoever has the shift.
    let humans = humans(&after.people);
    let cards = || humans.iter().zip(&after.people);
    let at: HashMap<u32, usize> = cards()
        .filter_map(|(human, card)| Some((*human, *rows.get(&card.id)?)))
        .collect();
    let at: HashMap<PersonId, usize> = cards()
        .filter_map(|(human, card)| Some((card.id, *at.get(human)?)))
        .collect();
    let lines = table.lines().flatten();
    let lines: HashMap<usize, Line<'_>> = lines.map(|line| (line.at(), line)).collect();
    let units: HashMap<_, &str> = after
        .units
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let mut missed = after.missed(&ids);
    missed.retain(|one| !known.contains(one));
    let note = |one: Missed| {
        let line = lines.get(at.get(&one.person)?)?;
        let notice = match one.shift {
            Some(_) => Notice::FallsOnShift,
            None => Notice::FallsOnStanding,
        };
        let mut warning = line.warn(Field::FullName, notice);
        let unit = units.get(&one.unit).copied().unwrap_or_default();
        warning.other = Some(format!("{unit}, {} – {}", one.span.0, one.span.1));
        Some(warning)
    };
    import.warnings.extend(missed.into_iter().filter_map(note));
}
