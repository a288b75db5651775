//! The copies of a book: made, thinned, counted; and what is done when nobody waits.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::atomic_write::remove_left_behind;
use crate::book::attachments::{self, Files};
use crate::book::installation::{Continuation, Installation};
use crate::book::logbook::Logbook;
use crate::book::verify::{self, Depth};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::journal::Record;
use crate::store::{self, Reader, Sites};

/// How many copies go at once at most, whatever the clock says: one that jumped must not cost all
/// of them.
const GOING: usize = 2;

impl Logbook {
    /// Writes a copy of the book into a folder, checked before it counts, with its files beside
    /// it, and gives its path.
    ///
    /// # Errors
    /// [`Code::File`], and those of the store.
    pub fn backup(&self, folder: &Path, now: Instant) -> Result<PathBuf> {
        self.copy_into(folder, now, false)
    }

    fn copy_into(&self, folder: &Path, now: Instant, share: bool) -> Result<PathBuf> {
        let made = store::backup(
            &self.conn,
            self.key.as_ref(),
            &self.path,
            folder,
            now,
            |copy| {
                let verdict =
                    verify::verify(Reader { conn: copy }, Depth::Hashes, None, None, &|_, _| {
                        true
                    })?;
                match verdict.problems.first() {
                    None => Ok(()),
                    Some(problem) => Err(Error::new(Code::BookDamaged)
                        .with("site", &problem.site)
                        .with("seq", problem.seq)),
                }
            },
        )?;
        attachments::copy_along(&self.path, &made, share).inspect_err(|_| {
            // Half a copy helps nobody; the error that matters is the first one.
            let _ = attachments::remove_copy(&made);
        })?;
        Ok(made)
    }

    /// The folder of the copies the program makes by itself: beside the book.
    #[must_use]
    pub fn backup_folder(&self) -> PathBuf {
        backup_folder(&self.path)
    }

    /// Whether anything was written since the book was begun: before that there is nothing to lose.
    ///
    /// # Errors
    /// Those of the store.
    pub fn is_written(&self) -> Result<bool> {
        let book = Reader { conn: &self.conn };
        let sites = Sites::load(book.conn)?;
        let mut numbers = sites.iter().map(|(number, _)| number);
        let (Some(first), None) = (numbers.next(), numbers.next()) else {
            return Ok(true);
        };
        let last = book.last_record(&sites, first)?;
        let last = last.map_or(0, |record| record.seq);
        Ok(last > book.sealed_from(first, 1, last)?)
    }

    /// Makes a copy in [`Logbook::backup_folder`] and thins the ones there; for before what is
    /// large. `None` when the newest copy there holds all that the book does.
    ///
    /// # Errors
    /// As [`Logbook::backup`].
    pub fn keep_backup(&self, now: Instant) -> Result<Option<PathBuf>> {
        let folder = self.backup_folder();
        fs::create_dir_all(&folder).map_err(|cause| Error::file(&folder, cause))?;
        remove_left_behind(&folder, &self.stem());
        if let Some(newest) = self.backups()?.pop()
            && self.is_whole_in(&newest)
        {
            attachments::copy_along(&self.path, &newest, true)?;
            return Ok(None);
        }
        let made = self.copy_into(&folder, now, true)?;
        let mut going = GOING;
        for old in store::superfluous(&self.backups()?, &self.stem(), now) {
            // One that somebody has open is for another day.
            going -= usize::from(going > 0 && is_removed(&old));
        }
        Ok(Some(made))
    }

    /// Whether a copy ends with the record that the book ends with.
    fn is_whole_in(&self, copy: &Path) -> bool {
        let newest = |conn: &rusqlite::Connection| -> Result<Option<Record>> {
            let reader = Reader { conn };
            reader.newest(&reader.named_sites()?.sites)
        };
        // A copy that cannot be read is no copy: another one is made.
        let there = store::read_only(copy, self.key.as_ref()).and_then(|copy| newest(&copy));
        match (newest(&self.conn), there) {
            (Ok(here), Ok(there)) => here == there,
            _ => false,
        }
    }

    fn stem(&self) -> String {
        self.path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// The copies in [`Logbook::backup_folder`], oldest first.
    ///
    /// # Errors
    /// [`Code::File`].
    pub fn backups(&self) -> Result<Vec<PathBuf>> {
        let folder = self.backup_folder();
        let listed = match fs::read_dir(&folder) {
            Ok(listed) => listed,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(Error::file(&folder, cause)),
        };
        let mut backups: Vec<PathBuf> = listed
            .filter_map(|file| Some(file.ok()?.path()))
            .filter(|path| store::day_of(path, &self.stem()).is_some())
            .collect();
        backups.sort_by(|a, b| a.file_stem().cmp(&b.file_stem()));
        Ok(backups)
    }

    /// When the newest of [`Logbook::backups`] was made, as its name says.
    ///
    /// # Errors
    /// [`Code::File`].
    pub fn last_backup(&self) -> Result<Option<Instant>> {
        let newest = self.backups()?.pop();
        Ok(newest.and_then(|path| {
            let stamp = store::stamp_of(&path, &self.stem())?;
            Instant::from_file_stamp(stamp.get(..15)?)
        }))
    }

    /// Makes the file and the copies in [`Logbook::backup_folder`] forget what redactions
    /// dropped; nothing when they have. The newest state is kept as one new copy, older ones go.
    /// Gives the other books in that folder, which somebody put there and which may still tell.
    ///
    /// # Errors
    /// [`Code::BookBusy`] while another program reads; as [`Logbook::backup`].
    pub fn purge(&mut self, now: Instant) -> Result<Vec<PathBuf>> {
        let residue = store::residue(&self.conn)?;
        if residue.is_empty() || self.damage.is_some() {
            return Ok(Vec::new());
        }
        store::purge(&self.conn)?;
        let folder = self.backup_folder();
        fs::create_dir_all(&folder).map_err(|cause| Error::file(&folder, cause))?;
        let clean = self.copy_into(&folder, now, true)?;
        let older = self.backups()?.into_iter().filter(|copy| *copy != clean);
        let gone: Vec<Result<()>> = older.map(|copy| attachments::remove_copy(&copy)).collect();
        // One that somebody has open keeps none of the others; it is asked for again.
        gone.into_iter().collect::<Result<()>>()?;
        store::remove_drafts(&folder, &self.stem())?;
        store::without_residue(&self.conn, &residue)?;
        self.other_books()
    }

    /// The books in [`Logbook::backup_folder`] that are no copies which the program made there, by
    /// name.
    pub(crate) fn other_books(&self) -> Result<Vec<PathBuf>> {
        let (folder, ours) = (self.backup_folder(), self.backups()?);
        let listed = match fs::read_dir(&folder) {
            Ok(listed) => listed,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(Error::file(&folder, cause)),
        };
        let mut others: Vec<PathBuf> = listed.flatten().map(|file| file.path()).collect();
        others.retain(|path| !ours.contains(path) && path.is_file() && store::begins_as_book(path));
        others.sort_unstable();
        Ok(others)
    }

    /// Puts all that was written into the file itself and leaves nothing beside it, as far as no
    /// other program reads it.
    ///
    /// # Errors
    /// Those of the store.
    pub fn fold(&mut self) -> Result<()> {
        self.note();
        store::fold(&self.conn)
    }

    /// What is done when nobody waits: the word index of the log (`index`), once a day the files
    /// that no line names (`sweep`) and the copy of the day (`copy`), and what is left of a
    /// redaction (`purge`); then all that was written goes into the file itself (`checkpoint`), so that
    /// who copies it by hand has it. One that fails keeps none of the others from being done.
    ///
    /// # Errors
    /// The first that failed, named by the param `work`: as [`Logbook::backup`], and those of the
    /// store.
    pub fn tend(&mut self, now: Instant) -> Result<()> {
        self.note();
        if self.damage.is_some() {
            return Ok(());
        }
        let done = [
            ("index", store::index_lines(&mut self.conn)),
            ("sweep", self.sweep_of_the_day(now)),
            ("copy", self.copy_of_the_day(now)),
            ("purge", self.purge(now).map(drop)),
            ("checkpoint", store::checkpoint(&self.conn)),
        ];
        let mut first = None;
        for (work, done) in done {
            if let Err(error) = done {
                let (code, kind) = (error.code.key(), error.io_kind());
                tracing::warn!(work, code, ?kind, "what nobody waits for was not done");
                first.get_or_insert(error.with("work", work));
            }
        }
        first.map_or(Ok(()), Err)
    }

    /// Removes the attached files that no line names, of lines that were not written: before the
    /// copy of the day is made, for every line is looked at.
    fn sweep_of_the_day(&self, now: Instant) -> Result<()> {
        // Where copies cannot be listed, that is told of the copy.
        // A book that lacks what was written here before may lack lines that name them.
        let is_behind = matches!(self.continuation()?, Continuation::Behind(_));
        if is_behind || !self.copy_is_due(now).unwrap_or_default() {
            return Ok(());
        }
        let mut named = HashSet::new();
        self.read(|book| {
            book.each_named(|hash| {
                named.insert(hash.to_owned());
            })
        })?;
        Files::of(&self.path, self.key.as_ref()).sweep(&named)
    }

    fn copy_of_the_day(&self, now: Instant) -> Result<()> {
        match self.is_written()? && self.copy_is_due(now)? {
            true => self.keep_backup(now).map(drop),
            false => Ok(()),
        }
    }

    /// Whether the copy of the day is still to be made.
    fn copy_is_due(&self, now: Instant) -> Result<bool> {
        let today = now.file_stamp()[..8].to_owned();
        let backups = self.backups()?;
        let mut days = backups.iter().map(|path| store::day_of(path, &self.stem()));
        Ok(days.all(|day| day.as_ref() != Some(&today)))
    }
}

/// Copies every book that an installation writes in, beside it, and gives for each book its newest
/// copy; one that cannot be copied keeps no other from it.
#[must_use]
pub fn keep_backups(
    installation: &Installation,
    now: Instant,
) -> Vec<(PathBuf, Result<Option<PathBuf>>)> {
    let copied = |path: &Path| -> Result<Option<PathBuf>> {
        let book = Logbook::open(path, installation)?;
        let made = book.keep_backup(book.time(now)?)?;
        Ok(made.or(book.backups()?.pop()))
    };
    let books = installation.books().into_iter();
    books
        .map(|path| {
            let copy = copied(&path);
            (path, copy)
        })
        .collect()
}

/// Removes a copy that may go; what keeps it is noted.
fn is_removed(copy: &Path) -> bool {
    let removed = attachments::remove_copy(copy);
    if let Err(error) = &removed {
        let (code, kind) = (error.code.key(), error.io_kind());
        tracing::warn!(code, ?kind, "an old copy stays for now");
    }
    removed.is_ok()
}

/// The folder of the copies that the program makes by itself of the book at a place.
#[must_use]
pub fn backup_folder(book: &Path) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(".backups");
    PathBuf::from(name)
}
