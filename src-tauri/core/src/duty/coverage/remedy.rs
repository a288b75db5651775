//! Who could fill a gap, or stand in for somebody who has leave.

use std::collections::{HashMap, HashSet};

use crate::clock::{HOUR, Instant};
use crate::directory::person::Role;
use crate::duty::coverage::{Leave, Roster, humans};
use crate::duty::finding::Finding;
use crate::duty::period::Post;
use crate::duty::shift::Shift;
use crate::id::{PersonId, ShiftId, UnitId};

/// The longest gap for which whoever is there before may stay on.
const STAY: i64 = 4 * HOUR;

/// What could fill a gap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remedy {
    /// Who of the unit is free and rested, who has least to do first.
    pub free: Vec<PersonId>,
    /// The shift before, when it could last until the gap is over.
    pub extend: Option<ShiftId>,
}

/// Knows who is busy when; made once for many gaps.
pub struct Remedies<'a> {
    roster: &'a Roster,
    of_unit: HashMap<UnitId, Vec<usize>>,
    humans: Vec<u32>,
    shifts: HashMap<u32, Vec<&'a Shift>>,
    places: HashMap<PersonId, usize>,
    /// By post, and by when they end.
    ending: HashMap<(UnitId, Post, Instant), &'a Shift>,
    leave: Leave,
}

impl Roster {
    /// Finds out who could fill gaps.
    #[must_use]
    pub fn remedies(&self) -> Remedies<'_> {
        let humans = humans(&self.people);
        let places: HashMap<PersonId, usize> = self
            .people
            .iter()
            .enumerate()
            .map(|(at, person)| (person.id, at))
            .collect();
        let mut of_unit: HashMap<UnitId, Vec<usize>> = HashMap::new();
        for (at, person) in self.people.iter().enumerate() {
            of_unit.entry(person.unit).or_default().push(at);
        }
        let mut shifts: HashMap<u32, Vec<&Shift>> = HashMap::new();
        for shift in self.shifts.iter().filter(|shift| !shift.standing) {
            if let Some(at) = places.get(&shift.person) {
                shifts.entry(humans[*at]).or_default().push(shift);
            }
        }
        let working = self.shifts.iter().filter(|shift| !shift.standing);
        let ending = working
            .map(|shift| ((shift.unit, shift.post, shift.to), shift))
            .collect();
        Remedies {
            roster: self,
            of_unit,
            humans,
            shifts,
            places,
            ending,
            leave: self.leave(),
        }
    }
}

impl Remedies<'_> {
    /// Who could fill a gap.
    #[must_use]
    pub fn of(&self, gap: &Finding) -> Remedy {
        let limits = self.roster.limits;
        let (from, to) = (gap.from, gap.to);
        let lasts = to.millis() - from.millis();
        let before = self.ending.get(&(gap.unit, gap.post, from)).copied();
        let extend = before.filter(|shift| {
            let at = self.places.get(&shift.person);
            lasts <= STAY
                && to.millis() - shift.from.millis() <= limits.stretch
                && at.is_some_and(|at| !self.is_busy(*at, (from, to.plus(limits.rest))))
                && self.leave.within(shift.person, (from, to)).next().is_none()
        });
        Remedy {
            free: self.free(gap.unit, (from, to)),
            extend: extend.map(|shift| shift.id),
        }
    }

    /// Who of a unit is free and rested in a span, who has least to do first.
    #[must_use]
    pub fn free(&self, unit: UnitId, (from, to): (Instant, Instant)) -> Vec<PersonId> {
        let limits = self.roster.limits;
        let of_unit = self.of_unit.get(&unit).map_or(&[][..], Vec::as_slice);
        let mut seen = HashSet::new();
        let mut free = of_unit.to_vec();
        free.retain(|at| {
            let person = &self.roster.people[*at];
            person.role != Some(Role::Leader)
                && to.millis() - from.millis() <= limits.stretch
                && seen.insert(self.humans[*at])
                && self.leave.within(person.id, (from, to)).next().is_none()
                && !self.is_busy(*at, (from.plus(-limits.rest), to.plus(limits.rest)))
        });
        free.sort_by_key(|at| self.shifts.get(&self.humans[*at]).map_or(0, Vec::len));
        free.into_iter()
            .map(|at| self.roster.people[at].id)
            .collect()
    }

    /// Who of a unit could answer in a span in which nobody else does, without shifts.
    #[must_use]
    pub fn on_call(&self, unit: UnitId, span: (Instant, Instant)) -> Vec<PersonId> {
        let of_unit = self.of_unit.get(&unit).into_iter().flatten();
        let mut seen = HashSet::new();
        let there = of_unit.filter(|at| {
            let person = &self.roster.people[**at];
            person.role != Some(Role::Leader)
                && seen.insert(self.humans[**at])
                && self.leave.within(person.id, span).next().is_none()
        });
        there.map(|at| self.roster.people[*at].id).collect()
    }

    /// Whether somebody has shifts in a span.
    fn is_busy(&self, at: usize, (from, to): (Instant, Instant)) -> bool {
        let shifts = self.shifts.get(&self.humans[at]);
        let mut shifts = shifts.into_iter().flatten();
        shifts.any(|shift| shift.meets(from, to))
    }
}
