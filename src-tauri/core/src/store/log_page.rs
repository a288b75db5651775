//! The log by the page, newest lines first.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};
use uuid::Uuid;

use super::{Reader, row_key};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::{IncidentId, OperatorId, UnitId};
use crate::log::entry::{Entry, Kind, Line};
use crate::text::fold;

/// Which lines of the log are asked for; what is not given lets every line through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Lines of this kind.
    pub kind: Option<Kind>,
    /// Lines that this operator wrote.
    pub operator: Option<OperatorId>,
    /// Lines of this incident.
    pub incident: Option<IncidentId>,
    /// Lines that speak of this unit.
    pub unit: Option<UnitId>,
    /// Lines of what happened at this moment or later.
    pub from: Option<Instant>,
    /// Lines of what happened before this moment.
    pub to: Option<Instant>,
    /// Lines in which each of these words begins a word; accents and case do not matter.
    pub words: String,
}

/// Lines that speak of a unit, or of one in whose place it stands.
const OF_UNIT: &str = "entry.unit IN (WITH RECURSIVE line (id) AS \
     (SELECT ? UNION SELECT unit.id FROM unit JOIN line ON unit.succeeded_by = line.id) \
     SELECT id FROM line)";

/// Some lines of the log, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogPage {
    /// The lines.
    pub entries: Vec<Entry>,
    /// Whether older lines fit too.
    pub more: bool,
}

/// How lines are looked up: one after the other, or those that the word index names.
#[derive(Clone, Copy)]
enum Through {
    Lines,
    Words,
}

/// When and where a line was written: the order of the log.
type Place = (i64, i64);

const AUTHOR_IS: &str = "(SELECT operator FROM record WHERE record.id = entry.record) = \
     (SELECT number FROM author WHERE author.id = ?)";

/// A filter as the store asks it.
struct Wanted {
    /// Conditions on a row of `entry`, each with its value.
    conditions: Vec<(&'static str, Value)>,
    /// Folded words.
    words: Vec<String>,
}

impl Wanted {
    fn of(filter: &LogFilter) -> Self {
        let text = |text: &str| Value::Text(text.to_owned());
        let id = |id: Uuid| Value::Blob(id.as_bytes().to_vec());
        let moment = |at: Instant| Value::Integer(at.millis());
        let conditions = [
            ("entry.kind = ?", filter.kind.map(|kind| text(kind.key()))),
            (
                "entry.incident = ?",
                filter.incident.map(|given| id(given.0)),
            ),
            (OF_UNIT, filter.unit.map(|given| id(given.0))),
            ("entry.occurred_at >= ?", filter.from.map(moment)),
            ("entry.occurred_at < ?", filter.to.map(moment)),
            (AUTHOR_IS, filter.operator.map(|given| id(given.0))),
        ];
        let given = conditions
            .into_iter()
            .filter_map(|(condition, value)| Some((condition, value?)));
        Self {
            conditions: given.collect(),
            words: fold(&filter.words)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Whether each of the words begins a word of the text.
    fn fits(&self, text: &str) -> bool {
        let folded = match self.words.is_empty() {
            true => return true,
            false => fold(text),
        };
        self.words.iter().all(|word| {
            folded
                .split(' ')
                .any(|known| known.starts_with(word.as_str()))
        })
    }
}

impl Reader<'_> {
    /// The newest lines that fit, so many at most; those before a line, when one is given. The
    /// order is that of [`Reader::entries`], backwards.
    ///
    /// # Errors
    /// [`crate::Code::LineUnknown`] when there is no line `before`, and those of the store.
    pub fn log_page(
        self,
        filter: &LogFilter,
        before: Option<&Line>,
        limit: usize,
    ) -> Result<LogPage> {
        let sites = self.named_sites()?;
        let end = match before {
            Some(line) => {
                let key = self.line_key(&sites, line)?;
                self.newest_place(key, key)?
            }
            None => None,
        };
        let wanted = Wanted::of(filter);
        let mut places: Vec<Place> = Vec::new();
        for (site, _) in sites.sites.iter() {
            let (from, mut to) = (row_key(site, 0), row_key(site + 1, 0) - 1);
            if let Some(end) = end {
                to = self.last_before(end, from, to)?;
            }
            for key in self.fitting(&wanted, site, (from, to), limit.saturating_add(1))? {
                places.extend(self.newest_place(key, key)?);
            }
        }
        places.sort_unstable_by(|a, b| b.cmp(a));
        let more = places.len() > limit;
        places.truncate(limit);
        let entries = places
            .iter()
            .map(|&(_, key)| self.entry_at(&sites, key))
            .collect::<Result<_>>()?;
        Ok(LogPage { entries, more })
    }

    /// How many lines fit.
    ///
    /// # Errors
    /// Those of the store.
    pub fn log_count(self, filter: &LogFilter) -> Result<u64> {
        let wanted = Wanted::of(filter);
        if wanted.conditions.is_empty() && wanted.words.is_empty() {
            return self.entry_count();
        }
        let mut count = 0;
        for (site, _) in self.named_sites()?.sites.iter() {
            let span = (row_key(site, 0), row_key(site + 1, 0) - 1);
            count += self.fitting(&wanted, site, span, usize::MAX)?.len() as u64;
        }
        Ok(count)
    }

    /// The keys of a site's newest lines that fit, within a span of its keys.
    fn fitting(
        self,
        wanted: &Wanted,
        site: i64,
        (from, to): (i64, i64),
        enough: usize,
    ) -> Result<Vec<i64>> {
        if wanted.words.is_empty() {
            return self.fitting_in(Through::Lines, wanted, (from, to), enough);
        }
        // Lines that are not in the word index yet are the newest of their site.
        let indexed = self
            .conn
            .prepare_cached("SELECT record FROM indexed WHERE site = ?1")?
            .query_row([site], |row| row.get(0))
            .optional()?
            .unwrap_or(from);
        let tail = (from.max(indexed + 1), to);
        let mut keys = self.fitting_in(Through::Lines, wanted, tail, enough)?;
        if keys.len() < enough {
            let (span, rest) = ((from, to.min(indexed)), enough - keys.len());
            keys.extend(self.fitting_in(Through::Words, wanted, span, rest)?);
        }
        Ok(keys)
    }

    fn fitting_in(
        self,
        through: Through,
        wanted: &Wanted,
        (from, to): (i64, i64),
        enough: usize,
    ) -> Result<Vec<i64>> {
        let mut given = vec![Value::Integer(from), Value::Integer(to)];
        let (tables, key) = match through {
            Through::Lines => ("entry", "entry.record"),
            Through::Words => (
                "entry_words CROSS JOIN entry ON entry.record = entry_words.rowid",
                "entry_words.rowid",
            ),
        };
        let mut sql =
            format!("SELECT entry.record, entry.text FROM {tables} WHERE {key} BETWEEN ? AND ?");
        if let Through::Words = through {
            let terms: Vec<String> = wanted
                .words
                .iter()
                .map(|word| format!("\"{word}\"*"))
                .collect();
            sql.push_str(" AND entry_words MATCH ?");
            given.push(Value::Text(terms.join(" AND ")));
        }
        for (condition, value) in &wanted.conditions {
            sql.push_str(" AND ");
            sql.push_str(condition);
            given.push(value.clone());
        }
        sql.push_str(&format!(" ORDER BY {key} DESC"));
        let mut query = self.conn.prepare_cached(&sql)?;
        let mut rows = query.query(params_from_iter(given))?;
        let mut keys = Vec::new();
        while keys.len() < enough
            && let Some(row) = rows.next()?
        {
            if wanted.fits(row.get_ref(1)?.as_str().unwrap_or_default()) {
                keys.push(row.get(0)?);
            }
        }
        Ok(keys)
    }

    /// The place of the newest record in a span of one site's keys.
    fn newest_place(self, from: i64, to: i64) -> Result<Option<Place>> {
        let place = self
            .conn
            .prepare_cached(
                "SELECT hlc, id FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1",
            )?
            .query_row([from, to], |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(place.optional()?)
    }

    /// The last key of a site's span that lies before a place. Halves the span: the clocks of a
    /// site's records rise with their keys.
    fn last_before(self, end: Place, mut from: i64, mut to: i64) -> Result<i64> {
        while from <= to {
            let middle = from + (to - from) / 2;
            match self.newest_place(from, middle)? {
                Some(place) if place >= end => to = place.1 - 1,
                _ => from = middle + 1,
            }
        }
        Ok(to)
    }
}
