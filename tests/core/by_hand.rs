//! Shifts, operators, incidents and lines set by hand.

use sotruc_core::clock::{DAY, HOUR, Instant, MINUTE};
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::person::{Person, Role, numbers};
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::period::Post;
use sotruc_core::duty::shift::Shift;
use sotruc_core::id::{PersonId, UnitId};
use sotruc_core::incident::{Missing, Status, Type};
use sotruc_core::submission::State;
use sotruc_core::text::Phone;
use sotruc_core::views;
use sotruc_core::{
    Code, IncidentChange, NewIncident, NewLine, NewPeriod, NewShift, PeriodChange, ShiftChange,
    Wrote,
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
fn an_operator_goes_by_the_name_that_is_kept() {
    let mut desk = Desk::new();
    let kept = |desk: &Desk, name: &str| -> String {
        let kept = desk.book.read(|book| book.operator_as_kept(name));
        kept.unwrap()
    };
    assert_eq!(kept(&desk, " doan  ngoc anh "), OPERATOR);
    assert_eq!(kept(&desk, " Người   Mới "), "Người Mới");
    let own = desk.book.read(|book| book.operator_named(OPERATOR));
    let own = own.unwrap().unwrap();
    let rename = |desk: &mut Desk, id, name: &str| {
        let renamed = desk.write(|write| write.rename_operator(id, name));
        renamed
            .map(|operator| operator.name)
            .map_err(|error| error.code)
    };
    let renamed = rename(&mut desk, own.id, " Đoàn   Ngọc Ánh (trực) ");
    assert_eq!(renamed, Ok("Đoàn Ngọc Ánh (trực)".to_owned()));
    let other = desk
        .write(|write| write.add_operator("Lê Thị Hòa"))
        .unwrap();
    let taken = rename(&mut desk, other.id, "doan ngoc anh (truc)");
    assert_eq!(taken, Err(Code::OperatorExists));
    desk.write(|write| write.remove_operator(other.id)).unwrap();
    assert_eq!(rename(&mut desk, other.id, "Ai"), Err(Code::PersonUnknown));
}

#[test]
fn an_operator_is_shown_with_the_person_they_are() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let person = desk
        .write(|write| {
            write.set_own_unit(unit)?;
            let person = write.new_person(unit, OPERATOR)?;
            write.set_person(&person)?;
            Ok(person.id)
        })
        .unwrap();
    let own = desk.book.read(|book| book.own_unit()).unwrap();
    assert_eq!(own.map(|own| own.id), Some(unit));
    let shown = |desk: &Desk| {
        let rows = desk.book.read(views::operator::list).unwrap();
        let rows = rows.into_iter();
        rows.map(|row| (row.person.map(|person| person.id), row.listed))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(&desk), [(Some(person), true)]);
    desk.write(|write| write.remove_person(person)).unwrap();
    assert_eq!(shown(&desk), [(Some(person), false)]);
}

#[test]
fn what_a_unit_wrote_for_a_role_goes_with_a_role() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let mut person = desk
        .write(|write| write.new_person(unit, "Lê Thị Hòa"))
        .unwrap();
    person.role_text = Some("Trực máy".to_owned());
    let set = |desk: &mut Desk, person: &Person| -> Person {
        desk.write(|write| {
            write.set_person(person)?;
            Ok(write.person(person.id)?.unwrap())
        })
        .unwrap()
    };
    let told = |person: &Person| (person.role, person.role_text.clone());
    let text = Some("Trực máy".to_owned());
    let mut known = set(&mut desk, &person);
    assert_eq!(told(&known), (None, text.clone()));
    // Whatever else is changed leaves it.
    known.note = Some("gọi ban đêm".to_owned());
    known = set(&mut desk, &known);
    assert_eq!(told(&known), (None, text.clone()));
    known.role = Some(Role::Main);
    known = set(&mut desk, &known);
    assert_eq!(told(&known), (Some(Role::Main), None));
    known.role = None;
    known.role_text.clone_from(&text);
    assert_eq!(
        told(&set(&mut desk, &known)),
        (None, None),
        "it was cleared"
    );
    known.role_text.clone_from(&text);
    known = set(&mut desk, &known);
    known.set_role(None);
    assert_eq!(told(&set(&mut desk, &known)), (None, None), "cleared alone");
}

/// Somebody takes over many shifts, of posts that had none: one that runs goes on in their hands,
/// who was on call before stays, and all is one undo.
#[test]
fn many_shifts_are_handed_over_as_one() {
    let mut desk = Desk::new();
    let units = ["DIS006", "DIS007", "DIS008"].map(|code| desk.unit(code, code).id);
    let (an, binh) = desk
        .write(|write| {
            let mut people = Vec::new();
            for name in ["Lê Văn An", "Lê Thị Bình"] {
                let person = write.new_person(units[0], name)?;
                write.set_person(&person)?;
                people.push(person.id);
            }
            write.add_period(NewPeriod::new("Kỳ", start(), start().plus(3 * DAY)))?;
            Ok((people[0], people[1]))
        })
        .unwrap();
    desk.write(|write| {
        for (unit, hour) in units.into_iter().zip(0..) {
            let new = NewShift {
                unit,
                post: Post::Main,
                person: an,
                from: start().plus(hour * HOUR + 10 * 60_000),
                to: start().plus(hour * HOUR + 2 * HOUR),
            };
            write.add_shift(new, None)?;
        }
        Ok(())
    })
    .unwrap();
    let shifts = |desk: &Desk| desk.book.read(|book| book.shifts()).unwrap();
    let before = shifts(&desk);
    let at = start().plus(HOUR + 30 * 60_000);
    let count = desk.write(|write| write.replace_from(an, binh, at, None, None));
    assert_eq!(count.unwrap(), 3);
    let told: Vec<(UnitId, PersonId, i64, i64)> = shifts(&desk)
        .iter()
        .filter(|shift| !shift.standing)
        .map(|shift| {
            let minute = |at: Instant| (at.millis() - start().millis()) / 60_000;
            (
                shift.unit,
                shift.person,
                minute(shift.from),
                minute(shift.to),
            )
        })
        .collect();
    let expect = [
        (units[0], an, 10, 90),
        (units[1], an, 70, 90),
        (units[0], binh, 90, 120),
        (units[1], binh, 90, 180),
        (units[2], binh, 130, 240),
    ];
    assert_eq!(told, expect);
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(shifts(&desk), before);
}

/// A finding is looked for while others write: what it is about may be gone when it is accepted.
#[test]
fn what_is_gone_is_not_accepted() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let shift = desk
        .write(|write| {
            let person = write.new_person(unit, "Lê Văn An")?;
            write.set_person(&person)?;
            write.add_period(NewPeriod::new("Kỳ", start(), start().plus(3 * DAY)))?;
            let new = NewShift {
                unit,
                post: Post::Main,
                person: person.id,
                from: start().plus(HOUR),
                to: start().plus(40 * HOUR),
            };
            write.add_shift(new, None)
        })
        .unwrap();
    let roster = desk.book.read(|book| book.roster()).unwrap();
    let long = roster.conflicts(None, start()).into_iter();
    let long = long.last().expect("forty hours");
    let id = long.id().to_string();
    assert_eq!(roster.finding(&id[..8], start()).unwrap(), long);
    let unknown = roster
        .finding(&id[..5], start())
        .map_err(|error| error.code);
    assert_eq!(unknown, Err(Code::FindingUnknown));
    let found = roster.finding(&id, start()).unwrap();
    desk.write(|write| write.cancel_shift(&shift.id.to_string(), None))
        .unwrap();
    let accept = desk.write(|write| write.accept_finding(&found, "Chỉ có một người"));
    assert_eq!(
        accept.map_err(|error| error.code),
        Err(Code::FindingUnknown)
    );
}

#[test]
fn an_absence_does_not_end_before_it_starts() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let mut person = desk
        .write(|write| write.new_person(unit, "Lê Thị Hòa"))
        .unwrap();
    let set = |desk: &mut Desk, person: &Person| {
        let set = desk.write(|write| write.set_person(person));
        set.map_err(|error| error.code)
    };
    for to in [start(), start().plus(-DAY)] {
        person.away = vec![(start(), to)];
        assert_eq!(set(&mut desk, &person), Err(Code::SpanBackwards));
    }
    person.away = vec![(start(), start().plus(DAY))];
    assert_eq!(set(&mut desk, &person), Ok(Wrote::New));
}

#[test]
fn a_call_without_a_number_is_on_their_first() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let mut person = desk
        .write(|write| write.new_person(unit, "Lê Thị Hòa"))
        .unwrap();
    person.mobiles = numbers("0905 118 117; 0905 118 118").unwrap();
    desk.write(|write| write.set_person(&person)).unwrap();
    let mut call = |number: Option<&str>| {
        let call =
            desk.write(|write| write.add_drill(person.id, number, Outcome::Answered, None, None));
        let digits = |number: Phone| number.digits().to_owned();
        call.map(|call| call.number.map(digits))
            .map_err(|error| error.code)
    };
    let first = Ok(Some("0905118117".to_owned()));
    assert_eq!(call(None), first);
    assert_eq!(call(Some("  ")), first);
    assert_eq!(
        call(Some("0905 118 118")),
        Ok(Some("0905118118".to_owned()))
    );
    assert_eq!(call(Some("máy bàn")), Err(Code::PhoneInvalid));
}

#[test]
fn what_goes_off_the_list_is_named_by_its_identity() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let person = desk
        .write(|write| {
            let person = write.new_person(unit, "Lê Thị Hòa")?;
            write.set_person(&person)?;
            Ok(person.id)
        })
        .unwrap();
    let code = |done: sotruc_core::Result<Wrote>| done.map_err(|error| error.code);
    let held = desk.write(|write| write.remove_unit(unit));
    assert_eq!(code(held), Err(Code::UnitHasPeople));
    assert_eq!(
        code(desk.write(|write| write.remove_person(person))),
        Ok(Wrote::Changed)
    );
    let again = desk.write(|write| write.remove_person(person));
    assert_eq!(code(again), Err(Code::PersonUnknown));
    assert_eq!(
        code(desk.write(|write| write.remove_unit(unit))),
        Ok(Wrote::Changed)
    );
    let again = desk.write(|write| write.remove_unit(unit));
    assert_eq!(code(again), Err(Code::UnitUnknown));
}

#[test]
fn of_a_period_what_is_not_given_stays() {
    let mut desk = Desk::new();
    let period = desk
        .write(|write| {
            write.add_period(NewPeriod {
                letter: Some("290/STTTT-CNTT".to_owned()),
                overlap: Some(15),
                groups: Some(vec![Group::District]),
                ..NewPeriod::new("Bầu cử", start(), start().plus(DAY))
            })
        })
        .unwrap();
    let mut change = |change: PeriodChange| {
        desk.write(|write| {
            write.change_period(period.id, change)?;
            Ok(write.periods()?.remove(0))
        })
        .unwrap()
    };
    assert_eq!(change(PeriodChange::default()), period);
    let longer = change(PeriodChange {
        to: Some(start().plus(2 * DAY)),
        ..PeriodChange::default()
    });
    assert_eq!(
        (longer.to, &longer.letter, longer.overlap, &longer.groups),
        (
            start().plus(2 * DAY),
            &period.letter,
            Some(15),
            &period.groups
        )
    );
    let usual = change(PeriodChange {
        letter: Some(String::new()),
        overlap: Some(None),
        groups: Some(None),
        ..PeriodChange::default()
    });
    assert_eq!(
        (usual.letter, usual.overlap, usual.groups),
        (None, None, None)
    );
    desk.write(|write| write.remove_period(period.id)).unwrap();
    let gone = desk.write(|write| write.change_period(period.id, PeriodChange::default()));
    assert_eq!(gone.unwrap_err().code, Code::PeriodUnknown);
}

#[test]
fn units_are_reminded_of_what_they_owe_once_each() {
    let mut desk = Desk::new();
    let [one, other] = [
        ("DIS006", "UBND huyện Cư M'gar"),
        ("DIS007", "UBND huyện Krông Búk"),
    ]
    .map(|(code, name)| desk.unit(code, name).id);
    let remind = |desk: &mut Desk, units: &[UnitId]| {
        let done = desk
            .write(|write| write.remind(None, units, Some("đã gọi")))
            .map(|(count, _)| count);
        done.map_err(|error| (error.code, error.params))
    };
    let none = remind(&mut desk, &[one]).unwrap_err();
    assert_eq!(none.0, Code::NoPeriodNow);
    let period = desk
        .write(|write| {
            write.add_period(NewPeriod::new(
                "Bầu cử",
                start().plus(DAY),
                start().plus(2 * DAY),
            ))
        })
        .unwrap();
    let noted = |desk: &Desk| {
        let noted = desk.book.read(|book| book.reminders(period.id));
        noted.unwrap().len()
    };
    assert_eq!(remind(&mut desk, &[one, other, one]), Ok(2));
    assert_eq!(noted(&desk), 2);
    desk.write(|write| write.set_submission(period.id, other, &State::Received.into()))
        .unwrap();
    let refused = remind(&mut desk, &[one, other]).unwrap_err();
    let named = vec![
        ("given", "UBND huyện Krông Búk".to_owned()),
        ("period", "Bầu cử".to_owned()),
    ];
    assert_eq!(refused, (Code::NothingOwed, named));
    assert_eq!(noted(&desk), 2, "nothing of it was noted");
}

#[test]
fn what_is_in_force_says_whether_it_is_usual() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let shown = |desk: &Desk| {
        let rows = desk.book.read(|book| views::rules::list(book, start()));
        let rows = rows.unwrap();
        let rows = rows
            .into_iter()
            .map(|row| (row.key, (row.value, row.usual)));
        rows.collect::<std::collections::BTreeMap<_, _>>()
    };
    let usual = shown(&desk);
    let is = |value: &str, usual| (value.to_owned(), usual);
    assert!(usual.values().all(|(_, usual)| *usual));
    assert_eq!(usual["week_hours"], is("", true));
    let set = |desk: &mut Desk, key: &str, value: &str| {
        desk.write(|write| write.set_setting(key, value)).unwrap();
    };
    set(&mut desk, "rest_hours", "10");
    set(&mut desk, "recipient.police", &unit.id.to_string());
    set(&mut desk, "place", "Đắk Lắk");
    let said = shown(&desk);
    assert_eq!(said["rest_hours"], is("10", false));
    assert_eq!(said["recipient.police"], is(&unit.name, false));
    assert_eq!(said["place"], is("Đắk Lắk", false));
    assert_eq!(said["stretch_hours"], usual["stretch_hours"]);
    // A unit that is no more in the directory leaves what is usual.
    desk.write(|write| write.remove_unit(unit.id)).unwrap();
    assert_eq!(shown(&desk)["recipient.police"], usual["recipient.police"]);
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
    let written = desk.write(|write| write.write_handover("Hứa Thanh Tùng", None));
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

#[test]
fn what_has_not_come_yet_is_refused_to_the_minute() {
    let mut desk = Desk::new();
    let now = start().plus(MINUTE);
    let mut line = |occurred: Instant| {
        let new = NewLine {
            occurred: Some(occurred),
            ..NewLine::from("Mất điện")
        };
        let written = desk.book.transact(OPERATOR, now, |write| write.log(&new));
        written
            .map(drop)
            .map_err(|error| (error.code, error.to_string()))
    };
    assert_eq!(line(now), Ok(()));
    assert_eq!(line(now.plus(59_000)), Ok(()));
    assert_eq!(
        line(now.plus(MINUTE)).map_err(|(code, _)| code),
        Err(Code::TimeAhead)
    );
    // The 4th of June, where the 6th of April was meant.
    let june = Instant::parse("04/06/2016 07:30").unwrap();
    let (code, why) = line(june).unwrap_err();
    assert_eq!(code, Code::TimeSwapped);
    assert!(why.contains("06/04/2016 07:30"), "{why}");
}

/// Somebody who leaves is replaced, and what stood before goes on to be told.
#[test]
fn who_stood_by_is_told_as_it_was() {
    let mut desk = Desk::new();
    let unit = desk.unit("D", "UBND huyện");
    let now = start();
    let add = |desk: &mut Desk, at: Instant, name: &str| {
        let add = |write: &mut sotruc_core::Writing<'_>| {
            let mut person = write.new_person(unit.id, name)?;
            person.mobiles = numbers("0905 000 111")?;
            write.set_person(&person)?;
            Ok(person.id)
        };
        desk.book.transact(OPERATOR, at, add).unwrap()
    };
    let period = NewPeriod::new("Bầu cử", now.plus(-2 * DAY), now.plus(8 * DAY));
    desk.write(|write| write.add_period(period)).unwrap();
    let first = add(&mut desk, now.plus(10 * MINUTE), "Lê Văn Bình");
    // Lê Văn Bình leaves after three days, and somebody comes half a day later.
    let leaves = now.plus(3 * DAY);
    desk.book
        .transact(OPERATOR, leaves, |write| write.remove_person(first))
        .unwrap();
    let comes = leaves.plus(DAY / 2);
    let second = add(&mut desk, comes, "Lê Thị Cúc");

    let roster = desk.book.read(|book| book.roster()).unwrap();
    let later = now.plus(5 * DAY);
    let gaps = roster.gaps(None, None, later);
    let told: Vec<_> = gaps.iter().map(|gap| (gap.from, gap.to)).collect();
    assert_eq!(told, [(leaves, comes)], "half a day, not all of it");
    for (at, who) in [
        (now.plus(-DAY), Some(first)),
        (leaves.plus(-MINUTE), Some(first)),
        (leaves, None),
        (comes, Some(second)),
        (later, Some(second)),
    ] {
        let then = |roster: &sotruc_core::duty::coverage::Roster| {
            roster.on_duty(at).first().map(|line| line.person)
        };
        assert_eq!(then(&roster), who, "{at}");
        let asked = desk
            .book
            .read(|book| book.as_of(at, None, |then| then.roster()));
        let asked = asked.unwrap();
        assert_eq!(then(&asked), who, "asked about {at}");
    }
}

/// Who comes within the hour leaves no hole behind whoever left.
#[test]
fn who_is_replaced_within_the_hour_leaves_no_hole() {
    let mut desk = Desk::new();
    let unit = desk.unit("D", "UBND huyện");
    let now = start();
    let period = NewPeriod::new("Bầu cử", now.plus(-2 * DAY), now.plus(8 * DAY));
    desk.write(|write| write.add_period(period)).unwrap();
    let add = |desk: &mut Desk, at: Instant, name: &str| {
        let add = |write: &mut sotruc_core::Writing<'_>| {
            let person = write.new_person(unit.id, name)?;
            write.set_person(&person)?;
            Ok(person.id)
        };
        desk.book.transact(OPERATOR, at, add).unwrap()
    };
    let first = add(&mut desk, now.plus(10 * MINUTE), "Lê Văn Bình");
    let leaves = now.plus(2 * DAY);
    let remove = |write: &mut sotruc_core::Writing<'_>| write.remove_person(first);
    desk.book.transact(OPERATOR, leaves, remove).unwrap();
    let second = add(&mut desk, leaves.plus(35 * MINUTE), "Lê Thị Cúc");
    let roster = desk.book.read(|book| book.roster()).unwrap();
    assert_eq!(roster.gaps(None, None, now.plus(3 * DAY)), []);
    assert_eq!(roster.on_duty(leaves)[0].person, second);
}
