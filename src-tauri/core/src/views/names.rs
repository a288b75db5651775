//! The names behind the ids.

use std::collections::HashMap;

use super::incident::IncidentRef;
use super::unit::UnitRef;
use crate::directory::unit::{Group, Unit};
use crate::error::Result;
use crate::id::{IncidentId, OperatorId, UnitId};
use crate::store::Reader;

/// Names behind the ids, asked for once.
pub struct Names {
    units: HashMap<UnitId, UnitRef>,
    operators: HashMap<OperatorId, String>,
    pub(super) incidents: HashMap<IncidentId, String>,
}

impl Names {
    /// What an operator is called; nothing where they are not known.
    #[must_use]
    pub fn operator(&self, id: OperatorId) -> &str {
        self.operators.get(&id).map_or("", String::as_str)
    }

    /// Reads them.
    ///
    /// # Errors
    /// Those of the store.
    pub fn read(book: Reader<'_>) -> Result<Self> {
        let units = book.units()?;
        let today: HashMap<UnitId, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
        let mut units = HashMap::new();
        for (id, (now, name)) in book.unit_names()? {
            // A unit that is no more leads under its name to the one that took its place.
            match today.get(&now) {
                Some(unit) if now == id => {
                    units.insert(id, UnitRef::from(*unit));
                }
                Some(unit) => {
                    let unit = UnitRef::from(*unit);
                    units.insert(id, UnitRef { name, ..unit });
                }
                // Its name is all that is left of a unit that nothing took the place of.
                None => {
                    let (code, group) = (None, Group::Other);
                    units.insert(
                        id,
                        UnitRef {
                            id,
                            code,
                            name,
                            group,
                        },
                    );
                }
            }
        }
        let operators = book.operators()?.into_iter();
        Ok(Self {
            units,
            operators: operators
                .map(|operator| (operator.id, operator.name))
                .collect(),
            incidents: book.incident_numbers()?,
        })
    }

    /// The unit of this id: of one that is no more, under its name the one that took its place, or
    /// the name alone where none did.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<UnitRef> {
        self.units.get(&id).cloned()
    }

    /// An incident by number.
    #[must_use]
    pub fn incident(&self, id: IncidentId) -> Option<IncidentRef> {
        let number = self.incidents.get(&id)?.clone();
        Some(IncidentRef { id, number })
    }
}
