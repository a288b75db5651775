//! Units are merged, renamed and split: people and history follow, old names still find.

use serde_json::json;

use crate::desk::{Desk, fixture, sample};

#[test]
fn districts_become_communes_and_districts_again() {
    let desk = Desk::practice();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let list = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nUBND huyện Lắk,Bùi Thị Mai,0905000001\nUBND huyện Krông Bông,Hà Văn Năm,0905000002\n",
    );
    desk.ok(["person", "import", &list]);
    desk.ok(["log", "add", "Mất mạng", "--unit", "UBND huyện Lắk"]);
    let before = desk.ok(["export", "people", "-o", "-"]);
    let units_before = desk.ok(["export", "units", "-o", "-"]);
    let changes = desk.file(
        "sap-xep.csv",
        "Đơn vị cũ,Đơn vị mới,Mã mới,Nhóm\nUBND huyện Lắk,UBND xã Liên Sơn Lắk,COM901,commune\n\
         UBND huyện Lắk,UBND xã Đắk Liêng,COM902,commune\n\
         UBND huyện Krông Bông,UBND xã Liên Sơn Lắk,COM901,commune\n",
    );
    let words = ["unit", "reorganise", &changes, "--on", "01/07/2025"];
    let dry = desk.json(words.iter().chain(&["--dry-run"]));
    assert_eq!(
        (&dry["new"], &dry["changed"], &dry["same"]),
        (&json!(2), &json!(2), &json!(0))
    );
    assert_eq!(dry["changes"][0]["new"], "UBND xã Liên Sơn Lắk");
    assert_eq!(desk.ok(["export", "units", "-o", "-"]), units_before);

    desk.ok(words);
    let people = desk.json(["person", "list"]);
    assert!(
        people
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["unit"] == "UBND xã Liên Sơn Lắk")
    );
    for old in ["UBND huyện Lắk", "ubnd huyen lak", "DIS011"] {
        let found = desk.json(["unit", "show", old]);
        assert_eq!(found["name"], "UBND xã Liên Sơn Lắk", "{old}");
    }
    assert_eq!(desk.json(["unit", "show", "COM902"])["people"], 0);
    // The log says what it said; the unit of today finds it.
    let lines = desk.json(["log", "list"]);
    assert_eq!(lines[0]["unit"], "UBND huyện Lắk");
    // A list as it was written before still comes in, and changes nothing.
    let again = desk.json(["person", "import", &list]);
    assert_eq!((&again["same"], &again["new"]), (&json!(2), &json!(0)));

    // That the new unit sent it was noted.
    desk.ok(["undo"]);
    desk.ok(["undo"]);
    assert_eq!(desk.ok(["export", "people", "-o", "-"]), before);
    assert_eq!(desk.ok(["export", "units", "-o", "-"]), units_before);
    desk.ok(["verify"]);
}

#[test]
fn a_list_with_an_unknown_unit_changes_nothing() {
    let desk = Desk::practice();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let changes = desk.file(
        "sap-xep.csv",
        "Đơn vị cũ,Đơn vị mới\nUBND huyện Lắk,UBND xã Đắk Liêng\nUBND huyện Không Có,UBND xã Khác\n",
    );
    let head = desk.ok(["head"]);
    let (code, told) = desk.run_json(["unit", "reorganise", &changes, "--on", "01/07/2025"]);
    assert_eq!(
        (
            code,
            &told["rejected"][0]["row"],
            &told["rejected"][0]["column"]
        ),
        (2, &json!(3), &json!("Đơn vị cũ"))
    );
    assert_eq!(desk.ok(["head"]), head);
}

/// The fifteen districts of the sample province give way to its communes, as on 01/07/2025: which
/// commune takes a district's people is our choice, that of its seat.
#[test]
fn the_districts_of_a_province_become_its_communes() {
    let desk = Desk::province();
    let words = ["--from", "18/05/2016 00:00", "--to", "26/05/2016 00:00"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&words));
    desk.ok(["roster", "import", &sample("roster.csv")]);
    let (district, seat) = ("UBND huyện Cư M'gar", "UBND xã Quảng Phú");
    desk.ok(["log", "add", "Trang chủ bị thay ảnh", "--unit", district]);
    let contact = contact_of(&desk, district);
    desk.ok(["drill", "add", &contact, "--outcome", "answered"]);
    let sent = ["submission", "set", district, "--period", "Bầu cử"];
    let how = ["--state", "received", "--document", "45/UBND-VX"];
    desk.ok(sent.iter().chain(&how));

    let kinds = ["units", "people", "roster", "submissions", "drills", "log"];
    let exports = || kinds.map(|kind| desk.ok(["export", kind, "-o", "-"]));
    let before = exports();
    let people = desk.json(["person", "list"]).as_array().unwrap().len();
    let changes = fixture("units/districts-to-communes.csv");
    let words = ["unit", "reorganise", &changes, "--on", "01/07/2016"];
    let told = desk.json(words);
    assert_eq!((&told["new"], &told["changed"]), (&json!(68), &json!(15)));
    // Of each district that has people all communes but the first are told to get nobody.
    assert_eq!(told["warnings"].as_array().unwrap().len(), 45);

    let found = desk.json(["unit", "show", "ubnd huyen cu mgar"]);
    assert_eq!(found["name"], seat);
    assert_eq!(contact_of(&desk, seat), contact);
    assert_eq!(
        desk.json(["person", "list"]).as_array().unwrap().len(),
        people
    );
    let called = desk.json(["drill", "list", "--person", &contact]);
    assert_eq!(called[0]["unit"], seat);
    assert_eq!(desk.json(["search", district])[0]["title"], seat);
    // What the district had sent, its commune has sent; a period that was over then would not know it.
    let owed = desk.json(["submission", "list", "--period", "Bầu cử"]);
    let of = |unit: &str| {
        owed.as_array()
            .unwrap()
            .iter()
            .find(|one| one["unit"] == unit)
            .cloned()
    };
    assert_eq!(of(district), None);
    assert_eq!(
        of(seat).map(|one| one["state"].clone()),
        Some(json!("waiting"))
    );
    // The list of the province as it is since then only adds the communes from beyond its old border.
    let list = desk.json(["unit", "import", &fixture("units/units-2026.csv")]);
    assert_eq!(
        (&list["new"], &list["changed"], &list["rejected"]),
        (&json!(34), &json!(0), &json!([]))
    );

    desk.ok(["undo"]);
    desk.ok(["undo"]);
    assert_eq!(exports(), before);

    // On a day within the period the commune owes nothing that the district has sent.
    let words = ["unit", "reorganise", &changes, "--on", "20/05/2016"];
    desk.ok(words);
    let owed = desk.json(["submission", "list", "--period", "Bầu cử"]);
    let one = owed
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["unit"] == seat);
    let one = one.unwrap();
    assert_eq!(
        (&one["state"], &one["document"]),
        (&json!("received"), &json!("45/UBND-VX"))
    );
    desk.ok(["undo"]);
    assert_eq!(exports(), before);
    desk.ok(["verify"]);
}

/// The id of the first of a unit's people.
fn contact_of(desk: &Desk, unit: &str) -> String {
    let people = desk.json(["person", "list", "--unit", unit]);
    people[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_unit_that_takes_another_in_still_owes_its_own() {
    let desk = Desk::province();
    let words = ["--from", "18/05/2016 00:00", "--to", "26/05/2016 00:00"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&words));
    let sent = ["submission", "set", "Sở Nội vụ", "--period", "Bầu cử"];
    desk.ok(sent.iter().chain(&["--state", "received"]));
    let owes = ["submission", "set", "Sở Tài chính", "--period", "Bầu cử"];
    desk.ok(owes.iter().chain(&["--state", "waiting"]));
    let changes = desk.file(
        "sap-nhap.csv",
        "Đơn vị cũ,Đơn vị mới\nSở Nội vụ,Sở Tài chính\n",
    );
    desk.ok(["unit", "reorganise", &changes, "--on", "20/05/2016"]);
    let owed = desk.json(["submission", "list", "--period", "Bầu cử"]);
    let owed = owed.as_array().unwrap();
    let one = owed
        .iter()
        .find(|one| one["unit"] == "Sở Tài chính")
        .unwrap();
    assert_eq!(one["state"], "waiting");
    let sheet = desk.ok(["export", "submissions", "-o", "-", "--redact"]);
    assert!(!sheet.contains("0972 010 306"), "numbers are left out");
}

#[test]
fn a_unit_keeps_its_code_under_another_name_and_no_code_is_of_two() {
    let desk = Desk::practice();
    desk.ok(["unit", "import", &sample("units.csv")]);
    let units = desk.ok(["export", "units", "-o", "-"]);
    let changes = desk.file(
        "doi-ten.csv",
        "Đơn vị cũ,Đơn vị mới,Mã mới\nSở Kế hoạch và Đầu tư,Sở Kinh tế,DEP003\n",
    );
    let told = desk.json(["unit", "reorganise", &changes, "--on", "16/05/2016"]);
    assert_eq!(
        (&told["new"], &told["changed"], &told["same"]),
        (&json!(0), &json!(1), &json!(0))
    );
    assert_eq!(
        desk.json(["unit", "show", "so ke hoach va dau tu"])["name"],
        "Sở Kinh tế"
    );
    desk.ok(["undo"]);
    assert_eq!(desk.ok(["export", "units", "-o", "-"]), units);

    // A day that is over needs a reason, which stands in the log.
    let words = ["unit", "reorganise", &changes, "--on", "15/05/2016"];
    assert_eq!(desk.run(words).code, 2);
    desk.ok(words.iter().chain(&["--reason", "công văn đến muộn"]));
    let lines = desk.json(["log", "list"]);
    let text = lines[0]["text"].as_str().unwrap();
    assert!(text.contains("15/05/2016") && text.contains("công văn đến muộn"));
    desk.ok(["undo"]);
    assert_eq!(desk.ok(["export", "units", "-o", "-"]), units);

    // Another unit has the code; two units would get one.
    for list in [
        "Đơn vị cũ,Đơn vị mới,Mã mới\nSở Nội vụ,Sở Hành chính,DEP002\n",
        "Đơn vị cũ,Đơn vị mới,Mã mới\nSở Nội vụ,Sở Một,DEP901\nSở Tư pháp,Sở Hai,DEP901\n",
    ] {
        let changes = desk.file("sai.csv", list);
        let (code, told) = desk.run_json(["unit", "reorganise", &changes, "--on", "16/05/2016"]);
        assert_eq!(
            (code, &told["rejected"][0]["column"]),
            (2, &json!("Mã mới")),
            "{list}"
        );
    }
    assert_eq!(desk.ok(["export", "units", "-o", "-"]), units);
}
