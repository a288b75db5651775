//! What a handover tells of a watch.

use sotruc_core::clock::{DAY, HOUR, Instant, MINUTE};
use sotruc_core::directory::unit::Group;
use sotruc_core::incident::{Status, Type};
use sotruc_core::log::handover::{HandoverSummary, summary};
use sotruc_core::{Code, IncidentChange, NewIncident, NewPeriod};

use crate::desk::{Desk, start};

fn watch(desk: &Desk, at: Instant) -> HandoverSummary {
    desk.book.read(|book| summary(book, at)).unwrap()
}

#[test]
fn the_first_watch_begins_with_the_book_and_not_with_its_first_line() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    // Neither writes a line.
    desk.write(|write| {
        let opened = write.open_incident(NewIncident {
            title: "Mất điện".to_owned(),
            unit: unit.id,
            kind: Type::ALL[0],
            severity: None,
            detected: None,
        })?;
        let change = IncidentChange {
            status: Some(Status::Closed),
            ..IncidentChange::default()
        };
        write.set_incident(&opened, change)
    })
    .unwrap();
    desk.log("Dòng đầu");
    let soon = watch(&desk, start().plus(HOUR));
    assert_eq!((soon.from, soon.closed.len()), (start(), 1));
    assert_eq!(soon.counts().lines, 1);
    // After days it is of the last one.
    let late = start().plus(3 * DAY);
    assert_eq!(watch(&desk, late).from, late.plus(-DAY));
}

#[test]
fn what_is_missing_at_many_units_is_told_in_a_line() {
    let mut desk = Desk::new();
    desk.write(|write| {
        for at in 0..149 {
            let unit = write.new_unit(&format!("Xã số {at:03}"), Group::Commune)?;
            write.set_unit(&unit)?;
        }
        let period = NewPeriod::new("Bầu cử", start(), start().plus(DAY));
        write.add_period(period)
    })
    .unwrap();
    let now = start().plus(10 * MINUTE);
    let text = watch(&desk, now).text("Ánh", "Huy");
    assert!(
        text.contains("Không có người trực trong 12 giờ tới (149)"),
        "{text}"
    );
    let told: Vec<&str> = text.lines().filter(|line| line.contains("Xã số")).collect();
    let names = "Xã số 000, Xã số 001, Xã số 002, Xã số 003, Xã số 004 và 144 đơn vị khác";
    let line = format!(
        "- Chính · 149 đơn vị: {names} · {now} – {}",
        now.plus(12 * HOUR)
    );
    assert_eq!(told, [line], "{text}");
}

#[test]
fn the_watch_is_handed_to_somebody_and_taken_back_till_they_took_it() {
    let mut desk = Desk::new();
    let give = |desk: &mut Desk, whom: &str| {
        let written = desk.write(|write| write.write_handover(whom, None));
        written
            .map(|written| written.handover.id)
            .map_err(|error| error.code)
    };
    assert_eq!(give(&mut desk, "k"), Err(Code::HandoverWhom));
    assert_eq!(give(&mut desk, "Lý"), Err(Code::HandoverWhom));
    let id = give(&mut desk, "Lý Kim Diệp").unwrap();
    let known = |desk: &Desk| desk.book.read(|book| book.handovers()).unwrap().len();
    let lines = |desk: &Desk| desk.book.read(|book| book.entry_count()).unwrap();
    assert_eq!((known(&desk), lines(&desk)), (1, 1));
    desk.write(|write| write.withdraw_handover(id)).unwrap();
    assert_eq!((known(&desk), lines(&desk)), (0, 2), "the log keeps both");
    let gone = desk.write(|write| write.withdraw_handover(id)).unwrap_err();
    assert_eq!(gone.code, Code::HandoverUnknown);
    let id = give(&mut desk, "Lý Kim Diệp").unwrap();
    desk.write_as("Lý Kim Diệp", |write| write.receive_handover(id, None))
        .unwrap();
    let taken = desk.write(|write| write.withdraw_handover(id)).unwrap_err();
    assert_eq!(taken.code, Code::HandoverReceived);
    // Who writes in the book is named as they are called there.
    assert!(give(&mut desk, "ly kim diep").is_ok());
}
