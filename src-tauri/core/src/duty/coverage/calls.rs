//! Whom to call at a unit.

use std::collections::HashMap;

use crate::clock::Instant;
use crate::directory::drill;
use crate::directory::person::Person;
use crate::directory::person::call::Moment;
use crate::duty::coverage::{OnDuty, Roster};
use crate::duty::period::Post;
use crate::id::{PersonId, UnitId};

/// Knows whom to call at every unit; made once for many units.
pub struct Calls<'a> {
    of_unit: HashMap<UnitId, Vec<&'a Person>>,
    moment: Moment,
}

impl Roster {
    /// Finds out whom to call at a moment, by who is on duty then. Who stands as leader is not on
    /// duty for this: they do not answer the telephone.
    #[must_use]
    pub fn calls(&self, on_duty: &[OnDuty], at: Instant) -> Calls<'_> {
        let answering = on_duty.iter().filter(|line| line.post != Post::Leader);
        let lost = drill::lost(&self.people, &self.drills, self.fresh, at);
        Calls {
            of_unit: self.people_by_unit(),
            moment: Moment {
                at,
                on_duty: answering.map(|line| line.person).collect(),
                lost: lost.into_keys().collect(),
            },
        }
    }
}

impl<'a> Calls<'a> {
    /// The people of a unit, who is called first first.
    #[must_use]
    pub fn of(&self, unit: UnitId) -> Vec<&'a Person> {
        let mut people = self.of_unit.get(&unit).cloned().unwrap_or_default();
        self.moment.sort(&mut people);
        people
    }

    /// Who of a unit is called first.
    #[must_use]
    pub fn first(&self, unit: UnitId) -> Option<&'a Person> {
        let people = self.of_unit.get(&unit)?;
        self.moment.first(people.iter().copied())
    }

    /// Who of a unit is called first where `tried` are of no help: of the others who have a number.
    #[must_use]
    pub fn next(&self, unit: UnitId, tried: &[PersonId]) -> Option<&'a Person> {
        let others = self.of_unit.get(&unit)?.iter().copied();
        let others = others.filter(|one| one.number().is_some() && !tried.contains(&one.id));
        self.moment.first(others)
    }

    /// How many people a unit has.
    #[must_use]
    pub fn count(&self, unit: UnitId) -> usize {
        self.of_unit.get(&unit).map_or(0, Vec::len)
    }
}
