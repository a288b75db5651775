//! People: on the list, changed, off it.

use crate::book::{Writing, Wrote, needed};
use crate::clock::check_span;
use crate::directory::person::{self, Person};
use crate::duty::shift::Comes;
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, UnitId};

impl Writing<'_> {
    /// A new person, on the list once [`Writing::set_person`] has written them.
    ///
    /// # Errors
    /// [`Code::Empty`].
    pub fn new_person(&mut self, unit: UnitId, full_name: &str) -> Result<Person> {
        let name = needed("full_name", full_name)?;
        Ok(Person::new(self.new_id()?, unit, name))
    }

    /// Writes a person as they are given. A role that is not the one from before takes what the
    /// unit wrote in its place away.
    ///
    /// # Errors
    /// [`Code::PersonExists`] when the unit has somebody of that name, [`Code::Empty`],
    /// [`Code::EmailInvalid`], [`Code::SpanBackwards`] of an absence.
    pub fn set_person(&mut self, person: &Person) -> Result<Wrote> {
        let mut person = person.clone().in_one_form();
        let before = self.person(person.id)?.and_then(|known| known.role);
        if person.role != before {
            person.set_role(person.role);
        }
        let name = needed("full_name", &person.full_name)?;
        if let Some(email) = &person.email
            && !person::is_email(email)
        {
            return Err(Error::new(Code::EmailInvalid).with("given", email));
        }
        for &(from, to) in &person.away {
            check_span(from, to)?;
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

    /// Takes a person off the list.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`].
    pub fn remove_person(&mut self, id: PersonId) -> Result<Wrote> {
        let unknown = || Error::new(Code::PersonUnknown).with("given", id);
        let mut person = self.person(id)?.ok_or_else(unknown)?;
        person.removed = true;
        // Whoever goes may be called and written as they are: nothing of them is checked.
        self.put(&person)
    }

    /// Makes two people one who are one: `kept` takes over what the other has more, their shifts,
    /// the calls to them and who they are as an operator; the other goes off the list. What was
    /// written of both stays in the history of both.
    ///
    /// # Errors
    /// [`Code::PersonItself`] when both are the same, [`Code::PersonUnknown`].
    pub fn merge_people(&mut self, kept: PersonId, other: PersonId) -> Result<()> {
        let people = self.people()?;
        let of = |id: PersonId| {
            let found = people.iter().find(|person| person.id == id).cloned();
            found.ok_or_else(|| Error::new(Code::PersonUnknown).with("given", id))
        };
        let (mut person, mut gone) = (of(kept)?, of(other)?);
        if kept == other {
            return Err(Error::new(Code::PersonItself).with("given", &person.full_name));
        }
        person.take_over(&gone);
        // What is told of the time before is told of both.
        self.since = Some(self.now());
        let shifts = self.shifts()?;
        for mut shift in shifts.into_iter().filter(|shift| shift.person == other) {
            shift.person = kept;
            self.put_shift(shift, Comes::HandedOver)?;
        }
        let operators = self.operators()?;
        for mut operator in operators
            .into_iter()
            .filter(|known| known.person == Some(other))
        {
            operator.person = Some(kept);
            self.put(&operator)?;
        }
        for mut drill in self
            .drills()?
            .into_iter()
            .filter(|drill| drill.person == other)
        {
            drill.person = kept;
            self.put(&drill)?;
        }
        gone.removed = true;
        gone.same_as = Some(kept);
        self.put(&gone)?;
        self.put(&person.in_one_form())?;
        Ok(())
    }

    /// The person that `given` names.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], [`Code::PersonAmbiguous`].
    pub fn find_person(&self, given: &str) -> Result<Person> {
        person::find(&self.people()?, given).cloned()
    }

    /// The person that `given` names where a unit is known, as [`person::find_at`].
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], [`Code::PersonAmbiguous`].
    pub fn find_person_at(&self, unit: UnitId, given: &str) -> Result<Person> {
        person::find_at(&self.people()?, unit, given).cloned()
    }

    /// Who goes and who comes in their place, at a unit when one is given. Who goes may be off the
    /// list already; who comes is one of the same unit first.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], [`Code::PersonAmbiguous`].
    pub fn find_both(
        &self,
        person: &str,
        by: &str,
        unit: Option<UnitId>,
    ) -> Result<(Person, Person)> {
        let at_unit = unit.map(|unit| self.find_person_at(unit, person));
        let person = match at_unit {
            Some(Err(error)) if error.code != Code::PersonUnknown => return Err(error),
            Some(Ok(person)) => person,
            None | Some(Err(_)) => self.find_card(person)?,
        };
        let by = self.find_person_at(unit.unwrap_or(person.unit), by)?;
        Ok((person, by))
    }
}
