//! What is wrong with a roster, against a twin that asks minute by minute; and a roster with known
//! faults.

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use sotruc_core::clock::{HOUR, Instant, MINUTE};
use sotruc_core::directory::drill::{Drill, Outcome, Reach, reach};
use sotruc_core::directory::person::Person;
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::coverage::{Left, Limits, Roster};
use sotruc_core::duty::finding::{Detail, Finding, Flaw};
use sotruc_core::duty::period::{Need, Period, Post};
use sotruc_core::duty::shift::Shift;
use sotruc_core::id::{DrillId, OperatorId, PeriodId, PersonId, ShiftId, UnitId};
use sotruc_core::text::Phone;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// The twin looks at so many minutes, from 0 on.
const MINUTES: i64 = 72;
const PEOPLE: u128 = 5;
const GONE: u128 = 9;
const LIMITS: Limits = Limits {
    stretch: 24 * MINUTE,
    rest: 8 * MINUTE,
    pause: 2 * MINUTE,
    week: None,
};
/// How long two may stand at a change.
const WANTED: i64 = 3;

fn at(minute: i64) -> Instant {
    Instant::from_millis(minute * MINUTE)
}

fn unit(n: u128) -> Unit {
    let id = UnitId(Uuid::from_u128(n));
    let mut unit = Unit::new(id, format!("Đơn vị {n}"), Group::District);
    unit.code = Some(format!("U{n}"));
    unit
}

fn person(n: u128, unit: u128) -> Person {
    let id = PersonId(Uuid::from_u128(100 + n));
    let mut person = Person::new(id, UnitId(Uuid::from_u128(unit)), format!("Người {n}"));
    person.mobiles = vec![Phone::read(&format!("090500000{n}")).unwrap()];
    person
}

/// A shift as it is drawn: unit, post, person, from, length, standing.
type Drawn = (u128, Post, u128, i64, i64, bool);

/// A call as it is drawn: whom, when, what came of it.
type Called = (u128, i64, Outcome);

fn drill((n, &(who, minute, outcome)): (usize, &Called)) -> Drill {
    Drill {
        id: DrillId(Uuid::from_u128(5000 + n as u128)),
        person: PersonId(Uuid::from_u128(100 + who)),
        number: None,
        at: at(minute),
        operator: OperatorId(Uuid::from_u128(1)),
        outcome,
        minutes: None,
        note: None,
        removed: false,
    }
}

/// Leave as it is drawn: whose, from, length.
type Away = (u128, i64, i64);

fn roster(drawn: &[Drawn], called: &[Called], away: &[Away], more: bool) -> Roster {
    let mut period = Period::new(PeriodId(Uuid::from_u128(1)), "Kỳ".to_owned(), at(8), at(64));
    period.overlap = Some(u32::try_from(WANTED).unwrap());
    period.posts = vec![Post::Main];
    if more {
        // On one day more is asked, and of one unit a backup.
        period.needs = vec![
            Need {
                unit: None,
                group: None,
                from: Some(at(24)),
                to: Some(at(40)),
                posts: vec![Post::Main, Post::Main],
            },
            Need {
                unit: Some(UnitId(Uuid::from_u128(2))),
                group: None,
                from: None,
                to: Some(at(30)),
                posts: vec![Post::Main, Post::Backup],
            },
        ];
    }
    let shift = |(n, &(unit, post, who, from, length, standing)): (usize, &Drawn)| Shift {
        period: Some(period.id),
        standing,
        ..Shift::new(
            ShiftId(Uuid::from_u128(1000 + n as u128)),
            (UnitId(Uuid::from_u128(unit)), post),
            PersonId(Uuid::from_u128(100 + who)),
            (at(from), at(from + length)),
        )
    };
    // One human being has a card in each unit: the same name, the same number.
    let mut people: Vec<Person> = (1..=PEOPLE).map(|n| person(n, 1 + n % 2)).collect();
    let (name, numbers) = (people[0].full_name.clone(), people[0].mobiles.clone());
    (people[4].full_name, people[4].mobiles) = (name, numbers);
    for &(who, from, length) in away {
        let span = (at(from), at(from + length));
        people[who as usize - 1].away.push(span);
    }
    let gone = person(GONE, 1);
    let mut roster = Roster {
        units: vec![unit(1), unit(2)],
        people,
        shifts: drawn.iter().enumerate().map(shift).collect(),
        periods: vec![period],
        limits: LIMITS,
        drills: called.iter().enumerate().map(drill).collect(),
        fresh: i64::MAX / 2,
        ..Roster::default()
    };
    let left = Left {
        card: gone.clone(),
        since: at(30),
    };
    roster.left.insert(gone.id, left);
    roster
}

/// Whose card it is: the same number for both cards of one.
fn human(person: PersonId) -> u128 {
    match person.0.as_u128() - 100 {
        5 => 1,
        n => n,
    }
}

/// What somebody would find who knows the rules and looks at every minute.
struct Twin<'a> {
    roster: &'a Roster,
}

type Told = (&'static str, u128, Post, i64, i64);

impl Twin<'_> {
    fn minutes() -> std::ops::Range<i64> {
        -2..MINUTES + 60
    }

    /// The runs of minutes that are such.
    fn runs(such: impl Fn(i64) -> bool) -> Vec<(i64, i64)> {
        let mut runs: Vec<(i64, i64)> = Vec::new();
        for minute in Self::minutes().filter(|minute| such(*minute)) {
            match runs.last_mut() {
                Some(last) if last.1 == minute => last.1 += 1,
                _ => runs.push((minute, minute + 1)),
            }
        }
        runs
    }

    fn has(shift: &Shift, minute: i64) -> bool {
        shift.from <= at(minute) && at(minute) < shift.to
    }

    fn asked(&self, unit: &Unit, post: Post, minute: i64) -> usize {
        let period = &self.roster.periods[0];
        let demands = period.demands(unit, post);
        let here =
            |minute: i64| move |from: Instant, to: Instant| from <= at(minute) && at(minute) < to;
        let demand = demands
            .iter()
            .find(|demand| here(minute)(demand.from, demand.to));
        demand.map_or(0, |demand| demand.people)
    }

    /// What calls told of a person in a minute; of one to come as is known now.
    fn reach(&self, person: PersonId, minute: i64, now: i64) -> Option<Reach> {
        let card = self.roster.people.iter().find(|one| one.id == person)?;
        let (drills, fresh) = (&self.roster.drills, self.roster.fresh);
        Some(reach(card, drills, fresh, at(minute.min(now))))
    }

    /// Whether somebody can be counted on in a minute.
    fn answers(&self, person: PersonId, minute: i64, now: i64) -> bool {
        let reach = self.reach(person, minute, now);
        reach.is_none_or(|calls| calls.lost().is_none())
    }

    /// Whether somebody was not yet called in vain in a minute.
    fn holds(&self, person: PersonId, minute: i64, now: i64) -> bool {
        let reach = self.reach(person, minute, now);
        reach.is_none_or(|calls| calls.unanswered().is_none())
    }

    /// Whether a human being has leave at a minute: at one of their units and so at all.
    fn is_away(&self, person: PersonId, minute: i64) -> bool {
        let cards = self.roster.people.iter();
        let mut cards = cards.filter(|one| human(one.id) == human(person));
        cards.any(|one| {
            let mut away = one.away.iter();
            away.any(|(from, to)| *from <= at(minute) && at(minute) < *to)
        })
    }

    /// Whether a unit has somebody who can be counted on.
    fn unit_answers(&self, unit: UnitId, minute: i64, known: i64) -> bool {
        let own = || self.roster.people.iter().filter(|one| one.unit == unit);
        // Without a call in vain nothing says that they do not answer.
        let ever = |minute: i64| own().any(|one| !self.answers(one.id, minute, known));
        !Self::minutes().any(ever)
            || own().any(|one| self.answers(one.id, minute, known) && !self.is_away(one.id, minute))
    }

    /// Whether somebody holds a shift of a unit in a minute: then they stand on no other post of it.
    fn is_on_shift(&self, unit: UnitId, person: PersonId, minute: i64) -> bool {
        let mut shifts = self.roster.shifts.iter();
        shifts.any(|shift| shift.unit == unit && shift.person == person && Self::has(shift, minute))
    }

    /// The posts that who is on duty leaves short at a minute, as is known then.
    fn holes(&self, minute: i64) -> BTreeSet<(u128, Post)> {
        let on_duty = self.roster.on_duty(at(minute));
        let mut holes = BTreeSet::new();
        for unit in &self.roster.units {
            for &post in Post::ALL {
                let here = on_duty
                    .iter()
                    .filter(|line| line.unit == unit.id && line.post == post);
                let laid_out = self.roster.shifts.iter().any(|shift| {
                    shift.unit == unit.id && shift.post == post && shift.meets(at(8), at(64))
                });
                // Who only stands may hold a shift of the same post besides.
                let stands = |person: PersonId| {
                    let mut shifts = self.roster.shifts.iter();
                    shifts.any(|shift| {
                        let is_here = (shift.unit, shift.post) == (unit.id, post);
                        shift.standing
                            && is_here
                            && shift.person == person
                            && Self::has(shift, minute)
                    })
                };
                let there = here.filter(|line| match laid_out && !stands(line.person) {
                    true => self.holds(line.person, minute, minute),
                    false => self.unit_answers(unit.id, minute, minute),
                });
                if (8..64).contains(&minute) && there.count() < self.asked(unit, post, minute) {
                    holes.insert((unit.id.0.as_u128(), post));
                }
            }
        }
        holes
    }

    fn gaps(&self) -> BTreeSet<Told> {
        let mut told = BTreeSet::new();
        for (unit, n) in self.roster.units.iter().zip(1..) {
            for &post in Post::ALL {
                let mine: Vec<&Shift> = self
                    .roster
                    .shifts
                    .iter()
                    .filter(|shift| shift.unit == unit.id && shift.post == post)
                    .collect();
                let laid_out = mine.iter().any(|shift| shift.meets(at(8), at(64)));
                let stands = |minute: i64| {
                    let mut own = self.roster.people.iter().filter(|one| one.unit == unit.id);
                    own.any(|one| {
                        !self.is_away(one.id, minute) && !self.is_on_shift(unit.id, one.id, minute)
                    })
                };
                let short = |minute: i64| {
                    let answers = self.unit_answers(unit.id, minute, MINUTES);
                    let there: HashSet<PersonId> = mine
                        .iter()
                        .filter(|shift| Self::has(shift, minute))
                        .filter(|shift| shift.person.0.as_u128() != 100 + GONE || minute < 30)
                        // Who only stands answers as long as anybody of the unit does.
                        .filter(|shift| match shift.standing {
                            true => answers,
                            false => self.holds(shift.person, minute, MINUTES),
                        })
                        .map(|shift| shift.person)
                        .filter(|person| !self.is_away(*person, minute))
                        .collect();
                    let there = match laid_out {
                        true => there.len(),
                        // Nobody is marked: the first of them stands on the main post only.
                        false => usize::from(post == Post::Main && stands(minute) && answers),
                    };
                    (8..64).contains(&minute) && there < self.asked(unit, post, minute)
                };
                told.extend(
                    Self::runs(short)
                        .into_iter()
                        .map(|(from, to)| ("gap", n, post, from, to)),
                );
            }
        }
        told
    }

    /// Shifts that count as work, whoever stands them still on the list: of each the parts in which
    /// they have no leave.
    fn working(&self) -> Vec<Shift> {
        let shifts = self.roster.shifts.iter();
        let shifts =
            shifts.filter(|shift| !shift.standing && shift.person.0.as_u128() != 100 + GONE);
        let parts = shifts.flat_map(|shift| {
            let works =
                |minute: i64| Self::has(shift, minute) && !self.is_away(shift.person, minute);
            let parts = Self::runs(works).into_iter();
            parts.map(|(from, to)| Shift {
                from: at(from),
                to: at(to),
                ..shift.clone()
            })
        });
        let mut parts: Vec<Shift> = parts.collect();
        parts.sort_by_key(|shift| (shift.from, shift.to, shift.unit, shift.post, shift.id));
        parts
    }

    fn doubles(&self) -> BTreeSet<(u128, i64, i64)> {
        let shifts = self.working();
        let mut told = BTreeSet::new();
        for (place, shift) in shifts.iter().enumerate() {
            let before = &shifts[..place];
            let at_once = |minute: i64| {
                Self::has(shift, minute)
                    && before.iter().any(|other| {
                        human(other.person) == human(shift.person) && Self::has(other, minute)
                    })
            };
            told.extend(
                Self::runs(at_once)
                    .into_iter()
                    .map(|(from, to)| (human(shift.person), from, to)),
            );
        }
        told
    }

    /// Stretches that are too long, and rests that are too short.
    fn strains(&self) -> BTreeSet<(&'static str, u128, i64, i64)> {
        let shifts = self.working();
        let mut told = BTreeSet::new();
        for who in 1..=PEOPLE {
            let works = |minute: i64| {
                shifts
                    .iter()
                    .any(|shift| human(shift.person) == who && Self::has(shift, minute))
            };
            let mut stretches: Vec<(i64, i64)> = Vec::new();
            let theirs = || shifts.iter().filter(|shift| human(shift.person) == who);
            let first_from = |from: i64| theirs().find(|shift| shift.from == at(from)).unwrap();
            let last_to = |to: i64| theirs().find(|shift| shift.to == at(to)).unwrap();
            for (from, to) in Self::runs(works) {
                let next = first_from(from);
                // Whoever only left the post for a while goes on.
                let goes_on = stretches.last().is_some_and(|(begin, end)| {
                    let last = last_to(*end);
                    (last.unit, last.post) == (next.unit, next.post)
                        && (from - end) * MINUTE <= LIMITS.pause
                        && next.to.millis() - at(*begin).millis() <= LIMITS.stretch
                });
                match stretches.last_mut() {
                    Some(last) if goes_on => last.1 = to,
                    _ => stretches.push((from, to)),
                }
            }
            for (from, to) in &stretches {
                if (to - from) * MINUTE > LIMITS.stretch {
                    told.insert(("long", who, *from, *to));
                }
            }
            for pair in stretches.windows(2) {
                // Leave within a shift is no rest between two.
                let is_one = last_to(pair[0].1).id == first_from(pair[1].0).id;
                if !is_one && (pair[1].0 - pair[0].1) * MINUTE < LIMITS.rest {
                    told.insert(("rest", who, pair[0].1, pair[1].0));
                }
            }
        }
        told
    }

    fn overlaps(&self) -> BTreeSet<Told> {
        let mut told = BTreeSet::new();
        for (unit, n) in self.roster.units.iter().zip(1..) {
            for &post in Post::ALL {
                let mut mine: Vec<&Shift> = self
                    .roster
                    .shifts
                    .iter()
                    .filter(|shift| shift.unit == unit.id && shift.post == post)
                    .filter(|shift| shift.person.0.as_u128() != 100 + GONE)
                    .collect();
                mine.sort_by_key(|shift| (shift.from, shift.to, shift.id));
                for (place, shift) in mine.iter().enumerate() {
                    let others = || {
                        mine[..place]
                            .iter()
                            .filter(|other| other.person != shift.person)
                    };
                    let shared = |minute: i64| {
                        Self::has(shift, minute) && others().any(|other| Self::has(other, minute))
                    };
                    let shared = Self::runs(shared);
                    let Some((from, to)) = shared.first().copied() else {
                        continue;
                    };
                    let last = others().map(|other| other.to).max().unwrap();
                    if to - from <= WANTED && shift.to > last {
                        continue;
                    }
                    let crowded = |minute: i64| {
                        let there: HashSet<PersonId> = self
                            .roster
                            .shifts
                            .iter()
                            .filter(|one| one.unit == unit.id && one.post == post)
                            .filter(|one| Self::has(one, minute))
                            .filter(|one| one.person.0.as_u128() != 100 + GONE || minute < 30)
                            .map(|one| one.person)
                            .collect();
                        (from..to).contains(&minute)
                            && there.len() > self.asked(unit, post, minute).max(1)
                    };
                    let several = Self::minutes().any(|at| self.asked(unit, post, at) > 1);
                    let mut crowded = Self::runs(crowded);
                    crowded.retain(|(from, to)| !several || to - from > WANTED);
                    told.extend(
                        crowded
                            .into_iter()
                            .map(|(from, to)| ("overlap", n, post, from, to)),
                    );
                }
            }
        }
        told
    }

    /// What of the shifts falls into the leave of whoever stands them.
    fn away(&self) -> BTreeSet<Told> {
        let mut told = BTreeSet::new();
        for shift in &self.roster.shifts {
            let n = shift.unit.0.as_u128();
            let on_list = shift.person.0.as_u128() != 100 + GONE;
            let away = |minute: i64| {
                on_list && Self::has(shift, minute) && self.is_away(shift.person, minute)
            };
            let runs = Self::runs(away).into_iter();
            told.extend(runs.map(|(from, to)| ("away", n, shift.post, from, to)));
        }
        told
    }

    /// The minutes of shifts whose people calls do not reach, and of standing contacts likewise: by
    /// unit, with the first and the last.
    fn unreachable(&self) -> BTreeSet<(u128, i64, i64, i64)> {
        let mut told = BTreeSet::new();
        let lost = |person: PersonId, minute: i64| {
            !self.answers(person, minute, MINUTES) && !self.is_away(person, minute)
        };
        for unit in &self.roster.units {
            let mine = || {
                self.roster
                    .shifts
                    .iter()
                    .filter(|shift| shift.unit == unit.id)
            };
            let mut minutes: Vec<i64> = Vec::new();
            for minute in Self::minutes() {
                let own = || self.roster.people.iter().filter(|one| one.unit == unit.id);
                let nobody = own().all(|one| !self.answers(one.id, minute, MINUTES));
                for shift in mine().filter(|shift| Self::has(shift, minute)) {
                    if shift.standing && !nobody {
                        continue;
                    }
                    if shift.person.0.as_u128() != 100 + GONE && lost(shift.person, minute) {
                        minutes.push(minute);
                    }
                }
                let laid_out =
                    mine().any(|shift| shift.post == Post::Main && shift.meets(at(8), at(64)));
                // Nobody is marked: the first of them who is there stands on the main post; as long as
                // anybody of the unit can be counted on, somebody answers there.
                let stands = own().find(|one| {
                    !self.is_away(one.id, minute) && !self.is_on_shift(unit.id, one.id, minute)
                });
                if !laid_out
                    && nobody
                    && (8..64).contains(&minute)
                    && self.asked(unit, Post::Main, minute) > 0
                    && stands.is_some_and(|one| lost(one.id, minute))
                {
                    minutes.push(minute);
                }
            }
            if let (Some(first), Some(last)) = (minutes.first(), minutes.last()) {
                let n = unit.id.0.as_u128();
                told.insert((n, *first, last + 1, minutes.len() as i64));
            }
        }
        told
    }

    fn others(&self) -> BTreeSet<Told> {
        let mut told = BTreeSet::new();
        for shift in &self.roster.shifts {
            let n = shift.unit.0.as_u128();
            let gone = shift.person.0.as_u128() == 100 + GONE;
            let ended = |minute: i64| gone && minute >= 30 && Self::has(shift, minute);
            told.extend(
                Self::runs(ended)
                    .into_iter()
                    .map(|(from, to)| ("ended", n, shift.post, from, to)),
            );
            let outside =
                |minute: i64| !gone && !(8..64).contains(&minute) && Self::has(shift, minute);
            told.extend(
                Self::runs(outside)
                    .into_iter()
                    .map(|(from, to)| ("outside", n, shift.post, from, to)),
            );
        }
        told
    }
}

fn minute(of: Instant) -> i64 {
    of.millis() / MINUTE
}

fn told(finding: &Finding) -> Told {
    let unit = finding.unit.0.as_u128();
    let (from, to) = (minute(finding.from), minute(finding.to));
    (finding.flaw.key(), unit, finding.post, from, to)
}

/// The gaps of whatever cause, as one where they touch.
fn gaps(roster: &Roster) -> BTreeSet<Told> {
    let mut told: Vec<Told> = Vec::new();
    for gap in roster.gaps(None, None, at(MINUTES)) {
        let unit = gap.unit.0.as_u128();
        let (from, to) = (minute(gap.from), minute(gap.to));
        match told.last_mut() {
            Some(last) if (last.1, last.2, last.4) == (unit, gap.post, from) => last.4 = to,
            _ => told.push(("gap", unit, gap.post, from, to)),
        }
    }
    told.into_iter().collect()
}

fn agrees(drawn: &[Drawn], called: &[Called], away: &[Away], more: bool) {
    let roster = roster(drawn, called, away, more);
    let twin = Twin { roster: &roster };
    let findings = roster.findings(None, at(MINUTES));
    let of = |flaws: &[Flaw]| -> BTreeSet<Told> {
        let of = findings
            .iter()
            .filter(|finding| flaws.contains(&finding.flaw));
        of.map(told).collect()
    };
    assert_eq!(
        gaps(&roster),
        twin.gaps(),
        "gaps of {drawn:?}, {called:?}, {away:?}"
    );
    let on_shifts = findings.iter().filter(|finding| finding.shift.is_some());
    let on_shifts = on_shifts.filter(|finding| finding.flaw == Flaw::Away);
    assert_eq!(
        on_shifts.map(told).collect::<BTreeSet<_>>(),
        twin.away(),
        "leave of {drawn:?}, {away:?}"
    );
    // One cause is one thing to know, whatever it touches.
    let silent = findings
        .iter()
        .filter(|finding| finding.flaw == Flaw::Unreachable);
    let silent: Vec<_> = silent
        .map(|finding| {
            let Detail::Sum { lasts, .. } = finding.detail else {
                panic!("no sum");
            };
            let unit = finding.unit.0.as_u128();
            (
                unit,
                minute(finding.from),
                minute(finding.to),
                lasts / MINUTE,
            )
        })
        .collect();
    assert_eq!(
        silent.len(),
        silent
            .iter()
            .map(|one| one.0)
            .collect::<BTreeSet<_>>()
            .len()
    );
    assert_eq!(
        silent.into_iter().collect::<BTreeSet<_>>(),
        twin.unreachable(),
        "unreachable of {drawn:?}, {called:?}, {away:?}"
    );
    for minute in Twin::minutes().step_by(3) {
        let holes = roster.holes_at(at(minute)).into_iter();
        let holes: BTreeSet<_> = holes
            .map(|hole| (hole.unit.0.as_u128(), hole.post))
            .collect();
        let expect = twin.holes(minute);
        assert_eq!(
            holes, expect,
            "at {minute}: {drawn:?}, {called:?}, {away:?}"
        );
    }
    let by_human = |flaw: Flaw| {
        let of = findings.iter().filter(move |finding| finding.flaw == flaw);
        of.map(|finding| {
            (
                human(finding.person.unwrap()),
                minute(finding.from),
                minute(finding.to),
            )
        })
    };
    assert_eq!(
        by_human(Flaw::Double).collect::<BTreeSet<_>>(),
        twin.doubles(),
        "doubles of {drawn:?}"
    );
    let long = by_human(Flaw::Long).map(|(who, from, to)| ("long", who, from, to));
    let rest = by_human(Flaw::Rest).map(|(who, from, to)| ("rest", who, from, to));
    assert_eq!(
        long.chain(rest).collect::<BTreeSet<_>>(),
        twin.strains(),
        "strains of {drawn:?}"
    );
    if away.is_empty() {
        assert_eq!(
            of(&[Flaw::Overlap]),
            twin.overlaps(),
            "overlaps of {drawn:?}"
        );
    }
    assert_eq!(
        of(&[Flaw::Ended, Flaw::Outside]),
        twin.others(),
        "others of {drawn:?}"
    );
}

#[test]
fn findings_are_what_the_minutes_say() {
    let asked = std::env::var("SOTRUC_SOAK_COUNT")
        .ok()
        .and_then(|count| count.parse().ok());
    let shift = (
        1..3_u128,
        prop::sample::select(vec![Post::Main, Post::Main, Post::Main, Post::Backup]),
        prop::sample::select(vec![1, 2, 3, 4, 5, GONE]),
        0..MINUTES,
        1..30_i64,
        prop::sample::select(vec![false, false, false, false, true]),
    );
    let call = (
        1..=PEOPLE,
        0..MINUTES,
        prop::sample::select(vec![
            Outcome::WrongNumber,
            Outcome::NoAnswer,
            Outcome::Answered,
        ]),
    );
    let config = ProptestConfig {
        cases: asked.unwrap_or(600),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(290),
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new(config);
    runner
        .run(
            &(
                prop::collection::vec(shift, 0..9),
                prop::collection::vec(call, 0..6),
                prop_oneof![
                    Just(Vec::new()),
                    prop::collection::vec((1..=PEOPLE, 0..MINUTES, 1..30_i64), 1..4)
                ],
                any::<bool>(),
            ),
            |(drawn, called, away, more)| {
                agrees(&drawn, &called, &away, more);
                Ok(())
            },
        )
        .unwrap();
}

/// An hour missing at a change, back-to-back shifts, a wanted overlap of thirty minutes, one person
/// in two units, twenty-six hours in a row, a shift over midnight, one over the period's end.
#[test]
fn known_faults_are_found_and_nothing_else() {
    let start = Instant::parse("21/05/2016 00:00").unwrap();
    let hours = |hours: f64| start.plus((hours * HOUR as f64) as i64);
    let period = Period::new(
        PeriodId(Uuid::from_u128(1)),
        "Kỳ".to_owned(),
        start,
        hours(48.0),
    );
    let people: Vec<Person> = (1..=8).map(|n| person(n, 1 + (n - 1) / 4)).collect();
    let mut n = 0;
    let mut shift = |unit: u128, who: u128, from: f64, to: f64| {
        n += 1;
        Shift {
            period: Some(period.id),
            ..Shift::new(
                ShiftId(Uuid::from_u128(n)),
                (UnitId(Uuid::from_u128(unit)), Post::Main),
                PersonId(Uuid::from_u128(100 + who)),
                (hours(from), hours(to)),
            )
        }
    };
    let shifts = vec![
        shift(1, 1, 0.0, 8.0),
        shift(1, 2, 8.0, 16.0),
        // A wanted overlap, then over midnight, then an hour missing.
        shift(1, 3, 15.5, 23.0),
        shift(1, 4, 22.5, 30.0),
        shift(1, 1, 31.0, 40.0),
        shift(1, 2, 40.0, 50.0),
        // The second unit: twenty-six hours in a row, and somebody of the first one.
        shift(2, 5, 0.0, 26.0),
        shift(2, 1, 26.0, 33.0),
        shift(2, 6, 33.0, 48.0),
    ];
    let roster = Roster {
        units: vec![unit(1), unit(2)],
        people,
        periods: vec![period],
        shifts,
        fresh: i64::MAX / 2,
        ..Roster::default()
    };
    let found: Vec<_> = roster
        .findings(None, start)
        .iter()
        .map(|finding| {
            let hour = |at: Instant| (at.millis() - start.millis()) / HOUR;
            let who = finding.person.map(|id| id.0.as_u128() - 100);
            (
                finding.flaw.key(),
                finding.unit.0.as_u128(),
                who,
                hour(finding.from),
                hour(finding.to),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("long", 2, Some(5), 0, 26),
            ("gap", 1, None, 30, 31),
            ("double", 1, Some(1), 31, 33),
            ("outside", 1, Some(2), 48, 50),
        ]
    );
}

/// What is told of the weeks of a person who may work thirty hours in each, with these shifts and
/// this leave in hours from a Monday on: how long the weeks are that are too long, by their place.
fn long_weeks(shifts: &[(i64, i64)], away: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let monday = Instant::parse("16/05/2016 00:00").unwrap();
    let period = Period::new(
        PeriodId(Uuid::from_u128(1)),
        "Kỳ".to_owned(),
        monday,
        monday.plus(14 * 24 * HOUR),
    );
    let span = |(from, to): &(i64, i64)| (monday.plus(from * HOUR), monday.plus(to * HOUR));
    let shift = |(n, hours): (u128, &(i64, i64))| Shift {
        period: Some(period.id),
        ..Shift::new(
            ShiftId(Uuid::from_u128(n)),
            (UnitId(Uuid::from_u128(1)), Post::Main),
            PersonId(Uuid::from_u128(101)),
            span(hours),
        )
    };
    let mut worker = person(1, 1);
    worker.away = away.iter().map(span).collect();
    let roster = Roster {
        units: vec![unit(1)],
        people: vec![worker],
        shifts: (1..).zip(shifts).map(shift).collect(),
        periods: vec![period],
        limits: Limits {
            week: Some(30 * HOUR),
            ..Limits::default()
        },
        fresh: i64::MAX / 2,
        ..Roster::default()
    };
    let weeks = roster.conflicts(None, monday).into_iter();
    let weeks = weeks.filter(|finding| finding.flaw == Flaw::Week);
    let told = |finding: Finding| {
        assert_eq!(finding.to, finding.from.plus(WEEK * HOUR));
        let Detail::Lasts(lasts) = finding.detail else {
            panic!("{finding:?}");
        };
        let since = finding.from.millis() - monday.millis();
        (since / (WEEK * HOUR), lasts / HOUR)
    };
    weeks.map(told).collect()
}

const WEEK: i64 = 7 * 24;

#[test]
fn a_week_that_is_too_long_is_found_by_its_hours() {
    let days = |days: &[i64]| -> Vec<(i64, i64)> {
        days.iter().map(|day| (day * 24, day * 24 + 12)).collect()
    };
    assert_eq!(long_weeks(&days(&[0, 2, 4, 6, 8]), &[]), [(0, 48)]);
    // A night over Sunday midnight is part of both weeks, of neither as a whole.
    let night = (WEEK - 4, WEEK + 8);
    assert_eq!(
        long_weeks(&[&days(&[0, 2])[..], &[night]].concat(), &[]),
        []
    );
    assert_eq!(
        long_weeks(&[&[night][..], &days(&[8, 10])].concat(), &[]),
        [(1, 32)]
    );
    // Leave is no work, and two shifts at once are worked once.
    assert_eq!(long_weeks(&days(&[0, 2, 4]), &[(50, 58)]), []);
    assert_eq!(long_weeks(&days(&[0, 2, 4]), &[(50, 54)]), [(0, 32)]);
    assert_eq!(long_weeks(&days(&[0, 0, 2, 2]), &[]), []);
}

#[test]
fn weeks_are_recounted_hour_by_hour() {
    let mut seen = 0;
    for seed in 0..60_i64 {
        let draw = |n: i64, below: i64| (seed * 7_919 + n * 104_729 + n * n * 31) % below;
        let spans = |from: i64, count: i64, long: i64| -> Vec<(i64, i64)> {
            let drawn = (from..from + count).map(|n| (draw(n, 2 * WEEK - long), n));
            drawn
                .map(|(begin, n)| (begin, begin + 1 + draw(n + 50, long)))
                .collect()
        };
        let (shifts, away) = (spans(1, 7, 24), spans(20, 2, 30));
        let within = |spans: &[(i64, i64)], hour: i64| {
            spans.iter().any(|(from, to)| (*from..*to).contains(&hour))
        };
        let works = |hour: &i64| within(&shifts, *hour) && !within(&away, *hour);
        let expect = (0..2_i64).filter_map(|week| {
            let lasts = (week * WEEK..(week + 1) * WEEK).filter(works).count() as i64;
            (lasts > 30).then_some((week, lasts))
        });
        let expect: Vec<_> = expect.collect();
        seen += expect.len();
        assert_eq!(long_weeks(&shifts, &away), expect, "{seed}");
    }
    assert!(seen > 30, "{seen} weeks");
}
