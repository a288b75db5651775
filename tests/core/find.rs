//! Finding while somebody types.

use proptest::prelude::*;
use sotruc_core::clock::DAY;
use sotruc_core::directory::person::Person;
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::id::SiteId;
use sotruc_core::journal::Record;
use sotruc_core::search::{Finder, Found, Hit, Page};
use sotruc_core::text::{Phone, name_key};
use sotruc_core::{
    IncidentChange, Installation, Logbook, NewIncident, Projection, Reader, Result, Writing,
    incident,
};
use std::fs;

use crate::desk::{Desk, OPERATOR, start};

const ALL: usize = usize::MAX;

fn person(desk: &mut Desk, unit: &Unit, name: &str, mobiles: &[&str]) -> Person {
    desk.write(|write| {
        let mut person = write.new_person(unit.id, name)?;
        person.mobiles = mobiles.iter().map(|n| Phone::read(n).unwrap()).collect();
        write.set_person(&person)?;
        Ok(person)
    })
    .unwrap()
}

fn incident(write: &mut Writing<'_>, unit: &Unit, title: &str) -> Result<incident::Incident> {
    write.open_incident(NewIncident {
        title: title.to_owned(),
        unit: unit.id,
        kind: incident::Type::Fault,
        severity: None,
        detected: None,
    })
}

fn find(desk: &Desk, finder: &mut Finder, typed: &str, limit: usize) -> Vec<Hit> {
    desk.book
        .read(|book| {
            finder.refresh(book, start())?;
            finder.find(book, typed, limit)
        })
        .unwrap()
}

fn titles(desk: &Desk, typed: &str) -> Vec<String> {
    let hits = find(desk, &mut Finder::default(), typed, ALL);
    hits.into_iter().map(|hit| hit.title).collect()
}

/// A desk with some people of two districts.
fn directory() -> Desk {
    let mut desk = Desk::new();
    let hill = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let lake = desk.unit("DIS007", "UBND huyện Krông Búk");
    person(&mut desk, &hill, "Hưng Văn Nghĩa", &["0905 123 456"]);
    person(&mut desk, &hill, "Nguyễn Văn Hùng", &["0911 075 106"]);
    person(
        &mut desk,
        &lake,
        "Trần Hùng Sơn",
        &["0975 039 481", "0262 385 9699"],
    );
    desk
}

#[test]
fn names_are_found_by_their_words_and_initials() {
    let mut desk = directory();
    desk.log("NVH gọi lại");
    let check = |typed: &str, expect: &[&str]| assert_eq!(titles(&desk, typed), expect, "{typed}");
    let (hung, family, middle) = ("Nguyễn Văn Hùng", "Hưng Văn Nghĩa", "Trần Hùng Sơn");
    check("hung", &[hung, family, middle]);
    check("HÙNG", &[hung, middle, family]);
    check("hung nguyen", &[hung]);
    check("buk hung", &[middle]);
    check("nvh", &["NVH gọi lại", hung]);
    check("nv", &[hung]);
    check("vh", &[]);
    check(" . ", &[]);
}

#[test]
fn a_slip_of_one_letter_is_found_when_nothing_else_is() {
    let desk = directory();
    let check = |typed: &str, expect: &[&str]| assert_eq!(titles(&desk, typed), expect, "{typed}");
    let (hung, middle) = ("Nguyễn Văn Hùng", "Trần Hùng Sơn");
    check("nguyem hung", &[hung]);
    check("nguyn", &[hung]);
    check("ngueyn", &[hung]);
    check("nguyeen van", &[hung]);
    check("tram hung", &[middle]);
    check("ngxyxn", &[]);
    check("hx", &[]);
}

#[test]
fn numbers_are_found_by_any_three_digits() {
    let desk = directory();
    let check = |typed: &str, expect: &[&str]| assert_eq!(titles(&desk, typed), expect, "{typed}");
    let (hung, family, middle) = ("Nguyễn Văn Hùng", "Hưng Văn Nghĩa", "Trần Hùng Sơn");
    check("075", &[hung]);
    check("75", &[]);
    check("1 1.07", &[hung]);
    check("+84 911", &[hung]);
    check("385 969", &[middle]);
    check("090", &[family]);
    check("123 5106", &[]);
    check("hung 106", &[hung]);
    check("106 van hung", &[hung]);
}

#[test]
fn one_or_two_letters_find_units_and_people() {
    let mut desk = directory();
    desk.log("Trang chủ không vào được");
    let unit = desk.unit("DIS008", "Trạm Y tế Ea Súp");
    desk.write(|write| incident(write, &unit, "Trang chủ bị sửa"))
        .unwrap();
    let kinds = |typed: &str| -> Vec<Found> {
        let hits = find(&desk, &mut Finder::default(), typed, ALL);
        hits.iter().map(|hit| hit.kind).collect()
    };
    assert_eq!(kinds("tr"), [Found::Unit, Found::Person]);
    assert_eq!(kinds("trang"), [Found::Incident, Found::Entry]);
    assert_eq!(kinds("t e"), [Found::Unit]);
}

#[test]
fn fewer_are_the_best_of_all() {
    let mut desk = directory();
    for n in 0..40 {
        desk.log(&format!("Gọi anh Hùng lần {n}"));
    }
    let mut finder = Finder::default();
    for typed in ["h", "hung", "van", "ubnd huyen", "goi hung", "09", "DLK-7"] {
        let all = find(&desk, &mut finder, typed, ALL);
        for limit in [0, 1, 2, 5, 20] {
            let some = find(&desk, &mut finder, typed, limit);
            assert_eq!(some, all[..limit.min(all.len())], "{typed}");
        }
    }
}

#[test]
fn lines_are_found_by_their_rarest_words() {
    let mut desk = Desk::new();
    desk.write(|write| {
        for n in 0..1_200 {
            let place = ["Buôn Hồ", "Ea Súp", "Krông Búk"][n % 3];
            let what = if n % 400 == 7 {
                "đứt cáp"
            } else {
                "mất điện"
            };
            write.log(&format!("Gọi lần {n}: {place} {what}").as_str().into())?;
        }
        Ok(())
    })
    .unwrap();
    let found = |desk: &Desk, typed: &str| -> Vec<String> {
        let hits = find(desk, &mut Finder::default(), typed, ALL);
        hits.into_iter().map(|hit| hit.id).collect()
    };
    let check = |desk: &Desk| {
        assert_eq!(
            found(desk, "goi lan dut cap"),
            ["DLK-808", "DLK-408", "DLK-8"]
        );
        assert_eq!(found(desk, "goi lan ea sup dut cap"), ["DLK-8"]);
        assert_eq!(found(desk, "buon ho ea sup"), [""; 0]);
        assert_eq!(found(desk, "goi buon ho")[0], "DLK-1198");
        assert_eq!(found(desk, "goi buon ho").len(), 50);
    };
    check(&desk);
    desk.book.tend(start()).unwrap();
    check(&desk);
}

#[test]
fn people_are_listed_by_the_page() {
    let mut desk = directory();
    let mut finder = Finder::default();
    let names = |desk: &Desk, finder: &mut Finder, filter: &str, offset, limit| {
        desk.book
            .read(|book| {
                finder.refresh(book, start())?;
                let Page { total, ids } = finder.people(filter, offset, limit);
                let name = |id| Ok(book.person(id)?.unwrap().full_name);
                Ok((
                    total,
                    ids.into_iter().map(name).collect::<Result<Vec<_>>>()?,
                ))
            })
            .unwrap()
    };
    let (hung, family, middle) = ("Nguyễn Văn Hùng", "Hưng Văn Nghĩa", "Trần Hùng Sơn");
    let mut check = |desk: &Desk, filter: &str, offset, limit, total, expect: &[&str]| {
        let (found, page) = names(desk, &mut finder, filter, offset, limit);
        assert_eq!(
            (found, page),
            (total, expect.iter().map(ToString::to_string).collect()),
            "{filter}"
        );
    };
    check(&desk, "", 0, ALL, 3, &[hung, family, middle]);
    check(&desk, "", 1, 1, 3, &[family]);
    check(&desk, "", 3, 10, 3, &[]);
    check(&desk, "van", 1, 10, 2, &[family]);
    check(&desk, "krong", 0, 10, 1, &[middle]);
    check(&desk, "075 106", 0, 10, 1, &[hung]);
    let unit = desk.unit("DIS008", "Ea Súp");
    let mut new = person(&mut desk, &unit, "Lê Thị Đào", &[]);
    check(&desk, "", 0, ALL, 4, &["Lê Thị Đào", hung, family, middle]);
    new.full_name = "Lê Thị Thu".to_owned();
    desk.write(|write| write.set_person(&new)).unwrap();
    check(&desk, "", 0, ALL, 4, &[hung, family, middle, "Lê Thị Thu"]);
    new.removed = true;
    desk.write(|write| write.set_person(&new)).unwrap();
    check(&desk, "", 0, ALL, 3, &[hung, family, middle]);
    desk.write(|write| write.undo().map(drop)).unwrap();
    check(&desk, "thu", 0, ALL, 1, &["Lê Thị Thu"]);
}

/// One thing that somebody writes; the numbers choose which and what.
#[derive(Debug, Clone)]
enum Act {
    AddUnit(u8),
    RenameUnit(u8, u8),
    RemoveUnit(u8),
    AddPerson(u8, u8),
    RenamePerson(u8, u8),
    MovePerson(u8, u8),
    RemovePerson(u8),
    Open(u8, u8),
    Retitle(u8, u8),
    Log(u8),
    Undo,
}

fn act() -> impl Strategy<Value = Act> {
    let (one, two) = (any::<u8>, any::<(u8, u8)>);
    prop_oneof![
        one().prop_map(Act::AddUnit),
        two().prop_map(|(unit, name)| Act::RenameUnit(unit, name)),
        one().prop_map(Act::RemoveUnit),
        two().prop_map(|(unit, name)| Act::AddPerson(unit, name)),
        two().prop_map(|(person, name)| Act::RenamePerson(person, name)),
        two().prop_map(|(person, unit)| Act::MovePerson(person, unit)),
        one().prop_map(Act::RemovePerson),
        two().prop_map(|(unit, title)| Act::Open(unit, title)),
        two().prop_map(|(incident, title)| Act::Retitle(incident, title)),
        one().prop_map(Act::Log),
        Just(Act::Undo),
    ]
}

const FAMILIES: &[&str] = &["Nguyễn Văn", "Trần Thị", "Y Thanh", "H'Blơng"];
const GIVEN: &[&str] = &["Hùng", "Hưng", "Đào", "Niê", "Bình"];
const PLACES: &[&str] = &["Cư M'gar", "Krông Búk", "Buôn Hồ", "Ea Súp"];

fn name(n: u8) -> String {
    let n = usize::from(n);
    format!(
        "{} {}",
        FAMILIES[n % FAMILIES.len()],
        GIVEN[n % GIVEN.len()]
    )
}

fn place(n: u8) -> String {
    format!(
        "UBND xã {} {}",
        PLACES[usize::from(n) % PLACES.len()],
        n % 3
    )
}

/// The one that a number chooses.
fn chosen<T: Clone>(all: &[T], n: u8) -> Option<T> {
    all.get(usize::from(n) % all.len().max(1)).cloned()
}

fn perform(write: &mut Writing<'_>, act: &Act) -> Option<()> {
    let units = write.units().unwrap();
    let people = write.people().unwrap();
    match *act {
        Act::AddUnit(n) => {
            let mut unit = write.new_unit(&place(n), Group::Commune).unwrap();
            unit.code = (n % 2 == 0).then(|| format!("X{n}"));
            write.set_unit(&unit).ok().map(drop)
        }
        Act::RenameUnit(unit, n) => {
            let mut unit = chosen(&units, unit)?;
            unit.name = place(n);
            write.set_unit(&unit).ok().map(drop)
        }
        Act::RemoveUnit(unit) => {
            let mut unit = chosen(&units, unit)?;
            unit.removed = true;
            write.set_unit(&unit).ok().map(drop)
        }
        Act::AddPerson(unit, n) => {
            let mut person = write
                .new_person(chosen(&units, unit)?.id, &name(n))
                .unwrap();
            person.mobiles = vec![Phone::read(&format!("0905 123 {n:03}")).unwrap()];
            write.set_person(&person).ok().map(drop)
        }
        Act::RenamePerson(person, n) => {
            let mut person = chosen(&people, person)?;
            person.full_name = name(n);
            write.set_person(&person).ok().map(drop)
        }
        Act::MovePerson(person, unit) => {
            let mut person = chosen(&people, person)?;
            person.unit = chosen(&units, unit)?.id;
            write.set_person(&person).ok().map(drop)
        }
        Act::RemovePerson(person) => {
            let mut person = chosen(&people, person)?;
            person.removed = true;
            write.set_person(&person).ok().map(drop)
        }
        Act::Open(unit, n) => {
            let unit = chosen(&units, unit)?;
            incident(write, &unit, &format!("{} mất điện", name(n)))
                .ok()
                .map(drop)
        }
        Act::Retitle(at, n) => {
            let incident = chosen(&write.incidents().unwrap(), at)?;
            let change = IncidentChange {
                title: Some(format!("{} có điện", name(n))),
                ..IncidentChange::default()
            };
            write.set_incident(&incident, change).ok().map(drop)
        }
        Act::Log(n) => write.log(&name(n).as_str().into()).ok().map(drop),
        Act::Undo => write.undo().ok().map(drop),
    }
}

/// Writes one thing; some are refused (a name that is taken, nothing to undo), that is fine here.
fn write(book: &mut Logbook, minute: usize, act: &Act) {
    let now = start().plus(minute as i64 * 60_000);
    book.transact(OPERATOR, now, |writing| Ok(perform(writing, act)))
        .unwrap();
}

/// All that a finder answers to these words.
fn answers(finder: &mut Finder, reader: Reader<'_>) -> Vec<(Vec<Hit>, Page)> {
    let typed = [
        "h",
        "nv",
        "hung",
        "ubnd",
        "nguyen buk",
        "0905 1",
        "hung 0905",
        "dien",
        "x1",
        "",
    ];
    let answers = typed.iter().map(|typed| {
        let hits = finder.find(reader, typed, ALL).unwrap();
        (hits, finder.people(typed, 0, ALL))
    });
    answers.collect()
}

fn fresh(reader: Reader<'_>) -> Vec<(Vec<Hit>, Page)> {
    let mut finder = Finder::default();
    finder.refresh(reader, start()).unwrap();
    answers(&mut finder, reader)
}

/// The records of two sites that grew from one book.
fn records(before: &[Act], here: &[Act], there: &[Act]) -> Vec<Record> {
    let mut desk = Desk::new();
    for (minute, act) in before.iter().enumerate() {
        write(&mut desk.book, minute, act);
    }
    let copy = desk.folder.path().join("copy.sotruc");
    let backup = desk.book.backup(desk.folder.path(), start()).unwrap();
    fs::rename(backup, &copy).unwrap();
    let elsewhere = Installation::at(desk.folder.path().join("elsewhere"));
    let mut other = Logbook::open(&copy, &elsewhere).unwrap();
    for (minute, act) in here.iter().enumerate() {
        write(&mut desk.book, 100 + minute * 2, act);
    }
    for (minute, act) in there.iter().enumerate() {
        write(&mut other, 101 + minute * 2, act);
    }
    let mut records = desk.book.read(|book| book.records()).unwrap();
    for record in other.read(|book| book.records()).unwrap() {
        if !records.contains(&record) {
            records.push(record);
        }
    }
    records
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(290), ..ProptestConfig::default() })]

    #[test]
    fn what_is_new_is_found_as_if_read_anew(
        acts in prop::collection::vec((act(), any::<bool>()), 1..40),
    ) {
        let mut desk = Desk::new();
        let mut finder = Finder::default();
        for (minute, (act, looks)) in acts.iter().enumerate() {
            write(&mut desk.book, minute, act);
            if *looks {
                desk.book.read(|book| {
                    finder.refresh(book, start())?;
                    assert_eq!(answers(&mut finder, book), fresh(book));
                    Ok(())
                }).unwrap();
            }
        }
    }

    #[test]
    fn records_are_found_in_whatever_order_they_arrive(
        before in prop::collection::vec(act(), 1..8),
        here in prop::collection::vec(act(), 0..8),
        there in prop::collection::vec(act(), 0..8),
        seed in any::<u64>(),
    ) {
        let mut records = records(&before, &here, &there);
        let mut sites: Vec<SiteId> = records.iter().map(|record| record.site).collect();
        sites.sort();
        sites.dedup();
        records.sort_by_key(|record| shuffled(seed, record));
        // Sites come to be known one after the other, too.
        let known = seed as usize % (sites.len() + 1);
        let mut projection = Projection::new(&sites[..known]).unwrap();
        let mut finder = Finder::default();
        for record in &records {
            projection.take(record).unwrap();
            let reader = projection.reader();
            finder.refresh(reader, start()).unwrap();
            prop_assert_eq!(answers(&mut finder, reader), fresh(reader));
        }
    }
}

/// A place in a shuffled order that follows from the seed alone.
fn shuffled(seed: u64, record: &Record) -> u64 {
    record.hash.0.iter().fold(seed, |mix, byte| {
        mix.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(*byte)
    })
}

#[test]
fn much_that_is_new_is_found_too() {
    let mut desk = directory();
    let mut finder = Finder::default();
    find(&desk, &mut finder, "hung", ALL);
    let unit = desk.unit("DIS008", "Ea Súp");
    desk.write(|write| {
        for n in 0..2_100 {
            write.log(&format!("việc {n}").as_str().into())?;
        }
        Ok(())
    })
    .unwrap();
    person(&mut desk, &unit, "Lê Thị Đào", &["0905 123 457"]);
    desk.book
        .read(|book| {
            finder.refresh(book, start())?;
            assert_eq!(answers(&mut finder, book), fresh(book));
            let dao = finder.find(book, "dao", 1)?;
            assert_eq!(dao[0].detail, "Ea Súp · 0905 123 457");
            Ok(())
        })
        .unwrap();
}

#[test]
fn lines_of_all_sites_are_found_newest_first() {
    let log = |n| vec![Act::Log(n), Act::Log(n), Act::Log(n)];
    let records = records(&log(0), &log(0), &log(0));
    let mut projection = Projection::new(&[]).unwrap();
    for record in &records {
        projection.take(record).unwrap();
    }
    let reader = projection.reader();
    let hits = reader.search("hung", start()).unwrap();
    let mut entries = reader.entries(None).unwrap();
    entries.reverse();
    let newest: Vec<String> = entries
        .iter()
        .map(|entry| entry.line().to_string())
        .collect();
    let found: Vec<&String> = hits.iter().map(|hit| &hit.id).collect();
    assert_eq!(found, newest.iter().collect::<Vec<_>>());
    assert_eq!(found.len(), 9);
}

#[test]
fn leave_finds_whoever_has_it_until_it_is_over() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS008", "Ea Súp");
    desk.write(|write| {
        let mut person = write.new_person(unit.id, "Lê Thị Đào")?;
        person.away = vec![(start(), start().plus(DAY))];
        write.set_person(&person)
    })
    .unwrap();
    let mut finder = Finder::default();
    let mut found = |at| {
        desk.book
            .read(|book| {
                finder.refresh(book, at)?;
                Ok(finder.find(book, "nghi phep", ALL)?.len())
            })
            .unwrap()
    };
    assert_eq!((found(start()), found(start().plus(DAY))), (1, 0));
    // It is neither for who asks once.
    let asked = |at| {
        desk.book
            .read(|book| book.search("nghi phep", at))
            .unwrap()
            .len()
    };
    assert_eq!((asked(start()), asked(start().plus(2 * DAY))), (1, 0));
}

#[test]
fn a_page_is_in_the_order_of_names() {
    let mut desk = Desk::new();
    for n in 0..60 {
        write(&mut desk.book, n, &Act::AddUnit(n as u8 % 4));
        write(&mut desk.book, n, &Act::AddPerson(n as u8 / 7, n as u8));
    }
    let (people, page) = desk
        .book
        .read(|book| {
            let mut finder = Finder::default();
            finder.refresh(book, start())?;
            Ok((book.people()?, finder.people("", 0, ALL)))
        })
        .unwrap();
    let mut sorted = people;
    sorted.sort_by_key(|person| (name_key(&person.full_name), person.id));
    let ids: Vec<_> = sorted.iter().map(|person| person.id).collect();
    assert!(ids.len() > 20);
    assert_eq!(page.ids, ids);
}
