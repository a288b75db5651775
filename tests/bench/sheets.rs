//! Large lists in and out, beside the shell of the database.

use sotruc_core::directory::person::import::Ways;
use sotruc_core::directory::unit::Group;
use sotruc_core::report::{self, Export, Form, Report, RosterOptions};
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::{self, ReadOptions};
use sotruc_core::{Installation, Logbook, Mode, NewBook, write_beside};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Big;
use crate::book::{self, OPERATOR, Words, time_row};

/// A list of people as text, read, checked and written durably into a new book; beside the shell
/// that reads the same file into a bare table.
pub fn import(big: &Big) {
    let count = big.lines / 10;
    let folder = book::folder();
    let path = folder.path().join("people.csv");
    fs::write(&path, list(count)).unwrap();
    let home = Installation::at(folder.path().join("home"));
    let new = NewBook {
        site: "DLK",
        name: "Phòng trực",
        unit: None,
        practice: false,
        place: None,
        profiles: &[],
    };
    let mut book = Logbook::create(
        &folder.path().join("book.sotruc"),
        &home,
        &new,
        OPERATOR,
        big.now,
    )
    .unwrap();
    book.transact(OPERATOR, big.now, |write| {
        for n in 0..UNITS {
            let unit = write.new_unit(&unit(n), Group::Commune)?;
            write.set_unit(&unit)?;
        }
        Ok(())
    })
    .unwrap();
    let begin = Instant::now();
    let table = sheet::read(&path, List::People, &ReadOptions::default()).unwrap();
    let import = book
        .transact(OPERATOR, big.now, |write| {
            write.import_people(&table, &Ways::default(), Mode::AllOrNothing)
        })
        .unwrap();
    let ours = begin.elapsed();
    assert_eq!(import.new, count);
    let theirs = shell(
        &folder.path().join("bare"),
        &[&format!(".import --csv {} people", path.display())],
    );
    if let Some(theirs) = theirs {
        time_row(&format!("import {count} people"), ours, theirs);
    }
}

/// All lines of the log as text; beside the shell that writes the same cells from a bare table.
pub fn export(big: &mut Big) {
    let path = big.folder.path().join("log.csv");
    let export = Export {
        report: Report::Log,
        form: Form::Csv { separator: b',' }.into(),
        without_numbers: false,
        options: RosterOptions::default(),
    };
    let now = big.now;
    let begin = Instant::now();
    big.book
        .read(|book| write_beside(&path, |out| report::write(book, export, out, now)))
        .unwrap();
    let ours = begin.elapsed();
    let bare = big.folder.path().join("bare");
    let out = big.folder.path().join("bare.csv");
    let _ = shell(&bare, &[&format!(".import --csv {} log", path.display())]);
    let theirs = shell(
        &bare,
        &[
            ".mode csv",
            ".headers on",
            &format!(".output {}", out.display()),
            "SELECT * FROM log",
        ],
    );
    if let Some(theirs) = theirs {
        time_row(&format!("export {} lines", big.lines), ours, theirs);
        let rows = |path: &Path| memchr::memchr_iter(b'\n', &fs::read(path).unwrap()).count();
        assert_eq!(rows(&out), rows(&path), "the same rows");
    }
}

/// How long the shell of the database takes; nothing where it is not installed.
fn shell(book: &Path, commands: &[&str]) -> Option<Duration> {
    let begin = Instant::now();
    let output = Command::new("sqlite3")
        .arg(book)
        .args(commands)
        .output()
        .ok()?;
    let took = begin.elapsed();
    assert!(output.status.success(), "{output:?}");
    Some(took)
}

const UNITS: usize = 200;

fn unit(n: usize) -> String {
    format!("UBND xã Thử {n:03}")
}

/// A list of so many invented people.
pub fn list(count: usize) -> String {
    const FAMILY: &[&str] = &["Nguyễn", "Trần", "Lê", "Phạm", "Y", "H'", "Đặng", "Bùi"];
    const MIDDLE: &[&str] = &["Văn", "Thị", "Hữu", "Minh", "Quốc", "Ngọc", "Xuân"];
    const GIVEN: &[&str] = &["An", "Bình", "Chi", "Dũng", "Hà", "Hùng", "Lan", "Yến"];
    let mut words = Words(100);
    let mut list = String::from("\u{feff}Đơn vị,Họ và tên,Chức vụ,Di động,Email\n");
    for n in 0..count {
        let _ = writeln!(
            list,
            "{},{} {} {} {},Chuyên viên,09{n:08},thu{n}@xa.example",
            unit(words.next(UNITS)),
            FAMILY[words.next(FAMILY.len())],
            MIDDLE[words.next(MIDDLE.len())],
            GIVEN[words.next(GIVEN.len())],
            letters(n),
        );
    }
    list
}

/// A name of its own for each number.
fn letters(mut n: usize) -> String {
    let mut name = String::from("Q");
    while n > 0 {
        name.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    name
}
