//! The sample province.

use sotruc_core::clock::Instant;
use sotruc_core::{Installation, LogFilter, sample};

#[test]
fn the_sample_is_a_whole_book() {
    let folder = tempfile::tempdir().unwrap();
    let home = Installation::at(folder.path().join("home"));
    let (book, told) = sample::write(&folder.path().join("sample.sotruc"), &home).unwrap();
    assert_eq!(
        (told.units.new, told.people.new, told.roster.new),
        (51, 118, 149)
    );
    assert!(book.is_practice().unwrap());
    assert!(book.verify(None).unwrap().ok);
    let asked_at = Instant::parse(sample::ASKED_AT).unwrap();
    book.read(|book| {
        assert_eq!(book.sites()?.len(), 1);
        assert_eq!(book.periods()?[0].name, sample::PERIOD);
        assert_eq!(book.incidents()?.len(), told.incidents);
        assert_eq!(book.entry_count()?, told.lines as u64);
        assert!(
            book.operators()?
                .iter()
                .any(|known| known.name == sample::NIGHT)
        );
        assert!(!book.log_page(&LogFilter::default(), None, told.lines)?.more);
        let roster = book.roster()?;
        let holes = roster.holes_at(asked_at);
        let whole = roster.gaps(None, None, asked_at);
        assert!(!holes.is_empty() && holes.iter().all(|hole| whole.contains(hole)));
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_kept_roster_is_read_again_when_something_of_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let home = Installation::at(folder.path().join("home"));
    let (mut book, _) = sample::write(&folder.path().join("mau.sotruc"), &home).unwrap();
    let at = book.last_written().unwrap().unwrap();
    let mut kept = sotruc_core::RosterCache::default();
    let first = book.read(|reader| kept.read(reader)).unwrap();

    book.transact("An", at, |write| write.log(&"Một dòng".into()))
        .unwrap();
    let same = book.read(|reader| kept.read(reader)).unwrap();
    assert!(
        std::sync::Arc::ptr_eq(&first, &same),
        "a line changes no roster"
    );

    let shift = first.shifts[0].id.to_string();
    book.transact("An", at, |write| write.cancel_shift(&shift, Some("Nhầm")))
        .unwrap();
    let fresh = book.read(|reader| kept.read(reader)).unwrap();
    assert_eq!(fresh.shifts.len() + 1, first.shifts.len());
}
