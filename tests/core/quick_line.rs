//! What the quick line understands: the cases that the window's page is held to as well.

use serde::Deserialize;
use sotruc_core::clock::Instant;
use sotruc_core::log::entry::time_in;

#[derive(Deserialize)]
struct Case {
    now: String,
    typed: String,
    at: Option<String>,
    written: Option<String>,
    rest: Option<String>,
}

#[test]
fn a_time_is_understood_at_the_beginning() {
    let cases = include_str!("../fixtures/quick-line.json");
    let cases: Vec<Case> = serde_json::from_str(cases).unwrap();
    assert!(cases.len() > 20);
    for case in cases {
        let now = Instant::parse(&case.now).unwrap();
        let found = time_in(&case.typed, now);
        assert_eq!(
            found.map(|found| found.at.to_string()),
            case.at,
            "{:?}",
            case.typed
        );
        assert_eq!(found.map(|found| found.written), case.written.as_deref());
        assert_eq!(found.map(|found| found.rest), case.rest.as_deref());
    }
}
