//! What other programs of a system do to texts and files: shells, editors, version control.

use crate::desk::{Desk, project, sample};
use std::fs;
use std::io::Write;
use std::process::Stdio;

/// The lines that the log gets from what a shell pipes.
fn piped(desk: &Desk, bytes: &[u8]) -> Vec<String> {
    let mut child = desk
        .command(["log", "add", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let said = child.wait_with_output().unwrap();
    assert!(said.status.success());
    let count = String::from_utf8(said.stdout).unwrap().lines().count();
    let lines = desk.json(["log", "list", "--last", &count.to_string()]);
    let lines = lines.as_array().unwrap().iter();
    lines
        .map(|line| line["text"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_pipe_is_read_whatever_the_shell_makes_of_letters() {
    let desk = Desk::new();
    let lines = ["Sở Nội vụ gọi", "mất điện"];
    let text = lines.join("\r\n") + "\r\n";
    assert_eq!(piped(&desk, text.as_bytes()), lines);
    assert_eq!(piped(&desk, format!("\u{feff}{text}").as_bytes()), lines);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        piped(&desk, &[b"\xff\xfe", wide.as_slice()].concat()),
        lines
    );
    let page_1258 = b"S\xf5\xd2 N\xf4\xf2i vu\xf2 go\xf2i\r\nm\xe2\xect \xf0i\xea\xf2n\r\n";
    assert_eq!(piped(&desk, page_1258), lines);
}

/// Editors put a mark before the text, and version control may change the ends of its lines.
fn as_edited(path: &str) -> Vec<u8> {
    let text = fs::read_to_string(path).unwrap();
    ["\u{feff}", &text.replace('\n', "\r\n")].concat().into()
}

#[test]
fn what_an_editor_saved_is_read() {
    let desk = Desk::province();
    let edited = |from: &str, to: &str| {
        fs::write(desk.path(to), as_edited(from)).unwrap();
        desk.path(to)
    };
    let profile = project("assets/profiles/election.json");
    let own = fs::read_to_string(profile).unwrap();
    let own = desk.file("own.json", &own.replace("\"election\"", "\"own\""));
    desk.ok(["settings", "profile", &edited(&own, "profile.json")]);
    desk.ok([
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "16/05/2016",
        "--to",
        "25/05/2016",
    ]);
    let pattern = edited(&sample("pattern.json"), "pattern.json");
    let words = [
        "roster",
        "generate",
        "--period",
        "Bầu cử",
        "--units",
        "Sở Y tế",
        "--dry-run",
    ];
    desk.ok(words
        .iter()
        .chain(&["--pattern", &pattern, "--from", "17/05/2016 07:00"]));
    for (noun, list) in [("unit", "units.csv"), ("person", "people.csv")] {
        let again = desk.ok([noun, "import", &edited(&sample(list), list), "--json"]);
        let again: serde_json::Value = serde_json::from_str(&again).unwrap();
        assert_eq!(
            (&again["new"], &again["changed"]),
            (&0.into(), &0.into()),
            "{again}"
        );
    }
}
