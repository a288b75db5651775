//! Periods that touch, overlap or lie in one another: who is on duty, where nobody is, what is to be
//! looked at and what is printed agree.

use sotruc_core::clock::{HOUR, Instant};
use sotruc_core::directory::drill::{Drill, Outcome};
use sotruc_core::directory::person::{Person, Role};
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::finding::{Detail, Finding, Flaw};
use sotruc_core::duty::period::{Need, Period, Post};
use sotruc_core::duty::shift::Shift;
use sotruc_core::id::{DrillId, OperatorId, PeriodId, PersonId, ShiftId, UnitId};
use sotruc_core::report::duty_sheet::{SheetOptions, rows};
use sotruc_core::text::Phone;
use uuid::Uuid;

fn at(hour: i64) -> Instant {
    Instant::parse_start("16/05/2016")
        .unwrap()
        .plus(hour * HOUR)
}

fn hour(at_: Instant) -> i64 {
    (at_.millis() - at(0).millis()) / HOUR
}

fn unit(n: u128) -> Unit {
    let id = UnitId(Uuid::from_u128(n));
    Unit::new(id, format!("Đơn vị {n}"), Group::Department)
}

fn person(n: u128, unit_of: u128, role: Role) -> Person {
    let id = PersonId(Uuid::from_u128(n));
    let mut person = Person::new(id, unit(unit_of).id, format!("Người {n}"));
    person.role = Some(role);
    person.mobiles = vec![Phone::read(&format!("09050{n:05}")).unwrap()];
    person
}

/// A period of these hours that asks for these posts.
fn period(n: u128, (from, to): (i64, i64), posts: &[Post]) -> Period {
    let id = PeriodId(Uuid::from_u128(n));
    let mut period = Period::new(id, format!("Kỳ {n}"), at(from), at(to));
    period.posts = posts.to_vec();
    period
}

fn shift(n: u128, post: Post, who: u128, (from, to): (i64, i64)) -> Shift {
    let id = ShiftId(Uuid::from_u128(n));
    let person = PersonId(Uuid::from_u128(who));
    Shift::new(id, (unit(1).id, post), person, (at(from), at(to)))
}

fn roster(periods: Vec<Period>, shifts: Vec<Shift>) -> Roster {
    let mut roster = Roster {
        units: vec![unit(1)],
        people: vec![
            person(11, 1, Role::Main),
            person(12, 1, Role::Backup),
            person(13, 1, Role::Leader),
        ],
        periods,
        shifts,
        ..Roster::default()
    };
    roster
        .periods
        .sort_by_key(|period| (period.from, period.id));
    roster.shifts.sort_by_key(|shift| (shift.from, shift.id));
    roster
}

use Post::{Backup, Leader, Main};

#[test]
fn all_say_the_same_of_periods_that_meet() {
    let only_main = |mut of: Period| {
        of.needs = vec![Need {
            unit: Some(unit(1).id),
            group: None,
            from: None,
            to: None,
            posts: vec![Main],
        }];
        of
    };
    let day = |post, who| shift(1, post, who, (0, 24));
    // The periods, the shifts; where nobody is, by post and hour.
    #[allow(clippy::type_complexity)]
    let cases: Vec<(&str, Vec<Period>, Vec<Shift>, Vec<(Post, i64, i64)>)> = vec![
        (
            "touching: the shifts of one say nothing of the other",
            vec![period(1, (0, 24), &[Main]), period(2, (24, 48), &[Main])],
            vec![shift(1, Main, 11, (0, 12))],
            vec![(Main, 12, 24)],
        ),
        (
            "overlapping: laid out shifts decide wherever they reach",
            vec![period(1, (0, 30), &[Main]), period(2, (24, 48), &[Main])],
            vec![shift(1, Main, 11, (0, 12)), shift(2, Main, 12, (12, 30))],
            vec![],
        ),
        (
            "nested: a post that only the inner one asks for",
            vec![
                period(1, (0, 48), &[Main]),
                period(2, (12, 24), &[Main, Backup]),
            ],
            vec![Shift {
                period: Some(PeriodId(Uuid::from_u128(2))),
                ..shift(1, Backup, 12, (12, 18))
            }],
            vec![(Backup, 18, 24)],
        ),
        (
            "nested: the inner one asks for two",
            vec![
                period(1, (0, 48), &[Main]),
                period(2, (12, 24), &[Main, Main]),
            ],
            vec![],
            vec![(Main, 12, 24)],
        ),
        (
            "nested: the inner one asks this unit for one post less",
            vec![
                period(1, (0, 48), &[Main, Backup]),
                only_main(period(2, (12, 24), &[Main, Backup])),
            ],
            vec![
                shift(1, Backup, 12, (0, 12)),
                shift(2, Backup, 12, (24, 48)),
            ],
            vec![],
        ),
        (
            "a unit that is asked for one post of two",
            vec![only_main(period(1, (0, 48), &[Main, Backup]))],
            vec![shift(1, Main, 11, (0, 24)), shift(2, Main, 12, (30, 48))],
            vec![(Main, 24, 30)],
        ),
        (
            "a leader where only main is asked for",
            vec![period(1, (0, 48), &[Main])],
            vec![day(Leader, 13)],
            vec![],
        ),
    ];
    for (what, periods, shifts, expect) in cases {
        let roster = roster(periods, shifts);
        let gaps = roster.gaps(None, None, at(0));
        let told: Vec<_> = gaps
            .iter()
            .map(|gap| (gap.post, hour(gap.from), hour(gap.to)))
            .collect();
        assert_eq!(told, expect, "{what}");
        // The printed sheet and what is exported are the same lines.
        let options = SheetOptions {
            from: at(0),
            to: at(48),
            group: None,
            unit: None,
            landscape: false,
            without_numbers: false,
        };
        let sheet = rows(&roster, &options, at(0));
        let empty = sheet.iter().filter(|row| row.name.is_none());
        let empty: Vec<_> = empty
            .map(|row| (row.post, hour(row.from), hour(row.to)))
            .collect();
        assert_eq!(empty, expect, "{what}: the sheet");
        for hour in 0..48 {
            let now = at(hour);
            let on_duty = roster.on_duty(now);
            for &post in Post::ALL {
                let here = on_duty.iter().filter(|line| line.post == post);
                let mut here: Vec<PersonId> = here.map(|line| line.person).collect();
                here.sort_unstable();
                let held = sheet.iter().filter(|row| {
                    row.post == post && row.name.is_some() && row.from <= now && now < row.to
                });
                let mut held: Vec<PersonId> = held
                    .map(|row| {
                        let mut people = roster.people.iter();
                        let is_it = |one: &&Person| Some(&one.full_name) == row.name.as_ref();
                        people.find(is_it).unwrap().id
                    })
                    .collect();
                held.sort_unstable();
                held.dedup();
                assert_eq!(here, held, "{what}: {post:?} at {hour}");
                let shifts = roster
                    .shifts
                    .iter()
                    .filter(|shift| shift.post == post && shift.from <= now && now < shift.to);
                let stands = |shift: &Shift| here.contains(&shift.person);
                assert!(shifts.clone().all(stands), "{what}: {post:?} at {hour}");
                let gap = gaps
                    .iter()
                    .any(|gap| gap.post == post && gap.from <= now && now < gap.to);
                let asked: usize = roster
                    .periods
                    .iter()
                    .flat_map(|one| one.demands_among(&roster.periods, &roster.units[0], post))
                    .filter(|demand| demand.from <= now && now < demand.to)
                    .map(|demand| demand.people)
                    .sum();
                assert_eq!(gap, here.len() < asked, "{what}: {post:?} at {hour}");
            }
        }
        let overlaps = roster.conflicts(None, at(0));
        assert_eq!(overlaps, [], "{what}");
    }
}

#[test]
fn a_shift_in_no_period_is_to_be_looked_at() {
    let periods = || vec![period(1, (0, 24), &[Main]), period(2, (48, 72), &[Main])];
    let stray = shift(1, Main, 11, (30, 40));
    let found = |periods: Vec<Period>| -> Vec<(Flaw, i64, i64)> {
        let found = roster(periods, vec![stray.clone()]).conflicts(None, at(0));
        let told = found
            .iter()
            .map(|one| (one.flaw, hour(one.from), hour(one.to)));
        told.collect()
    };
    assert_eq!(found(periods()), [(Flaw::Outside, 30, 40)]);
    // Where nobody says when somebody is asked for, no shift is out of it.
    assert_eq!(found(Vec::new()), []);
}

/// Two units with one and the same contact, a third with its own.
fn shared() -> Roster {
    let mut people = vec![
        person(11, 1, Role::Main),
        person(21, 2, Role::Main),
        person(31, 3, Role::Main),
    ];
    people[1].full_name = people[0].full_name.clone();
    people[1].mobiles = people[0].mobiles.clone();
    Roster {
        units: vec![unit(1), unit(2), unit(3)],
        people,
        periods: vec![period(1, (0, 72), &[Main])],
        ..Roster::default()
    }
}

fn elsewhere(roster: &Roster) -> Vec<(UnitId, i64, i64, Vec<UnitId>)> {
    let found = roster.conflicts(None, at(0)).into_iter();
    let told = found.filter_map(|one: Finding| match one.detail {
        Detail::Elsewhere(units) => Some((one.unit, hour(one.from), hour(one.to), units)),
        _ => None,
    });
    told.collect()
}

#[test]
fn who_alone_answers_for_two_units_is_named_by_both() {
    let roster = shared();
    let both = [
        (unit(1).id, 0, 72, vec![unit(2).id]),
        (unit(2).id, 0, 72, vec![unit(1).id]),
    ];
    assert_eq!(elsewhere(&roster), both);
    // A second contact can answer for one of them.
    let mut helped = shared();
    helped.people.push(person(22, 2, Role::Backup));
    assert_eq!(elsewhere(&helped), []);
}

#[test]
fn who_alone_answers_and_is_on_a_shift_elsewhere_is_named_once() {
    let mut roster = shared();
    roster.people.remove(1);
    let mut days = [shift(1, Main, 31, (8, 20)), shift(2, Main, 31, (32, 44))];
    for day in &mut days {
        day.period = Some(roster.periods[0].id);
    }
    roster.shifts = days.to_vec();
    let named = [(unit(3).id, 8, 44, vec![unit(1).id])];
    assert_eq!(elsewhere(&roster), named);
}

#[test]
fn a_wrong_number_makes_no_hole_where_somebody_else_holds_the_shift() {
    let wrong = |of: u128| Drill {
        id: DrillId(Uuid::from_u128(1)),
        person: PersonId(Uuid::from_u128(of)),
        number: None,
        at: at(0),
        operator: OperatorId(Uuid::from_u128(1)),
        outcome: Outcome::WrongNumber,
        minutes: None,
        note: None,
        removed: false,
    };
    let mut roster = shared();
    roster.people.remove(1);
    let on_call = Shift {
        standing: true,
        ..shift(1, Main, 11, (0, 72))
    };
    // Of another unit, and reachable.
    roster.shifts = vec![on_call, shift(2, Main, 31, (0, 72))];
    roster.fresh = i64::MAX / 2;
    roster.drills = vec![wrong(11)];
    let of_one = |roster: &Roster| {
        let gaps = roster.gaps(None, None, at(1)).into_iter();
        gaps.filter(|gap| gap.unit == unit(1).id).count()
    };
    assert_eq!(of_one(&roster), 0);
    roster.drills = vec![wrong(31)];
    roster.shifts.remove(0);
    assert_eq!(of_one(&roster), 1, "who holds it cannot be reached");
}
