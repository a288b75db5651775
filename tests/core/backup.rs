//! Copies: one a day by itself, each whole.

use sotruc_core::clock::DAY;
use sotruc_core::{Code, Installation, Logbook};
use std::fs;

use crate::desk::{Desk, start};

#[test]
fn a_backup_opens_as_a_book() {
    let mut desk = Desk::new();
    desk.log("Một dòng");
    let path = desk.book.backup(desk.folder.path(), start()).unwrap();
    assert!(
        path.ends_with("book-20160522-180000.sotruc"),
        "{}",
        path.display()
    );
    let again = desk.book.backup(desk.folder.path(), start()).unwrap();
    assert_ne!(path, again);
    let copy = Logbook::open(&path, &Installation::at(desk.folder.path().join("none"))).unwrap();
    assert_eq!(copy.head().unwrap(), desk.book.head().unwrap());
    assert!(copy.verify(None).unwrap().ok);
}

#[test]
fn tending_makes_one_backup_a_day() {
    let mut desk = Desk::new();
    let count = |desk: &Desk| desk.book.backups().unwrap().len();
    desk.book.tend(start()).unwrap();
    assert_eq!(count(&desk), 0, "nothing was written yet");
    desk.log("Dòng đầu");
    desk.book.tend(start()).unwrap();
    desk.book.tend(start().plus(DAY / 8)).unwrap();
    assert_eq!(count(&desk), 1);
    desk.book.tend(start().plus(DAY)).unwrap();
    assert_eq!(count(&desk), 1, "nothing was written since");
    desk.log("Một dòng");
    desk.book.tend(start().plus(DAY)).unwrap();
    assert_eq!(count(&desk), 2);
}

#[test]
fn lines_are_found_before_and_after_indexing() {
    let mut desk = Desk::new();
    desk.write(|write| {
        for n in 0..600 {
            write.log(
                &format!("Gọi lần thứ {n}, Buôn Hồ không nghe")
                    .as_str()
                    .into(),
            )?;
        }
        write.log(&"Đứt cáp tại Ea Súp".into())
    })
    .unwrap();
    let find = |desk: &Desk, words: &str| -> Vec<String> {
        let hits = desk.book.read(|book| book.search(words, start())).unwrap();
        hits.into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(find(&desk, "dut cap ea sup"), ["DLK-601"]);
    desk.book.tend(start()).unwrap();
    desk.log("Cáp Ea Súp đã nối");
    assert_eq!(find(&desk, "dut cap"), ["DLK-601"]);
    assert_eq!(find(&desk, "noi cap"), ["DLK-602"]);
    assert_eq!(find(&desk, "thu 599"), ["DLK-600"]);
}

/// What lies there under the name of a copy, and cannot be removed as one: a folder stands for a
/// file that another program has open.
fn stuck(desk: &Desk, stamp: &str) -> std::path::PathBuf {
    let path = desk
        .book
        .backup_folder()
        .join(format!("book-{stamp}.sotruc"));
    fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn a_copy_that_is_held_keeps_no_other_from_going() {
    let mut desk = Desk::new();
    desk.log("Một dòng");
    let held = stuck(&desk, "20160301-060000");
    for day in ["20160302", "20160303", "20160304"] {
        let name = format!("book-{day}-060000.sotruc");
        fs::write(desk.book.backup_folder().join(name), "").unwrap();
    }
    let made = desk.book.keep_backup(start()).unwrap().unwrap();
    let newest_of_march = desk
        .book
        .backup_folder()
        .join("book-20160304-060000.sotruc");
    assert_eq!(desk.book.backups().unwrap(), [held, newest_of_march, made]);
}

#[test]
fn what_a_redaction_dropped_is_asked_of_every_copy() {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let person = desk
        .write(|write| {
            let person = write.new_person(unit.id, "Lê Thị Hòa")?;
            write.set_person(&person)?;
            Ok(person)
        })
        .unwrap();
    let held = stuck(&desk, "20160301-060000");
    let older = desk
        .book
        .backup_folder()
        .join("book-20160302-060000.sotruc");
    fs::write(&older, "").unwrap();
    let now = start().plus(DAY);
    desk.book
        .erase(crate::desk::OPERATOR, now, &[person.id], "xin xóa")
        .unwrap();
    let refused = desk.book.purge(now).map_err(|error| error.code);
    assert_eq!(refused, Err(Code::File), "one may still tell");
    assert!(held.exists() && !older.exists());
    // Asked again once it is let go.
    fs::remove_dir(&held).unwrap();
    assert!(desk.book.purge(now).unwrap().is_empty());
    assert!(desk.book.purge(now).unwrap().is_empty());
    assert_eq!(desk.book.backups().unwrap().len(), 1);
}
