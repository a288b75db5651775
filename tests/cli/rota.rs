//! Duty laid out, changed, looked at again: what an office does with a roster in three weeks.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use crate::desk::{Desk, sample};

const PERIOD: &str = "Bầu cử";

/// A practice desk on the 10th with a period from the 16th to the 30th, and two or three people
/// in each unit of the sample province.
fn desk() -> Desk {
    let desk = Desk::empty();
    let at = ["--at", "10/05/2016 08:00"];
    let init = [
        "init",
        "--practice",
        "--site",
        "DLK",
        "--name",
        "Phòng trực",
    ];
    desk.ok(init.iter().chain(&at));
    desk.ok(["unit", "import", &sample("units.csv")]);
    let units = desk.json(["unit", "list"]);
    let mut people = "Đơn vị,Họ và tên,ĐT di động,Vai trò\n".to_owned();
    for (n, unit) in units.as_array().unwrap().iter().enumerate() {
        let roles = ["Đầu mối chính", "Dự phòng", ""];
        for (at, role) in roles.iter().enumerate().take(2 + n % 2) {
            let name = ["Trần Văn An", "Lê Thị Bình", "Y Biêr Niê"][at];
            let number = format!("09{:08}", 10 * n + at);
            people += &format!(
                "\"{}\",{name},{number},{role}\n",
                unit["name"].as_str().unwrap()
            );
        }
    }
    desk.ok(["person", "import", &desk.file("people.csv", &people)]);
    let span = ["--from", "16/05/2016", "--to", "30/05/2016"];
    desk.ok(["period", "add", "--name", PERIOD].iter().chain(&span));
    desk
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn generate(desk: &Desk, more: &[&str]) -> Value {
    let words = ["roster", "generate", "--period", PERIOD];
    desk.json(words.iter().chain(more))
}

fn kinds(findings: &Value) -> BTreeSet<String> {
    let findings = findings["findings"].as_array().unwrap().iter();
    findings.map(|finding| text(&finding["kind"])).collect()
}

fn list(desk: &Desk) -> Vec<Value> {
    let list = desk.json(["roster", "list", "--period", PERIOD]);
    list.as_array().unwrap().clone()
}

/// Everything of a roster but its ids.
fn laid_out(desk: &Desk) -> Vec<Value> {
    let mut list = list(desk);
    for shift in &mut list {
        shift.as_object_mut().unwrap().remove("id");
    }
    list
}

/// The smallest and the largest share of each unit, by what counts.
fn spreads(list: &[Value], counts: impl Fn(&Value) -> bool) -> Vec<(usize, usize)> {
    let mut by_unit: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for shift in list {
        let people = by_unit.entry(text(&shift["unit"])).or_default();
        *people.entry(text(&shift["full_name"])).or_default() += usize::from(counts(shift));
    }
    let spread = |people: &BTreeMap<String, usize>| {
        let least = people.values().min().copied().unwrap_or_default();
        (least, people.values().max().copied().unwrap_or_default())
    };
    by_unit.values().map(spread).collect()
}

fn is_weekend(shift: &Value) -> bool {
    let day = &text(&shift["from"])[..10];
    ["2016-05-21", "2016-05-22", "2016-05-28", "2016-05-29"].contains(&day)
}

#[test]
fn a_rota_leaves_no_hour_and_gives_everybody_their_share() {
    let desk = desk();
    let tried = generate(&desk, &["--pattern", "1x24", "--dry-run"]);
    assert_eq!(list(&desk), Vec::<Value>::new(), "nothing is written");
    let laid = generate(&desk, &["--pattern", "1x24"]);
    assert_eq!(laid["shifts"], tried["shifts"]);
    assert_eq!(
        (&laid["shifts"], kinds(&laid)),
        (&json!(51 * 15), BTreeSet::new())
    );
    assert_eq!(desk.run_json(["roster", "gaps"]).0, 0);
    assert_eq!(
        desk.run_json(["roster", "conflicts", "--period", PERIOD]),
        (0, json!([]))
    );
    let all = list(&desk);
    for counts in [|_: &Value| true, is_weekend] {
        for (least, most) in spreads(&all, counts) {
            assert!(most - least <= 1, "{least} to {most}");
        }
    }
    let again = generate(&desk, &["--pattern", "1x24"]);
    assert_eq!(
        (&again["new"], &again["gone"]),
        (&json!(0), &json!(0)),
        "it stands already"
    );
    assert_eq!(
        laid_out(&self::desk_laid("1x24")),
        laid_out(&desk),
        "the same at another desk"
    );
}

fn desk_laid(pattern: &str) -> Desk {
    let desk = desk();
    generate(&desk, &["--pattern", pattern]);
    desk
}

#[test]
fn rest_comes_before_equal_nights_and_is_told_by_name() {
    let desk = desk();
    let laid = generate(&desk, &["--pattern", "2x12", "--units", "PAR001,PAR002"]);
    assert_eq!(kinds(&laid), BTreeSet::from(["uneven".to_owned()]));
    let finding = &laid["findings"][0];
    assert_eq!(
        finding["unit_code"], "PAR001",
        "the third person of the other makes it even"
    );
    assert_eq!(finding["person"], "Trần Văn An");
    assert_eq!(finding["detail"], "ca đêm: 16, người ít nhất 0");
    // Once it stands it is as uneven as it was when it was tried, however often it is laid out.
    for _ in 0..2 {
        let (code, still) = desk.run_json(["roster", "conflicts"]);
        assert_eq!(code, 0, "nobody is asked to accept it");
        let fields = ["kind", "unit_code", "person", "detail"];
        for field in fields {
            assert_eq!(still[0][field], finding[field]);
        }
        let count = |rows: &Value| rows.as_array().unwrap().len();
        assert_eq!(count(&still), count(&laid["findings"]));
        let again = generate(&desk, &["--pattern", "2x12", "--units", "PAR001,PAR002"]);
        assert_eq!(again["findings"][0]["detail"], finding["detail"]);
    }
    let units: BTreeSet<String> = list(&desk)
        .iter()
        .map(|shift| text(&shift["unit_code"]))
        .collect();
    assert_eq!(
        units,
        BTreeSet::from(["PAR001".to_owned(), "PAR002".to_owned()])
    );
}

#[test]
fn nights_are_spread_as_far_as_rest_allows() {
    let desk = desk();
    let how = ["--pattern", "3x8", "--units", "PAR002", "--rest", "12"];
    let laid = generate(&desk, &how);
    // With rest alone the nights would all be of one: a few shifts go on, and none is too short.
    let known = kinds(&laid);
    let uneven = BTreeSet::from(["uneven".to_owned()]);
    assert!(known.is_subset(&uneven), "{known:?}");
    let nights: Vec<u64> = laid["shares"]
        .as_array()
        .unwrap()
        .iter()
        .map(|share| share["nights"].as_u64().unwrap())
        .collect();
    let (least, most) = (nights.iter().min().unwrap(), nights.iter().max().unwrap());
    assert!(nights.len() == 3 && most - least <= 2, "{nights:?}");
}

#[test]
fn three_shifts_office_hours_and_a_pattern_of_ones_own() {
    let desk = desk();
    for pattern in ["3x8", "office"] {
        let laid = generate(&desk, &["--pattern", pattern, "--dry-run"]);
        let known = kinds(&laid);
        assert!(
            known.is_empty() || known == BTreeSet::from(["uneven".to_owned()]),
            "{pattern}: {known:?}"
        );
    }
    let file = desk.file(
        "mau.json",
        r#"{"name": "Sáng chiều đêm",
            "slots": [{"from": "07:00", "to": "17:00"}, {"from": "17:00", "to": "07:00"}],
            "people": {"PAR002": ["Y Biêr Niê", "Trần Văn An", "Lê Thị Bình"]},
            "days_off": [{"person": "PERSON", "from": "18/05/2016", "to": "20/05/2016"}],
            "limits": {"rest": 10}}"#,
    );
    let people = desk.json(["person", "list", "--unit", "PAR002"]);
    let binh = people
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["full_name"] == "Lê Thị Bình");
    let id = text(&binh.unwrap()["id"]);
    let with_id = std::fs::read_to_string(&file)
        .unwrap()
        .replace("PERSON", &id);
    std::fs::write(&file, with_id).unwrap();
    generate(&desk, &["--pattern", &file, "--units", "PAR002"]);
    let all = list(&desk);
    assert_eq!(
        all[0]["full_name"], "Y Biêr Niê",
        "who is named first begins"
    );
    let off = |shift: &&Value| {
        let (from, to) = (text(&shift["from"]), text(&shift["to"]));
        shift["full_name"] == "Lê Thị Bình" && *from < *"2016-05-21T00" && *"2016-05-18T00" < *to
    };
    let off: Vec<_> = all.iter().filter(off).collect();
    assert!(
        off.iter()
            .all(|shift| text(&shift["to"]) == "2016-05-18T00:00:00+07:00"),
        "{off:?}"
    );
    assert_eq!(
        desk.run_json(["roster", "gaps", "--period", PERIOD]).1,
        json!([])
    );
    let sample = [
        "roster",
        "generate",
        "--period",
        PERIOD,
        "--dry-run",
        "--pattern",
    ];
    let province = Desk::province();
    province.ok([
        "period",
        "add",
        "--name",
        PERIOD,
        "--from",
        "20/05/2016",
        "--to",
        "29/05/2016",
    ]);
    province.ok(sample
        .iter()
        .map(|word| (*word).to_owned())
        .chain([self::sample("pattern.json")]));
    for bad in [
        r#"{"name": "x"}"#,
        r#"{"name": "x", "slots": [{"from": "25:00", "to": "7"}]}"#,
        "{",
        "[]",
    ] {
        let file = desk.file("bad.json", bad);
        let answer = desk.run(["roster", "generate", "--period", PERIOD, "--pattern", &file]);
        assert_eq!(answer.code, 2, "{bad}");
    }
    assert_eq!(
        desk.run(["roster", "generate", "--period", PERIOD, "--pattern", "4x6"])
            .code,
        2
    );
}

#[test]
fn what_stands_by_hand_is_kept_and_undo_brings_back_the_very_bytes() {
    let desk = desk();
    let export = |name: &str| {
        let file = desk.path(name);
        desk.ok(["export", "roster", "-o", &file]);
        std::fs::read(file).unwrap()
    };
    let assign = [
        "roster",
        "assign",
        "--unit",
        "PAR001",
        "--person",
        "Lê Thị Bình",
        "--from",
        "16/05/2016 06:00",
        "--to",
        "16/05/2016 18:00",
    ];
    let id = desk.ok(assign);
    let before = export("before.csv");
    let laid = generate(&desk, &["--pattern", "1x24"]);
    assert_eq!(
        laid["new"],
        json!(51 * 15 + 1),
        "before and after what stands by hand"
    );
    assert!(list(&desk).iter().any(|shift| shift["id"] == id.as_str()));
    assert_ne!(export("laid.csv"), before);
    desk.ok(["undo"]);
    assert!(export("after.csv") == before, "byte for byte");
}

#[test]
fn one_person_stays_on_call_and_nobody_is_a_gap() {
    let desk = desk();
    let people = desk.json(["person", "list", "--unit", "PAR001"]);
    let ids: Vec<String> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["id"]))
        .collect();
    desk.ok(["person", "remove", &ids[0]]);
    let laid = generate(&desk, &["--units", "PAR001"]);
    assert_eq!(
        (&laid["shifts"], kinds(&laid)),
        (&json!(0), BTreeSet::from(["alone".to_owned()]))
    );
    assert_eq!(
        desk.run_json(["roster", "gaps", "--period", PERIOD]).1,
        json!([])
    );
    desk.ok(["person", "remove", &ids[1]]);
    let laid = generate(&desk, &["--units", "PAR001"]);
    assert_eq!(kinds(&laid), BTreeSet::from(["gap".to_owned()]));
}

#[test]
fn exceptions_ask_for_more_on_polling_day() {
    let desk = desk();
    let set = [
        "period",
        "set",
        PERIOD,
        "--letter",
        "290/STTTT-CNTT",
        "--overlap",
        "15",
    ];
    let needs = [
        "--need",
        "*@22/05/2016=main,main",
        "--need",
        "PAR001=main,backup",
    ];
    desk.ok(set.iter().chain(&needs));
    let period = &desk.json(["period", "list"])[0];
    assert_eq!(
        (&period["letter"], &period["overlap"]),
        (&json!("290/STTTT-CNTT"), &json!(15))
    );
    desk.ok(["period", "set", PERIOD, "--overlap", ""]);
    let usual = &desk.json(["period", "list"])[0];
    assert_eq!(
        (&usual["letter"], &usual["overlap"]),
        (&period["letter"], &json!(30))
    );
    let day = &period["needs"][0];
    assert_eq!(
        (&day["begins_at"], &day["ends_at"]),
        (
            &json!("2016-05-22T00:00:00+07:00"),
            &json!("2016-05-23T00:00:00+07:00")
        )
    );
    let list = desk.run(["period", "list"]);
    let told = "Từ 22/05/2016 00:00 đến 23/05/2016 00:00: mỗi đơn vị 2 trực chính";
    assert!(list.out.contains(told), "{}", list.out);
    assert!(list.err.contains("cái hẹp hơn quyết định"), "{}", list.err);
    let (_, gaps) = desk.run_json(["roster", "gaps", "--period", PERIOD]);
    let gaps = gaps.as_array().unwrap();
    // The shorter time decides: that day everybody, whatever is said of a unit besides.
    assert_eq!(gaps.len(), 51);
    let that_day = |gap: &Value| gap["from"] == "2016-05-22T00:00:00+07:00";
    assert!(gaps.iter().all(that_day));
    let nobody = [
        "--need",
        "*@22/05/2016=main,main",
        "--need",
        "PAR001@22/05/2016=",
    ];
    desk.ok(["period", "set", PERIOD].iter().chain(&nobody));
    let (_, gaps) = desk.run_json(["roster", "gaps", "--period", PERIOD]);
    assert_eq!(gaps.as_array().unwrap().len(), 50);
    generate(&desk, &["--pattern", "1x24"]);
    assert_eq!(
        desk.run_json(["roster", "gaps", "--period", PERIOD]).1,
        json!([])
    );
    assert_eq!(
        desk.run(["period", "set", PERIOD, "--need", "PAR001"]).code,
        2
    );
}

#[test]
fn a_rota_is_tried_out_while_others_write() {
    let desk = desk();
    let other = rusqlite::Connection::open(&desk.store).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let tried = generate(&desk, &["--pattern", "2x12", "--dry-run"]);
    assert_eq!(tried["new"], json!(51 * 31));
    let of = |field: &str| -> f64 {
        let shares = tried["shares"].as_array().unwrap().iter();
        shares.map(|share| share[field].as_f64().unwrap()).sum()
    };
    assert_eq!(of("shifts"), f64::from(51 * 31));
    assert_eq!(of("hours"), f64::from(51 * 15 * 24));
}

/// A desk on the 18th at noon, with a rota since the 16th.
fn in_the_middle() -> Desk {
    let desk = desk_laid("1x24");
    desk.ok(["log", "add", "Ngày thứ ba", "--at", "18/05/2016 12:00"]);
    desk
}

fn of_unit(desk: &Desk, unit: &str) -> Vec<Value> {
    let list = desk.json(["roster", "list", "--unit", unit]);
    list.as_array().unwrap().clone()
}

#[test]
fn what_is_over_changes_for_a_reason_only() {
    let desk = in_the_middle();
    let shifts = of_unit(&desk, "PAR001");
    let id = |n: usize| text(&shifts[n]["id"]);
    let states: Vec<String> = shifts
        .iter()
        .take(4)
        .map(|shift| text(&shift["state"]))
        .collect();
    assert_eq!(states, ["done", "done", "running", "planned"]);
    let over = ["17/05/2016 03:00", "17/05/2016 04:00"];
    let refused: &[&[&str]] = &[
        &["roster", "swap", &id(0), &id(1)],
        &["roster", "move", &id(1), "--to", "17/05/2016 20:00"],
        &["roster", "cancel", &id(0)],
        &[
            "roster",
            "cover",
            &id(1),
            "--person",
            "Trần Văn An",
            "--from",
            over[0],
            "--to",
            over[1],
        ],
        &[
            "roster",
            "assign",
            "--unit",
            "PAR001",
            "--person",
            "Trần Văn An",
            "--from",
            over[0],
            "--to",
            over[1],
        ],
    ];
    for words in refused {
        let mut words: Vec<&str> = words.to_vec();
        if words[1] == "cover" {
            // Names repeat in the units: the one of this unit is meant by its id.
            words[4] = PERSON_OF_UNIT;
        }
        let people = desk.json(["person", "list", "--unit", "PAR001"]);
        let person = text(&people[0]["id"]);
        let words: Vec<&str> = words
            .iter()
            .map(|word| {
                if *word == PERSON_OF_UNIT {
                    person.as_str()
                } else {
                    *word
                }
            })
            .collect();
        let answer = desk.run(&words);
        assert_eq!(answer.code, 2, "{words:?} {}", answer.out);
        assert!(answer.err.contains("--reason"), "{}", answer.err);
    }
    assert_eq!(of_unit(&desk, "PAR001"), shifts, "nothing half done");
    desk.ok([
        "roster",
        "swap",
        &id(0),
        &id(1),
        "--reason",
        "Đổi ca hôm ấy, quên ghi",
    ]);
    let after = of_unit(&desk, "PAR001");
    assert_eq!(
        (&after[0]["state"], &after[0]["reason"]),
        (&json!("corrected"), &json!("Đổi ca hôm ấy, quên ghi"))
    );
    assert_eq!(after[0]["full_name"], shifts[1]["full_name"]);
    let people = desk.json(["person", "list", "--unit", "PAR001"]);
    for person in people.as_array().unwrap() {
        let history = desk.json(["person", "history", &text(&person["id"])]);
        let shift = history
            .as_array()
            .unwrap()
            .iter()
            .filter(|change| change["field"] == "shift");
        assert_eq!(shift.count(), 2);
    }
    let log = desk.json(["log", "list"]);
    let last = text(&log.as_array().unwrap().last().unwrap()["text"]);
    assert!(
        last.contains("Sửa lịch trực đã qua") && last.contains("quên ghi"),
        "{last}"
    );
    // The one that runs ends now; the one to come goes, and neither needs a reason.
    desk.ok(["roster", "cancel", &id(2)]);
    desk.ok(["roster", "cancel", &id(3)]);
    let after = of_unit(&desk, "PAR001");
    assert_eq!(after[2]["to"], "2016-05-18T12:00:00+07:00");
    assert_eq!(after.len() + 1, shifts.len());
    assert_eq!(desk.json(["verify"])["ok"], true);
}

const PERSON_OF_UNIT: &str = "Trần Văn An";

#[test]
fn undo_does_not_change_who_was_on_duty() {
    let desk = in_the_middle();
    let answer = desk.run(["undo"]);
    assert_eq!(answer.code, 2, "{}", answer.out);
    assert!(answer.err.contains("18/05/2016 00:00"), "{}", answer.err);
}

#[test]
fn a_rota_in_the_middle_leaves_what_was() {
    let desk = desk();
    let people = desk.json(["person", "list", "--unit", "PAR001"]);
    let id = |name: &str| {
        let mut people = people.as_array().unwrap().iter();
        text(&people.find(|one| one["full_name"] == name).unwrap()["id"])
    };
    // The main contact was another in the first days.
    let at = "17/05/2016 20:00";
    desk.ok([
        "person",
        "set",
        &id("Trần Văn An"),
        "--role",
        "backup",
        "--at",
        at,
    ]);
    desk.ok(["person", "set", &id("Lê Thị Bình"), "--role", "main"]);
    desk.ok(["log", "add", "Ngày thứ ba", "--at", "18/05/2016 12:00"]);
    let who = |at: &str| {
        desk.json(["roster", "on-duty", "--unit", "PAR001", "--at", at])[0]["full_name"].clone()
    };
    let before = who("17/05/2016 09:00");
    assert_eq!(before, "Trần Văn An");
    let laid = generate(&desk, &["--units", "PAR001"]);
    assert_eq!(kinds(&laid), BTreeSet::new());
    assert_eq!(who("17/05/2016 09:00"), before);
    let shifts = of_unit(&desk, "PAR001");
    let on_call = |n: usize| (&shifts[n]["standing"], &shifts[n]["to"]);
    assert_eq!(
        on_call(0),
        (&json!(true), &json!("2016-05-17T20:00:00+07:00"))
    );
    assert_eq!(
        on_call(1),
        (&json!(true), &json!("2016-05-19T00:00:00+07:00"))
    );
    assert_eq!(
        desk.run_json(["roster", "gaps", "--period", PERIOD]).1,
        json!([])
    );
    assert_eq!(
        desk.run_json(["roster", "conflicts", "--period", PERIOD]),
        (0, json!([]))
    );
    // Nobody stood by it yet but who was on call without it, too.
    desk.ok(["undo", "--at", "18/05/2016 13:00"]);
    assert_eq!(of_unit(&desk, "PAR001"), [] as [Value; 0]);
    assert_eq!(who("17/05/2016 09:00"), before);
    // One shift to come leaves what was, too.
    let late = ["--from", "20/05/2016 00:00", "--to", "21/05/2016 00:00"];
    let assign = [
        "roster",
        "assign",
        "--unit",
        "PAR001",
        "--person",
        "Lê Thị Bình",
    ];
    desk.ok(assign.iter().chain(&late));
    assert_eq!(who("17/05/2016 09:00"), before);
    assert_eq!(who("18/05/2016 09:00"), "Lê Thị Bình");
    desk.ok(["log", "add", "Sau bầu cử", "--at", "02/06/2016 08:00"]);
    let over = desk.run(["roster", "generate", "--period", PERIOD]);
    assert_eq!(over.code, 2, "{}", over.out);
}

#[test]
fn shifts_are_moved_split_covered_and_handed_on() {
    let desk = desk_laid("1x24");
    let people = desk.json(["person", "list", "--unit", "PAR002"]);
    let id_of = |name: &str| {
        let mut people = people.as_array().unwrap().iter();
        text(&people.find(|one| one["full_name"] == name).unwrap()["id"])
    };
    let shifts = of_unit(&desk, "PAR002");
    let id = text(&shifts[0]["id"]);
    desk.ok([
        "roster",
        "cover",
        &id,
        "--person",
        &id_of("Y Biêr Niê"),
        "--from",
        "16/05/2016 12:00",
        "--to",
        "16/05/2016 13:00",
    ]);
    let spans = |desk: &Desk| -> Vec<(String, String)> {
        let all = of_unit(desk, "PAR002");
        let first = all
            .iter()
            .take_while(|shift| *text(&shift["from"]) < *"2016-05-17");
        first
            .map(|shift| {
                (
                    text(&shift["full_name"]),
                    text(&shift["from"])[11..16].to_owned(),
                )
            })
            .collect()
    };
    let name = text(&shifts[0]["full_name"]);
    let of = |name: &str, from: &str| (name.to_owned(), from.to_owned());
    assert_eq!(
        spans(&desk),
        [
            of(&name, "00:00"),
            of("Y Biêr Niê", "12:00"),
            of(&name, "13:00")
        ]
    );
    assert_eq!(
        desk.run_json(["roster", "conflicts"]),
        (0, json!([])),
        "who is covered for an hour has rested no less"
    );
    desk.ok(["roster", "split", &id, "16/05/2016 06:00"]);
    assert_eq!(spans(&desk).len(), 4);
    desk.ok(["roster", "move", &id, "--from", "16/05/2016 01:00"]);
    let (_, gaps) = desk.run_json(["roster", "gaps", "--period", PERIOD]);
    assert_eq!(gaps[0]["to"], "2016-05-16T01:00:00+07:00");
    let (code, conflicts) = desk.run_json(["roster", "conflicts", "--period", PERIOD]);
    assert_eq!(
        (code, &conflicts[0]["kind"]),
        (1, &json!("double")),
        "it stands over the part after it"
    );
    desk.ok(["undo"]);
    let (gone, taker) = (id_of("Trần Văn An"), id_of("Y Biêr Niê"));
    desk.ok([
        "roster",
        "replace",
        &gone,
        "--by",
        &taker,
        "--from",
        "20/05/2016",
    ]);
    let late = of_unit(&desk, "PAR002");
    let late = late
        .iter()
        .filter(|shift| *text(&shift["from"]) >= *"2016-05-20");
    assert!(
        late.clone()
            .all(|shift| shift["full_name"] != "Trần Văn An")
    );
    let outside = desk.run(["roster", "split", &id, "20/05/2016 06:00"]);
    assert_eq!(outside.code, 2);
}

#[test]
fn a_name_that_repeats_is_of_the_unit_whose_shift_it_is() {
    let desk = desk_laid("1x24");
    let shifts = of_unit(&desk, "PAR002");
    let (first, second) = (text(&shifts[0]["id"]), text(&shifts[1]["id"]));
    let taker = "Y Biêr Niê";
    let [from, to] = ["16/05/2016 12:00", "16/05/2016 13:00"];
    desk.ok([
        "roster", "cover", &first, "--person", taker, "--from", from, "--to", to,
    ]);
    desk.ok(["roster", "move", &second, "--person", taker]);
    let gone = text(&shifts[2]["full_name"]);
    let by = shifts.iter().map(|shift| text(&shift["full_name"]));
    let by = by.clone().find(|name| *name != gone).unwrap();
    let replace = ["roster", "replace", &gone, "--by", &by];
    assert_eq!(desk.run(replace).code, 2, "nobody knows whose");
    desk.ok(replace.iter().chain(&["--unit", "PAR002"]));
    let people = desk.json(["person", "list", "--unit", "PAR002"]);
    let own: Vec<String> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["full_name"]))
        .collect();
    let after = of_unit(&desk, "PAR002");
    assert!(
        after
            .iter()
            .all(|shift| shift["full_name"] != gone.as_str())
    );
    assert!(
        after
            .iter()
            .all(|shift| own.contains(&text(&shift["full_name"])))
    );
    assert_eq!(after[1]["full_name"], taker);
    let (_, conflicts) = desk.run_json(["roster", "conflicts", "--period", PERIOD]);
    let conflicts = conflicts.as_array().unwrap().iter();
    let kinds: BTreeSet<String> = conflicts.map(|one| text(&one["kind"])).collect();
    assert!(!kinds.contains("other"), "{kinds:?}");
}

#[test]
fn a_sheet_is_of_the_period_and_is_no_edition_where_it_cannot_be_written() {
    let desk = desk_laid("1x24");
    let nowhere = desk.path("không có/1.html");
    for file in [nowhere.as_str(), desk.store.to_str().unwrap()] {
        assert_eq!(desk.run(["roster", "sheet", "-o", file]).code, 2, "{file}");
    }
    assert_eq!(desk.json(["person", "disclosures"]), json!([]));
    let usual = desk.ok(["roster", "sheet", "-o", "-"]);
    let named = desk.ok(["roster", "sheet", "--period", PERIOD, "-o", "-"]);
    assert!(usual.contains("Bản in lần 1"));
    assert_eq!(usual, named, "the period is what nobody has to say");
    let noted = desk.json(["person", "disclosures"]);
    assert_eq!(noted.as_array().unwrap().len(), 2);
}

#[test]
fn hours_in_a_week_are_no_stretch() {
    let desk = desk();
    desk.ok(["settings", "set", "week_hours", "48"]);
    let tried = generate(&desk, &["--pattern", "2x12", "--dry-run"]);
    let findings = tried["findings"].as_array().unwrap();
    let mut weeks = findings.iter().filter(|finding| finding["kind"] == "week");
    let week = weeks.next().expect("two people stand a week of 168 hours");
    assert!(text(&week["detail"]).ends_with(" giờ trong tuần"), "{week}");
    assert!(weeks.all(|week| text(&week["detail"]).ends_with(" giờ trong tuần")));
}

#[test]
fn a_finding_is_accepted_for_a_reason_and_the_log_says_so() {
    let desk = desk();
    for (from, to) in [
        ("16/05/2016 00:00", "17/05/2016 00:00"),
        ("17/05/2016 00:00", "17/05/2016 02:00"),
    ] {
        let span = ["--from", from, "--to", to];
        desk.ok([
            "roster",
            "assign",
            "--unit",
            "PAR001",
            "--person",
            "Trần Văn An",
        ]
        .iter()
        .chain(&span));
    }
    let (code, conflicts) = desk.run_json(["roster", "conflicts"]);
    assert_eq!(code, 1);
    let first = &conflicts[0];
    let keys: Vec<&str> = ["kind", "unit", "post", "person", "from", "to", "detail"].to_vec();
    assert!(keys.iter().all(|key| !first[key].is_null()), "{first}");
    assert_eq!(
        (&first["kind"], &first["detail"]),
        (&json!("long"), &json!("26 giờ liền"))
    );
    let id = &text(&first["id"])[..8];
    assert_eq!(desk.run(["roster", "accept", id, "--reason", " "]).code, 2);
    assert_eq!(
        desk.run(["roster", "accept", "ffffffff", "--reason", "x"])
            .code,
        2
    );
    desk.ok(["roster", "accept", id, "--reason", "Chỉ còn một người"]);
    assert_eq!(desk.run_json(["roster", "conflicts"]), (0, json!([])));
    let (_, all) = desk.run_json(["roster", "conflicts", "--all"]);
    assert_eq!(all[0]["accepted"], "Chỉ còn một người");
    let log = desk.json(["log", "list"]);
    assert_eq!(log[0]["kind"], "decision");
    assert!(text(&log[0]["text"]).starts_with("Chấp nhận trên lịch trực: trực liền quá dài"));
    desk.ok(["roster", "accept", id, "--withdraw"]);
    assert_eq!(desk.run(["roster", "conflicts"]).code, 1);
    assert_eq!(desk.run(["roster", "accept", id, "--withdraw"]).code, 2);
    assert_eq!(desk.json(["verify"])["ok"], true);
}

#[test]
fn who_answered_then_as_things_stood_and_as_the_book_knew() {
    let desk = desk();
    let at = |desk: &Desk, more: &[&str]| {
        let words = [
            "roster",
            "on-duty",
            "--unit",
            "PAR001",
            "--at",
            "16/05/2016 09:00",
        ];
        desk.json(words.iter().chain(more))[0].clone()
    };
    let first = at(&desk, &[]);
    assert_eq!(first["full_name"], "Trần Văn An");
    let people = desk.json(["person", "list", "--unit", "PAR001"]);
    let id = |name: &str| {
        let mut people = people.as_array().unwrap().iter();
        text(&people.find(|one| one["full_name"] == name).unwrap()["id"])
    };
    desk.ok([
        "person",
        "set",
        &id("Trần Văn An"),
        "--mobile",
        "0911 222 333",
        "--at",
        "17/05/2016 10:00",
    ]);
    desk.ok(["person", "set", &id("Trần Văn An"), "--role", "backup"]);
    desk.ok(["person", "set", &id("Lê Thị Bình"), "--role", "main"]);
    // On the morning before, he was main, on the number he had.
    assert_eq!(at(&desk, &[]), first);
    let now = desk.json(["roster", "on-duty", "--unit", "PAR001"]);
    assert_eq!(now[0]["full_name"], "Lê Thị Bình");
    // The book learned on the 18th that she stood in on the 16th.
    let stood_in = [
        "roster",
        "assign",
        "--unit",
        "PAR001",
        "--person",
        "Lê Thị Bình",
        "--from",
        "16/05/2016 08:00",
        "--to",
        "16/05/2016 10:00",
        "--reason",
        "Trực thay, báo sau",
        "--at",
        "18/05/2016 10:00",
    ];
    desk.ok(stood_in);
    assert_eq!(at(&desk, &[])["full_name"], "Lê Thị Bình");
    assert_eq!(at(&desk, &["--known-at", "18/05/2016 09:00"]), first);
    assert_eq!(at(&desk, &["--known-at", "16/05/2016 12:00"]), first);
}

#[test]
fn the_duty_sheet_is_printed_again_as_it_was() {
    let desk = desk_laid("1x24");
    desk.ok(["settings", "set", "place", "Đắk Lắk"]);
    let noted = |name: &str, more: &[&str]| {
        let file = desk.path(name);
        let words = ["roster", "sheet", "--period", PERIOD, "-o", &file];
        let answer = desk.run(words.iter().chain(more));
        assert_eq!(answer.code, 0, "{}", answer.err);
        (std::fs::read_to_string(file).unwrap(), answer.err)
    };
    let print = |name: &str, more: &[&str]| noted(name, more).0;
    let (first, note) = noted("1.html", &[]);
    assert!(
        note.contains("bản in lần đầu") && !note.contains("bản trước"),
        "{note}"
    );
    assert!(
        first.contains("LƯU HÀNH NỘI BỘ")
            && first.contains("Bản in lần 1")
            && first.contains("Đắk Lắk, ngày 10 tháng 5 năm 2016")
    );
    desk.ok(["log", "add", "Một dòng", "--at", "12/05/2016 09:00"]);
    assert_eq!(print("again.html", &[]), first, "nothing in it changed");
    let shifts = of_unit(&desk, "PAR001");
    desk.ok([
        "roster",
        "swap",
        &text(&shifts[0]["id"]),
        &text(&shifts[1]["id"]),
    ]);
    let (second, note) = noted("2.html", &[]);
    assert!(
        note.contains("2 thay đổi") || note.contains("4 thay đổi"),
        "{note}"
    );
    assert!(second.contains("Bản in lần 2") && second.contains("Thay đổi so với bản lần 1"));
    assert_eq!(second.matches("<li>").count(), 4);
    assert_eq!(print("old.html", &["--edition", "1"]), first);
    let person = text(&of_unit(&desk, "PAR001")[0]["full_name"]);
    let people = desk.json(["person", "list", "--unit", "PAR001"]);
    let person = people
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["full_name"] == *person);
    let id = text(&person.unwrap()["id"]);
    desk.ok(["drill", "add", &id, "--outcome", "wrong_number"]);
    let third = print("3.html", &[]);
    assert!(!second.contains("gọi không được") && third.contains("gọi không được"));
    let bare = print("bare.html", &["--redact", "--landscape"]);
    assert!(
        bare.contains("A4 landscape")
            && !bare.contains("LƯU HÀNH NỘI BỘ")
            && !bare.contains("0900 000 0")
    );
    assert!(bare.contains("Bản in lần 1"), "a sheet of its own");
    let none = [
        "roster",
        "sheet",
        "--period",
        PERIOD,
        "--edition",
        "9",
        "-o",
    ];
    assert_eq!(
        desk.run(none.iter().copied().chain([desk.path("9.html").as_str()]))
            .code,
        2
    );
    assert!(!std::path::Path::new(&desk.path("9.html")).exists());
    assert_eq!(desk.json(["verify"])["ok"], true);
}

#[test]
fn what_is_exported_comes_back_in_unchanged() {
    let desk = desk_laid("3x8");
    let people = desk.json(["person", "list", "--unit", "PAR002"]);
    let shifts = of_unit(&desk, "PAR002");
    let id = text(&shifts[3]["id"]);
    // A quarter of an hour by somebody else, over midnight.
    let stands = text(&shifts[3]["full_name"]);
    let other = people
        .as_array()
        .unwrap()
        .iter()
        .find(|one| text(&one["full_name"]) != stands);
    let other = text(&other.unwrap()["id"]);
    let (from, to) = ("16/05/2016 23:50", "17/05/2016 00:05");
    desk.ok([
        "roster", "cover", &id, "--person", &other, "--from", from, "--to", to,
    ]);
    let count = list(&desk).len();
    for layout in ["list", "grid"] {
        for ending in ["csv", "xlsx"] {
            let file = desk.path(&format!("{layout}.{ending}"));
            desk.ok(["export", "roster", "--layout", layout, "-o", &file]);
            let back = desk.json(["roster", "import", &file]);
            let counts = [&back["new"], &back["changed"], &back["same"]];
            assert_eq!(
                counts,
                [&json!(0), &json!(0), &json!(count)],
                "{layout} {ending}"
            );
            assert_eq!(back["rejected"], json!([]), "{layout} {ending}");
        }
    }
}

#[test]
fn a_list_that_comes_late_says_so_and_is_undone() {
    let desk = in_the_middle();
    let before = of_unit(&desk, "Tỉnh đoàn").len();
    let late = "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến\n\
        Tỉnh đoàn,dự phòng,Lê Thị Bình,17/05/2016 07:00,17/05/2016 19:00\n\
        Tỉnh đoàn,dự phòng,Lê Thị Bình,20/05/2016 07:00,20/05/2016 19:00\n";
    desk.ok(["roster", "import", &desk.file("ca.csv", late)]);
    let shifts = desk.json(["roster", "list", "--unit", "Tỉnh đoàn"]);
    let backup = shifts
        .as_array()
        .unwrap()
        .iter()
        .filter(|shift| shift["post"] == "backup");
    let reasons: Vec<(String, String)> = backup
        .map(|shift| (text(&shift["state"]), text(&shift["reason"])))
        .collect();
    let by_list = ("corrected".to_owned(), "Theo danh sách ca.csv".to_owned());
    assert_eq!(reasons, [by_list, ("planned".to_owned(), String::new())]);
    desk.ok(["undo"]);
    assert_eq!(of_unit(&desk, "Tỉnh đoàn").len(), before);
}

#[test]
fn posts_that_the_period_does_not_ask_for_are_not_left_out_silently() {
    let desk = desk();
    let how = ["--posts", "main,backup,leader", "--units", "PAR002"];
    let laid = generate(&desk, &how);
    assert_eq!(laid["left_out"], json!(["backup", "leader"]));
    let posts = list(&desk).into_iter().map(|shift| text(&shift["post"]));
    assert_eq!(
        posts.collect::<BTreeSet<_>>(),
        BTreeSet::from(["main".to_owned()])
    );
    let words = ["roster", "generate", "--period", PERIOD, "--dry-run"];
    let told = desk.run(words.iter().chain(&how)).err;
    assert!(told.contains("Dự phòng: kỳ này không yêu cầu"), "{told}");
    desk.ok([
        "period",
        "set",
        PERIOD,
        "--posts",
        "main,backup",
        "--letter",
        "12/KH",
    ]);
    let laid = generate(&desk, &["--posts", "main,backup", "--units", "PAR002"]);
    assert_eq!(laid["left_out"], Value::Null);
}

#[test]
fn where_there_is_nothing_to_look_at_nothing_is_said_to_be_well() {
    let told = |desk: &Desk| {
        let answer = desk.run(["roster", "conflicts"]);
        assert_eq!(answer.code, 0);
        answer.err
    };
    let well = "Không có chỗ nào chưa ổn";
    let empty = Desk::practice();
    let said = told(&empty);
    assert!(
        said.contains("Chưa có kỳ trực nào") && !said.contains(well),
        "{said}"
    );
    let desk = desk();
    let said = told(&desk);
    assert!(
        said.contains("Chưa xếp ca nào") && !said.contains(well),
        "{said}"
    );
    generate(&desk, &["--pattern", "1x24"]);
    assert!(told(&desk).contains(well));
    let span = ["--from", "01/07/2016", "--to", "02/07/2016"];
    desk.ok(["period", "add", "--name", "Sau"].iter().chain(&span));
    let later = desk.run(["roster", "conflicts", "--period", "Sau"]).err;
    assert!(later.contains("Chưa xếp ca nào"), "{later}");
}
