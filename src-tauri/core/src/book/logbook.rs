//! The front door: open a book, write in it, read it, check it.

use rusqlite::TransactionBehavior;
use std::path::{Path, PathBuf};

use crate::atomic_write::Draft;
use crate::book::attachments::Files;
use crate::book::installation::{Continuation, Installation, Mine, Seen};
use crate::book::verify::{self, Depth, Here, Verdict};
use crate::book::writing::{SiteIdentity, Writing};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::SiteId;
use crate::journal::{Head, SiteOpening};
use crate::store::{self, FileKey, Reader};
use crate::{file_name, place};

/// How far the note of what was written may lag behind, in milliseconds.
const NOTED_EVERY: i64 = 1_000;

/// An open book.
pub struct Logbook {
    pub(super) conn: rusqlite::Connection,
    pub(super) path: PathBuf,
    pub(super) key: Option<FileKey>,
    pub(super) installation: Installation,
    /// Why nothing may be written, when the newest records fail their check.
    pub(super) damage: Option<Error>,
    pub(super) identity: Option<SiteIdentity>,
    /// The newest record of ours, to be noted when nobody waits.
    pub(super) unnoted: Option<(SiteId, Seen)>,
    /// When that was last noted.
    pub(super) noted: Option<Instant>,
}

impl std::fmt::Debug for Logbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logbook")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// What a new book needs to know.
#[derive(Debug, Clone, Copy)]
pub struct NewBook<'a> {
    /// Two to eight capital letters or digits: what stands before the site's numbers.
    pub site: &'a str,
    /// What people call the site.
    pub name: &'a str,
    /// The name or code of our own unit.
    pub unit: Option<&'a str>,
    /// Whether time in it is given and not asked of the clock.
    pub practice: bool,
    /// The place that stands on duty sheets: the province.
    pub place: Option<&'a str>,
    /// The keys of the profiles that it goes by; those that are proposed by date, when empty.
    pub profiles: &'a [String],
}

impl Logbook {
    /// Makes a book where no file is, with its first record.
    ///
    /// # Errors
    /// [`Code::BookExists`], [`Code::SiteCode`], [`Code::Empty`], [`Code::File`],
    /// [`Code::BookRemote`], and those of the store.
    pub fn create(
        path: &Path,
        installation: &Installation,
        new: &NewBook<'_>,
        operator: &str,
        now: Instant,
    ) -> Result<Self> {
        Self::create_with_key(path, None, installation, new, operator, now)
    }

    /// [`Logbook::create`], encrypted.
    ///
    /// # Errors
    /// As there.
    pub fn create_with_key(
        path: &Path,
        key: Option<FileKey>,
        installation: &Installation,
        new: &NewBook<'_>,
        operator: &str,
        now: Instant,
    ) -> Result<Self> {
        let code = site_code(new.site)?;
        let name = crate::book::needed("name", new.name)?;
        file_name::check(path)?;
        if path.exists() {
            return Err(Error::new(Code::BookExists).with("file", path.display()));
        }
        // A book gets its name when it is whole; a stop in between leaves no half-made one.
        let name_of_file = path.file_name().unwrap_or_default().to_string_lossy();
        let (draft, _) =
            Draft::create(parent(path), &name_of_file).map_err(|cause| Error::file(path, cause))?;
        let path = own_place(path)?;
        let mut book = Self {
            conn: store::create(draft.path(), key.as_ref())?,
            path: path.clone(),
            key: key.clone(),
            installation: installation.clone(),
            damage: None,
            identity: None,
            unnoted: None,
            noted: None,
        };
        let founding = SiteOpening {
            code,
            name,
            unit: new.unit.and_then(crate::text::tidy_some),
            practice: new.practice,
            public_key: String::new(),
            grew_from: None,
        };
        book.write(operator, now, Some(founding), |write| {
            write.begin()?;
            write.found_office(new.place, new.profiles)
        })?;
        drop(book);
        // Without overwriting: somebody may have put a file there in the meantime.
        draft
            .become_new(&path)
            .map_err(|cause| Error::file(&path, cause))?;
        Self::open_with_key(&path, key, installation)
    }

    /// Opens the book at this path.
    ///
    /// A book whose newest records fail their check opens too, but [`Logbook::transact`] refuses.
    ///
    /// # Errors
    /// [`Code::BookMissing`], [`Code::BookRemote`], [`Code::NotABook`], [`Code::BookNewer`],
    /// [`Code::UnfitSqlite`], and those of the store; [`Code::BookOlder`] for what [`Logbook::upgrade`] is asked for first.
    pub fn open(path: &Path, installation: &Installation) -> Result<Self> {
        Self::open_with_key(path, None, installation)
    }

    /// [`Logbook::open`], for an encrypted book.
    ///
    /// # Errors
    /// As there; [`Code::NotABook`] when the key is not the book's.
    pub fn open_with_key(
        path: &Path,
        key: Option<FileKey>,
        installation: &Installation,
    ) -> Result<Self> {
        let path = place_of_book(path)?;
        let conn = store::open(&path, key.as_ref())?;
        let damage = verify::newest(Reader { conn: &conn }, installation)?;
        Ok(Self {
            conn,
            path,
            key,
            installation: installation.clone(),
            damage,
            identity: None,
            unnoted: None,
            noted: None,
        })
    }

    /// Where the book lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong with the newest records, when something is.
    #[must_use]
    pub fn damage(&self) -> Option<&Error> {
        self.damage.as_ref()
    }

    /// A number that changes when another program, or another opening of this book here, has
    /// written in it; what this one writes does not change it.
    ///
    /// # Errors
    /// Those of the store.
    pub fn version(&self) -> Result<i64> {
        store::version(&self.conn)
    }

    /// Reads; every answer within `look` is of one moment.
    ///
    /// # Errors
    /// Those of `look` and of the store.
    pub fn read<T>(&self, look: impl FnOnce(Reader<'_>) -> Result<T>) -> Result<T> {
        let snapshot = self.conn.unchecked_transaction()?;
        let answer = look(Reader { conn: &snapshot });
        drop(snapshot);
        answer
    }

    /// Writes: every change that `act` makes is appended to this site's journal, sealed, and
    /// durable when this returns. When `act` fails nothing is changed.
    ///
    /// `operator` is the name of who writes; an operator of this name is made when there is none.
    ///
    /// # Errors
    /// Those of `act` and of the store; [`Code::BookDamaged`] when the newest records fail their
    /// check; [`Code::TimeBackwards`] in a practice book.
    pub fn transact<T>(
        &mut self,
        operator: &str,
        now: Instant,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T>,
    ) -> Result<T> {
        self.writable()?;
        self.write(operator, now, None, act)
    }

    /// Whether the newest records hold, so that others may follow.
    ///
    /// # Errors
    /// [`Code::BookDamaged`].
    pub(crate) fn writable(&self) -> Result<()> {
        self.damage
            .as_ref()
            .map_or(Ok(()), |damage| Err(damage.again()))
    }

    fn write<T>(
        &mut self,
        operator: &str,
        now: Instant,
        founding: Option<SiteOpening>,
        act: impl FnOnce(&mut Writing<'_>) -> Result<T>,
    ) -> Result<T> {
        if self.identity.is_none() {
            store::ready_to_write(&self.conn)?;
        }
        let transaction = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writing = Writing::new(
            &transaction,
            &self.installation,
            &self.path,
            operator,
            now,
            founding,
            self.identity.as_ref(),
        )?;
        let done = act(&mut writing)?;
        match writing.seal()? {
            Some(sealed) => {
                transaction.commit()?;
                self.unnoted = Some((sealed.site, sealed.newest));
                self.identity = Some(sealed.identity);
                if self
                    .noted
                    .is_none_or(|noted| now < noted || now >= noted.plus(NOTED_EVERY))
                {
                    self.note();
                    self.noted = Some(now);
                }
            }
            None => transaction.rollback()?,
        }
        Ok(done)
    }

    /// Notes what was written outside the book, where a rolled-back book shows against it. The
    /// note may lag behind: it says what was seen at least.
    pub(super) fn note(&mut self) {
        if let Some((site, seen)) = self.unnoted.take() {
            self.installation.note(site, seen);
        }
    }

    /// Whether the next change goes on where this installation left off.
    ///
    /// # Errors
    /// Those of the store.
    pub fn continuation(&self) -> Result<Continuation> {
        if self.identity.is_some() {
            return Ok(Continuation::Same);
        }
        // What was seen is asked before what is there: another program may write in between.
        let seen = self.installation.all_seen();
        self.read(|reader| {
            let sites = reader.named_sites()?;
            let mine = self
                .installation
                .mine(reader, &sites.sites, &self.path, &seen)?;
            Ok(match mine {
                Mine::Site { .. } => Continuation::Same,
                Mine::Behind { seen, .. } => Continuation::Behind(seen.seq),
                Mine::Stranger => Continuation::Copy,
            })
        })
    }

    /// The code of the site that wrote last.
    ///
    /// # Errors
    /// Those of the store.
    pub fn last_site(&self) -> Result<Option<String>> {
        self.read(|reader| {
            let sites = reader.named_sites()?;
            let newest = reader.newest(&sites.sites)?;
            let number = newest.and_then(|record| sites.sites.number(record.site));
            Ok(number.map(|number| sites.code(number).to_owned()))
        })
    }

    /// The code of the site that this installation goes on as: lines that are told by their number
    /// alone are its own. Of a copy, which goes on as a new one, that of the site that wrote last.
    ///
    /// # Errors
    /// Those of the store.
    pub fn own_site(&self) -> Result<Option<String>> {
        let seen = self.installation.all_seen();
        let own = self.read(|reader| {
            let sites = reader.named_sites()?;
            let mine = self
                .installation
                .mine(reader, &sites.sites, &self.path, &seen)?;
            Ok(match mine {
                Mine::Site { number, .. } => Some(sites.code(number).to_owned()),
                Mine::Behind { .. } | Mine::Stranger => None,
            })
        })?;
        match own {
            Some(code) => Ok(Some(code)),
            None => self.last_site(),
        }
    }

    /// The time in the book: what the clock says, or where the time of a practice book stands.
    ///
    /// # Errors
    /// Those of the store.
    pub fn time(&self, clock: Instant) -> Result<Instant> {
        match self.is_practice()? {
            true => Ok(self.last_written()?.unwrap_or_default()),
            false => Ok(clock),
        }
    }

    /// Whether the book's time is given and not asked of the clock.
    ///
    /// # Errors
    /// Those of the store.
    pub fn is_practice(&self) -> Result<bool> {
        self.read(|book| book.is_practice())
    }

    /// The wall time of the newest record: where the time of a practice book stands.
    ///
    /// # Errors
    /// Those of the store.
    pub fn last_written(&self) -> Result<Option<Instant>> {
        self.read(|reader| reader.last_wall())
    }

    /// Checks every hash, every seal, and the tables against a replay of the journal; and whether
    /// the book contains a head that was kept elsewhere.
    ///
    /// # Errors
    /// Those of the store; what is wrong with the book is in the verdict.
    pub fn verify(&self, against: Option<&Head>) -> Result<Verdict> {
        self.verify_to(Depth::Full, against)
    }

    /// [`Logbook::verify`], as deep as asked.
    ///
    /// # Errors
    /// As there.
    pub fn verify_to(&self, depth: Depth, against: Option<&Head>) -> Result<Verdict> {
        self.verify_with_progress(depth, against, &|_, _| true)
    }

    /// [`Logbook::verify_to`], while somebody watches: every 256 records `watch` is told how many
    /// are done, of how many, and says whether to go on.
    ///
    /// # Errors
    /// As there; [`Code::Cancelled`] when it says no.
    pub fn verify_with_progress(
        &self,
        depth: Depth,
        against: Option<&Head>,
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Verdict> {
        let seen = self.installation.all_seen();
        let verdict = self.read(|reader| {
            if !store::is_sound(reader.conn, depth == Depth::Full)? {
                return Ok(Verdict::corrupt());
            }
            let here = Here {
                installation: &self.installation,
                book: &self.path,
                seen: &seen,
                files: Files::of(&self.path, self.key.as_ref()),
            };
            let verdict = verify::verify(reader, depth, against, Some(&here), watch)?;
            verify::note_faults(reader, &verdict, &self.installation)?;
            Ok(verdict)
        });
        match verdict {
            Err(error) if error.code == Code::BookCorrupt => Ok(Verdict::corrupt()),
            verdict => verdict,
        }
    }

    /// The head of the newest record.
    ///
    /// # Errors
    /// Those of the store.
    pub fn head(&self) -> Result<Option<Head>> {
        self.read(|reader| {
            let sites = reader.named_sites()?;
            Ok(reader
                .newest(&sites.sites)?
                .map(|record| Head::of(&record.hash)))
        })
    }
}

impl Drop for Logbook {
    fn drop(&mut self) {
        self.note();
    }
}

/// Checks a site's code.
fn site_code(given: &str) -> Result<String> {
    let code = given.trim();
    let fits = (2..=8).contains(&code.len())
        && code
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && code.bytes().any(|b| b.is_ascii_uppercase());
    match fits {
        true => Ok(code.to_owned()),
        false => Err(Error::new(Code::SiteCode)
            .with("field", "site")
            .with("given", given)),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The one name of the place of a book that is there.
pub(super) fn place_of_book(path: &Path) -> Result<PathBuf> {
    file_name::check(path)?;
    match path.exists() {
        true => own_place(path),
        false => Err(Error::new(Code::BookMissing).with("file", path.display())),
    }
}

/// The one name of the place of a book, whatever way led there; it lies on this machine.
fn own_place(path: &Path) -> Result<PathBuf> {
    let folder = parent(path);
    let folder = place::canonical(folder).map_err(|cause| Error::file(folder, cause))?;
    let whole = folder.join(path.file_name().unwrap_or_default());
    let found = place::canonical(&whole).ok();
    check_is_here(path, place::is_remote(found.as_ref().unwrap_or(&folder)))?;
    Ok(found.unwrap_or(whole))
}

fn check_is_here(path: &Path, is_remote: bool) -> Result<()> {
    match is_remote {
        true => Err(Error::new(Code::BookRemote).with("file", path.display())),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_on_another_machine_is_refused() {
        let path = Path::new("so.sotruc");
        let check = |is_remote| check_is_here(path, is_remote).map_err(|error| error.code);
        assert_eq!(check(false), Ok(()));
        assert_eq!(check(true), Err(Code::BookRemote));
    }
}
