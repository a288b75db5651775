//! What every measurement needs: a big book, and the table of what came out.

use sotruc_core::clock::{Instant as Moment, MINUTE};
use sotruc_core::{Logbook, NewLine};
use std::fmt::Display;
use std::fs;
use std::time::Duration;
use tempfile::TempDir;

/// Who writes in it.
pub const OPERATOR: &str = "Đoàn Ngọc Ánh";

/// Whether it is measured, and not only tried.
pub fn is_measured() -> bool {
    std::env::args().any(|word| word == "--bench")
}

/// How many lines the book is to have. `cargo test` runs benchmarks once to see that they work;
/// then a small book will do.
pub fn lines_wanted() -> usize {
    match is_measured() {
        true => std::env::var("SOTRUC_BENCH_LINES")
            .ok()
            .and_then(|lines| lines.parse().ok())
            .unwrap_or(1_000_000),
        false => 1_000,
    }
}

/// A folder on a real disk, that goes away.
pub fn folder() -> TempDir {
    let parent = std::env::var_os("SOTRUC_BENCH_FOLDER").unwrap_or_else(|| ".".into());
    // Programs of another working folder find it too.
    tempfile::tempdir_in(fs::canonicalize(parent).unwrap()).unwrap()
}

/// Writes so many lines from `start` on, ten thousand a minute.
pub fn fill(book: &mut Logbook, words: &mut Words, lines: usize, start: Moment) {
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
}

/// The head of the table.
pub fn head() {
    println!("{:<44} {:>10} {:>10} {:>7}", "", "ours", "peer", "ratio");
}

/// One line of the table.
pub fn row(name: &str, ours: impl Display, peer: impl Display, ratio: f64) {
    println!("{name:<44} {ours:>10} {peer:>10} {ratio:>7.2}");
}

/// One line of the table about time.
pub fn time_row(name: &str, ours: Duration, peer: Duration) {
    let ratio = ours.as_secs_f64() / peer.as_secs_f64();
    row(name, format!("{ours:.1?}"), format!("{peer:.1?}"), ratio);
}

/// The value below which this part of the values lies.
pub fn quantile<T: Ord + Copy>(values: &mut [T], at: f64) -> T {
    values.sort_unstable();
    values[((values.len() - 1) as f64 * at) as usize]
}

/// A seeded source of log lines.
pub struct Words(pub u64);

impl Words {
    /// A number below another.
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    /// A line.
    pub fn line(&mut self) -> NewLine {
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
