//! Leave that is given after a roster was laid out, and calls in vain.

use serde_json::{Value, json};

use crate::desk::Desk;

const PEOPLE: &str = "Đơn vị,Họ và tên,ĐT di động,Vai trò
Sở Nội vụ,Nguyễn Văn An,0905 000 001,Đầu mối chính
Sở Nội vụ,Lê Thị Bình,0905 000 002,Dự phòng
Sở Nội vụ,Trần Văn Chung,0905 000 003,
Sở Nội vụ,Đỗ Thị Lãnh,0905 000 004,Lãnh đạo phụ trách
VNPT Đắk Lắk,Phạm Thị Dung,0905 000 005,Đầu mối chính
VNPT Đắk Lắk,Hồ Văn Em,0905 000 006,Dự phòng
";

const ROSTER: &str = "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến
Sở Nội vụ,chính,Nguyễn Văn An,21/05/2016 00:00,21/05/2016 12:00
Sở Nội vụ,chính,Lê Thị Bình,21/05/2016 12:00,22/05/2016 00:00
Sở Nội vụ,chính,Nguyễn Văn An,22/05/2016 00:00,22/05/2016 12:00
Sở Nội vụ,chính,Lê Thị Bình,22/05/2016 12:00,23/05/2016 00:00
";

fn desk() -> Desk {
    let desk = Desk::practice();
    let units = "Mã,Tên đơn vị,Nhóm\nA1,Sở Nội vụ,department\nB2,VNPT Đắk Lắk,telecom\n";
    desk.ok(["unit", "import", &desk.file("units.csv", units)]);
    desk.ok(["person", "import", &desk.file("people.csv", PEOPLE)]);
    let span = ["--from", "21/05/2016 00:00", "--to", "23/05/2016 00:00"];
    desk.ok([&["period", "add", "--name", "Bầu cử"][..], &span].concat());
    desk.ok(["roster", "import", &desk.file("roster.csv", ROSTER)]);
    desk
}

const NOW: &str = "20/05/2016 08:00";
const AWAY: [&str; 2] = ["--away", "22/05/2016 06:00..22/05/2016 18:00"];

fn leave(desk: &Desk, who: &str) -> Value {
    desk.json([&["person", "set", who, "--at", NOW][..], &AWAY].concat())
}

fn told<'a>(rows: &'a Value, fields: &[&str]) -> Vec<Vec<&'a str>> {
    let row = |row: &'a Value| {
        fields
            .iter()
            .map(|field| row[*field].as_str().unwrap_or(""))
            .collect()
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn leave_after_the_roster_is_told_where_it_is_given_and_wherever_the_roster_is() {
    let desk = desk();
    let falls_on = leave(&desk, "Nguyễn Văn An");
    assert_eq!(
        falls_on["falls_on"],
        json!([{
            "unit": "Sở Nội vụ",
            "post": "main",
            "from": "2016-05-22T00:00:00+07:00",
            "to": "2016-05-22T12:00:00+07:00",
            "could": ["Trần Văn Chung"],
        }]),
        "who rests too little before their own shift could not"
    );
    let fields = ["kind", "unit", "person", "from", "to"];
    let (code, conflicts) = desk.run_json(["roster", "conflicts", "--at", NOW]);
    let six = "2016-05-22T06:00:00+07:00";
    let noon = "2016-05-22T12:00:00+07:00";
    assert_eq!(code, 1);
    assert_eq!(
        told(&conflicts, &fields),
        [["away", "Sở Nội vụ", "Nguyễn Văn An", six, noon]]
    );
    let (code, gaps) = desk.run_json(["roster", "gaps", "--at", NOW]);
    assert_eq!(code, 1);
    let fields = ["kind", "unit", "from", "to"];
    assert_eq!(told(&gaps, &fields), [["away", "Sở Nội vụ", six, noon]]);
    let unit = ["roster", "on-duty", "--unit", "Sở Nội vụ", "--at"];
    let on_duty = |at: &str| desk.json([&unit[..], &[at]].concat());
    assert_eq!(on_duty("22/05/2016 07:00"), json!([]));
    assert_eq!(on_duty("22/05/2016 05:00")[0]["full_name"], "Nguyễn Văn An");
    // What is exported marks it, as a list and as a grid.
    let grid = [
        "export", "roster", "--layout", "grid", "-o", "-", "--at", NOW,
    ];
    let grid = desk.ok(grid);
    assert!(grid.contains("Nguyễn Văn An (nghỉ phép)"), "{grid}");
    // Nobody lays them out by hand then, and a list that does is told so.
    let assign = |who: &str| {
        let when = ["--from", "22/05/2016 06:00", "--to", "22/05/2016 12:00"];
        let what = [
            "roster", "assign", "--unit", "A1", "--post", "main", "--at", NOW,
        ];
        desk.run([&what[..], &["--person", who], &when].concat())
    };
    assert_eq!(assign("Nguyễn Văn An").code, 2);
    assert_eq!(assign("Trần Văn Chung").code, 0);
    let (code, gaps) = desk.run_json(["roster", "gaps", "--at", NOW]);
    assert_eq!((code, gaps), (0, json!([])));
    let list = "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến
Sở Nội vụ,dự phòng,Nguyễn Văn An,22/05/2016 08:00,22/05/2016 10:00\n";
    let import = desk.json([
        "roster",
        "import",
        &desk.file("more.csv", list),
        "--at",
        NOW,
    ]);
    assert_eq!(import["warnings"].as_array().unwrap().len(), 1);
    desk.ok(["verify"]);
}

#[test]
fn a_standing_contact_on_leave_does_not_answer() {
    let desk = desk();
    let who = |at: &str| {
        let unit = ["roster", "on-duty", "--unit", "VNPT Đắk Lắk", "--at", at];
        let on_duty = desk.json(unit);
        let lines = on_duty.as_array().unwrap().iter();
        let line = |line: &Value| (line["full_name"].clone(), line["standing"].clone());
        lines.map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        who("22/05/2016 07:00"),
        [(json!("Phạm Thị Dung"), json!(true))]
    );
    assert_eq!(leave(&desk, "Phạm Thị Dung"), json!({ "falls_on": [] }));
    assert_eq!(who("22/05/2016 07:00"), [(json!("Hồ Văn Em"), json!(true))]);
    assert_eq!(
        who("22/05/2016 19:00"),
        [(json!("Phạm Thị Dung"), json!(true))]
    );
    let (code, gaps) = desk.run_json(["roster", "gaps", "--at", NOW]);
    assert_eq!((code, gaps), (0, json!([])));
    // Now nobody is left, and that is told at once: what is to be answered, and who could.
    let standing = json!({ "falls_on": [{
        "unit": "VNPT Đắk Lắk",
        "post": "main",
        "from": "2016-05-22T06:00:00+07:00",
        "to": "2016-05-22T18:00:00+07:00",
        "could": [],
        "standing": true,
    }] });
    assert_eq!(leave(&desk, "Hồ Văn Em"), standing);
    let said = desk.ok([&["person", "set", "Hồ Văn Em", "--at", NOW][..], &AWAY].concat());
    let expect = "có 1 lượt thường trực không còn ai trả lời";
    assert!(said.contains(expect), "{said}");
    assert_eq!(who("22/05/2016 07:00"), []);
    let (_, gaps) = desk.run_json(["roster", "gaps", "--at", NOW]);
    assert_eq!(told(&gaps, &["kind", "unit"]), [["away", "VNPT Đắk Lắk"]]);
    let (_, conflicts) = desk.run_json(["roster", "conflicts", "--at", NOW]);
    assert_eq!(
        told(&conflicts, &["kind", "unit", "person"]),
        [["away", "VNPT Đắk Lắk", "Phạm Thị Dung"]]
    );
}

#[test]
fn who_was_just_called_in_vain_is_not_called_first() {
    let desk = desk();
    let drill = |who: &str, outcome: &str, at: &str| {
        desk.ok(["drill", "add", who, "--outcome", outcome, "--at", at])
    };
    // They answered days ago, so they are no stranger; but just now they did not.
    drill("Nguyễn Văn An", "answered", "19/05/2016 08:00");
    drill("Nguyễn Văn An", "no_answer", "21/05/2016 07:00");
    let on_duty = |at: &str| desk.json(["roster", "on-duty", "--unit", "Sở Nội vụ", "--at", at]);
    let order = told(
        &on_duty("21/05/2016 07:10")[0]["order"],
        &["full_name", "reason"],
    )
    .into_iter()
    .map(|call| call.join(" "))
    .collect::<Vec<_>>();
    assert_eq!(
        order,
        [
            "Lê Thị Bình contact",
            "Trần Văn Chung contact",
            "Đỗ Thị Lãnh leader",
            "Nguyễn Văn An tried"
        ]
    );
    assert_eq!(on_duty("22/05/2016 07:10")[0]["order"], Value::Null);
}

/// Two calls in vain: one thing to know of each cause, not one for every shift and every day.
#[test]
fn two_calls_in_vain_are_no_flood() {
    let desk = desk();
    for who in ["Nguyễn Văn An", "Lê Thị Bình"] {
        let call = [
            "drill",
            "add",
            who,
            "--outcome",
            "wrong_number",
            "--at",
            NOW,
        ];
        desk.ok(call);
    }
    let at = ["--at", "20/05/2016 09:00"];
    let (_, conflicts) = desk.run_json([&["roster", "conflicts"][..], &at].concat());
    assert_eq!(
        told(&conflicts, &["kind", "unit", "from", "to"]),
        [[
            "unreachable",
            "Sở Nội vụ",
            "2016-05-21T00:00:00+07:00",
            "2016-05-23T00:00:00+07:00"
        ]]
    );
    assert_eq!(conflicts[0]["detail"], "4 ca, 48 giờ; cả Lê Thị Bình");
    let (_, gaps) = desk.run_json([&["roster", "gaps"][..], &at].concat());
    assert_eq!(
        told(&gaps, &["kind", "unit"]),
        [["unreachable", "Sở Nội vụ"]]
    );
    // There is somebody on duty, who is not reached; that is not nobody.
    let (_, on_duty) = desk.run_json([
        "roster",
        "on-duty",
        "--unit",
        "A1",
        "--at",
        "21/05/2016 09:00",
    ]);
    assert_eq!(
        (&on_duty[0]["full_name"], &on_duty[0]["silent"]),
        (&json!("Nguyễn Văn An"), &json!(true))
    );
}

#[test]
fn lists_of_leave_come_in_as_units_send_them() {
    let desk = desk();
    let list = "UBND TỈNH ĐẮK LẮK,,,,
DANH SÁCH NGHỈ PHÉP THÁNG 5,,,,
STT,Đơn vị,Họ và tên,Từ ngày,Đến hết ngày
1,so noi vu,nguyen van an,22/5,25/5/2016
2,Sở Nội vụ,Lê Thị Bình,22/05/2016 06:00,22/05/2016 18:00
3,VNPT Đắk Lắk,Không Có Ai,22/05/2016,23/05/2016
4,VNPT Đắk Lắk,Hồ Văn Em,25/05/2016,23/05/2016
";
    let file = desk.file("nghi.csv", list);
    let bring = |file: &str, more: &[&str]| {
        let words = ["person", "leave", "import", file, "--at", NOW];
        desk.run_json([&words[..], more].concat())
    };
    assert_eq!(bring(&file, &[]).0, 2, "nothing half done");
    assert_eq!(
        desk.json(["person", "show", "Lê Thị Bình"])["away"],
        json!([])
    );
    let (code, import) = bring(&file, &["--skip-rejected"]);
    assert_eq!((code, &import["changed"]), (0, &json!(2)));
    let rejected = import["rejected"].as_array().unwrap();
    let rejected: Vec<_> = rejected.iter().map(|row| row["row"].clone()).collect();
    assert_eq!(rejected, [json!(6), json!(7)]);
    let away = |who: &str| {
        let person = desk.json(["person", "show", who]);
        let spans = person["away"].as_array().unwrap().clone();
        let span = |span: &Value| (span["from"].clone(), span["to"].clone());
        spans.iter().map(span).collect::<Vec<_>>()
    };
    let (from, to) = ("2016-05-22T00:00:00+07:00", "2016-05-26T00:00:00+07:00");
    assert_eq!(away("Nguyễn Văn An"), [(json!(from), json!(to))]);
    assert_eq!(bring(&file, &["--skip-rejected"]).1["same"], 2);
    let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Nghỉ phép: Hồ Văn Em\r\n\
        DTSTART;VALUE=DATE:20160522\r\nDTEND;VALUE=DATE:20160526\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let (code, import) = bring(&desk.file("nghi.ics", calendar), &[]);
    assert_eq!((code, &import["changed"]), (0, &json!(1)), "{import}");
    assert_eq!(away("Hồ Văn Em"), [(json!(from), json!(to))]);
    // They are found by it.
    let found = desk.json(["search", "nghi phep"]);
    let titles = told(&found, &["title"]).concat();
    for who in ["Nguyễn Văn An", "Lê Thị Bình", "Hồ Văn Em"] {
        assert!(titles.contains(&who), "{who}: {titles:?}");
    }
    assert!(!titles.contains(&"Trần Văn Chung"));
    desk.ok(["verify"]);
}

#[test]
fn shares_and_the_table_of_hours_leave_out_leave_alike() {
    let desk = desk();
    leave(&desk, "Nguyễn Văn An");
    leave(&desk, "Lê Thị Bình");
    let shares = desk.json(["roster", "shares", "--period", "Bầu cử"]);
    let hours = |name: &str| {
        let mut rows = shares.as_array().unwrap().iter();
        let row = rows.find(|row| row["full_name"] == name).unwrap();
        (row["shifts"].clone(), row["hours"].clone())
    };
    assert_eq!(hours("Nguyễn Văn An"), (json!(2), json!(18.0)));
    assert_eq!(hours("Lê Thị Bình"), (json!(2), json!(18.0)));
    let file = desk.path("hours.csv");
    desk.ok(["export", "hours", "-o", &file]);
    let table = std::fs::read_to_string(file).unwrap();
    let row = |name: &str| {
        let row = table.lines().find(|line| line.contains(name)).unwrap();
        row.split(',').skip(3).take(2).map(str::to_owned).collect()
    };
    let expect: Vec<String> = vec!["2".to_owned(), "18:00".to_owned()];
    for name in ["Nguyễn Văn An", "Lê Thị Bình"] {
        let found: Vec<String> = row(name);
        assert_eq!(found, expect, "{table}");
    }
}

#[test]
fn a_list_of_leave_says_which_duty_falls_on_it() {
    let desk = desk();
    let list = "Đơn vị,Họ và tên,Từ ngày,Đến hết ngày
Sở Nội vụ,Nguyễn Văn An,21/05/2016,22/05/2016
VNPT Đắk Lắk,Phạm Thị Dung,22/05/2016,22/05/2016
VNPT Đắk Lắk,Hồ Văn Em,22/05/2016,22/05/2016
";
    let file = desk.file("nghi.csv", list);
    let words = ["person", "leave", "import", &file, "--at", NOW];
    let fallen = |import: &Value| -> Vec<String> {
        let rows = import["warnings"].as_array().unwrap().iter();
        rows.map(|row| {
            let text = |field: &str| row[field].as_str().unwrap().to_owned();
            format!("{} {}: {}", row["row"], text("message"), text("other"))
        })
        .collect()
    };
    let expect = [
        "2 ngày nghỉ rơi vào ca trực: Sở Nội vụ, 21/05/2016 00:00 – 21/05/2016 12:00",
        "2 ngày nghỉ rơi vào ca trực: Sở Nội vụ, 22/05/2016 00:00 – 22/05/2016 12:00",
        "3 nghỉ thì không còn ai thường trực: VNPT Đắk Lắk, 22/05/2016 00:00 – 23/05/2016 00:00",
    ];
    let tried = desk.json([&words[..], &["--dry-run"]].concat());
    assert_eq!(fallen(&tried), expect);
    let told = desk.run([&words[..], &["--dry-run"]].concat()).out;
    let sum = "Ngày nghỉ rơi vào 2 ca trực, 1 lượt thường trực không còn ai trả lời.\n";
    assert!(told.contains(sum), "{told}");
    assert_eq!(fallen(&desk.json(words)), expect);
    // What is known already is not told again.
    let again = "Đơn vị,Họ và tên,Từ ngày,Đến hết ngày
Sở Nội vụ,Nguyễn Văn An,21/05/2016,22/05/2016
Sở Nội vụ,Nguyễn Văn An,01/06/2016,01/06/2016
";
    let again = desk.file("nghi2.csv", again);
    let import = desk.json(["person", "leave", "import", &again, "--at", NOW]);
    assert_eq!((&import["changed"], fallen(&import)), (&json!(1), vec![]));
}

#[test]
fn leave_that_is_noted_next_takes_none_away() {
    let desk = Desk::province();
    let people = desk.json(["person", "list"]);
    let id = people[0]["id"].as_str().unwrap();
    desk.ok(["person", "set", id, "--away", "15/05/2016..16/05/2016"]);
    let told = desk.run(["person", "set", id, "--away", "25/05/2016"]);
    assert!(told.err.contains("15/05/2016"), "{}", told.err);
    let count = || {
        let shown = desk.json(["person", "show", id]);
        shown["away"].as_array().unwrap().len()
    };
    assert_eq!(count(), 2);
    desk.ok(["person", "set", id, "--away", ""]);
    assert_eq!(count(), 0);
}
