//! Periods changed, and rotas proposed beside those who write, then taken.

use sotruc_core::clock::{DAY, HOUR, Instant, MINUTE};
use sotruc_core::directory::person::Role;
use sotruc_core::directory::unit::Unit;
use sotruc_core::duty::coverage::Limits;
use sotruc_core::duty::finding::{Detail, Finding, Flaw, Weight};
use sotruc_core::duty::pattern::{LimitHours, PATTERNS, Pattern};
use sotruc_core::duty::period::{Need, Period, Post};
use sotruc_core::duty::rota::{Proposal, Rota};
use sotruc_core::views;
use sotruc_core::{Code, Error, NewPeriod, NewRota, NewShift, Result};
use std::cell::Cell;

use crate::desk::{Desk, start};

/// Two units of three people each, and three days from tomorrow on.
fn desk() -> (Desk, Unit, Period) {
    let mut desk = Desk::new();
    let units = [
        desk.unit("DIS006", "UBND huyện Cư M'gar"),
        desk.unit("DIS007", "UBND huyện Ea Kar"),
    ];
    let period = desk
        .write(|write| {
            for unit in &units {
                for name in ["Lê Văn An", "Trần Thị Bình", "Y Biêr Niê"] {
                    let person = write.new_person(unit.id, name)?;
                    write.set_person(&person)?;
                }
            }
            let from = start().plus(DAY).midnight().plus(6 * HOUR);
            write.add_period(NewPeriod::new("Bầu cử", from, from.plus(3 * DAY)))
        })
        .unwrap();
    let [unit, _] = units;
    (desk, unit, period)
}

fn new() -> NewRota {
    NewRota::of(Pattern::shipped("3x8", None, start()).unwrap())
}

fn propose(
    desk: &Desk,
    period: &Period,
    now: Instant,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Proposal> {
    desk.book
        .read(|book| book.propose(&book.roster()?, period.id, &new(), now, watch))
}

#[test]
fn a_period_is_changed_under_the_rules_by_which_it_is_added() {
    let (mut desk, unit, period) = desk();
    let other = NewPeriod::new("Tết", period.to, period.to.plus(DAY));
    desk.write(|write| write.add_period(other)).unwrap();
    let mut check = |change: &dyn Fn(&mut Period), expect: Option<Code>| {
        let mut changed = period.clone();
        change(&mut changed);
        let set = desk.write(|write| write.set_period(&changed));
        let again = NewPeriod {
            name: changed.name.clone(),
            posts: changed.posts.clone(),
            groups: changed.groups.clone(),
            due_at: changed.due_at,
            needs: changed.needs.clone(),
            overlap: changed.overlap,
            ..NewPeriod::new("", changed.from, changed.to)
        };
        let added = desk.write(|write| {
            // Of the same name as the one that is changed, which is not there while it is added.
            write.set_period(&Period {
                removed: true,
                ..period.clone()
            })?;
            write.add_period(again).map(drop)?;
            Err::<(), _>(Error::new(Code::Cancelled))
        });
        assert_eq!(set.err().map(|refused| refused.code), expect);
        let added = added.unwrap_err().code;
        assert_eq!((added != Code::Cancelled).then_some(added), expect);
    };
    check(&|_| {}, None);
    check(&|it| it.name = " ".to_owned(), Some(Code::Empty));
    check(&|it| it.name = "TẾT".to_owned(), Some(Code::PeriodExists));
    check(&|it| it.to = it.from, Some(Code::SpanBackwards));
    check(&|it| it.posts.clear(), Some(Code::Empty));
    check(&|it| it.groups = Some(Vec::new()), Some(Code::Empty));
    check(
        &|it| it.due_at = Some(it.to.plus(MINUTE)),
        Some(Code::SpanBackwards),
    );
    check(&|it| it.overlap = Some(5_000), Some(Code::ValueUnknown));
    check(
        &|it| {
            it.needs = vec![Need {
                unit: Some(unit.id),
                group: None,
                from: Some(it.to),
                to: Some(it.from),
                posts: vec![Post::Main],
            }];
        },
        Some(Code::SpanBackwards),
    );

    // One that is taken back is not looked at again.
    let gone = Period {
        removed: true,
        posts: Vec::new(),
        ..period
    };
    desk.write(|write| write.set_period(&gone)).unwrap();
}

#[test]
fn a_proposal_is_read_and_taken_as_it_was_shown() {
    let (mut desk, _, period) = desk();
    let now = start().plus(HOUR);
    let proposal = propose(&desk, &period, now, &|_, _| true).unwrap();
    assert_eq!(desk.book.read(|book| book.shifts()).unwrap(), []);
    assert_eq!((proposal.rota.units(), proposal.rota.shifts()), (2, 18));
    let shares = &proposal.rota.shares;
    let sums: Vec<(u64, i64)> = shares
        .iter()
        .map(|share| (share.stood.shifts, share.stood.time))
        .collect();
    assert_eq!(sums, [(3, 24 * HOUR); 6]);
    let nights: u64 = shares.iter().map(|share| share.stood.nights).sum();
    assert_eq!(nights, 2 * 3);

    desk.write(|write| write.take_proposal(&proposal)).unwrap();
    let mut laid = desk.book.read(|book| book.shifts()).unwrap();
    let key = |shift: &sotruc_core::duty::shift::Shift| (shift.from, shift.unit, shift.person);
    laid.sort_by_key(key);
    let mut shown = proposal.rota.new.clone();
    shown.sort_by_key(key);
    assert_eq!(
        laid.iter().map(key).collect::<Vec<_>>(),
        shown.iter().map(key).collect::<Vec<_>>()
    );
    let twice = desk.write(|write| write.take_proposal(&proposal));
    assert_eq!(twice.unwrap_err().code, Code::RotaStale);
}

#[test]
fn a_proposal_does_not_stand_on_what_has_changed() {
    let (mut desk, unit, period) = desk();
    let take = |desk: &mut Desk, proposal: &Proposal| {
        let taken = desk.write(|write| {
            write.take_proposal(proposal)?;
            Err::<(), _>(Error::new(Code::Cancelled))
        });
        taken.unwrap_err().code
    };
    let proposal = propose(&desk, &period, start(), &|_, _| true).unwrap();
    desk.log("Gọi thử các đầu mối");
    assert_eq!(take(&mut desk, &proposal), Code::Cancelled, "a log line");

    let person = desk
        .write(|write| {
            let person = write.new_person(unit.id, "H'Hen Niê")?;
            write.set_person(&person)?;
            Ok(person)
        })
        .unwrap();
    assert_eq!(take(&mut desk, &proposal), Code::RotaStale, "a person");

    let proposal = propose(&desk, &period, start(), &|_, _| true).unwrap();
    let by_hand = NewShift {
        unit: unit.id,
        post: Post::Main,
        person: person.id,
        from: period.from,
        to: period.from.plus(DAY),
    };
    desk.write(|write| write.add_shift(by_hand, None)).unwrap();
    assert_eq!(take(&mut desk, &proposal), Code::RotaStale, "a shift");

    let long_ago = propose(&desk, &period, start().plus(-HOUR), &|_, _| true).unwrap();
    assert_eq!(take(&mut desk, &long_ago), Code::RotaStale, "the time");
}

#[test]
fn whoever_waits_for_a_proposal_may_give_it_up() {
    let (desk, _, period) = desk();
    let asked = Cell::new(0);
    let watch = |done: usize, of: usize| {
        asked.set(asked.get() + 1);
        assert!(done < of && of == 2);
        true
    };
    propose(&desk, &period, start(), &watch).unwrap();
    assert!(asked.get() > 2, "while it looks at one unit too");
    for most in 1..asked.get() {
        let left = Cell::new(most);
        let watch = |_: usize, _: usize| {
            left.set(left.get() - 1);
            left.get() > 0
        };
        let refused = propose(&desk, &period, start(), &watch).unwrap_err();
        assert_eq!((refused.code, left.get()), (Code::Cancelled, 0));
    }
}

#[test]
fn every_weak_point_of_a_rota_is_shown_what_is_serious_first() {
    let (desk, unit, period) = desk();
    let finding = |flaw: &Flaw| Finding {
        flaw: *flaw,
        unit: unit.id,
        post: Post::Main,
        person: None,
        from: period.from,
        to: period.to,
        shift: None,
        detail: Detail::None,
    };
    let rota = Rota {
        findings: Flaw::ALL.iter().chain(Flaw::ALL).map(finding).collect(),
        ..Rota::default()
    };
    let page = desk
        .book
        .read(|book| views::rota::page(book, &book.roster()?, &rota, start()))
        .unwrap();
    let shown = page.weak.iter().map(|weak| weak.flaw);
    let mut flaws: Vec<Flaw> = shown.collect();
    flaws.sort_unstable();
    assert_eq!(flaws, Flaw::ALL);
    let weights: Vec<Weight> = page.weak.iter().map(|weak| weak.weight).collect();
    assert!(weights.is_sorted() && weights[0] == Weight::Serious);
    let of = |weak: &views::rota::Weak| {
        weak.rows
            .iter()
            .all(|at| page.findings[*at].flaw == weak.flaw)
    };
    assert!(page.weak.iter().all(of));
    let mut rows: Vec<usize> = page
        .weak
        .iter()
        .flat_map(|weak| weak.rows.clone())
        .collect();
    rows.sort_unstable();
    assert_eq!(rows, (0..page.findings.len()).collect::<Vec<_>>());
}

#[test]
fn whoever_is_said_to_rotate_does_in_the_order_that_is_said() {
    let (mut desk, unit, period) = desk();
    desk.write(|write| {
        for (name, role) in [("Lê Văn An", Role::Leader), ("Y Biêr Niê", Role::Main)] {
            let people = write.people()?;
            let found = people
                .iter()
                .find(|one| one.unit == unit.id && one.full_name == name);
            let mut person = found.unwrap().clone();
            person.role = Some(role);
            write.set_person(&person)?;
        }
        Ok(())
    })
    .unwrap();
    let roster = desk.book.read(|book| book.roster()).unwrap();
    let round = views::rota::round(&roster, unit.id);
    let told = round
        .iter()
        .map(|row| (row.person.full_name.as_str(), row.rotates));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("Y Biêr Niê", true),
            ("Trần Thị Bình", true),
            ("Lê Văn An", false)
        ]
    );
    let proposal = propose(&desk, &period, start(), &|_, _| true).unwrap();
    let mine = proposal
        .rota
        .new
        .iter()
        .filter(|shift| shift.unit == unit.id);
    let stands: Vec<_> = mine.map(|shift| shift.person).collect();
    let leader = round[2].person.id;
    assert!(!stands.is_empty() && !stands.contains(&leader));
}

#[test]
fn what_a_pattern_is_said_to_make_of_a_day_is_what_is_laid_out() {
    let (desk, _unit, period) = desk();
    for change in [None, Some(18 * 60)] {
        let days = desk
            .book
            .read(|book| views::rota::patterns(book, &period, change));
        let days = days.unwrap();
        assert_eq!(
            days.iter().map(|day| day.key.as_str()).collect::<Vec<_>>(),
            PATTERNS
        );
        for day in days {
            let pattern = Pattern::shipped(&day.key, change, period.from).unwrap();
            let slots = pattern
                .slots
                .iter()
                .map(|slot| (slot.start, slot.minutes, slot.days));
            let told = day
                .slots
                .iter()
                .map(|slot| (slot.start, slot.minutes, slot.days));
            assert!(slots.eq(told), "{}", day.key);
            let usual = Pattern::shipped(&day.key, Some(day.change), period.from).unwrap();
            let unsaid = Pattern::shipped(&day.key, None, period.from).unwrap();
            assert_eq!(usual, unsaid);
        }
    }
}

#[test]
fn a_rota_is_tried_without_the_limit_of_the_book() {
    let usual = Limits {
        week: Some(48 * HOUR),
        ..Limits::default()
    };
    let over = |week| {
        LimitHours {
            week,
            ..LimitHours::default()
        }
        .over(usual)
        .week
    };
    assert_eq!(over(None), Some(48 * HOUR));
    assert_eq!(over(Some(40)), Some(40 * HOUR));
    assert_eq!(over(Some(0)), None);
}

/// Somebody stands in another period, on call, and has leave on a shift laid out by hand: none of it
/// is a share of this period.
#[test]
fn what_is_told_to_be_uneven_is_what_the_table_of_shares_says() {
    let (mut desk, unit, _) = desk();
    let from = start().plus(5 * DAY).midnight().plus(7 * HOUR);
    let period = desk
        .write(|write| {
            let period = NewPeriod::new("Tết", from, from.plus(16 * DAY));
            let period = write.add_period(period)?;
            let mut people = write.people()?;
            people.retain(|one| one.unit == unit.id);
            let by_hand = |at: Instant, person| NewShift {
                unit: unit.id,
                post: Post::Main,
                person,
                from: at,
                to: at.plus(12 * HOUR),
            };
            for n in 0..3 {
                let before = start().plus((1 + n) * DAY).midnight().plus(20 * HOUR);
                write.add_shift(by_hand(before, people[0].id), None)?;
                let within = from.plus((2 * n + 1) * DAY).plus(12 * HOUR);
                write.add_shift(by_hand(within, people[1].id), None)?;
            }
            people[1].away = vec![(from.plus(DAY), from.plus(2 * DAY))];
            write.set_person(&people[1])?;
            Ok(period)
        })
        .unwrap();
    let mut told = 0;
    for pattern in ["2x12", "3x8", "office", "1x24"] {
        let new = NewRota {
            units: Some(vec![unit.id]),
            limits: LimitHours {
                rest: Some(20),
                ..LimitHours::default()
            },
            ..NewRota::of(Pattern::shipped(pattern, None, from).unwrap())
        };
        let roster = desk.book.read(|book| book.roster()).unwrap();
        let rota = desk
            .book
            .read(|book| book.propose(&roster, period.id, &new, start(), &|_, _| true))
            .unwrap()
            .rota;
        let people = roster.people.iter().filter(|one| one.unit == unit.id);
        let people: Vec<_> = people.map(|one| one.id).collect();
        let stood = |person| {
            let share = rota.shares.iter().find(|share| share.person == person);
            share.map(|share| share.stood).unwrap_or_default()
        };
        for finding in &rota.findings {
            let Detail::Share { of, most, least } = finding.detail else {
                continue;
            };
            let has = |person| stood(person).share(of);
            assert_eq!(has(finding.person.unwrap()), most, "{pattern}: {of:?}");
            let expect = people.iter().map(|id| has(*id)).min();
            assert_eq!(expect, Some(least), "{pattern}: {of:?}");
            told += 1;
        }
    }
    assert!(told > 2, "{told} findings");
}

#[test]
fn no_hole_without_time_is_told_of_a_rota_that_begins_within_its_period() {
    let (mut desk, unit, period) = desk();
    let now = period.from.plus(2 * HOUR + 7 * MINUTE);
    desk.write(|write| {
        let mut people = write.people()?;
        people.retain(|one| one.unit == unit.id);
        write.add_shift(
            NewShift {
                unit: unit.id,
                post: Post::Main,
                person: people[0].id,
                from: period.from.plus(DAY),
                to: period.from.plus(DAY + 8 * HOUR),
            },
            None,
        )
    })
    .unwrap();
    let rota = propose(&desk, &period, now, &|_, _| true).unwrap().rota;
    let empty = rota.findings.iter().filter(|one| one.from >= one.to);
    assert_eq!(empty.collect::<Vec<_>>(), Vec::<&Finding>::new());
    assert!(rota.shifts() > 0);
}
