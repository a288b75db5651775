//! The program is killed in the middle of its work: what it acknowledged is there.

use crate::desk::Desk;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

const LINES: u64 = 200;

/// How often; the command for long trials sets more.
fn count() -> u64 {
    std::env::var("SOTRUC_SOAK_COUNT")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(20)
}

#[test]
fn a_killed_writer_loses_no_acknowledged_line() {
    let desk = Desk::new();
    let mut acknowledged = 0;
    let mut kills = 0;
    for round in 0..count() {
        let mut child = desk
            .command(["log", "add", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            for n in 1..=LINES {
                // The reader may be dead by now; that is what this is about.
                if writeln!(input, "lần {round} dòng {n}").is_err() {
                    break;
                }
            }
        });
        let mut numbers = BufReader::new(child.stdout.take().unwrap()).lines();
        // Another place each time, from the first line to almost the last.
        for _ in 0..1 + round * 37 % (LINES - 10) {
            acknowledged = numbers.next().unwrap().unwrap().parse::<u64>().unwrap();
        }
        child.kill().unwrap();
        kills += 1;
        for number in numbers.map_while(Result::ok) {
            acknowledged = number.parse().unwrap();
        }
        child.wait().unwrap();
        writer.join().unwrap();
        let log = desk.json(["log", "list", "--last", "1"]);
        let last = log[0]["number"].as_u64().unwrap();
        assert!(
            last >= acknowledged,
            "line {acknowledged} was acknowledged, the last is {last}"
        );
    }
    let numbers: Vec<u64> = desk
        .json(["log", "list"])
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    let verdict = desk.json(["verify"]);
    assert_eq!(verdict["ok"], true, "{verdict}");
    println!(
        "{kills} kills, {} lines, {acknowledged} acknowledged, chain whole",
        numbers.len()
    );
}
