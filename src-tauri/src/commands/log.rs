//! The log: read by pages, added to, corrected.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::entry::{Kind, Line};
use sotruc_core::id::{IncidentId, OperatorId, UnitId};
use sotruc_core::{Correction, LogFilter, NewLine};
use specta::Type;

use super::Shared;
use super::view::{LineRow, Names};
use crate::ipc_error::Answer;

/// Which lines are asked for.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct LogQuery {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// By this operator.
    pub operator: Option<OperatorId>,
    /// Of this incident.
    pub incident: Option<IncidentId>,
    /// Of this unit.
    pub unit: Option<UnitId>,
    /// That happened from here on.
    pub from: Option<Instant>,
    /// And before this.
    pub to: Option<Instant>,
    /// With these words.
    pub words: String,
}

/// Some lines.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LogRows {
    /// Newest first.
    pub rows: Vec<LineRow>,
    /// Whether there are older ones.
    pub more: bool,
    /// How many lines the book has.
    pub total: u64,
}

/// A line to be written.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct LineForm {
    /// The words.
    pub text: String,
    /// What it tells.
    pub kind: Kind,
    /// When it happened; now, when not given.
    pub occurred_at: Option<Instant>,
    /// The incident it belongs to.
    pub incident: Option<IncidentId>,
    /// The unit it speaks of.
    pub unit: Option<UnitId>,
}

/// Lines, newest first: `limit` of those written before the line `before`, or the newest.
#[tauri::command]
#[specta::specta]
pub async fn log_page(
    desk: Shared<'_>,
    query: LogQuery,
    before: Option<String>,
    limit: usize,
) -> Answer<LogRows> {
    desk.read(move |book, _| {
        let filter = LogFilter {
            kind: query.kind,
            operator: query.operator,
            incident: query.incident,
            unit: query.unit,
            from: query.from,
            to: query.to,
            words: query.words,
        };
        let before = before.map(|line| Line::parse(&line, "")).transpose()?;
        let page = book.log_page(&filter, before.as_ref(), limit)?;
        let names = Names::read(book)?;
        Ok(LogRows {
            rows: page.entries.iter().map(|entry| names.line(entry)).collect(),
            more: page.more,
            total: book.entry_count()?,
        })
    })
    .await
}

/// Writes a line and gives what people call it; it is durable then.
#[tauri::command]
#[specta::specta]
pub async fn add_line(desk: Shared<'_>, form: LineForm) -> Answer<String> {
    desk.write(move |write| {
        let line = write.log(&NewLine {
            text: form.text,
            kind: form.kind,
            occurred: form.occurred_at,
            incident: form.incident,
            unit: form.unit,
        })?;
        Ok(line.to_string())
    })
    .await
}

/// Strikes a line through by writing another, and gives what people call that one.
#[tauri::command]
#[specta::specta]
pub async fn correct_line(
    desk: Shared<'_>,
    line: String,
    text: String,
    reason: String,
) -> Answer<String> {
    desk.write(move |write| {
        let line = Line::parse(&line, "")?;
        let correction = Correction::from(text.as_str());
        Ok(write.correct(&line, &correction, &reason)?.to_string())
    })
    .await
}
