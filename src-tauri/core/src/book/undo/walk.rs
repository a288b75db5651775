//! An operator's own changes, the newest first: which stand, and which were taken back.

use std::collections::HashSet;

use crate::error::Result;
use crate::id::OperatorId;
use crate::journal::{Change, Kind, Record};
use crate::store::{Reader, Sites, row_key};
use crate::word::words;

/// One of this site's transactions.
pub(super) struct Commit {
    pub first: u64,
    pub last: u64,
    pub records: Vec<(Record, Change)>,
    pub standing: Standing,
    /// The last record of the transaction that it takes back.
    pub undoes: Option<u64>,
}

words! {
    /// What became of a change.
    Standing, "standing" {
        /// It stands, and may be taken back.
        Done = "done",
        /// It was taken back, and may be done again.
        Undone = "undone",
        /// It stands in the log too: a line corrects it.
        Logged = "logged",
        /// It erased somebody's data.
        Redacted = "redacted",
        /// It took another back.
        Undo = "undo",
        /// It did again what had been taken back.
        Redo = "redo",
    }
}

impl Standing {
    /// Whether undo comes to it next: it takes it back, or says why it does not.
    pub(super) fn is_next(self) -> bool {
        match self {
            Self::Done | Self::Logged | Self::Redacted => true,
            Self::Undone | Self::Undo | Self::Redo => false,
        }
    }
}

/// How far back somebody has looked.
pub(super) struct Walk {
    operator: OperatorId,
    site: i64,
    /// The last record that was not looked at yet.
    last: u64,
    undone: HashSet<u64>,
}

impl Walk {
    /// Begins at this record of a site.
    pub(super) fn from(operator: OperatorId, site: i64, last: u64) -> Self {
        Self {
            operator,
            site,
            last,
            undone: HashSet::new(),
        }
    }

    /// Whether what was looked at till now took this one back.
    pub(super) fn has_undone(&self, last: u64) -> bool {
        self.undone.contains(&last)
    }

    /// The next older transaction of the operator that is more than lines of the log.
    pub(super) fn older(&mut self, book: Reader<'_>, sites: &Sites) -> Result<Option<Commit>> {
        let site = self.site;
        // Lines of the log stand alone, as a rule, and are many.
        while let Some(seq) = book.newest_that_is_no_line(site, self.last)? {
            let last = book.sealed_from(site, seq, self.last)?;
            let first = book.sealed_before(site, last)? + 1;
            self.last = first - 1;
            let mut records = Vec::new();
            let (from, to) = (row_key(site, first), row_key(site, last));
            book.records_between(sites, from, to, |stored| {
                if let Some(body) = stored.record.body() {
                    records.push((stored.record, body.change));
                }
                Ok(())
            })?;
            let sets = records.iter().filter_map(|(_, change)| match change {
                Change::Set(set) => Some(set),
                _ => None,
            });
            let undoes = sets.filter_map(|set| set.undoes).next();
            if let Some(standing) = self.standing(book, sites, last, undoes, &records)? {
                return Ok(Some(Commit {
                    first,
                    last,
                    records,
                    standing,
                    undoes,
                }));
            }
        }
        Ok(None)
    }

    /// What became of a transaction; `None` when it is not the operator's, or changed nothing.
    fn standing(
        &mut self,
        book: Reader<'_>,
        sites: &Sites,
        last: u64,
        undoes: Option<u64>,
        records: &[(Record, Change)],
    ) -> Result<Option<Standing>> {
        let own = records
            .iter()
            .filter(|(record, _)| record.operator == self.operator);
        let all_own = own.clone().count() == records.len();
        let (mut logged, mut has_reason) = (false, false);
        let mut sets = 0;
        for (_, change) in own {
            match change {
                Change::Redact(_) => return Ok(Some(Standing::Redacted)),
                Change::Entry(_) | Change::Disclosure(_) => logged = true,
                Change::Set(set) if set.kind != Kind::Operator => {
                    sets += 1;
                    has_reason |= set.reason.is_some();
                }
                // How a book begins is no change of it.
                Change::Site(birth) if birth.grew_from.is_none() => return Ok(None),
                Change::Set(_) | Change::Site(_) => {}
            }
        }
        let is_undone = self.undone.contains(&last);
        if let Some(target) = undoes {
            // What was itself taken back takes nothing back.
            if !is_undone {
                self.undone.insert(target);
            }
            let undone = book.record(sites, row_key(self.site, target))?;
            let change = undone
                .and_then(|record| record.body())
                .map(|body| body.change);
            return Ok(Some(match change {
                Some(Change::Set(set)) if set.undoes.is_some() => Standing::Redo,
                _ => Standing::Undo,
            }));
        }
        Ok(match (sets, logged) {
            (0, _) => None,
            _ if is_undone => Some(Standing::Undone),
            // What units became is taken back with a line of its own.
            (_, true) if !has_reason => Some(Standing::Logged),
            _ => all_own.then_some(Standing::Done),
        })
    }
}
