//! Units: on the list, changed, off it.

use crate::book::{Writing, Wrote, needed};
use crate::directory::person::same_name;
use crate::directory::unit::{Group, Register, Unit};
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, UnitId};
use crate::store::Reader;
use crate::text::fold;

impl Writing<'_> {
    /// A new unit, on the list once [`Writing::set_unit`] has written it.
    ///
    /// # Errors
    /// [`Code::Empty`].
    pub fn new_unit(&mut self, name: &str, group: Group) -> Result<Unit> {
        let name = needed("name", name)?;
        Ok(Unit::new(self.new_id()?, name, group))
    }

    /// Writes a unit as it is given.
    ///
    /// # Errors
    /// [`Code::UnitExists`] when the code or the name is taken, or another name of it is the name of
    /// another unit; [`Code::Empty`];
    /// [`Code::UnitHasPeople`] when it is to go but its people are not.
    pub fn set_unit(&mut self, unit: &Unit) -> Result<Wrote> {
        let mut unit = unit.clone().in_one_form();
        needed("name", &unit.name)?;
        if unit.removed {
            let people = self.people()?;
            let count = people
                .iter()
                .filter(|person| person.unit == unit.id)
                .count();
            if count > 0 {
                return Err(Error::new(Code::UnitHasPeople)
                    .with("given", &unit.name)
                    .with("count", count));
            }
        }
        if !unit.removed {
            self.check_names(&unit)?;
        }
        claim(self.reader, std::slice::from_mut(&mut unit))?;
        self.put(&unit)
    }

    /// Takes a unit off the list. What was stood there stays under its name.
    ///
    /// # Errors
    /// [`Code::UnitUnknown`], [`Code::UnitHasPeople`], [`Code::UnitHasShifts`] when shifts there are
    /// not over.
    pub fn remove_unit(&mut self, id: UnitId) -> Result<Wrote> {
        let unknown = || Error::new(Code::UnitUnknown).with("given", id);
        let mut unit = self.unit(id)?.ok_or_else(unknown)?;
        let (now, mut shifts) = (self.now(), self.shifts()?);
        shifts.retain(|shift| shift.unit == id);
        let count = shifts.iter().filter(|shift| now < shift.to).count();
        if count > 0 {
            return Err(Error::new(Code::UnitHasShifts)
                .with("given", &unit.name)
                .with("count", count));
        }
        if !shifts.is_empty() {
            unit.ended_at = unit.ended_at.or(Some(now));
        }
        unit.removed = true;
        self.set_unit(&unit)
    }

    /// Says which unit is our own; no other is any more.
    ///
    /// # Errors
    /// [`Code::UnitUnknown`].
    pub fn set_own_unit(&mut self, id: UnitId) -> Result<Wrote> {
        let mut units = self.units()?;
        if !units.iter().any(|unit| unit.id == id) {
            return Err(Error::new(Code::UnitUnknown).with("given", id));
        }
        units.retain(|unit| unit.ours != (unit.id == id));
        for unit in &mut units {
            unit.ours = unit.id == id;
            self.put(unit)?;
        }
        Ok(match units.as_slice() {
            [] => Wrote::Same,
            _ => Wrote::Changed,
        })
    }

    /// Notes another name of a unit.
    ///
    /// # Errors
    /// [`Code::Empty`], [`Code::UnitExists`] when it is the name of another unit.
    pub fn add_alias(&mut self, unit: &Unit, name: &str) -> Result<Wrote> {
        let name = needed("name", name)?;
        let units = self.units()?;
        let known = Register::new(&units).find(&name);
        if known.is_ok_and(|known| known.id != unit.id) {
            return Err(Error::new(Code::UnitExists).with("given", name));
        }
        let mut unit = unit.clone();
        unit.aliases.push(name);
        self.put(&unit.in_one_form())
    }

    fn check_names(&self, unit: &Unit) -> Result<()> {
        let taken = |given: &str| Err(Error::new(Code::UnitExists).with("given", given));
        for other in self.units()?.iter().filter(|other| other.id != unit.id) {
            match (&unit.code, &other.code) {
                (Some(code), Some(theirs)) if code.eq_ignore_ascii_case(theirs) => {
                    return taken(code);
                }
                // Units with codes of their own may share a name, as polling groups do.
                (Some(_), Some(_)) => {}
                _ if fold(&other.name) == fold(&unit.name) => return taken(&unit.name),
                _ => {}
            }
            let theirs = |alias: &&String| fold(alias) == fold(&other.name);
            if let Some(alias) = unit.aliases.iter().find(theirs) {
                return taken(alias);
            }
        }
        Ok(())
    }

    /// The person of our own unit with this name.
    pub(crate) fn own_person_named(&self, name: &str) -> Result<Option<PersonId>> {
        let Some(ours) = self.own_unit()? else {
            return Ok(None);
        };
        let people = self.people()?;
        let mut fits = people
            .iter()
            .filter(|person| person.unit == ours.id && same_name(&person.full_name, name));
        Ok(match (fits.next(), fits.next()) {
            (Some(person), None) => Some(person.id),
            _ => None,
        })
    }

    /// Links operators who wrote before the directory was there to who they are in it.
    pub(crate) fn link_operators(&mut self) -> Result<()> {
        for mut operator in self
            .operators()?
            .into_iter()
            .filter(|known| known.person.is_none())
        {
            operator.person = self.own_person_named(&operator.name)?;
            if operator.person.is_some() {
                self.put(&operator)?;
            }
        }
        Ok(())
    }

    /// The unit that `given` names.
    ///
    /// # Errors
    /// [`Code::UnitUnknown`], [`Code::UnitAmbiguous`].
    pub fn find_unit(&self, given: &str) -> Result<Unit> {
        Register::new(&self.units()?).find(given).cloned()
    }
}

/// Marks a unit as our own when it is the one whoever began the book named, and none is yet: a
/// book begins before it has a list of units.
pub(super) fn claim(book: Reader<'_>, units: &mut [Unit]) -> Result<()> {
    let Some(named) = book.named_own_unit()? else {
        return Ok(());
    };
    if book.own_unit()?.is_none()
        && let Ok(ours) = Register::new(units).find(&named).map(|unit| unit.id)
        && let Some(unit) = units.iter_mut().find(|unit| unit.id == ours)
    {
        unit.ours = true;
    }
    Ok(())
}
