//! What a redaction does: rows that are no more, bodies that are dropped, and the free pages of
//! the file, which forget them too.

use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use super::record::Sites;
use super::{Reader, row_key};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::{OperatorId, PersonId};
use crate::journal::{Body, Change, Redact};
use crate::redaction::Redaction;

pub(super) fn apply_redact(
    conn: &Connection,
    sites: &mut Sites,
    key: i64,
    redact: &Redact,
) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO redaction (record, person, reason, records) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        key,
        redact.person.0,
        redact.reason,
        redact.records.len() as i64,
    ])?;
    for noun in &redact.nouns {
        let table = noun.kind.key();
        // Of two redactions the same one counts, whichever came first.
        conn.prepare_cached(
            "INSERT INTO tombstone (noun, record) VALUES (?1, ?2) \
             ON CONFLICT (noun) DO UPDATE SET record = min(record, excluded.record)",
        )?
        .execute(params![noun.id, key])?;
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?
            .execute([noun.id])?;
        conn.prepare_cached("DELETE FROM history WHERE noun = ?1")?
            .execute([noun.id])?;
    }
    for record in &redact.records {
        if let Some(site) = record.site() {
            let key = row_key(sites.number_or_new(conn, site)?, record.seq);
            conn.prepare_cached("INSERT OR IGNORE INTO dropped (record) VALUES (?1)")?
                .execute([key])?;
            drop_body(conn, key)?;
        }
    }
    conn.prepare_cached("INSERT OR IGNORE INTO residue (redaction) VALUES (?1)")?
        .execute([key])?;
    Ok(())
}

/// Whether nothing is kept of a noun.
pub(super) fn is_gone(conn: &Connection, noun: Uuid) -> Result<bool> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM tombstone WHERE noun = ?1)")?
        .query_row([noun], |row| row.get(0))?)
}

/// Drops the body of a record that a redaction names, where it sets a noun that is no more: a
/// line of the log stays whoever names it.
pub(super) fn drop_body(conn: &Connection, key: i64) -> Result<()> {
    let body: Option<String> = conn
        .prepare_cached(
            "SELECT body FROM record WHERE id = ?1 AND body IS NOT NULL \
             AND id IN (SELECT record FROM dropped)",
        )?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let Some(body) = body else { return Ok(()) };
    if let Some(Change::Set(set)) = Body::from_bytes(body.as_bytes()).map(|body| body.change)
        && is_gone(conn, set.id)?
    {
        conn.prepare_cached("UPDATE record SET body = NULL, body_hash = ?2 WHERE id = ?1")?
            .execute(params![key, blake3::hash(body.as_bytes()).as_bytes()])?;
    }
    Ok(())
}

/// Whether the file or its copies may still hold what was dropped.
pub(crate) fn has_residue(conn: &Connection) -> Result<bool> {
    let found = conn.query_row("SELECT EXISTS (SELECT 1 FROM residue)", [], |row| {
        row.get(0)
    });
    Ok(found?)
}

/// Writes the file anew, so that no free page and no write-ahead log holds what was dropped.
pub(crate) fn purge(conn: &Connection) -> Result<()> {
    conn.execute_batch("VACUUM")?;
    let busy: bool = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    match busy {
        true => Err(Error::new(Code::BookBusy)),
        false => Ok(()),
    }
}

/// Notes that no residue is left.
pub(crate) fn without_residue(conn: &Connection) -> Result<()> {
    conn.execute("DELETE FROM residue", [])?;
    Ok(())
}

impl Reader<'_> {
    /// The records whose bodies redactions dropped.
    pub(crate) fn dropped(self) -> Result<HashSet<i64>> {
        let mut query = self.conn.prepare_cached("SELECT record FROM dropped")?;
        let keys = query.query_map([], |row| row.get(0))?;
        Ok(keys.collect::<rusqlite::Result<_>>()?)
    }

    /// The redactions, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn redactions(self) -> Result<Vec<Redaction>> {
        let mut query = self.conn.prepare_cached(
            "SELECT redaction.person, record.wall, author.id, redaction.reason, redaction.records \
             FROM redaction JOIN record ON record.id = redaction.record \
             JOIN author ON author.number = record.operator \
             ORDER BY record.hlc DESC, record.id DESC",
        )?;
        let rows = query.query_map([], |row| {
            Ok(Redaction {
                person: PersonId(row.get(0)?),
                at: Instant::from_millis(row.get(1)?),
                operator: OperatorId(row.get(2)?),
                reason: row.get(3)?,
                records: row.get::<_, i64>(4)? as u64,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The nouns of which nothing is kept, and since when.
    pub(crate) fn gone(self) -> Result<HashMap<Uuid, Instant>> {
        let mut query = self.conn.prepare_cached(
            "SELECT noun, wall FROM tombstone JOIN record ON record.id = tombstone.record",
        )?;
        let rows = query.query_map([], |row| {
            Ok((row.get(0)?, Instant::from_millis(row.get(1)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
