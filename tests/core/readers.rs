//! Files that were damaged on the way are read or refused, never a panic.

use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::parse;
use std::fs;
use std::path::{Path, PathBuf};

/// How often each file is damaged; the full count is asked for by `SOTRUC_SOAK_COUNT`.
fn count() -> u64 {
    let count = std::env::var("SOTRUC_SOAK_COUNT").ok();
    count.and_then(|count| count.parse().ok()).unwrap_or(20)
}

/// A row of numbers that depend on nothing but their beginning.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

/// Cuts, flips, doubles or removes some of the bytes.
fn damage(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.next(4) {
        let at = numbers.next(bytes.len());
        let length = 1 + numbers.next(40).min(bytes.len().saturating_sub(at + 1));
        match numbers.next(5) {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1 << numbers.next(8),
            2 => bytes[at] = [0, 0xff, b'"', b'<', b',', b'\n'][numbers.next(6)],
            3 => {
                let part = bytes[at..(at + length).min(bytes.len())].to_vec();
                bytes.splice(at..at, part);
            }
            _ => {
                bytes.drain(at..(at + length).min(bytes.len()));
            }
        }
        if bytes.is_empty() {
            return;
        }
    }
}

/// The files of the fixtures of this ending.
fn files(ending: &str) -> Vec<Vec<u8>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let of_folder = |folder| fs::read_dir(fixtures.join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = ["sheets", "readers"]
        .iter()
        .flat_map(of_folder)
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|known| known == ending))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{ending}");
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// The packed file with its parts as they are, so that damage reaches what they say.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        to.start_file(part.name().unwrap().into_owned(), stored)
            .unwrap();
        to.write_all(&text).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn check(files: &[Vec<u8>]) {
    for whole in files {
        assert!(parse("t", whole, List::People).is_ok());
        for seed in 0..count() {
            let mut numbers = Numbers(seed);
            let mut bytes = whole.clone();
            damage(&mut bytes, &mut numbers);
            // Whatever comes of it, it comes.
            let _ = parse("t", &bytes, List::People);
        }
    }
}

fn check_packed(ending: &str) {
    let mut files = files(ending);
    files.extend(files.clone().iter().map(|file| unpacked(file)));
    check(&files);
}

#[test]
fn damaged_text_is_read_or_refused() {
    check(&files("csv"));
    check(&files("txt"));
}

#[test]
fn a_damaged_xlsx_is_read_or_refused() {
    check_packed("xlsx");
}

#[test]
fn a_damaged_ods_is_read_or_refused() {
    check_packed("ods");
}

#[test]
fn a_damaged_xls_is_read_or_refused() {
    check(&files("xls"));
}

#[test]
fn a_cell_outside_any_sheet_is_refused_before_it_takes_memory() {
    let mut bytes = files("xls").remove(0);
    // A text of the sheet: its record, its length, its row and its column.
    let record = [0xfd, 0x00, 0x0a, 0x00];
    let at = bytes.windows(4).position(|four| four == record).unwrap();
    bytes[at + 6..at + 8].copy_from_slice(&[0xff, 0xff]);
    let read = parse("t.xls", &bytes, List::People).map_err(|error| error.code);
    assert_eq!(read, Err(sotruc_core::Code::SheetBroken));
}
