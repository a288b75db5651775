//! An encrypted book opens with its key and with nothing else.

use sotruc_core::{Code, FileKey, Installation, Logbook, NewBook};
use std::fs;

use crate::desk::start;

#[test]
fn only_the_key_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.sotruc");
    let home = Installation::at(folder.path().join("home"));
    let new = NewBook {
        site: "DLK",
        name: "Phòng trực",
        unit: None,
        practice: false,
        place: None,
        profiles: &[],
    };
    let key = FileKey([7; 32]);
    let mut book =
        Logbook::create_with_key(&path, Some(key.clone()), &home, &new, "Ánh", start()).unwrap();
    book.transact("Ánh", start(), |write| write.log(&"Điều kín".into()))
        .unwrap();
    assert!(book.verify(None).unwrap().ok);
    let backup = book.backup(folder.path(), start()).unwrap();
    drop(book);
    for file in [&path, &backup] {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.starts_with(b"SQLite format 3"), "{}", file.display());
        let word = "Điều kín".as_bytes();
        assert!(!bytes.windows(word.len()).any(|window| window == word));
        let open = |key: Option<FileKey>| {
            Logbook::open_with_key(file, key, &home)
                .map(drop)
                .map_err(|error| error.code)
        };
        assert_eq!(open(None), Err(Code::NotABook));
        assert_eq!(open(Some(FileKey([8; 32]))), Err(Code::NotABook));
        assert_eq!(open(Some(key.clone())), Ok(()));
    }
}
