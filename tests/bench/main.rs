//! Measures what is meant to be fast, beside a peer that does the least there is to do, in one
//! run on one machine.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on should stop"
)]

use sotruc_core::clock::{Instant as Moment, MINUTE};
use sotruc_core::{Installation, Logbook, NewBook};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::time::Instant;
use tempfile::TempDir;

mod book;
mod busy;
mod find;
mod roster;
mod rotas;
mod sheets;

use book::{OPERATOR, Words, quantile, time_row};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 2_000;

fn main() {
    book::head();
    // `cargo bench … -- rotas` measures these alone.
    if std::env::args().any(|word| word == "rotas") {
        return rotas::beside_a_solver();
    }
    // First, while little memory was taken.
    roster::findings();
    roster::rota();
    rotas::beside_a_solver();
    let mut big = Big::new(book::lines_wanted());
    one_durable_line(&mut big);
    sheets::export(&mut big);
    sheets::import(&big);
    find::as_you_type(&mut big);
    busy::beside(&mut big);
}

/// A book of so many lines, in a folder that goes away.
struct Big {
    folder: TempDir,
    book: Logbook,
    words: Words,
    lines: usize,
    /// A moment after everything that is written in it.
    now: Moment,
}

impl Big {
    fn new(lines: usize) -> Self {
        let folder = book::folder();
        let home = Installation::at(folder.path().join("home"));
        let new = NewBook {
            site: "DLK",
            name: "Phòng trực",
            unit: None,
            practice: false,
            place: None,
            profiles: &[],
        };
        let start = Moment::parse("01/05/2016 00:00").unwrap();
        let path = folder.path().join("book.sotruc");
        let mut book = Logbook::create(&path, &home, &new, OPERATOR, start).unwrap();
        let mut words = Words(42);
        book::fill(&mut book, &mut words, lines, start);
        Self {
            folder,
            book,
            words,
            lines,
            now: start.plus(MINUTE * 1_000),
        }
    }
}

/// One log line, durable, in a book of so many lines; beside appending 4 KiB and `fdatasync`.
fn one_durable_line(big: &mut Big) {
    let mut peer = OpenOptions::new()
        .create(true)
        .append(true)
        .open(big.folder.path().join("peer"))
        .unwrap();
    let page = [b'x'; 4096];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS.min(big.lines) {
        let line = big.words.line();
        big.now = big.now.plus(MINUTE);
        let took = |act: &mut dyn FnMut()| {
            let begin = Instant::now();
            act();
            begin.elapsed()
        };
        ours.push(took(&mut || {
            drop(
                big.book
                    .transact(OPERATOR, big.now, |write| write.log(&line))
                    .unwrap(),
            )
        }));
        theirs.push(took(&mut || append(&mut peer, &page)));
    }
    time_row(
        &format!("one durable line, book of {} (p50)", big.lines),
        quantile(&mut ours, 0.5),
        quantile(&mut theirs, 0.5),
    );
    time_row(
        "  p99",
        quantile(&mut ours, 0.99),
        quantile(&mut theirs, 0.99),
    );
    let verdict = big.book.verify_to(sotruc_core::Depth::Hashes, None);
    assert!(verdict.unwrap().ok);
}

fn append(file: &mut File, page: &[u8]) {
    file.write_all(page).unwrap();
    file.sync_data().unwrap();
}
