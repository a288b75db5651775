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
    // Without the letter its notices are owed still, and say so.
    let former = |desk: &Desk| {
        let rows = notices(desk).into_iter();
        let former = rows.filter(|row| row.2.ends_with("(theo bộ quy định cũ)"));
        former.map(|row| row.0).collect::<Vec<_>>()
    };
    desk.ok(["settings", "set", "profiles", "2026"]);
    assert_eq!(notices(&desk).len(), 5);
    assert_eq!(former(&desk), ["serious", "serious"]);
    desk.ok(["settings", "set", "profiles", "2026,election"]);
    assert_eq!(notices(&desk).len(), 5);
    assert!(former(&desk).is_empty());
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

/// The unit that is our own, named when the book was begun.
const OURS: &str = "Sở Thông tin và Truyền thông";

/// An incident of a practice desk, by its number.
fn opened(desk: &Desk, more: &[&str]) {
    let words = ["incident", "open", "--title", "Trang chủ bị thay"];
    let words = words.iter().chain(&["--unit", "Sở Y tế", "--type", "T05"]);
    desk.ok(words.chain(more));
}

fn closed(desk: &Desk, at: &str) {
    desk.ok(["incident", "close", "1", "--at", at]);
}

#[test]
fn one_unit_is_told_once_whatever_recipients_it_is_meant_by() {
    let desk = Desk::province();
    desk.ok(["settings", "set", "profiles", "2017"]);
    for recipient in ["owner", "national", "response"] {
        let key = format!("recipient.{recipient}");
        desk.ok(["settings", "set", &key, "POL001"]);
    }
    opened(&desk, &[]);
    let rows = notices(&desk);
    let told: Vec<_> = rows.iter().map(|row| (&*row.0, &*row.1)).collect();
    assert_eq!(told, [("initial", "Công an tỉnh Đắk Lắk")]);
    // Two reports to one unit are two.
    desk.ok(["incident", "set", "1", "--severity", "serious"]);
    let rows = notices(&desk);
    let rules: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(rules, ["initial", "plan", "progress"]);
    // Others are meant: each of them is told, but for the one that was.
    let list = desk.json(["notice", "list", "--open"]);
    let initial = list.as_array().unwrap().iter();
    let initial = initial.clone().find(|one| one["rule"] == "initial");
    desk.ok(["notice", "sent", initial.unwrap()["id"].as_str().unwrap()]);
    desk.ok(["settings", "set", "recipient.national", "VNCERT"]);
    let rows = notices(&desk).into_iter();
    let initial: Vec<_> = rows.filter(|row| row.0 == "initial").collect();
    let told: Vec<&str> = initial.iter().map(|row| row.1.as_str()).collect();
    assert_eq!(told, ["VNCERT"]);
    desk.ok(["verify"]);
}

#[test]
fn a_unit_that_was_not_told_is_told_though_another_was_in_its_place() {
    let desk = Desk::province();
    desk.ok(["settings", "set", "profiles", "2017"]);
    desk.ok(["settings", "set", "recipient.owner", "DEP002"]);
    desk.ok(["settings", "set", "recipient.national", "POL001"]);
    desk.ok(["settings", "set", "recipient.response", OURS]);
    opened(&desk, &[]);
    let list = desk.json(["notice", "list", "--open"]);
    let owner = list.as_array().unwrap().iter();
    let owner = owner.clone().find(|one| one["role"] == "owner").unwrap();
    desk.ok(["notice", "sent", owner["id"].as_str().unwrap()]);
    // The police are meant by both now, and were told by neither.
    desk.ok(["settings", "set", "recipient.owner", "POL001"]);
    let told: Vec<String> = notices(&desk).into_iter().map(|row| row.1).collect();
    assert!(
        told.contains(&"Công an tỉnh Đắk Lắk".to_owned()),
        "{told:?}"
    );
}

#[test]
fn our_own_unit_is_not_told_by_itself() {
    let desk = Desk::province();
    desk.ok(["unit", "set", OURS, "--ours"]);
    opened(&desk, &["--severity", "serious"]);
    let told: Vec<String> = notices(&desk).into_iter().map(|row| row.1).collect();
    assert_eq!(told, ["Công an tỉnh Đắk Lắk"]);
    let shown = desk.json(["incident", "show", "1"]);
    assert_eq!(
        shown["ours"],
        json!([{"what": "Báo ngay sự cố nghiêm trọng", "recipient": OURS}])
    );
    let shown = desk.ok(["incident", "show", "1"]);
    let line = format!("Báo ngay sự cố nghiêm trọng · {OURS}: là đơn vị mình, không phải báo");
    assert!(shown.contains(&line), "{shown}");
    // Nor is a report of the year sent to it; who is meant by several recipients is named once.
    desk.ok(["settings", "set", "profiles", "2017"]);
    desk.ok(["settings", "set", "recipient.owner", OURS]);
    let whom = || desk.json(["notice", "reports"])[0]["recipients"].clone();
    assert_eq!(whom().as_array().unwrap().len(), 2, "{}", whom());
    desk.ok(["settings", "set", "recipient.response", "POL001"]);
    desk.ok(["settings", "set", "recipient.national", "POL001"]);
    assert_eq!(whom(), json!(["Công an tỉnh Đắk Lắk"]));
}

#[test]
fn closing_again_asks_for_the_closing_report_again() {
    let desk = Desk::province();
    desk.ok(["settings", "set", "profiles", "2017"]);
    for recipient in ["owner", "national", "response"] {
        let key = format!("recipient.{recipient}");
        desk.ok(["settings", "set", &key, "POL001"]);
    }
    opened(&desk, &["--at", "17/05/2016 08:00"]);
    let reports = |at: &str| {
        let list = desk.json(["notice", "list", "--at", at]);
        let rows = list.as_array().unwrap().iter();
        let rows = rows.filter(|one| one["rule"] == "final");
        rows.cloned().collect::<Vec<Value>>()
    };
    let states = |at: &str| {
        let rows = reports(at).into_iter();
        let row = |one: Value| (one["state"].clone(), one["due_at"].clone());
        rows.map(row).collect::<Vec<_>>()
    };
    let sent = |at: &str| {
        let rows = reports(at).into_iter();
        let open = rows.filter(|one| one["state"] == "due");
        let ids: Vec<Value> = open.map(|one| one["id"].clone()).collect();
        assert_eq!(ids.len(), 1, "{ids:?}");
        desk.ok(["notice", "sent", ids[0].as_str().unwrap(), "--at", at]);
    };
    closed(&desk, "18/05/2016 08:00");
    sent("18/05/2016 09:00");
    let first = (json!("sent"), json!("2016-05-23T08:00:00+07:00"));
    assert_eq!(states("18/05/2016 10:00"), std::slice::from_ref(&first));
    // What is written of a closed incident asks for nothing anew.
    let note = ["incident", "set", "1", "--note", "xong", "--at"];
    desk.ok(note.iter().chain(&["18/05/2016 10:00"]));
    assert_eq!(states("18/05/2016 10:01"), std::slice::from_ref(&first));
    let open = ["incident", "set", "1", "--status", "in_hand", "--at"];
    desk.ok(open.iter().chain(&["19/05/2016 08:00"]));
    assert_eq!(states("19/05/2016 08:01"), std::slice::from_ref(&first));
    closed(&desk, "20/05/2016 08:00");
    let second = (json!("due"), json!("2016-05-25T08:00:00+07:00"));
    assert_eq!(states("20/05/2016 08:01"), [first.clone(), second.clone()]);
    // One that was closed, opened and closed before anything was sent asks once.
    desk.ok(open.iter().chain(&["20/05/2016 09:00"]));
    assert_eq!(states("20/05/2016 09:01"), std::slice::from_ref(&first));
    closed(&desk, "21/05/2016 08:00");
    let second = (json!("due"), json!("2016-05-26T08:00:00+07:00"));
    assert_eq!(states("21/05/2016 08:01"), [first.clone(), second]);
    sent("21/05/2016 09:00");
    let second = (json!("sent"), json!("2016-05-26T08:00:00+07:00"));
    assert_eq!(states("21/05/2016 10:00"), [first.clone(), second]);
    // That the last opening was a mistake leaves the report that was sent.
    desk.ok(open.iter().chain(&["21/05/2016 11:00"]));
    desk.ok(["undo", "--at", "21/05/2016 11:01"]);
    assert!(
        reports("21/05/2016 11:02")
            .iter()
            .all(|one| one["state"] == "sent")
    );
    desk.ok(["verify"]);
}

#[test]
fn nobody_is_told_before_it_was_noticed() {
    let desk = Desk::province();
    opened(
        &desk,
        &["--severity", "serious", "--at", "17/05/2016 08:00"],
    );
    let noticed = [
        "incident",
        "set",
        "1",
        "--detected",
        "17/05/2016 07:30",
        "--at",
    ];
    desk.ok(noticed.iter().chain(&["17/05/2016 08:10"]));
    let list = desk.json(["notice", "list", "--open", "--at", "17/05/2016 08:10"]);
    let police = list.as_array().unwrap().iter();
    let police = police.clone().find(|one| one["role"] == "police").unwrap();
    let told = |at: &str| {
        let words = [
            "notice",
            "sent",
            police["id"].as_str().unwrap(),
            "--sent",
            at,
        ];
        desk.run(words.iter().chain(&["--at", "17/05/2016 08:20"]))
    };
    let refused = told("17/05/2016 07:29");
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("17/05/2016 07:29") && refused.err.contains("17/05/2016 07:30"),
        "{}",
        refused.err
    );
    assert_eq!(told("17/05/2016 07:30").code, 0);
    // Nor is it noticed after somebody was told.
    let later = [
        "incident",
        "set",
        "1",
        "--detected",
        "17/05/2016 07:31",
        "--at",
    ];
    let refused = desk.run(later.iter().chain(&["17/05/2016 08:30"]));
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("17/05/2016 07:31"), "{}", refused.err);
    desk.ok(["verify"]);
}

#[test]
fn what_is_due_at_once_is_overdue_after_its_grace_wherever_it_is_told() {
    let desk = Desk::province();
    desk.ok(["settings", "set", "recipient.coordinator", "DEP002"]);
    opened(
        &desk,
        &["--severity", "serious", "--at", "17/05/2016 08:00"],
    );
    let told = |at: &str, state: &str, overdue: usize| {
        let list = desk.json(["notice", "list", "--open", "--at", at]);
        let states = list.as_array().unwrap().iter();
        let states: Vec<&str> = states.map(|one| one["state"].as_str().unwrap()).collect();
        assert_eq!(states, [state; 2], "{at}");
        let table = desk.ok(["export", "notices", "-o", "-", "--at", at]);
        assert_eq!(table.matches("Quá hạn").count(), overdue, "{at} {table}");
        let words = ["handover", "write", "--to", "Trần Quang Huy", "--at", at];
        let watch = desk.json(words)["watch"].clone();
        assert_eq!(watch["overdue"].as_array().unwrap().len(), overdue, "{at}");
    };
    told("17/05/2016 08:00", "due", 0);
    told("17/05/2016 08:10", "due", 0);
    told("17/05/2016 08:11", "overdue", 2);
    // A profile of the office's own says another grace: what was overdue stays so.
    let election = std::fs::read_to_string(project("assets/profiles/election.json")).unwrap();
    let own = election
        .replace("\"key\": \"election\"", "\"key\": \"rieng\"")
        .replace("\"grace_minutes\": 10", "\"grace_minutes\": 30");
    let file = desk.file("rieng.json", &own);
    let (brought, set) = ("17/05/2016 08:11", "17/05/2016 08:12");
    desk.ok(["settings", "profile", &file, "--at", brought]);
    desk.ok(["settings", "set", "profiles", "rieng", "--at", set]);
    told("17/05/2016 08:30", "overdue", 2);
    let open = desk.json(["notice", "list", "--open", "--at", "17/05/2016 08:31"]);
    for notice in open.as_array().unwrap() {
        let id = notice["id"].as_str().unwrap();
        desk.ok(["notice", "sent", id, "--at", "17/05/2016 08:31"]);
    }
    opened(
        &desk,
        &["--severity", "serious", "--at", "17/05/2016 09:00"],
    );
    let state = |at: &str| {
        let list = desk.json(["notice", "list", "--open", "--at", at]);
        let list = list.as_array().unwrap().clone().into_iter();
        list.map(|one| one["state"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(state("17/05/2016 09:30"), ["due"; 2]);
    assert_eq!(state("17/05/2016 09:31"), ["overdue"; 2]);
}

#[test]
fn our_own_unit_is_named_before_it_is_on_the_list() {
    let desk = Desk::empty();
    let words = [
        "init",
        "--site",
        "DLK",
        "--name",
        "Phòng trực",
        "--practice",
    ];
    let more = ["--unit", OURS, "--at", "16/05/2016 08:00"];
    desk.ok(words.iter().chain(&more));
    let named = || {
        let list = desk.json(["settings", "list"]);
        let rows = list.as_array().unwrap().iter();
        let row = rows.clone().find(|row| row["key"] == "own_unit");
        row.unwrap()["value"].clone()
    };
    assert_eq!(named(), OURS);
    // It is told nothing by itself then, either.
    desk.ok(["unit", "add", "--name", "Sở Y tế", "--group", "department"]);
    opened(&desk, &["--severity", "serious"]);
    let told: Vec<String> = notices(&desk).into_iter().map(|row| row.1).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    let shown = desk.json(["incident", "show", "1"]);
    assert_eq!(shown["ours"][0]["recipient"], OURS);
    // An incident says whom to call of its unit.
    desk.ok([
        "person",
        "add",
        "--name",
        "Bùi Thị Mai",
        "--unit",
        "Sở Y tế",
        "--mobiles",
        "0905 000 001",
    ]);
    let call = desk.json(["incident", "show", "1"])["call"].clone();
    assert_eq!(call[0]["person"], "Bùi Thị Mai");
    assert_eq!(call[0]["number"], "0905 000 001");
    let shown = desk.ok(["incident", "show", "1"]);
    assert!(
        shown.contains("Thứ tự gọi") && shown.contains("0905 000 001"),
        "{shown}"
    );
}
