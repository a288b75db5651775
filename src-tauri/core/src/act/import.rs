//! Spreadsheets brought in: one import is one transaction and one undo.

use serde::Serialize;
use uuid::Uuid;

use super::{Noun, Writing, Wrote};
use crate::error::Result;
use crate::period::Period;
use crate::sheet::{Rejected, Table, Warning, people_in, roster_in, units_in};
use crate::unit::Register;
use crate::watch;

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
    fn writes(self, rejected: &[Rejected]) -> bool {
        match self {
            Self::AllOrNothing => rejected.is_empty(),
            Self::SkipRejected => true,
            Self::DryRun => false,
        }
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    pub rows: Vec<Brought>,
}

/// What a row did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// The row, as a spreadsheet counts.
    pub row: usize,
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
    fn of(rejected: Vec<Rejected>, warnings: Vec<Warning>) -> Self {
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
    /// Brings in a list of units.
    ///
    /// # Errors
    /// [`crate::Code::SheetColumns`], [`crate::Code::SheetEmpty`], [`crate::Code::Cancelled`].
    pub fn import_units(&mut self, table: &Table, mode: Mode) -> Result<Import> {
        let mut plan = units_in::plan(table, &self.units()?)?;
        let mut import = Import::of(plan.rejected, Vec::new());
        let write = mode.writes(&import.rejected);
        for unit in plan.units.iter_mut().filter(|unit| unit.id.0.is_nil()) {
            unit.id = self.fresh(write)?;
        }
        self.claim(&mut plan.units)?;
        let mut all = plan.units.clone();
        all.extend(self.units()?);
        let register = Register::new(&all);
        for (unit, parent) in plan.units.iter_mut().zip(&plan.parents) {
            // A parent whose own row was turned away leaves what is known.
            if let Some(parent) = parent.as_ref().and_then(|given| register.find_first(given)) {
                unit.parent = Some(parent.id);
            }
        }
        self.bring(&plan.units, &plan.rows, write, &mut import)?;
        Ok(import)
    }

    /// Brings in a list of people.
    ///
    /// # Errors
    /// [`crate::Code::SheetColumns`], [`crate::Code::SheetEmpty`], [`crate::Code::Cancelled`].
    pub fn import_people(&mut self, table: &Table, mode: Mode) -> Result<Import> {
        let mut plan = people_in::plan(table, &self.units()?, &self.people()?)?;
        let mut import = Import::of(plan.rejected, plan.warnings);
        let write = mode.writes(&import.rejected);
        for person in plan.people.iter_mut().filter(|new| new.id.0.is_nil()) {
            person.id = self.fresh(write)?;
        }
        self.bring(&plan.people, &plan.rows, write, &mut import)?;
        if write && import.new + import.changed > 0 {
            self.link_operators()?;
        }
        Ok(import)
    }

    /// Brings in a roster, for a period or for the periods its times lie in.
    ///
    /// # Errors
    /// [`crate::Code::SheetColumns`], [`crate::Code::SheetEmpty`], [`crate::Code::Cancelled`].
    pub fn import_roster(
        &mut self,
        table: &Table,
        period: Option<&Period>,
        mode: Mode,
    ) -> Result<Import> {
        let mut plan = roster_in::plan(table, &self.roster()?, period)?;
        let mut import = Import::of(plan.rejected, plan.warnings);
        let write = mode.writes(&import.rejected);
        for shift in plan.shifts.iter_mut().filter(|new| new.id.0.is_nil()) {
            shift.id = self.fresh(write)?;
        }
        self.bring(&plan.shifts, &plan.rows, write, &mut import)?;
        Ok(import)
    }

    /// An id for what is new; none is spent when nothing is written.
    fn fresh<T: From<Uuid>>(&mut self, write: bool) -> Result<T> {
        match write {
            true => self.new_id(),
            false => Ok(T::from(Uuid::nil())),
        }
    }

    /// Writes the nouns of a plan, or finds out what that would do; `rows` says which row speaks
    /// of which.
    fn bring<N: Noun>(
        &mut self,
        nouns: &[N],
        rows: &[(usize, usize)],
        write: bool,
        import: &mut Import,
    ) -> Result<()> {
        let mut done = Vec::with_capacity(nouns.len());
        for (at, noun) in nouns.iter().enumerate() {
            if let Some(watch) = &self.watch {
                watch::ask(watch, at, nouns.len())?;
            }
            let (wrote, changes) = self.put_telling(noun, write)?;
            import.count(wrote);
            done.push((wrote, changes));
        }
        let brought = |&(row, at): &(usize, usize)| {
            let (wrote, changes) = done[at].clone();
            Brought {
                row,
                wrote,
                changes,
            }
        };
        import.rows = rows.iter().map(brought).collect();
        Ok(())
    }
}
