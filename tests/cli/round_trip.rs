//! What goes out comes back in and changes nothing.

use crate::desk::Desk;
use serde_json::json;

#[test]
fn exports_come_back_unchanged() {
    let desk = Desk::province();
    desk.ok([
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "16/05/2016 00:00",
        "--to",
        "26/05/2016 00:00",
    ]);
    desk.ok(["roster", "import", &crate::desk::sample("roster.csv")]);
    let nasty = [
        "=1+1",
        "'=1+1",
        "-5",
        "+84",
        "@ai",
        "00123",
        "1E5",
        "TRUE",
        "22/05/2016",
        "dấu \"ngoặc\", phẩy; chấm phẩy",
        "hai\ndòng",
        "'bình thường",
        "Bu\u{302}o\u{302}n",
    ];
    let people = desk.json(["person", "list"]);
    for (text, person) in nasty.iter().zip(people.as_array().unwrap()) {
        let id = person["id"].as_str().unwrap();
        desk.ok(["person", "set", id, "--note", text, "--title", text]);
    }
    for (format, separator) in [("csv", ","), ("csv", ";"), ("xlsx", ",")] {
        for (kind, words) in [
            ("units", "unit"),
            ("people", "person"),
            ("roster", "roster"),
        ] {
            let file = desk.path(&format!("{kind}.{format}"));
            let how = ["--format", format, "--separator", separator];
            let export = ["export", kind, "-o", &file];
            desk.ok(export.iter().chain(&how));
            let head = desk.ok(["head"]);
            let import = desk.json([words, "import", &file]);
            assert_eq!(desk.ok(["head"]), head, "{kind}.{format}");
            assert_eq!(import["detected"]["format"], format, "{kind}");
            assert_eq!(
                (&import["new"], &import["changed"], &import["rejected"]),
                (&json!(0), &json!(0), &json!([])),
                "{kind}.{format} {separator}"
            );
            assert!(import["same"].as_u64().unwrap() > 0, "{kind}.{format}");
        }
    }
    let redacted = desk.run(["export", "people", "-o", "-", "--redact"]).out;
    assert!(redacted.contains("Lương Thế Quyền"));
    assert!(
        !redacted.contains("0972 010 306") && !redacted.contains("@daklak"),
        "{redacted}"
    );
    let file = desk.path("people.csv");
    desk.ok(["export", "people", "-o", &file, "--separator", ";"]);
    let on_screen = desk
        .run(["export", "people", "-o", "-", "--separator", ";"])
        .out;
    assert_eq!(on_screen, std::fs::read_to_string(file).unwrap());
}
