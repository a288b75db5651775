//! A list of units, and of those that take their place.

use crate::directory::unit::import::read_group;
use crate::directory::unit::{Group, Like, Register, Unit};
use crate::id::UnitId;
use crate::sheet::heading::Field;
use crate::sheet::{Expected, Notice, Rejected, Table, Warning};
use crate::text::{fold, one_line};

/// A unit that is to be no more, and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The row of the table.
    pub at: usize,
    /// The unit.
    pub old: UnitId,
    /// The code of what takes its place.
    pub code: Option<String>,
    /// Its name; that of the unit itself where only a code is given that nobody knows.
    pub name: String,
    /// Its group; that of the unit itself where none is given.
    pub group: Group,
    /// What to know about it when the unit is split and has people.
    pub split: Warning,
}

/// Reads a list against the units of the book. A unit with several rows is split.
#[must_use]
pub fn plan(table: &Table, units: &[Unit]) -> (Vec<Step>, Vec<Rejected>) {
    let register = Register::new(units);
    let (mut steps, mut rejected) = (Vec::new(), Vec::new());
    for line in table.lines() {
        let read = line.and_then(|row| {
            let reject = |field, expected| Box::new(row.reject(&[field], expected));
            let old = row
                .get(&[Field::OldUnit])
                .ok_or_else(|| reject(Field::OldUnit, Expected::Unit))?;
            let known = register.find(&old).ok();
            let known = known.or_else(|| match register.like(&old) {
                Like::Same(unit) => Some(unit),
                Like::Perhaps(_) | Like::None => None,
            });
            let old = known.ok_or_else(|| reject(Field::OldUnit, Expected::KnownUnit))?;
            let code = row.get(&[Field::UnitCode]).map(|code| one_line(&code));
            let name = row.get(&[Field::Unit]).map(|name| one_line(&name));
            if code.is_none() && name.is_none() {
                return Err(reject(Field::Unit, Expected::Unit));
            }
            // A code is of one unit: another name beside it would be lost, or of the wrong unit.
            if let (Some(code), Some(name)) = (&code, &name) {
                let is_other = |known: &str| fold(known) != fold(name);
                let of_other = register.with_code(code).is_some_and(|unit| {
                    unit.id != old.id
                        && is_other(&unit.name)
                        && unit.aliases.iter().all(|alias| is_other(alias))
                });
                let before = steps
                    .iter()
                    .find(|step: &&Step| step.code.as_ref() == Some(code));
                if of_other || before.is_some_and(|step| is_other(&step.name)) {
                    return Err(reject(Field::UnitCode, Expected::SameUnit));
                }
            }
            let group = match row.get(&[Field::Group]) {
                Some(text) => {
                    read_group(&text).ok_or_else(|| reject(Field::Group, Expected::Group))?
                }
                None => old.group,
            };
            Ok(Step {
                at: row.at(),
                old: old.id,
                code,
                name: name.unwrap_or_else(|| old.name.clone()),
                group,
                split: row.warn(Field::Unit, Notice::Split),
            })
        });
        match read {
            Ok(step) => steps.push(step),
            Err(why) => rejected.push(*why),
        }
    }
    (steps, rejected)
}
