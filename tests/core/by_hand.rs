//! Shifts, operators, incidents and lines set by hand.

use sotruc_core::clock::{DAY, HOUR, Instant};
use sotruc_core::directory::person::Person;
use sotruc_core::duty::period::Post;
use sotruc_core::duty::shift::Shift;
use sotruc_core::id::{PersonId, UnitId};
use sotruc_core::incident::{Missing, Status, Type};
use sotruc_core::{
    Code, IncidentChange, NewIncident, NewLine, NewPeriod, NewShift, ShiftChange, Wrote,
};
use uuid::Uuid;

use crate::desk::{Desk, OPERATOR, start};

fn period(name: &str, from: Instant) -> NewPeriod {
    NewPeriod::new(name, from, from.plus(DAY))
}

#[test]
fn a_shift_is_laid_out_and_moved() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let (person, periods) = desk
        .write(|write| {
            let person = write.new_person(unit.id, "Lê Văn An")?;
            write.set_person(&person)?;
            let first = write.add_period(period("Một", start()))?;
            let second = write.add_period(period("Hai", start().plus(DAY)))?;
            Ok((person, [first, second]))
        })
        .unwrap();
    let new = NewShift {
        unit: unit.id,
        post: Post::Main,
        person: person.id,
        from: start().plus(HOUR + 59_999),
        to: start().plus(2 * HOUR + 1),
    };
    let mut refused = |change: &dyn Fn(&mut NewShift)| {
        let mut new = new.clone();
        change(&mut new);
        desk.write(|write| write.add_shift(new, None))
            .unwrap_err()
            .code
    };
    assert_eq!(refused(&|new| new.to = new.from), Code::SpanBackwards);
    let nobody = PersonId(Uuid::from_u128(1));
    assert_eq!(refused(&|new| new.person = nobody), Code::PersonUnknown);
    let nowhere = UnitId(Uuid::from_u128(1));
    assert_eq!(refused(&|new| new.unit = nowhere), Code::UnitUnknown);

    let mut shift = desk
        .write(|write| write.add_shift(new.clone(), Some("Ghi sau")))
        .unwrap();
    let span = (start().plus(HOUR), start().plus(2 * HOUR));
    assert_eq!((shift.from, shift.to), span);
    assert_eq!(shift.period, Some(periods[0].id));
    // Until then the contact was on call: that is written down with the first shift.
    let laid_out = |desk: &Desk| {
        let mut shifts = desk.book.read(|book| book.shifts()).unwrap();
        shifts.retain(|shift| !shift.standing);
        shifts
    };
    assert_eq!(laid_out(&desk), [shift.clone()]);

    let set = |desk: &mut Desk, shift: &Shift| desk.write(|write| write.set_shift(shift, None));
    assert_eq!(set(&mut desk, &shift).unwrap(), shift, "it is so already");
    shift.from = shift.from.plus(DAY);
    shift.to = shift.to.plus(DAY);
    set(&mut desk, &shift).unwrap();
    assert_eq!(laid_out(&desk)[0].period, Some(periods[1].id));

    desk.write(|write| {
        let mut gone = person.clone();
        gone.removed = true;
        write.set_person(&gone)
    })
    .unwrap();
    let refused = set(&mut desk, &shift).unwrap_err();
    assert_eq!(refused.code, Code::PersonUnknown);
    shift.removed = true;
    set(&mut desk, &shift).unwrap();
    assert_eq!(laid_out(&desk), []);
}

#[test]
fn an_operator_is_added_once() {
    let mut desk = Desk::new();
    let names = |desk: &Desk| -> Vec<String> {
        let operators = desk.book.read(|book| book.operators()).unwrap();
        operators.into_iter().map(|known| known.name).collect()
    };
    let add = |desk: &mut Desk, name: &str| desk.write(|write| write.add_operator(name));
    let mut hoa = add(&mut desk, " Lê Thị  Hòa ").unwrap();
    let before = desk.book.head().unwrap();
    assert_eq!(add(&mut desk, "le thi hoa").unwrap(), hoa);
    assert_eq!(desk.book.head().unwrap(), before);
    assert_eq!(add(&mut desk, " ").unwrap_err().code, Code::Empty);
    let own = desk.write_as("Y Dhăm Ênuôl", |write| {
        write.add_operator("Y Dhăm Ênuôl")
    });
    assert_eq!(own.unwrap().name, "Y Dhăm Ênuôl");
    assert_eq!(names(&desk), [OPERATOR, "Lê Thị Hòa", "Y Dhăm Ênuôl"]);

    let set = |desk: &mut Desk, operator: &_| desk.write(|write| write.set_operator(operator));
    hoa.name = OPERATOR.to_uppercase();
    let taken = set(&mut desk, &hoa).unwrap_err();
    assert_eq!(taken.code, Code::OperatorExists);
    assert_eq!(taken.params, [("given", hoa.name.clone())]);
    hoa.name = String::new();
    assert_eq!(set(&mut desk, &hoa).unwrap_err().code, Code::Empty);
    hoa.name = "Lê Thị Hoa".to_owned();
    assert_eq!(set(&mut desk, &hoa).unwrap(), Wrote::Changed);
    hoa.removed = true;
    set(&mut desk, &hoa).unwrap();
    assert_eq!(names(&desk), [OPERATOR, "Y Dhăm Ênuôl"]);
    assert_ne!(add(&mut desk, "Lê Thị Hoa").unwrap().id, hoa.id);
}

#[test]
fn closing_what_was_called_a_false_alarm_counts_from_then() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let incident = desk
        .write(|write| {
            write.open_incident(NewIncident {
                title: "Trang bị thay giao diện".to_owned(),
                unit,
                kind: Type::Defacement,
                severity: None,
                detected: None,
            })
        })
        .unwrap();
    let mut closed = |status| {
        desk.write(|write| {
            let incident = write.incident(incident.id)?.unwrap();
            let status = Some(status);
            write.set_incident(
                &incident,
                IncidentChange {
                    status,
                    ..IncidentChange::default()
                },
            )?;
            Ok(write.incident(incident.id)?.unwrap().closed_at)
        })
        .unwrap()
    };
    let none = closed(Status::FalseAlarm);
    assert_eq!(closed(Status::FalseAlarm), none);
    assert!(closed(Status::Closed) > none);
    assert_eq!(closed(Status::InHand), None);
}

#[test]
fn a_mistyped_year_is_refused() {
    let mut desk = Desk::new();
    let mut line = NewLine::from("Mất điện");
    line.occurred = Some(start().plus(DAY + HOUR));
    let refused = desk.write(|write| write.log(&line));
    assert_eq!(refused.map_err(|error| error.code), Err(Code::TimeAhead));
    // The clock of the computer may be an hour behind.
    line.occurred = Some(start().plus(HOUR));
    desk.write(|write| write.log(&line)).unwrap();
}

#[test]
fn one_unit_is_our_own() {
    let mut desk = Desk::new();
    let units = [desk.unit("A", "Sở Một"), desk.unit("B", "Sở Hai")];
    let own = |desk: &Desk| -> Vec<UnitId> {
        let units = desk.book.read(|book| book.units()).unwrap();
        let ours = units.iter().filter(|unit| unit.ours);
        ours.map(|unit| unit.id).collect()
    };
    let set = |desk: &mut Desk, id| desk.write(|write| write.set_own_unit(id));
    assert_eq!(set(&mut desk, units[0].id).unwrap(), Wrote::Changed);
    assert_eq!(set(&mut desk, units[1].id).unwrap(), Wrote::Changed);
    assert_eq!(own(&desk), [units[1].id]);
    assert_eq!(set(&mut desk, units[1].id).unwrap(), Wrote::Same);
    let nowhere = UnitId(Uuid::from_u128(1));
    let refused = set(&mut desk, nowhere).unwrap_err();
    assert_eq!(refused.code, Code::UnitUnknown);
    assert_eq!(own(&desk), [units[1].id], "nothing is taken away for it");
}

#[test]
fn a_beginning_alone_moves_all_of_a_shift() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let shift = desk
        .write(|write| {
            let person = write.new_person(unit, "Lê Văn An")?;
            write.set_person(&person)?;
            let new = NewShift {
                unit,
                post: Post::Main,
                person: person.id,
                from: start().plus(10 * HOUR),
                to: start().plus(14 * HOUR),
            };
            write.add_shift(new, None)
        })
        .unwrap();
    let mut moved = |from: Option<i64>, to: Option<i64>| {
        let at = |hours: Option<i64>| hours.map(|hours| start().plus(hours * HOUR));
        let change = ShiftChange {
            from: at(from),
            to: at(to),
            ..ShiftChange::default()
        };
        let id = shift.id.to_string();
        let shift = desk.write(|write| write.move_shift(&id, &change, None));
        let shift = shift.unwrap();
        let hours = |at: Instant| (at.millis() - start().millis()) / HOUR;
        (hours(shift.from), hours(shift.to))
    };
    assert_eq!(moved(Some(12), None), (12, 16));
    assert_eq!(moved(None, Some(15)), (12, 15));
    assert_eq!(moved(Some(10), Some(20)), (10, 20));
    assert_eq!(moved(None, None), (10, 20));
}

#[test]
fn of_one_name_in_several_units_the_one_of_the_unit_is_meant() {
    let mut desk = Desk::new();
    let units = [desk.unit("A", "Sở Một").id, desk.unit("B", "Sở Hai").id];
    let mut add = |unit, name: &str| {
        desk.write(|write| {
            let person = write.new_person(unit, name)?;
            write.set_person(&person)?;
            Ok(person.id)
        })
        .unwrap()
    };
    let an = [add(units[0], "Lê Văn An"), add(units[1], "Lê Văn An")];
    let binh = add(units[1], "Trần Thị Bình");
    let han = [add(units[0], "Hồ Ân"), add(units[1], "Hồ An")];
    let mut find = |unit, given: &str| {
        desk.write(|write| write.find_person_at(unit, given))
            .map(|person| person.id)
            .map_err(|error| error.code)
    };
    for at in [0, 1] {
        assert_eq!(find(units[at], "Lê Văn An"), Ok(an[at]));
        assert_eq!(find(units[at], "le van an"), Ok(an[at]));
        assert_eq!(find(units[at], &an[0].to_string()), Ok(an[0]));
        assert_eq!(find(units[at], "Trần Thị Bình"), Ok(binh));
        assert_eq!(find(units[at], "Ai Đó"), Err(Code::PersonUnknown));
    }
    assert_eq!(find(units[0], "Hồ Ân"), Ok(han[0]));
    assert_eq!(find(units[0], "ho an"), Ok(han[0]));
    // Somebody elsewhere is written just so: nobody guesses.
    assert_eq!(find(units[0], "Hồ An"), Err(Code::PersonAmbiguous));
    // Who comes is of the unit that who goes is of.
    let both = |desk: &mut Desk, person: &str, by: &str, unit| {
        desk.write(|write| write.find_both(person, by, unit))
            .map(|(person, by)| (person.id, by.id))
            .map_err(|error| error.code)
    };
    let found = both(&mut desk, "Trần Thị Bình", "Lê Văn An", None);
    assert_eq!(found, Ok((binh, an[1])));
    let found = both(&mut desk, "Lê Văn An", "Hồ Ân", Some(units[0]));
    assert_eq!(found, Ok((an[0], han[0])));
    let unclear = both(&mut desk, "Lê Văn An", "Hồ Ân", None);
    assert_eq!(unclear, Err(Code::PersonAmbiguous));
    desk.write(|write| {
        let gone = write.find_person(&an[0].to_string())?;
        write.set_person(&Person {
            removed: true,
            ..gone
        })
    })
    .unwrap();
    // Off the list already, they still go.
    let found = both(&mut desk, &an[0].to_string(), "Hồ Ân", Some(units[0]));
    assert_eq!(found, Ok((an[0], han[0])));
}

#[test]
fn a_status_tells_what_it_is_missing() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let new = NewIncident {
        title: "Trang bị thay giao diện".to_owned(),
        unit,
        kind: Type::Defacement,
        severity: None,
        detected: None,
    };
    let incident = desk.write(|write| write.open_incident(new)).unwrap();
    let mut set = |change: IncidentChange| {
        desk.write(|write| write.set_incident(&incident, change))
            .unwrap()
    };
    let closed = set(IncidentChange {
        status: Some(Status::Closed),
        ..IncidentChange::default()
    });
    assert_eq!(closed.wrote, Wrote::Changed);
    assert!(closed.missing.contains(&Missing::Severity), "{closed:?}");
    let noted = set(IncidentChange {
        note: Some("Đã xem".to_owned()),
        ..IncidentChange::default()
    });
    assert_eq!(noted.missing, [], "no status was set");
}

#[test]
fn who_takes_over_is_called_as_the_book_writes_them() {
    let mut desk = Desk::new();
    let log = |desk: &mut Desk, who: &str| {
        desk.write_as(who, |write| write.log(&"Một dòng".into()))
            .unwrap();
    };
    log(&mut desk, "Hứa Thanh Tùng");
    let written = desk.write(|write| write.write_handover("Tùng", None));
    let written = written.unwrap();
    let counts = written.watch.counts();
    assert_eq!((counts.lines, counts.holes, counts.unreachable), (1, 0, 0));
    assert_eq!(written.watch.to, written.handover.to);
    let id = written.handover.id;
    let received = desk.write_as("hua thanh tung", |write| write.receive_handover(id, None));
    let received = received.unwrap();
    assert_eq!(received.receiver, "Hứa Thanh Tùng");
    assert_eq!(received.handover.id, id);
    let id = desk
        .write(|write| write.write_handover("Người Mới", None))
        .unwrap()
        .handover
        .id;
    let received = desk.write_as("Người Mới", |write| write.receive_handover(id, None));
    assert_eq!(received.unwrap().receiver, "Người Mới");
}
