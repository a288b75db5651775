//! Spreadsheets brought in: one import is one transaction and one undo.

use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use crate::book::noun::{Direct, Noun, Wrote, changes};
use crate::book::writing::Writing;
use crate::error::Result;
use crate::id::UnitId;
use crate::progress;
use crate::sheet::{Notice, Rejected, Warning};

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
    /// Whether anything is written when these rows are turned away.
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
    /// Why rows are turned away: of each row of the table, the cells.
    pub rejected: Vec<Rejected>,
    /// Things to know about rows that were taken.
    pub warnings: Vec<Warning>,
    /// The rows that were taken, in their order.
    #[serde(skip)]
    pub rows: Vec<ImportedRow>,
    /// Units that are written besides: new ones, and those that are known under another name.
    #[serde(skip)]
    pub units_besides: usize,
    /// Units of which a list of people names somebody.
    #[serde(skip)]
    pub listed: HashSet<UnitId>,
    /// Whether it says nothing new, and is noted as sent again.
    #[serde(skip)]
    pub confirms: bool,
}

/// What an import did, or would do, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
pub struct Counts {
    /// Units, people or shifts that are new.
    pub new: usize,
    /// Those that change.
    pub changed: usize,
    /// Those that stay as they are.
    pub same: usize,
    /// Rows of the file turned away; each counts once, however many shifts it unfolds into.
    pub rejected: usize,
    /// Things to know.
    pub warnings: usize,
    /// Of these, how many shifts fall into leave.
    pub fallen_shifts: usize,
    /// Of these, on how many posts without shifts nobody answers because of leave.
    pub fallen_standing: usize,
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
            rejected,
            warnings,
            ..Self::default()
        }
    }

    /// Its numbers.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let rows: HashSet<_> = self
            .rejected
            .iter()
            .map(|fault| (&fault.sheet, fault.row))
            .collect();
        Counts {
            new: self.new,
            changed: self.changed,
            same: self.same,
            rejected: rows.len(),
            warnings: self.warnings.len(),
            fallen_shifts: self.noted(Notice::FallsOnShift),
            fallen_standing: self.noted(Notice::FallsOnStanding),
        }
    }

    /// How often something is to be known.
    fn noted(&self, notice: Notice) -> usize {
        let alike = self.warnings.iter().filter(|one| one.notice == notice);
        alike.count()
    }

    /// The cells for which rows are turned away, each once: one of a grid may be that of many
    /// shifts.
    #[must_use]
    pub fn faults(&self) -> Vec<&Rejected> {
        let mut told = HashSet::new();
        let mut faults: Vec<&Rejected> = self.rejected.iter().collect();
        faults.retain(|fault| {
            let fault = *fault;
            let cell = (&fault.column, &fault.value);
            // Of a row that says nothing of where, each is its own.
            let at = fault.column.is_empty().then_some(fault.at);
            told.insert((&fault.sheet, fault.row, cell, fault.expected, at))
        });
        faults
    }

    /// The nouns that change, each once: several rows may change one alike.
    #[must_use]
    pub fn changed(&self) -> Vec<&ImportedRow> {
        let mut told = HashSet::new();
        let mut rows: Vec<&ImportedRow> = self.rows.iter().collect();
        rows.retain(|row| !row.changes.is_empty() && told.insert(row.noun));
        rows
    }

    /// Whether it writes anything in this mode.
    #[must_use]
    pub fn writes(&self, mode: Mode) -> bool {
        mode.writes(&self.rejected) && (self.has_news() || self.confirms)
    }

    /// Whether it says anything that the book does not.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.new + self.changed + self.units_besides > 0
    }

    /// Finds out what the nouns of a plan would do; `rows` says which row speaks of which.
    pub(crate) fn foresee<'k, N: Noun + PartialEq + 'k>(
        &mut self,
        nouns: &[N],
        known: impl Iterator<Item = &'k N>,
        rows: &[(usize, usize)],
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<()> {
        let ids: HashSet<Uuid> = nouns.iter().map(Noun::uuid).collect();
        let known = known.map(|noun| (noun.uuid(), noun));
        let known: HashMap<Uuid, &N> = known.filter(|(id, _)| ids.contains(id)).collect();
        self.bring(nouns, rows, watch, |_, noun| {
            Ok(match known.get(&noun.uuid()) {
                None => (Wrote::New, Vec::new()),
                Some(known) if *known == noun => (Wrote::Same, Vec::new()),
                Some(known) => changes(noun, known),
            })
        })
    }

    fn bring<N: Noun>(
        &mut self,
        nouns: &[N],
        rows: &[(usize, usize)],
        watch: &dyn Fn(usize, usize) -> bool,
        mut act: impl FnMut(usize, &N) -> Result<(Wrote, Vec<Altered>)>,
    ) -> Result<()> {
        let mut done = Vec::with_capacity(nouns.len());
        for (at, noun) in nouns.iter().enumerate() {
            progress::ask(watch, at, nouns.len())?;
            let (wrote, changes) = act(at, noun)?;
            match wrote {
                Wrote::New => self.new += 1,
                Wrote::Changed => self.changed += 1,
                Wrote::Same => self.same += 1,
            }
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
        self.rows = rows.iter().map(brought).collect();
        Ok(())
    }
}

impl Writing<'_> {
    /// Writes the nouns of a plan; `rows` says which row speaks of which. Those that change are
    /// first kept as they were `written`, for their history.
    pub(crate) fn bring<N: Direct>(
        &mut self,
        nouns: &[N],
        written: &HashMap<usize, N>,
        rows: &[(usize, usize)],
        import: &mut Import,
    ) -> Result<()> {
        let watch = self.watch.take();
        let told = import.bring(nouns, rows, watching(watch.as_deref()), |at, noun| {
            let Some(written) = written.get(&at) else {
                return self.put_telling(noun);
            };
            let told = self.would_put(noun)?;
            if told.0 != Wrote::Same {
                self.put(written)?;
                self.put(noun)?;
            }
            Ok(told)
        });
        self.watch = watch;
        told
    }

    /// Who watches what takes long.
    pub(crate) fn watcher(&self) -> &dyn Fn(usize, usize) -> bool {
        watching(self.watch.as_deref())
    }
}

fn watching(watch: Option<&dyn Fn(usize, usize) -> bool>) -> &dyn Fn(usize, usize) -> bool {
    const NOBODY: &dyn Fn(usize, usize) -> bool = &|_, _| true;
    watch.unwrap_or(NOBODY)
}
