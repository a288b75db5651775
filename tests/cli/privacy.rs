//! What is held of people, dropped, and noted when it leaves, by the terminal.

use crate::desk::Desk;
use serde_json::json;
use std::fs;

/// The id of somebody of the sample, who is called once.
fn somebody(desk: &Desk, name: &str) -> String {
    let person = desk.json(["person", "show", name]);
    desk.ok(["drill", "add", name, "--outcome", "answered"]);
    person["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_person_is_dropped_and_a_tombstone_says_so() {
    let desk = Desk::province();
    let name = "Nguyễn Hoàng Duy";
    let id = somebody(&desk, name);
    desk.ok(["person", "set", name, "--note", "gọi ban đêm"]);
    desk.ok(["log", "add", "Gọi Nguyễn Hoàng Duy không được"]);

    let held = desk.json(["person", "held", name]);
    assert_eq!(held["records"], json!(3));
    assert_eq!(held["drills"], json!(1));
    assert_eq!(
        held["mentions"],
        json!([{"place": "line", "name": "DLK-1"}])
    );
    let shown = desk.json(["person", "redact", &id, "--reason", "thử", "--dry-run"]);
    assert_eq!(shown, held);
    assert_eq!(desk.json(["person", "redacted"]), json!([]));

    let people = desk.json(["person", "list"]).as_array().unwrap().len();
    desk.ok(["person", "redact", &id, "--reason", "Đơn số 12/ĐN"]);
    let past = desk.json(["person", "redacted"]);
    assert_eq!(past[0]["person"], json!(id));
    assert_eq!(past[0]["reason"], json!("Đơn số 12/ĐN"));
    assert_eq!(past[0]["records"], json!(3));
    assert_eq!(
        desk.json(["person", "list"]).as_array().unwrap().len(),
        people - 1
    );
    assert_eq!(desk.run(["person", "show", &id]).code, 2);
    assert_eq!(desk.run(["person", "history", &id]).code, 2);
    assert_eq!(desk.json(["verify"])["ok"], json!(true));
    // Only the line of the log still names them.
    let book = fs::read(&desk.store).unwrap();
    let text = String::from_utf8_lossy(&book);
    assert_eq!(
        text.matches("Hoàng Duy").count(),
        2,
        "the line and its record"
    );
    assert!(!text.contains("gọi ban đêm"));
}

#[test]
fn whoever_asks_gets_an_answer_and_the_book_notes_it() {
    let desk = Desk::province();
    let id = somebody(&desk, "Nguyễn Hoàng Duy");
    desk.ok(["person", "set", &id, "--away", "18/05/2016..20/05/2016"]);
    let file = desk.path("tra-loi.csv");
    // The file is called after them; the book does not keep that.
    let named = desk.path("Nguyễn Hoàng Duy.csv");
    desk.ok(["person", "held", &id, "-o", &named]);
    assert_eq!(desk.json(["person", "disclosures"])[0]["file"], json!(null));
    std::fs::rename(named, &file).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    for line in [
        "Đang lưu,Họ và tên,Nguyễn Hoàng Duy",
        "Đang lưu,Ngày nghỉ,,18/05/2016 00:00,21/05/2016 00:00",
        "Đã ghi,Ngày nghỉ,18/05/2016 00:00 – 21/05/2016 00:00,",
        "Cuộc gọi,Có nghe máy,",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    desk.ok([
        "export",
        "people",
        "-o",
        &desk.path("ds.xlsx"),
        "--format",
        "xlsx",
    ]);
    desk.ok(["export", "units", "-o", &desk.path("dv.csv")]);
    desk.run(["export", "people", "-o", "-", "--format", "vcf"]);
    let noted = desk.json(["person", "disclosures"]);
    let told: Vec<_> = noted
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["what"], &one["format"], &one["person"]))
        .collect();
    let expect = [
        (&json!("people"), &json!("vcf"), &json!(null)),
        (&json!("people"), &json!("xlsx"), &json!(null)),
        (&json!("held"), &json!("csv"), &json!(id)),
    ];
    assert_eq!(told, expect);
}

#[test]
fn a_copy_that_somebody_made_is_named_when_people_are_erased() {
    let desk = Desk::province();
    let name = "Nguyễn Hoàng Duy";
    desk.ok(["log", "add", "Trực bình thường"]);
    let copies = format!("{}.backups", desk.store.display());
    let copy = fs::read_dir(&copies).unwrap().next().unwrap().unwrap();
    let own = std::path::Path::new(&copies).join("ban-cua-toi.sotruc");
    fs::copy(copy.path(), &own).unwrap();
    let told = desk.run(["person", "redact", name, name, "--reason", "thử"]);
    assert_eq!(told.code, 0);
    assert!(told.err.contains("của 1 người"), "{}", told.err);
    assert!(told.err.contains(own.to_str().unwrap()), "{}", told.err);
}

#[test]
fn a_disclosure_says_whose_it_is() {
    let desk = Desk::province();
    let name = "Nguyễn Hoàng Duy";
    desk.ok(["person", "held", name, "-o", &desk.path("a.csv")]);
    let noted = || {
        let noted = &desk.json(["person", "disclosures"])[0];
        (noted["person_name"].clone(), noted["unit"].clone())
    };
    assert_eq!(noted(), (json!(name), json!(null)));
    let shown = desk.ok(["person", "disclosures"]);
    assert!(shown.contains(name), "{shown}");
    desk.ok(["person", "redact", name, "--reason", "thử"]);
    assert_eq!(noted(), (json!(null), json!(null)));
    let shown = desk.ok(["person", "disclosures"]);
    assert!(shown.contains("(đã xóa dữ liệu)"), "{shown}");
}

#[test]
fn people_whom_nothing_needs_are_named() {
    let desk = Desk::practice();
    desk.ok(["unit", "add", "--name", "Sở Thử", "--group", "department"]);
    desk.ok(["person", "add", "--unit", "Sở Thử", "--name", "Người Thử"]);
    let at = |time: &str| desk.json(["person", "unneeded", "--at", time]);
    assert_eq!(at("15/05/2017 08:00"), json!([]));
    assert_eq!(at("17/05/2017 08:00")[0]["full_name"], json!("Người Thử"));
}
