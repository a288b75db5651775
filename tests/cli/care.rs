//! What a tired hand does at two in the morning, and what must not come of it.

use serde_json::json;
use std::fs;

use crate::desk::{Desk, sample};

#[test]
fn a_roster_may_come_before_its_period() {
    let desk = Desk::province();
    desk.ok(["roster", "import", &sample("roster.csv")]);
    desk.ok([
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "16/05/2016 00:00",
        "--to",
        "26/05/2016 00:00",
    ]);
    let on_duty = [
        "roster",
        "on-duty",
        "--unit",
        "TEL001",
        "--at",
        "22/05/2016 21:30",
    ];
    assert_eq!(
        desk.json(on_duty)[0]["standing"],
        false,
        "the shift decides, not the standing contact"
    );
    let (_, gaps) = desk.run_json([
        "roster",
        "gaps",
        "--from",
        "22/05/2016 20:00",
        "--to",
        "23/05/2016 00:00",
    ]);
    let units: Vec<&str> = gaps
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| gap["unit_code"].as_str().unwrap())
        .collect();
    assert!(units.contains(&"TEL001"), "{units:?}");
    desk.ok(["period", "remove", "bau cu"]);
    assert!(
        desk.run(["roster", "gaps"]).err.contains("period add"),
        "nothing to check is not all clear"
    );
}

#[test]
fn a_table_never_replaces_a_book_or_a_key() {
    let desk = Desk::province();
    let backup = desk.ok(["backup", &desk.path("")]);
    let key = fs::read_dir(desk.home.join("sites"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    for target in [desk.store.to_str().unwrap(), &backup, key.to_str().unwrap()] {
        let before = fs::read(target).unwrap();
        assert_eq!(
            desk.run(["export", "units", "-o", target]).code,
            2,
            "{target}"
        );
        assert_eq!(fs::read(target).unwrap(), before, "{target}");
    }
    let out = desk.path("out");
    fs::create_dir(&out).unwrap();
    fs::write(format!("{out}/people.csv"), "của tôi").unwrap();
    assert_eq!(desk.run(["demo", &out]).code, 2);
    assert_eq!(
        fs::read_to_string(format!("{out}/people.csv")).unwrap(),
        "của tôi"
    );
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
}

#[test]
fn an_incident_of_which_the_log_speaks_is_not_undone() {
    let desk = Desk::province();
    desk.ok([
        "incident",
        "open",
        "--title",
        "Mất mạng",
        "--unit",
        "TEL001",
        "--type",
        "H01",
    ]);
    desk.ok(["log", "add", "Gọi VNPT", "--incident", "1"]);
    let answer = desk.run(["undo"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("DLK-1"), "{}", answer.err);
    assert_eq!(desk.json(["log", "list"])[0]["incident"], "DLK/2016-0001");
    assert_eq!(
        desk.run(["unit", "remove", "TEL001"]).code,
        2,
        "its people come first"
    );
}

#[test]
fn a_rolled_back_book_says_so_when_it_is_written() {
    let desk = Desk::new();
    desk.ok(["log", "add", "một"]);
    let old = fs::read(&desk.store).unwrap();
    desk.ok(["log", "add", "hai"]);
    fs::write(&desk.store, old).unwrap();
    assert_eq!(desk.run(["verify"]).code, 1);
    let answer = desk.run(["log", "add", "ba"]);
    assert!(
        answer.err.contains("DLK") && answer.err.lines().count() == 1,
        "{}",
        answer.err
    );
    assert_eq!(desk.run(["log", "add", "bốn"]).err, "", "it is said once");
}

#[test]
fn a_shift_is_taken_off_and_a_correction_mends_more_than_words() {
    let desk = Desk::province();
    desk.ok(["roster", "import", &sample("roster.csv")]);
    let shifts = desk.json(["roster", "list", "--unit", "POL001"]);
    let id = shifts[0]["id"].as_str().unwrap();
    desk.ok(["roster", "remove", id]);
    let left = desk.json(["roster", "list", "--unit", "POL001"]);
    assert_eq!(
        left.as_array().unwrap().len() + 1,
        shifts.as_array().unwrap().len()
    );
    desk.ok(["log", "add", "Mất điện ở Ea Kar", "--unit", "DIS009"]);
    desk.ok([
        "log",
        "correct",
        "1",
        "Mất điện ở Ea Súp",
        "--unit",
        "DIS004",
        "--reason",
        "nghe nhầm",
        "--kind",
        "ghi nhận",
    ]);
    let log = desk.json(["log", "list"]);
    assert_eq!(
        (&log[1]["unit"], &log[1]["kind"]),
        (&json!("UBND huyện Ea Súp"), &json!("observation"))
    );
}

#[test]
fn one_person_in_two_rows_keeps_both_numbers() {
    let desk = Desk::province();
    let list =
        "Đơn vị,Họ và tên,SĐT\nSở Y tế,Nguyễn Thử,0905 000 801\nSở Y tế,Nguyễn Thử,0905 000 802\n";
    let import = desk.json(["person", "import", &desk.file("twice.csv", list)]);
    assert_eq!(
        (&import["new"], &import["warnings"][0]["row"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(
        desk.json(["person", "show", "nguyen thu"])["mobiles"],
        json!(["0905000801", "0905000802"])
    );
}
