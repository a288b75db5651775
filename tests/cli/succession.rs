//! Units are merged, renamed and split: people and history follow, old names still find.

use serde_json::json;

use crate::desk::{Desk, sample};

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
