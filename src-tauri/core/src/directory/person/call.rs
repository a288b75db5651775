//! Who is called first.
//!
//! One rule wherever somebody is named to be called: first whoever can be called at all and has a
//! number that was not just called in vain, among them whoever is on duty now, then the main contact, the backup, those
//! who look after the systems or have no role that we know, the leader; of equals by given name. A
//! list that only tells who there is has the same order without what is true of the moment:
//! [`sort`].
//!
//! Who *stands* on a post while no shifts are laid out is another question, with its own answer:
//! [`standing`](crate::duty::coverage::standing).

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::directory::person::{Person, Role};
use crate::id::PersonId;
use crate::text::name_key;
use crate::word::words;

words! {
    /// Why somebody, or a number, has its place among those that are called.
    Reason, "call" {
        /// On duty now.
        OnDuty = "on_duty",
        /// The next contact.
        Contact = "contact",
        /// In charge: called when no contact answers.
        Leader = "leader",
        /// The telephone on a desk.
        Landline = "landline",
        /// Just called in vain, or on a wrong number.
        Tried = "tried",
        /// Not reached for too long.
        Unsure = "unsure",
        /// On leave.
        Away = "away",
        /// Without a number.
        NoNumber = "no_number",
    }
}

impl Reason {
    /// Whether somebody may answer there now, as far as is known.
    #[must_use]
    pub const fn is_able(self) -> bool {
        match self {
            Self::OnDuty | Self::Contact | Self::Leader | Self::Landline => true,
            Self::Tried | Self::Unsure | Self::Away | Self::NoNumber => false,
        }
    }
}

/// What is known at a moment of those who may be called, besides their cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moment {
    /// Who is on duty, on a post that answers the telephone.
    pub on_duty: HashSet<PersonId>,
    /// Who is known not to answer on any number.
    pub lost: HashSet<PersonId>,
    /// Who was just called in vain on each of their numbers.
    pub tried: HashSet<PersonId>,
    /// Who has leave.
    pub away: HashSet<PersonId>,
}

impl Moment {
    /// Why somebody has their place.
    #[must_use]
    pub fn reason(&self, person: &Person) -> Reason {
        let is_in = |people: &HashSet<PersonId>| people.contains(&person.id);
        match person.role {
            _ if person.number().is_none() => Reason::NoNumber,
            _ if is_in(&self.away) => Reason::Away,
            _ if is_in(&self.tried) => Reason::Tried,
            _ if is_in(&self.lost) => Reason::Unsure,
            _ if is_in(&self.on_duty) => Reason::OnDuty,
            Some(Role::Leader) => Reason::Leader,
            _ => Reason::Contact,
        }
    }

    /// Whether somebody can be called: they have a number, are not away, and are not known to be
    /// out of reach.
    #[must_use]
    pub fn can_be_called(&self, person: &Person) -> bool {
        self.reason(person).is_able()
    }

    /// Which of two is called first.
    fn compare(&self, a: &Person, b: &Person) -> Ordering {
        let now = |person: &Person| {
            let waits = !self.on_duty.contains(&person.id);
            (!self.can_be_called(person), waits)
        };
        now(a).cmp(&now(b)).then_with(|| by_role(a, b))
    }

    /// Sorts people as they are called: who is called first comes first.
    pub fn sort(&self, people: &mut [&Person]) {
        people.sort_by(|a, b| self.compare(a, b));
    }

    /// Who of these is called first.
    pub fn first<'a>(&self, people: impl IntoIterator<Item = &'a Person>) -> Option<&'a Person> {
        people.into_iter().min_by(|a, b| self.compare(a, b))
    }
}

/// Sorts as a unit lists its people: as they are called, whatever the moment.
pub fn sort(people: &mut [Person]) {
    people.sort_by(by_role);
}

fn by_role(a: &Person, b: &Person) -> Ordering {
    let place = |person: &Person| match person.role {
        Some(Role::Main) => 0,
        Some(Role::Backup) => 1,
        Some(Role::Technical) | None => 2,
        Some(Role::Leader) => 3,
    };
    let name = |person: &Person| name_key(person.sorted_by());
    // Names are looked at only where roles leave it open.
    place(a)
        .cmp(&place(b))
        .then_with(|| name(a).cmp(&name(b)))
        .then_with(|| a.id.cmp(&b.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;
    use crate::id::UnitId;
    use crate::text::Phone;
    use uuid::Uuid;

    fn person(n: u128, name: &str, role: Option<Role>) -> Person {
        let unit = UnitId(Uuid::from_u128(1));
        Person {
            role,
            mobiles: vec![Phone::read("0905000001").expect("a number")],
            ..Person::new(PersonId(Uuid::from_u128(n)), unit, name.to_owned())
        }
    }

    /// A main, a backup, one without a role, a technical and a leader, in no order.
    fn five() -> Vec<Person> {
        vec![
            person(1, "Lê Văn Lãnh", Some(Role::Leader)),
            person(2, "Lê Văn Tin", Some(Role::Technical)),
            person(3, "Lê Văn An", None),
            person(4, "Lê Văn Phòng", Some(Role::Backup)),
            person(5, "Lê Văn Chính", Some(Role::Main)),
        ]
    }

    #[test]
    fn who_is_called_first() {
        let at = Instant::from_millis(100);
        let ids = |ids: &[u128]| ids.iter().map(|n| PersonId(Uuid::from_u128(*n))).collect();
        let check =
            |on_duty: &[u128], lost: &[u128], change: &dyn Fn(&mut [Person]), expect: [u128; 5]| {
                let mut people = five();
                change(&mut people);
                let is_away = |one: &&Person| {
                    let mut away = one.away.iter();
                    away.any(|(from, to)| *from <= at && at < *to)
                };
                let moment = Moment {
                    on_duty: ids(on_duty),
                    lost: ids(lost),
                    tried: HashSet::new(),
                    away: people.iter().filter(is_away).map(|one| one.id).collect(),
                };
                let mut called: Vec<&Person> = people.iter().collect();
                moment.sort(&mut called);
                let order: Vec<u128> = called.iter().map(|one| one.id.0.as_u128()).collect();
                assert_eq!(order, expect, "on duty {on_duty:?}, lost {lost:?}");
                let first = moment.first(&people).map(|one| one.id.0.as_u128());
                assert_eq!(
                    first,
                    Some(expect[0]),
                    "the first of the order is the first"
                );
            };
        let as_they_are = |_: &mut [Person]| {};
        // By role; of equals by given name.
        check(&[], &[], &as_they_are, [5, 4, 3, 2, 1]);
        // Who is on duty comes first, whatever their role.
        check(&[2], &[], &as_they_are, [2, 5, 4, 3, 1]);
        check(&[1, 4], &[], &as_they_are, [4, 1, 5, 3, 2]);
        // Who cannot be called comes last, on duty or not.
        check(&[5], &[5], &as_they_are, [4, 3, 2, 1, 5]);
        check(&[], &[4, 5], &as_they_are, [3, 2, 1, 5, 4]);
        let without_number = |people: &mut [Person]| people[4].mobiles.clear();
        check(&[], &[], &without_number, [4, 3, 2, 1, 5]);
        let at_the_desk = |people: &mut [Person]| people[4].landline = people[4].mobiles.pop();
        check(&[], &[], &at_the_desk, [5, 4, 3, 2, 1]);
        // Away is from, up to but without.
        let away = |from: i64, to: i64| {
            move |people: &mut [Person]| {
                people[4].away = vec![(Instant::from_millis(from), Instant::from_millis(to))];
            }
        };
        check(&[], &[], &away(100, 101), [4, 3, 2, 1, 5]);
        check(&[5], &[], &away(90, 101), [4, 3, 2, 1, 5]);
        check(&[], &[], &away(90, 100), [5, 4, 3, 2, 1]);
        check(&[], &[], &away(101, 110), [5, 4, 3, 2, 1]);
        // Who was just called in vain on every number is not called again first, on duty or not.
        let people = five();
        let tried = Moment {
            on_duty: ids(&[5]),
            tried: ids(&[5, 4]),
            ..Moment::default()
        };
        let reasons = people.iter().map(|one| tried.reason(one).key());
        assert_eq!(
            reasons.collect::<Vec<_>>(),
            ["leader", "contact", "contact", "tried", "tried"]
        );
        let first = tried.first(&people).map(|one| one.id.0.as_u128());
        assert_eq!(first, Some(3));
        // When nobody can be called, the order is still theirs.
        check(&[2], &[1, 2, 3, 4, 5], &as_they_are, [2, 5, 4, 3, 1]);
        assert_eq!(Moment::default().first(&[]), None);
    }

    #[test]
    fn a_list_has_the_same_order_without_the_moment() {
        let mut people = five();
        people.push(person(6, "Lê Văn Ân", Some(Role::Leader)));
        sort(&mut people);
        let order: Vec<u128> = people.iter().map(|one| one.id.0.as_u128()).collect();
        assert_eq!(order, [5, 4, 3, 2, 6, 1]);
    }
}
