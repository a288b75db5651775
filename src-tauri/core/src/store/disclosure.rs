//! What left the book.

use rusqlite::{Connection, params};

use super::{Reader, site_and_seq, stored_unknown};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::{OperatorId, PersonId, UnitId};
use crate::privacy::disclosure::{Disclosed, Disclosure, Extract};

pub(super) fn apply_disclosure(conn: &Connection, key: i64, disclosure: &Disclosure) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO disclosure (record, what, form, file, without_numbers, unit, person) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        key,
        disclosure.what.key(),
        disclosure.form,
        disclosure.file,
        disclosure.without_numbers,
        disclosure.unit.map(|id| id.0),
        disclosure.person.map(|id| id.0),
    ])?;
    Ok(())
}

impl Reader<'_> {
    /// What left the book, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn disclosures(self) -> Result<Vec<Disclosed>> {
        let mut query = self.conn.prepare_cached(
            "SELECT record.wall, author.id, what, form, file, without_numbers, unit, person, disclosure.record \
             FROM disclosure JOIN record ON record.id = disclosure.record \
             JOIN author ON author.number = record.operator \
             ORDER BY record.hlc DESC, record.hash",
        )?;
        let rows = query.query_map([], |row| {
            let what: String = row.get(2)?;
            let seq = site_and_seq(row.get(8)?).1;
            let strange = |_| stored_unknown("disclosure", seq, "what", &what);
            Ok(Disclosed {
                at: Instant::from_millis(row.get(0)?),
                operator: OperatorId(row.get(1)?),
                disclosure: Disclosure {
                    what: Extract::parse(&what).map_err(strange)?,
                    form: row.get(3)?,
                    file: row.get(4)?,
                    without_numbers: row.get(5)?,
                    unit: row.get::<_, Option<_>>(6)?.map(UnitId),
                    person: row.get::<_, Option<_>>(7)?.map(PersonId),
                },
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
