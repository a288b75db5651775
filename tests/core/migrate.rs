//! Books of every schema that was ever released open, whole, in this program.

use sotruc_core::{Code, Installation, Logbook};
use std::fs;
use std::path::Path;

fn fixture(name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures")
        .join(name);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sotruc");
    fs::copy(from, &path).unwrap();
    (folder, path)
}

#[test]
fn a_book_of_schema_1_opens() {
    let (folder, path) = fixture("schema-1.sotruc");
    let home = Installation::at(folder.path().join("home"));
    let book = Logbook::open(&path, &home).unwrap();
    assert!(book.verify(None).unwrap().ok);
    assert_eq!(
        book.head().unwrap().unwrap().to_string(),
        include_str!("../fixtures/schema-1.head").trim()
    );
    book.read(|book| {
        assert_eq!(book.units()?.len(), 51);
        assert_eq!(book.people()?.len(), 118);
        assert_eq!(book.shifts()?.len(), 149);
        assert_eq!(book.incidents()?.len(), 5);
        assert_eq!(book.entry_count()?, 40);
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_newer_book_and_other_files_are_refused() {
    let (folder, path) = fixture("schema-1.sotruc");
    let home = Installation::at(folder.path().join("home"));
    let refused = |path: &Path| {
        Logbook::open(path, &home)
            .map(drop)
            .map_err(|error| error.code)
    };
    let file = rusqlite::Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    drop(file);
    let before = fs::read(&path).unwrap();
    assert_eq!(refused(&path), Err(Code::BookNewer));
    assert_eq!(fs::read(&path).unwrap(), before);
    let text = folder.path().join("text.sotruc");
    fs::write(&text, "Danh sách trực\n".repeat(500)).unwrap();
    assert_eq!(refused(&text), Err(Code::NotABook));
    fs::write(&text, "").unwrap();
    assert_eq!(refused(&text), Err(Code::NotABook));
    let other = folder.path().join("other.sotruc");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    assert_eq!(refused(&other), Err(Code::NotABook));
    assert_eq!(
        refused(&folder.path().join("none.sotruc")),
        Err(Code::BookMissing)
    );
}
