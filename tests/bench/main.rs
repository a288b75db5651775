//! Measures what is meant to be fast, beside a peer that does the least there is to do, in one
//! run on one machine.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that cannot go on should stop"
)]

use sotruc_core::clock::{Instant as Moment, MINUTE};
use sotruc_core::{Installation, Logbook, NewBook, NewLine};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::time::{Duration, Instant};
use tempfile::TempDir;

mod find;

const OPERATOR: &str = "Đoàn Ngọc Ánh";
const ROUNDS: usize = 2_000;

fn main() {
    // `cargo test` runs benchmarks once to see that they work; then a small book will do.
    let lines = match std::env::args().any(|word| word == "--bench") {
        true => std::env::var("SOTRUC_BENCH_LINES")
            .ok()
            .and_then(|lines| lines.parse().ok())
            .unwrap_or(1_000_000),
        false => 1_000,
    };
    println!("{:<44} {:>10} {:>10} {:>7}", "", "ours", "peer", "ratio");
    let mut big = Big::new(lines);
    one_durable_line(&mut big);
    find::as_you_type(&mut big);
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
        let folder = tempfile::tempdir_in(
            std::env::var_os("SOTRUC_BENCH_FOLDER").unwrap_or_else(|| ".".into()),
        )
        .unwrap();
        let home = Installation::at(folder.path().join("home"));
        let new = NewBook {
            site: "DLK",
            name: "Phòng trực",
            unit: None,
            practice: false,
        };
        let start = Moment::parse("01/05/2016 00:00").unwrap();
        let path = folder.path().join("book.sotruc");
        let mut book = Logbook::create(&path, &home, &new, OPERATOR, start).unwrap();
        let mut words = Words(42);
        for batch in 0..lines.div_ceil(10_000) {
            let count = 10_000.min(lines - batch * 10_000);
            book.transact(OPERATOR, start.plus(batch as i64 * MINUTE), |write| {
                for _ in 0..count {
                    write.log(&words.line())?;
                }
                Ok(())
            })
            .unwrap();
        }
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
    row(
        &format!("one durable line, book of {} (p50)", big.lines),
        quantile(&mut ours, 0.5),
        quantile(&mut theirs, 0.5),
    );
    row(
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

fn quantile(times: &mut [Duration], at: f64) -> Duration {
    times.sort_unstable();
    times[((times.len() - 1) as f64 * at) as usize]
}

fn row(name: &str, ours: Duration, peer: Duration) {
    let ratio = ours.as_secs_f64() / peer.as_secs_f64();
    println!("{name:<44} {ours:>10.0?} {peer:>10.0?} {ratio:>7.2}");
}

/// A seeded source of log lines.
struct Words(u64);

impl Words {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn line(&mut self) -> NewLine {
        const WHO: &[&str] = &[
            "Anh Khương",
            "Chị Blơng",
            "Ca trực VNPT",
            "Công an huyện",
            "Tổ bầu cử số 7",
        ];
        const WHAT: &[&str] = &[
            "báo mất điện",
            "không nghe máy",
            "đã khôi phục trang chủ",
            "hỏi \"khi nào xong?\"",
            "nhận bàn giao",
        ];
        const WHERE: &[&str] = &[
            "Buôn Hồ",
            "Cư M'gar",
            "Krông Búk",
            "Ea Súp",
            "M'Đrắk",
            "thành phố",
        ];
        let text = format!(
            "{} {}, {}; gọi lại 0905 {:03} {:03}",
            WHO[self.next(WHO.len())],
            WHAT[self.next(WHAT.len())],
            WHERE[self.next(WHERE.len())],
            self.next(1000),
            self.next(1000)
        );
        text.as_str().into()
    }
}
