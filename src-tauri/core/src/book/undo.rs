//! Undo: a new change with the values before.

use rusqlite::types::Value;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::HashSet;

use crate::book::{Writing, needed};
use crate::clock::{Instant, Stamp};
use crate::duty::shift::Shift;
use crate::error::{Code, Error, Result};
use crate::id::OperatorId;
use crate::journal::{Body, Change, Kind, Record, Set};
use crate::store::{self, row_key};

/// What was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Undone {
    /// When the change had been made.
    pub made: Instant,
    /// The kinds of noun it spoke of, each with how many.
    #[specta(type = Vec<(String, usize)>)]
    pub nouns: Vec<(Kind, usize)>,
    /// What the one noun is called, when it was only one.
    pub name: Option<String>,
}

/// One of this site's transactions.
struct Commit {
    first: u64,
    last: u64,
    records: Vec<(Record, Change)>,
}

impl Writing<'_> {
    /// Takes back the operator's last change that is not a line of the log: everything its
    /// transaction set has the values from before again, and what it made is off the list. Again
    /// takes back the one before.
    ///
    /// # Errors
    /// [`Code::UndoNothing`]; [`Code::UndoLogged`] when what comes next stands in the log too;
    /// [`Code::UndoRedacted`] when what comes next erased somebody's data;
    /// [`Code::UndoInUse`] when a unit would go that is needed;
    /// [`Code::UndoPast`] when somebody was on duty by it since;
    /// [`Code::UndoOverwritten`] when somebody wrote over it since.
    pub fn undo(&mut self) -> Result<Undone> {
        let name = needed("operator", self.operator)?;
        let nothing = || Error::new(Code::UndoNothing).with("operator", &name);
        let operator = self.operator_named(&name)?.ok_or_else(nothing)?.id;
        self.begin()?;
        let commit = self.last_commit_of(operator)?.ok_or_else(nothing)?;
        let made = commit.records[0].0.wall;
        let mut nouns: Vec<(Kind, usize)> = Vec::new();
        let mut sets = Vec::new();
        let mut units = HashSet::new();
        for (record, change) in commit.records.iter().rev() {
            let Change::Set(set) = change else { continue };
            if set.kind == Kind::Operator {
                continue;
            }
            self.check_untouched(record, set, &commit)?;
            self.check_unspoken(record, set)?;
            if set.kind == Kind::Unit && self.made_by(record, set)? {
                units.insert(set.id);
            }
            match nouns.iter_mut().find(|(kind, _)| *kind == set.kind) {
                Some((_, count)) => *count += 1,
                None => nouns.push((set.kind, 1)),
            }
            let back = self.before(record, set, commit.last)?;
            if set.kind == Kind::Shift {
                self.check_past(&back, made)?;
            }
            sets.push(back);
        }
        // What came in is told before that it came.
        nouns.sort_by_key(|(kind, _)| *kind == Kind::Arrival);
        self.check_unused(&units, &commit)?;
        let name = match sets.as_slice() {
            [only] => self.name_of(only.kind, only.id)?,
            _ => None,
        };
        let of_rules = sets.iter().any(|set| set.kind == Kind::Setting);
        for set in sets {
            self.append(Change::Set(set))?;
        }
        if of_rules {
            self.sync_all_notices()?;
        }
        Ok(Undone { made, nouns, name })
    }

    /// The newest transaction of an operator at this site that only set fields and is not undone.
    fn last_commit_of(&self, operator: OperatorId) -> Result<Option<Commit>> {
        let site = self.author().number;
        // Whoever writes may have begun the site in this very transaction: then there is none.
        let mut last = self.author().first - 1;
        let mut undone = HashSet::new();
        // Lines of the log stand alone, as a rule, and are many.
        while let Some(seq) = self.newest_that_is_no_line(site, last)? {
            last = self.sealed_from(site, seq, last)?;
            let first = self.sealed_before(site, last)? + 1;
            let mut commit = Commit {
                first,
                last,
                records: Vec::new(),
            };
            self.records_between(
                &self.sites,
                row_key(site, first),
                row_key(site, last),
                |stored| {
                    if let Some(body) = stored.record.body() {
                        commit.records.push((stored.record, body.change));
                    }
                    Ok(())
                },
            )?;
            last = first - 1;
            let mut sets = 0;
            let mut only_sets = true;
            for (record, change) in &commit.records {
                match change {
                    _ if record.operator != operator => only_sets = false,
                    Change::Set(set) => match set.undoes {
                        Some(target) => {
                            undone.insert(target);
                            only_sets = false;
                        }
                        None if set.kind != Kind::Operator => sets += 1,
                        None => {}
                    },
                    Change::Entry(_) | Change::Redact(_) | Change::Disclosure(_) => {
                        only_sets = false
                    }
                    Change::Site(_) => {}
                }
            }
            let is_redaction = commit.records.iter().any(|(record, change)| {
                record.operator == operator && matches!(change, Change::Redact(_))
            });
            if is_redaction {
                return Err(Error::new(Code::UndoRedacted));
            }
            // What stands in the log too is not taken back from under it.
            let is_logged = commit.records.iter().any(|(record, change)| {
                record.operator == operator && matches!(change, Change::Entry(_))
            });
            if is_logged && sets > 0 && !undone.contains(&commit.last) {
                return Err(Error::new(Code::UndoLogged));
            }
            if only_sets && sets > 0 && !undone.contains(&commit.last) {
                return Ok(Some(commit));
            }
        }
        Ok(None)
    }

    /// Refuses when a field has another value since, or when more was written about a noun that
    /// this very change made.
    fn check_untouched(&self, record: &Record, set: &Set, commit: &Commit) -> Result<()> {
        let fields = store::state(self.conn, &self.sites, set.kind, set.id)?.unwrap_or_default();
        let made_here = self.made_by(record, set)?;
        for (field, (name, column)) in fields.iter().zip(store::columns(set.kind)) {
            // What an undo put back is as it was.
            let as_it_was = match set.fields.get(*name) {
                Some(value) => field.value == column.store(value),
                None => !made_here || field.value == Value::Null,
            };
            if let Some(stamp) = field.stamp.filter(|stamp| *stamp > record.stamp())
                && !as_it_was
            {
                let writer = self.record_with(set, stamp)?;
                // A later record of the same transaction is undone before this one.
                if writer.as_ref().is_some_and(|writer| {
                    writer.site == record.site && (commit.first..=commit.last).contains(&writer.seq)
                }) {
                    continue;
                }
                let who = match &writer {
                    Some(writer) => self
                        .operators()?
                        .into_iter()
                        .find(|known| known.id == writer.operator),
                    None => None,
                };
                return Err(Error::new(Code::UndoOverwritten)
                    .with("what", set.kind.key())
                    .with("who", who.map(|operator| operator.name).unwrap_or_default())
                    .with(
                        "when",
                        writer
                            .map(|writer| writer.wall.to_string())
                            .unwrap_or_default(),
                    ));
            }
        }
        Ok(())
    }

    /// Refuses to change who was on duty since a shift was written. What was written of a time that
    /// was over then may be taken back: it was on nobody's watch.
    fn check_past(&self, back: &Set, made: Instant) -> Result<()> {
        let fields = store::state(self.conn, &self.sites, back.kind, back.id)?.unwrap_or_default();
        let mut stands: Map<String, Json> = fields
            .iter()
            .zip(store::columns(back.kind))
            .map(|(field, (name, column))| ((*name).to_owned(), column.load(&field.value)))
            .filter(|(_, value)| !value.is_null())
            .collect();
        stands.insert("id".to_owned(), back.id.to_string().into());
        stands.entry("removed").or_insert(Json::Bool(false));
        let mut stood = stands.clone();
        stood.extend(back.fields.clone());
        stood.retain(|_, value| !value.is_null());
        stood.entry("removed").or_insert(Json::Bool(false));
        let since = |fields: Map<String, Json>| {
            let shift: Option<Shift> = serde_json::from_value(fields.into()).ok();
            // Who is on call by a shift is so without it, too.
            let shift = shift.filter(|shift| !shift.standing)?;
            let (unit, post, person, from, to) = shift.past(self.now().whole_minute())?;
            let from = from.max(made);
            (from < to).then_some((unit, post, person, from, to))
        };
        let (now, then) = (since(stands), since(stood));
        if now == then {
            return Ok(());
        }
        let span = now.or(then);
        let (from, to) = span.map_or((made, made), |(.., from, to)| (from, to));
        Err(Error::new(Code::UndoPast).with("from", from).with("to", to))
    }

    /// Refuses to take back an incident of which the log speaks.
    fn check_unspoken(&self, record: &Record, set: &Set) -> Result<()> {
        if set.kind == Kind::Incident
            && self.made_by(record, set)?
            && let Some(entry) = self.entries(Some(set.id.into()))?.first()
        {
            return Err(Error::new(Code::UndoSpokenOf)
                .with("what", set.kind.key())
                .with("line", entry.line()));
        }
        Ok(())
    }

    /// Refuses when units would go on which an incident stands, or somebody who stays.
    fn check_unused(&self, units: &HashSet<uuid::Uuid>, commit: &Commit) -> Result<()> {
        if units.is_empty() {
            return Ok(());
        }
        let changes = commit.records.iter().map(|(_, change)| change);
        let also: HashSet<uuid::Uuid> = changes
            .filter_map(|change| match change {
                Change::Set(set) => Some(set.id),
                _ => None,
            })
            .collect();
        let stays = |unit: uuid::Uuid, id| units.contains(&unit) && !also.contains(&id);
        let incidents = self.incidents()?.into_iter();
        let mut incidents = incidents.filter(|known| stays(known.unit.0, known.id.0));
        let people = self.people()?.into_iter();
        let mut people = people.filter(|known| stays(known.unit.0, known.id.0));
        let found = match incidents.next() {
            Some(incident) => Some((incident.unit, incident.number)),
            None => people.next().map(|person| (person.unit, person.full_name)),
        };
        match found {
            Some((unit, by)) => Err(Error::new(Code::UndoInUse)
                .with(
                    "given",
                    self.name_of(Kind::Unit, unit.0)?.unwrap_or_default(),
                )
                .with("by", by)),
            None => Ok(()),
        }
    }

    /// What people call a noun.
    fn name_of(&self, kind: Kind, id: uuid::Uuid) -> Result<Option<String>> {
        let wanted = match kind {
            Kind::Incident => "number",
            Kind::Person => "full_name",
            _ => "name",
        };
        let fields = store::state(self.conn, &self.sites, kind, id)?.unwrap_or_default();
        let named = fields
            .into_iter()
            .zip(store::columns(kind))
            .find(|(_, (name, _))| *name == wanted);
        Ok(match named.map(|(field, _)| field.value) {
            Some(Value::Text(name)) => Some(name),
            _ => None,
        })
    }

    fn made_by(&self, record: &Record, set: &Set) -> Result<bool> {
        let first = self.record_keys_of(set.id)?.first().copied();
        let site = self.sites.number(record.site).unwrap_or_default();
        Ok(first == Some(row_key(site, record.seq)))
    }

    fn record_with(&self, set: &Set, stamp: Stamp) -> Result<Option<Record>> {
        for key in self.record_keys_of(set.id)? {
            if let Some(record) = self.record(&self.sites, key)?
                && record.stamp() == stamp
            {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// The change that takes a record back.
    fn before(&self, record: &Record, set: &Set, undoes: u64) -> Result<Set> {
        let mut back = Set {
            kind: set.kind,
            id: set.id,
            fields: Map::new(),
            over: Map::new(),
            undoes: Some(undoes),
        };
        let stamp = Json::String(record.stamp().to_string());
        if self.made_by(record, set)? {
            back.fields.insert("removed".to_owned(), Json::Bool(true));
            return Ok(back);
        }
        for name in set.fields.keys() {
            let over = set
                .over
                .get(name)
                .and_then(Json::as_str)
                .and_then(|over| over.parse().ok());
            let value = match over {
                Some(over) => match self
                    .record_with(set, over)?
                    .and_then(|before| before.body())
                {
                    Some(Body {
                        change: Change::Set(before),
                        ..
                    }) => before.fields.get(name).cloned().unwrap_or_default(),
                    _ => Json::Null,
                },
                None => Json::Null,
            };
            back.fields.insert(name.clone(), value);
            back.over.insert(name.clone(), stamp.clone());
        }
        Ok(back)
    }
}
