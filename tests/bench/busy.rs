//! A keystroke of the finder and a line of the log while much else is done beside them.

use sotruc_core::clock::DAY;
use sotruc_core::duty::pattern::Pattern;
use sotruc_core::id::PeriodId;
use sotruc_core::import::ImportSession;
use sotruc_core::search::Finder;
use sotruc_core::sheet::ReadOptions;
use sotruc_core::sheet::heading::List;
use sotruc_core::{Code, Installation, Logbook, NewPeriod, NewRota, priority};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::Big;
use crate::book::{self, OPERATOR, Words, quantile, time_row};
use crate::find::{FRAME, query_words};
use crate::sheets;

/// How long somebody who types thinks between two keys.
const THINKS: Duration = Duration::from_millis(30);
/// How often an idle stretch and a busy one follow each other.
const TURNS: usize = 5;
const UNITS: usize = 300;
const DAYS: i64 = 30;
const ATTACHED: usize = 50 * 1024 * 1024;

/// People are previewed, a rota is proposed and a file is attached, over and over, each over a
/// connection of its own, first alone and then together; meanwhile somebody types. Beside one
/// frame, and beside a line of the idle book.
pub fn beside(big: &mut Big) {
    let (rounds, bytes) = match book::is_measured() {
        true => (80, ATTACHED),
        false => (3, 4096),
    };
    let period = add_period(big);
    let work = Work::new(big, period, bytes);
    println!("while somebody types (p99):");
    let all: [(&str, &[Act]); 4] = [
        ("a preview of people", &[Work::preview]),
        ("a rota of 300 units", &[Work::propose]),
        ("a file of 50 MB", &[Work::attach]),
        ("all three", &[Work::preview, Work::propose, Work::attach]),
    ];
    for (name, acts) in all {
        let (mut idle, mut keys, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        // In turns: a disk that others use too is now quicker, now slower.
        for _ in 0..TURNS {
            idle.extend(typing(big, rounds).1);
            let (key, line) = beside_acts(big, &work, acts, rounds);
            keys.extend(key);
            lines.extend(line);
        }
        time_row(
            &format!("  a key beside {name}"),
            quantile(&mut keys, 0.99),
            FRAME,
        );
        time_row(
            "  a log line, and idle",
            quantile(&mut lines, 0.99),
            quantile(&mut idle, 0.99),
        );
    }
}

/// How long keys and lines took while all of these were done.
fn beside_acts(
    big: &mut Big,
    work: &Work,
    acts: &[Act],
    rounds: usize,
) -> (Vec<Duration>, Vec<Duration>) {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let begin = |act: &Act| {
            let (act, stop) = (*act, &stop);
            scope.spawn(move || {
                // As in the window.
                priority::give_way();
                act(work, stop)
            })
        };
        let begun: Vec<_> = acts.iter().map(begin).collect();
        let took = typing(big, rounds);
        stop.store(true, Ordering::Relaxed);
        for work in begun {
            assert!(work.join().unwrap() > 0, "it was never begun");
        }
        took
    })
}

/// Does something over and over, and gives how often it was begun.
type Act = fn(&Work, &AtomicBool) -> usize;

fn add_period(big: &mut Big) -> PeriodId {
    let (from, to) = (big.now.plus(DAY), big.now.plus((1 + DAYS) * DAY));
    big.book
        .transact(OPERATOR, big.now, |write| {
            let period = write.add_period(NewPeriod::new("Bầu cử", from, to))?;
            Ok(period.id)
        })
        .unwrap()
}

/// How long each key and each line took.
fn typing(big: &mut Big, rounds: usize) -> (Vec<Duration>, Vec<Duration>) {
    let mut finder = Finder::default();
    let now = big.now;
    big.book.read(|book| finder.refresh(book, now)).unwrap();
    let typed = query_words(big, rounds);
    let (mut keys, mut lines) = (Vec::new(), Vec::new());
    for typed in typed {
        thread::sleep(THINKS);
        let begin = Instant::now();
        big.book
            .read(|book| {
                finder.refresh(book, now)?;
                finder.find(book, &typed, 20)
            })
            .unwrap();
        keys.push(begin.elapsed());
        let line = big.words.line();
        big.now = big.now.plus(1);
        let begin = Instant::now();
        big.book
            .transact(OPERATOR, big.now, |write| write.log(&line))
            .unwrap();
        lines.push(begin.elapsed());
    }
    (keys, lines)
}

/// What is done beside.
struct Work {
    book: PathBuf,
    home: Installation,
    people: PathBuf,
    file: PathBuf,
    period: PeriodId,
    now: sotruc_core::clock::Instant,
}

impl Work {
    fn new(big: &Big, period: PeriodId, bytes: usize) -> Self {
        let folder = big.folder.path();
        let (people, file) = (folder.join("again.csv"), folder.join("attached.bin"));
        fs::write(&people, sheets::list(big.lines / 10)).unwrap();
        let mut words = Words(50);
        let content: Vec<u8> = (0..bytes).map(|_| words.next(64) as u8).collect();
        fs::write(&file, content).unwrap();
        Self {
            book: big.book.path().to_owned(),
            home: Installation::at(folder.join("home")),
            people,
            file,
            period,
            now: big.now,
        }
    }

    fn open(&self) -> Logbook {
        Logbook::open(&self.book, &self.home).unwrap()
    }

    fn preview(&self, stop: &AtomicBool) -> usize {
        let book = self.open();
        let mut begun = 0;
        while !stop.load(Ordering::Relaxed) {
            begun += 1;
            let options = ReadOptions::default();
            let session = ImportSession::open(&self.people, List::People, options, self.now);
            let mut session = session.unwrap();
            session.create_units(true);
            let watch = |_, _| !stop.load(Ordering::Relaxed);
            stopped_or(book.read(|book| session.preview(book, None, &watch)));
        }
        begun
    }

    fn propose(&self, stop: &AtomicBool) -> usize {
        let book = self.open();
        let roster = book.read(|book| book.roster()).unwrap();
        let pattern = Pattern::shipped("3x8", None, self.now).unwrap();
        let units = roster.units.iter().take(UNITS).map(|unit| unit.id);
        let new = NewRota {
            units: Some(units.collect()),
            ..NewRota::of(pattern)
        };
        let mut begun = 0;
        while !stop.load(Ordering::Relaxed) {
            begun += 1;
            let watch = |_, _| !stop.load(Ordering::Relaxed);
            stopped_or(
                book.read(|book| book.propose(&roster, self.period, &new, self.now, &watch)),
            );
        }
        begun
    }

    fn attach(&self, stop: &AtomicBool) -> usize {
        let book = self.open();
        let mut begun = 0usize;
        while !stop.load(Ordering::Relaxed) {
            begun += 1;
            change(&self.file, begun);
            book.attach(&self.file).unwrap();
        }
        begun
    }
}

/// Another content each time: what is there already is not packed again.
fn change(file: &Path, round: usize) {
    use std::io::{Seek, SeekFrom, Write};
    let mut file = fs::File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.write_all(&round.to_le_bytes()).unwrap();
}

fn stopped_or<T>(done: sotruc_core::Result<T>) {
    if let Err(error) = done {
        assert_eq!(error.code, Code::Cancelled);
    }
}
