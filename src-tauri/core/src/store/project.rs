//! The projection: what a record does to the tables. The only writer of the tables.
//!
//! Every field is a register that its latest write wins, by (clock, site), so the tables are the
//! same from any order of the records.

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value as Json;
use uuid::Uuid;

use super::disclosure::apply_disclosure;
use super::nouns::{Column, Noun, noun};
use super::open::scratch;
use super::record::{Sites, append, author_number};
use super::redact::{apply_redact, apply_stray, drop_body, is_gone};
use super::{Reader, row_key, site_and_seq, stored_unknown};
use crate::clock::{Hlc, Stamp};
use crate::error::{Code, Error, Result};
use crate::id::SiteId;
use crate::journal::{Change, Content, EntryChange, Kind, Record, Set};
use crate::log::entry::Means;

/// A field of a noun as it stands: its value and when and where that was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) value: Value,
    pub(crate) stamp: Option<Stamp>,
}

const UNSET: Field = Field {
    value: Value::Null,
    stamp: None,
};

/// Brings the tables up to a change that stands in the journal under `key`.
pub(crate) fn apply(
    conn: &Connection,
    sites: &mut Sites,
    key: i64,
    stamp: Stamp,
    change: &Change,
) -> Result<()> {
    match change {
        Change::Site(birth) => {
            let (site, seq) = site_and_seq(key);
            if seq == 1 {
                conn.prepare_cached(
                    "INSERT OR REPLACE INTO birth (site, code, name, public_key, unit, practice, grew_from) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    site,
                    birth.code,
                    birth.name,
                    birth.public_key,
                    birth.unit,
                    birth.practice,
                    birth.grew_from
                ])?;
            }
            Ok(())
        }
        Change::Set(set) => apply_set(conn, sites, key, stamp, set),
        Change::Entry(entry) => apply_entry(conn, sites, key, entry),
        Change::Redact(redact) => apply_redact(conn, sites, key, stamp, redact),
        Change::Disclosure(disclosure) => apply_disclosure(conn, key, disclosure),
    }
}

fn apply_entry(conn: &Connection, sites: &mut Sites, key: i64, entry: &EntryChange) -> Result<()> {
    let corrects = match &entry.corrects {
        Some(line) => match line.site() {
            Some(site) => Some(row_key(sites.number_or_new(conn, site)?, line.seq)),
            None => None,
        },
        None => None,
    };
    let files = match entry.files.as_slice() {
        [] => None,
        files => Some(serde_json::to_string(files).unwrap_or_default()),
    };
    conn.prepare_cached(
        "INSERT OR REPLACE INTO entry \
         (record, number, occurred_at, kind, text, incident, unit, corrects, reason, late_reason, \
          grounds, whom, channel, dialled, files) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        key,
        entry.number as i64,
        entry.occurred_at.millis(),
        entry.kind.key(),
        entry.text,
        entry.incident.map(|id| id.0),
        entry.unit.map(|id| id.0),
        corrects,
        entry.reason,
        entry.late_reason,
        entry.grounds,
        entry.whom,
        entry.channel.map(Means::key),
        entry.dialled,
        files,
    ])?;
    Ok(())
}

fn apply_set(conn: &Connection, sites: &Sites, key: i64, stamp: Stamp, set: &Set) -> Result<()> {
    if is_gone(conn, set.id)? {
        return apply_stray(conn, key, set.id);
    }
    conn.prepare_cached("INSERT OR IGNORE INTO history (noun, record) VALUES (?1, ?2)")?
        .execute(params![set.id, key])?;
    fold_set(conn, sites, stamp, set)
}

/// What a record does to the row of its noun.
pub(super) fn fold_set(conn: &Connection, sites: &Sites, stamp: Stamp, set: &Set) -> Result<()> {
    let noun = noun(set.kind);
    let known = state(conn, sites, set.kind, set.id)?;
    let is_new = known.is_none();
    let mut fields = known.unwrap_or_else(|| vec![UNSET; noun.columns.len()]);
    let mut changed = false;
    for (field, (name, column)) in fields.iter_mut().zip(noun.columns) {
        if let Some(value) = set.fields.get(*name)
            && field.stamp.is_none_or(|known| known < stamp)
        {
            *field = Field {
                value: column.store(value),
                stamp: Some(stamp),
            };
            changed = true;
        }
    }
    if changed {
        write(conn, sites, noun, set.id, is_new, &fields)?;
    }
    Ok(())
}

/// The fields of a noun in the order of its columns; `None` when no record speaks of it.
pub(crate) fn state(
    conn: &Connection,
    sites: &Sites,
    kind: Kind,
    id: Uuid,
) -> Result<Option<Vec<Field>>> {
    let noun = noun(kind);
    let mut query = conn.prepare_cached(&noun.select)?;
    let mut rows = query.query([id])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let count = noun.columns.len();
    let base = Stamp {
        hlc: Hlc(row.get::<_, i64>(count)? as u64),
        site: sites.id(row.get(count + 1)?),
    };
    let clocks: Option<String> = row.get(count + 2)?;
    let strange = |clocks: &str| stored_unknown(kind.key(), id, "clocks", clocks);
    let clocks: serde_json::Map<String, Json> = match clocks {
        Some(text) => serde_json::from_str(&text).map_err(|_| strange(&text))?,
        None => serde_json::Map::new(),
    };
    let mut fields = Vec::with_capacity(count);
    for (at, (name, _)) in noun.columns.iter().enumerate() {
        let value: Value = row.get(at)?;
        let own = clocks.get(*name).and_then(Json::as_str);
        let own = own.map(|text| text.parse().map_err(|_| strange(text)));
        let own = own.transpose()?;
        let stamp = own.or((value != Value::Null).then_some(base));
        fields.push(Field { value, stamp });
    }
    Ok(Some(fields))
}

/// Writes a noun's row. The row's own clock is the earliest of the fields that have a value;
/// `clocks` names the fields that differ from it, and those that were emptied.
fn write(
    conn: &Connection,
    sites: &Sites,
    noun: &Noun,
    id: Uuid,
    is_new: bool,
    fields: &[Field],
) -> Result<()> {
    let filled = fields.iter().filter(|field| field.value != Value::Null);
    let base = filled
        .filter_map(|field| field.stamp)
        .min()
        .or_else(|| fields.iter().filter_map(|field| field.stamp).min());
    let Some(base) = base else {
        return Ok(());
    };
    let mut clocks = serde_json::Map::new();
    for (field, (name, _)) in fields.iter().zip(noun.columns) {
        if let Some(stamp) = field.stamp
            && (stamp != base || field.value == Value::Null)
        {
            clocks.insert((*name).to_owned(), Json::String(stamp.to_string()));
        }
    }
    let clocks = match clocks.is_empty() {
        true => Value::Null,
        false => Value::Text(Json::Object(clocks).to_string()),
    };
    let tail = [
        Value::Integer(base.hlc.0 as i64),
        Value::Integer(sites.number(base.site).unwrap_or_default()),
        clocks,
        Value::Blob(id.as_bytes().to_vec()),
    ];
    let values = fields.iter().map(|field| &field.value).chain(&tail);
    let sql = if is_new { &noun.insert } else { &noun.update };
    conn.prepare_cached(sql)?
        .execute(params_from_iter(values))?;
    Ok(())
}

impl Column {
    /// The form in which a JSON value stands in the table; what does not fit stands for nothing.
    pub(crate) fn store(self, value: &Json) -> Value {
        match (self, value) {
            (Self::Text, Json::String(text)) => Value::Text(text.clone()),
            (Self::Number, Json::Number(number)) => {
                number.as_i64().map_or(Value::Null, Value::Integer)
            }
            (Self::Flag, Json::Bool(true)) => Value::Integer(1),
            (Self::Reference, Json::String(id)) => id
                .parse::<Uuid>()
                .map_or(Value::Null, |id| Value::Blob(id.as_bytes().to_vec())),
            (Self::List, Json::Array(items)) if !items.is_empty() => Value::Text(value.to_string()),
            _ => Value::Null,
        }
    }

    /// What [`Column::store`] made a table's value of.
    pub(crate) fn load(self, value: &Value) -> Json {
        match (self, value) {
            (Self::Flag, value) => Json::Bool(*value == Value::Integer(1)),
            (Self::List, Value::Text(text)) => serde_json::from_str(text).unwrap_or_default(),
            (Self::List, _) => Json::Array(Vec::new()),
            (_, Value::Text(text)) => Json::String(text.clone()),
            (_, Value::Integer(number)) => Json::from(*number),
            (_, Value::Blob(id)) => {
                Uuid::from_slice(id).map_or(Json::Null, |id| Json::String(id.to_string()))
            }
            _ => Json::Null,
        }
    }
}

/// Tables as a replay of records gives them, in a private temporary place.
pub struct Projection {
    conn: Connection,
    sites: Sites,
}

impl std::fmt::Debug for Projection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Projection")
    }
}

/// A row of the tables that is not what the journal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// The site of the record to look at.
    pub site: SiteId,
    /// Its seq; 0 when no record speaks of it.
    pub seq: u64,
}

/// Tables that the projection writes, and the column that names a row.
const PROJECTED: &[(&str, &str)] = &[
    ("birth", "site"),
    ("unit", "id"),
    ("person", "id"),
    ("period", "id"),
    ("shift", "id"),
    ("incident", "id"),
    ("submission", "id"),
    ("operator", "id"),
    ("reminder", "id"),
    ("drill", "id"),
    ("notice", "id"),
    ("setting", "id"),
    ("handover", "id"),
    ("acceptance", "id"),
    ("duty_sheet", "id"),
    ("arrival", "id"),
    ("entry", "record"),
    ("history", "noun, record"),
    ("redaction", "record"),
    ("tombstone", "noun"),
    ("dropped", "record"),
    ("stray", "record"),
    ("disclosure", "record"),
];

impl Projection {
    /// Empty tables, with the sites numbered in this order.
    ///
    /// # Errors
    /// Those of the store.
    pub fn new(sites: &[SiteId]) -> Result<Self> {
        let conn = scratch()?;
        conn.execute_batch("BEGIN")?;
        let mut known = Sites::default();
        for &site in sites {
            known.number_or_new(&conn, site)?;
        }
        Ok(Self { conn, sites: known })
    }

    /// Adds a record to the journal and to the tables.
    ///
    /// # Errors
    /// [`Code::RecordUnreadable`], and those of the store.
    pub fn take(&mut self, record: &Record) -> Result<()> {
        let site = self.sites.number_or_new(&self.conn, record.site)?;
        let author = author_number(&self.conn, record.operator)?;
        let key = append(&self.conn, site, author, record)?;
        if let Content::Dropped(_) = record.content {
            return Ok(());
        }
        let body = record.body().ok_or_else(|| {
            Error::new(Code::RecordUnreadable)
                .with("site", record.site)
                .with("seq", record.seq)
        })?;
        apply(
            &self.conn,
            &mut self.sites,
            key,
            record.stamp(),
            &body.change,
        )?;
        drop_body(&self.conn, key)
    }

    /// Only the tables' part of [`Projection::take`].
    pub(crate) fn fold(&mut self, key: i64, stamp: Stamp, change: &Change) -> Result<()> {
        apply(&self.conn, &mut self.sites, key, stamp, change)
    }

    /// Reads of these tables.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader { conn: &self.conn }
    }

    /// The first row of `live` that is not as here, table by table.
    ///
    /// # Errors
    /// Those of the store.
    pub fn difference(&self, live: Reader<'_>) -> Result<Option<Difference>> {
        for (table, row) in PROJECTED {
            let sql = format!("SELECT {row}, * FROM {table} ORDER BY {row}");
            let (mut ours, mut theirs) = (self.conn.prepare(&sql)?, live.conn.prepare(&sql)?);
            let width = ours.column_count();
            let (mut ours, mut theirs) = (ours.query([])?, theirs.query([])?);
            loop {
                let read = |row: Option<&rusqlite::Row<'_>>| -> Result<Option<Vec<Value>>> {
                    row.map(|row| (0..width).map(|at| Ok(row.get::<_, Value>(at)?)).collect())
                        .transpose()
                };
                let (ours, theirs) = (read(ours.next()?)?, read(theirs.next()?)?);
                if ours == theirs {
                    if ours.is_none() {
                        break;
                    }
                    continue;
                }
                let name = match (&ours, &theirs) {
                    (Some(a), Some(b)) if smaller(&b[0], &a[0]) => &b[0],
                    (Some(a), _) => &a[0],
                    (None, Some(b)) => &b[0],
                    (None, None) => continue,
                };
                let key = self.record_behind(table, name)?;
                let (site, seq) = site_and_seq(key);
                return Ok(Some(Difference {
                    table,
                    site: self.sites.id(site),
                    seq,
                }));
            }
        }
        Ok(None)
    }

    /// The newest record that speaks of a row.
    fn record_behind(&self, table: &str, name: &Value) -> Result<i64> {
        Ok(match (table, name) {
            ("birth", Value::Integer(site)) => row_key(*site, 1),
            (_, Value::Integer(key)) => *key,
            (_, Value::Blob(noun)) => self.conn.query_row(
                "SELECT ifnull(max(record), (SELECT min(number) << 40 FROM site)) FROM history WHERE noun = ?1",
                [noun],
                |row| row.get::<_, Option<i64>>(0),
            )?.unwrap_or_default(),
            _ => 0,
        })
    }
}

fn smaller(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => a < b,
        (Value::Blob(a), Value::Blob(b)) => a < b,
        _ => false,
    }
}
