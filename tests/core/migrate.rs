//! Books of every schema that was ever released become, whole, what this program writes; only when
//! somebody asks for it.

use rusqlite::{Connection, OpenFlags};
use sotruc_core::{Code, FileKey, Installation, Logbook};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, start};

fn fixture(name: &str) -> (tempfile::TempDir, PathBuf) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures")
        .join(name);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sotruc");
    fs::copy(from, &path).unwrap();
    (folder, path)
}

/// A short book of every schema there was, as SQL; the first line ends with its head.
const SCHEMAS: [&str; 8] = [
    include_str!("../fixtures/schemas/1.sql"),
    include_str!("../fixtures/schemas/2.sql"),
    include_str!("../fixtures/schemas/3.sql"),
    include_str!("../fixtures/schemas/4.sql"),
    include_str!("../fixtures/schemas/5.sql"),
    include_str!("../fixtures/schemas/6.sql"),
    include_str!("../fixtures/schemas/7.sql"),
    include_str!("../fixtures/schemas/8.sql"),
];

/// A book made of SQL, alone in a folder.
fn laid_out(sql: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sotruc");
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    (folder, path)
}

fn older() -> &'static [&'static str] {
    &SCHEMAS[..SCHEMAS.len() - 1]
}

fn home() -> Installation {
    Installation::at("/nonexistent")
}

fn open(path: &Path) -> Result<Logbook, Code> {
    Logbook::open(path, &home()).map_err(|error| error.code)
}

fn upgrade(path: &Path) -> Result<Option<PathBuf>, Code> {
    Logbook::upgrade(path, None, start()).map_err(|error| error.code)
}

/// Every file in a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        match path.is_dir() {
            true => found.append(&mut files(&path)),
            false => drop(found.insert(path.clone(), fs::read(&path).unwrap())),
        }
    }
    found
}

/// What a file's tables and indexes are.
fn schema(path: &Path) -> (i64, Vec<(String, Option<String>)>) {
    let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let number = file.pragma_query_value(None, "user_version", |row| row.get(0));
    let mut all = file
        .prepare("SELECT name, sql FROM sqlite_master ORDER BY name")
        .unwrap();
    let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    (
        number.unwrap(),
        rows.unwrap().collect::<Result<_, _>>().unwrap(),
    )
}

#[test]
fn a_look_at_an_older_book_changes_nothing() {
    for sql in older() {
        let (folder, path) = laid_out(sql);
        let before = files(folder.path());
        assert_eq!(open(&path).map(drop), Err(Code::BookOlder));
        assert_eq!(files(folder.path()), before);
    }
}

#[test]
fn what_a_dead_program_left_beside_an_older_book_stays_until_the_upgrade() {
    let (folder, path) = laid_out(SCHEMAS[3]);
    let file = Connection::open(&path).unwrap();
    file.pragma_update(None, "journal_mode", "wal").unwrap();
    file.execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE unit SET hlc = hlc")
        .unwrap();
    let killed = folder.path().join("killed.sotruc");
    for ending in ["", "-wal"] {
        let name = |book: &Path| format!("{}{ending}", book.display());
        fs::copy(name(&path), name(&killed)).unwrap();
    }
    drop(file);
    let log = folder.path().join("killed.sotruc-wal");
    let before = (fs::read(&killed).unwrap(), fs::read(&log).unwrap());
    assert_eq!(open(&killed).map(drop), Err(Code::BookOlder));
    assert_eq!(
        (fs::read(&killed).unwrap(), fs::read(&log).unwrap()),
        before
    );
    upgrade(&killed).unwrap().unwrap();
    assert!(open(&killed).unwrap().verify(None).unwrap().ok);
}

#[test]
fn a_book_of_every_schema_becomes_as_a_new_one() {
    let new = schema(&Desk::new().path());
    assert_eq!(new.0, SCHEMAS.len() as i64, "each schema has its fixture");
    for sql in SCHEMAS {
        let (_folder, path) = laid_out(sql);
        upgrade(&path).unwrap();
        assert_eq!(schema(&path), new);
        let book = open(&path).unwrap();
        // The tables are what a replay into new ones gives.
        assert_eq!(book.verify(None).unwrap().problems, []);
        let head = sql.lines().next().unwrap().rsplit(' ').next().unwrap();
        assert_eq!(book.head().unwrap().unwrap().to_string(), head);
        assert_eq!(upgrade(&path), Ok(None));
    }
}

#[test]
fn an_upgrade_makes_a_copy_as_others_are_first() {
    for sql in older() {
        let (folder, path) = laid_out(sql);
        let blob = "book.sotruc.files/0123456789abcdef0123456789abcdef";
        fs::create_dir(folder.path().join("book.sotruc.files")).unwrap();
        fs::write(folder.path().join(blob), "SoTrF1").unwrap();
        let before = schema(&path);
        let copy = upgrade(&path).unwrap().unwrap();
        let name = "book.sotruc.backups/book-20160522-180000.sotruc";
        assert!(copy.ends_with(name), "{}", copy.display());
        assert_eq!(schema(&copy), before);
        assert_eq!(open(&copy).map(drop), Err(Code::BookOlder));
        assert_eq!(
            open(&path).unwrap().backups().unwrap(),
            std::slice::from_ref(&copy)
        );
        let blob = format!("{}{}", copy.display(), &blob["book.sotruc".len()..]);
        assert_eq!(fs::read(blob).unwrap(), b"SoTrF1");
        // The copy is a book, too.
        upgrade(&copy).unwrap().unwrap();
        let (copy, book) = (open(&copy).unwrap(), open(&path).unwrap());
        assert_eq!(copy.head().unwrap(), book.head().unwrap());
    }
}

#[test]
fn an_upgrade_that_fails_leaves_the_book_as_it_was() {
    let spoilt = |spoil: &dyn Fn(&Path)| {
        let (folder, path) = laid_out(SCHEMAS[3]);
        spoil(&path);
        let before = files(folder.path());
        let refused = upgrade(&path).unwrap_err();
        assert_eq!(files(folder.path()), before);
        refused
    };
    let no_folder = |book: &Path| fs::write(format!("{}.backups", book.display()), "").unwrap();
    assert_eq!(spoilt(&no_folder), Code::File);
    // The last step cannot be taken; those before it are taken back, and the copy goes.
    let no_room = |book: &Path| {
        let file = Connection::open(book).unwrap();
        file.execute_batch("CREATE TABLE arrival (a)").unwrap();
    };
    assert_eq!(spoilt(&no_room), Code::Store);
}

#[test]
fn a_damaged_older_book_is_upgraded_and_only_read() {
    let (_folder, path) = laid_out(SCHEMAS[4]);
    let file = Connection::open(&path).unwrap();
    file.execute_batch("UPDATE record SET wall = 0 WHERE id & 0xffff = 7")
        .unwrap();
    drop(file);
    upgrade(&path).unwrap().unwrap();
    let book = open(&path).unwrap();
    assert_eq!(book.damage().unwrap().code, Code::BookDamaged);
    assert_eq!(book.read(|book| book.units()).unwrap().len(), 1);
}

#[test]
fn a_province_of_schema_1_is_whole_today() {
    let (folder, path) = fixture("schema-1.sotruc");
    let home = Installation::at(folder.path().join("home"));
    upgrade(&path).unwrap().unwrap();
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
    let file = Connection::open(&path).unwrap();
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
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    assert_eq!(refused(&other), Err(Code::NotABook));
    assert_eq!(
        refused(&folder.path().join("none.sotruc")),
        Err(Code::BookMissing)
    );
}

#[test]
fn an_encrypted_older_book_is_upgraded_with_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sotruc");
    let file = Connection::open(&path).unwrap();
    let key = "PRAGMA cipher_default_page_size = 8192; PRAGMA key = \"x'";
    file.execute_batch(&format!("{key}{}'\"", "07".repeat(32)))
        .unwrap();
    file.execute_batch(SCHEMAS[2]).unwrap();
    drop(file);
    assert_eq!(upgrade(&path), Err(Code::NotABook));
    let key = FileKey([7; 32]);
    let copy = Logbook::upgrade(&path, Some(&key), start()).unwrap();
    let bytes = fs::read(copy.unwrap()).unwrap();
    assert!(!bytes.starts_with(b"SQLite format 3"));
    let book = Logbook::open_with_key(&path, Some(key), &home()).unwrap();
    assert!(book.verify(None).unwrap().ok);
}
