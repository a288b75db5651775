//! Whom to call at a unit.

use std::collections::HashMap;

use crate::clock::Instant;
use crate::directory::drill::{self, Drill, Vain};
use crate::directory::person::Person;
use crate::directory::person::call::{Moment, Reason};
use crate::directory::unit::Unit;
use crate::duty::coverage::{OnDuty, Roster};
use crate::duty::period::Post;
use crate::id::{PersonId, UnitId};
use crate::text::{Phone, read_phones};

/// Knows whom to call at every unit; made once for many units.
pub struct Calls<'a> {
    of_unit: HashMap<UnitId, Vec<&'a Person>>,
    vain: HashMap<PersonId, Vain<'a>>,
    moment: Moment,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call<'a> {
    /// Whose; `None` for the switchboard of the unit.
    pub person: Option<&'a Person>,
    /// The number: one on which nobody was just called in vain, where they have such.
    pub number: Option<Phone>,
    /// Why it has its place.
    pub reason: Reason,
    /// The last call to them, when it was in vain.
    pub vain: Option<&'a Drill>,
}

impl Roster {
    /// Finds out whom to call at a moment, by who is on duty then. Who stands as leader is not on
    /// duty for this: they do not answer the telephone.
    #[must_use]
    pub fn calls(&self, on_duty: &[OnDuty], at: Instant) -> Calls<'_> {
        let answering = on_duty.iter().filter(|line| line.post != Post::Leader);
        let lost = drill::lost(&self.people, &self.drills, self.fresh, at);
        let vain = drill::in_vain(&self.people, &self.drills, at);
        let leave = self.leave();
        let tried = vain.iter().filter(|(_, vain)| vain.last.is_some());
        let away = self.people.iter().map(|person| person.id);
        Calls {
            of_unit: self.people_by_unit(),
            moment: Moment {
                on_duty: answering.map(|line| line.person).collect(),
                lost: lost.into_keys().collect(),
                tried: tried.map(|(person, _)| *person).collect(),
                away: away.filter(|id| leave.is_away(*id, at)).collect(),
            },
            vain,
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

    /// The last call to somebody, when it was in vain.
    #[must_use]
    pub fn vain(&self, person: PersonId) -> Option<&'a Drill> {
        self.vain.get(&person)?.last
    }

    /// The numbers of a unit in the order in which they are called: whoever can be called, then the
    /// telephones on their desks and the switchboard, at last whoever was called in vain, has leave
    /// or no number. `there` are of no help, as they are on duty where somebody else is missing.
    #[must_use]
    pub fn order(&self, unit: &Unit, there: &[PersonId]) -> Vec<Call<'a>> {
        let mut people = self.of(unit.id);
        people.retain(|person| !there.contains(&person.id));
        let (able, unable): (Vec<_>, Vec<_>) = people
            .into_iter()
            .map(|person| self.call(person))
            .partition(|call| {
                call.person
                    .is_some_and(|one| self.moment.can_be_called(one))
            });
        let mut order = able;
        let desks = order.iter().filter_map(|call| call.person);
        let desks = desks.filter_map(|person| Some((person, person.landline.clone()?)));
        let mut desks: Vec<Call<'_>> = desks
            .filter(|(person, number)| !self.is_vain(person, number))
            .map(|(person, number)| landline(Some(person), number))
            .collect();
        let switchboard = unit
            .phone
            .as_deref()
            .and_then(|text| read_phones(text).ok());
        let switchboard = switchboard.into_iter().flatten();
        desks.extend(switchboard.map(|number| landline(None, number)));
        for desk in desks {
            if order.iter().all(|call| call.number != desk.number) {
                order.push(desk);
            }
        }
        order.extend(unable);
        order
    }

    fn call(&self, person: &'a Person) -> Call<'a> {
        let mut numbers = person.mobiles.iter().chain(&person.landline);
        let number = numbers.find(|number| !self.is_vain(person, number));
        Call {
            person: Some(person),
            number: number.or(person.number()).cloned(),
            reason: self.moment.reason(person),
            vain: self.vain(person.id),
        }
    }

    fn is_vain(&self, person: &Person, number: &Phone) -> bool {
        let vain = self.vain.get(&person.id);
        vain.is_some_and(|vain| vain.numbers.contains(&number))
    }

    /// How many people a unit has.
    #[must_use]
    pub fn count(&self, unit: UnitId) -> usize {
        self.of_unit.get(&unit).map_or(0, Vec::len)
    }
}

const fn landline(person: Option<&Person>, number: Phone) -> Call<'_> {
    Call {
        person,
        number: Some(number),
        reason: Reason::Landline,
        vain: None,
    }
}
