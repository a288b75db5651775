//! Operators, and what the book goes by.

use rusqlite::Row;
use std::collections::BTreeMap;

use super::{id, maybe_id};
use crate::error::Result;
use crate::id::OperatorId;
use crate::office::operator::Operator;
use crate::store::Reader;

const OPERATOR: &str =
    "SELECT id, name, person FROM operator WHERE removed IS NULL AND name IS NOT NULL";

fn operator(row: &Row<'_>) -> rusqlite::Result<Operator> {
    Ok(Operator {
        id: id::<OperatorId>(row, 0)?,
        name: row.get(1)?,
        person: maybe_id(row, 2)?,
        removed: false,
    })
}

impl Reader<'_> {
    /// The operators, in the order in which they first wrote.
    ///
    /// # Errors
    /// Those of the store.
    pub fn operators(self) -> Result<Vec<Operator>> {
        self.all(&format!("{OPERATOR} ORDER BY id"), &[], operator)
    }

    /// What the book goes by, where it is not what is usual: by key.
    ///
    /// # Errors
    /// Those of the store.
    pub fn settings(self) -> Result<BTreeMap<String, String>> {
        let rows = self.all(
            "SELECT key, value FROM setting \
             WHERE removed IS NULL AND key IS NOT NULL AND value IS NOT NULL",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(rows.into_iter().collect())
    }
}
