//! Spreadsheets as units send them: each brings what a person would read in it.

use serde_json::{Map, Value, json};

use crate::desk::{Desk, fixture, sample};

const FIELDS: &[&str] = &[
    "unit",
    "full_name",
    "title",
    "role",
    "mobiles",
    "landline",
    "email",
];

/// A list of people without their order, and with the fields that spreadsheets hold.
fn people(list: &Value) -> Vec<String> {
    let of = |person: &Value| {
        let fields = FIELDS
            .iter()
            .map(|field| ((*field).to_owned(), person[field].clone()));
        Value::from(Map::from_iter(fields)).to_string()
    };
    let mut people: Vec<String> = list.as_array().unwrap().iter().map(of).collect();
    people.sort_unstable();
    people
}

fn places(rejected: &Value) -> Vec<(Value, Value)> {
    let rows = rejected.as_array().unwrap().iter();
    rows.map(|row| (row["row"].clone(), row["column"].clone()))
        .collect()
}

#[test]
fn each_list_brings_what_a_person_would_read_in_it() {
    let check = |name: &str, format: &str, encoding: Option<&str>, more: &[&str]| {
        let desk = Desk::new();
        desk.ok(["unit", "import", &sample("units.csv")]);
        let file = fixture(&format!("sheets/{name}"));
        let words = ["person", "import", &file, "--skip-rejected"];
        let words: Vec<&str> = words.iter().chain(more).copied().collect();
        let expected = std::fs::read(format!("{file}.expected.json")).unwrap();
        let expected: Value = serde_json::from_slice(&expected).unwrap();
        let import = desk.json(&words);
        assert_eq!(
            places(&import["rejected"]),
            places(&expected["rejected"]),
            "{name}"
        );
        assert_eq!(
            people(&desk.json(["person", "list"])),
            people(&expected["people"]),
            "{name}"
        );
        assert_eq!(import["detected"]["format"], format, "{name}");
        assert_eq!(import["detected"]["encoding"], json!(encoding), "{name}");
        let again = desk.json(&words);
        assert_eq!(
            (&again["new"], &again["changed"]),
            (&json!(0), &json!(0)),
            "{name}"
        );
    };
    check("tidy.csv", "csv", Some("utf-8-bom"), &[]);
    check("title-and-groups.xlsx", "xlsx", None, &[]);
    check("numbers-as-numbers.xlsx", "xlsx", None, &[]);
    check("windows-1258.csv", "csv", Some("windows-1258"), &[]);
    check(
        "unicode-text-old-numbers.txt",
        "tsv",
        Some("utf-16le"),
        &["--convert-old-numbers"],
    );
    check("two-row-header-merged.xlsx", "xlsx", None, &[]);
    check("bad-rows.csv", "csv", Some("utf-8"), &[]);
}

#[test]
fn what_was_written_stays_in_the_history() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file(
        "list.csv",
        "Đơn vị,Họ và tên,SĐT\nSở Y tế,BÙI THỊ MAI,0168 171 0846\n",
    );
    let words = ["person", "import", &list];
    let kept = desk.json(words);
    assert_eq!(kept["warnings"].as_array().unwrap().len(), 1);
    let person = &desk.json(["person", "list"])[0];
    assert_eq!(person["full_name"], "Bùi Thị Mai");
    assert_eq!(person["mobiles"], json!(["01681710846"]));
    let changed = desk.json(["person", "import", &list, "--convert-old-numbers"]);
    assert_eq!(
        changed["changes"],
        json!([{
            "id": person["id"], "full_name": "Bùi Thị Mai", "field": "mobiles",
            "old": ["01681710846"], "new": ["0381710846"],
        }])
    );
    let id = person["id"].as_str().unwrap();
    let history = desk.json(["person", "history", id]).to_string();
    for written in ["BÙI THỊ MAI", "01681710846", "0381710846"] {
        assert!(history.contains(written), "{history}");
    }
    desk.ok(["undo"]);
    let person = &desk.json(["person", "list"])[0];
    assert_eq!(person["mobiles"], json!(["01681710846"]));
}

#[test]
fn a_unit_spelt_otherwise_is_known_or_asked_for() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file(
        "list.csv",
        "Đơn vị,Họ và tên,SĐT
Ủy ban nhân dân huyện Cư M’gar,An Một,0905000001
UBND H. Krông Pắk,An Hai,0905000002
UBND huyện Krông A Na,An Ba,0905000003
Sở TT&TT,An Bốn,0905000004
Sở Khoa học,An Năm,0905000005
Phòng Không Có,An Sáu,0905000006
",
    );
    let words = ["person", "import", &list, "--skip-rejected"];
    let import = desk.json(words);
    assert_eq!(import["new"], 4);
    let nearest = |at: usize| import["rejected"][at]["nearest"].clone();
    assert_eq!(nearest(0), "Sở Khoa học và Công nghệ");
    assert_eq!(nearest(1), Value::Null);
    desk.ok(["unit", "alias", "DEP009", "Sở Khoa học"]);
    assert_eq!(desk.json(words)["new"], 1);
    let import = desk.json(["person", "import", &list, "--create-units"]);
    assert_eq!(
        (&import["new"], &import["rejected"]),
        (&json!(1), &json!([]))
    );
    assert_eq!(
        desk.json(["unit", "show", "Phòng Không Có"])["group"],
        "other"
    );
}

#[test]
fn columns_and_sheets_are_named_by_hand() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file("list.csv", "Nơi,Ai,Gọi\nSở Y tế,Bùi Thị Mai,0905000001\n");
    let words = ["person", "import", list.as_str()];
    assert_eq!(desk.run(words).code, 2);
    let map = [
        "--map",
        "Nơi=unit",
        "--map",
        "Ai=full_name",
        "--map",
        "Gọi=mobiles",
    ];
    let words: Vec<&str> = words.iter().chain(&map).copied().collect();
    assert_eq!(desk.json(&words)["new"], 1);
    let sheet = fixture("sheets/numbers-as-numbers.xlsx");
    assert_eq!(
        desk.run(["person", "import", &sheet, "--sheet", "Không có"])
            .code,
        2
    );
    assert_eq!(
        desk.json(["person", "import", &sheet, "--sheet", "sheet"])["new"],
        30
    );
}

#[test]
fn a_list_without_headings_is_read_by_the_letters_of_its_columns() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file(
        "list.csv",
        "1,Sở Y tế,Bùi Thị Mai,0905000001\n2,Sở Tài chính,Hà Văn Năm,0905000002\n",
    );
    let words = ["person", "import", list.as_str()];
    assert_eq!(desk.run(words).code, 2);
    let some = ["--map", "C=full_name"];
    assert_eq!(desk.run(words.iter().chain(&some).copied()).code, 2);
    let map = [
        "--map",
        "b=unit",
        "--map",
        "C=full_name",
        "--map",
        "D=mobiles",
    ];
    let words: Vec<&str> = words.iter().chain(&map).copied().collect();
    let import = desk.json(&words);
    assert_eq!(
        (&import["new"], &import["rejected"]),
        (&json!(2), &json!([]))
    );
    assert_eq!(desk.json(&words)["same"], 2);
}

#[test]
fn people_side_by_side_in_a_row_all_come_in() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file(
        "list.csv",
        "Đơn vị,Đầu mối chính,SĐT,Đầu mối dự phòng,SĐT\n\
         Sở Y tế,Bùi Thị Mai,0905000001,Hà Văn Năm,0905000002\n\
         Sở Tài chính,Lê Thị Sáu,0905000003,,\n\
         Sở Nội vụ,,,Trần Văn Tư,0905000004\n\
         Sở Tư pháp,Đỗ Thị Ba,0905000005,Vũ Văn Hai,O905000006\n",
    );
    let words = ["person", "import", list.as_str(), "--skip-rejected"];
    let import = desk.json(words);
    assert_eq!(import["new"], 5);
    assert_eq!(places(&import["rejected"]), [(json!(5), json!("SĐT"))]);
    let people = desk.json(["person", "list"]);
    let told = |name: &str| {
        let person = people
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["full_name"] == name);
        let person = person.unwrap_or_else(|| panic!("{name} is there"));
        (
            person["unit"].clone(),
            person["role"].clone(),
            person["mobiles"][0].clone(),
        )
    };
    let is = |unit: &str, role: &str, number: &str| (json!(unit), json!(role), json!(number));
    assert_eq!(told("Bùi Thị Mai"), is("Sở Y tế", "main", "0905000001"));
    assert_eq!(told("Hà Văn Năm"), is("Sở Y tế", "backup", "0905000002"));
    assert_eq!(told("Trần Văn Tư"), is("Sở Nội vụ", "backup", "0905000004"));
    assert_eq!(desk.json(words)["same"], 5);
}

/// Who a list brings in, as `unit: name`, and the rows that were turned away.
fn brought(text: &str) -> (Vec<String>, Vec<u64>) {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file("list.csv", text);
    let import = desk.json(["person", "import", &list, "--skip-rejected"]);
    let people = desk.json(["person", "list"]);
    let mut named: Vec<String> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{}: {}",
                one["unit"].as_str().unwrap(),
                one["full_name"].as_str().unwrap()
            )
        })
        .collect();
    named.sort_unstable();
    let rejected = import["rejected"].as_array().unwrap().iter();
    (
        named,
        rejected.map(|row| row["row"].as_u64().unwrap()).collect(),
    )
}

#[test]
fn nobody_is_lost_or_given_to_another_unit() {
    let check = |text: &str, expect: &[&str], rejected: &[u64]| {
        assert_eq!(
            brought(text),
            (
                expect.iter().map(|one| (*one).to_owned()).collect(),
                rejected.to_vec()
            ),
            "{text}"
        );
    };
    // Below a signature: who has a number of the list or a unit is of it, who signs is not.
    check(
        "TT,Đơn vị,Họ tên,SĐT\n1,Sở Y tế,Bùi Thị Mai,0905000001\n,,Người lập biểu,\n\
         ,,Trần Thị Lập,0905000009\n2,Sở Tài chính,Hà Văn Năm,0905000002\n",
        &["Sở Tài chính: Hà Văn Năm", "Sở Y tế: Bùi Thị Mai"],
        &[],
    );
    check(
        "TT,Họ tên,SĐT\nI,Sở Y tế,\n1,Bùi Thị Mai,0905000001\n,Người lập biểu,\n\
         II,Sở Tài chính,\n1,Hà Văn Năm,0905000002\n",
        &["Sở Tài chính: Hà Văn Năm", "Sở Y tế: Bùi Thị Mai"],
        &[],
    );
    // A unit that names nobody yet ends no list.
    check(
        "TT,Đơn vị,Họ tên,Chức vụ,SĐT\n1,Sở Nội vụ,,Trưởng phòng,\n\
         2,Sở Y tế,Bùi Thị Mai,,0905000001\n",
        &["Sở Y tế: Bùi Thị Mai"],
        &[2],
    );
    // Family names that begin as units do.
    check(
        "TT,Đơn vị,Họ tên,SĐT\n1,Sở Y tế,Bàn Văn Ba,0905000001\n2,Sở Y tế,Đoàn Văn An,\n\
         3,Sở Y tế,Trương Văn Hùng,0905000003\n",
        &["Sở Y tế: Bàn Văn Ba", "Sở Y tế: Trương Văn Hùng"],
        &[3],
    );
    // A unit written over its people, and one row that says two units.
    check(
        "TT,Đơn vị,Họ tên,SĐT\n1,Sở Y tế,,\n,,Bùi Thị Mai,0905000001\n,,Hà Văn Năm,0905000002\n\
         2,Sở Tài chính,,\n,,Lê Thị Sáu,0905000003\n",
        &[
            "Sở Tài chính: Lê Thị Sáu",
            "Sở Y tế: Bùi Thị Mai",
            "Sở Y tế: Hà Văn Năm",
        ],
        &[],
    );
    check(
        "Mã đơn vị,Đơn vị,Họ tên,SĐT\nDEP001,Sở Tài chính,Bùi Thị Mai,0905000001\n",
        &[],
        &[2],
    );
    // Two lists, the second with other columns and under another title.
    check(
        "Đơn vị: Sở Y tế,,\nTT,Họ tên,SĐT\n1,Bùi Thị Mai,0905000001\n,,\n\
         Đơn vị: Sở Tài chính,,\nTT,Họ tên,Chức vụ,SĐT\n1,Hà Văn Năm,Kế toán,0905000002\n",
        &["Sở Tài chính: Hà Văn Năm", "Sở Y tế: Bùi Thị Mai"],
        &[],
    );
}

#[test]
fn the_number_of_a_unit_over_its_people_is_nobody_s() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file(
        "list.csv",
        "TT,Họ tên,SĐT\nI,Sở Y tế,02623850001\n1,Bùi Thị Mai,0905000001\n",
    );
    let import = desk.json(["person", "import", &list]);
    assert_eq!(
        (&import["new"], &import["rejected"]),
        (&json!(1), &json!([]))
    );
    let told = &import["warnings"][0];
    assert_eq!(
        (&told["row"], &told["value"]),
        (&json!(2), &json!("02623850001"))
    );
    assert_eq!(
        desk.json(["person", "list"])[0]["mobiles"],
        json!(["0905000001"])
    );
}

#[test]
fn a_name_in_two_columns_is_one_and_a_position_beside_it_is_none() {
    let names = |text: &str| brought(text).0;
    assert_eq!(
        names("Đơn vị,Họ và tên,,SĐT\nSở Y tế,Nguyễn Văn,Hùng,0905000001\n"),
        ["Sở Y tế: Nguyễn Văn Hùng"]
    );
    assert_eq!(
        names("Đơn vị,Họ và tên,,SĐT\nSở Y tế,Nguyễn Văn Hùng,Giám đốc,0905000001\n"),
        ["Sở Y tế: Nguyễn Văn Hùng"]
    );
    assert_eq!(
        names("Đơn vị,Họ và tên,SĐT\nSở Y tế,Đại úy NGUYỄN VĂN HÙNG (*),0905000001\n"),
        ["Sở Y tế: Nguyễn Văn Hùng"]
    );
}

#[test]
fn roles_are_known_in_cells_as_in_headings() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let roles = [
        ("Cán bộ chính", json!("main")),
        ("Thay thế", json!("backup")),
        ("Dự bị", json!("backup")),
        ("Phụ", json!("backup")),
        ("Lãnh đạo", json!("leader")),
        ("Kỹ thuật", json!("technical")),
        ("Phụ trách", json!(null)),
        ("Trực máy", json!(null)),
    ];
    let mut list = "Đơn vị,Họ và tên,SĐT,Vai trò\n".to_owned();
    for (n, (role, _)) in roles.iter().enumerate() {
        let letter = char::from(b'A' + u8::try_from(n).unwrap());
        list.push_str(&format!("Sở Y tế,Bùi Thị {letter}a,090500000{n},{role}\n"));
    }
    desk.ok(["person", "import", &desk.file("list.csv", &list)]);
    for (n, (written, role)) in roles.iter().enumerate() {
        let letter = char::from(b'A' + u8::try_from(n).unwrap());
        let person = desk.json(["person", "show", &format!("Bùi Thị {letter}a")]);
        assert_eq!(&person["role"], role, "{written}");
        let kept = if role.is_null() {
            json!(written)
        } else {
            json!(null)
        };
        assert_eq!(person["role_text"], kept, "{written}");
    }
}

#[test]
fn two_people_who_are_one_become_one() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file(
        "list.csv",
        "Đơn vị,Họ và tên,SĐT,Chức vụ\nSở Y tế,Bùi Thị Mai,0905000001,Bác sĩ\nSở Y tế,Bùi Mai,0905000002,\n",
    );
    desk.ok(["person", "import", &list]);
    for (name, away) in [
        (
            "Bùi Thị Mai",
            "18/05/2016..20/05/2016; 01/06/2016..01/06/2016",
        ),
        ("Bùi Mai", "19/05/2016..22/05/2016"),
    ] {
        desk.ok(["person", "set", name, "--away", away]);
    }
    let before = desk.json(["person", "list"]);
    desk.ok(["person", "merge", "Bùi Mai", "Bùi Thị Mai"]);
    let people = desk.json(["person", "list"]);
    assert_eq!(people.as_array().unwrap().len(), 1);
    assert_eq!(people[0]["full_name"], "Bùi Thị Mai");
    assert_eq!(people[0]["mobiles"], json!(["0905000001", "0905000002"]));
    // Days off on both cards are days off; those that touch are one time.
    let shown = desk.ok(["person", "show", "Bùi Thị Mai"]);
    let told = "18/05/2016 00:00 – 23/05/2016 00:00; 01/06/2016 00:00 – 02/06/2016 00:00";
    assert!(shown.contains(told), "{shown}");
    let away = json!([
        {"from": "2016-05-18T00:00:00+07:00", "to": "2016-05-23T00:00:00+07:00"},
        {"from": "2016-06-01T00:00:00+07:00", "to": "2016-06-02T00:00:00+07:00"},
    ]);
    assert_eq!(people[0]["away"], away);
    assert_eq!(desk.json(["person", "show", "Bùi Thị Mai"])["away"], away);
    desk.ok(["undo"]);
    assert_eq!(desk.json(["person", "list"]), before);
    let itself = desk.run(["person", "merge", "Bùi Mai", "Bùi Mai"]);
    assert_eq!(itself.code, 2);
}

#[test]
fn people_stand_in_the_order_of_given_names_or_of_their_own() {
    let desk = Desk::new();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let names = "An,Ân,Ẩn,Bình,Dũng,Đào,Đạo,Hoa,Hòa,Hóa,Hoạ";
    let mut list = "Đơn vị,Họ và tên,SĐT\n".to_owned();
    for (n, name) in names.rsplit(',').enumerate() {
        list.push_str(&format!("Sở Y tế,Lê Văn {name},09050001{n:02}\n"));
    }
    desk.ok(["person", "import", &desk.file("list.csv", &list)]);
    let given = || {
        let people = desk.json(["person", "list"]);
        let last = |person: &Value| {
            let name = person["full_name"].as_str().unwrap();
            name.rsplit(' ').next().unwrap().to_owned()
        };
        people
            .as_array()
            .unwrap()
            .iter()
            .map(last)
            .collect::<Vec<_>>()
            .join(",")
    };
    assert_eq!(given(), names);
    desk.ok(["person", "set", "Lê Văn Hoạ", "--sort-name", "Lê Văn Anh"]);
    assert_eq!(given(), "An,Hoạ,Ân,Ẩn,Bình,Dũng,Đào,Đạo,Hoa,Hòa,Hóa");
}
