//! Gaps and who is on duty, against a twin that asks minute by minute.

use proptest::prelude::*;
use sotruc_core::clock::{Instant, MINUTE};
use sotruc_core::directory::drill::{Drill, Outcome};
use sotruc_core::directory::person::{Person, Role};
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::coverage::{Change, Gap, OnDuty, Roster};
use sotruc_core::duty::period::{Period, Post};
use sotruc_core::duty::shift::Shift;
use sotruc_core::id::{DrillId, OperatorId, PeriodId, PersonId, ShiftId, UnitId};
use uuid::Uuid;

const MINUTES: i64 = 90;

fn at(minute: i64) -> Instant {
    Instant::from_millis(minute * MINUTE)
}

fn unit(n: u128) -> Unit {
    let mut unit = Unit::new(
        UnitId(Uuid::from_u128(n)),
        format!("Đơn vị {n}"),
        Group::District,
    );
    unit.code = Some(format!("U{n}"));
    unit
}

fn person(n: u128, unit: u128, role: Option<Role>) -> Person {
    let mut person = Person::new(
        PersonId(Uuid::from_u128(n)),
        UnitId(Uuid::from_u128(unit)),
        format!("Người {n}"),
    );
    person.role = role;
    person
}

fn period(n: u128, from: i64, to: i64) -> Period {
    Period::new(
        PeriodId(Uuid::from_u128(n)),
        format!("Kỳ {n}"),
        at(from),
        at(to),
    )
}

fn shift(n: u128, period: u128, unit: u128, person: u128, from: i64, to: i64) -> Shift {
    Shift {
        period: Some(PeriodId(Uuid::from_u128(period))),
        ..Shift::new(
            ShiftId(Uuid::from_u128(n)),
            (UnitId(Uuid::from_u128(unit)), Post::Main),
            PersonId(Uuid::from_u128(person)),
            (at(from), at(to)),
        )
    }
}

/// The minutes of one unit in which somebody is on duty, told by the rules and nothing else.
fn covered(duty: &Roster, unit: &Unit, minute: i64) -> Option<bool> {
    let now = at(minute);
    let periods = || {
        let periods = duty.periods.iter();
        periods.filter(|period| period.from <= now && now < period.to)
    };
    let own = || duty.shifts.iter().filter(|shift| shift.unit == unit.id);
    let laid_out = periods().any(|period| {
        own().any(|shift| {
            let meets = |period: &Period| shift.from < period.to && period.from < shift.to;
            let own = duty.periods.iter().find(|own| shift.period == Some(own.id));
            // One that has no time in its period belongs where its time does: where it begins.
            let begins = |period: &&Period| period.from <= shift.from && shift.from < period.to;
            let by_time = || {
                let first = duty.periods.iter().find(begins);
                first.or_else(|| duty.periods.iter().find(|period| meets(period)))
            };
            let whose = own.filter(|own| meets(own)).or_else(by_time);
            meets(period) && whose.is_some_and(|whose| whose.id == period.id)
        })
    });
    let on_shift = own().any(|shift| shift.from <= now && now < shift.to);
    let stands = duty.people.iter().any(|person| {
        person.unit == unit.id && !matches!(person.role, Some(Role::Leader | Role::Technical))
    });
    // A shift counts wherever it reaches; where none does, those of the period alone decide.
    let held = on_shift || !laid_out && stands;
    periods().next().map(|_| held)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(290), ..ProptestConfig::default() })]

    #[test]
    fn gaps_are_what_the_minutes_say(
        roles in prop::collection::vec(prop::sample::select(vec![None, Some(Role::Main), Some(Role::Backup), Some(Role::Leader), Some(Role::Technical)]), 0..4),
        spans in prop::collection::vec((0..MINUTES, 1..40i64, 1..3u128, 1..3u128), 0..8),
        first in (0..40i64, 41..MINUTES),
        second in (0..60i64, 61..MINUTES),
    ) {
        let units = [unit(1), unit(2)];
        let mut people: Vec<Person> =
            roles.iter().enumerate().map(|(n, role)| person(10 + n as u128, 1 + n as u128 % 2, *role)).collect();
        // Who has shifts exists; a leader may stand a shift without being a standing contact.
        people.push(person(100, 1, Some(Role::Leader)));
        let periods = [period(1, first.0, first.1), period(2, second.0, second.1)];
        let shifts: Vec<Shift> = spans
            .iter()
            .enumerate()
            .map(|(n, (from, length, unit, period))| shift(n as u128, *period, *unit, 100, *from, from + length))
            .collect();
        let duty = Roster { units: units.to_vec(), people, periods: periods.to_vec(), shifts, ..Roster::default() };
        let gaps = duty.gaps(None, None, at(0));
        for unit in &units {
            for minute in 0..MINUTES + 5 {
                let mut here = gaps.clone();
                here.retain(|gap| gap.from <= at(minute) && at(minute) < gap.to);
                prop_assert_eq!(duty.holes_at(at(minute)), here);
                let in_gap = gaps.iter().any(|gap| gap.unit == unit.id && gap.from <= at(minute) && at(minute) < gap.to);
                prop_assert_eq!(in_gap, covered(&duty, unit, minute) == Some(false), "{} at {}", unit.name, minute);
            }
        }
        let whole: Vec<Gap> = gaps.iter().filter(|gap| gap.from >= gap.to).cloned().collect();
        prop_assert_eq!(whole, Vec::<Gap>::new());
        let mut taken_over = Vec::new();
        for minute in 11..=MINUTES {
            let before = duty.on_duty(at(minute - 1));
            let stood = |line: &OnDuty| before.iter().any(|other| (other.unit, other.post, other.person) == (line.unit, line.post, line.person));
            let now = duty.on_duty(at(minute)).into_iter().filter(|line| !line.standing && !stood(line));
            taken_over.extend(now.map(|line| Change { unit: line.unit, post: line.post, at: at(minute), person: line.person }));
        }
        prop_assert_eq!(duty.changes(at(10), at(MINUTES)), taken_over);
    }
}

/// Somebody of another unit holds the post of one whose own people do not answer; and the other way
/// round.
#[test]
fn whoever_holds_a_shift_is_asked_for_and_nobody_else() {
    let (an, cuong, binh) = (
        person(10, 1, None),
        person(20, 2, None),
        person(11, 1, None),
    );
    let gaps = |people: &[&Person], lost: &Person, holder: &Person| -> Vec<(UnitId, i64, i64)> {
        let wrong = Drill {
            id: DrillId(Uuid::from_u128(1)),
            person: lost.id,
            number: None,
            at: at(20),
            operator: OperatorId(Uuid::from_u128(1)),
            outcome: Outcome::WrongNumber,
            minutes: None,
            note: None,
            removed: false,
        };
        let duty = Roster {
            units: vec![unit(1), unit(2)],
            people: people.iter().copied().cloned().collect(),
            periods: vec![period(1, 0, 60)],
            shifts: vec![shift(1, 1, 1, holder.id.0.as_u128(), 0, 60)],
            drills: vec![wrong],
            fresh: i64::MAX / 2,
            ..Roster::default()
        };
        let minute = |at: Instant| at.millis() / MINUTE;
        let gaps = duty.gaps(None, None, at(30)).into_iter();
        gaps.map(|gap| (gap.unit, minute(gap.from), minute(gap.to)))
            .collect()
    };
    assert_eq!(gaps(&[&an, &cuong], &an, &cuong), []);
    let empty = [(unit(1).id, 20, 60)];
    assert_eq!(gaps(&[&an, &binh, &cuong], &an, &an), empty);
    // Who holds a post elsewhere leaves their own unit without anybody.
    let both = [(unit(1).id, 20, 60), (unit(2).id, 20, 60)];
    assert_eq!(gaps(&[&an, &cuong], &cuong, &cuong), both);
}

/// Three units over two days: one with shifts and an hour missing, one standing, one with nobody.
#[test]
fn a_hand_made_example() {
    const HOUR: i64 = 60;
    let units = [unit(1), unit(2), unit(3)];
    let people = [
        person(10, 1, Some(Role::Main)),
        person(11, 1, Some(Role::Backup)),
        person(20, 2, Some(Role::Backup)),
        person(21, 2, None),
        person(30, 3, Some(Role::Leader)),
    ];
    let periods = [period(1, 0, 48 * HOUR)];
    let shifts = [
        shift(1, 1, 1, 10, 0, 12 * HOUR),
        shift(2, 1, 1, 11, 12 * HOUR, 24 * HOUR),
        shift(3, 1, 1, 10, 25 * HOUR, 48 * HOUR),
    ];
    let duty = Roster {
        units: units.to_vec(),
        people: people.to_vec(),
        periods: periods.to_vec(),
        shifts: shifts.to_vec(),
        ..Roster::default()
    };
    let gaps: Vec<_> = duty
        .gaps(None, None, at(0))
        .into_iter()
        .map(|gap| (gap.unit, gap.from, gap.to))
        .collect();
    assert_eq!(
        gaps,
        [
            (units[0].id, at(24 * HOUR), at(25 * HOUR)),
            (units[2].id, at(0), at(48 * HOUR))
        ]
    );
    let holes = duty.holes_at(at(24 * HOUR + 30));
    assert_eq!(
        holes.iter().map(|hole| hole.unit).collect::<Vec<_>>(),
        [units[0].id, units[2].id]
    );
    // Who stood on the post outside the period only goes on when their first shift begins.
    let changes = duty.changes(at(-HOUR), at(25 * HOUR));
    let changes: Vec<_> = changes
        .iter()
        .map(|change| (change.at, change.person))
        .collect();
    assert_eq!(
        changes,
        [(at(12 * HOUR), people[1].id), (at(25 * HOUR), people[0].id)]
    );
    assert_eq!(duty.changes(at(12 * HOUR), at(25 * HOUR - 1)), []);
    let who = |minute: i64| -> Vec<(UnitId, PersonId, bool)> {
        duty.on_duty(at(minute))
            .into_iter()
            .map(|line| (line.unit, line.person, line.standing))
            .collect()
    };
    assert_eq!(
        who(13 * HOUR),
        [
            (units[0].id, people[1].id, false),
            (units[1].id, people[3].id, true)
        ]
    );
    assert_eq!(who(24 * HOUR), [(units[1].id, people[3].id, true)]);
    // Outside the period the main contact is the answer, shifts or not.
    assert_eq!(
        who(48 * HOUR),
        [
            (units[0].id, people[0].id, true),
            (units[1].id, people[3].id, true)
        ]
    );
}
