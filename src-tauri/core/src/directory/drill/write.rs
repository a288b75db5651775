//! Calls that tell whether numbers answer.

use crate::book::Writing;
use crate::directory::drill::{Drill, Outcome};
use crate::error::{Code, Error, Result};
use crate::id::PersonId;
use crate::text::{Phone, tidy_some};

impl Writing<'_> {
    /// Notes a call to somebody, on their first number unless another is given; an empty one is
    /// none.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], [`Code::PhoneInvalid`].
    pub fn add_drill(
        &mut self,
        person: PersonId,
        number: Option<&str>,
        outcome: Outcome,
        minutes: Option<u32>,
        note: Option<&str>,
    ) -> Result<Drill> {
        let called = self
            .person(person)?
            .ok_or_else(|| Error::new(Code::PersonUnknown).with("given", person))?;
        let number = match number.and_then(tidy_some) {
            Some(given) => {
                let invalid = |_| Error::new(Code::PhoneInvalid).with("given", &given);
                Some(Phone::read(&given).map_err(invalid)?)
            }
            None => called.number().cloned(),
        };
        let drill = Drill {
            id: self.new_id()?,
            person,
            number,
            at: self.now(),
            operator: self.author().operator,
            outcome,
            minutes: minutes.filter(|_| outcome == Outcome::CalledBack),
            note: note.and_then(tidy_some),
            removed: false,
        };
        self.put(&drill)?;
        Ok(drill)
    }
}
