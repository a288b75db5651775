//! Who is on duty and where nobody is: three units over two days with an hour missing.

use serde_json::{Value, json};

use crate::desk::Desk;

const UNITS: &str = "Mã,Tên đơn vị,Nhóm
A1,Sở Nội vụ,department
B2,VNPT Đắk Lắk,telecom
C3,Công an tỉnh,police
";

const PEOPLE: &str = "Đơn vị,Họ và tên,ĐT di động,Vai trò
Sở Nội vụ,Nguyễn Văn An,0905 000 001,Đầu mối chính
Sở Nội vụ,Lê Thị Bình,0905 000 002,Dự phòng
VNPT Đắk Lắk,Trần Văn Cường,0905 000 003,Kỹ thuật
VNPT Đắk Lắk,Phạm Thị Dung,0905 000 004,
Công an tỉnh,Y Biêr Niê,0905 000 005,Lãnh đạo phụ trách
";

const ROSTER: &str = "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến
Sở Nội vụ,chính,Nguyễn Văn An,21/05/2016 00:00,21/05/2016 12:00
Sở Nội vụ,main,Lê Thị Bình,21/05/2016 12:00,21/05/2016 24:00
so noi vu,Chính,nguyen van an,2016-05-22T01:00:00+07:00,23/05/2016 00:00
Sở Nội vụ,chính,Lê Thị Bình,22/05/2016 20:00,23/05/2016 06:00
";

fn desk() -> Desk {
    let desk = Desk::practice();
    desk.ok(["unit", "import", &desk.file("units.csv", UNITS)]);
    desk.ok(["person", "import", &desk.file("people.csv", PEOPLE)]);
    desk.ok([
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "21/05/2016 00:00",
        "--to",
        "23/05/2016 00:00",
    ]);
    let import = desk.json(["roster", "import", &desk.file("roster.csv", ROSTER)]);
    assert_eq!(
        (&import["new"], &import["rejected"]),
        (&json!(4), &json!([]))
    );
    assert_eq!(
        import["warnings"].as_array().unwrap().len(),
        2,
        "it overlaps and goes past the period: findings, no errors"
    );
    let again = desk.json(["roster", "import", &desk.file("roster.csv", ROSTER)]);
    assert_eq!(again["same"], 4);
    desk
}

#[test]
fn the_missing_hour_is_found() {
    let desk = desk();
    let (code, gaps) = desk.run_json(["roster", "gaps"]);
    assert_eq!(code, 1);
    assert_eq!(
        gaps,
        json!([
            {"unit": "Sở Nội vụ", "unit_code": "A1", "post": "main",
             "from": "2016-05-22T00:00:00+07:00", "to": "2016-05-22T01:00:00+07:00"},
            {"unit": "Công an tỉnh", "unit_code": "C3", "post": "main",
             "from": "2016-05-21T00:00:00+07:00", "to": "2016-05-23T00:00:00+07:00"},
        ])
    );
    let within = [
        "roster",
        "gaps",
        "--from",
        "22/05/2016 00:30",
        "--to",
        "22/05/2016 03:00",
        "--period",
        "bau cu",
    ];
    let (_, gaps) = desk.run_json(within);
    assert_eq!(gaps[0]["from"], "2016-05-22T00:30:00+07:00");
    assert_eq!(gaps[1]["to"], "2016-05-22T03:00:00+07:00");
    let role = desk.ok(["person", "set", "y bier nie", "--role", "main"]);
    assert_eq!(role, "");
    let within = ["roster", "gaps", "--from", "22/05/2016 01:00"];
    assert_eq!(desk.run_json(within), (0, json!([])));
}

#[test]
fn who_answers_at_a_moment() {
    let desk = desk();
    let who = |at: &str| -> Vec<(String, String, bool)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let lines = desk.json(["roster", "on-duty", "--at", at]);
        let lines = lines.as_array().unwrap().iter();
        lines
            .map(|line| {
                (
                    text(&line["unit_code"]),
                    text(&line["number"]),
                    line["standing"].as_bool().unwrap(),
                )
            })
            .collect()
    };
    let vnpt = ("B2".to_owned(), "0905000004".to_owned(), true);
    let a1 = |number: &str| ("A1".to_owned(), number.to_owned(), false);
    assert_eq!(who("21/05/2016 11:59"), [a1("0905000001"), vnpt.clone()]);
    assert_eq!(who("21/05/2016 12:00"), [a1("0905000002"), vnpt.clone()]);
    assert_eq!(who("22/05/2016 00:30"), std::slice::from_ref(&vnpt));
    assert_eq!(
        who("22/05/2016 21:00"),
        [a1("0905000001"), a1("0905000002"), vnpt.clone()]
    );
    // The period is over, and the shift goes on.
    assert_eq!(who("23/05/2016 03:00"), [a1("0905000002"), vnpt]);
    let only = desk.json([
        "roster",
        "on-duty",
        "--at",
        "2016-05-21T03:00:00Z",
        "--unit",
        "a1",
    ]);
    assert_eq!(
        only,
        json!([{"unit": "Sở Nội vụ", "unit_code": "A1", "post": "main", "full_name": "Nguyễn Văn An",
                "number": "0905000001", "from": "2016-05-21T00:00:00+07:00", "to": "2016-05-21T12:00:00+07:00",
                "standing": false}])
    );
}

/// Where nobody is asked for a post, that no hour is empty is no comfort.
#[test]
fn hours_that_nobody_asks_for_are_not_called_covered() {
    let desk = Desk::practice();
    let period = ["period", "add", "--name", "Bầu cử", "--groups", "police"];
    desk.ok(period
        .iter()
        .chain(&["--from", "16/05/2016", "--to", "25/05/2016"]));
    for words in [
        vec!["roster", "gaps"],
        vec![
            "roster",
            "gaps",
            "--from",
            "01/07/2016",
            "--to",
            "02/07/2016",
        ],
    ] {
        let answer = desk.run(words);
        assert!(answer.err.contains("chưa kiểm tra được"), "{}", answer.err);
    }
}

/// What is over is told as it was: in gaps, on duty, exports and on the printed sheet.
#[test]
fn a_contact_who_left_stood_until_then() {
    let desk = Desk::practice();
    let at = |day: &str| ["--at".to_owned(), format!("{day}/05/2016 12:00")];
    let ok = |day: &str, words: &[&str]| {
        let at = at(day);
        desk.ok(words.iter().copied().chain(at.iter().map(String::as_str)))
    };
    ok(
        "16",
        &[
            "unit",
            "add",
            "--name",
            "UBND huyện Lắk",
            "--group",
            "district",
        ],
    );
    let add = |name: &'static str| ["person", "add", "--unit", "UBND huyện Lắk", "--name", name];
    ok(
        "16",
        &[&add("Lê Văn Bình")[..], &["--mobiles", "0905 000 111"]].concat(),
    );
    let days = ["--from", "16/05/2016", "--to", "25/05/2016"];
    ok(
        "16",
        &[&["period", "add", "--name", "Bầu cử"][..], &days].concat(),
    );
    ok("19", &["person", "remove", "Lê Văn Bình"]);
    ok(
        "20",
        &[&add("Lê Thị Cúc")[..], &["--mobiles", "0905 000 222"]].concat(),
    );

    let (code, gaps) = desk.run_json(["roster", "gaps", "--at", "22/05/2016 08:00"]);
    assert_eq!(code, 1);
    let gaps = gaps.as_array().unwrap();
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!(gaps[0]["from"], "2016-05-19T12:00:00+07:00");
    assert_eq!(gaps[0]["to"], "2016-05-20T12:00:00+07:00");
    for (at, who) in [
        ("17/05/2016 10:00", "Lê Văn Bình"),
        ("22/05/2016 10:00", "Lê Thị Cúc"),
    ] {
        let line = &desk.json(["roster", "on-duty", "--at", at])[0];
        assert_eq!(line["full_name"], who);
    }
    let export = ["export", "roster", "-o", "-", "--at", "22/05/2016 08:00"];
    let roster = desk.ok(export);
    for line in [
        "Lê Văn Bình,0905 000 111,16/05/2016 00:00,19/05/2016 12:00",
        "Lê Thị Cúc,0905 000 222,20/05/2016 12:00,26/05/2016 00:00",
    ] {
        assert!(roster.contains(line), "{roster}");
    }
    let day = [
        "roster",
        "sheet",
        "--day",
        "17/05/2016",
        "-o",
        "-",
        "--at",
        "22/05/2016 08:00",
    ];
    let sheet = desk.ok(day);
    assert!(
        sheet.contains("Lê Văn Bình") && !sheet.contains("Lê Thị Cúc"),
        "{sheet}"
    );
}

/// Periods that touch, and one within another: a shift counts wherever it reaches.
#[test]
fn a_shift_over_a_seam_is_one_answer_everywhere() {
    let desk = Desk::practice();
    desk.ok([
        "unit",
        "add",
        "--name",
        "UBND huyện Lắk",
        "--group",
        "district",
    ]);
    for (name, role) in [
        ("Lê Văn Bình", "main"),
        ("Lê Thị Cúc", "backup"),
        ("Lê Văn Tới", "leader"),
    ] {
        desk.ok([
            "person",
            "add",
            "--unit",
            "UBND huyện Lắk",
            "--name",
            name,
            "--role",
            role,
        ]);
    }
    for (name, from, to) in [
        ("Một", "16/05/2016", "19/05/2016"),
        ("Hai", "20/05/2016", "23/05/2016"),
        ("Ngày bầu cử", "21/05/2016", "22/05/2016"),
    ] {
        desk.ok(["period", "add", "--name", name, "--from", from, "--to", to]);
    }
    let assign = |who: &str, post: &str, from: &str, to: &str| {
        let unit = [
            "roster",
            "assign",
            "--unit",
            "UBND huyện Lắk",
            "--person",
            who,
        ];
        desk.ok(unit
            .iter()
            .chain(&["--post", post, "--from", from, "--to", to]));
    };
    assign("Lê Thị Cúc", "main", "19/05/2016 18:00", "20/05/2016 06:00");
    assign(
        "Lê Văn Tới",
        "leader",
        "21/05/2016 07:00",
        "21/05/2016 19:00",
    );
    let who = |at: &str| -> Vec<(Value, Value)> {
        let lines = desk.json(["roster", "on-duty", "--at", at]);
        let lines = lines.as_array().unwrap().iter();
        lines
            .map(|line| (line["post"].clone(), line["full_name"].clone()))
            .collect()
    };
    let main = |name: &str| (json!("main"), json!(name));
    assert_eq!(who("19/05/2016 23:00"), [main("Lê Thị Cúc")]);
    assert_eq!(who("20/05/2016 05:59"), [main("Lê Thị Cúc")]);
    assert_eq!(who("20/05/2016 06:00"), [main("Lê Văn Bình")]);
    // Nobody asks for a leader, and one is there.
    let leader = (json!("leader"), json!("Lê Văn Tới"));
    assert_eq!(who("21/05/2016 08:00"), [main("Lê Văn Bình"), leader]);
    let gaps = desk
        .run_json(["roster", "gaps", "--at", "16/05/2016 08:00"])
        .1;
    let gaps = gaps.as_array().unwrap();
    // The first period is laid out by one shift; the others are held by the contact.
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!(gaps[0]["to"], "2016-05-19T18:00:00+07:00");
    let roster = desk.ok(["export", "roster", "-o", "-", "--at", "16/05/2016 08:00"]);
    let standing = roster.lines().filter(|line| line.contains("Thường trực"));
    let standing: Vec<&str> = standing.collect();
    assert!(standing[0].contains("20/05/2016 06:00"), "{roster}");
}
