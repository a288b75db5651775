//! Duty lists as units send them: each brings the shifts that a person would read in it.

use serde_json::{Value, json};

use crate::desk::{Desk, fixture, project, sample};

/// A desk with the people whom the lists name, and the weeks they speak of.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    desk.ok(["person", "import", &fixture("rosters/people.csv")]);
    let days = ["--from", "01/05/2016", "--to", "05/06/2016"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&days));
    desk
}

/// The key of a message.
fn key(messages: &Value, start: &str, text: &Value) -> String {
    let all = messages.as_object().unwrap().iter();
    let mut found = all.filter(|(key, value)| key.starts_with(start) && *value == text);
    let (key, _) = found.next().unwrap_or_else(|| panic!("{text}"));
    key[start.len()..].to_owned()
}

fn lines(list: &[Value]) -> Vec<String> {
    let mut lines: Vec<String> = list.iter().map(ToString::to_string).collect();
    lines.sort_unstable();
    lines
}

fn shifts(desk: &Desk) -> Vec<Value> {
    let list = desk.json(["roster", "list"]);
    let text = |shift: &Value, field: &str| shift[field].as_str().unwrap().to_owned();
    let time = |shift: &Value, field: &str| {
        let at = text(shift, field);
        let day: Vec<&str> = at[..10].split('-').rev().collect();
        format!("{} {}", day.join("/"), &at[11..16])
    };
    let line = |shift: &Value| {
        let (unit, post, name) = (
            text(shift, "unit"),
            text(shift, "post"),
            text(shift, "full_name"),
        );
        let (from, to) = (time(shift, "from"), time(shift, "to"));
        json!(format!("{unit} | {post} | {name} | {from} | {to}"))
    };
    list.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn each_list_brings_the_shifts_that_a_person_would_read_in_it() {
    let messages = std::fs::read(project("assets/messages/vi.json")).unwrap();
    let messages: Value = serde_json::from_slice(&messages).unwrap();
    for name in [
        "day-and-hours.csv",
        "ranges.csv",
        "month-marks.xlsx",
        "week-marks.csv",
        "days-by-shifts.xlsx",
        "leader-and-staff.csv",
        "shifts-by-days.xlsx",
        "exported-grid.csv",
        "sheets-per-unit.xlsx",
        "bad-cells.csv",
        "days-as-groups.csv",
        "two-row-headings.xlsx",
        "shifts-under-days.csv",
        "letter-head.csv",
        "posts-under-units.csv",
    ] {
        let desk = desk();
        let file = fixture(&format!("rosters/{name}"));
        let expected = std::fs::read(format!("{file}.expected.json")).unwrap();
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        let words = ["roster", "import", &file, "--skip-rejected"];
        let import = desk.json(words);
        let rejected = import["rejected"].as_array().unwrap().iter().map(|row| {
            let expected = key(&messages, "expected_", &row["expected"]);
            json!([
                row["row"],
                row["column"],
                row["value"],
                expected,
                row["nearest"]
            ])
        });
        let warnings = import["warnings"].as_array().unwrap().iter().map(|row| {
            let notice = key(&messages, "notice_", &row["message"]);
            json!([
                row["row"],
                row["column"],
                notice,
                row["other"].as_str().unwrap_or_default()
            ])
        });
        let all = |field: &str| lines(expected[field].as_array().unwrap());
        assert_eq!(lines(&shifts(&desk)), all("shifts"), "{name}");
        assert_eq!(
            lines(&rejected.collect::<Vec<_>>()),
            all("rejected"),
            "{name}"
        );
        assert_eq!(
            lines(&warnings.collect::<Vec<_>>()),
            all("warnings"),
            "{name}"
        );
        let again = desk.json(words);
        assert_eq!(
            (&again["new"], &again["changed"]),
            (&json!(0), &json!(0)),
            "{name}"
        );
    }
}

/// Everything of our own grid comes back as it is, as text and as a workbook.
fn unchanged(desk: &Desk) {
    for ending in ["csv", "xlsx"] {
        let file = desk.path(&format!("grid.{ending}"));
        desk.ok(["export", "roster", "--layout", "grid", "-o", &file]);
        let back = desk.json(["roster", "import", &file]);
        let counts = (&back["rejected"], &back["new"], &back["changed"]);
        assert_eq!(counts, (&json!([]), &json!(0), &json!(0)), "{ending}");
    }
}

#[test]
fn the_grid_of_the_sample_province_comes_back_unchanged() {
    let desk = Desk::province();
    let span = ["--from", "16/05/2016 00:00", "--to", "26/05/2016 00:00"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&span));
    unchanged(&desk);
    desk.ok(["roster", "import", &sample("roster.csv")]);
    let count = shifts(&desk).len();
    unchanged(&desk);
    assert_eq!(shifts(&desk).len(), count);
}

#[test]
fn names_of_every_kind_come_back_in_our_own_grid() {
    let names = [
        "H'Linh Êban",
        "Lê Văn A",
        "Y Ngoan",
        "Nguyễn Văn An, Bộ phận một cửa",
        "Trần Thị Bé; Phan Văn Tư",
        "Lê An & Bình",
        "Lê Văn An (Tổ trưởng)",
        "Phó Thị Ba",
    ];
    for (name, whole) in names.iter().flat_map(|name| [(name, true), (name, false)]) {
        let desk = Desk::new();
        desk.ok(["unit", "import", &sample("units.csv")]);
        desk.ok(["person", "add", "--unit", "Sở Y tế", "--name", name]);
        let days = ["--from", "16/05/2016", "--to", "20/05/2016"];
        desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&days));
        let listed = desk.json(["person", "list", "--unit", "Sở Y tế"]);
        let id = listed[0]["id"].as_str().unwrap().to_owned();
        for day in 16..=20 {
            let (from, to) = match whole {
                true => (
                    format!("{day}/05/2016 00:00"),
                    format!("{}/05/2016 00:00", day + 1),
                ),
                false => (
                    format!("{day}/05/2016 07:00"),
                    format!("{day}/05/2016 19:00"),
                ),
            };
            let assign = ["roster", "assign", "--unit", "Sở Y tế", "--person", &id];
            let when = ["--from", &from, "--to", &to, "--reason", "Ghi bù"];
            desk.ok(assign.iter().chain(&when));
        }
        unchanged(&desk);
    }
}

#[test]
fn a_second_list_beside_the_first_is_not_put_on_its_days() {
    let desk = desk();
    let text = "Ngày,Ca,Họ tên,Ngày,Ca,Họ tên\n\
        16/5/2016,7h-19h,Bùi Thị Mai,20/5/2016,7h-19h,Hà Văn Năm\n\
        17/5/2016,7h-19h,Bùi Thị Mai,21/5/2016,7h-19h,Hà Văn Năm\n";
    let file = desk.file("Sở Y tế.csv", &format!("Sở Y tế\n{text}"));
    let import = desk.json(["roster", "import", &file, "--skip-rejected"]);
    let rejected = import["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), 2, "{import}");
    let told = shifts(&desk);
    assert!(
        told.iter()
            .all(|line| !line.to_string().contains("Hà Văn Năm")),
        "{told:?}"
    );
}

#[test]
fn what_cannot_be_told_for_certain_is_turned_away() {
    let check = |rows: &str, count: usize, expect: &[&str]| {
        let desk = desk();
        let import = desk.json([
            "roster",
            "import",
            &desk.file("a.csv", rows),
            "--skip-rejected",
        ]);
        assert_eq!(
            import["rejected"].as_array().unwrap().len(),
            count,
            "{import}"
        );
        let told = shifts(&desk);
        let told: Vec<&str> = told.iter().filter_map(Value::as_str).collect();
        assert_eq!(told, expect, "{rows}");
    };
    let day = "Đơn vị,Ngày,Giờ trực,Họ tên\n";
    for row in [
        "16/5/2016,19h00 hôm trước đến 7h00,Bùi Thị Mai",
        "16/5/2016 18/5/2016,24/24,Bùi Thị Mai",
        "\"T2, T4\",24/24,Bùi Thị Mai",
    ] {
        check(&format!("{day}Sở Y tế,{row}\n"), 1, &[]);
    }
    check(
        &format!("{day}Sở Y tế,16/5/2016,24/24,\"Bùi Thị Mai (đến 12h), Hà Văn Năm (từ 12h)\"\n"),
        1,
        &[],
    );
    check(
        "Đơn vị,Họ tên,Từ,Đến\nSở Y tế,\"Bùi Thị Mai (đến 12h), Hà Văn Năm (từ 12h)\",\
         16/5/2016 07:00,17/5/2016 07:00\n",
        1,
        &[],
    );
    check(
        "Sở Y tế\nLỊCH TRỰC THÁNG 5/2016\nĐơn vị,Ca,28,29,30,31,1\n\
         Sở Y tế,24/24,,,,Bùi Thị Mai,Hà Văn Năm\n",
        0,
        &[
            "Sở Y tế | main | Bùi Thị Mai | 31/05/2016 00:00 | 01/06/2016 00:00",
            "Sở Y tế | main | Hà Văn Năm | 01/06/2016 00:00 | 02/06/2016 00:00",
        ],
    );
}

#[test]
fn a_day_that_nobody_meant_does_not_come_in_without_a_word() {
    let desk = desk();
    let people: Value = desk.json(["person", "list"]);
    let person = &people[0];
    let (unit, name) = (&person["unit"], &person["full_name"]);
    let (unit, name) = (unit.as_str().unwrap(), name.as_str().unwrap());
    let rows = [
        "29/02/2027 07:00,29/02/2027 19:00",
        "05/03/228 07:00,05/03/228 19:00",
        "16/05/0016 07:00,16/05/0016 19:00",
        "16/05/2016 07:00,16/05/2017 07:00",
        "16/05/2061 07:00,17/05/2061 07:00",
        "2016-05-18T20:00Z,2016-05-19T00:00Z",
        "20/05/2016 07:00,23/05/2016 07:00",
    ];
    let rows = rows.map(|times| format!("{unit},{name},Chính,{times}\n"));
    let head = "Đơn vị,Họ và tên,Vị trí,Từ,Đến\n";
    let list = desk.file("list.csv", &format!("{head}{}", rows.concat()));
    let words = ["roster", "import", &list, "--skip-rejected"];
    let import = desk.json(words);
    let turned_away = import["rejected"].as_array().unwrap().iter();
    let turned_away: Vec<i64> = turned_away
        .map(|row| row["row"].as_i64().unwrap())
        .collect();
    assert_eq!(turned_away, [2, 3, 4, 5, 6], "{import}");
    assert_eq!(import["warnings"][0]["row"], 8, "{import}");
    let taken = shifts(&desk);
    let taken: Vec<&str> = taken.iter().map(|line| line.as_str().unwrap()).collect();
    assert!(
        taken[0].ends_with("19/05/2016 03:00 | 19/05/2016 07:00"),
        "{taken:?}"
    );
    assert!(
        taken[1].ends_with("20/05/2016 07:00 | 23/05/2016 07:00"),
        "{taken:?}"
    );
}

#[test]
fn a_heading_that_is_no_day_leaves_no_name_out_in_silence() {
    let grids = [
        // The third day is none, then the last, then one among numbers, then one over two posts.
        ("Đơn vị,Ca,27/4,28/4,31/04,1/5,2/5\n", 5, 1),
        ("Đơn vị,Ca,27/4,28/4,29/4,30/4,31/4\n", 5, 1),
        ("Đơn vị,Ca,1,2,3,4,5,6,7,8,9,1O,11,12\n", 12, 1),
        ("Đơn vị,Ca,29/05/2016,30/05/2016,31/06/2016\n", 3, 1),
    ];
    for (head, days, wrong) in grids {
        let desk = desk();
        let people: Value = desk.json(["person", "list"]);
        let name = people[0]["full_name"].as_str().unwrap();
        let unit = people[0]["unit"].as_str().unwrap();
        let title = "LỊCH TRỰC THÁNG 5 NĂM 2016,\n\n";
        let row = format!("{unit},7h-19h{}\n", format!(",{name}").repeat(days));
        let list = desk.file("grid.csv", &format!("{title}{head}{row}"));
        let import = desk.json(["roster", "import", &list, "--skip-rejected"]);
        let rejected = import["rejected"].as_array().unwrap().len();
        assert_eq!(rejected, wrong, "{head}{import}");
        assert_eq!(shifts(&desk).len(), days - wrong, "{head}{import}");
    }
}

#[test]
fn a_day_over_rows_that_is_none_is_not_the_day_before() {
    let desk = desk();
    let people: Value = desk.json(["person", "list"]);
    let name = people[0]["full_name"].as_str().unwrap();
    let unit = people[0]["unit"].as_str().unwrap();
    let day = |day: &str| format!("Ngày {day}/2016,,\n{unit},{name},7h-19h\n");
    let rows = [day("30/05"), day("31/06"), day("01/06")].concat();
    let head = "LỊCH TRỰC,,\n\nĐơn vị,Họ và tên,Giờ trực\n";
    let list = desk.file("list.csv", &format!("{head}{rows}"));
    let import = desk.json(["roster", "import", &list, "--skip-rejected"]);
    assert_eq!(import["rejected"][0]["row"], 7, "{import}");
    let taken = shifts(&desk);
    let from = |shift: &Value| shift.as_str().unwrap().contains("31/05");
    assert!(
        taken.len() == 2 && !taken.iter().any(from),
        "{taken:?}\n{import}"
    );
}
