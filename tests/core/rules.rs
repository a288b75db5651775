//! What the book goes by: never something else than what was said.

use sotruc_core::clock::{DAY, HOUR};
use sotruc_core::directory::unit::Unit;
use sotruc_core::incident::Type;
use sotruc_core::{Code, IncidentChange, NewIncident, views};

use crate::desk::{Desk, start};

/// A desk whose own profile, `daklak`, is in force.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let election = include_str!("../../assets/profiles/election.json");
    let own = election.replace("\"key\": \"election\"", "\"key\": \"daklak\"");
    desk.write(|write| {
        write.add_profile(&own)?;
        write.set_setting("profile", "daklak")
    })
    .unwrap();
    desk
}

fn new(unit: &Unit) -> NewIncident {
    NewIncident {
        title: "Trang chủ bị thay".to_owned(),
        unit: unit.id,
        kind: Type::parse("T05").unwrap(),
        severity: None,
        detected: None,
    }
}

#[test]
fn the_profile_in_force_does_not_go() {
    let mut desk = desk();
    let gone = desk.write(|write| write.set_setting("profile.daklak", " "));
    assert_eq!(
        gone.map_err(|error| error.code).err(),
        Some(Code::ProfileInForce)
    );
    desk.write(|write| write.set_setting("profile", ""))
        .unwrap();
    desk.write(|write| write.set_setting("profile.daklak", ""))
        .unwrap();
    let page = desk
        .book
        .read(|book| views::rules::page(book, start()))
        .unwrap();
    assert!(page.profiles.iter().all(|profile| profile.key != "daklak"));
}

#[test]
fn a_profile_that_cannot_be_read_is_never_another() {
    for lost in [
        "UPDATE setting SET value = '{}' WHERE key = 'profile.daklak'",
        "DELETE FROM setting WHERE key = 'profile.daklak'",
    ] {
        let mut desk = desk().tamper(|file| assert_eq!(file.execute(lost, []).unwrap(), 1));
        let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
        let opened = desk.write(|write| write.open_incident(new(&unit)));
        assert_eq!(
            opened.map_err(|error| error.code).err(),
            Some(Code::StoredUnknown),
            "{lost}"
        );
        // It is still said which one is meant, and another can be chosen.
        let page = desk
            .book
            .read(|book| views::rules::page(book, start()))
            .unwrap();
        assert_eq!(page.in_force, ["daklak"]);
        desk.write(|write| write.set_setting("profile", "election"))
            .unwrap();
        desk.write(|write| write.open_incident(new(&unit))).unwrap();
    }
}

#[test]
fn a_number_is_read_within_the_bounds_within_which_it_is_written() {
    let mut desk = Desk::new();
    for key in ["stretch_hours", "week_hours", "rest_hours", "fresh_days"] {
        desk.write(|write| write.set_setting(key, "5")).unwrap();
    }
    let refused = desk.write(|write| write.set_setting("stretch_hours", "0"));
    assert_eq!(
        refused.map_err(|error| error.code).err(),
        Some(Code::ValueUnknown)
    );
    let desk = desk.tamper(|file| {
        file.execute("UPDATE setting SET value = '0'", []).unwrap();
    });
    let (limits, fresh) = desk
        .book
        .read(|book| Ok((book.limits()?, book.fresh()?)))
        .unwrap();
    assert_eq!((limits.stretch, limits.rest, fresh), (HOUR, 0, DAY));
    assert_eq!(limits.week, Some(HOUR));
}

#[test]
fn a_fact_that_no_report_asks_for_is_refused() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let incident = desk.write(|write| write.open_incident(new(&unit))).unwrap();
    let mut set = |name: &str| {
        let facts = vec![(name.to_owned(), "x".to_owned())];
        let change = IncidentChange {
            facts,
            ..IncidentChange::default()
        };
        desk.write(|write| write.set_incident(&incident, change))
    };
    let error = set("màu").map(drop).unwrap_err();
    assert_eq!(error.code, Code::ValueUnknown);
    assert!(error.params.contains(&("field", "field".to_owned())));
    set("cause").unwrap();
}
