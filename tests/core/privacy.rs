//! What is dropped on request is nowhere any more, and what stays says so.

use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::person::Person;
use sotruc_core::duty::period::Post;
use sotruc_core::id::PersonId;
use sotruc_core::log::entry::Kind;
use sotruc_core::privacy::disclosure::{Disclosure, Extract};
use sotruc_core::privacy::held::Place;
use sotruc_core::report::{self, Export, Form, Report, RosterOptions};
use sotruc_core::text::read_phones;
use sotruc_core::{Code, Error, NewLine, NewPeriod, NewShift, Target};
use std::fs;
use std::path::Path;

use crate::desk::{Desk, OPERATOR, start};

const NAME: &str = "Ksor Y Thử Nghiệm";
const NUMBER: &str = "0905 118 118";

/// A desk with somebody who was entered, changed, called, put on duty, and entered twice.
fn desk() -> (Desk, Person) {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar").id;
    let other = desk
        .write(|write| {
            let mut other = write.new_person(unit, "Người Ở Lại")?;
            other.mobiles = read_phones("0905 000 222").unwrap();
            write.set_person(&other)?;
            Ok(other)
        })
        .unwrap();
    let mut person = desk
        .write(|write| {
            let mut person = write.new_person(unit, NAME)?;
            person.mobiles = read_phones("0905 118 117").unwrap();
            person.email = Some("ksor@thu.example".to_owned());
            write.set_person(&person)?;
            Ok(person)
        })
        .unwrap();
    person.mobiles = read_phones(NUMBER).unwrap();
    person.note = Some("nhà ở hẻm 118118".to_owned());
    desk.write(|write| write.set_person(&person)).unwrap();
    let twin = desk
        .write(|write| {
            let twin = write.new_person(unit, "Ksor Thử N.")?;
            write.set_person(&twin)?;
            Ok(twin.id)
        })
        .unwrap();
    desk.write(|write| {
        write.add_drill(twin, Some(NUMBER), Outcome::NoAnswer, None, Some("máy bận"))?;
        write.add_drill(other.id, None, Outcome::Answered, None, None)?;
        write.merge_people(person.id, twin)
    })
    .unwrap();
    desk.write(|write| {
        let end = start().plus(48 * 3_600_000);
        let begin = start().plus(3_600_000);
        write.add_period(NewPeriod::new("Bầu cử", begin, end))?;
        let new = NewShift {
            unit,
            post: Post::Main,
            person: person.id,
            from: begin,
            to: start().plus(24 * 3_600_000),
        };
        write.add_shift(new, None)
    })
    .unwrap();
    desk.log("Không nhắc đến ai");
    (desk, person)
}

/// The files of a folder, and of the folders in it.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

/// The files in which something of the person stands, as bytes.
fn traces(desk: &Desk) -> Vec<String> {
    let words = [
        NAME,
        "Ksor",
        "ksor",
        "Thử N.",
        "905118118",
        "905 118 118",
        "905118117",
        "118118",
    ];
    let mut found = Vec::new();
    for file in files(desk.folder.path()) {
        let bytes = fs::read(&file).unwrap();
        for word in words {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for form in [word.as_bytes(), wide.as_slice()] {
                if memchr::memmem::find(&bytes, form).is_some() {
                    found.push(format!("{} {word}", file.display()));
                }
            }
        }
    }
    found
}

#[test]
fn nothing_of_a_person_is_left_after_a_redaction() {
    let (mut desk, person) = desk();
    let head = desk.book.head().unwrap().unwrap();
    desk.book.keep_backup(start().plus(3_600_000)).unwrap();
    assert!(!traces(&desk).is_empty(), "there was something to drop");

    desk.write(|write| write.redact(&[person.id], "Đơn ngày 22/05/2016"))
        .unwrap();
    desk.book.purge(start().plus(7_200_000)).unwrap();
    assert_eq!(traces(&desk), Vec::<String>::new());

    let verdict = desk.book.verify(Some(&head)).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
    assert_eq!(desk.book.backups().unwrap().len(), 1);
    desk.book
        .read(|book| {
            assert_eq!(book.people()?.len(), 1);
            assert_eq!(book.drills()?.len(), 1);
            assert!(book.history(person.id.0)?.is_empty());
            let past = &book.redactions()?[0];
            assert_eq!(past.person, person.id);
            assert_eq!(past.reason, "Đơn ngày 22/05/2016");
            assert_eq!(past.operator, book.operators()?[0].id);
            // Each was written twice: the person, their other card, the call to it.
            assert_eq!(past.records, 6);
            // Until then somebody was on duty; from then on nobody is.
            let roster = book.roster()?;
            let gaps = roster.gaps(None, None, start());
            assert_eq!(gaps[0].from, past.at.max(start().plus(3_600_000)));
            Ok(())
        })
        .unwrap();
    for report in Report::ALL {
        for form in [Form::Csv { separator: b',' }, Form::Xlsx] {
            let mut out = Vec::new();
            let export = Export {
                report: *report,
                form: form.into(),
                without_numbers: false,
                options: RosterOptions::default(),
            };
            desk.book
                .read(|book| report::write(book, export, &mut out, start()))
                .unwrap();
            fs::write(desk.folder.path().join("out"), out).unwrap();
            assert_eq!(traces(&desk), Vec::<String>::new(), "{}", report.key());
        }
    }
}

#[test]
fn what_is_dropped_stays_dropped() {
    let (mut desk, person) = desk();
    desk.write(|write| write.redact(&[person.id], "theo yêu cầu"))
        .unwrap();
    let again = desk.write(|write| write.redact(&[person.id], "lần nữa"));
    assert_eq!(again.map_err(|error| error.code), Err(Code::PersonUnknown));
    let nameless = desk.write(|write| write.redact(&[person.id], " "));
    assert_eq!(nameless.map_err(|error| error.code), Err(Code::Empty));
    let people = desk.book.read(|book| book.people()).unwrap();
    assert_eq!(people.len(), 1);
    let verdict = desk.book.verify(None).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

#[test]
fn what_a_redaction_would_leave_is_told() {
    let (mut desk, person) = desk();
    desk.log("Gọi anh Ksor Y Thử Nghiệm không được");
    desk.log("Gọi +84 905 118 118 không được");
    desk.log("Gọi 0905 118 11 không được");
    let mut told = NewLine::from("Đã báo trực ban");
    told.kind = Kind::Communication;
    told.whom = Some(NAME.to_owned());
    desk.write(|write| {
        write.log(&told)?;
        write.set_setting("template.1", "Gọi 0905 118 118")?;
        write.write_handover("Ksor Y Thử Nghiệm", None)
    })
    .unwrap();
    let check = |id: PersonId, expect: &[(Place, &str)]| {
        let held = desk.book.read(|book| book.held(id)).unwrap();
        let found: Vec<(Place, &str)> = held
            .mentions
            .iter()
            .map(|mention| (mention.place, mention.name.as_str()))
            .collect();
        assert_eq!(found, expect);
        (held.cards.len(), held.drills.len(), held.shifts.len())
    };
    let at = start().plus(12 * 60_000).to_string();
    let expect = [
        (Place::Line, "DLK-2"),
        (Place::Line, "DLK-3"),
        (Place::Line, "DLK-5"),
        (Place::Line, "DLK-6"),
        (Place::Handover, at.as_str()),
        (Place::Setting, "template.1"),
    ];
    let counts = check(person.id, &expect);
    assert_eq!(counts, (2, 1, 1));
}

#[test]
fn what_leaves_the_book_is_noted() {
    let (mut desk, _) = desk();
    let path = desk.folder.path().join("danh-ba.csv");
    let export = |report| Export {
        report,
        form: Form::Csv { separator: b',' }.into(),
        without_numbers: true,
        options: RosterOptions::default(),
    };
    let mut disclose = |report, path: &Path| {
        let now = start().plus(3_600_000);
        desk.book.disclose(
            OPERATOR,
            now,
            export(report).disclosure(),
            Target::File(path),
            |book, out| report::write(book, export(report), out, now),
        )
    };
    assert!(disclose(Report::People, &path).unwrap().is_none());
    assert!(disclose(Report::Units, &path).unwrap().is_none());
    let nowhere = desk.folder.path().join("không có").join("danh-ba.csv");
    assert!(disclose(Report::People, &nowhere).is_err());
    let noted = desk.book.read(|book| book.disclosures()).unwrap();
    let disclosures: Vec<&Disclosure> = noted.iter().map(|one| &one.disclosure).collect();
    let expect = Disclosure {
        file: Some(path.display().to_string()),
        without_numbers: true,
        ..Disclosure::of(Extract::People, "csv")
    };
    assert_eq!(disclosures, [&expect]);
    assert!(desk.book.verify(None).unwrap().ok);
}

#[test]
fn a_book_that_cannot_be_written_in_can_still_be_disclosed() {
    let (desk, _) = desk();
    let mut desk = desk.tamper(|file| {
        file.execute("UPDATE record SET wall = 0 WHERE id = (1 << 40 | 7)", [])
            .unwrap();
    });
    let mut out = Vec::new();
    let unnoted = desk
        .book
        .disclose(
            OPERATOR,
            start(),
            Some(Disclosure::of(Extract::People, "vcf")),
            Target::Stream(&mut out),
            |book, out| report::vcards(book, report::Whose::All, out),
        )
        .unwrap();
    assert_eq!(unnoted.map(|error| error.code), Some(Code::BookDamaged));
    assert!(String::from_utf8(out).unwrap().contains(NAME));
}

#[test]
fn copies_that_others_left_are_cleaned_or_named() {
    let (mut desk, person) = desk();
    desk.book.keep_backup(start().plus(3_600_000)).unwrap();
    let folder = desk.book.backup_folder();
    let copy = desk.book.backups().unwrap().remove(0);
    // A copy killed halfway, one that was opened as a book, and one under a name of its own.
    fs::copy(&copy, folder.join(".book-4711.part")).unwrap();
    let mut nested = copy.clone().into_os_string();
    nested.push(".backups");
    fs::create_dir(&nested).unwrap();
    fs::copy(
        &copy,
        Path::new(&nested).join("book-20160522-180000.sotruc"),
    )
    .unwrap();
    let own = folder.join("bản của tôi.sotruc");
    fs::copy(&copy, &own).unwrap();
    let held = desk.book.read(|book| book.held(person.id)).unwrap();
    // The same person named twice is one.
    let twice = [person.id, person.id];
    let at = start().plus(7_200_000);
    let erased = desk.book.erase(OPERATOR, at, &twice, "theo yêu cầu");
    let erased = erased.unwrap();
    assert_eq!(
        (erased.redacted.people, erased.redacted.records),
        (1, held.records)
    );
    assert!(erased.unclean.is_none());
    assert_eq!(erased.others, std::slice::from_ref(&own));
    fs::remove_file(own).unwrap();
    assert_eq!(traces(&desk), Vec::<String>::new());
}

#[test]
fn what_could_not_be_cleaned_yet_is_told() {
    let (mut desk, person) = desk();
    let copy = desk
        .book
        .keep_backup(start().plus(60_000))
        .unwrap()
        .unwrap();
    let own = copy.with_file_name("bản của tôi.sotruc");
    fs::copy(&copy, &own).unwrap();
    // Somebody reads: the file cannot be written anew.
    let reader = rusqlite::Connection::open(desk.path()).unwrap();
    reader
        .execute_batch("BEGIN; SELECT * FROM record;")
        .unwrap();
    let at = start().plus(7_200_000);
    let erased = desk.book.erase(OPERATOR, at, &[person.id], "theo yêu cầu");
    let erased = erased.unwrap();
    let why = erased.unclean.map(|why| why.code);
    assert_eq!(why, Some(Code::BookBusy));
    assert_eq!(erased.others, std::slice::from_ref(&own));
    drop(reader);
    assert_eq!(desk.book.purge(at).unwrap(), [own]);
}

#[test]
fn lists_of_the_privacy_room_say_how_many_there_are() {
    use sotruc_core::views::privacy;
    let (mut desk, person) = desk();
    for disclosure in [
        Disclosure::of(Extract::People, "csv"),
        Disclosure {
            person: Some(person.id),
            unit: Some(person.unit),
            ..Disclosure::of(Extract::Held, "xlsx")
        },
        Disclosure {
            unit: Some(person.unit),
            ..Disclosure::of(Extract::Roster, "csv")
        },
    ] {
        let mut out = Vec::new();
        let to = Target::Stream(&mut out);
        let now = start().plus(3_600_000);
        let noted = desk
            .book
            .disclose(OPERATOR, now, Some(disclosure), to, |_, _| Ok(()));
        assert!(noted.unwrap().is_none());
    }
    let whose = |desk: &Desk| -> Vec<Option<String>> {
        let all = desk.book.read(|book| privacy::disclosures(book, None));
        let all = all.unwrap();
        assert_eq!(all.count, 3);
        all.rows.into_iter().map(|row| row.whose).collect()
    };
    let unit = "UBND huyện Cư M'gar".to_owned();
    assert_eq!(
        whose(&desk),
        [Some(unit.clone()), Some(NAME.to_owned()), None]
    );
    let two = desk.book.read(|book| privacy::disclosures(book, Some(2)));
    let two = two.unwrap();
    assert_eq!((two.rows.len(), two.count), (2, 3));

    let held = desk.book.read(|book| privacy::held(book, person.id));
    let held = held.unwrap();
    let numbers: Vec<&str> = held.numbers.iter().map(|it| it.digits()).collect();
    assert_eq!(numbers, ["0905118118"]);
    assert_eq!((held.drills, held.disclosures), (1, 3));

    let after = start().plus(2 * 366 * 86_400_000);
    let unneeded = desk
        .book
        .read(|book| privacy::unneeded(book, after, 12, Some(1)));
    let unneeded = unneeded.unwrap();
    assert_eq!((unneeded.rows.len(), unneeded.count), (1, 2));

    desk.write(|write| write.redact(&[person.id], "theo yêu cầu"))
        .unwrap();
    // Of whom nothing is kept nothing is told.
    assert_eq!(whose(&desk), [Some(unit), Some(String::new()), None]);
    let past = desk.book.read(|book| privacy::redactions(book, Some(0)));
    let past = past.unwrap();
    assert_eq!((past.rows.len(), past.count), (0, 1));
}

#[test]
fn undo_stops_at_a_redaction() {
    let (mut desk, person) = desk();
    desk.write(|write| write.redact(&[person.id], "theo yêu cầu"))
        .unwrap();
    desk.unit("DIS007", "UBND huyện Krông Búk");
    desk.write(|write| write.undo()).unwrap();
    let refused = desk.write(|write| write.undo());
    assert_eq!(refused.map_err(|error| error.code), Err(Code::UndoRedacted));
}

/// Somebody who reads so many bytes, and goes.
struct Reading(usize);

impl std::io::Write for Reading {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let took = bytes.len().min(self.0);
        self.0 -= took;
        match took {
            0 => Err(std::io::ErrorKind::BrokenPipe.into()),
            _ => Ok(took),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a stream took of people is noted, though the rest of it failed; what nobody took is not.
#[test]
fn a_list_that_was_read_in_part_left_too() {
    let (mut desk, _) = desk();
    let mut read = |bytes: usize| {
        let out = &mut Reading(bytes);
        let to = Target::Stream(out);
        let told = Disclosure::of(Extract::People, "csv");
        let made = desk
            .book
            .disclose(OPERATOR, start(), Some(told), to, |_, out| {
                let wrote = out.write_all("Ksor Y Thử Nghiệm;0905 118 118\r\n".as_bytes());
                wrote.map_err(|cause| Error::file(Path::new("-"), cause))
            });
        assert!(made.is_err());
        desk.book.read(|book| book.disclosures()).unwrap().len()
    };
    assert_eq!(read(0), 0);
    assert_eq!(read(12), 1);
}
