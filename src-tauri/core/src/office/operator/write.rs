//! Operators: chosen by name when somebody takes the watch.

use crate::book::{Writing, Wrote, needed};
use crate::directory::person::same_name;
use crate::error::{Code, Error, Result};
use crate::id::OperatorId;
use crate::office::operator::Operator;

impl Writing<'_> {
    /// Adds an operator; one of that name who may be chosen already is given back.
    ///
    /// # Errors
    /// [`Code::Empty`].
    pub fn add_operator(&mut self, name: &str) -> Result<Operator> {
        let name = needed("operator", name)?;
        // Whoever writes first becomes an operator too, and may be the one.
        self.begin()?;
        if let Some(known) = self.operator_named(&name)? {
            return Ok(known);
        }
        let operator = Operator {
            id: self.new_id()?,
            person: self.own_person_named(&name)?,
            name,
            removed: false,
        };
        self.put(&operator)?;
        Ok(operator)
    }

    /// The operator with this identity.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`].
    fn operator_of(&self, id: OperatorId) -> Result<Operator> {
        let mut operators = self.operators()?.into_iter();
        let found = operators.find(|operator| operator.id == id);
        found.ok_or_else(|| Error::new(Code::PersonUnknown).with("given", id))
    }

    /// Writes an operator's name anew, and gives them as they are kept.
    ///
    /// # Errors
    /// As [`Writing::set_operator`]; [`Code::PersonUnknown`] when there is none of this identity.
    pub fn rename_operator(&mut self, id: OperatorId, name: &str) -> Result<Operator> {
        let mut operator = self.operator_of(id)?;
        operator.name = needed("operator", name)?;
        self.set_operator(&operator)?;
        Ok(operator)
    }

    /// Takes an operator off the list of those who may be chosen.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`] when there is none of this identity.
    pub fn remove_operator(&mut self, id: OperatorId) -> Result<Wrote> {
        let mut operator = self.operator_of(id)?;
        operator.removed = true;
        self.set_operator(&operator)
    }

    /// Writes an operator as they are given.
    ///
    /// # Errors
    /// [`Code::OperatorExists`] when another who may be chosen has that name, [`Code::Empty`].
    pub fn set_operator(&mut self, operator: &Operator) -> Result<Wrote> {
        let operator = Operator {
            name: needed("operator", &operator.name)?,
            ..operator.clone()
        };
        let taken =
            |other: &Operator| other.id != operator.id && same_name(&other.name, &operator.name);
        if !operator.removed && self.operators()?.iter().any(taken) {
            return Err(Error::new(Code::OperatorExists).with("given", &operator.name));
        }
        self.put(&operator)
    }
}
