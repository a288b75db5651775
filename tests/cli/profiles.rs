//! The rules in force: several at once, what they stand in, and those that a new book goes by.

use serde_json::{Value, json};

use crate::desk::{Desk, project};

/// A serious incident that harms public order, under these rules.
fn struck(desk: &Desk, profiles: &str) {
    desk.ok(["settings", "set", "profiles", profiles]);
    let words = [
        "incident",
        "open",
        "--title",
        "Thử",
        "--unit",
        "Sở Y tế",
        "--type",
        "T05",
    ];
    desk.ok(words.iter().chain(&["--severity", "serious"]));
    if profiles.contains("2026") {
        desk.ok([
            "incident",
            "severity",
            "1",
            "--answer",
            "order=yes",
            "--decide",
            "serious",
            "--reason",
            "thử",
        ]);
    }
}

/// The notices: rule, addressee, basis, whether it was seen.
fn notices(desk: &Desk) -> Vec<(String, String, String, bool)> {
    let list = desk.json(["notice", "list", "--open"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |one: &Value| {
        (
            text(&one["rule"]),
            text(&one["recipient"]),
            text(&one["basis"]["text"]),
            one["basis"]["seen"].as_bool().unwrap(),
        )
    };
    let mut rows: Vec<_> = list.as_array().unwrap().iter().map(row).collect();
    rows.sort();
    rows
}

fn in_force(desk: &Desk) -> Value {
    let list = desk.json(["settings", "list"]);
    let rows = list.as_array().unwrap();
    let row = rows.iter().find(|row| row["key"] == "profiles");
    row.unwrap()["profiles"].clone()
}

#[test]
fn notices_come_from_all_rules_in_force_and_say_what_they_stand_in() {
    let desk = Desk::province();
    struck(&desk, "election, 2026");
    assert_eq!(in_force(&desk), json!(["election", "2026"]));
    let rows = notices(&desk);
    let rules: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(rules, ["at-once", "full", "initial", "serious", "serious"]);
    let seen = |rule: &str| rows.iter().find(|row| row.0 == rule).unwrap().3;
    assert_eq!(
        ["at-once", "full", "initial", "serious"].map(seen),
        [true, false, false, true]
    );
    assert!(rows[3].2.contains("290/STTTT-CNTT"), "{}", rows[3].2);
    assert!(rows[0].2.contains("116/2025/QH15"), "{}", rows[0].2);
    let told = desk.ok(["notice", "list"]);
    assert!(told.contains("hạn giả định"), "{told}");
    // Without the letter its notices go, and come back with it.
    desk.ok(["settings", "set", "profiles", "2026"]);
    assert_eq!(notices(&desk).len(), 3);
    desk.ok(["settings", "set", "profiles", "2026,election"]);
    assert_eq!(notices(&desk).len(), 5);
    for odd in ["2026,none", "2026,2026", ","] {
        assert_eq!(
            desk.run(["settings", "set", "profiles", odd]).code,
            2,
            "{odd}"
        );
    }
    desk.ok(["verify"]);
}

#[test]
fn the_same_step_is_asked_of_one_addressee_once() {
    let desk = Desk::province();
    desk.ok(["settings", "set", "recipient.police", "POL001"]);
    struck(&desk, "election,2026");
    let at_once = |desk: &Desk| {
        let rows = notices(desk).into_iter();
        let police = rows.filter(|row| row.1 == "Công an tỉnh Đắk Lắk");
        police.collect::<Vec<_>>()
    };
    assert_eq!(at_once(&desk).len(), 1);
    desk.ok(["settings", "set", "recipient.security", "POL001"]);
    let rows = at_once(&desk);
    let rules: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(rules, ["full", "initial", "serious"], "at once stands once");
    let basis = &rows[2].2;
    assert!(
        basis.contains("290/STTTT-CNTT") && basis.contains("116/2025/QH15"),
        "{basis}"
    );
    desk.ok(["verify"]);
}

#[test]
fn of_two_deadlines_the_stricter_wins_and_what_was_sent_is_not_asked_again() {
    let desk = Desk::province();
    let law = std::fs::read_to_string(project("assets/profiles/2026.json")).unwrap();
    let own = law
        .replace("\"key\": \"2026\"", "\"key\": \"rieng\"")
        .replace("\"within_minutes\": 1440", "\"within_minutes\": 60");
    desk.ok(["settings", "profile", &desk.file("rieng.json", &own)]);
    struck(&desk, "2026,rieng");
    let initial = || {
        let list = desk.json(["notice", "list"]);
        let rows = list.as_array().unwrap().iter();
        let rows = rows.filter(|one| one["rule"] == "initial");
        rows.cloned().collect::<Vec<Value>>()
    };
    let rows = initial();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["profile"], "rieng");
    desk.ok(["notice", "sent", rows[0]["id"].as_str().unwrap()]);
    desk.ok(["settings", "set", "profiles", "2026"]);
    let rows = initial();
    assert_eq!(rows[0]["state"], "sent");
    desk.ok(["settings", "set", "profiles", "2026,rieng"]);
    let open = initial();
    let open = open.iter().filter(|one| one["state"] == "due").count();
    assert_eq!(open, 0, "it was sent");
    desk.ok(["verify"]);
}

#[test]
fn the_chain_of_2017_is_whole_and_its_summary_is_due_twice_a_year() {
    let desk = Desk::province();
    struck(&desk, "2017");
    desk.ok([
        "incident",
        "severity",
        "1",
        "--answer",
        "beyond=yes",
        "--decide",
        "serious",
        "--reason",
        "thử",
    ]);
    let mut rules: Vec<String> = notices(&desk).into_iter().map(|row| row.0).collect();
    rules.dedup();
    assert_eq!(rules, ["beyond", "initial", "plan", "progress"]);
    assert!(notices(&desk).iter().all(|row| row.2.contains("Điều 11")));
    let list = desk.json(["settings", "list", "--at", "22/05/2016 18:00"]);
    let due = |list: &Value| {
        let rows = list.as_array().unwrap().iter();
        let row = rows
            .clone()
            .find(|row| row["key"] == "periodic.2017.summary");
        row.unwrap()["value"].as_str().unwrap().to_owned()
    };
    assert!(due(&list).starts_with("20/06/2016"), "{}", due(&list));
    let list = desk.json(["settings", "list", "--at", "20/06/2016 00:00"]);
    assert!(due(&list).starts_with("15/12/2016"), "{}", due(&list));
}

#[test]
fn a_report_of_every_year_is_told_of_until_it_was_sent() {
    let desk = Desk::province();
    desk.ok(["settings", "set", "profiles", "2017"]);
    let owed = |at: &str| {
        let list = desk.json(["notice", "reports", "--owed", "--at", at]);
        let rows = list.as_array().unwrap().iter();
        let due = rows.map(|row| row["due_at"].as_str().unwrap()[..10].to_owned());
        due.collect::<Vec<_>>()
    };
    assert_eq!(owed("05/06/2016 23:00"), Vec::<String>::new());
    assert_eq!(owed("06/06/2016 00:00"), ["2016-06-20"]);
    assert_eq!(owed("25/06/2016 08:00"), ["2016-06-20"], "it is overdue");
    let sent = ["notice", "reported", "2017.summary", "--document", "45/BC"];
    desk.ok(sent.iter().chain(&["--at", "10/06/2016 08:00"]));
    assert_eq!(owed("10/06/2016 09:00"), Vec::<String>::new());
    assert_eq!(owed("05/12/2016 08:00"), ["2016-12-15"]);
    let line = &desk.json(["log", "list", "--last", "1"])[0];
    assert_eq!(line["kind"], "communication");
    let text = line["text"].as_str().unwrap();
    let end = "Báo cáo tổng hợp định kỳ (Mẫu 05), kỳ hạn 20/06/2016, văn bản số 45/BC";
    assert!(text.starts_with("Đã gửi ") && text.ends_with(end), "{text}");
    // It is not a setting that somebody sets.
    let list = desk.json(["settings", "list"]);
    let keys = list
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["key"].as_str().unwrap());
    assert!(!keys.into_iter().any(|key| key.starts_with("reported")));
    assert_eq!(
        desk.run(["settings", "set", "reported.2017.summary", ""])
            .code,
        2
    );
    // Taken back, it is asked for again; another is none.
    let mistaken = [
        "notice",
        "unreported",
        "2017.summary",
        "--reason",
        "bấm nhầm",
    ];
    desk.ok(mistaken.iter().chain(&["--at", "11/06/2016 08:00"]));
    assert_eq!(owed("11/06/2016 09:00"), ["2016-06-20"]);
    let line = &desk.json(["log", "list", "--last", "1"])[0];
    assert_eq!(
        (&line["kind"], &line["grounds"]),
        (&json!("decision"), &json!("bấm nhầm"))
    );
    assert_eq!(desk.run(["notice", "reported", "2026.summary"]).code, 2);
}

#[test]
fn a_new_book_goes_by_the_rules_of_its_day() {
    let made = |at: &str, more: &[&str]| {
        let desk = Desk::empty();
        let words = [
            "init",
            "--site",
            "DLK",
            "--name",
            "Phòng trực",
            "--practice",
            "--at",
            at,
        ];
        desk.ok(words.iter().chain(more));
        desk
    };
    for (at, expect) in [
        ("16/05/2016 08:00", json!(["election"])),
        ("16/03/2017 08:00", json!(["election", "2017"])),
        ("30/06/2026 08:00", json!(["election", "2017"])),
        ("01/07/2026 08:00", json!(["election", "2026"])),
    ] {
        assert_eq!(in_force(&made(at, &[])), expect, "{at}");
    }
    let desk = made(
        "30/11/2026 08:00",
        &["--profiles", "2026", "--place", "Đắk Lắk"],
    );
    assert_eq!(in_force(&desk), json!(["2026"]));
    let list = desk.ok(["settings", "list"]);
    assert!(list.contains("Đắk Lắk"), "{list}");
    let refused = Desk::empty();
    let words = [
        "init",
        "--site",
        "DLK",
        "--name",
        "Phòng trực",
        "--profiles",
        "2030",
    ];
    assert_eq!(refused.run(words).code, 2);
}

#[test]
fn one_profile_that_was_set_before_there_were_several_is_in_force() {
    let desk = Desk::province();
    desk.ok(["settings", "set", "profile", "2017"]);
    assert_eq!(in_force(&desk), json!(["2017"]));
    desk.ok(["settings", "set", "profiles", ""]);
    assert_eq!(in_force(&desk), json!(["election"]));
}
