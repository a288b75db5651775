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
    /// The last call on it, when it was in vain.
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
        let tried = vain.iter().filter(|(_, vain)| vain.all);
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

    /// The numbers of a unit in the order in which they are called: whoever can be called, on a
    /// number that was not just called in vain; then the telephones on their desks and the
    /// switchboard; at last whoever has leave or no number, and the numbers that were just called in
    /// vain. `there` are of no help, as they are on duty where somebody else is missing.
    #[must_use]
    pub fn order(&self, unit: &Unit, there: &[PersonId]) -> Vec<Call<'a>> {
        let mut people = self.of(unit.id);
        people.retain(|person| !there.contains(&person.id));
        let (mut order, mut desks, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for person in people {
            let reason = self.moment.reason(person);
            if self.moment.can_be_called(person) {
                order.push(self.call(person));
                let desk = person.landline.as_ref();
                let desk = desk.filter(|number| self.vain_on(person, number).is_none());
                desks.extend(desk.map(|number| landline(Some(person), number.clone())));
            } else if reason != Reason::Tried {
                last.push(self.call(person));
            }
            if reason != Reason::Away {
                last.extend(self.tried(person));
            }
        }
        let switchboard = unit
            .phone
            .as_deref()
            .and_then(|text| read_phones(text).ok());
        let switchboard = switchboard.into_iter().flatten();
        desks.extend(switchboard.map(|number| landline(None, number)));
        for desk in desks {
            if order
                .iter()
                .all(|call: &Call<'_>| call.number != desk.number)
            {
                order.push(desk);
            }
        }
        order.extend(last);
        order
    }

    /// The numbers of a unit where there is room for few: the one that is called first, those on
    /// which others on duty can be called, and at last those on which people on duty did not answer
    /// just now.
    #[must_use]
    pub fn few(&self, unit: &Unit) -> Vec<Call<'a>> {
        let mut order = self.order(unit, &[]);
        let is_theirs = |call: &Call<'_>| {
            let mut person = call.person.iter();
            call.reason != Reason::Landline
                && person.any(|person| self.moment.on_duty.contains(&person.id))
        };
        let mut place = 0;
        order.retain(|call| {
            place += 1;
            place == 1 || is_theirs(call)
        });
        order
    }

    /// Somebody on the number on which they are called: one that was not just called in vain, where
    /// they have such.
    #[must_use]
    pub fn call(&self, person: &'a Person) -> Call<'a> {
        let mut numbers = person.mobiles.iter().chain(&person.landline);
        let number = numbers.find(|number| self.vain_on(person, number).is_none());
        let number = number.or(person.number());
        Call {
            person: Some(person),
            number: number.cloned(),
            reason: self.moment.reason(person),
            vain: number.and_then(|number| self.vain_on(person, number)),
        }
    }

    /// The numbers of somebody that were just called in vain.
    fn tried(&self, person: &'a Person) -> impl Iterator<Item = Call<'a>> {
        let numbers = self.vain.get(&person.id).into_iter();
        let numbers = numbers.flat_map(|vain| vain.numbers.clone());
        numbers.map(|(number, drill)| Call {
            person: Some(person),
            number: Some(number.clone()),
            reason: Reason::Tried,
            vain: Some(drill),
        })
    }

    fn vain_on(&self, person: &Person, number: &Phone) -> Option<&'a Drill> {
        self.vain.get(&person.id)?.on(number)
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
