//! The calendar of a year: seen, taken from a file, gone by when shifts are laid out.

use serde_json::{Value, json};

use crate::desk::Desk;

fn day<'a>(days: &'a Value, date: &str) -> Option<&'a Value> {
    days.as_array()?.iter().find(|day| day["date"] == date)
}

fn year(desk: &Desk, year: &str) -> Value {
    desk.json(["settings", "calendar", "--year", year])
}

#[test]
fn a_year_says_which_days_are_free_and_by_what() {
    let desk = Desk::new();
    let days = year(&desk, "2026");
    for (date, kind, planned) in [
        ("2026-01-02", "given_back", false),
        ("2026-01-10", "worked", false),
        ("2026-04-27", "given_back", false),
        ("2026-08-22", "worked", false),
        ("2026-08-31", "given_back", false),
        ("2026-11-24", "holiday", true),
    ] {
        let day = day(&days, date).unwrap();
        assert_eq!(
            (&day["kind"], &day["planned"]),
            (&json!(kind), &json!(planned)),
            "{date}"
        );
        assert!(!day["source"].as_str().unwrap().is_empty(), "{date}");
    }
    let tet = year(&desk, "2027");
    assert_eq!(day(&tet, "2027-02-06").unwrap()["name"], "Tết Nguyên đán");
    assert_eq!(day(&tet, "2027-02-06").unwrap()["planned"], true);
    let answer = desk.run(["settings", "calendar", "--year", "3000"]);
    assert_eq!(answer.code, 2);
}

#[test]
fn a_year_of_ones_own_is_a_change_that_can_be_undone() {
    let desk = Desk::new();
    let usual = year(&desk, "2026");
    let mut own = usual.clone();
    own[0]["name"] = json!("Ngày của tỉnh");
    let file = desk.file("2026.json", &own.to_string());
    desk.ok(["settings", "calendar", &file]);
    assert_eq!(year(&desk, "2026"), own);
    desk.ok(["undo"]);
    assert_eq!(year(&desk, "2026"), usual);
    desk.ok(["settings", "calendar", &file]);
    desk.ok(["settings", "set", "calendar.2026", ""]);
    assert_eq!(year(&desk, "2026"), usual);
    let answer = desk.run(["settings", "set", "calendar.2027", &own.to_string()]);
    assert_eq!(answer.code, 2, "it is of another year");
}

#[test]
fn everything_that_is_wrong_with_a_year_is_told() {
    let desk = Desk::new();
    let usual = year(&desk, "2026");
    let file = desk.file(
        "bad.json",
        r#"[{"date": "2026-01-09", "kind": "worked", "name": "A", "source": "B"},
            {"date": "2026-02-30", "kind": "free", "name": "A", "source": "B"}]"#,
    );
    let answer = desk.run(["settings", "calendar", &file]);
    assert_eq!(answer.code, 2);
    let told = answer.err;
    let lines: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("ngày thứ"))
        .collect();
    assert_eq!(lines.len(), 3, "{told}");
    assert!(
        lines[0].contains("ngày thứ 1") && lines[1].contains("ngày thứ 2"),
        "{told}"
    );
    assert_eq!(year(&desk, "2026"), usual);
}

#[test]
fn office_hours_go_by_the_calendar() {
    let desk = Desk::empty();
    let at = ["--at", "01/01/2026 00:00"];
    let init = [
        "init",
        "--practice",
        "--site",
        "DLK",
        "--name",
        "Phòng trực",
    ];
    desk.ok(init.iter().chain(&at));
    let units = desk.file("units.csv", "Mã,Tên đơn vị,Khối\nYT,Sở Y tế,department\n");
    desk.ok(["unit", "import", &units]);
    let people = "Đơn vị,Họ và tên,ĐT di động\nSở Y tế,An,0905000001\nSở Y tế,Bình,0905000002\n\
                  Sở Y tế,Chi,0905000003\n";
    desk.ok(["person", "import", &desk.file("people.csv", people)]);
    let period = [
        "period",
        "add",
        "--name",
        "Đầu năm",
        "--from",
        "01/01/2026",
        "--to",
        "12/01/2026",
    ];
    desk.ok(period);
    desk.ok([
        "roster",
        "generate",
        "--period",
        "Đầu năm",
        "--pattern",
        "office",
    ]);
    let shifts = desk.json(["roster", "list", "--period", "Đầu năm"]);
    let begin_on = |day: &str| {
        let shifts = shifts.as_array().unwrap().iter();
        let begins = shifts.map(|shift| shift["from"].as_str().unwrap());
        begins.filter(|from| from.starts_with(day)).count()
    };
    assert_eq!(
        begin_on("2026-01-02"),
        1,
        "given back: one shift through day and night"
    );
    assert_eq!(begin_on("2026-01-10"), 2, "a Saturday that is worked");
    assert_eq!(begin_on("2026-01-11"), 1, "a Sunday");
    let shares = desk.json(["roster", "shares", "--period", "Đầu năm"]);
    let shares = shares.as_array().unwrap().iter();
    let hours: Vec<f64> = shares
        .map(|share| share["hours"].as_f64().unwrap())
        .collect();
    assert_eq!(hours.len(), 3);
    assert_eq!(hours.iter().sum::<f64>(), 12.0 * 24.0, "{hours:?}");

    // Another calendar makes some of its days wrong: they are named, with whose they are.
    let year = r#"[{"date": "2026-01-01", "kind": "holiday", "name": "Tết", "source": "Luật"},
        {"date": "2026-01-07", "kind": "holiday", "name": "Ngày của tỉnh", "source": "Thông báo 1"},
        {"date": "2026-03-08", "kind": "holiday", "name": "Xa", "source": "Thông báo 1"}]"#;
    let file = desk.file("2026.json", year);
    let told = desk.json(["settings", "calendar", &file]);
    let day = |date: &str, free: bool| json!({ "date": date, "free": free, "period": "Đầu năm", "units": ["Sở Y tế"] });
    let expect = [
        day("02/01/2026", false),
        day("07/01/2026", true),
        day("10/01/2026", true),
    ];
    assert_eq!(told, json!(expect));
    let again = desk.run(["settings", "calendar", &file]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
}

#[test]
fn shares_are_even_in_all_that_counts_and_rest_is_kept() {
    let desk = Desk::empty();
    let at = ["--at", "25/12/2026 00:00"];
    let init = [
        "init",
        "--practice",
        "--site",
        "DLK",
        "--name",
        "Phòng trực",
    ];
    desk.ok(init.iter().chain(&at));
    desk.ok([
        "unit",
        "import",
        &desk.file("units.csv", "Mã,Tên đơn vị,Khối\nYT,Sở Y tế,department\n"),
    ]);
    let mut people = "Đơn vị,Họ và tên,ĐT di động\n".to_owned();
    for (n, name) in ["An", "Bình", "Chi", "Dũng"].iter().enumerate() {
        people += &format!("Sở Y tế,{name},090500000{n}\n");
    }
    desk.ok(["person", "import", &desk.file("people.csv", &people)]);
    // Sixty days with Tết in them.
    desk.ok([
        "period",
        "add",
        "--name",
        "Tết",
        "--from",
        "28/12/2026",
        "--to",
        "26/02/2027",
    ]);
    for (pattern, rest, least) in [
        ("2x12", Some("24"), 24.0),
        ("2x12", None, 12.0),
        ("3x8", None, 12.0),
    ] {
        let mut words = vec![
            "roster",
            "generate",
            "--period",
            "Tết",
            "--pattern",
            pattern,
        ];
        words.extend(rest.into_iter().flat_map(|rest| ["--rest", rest]));
        let laid = desk.json(&words);
        assert_eq!(laid["findings"], json!([]), "{words:?}");
        let shares = laid["shares"].as_array().unwrap();
        for count in ["shifts", "nights"] {
            let has = || shares.iter().map(|share| share[count].as_u64().unwrap());
            let (most, least) = (has().max().unwrap(), has().min().unwrap());
            assert!(most <= least + 1, "{words:?} {count} {shares:?}");
        }
        let list = desk.json(["roster", "list", "--period", "Tết"]);
        let mut last = std::collections::BTreeMap::new();
        for shift in list.as_array().unwrap() {
            let at = |name: &str| {
                let text = shift[name].as_str().unwrap();
                sotruc_core::clock::Instant::parse(text).unwrap().millis() as f64 / 3_600_000.0
            };
            if let Some(ended) = last.insert(shift["full_name"].to_string(), at("to")) {
                assert!(at("from") - ended >= least, "{words:?} {shift}");
            }
        }
    }
}
