//! What leaves the book, and the files that come into it: never over a book or a key, and noted
//! where it tells of people.

use std::io::Write;
use std::path::Path;

use crate::atomic_write::write_beside;
use crate::book::attachments::{self, Files};
use crate::book::logbook::Logbook;
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::journal::Change;
use crate::log::entry::Attached;
use crate::place;
use crate::privacy::disclosure::Disclosure;
use crate::store::{self, Reader};

impl Logbook {
    /// Refuses a target for a table that is a book or one of our keys: one slip of the hand must
    /// not cost the log.
    ///
    /// # Errors
    /// [`Code::FileExists`].
    pub fn may_write_over(&self, path: &Path) -> Result<()> {
        let Ok(target) = place::canonical(path) else {
            return Ok(());
        };
        let name = target.to_string_lossy();
        let is_ours = place::canonical(self.installation.folder())
            .is_ok_and(|folder| target.starts_with(folder));
        let is_file = target.starts_with(attachments::folder_of(&self.path));
        // The write-ahead log and its index are named after the book.
        let book = self.path.to_string_lossy();
        let is_book = ["", "-wal", "-shm"].iter().any(|ending| {
            name.strip_suffix(ending)
                .is_some_and(|name| *name == *book || name.to_lowercase().ends_with(".sotruc"))
        }) || target.is_file() && store::begins_as_book(&target);
        match is_ours || is_file || is_book {
            true => Err(Error::new(Code::FileExists).with("file", path.display())),
            false => Ok(()),
        }
    }

    /// Writes to a file, whole or not at all and never over a book or a key, or to a stream.
    ///
    /// # Errors
    /// Those of `make`, [`Code::FileExists`], [`Code::File`].
    pub fn hand_out<T>(
        &self,
        to: Target<'_>,
        make: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        if let Target::File(path) = &to {
            self.may_write_over(path)?;
        }
        to.write(make)
    }

    /// Takes a file in, to be attached to a line that is written next.
    ///
    /// # Errors
    /// [`Code::FileLarge`], [`Code::File`].
    pub fn attach(&self, path: &Path) -> Result<Attached> {
        Files::of(&self.path, self.key.as_ref()).put(path)
    }

    /// The bytes of an attached file, as they were given.
    ///
    /// # Errors
    /// [`Code::FileMissing`], [`Code::FileAltered`], [`Code::File`].
    pub fn attached(&self, file: &Attached) -> Result<Vec<u8>> {
        Files::of(&self.path, self.key.as_ref()).get(file)
    }

    /// Writes an attached file as it was given.
    ///
    /// # Errors
    /// Those of [`Logbook::attached`] and [`Logbook::hand_out`].
    pub fn save_attached(&self, file: &Attached, to: Target<'_>) -> Result<()> {
        let bytes = self.attached(file)?;
        let name = to.file().unwrap_or_else(|| file.name.clone());
        self.hand_out(to, |out| {
            let written = out.write_all(&bytes);
            written.map_err(|cause| Error::file(Path::new(&name), cause))
        })
    }

    /// Writes what `make` reads of the book to a file or a stream, and notes in the book what of
    /// people left it. Gives why that could not be noted, when it could not: a book that may no
    /// longer be written in can still be read.
    ///
    /// # Errors
    /// Those of `make`, [`Code::FileExists`] for a book or a key, and [`Code::File`].
    pub fn disclose(
        &mut self,
        operator: &str,
        now: Instant,
        disclosure: Option<Disclosure>,
        to: Target<'_>,
        make: impl FnOnce(Reader<'_>, &mut dyn Write) -> Result<()>,
    ) -> Result<Option<Error>> {
        let mut unnoted = None;
        let file = to.file();
        let is_stream = to.is_stream();
        let write = |book: &mut Self, out: &mut dyn Write| {
            let mut out = Sent { out, is_any: false };
            let made = book.read(|reader| make(reader, &mut out));
            // A file that fails is gone; what a stream took stays with whoever reads it.
            let left = made.is_ok() || (is_stream && out.is_any);
            if let Some(disclosure) = disclosure.filter(|_| left) {
                // The file of one person is called after them, as a rule.
                let file = file.filter(|_| disclosure.person.is_none());
                let change = Change::Disclosure(Disclosure { file, ..disclosure });
                let noted = book.transact(operator, now, |write| write.append(change));
                unnoted = noted.err();
            }
            made
        };
        if let Target::File(path) = &to {
            self.may_write_over(path)?;
        }
        to.write(|out| write(self, out))?;
        Ok(unnoted)
    }
}

/// Where what leaves the book goes.
pub enum Target<'a> {
    /// A file.
    File(&'a Path),
    /// Standard output, say.
    Stream(&'a mut dyn Write),
}

/// A stream that knows whether anything went into it.
struct Sent<'a> {
    out: &'a mut dyn Write,
    is_any: bool,
}

impl Write for Sent<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let took = self.out.write(bytes)?;
        self.is_any |= took > 0;
        Ok(took)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl Target<'_> {
    /// Whether what is written is gone at once: no file that is put in place when it is whole.
    fn is_stream(&self) -> bool {
        match self {
            Self::File(path) => path.exists() && !path.is_file(),
            Self::Stream(_) => true,
        }
    }

    /// The path of a file.
    #[must_use]
    pub fn file(&self) -> Option<String> {
        match self {
            Self::File(path) => Some(path.display().to_string()),
            Self::Stream(_) => None,
        }
    }

    /// Writes there: a file whole or not at all.
    pub(crate) fn write<T>(self, make: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
        match self {
            Self::File(path) => write_beside(path, make),
            Self::Stream(out) => make(out),
        }
    }
}

impl std::fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}
