//! Lines of the log, as they are read.

use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use super::record::Sites;
use super::{Reader, row_key, site_and_seq, stored_unknown};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::{IncidentId, OperatorId, UnitId};
use crate::log::entry::plain_name;
use crate::log::entry::{Attached, Entry, Kind, Line, Means};

const LINES: &str = "SELECT entry.record, entry.number, entry.occurred_at, record.wall, author.id, \
     entry.kind, entry.text, entry.incident, entry.unit, \
     target.record, target.number, entry.reason, newer.record, newer.number, \
     entry.late_reason, entry.grounds, entry.whom, entry.channel, entry.dialled, entry.files, \
     record.wall < (SELECT before.wall FROM record AS before WHERE before.id = entry.record - 1) \
     FROM entry JOIN record ON record.id = entry.record \
     LEFT JOIN author ON author.number = record.operator \
     LEFT JOIN entry AS target ON target.record = entry.corrects \
     LEFT JOIN entry AS newer ON newer.record = \
       (SELECT later.record FROM entry AS later JOIN record AS r ON r.id = later.record \
        WHERE later.corrects = entry.record ORDER BY r.hlc DESC, later.record DESC LIMIT 1)";

/// Whether the record before is later.
const CLOCK_BACK: &str =
    "record.wall < (SELECT before.wall FROM record AS before WHERE before.id = entry.record - 1)";

impl Reader<'_> {
    /// The lines in the order in which they were written, those of one incident or all.
    ///
    /// # Errors
    /// Those of the store.
    pub fn entries(self, incident: Option<IncidentId>) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        self.each_line(LINES, incident, &mut |entry| {
            entries.push(entry);
            Ok(())
        })?;
        Ok(entries)
    }

    /// [`Reader::entries`], one after the other, without [`Entry::clock_back`].
    ///
    /// # Errors
    /// Those of the store and of `each`.
    pub fn each_entry(
        self,
        incident: Option<IncidentId>,
        mut each: impl FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        // Whether the clock went back is looked up line by line, and nobody asks it of all.
        self.each_line(&LINES.replace(CLOCK_BACK, "NULL"), incident, &mut each)
    }

    fn each_line(
        self,
        lines: &str,
        incident: Option<IncidentId>,
        each: &mut dyn FnMut(Entry) -> Result<()>,
    ) -> Result<()> {
        let sites = self.named_sites()?;
        let filter = if incident.is_some() {
            "WHERE entry.incident = ?1"
        } else {
            "WHERE ?1 IS NULL"
        };
        // Within one site the order of the records is that of their clocks, and costs nothing.
        let order = match sites.sites.iter().count() {
            1 => "entry.record",
            _ => "record.hlc, entry.record",
        };
        let mut query = self
            .conn
            .prepare_cached(&format!("{lines} {filter} ORDER BY {order}"))?;
        let mut rows = query.query([incident.map(|id| id.0)])?;
        while let Some(row) = rows.next()? {
            each(sites.entry(row)?)?;
        }
        Ok(())
    }

    /// The newest lines, oldest of them first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn last_entries(self, count: usize) -> Result<Vec<Entry>> {
        let sites = self.named_sites()?;
        let mut keys: Vec<(i64, i64)> = Vec::new();
        for (site, _) in sites.sites.iter() {
            let mut query = self.conn.prepare_cached(
                "SELECT record.hlc, entry.record FROM entry JOIN record ON record.id = entry.record \
                 WHERE entry.record BETWEEN ?1 AND ?2 ORDER BY entry.record DESC LIMIT ?3",
            )?;
            let given = [row_key(site, 0), row_key(site + 1, 0) - 1, count as i64];
            let rows = query.query_map(given, |row| Ok((row.get(0)?, row.get(1)?)))?;
            keys.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        keys.sort_unstable();
        let newest = &keys[keys.len().saturating_sub(count)..];
        newest
            .iter()
            .map(|(_, key)| self.entry_at(&sites, *key))
            .collect()
    }

    /// The line of this name.
    ///
    /// # Errors
    /// [`Code::LineUnknown`], and those of the store.
    pub fn line(self, line: &Line) -> Result<Entry> {
        let sites = self.named_sites()?;
        let key = self.line_key(&sites, line)?;
        self.entry_at(&sites, key)
    }

    /// The key of the line of this name.
    pub(super) fn line_key(self, sites: &NamedSites, line: &Line) -> Result<i64> {
        for (site, _) in sites
            .sites
            .iter()
            .filter(|(site, _)| sites.code(*site) == line.site)
        {
            if let Some(key) = self.key_of_line(site, line.number)? {
                return Ok(key);
            }
        }
        Err(Error::new(Code::LineUnknown).with("given", line))
    }

    pub(crate) fn named_sites(self) -> Result<NamedSites> {
        let sites = Sites::load(self.conn)?;
        let codes = sites
            .iter()
            .map(|(number, id)| Ok((number, self.site_code(number, id)?)))
            .collect::<Result<_>>()?;
        Ok(NamedSites { sites, codes })
    }

    pub(crate) fn entry_at(self, sites: &NamedSites, key: i64) -> Result<Entry> {
        let mut query = self
            .conn
            .prepare_cached(&format!("{LINES} WHERE entry.record = ?1"))?;
        Ok(query.query_row([key], |row| sites.entry(row))?)
    }

    /// The number of a site's newest line; 0 before its first.
    pub(crate) fn last_line_number(self, site: i64) -> Result<u64> {
        let number = self
            .conn
            .prepare_cached("SELECT number FROM entry WHERE record BETWEEN ?1 AND ?2 ORDER BY record DESC LIMIT 1")?
            .query_row([row_key(site, 0), row_key(site + 1, 0) - 1], |row| row.get::<_, i64>(0))
            .optional()?;
        Ok(number.unwrap_or(0) as u64)
    }

    /// Halves the span of a site's records: its line numbers rise with them.
    fn key_of_line(self, site: i64, number: u64) -> Result<Option<i64>> {
        let mut query = self
            .conn
            .prepare_cached("SELECT record, number FROM entry WHERE record BETWEEN ?1 AND ?2 ORDER BY record LIMIT 1")?;
        let (mut low, mut high) = (row_key(site, 0), row_key(site + 1, 0) - 1);
        while low <= high {
            let middle = low + (high - low) / 2;
            let found = query
                .query_row([middle, high], |row| {
                    Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)? as u64))
                })
                .optional()?;
            match found {
                Some((key, found)) if found == number => return Ok(Some(key)),
                Some((key, found)) if found < number => low = key + 1,
                _ => high = middle - 1,
            }
        }
        Ok(None)
    }

    /// The lines that were written since a moment, in the order in which they were.
    ///
    /// # Errors
    /// Those of the store.
    pub fn entries_since(self, from: Instant) -> Result<Vec<Entry>> {
        let sites = self.named_sites()?;
        let mut lines = Vec::new();
        for (site, _) in sites.sites.iter() {
            let mut query = self.conn.prepare_cached(&format!(
                "{LINES} WHERE entry.record BETWEEN ?1 AND ?2 ORDER BY entry.record DESC"
            ))?;
            let mut rows = query.query([row_key(site, 0), row_key(site + 1, 0) - 1])?;
            while let Some(row) = rows.next()? {
                let entry = sites.entry(row)?;
                if entry.recorded_at < from {
                    break;
                }
                lines.push(entry);
            }
        }
        lines.sort_by_key(|entry| (entry.recorded_at, entry.site, entry.seq));
        Ok(lines)
    }

    /// Every attached file, with the record of its line.
    pub(crate) fn each_attached(self, mut each: impl FnMut(i64, &Attached)) -> Result<()> {
        let mut query = self.conn.prepare_cached(
            "SELECT record, files FROM entry WHERE files IS NOT NULL ORDER BY record",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            // A list that cannot be read is not what the journal says: that is found by itself.
            let files: Vec<Attached> =
                serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default())
                    .unwrap_or_default();
            for file in &files {
                each(row.get(0)?, file);
            }
        }
        Ok(())
    }

    /// The hash of every attached file that a line names.
    ///
    /// # Errors
    /// Those of the store; [`Code::StoredUnknown`] for a list that cannot be read: nobody can say
    /// what it names.
    pub(crate) fn each_named(self, mut each: impl FnMut(&str)) -> Result<()> {
        let mut query = self
            .conn
            .prepare_cached("SELECT files FROM entry WHERE files IS NOT NULL")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(0)?.as_str().unwrap_or_default();
            let files: Vec<Attached> = serde_json::from_str(text).map_err(|_| {
                Error::new(Code::StoredUnknown)
                    .with("noun", "entry")
                    .with("field", "files")
                    .with("given", text)
            })?;
            for file in &files {
                each(&file.hash);
            }
        }
        Ok(())
    }

    /// The names of the lines of which any words pass a test, in the order of site and number.
    pub(crate) fn lines_that(self, test: impl Fn(&str) -> bool) -> Result<Vec<Line>> {
        let sites = self.named_sites()?;
        let mut query = self.conn.prepare_cached(
            "SELECT record, number, text, reason, late_reason, grounds, whom, dialled, \
                 (SELECT group_concat(value ->> 'name', ' ') FROM json_each(files)) \
             FROM entry ORDER BY record",
        )?;
        let mut rows = query.query([])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let mut says = false;
            for column in 2..9 {
                says |= row.get_ref(column)?.as_str().is_ok_and(&test);
            }
            if says {
                lines.push(Line {
                    site: sites.code(site_and_seq(row.get(0)?).0).to_owned(),
                    number: row.get::<_, i64>(1)? as u64,
                });
            }
        }
        Ok(lines)
    }

    /// How many lines an operator wrote.
    pub(crate) fn lines_by(self, operator: OperatorId) -> Result<u64> {
        let count = self
            .conn
            .prepare_cached(
                "SELECT count(*) FROM entry JOIN record ON record.id = entry.record \
                 JOIN author ON author.number = record.operator WHERE author.id = ?1",
            )?
            .query_row([operator.0], |row| row.get::<_, i64>(0))?;
        Ok(count as u64)
    }

    /// How many lines the book has: every site numbers its own without gaps.
    ///
    /// # Errors
    /// Those of the store.
    pub fn entry_count(self) -> Result<u64> {
        let sites = Sites::load(self.conn)?;
        let counts = sites.iter().map(|(site, _)| self.last_line_number(site));
        counts.sum()
    }
}

/// Sites with the codes that people know them by.
pub(crate) struct NamedSites {
    pub(crate) sites: Sites,
    codes: Vec<(i64, String)>,
}

impl NamedSites {
    pub(crate) fn has_code(&self, code: &str) -> bool {
        self.codes.iter().any(|(_, known)| known == code)
    }

    pub(crate) fn code(&self, number: i64) -> &str {
        let found = self.codes.iter().find(|(known, _)| *known == number);
        found.map_or("?", |(_, code)| code)
    }

    fn entry(&self, row: &Row<'_>) -> rusqlite::Result<Entry> {
        let (site, seq) = site_and_seq(row.get(0)?);
        let line = |key: Option<i64>, number: Option<i64>| {
            key.zip(number).map(|(key, number)| Line {
                site: self.code(site_and_seq(key).0).to_owned(),
                number: number as u64,
            })
        };
        let number = row.get::<_, i64>(1)? as u64;
        let site_code = self.code(site).to_owned();
        Ok(Entry {
            site: self.sites.id(site),
            seq,
            number,
            occurred_at: Instant::from_millis(row.get(2)?),
            recorded_at: Instant::from_millis(row.get(3)?),
            operator: OperatorId(row.get::<_, Option<Uuid>>(4)?.unwrap_or_default()),
            kind: known((&site_code, number), "kind", row.get(5)?, Kind::parse)?,
            text: row.get(6)?,
            incident: row.get::<_, Option<Uuid>>(7)?.map(IncidentId),
            unit: row.get::<_, Option<Uuid>>(8)?.map(UnitId),
            corrects: line(row.get(9)?, row.get(10)?),
            reason: row.get(11)?,
            corrected_by: line(row.get(12)?, row.get(13)?),
            late_reason: row.get(14)?,
            grounds: row.get(15)?,
            whom: row.get(16)?,
            channel: row
                .get::<_, Option<String>>(17)?
                .map(|channel| known((&site_code, number), "channel", channel, Means::parse))
                .transpose()?,
            dialled: row.get(18)?,
            files: row
                .get::<_, Option<String>>(19)?
                .map(|files| known((&site_code, number), "files", files, read_files))
                .transpose()?
                .unwrap_or_default()
                .into_iter()
                .map(|file| Attached {
                    name: plain_name(&file.name),
                    ..file
                })
                .collect(),
            clock_back: row.get::<_, Option<bool>>(20)?.unwrap_or_default(),
            site_code,
        })
    }
}

fn read_files(text: &str) -> serde_json::Result<Vec<Attached>> {
    serde_json::from_str(text)
}

/// What a word in the row of a line means; one that this program does not know is an error.
fn known<T, E>(
    (site, number): (&str, u64),
    field: &str,
    given: String,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> rusqlite::Result<T> {
    let line = || Line {
        site: site.to_owned(),
        number,
    };
    read(&given).map_err(|_| stored_unknown("entry", line(), field, given).into())
}
