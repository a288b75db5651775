//! The journal's rows: sites, authors, records.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Reader, row_key, site_and_seq};
use crate::clock::{Hlc, Instant};
use crate::error::{Code, Error, Result};
use crate::id::{OperatorId, SiteId};
use crate::journal::{Body, Change, Content, Hash, Record, SiteOpening};

/// The sites of a book by their local number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sites(Vec<(i64, SiteId)>);

impl Sites {
    pub(crate) fn load(conn: &Connection) -> Result<Self> {
        let mut query = conn.prepare_cached("SELECT number, id FROM site ORDER BY number")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, SiteId(row.get(1)?))))?;
        Ok(Self(rows.collect::<rusqlite::Result<_>>()?))
    }

    pub(crate) fn id(&self, number: i64) -> SiteId {
        let found = self.0.iter().find(|(known, _)| *known == number);
        found.map_or(SiteId([0; 16]), |(_, id)| *id)
    }

    pub(crate) fn number(&self, id: SiteId) -> Option<i64> {
        let found = self.0.iter().find(|(_, known)| *known == id);
        found.map(|(number, _)| *number)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, SiteId)> + '_ {
        self.0.iter().copied()
    }

    /// The number of a site, given to it now when it is new.
    pub(crate) fn number_or_new(&mut self, conn: &Connection, id: SiteId) -> Result<i64> {
        if let Some(number) = self.number(id) {
            return Ok(number);
        }
        let number = self.0.last().map_or(1, |(last, _)| last + 1);
        conn.prepare_cached("INSERT INTO site (number, id) VALUES (?1, ?2)")?
            .execute(params![number, id.0])?;
        self.0.push((number, id));
        Ok(number)
    }
}

/// The local number of an author, given now when new.
pub(crate) fn author_number(conn: &Connection, id: OperatorId) -> Result<i64> {
    let known = conn
        .prepare_cached("SELECT number FROM author WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    conn.prepare_cached("INSERT INTO author (id) VALUES (?1)")?
        .execute([id.0])?;
    Ok(conn.last_insert_rowid())
}

/// Appends a record as its site wrote it.
pub(crate) fn append(conn: &Connection, site: i64, author: i64, record: &Record) -> Result<i64> {
    let key = row_key(site, record.seq);
    let (body, body_hash) = match &record.content {
        Content::Whole(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|_| {
                Error::new(Code::RecordUnreadable)
                    .with("site", record.site)
                    .with("seq", record.seq)
            })?;
            (Some(text), None)
        }
        Content::Dropped(hash) => (None, Some(hash.0)),
    };
    conn.prepare_cached(
        "INSERT INTO record (id, hlc, operator, wall, hash, body, seal, body_hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        key,
        record.hlc.0 as i64,
        author,
        record.wall.millis(),
        record.hash.0,
        body,
        record.seal,
        body_hash,
    ])?;
    Ok(key)
}

/// One field of a noun that was written.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// When.
    pub recorded_at: Instant,
    /// From when on it is so: when it was recorded, as a rule.
    pub since: Instant,
    /// By whom.
    pub author: String,
    /// The field, by its stable name.
    pub field: String,
    /// The value it took.
    pub value: serde_json::Value,
    /// The code of the site that wrote it.
    pub site: String,
    /// The record.
    pub seq: u64,
}

/// A site as it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteCard {
    /// What stands before the numbers of its lines; the beginning of its id while its first
    /// record is not here.
    pub code: String,
    /// What people call it; empty while its first record is not here.
    pub name: String,
    /// Whether time in it is given and not asked of the clock.
    pub practice: bool,
}

/// A record as it stands in the file, whatever became of it.
pub(crate) struct StoredRecord {
    pub(crate) site_number: i64,
    pub(crate) record: Record,
    /// Whether hash, seal and author have the form they must have.
    pub(crate) well_formed: bool,
}

const RECORDS: &str = "SELECT record.id, hlc, author.id, wall, hash, body, seal, body_hash \
     FROM record LEFT JOIN author ON author.number = record.operator";

impl Reader<'_> {
    /// The records from one key to another, in order of site and seq.
    pub(crate) fn records_between(
        self,
        sites: &Sites,
        from: i64,
        to: i64,
        mut each: impl FnMut(StoredRecord) -> Result<()>,
    ) -> Result<()> {
        let mut query = self.conn.prepare_cached(&format!(
            "{RECORDS} WHERE record.id BETWEEN ?1 AND ?2 ORDER BY record.id"
        ))?;
        let mut rows = query.query([from, to])?;
        while let Some(row) = rows.next()? {
            each(stored(row, sites)?)?;
        }
        Ok(())
    }

    /// Every record of the book, in order of site and seq.
    ///
    /// # Errors
    /// Those of the store.
    pub fn records(self) -> Result<Vec<Record>> {
        let mut records = Vec::new();
        let sites = Sites::load(self.conn)?;
        self.records_between(&sites, i64::MIN, i64::MAX, |stored| {
            records.push(stored.record);
            Ok(())
        })?;
        Ok(records)
    }

    /// One record.
    pub(crate) fn record(self, sites: &Sites, key: i64) -> Result<Option<Record>> {
        let mut query = self
            .conn
            .prepare_cached(&format!("{RECORDS} WHERE record.id = ?1"))?;
        let mut rows = query.query([key])?;
        match rows.next()? {
            Some(row) => Ok(Some(stored(row, sites)?.record)),
            None => Ok(None),
        }
    }

    /// When the first record of the book was written.
    pub(crate) fn began(self) -> Result<Option<Instant>> {
        let mut began: Option<Instant> = None;
        for (site, _) in Sites::load(self.conn)?.iter() {
            let first: Option<i64> = self
                .conn
                .prepare_cached(
                    "SELECT wall FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 1",
                )?
                .query_row([row_key(site, 0), row_key(site + 1, 0) - 1], |row| {
                    row.get(0)
                })
                .optional()?;
            let first = first.map(Instant::from_millis);
            began = began.into_iter().chain(first).min();
        }
        Ok(began)
    }

    /// The last record of a site.
    pub(crate) fn last_record(self, sites: &Sites, site: i64) -> Result<Option<Record>> {
        let last: Option<i64> = self
            .conn
            .prepare_cached("SELECT max(id) FROM record WHERE id BETWEEN ?1 AND ?2")?
            .query_row([row_key(site, 0), row_key(site + 1, 0) - 1], |row| {
                row.get(0)
            })?;
        match last {
            Some(key) => self.record(sites, key),
            None => Ok(None),
        }
    }

    /// The newest record of the book, by its clock.
    pub(crate) fn newest(self, sites: &Sites) -> Result<Option<Record>> {
        let mut newest: Option<Record> = None;
        for (number, _) in sites.iter() {
            let last = self.last_record(sites, number)?;
            if last.as_ref().map(Record::stamp) > newest.as_ref().map(Record::stamp) {
                newest = last;
            }
        }
        Ok(newest)
    }

    /// Records whose site the book does not know.
    pub(crate) fn records_of_no_site(self) -> Result<Vec<i64>> {
        let mut query = self.conn.prepare_cached(
            "SELECT id FROM record WHERE id >> 40 NOT IN (SELECT number FROM site)",
        )?;
        let keys = query.query_map([], |row| row.get(0))?;
        Ok(keys.collect::<rusqlite::Result<_>>()?)
    }

    /// The seq of the last sealed record of a site before `seq`; 0 when there is none.
    pub(crate) fn sealed_before(self, site: i64, seq: u64) -> Result<u64> {
        let key: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 AND seal IS NOT NULL \
                 ORDER BY id DESC LIMIT 1",
            )?
            .query_row([row_key(site, 0), row_key(site, seq) - 1], |row| row.get(0))
            .optional()?;
        Ok(key.map_or(0, |key| site_and_seq(key).1))
    }

    /// The number of the first record of a site from this one on that closes a transaction; `end`
    /// while none up to there does.
    pub(crate) fn sealed_from(self, site: i64, seq: u64, end: u64) -> Result<u64> {
        let key: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 AND seal IS NOT NULL \
                 ORDER BY id LIMIT 1",
            )?
            .query_row([row_key(site, seq), row_key(site, end)], |row| row.get(0))
            .optional()?;
        Ok(key.map_or(end, |key| site_and_seq(key).1))
    }

    /// The number of the newest record of a site, up to one, that is no line of the log.
    pub(crate) fn newest_that_is_no_line(self, site: i64, end: u64) -> Result<Option<u64>> {
        let key: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 \
                 AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.record = record.id) \
                 ORDER BY id DESC LIMIT 1",
            )?
            .query_row([row_key(site, 1), row_key(site, end)], |row| row.get(0))
            .optional()?;
        Ok(key.map(|key| site_and_seq(key).1))
    }

    /// The keys of the records that speak of one noun, oldest first.
    pub(crate) fn record_keys_of(self, noun: uuid::Uuid) -> Result<Vec<i64>> {
        let mut query = self.conn.prepare_cached(
            "SELECT record FROM history JOIN record ON record.id = history.record \
             WHERE noun = ?1 ORDER BY record.hlc, history.record",
        )?;
        let keys = query.query_map([noun], |row| row.get(0))?;
        Ok(keys.collect::<rusqlite::Result<_>>()?)
    }

    /// What was written about a noun, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn history(self, noun: uuid::Uuid) -> Result<Vec<FieldChange>> {
        let sites = self.named_sites()?;
        let operators: std::collections::HashMap<_, _> = self
            .operators()?
            .into_iter()
            .map(|operator| (operator.id, operator.name))
            .collect();
        let mut changes = Vec::new();
        for key in self.record_keys_of(noun)? {
            let Some(record) = self.record(&sites.sites, key)? else {
                continue;
            };
            let Some(Body {
                change: Change::Set(set),
                ..
            }) = record.body()
            else {
                continue;
            };
            let since = set.since().unwrap_or(record.wall);
            let reason = set
                .reason
                .map(|reason| ("reason".to_owned(), reason.into()));
            for (field, value) in set.fields.into_iter().chain(reason) {
                changes.push(FieldChange {
                    recorded_at: record.wall,
                    since,
                    author: operators.get(&record.operator).cloned().unwrap_or_default(),
                    field,
                    value,
                    site: sites.code(site_and_seq(key).0).to_owned(),
                    seq: record.seq,
                });
            }
        }
        Ok(changes)
    }

    /// Whether the book's time is given and not asked of the clock.
    ///
    /// # Errors
    /// Those of the store.
    pub fn is_practice(self) -> Result<bool> {
        for (number, _) in self.named_sites()?.sites.iter() {
            if let Some(birth) = self.birth(number)? {
                return Ok(birth.practice);
            }
        }
        Ok(false)
    }

    /// The first record of a site, as it says of itself.
    pub(crate) fn birth(self, site: i64) -> Result<Option<SiteOpening>> {
        let birth = self
            .conn
            .prepare_cached(
                "SELECT code, name, public_key, unit, practice, grew_from FROM birth WHERE site = ?1",
            )?
            .query_row([site], |row| {
                Ok(SiteOpening {
                    code: row.get(0)?,
                    name: row.get(1)?,
                    public_key: row.get(2)?,
                    unit: row.get(3)?,
                    practice: row.get(4)?,
                    grew_from: row.get(5)?,
                })
            });
        Ok(birth.optional()?)
    }

    /// The sites that write in the book, in the order in which it came to know them.
    ///
    /// # Errors
    /// Those of the store.
    pub fn sites(self) -> Result<Vec<SiteCard>> {
        let sites = Sites::load(self.conn)?;
        let card = |(number, id)| {
            let birth = self.birth(number)?;
            Ok(SiteCard {
                code: self.site_code(number, id)?,
                practice: birth.as_ref().is_some_and(|birth| birth.practice),
                name: birth.map_or(String::new(), |birth| birth.name),
            })
        };
        sites.iter().map(card).collect()
    }

    /// The name or code of our own unit, as whoever began the book gave it.
    pub(crate) fn named_own_unit(self) -> Result<Option<String>> {
        for (number, _) in Sites::load(self.conn)?.iter() {
            if let Some(SiteOpening {
                unit: Some(unit), ..
            }) = self.birth(number)?
            {
                return Ok(Some(unit));
            }
        }
        Ok(None)
    }

    /// The code of a site, or the beginning of its id while its first record is not here.
    pub(crate) fn site_code(self, site: i64, id: SiteId) -> Result<String> {
        let birth = self.birth(site)?;
        Ok(birth.map_or_else(|| id.to_string()[..8].to_owned(), |birth| birth.code))
    }
}

fn stored(row: &Row<'_>, sites: &Sites) -> rusqlite::Result<StoredRecord> {
    let (site_number, seq) = site_and_seq(row.get(0)?);
    let mut well_formed = true;
    let author = match row.get_ref(2)? {
        ValueRef::Blob(id) => uuid::Uuid::from_slice(id).ok(),
        _ => None,
    };
    let operator = OperatorId(author.unwrap_or_else(|| {
        well_formed = false;
        uuid::Uuid::nil()
    }));
    let mut fixed = |column: usize| -> rusqlite::Result<Option<Vec<u8>>> {
        Ok(match row.get_ref(column)? {
            ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Some(bytes.to_vec()),
            ValueRef::Null => None,
            _ => {
                well_formed = false;
                None
            }
        })
    };
    let hash = fixed(4)?;
    let (body, seal, body_hash) = (fixed(5)?, fixed(6)?, fixed(7)?);
    let hash = hash.and_then(|hash| hash.try_into().ok());
    well_formed &= hash.is_some();
    well_formed &= body.is_some() != body_hash.is_some();
    let body_hash = body_hash.and_then(|hash| hash.try_into().ok());
    let content = match (body, body_hash) {
        (None, Some(hash)) => Content::Dropped(Hash(hash)),
        (body, _) => Content::Whole(body.unwrap_or_default()),
    };
    let seal = match seal.map(TryInto::try_into) {
        None => None,
        Some(Ok(seal)) => Some(seal),
        Some(Err(_)) => {
            well_formed = false;
            None
        }
    };
    Ok(StoredRecord {
        site_number,
        well_formed,
        record: Record {
            site: sites.id(site_number),
            seq,
            hlc: Hlc(row.get::<_, i64>(1)? as u64),
            operator,
            wall: Instant::from_millis(row.get(3)?),
            hash: Hash(hash.unwrap_or_default()),
            content,
            seal,
        },
    })
}

/// One hash over everything that a journal holds, in a file of whatever schema: equal for a book
/// and a whole copy of it.
pub(crate) fn journal_hash(conn: &Connection) -> Result<blake3::Hash> {
    let mut query = conn.prepare("SELECT id, hash, body, seal FROM record ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut hasher = blake3::Hasher::new();
    while let Some(row) = rows.next()? {
        hasher.update(&row.get::<_, i64>(0)?.to_le_bytes());
        for column in 1..4 {
            let bytes = match row.get_ref(column)? {
                ValueRef::Blob(bytes) | ValueRef::Text(bytes) => bytes,
                _ => &[],
            };
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
    }
    Ok(hasher.finalize())
}

/// Closes a transaction with its seal.
pub(crate) fn seal(conn: &Connection, key: i64, seal: &crate::journal::Seal) -> Result<()> {
    conn.prepare_cached("UPDATE record SET seal = ?2 WHERE id = ?1")?
        .execute(params![key, seal])?;
    Ok(())
}
