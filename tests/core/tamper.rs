//! Whoever changes the file without the key is found out.

use proptest::prelude::*;
use rusqlite::{Connection, params};
use sotruc_core::journal::{Content, Fault, Head, Record};
use sotruc_core::{Code, Depth, Installation, Logbook, NewLine, Reader, Result};
use std::sync::OnceLock;

use crate::desk::Desk;

/// A desk with some lines, a correction and a unit.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.unit("DIS006", "UBND huyện Cư M'gar");
    for n in 1..=6 {
        desk.log(&format!("Việc thứ {n}"));
    }
    desk.write(|write| {
        write.log(&"Hai dòng".into())?;
        write.log(&"một lần ghi".into())
    })
    .unwrap();
    desk
}

fn problems(book: &Logbook, against: Option<&Head>) -> Vec<(String, u64, Fault)> {
    let verdict = book.verify(against).unwrap();
    assert_eq!(verdict.ok, verdict.problems.is_empty());
    verdict
        .problems
        .into_iter()
        .map(|problem| (problem.site, problem.seq, problem.problem))
        .collect()
}

fn check(act: impl FnOnce(&Connection), expect: (u64, Fault)) {
    let desk = desk().tamper(act);
    let found = problems(&desk.book, None);
    assert!(
        found.contains(&("DLK".to_owned(), expect.0, expect.1)),
        "{found:?}"
    );
}

const SITE: i64 = 1 << 40;

fn set(file: &Connection, sql: &str) {
    assert!(file.execute(sql, []).unwrap() > 0, "{sql}");
}

#[test]
fn a_clean_book_is_clean() {
    assert_eq!(problems(&desk().book, None), []);
}

#[test]
fn what_is_changed_is_named() {
    let at = |seq: i64| SITE | seq;
    check(
        |file| {
            set(
                file,
                &format!(
                    "UPDATE record SET body = replace(body, 'thứ 2', 'thứ 3') WHERE id = {}",
                    at(5)
                ),
            )
        },
        (5, Fault::Altered),
    );
    check(
        |file| {
            set(
                file,
                &format!("UPDATE record SET wall = wall + 60000 WHERE id = {}", at(5)),
            )
        },
        (5, Fault::Altered),
    );
    check(
        |file| set(file, &format!("DELETE FROM record WHERE id = {}", at(5))),
        (5, Fault::Missing),
    );
    check(
        |file| {
            set(
                file,
                &format!("UPDATE record SET seal = NULL WHERE id = {}", at(5)),
            )
        },
        (6, Fault::SealBroken),
    );
    check(
        |file| {
            let last: i64 = file
                .query_row("SELECT max(id) FROM record", [], |row| row.get(0))
                .unwrap();
            set(file, &format!("DELETE FROM record WHERE id = {last}"));
        },
        (10, Fault::Unsealed),
    );
    check(
        |file| set(file, "UPDATE entry SET text = 'khác' WHERE number = 2"),
        (5, Fault::TablesDiffer),
    );
    check(
        |file| set(file, "UPDATE unit SET name = 'khác'"),
        (3, Fault::TablesDiffer),
    );
    check(
        |file| set(file, "DELETE FROM unit"),
        (3, Fault::TablesDiffer),
    );
}

#[test]
fn swapped_records_are_found() {
    let desk = desk().tamper(|file| {
        set(
            file,
            &format!("UPDATE record SET id = 1 WHERE id = {}", SITE | 5),
        );
        set(
            file,
            &format!(
                "UPDATE record SET id = {} WHERE id = {}",
                SITE | 5,
                SITE | 6
            ),
        );
        set(
            file,
            &format!("UPDATE record SET id = {} WHERE id = 1", SITE | 6),
        );
    });
    let found = problems(&desk.book, None);
    assert!(
        found.contains(&("DLK".to_owned(), 5, Fault::Altered)),
        "{found:?}"
    );
    assert!(
        found.contains(&("DLK".to_owned(), 6, Fault::Altered)),
        "{found:?}"
    );
}

#[test]
fn a_cut_tail_shows_against_a_head() {
    let mut desk = desk();
    let older = desk.book.head().unwrap().unwrap();
    desk.log("Sau đó");
    let newest = desk.book.head().unwrap().unwrap();
    assert_eq!(problems(&desk.book, Some(&older)), []);
    assert_eq!(problems(&desk.book, Some(&newest)), []);
    let seq = desk.book.verify(None).unwrap().records;
    let desk = desk.tamper(|file| {
        set(
            file,
            &format!("DELETE FROM record WHERE id = {}", SITE | seq as i64),
        );
        set(
            file,
            &format!("DELETE FROM entry WHERE record = {}", SITE | seq as i64),
        );
    });
    let found = problems(&desk.book, Some(&newest));
    assert!(
        found.contains(&("DLK".to_owned(), seq - 1, Fault::HeadMissing)),
        "{found:?}"
    );
    assert!(
        problems(&desk.book, None).contains(&("DLK".to_owned(), seq, Fault::RolledBack)),
        "this computer saw the record that was cut"
    );
    assert!(
        !problems(&desk.book, Some(&older))
            .iter()
            .any(|(.., fault)| *fault == Fault::HeadMissing)
    );
}

#[test]
fn a_forged_record_needs_the_key() {
    // Hash and numbers made anew, as somebody could who knows the layout but has no key.
    let desk = desk();
    let mut last = desk
        .book
        .read(|book| book.records())
        .unwrap()
        .pop()
        .unwrap();
    let prev = last.hash;
    last.seq += 1;
    last.hlc.0 += 1;
    last.hash = last.hash_after(&prev);
    let seq = last.seq;
    let desk = desk.tamper(|file| {
        file.execute(
            "INSERT INTO record (id, hlc, operator, wall, hash, body, seal) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6)",
            params![
                SITE | seq as i64,
                last.hlc.0 as i64,
                last.wall.millis(),
                last.hash.0,
                text(&last),
                last.seal
            ],
        )
        .unwrap();
    });
    let found = problems(&desk.book, None);
    assert!(
        found.contains(&("DLK".to_owned(), seq, Fault::SealBroken)),
        "{found:?}"
    );
}

/// The body of a record that is whole.
fn text(record: &Record) -> String {
    match &record.content {
        Content::Whole(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        Content::Dropped(_) => panic!("nothing was dropped"),
    }
}

#[test]
fn a_body_that_no_redaction_names_cannot_be_dropped() {
    let desk = desk().tamper(|file| {
        let body: String = file
            .query_row("SELECT body FROM record WHERE id = ?1", [SITE | 3], |row| {
                row.get(0)
            })
            .unwrap();
        file.execute(
            "UPDATE record SET body = NULL, body_hash = ?2 WHERE id = ?1",
            params![SITE | 3, blake3::hash(body.as_bytes()).as_bytes()],
        )
        .unwrap();
    });
    let found = problems(&desk.book, None);
    assert!(
        found.contains(&("DLK".to_owned(), 3, Fault::Altered)),
        "{found:?}"
    );
}

#[test]
fn a_damaged_book_is_read_but_not_written() {
    let mut desk = desk().tamper(|file| {
        set(
            file,
            &format!("UPDATE record SET wall = 0 WHERE id = {}", SITE | 7),
        )
    });
    assert_eq!(
        desk.book.damage().map(|error| error.code),
        Some(Code::BookDamaged)
    );
    assert_eq!(desk.book.read(|book| book.entry_count()).unwrap(), 8);
    let refused = desk.write(|write| write.log(&"thêm".into()));
    assert_eq!(refused.map_err(|error| error.code), Err(Code::BookDamaged));
}

#[test]
fn a_word_that_is_not_known_is_named_and_taken_for_no_other() {
    type Look = fn(Reader<'_>) -> Result<()>;
    let cases: [(&str, &str, &str, Look); 20] = [
        ("shift", "post", "trưởng kíp", |book| {
            book.shifts().map(drop)
        }),
        ("unit", "group", "tổ dân phố", |book| {
            book.units().map(drop)
        }),
        ("unit", "aliases", "[7]", |book| book.units().map(drop)),
        ("person", "role", "cố vấn", |book| {
            book.people().map(drop)
        }),
        ("person", "mobiles", "0905", |book| {
            book.all_cards().map(drop)
        }),
        ("period", "posts", "[\"phụ\"]", |book| {
            book.periods().map(drop)
        }),
        ("period", "groups", "[\"tổ\"]", |book| {
            book.periods().map(drop)
        }),
        ("period", "needs", "[{}]", |book| book.roster().map(drop)),
        ("incident", "type", "T99", |book| book.incidents().map(drop)),
        ("incident", "severity", "vừa", |book| {
            book.incidents().map(drop)
        }),
        ("incident", "status", "treo", |book| {
            book.incidents().map(drop)
        }),
        ("incident", "tlp", "tím", |book| book.incidents().map(drop)),
        ("notice", "recipient", "báo chí", |book| {
            book.notices().map(drop)
        }),
        ("notice", "channel", "bồ câu", |book| {
            book.notices().map(drop)
        }),
        ("handover", "state", "dở dang", |book| {
            book.handovers().map(drop)
        }),
        ("drill", "outcome", "bận", |book| book.drills().map(drop)),
        ("acceptance", "flaw", "lệch", |book| {
            book.acceptances().map(drop)
        }),
        ("acceptance", "post", "phụ", |book| {
            book.acceptances().map(drop)
        }),
        ("duty_sheet", "group", "tổ", |book| {
            book.duty_sheets().map(drop)
        }),
        ("submission", "state", "thất lạc", |book| {
            let period = book.periods()?.remove(0);
            book.submissions(period.id).map(drop)
        }),
    ];
    let others: [(&str, &str, &str, Look); 6] = [
        ("entry", "kind", "tin đồn", |book| {
            book.entries(None).map(drop)
        }),
        ("entry", "channel", "bồ câu", |book| {
            book.last_entries(20).map(drop)
        }),
        ("entry", "files", "[1]", |book| book.entries(None).map(drop)),
        ("disclosure", "what", "tất cả", |book| {
            book.disclosures().map(drop)
        }),
        ("setting", "value", "ba mươi", |book| {
            book.fresh().map(drop)
        }),
        ("setting", "value", "ba mươi", |book| {
            book.roster().map(drop)
        }),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.sotruc");
    let file = Connection::open(&path).unwrap();
    file.execute_batch(include_str!("../fixtures/schemas/8.sql"))
        .unwrap();
    let book = Logbook::open(&path, &Installation::at("/nonexistent")).unwrap();
    for (noun, field, given, look) in cases.into_iter().chain(others) {
        book.read(look).unwrap();
        let keep = "DROP TABLE IF EXISTS kept; CREATE TEMP TABLE kept AS SELECT * FROM";
        file.execute_batch(&format!("{keep} {noun}")).unwrap();
        let sql = format!("UPDATE {noun} SET \"{field}\" = ?1");
        assert!(file.execute(&sql, [given]).unwrap() > 0, "{noun}");
        let error = book.read(look).unwrap_err();
        assert_eq!(error.code, Code::StoredUnknown, "{noun}.{field}");
        let said = |name: &str| {
            let found = error.params.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.as_str()).unwrap_or_default()
        };
        assert_eq!(
            (said("noun"), said("field"), said("given")),
            (noun, field, given)
        );
        assert!(!said("id").is_empty());
        let back = format!("DELETE FROM {noun}; INSERT INTO {noun} SELECT * FROM kept");
        file.execute_batch(&back).unwrap();
    }
    assert_eq!(problems(&book, None), []);
}

/// The bytes of a book, and its path in a folder that stays for the whole run.
fn bytes_of_columns() -> &'static Vec<(i64, &'static str, Vec<u8>)> {
    static CELLS: OnceLock<Vec<(i64, &'static str, Vec<u8>)>> = OnceLock::new();
    CELLS.get_or_init(|| {
        let desk = desk();
        let records = desk.book.read(|book| book.records()).unwrap();
        let mut cells = Vec::new();
        for record in records {
            let id = SITE | record.seq as i64;
            cells.push((id, "body", text(&record).into_bytes()));
            cells.push((id, "hash", record.hash.0.to_vec()));
            if let Some(seal) = record.seal {
                cells.push((id, "seal", seal.to_vec()));
            }
        }
        cells
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(290), ..ProptestConfig::default() })]

    #[test]
    fn any_changed_byte_is_found(cell in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        // Salts and ids differ from book to book, so take the place from one and the bytes from another.
        let (id, column, _) = cell.get(bytes_of_columns());
        let desk = desk().tamper(|file| {
            let mut bytes: Vec<u8> = file
                .query_row(&format!("SELECT CAST({column} AS BLOB) FROM record WHERE id = ?1"), [id], |row| row.get(0))
                .unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            file.execute(&format!("UPDATE record SET {column} = ?2 WHERE id = ?1"), params![id, bytes]).unwrap();
        });
        let seq = (id & !SITE) as u64;
        let found = problems(&desk.book, None);
        prop_assert!(found.iter().any(|(site, at, _)| site == "DLK" && *at == seq), "{:?} {} {:?}", id, column, found);
    }
}

/// What one check found far back, every opening knows: by whatever program, until the file is whole
/// again.
#[test]
fn what_was_found_broken_once_is_looked_at_again() {
    let mut desk = Desk::new();
    let line = NewLine::from("Một dòng");
    desk.write(|write| {
        for _ in 0..1_200 {
            write.log(&line)?;
        }
        Ok(())
    })
    .unwrap();
    let wall = |file: &rusqlite::Connection, to: &str| {
        let changed = format!("UPDATE record SET wall = wall {to} WHERE id = (1 << 40 | 7)");
        assert_eq!(file.execute(&changed, []).unwrap(), 1);
    };
    let mut desk = desk.tamper(|file| wall(file, "+ 1"));
    // Nobody has looked so far back yet.
    assert!(desk.book.damage().is_none());
    desk.write(|write| write.log(&line)).unwrap();
    assert!(!desk.book.verify_to(Depth::Hashes, None).unwrap().ok);
    let mut desk = desk.tamper(|_| {});
    assert!(desk.book.damage().is_some());
    let refused = desk
        .write(|write| write.log(&line))
        .map_err(|error| error.code);
    assert_eq!(refused, Err(Code::BookDamaged));
    let mut desk = desk.tamper(|file| wall(file, "- 1"));
    assert!(desk.book.damage().is_none());
    desk.write(|write| write.log(&line)).unwrap();
}
