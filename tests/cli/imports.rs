//! Imports: one rule for both faces, and a look that keeps nobody waiting.

use serde_json::Value;
use sotruc_core::clock::Instant;
use sotruc_core::import::ImportSession;
use sotruc_core::sheet::ReadOptions;
use sotruc_core::sheet::heading::List;
use sotruc_core::{Installation, Logbook};
use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant as Timer};

use crate::desk::{Desk, fixture, sample};

const PEOPLE: &str = "Đơn vị,Họ và tên,Di động\nSở Y tế,Lê Văn An,0905123456\n";

fn copies(desk: &Desk) -> usize {
    let folder = desk.store.with_extension("sotruc.backups");
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn a_dry_run_does_not_wait_for_somebody_who_writes() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let people = desk.file("people.csv", PEOPLE);
    let other = rusqlite::Connection::open(&desk.store).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Timer::now();
    let import = desk.json(["person", "import", &people, "--dry-run"]);
    assert!(begun.elapsed() < Duration::from_secs(3), "it waited");
    assert_eq!(import["new"], 1);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(desk.json(["person", "list"]), serde_json::json!([]));
}

#[test]
fn what_is_said_of_many_rows_is_said_once() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let mut rows = "Đơn vị,Họ và tên,Di động\n".to_owned();
    for n in 0..149 {
        rows += &format!("Sở Y tế,Lê Văn An {n},01234567{n:03}\n");
    }
    let people = desk.file("people.csv", &rows);
    let told = desk.ok(["person", "import", &people, "--dry-run"]);
    let notes: Vec<&str> = told.lines().filter(|line| line.contains("lưu ý")).collect();
    assert_eq!(notes.len(), 1, "{told}");
    assert!(
        notes[0].contains("từ dòng 2 đến dòng 150") && notes[0].contains("149 dòng"),
        "{told}"
    );
}

#[test]
fn nothing_is_brought_in_without_a_copy_before() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let people = desk.file("people.csv", PEOPLE);
    let before = copies(&desk);
    desk.ok(["person", "import", &people, "--dry-run"]);
    assert_eq!(copies(&desk), before, "a look makes no copy");
    desk.ok(["person", "import", &people]);
    let copied = copies(&desk);
    assert!(copied > before, "a copy is made before what is written");
    desk.ok(["person", "import", &people]);
    assert_eq!(copies(&desk), copied, "nothing was written");

    let folder = desk.store.with_extension("sotruc.backups");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "no folder").unwrap();
    let more = desk.file("more.csv", &PEOPLE.replace("Lê Văn An", "Trần Thị Bé"));
    let answer = desk.run(["person", "import", &more]);
    assert_eq!(answer.code, 2, "{}", answer.out);
    assert!(
        answer.err.contains("không sao lưu được sổ"),
        "{}",
        answer.err
    );
    let list = desk.json(["person", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 1, "nothing was written");
}

/// What the terminal says of a file, and what a session says of it, are the same numbers.
fn agree(desk: &Desk, noun: &str, list: List, file: &str) {
    let (_, told) = desk.run_json([noun, "import", file, "--dry-run"]);
    let book = Logbook::open(&desk.store, &Installation::at(&desk.home)).unwrap();
    let session = ImportSession::open(
        Path::new(file),
        list,
        ReadOptions::default(),
        Instant::default(),
    );
    let session = session.unwrap();
    let counts = book.read(|book| session.preview(book, None, &|_, _| true));
    let counts = counts.unwrap().preview.counts;
    let number = |key: &str| told[key].as_u64().unwrap() as usize;
    let rows: HashSet<(&Value, &Value)> = told["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (&fault["sheet"], &fault["row"]))
        .collect();
    assert_eq!(
        (
            counts.new,
            counts.changed,
            counts.same,
            counts.rejected,
            counts.warnings
        ),
        (
            number("new"),
            number("changed"),
            number("same"),
            rows.len(),
            told["warnings"].as_array().unwrap().len()
        ),
        "{file}"
    );
    assert!(counts.new + counts.changed + counts.same > 0, "{file}");
}

#[test]
fn the_terminal_and_a_session_count_alike() {
    let desk = Desk::province();
    agree(&desk, "unit", List::Units, &sample("units.csv"));
    agree(&desk, "person", List::People, &sample("people.csv"));
    agree(
        &desk,
        "person",
        List::People,
        &fixture("sheets/bad-rows.csv"),
    );
    agree(&desk, "roster", List::Roster, &sample("roster.csv"));
}

#[test]
fn a_row_of_a_grid_is_rejected_once() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    desk.ok(["person", "import", &desk.file("people.csv", PEOPLE)]);
    let grid = "Đơn vị,Họ và tên,22/05/2016,23/05/2016,24/05/2016\n\
        Sở Y tế,Lê Văn An,7h-19h,7h-19h,7h-19h\n\
        Sở Y tế,Ai Đó,7h-19h,7h-19h,7h-19h\n";
    let grid = desk.file("Lịch trực.csv", grid);
    agree(&desk, "roster", List::Roster, &grid);
    let answer = desk.run(["roster", "import", &grid, "--dry-run"]);
    assert_eq!(answer.code, 2, "{}", answer.err);
    assert!(answer.err.contains("1 dòng bị từ chối"), "{}", answer.err);
    assert!(answer.out.contains("mới 3"), "{}", answer.out);
    assert!(answer.out.contains("bị từ chối 1."), "{}", answer.out);
}

#[test]
fn rows_that_cannot_be_kept_stop_an_import_before_it_writes() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let people = format!("{PEOPLE}Sở Không Có,Ai Đó,0905123457\n");
    let people = desk.file("people.csv", &people);
    let import = |errors: &str| {
        let words = ["person", "import", &people, "--skip-rejected", "--errors"];
        desk.run(words.iter().chain(&[errors])).code
    };
    let store = desk.store.to_str().unwrap();
    for errors in [&desk.path("lỗi.pdf"), store] {
        let before = std::fs::read(store).unwrap();
        assert_eq!(import(errors), 2, "{errors}");
        assert_eq!(std::fs::read(store).unwrap(), before);
    }
    assert_eq!(desk.json(["person", "list"]), serde_json::json!([]));
    let errors = desk.file("lỗi.csv", "của tôi");
    assert_eq!(import(&errors), 0);
    let kept = std::fs::read_to_string(&errors).unwrap();
    assert!(
        kept.contains("Ai Đó") && !kept.contains("của tôi"),
        "{kept}"
    );
    assert_eq!(import(&desk.path("lỗi.xlsx")), 0);
    let kept = std::fs::read(desk.path("lỗi.xlsx")).unwrap();
    assert!(kept.starts_with(b"PK"));
}

#[test]
fn what_changes_is_named_shifts_too() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    desk.ok(["person", "import", &desk.file("people.csv", PEOPLE)]);
    let list = "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến\n\
        Sở Y tế,Chính,Lê Văn An,20/05/2116 07:30,20/05/2116 17:00\n";
    let list = desk.file("ca.csv", list);
    desk.ok(["roster", "import", &list]);
    let span = ["--from", "01/05/2116", "--to", "30/05/2116"];
    desk.ok(["period", "add", "--name", "Kỳ"].iter().chain(&span));
    let import = desk.json(["roster", "import", &list, "--dry-run"]);
    assert_eq!(import["changes"].as_array().unwrap().len(), 1);
    assert_eq!(import["changes"][0]["full_name"], "Lê Văn An");
    assert_eq!(import["changes"][0]["field"], "period");
    let renamed = PEOPLE.replace("0905123456", "0905123499");
    let renamed = desk.file("people.csv", &renamed);
    let import = desk.json(["person", "import", &renamed, "--dry-run"]);
    assert_eq!(import["changes"][0]["full_name"], "Lê Văn An");
    assert_eq!(import["changes"][0]["field"], "mobiles");
}

#[test]
fn only_what_waits_is_told_as_not_written() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let people = desk.file("people.csv", PEOPLE);
    desk.ok(["person", "import", &people]);
    let again = desk.ok(["person", "import", &people, "--dry-run"]);
    assert!(again.starts_with("Mới 0"), "nothing waits: {again}");
    let more = desk.file("more.csv", &PEOPLE.replace("Lê Văn An", "Trần Thị Bé"));
    let more = desk.ok(["person", "import", &more, "--dry-run"]);
    assert!(more.contains("Chưa ghi gì"), "{more}");
}
