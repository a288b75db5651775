//! The people of whom a rota is made, with what each already stands.

use std::collections::{HashMap, HashSet};

use super::fair::{self, Assignee, Open, Stander};
use super::{RotaRequest, in_round, rotates};
use crate::duty::coverage::{LaidOut, Roster, humans};
use crate::duty::stood::Stood;
use crate::error::Result;
use crate::id::{PeriodId, PersonId, UnitId};

/// How many exchanges are tried for all units together: a rota may be asked for again and again.
const BUDGET: usize = 1_200_000;

/// How many for each span of a unit, where nothing is broken.
const FOR_A_SPAN: usize = 4_000;

/// The people of a province while a rota is made.
pub(super) struct Team<'a> {
    roster: &'a Roster,
    request: &'a RotaRequest,
    /// By place in the roster's people.
    standers: Vec<Stander>,
    /// Cards of one human being share one stander.
    humans: Vec<u32>,
    places: HashMap<PersonId, usize>,
    by_unit: HashMap<UnitId, Vec<usize>>,
    /// How many exchanges may still be tried, and for how many units.
    budget: usize,
    units: usize,
}

impl<'a> Team<'a> {
    /// The people, with the shifts that stay; what they stood elsewhere than in the period is no
    /// share of it, but they are to rest from it.
    pub(super) fn new(
        laid_out: &LaidOut<'_>,
        roster: &'a Roster,
        period: PeriodId,
        request: &'a RotaRequest,
        units: usize,
    ) -> Self {
        let humans = humans(&roster.people);
        let places: HashMap<PersonId, usize> = roster
            .people
            .iter()
            .enumerate()
            .map(|(at, person)| (person.id, at))
            .collect();
        let mut standers = vec![Stander::new(request.limits); roster.people.len()];
        for (at, person) in roster.people.iter().enumerate() {
            standers[humans[at] as usize].away.extend(&person.away);
        }
        for (person, from, to) in &request.away {
            if let Some(at) = places.get(person) {
                standers[humans[*at] as usize].away.push((*from, *to));
            }
        }
        for shift in roster.shifts.iter().filter(|shift| !shift.standing) {
            let Some(at) = places.get(&shift.person) else {
                continue;
            };
            let there: Vec<_> = laid_out.there(shift).collect();
            let stood = match roster.period_of(shift) == Some(period) {
                true => Stood::of(std::slice::from_ref(&there), &roster.calendar),
                false => Stood::default(),
            };
            let stander = &mut standers[humans[*at] as usize];
            stander.hold((shift.from, shift.to), &there, stood, None);
        }
        let mut by_unit: HashMap<UnitId, Vec<usize>> = HashMap::new();
        for (at, person) in roster.people.iter().enumerate() {
            by_unit.entry(person.unit).or_default().push(at);
        }
        for people in by_unit.values_mut() {
            people.sort_by_cached_key(|at| in_round(&roster.people[*at]));
        }
        Self {
            roster,
            request,
            standers,
            humans,
            places,
            by_unit,
            budget: BUDGET,
            units,
        }
    }

    /// Who rotates in a unit: places in the roster's people, who begins first.
    pub(super) fn rotating(&self, unit: UnitId) -> Vec<usize> {
        let people: Vec<usize> = match self.request.order.get(&unit) {
            Some(order) if !order.is_empty() => order
                .iter()
                .filter_map(|id| self.places.get(id).copied())
                .collect(),
            _ => {
                let all = self.by_unit.get(&unit).map_or(&[][..], Vec::as_slice);
                let rotates = |at: &usize| rotates(&self.roster.people[*at]);
                all.iter().copied().filter(rotates).collect()
            }
        };
        let mut seen = HashSet::new();
        people
            .into_iter()
            .filter(|at| seen.insert(self.humans[*at]))
            .collect()
    }

    fn stander(&self, at: usize) -> &Stander {
        &self.standers[self.humans[at] as usize]
    }

    /// Who stands in each of the open spans; `None` where nobody can. Whoever begins stays when
    /// that was said.
    pub(super) fn give(
        &mut self,
        people: &[usize],
        open: &[Open],
        said: bool,
        goes_on: &dyn Fn() -> Result<()>,
    ) -> Result<Vec<Option<PersonId>>> {
        let mut assignees: Vec<Stander> =
            people.iter().map(|at| self.stander(*at).clone()).collect();
        // What a unit does not need is left for those after it.
        let all = self.budget / self.units.max(1);
        self.units = self.units.saturating_sub(1);
        let assignee = Assignee {
            fixed: usize::from(said),
            tries: (all.min(FOR_A_SPAN * open.len()), all),
            goes_on,
        };
        let (given, tried) = fair::give(&mut assignees, open, &assignee)?;
        self.budget -= tried;
        for (at, assignee) in people.iter().zip(assignees) {
            self.standers[self.humans[*at] as usize] = assignee;
        }
        let person = |who: Option<usize>| who.map(|who| self.roster.people[people[who]].id);
        Ok(given.into_iter().map(person).collect())
    }
}
