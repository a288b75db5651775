//! Units that are merged, renamed or split.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::book::{Import, Mode, Writing};
use crate::clock::Instant;
use crate::directory::reorganisation::import::Planned;
use crate::directory::unit::Unit;
use crate::duty::period::Need;
use crate::duty::shift::{Comes, Shift};
use crate::error::{Code, Error, Result};
use crate::id::UnitId;
use crate::messages::vietnamese;
use crate::sheet::Table;
use crate::submission::{Owed, Submission};
use crate::text::tidy_some;

impl Writing<'_> {
    /// Puts units in the place of others, as a list says, from a day on: people, shifts, open
    /// incidents and what was sent for periods that are not over go from then on to the first unit that takes a
    /// place, and the old names still find it. What was before stays with the unit of then, under the
    /// name of then. What is not there yet becomes a new unit.
    ///
    /// # Errors
    /// Those of the store; [`Code::PastDay`] when the day is over, and no reason is given.
    pub fn succeed(
        &mut self,
        table: &Table,
        on: Instant,
        reason: Option<&str>,
        mode: Mode,
    ) -> Result<Import> {
        let Planned {
            mut units,
            made,
            renamed,
            mut first,
            import,
        } = Planned::of(self.reader, table, on)?;
        if !mode.writes(&import.rejected) {
            return Ok(import);
        }
        let is_past = on < self.now().midnight() && import.changed > 0;
        let reason = reason.and_then(tidy_some).filter(|_| is_past);
        if is_past && reason.is_none() {
            return Err(Error::new(Code::PastDay).with("on", on.day()));
        }
        let log = reason
            .as_deref()
            .map(|reason| in_words(&import, on, reason));
        (self.since, self.reason) = (Some(on), reason);
        let is_renamed: HashSet<UnitId> = renamed.values().copied().collect();
        let mut ids = HashMap::new();
        for at in made {
            let id = self.new_id()?;
            let before = std::mem::replace(&mut units[at].id, id);
            ids.insert(before, id);
            match is_renamed.contains(&before) {
                // It has the code of the one that ends with this.
                true => drop(self.put(&units[at].clone().in_one_form())?),
                false => drop(self.set_unit(&units[at])?),
            }
        }
        for place in first.values_mut() {
            *place = ids.get(place).copied().unwrap_or(*place);
        }
        // A unit that stays what it is goes nowhere.
        let kept: HashSet<UnitId> = first.values().copied().collect();
        let made: HashSet<UnitId> = ids.into_values().collect();
        first.retain(|old, new| old != new);
        self.move_to(&units, &first, (&kept, &made), on)?;
        (self.since, self.reason) = (None, None);
        if let Some(text) = log {
            self.log(&text.as_str().into())?;
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
        let mut moved = Vec::new();
        for mut shift in self.shifts()? {
            let Some(unit) = places.get(&shift.unit).filter(|_| on < shift.to) else {
                continue;
            };
            if shift.from < on {
                moved.push(Shift {
                    to: on,
                    ..shift.clone()
                });
                (shift.id, shift.from) = (self.new_id()?, on);
            }
            shift.unit = *unit;
            moved.push(shift);
        }
        self.put_shifts(moved, Comes::From(on))?;
        self.move_submissions(places, made, on)?;
        self.move_needs(places, on)?;
        for mut incident in self.incidents()? {
            let goes_on = incident.closed_at.is_none_or(|closed| on < closed);
            if let Some(unit) = places.get(&incident.unit).filter(|_| goes_on) {
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
                let own = |name: &&String| {
                    [after.code.as_ref(), after.short_name.as_ref()].contains(&Some(*name))
                };
                let names: Vec<String> = names.filter(|name| !own(name)).cloned().collect();
                after.aliases.extend(names);
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

    /// Asks of a unit that takes the place of another alone what was asked of that one by exception,
    /// in periods that are not over.
    fn move_needs(&mut self, places: &HashMap<UnitId, UnitId>, on: Instant) -> Result<()> {
        let alone = |old: UnitId| {
            let place = places.get(&old)?;
            let others = places.values().filter(|other| *other == place);
            (others.count() == 1).then_some(*place)
        };
        for mut period in self.periods()?.into_iter().filter(|period| period.to > on) {
            let known = period.needs.iter().filter_map(|need| need.unit);
            let known: HashSet<UnitId> = known.collect();
            let needs = period.needs.iter().filter_map(|need| {
                let place = need.unit.and_then(alone)?;
                // A unit of which something was said already goes by that.
                (!known.contains(&place)).then(|| Need {
                    unit: Some(place),
                    ..need.clone()
                })
            });
            let needs: Vec<Need> = needs.collect();
            if !needs.is_empty() {
                period.needs.extend(needs);
                self.put(&period)?;
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
            let mut came: BTreeMap<UnitId, Vec<&Owed>> = BTreeMap::new();
            for one in &owed {
                if let Some(place) = places.get(&one.unit).filter(|place| made.contains(place)) {
                    came.entry(*place).or_default().push(one);
                }
            }
            for (unit, came) in came {
                let mut after = Submission::unsaid(period.id, unit);
                // The latest of their own days is the day of what came of them.
                let own_days = came.iter().map(|one| one.own_due);
                after.due_at = own_days
                    .min()
                    .flatten()
                    .and(came.iter().filter_map(|one| one.own_due).max());
                if let Some(last) = came.iter().max_by_key(|one| (one.received_at, one.unit))
                    && came.iter().all(|one| one.state.is_settled())
                {
                    after.state = Some(last.state);
                    after.document.clone_from(&last.document);
                    after.received_at = last.received_at;
                }
                if after != Submission::unsaid(period.id, unit) {
                    self.put(&after)?;
                }
            }
        }
        Ok(())
    }
}

/// What a line of the log says of a reorganisation from a day that was over.
fn in_words(import: &Import, on: Instant, reason: &str) -> String {
    /// So many are named; a whole province is in the list.
    const NAMED: usize = 10;
    let changes = import.rows.iter().flat_map(|row| &row.changes);
    let changes = changes.filter_map(|change| {
        let (old, new) = (change.old.as_str()?, change.new.as_str()?);
        Some(format!("{old} → {new}"))
    });
    let all: Vec<String> = changes.collect();
    let mut what = all[..all.len().min(NAMED)].join("; ");
    if all.len() > NAMED {
        what.push_str("; …");
    }
    vietnamese().with(
        "written_line_past_units",
        &[
            ("on", &on.day()),
            ("count", &import.changed.to_string()),
            ("what", &what),
            ("reason", &reason.to_owned()),
        ],
    )
}
