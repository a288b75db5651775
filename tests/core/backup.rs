//! Copies: one a day by itself, each whole.

use sotruc_core::clock::DAY;
use sotruc_core::{Installation, Logbook};

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
        let hits = desk.book.read(|book| book.search(words)).unwrap();
        hits.into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(find(&desk, "dut cap ea sup"), ["DLK-601"]);
    desk.book.tend(start()).unwrap();
    desk.log("Cáp Ea Súp đã nối");
    assert_eq!(find(&desk, "dut cap"), ["DLK-601"]);
    assert_eq!(find(&desk, "noi cap"), ["DLK-602"]);
    assert_eq!(find(&desk, "thu 599"), ["DLK-600"]);
}
