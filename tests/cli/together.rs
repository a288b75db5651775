//! Two terminals at one book, at once.

use crate::desk::Desk;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Child, Stdio};

const LINES: u64 = 200;

fn write_lines(desk: &Desk, name: &str) -> Child {
    let mut child = desk
        .command(["log", "add", "-", "--operator", name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for n in 1..=LINES {
        writeln!(input, "{name} dòng {n}").unwrap();
    }
    child
}

#[test]
fn two_terminals_write_without_a_gap() {
    let desk = Desk::new();
    let children = [write_lines(&desk, "Một"), write_lines(&desk, "Hai")];
    let mut said = Vec::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let numbers = String::from_utf8(output.stdout).unwrap();
        said.extend(numbers.lines().map(|number| number.parse::<u64>().unwrap()));
    }
    let numbers: BTreeSet<u64> = said.iter().copied().collect();
    assert_eq!(numbers, (1..=2 * LINES).collect());
    let log = desk.json(["log", "list"]);
    let texts: BTreeSet<&str> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts.len() as u64, 2 * LINES);
    assert_eq!(desk.json(["verify"])["ok"], true);
}

#[test]
fn a_copy_at_another_desk_goes_on_as_a_new_site() {
    let desk = Desk::new();
    desk.ok(["log", "add", "Ở nhà"]);
    let other = Desk::empty();
    std::fs::copy(&desk.store, &other.store).unwrap();
    assert_eq!(other.ok(["log", "add", "Ở điểm bầu cử"]), "1");
    let sites: BTreeSet<String> = other
        .json(["log", "list"])
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["site"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(sites.len(), 2);
    assert_eq!(desk.ok(["log", "add", "Vẫn ở nhà"]), "2");
    for desk in [&desk, &other] {
        assert_eq!(desk.json(["verify"])["ok"], true);
    }
}

/// A line told by its number alone is one of the site that goes on, whatever is done with it.
#[test]
fn a_number_alone_means_our_own_line() {
    let desk = Desk::new();
    let theirs = desk.file("cua-ho.txt", "của phòng trực");
    desk.ok(["log", "add", "Ở phòng trực", "--file", &theirs]);
    let other = Desk::empty();
    std::fs::copy(&desk.store, &other.store).unwrap();
    let ours = other.file("cua-minh.txt", "của điểm bầu cử");
    assert_eq!(
        other.ok(["log", "add", "Ở điểm bầu cử", "--file", &ours]),
        "1"
    );
    let saved = other.path("lay-ra.txt");
    other.ok(["log", "save", "1", "-o", &saved]);
    assert_eq!(std::fs::read_to_string(&saved).unwrap(), "của điểm bầu cử");
    let corrected = ["log", "correct", "1", "Ở điểm số 7", "--reason", "ghi nhầm"];
    other.ok(corrected);
    let lines = other.json(["log", "list"]);
    let struck = lines
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["text"] == "Ở điểm bầu cử");
    assert_eq!(struck.unwrap()["corrected_by"], 2, "{lines}");
}
