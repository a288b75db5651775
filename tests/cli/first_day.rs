//! The main job: lists in, a number found, a line, an incident, tables out.

use serde_json::{Value, json};

use crate::desk::{Desk, fixture, sample};

#[test]
fn a_tidy_list_comes_in_once() {
    let desk = Desk::new();
    let import = desk.json(["unit", "import", &sample("units.csv")]);
    assert_eq!(
        (&import["new"], &import["rejected"], &import["warnings"]),
        (&json!(51), &json!([]), &json!([]))
    );
    let import = desk.json(["person", "import", &fixture("sheets/tidy.csv")]);
    assert_eq!(
        (&import["new"], &import["rejected"]),
        (&json!(122), &json!([]))
    );

    let expected: Value =
        serde_json::from_str(include_str!("../fixtures/sheets/tidy.csv.expected.json")).unwrap();
    let people: Vec<Value> = desk
        .json(["person", "list"])
        .as_array()
        .unwrap()
        .iter()
        .map(|person| {
            let fields = [
                "unit",
                "full_name",
                "title",
                "role",
                "mobiles",
                "landline",
                "email",
            ];
            fields
                .iter()
                .map(|field| ((*field).to_owned(), person[field].clone()))
                .collect::<serde_json::Map<_, _>>()
        })
        .map(Value::from)
        .collect();
    assert_eq!(Value::from(people), expected["people"]);

    let head = desk.ok(["head"]);
    let again = desk.json(["person", "import", &fixture("sheets/tidy.csv")]);
    assert_eq!(
        (&again["same"], &again["new"], &again["changed"]),
        (&json!(122), &json!(0), &json!(0))
    );
    assert_eq!(
        desk.ok(["head"]),
        head,
        "a list that says nothing new writes nothing"
    );

    let first = |words: &str| {
        desk.json(["search", words])[0]["title"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(first("buon ma thuot"), "UBND thành phố Buôn Ma Thuột");
    assert!(first("dung").ends_with(" Dũng"), "{}", first("dung"));
    assert_eq!(first("0911075"), "Đinh Quang Tuấn");
    assert_eq!(first("0911 075 106"), "Đinh Quang Tuấn");
}

#[test]
fn bad_rows_are_named_and_nothing_is_written() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let head = desk.ok(["head"]);
    let (code, import) = desk.run_json(["person", "import", &fixture("sheets/bad-rows.csv")]);
    assert_eq!(code, 2);
    let rejected: Vec<(u64, &str)> = import["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["row"].as_u64().unwrap(),
                row["column"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        rejected,
        [(5, "Họ và tên"), (8, "Điện thoại di động"), (14, "Đơn vị")]
    );
    assert_eq!(import["rejected"][1]["value"], "09O5 l23 45");
    assert_eq!(import["rejected"][1]["file"], "bad-rows.csv");
    assert_eq!(import["warnings"][0]["row"], 17);
    assert_eq!(desk.ok(["head"]), head);

    let dry = desk.json([
        "person",
        "import",
        &fixture("sheets/bad-rows.csv"),
        "--dry-run",
        "--skip-rejected",
    ]);
    assert_eq!(dry["new"], 19);
    assert_eq!(desk.ok(["head"]), head);
    assert_eq!(
        desk.json([
            "person",
            "import",
            &fixture("sheets/bad-rows.csv"),
            "--skip-rejected"
        ])["new"],
        19
    );
    assert_eq!(desk.json(["person", "list"]).as_array().unwrap().len(), 19);
    desk.ok(["undo"]);
    assert_eq!(
        desk.json(["person", "list"]),
        json!([]),
        "one import is one undo"
    );
}

#[test]
fn a_night_is_written_down() {
    let desk = Desk::province();
    let at = ["--at", "22/05/2016 20:32"];
    let open = [
        "incident",
        "open",
        "--title",
        "Trang chủ bị thay đổi",
        "--unit",
        "cu mgar huyen",
    ];
    assert_eq!(
        desk.run(open.iter().chain(&["--type", "T05"])).code,
        2,
        "the words of a name in another order are no name"
    );
    let open = [
        "incident",
        "open",
        "--title",
        "Trang chủ bị thay đổi",
        "--unit",
        "ubnd huyen cu mgar",
        "--type",
        "t05",
    ];
    assert_eq!(desk.ok(open.iter().chain(&at)), "DLK/2016-0001");
    let line = [
        "log",
        "add",
        "Gọi VNPT",
        "--kind",
        "communication",
        "--incident",
        "DLK/2016-0001",
        "--unit",
        "TEL001",
    ];
    assert_eq!(desk.ok(line), "1");
    assert_eq!(
        desk.ok(["log", "add", "- không phải tùy chọn", "--incident", "1"]),
        "2"
    );
    assert_eq!(
        desk.run(["log", "correct", "1", "Gọi Viettel"]).code,
        2,
        "a correction needs its reason"
    );
    assert_eq!(
        desk.ok([
            "log",
            "correct",
            "1",
            "Gọi Viettel",
            "--reason",
            "gọi nhầm tên"
        ]),
        "3"
    );
    assert_eq!(
        desk.run(["log", "correct", "DLK-1", "Gọi FPT", "--reason", "nữa"])
            .code,
        2,
        "corrected once"
    );
    let log = desk.json(["log", "list"]);
    assert_eq!(
        (&log[0]["corrected_by"], &log[2]["corrects"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(log[0]["occurred_at"], "2016-05-22T20:32:00+07:00");
    assert_eq!(
        (&log[0]["site"], &log[0]["author"]),
        (&json!("DLK"), &json!("Đoàn Ngọc Ánh"))
    );

    let incident = desk.json(["incident", "show", "DLK/2016-0001"]);
    assert_eq!(
        (
            &incident["severity"],
            &incident["status"],
            &incident["type"]
        ),
        (&Value::Null, &json!("new"), &json!("T05"))
    );
    assert_eq!(incident["entries"].as_array().unwrap().len(), 3);
    desk.ok([
        "incident",
        "set",
        "1",
        "--severity",
        "serious",
        "--status",
        "in_hand",
    ]);
    desk.ok(["incident", "close", "1"]);
    let incident = desk.json(["incident", "show", "1"]);
    assert_eq!(
        (&incident["severity"], &incident["status"]),
        (&json!("serious"), &json!("closed"))
    );
    assert_eq!(desk.json(["incident", "list", "--open"]), json!([]));
    assert_eq!(desk.json(["verify"])["ok"], true);
}

#[test]
fn a_person_is_changed_and_remembered() {
    let desk = Desk::province();
    let id = desk.json(["person", "list", "--unit", "POL001"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let before = desk.json(["person", "show", &id]);
    desk.ok([
        "person",
        "set",
        &id,
        "--note",
        "- chỉ nhắn tin",
        "--mobiles",
        "0905 000 999; 0911 000 999",
    ]);
    let person = desk.json(["person", "show", &id]);
    assert_eq!(person["note"], "- chỉ nhắn tin");
    assert_eq!(person["mobiles"], json!(["0905000999", "0911000999"]));
    let history = desk.json(["person", "history", &id]);
    let last = history.as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["field"], &last["value"]),
        (&json!("note"), &json!("- chỉ nhắn tin"))
    );
    desk.ok(["undo"]);
    assert_eq!(desk.json(["person", "show", &id]), before);
    desk.ok(["person", "remove", &id]);
    assert_eq!(desk.run(["person", "show", &id]).code, 2);
    assert!(
        !desk
            .json(["person", "history", &id])
            .as_array()
            .unwrap()
            .is_empty(),
        "their past stays"
    );
}

#[test]
fn who_must_send_and_who_has_sent() {
    let desk = Desk::province();
    let period = [
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "16/05/2016",
        "--to",
        "25/05/2016",
    ];
    let id = desk.ok(period.iter().chain(&["--groups", "telecom,police"]));
    assert_eq!(id.len(), 36);
    let set = [
        "submission",
        "set",
        "vnpt dak lak",
        "--period",
        "bau cu",
        "--state",
        "received",
    ];
    desk.ok(set
        .iter()
        .chain(&["--document", "12/CV-VNPT", "--received", "13/05/2016 09:00"]));
    let list = desk.json(["submission", "list", "--period", &id]);
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 6);
    let vnpt = list
        .iter()
        .find(|row| row["unit_code"] == "TEL001")
        .unwrap();
    assert_eq!(
        (&vnpt["state"], &vnpt["document"]),
        (&json!("received"), &json!("12/CV-VNPT"))
    );
    assert_eq!(vnpt["received_at"], "2016-05-13T09:00:00+07:00");
    // The lists came in before the period was there.
    assert!(list.iter().all(|row| row["state"] == "received"));
    let periods = desk.json(["period", "list"]);
    assert_eq!(
        periods[0]["to"], "2016-05-26T00:00:00+07:00",
        "until the 25th works on the 25th"
    );
}

#[test]
fn the_demonstration_leaves_its_tables() {
    let desk = Desk::empty();
    let out = desk.path("out");
    desk.ok(["demo", &out]);
    for table in ["roster", "people", "incidents", "log", "summary"] {
        let bytes = std::fs::read(format!("{out}/{table}.csv")).unwrap();
        assert!(bytes.starts_with(b"\xef\xbb\xbf"), "{table}");
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text.matches('\n').count(),
            text.matches("\r\n").count(),
            "{table}"
        );
        assert!(text.lines().count() > 5, "{table}");
    }
    let people = std::fs::read_to_string(format!("{out}/people.csv")).unwrap();
    assert!(
        people.contains(",0985 070 671,"),
        "numbers keep their blanks"
    );
    assert!(
        !desk.store.exists(),
        "the demonstration has a book of its own"
    );
    desk.ok(["demo", &out]);
    assert!(
        std::path::Path::new(&out)
            .join("so-truc-mau-2.sotruc")
            .exists(),
        "an earlier one is left"
    );
}
