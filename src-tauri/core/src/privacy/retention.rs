//! For how long people are kept: those whom nothing needs any more are named.

use std::collections::HashMap;

use crate::clock::Instant;
use crate::directory::person::{Person, UnitNames, by_person};
use crate::directory::unit::Unit;
use crate::duty::period::Period;
use crate::id::{PersonId, UnitId};

/// After how many months without a need a person counts as unneeded, unless somebody says another.
pub const UNNEEDED_MONTHS: u32 = 12;

/// A person whom nothing needs any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unneeded {
    /// Who; perhaps off the list already.
    pub person: Person,
    /// When they were needed last.
    pub last: Instant,
}

/// What tells when people were needed.
#[derive(Debug, Clone, Copy)]
pub struct Needs<'a> {
    /// The units that are there.
    pub units: &'a [Unit],
    /// What every unit is called, of those that are no more too.
    pub names: &'a UnitNames,
    /// The periods.
    pub periods: &'a [Period],
    /// When the last shift of each ends.
    pub shifts: &'a HashMap<PersonId, Instant>,
    /// When each was called last.
    pub drills: &'a HashMap<PersonId, Instant>,
    /// When something was last written of each.
    pub written: &'a HashMap<PersonId, Instant>,
}

/// The people whom nothing has needed since `before`, longest first. A person is needed while
/// something is written of them or they are called, to the end of their last shift, and while on
/// the list to the end of the last period that asks their unit; whichever of their cards it is.
#[must_use]
pub fn unneeded(cards: &[Person], needs: Needs<'_>, before: Instant) -> Vec<Unneeded> {
    let mut last = needs.written.clone();
    let mut needed = |person: PersonId, at: Instant| {
        let known = last.entry(person).or_insert(at);
        *known = at.max(*known);
    };
    for (person, at) in needs.shifts.iter().chain(needs.drills) {
        needed(*person, *at);
    }
    let asked: HashMap<UnitId, Instant> = needs
        .units
        .iter()
        .filter_map(|unit| {
            let periods = needs.periods.iter().filter(|period| period.asks(unit));
            Some((unit.id, periods.map(|period| period.to).max()?))
        })
        .collect();
    for card in cards.iter().filter(|card| !card.removed) {
        if let Some(to) = asked.get(&card.unit) {
            needed(card.id, *to);
        }
    }
    let mut found: Vec<Unneeded> = by_person(cards, needs.names)
        .into_iter()
        .filter_map(|cards| {
            let needed = cards.iter().filter_map(|card| last.get(&card.id)).max();
            Some(Unneeded {
                last: needed.copied().unwrap_or_default(),
                person: (*cards.first()?).clone(),
            })
        })
        .filter(|one| one.last < before)
        .collect();
    found.sort_by_key(|one| (one.last, one.person.id));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;
    use crate::directory::unit::Group;
    use crate::id::PeriodId;
    use uuid::Uuid;

    fn day(n: i64) -> Instant {
        Instant::from_millis(n * DAY)
    }

    #[test]
    fn people_are_kept_while_something_needs_them() {
        let id = Uuid::from_u128;
        let unit = Unit::new(UnitId(id(1)), "Sở Thử".to_owned(), Group::Department);
        let card = |n: u128, removed: bool| Person {
            removed,
            ..Person::new(PersonId(id(n)), unit.id, format!("Người {n}"))
        };
        let cards = [
            card(1, false),
            card(2, true),
            card(3, true),
            card(4, true),
            // Another card of the first: needed as long as that one is.
            Person {
                same_as: Some(PersonId(id(1))),
                ..card(5, true)
            },
        ];
        let period = Period::new(PeriodId(id(1)), "Kỳ thử".to_owned(), day(10), day(20));
        let shifts = HashMap::from([(PersonId(id(3)), day(15))]);
        let drills = HashMap::from([(PersonId(id(4)), day(17))]);
        let written = (1..=5).map(|n| (PersonId(id(n)), day(5))).collect();
        let needs = Needs {
            units: std::slice::from_ref(&unit),
            names: &HashMap::new(),
            periods: &[period],
            shifts: &shifts,
            drills: &drills,
            written: &written,
        };
        let names = |before: i64| -> Vec<String> {
            let found = unneeded(&cards, needs, day(before));
            found.into_iter().map(|one| one.person.full_name).collect()
        };
        assert_eq!(names(5), Vec::<String>::new());
        assert_eq!(names(6), ["Người 2"]);
        assert_eq!(names(16), ["Người 2", "Người 3"]);
        assert_eq!(names(20), ["Người 2", "Người 3", "Người 4"]);
        assert_eq!(names(21).len(), 4);
    }
}
