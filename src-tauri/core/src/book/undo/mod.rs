//! Undo: a new change with the values before. Redo is the same of an undo.

mod list;
mod refuse;
mod walk;

use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

use crate::book::{Writing, needed};
use crate::clock::{Instant, Stamp};
use crate::error::{Code, Error, Result};
use crate::journal::{Body, Change, Kind, Record, Set};
use crate::messages::vietnamese;
use crate::store::row_key;

pub use list::{ChangePart, Did, NextUndo, OwnChange};
pub use walk::Standing;
use walk::{Commit, Walk};

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

impl Writing<'_> {
    /// Takes back the operator's last change that is not a line of the log: everything its
    /// transaction set has the values from before again, and what it made is off the list. Again
    /// takes back the one before.
    ///
    /// # Errors
    /// [`Code::UndoNothing`]; [`Code::UndoLogged`] when what comes next stands in the log too;
    /// [`Code::UndoRedacted`] when what comes next erased somebody's data; those of
    /// [`Writing::undo_change`].
    pub fn undo(&mut self) -> Result<Undone> {
        let mut walk = self.walk()?;
        while let Some(commit) = self.older(&mut walk)? {
            if commit.standing.is_next() {
                return self.take_back(&commit);
            }
        }
        Err(self.nothing(Code::UndoNothing))
    }

    /// Takes back the operator's change of this number, as [`crate::Logbook::own_changes`] lists
    /// them, whatever they did since.
    ///
    /// # Errors
    /// [`Code::UndoUnknown`] when it is none of theirs; [`Code::UndoUndone`] when it was taken back;
    /// [`Code::UndoLogged`], [`Code::UndoRedacted`] when it stands in the log, or erased data;
    /// [`Code::UndoInUse`] when something would go that is needed;
    /// [`Code::UndoSpokenOf`] when the log speaks of it;
    /// [`Code::UndoPast`] when somebody was on duty by it since;
    /// [`Code::UndoOverwritten`] when somebody wrote over it since.
    pub fn undo_change(&mut self, id: u64) -> Result<Undone> {
        let mut walk = self.walk()?;
        while let Some(commit) = self.older(&mut walk)?
            && commit.last >= id
        {
            if commit.last == id {
                return self.take_back(&commit);
            }
        }
        Err(Error::new(Code::UndoUnknown).with("given", id))
    }

    /// Does again what the operator's last undo took back that was not done again since: what was
    /// undone last comes first. Or the change of this number, whatever was undone after it.
    ///
    /// # Errors
    /// [`Code::RedoNothing`]; [`Code::UndoUnknown`] when the change is none of theirs,
    /// [`Code::RedoStands`] when it was not undone, or done again;
    /// [`Code::RedoOverwritten`] when somebody wrote over it since;
    /// [`Code::RedoInUse`] when something would go that is needed;
    /// [`Code::RedoPast`] when somebody was on duty without it since.
    pub fn redo(&mut self, id: Option<u64>) -> Result<Undone> {
        let mut walk = self.walk()?;
        while let Some(commit) = self.older(&mut walk)? {
            let meant = id.is_none() || commit.undoes == id;
            if meant && commit.standing == Standing::Undo && !walk.has_undone(commit.last) {
                return self.take_back(&commit).map_err(of_redo);
            }
            if id == Some(commit.last) {
                return Err(Error::new(Code::RedoStands));
            }
        }
        Err(match id {
            Some(id) => Error::new(Code::UndoUnknown).with("given", id),
            None => self.nothing(Code::RedoNothing),
        })
    }

    fn nothing(&self, code: Code) -> Error {
        Error::new(code).with("operator", self.operator)
    }

    /// The changes of who writes, from before this transaction.
    fn walk(&mut self) -> Result<Walk> {
        let name = needed("operator", self.operator)?;
        let operator = self.operator_named(&name)?;
        let operator = operator.ok_or_else(|| self.nothing(Code::UndoNothing))?.id;
        self.begin()?;
        let author = self.author();
        // Whoever writes may have begun the site in this very transaction: then there is none.
        Ok(Walk::from(operator, author.number, author.first - 1))
    }

    fn older(&self, walk: &mut Walk) -> Result<Option<Commit>> {
        walk.older(self.reader, &self.sites)
    }

    fn take_back(&mut self, commit: &Commit) -> Result<Undone> {
        match commit.standing {
            Standing::Done | Standing::Undo => {}
            Standing::Logged => return Err(Error::new(Code::UndoLogged)),
            Standing::Redacted => return Err(Error::new(Code::UndoRedacted)),
            Standing::Undone | Standing::Redo => return Err(Error::new(Code::UndoUndone)),
        }
        let made = commit.made();
        let mut nouns: Vec<(Kind, usize)> = Vec::new();
        let mut sets = Vec::new();
        let mut gone = HashMap::new();
        let mut touched = HashSet::new();
        for (record, change) in commit.records.iter().rev() {
            let Change::Set(set) = change else { continue };
            if set.kind == Kind::Operator {
                continue;
            }
            self.check_untouched(record, set, commit)?;
            self.check_unspoken(record, set)?;
            let back = self.before(record, set, commit.last)?;
            if back.fields.get("removed") == Some(&Json::Bool(true)) {
                gone.insert(set.id, set.kind);
            }
            touched.insert(set.id);
            match nouns.iter_mut().find(|(kind, _)| *kind == set.kind) {
                Some((_, count)) => *count += 1,
                None => nouns.push((set.kind, 1)),
            }
            if set.kind == Kind::Shift {
                self.check_past(&back, made)?;
            }
            sets.push(back);
        }
        // What came in is told before that it came.
        nouns.sort_by_key(|(kind, _)| *kind == Kind::Arrival);
        self.check_unused(&gone, &touched)?;
        // Notices go with their incident, and are not what it is about.
        let mut about = sets.iter().filter(|set| set.kind != Kind::Notice);
        let name = match (about.next(), about.next()) {
            (Some(only), None) => self.reader.name_of(&self.sites, only.kind, only.id)?,
            _ => None,
        };
        let of_rules = sets.iter().any(|set| set.kind == Kind::Setting);
        let before = match of_rules {
            true => Some(self.rules()?),
            false => None,
        };
        for set in sets {
            self.append(Change::Set(set))?;
        }
        if let Some(before) = before {
            self.sync_all_notices(&before)?;
        }
        self.tell_of_units(commit, made)?;
        Ok(Undone { made, nouns, name })
    }

    /// What stands in the log with its reason is not taken back, nor done again, in silence.
    fn tell_of_units(&mut self, commit: &Commit, made: Instant) -> Result<()> {
        let has_reason = |(_, change): &(Record, Change)| match change {
            Change::Set(set) => set.reason.is_some(),
            _ => false,
        };
        if commit.records.iter().any(has_reason) {
            let key = match commit.standing {
                Standing::Undo => "written_line_units_again",
                _ => "written_line_units_undone",
            };
            let text = vietnamese().with(key, &[("at", &made.to_string())]);
            self.log(&text.as_str().into())?;
        }
        Ok(())
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
            since: set.since,
            reason: set.reason.clone(),
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

/// What stands against taking a change back, told of one that was to be done again.
fn of_redo(mut error: Error) -> Error {
    error.code = match error.code {
        Code::UndoOverwritten => Code::RedoOverwritten,
        Code::UndoInUse => Code::RedoInUse,
        Code::UndoPast => Code::RedoPast,
        other => other,
    };
    error
}
