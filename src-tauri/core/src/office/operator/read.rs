//! An operator found by name.

use crate::directory::person::same_name;
use crate::error::Result;
use crate::office::operator::Operator;
use crate::store::Reader;
use crate::text::one_line;

impl Reader<'_> {
    /// The operator of this name: written just so, or the only one whose name it is without
    /// accents.
    ///
    /// # Errors
    /// Those of the store.
    pub fn operator_named(self, name: &str) -> Result<Option<Operator>> {
        let name = one_line(name);
        let mut operators = self.operators()?;
        if let Some(at) = operators.iter().position(|operator| operator.name == name) {
            return Ok(Some(operators.swap_remove(at)));
        }
        operators.retain(|operator| same_name(&operator.name, &name));
        Ok(match operators.len() {
            1 => operators.pop(),
            _ => None,
        })
    }

    /// The name of an operator as the book keeps it; of one who has not written yet, as it would.
    ///
    /// # Errors
    /// Those of the store.
    pub fn operator_as_kept(self, name: &str) -> Result<String> {
        let known = self.operator_named(name)?;
        Ok(known.map_or_else(|| one_line(name), |known| known.name))
    }
}
