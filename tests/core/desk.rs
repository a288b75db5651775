//! A desk to test at: a book of its own, in a folder that goes away.

use sotruc_core::clock::{Instant, MINUTE};
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::{Installation, Logbook, NewBook, Result, Writing};
use std::path::PathBuf;
use tempfile::TempDir;

pub const OPERATOR: &str = "Đoàn Ngọc Ánh";

pub struct Desk {
    pub folder: TempDir,
    pub book: Logbook,
    now: Instant,
}

pub fn start() -> Instant {
    Instant::parse("22/05/2016 18:00").unwrap()
}

impl Desk {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let new = NewBook {
            site: "DLK",
            name: "Phòng trực",
            unit: None,
            practice: false,
            place: None,
            profiles: &[],
        };
        let path = folder.path().join("book.sotruc");
        let home = Installation::at(folder.path().join("home"));
        let book = Logbook::create(&path, &home, &new, OPERATOR, start()).unwrap();
        Self {
            folder,
            book,
            now: start(),
        }
    }

    pub fn path(&self) -> PathBuf {
        self.book.path().to_owned()
    }

    pub fn home(&self) -> Installation {
        Installation::at(self.folder.path().join("home"))
    }

    /// Writes a minute after the last time.
    pub fn write<T>(&mut self, act: impl FnOnce(&mut Writing<'_>) -> Result<T>) -> Result<T> {
        self.write_as(OPERATOR, act)
    }

    pub fn write_as<T>(
        &mut self,
        operator: &str,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T>,
    ) -> Result<T> {
        self.now = self.now.plus(MINUTE);
        self.book.transact(operator, self.now, act)
    }

    pub fn log(&mut self, text: &str) -> u64 {
        self.write(|write| write.log(&text.into())).unwrap().number
    }

    pub fn unit(&mut self, code: &str, name: &str) -> Unit {
        self.write(|write| {
            let mut unit = write.new_unit(name, Group::District)?;
            unit.code = Some(code.to_owned());
            write.set_unit(&unit)?;
            Ok(unit)
        })
        .unwrap()
    }

    /// Lets go of the book, changes its file as somebody with a tool would, and opens it again.
    pub fn tamper(self, act: impl FnOnce(&rusqlite::Connection)) -> Self {
        let (path, home) = (self.path(), self.home());
        let Self { folder, book, now } = self;
        drop(book);
        let file = rusqlite::Connection::open(&path).unwrap();
        act(&file);
        file.close().unwrap();
        let book = Logbook::open(&path, &home).unwrap();
        Self { folder, book, now }
    }
}
