//! Nothing is written that was not meant: that a watch was quiet, what a correction mends, an incident
//! of a line.

use serde_json::{Value, json};

use crate::desk::Desk;

const QUIET: &str = "Ca trực bình thường, không có vụ việc phát sinh";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.ok([
        "unit",
        "add",
        "--name",
        "Sở Y tế",
        "--group",
        "department",
        "--code",
        "SYT",
    ]);
    desk
}

fn line(desk: &Desk) -> Value {
    desk.json(["log", "list", "--last", "1"])[0].clone()
}

#[test]
fn a_watch_is_not_quiet_while_an_incident_is_open() {
    let desk = desk();
    desk.ok(["log", "add", QUIET]);
    let opened = [
        "incident",
        "open",
        "--title",
        "Mất điện",
        "--unit",
        "SYT",
        "--type",
        "H01",
    ];
    let number = desk.ok(opened);
    for text in [QUIET, "quiet shift: nothing to report"] {
        let refused = desk.run(["log", "add", text]);
        assert_eq!(refused.code, 2, "{}", refused.out);
        let refused = refused.err;
        assert!(refused.contains(number.trim()), "{refused}");
        assert!(refused.contains("Mất điện"), "{refused}");
    }
    assert_eq!(line(&desk)["number"], json!(1));
    desk.ok(["incident", "close", number.trim()]);
    desk.ok(["log", "add", QUIET]);
    assert_eq!(line(&desk)["text"], json!(QUIET));
}

#[test]
fn a_correction_takes_away_what_was_wrong() {
    let desk = desk();
    desk.ok(["log", "add", "mất điện", "--unit", "SYT"]);
    let right = ["--kind", "action", "--unit", "", "--reason", "nhầm đơn vị"];
    desk.ok([&["log", "correct", "1", "mất nước"][..], &right].concat());
    let line = line(&desk);
    assert_eq!(
        (&line["unit"], &line["kind"]),
        (&Value::Null, &json!("action"))
    );
}

#[test]
fn an_incident_of_a_line_keeps_its_time_and_takes_the_line() {
    let desk = desk();
    let at = ["--occurred", "01/05/2016 07:00", "--late-reason", "quên"];
    desk.ok([&["log", "add", "mất mạng", "--unit", "SYT"][..], &at].concat());
    let opened = [
        "incident",
        "open",
        "--title",
        "Mất mạng",
        "--unit",
        "SYT",
        "--type",
        "H01",
        "--line",
        "1",
    ];
    let number = desk.ok(opened);
    let shown = desk.json(["incident", "show", number.trim()]);
    assert!(shown.to_string().contains("2016-05-01T07:00"), "{shown}");
    let line = line(&desk);
    assert_eq!(line["corrects"], json!(1));
    assert_eq!(line["incident"], json!(number.trim()));
    assert_eq!(line["text"], json!("mất mạng"));
}
