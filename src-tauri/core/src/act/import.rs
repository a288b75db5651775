//! Spreadsheets brought in: one import is one transaction and one undo.

use serde::Serialize;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use super::{Noun, Writing, Wrote};
use crate::error::Result;
use crate::id::UnitId;
use crate::period::Period;
use crate::person::Person;
use crate::sheet::people_in::Ways;
use crate::sheet::{Expected, Rejected, Table, Warning, people_in, roster_in, units_in};
use crate::shift::Shift;
use crate::text::{fold, one_line};
use crate::unit::{Group, Register, Unit};
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
    pub(super) fn writes(self, rejected: &[Rejected]) -> bool {
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
    pub rows: Vec<Brought>,
}

/// What a row did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
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
    pub(super) fn of(rejected: Vec<Rejected>, warnings: Vec<Warning>) -> Self {
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
    /// [`crate::Code::Cancelled`].
    pub fn import_units(&mut self, table: &Table, mode: Mode) -> Result<Import> {
        let mut plan = units_in::plan(table, &self.units()?);
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
        self.bring(&plan.units, &HashMap::new(), &plan.rows, write, &mut import)?;
        Ok(import)
    }

    /// Brings in a list of people.
    ///
    /// # Errors
    /// [`crate::Code::Cancelled`].
    pub fn import_people(&mut self, table: &Table, ways: &Ways, mode: Mode) -> Result<Import> {
        let people = self.people()?;
        let (mut units, told) = self.units_as_told(ways)?;
        let mut plan = people_in::plan(table, &units, &people, ways);
        let mut new_units = Vec::new();
        if ways.create_units {
            new_units = unknown_units(&plan.rejected);
            for unit in &mut new_units {
                // What is only shown has an id that is nobody's.
                unit.id = match mode {
                    Mode::DryRun => UnitId(Uuid::from_u128(1 + units.len() as u128)),
                    Mode::AllOrNothing | Mode::SkipRejected => self.new_id()?,
                };
                units.push(unit.clone());
            }
            plan = people_in::plan(table, &units, &people, ways);
        }
        if mode.writes(&plan.rejected) {
            for unit in told.iter().chain(&new_units) {
                self.put(unit)?;
            }
        }
        let mut import = Import::of(plan.rejected, plan.warnings);
        let write = mode.writes(&import.rejected);
        for (at, person) in plan.people.iter_mut().enumerate() {
            if person.id.0.is_nil() {
                person.id = self.fresh(write)?;
            }
            if let Some(written) = plan.written.get_mut(&at) {
                written.id = person.id;
            }
        }
        self.bring(&plan.people, &plan.written, &plan.rows, write, &mut import)?;
        if write {
            self.mark_received(&units_of(&plan.people, &plan.rows, &import.rows))?;
            if import.new + import.changed > 0 {
                self.link_operators()?;
            }
        }
        Ok(import)
    }

    /// Brings in a roster, for a period or for the periods its times lie in.
    ///
    /// # Errors
    /// [`crate::Code::Cancelled`].
    pub fn import_roster(
        &mut self,
        table: &Table,
        period: Option<&Period>,
        mode: Mode,
    ) -> Result<Import> {
        let mut plan = roster_in::plan(table, &self.roster()?, period);
        let mut import = Import::of(plan.rejected, plan.warnings);
        let write = mode.writes(&import.rejected);
        let is_new: Vec<bool> = plan.shifts.iter().map(|one| one.id.0.is_nil()).collect();
        // What was on duty while the book was kept is told after the fact: by which list.
        let (begun, now) = (self.begun_at()?.unwrap_or(self.now()), self.now());
        let late = |shift: &Shift| shift.from.max(begun) < shift.to.min(now.whole_minute());
        for shift in plan.shifts.iter_mut().filter(|new| new.id.0.is_nil()) {
            shift.id = self.fresh(write)?;
            if late(shift) {
                shift.reason = Some(format!("Theo danh sách {}", table.file).into());
            }
        }
        if write {
            let new = plan.shifts.iter().zip(&is_new).filter(|(_, new)| **new);
            let new: Vec<Shift> = new.map(|(shift, _)| shift.clone()).collect();
            self.keep_on_call(&new)?;
        }
        self.bring(
            &plan.shifts,
            &HashMap::new(),
            &plan.rows,
            write,
            &mut import,
        )?;
        Ok(import)
    }

    /// The units, with the names that were said to be theirs; and those of which some were said.
    fn units_as_told(&self, ways: &Ways) -> Result<(Vec<Unit>, Vec<Unit>)> {
        let mut units = self.units()?;
        let names: HashSet<String> = units.iter().map(|unit| fold(&unit.name)).collect();
        let mut told = Vec::new();
        for unit in &mut units {
            let told_of = ways.aliases.iter().filter(|(of, _)| *of == unit.id);
            // The name of a unit cannot be another name of one.
            let names = told_of.filter(|(_, name)| !names.contains(&fold(name)));
            let before = unit.aliases.len();
            unit.aliases.extend(names.map(|(_, name)| name.clone()));
            if unit.aliases.len() > before {
                *unit = unit.clone().in_one_form();
                told.push(unit.clone());
            }
        }
        Ok((units, told))
    }

    /// An id for what is new; none is spent when nothing is written.
    fn fresh<T: From<Uuid>>(&mut self, write: bool) -> Result<T> {
        match write {
            true => self.new_id(),
            false => Ok(T::from(Uuid::nil())),
        }
    }

    /// Writes the nouns of a plan, or finds out what that would do; `rows` says which row speaks
    /// of which. Those that change are first kept as they were `written`, for their history.
    fn bring<N: Noun>(
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
                watch::ask(watch, at, nouns.len())?;
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
            Brought {
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

/// The units of which somebody came in who is new or changed.
fn units_of(people: &[Person], places: &[(usize, usize)], rows: &[Brought]) -> HashSet<UnitId> {
    let news = places
        .iter()
        .zip(rows)
        .filter(|(_, row)| row.wrote != Wrote::Same);
    news.map(|((_, place), _)| people[*place].unit).collect()
}

/// Units that rows were turned away for, as new ones.
fn unknown_units(rejected: &[Rejected]) -> Vec<Unit> {
    let unknown = rejected
        .iter()
        .filter(|row| row.expected == Expected::KnownUnit);
    let mut names: Vec<String> = unknown.map(|row| one_line(&row.value)).collect();
    names.sort_unstable();
    names.dedup_by(|a, b| fold(a) == fold(b));
    let unit = |name| Unit::new(UnitId(Uuid::nil()), name, Group::Other);
    names.into_iter().map(unit).collect()
}
