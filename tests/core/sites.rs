//! A site is an installation, not a file.

use sotruc_core::{Installation, Logbook};
use std::fs;

use crate::desk::{Desk, start};

#[test]
fn a_copy_goes_on_as_a_new_site() {
    let mut desk = Desk::new();
    desk.log("Ở nhà");
    let copy = desk.folder.path().join("copy.sotruc");
    fs::rename(
        desk.book.backup(desk.folder.path(), start()).unwrap(),
        &copy,
    )
    .unwrap();

    let elsewhere = Installation::at(desk.folder.path().join("elsewhere"));
    let mut other = Logbook::open(&copy, &elsewhere).unwrap();
    let line = other
        .transact("Lê Thị Bích", start(), |write| {
            write.log(&"Ở điểm bầu cử".into())
        })
        .unwrap();
    assert_eq!(line.number, 1, "the new site counts its own lines");
    assert!(
        line.site.starts_with("DLK") && line.site.len() == 5,
        "{line}"
    );
    assert!(other.verify(None).unwrap().ok);

    // Also for the same user: a copy beside the book is not the book.
    let beside = desk.folder.path().join("beside.sotruc");
    fs::rename(
        desk.book.backup(desk.folder.path(), start()).unwrap(),
        &beside,
    )
    .unwrap();
    let mut beside = Logbook::open(&beside, &desk.home()).unwrap();
    let line = beside
        .transact("Lê Thị Bích", start(), |write| {
            write.log(&"Ở bản sao".into())
        })
        .unwrap();
    assert_ne!(line.site, "DLK");

    assert_eq!(desk.log("Vẫn ở nhà"), 2);
    assert!(desk.book.verify(None).unwrap().ok);
}

#[test]
fn a_book_that_was_moved_is_the_same_site() {
    let mut desk = Desk::new();
    desk.log("Trước");
    let (path, home) = (desk.path(), desk.home());
    let moved = desk.folder.path().join("moved.sotruc");
    let Desk { folder, book, .. } = desk;
    drop(book);
    fs::rename(path, &moved).unwrap();
    let mut book = Logbook::open(&moved, &home).unwrap();
    let line = book
        .transact("Lê Thị Bích", start(), |write| write.log(&"Sau".into()))
        .unwrap();
    assert_eq!(line.to_string(), "DLK-2");
    assert!(book.verify(None).unwrap().ok);
    drop(folder);
}

#[test]
fn an_older_copy_in_its_place_goes_on_as_a_new_site() {
    let mut desk = Desk::new();
    desk.log("Trước khi sao lưu");
    let backup = desk.book.backup(desk.folder.path(), start()).unwrap();
    desk.log("Sau khi sao lưu");
    let (path, home) = (desk.path(), desk.home());
    let Desk { folder, book, .. } = desk;
    drop(book);
    fs::copy(backup, &path).unwrap();
    let mut book = Logbook::open(&path, &home).unwrap();
    assert!(
        !book.verify(None).unwrap().ok,
        "this computer has seen a line that is gone"
    );
    let line = book
        .transact("Lê Thị Bích", start(), |write| {
            write.log(&"Viết tiếp".into())
        })
        .unwrap();
    assert_ne!(line.site, "DLK", "two lines DLK-2 would be a fork");
    assert!(book.verify(None).unwrap().ok);
    drop(folder);
}
