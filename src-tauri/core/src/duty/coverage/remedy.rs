//! Who could fill a gap.

use std::collections::{HashMap, HashSet};

use crate::clock::{HOUR, Instant};
use crate::directory::person::Role;
use crate::duty::coverage::{Roster, humans};
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
        let busy = |at: usize, from: Instant, to: Instant| {
            let shifts = self.shifts.get(&self.humans[at]);
            let away = self.roster.people[at].away.iter();
            shifts
                .into_iter()
                .flatten()
                .any(|shift| shift.meets(from, to))
                || away.clone().any(|(begin, end)| *begin < to && from < *end)
        };
        let mut seen = HashSet::new();
        let mut free: Vec<usize> = self
            .of_unit
            .get(&gap.unit)
            .map_or(&[][..], Vec::as_slice)
            .to_vec();
        free.retain(|at| {
            let person = &self.roster.people[*at];
            person.role != Some(Role::Leader)
                && lasts <= limits.stretch
                && seen.insert(self.humans[*at])
                && !busy(*at, from.plus(-limits.rest), to.plus(limits.rest))
        });
        free.sort_by_key(|at| self.shifts.get(&self.humans[*at]).map_or(0, Vec::len));
        let before = self.ending.get(&(gap.unit, gap.post, from)).copied();
        let extend = before.filter(|shift| {
            let at = self.places.get(&shift.person);
            lasts <= STAY
                && to.millis() - shift.from.millis() <= limits.stretch
                && at.is_some_and(|at| !busy(*at, from, to.plus(limits.rest)))
        });
        Remedy {
            free: free
                .into_iter()
                .map(|at| self.roster.people[at].id)
                .collect(),
            extend: extend.map(|shift| shift.id),
        }
    }
}
