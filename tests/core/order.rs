//! The tables are the same from any order of the records, and after a replay.

use proptest::prelude::*;
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::person::Person;
use sotruc_core::directory::unit::Group;
use sotruc_core::id::{PersonId, SiteId};
use sotruc_core::journal::Record;
use sotruc_core::text::read_phones;
use sotruc_core::{Installation, Logbook, Projection};
use std::fs;

use crate::desk::{Desk, OPERATOR, start};

/// One thing that somebody does, at one of two desks.
#[derive(Debug, Clone)]
enum Act {
    Add(u8),
    Rename(u8, u8),
    Note(u8, Option<u8>),
    Remove(u8),
    Log(u8),
    Correct(u8),
    Person(u8),
    Call(u8),
    Redact(u8),
    Undo,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        any::<u8>().prop_map(Act::Add),
        any::<(u8, u8)>().prop_map(|(unit, name)| Act::Rename(unit, name)),
        any::<(u8, Option<u8>)>().prop_map(|(unit, note)| Act::Note(unit, note)),
        any::<u8>().prop_map(Act::Remove),
        any::<u8>().prop_map(Act::Log),
        any::<u8>().prop_map(Act::Correct),
        any::<u8>().prop_map(Act::Person),
        any::<u8>().prop_map(Act::Call),
        any::<u8>().prop_map(Act::Redact),
        Just(Act::Undo),
    ]
}

fn perform(book: &mut Logbook, minute: i64, act: &Act) {
    let now = start().plus(minute * 60_000);
    // Some acts are refused (a name that is taken, nothing to undo); that is fine here.
    let _ = book.transact(OPERATOR, now, |write| {
        let units = write.units()?;
        let pick = |n: &u8| units.get(*n as usize % units.len().max(1)).cloned();
        match act {
            Act::Add(n) => {
                let unit = write.new_unit(&format!("Xã số {n}"), Group::Commune)?;
                write.set_unit(&unit).map(drop)
            }
            Act::Rename(n, name) => match pick(n) {
                Some(mut unit) => {
                    unit.name = format!("Phường số {name}");
                    write.set_unit(&unit).map(drop)
                }
                None => Ok(()),
            },
            Act::Note(n, note) => match pick(n) {
                Some(mut unit) => {
                    unit.note = note.map(|note| format!("ghi chú {note}"));
                    write.set_unit(&unit).map(drop)
                }
                None => Ok(()),
            },
            Act::Remove(n) => match pick(n) {
                Some(mut unit) => {
                    unit.removed = true;
                    write.set_unit(&unit).map(drop)
                }
                None => Ok(()),
            },
            Act::Log(n) => write.log(&format!("việc {n}").as_str().into()).map(drop),
            Act::Correct(n) => {
                let entries = write.entries(None)?;
                match entries.get(*n as usize % entries.len().max(1)) {
                    Some(entry) => write
                        .correct(&entry.line(), &"đúng ra là".into(), "nghe nhầm")
                        .map(drop),
                    None => Ok(()),
                }
            }
            Act::Person(n) => match pick(n) {
                Some(unit) => {
                    let mut person = write.new_person(unit.id, &format!("Người số {n}"))?;
                    person.mobiles = read_phones("0905 000 001").unwrap();
                    write.set_person(&person).map(drop)
                }
                None => Ok(()),
            },
            Act::Call(n) => match somebody(write.people()?, n) {
                Some(id) => {
                    let outcome = Outcome::Answered;
                    write.add_drill(id, None, outcome, None, None).map(drop)
                }
                None => Ok(()),
            },
            Act::Redact(n) => match somebody(write.people()?, n) {
                Some(id) => write.redact(&[id], "theo yêu cầu").map(drop),
                None => Ok(()),
            },
            Act::Undo => write.undo().map(drop),
        }
    });
}

fn somebody(people: Vec<Person>, n: &u8) -> Option<PersonId> {
    let at = *n as usize % people.len().max(1);
    people.get(at).map(|person| person.id)
}

/// The records of two desks that grew from one book and went on apart.
fn records(before: &[Act], here: &[Act], there: &[Act]) -> Vec<Record> {
    let mut desk = Desk::new();
    for (minute, act) in before.iter().enumerate() {
        perform(&mut desk.book, minute as i64, act);
    }
    let copy = desk.folder.path().join("copy.sotruc");
    let backup = desk.book.backup(desk.folder.path(), start()).unwrap();
    fs::rename(backup, &copy).unwrap();
    let elsewhere = Installation::at(desk.folder.path().join("elsewhere"));
    let mut other = Logbook::open(&copy, &elsewhere).unwrap();
    for (minute, act) in here.iter().enumerate() {
        perform(&mut desk.book, 100 + minute as i64, act);
    }
    for (minute, act) in there.iter().enumerate() {
        perform(&mut other, 100 + minute as i64, act);
    }
    let mut records = desk.book.read(|book| book.records()).unwrap();
    for record in other.read(|book| book.records()).unwrap() {
        // What one desk dropped the other may still have whole.
        let place = |known: &Record| (known.site, known.seq);
        match records
            .iter_mut()
            .find(|known| place(known) == place(&record))
        {
            Some(known) => *known = record,
            None => records.push(record),
        }
    }
    records
}

fn project(sites: &[SiteId], records: &[Record]) -> Projection {
    let mut projection = Projection::new(sites).unwrap();
    for record in records {
        projection.take(record).unwrap();
    }
    projection
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(290), ..ProptestConfig::default() })]

    #[test]
    fn any_order_gives_the_same_tables(
        before in prop::collection::vec(act(), 1..8),
        here in prop::collection::vec(act(), 0..8),
        there in prop::collection::vec(act(), 0..8),
        seed in any::<u64>(),
    ) {
        let records = records(&before, &here, &there);
        let mut sites: Vec<SiteId> = records.iter().map(|record| record.site).collect();
        sites.sort();
        sites.dedup();
        let straight = project(&sites, &records);
        let mut shuffled = records.clone();
        shuffled.sort_by_key(|record| place(seed, record));
        let other = project(&sites, &shuffled);
        prop_assert_eq!(straight.difference(other.reader()).unwrap(), None);
        // A book that met the sites in another order numbers them otherwise, and says the same.
        let met: Vec<SiteId> = sites.iter().rev().copied().collect();
        let elsewhere = project(&met, &shuffled);
        let said = |projection: &Projection| {
            let book = projection.reader();
            let mut gone: Vec<_> = book.roster().unwrap().gone.into_iter().collect();
            gone.sort();
            (book.people().unwrap(), book.drills().unwrap(), book.redactions().unwrap(), gone)
        };
        prop_assert_eq!(said(&straight), said(&elsewhere));
    }

    #[test]
    fn a_replay_gives_the_live_tables(acts in prop::collection::vec(act(), 1..24)) {
        let mut desk = Desk::new();
        for (minute, act) in acts.iter().enumerate() {
            perform(&mut desk.book, minute as i64, act);
        }
        let verdict = desk.book.verify(None).unwrap();
        prop_assert!(verdict.ok, "{:?}", verdict.problems);
    }
}

/// A place in a shuffled order that follows from the seed alone.
fn place(seed: u64, record: &Record) -> u64 {
    record.hash.0.iter().fold(seed, |mix, byte| {
        mix.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(*byte)
    })
}

#[test]
fn a_changed_table_is_a_difference() {
    let mut desk = Desk::new();
    desk.unit("DIS006", "UBND huyện Cư M'gar");
    let records = desk.book.read(|book| book.records()).unwrap();
    let sites = [records[0].site];
    let all = project(&sites, &records);
    let fewer = project(&sites, &records[..records.len() - 1]);
    assert!(all.difference(fewer.reader()).unwrap().is_some());
}

#[test]
fn what_came_late_of_somebody_who_is_no_more_is_dropped_too() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let mut person = desk
        .write(|write| {
            let person = write.new_person(unit, "Người Đi")?;
            write.set_person(&person)?;
            Ok(person)
        })
        .unwrap();
    let copy = desk.folder.path().join("copy.sotruc");
    fs::rename(
        desk.book.backup(desk.folder.path(), start()).unwrap(),
        &copy,
    )
    .unwrap();
    let elsewhere = Installation::at(desk.folder.path().join("elsewhere"));
    let mut other = Logbook::open(&copy, &elsewhere).unwrap();
    person.note = Some("điều ghi ở nơi khác".to_owned());
    other
        .transact(OPERATOR, start().plus(60_000), |write| {
            write.set_person(&person)?;
            write.add_drill(
                person.id,
                None,
                Outcome::Answered,
                None,
                Some("gọi ở nơi khác"),
            )
        })
        .unwrap();
    desk.write(|write| write.redact(&[person.id], "theo yêu cầu"))
        .unwrap();
    let mut records = desk.book.read(|book| book.records()).unwrap();
    let known: Vec<_> = records
        .iter()
        .map(|record| (record.site, record.seq))
        .collect();
    let news = other.read(|book| book.records()).unwrap();
    records.extend(
        news.into_iter()
            .filter(|record| !known.contains(&(record.site, record.seq))),
    );
    let mut sites: Vec<SiteId> = records.iter().map(|record| record.site).collect();
    sites.dedup();
    let both = project(&sites, &records);
    assert!(both.reader().people().unwrap().is_empty());
    assert_eq!(both.reader().drills().unwrap().len(), 1);
}
