//! What is written into a cell is what is read from it, as text and as a workbook.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sotruc_core::clock::{DAY, HOUR, Instant};
use sotruc_core::directory::person::import::Ways;
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::period::Post;
use sotruc_core::id::{PersonId, UnitId};
use sotruc_core::report::{self, Export, Layout, Report, RosterOptions};
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::out::{Cell, Form, Sheet};
use sotruc_core::sheet::{File, parse, said};
use sotruc_core::text::{read_phones, tidy, tidy_some};
use sotruc_core::{Mode, NewPeriod, NewShift};

use crate::desk::{Desk, start};

/// Tables of five columns and eight rows; the full count is asked for by `SOTRUC_SOAK_COUNT`.
fn tables() -> u32 {
    let count = std::env::var("SOTRUC_SOAK_COUNT").ok();
    count.and_then(|count| count.parse().ok()).unwrap_or(150)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,24}",
        "[=+@'\"\\-\t\n;, ]{1,3}[a-zA-Z0-9()!:]{0,12}",
        "0[0-9]{0,12}",
        "[0-9]{1,2}[/:\\-][0-9]{1,2}([/:\\-][0-9]{2,4})?",
        "[0-9]{1,3}[eE][0-9]{1,3}",
        Just("TRUE".to_owned()),
        "['=+@x.–-]{1,3}",
        "'{0,2}(không|không có|chưa có|x|none|n/a|null|-|—|…)",
        Just("_x000D_ _x0041_".to_owned()),
        Just("=cmd|' /C calc'!A0".to_owned()),
        Just("Nguye\u{302}\u{303}n Va\u{306}n \u{110}u\u{31b}\u{301}c".to_owned()),
        Just("dòng một\ndòng hai".to_owned()),
        Just("22/05/2016 07:30".to_owned()),
    ]
    .prop_map(|text| tidy(&text))
}

fn through(form: Form, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    let mut sheet = Sheet::new(&mut bytes, form, &["Một", "Hai", "Ba", "Bốn", "Năm"]).unwrap();
    for row in rows {
        let cells: Vec<Cell> = row.iter().map(|cell| Cell::Text(cell.clone())).collect();
        sheet.row(&cells).unwrap();
    }
    sheet.end().unwrap();
    let file = File::of("t", &bytes).unwrap();
    let read = file.grids[0].rows.iter().skip(1);
    read.map(|row| {
        let cells = row.cells.iter();
        let mut cells: Vec<String> = cells.map(|cell| said(cell).unwrap_or_default()).collect();
        cells.resize(5, String::new());
        cells
    })
    .collect()
}

#[test]
fn every_text_comes_back_from_a_table() {
    let row = proptest::collection::vec(text(), 4);
    let rows = proptest::collection::vec(row, 8);
    let config = Config {
        cases: tables(),
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    runner
        .run(&rows, |mut rows| {
            for row in &mut rows {
                // A row of nothing is none.
                row.insert(0, "a".to_owned());
            }
            for form in [
                Form::Csv { separator: b',' },
                Form::Csv { separator: b';' },
                Form::Xlsx,
            ] {
                prop_assert_eq!(through(form, &rows), rows.clone(), "{:?}", form);
            }
            Ok(())
        })
        .unwrap();
}

/// Six units with a person each, everything about them a text.
type Lists = Vec<[String; 5]>;

/// What the lists of a book say: of each unit its note and address, of each person title and note.
fn told(desk: &Desk) -> Vec<[Option<String>; 4]> {
    desk.book
        .read(|book| {
            let people = book.people()?;
            let mut units = book.units()?;
            units.sort_by(|one, other| one.code.cmp(&other.code));
            let of = |unit: &Unit| people.iter().find(|person| person.unit == unit.id);
            let rows = units.iter().map(|unit| {
                let person = of(unit).unwrap();
                let texts = (&unit.note, &unit.address, &person.title, &person.note);
                [texts.0, texts.1, texts.2, texts.3].map(Clone::clone)
            });
            Ok(rows.collect())
        })
        .unwrap()
}

/// The lists of units and people as files of this form.
fn exported(desk: &Desk, form: Form) -> [Vec<u8>; 2] {
    [Report::Units, Report::People].map(|report| {
        let mut bytes = Vec::new();
        let export = Export {
            report,
            form: form.into(),
            without_numbers: false,
            options: RosterOptions::default(),
        };
        desk.book
            .read(|book| report::write(book, export, &mut bytes, start()))
            .unwrap();
        bytes
    })
}

#[test]
fn every_text_of_the_lists_comes_back_into_an_empty_book() {
    let row = [text(), text(), text(), text(), text()];
    let rows = proptest::collection::vec(row, 6);
    let config = Config {
        cases: tables() / 15,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let names = [
        "Lê Văn An",
        "H'Hen Niê",
        "Y Biêr Niê Kdăm",
        "Trần Thị Bé",
        "Bùi Ô",
        "Đỗ Ý",
    ];
    let check = |rows: Lists| {
        let mut desk = Desk::new();
        desk.write(|write| {
            for (at, [note, address, title, about, short]) in rows.iter().enumerate() {
                let mut unit = write.new_unit(&format!("Xã số {at}"), Group::Commune)?;
                unit.code = Some(format!("XA{at}"));
                (unit.note, unit.address) = (tidy_some(note), tidy_some(address));
                unit.short_name = tidy_some(&format!("X{at} {short}"));
                write.set_unit(&unit)?;
                let mut person = write.new_person(unit.id, names[at])?;
                (person.title, person.note) = (tidy_some(title), tidy_some(about));
                person.mobiles = read_phones(&format!("090512345{at}")).unwrap();
                write.set_person(&person)?;
            }
            Ok(())
        })
        .unwrap();
        let expect = told(&desk);
        for form in [
            Form::Csv { separator: b',' },
            Form::Csv { separator: b';' },
            Form::Xlsx,
        ] {
            let [units, people] = exported(&desk, form);
            let mut other = Desk::new();
            let taken = other.write(|write| {
                let units = parse("t", &units, List::Units)?;
                write.import_units(&units, Mode::AllOrNothing)?;
                let people = parse("t", &people, List::People)?;
                write.import_people(&people, &Ways::default(), Mode::AllOrNothing)
            });
            let taken = taken.unwrap();
            prop_assert_eq!(&taken.rejected, &[], "{:?}", form);
            prop_assert_eq!(told(&other), expect.clone(), "{:?}", form);
        }
        Ok(())
    };
    runner.run(&rows, check).unwrap();
}

/// Names as people write them into lists, and worse: what a spreadsheet would run or change, marks
/// before and after, letters apart from their marks, very long ones.
fn name() -> impl Strategy<Value = String> {
    let word = || "(Lê|Niê|H'Hen|Nguye\u{302}\u{303}n|\u{110}u\u{31b}\u{301}c|Kdăm|Ô|y|X)";
    let mark = "(|'|''|'='|=|\\+|-|@|–|=1\\+| |  |\t|\n| '|\"|\"\")";
    prop_oneof![
        (mark, word(), " (Văn|Thị|'|-|\"|\t|\n)? ?", word(), mark).prop_map(
            |(before, first, middle, last, after)| {
                format!("{before}{first}{middle}{last}{after}")
            }
        ),
        (mark, word(), 10..40usize).prop_map(|(before, one, count)| format!(
            "{before}{}",
            [one.as_str()].repeat(count).join(" ")
        )),
    ]
}

/// Somebody on duty: the unit, who, the post, from and to.
type Stood = (String, String, Post, Instant, Instant);

fn stood(desk: &Desk) -> Vec<Stood> {
    desk.book
        .read(|book| {
            let (units, people) = (book.units()?, book.people()?);
            let shifts = book.shifts()?.into_iter();
            let mut stood: Vec<Stood> = shifts
                .map(|shift| {
                    let unit = units.iter().find(|unit| unit.id == shift.unit).unwrap();
                    let person = people.iter().find(|one| one.id == shift.person).unwrap();
                    let names = (unit.name.clone(), person.full_name.clone());
                    (names.0, names.1, shift.post, shift.from, shift.to)
                })
                .collect();
            stood.sort();
            Ok(stood)
        })
        .unwrap()
}

/// A desk with units and a person each, of these names; every other unit has a code.
fn staffed(names: &[[String; 2]]) -> (Desk, Vec<(UnitId, PersonId)>) {
    let mut desk = Desk::new();
    let made = desk.write(|write| {
        let mut made = Vec::new();
        for (at, [unit, person]) in names.iter().enumerate() {
            let mut unit = write.new_unit(&format!("{unit} {at}"), Group::Commune)?;
            unit.code = (at % 2 == 0).then(|| format!("XA{at}"));
            write.set_unit(&unit)?;
            let person = write.new_person(unit.id, person)?;
            write.set_person(&person)?;
            made.push((unit.id, person.id));
        }
        let span = (start().midnight(), start().midnight().plus(7 * DAY));
        write.add_period(NewPeriod::new("Kỳ", span.0, span.1))?;
        Ok(made)
    });
    (desk, made.unwrap())
}

#[test]
fn every_name_of_a_roster_comes_back_from_its_list_and_its_grid() {
    let rows = proptest::collection::vec([name(), name()], 4);
    let config = Config {
        cases: tables() / 15,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[13; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let check = |names: Vec<[String; 2]>| {
        let (mut desk, made) = staffed(&names);
        desk.write(|write| {
            for (n, (unit, person)) in (0_i64..).zip(made) {
                let from = start().midnight().plus((n + 1) * DAY + 22 * HOUR);
                let shift = NewShift {
                    unit,
                    post: Post::Main,
                    person,
                    from,
                    to: from.plus(8 * HOUR),
                };
                write.add_shift(shift, None)?;
            }
            Ok(())
        })
        .unwrap();
        let expect = stood(&desk);
        for layout in [Layout::List, Layout::Grid] {
            for form in [
                Form::Csv { separator: b',' },
                Form::Csv { separator: b';' },
                Form::Xlsx,
            ] {
                let mut bytes = Vec::new();
                let export = Export {
                    report: Report::Roster,
                    form: form.into(),
                    without_numbers: false,
                    options: RosterOptions {
                        layout: Some(layout),
                        ..RosterOptions::default()
                    },
                };
                desk.book
                    .read(|book| report::write(book, export, &mut bytes, start()))
                    .unwrap();
                let (mut other, _) = staffed(&names);
                let taken = other.write(|write| {
                    let table = parse("t", &bytes, List::Roster)?;
                    write.import_roster(&table, None, Mode::SkipRejected)
                });
                prop_assert_eq!(&taken.unwrap().rejected, &[], "{:?} {:?}", layout, form);
                prop_assert_eq!(stood(&other), expect.clone(), "{:?} {:?}", layout, form);
            }
        }
        Ok(())
    };
    runner.run(&rows, check).unwrap();
}
