//! The book as of a moment: its tables as they stood then, laid over those of today while somebody
//! looks.
//!
//! A question has two times. What is *asked about* is when something was so; what is *known* is what
//! was recorded up to then. Of what was recorded after the moment asked about only that counts which
//! tells of the time before it: which kind of record does so is [`Border::counts`].

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

use super::project::fold_set;
use super::redact::is_gone;
use super::then::shift_of;
use super::{Reader, SEQ_LARGEST, Sites, row_key, site_and_seq};
use crate::clock::{Instant, Stamp};
use crate::duty::coverage::SOON;
use crate::error::Result;
use crate::incident::periodic::tells_of;
use crate::journal::{Body, Change, Content, Kind, Record, Set};
use crate::office::setting::REPORTED;

/// What is laid over the tables of the journal: all but what does not count.
const JOURNAL: &[(&str, &str)] = &[
    ("record", "id"),
    ("history", "record"),
    ("entry", "record"),
    ("disclosure", "record"),
];

impl Reader<'_> {
    /// Reads the book as it stood at a moment, by what was recorded up to `known`, when that is given.
    ///
    /// # Errors
    /// Those of `look` and of the store.
    pub fn as_of<T>(
        self,
        at: Instant,
        known: Option<Instant>,
        look: impl FnOnce(Reader<'_>) -> Result<T>,
    ) -> Result<T> {
        let border = Border {
            book: self,
            sites: Sites::load(self.conn)?,
            at,
            known: known.unwrap_or(Instant::from_millis(i64::MAX)),
            began: self.began()?.unwrap_or(at),
        };
        let mut later = border.later()?;
        later.extend(border.still_to_come()?);
        if later.is_empty() {
            return look(self);
        }
        self.conn.execute_batch("SAVEPOINT as_of")?;
        let answer = border.lay_over(&later).and_then(|()| look(self));
        self.conn
            .execute_batch("ROLLBACK TO as_of; RELEASE as_of")?;
        answer
    }
}

/// What divides what counts for a question from what does not.
struct Border<'c> {
    book: Reader<'c>,
    sites: Sites,
    /// The moment asked about.
    at: Instant,
    /// Up to when what was recorded is known.
    known: Instant,
    /// When the book was begun.
    began: Instant,
}

/// A record of a noun.
struct Word {
    key: i64,
    stamp: Stamp,
    wall: Instant,
    set: Set,
    /// Whether it is one of those that are looked at whether they count.
    later: bool,
}

impl Border<'_> {
    fn conn(&self) -> &Connection {
        self.book.conn
    }

    /// The records from after the moment, or not known.
    fn later(&self) -> Result<BTreeSet<i64>> {
        let border = self.at.min(self.known);
        let mut later = BTreeSet::new();
        for (site, _) in self.sites.iter() {
            let mut query = self.conn().prepare_cached(
                "SELECT id, hlc, wall FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC",
            )?;
            let mut rows = query.query([row_key(site, 0), row_key(site + 1, 0) - 1])?;
            while let Some(row) = rows.next()? {
                // The logical clock never goes back, and is never behind the other.
                let hlc = crate::clock::Hlc(row.get::<_, i64>(1)? as u64);
                if i64::try_from(hlc.millis()).unwrap_or(i64::MAX) <= border.millis() {
                    break;
                }
                if row.get::<_, i64>(2)? > border.millis() {
                    later.insert(row.get::<_, i64>(0)?);
                }
            }
        }
        Ok(later)
    }

    /// The records of what is so only from a day after the moment on.
    fn still_to_come(&self) -> Result<BTreeSet<i64>> {
        let mut query = self.conn().prepare_cached(
            "SELECT history.record FROM unit JOIN history ON history.noun = unit.id \
             JOIN record ON record.id = history.record WHERE instr(record.body, '\"since\":') > 0",
        )?;
        let keys = query.query_map([], |row| row.get::<_, i64>(0))?;
        let keys: Vec<i64> = keys.collect::<rusqlite::Result<_>>()?;
        let mut found = BTreeSet::new();
        for key in keys {
            if found.contains(&key) || !self.record(key)?.is_some_and(|one| self.is_to_come(&one)) {
                continue;
            }
            let (site, seq) = site_and_seq(key);
            let first = self.book.sealed_before(site, seq)? + 1;
            let last = self.book.sealed_from(site, seq, SEQ_LARGEST)?;
            for seq in first..=last {
                let key = row_key(site, seq);
                let Some(record) = self.record(key)? else {
                    break;
                };
                if self.is_to_come(&record) {
                    found.insert(key);
                }
            }
        }
        Ok(found)
    }

    fn record(&self, key: i64) -> Result<Option<Record>> {
        self.book.record(&self.sites, key)
    }

    fn is_to_come(&self, record: &Record) -> bool {
        let since = set_of(record).and_then(|set| set.since());
        since.is_some_and(|since| since > self.at)
    }

    /// What was ever said of a noun, oldest first.
    fn words_of(&self, noun: Uuid, later: &BTreeSet<i64>) -> Result<Vec<Word>> {
        let mut words = Vec::new();
        for key in self.book.record_keys_of(noun)? {
            let Some(record) = self.record(key)? else {
                continue;
            };
            if let Some(set) = set_of(&record) {
                words.push(Word {
                    key,
                    stamp: record.stamp(),
                    wall: record.wall,
                    later: later.contains(&key),
                    set,
                });
            }
        }
        Ok(words)
    }

    /// Lays over the tables what they were without those of the later records that do not count.
    fn lay_over(&self, later: &BTreeSet<i64>) -> Result<()> {
        let mut nouns: BTreeMap<(usize, Uuid), Kind> = BTreeMap::new();
        let mut out = BTreeSet::new();
        for &key in later {
            let Some(record) = self.record(key)? else {
                continue;
            };
            match record.body().map(|body| body.change) {
                Some(Change::Set(set)) => {
                    nouns.insert((set.kind as usize, set.id), set.kind);
                    out.insert(key);
                }
                // A line counts from when it says that something happened.
                Some(Change::Entry(entry)) => {
                    if entry.occurred_at > self.at || record.wall > self.known {
                        out.insert(key);
                    }
                }
                // Of whom nothing is kept was there all the same, and a site that came later is known.
                Some(Change::Redact(_) | Change::Site(_)) | None => {}
                Some(Change::Disclosure(_)) => {
                    out.insert(key);
                }
            }
        }
        let mut then = Then {
            border: self,
            counted: HashSet::new(),
            words: HashMap::new(),
        };
        let kinds: BTreeMap<usize, Kind> =
            nouns.iter().map(|((at, _), kind)| (*at, *kind)).collect();
        for kind in kinds.values() {
            self.copy(
                *kind,
                nouns
                    .iter()
                    .filter(|(_, of)| *of == kind)
                    .map(|((_, id), _)| *id),
            )?;
        }
        for ((_, id), kind) in &nouns {
            if !is_gone(self.conn(), *id)? {
                then.take(*kind, *id, self.words_of(*id, later)?)?;
            }
        }
        then.take_who_is_named()?;
        out.retain(|key| !then.counted.contains(key));
        self.hide(&out)
    }

    /// A table of nouns as it is, without some.
    fn copy(&self, kind: Kind, without: impl Iterator<Item = Uuid>) -> Result<()> {
        let (conn, table) = (self.conn(), kind.key());
        let made: String = conn.query_row(
            "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?1",
            [table],
            |row| row.get(0),
        )?;
        let made = made.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1);
        conn.execute_batch(&format!(
            "{made}; INSERT INTO temp.{table} SELECT * FROM main.{table}"
        ))?;
        let mut drop = conn.prepare(&format!("DELETE FROM temp.{table} WHERE id = ?1"))?;
        for id in without {
            drop.execute([id])?;
        }
        Ok(())
    }

    /// Takes records out of the journal.
    fn hide(&self, out: &BTreeSet<i64>) -> Result<()> {
        let conn = self.conn();
        conn.execute_batch("CREATE TEMP TABLE does_not_count (record INTEGER PRIMARY KEY)")?;
        let mut put = conn.prepare("INSERT INTO temp.does_not_count (record) VALUES (?1)")?;
        for key in out {
            put.execute([key])?;
        }
        drop(put);
        for (table, key) in JOURNAL {
            conn.execute_batch(&format!(
                "CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} \
                 WHERE {key} NOT IN (SELECT record FROM temp.does_not_count)"
            ))?;
        }
        Ok(())
    }

    /// Whether a later word of a noun counts, by all that was said of it; `stands` is what those
    /// before it say that count. Of units and people that are first spoken of later [`Then`] decides.
    fn counts(&self, at: usize, words: &[Word], stands: &Map<String, Value>) -> Result<bool> {
        let word = &words[at];
        if word.wall > self.known {
            return Ok(false);
        }
        let (set, is_first) = (&word.set, at == 0);
        if let Some(since) = set.since() {
            return Ok(since <= self.at);
        }
        // What was noted later of what happened by then, and stands.
        let happened = |field: &str| {
            let when = moment_of(&set.fields, field).filter(|when| *when <= self.at);
            let all = all_said(words);
            when.is_some() && moment_of(&all, field) == when && !is_true(&all, "removed")
        };
        let after = with(stands, &set.fields);
        Ok(match set.kind {
            // Who was on call is written down when shifts are laid out; it was so without that.
            Kind::Shift
                if is_first
                    && is_true(&set.fields, "standing")
                    && !set.fields.contains_key("reason") =>
            {
                false
            }
            Kind::Shift => {
                let then = self.at.plus(1);
                let past = |said: &Map<String, Value>| -> Result<_> {
                    Ok(shift_of(set.id, said)?.and_then(|shift| shift.past(then)))
                };
                past(stands)? != past(&after)?
            }
            Kind::Period => {
                let is_over = |said: &Map<String, Value>| {
                    moment_of(said, "to").is_some_and(|to| to <= word.wall)
                };
                let is_removed = is_true(&all_said(words), "removed");
                match is_first {
                    true => {
                        !is_removed && moment_of(&after, "from").is_some_and(|from| from <= self.at)
                    }
                    false => is_over(stands) && is_over(&after),
                }
            }
            Kind::Drill | Kind::Reminder | Kind::Arrival => happened("at"),
            Kind::Submission => happened("received_at"),
            Kind::Notice => happened("sent_at") || happened("waived_at"),
            Kind::Operator => true,
            // What a book goes by from its first moment on, and reports of the year by when they were
            // sent.
            Kind::Setting => word.wall <= self.began || self.is_reported(words, at),
            Kind::Person => !is_first && self.is_put_right(words, at)?,
            Kind::Unit | Kind::Incident | Kind::Handover | Kind::Acceptance | Kind::DutySheet => {
                false
            }
        })
    }

    /// Whether a word of a setting tells of a report of the year that was sent by then, and stands.
    fn is_reported(&self, words: &[Word], at: usize) -> bool {
        let (said, all) = (&words[at].set.fields, all_said(words));
        let text = |of: &Map<String, Value>, field: &str| {
            let text = of.get(field).and_then(Value::as_str);
            text.map(str::to_owned).unwrap_or_default()
        };
        text(&all, "key").starts_with(REPORTED)
            && !is_true(&all, "removed")
            && tells_of(&text(said, "value"), &text(&all, "value"), self.at)
    }

    /// Whether a word of a card puts right what was said within the hour before the moment.
    fn is_put_right(&self, words: &[Word], at: usize) -> Result<bool> {
        let wall = words[at].wall;
        let mut said = words[..at].iter().filter(|word| !word.later);
        let soon = |before: Instant| wall.millis().saturating_sub(before.millis()) < SOON;
        Ok(said.next_back().is_some_and(|before| soon(before.wall)))
    }
}

/// The tables that are laid over, while they are filled.
struct Then<'b, 'c> {
    border: &'b Border<'c>,
    /// Later records that count.
    counted: HashSet<i64>,
    /// Units and people of whom nothing counted so far.
    words: HashMap<Uuid, Vec<Word>>,
}

impl Then<'_, '_> {
    /// Takes what counts of a noun.
    fn take(&mut self, kind: Kind, id: Uuid, words: Vec<Word>) -> Result<()> {
        let mut stands = Map::new();
        for at in 0..words.len() {
            let word = &words[at];
            if word.later && !self.border.counts(at, &words, &stands)? {
                continue;
            }
            self.fold(word)?;
            stands = with(&stands, &word.set.fields);
        }
        if stands.is_empty() && matches!(kind, Kind::Unit | Kind::Person) {
            self.words.insert(id, words);
        }
        Ok(())
    }

    fn fold(&mut self, word: &Word) -> Result<()> {
        self.counted.insert(word.key);
        let border = self.border;
        fold_set(border.conn(), &border.sites, word.stamp, &word.set)
    }

    /// Takes units and people that are first spoken of later: who came first to a unit was there
    /// before, and so is whoever stands in a shift that counts, and its unit.
    fn take_who_is_named(&mut self) -> Result<()> {
        if self.words.is_empty() {
            return Ok(());
        }
        let conn = self.border.conn();
        let known = |word: &&Word| word.wall <= self.border.known;
        let first: HashMap<Uuid, (Kind, Instant, Option<Uuid>)> = self
            .words
            .iter()
            .filter_map(|(id, words)| {
                let word = words.first().filter(known)?;
                let unit = word.set.fields.get("unit").and_then(Value::as_str);
                let came = word.set.since().is_some_and(|since| since > self.border.at);
                let is_undone = word.set.kind == Kind::Unit && is_taken_back(words);
                let unit = unit.and_then(|unit| unit.parse().ok());
                (!came && !is_undone).then_some((*id, (word.set.kind, word.wall, unit)))
            })
            .collect();
        let mut named: HashSet<Uuid> = HashSet::new();
        let mut query = conn
            .prepare("SELECT unit, person FROM shift WHERE removed IS NULL AND \"from\" <= ?1")?;
        let rows = query.query_map([self.border.at.millis()], |row| {
            Ok([
                row.get::<_, Option<Uuid>>(0)?,
                row.get::<_, Option<Uuid>>(1)?,
            ])
        })?;
        for row in rows {
            named.extend(row?.into_iter().flatten());
        }
        let mut count = BTreeSet::new();
        // The first who came, group by group: the units of the book, the people of each unit.
        let mut groups: BTreeMap<Option<Uuid>, Vec<(Instant, Uuid)>> = BTreeMap::new();
        for (id, (kind, wall, unit)) in &first {
            if named.contains(id) {
                count.insert(*id);
            }
            let group = unit.filter(|_| *kind == Kind::Person);
            groups.entry(group).or_default().push((*wall, *id));
        }
        let firsts = self.first_of_units()?;
        for (unit, came) in groups {
            let last = self.last_word(unit)?;
            let first = match unit {
                Some(unit) => firsts.get(&unit).copied(),
                // Units that came to a book with units are new to it.
                None if last.is_some() => continue,
                None => came.iter().map(|(wall, _)| *wall).min(),
            };
            let soon = |wall: Instant| {
                let waited = |since: Instant| wall.millis().saturating_sub(since.millis());
                let mut since = last.into_iter().chain(first);
                since.any(|since| waited(since) < SOON)
            };
            count.extend(
                came.iter()
                    .filter(|(wall, _)| soon(*wall))
                    .map(|(_, id)| *id),
            );
        }
        // The unit of whoever counts does, too.
        let units = count.iter().filter_map(|id| first[id].2);
        let units: Vec<Uuid> = units.filter(|unit| first.contains_key(unit)).collect();
        count.extend(units);
        for id in count {
            if let Some(word) = self.words.get_mut(&id).map(|words| words.remove(0)) {
                self.fold(&word)?;
            }
        }
        Ok(())
    }

    /// Since when each unit has people.
    fn first_of_units(&self) -> Result<HashMap<Uuid, Instant>> {
        let border = self.border;
        let mut query = border
            .conn()
            .prepare("SELECT record FROM history WHERE noun IN (SELECT id FROM main.person)")?;
        let keys = query.query_map([], |row| row.get::<_, i64>(0))?;
        let mut first: HashMap<Uuid, Instant> = HashMap::new();
        for key in keys.collect::<rusqlite::Result<Vec<_>>>()? {
            let record = border
                .record(key)?
                .filter(|record| record.wall <= border.known);
            let Some((set, wall)) = record.and_then(|one| Some((set_of(&one)?, one.wall))) else {
                continue;
            };
            let unit = set.fields.get("unit").and_then(Value::as_str);
            if let Some(unit) = unit.and_then(|unit| unit.parse().ok()) {
                let came = set.since().unwrap_or(wall);
                let first = first.entry(unit).or_insert(came);
                *first = came.min(*first);
            }
        }
        Ok(first)
    }

    /// When something was last said before of a person of a unit, or of any unit.
    fn last_word(&self, unit: Option<Uuid>) -> Result<Option<Instant>> {
        let border = self.border.at.min(self.border.known).millis();
        let conn = self.border.conn();
        let last: Option<Option<i64>> = match unit {
            Some(unit) => conn
                .query_row(
                    "SELECT max(record.wall) FROM person JOIN history ON history.noun = person.id \
                     JOIN record ON record.id = history.record \
                     WHERE person.unit = ?1 AND record.wall <= ?2",
                    params![unit, border],
                    |row| row.get(0),
                )
                .optional()?,
            None => conn
                .query_row(
                    "SELECT max(record.wall) FROM unit JOIN history ON history.noun = unit.id \
                     JOIN record ON record.id = history.record WHERE record.wall <= ?1",
                    [border],
                    |row| row.get(0),
                )
                .optional()?,
        };
        Ok(last.flatten().map(Instant::from_millis))
    }
}

/// What a record says of a noun.
fn set_of(record: &Record) -> Option<Set> {
    match (&record.content, record.body()) {
        (
            Content::Whole(_),
            Some(Body {
                change: Change::Set(set),
                ..
            }),
        ) => Some(set),
        _ => None,
    }
}

/// All that was said of a noun.
fn all_said(words: &[Word]) -> Map<String, Value> {
    let said = words.iter().flat_map(|word| word.set.fields.clone());
    said.collect()
}

/// Whether a unit was taken off the list, and no other took its place.
fn is_taken_back(words: &[Word]) -> bool {
    let said = all_said(words);
    is_true(&said, "removed") && said.get("ended_at").is_none_or(Value::is_null)
}

fn with(stands: &Map<String, Value>, said: &Map<String, Value>) -> Map<String, Value> {
    let mut all = stands.clone();
    all.extend(said.clone());
    all
}

fn moment_of(said: &Map<String, Value>, field: &str) -> Option<Instant> {
    said.get(field)?.as_i64().map(Instant::from_millis)
}

fn is_true(said: &Map<String, Value>, field: &str) -> bool {
    said.get(field) == Some(&Value::Bool(true))
}
