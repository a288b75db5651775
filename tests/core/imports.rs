//! What an import tells of its rows, and how it is stopped.

use serde_json::json;
use sotruc_core::directory::person::import::Ways;
use sotruc_core::import::{ImportSession, RowCase};
use sotruc_core::sheet::heading::{Field, List};
use sotruc_core::sheet::{ReadOptions, Table, parse};
use sotruc_core::{Altered, Code, ImportedRow, Mode, NewPeriod, Reader, Wrote};
use std::cell::Cell;
use std::rc::Rc;

use crate::desk::{Desk, OPERATOR, start};
use sotruc_core::clock::DAY;

fn people(text: &str) -> Table {
    parse("t.csv", text.as_bytes(), List::People).unwrap()
}

fn units(text: &str) -> Table {
    parse("t.csv", text.as_bytes(), List::Units).unwrap()
}

/// Rows by their place in the table, and what became of them.
fn wrote(rows: &[ImportedRow]) -> Vec<(usize, Wrote)> {
    rows.iter().map(|row| (row.at, row.wrote)).collect()
}

const PEOPLE: &str = "Đơn vị,Họ và tên,Di động,Chức vụ,Email
Cư M'gar,Lê Văn An,0905123456,,
Không có thật,Ai Đó,0905123457,,
Cư M'gar,Trần Thị Bé,0905123458,,be@daklak.example
Cư M'gar,Lê Văn An,0905123459,Phó phòng,
";

#[test]
fn a_preview_tells_what_each_row_would_change() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "Cư M'gar");
    let table = people(PEOPLE);
    let mut bring = |mode| {
        desk.write(|write| write.import_people(&table, &Ways::default(), mode))
            .unwrap()
    };
    let new = vec![(0, Wrote::New), (2, Wrote::New), (3, Wrote::New)];
    let preview = bring(Mode::DryRun);
    assert_eq!(wrote(&preview.rows), new);
    assert_eq!((preview.new, preview.rejected.len()), (2, 1));
    assert!(preview.rows.iter().all(|row| row.changes.is_empty()));
    assert_eq!(wrote(&bring(Mode::SkipRejected).rows), new);
    let again = bring(Mode::DryRun);
    let same = vec![(0, Wrote::Same), (2, Wrote::Same), (3, Wrote::Same)];
    assert_eq!(wrote(&again.rows), same);

    desk.write(|write| {
        let mut person = write.find_person("Lê Văn An")?;
        person.title = None;
        person.mobiles.pop();
        write.set_person(&person)
    })
    .unwrap();
    let before = desk.book.head().unwrap();
    let import = desk
        .write(|write| write.import_people(&table, &Ways::default(), Mode::DryRun))
        .unwrap();
    let changes = vec![
        Altered {
            field: "title",
            old: json!(null),
            new: json!("Phó phòng"),
        },
        Altered {
            field: "mobiles",
            old: json!(["0905123456"]),
            new: json!(["0905123456", "0905123459"]),
        },
    ];
    assert_eq!(import.rows[0].wrote, Wrote::Changed);
    assert_eq!(import.rows[0].changes, changes);
    assert_eq!(
        import.rows[2].changes, changes,
        "two rows speak of one person"
    );
    assert_eq!(import.rows[1].wrote, Wrote::Same);
    assert_eq!((import.changed, import.same), (1, 1));
    assert_eq!(desk.book.head().unwrap(), before);
    let json = serde_json::to_value(&import).unwrap();
    assert_eq!(json.get("rows"), None);

    let units = self::units("Mã,Tên đơn vị,Nhóm,Thuộc\nDIS006,Cư M'gar,Công an,\n");
    let import = desk
        .write(|write| write.import_units(&units, Mode::DryRun))
        .unwrap();
    let group = Altered {
        field: "group",
        old: json!(unit.group),
        new: json!("police"),
    };
    assert_eq!(import.rows[0].changes, [group]);
}

#[test]
fn a_roster_names_every_row_of_a_shift() {
    let mut desk = Desk::new();
    desk.unit("DIS006", "Cư M'gar");
    let people = people(PEOPLE);
    desk.write(|write| {
        write.import_people(&people, &Ways::default(), Mode::SkipRejected)?;
        write.add_period(NewPeriod::new("Bầu cử", start(), start().plus(DAY)))
    })
    .unwrap();
    let shifts = "\
Đơn vị,Vai trò trực,Họ và tên,Từ,Đến,Hình thức
Cư M'gar,Chính,Lê Văn An,22/05/2016 18:00,23/05/2016 06:00,
Cư M'gar,Chính,Trần Thị Bé,23/05/2016 06:00,23/05/2016 18:00,Ca trực
Cư M'gar,Chính,Lê Văn An,22/05/2016 18:00,23/05/2016 06:00,
Cư M'gar,Chính,,23/05/2016 06:00,23/05/2016 18:00,Không có người trực
Cư M'gar,Chính,Ai Đó,23/05/2016 06:00,23/05/2016 18:00,
";
    let shifts = parse("t.csv", shifts.as_bytes(), List::Roster).unwrap();
    let mut bring = |mode| {
        let bring = |write: &mut sotruc_core::Writing<'_>| write.import_roster(&shifts, None, mode);
        desk.write(bring).unwrap()
    };
    let new = vec![(0, Wrote::New), (1, Wrote::New), (2, Wrote::New)];
    let import = bring(Mode::SkipRejected);
    assert_eq!(wrote(&import.rows), new);
    assert_eq!((import.new, import.rejected.len()), (2, 1));
    let same = vec![(0, Wrote::Same), (1, Wrote::Same), (2, Wrote::Same)];
    assert_eq!(wrote(&bring(Mode::DryRun).rows), same);
}

#[test]
fn a_preview_shows_what_the_columns_are() {
    let keys = |table: &Table| -> Vec<_> {
        let fields = table.columns.iter().map(|column| column.field);
        fields.map(|field| field.map(Field::key)).collect()
    };
    let expect = ["unit", "full_name", "mobiles", "title", "email"];
    assert_eq!(keys(&people(PEOPLE)), expect.map(Some));
    let units = units("Mã,Lạ,Tên,Nhóm\nP1,x,Tổ một,Khác\n");
    assert_eq!(
        keys(&units),
        [Some("code"), None, Some("unit"), Some("group")]
    );
}

#[test]
fn a_stopped_import_writes_nothing() {
    let mut desk = Desk::new();
    let mut text = "Mã,Tên đơn vị,Nhóm\n".to_owned();
    for n in 0..600 {
        text.push_str(&format!("P{n},Tổ bầu cử số {n},Tổ bầu cử\n"));
    }
    let table = units(&text);
    let before = desk.book.head().unwrap();
    let mut bring = |mode, last: usize| {
        let told = Rc::new(Cell::new((0, 0)));
        let tell = Rc::clone(&told);
        let import = desk.write(|write| {
            write.on_progress(move |done, of| {
                tell.set((done, of));
                done < last
            });
            write.import_units(&table, mode)
        });
        (import.map(|import| import.new), told.get())
    };
    for mode in [Mode::AllOrNothing, Mode::DryRun] {
        let (import, told) = bring(mode, 256);
        assert_eq!(import.map_err(|error| error.code), Err(Code::Cancelled));
        assert_eq!(told, (256, 600));
    }
    let (import, told) = bring(Mode::DryRun, usize::MAX);
    assert_eq!((import.unwrap(), told), (600, (512, 600)));
    assert_eq!(desk.book.head().unwrap(), before);
    assert_eq!(desk.book.read(|book| book.units()).unwrap(), []);
    assert!(desk.book.verify(None).unwrap().ok);
}

#[test]
fn a_check_can_be_stopped() {
    let mut desk = Desk::new();
    desk.write(|write| {
        for n in 0..600 {
            write.log(&format!("Dòng {n}").as_str().into())?;
        }
        Ok(())
    })
    .unwrap();
    let told = Cell::new((0, 0));
    let check = |last: usize| {
        desk.book
            .verify_with_progress(sotruc_core::Depth::Full, None, &|done, of| {
                told.set((done, of));
                done < last
            })
    };
    let stopped = check(256).map_err(|error| error.code);
    assert_eq!(stopped, Err(Code::Cancelled));
    let verdict = check(usize::MAX).unwrap();
    assert!(verdict.ok);
    assert_eq!(told.get(), (512, verdict.records as usize));
}

#[test]
fn a_mended_cell_stays_mended_and_is_not_said_of_a_clone() {
    let mut desk = Desk::new();
    desk.unit("DIS006", "Cư M'gar");
    let path = desk.folder.path().join("people.csv");
    std::fs::write(&path, PEOPLE).unwrap();
    let options = ReadOptions::default();
    let mut session = ImportSession::open(&path, List::People, options, start()).unwrap();
    // What was read is not read again.
    std::fs::remove_file(&path).unwrap();
    let counts = |desk: &Desk, session: &ImportSession| {
        let preview = |book: Reader<'_>| session.preview(book, None, &|_, _| true);
        let counts = desk.book.read(preview).unwrap().preview.counts;
        (counts.new, counts.rejected)
    };
    assert_eq!(counts(&desk, &session), (2, 1));
    let before = session.clone();
    session.mend(1, 0, "Cư M'gar".to_owned());
    assert_eq!(counts(&desk, &session), (3, 0));
    assert_eq!(counts(&desk, &before), (2, 1));

    let columns = vec![("Email".to_owned(), None)];
    session.read(None, &columns).unwrap();
    assert_eq!(counts(&desk, &session), (3, 0), "read in another way");
    let unknown = vec![("Email".to_owned(), Some("colour".to_owned()))];
    let refused = session.read(None, &unknown).map_err(|error| error.code);
    assert_eq!(refused, Err(Code::ValueUnknown));
    assert_eq!(session.columns(), columns, "it stays as it was");

    let foreseen = desk
        .book
        .read(|book| session.preview(book, None, &|_, _| true))
        .unwrap();
    // The book may change between the look and the yes: it is planned again.
    let known = people("Đơn vị,Họ và tên,Di động\nCư M'gar,Trần Thị Bé,0905123458\n");
    desk.write(|write| write.import_people(&known, &Ways::default(), Mode::AllOrNothing))
        .unwrap();
    let now = start().plus(DAY);
    let mode = Mode::AllOrNothing;
    let done = session.take(&mut desk.book, OPERATOR, now, mode, |_, _| true);
    let done = done.unwrap();
    assert!(done.written);
    assert_eq!((foreseen.import.new, done.import.new), (3, 2));
    assert_eq!(done.import.same, 1);
    let rows = foreseen.rows(Some(RowCase::New), (1, 2), |_, _| None);
    assert_eq!((rows.total, rows.rows.len()), (4, 2));
    assert_eq!(rows.rows[0].cells[0], "Cư M'gar", "the mended cell");
}

#[test]
fn what_is_foreseen_is_what_is_written() {
    let mut desk = Desk::new();
    let first = units("Mã,Tên đơn vị,Nhóm,Ghi chú\nD1,Sở Y tế,Khác,a\nD2,Sở Nội vụ,Khác,b\n");
    desk.write(|write| write.import_units(&first, Mode::AllOrNothing))
        .unwrap();
    let second = units(
        "Mã,Tên đơn vị,Nhóm,Ghi chú,Thuộc\nD1,Sở Y tế,Công an,a,\nD2,Sở Nội vụ,Khác,b,\nP1,Tổ một,Khác,,Sở Y tế\n",
    );
    let foreseen = desk
        .write(|write| write.import_units(&second, Mode::DryRun))
        .unwrap();
    let written = desk
        .write(|write| write.import_units(&second, Mode::AllOrNothing))
        .unwrap();
    let told = |import: &sotruc_core::Import| {
        let rows = import.rows.iter();
        let rows = rows.map(|row| (row.at, row.wrote, row.changes.clone()));
        (import.counts(), rows.collect::<Vec<_>>())
    };
    assert_eq!(told(&foreseen), told(&written));
    let counts = foreseen.counts();
    assert_eq!((counts.new, counts.changed, counts.same), (1, 1, 1));
}
