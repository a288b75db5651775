//! Undo gives back what was, and refuses to take what others wrote.

use sotruc_core::clock::{DAY, Instant, MINUTE};
use sotruc_core::duty::period::Post;
use sotruc_core::incident::Type;
use sotruc_core::{Code, Depth, Did, NewIncident, NewPeriod, NewShift};

use crate::desk::{Desk, OPERATOR, start};

#[test]
fn undo_walks_back_and_leaves_the_log_alone() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    for note in ["một", "hai"] {
        let mut unit = unit.clone();
        unit.note = Some(note.to_owned());
        desk.write(|write| write.set_unit(&unit)).unwrap();
    }
    desk.log("Một dòng");
    let note = |desk: &Desk| {
        let unit = desk.book.read(|book| book.unit(unit.id)).unwrap();
        unit.map(|unit| unit.note)
    };
    assert_eq!(note(&desk), Some(Some("hai".to_owned())));
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(note(&desk), Some(Some("một".to_owned())));
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(note(&desk), Some(None));
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(note(&desk), None, "the unit itself is taken back");
    let nothing = desk.write(|write| write.undo());
    assert_eq!(nothing.map_err(|error| error.code), Err(Code::UndoNothing));
    assert_eq!(desk.book.read(|book| book.entry_count()).unwrap(), 1);
    assert!(desk.book.verify(None).unwrap().ok);
}

#[test]
fn what_somebody_else_wrote_over_is_not_undone() {
    let mut desk = Desk::new();
    let mut unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    unit.note = Some("của người khác".to_owned());
    desk.write_as("Lê Thị Bích", |write| write.set_unit(&unit))
        .unwrap();
    let before = desk.book.head().unwrap();
    let error = desk.write(|write| write.undo()).unwrap_err();
    assert_eq!(error.code, Code::UndoOverwritten);
    assert!(
        error.params.contains(&("who", "Lê Thị Bích".to_owned())),
        "{error}"
    );
    assert_eq!(
        desk.book.head().unwrap(),
        before,
        "a refusal writes nothing"
    );
    // They can take back theirs, and then ours can be taken back too.
    desk.write_as("Lê Thị Bích", |write| write.undo()).unwrap();
    desk.write(|write| write.undo()).unwrap();
    assert!(desk.book.verify_to(Depth::Full, None).unwrap().ok);
}

#[test]
fn a_unit_on_which_somebody_stands_is_not_undone() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    desk.write_as("Lê Thị Bích", |write| {
        write.open_incident(NewIncident {
            title: "Trang bị thay giao diện".to_owned(),
            unit,
            kind: Type::Defacement,
            severity: None,
            detected: None,
        })
    })
    .unwrap();
    let refused = desk.write(|write| write.undo());
    assert_eq!(refused.map_err(|error| error.code), Err(Code::UndoInUse));
    desk.write_as("Lê Thị Bích", |write| write.undo()).unwrap();
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(desk.book.read(|book| book.units()).unwrap(), []);
}

#[test]
fn what_fails_writes_nothing() {
    let mut desk = Desk::new();
    desk.unit("DIS006", "UBND huyện Cư M'gar");
    let before = desk.book.head().unwrap();
    let failed = desk.write(|write| {
        write.log(&"nửa chừng".into())?;
        write.log(&"   ".into())
    });
    assert_eq!(failed.map_err(|error| error.code), Err(Code::Empty));
    assert_eq!(desk.book.head().unwrap(), before);
    assert_eq!(desk.log("Dòng đầu"), 1);
}

#[test]
fn any_own_change_is_taken_back_from_a_list_whatever_was_done_since() {
    let mut desk = Desk::new();
    let first = desk.unit("DIS006", "UBND huyện Cư M'gar");
    desk.unit("DIS007", "UBND huyện Ea Kar");
    let mut noted = first.clone();
    noted.note = Some("nhầm".to_owned());
    desk.write(|write| write.set_unit(&noted)).unwrap();
    desk.log("Một dòng");
    desk.unit("DIS008", "UBND huyện Krông Bông");

    let changes = desk.book.own_changes(OPERATOR, 50).unwrap();
    let note = &changes[1];
    assert_eq!(note.names, ["UBND huyện Cư M'gar"]);
    assert_eq!(note.parts.len(), 1);
    assert_eq!((note.parts[0].did, note.parts[0].count), (Did::Changed, 1));
    desk.write(|write| write.undo_change(note.id)).unwrap();
    let unit = desk.book.read(|book| book.unit(first.id)).unwrap();
    assert_eq!(unit.and_then(|unit| unit.note), None);
    let units = desk.book.read(|book| book.units()).unwrap();
    assert_eq!(units.len(), 3, "what was done since stays");

    let again = desk.write(|write| write.undo_change(note.id));
    assert_eq!(again.unwrap_err().code, Code::UndoUndone);
    let unknown = desk.write(|write| write.undo_change(9999));
    assert_eq!(unknown.unwrap_err().code, Code::UndoUnknown);
    assert!(desk.book.verify_to(Depth::Full, None).unwrap().ok);
}

#[test]
fn redo_gives_back_what_undo_took_and_undo_takes_it_again() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let mut noted = unit.clone();
    noted.note = Some("một".to_owned());
    desk.write(|write| write.set_unit(&noted)).unwrap();
    let note = |desk: &Desk| {
        let unit = desk.book.read(|book| book.unit(unit.id)).unwrap();
        unit.map(|unit| unit.note)
    };
    let redo = |desk: &mut Desk| desk.write(|write| write.redo(None));
    assert_eq!(redo(&mut desk).unwrap_err().code, Code::RedoNothing);
    for _ in 0..2 {
        desk.write(|write| write.undo()).unwrap();
        assert_eq!(note(&desk), Some(None));
        redo(&mut desk).unwrap();
        assert_eq!(note(&desk), Some(Some("một".to_owned())));
        assert_eq!(redo(&mut desk).unwrap_err().code, Code::RedoNothing);
    }
    // What was made and taken back comes again as it was.
    desk.write(|write| write.undo()).unwrap();
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(note(&desk), None);
    redo(&mut desk).unwrap();
    assert_eq!(note(&desk), Some(None));
    redo(&mut desk).unwrap();
    assert_eq!(note(&desk), Some(Some("một".to_owned())));
    assert!(desk.book.verify_to(Depth::Full, None).unwrap().ok);
}

#[test]
fn what_somebody_wrote_since_is_not_done_again_over_it() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let mut noted = unit.clone();
    noted.note = Some("một".to_owned());
    desk.write(|write| write.set_unit(&noted)).unwrap();
    desk.write(|write| write.undo()).unwrap();
    noted.note = Some("của người khác".to_owned());
    desk.write_as("Lê Thị Bích", |write| write.set_unit(&noted))
        .unwrap();
    let refused = desk.write(|write| write.redo(None));
    assert_eq!(refused.unwrap_err().code, Code::RedoOverwritten);
    let theirs = desk.book.own_changes("Lê Thị Bích", 50).unwrap();
    assert_eq!(theirs.len(), 1, "each sees their own");
    let unknown = desk.write(|write| write.undo_change(theirs[0].id));
    assert_eq!(unknown.unwrap_err().code, Code::UndoUnknown);
}

#[test]
fn what_something_stands_on_stays() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let person = desk.write(|write| {
        let person = write.new_person(unit, "Lê Văn Bình")?;
        write.set_person(&person)?;
        Ok(person.id)
    });
    desk.write(|write| write.add_period(NewPeriod::new("Kỳ", start(), start().plus(3 * DAY))))
        .unwrap();
    let shift = NewShift {
        unit,
        post: Post::Main,
        person: person.unwrap(),
        from: Instant::parse("23/05/2016 07:00").unwrap(),
        to: Instant::parse("23/05/2016 19:00").unwrap(),
    };
    desk.write(|write| write.add_shift(shift, None)).unwrap();
    let changes = desk.book.own_changes(OPERATOR, 50).unwrap();
    assert_eq!(changes.len(), 4);
    for made in &changes[1..] {
        let refused = desk.write(|write| write.undo_change(made.id));
        assert_eq!(refused.unwrap_err().code, Code::UndoInUse, "{made:?}");
    }
    for made in &changes {
        desk.write(|write| write.undo_change(made.id)).unwrap();
    }
}

#[test]
fn what_was_undone_last_is_done_again_first_and_any_by_its_number() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    for note in ["một", "hai", "ba"] {
        let mut unit = unit.clone();
        unit.note = Some(note.to_owned());
        desk.write(|write| write.set_unit(&unit)).unwrap();
    }
    let other = desk.unit("DIS007", "UBND huyện Ea Kar");
    let known = |desk: &Desk| {
        let units = desk.book.read(|book| book.units()).unwrap();
        let note = |id| {
            units
                .iter()
                .find(|unit| unit.id == id)
                .map(|unit| unit.note.clone())
        };
        (note(unit.id), note(other.id).is_some())
    };
    let is = |note: &str, other: bool| (Some(Some(note.to_owned())), other);
    let changes = desk.book.own_changes(OPERATOR, 50).unwrap();
    let [other_made, third, second] = [0, 1, 2].map(|n| changes[n].id);
    // The older one is undone after the newer one, and comes before it.
    desk.write(|write| write.undo_change(third)).unwrap();
    desk.write(|write| write.undo_change(other_made)).unwrap();
    desk.write(|write| write.undo_change(second)).unwrap();
    assert_eq!(known(&desk), is("một", false));
    desk.write(|write| write.redo(None)).unwrap();
    assert_eq!(known(&desk), is("hai", false));
    // By its number it does not wait for its turn.
    desk.write(|write| write.redo(Some(third))).unwrap();
    assert_eq!(known(&desk), is("ba", false));
    let stands = desk.write(|write| write.redo(Some(third)));
    assert_eq!(stands.unwrap_err().code, Code::RedoStands);
    desk.write(|write| write.redo(None)).unwrap();
    assert_eq!(known(&desk), is("ba", true));
    let nothing = desk.write(|write| write.redo(None));
    assert_eq!(nothing.unwrap_err().code, Code::RedoNothing);
    let unknown = desk.write(|write| write.redo(Some(9999)));
    assert_eq!(unknown.unwrap_err().code, Code::UndoUnknown);
    assert!(desk.book.verify_to(Depth::Full, None).unwrap().ok);
}

#[test]
fn what_is_needed_by_now_does_not_go_again() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    desk.write(|write| write.remove_unit(unit)).unwrap();
    desk.write(|write| write.undo()).unwrap();
    let person = desk.write(|write| {
        let person = write.new_person(unit, "Lê Văn Bình")?;
        write.set_person(&person)
    });
    person.unwrap();
    let refused = desk.write(|write| write.redo(None)).unwrap_err();
    assert_eq!(refused.code, Code::RedoInUse);
    assert!(refused.params.contains(&("by", "Lê Văn Bình".to_owned())));
}

#[test]
fn what_is_much_or_long_ago_is_asked_about_before_it_is_undone() {
    let mut desk = Desk::new();
    let next = |desk: &Desk, later: i64| {
        let now = desk.book.last_written().unwrap().unwrap().plus(later);
        desk.book.next_undo(OPERATOR, now).unwrap()
    };
    let nothing = desk.book.next_undo(OPERATOR, start()).unwrap_err();
    assert_eq!(nothing.code, Code::UndoNothing);
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    assert!(!next(&desk, 0).asks, "one, and just now");
    assert!(!next(&desk, 10 * MINUTE).asks);
    assert!(next(&desk, 10 * MINUTE + 1).asks, "long ago");
    let add = |desk: &mut Desk, people: std::ops::Range<usize>| {
        desk.write(|write| {
            for n in people {
                let person = write.new_person(unit.id, &format!("Y Biêr {n}"))?;
                write.set_person(&person)?;
            }
            Ok(())
        })
        .unwrap();
    };
    add(&mut desk, 0..3);
    assert!(!next(&desk, 0).asks, "a handful");
    add(&mut desk, 3..7);
    let much = next(&desk, 0);
    assert!(much.asks);
    assert_eq!(much.change.parts[0].count, 4);
    desk.write(|write| write.undo_change(much.change.id))
        .unwrap();
    assert_eq!(next(&desk, 0).change.parts[0].count, 3, "what comes next");
}
