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
        let whole = roster.gaps(None, None);
        assert!(!holes.is_empty() && holes.iter().all(|hole| whole.contains(hole)));
        Ok(())
    })
    .unwrap();
}
