//! What is journalled is a key; what it is called is shown.

use super::desk::{Desk, start};
use serde_json::{Value, json};
use sotruc_core::clock::DAY;
use sotruc_core::duty::pattern::{Days, OWN, Pattern, Slot};
use sotruc_core::incident::profile::Recipient;
use sotruc_core::incident::{Severity, Type};
use sotruc_core::{NewIncident, NewPeriod, NewRota, Sending};
use uuid::Uuid;

/// The value that a field took last.
fn journalled(desk: &Desk, noun: Uuid, field: &str) -> Value {
    let history = desk.book.read(|book| book.history(noun)).unwrap();
    let mut changes = history.into_iter().filter(|change| change.field == field);
    changes.next_back().unwrap().value
}

#[test]
fn a_recipient_without_a_name_is_kept_by_its_key() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let incident = desk
        .write(|write| {
            write.open_incident(NewIncident {
                title: "Trang chủ bị thay đổi giao diện".to_owned(),
                unit: unit.id,
                kind: Type::Defacement,
                severity: Some(Severity::Serious),
                detected: None,
            })
        })
        .unwrap();
    let notices = desk.book.read(|book| book.notices()).unwrap();
    let police =
        |notice: &&sotruc_core::incident::notice::Notice| notice.recipient == Recipient::Police;
    let id = notices.iter().find(police).unwrap().id;
    let sent = desk
        .write(|write| write.notice_sent(id, &Sending::default()))
        .unwrap();
    assert_eq!(journalled(&desk, id.0, "told"), json!("police"));
    let called = |told: &str| {
        let mut notice = sent.clone();
        notice.told = Some(told.to_owned());
        let rules = desk.book.read(|book| book.rules()).unwrap();
        rules.told(&notice, Some(&incident)).name
    };
    assert_eq!(called("police"), "Công an tỉnh");
    assert_eq!(called("Công an tỉnh"), "Công an tỉnh", "in older books");
    assert_eq!(called("Công an tỉnh Đắk Lắk"), "Công an tỉnh Đắk Lắk");
}

#[test]
fn a_pattern_without_a_name_is_known_by_its_key() {
    for key in [OWN, "Mẫu riêng", "Your own"] {
        let mut desk = Desk::new();
        let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
        desk.write(|write| {
            for name in ["Lê Thị Hòa", "Y Wan Niê"] {
                let person = write.new_person(unit.id, name)?;
                write.set_person(&person)?;
            }
            let new = NewPeriod::new("Bầu cử", start(), start().plus(DAY));
            let period = write.add_period(new)?;
            let slot = Slot {
                start: 0,
                minutes: 24 * 60,
                days: Days::Every,
            };
            let pattern = Pattern {
                key: key.to_owned(),
                slots: vec![slot],
            };
            write.lay_out(&period, &NewRota::of(pattern))
        })
        .unwrap();
        let shifts = desk.book.read(|book| book.shifts()).unwrap();
        assert!(!shifts.is_empty(), "{key}");
        for shift in shifts {
            assert_eq!(journalled(&desk, shift.id.0, "pattern"), json!(key));
            assert_eq!(shift.pattern.as_deref(), Some(OWN), "{key}");
        }
    }
}
