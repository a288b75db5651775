//! A site is an installation, not a file.

use sotruc_core::clock::{DAY, MINUTE};
use sotruc_core::journal::{Fault, Head};
use sotruc_core::log::entry::Line;
use sotruc_core::{Code, Continuation, Installation, Logbook, NewBook, PORTABLE_MARK};
use std::fs;
use std::path::Path;

use crate::desk::{Desk, OPERATOR, start};

/// A book that nobody wrote in yet.
const NEW: NewBook<'static> = NewBook {
    site: "DLK",
    name: "Phòng trực",
    unit: None,
    practice: false,
    place: None,
    profiles: &[],
};

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
        line.site.starts_with("DLK") && line.site.len() == 6,
        "{line}"
    );
    assert!(other.verify(None).unwrap().ok);
    let cards = other.read(|book| book.sites()).unwrap();
    let codes: Vec<&str> = cards.iter().map(|card| card.code.as_str()).collect();
    assert_eq!(codes, ["DLK", &line.site]);
    assert!(
        cards
            .iter()
            .all(|card| card.name == "Phòng trực" && !card.practice)
    );

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

/// Windows takes both names for one; elsewhere the book was moved.
#[test]
fn a_book_renamed_in_its_capitals_alone_is_the_same_site() {
    let mut desk = Desk::new();
    desk.log("Một dòng");
    desk.book.tend(start()).unwrap();
    let (path, home) = (desk.path(), desk.home());
    let capitals = desk.folder.path().join("Book.sotruc");
    let Desk { folder, book, .. } = desk;
    drop(book);
    // In two steps: Wine leaves a name that is the same to it as it was.
    let between = folder.path().join("between");
    fs::rename(path, &between).unwrap();
    fs::rename(between, &capitals).unwrap();
    let mut book = Logbook::open(&capitals, &home).unwrap();
    assert!(book.path().ends_with("Book.sotruc"), "{book:?}");
    let line = book
        .transact(OPERATOR, start().plus(DAY), |write| {
            write.log(&"Hai".into())
        })
        .unwrap();
    assert_eq!(line.to_string(), "DLK-2");
    assert_eq!(book.backups().unwrap().len(), usize::from(cfg!(windows)));
    drop((book, folder));
}

/// A key file says where its book lies in another spelling: on Windows in that of the system.
#[test]
fn a_place_is_known_in_another_spelling() {
    let mut desk = Desk::new();
    let keys = fs::read_dir(desk.home().keys()).unwrap();
    let key = keys
        .map(|file| file.unwrap().path())
        .find(|path| path.extension().is_some_and(|it| it == "json"))
        .unwrap();
    let other = match cfg!(windows) {
        true => format!(r"\\?\{}", desk.path().display()).into(),
        false => desk.folder.path().join("home/../book.sotruc"),
    };
    let text = fs::read_to_string(&key).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["book"], desk.path().to_str().unwrap());
    file["book"] = other.to_str().unwrap().into();
    fs::write(&key, file.to_string()).unwrap();
    desk.book = Logbook::open(&desk.path(), &desk.home()).unwrap();
    assert_eq!(desk.book.continuation().unwrap(), Continuation::Same);
    desk.log("Một dòng");
    let cards = desk.book.read(|book| book.sites()).unwrap();
    assert_eq!(cards.len(), 1);
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

#[test]
fn a_copy_vouches_for_what_it_grew_from() {
    let mut desk = Desk::new();
    desk.log("Một");
    desk.log("Hai");
    let copy = desk.folder.path().join("copy.sotruc");
    fs::rename(
        desk.book.backup(desk.folder.path(), start()).unwrap(),
        &copy,
    )
    .unwrap();
    let elsewhere = Installation::at(desk.folder.path().join("elsewhere"));
    let mut other = Logbook::open(&copy, &elsewhere).unwrap();
    other
        .transact("Lê Thị Bích", start(), |write| write.log(&"Ba".into()))
        .unwrap();
    let head = other.head().unwrap().unwrap();
    assert!(other.verify(Some(&head)).unwrap().ok);
    drop(other);
    let file = rusqlite::Connection::open(&copy).unwrap();
    let last = 1_i64 << 40 | 4;
    file.execute("DELETE FROM record WHERE id = ?1", [last])
        .unwrap();
    file.execute("DELETE FROM entry WHERE record = ?1", [last])
        .unwrap();
    file.close().unwrap();
    let other = Logbook::open(&copy, &elsewhere).unwrap();
    let verdict = other.verify(Some(&head)).unwrap();
    assert!(
        verdict
            .problems
            .iter()
            .any(|problem| problem.problem == Fault::ParentMissing),
        "{verdict:?}"
    );
}

#[test]
fn an_operator_becomes_the_person_they_are() {
    let mut desk = Desk::new();
    let mut unit = desk.unit("DEP015", "Sở Thông tin và Truyền thông");
    unit.ours = true;
    desk.write(|write| {
        write.set_unit(&unit)?;
        let person = write.new_person(unit.id, OPERATOR)?;
        write.set_person(&person)
    })
    .unwrap();
    let operators = desk.book.read(|book| book.operators()).unwrap();
    assert!(operators[0].person.is_some(), "{operators:?}");
}

#[test]
fn what_another_program_wrote_is_noticed() {
    let mut desk = Desk::new();
    let mut beside = Logbook::open(&desk.path(), &desk.home()).unwrap();
    let (here, there) = (desk.book.version().unwrap(), beside.version().unwrap());
    desk.log("Ở cửa sổ");
    assert_eq!(desk.book.version().unwrap(), here);
    assert_ne!(beside.version().unwrap(), there);
    beside
        .transact("Lê Thị Bích", start().plus(MINUTE), |write| {
            write.log(&"Ở dòng lệnh".into())
        })
        .unwrap();
    assert_ne!(desk.book.version().unwrap(), here);
    assert_eq!(desk.book.read(|book| book.entry_count()).unwrap(), 2);
}

/// A program that is carried about, on a stick that is at hand under this letter.
fn carried(stick: &Path) -> Installation {
    Installation::carried_in(&stick.join("Sổ trực của phòng")).unwrap()
}

#[test]
fn a_stick_is_the_same_site_under_another_letter() {
    let folder = tempfile::tempdir().unwrap();
    let [e, f] = ["e", "f"].map(|letter| folder.path().join(letter));
    let program = e.join("Sổ trực của phòng");
    fs::create_dir_all(&program).unwrap();
    assert!(Installation::carried_in(&program).is_none(), "no mark");
    fs::write(program.join(PORTABLE_MARK), "").unwrap();
    let home = carried(&e);
    home.make_ready().unwrap();
    let mut book = Logbook::create(&home.usual_book(), &home, &NEW, OPERATOR, start()).unwrap();
    let log = |book: &mut Logbook, at| {
        book.transact(OPERATOR, at, |write| write.log(&"Trên thẻ nhớ".into()))
            .unwrap()
    };
    log(&mut book, start());
    let before = home.noted(book.path());
    assert_eq!(before, Path::new("data/so-truc.sotruc"));
    drop(book);

    fs::rename(&e, &f).unwrap();
    // Another stick is at hand under the old letter, with a book of its own there.
    fs::create_dir_all(program.join("data")).unwrap();
    fs::write(program.join("data/so-truc.sotruc"), "").unwrap();
    let home = carried(&f);
    let path = home.found(&before);
    let mut book = Logbook::open(&path, &home).unwrap();
    assert_eq!(book.path(), path);
    assert_eq!(book.continuation().unwrap(), Continuation::Same);
    let line = log(&mut book, start().plus(MINUTE));
    assert_eq!((line.site.as_str(), line.number), ("DLK", 2));

    // What lies elsewhere is noted whole.
    let elsewhere = folder.path().join("elsewhere.sotruc");
    assert_eq!(home.noted(&elsewhere), elsewhere);
    assert_eq!(home.found(&elsewhere), elsewhere);
    assert_eq!(home.found(Path::new("../x")), Path::new("../x"));
}

#[test]
fn a_copy_of_the_stick_gives_no_number_twice() {
    let folder = tempfile::tempdir().unwrap();
    let stick = folder.path().join("e");
    let program = stick.join("Sổ trực của phòng");
    fs::create_dir_all(&program).unwrap();
    fs::write(program.join(PORTABLE_MARK), "").unwrap();
    let home = carried(&stick);
    home.make_ready().unwrap();
    let book = Logbook::create(&home.usual_book(), &home, &NEW, OPERATOR, start()).unwrap();
    drop(book);
    // As it is in a copy: the folder was made at another time than the one the key was kept in.
    let key = fs::read_dir(home.keys()).unwrap().flatten().find(|file| {
        let path = file.path();
        path.extension().is_some_and(|ending| ending == "json")
    });
    let key = key.unwrap().path();
    let mut kept: serde_json::Value = serde_json::from_slice(&fs::read(&key).unwrap()).unwrap();
    let Some(made_at) = kept["made_at"].as_i64() else {
        // This disk does not tell when a folder was made.
        return;
    };
    kept["made_at"] = (made_at - 90_000).into();
    fs::write(&key, kept.to_string()).unwrap();

    let mut book = Logbook::open(&home.usual_book(), &home).unwrap();
    assert_eq!(book.continuation().unwrap(), Continuation::Copy);
    let line = book
        .transact(OPERATOR, start(), |write| write.log(&"Ở bản chép".into()))
        .unwrap();
    assert_ne!(line.site, "DLK");
    drop(book);
    let book = Logbook::open(&home.usual_book(), &home).unwrap();
    assert_eq!(book.continuation().unwrap(), Continuation::Same);
}

#[test]
fn a_file_that_is_copied_while_it_is_open_has_what_was_written() {
    let mut desk = Desk::new();
    let beside = Logbook::open(&desk.path(), &desk.home()).unwrap();
    desk.log("Một dòng");
    desk.book.tend(start().plus(MINUTE)).unwrap();
    let copy = desk.folder.path().join("chép tay.sotruc");
    fs::copy(desk.path(), &copy).unwrap();
    let copied = Logbook::open(&copy, &desk.home()).unwrap();
    let lines = |book: &Logbook| book.read(|book| book.entry_count()).unwrap();
    assert_eq!(lines(&copied), lines(&beside));
}

#[test]
fn a_folder_that_cannot_be_written_in_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let error = Installation::at(file.join("home"))
        .make_ready()
        .unwrap_err();
    assert_eq!(error.code, Code::File);
    assert!(error.params.iter().any(|(_, value)| value.contains("home")));
}

/// Windows takes 260 letters for a whole path from those who do not ask in its own spelling.
#[test]
fn a_book_lies_as_deep_as_somebody_puts_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut deep = folder.path().to_owned();
    while deep.as_os_str().len() < 300 {
        deep.push("Phòng trực bầu cử của Sở Thông tin");
    }
    fs::create_dir_all(&deep).unwrap();
    let path = deep.join("sổ trực.sotruc");
    let home = Installation::at(folder.path().join("home"));
    let mut book = Logbook::create(&path, &home, &NEW, OPERATOR, start()).unwrap();
    assert!(book.path().ends_with("sổ trực.sotruc"));
    assert!(!book.path().display().to_string().contains('?'), "{book:?}");
    let later = start().plus(MINUTE);
    book.transact(OPERATOR, later, |write| write.log(&"Một dòng".into()))
        .unwrap();
    let copy = book.keep_backup(later).unwrap().unwrap();
    drop(book);
    for path in [path, copy] {
        let book = Logbook::open(&path, &home).unwrap();
        assert!(book.verify(None).unwrap().ok, "{book:?}");
    }
}

/// What keeps a file from being opened is what the system says: on Windows that somebody has it.
#[test]
fn why_a_book_does_not_open_is_told() {
    let desk = Desk::new();
    let (path, home) = (desk.path(), desk.home());
    let Desk { folder, book, .. } = desk;
    drop(book);
    #[cfg(windows)]
    let (_held, expect) = {
        use std::os::windows::fs::OpenOptionsExt;
        let held = fs::File::options().read(true).share_mode(0).open(&path);
        (held.unwrap(), "in_use")
    };
    #[cfg(unix)]
    let expect = {
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        "is_a_directory"
    };
    let refused = Logbook::open(&path, &home).unwrap_err();
    assert_eq!(refused.code, Code::File);
    assert_eq!(refused.why_key(), Some(expect), "{refused}");
    drop(folder);
}

/// The fixture was written on Windows: a unit, a person, a line with a file, a line.
#[test]
fn a_book_of_another_system_goes_on_here() {
    let folder = tempfile::tempdir().unwrap();
    let packed = include_bytes!("../fixtures/windows.zip");
    let mut packed = zip::ZipArchive::new(std::io::Cursor::new(packed)).unwrap();
    packed.extract(folder.path()).unwrap();
    let home = Installation::at(folder.path().join("home"));
    let path = folder.path().join("book.sotruc");
    Logbook::upgrade(&path, None, start()).unwrap();
    let mut book = Logbook::open(&path, &home).unwrap();
    let head = Head::parse("1CX3-05ZE-3JW7-0QA4-CJ19-67SY-T3").unwrap();
    assert!(book.verify(Some(&head)).unwrap().ok);
    let line = Line::parse("1", "DLK").unwrap();
    let files = book.read(|book| Ok(book.line(&line)?.files)).unwrap();
    assert_eq!(files[0].name, "đơn vị.csv");
    let bytes = book.attached(&files[0]).unwrap();
    assert_eq!(bytes, "Đơn vị,Mã\r\nSở Y tế,DEP003\r\n".as_bytes());
    let line = book
        .transact(OPERATOR, start(), |write| write.log(&"Tiếp".into()))
        .unwrap();
    assert_ne!(line.site, "DLK");
    assert!(book.verify(Some(&head)).unwrap().ok);
}
