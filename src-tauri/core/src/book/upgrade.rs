//! Books of older programs: brought to today's form when somebody asks for it, never by a look.

use std::fs;
use std::path::{Path, PathBuf};

use crate::book::attachments;
use crate::book::copies::backup_folder;
use crate::book::logbook::{Logbook, place_of_book};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::store::{self, FileKey};

impl Logbook {
    /// Brings a book that an older program wrote to the form in which [`Logbook::open`] reads it,
    /// and gives the copy of it as it was, which is made first, in [`Logbook::backup_folder`];
    /// `None` when the book is of today's form already. Nothing is written in the journal.
    ///
    /// A book whose journal is damaged is upgraded too: it is read as it stands, and
    /// [`Logbook::damage`] says so as ever.
    ///
    /// # Errors
    /// As [`Logbook::open`] and [`Logbook::backup`]; then the book is as it was.
    pub fn upgrade(path: &Path, key: Option<&FileKey>, now: Instant) -> Result<Option<PathBuf>> {
        let path = place_of_book(path)?;
        let mut kept = None;
        let upgraded = store::upgrade(&path, key, |old| {
            let folder = backup_folder(&path);
            fs::create_dir_all(&folder).map_err(|cause| Error::file(&folder, cause))?;
            let made = store::backup(old, key, &path, &folder, now, |copy| {
                let is_whole = store::is_sound(copy, true)?
                    && store::journal_hash(copy)? == store::journal_hash(old)?;
                match is_whole {
                    true => Ok(()),
                    false => Err(Error::new(Code::BookCorrupt).with("why", path.display())),
                }
            })?;
            attachments::copy_along(&path, kept.insert(made), true)
        });
        match (&upgraded, &kept) {
            (Ok(Some(())), _) => tracing::info!("a book was upgraded"),
            (Ok(None), _) => {}
            (Err(error), kept) => {
                let (code, kind) = (error.code.key(), error.io_kind());
                tracing::warn!(code, ?kind, "a book was not upgraded");
                if let Some(copy) = kept {
                    // The book is still what it was; the error that matters is the first one.
                    let _ = attachments::remove_copy(copy);
                }
            }
        }
        Ok(upgraded?.and(kept))
    }
}
