//! Lines of the log.

use serde::Serialize;
use specta::Type;

use super::incident::IncidentRef;
use super::names::Names;
use super::unit::UnitRef;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::IncidentId;
use crate::log::entry::{Entry, Kind, Line, Means};
use crate::store::{LogFilter, Reader};

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LineRow {
    /// What people call it: `DLK-148`.
    #[serde(serialize_with = "super::text")]
    #[specta(type = String)]
    pub line: Line,
    /// Its number at its site.
    pub number: u64,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was written down.
    pub recorded_at: Instant,
    /// Who wrote it.
    pub author: String,
    /// What it tells.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// The incident it belongs to.
    pub incident: Option<IncidentRef>,
    /// The unit it speaks of.
    pub unit: Option<UnitRef>,
    /// Whether it was written long after it happened.
    pub late: bool,
    /// Why it was written so late.
    pub late_reason: Option<String>,
    /// Why it was decided so.
    pub grounds: Option<String>,
    /// Who was told.
    pub whom: Option<String>,
    /// How.
    pub channel: Option<Means>,
    /// On which number.
    pub dialled: Option<String>,
    /// Files that belong to it.
    pub files: Vec<FileRow>,
    /// Whether the computer's clock had gone back when it was written.
    pub clock_back: bool,
    /// The line it corrects.
    #[serde(serialize_with = "super::maybe_text")]
    #[specta(type = Option<String>)]
    pub corrects: Option<Line>,
    /// Why it corrects it.
    pub reason: Option<String>,
    /// The line that corrects this one.
    #[serde(serialize_with = "super::maybe_text")]
    #[specta(type = Option<String>)]
    pub corrected_by: Option<Line>,
}

/// A file that was attached to a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FileRow {
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// The BLAKE3 hash of its bytes, which tells it from others of the line.
    pub hash: String,
}

/// Some lines.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LogRows {
    /// The lines, newest first.
    pub rows: Vec<LineRow>,
    /// Whether there are older ones.
    pub more: bool,
    /// How many lines fit; told with the newest of them only.
    pub total: Option<u64>,
}

impl Names {
    /// A line with the names behind its ids.
    #[must_use]
    pub fn line(&self, entry: &Entry) -> LineRow {
        LineRow {
            line: entry.line(),
            number: entry.number,
            occurred_at: entry.occurred_at,
            recorded_at: entry.recorded_at,
            author: self.operator(entry.operator).to_owned(),
            kind: entry.kind,
            text: entry.text.clone(),
            incident: entry.incident.and_then(|id| self.incident(id)),
            unit: entry.unit.and_then(|id| self.unit(id)),
            late: entry.is_late(),
            late_reason: entry.late_reason.clone(),
            grounds: entry.grounds.clone(),
            whom: entry.whom.clone(),
            channel: entry.channel,
            dialled: entry.dialled.clone(),
            files: entry
                .files
                .iter()
                .map(|file| FileRow {
                    name: file.name.clone(),
                    size: file.size,
                    hash: file.hash.clone(),
                })
                .collect(),
            clock_back: entry.clock_back,
            corrects: entry.corrects.clone(),
            reason: entry.reason.clone(),
            corrected_by: entry.corrected_by.clone(),
        }
    }
}

/// Lines, newest first: `limit` of those written before the line `before`, or the newest.
///
/// # Errors
/// Those of the store.
pub fn page(
    book: Reader<'_>,
    filter: &LogFilter,
    before: Option<&Line>,
    limit: usize,
) -> Result<LogRows> {
    let page = book.log_page(filter, before, limit)?;
    let names = Names::read(book)?;
    Ok(LogRows {
        rows: page.entries.iter().map(|entry| names.line(entry)).collect(),
        more: page.more,
        total: match before {
            Some(_) => None,
            None => Some(book.log_count(filter)?),
        },
    })
}

/// Lines, oldest first: of one incident where it is given, and the `last` of them where a number
/// is.
///
/// # Errors
/// Those of the store.
pub fn lines(
    book: Reader<'_>,
    of: Option<IncidentId>,
    last: Option<usize>,
) -> Result<Vec<LineRow>> {
    let entries = match (of, last) {
        // The whole log is long; its end is quickly read.
        (None, Some(last)) => book.last_entries(last)?,
        (of, last) => {
            let mut entries = book.entries(of)?;
            let count = entries.len();
            entries.split_off(count - last.unwrap_or(count).min(count))
        }
    };
    let names = Names::read(book)?;
    Ok(entries.iter().map(|entry| names.line(entry)).collect())
}
