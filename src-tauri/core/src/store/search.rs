//! The word index of the log's lines. It is filled in batches when nobody waits; lines that are
//! not in it yet are looked through one by one.

use rusqlite::{Connection, params};

use super::Reader;
use super::record::Sites;
use super::row_key;
use crate::entry::Entry;
use crate::error::Result;
use crate::text::fold;

/// Fewer lines than this are looked through faster than indexed.
const BATCH: i64 = 500;

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
    /// The newest lines that have a word beginning with each of these folded words.
    pub(crate) fn lines_with(self, words: &[String], limit: usize) -> Result<Vec<Entry>> {
        let sites = self.named_sites()?;
        let mut keys = Vec::new();
        for (site, _) in sites.sites.iter() {
            let tail = Tail::of(self, site)?;
            let mut lines = self
                .conn
                .prepare_cached("SELECT record, text FROM entry WHERE record BETWEEN ?1 AND ?2 ORDER BY record DESC")?;
            let mut rows = lines.query([tail.from, tail.to])?;
            let mut found = 0;
            while let Some(row) = rows.next()? {
                let text = fold(&row.get::<_, String>(1)?);
                if words.iter().all(|word| {
                    text.split(' ')
                        .any(|known| known.starts_with(word.as_str()))
                }) {
                    keys.push(row.get::<_, i64>(0)?);
                    found += 1;
                    if found == limit {
                        break;
                    }
                }
            }
        }
        let terms: Vec<String> = words.iter().map(|word| format!("\"{word}\"*")).collect();
        let mut index = self.conn.prepare_cached(
            "SELECT rowid FROM entry_words WHERE entry_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2",
        )?;
        let rows = index.query_map(params![terms.join(" AND "), limit as i64], |row| row.get(0))?;
        for key in rows {
            keys.push(key?);
        }
        keys.iter().map(|&key| self.entry_at(&sites, key)).collect()
    }
}
