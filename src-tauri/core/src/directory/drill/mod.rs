//! A drill: a call to a contact to see that the number answers.

mod write;

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

use crate::clock::{DAY, Instant, joined};
use crate::directory::person::Person;
use crate::id::{DrillId, OperatorId, PersonId, UnitId};
use crate::text::Phone;
use crate::word::words;

/// For how long an answered call tells that somebody answers, unless the book says otherwise; in
/// milliseconds.
pub const FRESH: i64 = 30 * DAY;

/// For how long after a call in vain another is tried first, in milliseconds. A wrong number is not
/// tried again until it is put right or somebody answers on it.
pub const JUST: i64 = DAY;

words! {
    /// What came of a call.
    Outcome, "outcome" {
        /// Somebody answered.
        Answered = "answered",
        /// Nobody did.
        NoAnswer = "no_answer",
        /// It is somebody else's number, or nobody's.
        WrongNumber = "wrong_number",
        /// They will not be called.
        Refused = "refused",
        /// They called back.
        CalledBack = "called_back",
    }
}

impl Outcome {
    /// Whether the contact was reached.
    #[must_use]
    pub const fn is_reached(self) -> bool {
        matches!(self, Self::Answered | Self::CalledBack)
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// Its identity.
    pub id: DrillId,
    /// Who was called.
    pub person: PersonId,
    /// On which number.
    pub number: Option<Phone>,
    /// When.
    pub at: Instant,
    /// By whom.
    pub operator: OperatorId,
    /// What came of it.
    pub outcome: Outcome,
    /// After how many minutes they called back.
    pub minutes: Option<u32>,
    /// Anything else.
    pub note: Option<String>,
    /// Whether it was taken back.
    pub removed: bool,
}

impl Drill {
    /// The number of a person that was called; a call that names none was on the one that is called
    /// first.
    fn on<'a>(&'a self, person: &'a Person) -> Option<&'a Phone> {
        self.number.as_ref().or(person.number())
    }
}

words! {
    /// What calls tell of a contact, in a word.
    ReachKind, "reach" {
        /// Nobody has called yet.
        Untried = "untried",
        /// They answered.
        Verified = "verified",
        /// They answered, but too long ago.
        Old = "old",
        /// Nobody has ever answered.
        Stale = "stale",
        /// The number is not theirs.
        Wrong = "wrong",
    }
}

/// What calls tell of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nobody has called yet, at least not on each of their numbers.
    Untried,
    /// They answered.
    Verified {
        /// When.
        at: Instant,
        /// Who called.
        by: OperatorId,
    },
    /// Nobody has answered for too long.
    Stale {
        /// Since when that is known.
        since: Instant,
        /// When somebody answered last.
        answered: Option<Instant>,
    },
    /// The number is not theirs.
    Wrong {
        /// Since when that is known.
        since: Instant,
    },
}

impl Reach {
    /// It in a word.
    #[must_use]
    pub const fn kind(self) -> ReachKind {
        match self {
            Self::Untried => ReachKind::Untried,
            Self::Verified { .. } => ReachKind::Verified,
            Self::Stale { answered: None, .. } => ReachKind::Stale,
            Self::Stale { .. } => ReachKind::Old,
            Self::Wrong { .. } => ReachKind::Wrong,
        }
    }

    /// Since when they were called and have not answered, or on numbers that are not theirs. That a
    /// call was answered too long ago does not take them off their watch.
    #[must_use]
    pub const fn unanswered(self) -> Option<Instant> {
        match self {
            Self::Untried
            | Self::Verified { .. }
            | Self::Stale {
                answered: Some(_), ..
            } => None,
            Self::Stale { since, .. } | Self::Wrong { since } => Some(since),
        }
    }

    /// Since when nobody can count on them.
    #[must_use]
    pub const fn lost(self) -> Option<Instant> {
        match self {
            Self::Untried | Self::Verified { .. } => None,
            Self::Stale { since, .. } | Self::Wrong { since } => Some(since),
        }
    }
}

/// What the calls to a person, in any order, tell at a moment. A call on a number that they no
/// longer have tells nothing. An answered call counts for `fresh` milliseconds.
#[must_use]
pub fn reach<'a>(
    person: &Person,
    drills: impl IntoIterator<Item = &'a Drill>,
    fresh: i64,
    now: Instant,
) -> Reach {
    let has = |number: &Phone| {
        person.mobiles.contains(number) || person.landline.as_ref() == Some(number)
    };
    let mut calls: Vec<&Drill> = drills
        .into_iter()
        .filter(|drill| drill.person == person.id && drill.at <= now)
        .filter(|drill| drill.number.as_ref().is_none_or(has))
        .collect();
    calls.sort_by_key(|drill| (drill.at, drill.id));
    if calls.is_empty() {
        return Reach::Untried;
    }
    let reached = calls.iter().rposition(|drill| drill.outcome.is_reached());
    let since = &calls[reached.map_or(0, |at| at + 1)..];
    // Each number may be wrong; who has one more may still be reached on it.
    let mut wrong: HashMap<Option<&Phone>, Instant> = HashMap::new();
    for drill in since
        .iter()
        .filter(|drill| drill.outcome == Outcome::WrongNumber)
    {
        wrong.entry(drill.number.as_ref()).or_insert(drill.at);
    }
    let numbers = person.mobiles.iter().chain(&person.landline);
    let all_wrong = wrong.contains_key(&None)
        || numbers.clone().count() > 0
            && numbers
                .clone()
                .all(|number| wrong.contains_key(&Some(number)));
    if all_wrong && let Some(since) = wrong.values().max() {
        return Reach::Wrong { since: *since };
    }
    match reached.map(|at| calls[at]) {
        Some(call) if now < call.at.plus(fresh) => Reach::Verified {
            at: call.at,
            by: call.operator,
        },
        Some(call) => Reach::Stale {
            since: call.at.plus(fresh),
            answered: Some(call.at),
        },
        None => match unanswered_on_all(person, &calls) {
            Some(since) => Reach::Stale {
                since,
                answered: None,
            },
            None => Reach::Untried,
        },
    }
}

/// Since when each number of a person was called, by calls of which none was answered, earliest
/// first; `None` while one was not called at all: nobody can say that it does not answer.
fn unanswered_on_all(person: &Person, calls: &[&Drill]) -> Option<Instant> {
    let mut since = calls.first()?.at;
    for number in person.mobiles.iter().chain(&person.landline) {
        let mut on_it = calls.iter().filter(|call| call.on(person) == Some(number));
        since = since.max(on_it.next()?.at);
    }
    Some(since)
}

/// What was called in vain of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vain<'a> {
    /// The last call to them, when it was in vain.
    pub last: Option<&'a Drill>,
    /// The numbers of theirs on which the last call was in vain, each with that call.
    pub numbers: Vec<(&'a Phone, &'a Drill)>,
    /// Whether these are all their numbers.
    pub all: bool,
}

impl<'a> Vain<'a> {
    /// The last call on a number, when it was in vain.
    #[must_use]
    pub fn on(&self, number: &Phone) -> Option<&'a Drill> {
        let mut numbers = self.numbers.iter();
        let (_, drill) = numbers.find(|(vain, _)| *vain == number)?;
        Some(*drill)
    }
}

/// Who was called in vain just now, or on a wrong number: as is known at a moment.
#[must_use]
pub fn in_vain<'a>(
    people: &'a [Person],
    drills: &'a [Drill],
    now: Instant,
) -> HashMap<PersonId, Vain<'a>> {
    let mut calls: HashMap<PersonId, Vec<&Drill>> = HashMap::new();
    for drill in drills.iter().filter(|drill| drill.at <= now) {
        calls.entry(drill.person).or_default().push(drill);
    }
    let is_vain = |drill: &&Drill| {
        let counts = drill.outcome == Outcome::WrongNumber || now < drill.at.plus(JUST);
        !drill.outcome.is_reached() && counts
    };
    let mut vain = HashMap::new();
    for person in people {
        let Some(calls) = calls.get(&person.id) else {
            continue;
        };
        let own = || person.mobiles.iter().chain(&person.landline);
        let last = |number_of: &Phone| {
            let of = calls
                .iter()
                .copied()
                .filter(|drill| drill.on(person) == Some(number_of));
            of.max_by_key(|drill| (drill.at, drill.id))
        };
        let numbers: Vec<(&Phone, &Drill)> = own()
            .filter_map(|number| Some((number, last(number).filter(is_vain)?)))
            .collect();
        let last = own()
            .filter_map(last)
            .max_by_key(|drill| (drill.at, drill.id));
        let last = last.filter(is_vain);
        if last.is_some() || !numbers.is_empty() {
            let all = numbers.len() == own().count();
            vain.insert(person.id, Vain { last, numbers, all });
        }
    }
    vain
}

/// The people whom nobody can count on, and since when.
#[must_use]
pub fn lost(
    people: &[Person],
    drills: &[Drill],
    fresh: i64,
    now: Instant,
) -> HashMap<PersonId, Instant> {
    let calls = calls(drills);
    let lost = people.iter().filter_map(|person| {
        // Who was never called is not lost.
        let calls = calls.get(&person.id)?;
        let since = reach(person, calls.iter().copied(), fresh, now).lost()?;
        Some((person.id, since))
    });
    lost.collect()
}

/// When the calls to people told this of them, each moment by the calls up to it: what is learnt
/// later makes nothing of before good, or bad. What is so `now` goes on.
#[must_use]
pub fn spans<'a>(
    people: impl IntoIterator<Item = &'a Person>,
    drills: &[Drill],
    fresh: i64,
    now: Instant,
    of: impl Fn(Reach) -> Option<Instant>,
) -> HashMap<PersonId, Vec<(Instant, Instant)>> {
    let calls = calls(drills);
    let mut spans: HashMap<PersonId, Vec<(Instant, Instant)>> = HashMap::new();
    for person in people {
        let Some(calls) = calls.get(&person.id) else {
            continue;
        };
        let mut moments: Vec<Instant> = calls
            .iter()
            .flat_map(|call| [call.at, call.at.plus(fresh)])
            .filter(|at| *at <= now)
            .collect();
        moments.sort_unstable();
        moments.dedup();
        let ends = moments.iter().skip(1).copied();
        let ends = ends.chain([Instant::from_millis(i64::MAX)]);
        let told = moments.iter().copied().zip(ends);
        let told =
            told.filter(|(at, _)| of(reach(person, calls.iter().copied(), fresh, *at)).is_some());
        let told = joined(told.collect());
        if !told.is_empty() {
            spans.insert(person.id, told);
        }
    }
    spans
}

fn calls(drills: &[Drill]) -> HashMap<PersonId, Vec<&Drill>> {
    let mut calls: HashMap<PersonId, Vec<&Drill>> = HashMap::new();
    for drill in drills {
        calls.entry(drill.person).or_default().push(drill);
    }
    calls
}

/// The units of which no contact can be counted on, and since when.
#[must_use]
pub fn unreachable(
    people: &[Person],
    drills: &[Drill],
    fresh: i64,
    now: Instant,
) -> HashMap<UnitId, Instant> {
    units_without(people, &lost(people, drills, fresh, now))
}

/// The units of which every contact is among the `lost`, and since when.
#[must_use]
pub fn units_without(
    people: &[Person],
    lost: &HashMap<PersonId, Instant>,
) -> HashMap<UnitId, Instant> {
    let hit = people.iter().filter(|person| lost.contains_key(&person.id));
    let hit: HashSet<UnitId> = hit.map(|person| person.unit).collect();
    let mut units: HashMap<UnitId, Option<Instant>> = HashMap::new();
    for person in people.iter().filter(|person| hit.contains(&person.unit)) {
        let since = lost.get(&person.id).copied();
        units
            .entry(person.unit)
            .and_modify(|known| *known = known.zip(since).map(|(a, b)| a.max(b)))
            .or_insert(since);
    }
    units
        .into_iter()
        .filter_map(|(unit, since)| Some((unit, since?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const MAIN: &str = "0905000001";
    const MORE: &str = "0905000002";

    fn phone(digits: &str) -> Phone {
        Phone::read(digits).expect("a number")
    }

    fn person() -> Person {
        let mut person = Person::new(
            PersonId(Uuid::from_u128(1)),
            UnitId(Uuid::from_u128(2)),
            "Người Thử".to_owned(),
        );
        person.mobiles = vec![phone(MAIN), phone(MORE)];
        person
    }

    fn call(day: i64, number: &str, outcome: Outcome) -> Drill {
        Drill {
            id: DrillId(Uuid::from_u128(day as u128)),
            person: PersonId(Uuid::from_u128(1)),
            number: Some(phone(number)),
            at: day_at(day),
            operator: OperatorId(Uuid::from_u128(9)),
            outcome,
            minutes: None,
            note: None,
            removed: false,
        }
    }

    fn day_at(day: i64) -> Instant {
        Instant::from_millis(day * DAY)
    }

    #[test]
    fn calls_tell_whether_somebody_can_be_reached() {
        use Outcome::{Answered, CalledBack, NoAnswer, WrongNumber};
        let check = |calls: &[(i64, &str, Outcome)], expect: Reach| {
            let drills: Vec<Drill> = calls
                .iter()
                .map(|&(day, number, outcome)| call(day, number, outcome))
                .collect();
            assert_eq!(
                reach(&person(), &drills, FRESH, day_at(100)),
                expect,
                "{calls:?}"
            );
        };
        let verified = |day| Reach::Verified {
            at: day_at(day),
            by: OperatorId(Uuid::from_u128(9)),
        };
        let stale = |day| Reach::Stale {
            since: day_at(day),
            answered: None,
        };
        let wrong = |day| Reach::Wrong { since: day_at(day) };
        check(&[], Reach::Untried);
        check(&[(90, MAIN, Answered)], verified(90));
        check(&[(90, MAIN, Answered), (95, MAIN, NoAnswer)], verified(90));
        let too_long_ago = Reach::Stale {
            since: day_at(80),
            answered: Some(day_at(50)),
        };
        check(&[(50, MAIN, Answered)], too_long_ago);
        check(
            &[(95, MAIN, NoAnswer), (96, MAIN, NoAnswer)],
            Reach::Untried,
        );
        check(
            &[
                (94, MAIN, NoAnswer),
                (95, MORE, NoAnswer),
                (96, MAIN, NoAnswer),
            ],
            stale(95),
        );
        check(
            &[(95, MAIN, NoAnswer), (96, MAIN, CalledBack)],
            verified(96),
        );
        // The other number may still answer.
        check(&[(95, MAIN, WrongNumber)], Reach::Untried);
        check(
            &[(95, MAIN, WrongNumber), (97, MORE, WrongNumber)],
            wrong(97),
        );
        check(
            &[(95, MAIN, WrongNumber), (96, MORE, Answered)],
            verified(96),
        );
        check(&[(95, "0911000111", WrongNumber)], Reach::Untried);
        check(&[(101, MAIN, WrongNumber)], Reach::Untried);
    }

    #[test]
    fn each_day_is_judged_by_the_calls_up_to_it() {
        use Outcome::{Answered, NoAnswer, WrongNumber};
        let ever = Instant::from_millis(i64::MAX);
        let mut person = person();
        person.mobiles.truncate(1);
        let check = |calls: &[(i64, &str, Outcome)],
                     of: fn(Reach) -> Option<Instant>,
                     expect: &[(i64, Option<i64>)]| {
            let drills: Vec<Drill> = calls
                .iter()
                .map(|&(day, number, outcome)| call(day, number, outcome))
                .collect();
            let told = spans([&person], &drills, FRESH, day_at(100), of);
            let expect: Vec<(Instant, Instant)> = expect
                .iter()
                .map(|(from, to)| (day_at(*from), to.map_or(ever, day_at)))
                .collect();
            assert_eq!(
                told.get(&person.id).cloned().unwrap_or_default(),
                expect,
                "{calls:?}"
            );
        };
        check(&[], Reach::lost, &[]);
        check(&[(95, MAIN, NoAnswer)], Reach::lost, &[(95, None)]);
        // That somebody answered later does not mend the days before.
        let calls = [(90, MAIN, NoAnswer), (95, MAIN, Answered)];
        check(&calls, Reach::lost, &[(90, Some(95))]);
        check(&calls, Reach::unanswered, &[(90, Some(95))]);
        // Nor does a wrong number spoil them.
        let wrong = [(80, MAIN, Answered), (97, MAIN, WrongNumber)];
        check(&wrong, Reach::unanswered, &[(97, None)]);
        // An answer grows old, until another comes.
        let old = [(20, MAIN, Answered), (60, MAIN, Answered)];
        check(&old, Reach::lost, &[(50, Some(60)), (90, None)]);
        check(&old, Reach::unanswered, &[]);
        // What is to come is not known.
        check(&[(101, MAIN, NoAnswer)], Reach::lost, &[]);
    }

    #[test]
    fn a_unit_is_lost_when_every_contact_is() {
        let mut one = person();
        one.mobiles.truncate(1);
        let mut other = one.clone();
        other.id = PersonId(Uuid::from_u128(3));
        let lost = |people: &[Person]| {
            unreachable(
                people,
                &[call(95, MAIN, Outcome::NoAnswer)],
                FRESH,
                day_at(100),
            )
        };
        let unit = one.unit;
        assert_eq!(lost(&[one.clone()]), HashMap::from([(unit, day_at(95))]));
        assert_eq!(lost(&[one, other]), HashMap::new());
        // A number that nobody called is one on which they may answer.
        assert_eq!(lost(&[person()]), HashMap::new());
    }
}
