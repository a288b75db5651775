//! What keeps finding fast: the word index of the log's lines, and how the directory in memory
//! learns what is new.
//!
//! The index is filled in batches when nobody waits; lines that are not in it yet are looked
//! through one by one.

use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use uuid::Uuid;

use super::record::Sites;
use super::{Reader, row_key, site_and_seq};
use crate::error::Result;
use crate::id::SiteId;
use crate::journal::{Body, Kind};
use crate::log::entry::Entry;
use crate::text::fold;

/// Fewer lines than this are looked through faster than indexed.
const BATCH: i64 = 500;
/// So many lines may be read to see whether they say what is looked for.
const FEW: f64 = 100.0;
/// By so many of its lines the share of a word is judged.
const SAMPLE: i64 = 32;

/// Indexes the lines that are not in the index yet, when there are enough of them.
pub(crate) fn index_lines(conn: &mut Connection) -> Result<()> {
    let sites = Sites::load(conn)?;
    for (site, _) in sites.iter() {
        let tail = Tail::of(Reader { conn }, site)?;
        if tail.count(conn)? < BATCH {
            continue;
        }
        let transaction =
            conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let tail = Tail::of(Reader { conn: &transaction }, site)?;
        {
            let mut lines = transaction
                .prepare_cached("SELECT record, text FROM entry WHERE record BETWEEN ?1 AND ?2")?;
            let mut rows = lines.query([tail.from, tail.to])?;
            let mut index = transaction
                .prepare_cached("INSERT INTO entry_words (rowid, words) VALUES (?1, ?2)")?;
            let mut mark = transaction
                .prepare_cached("INSERT OR REPLACE INTO indexed (site, record) VALUES (?1, ?2)")?;
            while let Some(row) = rows.next()? {
                let key: i64 = row.get(0)?;
                index.execute(params![key, fold(&row.get::<_, String>(1)?)])?;
                mark.execute([site, key])?;
            }
        }
        transaction.commit()?;
    }
    Ok(())
}

/// The lines of a site behind its index mark.
struct Tail {
    from: i64,
    to: i64,
}

impl Tail {
    fn of(reader: Reader<'_>, site: i64) -> Result<Self> {
        let from = reader
            .conn
            .prepare_cached("SELECT ifnull((SELECT record FROM indexed WHERE site = ?1), ?2)")?
            .query_row([site, row_key(site, 0)], |row| row.get::<_, i64>(0))?;
        Ok(Self {
            from: from + 1,
            to: row_key(site + 1, 0) - 1,
        })
    }

    fn count(&self, conn: &Connection) -> Result<i64> {
        Ok(conn.query_row(
            "SELECT count(*) FROM entry WHERE record BETWEEN ?1 AND ?2",
            [self.from, self.to],
            |row| row.get(0),
        )?)
    }
}

impl Reader<'_> {
    /// The newest lines, newest first, in which each of these folded words begins a word.
    pub(crate) fn lines_with(self, words: &str, limit: usize) -> Result<Vec<Entry>> {
        let sites = self.named_sites()?;
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut lines = Vec::new();
        for (site, _) in sites.sites.iter() {
            let tail = Tail::of(self, site)?;
            let rest = (row_key(site, 0), tail.from - 1);
            let before = lines.len();
            let unindexed = "SELECT record, text FROM entry \
                 WHERE record BETWEEN ?1 AND ?2 AND ?3 IS NULL ORDER BY record DESC";
            let span = (tail.from, tail.to);
            self.saying(unindexed, span, None, &words, limit, &mut lines)?;
            let limit = limit - (lines.len() - before);
            if limit > 0 {
                let indexed = "SELECT rowid, (SELECT text FROM entry WHERE record = entry_words.rowid) \
                     FROM entry_words WHERE rowid BETWEEN ?1 AND ?2 AND entry_words MATCH ?3 \
                     ORDER BY rowid DESC";
                let telling = self.telling(&words, rest)?;
                self.saying(indexed, rest, Some(telling), &words, limit, &mut lines)?;
            }
        }
        lines.sort_unstable_by(|a, b| b.cmp(a));
        lines.truncate(limit);
        let entries = lines.iter().map(|&(_, key)| self.entry_at(&sites, key));
        entries.collect()
    }

    /// Adds the first lines of a query that say the words, each with its clock and key.
    fn saying(
        self,
        sql: &str,
        (from, to): (i64, i64),
        given: Option<String>,
        words: &[&str],
        limit: usize,
        lines: &mut Vec<(i64, i64)>,
    ) -> Result<()> {
        let mut clock = self
            .conn
            .prepare_cached("SELECT hlc FROM record WHERE id = ?1")?;
        let mut query = self.conn.prepare_cached(sql)?;
        let mut rows = query.query(params![from, to, given])?;
        let mut left = limit;
        while left > 0
            && let Some(row) = rows.next()?
        {
            let key: i64 = row.get(0)?;
            if says(row.get_ref(1)?.as_str().unwrap_or_default(), words) {
                lines.push((clock.query_row([key], |row| row.get(0))?, key));
                left -= 1;
            }
        }
        Ok(())
    }

    /// What to ask the index for within a span of keys: the rarest of the words, so many that few
    /// lines are left to be read. The index passes every line of every word it is asked for.
    fn telling(self, words: &[&str], span: (i64, i64)) -> Result<String> {
        let mut shares = Vec::new();
        for word in words {
            let term = format!("\"{word}\"*");
            shares.push((self.share(&term, span)?, term));
        }
        shares.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let mut lines = (span.1 - span.0) as f64;
        let mut terms: Vec<String> = Vec::new();
        for (share, term) in shares {
            if terms.is_empty() || lines > FEW {
                terms.push(term);
                lines *= share;
            }
        }
        Ok(terms.join(" AND "))
    }

    /// About which share of the lines in a span has a term, judging by the newest that have it.
    fn share(self, term: &str, (from, to): (i64, i64)) -> Result<f64> {
        let oldest: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT rowid FROM entry_words WHERE rowid BETWEEN ?1 AND ?2 AND entry_words MATCH ?3 \
                 ORDER BY rowid DESC LIMIT 1 OFFSET ?4",
            )?
            .query_row(params![from, to, term, SAMPLE - 1], |row| row.get(0))
            .optional()?;
        let passed = to - oldest.unwrap_or(from) + 1;
        Ok(SAMPLE as f64 / passed as f64)
    }
}

/// Whether each of these words begins a word of the text.
fn says(text: &str, words: &[&str]) -> bool {
    let text = fold(text);
    let begins = |word: &&str| text.split(' ').any(|known| known.starts_with(*word));
    words.iter().all(begins)
}

/// How far the journal was looked through, site by site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bookmark(HashMap<SiteId, Place>);

/// How far one site's journal was.
#[derive(Debug, Clone, Default)]
struct Place {
    last: u64,
    /// Records before the last one that were not there yet.
    gaps: Vec<RangeInclusive<u64>>,
}

/// What the journal says since it was looked through last.
pub(crate) enum News {
    /// Something of these nouns, if any.
    Of(HashSet<(Kind, Uuid)>),
    /// So much that it is better read from the tables.
    Much,
}

impl News {
    /// Whether it may be of nouns of these kinds.
    pub(crate) fn is_of(&self, kinds: &[Kind]) -> bool {
        match self {
            Self::Of(nouns) => nouns.iter().any(|(kind, _)| kinds.contains(kind)),
            Self::Much => true,
        }
    }
}

impl Reader<'_> {
    /// The nouns that records behind a bookmark speak of, when those are not too `many`. The
    /// bookmark is moved to the journal's end.
    pub(crate) fn news(self, bookmark: &mut Bookmark, many: u64) -> Result<News> {
        let sites = Sites::load(self.conn)?;
        let mut fresh = 0;
        let mut spans = Vec::new();
        let mut left = bookmark.0.len();
        for (number, id) in sites.iter() {
            left -= usize::from(bookmark.0.contains_key(&id));
            let place = bookmark.0.entry(id).or_default();
            let last = self.last_seq(number)?;
            // A journal that became shorter is another one.
            fresh += last.checked_sub(place.last).unwrap_or(many + 1);
            spans.push((number, id, std::mem::replace(&mut place.last, last)));
        }
        if left > 0 || fresh > many {
            bookmark.0.retain(|id, _| sites.number(*id).is_some());
            return Ok(News::Much);
        }
        let mut nouns = HashSet::new();
        for (number, id, before) in spans {
            let place = bookmark.0.entry(id).or_default();
            let mut unread = std::mem::take(&mut place.gaps);
            if place.last > before {
                unread.push(before + 1..=place.last);
            }
            for span in unread {
                self.nouns_of(number, span, &mut nouns, &mut place.gaps)?;
            }
        }
        Ok(News::Of(nouns))
    }

    /// The nouns that a span of a site's records speaks of, and the gaps in it.
    fn nouns_of(
        self,
        site: i64,
        span: RangeInclusive<u64>,
        nouns: &mut HashSet<(Kind, Uuid)>,
        gaps: &mut Vec<RangeInclusive<u64>>,
    ) -> Result<()> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id, body FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id")?;
        let mut rows = query.query([row_key(site, *span.start()), row_key(site, *span.end())])?;
        let mut next = *span.start();
        while let Some(row) = rows.next()? {
            let (_, seq) = site_and_seq(row.get(0)?);
            if seq > next {
                gaps.push(next..=seq - 1);
            }
            next = seq + 1;
            let body = row.get_ref(1)?.as_bytes().ok();
            if let Some(body) = body.and_then(Body::from_bytes) {
                nouns.extend(body.change.nouns());
            }
        }
        if next <= *span.end() {
            gaps.push(next..=*span.end());
        }
        Ok(())
    }

    fn last_seq(self, site: i64) -> Result<u64> {
        let last: Option<i64> = self
            .conn
            .prepare_cached("SELECT max(id) FROM record WHERE id BETWEEN ?1 AND ?2")?
            .query_row([row_key(site, 0), row_key(site + 1, 0) - 1], |row| {
                row.get(0)
            })?;
        Ok(last.map_or(0, |key| site_and_seq(key).1))
    }
}
