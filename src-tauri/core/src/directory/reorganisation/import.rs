//! A list of units, and of those that take their place.

use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

use crate::book::{Altered, Import, ImportedRow, Wrote};
use crate::clock::Instant;
use crate::directory::unit::import::read_group;
use crate::directory::unit::{Group, Like, Register, Unit};
use crate::error::Result;
use crate::id::UnitId;
use crate::sheet::heading::Field;
use crate::sheet::{Expected, Notice, Rejected, Table, Warning};
use crate::store::Reader;
use crate::text::{fold, one_line};

/// A unit that is to be no more, and what takes its place.
struct Step {
    /// The row of the table.
    at: usize,
    /// The unit.
    old: UnitId,
    /// The code of what takes its place.
    code: Option<String>,
    /// Its name; that of the unit itself where only a code is given that nobody knows.
    name: String,
    /// Its group; that of the unit itself where none is given.
    group: Group,
    /// What to know about it when the unit is split and has people.
    split: Warning,
}

/// Reads a list against the units of the book. A unit with several rows is split.
fn plan(table: &Table, units: &[Unit]) -> (Vec<Step>, Vec<Rejected>) {
    let register = Register::new(units);
    let (mut steps, mut rejected) = (Vec::new(), Vec::new());
    for line in table.lines() {
        let read = line.and_then(|row| {
            let reject = |field, expected| Box::new(row.reject(&[field], expected));
            let old = row
                .get(&[Field::OldUnit])
                .ok_or_else(|| reject(Field::OldUnit, Expected::Unit))?;
            let known = register.find(&old).ok();
            let known = known.or_else(|| match register.like(&old) {
                Like::Same(unit) => Some(unit),
                Like::Perhaps(_) | Like::None => None,
            });
            let old = known.ok_or_else(|| reject(Field::OldUnit, Expected::KnownUnit))?;
            let code = row.get(&[Field::UnitCode]).map(|code| one_line(&code));
            let name = row.get(&[Field::Unit]).map(|name| one_line(&name));
            if code.is_none() && name.is_none() {
                return Err(reject(Field::Unit, Expected::Unit));
            }
            // A code is of one unit: another name beside it would be lost, or of the wrong unit.
            if let (Some(code), Some(name)) = (&code, &name) {
                let is_other = |known: &str| fold(known) != fold(name);
                let of_other = register.with_code(code).is_some_and(|unit| {
                    unit.id != old.id
                        && is_other(&unit.name)
                        && unit.aliases.iter().all(|alias| is_other(alias))
                });
                let before = steps
                    .iter()
                    .find(|step: &&Step| step.code.as_ref() == Some(code));
                if of_other || before.is_some_and(|step| is_other(&step.name)) {
                    return Err(reject(Field::UnitCode, Expected::SameUnit));
                }
            }
            let group = match row.get(&[Field::Group]) {
                Some(text) => {
                    read_group(&text).ok_or_else(|| reject(Field::Group, Expected::Group))?
                }
                None => old.group,
            };
            Ok(Step {
                at: row.at(),
                old: old.id,
                code,
                name: name.unwrap_or_else(|| old.name.clone()),
                group,
                split: row.warn(Field::Unit, Notice::Split),
            })
        });
        match read {
            Ok(step) => steps.push(step),
            Err(why) => rejected.push(*why),
        }
    }
    (steps, rejected)
}

/// A list of units and of those that take their place, read against the book.
pub(super) struct Planned {
    /// All units, as they would be; the ids of new ones are nobody's until they are written.
    pub(super) units: Vec<Unit>,
    /// Which of them are new.
    pub(super) made: Vec<usize>,
    /// The units that go on under another name, and as what: the one of before ends, so that what
    /// was then stands under the name of then.
    pub(super) renamed: BTreeMap<UnitId, UnitId>,
    /// The first unit that takes the place of each.
    pub(super) first: HashMap<UnitId, UnitId>,
    pub(super) import: Import,
}

impl Planned {
    pub(super) fn of(book: Reader<'_>, table: &Table, on: Instant) -> Result<Self> {
        let mut units = book.units()?;
        let (steps, rejected) = plan(table, &units);
        let mut import = Import::of(rejected, Vec::new());
        let mut first: HashMap<UnitId, UnitId> = HashMap::new();
        let mut made = Vec::new();
        let mut renamed: BTreeMap<UnitId, UnitId> = BTreeMap::new();
        let people: HashSet<UnitId> = book.people()?.iter().map(|person| person.unit).collect();
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
            let known = known.map(|unit| (unit, renamed.get(&unit.id).copied()));
            let is_named = |unit: &Unit| fold(&unit.name) == fold(&step.name);
            let mut name_before = None;
            let new = match known {
                Some((_, Some(under_another_name))) => under_another_name,
                Some((unit, None)) if unit.id == step.old && !is_named(unit) => {
                    name_before = Some(unit.name.clone());
                    let after = Unit {
                        id: UnitId(Uuid::from_u128(1 + units.len() as u128)),
                        name: step.name.clone(),
                        group: step.group,
                        began_at: Some(on),
                        ..unit.clone()
                    };
                    let id = after.id;
                    renamed.insert(unit.id, id);
                    made.push(units.len());
                    units.push(after);
                    id
                }
                Some((unit, None)) => unit.id,
                None => {
                    let id = UnitId(Uuid::from_u128(1 + units.len() as u128));
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
                    import.new += 1;
                    made.push(units.len());
                    units.push(unit);
                    id
                }
            };
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
                wrote: match step.old == new {
                    true => Wrote::Same,
                    false => Wrote::Changed,
                },
                changes: match name_before {
                    Some(before) => vec![Altered {
                        field: "name",
                        old: before.into(),
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
        // Who takes the place of one that is renamed itself is known by now.
        for place in first.values_mut() {
            *place = renamed.get(place).copied().unwrap_or(*place);
        }
        let all: HashSet<UnitId> = steps.iter().map(|step| step.old).collect();
        import.changed = first.iter().filter(|(old, new)| old != new).count();
        import.same = all.len() - import.changed;
        Ok(Self {
            units,
            made,
            renamed,
            first,
            import,
        })
    }
}

/// What putting units in the place of others would do.
///
/// # Errors
/// Those of the store.
pub fn preview(book: Reader<'_>, table: &Table, on: Instant) -> Result<Import> {
    Ok(Planned::of(book, table, on)?.import)
}
