//! Units, people, and the calls to them.

use rusqlite::Row;
use std::collections::HashMap;

use super::{id, list, maybe_id, maybe_moment, moment, one};
use crate::clock::Instant;
use crate::directory::drill::{Drill, Outcome};
use crate::directory::person::{Person, Role, UnitNames, find};
use crate::directory::unit::{Group, Unit};
use crate::error::{Code, Result};
use crate::id::{DrillId, PersonId, UnitId};
use crate::journal::Kind;
use crate::privacy::retention::{Needs, Unneeded, unneeded};
use crate::store::Reader;

const UNIT: &str = "SELECT id, code, name, short_name, \"group\", parent, phone, email, address, note, ours, \
     aliases, began_at, ended_at, removed \
     FROM unit WHERE name IS NOT NULL";

/// What of them gave way to others.
const GAVE_WAY: &str = "AND removed IS NOT NULL AND ended_at IS NOT NULL";

fn unit(row: &Row<'_>) -> rusqlite::Result<Unit> {
    Ok(Unit {
        id: id(row, 0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        short_name: row.get(3)?,
        group: one(row, Kind::Unit, 4)?.unwrap_or(Group::Other),
        parent: maybe_id::<UnitId>(row, 5)?,
        phone: row.get(6)?,
        email: row.get(7)?,
        address: row.get(8)?,
        note: row.get(9)?,
        ours: row.get::<_, Option<bool>>(10)?.unwrap_or_default(),
        aliases: list(row, Kind::Unit, 11)?,
        ended_at: maybe_moment(row, 13)?,
        began_at: maybe_moment(row, 12)?,
        succeeded_by: None,
        removed: row.get::<_, Option<bool>>(14)?.unwrap_or_default(),
    })
}

/// Every card, off the list too.
const CARD: &str = "SELECT id, unit, full_name, title, role, role_text, mobiles, landline, email, note, \
     sort_name, away, same_as, removed \
     FROM person WHERE full_name IS NOT NULL AND unit IS NOT NULL";

/// What of them is on the list.
const ON_THE_LIST: &str = "AND removed IS NULL";

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: id(row, 0)?,
        unit: id(row, 1)?,
        full_name: row.get(2)?,
        title: row.get(3)?,
        role: one::<Role>(row, Kind::Person, 4)?,
        role_text: row.get(5)?,
        mobiles: list(row, Kind::Person, 6)?,
        landline: one(row, Kind::Person, 7)?,
        email: row.get(8)?,
        note: row.get(9)?,
        sort_name: row.get(10)?,
        away: list(row, Kind::Person, 11)?,
        same_as: maybe_id(row, 12)?,
        removed: row.get::<_, Option<bool>>(13)?.unwrap_or_default(),
    })
}

const DRILL: &str = "SELECT id, person, number, at, operator, outcome, minutes, note FROM drill \
     WHERE removed IS NULL AND person IS NOT NULL AND operator IS NOT NULL";

fn drill(row: &Row<'_>) -> rusqlite::Result<Drill> {
    Ok(Drill {
        id: id::<DrillId>(row, 0)?,
        person: id(row, 1)?,
        number: one(row, Kind::Drill, 2)?,
        at: maybe_moment(row, 3)?.unwrap_or_default(),
        operator: id(row, 4)?,
        outcome: one(row, Kind::Drill, 5)?.unwrap_or(Outcome::NoAnswer),
        minutes: row.get(6)?,
        note: row.get(7)?,
        removed: false,
    })
}

impl Reader<'_> {
    /// The units, as an office lists them.
    ///
    /// # Errors
    /// Those of the store, as for every read.
    pub fn units(self) -> Result<Vec<Unit>> {
        let mut units = self.all(&format!("{UNIT} {ON_THE_LIST}"), &[], unit)?;
        crate::directory::unit::sort(&mut units);
        Ok(units)
    }

    /// The units in whose place others are, as an office listed them.
    pub(crate) fn former_units(self) -> Result<Vec<Unit>> {
        let mut units = self.all(&format!("{UNIT} {GAVE_WAY}"), &[], unit)?;
        crate::directory::unit::sort(&mut units);
        Ok(units)
    }

    /// What every unit is called, of those that are no more too, and under which unit it is found
    /// today: its own, or that which took its place.
    ///
    /// # Errors
    /// Those of the store.
    pub fn unit_names(self) -> Result<UnitNames> {
        let all = self.all(
            "SELECT id, name, succeeded_by FROM unit WHERE name IS NOT NULL",
            &[],
            |row| {
                Ok((
                    id::<UnitId>(row, 0)?,
                    row.get::<_, String>(1)?,
                    maybe_id(row, 2)?,
                ))
            },
        )?;
        let next: HashMap<UnitId, UnitId> = all
            .iter()
            .filter_map(|(id, _, by)| Some((*id, (*by)?)))
            .collect();
        let today = |mut id: UnitId| {
            // Two desks may each have put one in the other's place.
            for _ in 0..next.len() {
                match next.get(&id) {
                    Some(by) => id = *by,
                    None => break,
                }
            }
            id
        };
        Ok(all
            .into_iter()
            .map(|(id, name, _)| (id, (today(id), name)))
            .collect())
    }

    /// One unit.
    ///
    /// # Errors
    /// Those of the store.
    pub fn unit(self, id: UnitId) -> Result<Option<Unit>> {
        Ok(self
            .all(&format!("{UNIT} {ON_THE_LIST} AND id = ?1"), &[&id.0], unit)?
            .pop())
    }

    /// The people, in the order in which they were added.
    ///
    /// # Errors
    /// Those of the store.
    pub fn people(self) -> Result<Vec<Person>> {
        self.all(&format!("{CARD} {ON_THE_LIST} ORDER BY id"), &[], person)
    }

    /// Every card there is of anybody, off the list too.
    ///
    /// # Errors
    /// Those of the store.
    pub fn all_cards(self) -> Result<Vec<Person>> {
        self.all(&format!("{CARD} ORDER BY id"), &[], person)
    }

    /// The person that `given` names, by id or name; off the list too, when nobody on it fits.
    ///
    /// # Errors
    /// [`crate::Code::PersonUnknown`], [`crate::Code::PersonAmbiguous`].
    pub fn find_card(self, given: &str) -> Result<Person> {
        match find(&self.people()?, given) {
            Err(error) if error.code == Code::PersonUnknown => {
                find(&self.all_cards()?, given).cloned()
            }
            found => found.cloned(),
        }
    }

    /// One person.
    ///
    /// # Errors
    /// Those of the store.
    pub fn person(self, id: PersonId) -> Result<Option<Person>> {
        let sql = format!("{CARD} {ON_THE_LIST} AND id = ?1");
        Ok(self.all(&sql, &[&id.0], person)?.pop())
    }

    /// The people whom nothing has needed since `before`, as [`crate::privacy::retention::unneeded`].
    ///
    /// # Errors
    /// Those of the store.
    pub fn unneeded(self, before: Instant) -> Result<Vec<Unneeded>> {
        let needs = Needs {
            units: &self.units()?,
            names: &self.unit_names()?,
            periods: &self.periods()?,
            shifts: &self.last_of_people(
                "SELECT person, max(\"to\") FROM shift \
                 WHERE removed IS NULL AND \"to\" IS NOT NULL AND person IS NOT NULL GROUP BY person",
            )?,
            drills: &self.last_of_people(
                "SELECT person, max(at) FROM drill \
                 WHERE removed IS NULL AND at IS NOT NULL AND person IS NOT NULL GROUP BY person",
            )?,
            written: &self.last_written_of_people()?,
        };
        Ok(unneeded(&self.all_cards()?, needs, before))
    }

    fn last_of_people(self, sql: &str) -> Result<HashMap<PersonId, Instant>> {
        let rows = self.all(sql, &[], |row| Ok((id(row, 0)?, moment(row, 1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// When something was last written of each person.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn last_written_of_people(self) -> Result<HashMap<PersonId, Instant>> {
        self.last_of_people(
            "SELECT noun, max(wall) FROM history JOIN record ON record.id = history.record \
             WHERE noun IN (SELECT id FROM person) GROUP BY noun",
        )
    }

    /// The calls that tell whether numbers answer, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn drills(self) -> Result<Vec<Drill>> {
        self.all(&format!("{DRILL} ORDER BY at, id"), &[], drill)
    }

    /// The calls to some people, those that were taken back too.
    pub(crate) fn drills_of(self, people: &[PersonId]) -> Result<Vec<DrillId>> {
        let sql = "SELECT id FROM drill WHERE person = ?1 ORDER BY id";
        let mut drills: Vec<DrillId> = Vec::new();
        for person in people {
            drills.append(&mut self.all(sql, &[&person.0], |row| id(row, 0))?);
        }
        Ok(drills)
    }
}
