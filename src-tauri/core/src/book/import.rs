//! Spreadsheets brought in: one import is one transaction and one undo.

use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

use crate::book::writing::{Noun, Writing, Wrote};
use crate::error::Result;
use crate::progress;
use crate::sheet::{Rejected, Warning};

/// What an import does when rows are turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Nothing is written when any row is turned away.
    AllOrNothing,
    /// The other rows are written.
    SkipRejected,
    /// Nothing is written, whatever the rows are.
    DryRun,
}

impl Mode {
    pub(crate) fn writes(self, rejected: &[Rejected]) -> bool {
        match self {
            Self::AllOrNothing => rejected.is_empty(),
            Self::SkipRejected => true,
            Self::DryRun => false,
        }
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Import {
    /// Rows that are new to the book.
    pub new: usize,
    /// Rows that change what the book says.
    pub changed: usize,
    /// Rows that the book says already.
    pub same: usize,
    /// Rows turned away.
    pub rejected: Vec<Rejected>,
    /// Things to know about rows that were taken.
    pub warnings: Vec<Warning>,
    /// The rows that were taken, in their order.
    #[serde(skip)]
    pub rows: Vec<ImportedRow>,
}

/// What a row did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// The place of the row in the table.
    pub at: usize,
    /// What it speaks of.
    pub noun: Uuid,
    /// What became of the noun it speaks of; several rows may speak of one.
    pub wrote: Wrote,
    /// The fields that change, when the noun is known.
    pub changes: Vec<Altered>,
}

/// A field that takes another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Altered {
    /// Its stable name.
    pub field: &'static str,
    /// What the book said.
    pub old: serde_json::Value,
    /// What it says now, or would.
    pub new: serde_json::Value,
}

impl Import {
    pub(crate) fn of(rejected: Vec<Rejected>, warnings: Vec<Warning>) -> Self {
        Self {
            new: 0,
            changed: 0,
            same: 0,
            rejected,
            warnings,
            rows: Vec::new(),
        }
    }

    fn count(&mut self, wrote: Wrote) {
        match wrote {
            Wrote::New => self.new += 1,
            Wrote::Changed => self.changed += 1,
            Wrote::Same => self.same += 1,
        }
    }
}

impl Writing<'_> {
    /// An id for what is new; none is spent when nothing is written.
    pub(crate) fn fresh<T: From<Uuid>>(&mut self, write: bool) -> Result<T> {
        match write {
            true => self.new_id(),
            false => Ok(T::from(Uuid::nil())),
        }
    }

    /// Writes the nouns of a plan, or finds out what that would do; `rows` says which row speaks
    /// of which. Those that change are first kept as they were `written`, for their history.
    pub(crate) fn bring<N: Noun>(
        &mut self,
        nouns: &[N],
        written: &HashMap<usize, N>,
        rows: &[(usize, usize)],
        write: bool,
        import: &mut Import,
    ) -> Result<()> {
        let mut done = Vec::with_capacity(nouns.len());
        for (at, noun) in nouns.iter().enumerate() {
            if let Some(watch) = &self.watch {
                progress::ask(watch, at, nouns.len())?;
            }
            let (wrote, changes) = match written.get(&at).filter(|_| write) {
                None => self.put_telling(noun, write)?,
                Some(written) => {
                    let told = self.put_telling(noun, false)?;
                    if told.0 != Wrote::Same {
                        self.put(written)?;
                        self.put(noun)?;
                    }
                    told
                }
            };
            import.count(wrote);
            done.push((noun.uuid(), wrote, changes));
        }
        let brought = |&(at, noun): &(usize, usize)| {
            let (noun, wrote, changes) = done[noun].clone();
            ImportedRow {
                at,
                noun,
                wrote,
                changes,
            }
        };
        import.rows = rows.iter().map(brought).collect();
        Ok(())
    }
}
