//! What somebody did, told so that they can choose what to take back.

use rusqlite::types::Value;
use serde::Serialize;
use specta::Type;
use std::collections::HashSet;
use uuid::Uuid;

use super::walk::{Commit, Standing, Walk};
use crate::book::Logbook;
use crate::book::installation::Mine;
use crate::clock::{Instant, MINUTE};
use crate::error::{Code, Error, Result};
use crate::journal::{Change, Kind, Record, Set};
use crate::store::{self, Reader, Sites, row_key};
use crate::word::words;

/// What a change did to nouns of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ChangePart {
    /// The kind of noun.
    #[specta(type = String)]
    pub kind: Kind,
    /// What was done to them.
    pub did: Did,
    /// To how many.
    pub count: usize,
}

words! {
    /// What is done to a noun.
    Did, "did" {
        /// It was made.
        Made = "made",
        /// Fields of it were set.
        Changed = "changed",
        /// It was taken off its list.
        Removed = "removed",
    }
}

/// One of the operator's own changes, as it is offered to be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OwnChange {
    /// Its number among the records of this site.
    #[specta(type = u32)]
    pub id: u64,
    /// When it was made.
    pub made: Instant,
    /// What it did.
    pub parts: Vec<ChangePart>,
    /// What the nouns are called, the first few.
    pub names: Vec<String>,
    /// How many nouns it spoke of besides.
    pub more: usize,
    /// What became of it.
    pub standing: Standing,
}

/// What undo would take back next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NextUndo {
    /// The change.
    pub change: OwnChange,
    /// Whether it is asked about first: more than a handful would go, or it was made long ago.
    pub asks: bool,
}

/// How many nouns of a change are named.
const NAMED: usize = 3;
/// More of one kind are not taken back by one key: a swap or a split are fewer.
const HANDFUL: usize = 3;
/// Who made a change longer ago than this, in milliseconds, may not have it in mind.
const LONG_AGO: i64 = 10 * MINUTE;

impl Logbook {
    /// The operator's own changes at this installation's site, newest first, at most so many. Lines
    /// of the log are none: they are corrected.
    ///
    /// # Errors
    /// Those of the store.
    pub fn own_changes(&self, operator: &str, at_most: usize) -> Result<Vec<OwnChange>> {
        let told = |standing| !matches!(standing, Standing::Undo | Standing::Redo);
        self.own_changes_that(told, operator, at_most)
    }

    /// The operator's change that undo takes back next, and whether that is asked about first.
    ///
    /// # Errors
    /// [`Code::UndoNothing`], those of the store.
    pub fn next_undo(&self, operator: &str, now: Instant) -> Result<NextUndo> {
        let next = self.own_changes_that(Standing::is_next, operator, 1)?;
        let Some(change) = next.into_iter().next() else {
            return Err(Error::new(Code::UndoNothing).with("operator", operator));
        };
        // Notices come and go with their incident.
        let mut counted = change.parts.iter().filter(|part| part.kind != Kind::Notice);
        let much = counted.any(|part| part.count > HANDFUL);
        let old = now.millis().saturating_sub(change.made.millis()) > LONG_AGO;
        Ok(NextUndo {
            asks: change.standing == Standing::Done && (much || old),
            change,
        })
    }

    fn own_changes_that(
        &self,
        wanted: impl Fn(Standing) -> bool,
        operator: &str,
        at_most: usize,
    ) -> Result<Vec<OwnChange>> {
        let seen = self.installation.all_seen();
        self.read(|book| {
            let sites = Sites::load(book.conn)?;
            let mine = self.installation.mine(book, &sites, &self.path, &seen)?;
            let (Mine::Site { number, .. }, Some(operator)) =
                (mine, book.operator_named(operator)?)
            else {
                return Ok(Vec::new());
            };
            let last = book.last_record(&sites, number)?;
            let last = last.map_or(0, |record| record.seq);
            let mut walk = Walk::from(operator.id, number, last);
            let mut changes = Vec::new();
            while changes.len() < at_most
                && let Some(commit) = walk.older(book, &sites)?
            {
                if wanted(commit.standing) {
                    changes.push(commit.told(book, &sites)?);
                }
            }
            Ok(changes)
        })
    }
}

impl Commit {
    /// When it was made.
    pub(super) fn made(&self) -> Instant {
        self.records
            .first()
            .map_or(Instant::from_millis(0), |(record, _)| record.wall)
    }

    fn told(&self, book: Reader<'_>, sites: &Sites) -> Result<OwnChange> {
        let mut parts: Vec<ChangePart> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let (mut spoken_of, mut named) = (HashSet::new(), 0);
        for (record, change) in &self.records {
            let Change::Set(set) = change else { continue };
            // A noun that is set twice is one.
            if set.kind == Kind::Operator || !spoken_of.insert(set.id) {
                continue;
            }
            let kind = set.kind;
            let did = book.did(sites, record, set)?;
            match parts
                .iter_mut()
                .find(|part| (part.kind, part.did) == (kind, did))
            {
                Some(part) => part.count += 1,
                None => parts.push(ChangePart {
                    kind,
                    did,
                    count: 1,
                }),
            }
            if names.len() < NAMED
                && let Some(name) = book.name_of(sites, kind, set.id)?
            {
                named += 1;
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Ok(OwnChange {
            id: self.last,
            made: self.made(),
            parts,
            names,
            more: spoken_of.len() - named,
            standing: self.standing,
        })
    }
}

impl Reader<'_> {
    fn did(self, sites: &Sites, record: &Record, set: &Set) -> Result<Did> {
        let first = self.record_keys_of(set.id)?.first().copied();
        let site = sites.number(record.site).unwrap_or_default();
        Ok(
            match set
                .fields
                .get("removed")
                .and_then(serde_json::Value::as_bool)
            {
                _ if first == Some(row_key(site, record.seq)) => Did::Made,
                Some(true) => Did::Removed,
                _ => Did::Changed,
            },
        )
    }

    /// What people call a noun.
    pub(super) fn name_of(self, sites: &Sites, kind: Kind, id: Uuid) -> Result<Option<String>> {
        let wanted = match kind {
            Kind::Incident => "number",
            Kind::Person => "full_name",
            Kind::Setting => "key",
            _ => "name",
        };
        let fields = store::state(self.conn, sites, kind, id)?.unwrap_or_default();
        let named = fields
            .into_iter()
            .zip(store::columns(kind))
            .find(|(_, (name, _))| *name == wanted);
        Ok(match named.map(|(field, _)| field.value) {
            Some(Value::Text(name)) => Some(name),
            _ => None,
        })
    }
}
