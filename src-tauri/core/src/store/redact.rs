//! What a redaction does: rows that are no more, bodies that are dropped, and the free pages of
//! the file, which forget them too.

use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use uuid::Uuid;

use super::open::BUSY;
use super::record::Sites;
use super::{Reader, SEQ_LARGEST, row_key};
use crate::clock::{Instant, Stamp};
use crate::error::{Code, Error, Result};
use crate::id::{OperatorId, PersonId};
use crate::journal::{Body, Change, Kind, Redact};
use crate::privacy::redaction::Redaction;

/// The first redaction of a noun counts, whichever came first.
const TOMBSTONE: &str = "INSERT INTO tombstone (noun, since) VALUES (?1, ?2) \
     ON CONFLICT (noun) DO UPDATE SET since = min(since, excluded.since)";

pub(super) fn apply_redact(
    conn: &Connection,
    sites: &mut Sites,
    key: i64,
    stamp: Stamp,
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
    for record in &redact.records {
        let Some(site) = record.site().filter(|_| record.seq <= SEQ_LARGEST) else {
            continue;
        };
        let key = row_key(sites.number_or_new(conn, site)?, record.seq);
        conn.prepare_cached("INSERT OR IGNORE INTO dropped (record) VALUES (?1)")?
            .execute([key])?;
        conn.prepare_cached("DELETE FROM stray WHERE record = ?1")?
            .execute([key])?;
    }
    // Only people and what speaks of them alone can be dropped.
    let nouns = redact.nouns.iter();
    for noun in nouns.filter(|noun| matches!(noun.kind, Kind::Person | Kind::Drill)) {
        let table = noun.kind.key();
        conn.prepare_cached(TOMBSTONE)?
            .execute(params![noun.id, stamp.hlc.millis() as i64])?;
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE id = ?1"))?
            .execute([noun.id])?;
        conn.prepare_cached(
            "INSERT OR IGNORE INTO stray (record, noun) SELECT record, noun FROM history \
             WHERE noun = ?1 AND record NOT IN (SELECT record FROM dropped)",
        )?
        .execute([noun.id])?;
        conn.prepare_cached("DELETE FROM history WHERE noun = ?1")?
            .execute([noun.id])?;
    }
    for record in &redact.records {
        if let Some(site) = record.site().filter(|_| record.seq <= SEQ_LARGEST) {
            drop_body(conn, row_key(sites.number_or_new(conn, site)?, record.seq))?;
        }
    }
    conn.prepare_cached("INSERT OR IGNORE INTO residue (redaction) VALUES (?1)")?
        .execute([key])?;
    Ok(())
}

/// Notes a record that speaks of a noun that is no more and that no redaction names.
pub(super) fn apply_stray(conn: &Connection, key: i64, noun: Uuid) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO stray (record, noun) SELECT ?1, ?2 \
         WHERE ?1 NOT IN (SELECT record FROM dropped)",
    )?
    .execute(params![key, noun])?;
    Ok(())
}

/// How long the file is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

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

/// The redactions after which the file or its copies may still hold what was dropped.
pub(crate) fn residue(conn: &Connection) -> Result<Vec<i64>> {
    let mut query = conn.prepare_cached("SELECT redaction FROM residue")?;
    let keys = query.query_map([], |row| row.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

/// Writes the file anew, so that no free page and no write-ahead log holds what was dropped.
pub(crate) fn purge(conn: &Connection) -> Result<()> {
    // What is written beside it is as large as the book, and has no place in memory.
    conn.pragma_update(None, "temp_store", "file")?;
    let written = conn.execute_batch("VACUUM");
    conn.pragma_update(None, "temp_store", "memory")?;
    written?;
    // Whoever reads for long is not waited for: it is tried again.
    conn.busy_timeout(PATIENCE)?;
    let busy = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    conn.busy_timeout(BUSY)?;
    match busy? {
        true => Err(Error::new(Code::BookBusy)),
        false => Ok(()),
    }
}

/// Notes that of these redactions no residue is left.
pub(crate) fn without_residue(conn: &Connection, redactions: &[i64]) -> Result<()> {
    for redaction in redactions {
        conn.prepare_cached("DELETE FROM residue WHERE redaction = ?1")?
            .execute([redaction])?;
    }
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
             ORDER BY record.hlc DESC, record.hash",
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
        let mut query = self
            .conn
            .prepare_cached("SELECT noun, since FROM tombstone")?;
        let rows = query.query_map([], |row| {
            Ok((row.get(0)?, Instant::from_millis(row.get(1)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Records of nouns that are no more which no redaction names yet: each with the noun.
    pub(crate) fn stray_records(self) -> Result<Vec<(i64, Uuid)>> {
        let mut query = self
            .conn
            .prepare_cached("SELECT record, noun FROM stray ORDER BY record")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Calls to people who are no more.
    pub(crate) fn stray_drills(self) -> Result<Vec<Uuid>> {
        let mut query = self.conn.prepare_cached(
            "SELECT id FROM drill WHERE person IN (SELECT noun FROM tombstone) ORDER BY id",
        )?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
