//! People: on the list, changed, off it.

use super::{Writing, Wrote, needed};
use crate::error::{Code, Error, Result};
use crate::id::UnitId;
use crate::person::{self, Person};

impl Writing<'_> {
    /// A new person, on the list once [`Writing::set_person`] has written them.
    ///
    /// # Errors
    /// [`Code::Empty`].
    pub fn new_person(&mut self, unit: UnitId, full_name: &str) -> Result<Person> {
        let name = needed("full_name", full_name)?;
        Ok(Person::new(self.new_id()?, unit, name))
    }

    /// Writes a person as they are given.
    ///
    /// # Errors
    /// [`Code::PersonExists`] when the unit has somebody of that name, [`Code::Empty`],
    /// [`Code::EmailInvalid`].
    pub fn set_person(&mut self, person: &Person) -> Result<Wrote> {
        let person = person.clone().in_one_form();
        let name = needed("full_name", &person.full_name)?;
        if let Some(email) = &person.email
            && !person::is_email(email)
        {
            return Err(Error::new(Code::EmailInvalid).with("given", email));
        }
        let same_name = |other: &&Person| {
            other.id != person.id
                && other.unit == person.unit
                && person::same_name(&other.full_name, &name)
        };
        if let Some(other) = self.people()?.iter().find(same_name) {
            let unit = self
                .unit(other.unit)?
                .map(|unit| unit.name)
                .unwrap_or_default();
            return Err(Error::new(Code::PersonExists)
                .with("given", &other.full_name)
                .with("unit", unit));
        }
        let wrote = self.put(&person)?;
        self.link_operators()?;
        Ok(wrote)
    }

    /// The person that `given` names.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], [`Code::PersonAmbiguous`].
    pub fn find_person(&self, given: &str) -> Result<Person> {
        person::find(&self.people()?, given).cloned()
    }
}
