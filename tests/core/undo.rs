//! Undo gives back what was, and refuses to take what others wrote.

use sotruc_core::incident::Type;
use sotruc_core::{Code, Depth, NewIncident};

use crate::desk::Desk;

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
