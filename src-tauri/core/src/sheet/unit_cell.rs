//! The unit that a row names, looked up among those of the book.

use std::collections::HashMap;

use super::heading::Field;
use super::{Expected, Line, Rejected};
use crate::error::Code;
use crate::id::UnitId;
use crate::unit::{Like, Register};

const UNIT: &[Field] = &[Field::Unit, Field::UnitCode];

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
            let named = row.get(&[Field::Unit]);
            let other = named.and_then(|name| self.look_up(&name, register).ok());
            return match other.is_some_and(|other| other != unit.id) {
                // The code says one unit, the name another.
                true => Err(Box::new(Rejected {
                    nearest: Some(unit.name.clone()),
                    ..row.reject(UNIT, Expected::OneUnit)
                })),
                false => Ok(unit.id),
            };
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
