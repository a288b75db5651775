//! The log by the page, against a twin that reads all of it.

use sotruc_core::clock::MINUTE;
use sotruc_core::directory::unit::Unit;
use sotruc_core::log::entry::{Entry, Kind, Line};
use sotruc_core::text::fold;
use sotruc_core::{
    Code, Installation, LogFilter, Logbook, NewIncident, NewLine, Result, Writing, incident,
};
use std::fs;

use crate::desk::{Desk, OPERATOR, start};

/// A book in which three sites wrote in turn, with some of the lines in the word index.
struct Shared {
    desk: Desk,
    book: Logbook,
    unit: Unit,
    incident: incident::Incident,
}

const OTHER: &str = "Lê Thị Bích";
const WORDS: &[&str] = &[
    "Trang chủ bị thay đổi giao diện",
    "Đã gọi VNPT, đường truyền chập chờn",
    "Buôn Hồ báo mất điện",
    "Bàn giao ca: còn một việc",
];

fn shared() -> Shared {
    let mut desk = Desk::new();
    let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
    let incident = desk
        .write(|write| {
            write.open_incident(NewIncident {
                title: "Tấn công trang chủ".to_owned(),
                unit: unit.id,
                kind: incident::Type::ALL[0],
                severity: None,
                detected: None,
            })
        })
        .unwrap();
    let write = |write: &mut Writing<'_>, from: usize, count: usize| -> Result<()> {
        for n in from..from + count {
            write.log(&NewLine {
                kind: Kind::ALL[n % Kind::ALL.len()],
                // What happened is written down in another order.
                occurred: Some(start().plus((n as i64 * 7 % 100 - 100) * MINUTE)),
                incident: (n % 5 == 0).then_some(incident.id),
                unit: (n % 3 == 0).then_some(unit.id),
                ..format!("{} {n}", WORDS[n % WORDS.len()]).as_str().into()
            })?;
        }
        Ok(())
    };
    desk.write(|writing| write(writing, 0, 40)).unwrap();
    let path = desk.folder.path().join("shared.sotruc");
    let copy = desk.book.backup(desk.folder.path(), start()).unwrap();
    fs::rename(copy, &path).unwrap();
    let homes = ["one", "two"].map(|name| Installation::at(desk.folder.path().join(name)));
    for (turn, from) in [0, 600, 1200, 1230].into_iter().enumerate() {
        let operator = if turn % 2 == 0 { OPERATOR } else { OTHER };
        let now = start().plus(turn as i64 * 60 * MINUTE);
        let count = if from < 1200 { 600 } else { 30 };
        let mut book = Logbook::open(&path, &homes[turn % 2]).unwrap();
        book.transact(operator, now, |writing| write(writing, from, count))
            .unwrap();
        if turn == 1 {
            book.tend(now).unwrap();
        }
    }
    let book = Logbook::open(&path, &homes[0]).unwrap();
    Shared {
        desk,
        book,
        unit,
        incident,
    }
}

fn fits(entry: &Entry, filter: &LogFilter) -> bool {
    let (text, words) = (fold(&entry.text), fold(&filter.words));
    filter.kind.is_none_or(|kind| entry.kind == kind)
        && filter.operator.is_none_or(|given| entry.operator == given)
        && (filter.incident.is_none() || entry.incident == filter.incident)
        && (filter.unit.is_none() || entry.unit == filter.unit)
        && filter.from.is_none_or(|from| from <= entry.occurred_at)
        && filter.to.is_none_or(|to| entry.occurred_at < to)
        && words
            .split_whitespace()
            .all(|word| text.split(' ').any(|known| known.starts_with(word)))
}

#[test]
fn pages_are_the_log_backwards() {
    let Shared {
        desk,
        book,
        unit,
        incident,
    } = shared();
    assert_eq!(book.read(|book| book.sites()).unwrap().len(), 3);
    let mut all = book.read(|book| book.entries(None)).unwrap();
    all.reverse();
    assert_eq!(
        book.read(|book| book.entry_count()).unwrap(),
        all.len() as u64
    );
    let operators = book.read(|book| book.operators()).unwrap();
    let other = operators.iter().find(|known| known.name == OTHER).unwrap();
    let filters = [
        LogFilter::default(),
        LogFilter {
            kind: Some(Kind::Decision),
            ..LogFilter::default()
        },
        LogFilter {
            operator: Some(other.id),
            ..LogFilter::default()
        },
        LogFilter {
            incident: Some(incident.id),
            unit: Some(unit.id),
            ..LogFilter::default()
        },
        LogFilter {
            from: Some(start().plus(-90 * MINUTE)),
            to: Some(start().plus(-80 * MINUTE)),
            ..LogFilter::default()
        },
        LogFilter {
            words: "dien, BUÔN".to_owned(),
            ..LogFilter::default()
        },
        LogFilter {
            words: "vnpt 7".to_owned(),
            operator: Some(other.id),
            ..LogFilter::default()
        },
        LogFilter {
            words: " … ".to_owned(),
            kind: Some(Kind::Note),
            ..LogFilter::default()
        },
        LogFilter {
            words: "khôngcóđâu".to_owned(),
            ..LogFilter::default()
        },
    ];
    for filter in &filters {
        let expect: Vec<&Entry> = all.iter().filter(|entry| fits(entry, filter)).collect();
        let count = book.read(|book| book.log_count(filter)).unwrap();
        assert_eq!(count, expect.len() as u64, "{filter:?}");
        for limit in [1, 7, 100, 5_000] {
            let mut before: Option<Line> = None;
            let mut seen = Vec::new();
            let pages = expect.len().div_ceil(limit).clamp(1, 8);
            for _ in 0..pages {
                let page = book
                    .read(|book| book.log_page(filter, before.as_ref(), limit))
                    .unwrap();
                seen.extend(page.entries);
                assert_eq!(page.more, seen.len() < expect.len(), "{filter:?} {limit}");
                before = seen.last().map(Entry::line);
            }
            let seen: Vec<&Entry> = seen.iter().collect();
            assert_eq!(
                seen,
                expect[..expect.len().min(limit * pages)],
                "{filter:?} {limit}"
            );
        }
    }
    drop(desk);
}

#[test]
fn a_line_to_begin_before_must_be_there() {
    let mut desk = Desk::new();
    desk.log("Một");
    let page = |line: &str| {
        let line = Line::parse(line, "DLK").unwrap();
        let page = |filter| {
            desk.book
                .read(|book| book.log_page(&filter, Some(&line), 10))
        };
        page(LogFilter::default()).map_err(|error| error.code)
    };
    assert_eq!(page("DLK-1").unwrap(), sotruc_core::LogPage::default());
    assert_eq!(page("DLK-2"), Err(Code::LineUnknown));
    assert_eq!(page("ABC-1"), Err(Code::LineUnknown));
}
