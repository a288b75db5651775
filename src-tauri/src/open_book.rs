//! A book that is open in the window: the connection that writes, those that read, what was worked
//! out of it, what failed of the work nobody waits for.

use sotruc_core::clock::Instant;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::id::PersonId;
use sotruc_core::journal::Head;
use sotruc_core::privacy::Erased;
use sotruc_core::search::Finder;
use sotruc_core::views::now;
use sotruc_core::{Error, Installation, Logbook, Reader, Result, RosterCache, Writing};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::BookClock;
use crate::commands::imports::Pending;
use crate::ipc_error::{Answer, Refusal};

/// A book that is open.
pub struct Open {
    /// The connection that writes, and what the book ended with after its last change.
    writer: Mutex<Logbook>,
    written: Mutex<Option<Head>>,
    readers: Readers,
    finder: Mutex<Finder>,
    roster: Mutex<RosterCache>,
    /// Its clock.
    pub clock: BookClock,
    /// Where it lies.
    pub path: PathBuf,
    installation: Installation,
    /// Whether its time is given.
    pub practice: bool,
    /// Why nothing may be written in it, when that is so.
    pub damage: Mutex<Option<Refusal>>,
    /// The copy from before it was upgraded, when it was so now.
    pub upgraded: Option<PathBuf>,
    /// What is done when nobody waits and failed, by what it is.
    troubles: Mutex<BTreeMap<&'static str, Refusal>>,
    /// The import that waits for a yes.
    pub pending: Mutex<Option<Pending>>,
}

impl Open {
    /// Opens the book at a place, upgraded when an older program wrote it.
    ///
    /// # Errors
    /// Those of upgrading and opening.
    pub fn at(path: &Path, installation: &Installation) -> Result<Self> {
        let upgraded = Logbook::upgrade(path, None, sotruc_core::clock::now())?;
        Ok(Self {
            upgraded,
            ..Self::of(Logbook::open(path, installation)?, installation)?
        })
    }

    /// The place of the book as this installation notes it.
    pub fn noted(&self) -> String {
        self.installation.noted(&self.path).display().to_string()
    }

    /// A book that was just opened or made.
    ///
    /// # Errors
    /// Those of opening it anew: each connection has its own.
    pub fn of(book: Logbook, installation: &Installation) -> Result<Self> {
        let path = book.path().to_owned();
        let writer = Logbook::open(&path, installation)?;
        let practice = book.is_practice()?;
        let clock = match practice {
            true => BookClock::practice(book.last_written()?.unwrap_or_default()),
            false => BookClock::System,
        };
        Ok(Self {
            damage: Mutex::new(book.damage().map(Refusal::from)),
            writer: Mutex::new(writer),
            written: Mutex::default(),
            readers: Readers(Mutex::new(vec![book])),
            finder: Mutex::default(),
            roster: Mutex::default(),
            clock,
            path,
            practice,
            upgraded: None,
            troubles: Mutex::default(),
            pending: Mutex::default(),
            installation: installation.clone(),
        })
    }

    /// Reads what the first room shows: a book of which that cannot be read takes no other's place.
    pub fn look_over(&self) -> Result<()> {
        self.look(|book| book.head())?;
        self.duty(|book, roster, now| now::page(book, roster, now).map(drop))
    }

    /// Notes how work went that nobody waits for; says whether the window has news of it.
    pub fn went(&self, work: &'static str, failure: Option<&Error>) -> bool {
        let mut troubles = locked(&self.troubles);
        let Some(error) = failure else {
            return troubles.remove(work).is_some();
        };
        let mut refusal = Refusal::from(error);
        let named = refusal.params.entry("work".to_owned());
        named.or_insert_with(|| work.to_owned());
        let is_new = troubles.insert(work, refusal).is_none();
        if is_new {
            let (code, kind) = (error.code.key(), error.io_kind());
            tracing::warn!(work, code, ?kind, "failed beside the window");
        }
        is_new
    }

    /// What nobody waits for and failed when it was last tried.
    pub fn troubles(&self) -> Vec<Refusal> {
        locked(&self.troubles).values().cloned().collect()
    }

    /// The time in the book.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Reads; the second parameter is the time in the book.
    pub fn read<T>(&self, look: impl FnOnce(Reader<'_>, Instant) -> Result<T>) -> Result<T> {
        let now = self.now();
        self.look(|book| book.read(|book| look(book, now)))
    }

    /// What can be done with an open book without writing in it, however long it takes: nobody
    /// waits for it.
    pub fn look<T>(&self, look: impl FnOnce(&Logbook) -> Result<T>) -> Result<T> {
        let book = match self.readers.take() {
            Some(book) => book,
            None => Logbook::open(&self.path, &self.installation)?,
        };
        let answer = look(&book);
        self.readers.give_back(book);
        answer
    }

    /// Does something that writes beside the book's records over a connection of its own.
    pub fn beside<T>(&self, act: impl FnOnce(&mut Logbook) -> Result<T>) -> Result<T> {
        act(&mut Logbook::open(&self.path, &self.installation)?)
    }

    /// Reads with the finder brought up to date.
    pub fn find<T>(
        &self,
        look: impl FnOnce(Reader<'_>, &mut Finder, Instant) -> Result<T>,
    ) -> Result<T> {
        let mut finder = locked(&self.finder);
        self.read(|book, now| {
            finder.refresh(book, now)?;
            look(book, &mut finder, now)
        })
    }

    /// Reads with the roster, which is kept while nothing of it is written.
    pub fn duty<T>(
        &self,
        look: impl FnOnce(Reader<'_>, &Roster, Instant) -> Result<T>,
    ) -> Result<T> {
        let mut kept = locked(&self.roster);
        self.read(move |book, now| {
            let roster = kept.read(book)?;
            // Others read it too while it is looked at.
            drop(kept);
            look(book, &roster, now)
        })
    }

    /// What the book ended with after the last change that was made here.
    pub fn written(&self) -> Option<Head> {
        locked(&self.written).clone()
    }

    /// Writes as `operator`.
    pub fn write<T>(
        &self,
        operator: &str,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T>,
    ) -> Answer<T> {
        if let Some(damage) = locked(&self.damage).clone() {
            return Err(damage);
        }
        let mut writer = locked(&self.writer);
        let now = self.write_time(&writer)?;
        let done = writer.transact(operator, now, act)?;
        *locked(&self.written) = writer.head().unwrap_or_default();
        Ok(done)
    }

    /// Puts all that was written into the file itself, once nobody writes any more.
    pub fn fold(&self) -> Result<()> {
        locked(&self.readers.0).clear();
        locked(&self.writer).fold()
    }

    /// Erases people as `operator`, over a connection of its own: the file is written anew, and
    /// whoever writes a line meanwhile does not stand behind it.
    pub fn erase(&self, operator: &str, people: &[PersonId], reason: &str) -> Answer<Erased> {
        if let Some(damage) = locked(&self.damage).clone() {
            return Err(damage);
        }
        let erased = self.beside(|book| {
            let now = self.write_time(book)?;
            let erased = book.erase(operator, now, people, reason)?;
            *locked(&self.written) = book.head().unwrap_or_default();
            Ok(erased)
        })?;
        Ok(erased)
    }

    /// When a change is made now.
    fn write_time(&self, book: &Logbook) -> Result<Instant> {
        Ok(match self.practice {
            // A test may set the clock back; a practice book may not go back.
            true => self.now().max(book.last_written()?.unwrap_or_default()),
            false => self.now(),
        })
    }
}

/// Connections that read. Each look has one to itself: what takes long keeps nobody waiting.
struct Readers(Mutex<Vec<Logbook>>);

impl Readers {
    /// How many are kept open while nobody looks.
    const KEPT: usize = 4;

    fn take(&self) -> Option<Logbook> {
        locked(&self.0).pop()
    }

    fn give_back(&self, book: Logbook) {
        let mut kept = locked(&self.0);
        if kept.len() < Self::KEPT {
            kept.push(book);
        }
    }
}

/// A lock, whatever became of who held it before: what it guards is checked by its own rules.
pub fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
