//! A list of units, read against the units of the book.

pub(crate) mod cell;

use crate::book::{Import, Mode, Writing};
use crate::error::Result;

use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use crate::directory::unit::group::GROUP_NAMES;
use crate::directory::unit::write::claim;
use crate::directory::unit::{Group, Register, Unit};
use crate::id::UnitId;
use crate::sheet::heading::Field;
use crate::sheet::{Expected, Rejected, Table};
use crate::store::Reader;
use crate::text::{fold, one_line};

/// The group that a text names.
pub(crate) fn read_group(text: &str) -> Option<Group> {
    let folded = fold(text);
    Group::parse(text).ok().or_else(|| {
        GROUP_NAMES
            .iter()
            .find(|(_, names)| names.iter().any(|name| fold(name) == folded))
            .map(|(group, _)| *group)
    })
}

/// What a list of units would do.
#[derive(Debug)]
pub struct Plan {
    /// The units as they would be; new ones have a nil id until they are written.
    pub units: Vec<Unit>,
    /// For each of them, the name or code of the unit it belongs to.
    pub parents: Vec<Option<String>>,
    /// The place in the table of every row that was taken, and that in the list of the unit it
    /// speaks of.
    pub rows: Vec<(usize, usize)>,
    /// Rows turned away.
    pub rejected: Vec<Rejected>,
}

/// Reads a list of units against the known ones: by code, else by folded name. An empty cell
/// leaves what is known.
#[must_use]
pub fn plan_rows(table: &Table, known: &[Unit]) -> Plan {
    let register = Register::new(known);
    let by_name: HashMap<String, &Unit> =
        known.iter().map(|unit| (fold(&unit.name), unit)).collect();
    let (mut codes, mut names) = (HashSet::new(), HashSet::new());
    let mut rejected = Vec::new();
    let mut lines = Vec::new();
    for line in table.lines() {
        match line {
            Ok(line) => lines.push(line),
            Err(why) => rejected.push(*why),
        }
    }
    let in_list: HashSet<String> = lines
        .iter()
        .flat_map(|row| {
            [Field::UnitCode, Field::Unit, Field::ShortName].map(|field| row.get(&[field]))
        })
        .flatten()
        .map(|text| fold(&text))
        .collect();
    let mut plan = Plan {
        units: Vec::new(),
        parents: Vec::new(),
        rows: Vec::new(),
        rejected,
    };
    for row in lines {
        let code = row
            .get(&[Field::UnitCode])
            .map(|code| one_line(code.trim_start_matches('\'')));
        let Some(name) = row.get(&[Field::Unit]).map(|name| one_line(&name)) else {
            plan.rejected
                .push(row.reject(&[Field::Unit], Expected::Name));
            continue;
        };
        if code
            .as_ref()
            .is_some_and(|code| !codes.insert(code.to_ascii_uppercase()))
        {
            plan.rejected
                .push(row.reject(&[Field::UnitCode], Expected::Unique));
            continue;
        }
        if !names.insert(fold(&name)) && code.is_none() {
            plan.rejected
                .push(row.reject(&[Field::Unit], Expected::Unique));
            continue;
        }
        let old = code
            .as_ref()
            .and_then(|code| register.with_code(code))
            // With a code on both sides the name tells nothing: polling groups share theirs.
            .or_else(|| {
                let named = by_name.get(&fold(&name)).copied();
                named.filter(|unit| code.is_none() || unit.code.is_none())
            });
        let group = row.get(&[Field::Group]);
        let group = match (&group, old) {
            (Some(text), _) => read_group(text),
            (None, Some(old)) => Some(old.group),
            (None, None) => None,
        };
        let Some(group) = group else {
            plan.rejected
                .push(row.reject(&[Field::Group], Expected::Group));
            continue;
        };
        let mut unit = old
            .cloned()
            .unwrap_or_else(|| Unit::new(UnitId(Uuid::nil()), name.clone(), group));
        unit.name = name;
        unit.group = group;
        unit.code = code.or(unit.code);
        for (field, value) in [
            (Field::ShortName, &mut unit.short_name),
            (Field::Phone, &mut unit.phone),
            (Field::Email, &mut unit.email),
            (Field::Address, &mut unit.address),
            (Field::Note, &mut unit.note),
        ] {
            if let Some(given) = row.get(&[field]) {
                *value = Some(match field {
                    // Programs that open our text keep the mark that guards a number.
                    Field::Phone => given.trim_start_matches('\'').to_owned(),
                    _ => given,
                });
            }
        }
        let parent = row.get(&[Field::Parent]);
        if let Some(given) = &parent
            && register.find(given).is_err()
            && !in_list.contains(&fold(given))
        {
            plan.rejected
                .push(row.reject(&[Field::Parent], Expected::KnownUnit));
            continue;
        }
        plan.rows.push((row.at(), plan.units.len()));
        plan.units.push(unit.in_one_form());
        plan.parents.push(parent);
    }
    plan.rejected.sort_by_key(|rejected| rejected.at);
    plan
}

impl Plan {
    /// Finds the units that its units belong to, once these have their ids.
    fn settle(&mut self, book: Reader<'_>, known: &[Unit]) -> Result<()> {
        claim(book, &mut self.units)?;
        let mut all = self.units.clone();
        all.extend_from_slice(known);
        let register = Register::new(&all);
        for (unit, parent) in self.units.iter_mut().zip(&self.parents) {
            // A parent whose own row was turned away leaves what is known.
            if let Some(parent) = parent.as_ref().and_then(|given| register.find_first(given)) {
                unit.parent = Some(parent.id);
            }
        }
        Ok(())
    }

    fn foresee(
        mut self,
        book: Reader<'_>,
        known: &[Unit],
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Import> {
        self.settle(book, known)?;
        let mut import = Import::of(self.rejected, Vec::new());
        import.foresee(&self.units, known.iter(), &self.rows, watch)?;
        Ok(import)
    }
}

/// What bringing in a list of units would do; `watch` is asked as by [`Writing::on_progress`].
///
/// # Errors
/// [`crate::Code::Cancelled`].
pub fn preview(
    book: Reader<'_>,
    table: &Table,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Import> {
    let known = book.units()?;
    plan_rows(table, &known).foresee(book, &known, watch)
}

impl Writing<'_> {
    /// Brings in a list of units.
    ///
    /// # Errors
    /// [`crate::Code::Cancelled`].
    pub fn import_units(&mut self, table: &Table, mode: Mode) -> Result<Import> {
        let known = self.units()?;
        let mut plan = plan_rows(table, &known);
        if !mode.writes(&plan.rejected) {
            return plan.foresee(self.reader, &known, self.watcher());
        }
        for unit in plan.units.iter_mut().filter(|unit| unit.id.0.is_nil()) {
            unit.id = self.new_id()?;
        }
        plan.settle(self.reader, &known)?;
        let mut import = Import::of(plan.rejected, Vec::new());
        self.bring(&plan.units, &HashMap::new(), &plan.rows, &mut import)?;
        Ok(import)
    }
}
