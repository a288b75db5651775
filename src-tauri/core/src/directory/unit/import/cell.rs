//! The unit that a row names, looked up among those of the book.

use std::collections::HashMap;

use crate::directory::unit::{Like, Register};
use crate::error::Code;
use crate::id::UnitId;
use crate::sheet::heading::Field;
use crate::sheet::{Expected, Line, Rejected};

const UNIT: &[Field] = &[Field::Unit, Field::UnitCode];

/// Names that were looked up before: a list names the same unit many times.
#[derive(Debug, Default)]
pub(crate) struct LookedUp {
    names: HashMap<String, Result<UnitId, (Expected, Option<String>)>>,
    /// By what stands above rows that name none.
    above: HashMap<(usize, usize, Option<String>), Option<UnitId>>,
}

impl LookedUp {
    /// The unit of a row: by the code where the list has codes, else by name; in a list without
    /// units, by what stands above it.
    pub(crate) fn unit_of(
        &mut self,
        row: Line<'_>,
        register: &Register<'_>,
    ) -> Result<UnitId, Box<Rejected>> {
        let code = row.get(&[Field::UnitCode]);
        if let Some(unit) = code.as_ref().and_then(|code| register.with_code(code)) {
            let named = row.get(&[Field::Unit]);
            let other = named.and_then(|name| self.look_up(&name, register).ok());
            return match other.is_some_and(|other| other != unit.id) {
                true => Err(Box::new(row.reject(UNIT, Expected::SameUnit))),
                false => Ok(unit.id),
            };
        }
        let Some(name) = row.get(&[Field::Unit]).or(code) else {
            let unit = self.above(row, register);
            return unit.ok_or_else(|| Box::new(row.reject(UNIT, Expected::Unit)));
        };
        self.look_up(&name, register)
            .map_err(|(expected, nearest)| {
                Box::new(Rejected {
                    nearest,
                    ..row.reject(UNIT, expected)
                })
            })
    }

    fn above(&mut self, row: Line<'_>, register: &Register<'_>) -> Option<UnitId> {
        let (list, sheet, group) = row.place_above();
        let place = (list, sheet, group.map(str::to_owned));
        if let Some(known) = self.above.get(&place) {
            return *known;
        }
        let named = row
            .above()
            .find_map(|name| self.look_up(name, register).ok());
        let within = |title| Some(register.within(title)?.id);
        let unit = named.or_else(|| row.titles().find_map(within));
        self.above.insert(place, unit);
        unit
    }

    fn look_up(
        &mut self,
        name: &str,
        register: &Register<'_>,
    ) -> Result<UnitId, (Expected, Option<String>)> {
        if let Some(known) = self.names.get(name) {
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
        self.names.insert(name.to_owned(), answer.clone());
        answer
    }
}
