//! The nouns' tables: their columns, and typed reads.
//!
//! To add a noun: its struct in a file of its own, a [`Kind`], a table in a new migration, its
//! columns in [`columns`], a reader in one of the files beside.

mod directory;
mod duty;
mod incident;
mod log;
mod office;
mod submission;

use rusqlite::{Row, ToSql};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::sync::LazyLock;
use uuid::Uuid;

use super::{Reader, stored_unknown};
use crate::clock::{Hlc, Instant, Stamp};
use crate::error::Result;
use crate::journal::Kind;

/// How a field stands in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Text,
    Number,
    Flag,
    Reference,
    List,
}

/// A noun's table and its statements.
pub(crate) struct Noun {
    pub(crate) columns: &'static [(&'static str, Column)],
    pub(crate) select: String,
    pub(crate) insert: String,
    pub(crate) update: String,
}

pub(crate) const fn columns(kind: Kind) -> &'static [(&'static str, Column)] {
    use Column::{Flag, List, Number, Reference, Text};
    match kind {
        Kind::Unit => &[
            ("code", Text),
            ("name", Text),
            ("short_name", Text),
            ("group", Text),
            ("parent", Reference),
            ("phone", Text),
            ("email", Text),
            ("address", Text),
            ("note", Text),
            ("aliases", List),
            ("ours", Flag),
            ("ended_at", Number),
            ("began_at", Number),
            ("succeeded_by", Reference),
            ("removed", Flag),
        ],
        Kind::Person => &[
            ("unit", Reference),
            ("full_name", Text),
            ("title", Text),
            ("role", Text),
            ("role_text", Text),
            ("mobiles", List),
            ("landline", Text),
            ("email", Text),
            ("note", Text),
            ("sort_name", Text),
            ("same_as", Reference),
            ("away", List),
            ("removed", Flag),
        ],
        Kind::Period => &[
            ("name", Text),
            ("from", Number),
            ("to", Number),
            ("posts", List),
            ("groups", List),
            ("due_at", Number),
            ("letter", Text),
            ("needs", List),
            ("overlap", Number),
            ("asked_at", Number),
            ("removed", Flag),
        ],
        Kind::Shift => &[
            ("period", Reference),
            ("unit", Reference),
            ("post", Text),
            ("person", Reference),
            ("from", Number),
            ("to", Number),
            ("standing", Flag),
            ("pattern", Text),
            ("reason", Text),
            ("removed", Flag),
        ],
        Kind::Incident => &[
            ("number", Text),
            ("title", Text),
            ("unit", Reference),
            ("type", Text),
            ("severity", Text),
            ("status", Text),
            ("detected_at", Number),
            ("closed_at", Number),
            ("note", Text),
            ("owner", Reference),
            ("rated_at", Number),
            ("answers", List),
            ("units", List),
            ("related", List),
            ("system_level", Number),
            ("tlp", Text),
            ("confidential", Flag),
            ("description", Text),
            ("systems", Text),
            ("purpose", Text),
            ("operating_unit", Text),
            ("owner_body", Text),
            ("security_provider", Text),
            ("connection_provider", Text),
            ("os", Text),
            ("services", Text),
            ("measures", Text),
            ("public_ip", Text),
            ("domains", Text),
            ("detected_by", Text),
            ("informed", Text),
            ("support", Text),
            ("cause", Text),
            ("scope", Text),
            ("remedy", Text),
            ("result", Text),
            ("damage", Text),
            ("removed", Flag),
        ],
        Kind::Submission => &[
            ("period", Reference),
            ("unit", Reference),
            ("state", Text),
            ("document", Text),
            ("received_at", Number),
            ("due_at", Number),
            ("said_at", Number),
            ("removed", Flag),
        ],
        Kind::Operator => &[("name", Text), ("person", Reference), ("removed", Flag)],
        Kind::Reminder => &[
            ("period", Reference),
            ("unit", Reference),
            ("at", Number),
            ("operator", Reference),
            ("note", Text),
            ("removed", Flag),
        ],
        Kind::Drill => &[
            ("person", Reference),
            ("number", Text),
            ("at", Number),
            ("operator", Reference),
            ("outcome", Text),
            ("minutes", Number),
            ("note", Text),
            ("removed", Flag),
        ],
        Kind::Notice => &[
            ("incident", Reference),
            ("profile", Text),
            ("rule", Text),
            ("recipient", Text),
            ("made_at", Number),
            ("due_at", Number),
            ("told", Text),
            ("told_unit", Reference),
            ("sent_at", Number),
            ("channel", Text),
            ("whom", Text),
            ("document", Text),
            ("acknowledged_at", Number),
            ("waived_at", Number),
            ("reason", Text),
            ("removed", Flag),
        ],
        Kind::Setting => &[("key", Text), ("value", Text), ("removed", Flag)],
        Kind::Handover => &[
            ("giver", Reference),
            ("whom", Text),
            ("from", Number),
            ("to", Number),
            ("text", Text),
            ("note", Text),
            ("head", Text),
            ("state", Text),
            ("receiver", Reference),
            ("received_at", Number),
            ("remarks", Text),
            ("removed", Flag),
        ],
        Kind::Acceptance => &[
            ("unit", Reference),
            ("post", Text),
            ("person", Reference),
            ("flaw", Text),
            ("from", Number),
            ("to", Number),
            ("reason", Text),
            ("removed", Flag),
        ],
        Kind::DutySheet => &[
            ("from", Number),
            ("to", Number),
            ("group", Text),
            ("unit", Reference),
            ("without_numbers", Flag),
            ("number", Number),
            ("at", Number),
            ("head", Text),
            ("removed", Flag),
        ],
        Kind::Arrival => &[
            ("at", Number),
            ("units", List),
            ("news", List),
            ("removed", Flag),
        ],
    }
}

/// The table of a kind of noun.
pub(crate) fn noun(kind: Kind) -> &'static Noun {
    static NOUNS: LazyLock<Vec<Noun>> = LazyLock::new(|| {
        Kind::ALL
            .iter()
            .map(|&kind| Noun::new(kind.key(), columns(kind)))
            .collect()
    });
    &NOUNS[kind as usize]
}

impl Noun {
    fn new(table: &str, columns: &'static [(&'static str, Column)]) -> Self {
        let names: Vec<String> = columns
            .iter()
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        let all = format!("{}, hlc, site, clocks", names.join(", "));
        let marks: Vec<String> = (1..=columns.len() + 4).map(|n| format!("?{n}")).collect();
        let sets: Vec<String> = all
            .split(", ")
            .zip(&marks)
            .map(|(name, mark)| format!("{name} = {mark}"))
            .collect();
        Self {
            columns,
            select: format!("SELECT {all} FROM {table} WHERE id = ?1"),
            insert: format!(
                "INSERT INTO {table} ({all}, id) VALUES ({})",
                marks.join(", ")
            ),
            update: format!(
                "UPDATE {table} SET {} WHERE id = ?{}",
                sets.join(", "),
                columns.len() + 4
            ),
        }
    }
}

/// A stored list; what it holds and this program does not know is an error, never left out.
fn list<T: DeserializeOwned>(row: &Row<'_>, noun: Kind, at: usize) -> rusqlite::Result<Vec<T>> {
    let text: Option<String> = row.get(at)?;
    let Some(text) = text else {
        return Ok(Vec::new());
    };
    serde_json::from_str(&text).map_err(|_| strange(row, noun, at, &text))
}

/// A stored word; one that this program does not know is an error, never taken for another.
fn one<T: DeserializeOwned>(row: &Row<'_>, noun: Kind, at: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(at)?;
    let Some(text) = text else { return Ok(None) };
    match serde_json::from_value(Value::String(text.clone())) {
        Ok(known) => Ok(Some(known)),
        Err(_) => Err(strange(row, noun, at, &text)),
    }
}

/// What is said of a value in a row whose first column is the noun's id.
fn strange(row: &Row<'_>, noun: Kind, at: usize, given: &str) -> rusqlite::Error {
    let field = row.as_ref().column_name(at).unwrap_or_default();
    match row.get::<_, Uuid>(0) {
        Ok(id) => stored_unknown(noun.key(), id, field, given).into(),
        Err(unreadable) => unreadable,
    }
}

/// A noun as a blank one with what was said of it by then.
///
/// # Errors
/// [`Code::StoredUnknown`] for the first field whose value does not fit.
pub(super) fn of_fields<T: DeserializeOwned>(
    noun: Kind,
    id: Uuid,
    blank: Map<String, Value>,
    said: impl IntoIterator<Item = (String, Value)>,
) -> Result<T> {
    let said: Vec<(String, Value)> = said.into_iter().collect();
    let mut fields = blank.clone();
    fields.extend(said.iter().cloned());
    serde_json::from_value(fields.into()).map_err(|cause| {
        let is_strange = |(field, value): &&(String, Value)| {
            let mut alone = blank.clone();
            alone.insert(field.clone(), value.clone());
            serde_json::from_value::<T>(alone.into()).is_err()
        };
        match said.iter().find(is_strange) {
            Some((field, value)) => stored_unknown(noun.key(), id, field, value),
            None => stored_unknown(noun.key(), id, "?", cause),
        }
    })
}

fn id<T: From<Uuid>>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    row.get::<_, Uuid>(at).map(T::from)
}

fn maybe_id<T: From<Uuid>>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<Uuid>>(at)?.map(T::from))
}

fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Instant> {
    row.get(at).map(Instant::from_millis)
}

fn maybe_moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Instant>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Instant::from_millis))
}

/// When a field was written, where `hlc, clocks` of its row stand from a column on.
fn written(row: &Row<'_>, at: usize, field: &str) -> rusqlite::Result<Hlc> {
    let of_row = Hlc(row.get::<_, i64>(at)? as u64);
    let clocks: Option<String> = row.get(at + 1)?;
    let own = clocks.and_then(|text| {
        let clocks: Map<String, Value> = serde_json::from_str(&text).ok()?;
        clocks.get(field)?.as_str()?.parse::<Stamp>().ok()
    });
    Ok(own.map_or(of_row, |own| own.hlc))
}

impl Reader<'_> {
    /// All rows of a question.
    fn all<T>(
        self,
        sql: &str,
        given: &[&dyn ToSql],
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut query = self.conn.prepare_cached(sql)?;
        let rows = query.query_map(given, |row| read(row))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
