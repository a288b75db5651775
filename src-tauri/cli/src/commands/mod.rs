//! What each command does with the book: one file per noun.

mod book;
mod demo;
mod drill;
mod export;
mod generate;
mod handover;
mod import;
mod incident;
mod log;
mod notice;
mod period;
mod person;
mod privacy;
mod roster;
mod search;
mod settings;
mod submission;
mod undo;
mod unit;

use serde::Serialize;
use sotruc_core::clock::{self, Instant};
use sotruc_core::id::PersonId;
use sotruc_core::privacy::Erased;
use sotruc_core::privacy::disclosure::Disclosure;
use sotruc_core::{
    Code, Continuation, Error, Installation, Logbook, Reader, Result, Target, Writing, Wrote,
};
use std::cell::RefCell;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

use crate::args::{Args, Asked, Command};
use crate::say::Say;
use crate::show;

/// Whether the answer is yes or no: what the exit code says.
pub enum Answer {
    Yes,
    No,
}

/// What a question asks about: a moment, and up to when what was recorded is known.
pub struct Question {
    /// The moment that is asked about.
    pub at: Instant,
    /// Up to when what was recorded is known; everything, when `None`.
    pub known: Option<Instant>,
    /// Whether it is of today, by everything that the book has.
    is_today: bool,
    /// Whether more was written since, or is not to be known.
    is_past: bool,
}

impl Question {
    /// The moment, and what was known, of a question about what is over.
    pub fn then(&self) -> Option<(Instant, Option<Instant>)> {
        self.is_past.then_some((self.at, self.known))
    }

    /// Reads the book as it stood then.
    pub fn put<T>(
        &self,
        book: Reader<'_>,
        look: impl FnOnce(Reader<'_>, Instant) -> Result<T>,
    ) -> Result<T> {
        match self.is_today {
            true => look(book, self.at),
            false => book.as_of(self.at, self.known, |then| look(then, self.at)),
        }
    }
}

/// Where a command works: the book, who writes, what time it is, where answers go.
pub struct Terminal {
    pub say: Say,
    pub json: bool,
    store: Option<PathBuf>,
    operator: Option<String>,
    at: Option<String>,
    out: BufWriter<Stdout>,
    trouble: Option<io::Error>,
    /// The book that was written in.
    written: RefCell<Option<Logbook>>,
}

impl Terminal {
    pub fn new(args: &Args, say: Say) -> Self {
        Self {
            say,
            json: args.json,
            store: args.store.clone(),
            operator: args.operator.clone(),
            at: args.at.clone(),
            out: BufWriter::new(io::stdout()),
            trouble: None,
            written: RefCell::new(None),
        }
    }

    /// Whether everything said reached its reader.
    pub fn finish(&mut self) -> io::Result<()> {
        self.flush();
        self.trouble.take().map_or(Ok(()), Err)
    }

    /// Says something on stdout.
    pub fn say(&mut self, text: &str) {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        if self.trouble.is_none() {
            self.trouble = write!(self.out, "{text}{end}").err();
        }
    }

    /// Writes bytes on stdout as they are.
    pub fn pour(&mut self, bytes: &[u8]) {
        if self.trouble.is_none() {
            self.trouble = self.out.write_all(bytes).err();
        }
    }

    /// Brings what was said to its reader now.
    pub fn flush(&mut self) {
        if let Err(cause) = self.out.flush() {
            self.trouble.get_or_insert(cause);
        }
    }

    /// Says a message of the catalogue.
    pub fn say_with(&mut self, key: &str, values: &[(&str, String)]) {
        let text = self.say.with(key, values);
        self.say(&text);
    }

    /// Tells people something on stderr, beside the answer.
    pub fn note(&self, key: &str, values: &[(&str, String)]) {
        eprintln!("{}", self.say.with(key, values));
    }

    /// Shows rows to people, or the same as JSON to machines.
    pub fn show<T: Serialize>(
        &mut self,
        items: &[T],
        headings: &[&str],
        row: impl Fn(&T, &Say) -> Vec<String>,
    ) {
        if self.json {
            return self.show_json(&items);
        }
        if items.is_empty() {
            return self.note("out_none", &[]);
        }
        let headings: Vec<&str> = headings.iter().map(|key| self.say.text(key)).collect();
        let rows: Vec<Vec<String>> = items.iter().map(|item| row(item, &self.say)).collect();
        let text = show::table(&headings, &rows);
        self.say(&text);
    }

    /// Shows the facts of one thing to people, a line each, without those that are not known.
    pub fn facts(&mut self, facts: &[(&str, Option<String>)]) {
        let known: Vec<(&str, &String)> = facts
            .iter()
            .filter_map(|(key, value)| Some((self.say.text(key), value.as_ref()?)))
            .collect();
        let width = known
            .iter()
            .map(|(name, _)| name.width())
            .max()
            .unwrap_or(0);
        let lines: Vec<String> = known
            .iter()
            .map(|(name, value)| format!("{name}{}  {value}", " ".repeat(width - name.width())))
            .collect();
        self.say(&lines.join("\n"));
    }

    /// Says what a change did.
    pub fn wrote(&mut self, wrote: Wrote) {
        let key = if wrote == Wrote::Same {
            "out_same"
        } else {
            "out_saved"
        };
        self.note(key, &[]);
    }

    /// Shows one value to machines.
    pub fn show_json<T: Serialize>(&mut self, value: &T) {
        let text = serde_json::to_string_pretty(value).expect("what is shown has a JSON form");
        self.say(&text);
    }

    pub fn installation() -> Installation {
        Installation::of_user()
    }

    pub fn store(&self) -> PathBuf {
        self.store
            .clone()
            .unwrap_or_else(|| Self::installation().usual_book())
    }

    pub fn operator(&self) -> String {
        let given = self.operator.clone().filter(|name| !name.trim().is_empty());
        given.unwrap_or_else(|| whoami::username().unwrap_or_else(|_| "?".to_owned()))
    }

    fn open(&self) -> Result<Logbook> {
        let book = Logbook::open(&self.store(), &Self::installation())?;
        if let Some(damage) = book.damage() {
            let newest = book
                .backups()
                .unwrap_or_default()
                .pop()
                .map_or(String::new(), |path| path.display().to_string());
            eprintln!("{}", self.say.error(damage));
            if !newest.is_empty() {
                self.note("out_newest_backup", &[("file", newest)]);
            }
        }
        if book.is_practice()? {
            self.note("out_practice", &[]);
        }
        Ok(book)
    }

    /// The moment given with `--at`.
    pub fn given_time(&self) -> Result<Option<Instant>> {
        self.at.as_deref().map(Instant::parse).transpose()
    }

    /// Reads; the second parameter is the moment asked about.
    pub fn read<T>(&self, look: impl FnOnce(Reader<'_>, Instant) -> Result<T>) -> Result<T> {
        self.ask(&Asked::default(), look)
    }

    /// [`Terminal::read`], by what was known once.
    pub fn ask<T>(
        &self,
        asked: &Asked,
        look: impl FnOnce(Reader<'_>, Instant) -> Result<T>,
    ) -> Result<T> {
        let book = self.open()?;
        let question = self.question(&book, asked)?;
        book.read(|reader| question.put(reader, look))
    }

    /// What is asked: of today by everything that the book has, else as things stood then.
    pub fn question(&self, book: &Logbook, asked: &Asked) -> Result<Question> {
        let known = asked.known_at.as_deref().map(Instant::parse).transpose()?;
        let at = self.read_time(book)?;
        let (given, last) = (self.given_time()?, book.last_written()?.unwrap_or(at));
        Ok(Question {
            at,
            known,
            is_today: given.is_none() && known.is_none(),
            is_past: known.is_some() || given.is_some_and(|given| given < last),
        })
    }

    /// The moment that is asked about.
    fn read_time(&self, book: &Logbook) -> Result<Instant> {
        match self.given_time()? {
            Some(at) => Ok(at),
            None => book.time(clock::now()),
        }
    }

    /// Writes what is read of the book to a file, or to stdout for `-`, and notes in the book what
    /// of people left it. The last parameter of `make` is the moment asked about.
    pub fn disclose(
        &self,
        disclosure: Option<Disclosure>,
        output: &Path,
        asked: &Asked,
        make: impl FnOnce(Reader<'_>, &mut dyn Write, Instant) -> Result<()>,
    ) -> Result<()> {
        let mut book = self.open()?;
        let standing = book.continuation()?;
        let now = book.time(clock::now())?;
        let question = self.question(&book, asked)?;
        let make = |book: Reader<'_>, out: &mut dyn Write| {
            question.put(book, |then, at| make(then, out, at))
        };
        let is_stream = output == Path::new("-");
        let mut stdout = io::stdout().lock();
        let to = match is_stream {
            true => Target::Stream(&mut stdout),
            false => Target::File(output),
        };
        let unnoted = book.disclose(&self.operator(), now, disclosure, to, make)?;
        if !is_stream {
            self.note("out_exported", &[("file", output.display().to_string())]);
        }
        match unnoted {
            Some(why) => self.note("out_not_noted", &[("why", self.say.error(&why))]),
            None => {
                self.tell_continuation(&book, standing)?;
                self.leave(book);
            }
        }
        Ok(())
    }

    /// The book, without a word about it.
    pub fn open_quietly(&self) -> Result<Logbook> {
        Logbook::open(&self.store(), &Self::installation())
    }

    /// Writes in the book, and afterwards tends it.
    pub fn write<T>(&self, act: impl FnOnce(&mut Writing<'_>) -> Result<T>) -> Result<T> {
        self.write_as(&self.operator(), act)
    }

    /// [`Terminal::write`], as somebody else.
    pub fn write_as<T>(
        &self,
        operator: &str,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut book = self.open()?;
        let done = self.write_by(operator, &mut book, act)?;
        self.leave(book);
        Ok(done)
    }

    pub fn write_in<T>(
        &self,
        book: &mut Logbook,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T>,
    ) -> Result<T> {
        self.write_by(&self.operator(), book, act)
    }

    fn write_by<T>(
        &self,
        operator: &str,
        book: &mut Logbook,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T>,
    ) -> Result<T> {
        let now = self.write_time(book)?;
        let standing = book.continuation()?;
        let done = book.transact(operator, now, act)?;
        self.tell_continuation(book, standing)?;
        Ok(done)
    }

    /// Erases people, and leaves the book to be tended.
    pub fn erase(&self, people: &[PersonId], reason: &str) -> Result<Erased> {
        let mut book = self.open()?;
        let now = self.write_time(&book)?;
        let standing = book.continuation()?;
        let erased = book.erase(&self.operator(), now, people, reason)?;
        self.tell_continuation(&book, standing)?;
        self.leave(book);
        Ok(erased)
    }

    /// Tells when what was written made the book go on as another site.
    fn tell_continuation(&self, book: &Logbook, standing: Continuation) -> Result<()> {
        if standing != Continuation::Same && book.continuation()? == Continuation::Same {
            let site = book.last_site()?.unwrap_or_default();
            match standing {
                Continuation::Behind(seq) => {
                    self.note("out_behind", &[("seq", seq.to_string()), ("site", site)]);
                }
                _ => self.note("out_copy", &[("site", site)]),
            }
        }
        Ok(())
    }

    /// When a change is made now: `--at` only sets the time of a practice book.
    pub fn write_time(&self, book: &Logbook) -> Result<Instant> {
        match self.given_time()? {
            Some(_) if !book.is_practice()? => Err(Error::new(Code::TimeGiven)),
            Some(at) => Ok(at),
            None => book.time(clock::now()),
        }
    }

    /// Leaves a book that was written in to be tended at the end.
    pub fn leave(&self, book: Logbook) {
        self.written.replace(Some(book));
    }

    /// Backup of the day and word index, once the answer is said. The change is made already, so
    /// a failure is only told.
    pub fn tend(&self) {
        if let Some(mut book) = self.written.take()
            && let Err(error) = book.time(clock::now()).and_then(|now| book.tend(now))
        {
            self.note("out_not_tended", &[("why", self.say.error(&error))]);
        }
    }
}

/// Runs a command.
pub fn run(terminal: &mut Terminal, command: &Command) -> Result<Answer> {
    match command {
        Command::Generate { what } => generate::help(terminal, *what),
        Command::Init(init) => book::init(terminal, init),
        Command::Demo { folder } => demo::run(terminal, folder),
        Command::Unit(unit) => unit::run(terminal, unit),
        Command::Person(person) => person::run(terminal, person),
        Command::Period(period) => period::run(terminal, period),
        Command::Submission(submission) => submission::run(terminal, submission),
        Command::Drill(drill) => drill::run(terminal, drill),
        Command::Roster(roster) => roster::run(terminal, roster),
        Command::Incident(incident) => incident::run(terminal, incident),
        Command::Log(log) => log::run(terminal, log),
        Command::Notice(notice) => notice::run(terminal, notice),
        Command::Handover(handover) => handover::run(terminal, handover),
        Command::Settings(settings) => settings::run(terminal, settings),
        Command::Operator(_) => book::operators(terminal),
        Command::Search { words } => search::run(terminal, words),
        Command::Export(export) => export::run(terminal, export),
        Command::Undo {
            list: true, limit, ..
        } => undo::list(terminal, *limit),
        Command::Undo { id, .. } => undo::undo(terminal, *id),
        Command::Redo { id } => undo::redo(terminal, *id),
        Command::Verify { against, quick } => book::verify(terminal, against.as_deref(), *quick),
        Command::Head => book::head(terminal),
        Command::Backup { folder, .. } => match folder {
            Some(folder) => book::backup(terminal, folder),
            None => book::backup_all(terminal),
        },
        Command::Upgrade => book::upgrade(terminal),
    }
}

/// A given text, in which nothing means to take the value away.
fn or_nothing(given: &str) -> Option<String> {
    sotruc_core::text::tidy_some(given)
}
