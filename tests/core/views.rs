//! What is shown: the answers of one moment agree with each other.

use sotruc_core::clock::{DAY, HOUR, Instant};
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::finding::Flaw;
use sotruc_core::duty::period::{Period, Post};
use sotruc_core::id::PeriodId;
use sotruc_core::incident::notice::NoticeState;
use sotruc_core::incident::{Severity, Type};
use sotruc_core::views::{self, duty, findings};
use sotruc_core::{Code, Installation, Logbook, NewIncident, NewPeriod, Reader, sample};
use std::collections::HashSet;
use uuid::Uuid;

fn province() -> (tempfile::TempDir, Logbook, Instant) {
    let folder = tempfile::tempdir().unwrap();
    let home = Installation::at(folder.path().join("home"));
    let (book, _) = sample::write(&folder.path().join("mau.sotruc"), &home).unwrap();
    (folder, book, Instant::parse(sample::ASKED_AT).unwrap())
}

/// Every view that tells who is on duty, and where nobody is, tells the same at this moment.
fn agree(book: Reader<'_>, roster: &Roster, at: Instant) {
    let duty::DutyThen { lines, holes } = duty::then(roster, at);
    let people = |lines: &[duty::DutyLine]| -> Vec<_> {
        let lines = lines.iter();
        let line = |line: &duty::DutyLine| (line.unit.id, line.post, line.person.clone(), line.to);
        lines.map(line).collect()
    };
    assert_eq!(people(&lines), people(&duty::on_duty(roster, at)));
    // Somebody whom calls do not reach is not nobody.
    let (silent, empty): (Vec<_>, Vec<_>) = duty::holes(roster, at)
        .into_iter()
        .partition(|gap| gap.cause == Flaw::Unreachable);
    assert_eq!(holes, empty);
    for gap in silent {
        let is_here = |line: &&duty::DutyLine| (line.unit.id, line.post) == (gap.unit.id, gap.post);
        let mut here = lines.iter().filter(is_here);
        assert!(here.all(|line| line.silent && !line.order.is_empty()));
    }
    let page = views::now::page(book, roster, at).unwrap();
    let is_inside = roster.periods.iter().any(|period| period.contains(at));
    let covered = page.groups.iter().flat_map(|group| &group.rows);
    let is_covered = |row: &&views::now::DutyRow| row.hole.is_none() && !row.silent;
    assert!(covered.clone().all(|row| is_covered(&row)));
    let rows: Vec<_> = page.uncovered.iter().chain(covered).collect();

    let mut shown: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row.unit.id, row.post, row.person.as_ref()?.id, row.to)))
        .collect();
    let mut told: Vec<_> = lines
        .iter()
        .map(|line| (line.unit.id, line.post, line.person.id, line.to))
        .collect();
    // Inside a period only the units that it asks are on the page.
    told.retain(|line| !is_inside || shown.contains(line) || line.3.is_some());
    // The units that are not covered come first.
    shown.sort();
    told.sort();
    assert_eq!(shown, told, "on duty at {at}");

    let mut empty: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let hole = row.hole.as_ref()?;
            Some((row.unit.id, row.post, hole.from?, hole.to?))
        })
        .collect();
    let mut expected: Vec<_> = holes
        .iter()
        .map(|gap| (gap.unit.id, gap.post, gap.from, gap.to))
        .collect();
    empty.sort();
    expected.sort();
    assert_eq!(empty, expected, "holes at {at}");
    let (asked, covered) = page.groups.iter().fold((0, 0), |(asked, covered), group| {
        (asked + group.asked, covered + group.covered)
    });
    assert_eq!((page.asked, page.covered), (asked, covered));
    let is_held = |group: &&views::now::DutyRow| group.hole.is_some();
    let empty: HashSet<_> = rows
        .iter()
        .filter(|row| is_held(row))
        .map(|row| row.unit.id)
        .collect();
    assert_eq!(
        page.asked - page.covered - page.silent,
        empty.len(),
        "at {at}"
    );

    let directory = views::directory::list(book, roster, at).unwrap();
    let of = |count: fn(&views::directory::GroupSums) -> usize| -> usize {
        directory.groups.iter().map(count).sum()
    };
    assert_eq!(of(|sums| sums.units), directory.units.len());
    assert_eq!(
        (
            of(|sums| sums.asked),
            of(|sums| sums.sent),
            of(|sums| sums.late)
        ),
        (directory.asked, directory.sent, directory.late)
    );
    for row in &directory.units {
        let unit = views::unit::page(book, roster, at, row.unit.id).unwrap();
        let here = lines.iter().filter(|line| line.unit.id == row.unit.id);
        let here: Vec<_> = here
            .map(|line| (line.post, line.person.clone(), line.to, line.standing))
            .collect();
        let shown = unit.on_duty.into_iter();
        let shown: Vec<_> = shown
            .map(|line| (line.post, line.person, line.to, line.standing))
            .collect();
        assert_eq!(shown, here, "{} at {at}", row.unit.name);
        let is_asked = roster.periods.iter().any(|period| period.contains(at));
        let is_empty = holes.iter().any(|gap| gap.unit.id == row.unit.id);
        let is_empty = is_empty || !is_asked && here.is_empty();
        assert_eq!(
            (row.hole, unit.hole),
            (is_empty, is_empty),
            "{}",
            row.unit.name
        );
        assert_eq!(
            (row.state, row.late),
            (unit.state, unit.late),
            "{}",
            row.unit.name
        );
        // Who is called first is the same wherever somebody is named to be called.
        let first = unit.people.first().map(|person| person.id);
        assert_eq!(
            row.contact.as_ref().map(|one| one.id),
            first,
            "{}",
            row.unit.name
        );
        let there: Vec<_> = here.iter().map(|line| line.1.id).collect();
        let mut order = unit.order.iter();
        let next = order.find(|call| {
            let person = call.person.as_ref();
            person.is_none_or(|person| !there.contains(&person.id))
        });
        for row in rows.iter().filter(|other| other.unit.id == row.unit.id) {
            if row.hole.is_some() {
                assert_eq!(row.order.first(), next, "{}", row.unit.name);
            }
        }
    }
}

#[test]
fn every_view_of_a_moment_tells_the_same() {
    let (_folder, mut book, asked_at) = province();
    let moments = [0, 3, 12, 30, 24 * 60].map(|hours| asked_at.plus(hours * HOUR));
    book.read(|book| {
        let roster = book.roster()?;
        for at in moments {
            agree(book, &roster, at);
        }
        Ok(())
    })
    .unwrap();

    // Somebody does not answer: they are called last, and still stand on their post.
    let at = book.last_written().unwrap().unwrap();
    let line = book
        .read(|book| {
            let roster = book.roster()?;
            let mut lines = duty::on_duty(&roster, at).into_iter();
            let of_several = |unit| roster.people.iter().filter(|one| one.unit == unit).count() > 1;
            Ok(lines.find(|line| line.post == Post::Main && of_several(line.unit.id)))
        })
        .unwrap()
        .unwrap();
    let (unit, person) = (line.unit.id, line.person.id);
    let first = |book: &Logbook, at: Instant| {
        book.read(|book| {
            let roster = book.roster()?;
            agree(book, &roster, at);
            let page = views::unit::page(book, &roster, at, unit)?;
            Ok(page.people.iter().map(|one| one.id).collect::<Vec<_>>())
        })
        .unwrap()
    };
    assert_eq!(first(&book, at)[0], person);
    let at = at.plus(1);
    book.transact("An", at, |write| {
        write.add_drill(person, None, Outcome::WrongNumber, None, None)
    })
    .unwrap();
    let called = first(&book, at);
    assert_eq!(called.last(), Some(&person));
}

#[test]
fn gaps_and_conflicts_are_the_same_alone_and_on_the_roster() {
    let (_folder, book, at) = province();
    book.read(|book| {
        let roster = book.roster()?;
        let period = roster.periods[0].id;
        let page = views::roster::page(book, &roster, at, Some(period), (None, 10))?;
        let gaps = duty::gaps(&roster, (None, None), Some(period), at)?.rows;
        let conflicts = findings::conflicts(book, &roster, Some(period), true, at)?;
        for row in &page.findings {
            let expect = match (&row.accepted, row.to <= at) {
                (Some(_), _) => findings::FindingState::Accepted,
                (None, true) => findings::FindingState::Past,
                (None, false) => findings::FindingState::Open,
            };
            assert_eq!(row.state, expect);
            assert_eq!(row.weight, row.flaw.weight());
        }
        assert!(page.findings.is_sorted_by_key(|row| row.weight));
        assert!(conflicts.unaccepted);
        assert!(!gaps.is_empty() && !conflicts.rows.is_empty());
        let of = |flaw: bool| {
            let rows = page.findings.iter();
            rows.filter(move |row| (row.flaw.key() == "gap") == flaw)
        };
        let mut here: Vec<_> = of(true)
            .map(|row| (row.unit.clone(), row.post, row.from, row.to))
            .collect();
        let mut alone: Vec<_> = gaps
            .into_iter()
            .map(|gap| (gap.unit, gap.post, gap.from, gap.to))
            .collect();
        let key = |row: &(views::unit::UnitRef, Post, Instant, Instant)| (row.0.id, row.1, row.2);
        here.sort_by_key(key);
        alone.sort_by_key(key);
        assert_eq!(here, alone);
        let ids = |rows: Vec<&findings::FindingRow>| -> Vec<String> {
            rows.into_iter()
                .map(|row| row.id.clone().unwrap())
                .collect()
        };
        assert_eq!(
            ids(of(false).collect()),
            ids(conflicts.rows.iter().collect())
        );
        Ok(())
    })
    .unwrap();
}

#[test]
fn no_period_is_told_apart_from_no_gap() {
    let at = Instant::parse("22/05/2016 18:00").unwrap();
    let gaps = |roster: &Roster| duty::gaps(roster, (None, None), None, at).unwrap();
    let found = gaps(&Roster::default());
    assert_eq!((found.rows.len(), found.has_periods), (0, false));
    let (_folder, book, at) = province();
    book.read(|book| {
        let roster = book.roster()?;
        assert!(gaps(&roster).has_periods);
        let refused = duty::gaps(&roster, (Some(at), Some(at)), None, at);
        assert_eq!(refused.map_err(|it| it.code), Err(Code::SpanBackwards));
        let after = duty::gaps(&roster, (Some(at), None), None, at)?.rows;
        assert!(!after.is_empty() && after.iter().all(|gap| at <= gap.from));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_sheet_is_of_the_period_that_is_shown_however_far_it_is() {
    let at = |text: &str| Instant::parse_start(text).unwrap();
    let period = |n: u128, from: &str, to: &str| {
        let id = PeriodId(Uuid::from_u128(n));
        Period::new(id, format!("Kỳ {n}"), at(from), at(to))
    };
    let periods = [
        period(1, "16/05/2016", "26/05/2016"),
        period(2, "01/09/2016", "05/09/2016"),
    ];
    let usual = |periods: &[Period], now: &str| {
        let choice = views::period::choice(periods, at(now));
        (
            choice.usual.map(|id| id.0.as_u128()),
            choice.from,
            choice.to,
        )
    };
    for (now, expect) in [
        ("01/01/2016", 0),
        ("20/05/2016", 0),
        ("26/05/2016", 1),
        ("01/01/2017", 1),
    ] {
        let of = &periods[expect];
        let expect = (Some(of.id.0.as_u128()), of.from, of.to);
        assert_eq!(usual(&periods, now), expect, "{now}");
    }
    let today = (None, at("20/05/2016"), at("21/05/2016"));
    assert_eq!(usual(&[], "20/05/2016"), today);
}

#[test]
fn what_should_have_been_sent_is_told_once() {
    let (_folder, mut book, _) = province();
    let at = book.last_written().unwrap().unwrap();
    book.transact(sample::NIGHT, at, |write| {
        let unit = write.units()?[0].id;
        write.open_incident(NewIncident {
            title: "Trang bị thay giao diện".to_owned(),
            unit,
            kind: Type::Defacement,
            severity: Some(Severity::Serious),
            detected: None,
        })
    })
    .unwrap();
    book.read(|book| {
        let late = at.plus(240 * HOUR);
        let overdue = views::notice::overdue(book, late)?;
        let asked = views::notice::Asked::default();
        let mut all = views::notice::at(book, asked, late)?;
        all.retain(|notice| notice.state == NoticeState::Overdue);
        assert!(!overdue.is_empty());
        assert_eq!(overdue, all);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_directory_counts_who_is_uncovered_as_now_does() {
    let (_folder, book, at) = province();
    for at in [at, at.plus(-60 * 24 * HOUR), at.plus(60 * 24 * HOUR)] {
        let (listed, told) = book
            .read(|book| {
                let mut roster = book.roster()?;
                // Of these nobody is known.
                let bare: HashSet<_> = roster.units[..3].iter().map(|unit| unit.id).collect();
                roster.people.retain(|person| !bare.contains(&person.unit));
                let listed = views::directory::list(book, &roster, at)?.units;
                Ok((listed, views::now::page(book, &roster, at)?.uncovered))
            })
            .unwrap();
        let listed = listed.into_iter().filter(|row| row.hole);
        let listed: HashSet<_> = listed.map(|row| row.unit.id).collect();
        let told = told.into_iter().filter(|row| row.hole.is_some());
        assert_eq!(listed, told.map(|row| row.unit.id).collect(), "{at}");
    }
}

#[test]
fn who_is_to_be_told_has_a_number_when_nobody_there_is_on_duty() {
    let (_folder, book, at) = province();
    book.read(|book| {
        let mut roster = book.roster()?;
        let rows = |roster: &Roster| views::now::page(book, roster, at).map(|page| page.notices);
        let mut named = rows(&roster)?;
        named.retain(|notice| notice.unit.is_some() && !notice.nobody);
        assert!(named.iter().all(|notice| notice.calls[0].person.is_some()));
        // Everybody who is on duty has leave.
        let there = named.iter().flat_map(|notice| &notice.calls);
        let there = there.filter_map(|call| call.person.as_ref());
        let there: HashSet<_> = there.map(|person| person.id).collect();
        for person in roster
            .people
            .iter_mut()
            .filter(|one| there.contains(&one.id))
        {
            person.away = vec![(at.plus(-HOUR), at.plus(HOUR))];
        }
        for notice in rows(&roster)?.iter().filter(|one| one.nobody) {
            let has_number = notice
                .calls
                .first()
                .is_some_and(|call| call.number.is_some());
            assert!(has_number || notice.unit.is_none(), "{}", notice.recipient);
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_dead_number_comes_last_and_the_other_of_the_same_person_next() {
    use sotruc_core::directory::person::Role;
    use sotruc_core::text::read_phones;
    const OWN: &str = "0935 450 216";
    const DESK: &str = "0262 359 7450";
    const OTHER: &str = "0988 320 730";
    let mut desk = crate::desk::Desk::new();
    let unit = desk.unit("POL001", "Công an tỉnh");
    let mut person = |name: &str, role, mobile: &str, landline: Option<&str>| {
        let read = |text: &str| read_phones(text).unwrap();
        desk.write(|write| {
            let mut person = write.new_person(unit.id, name)?;
            person.role = Some(role);
            person.mobiles = read(mobile);
            person.landline = landline.and_then(|number| read(number).pop());
            write.set_person(&person).map(drop)?;
            Ok(person.id)
        })
        .unwrap()
    };
    let main = person("Phạm Hồng Mai", Role::Main, OWN, Some(DESK));
    let backup = person("Đỗ Thu Diệp", Role::Backup, OTHER, None);
    let mut call = |person, number: &str| {
        let outcome = Outcome::NoAnswer;
        desk.write(|write| {
            write
                .add_drill(person, Some(number), outcome, None, None)
                .map(drop)
        })
        .unwrap();
        desk.book
            .read(|book| {
                let (roster, now) = (book.roster()?, crate::desk::start().plus(HOUR));
                let page = views::unit::page(book, &roster, now, unit.id)?;
                let on_duty = roster.on_duty(now);
                let calls = roster.calls(&on_duty, now);
                let few = calls.few(&unit).into_iter();
                let few: Vec<_> = few.map(|call| call.number.unwrap().to_string()).collect();
                let order = page.order.iter();
                let order: Vec<_> = order
                    .map(|call| {
                        (
                            call.number.as_ref().unwrap().to_string(),
                            call.vain.is_some(),
                        )
                    })
                    .collect();
                let marked = order.iter().all(|(_, vain)| !vain)
                    || page
                        .order
                        .iter()
                        .all(|call| call.vain.is_some() != call.able);
                assert!(marked, "what is marked is not able, all else is");
                let there = page.on_duty[0].number.as_ref().map(ToString::to_string);
                Ok((order, few, there, page.lost_since.is_some()))
            })
            .unwrap()
    };
    let calls = |calls: &[(&str, bool)]| -> Vec<(String, bool)> {
        let calls = calls.iter();
        calls
            .map(|(number, vain)| ((*number).to_owned(), *vain))
            .collect()
    };
    let (order, few, there, lost) = call(main, OWN);
    assert_eq!(order, calls(&[(DESK, false), (OTHER, false), (OWN, true)]));
    assert_eq!(few[0], DESK);
    assert_eq!(few.last().map(String::as_str), Some(OWN));
    assert_eq!(there.as_deref(), Some(DESK));
    assert!(!lost, "the number at the desk was not called");
    let (order, ..) = call(main, DESK);
    assert_eq!(order, calls(&[(OTHER, false), (OWN, true), (DESK, true)]));
    let (order, _, _, lost) = call(backup, OTHER);
    assert!(lost && order.iter().all(|(_, vain)| *vain));
}

#[test]
fn who_stands_and_who_may_be_chosen_is_told_through_leave() {
    let mut desk = crate::desk::Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let from = crate::desk::start().midnight();
    let (away, to) = ((from.plus(DAY), from.plus(3 * DAY)), from.plus(5 * DAY));
    let [first, second] = ["Lê Thị Hòa", "Y Biêr Niê"].map(|name| {
        let add = desk.write(|write| {
            let mut person = write.new_person(unit, name)?;
            person.role = Some(match name {
                "Lê Thị Hòa" => sotruc_core::directory::person::Role::Main,
                _ => sotruc_core::directory::person::Role::Backup,
            });
            person.note = Some("gọi số cố định trước".to_owned());
            if name == "Lê Thị Hòa" {
                person.away = vec![away];
            }
            write.set_person(&person)?;
            Ok(person.id)
        });
        add.unwrap()
    });
    let mut period = NewPeriod::new("Bầu cử", from, to);
    period.groups = Some(vec![Group::District]);
    let period = desk.write(|write| write.add_period(period)).unwrap().id;
    let page = || {
        desk.book
            .read(|book| {
                let roster = book.roster()?;
                views::roster::page(book, &roster, from, Some(period), (Some(from), 5))
            })
            .unwrap()
    };
    let shown = page();
    let who = |n: usize| shown.people[n].id;
    let stands = |span: &views::roster::StandingSpan| (who(span.who), span.from, span.to);
    let told: Vec<_> = shown.rows[0].standing.iter().map(stands).collect();
    assert_eq!(
        told,
        [
            (first, from, away.0),
            (second, away.0, away.1),
            (first, away.1, to)
        ]
    );
    assert!(
        shown.people.iter().all(|one| one.note.is_some()),
        "said beside the number"
    );
    // Whom to choose is told by the same leave.
    let choose = |from, to| {
        let found = desk.book.read(|book| {
            views::candidate::of_unit(&book.roster()?, unit, (from, to), crate::desk::start())
        });
        let people = found.unwrap().people.into_iter();
        people
            .map(|one| (one.person.id, one.away))
            .collect::<Vec<_>>()
    };
    assert_eq!(choose(None, None), [(first, None), (second, None)]);
    let there = [(first, None), (second, None)];
    assert_eq!(choose(Some(from), Some(away.0)), there);
    let gone = [(second, None), (first, Some(away))];
    assert_eq!(choose(Some(from), Some(away.0.plus(1))), gone);
    assert_eq!(choose(Some(away.0), None), gone);
    assert_eq!(choose(Some(away.1), None), there);
    let found = |at| {
        let hits = desk.book.read(|book| book.search("hoa", at)).unwrap();
        hits[0].away_until
    };
    assert_eq!(
        [found(from), found(away.0), found(away.1)],
        [None, Some(away.1), None]
    );
}

#[test]
fn open_incidents_come_first_the_worst_of_them_above() {
    let mut desk = crate::desk::Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let severities = [
        Some(Severity::Low),
        Some(Severity::Serious),
        None,
        Some(Severity::Serious),
        Some(Severity::Low),
    ];
    for (n, severity) in severities.into_iter().enumerate() {
        let opened = desk.write(|write| {
            let new = NewIncident {
                title: n.to_string(),
                unit,
                kind: Type::Fault,
                severity,
                detected: None,
            };
            write.open_incident(new)
        });
        let opened = opened.unwrap();
        if n == 3 {
            let change = sotruc_core::IncidentChange {
                status: Some(sotruc_core::incident::Status::FalseAlarm),
                ..Default::default()
            };
            desk.write(|write| write.set_incident(&opened, change))
                .unwrap();
        }
    }
    let rows = desk.book.read(views::incident::all).unwrap();
    let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["1", "4", "0", "2", "3"]);
}
