//! Units that are merged, renamed or split.

use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

use super::import as succession_in;
use crate::book::{Altered, Import, ImportedRow, Mode};
use crate::book::{Writing, Wrote};
use crate::clock::Instant;
use crate::directory::reorganisation::import::Step;
use crate::directory::unit::{Register, Unit};
use crate::error::Result;
use crate::id::UnitId;
use crate::sheet::Table;
use crate::submission::Submission;
use crate::text::fold;

impl Writing<'_> {
    /// Puts units in the place of others, as a list says, from a day on: people, shifts, incidents
    /// and what was sent for periods that are not over go to the first unit that takes a place,
    /// and the old names still find it. What is not there yet becomes a new unit.
    ///
    /// # Errors
    /// Those of the store.
    pub fn succeed(&mut self, table: &Table, on: Instant, mode: Mode) -> Result<Import> {
        let mut units = self.units()?;
        let (steps, rejected) = succession_in::plan(table, &units);
        let mut import = Import::of(rejected, Vec::new());
        let write = mode.writes(&import.rejected);
        let mut first: HashMap<UnitId, UnitId> = HashMap::new();
        let mut made: HashSet<UnitId> = HashSet::new();
        let mut renamed: BTreeMap<UnitId, String> = BTreeMap::new();
        let people: HashSet<UnitId> = self.people()?.iter().map(|person| person.unit).collect();
        for step in &steps {
            let register = Register::new(&units);
            let known = step
                .code
                .as_deref()
                .and_then(|code| register.with_code(code));
            let known = known.or_else(|| {
                let named = register.find(&step.name).ok();
                named.filter(|unit| {
                    step.code.is_none() || unit.code.is_none() || unit.code == step.code
                })
            });
            let new = match known {
                Some(unit) => unit.id,
                None => {
                    let id = match write {
                        true => self.new_id()?,
                        // What is only shown has an id that is nobody's.
                        false => UnitId(Uuid::from_u128(1 + units.len() as u128)),
                    };
                    let mut unit = Unit::new(id, step.name.clone(), step.group);
                    unit.code.clone_from(&step.code);
                    unit.began_at = Some(on);
                    // What takes the place of one unit alone is it under another name.
                    let alone = |other: &&Step| other.old == step.old || other.name == step.name;
                    if steps.iter().filter(alone).count() == 1
                        && let Some(old) = units.iter().find(|unit| unit.id == step.old)
                    {
                        unit.phone.clone_from(&old.phone);
                        unit.email.clone_from(&old.email);
                        unit.address.clone_from(&old.address);
                        unit.note.clone_from(&old.note);
                    }
                    if write {
                        self.set_unit(&unit)?;
                    }
                    import.new += 1;
                    made.insert(id);
                    units.push(unit);
                    id
                }
            };
            if step.old == new
                && let Some(unit) = units.iter_mut().find(|unit| unit.id == new)
                && fold(&unit.name) != fold(&step.name)
            {
                let before = std::mem::replace(&mut unit.name, step.name.clone());
                renamed.insert(new, before);
            }
            let place = *first.entry(step.old).or_insert(new);
            if place != new && people.contains(&step.old) {
                import.warnings.push(step.split.clone());
            }
            let name_of = |id: UnitId| {
                let unit = units.iter().find(|unit| unit.id == id);
                serde_json::Value::from(unit.map(|unit| unit.name.clone()).unwrap_or_default())
            };
            import.rows.push(ImportedRow {
                at: step.at,
                noun: step.old.0,
                wrote: if step.old == new && !renamed.contains_key(&new) {
                    Wrote::Same
                } else {
                    Wrote::Changed
                },
                changes: match renamed.get(&new).filter(|_| step.old == new) {
                    Some(before) => vec![Altered {
                        field: "name",
                        old: before.clone().into(),
                        new: name_of(new),
                    }],
                    None if step.old == new || place != new => Vec::new(),
                    None => vec![Altered {
                        field: "succeeded_by",
                        old: name_of(step.old),
                        new: name_of(new),
                    }],
                },
            });
        }
        // A unit that stays what it is goes nowhere.
        let kept: HashSet<UnitId> = first.values().copied().collect();
        first.retain(|old, new| old != new);
        import.changed = first.len() + renamed.len();
        import.same = steps
            .iter()
            .map(|step| step.old)
            .collect::<HashSet<_>>()
            .len()
            - import.changed;
        if write {
            for (id, before) in renamed {
                if let Some(unit) = units.iter_mut().find(|unit| unit.id == id) {
                    unit.aliases.push(before);
                    self.put(&unit.clone().in_one_form())?;
                }
            }
            self.move_to(&units, &first, (&kept, &made), on)?;
        }
        Ok(import)
    }

    /// Moves all that belongs to units to those that take their place.
    fn move_to(
        &mut self,
        units: &[Unit],
        places: &HashMap<UnitId, UnitId>,
        (kept, made): (&HashSet<UnitId>, &HashSet<UnitId>),
        on: Instant,
    ) -> Result<()> {
        for mut person in self.people()? {
            if let Some(unit) = places.get(&person.unit) {
                person.unit = *unit;
                self.put(&person)?;
            }
        }
        for mut shift in self.shifts()? {
            if let Some(unit) = places.get(&shift.unit) {
                shift.unit = *unit;
                self.put(&shift)?;
            }
        }
        self.move_submissions(places, made, on)?;
        for mut incident in self.incidents()? {
            if let Some(unit) = places.get(&incident.unit) {
                incident.unit = *unit;
                self.put(&incident)?;
            }
        }
        for unit in units {
            let mut after = unit.clone();
            if let Some(parent) = unit.parent.and_then(|parent| places.get(&parent)) {
                after.parent = Some(*parent);
            }
            for old in units
                .iter()
                .filter(|old| places.get(&old.id) == Some(&unit.id))
            {
                let names = [Some(&old.name), old.short_name.as_ref(), old.code.as_ref()];
                let names = names.into_iter().flatten().chain(&old.aliases);
                after.aliases.extend(names.cloned());
                after.ours |= old.ours;
            }
            // A unit in whose place another is put, and that takes one itself, stays for that.
            if let Some(place) = places.get(&unit.id).filter(|_| !kept.contains(&unit.id)) {
                after.ended_at = Some(on);
                after.succeeded_by = Some(*place);
                after.removed = true;
            }
            if after != *unit {
                self.put(&after.in_one_form())?;
            }
        }
        Ok(())
    }

    /// Notes for new units what all those in whose place they are put have sent, for periods that
    /// are not over. What a unit owes that was there before it owes on.
    fn move_submissions(
        &mut self,
        places: &HashMap<UnitId, UnitId>,
        made: &HashSet<UnitId>,
        on: Instant,
    ) -> Result<()> {
        for period in self.periods()?.iter().filter(|period| period.to > on) {
            let owed = self.owed(period)?;
            let mut came: BTreeMap<UnitId, Vec<&Submission>> = BTreeMap::new();
            for one in owed.iter().map(|owed| &owed.submission) {
                if let Some(place) = places.get(&one.unit).filter(|place| made.contains(place)) {
                    came.entry(*place).or_default().push(one);
                }
            }
            for (unit, came) in came {
                let mut after = Submission::waiting(period.id, unit);
                // The latest of their own days is the day of what came of them.
                let own_days = came.iter().map(|one| one.due_at);
                after.due_at = own_days
                    .min()
                    .flatten()
                    .and(came.iter().filter_map(|one| one.due_at).max());
                if let Some(last) = came.iter().max_by_key(|one| (one.received_at, one.id))
                    && came.iter().all(|one| one.state.is_settled())
                {
                    after.state = last.state;
                    after.document.clone_from(&last.document);
                    after.received_at = last.received_at;
                }
                if after != Submission::waiting(period.id, unit) {
                    self.put(&after)?;
                }
            }
        }
        Ok(())
    }
}
