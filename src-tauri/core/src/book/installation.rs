//! The installation: the keys of its sites, kept in the user's application data and never in a
//! book, so that who has only the file cannot seal.
//!
//! For each site there is a key file, which also says where its book lies, and a note of the
//! newest record this installation has seen in it. A book that lies elsewhere, or that lacks what
//! was seen, is a copy: it goes on as a new site.
//!
//! An installation may be carried about in the folder of its program. What lies in that folder is
//! noted by its place there: on another computer the stick has another letter, and is the same.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::atomic_write::write_beside;
use crate::error::{Error, Result};
use crate::id::{SiteId, hex, unhex};
use crate::journal::{Hash, SiteKey};
use crate::place;
use crate::random::fill_random;
use crate::store::{Reader, Sites, row_key};

/// The file beside the program that says that it is carried about with all it keeps.
pub const PORTABLE_MARK: &str = "portable.txt";

/// The folder of the terminal, in that of the program.
const TERMINAL: &str = "terminal";

/// Where this user's keys are kept.
#[derive(Debug, Clone)]
pub struct Installation {
    folder: PathBuf,
    /// The folder of the program, when it is carried about with it.
    program: Option<PathBuf>,
}

/// The newest record of a site that this installation has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) seq: u64,
    pub(crate) hash: Hash,
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    book: PathBuf,
    secret: String,
    /// When the folder that is carried about was made, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made_at: Option<i64>,
}

/// A key at hand, and where its book was.
pub(crate) struct KeyAtHand {
    pub(crate) key: SiteKey,
    pub(crate) book: PathBuf,
}

impl Installation {
    /// The installation whose files lie in this folder; it is made when first needed.
    #[must_use]
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            program: None,
        }
    }

    /// That of this user: in the folder that `SOTRUC_HOME` names, beside a program that is carried
    /// about, or in the system's place.
    #[must_use]
    pub fn of_user() -> Self {
        let named = std::env::var_os("SOTRUC_HOME").filter(|folder| !folder.is_empty());
        if let Some(folder) = named {
            return Self::at(folder);
        }
        let program = std::env::current_exe().ok();
        let beside = program.as_deref().and_then(Path::parent);
        beside
            .and_then(Self::carried_by)
            .unwrap_or_else(Self::usual)
    }

    fn usual() -> Self {
        Self::at(dirs::data_local_dir().unwrap_or_default().join("so-truc"))
    }

    /// Whether it lies in the system's place.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.folder == Self::usual().folder
    }

    /// That of a program in this folder; the terminal may lie one below.
    fn carried_by(folder: &Path) -> Option<Self> {
        let below = folder.file_name().is_some_and(|name| name == TERMINAL);
        let above = folder.parent().filter(|_| below);
        Self::carried_in(folder).or_else(|| Self::carried_in(above?))
    }

    /// That which is carried about in the folder of a program, when [`PORTABLE_MARK`] lies there.
    #[must_use]
    pub fn carried_in(program: &Path) -> Option<Self> {
        let mark = program.join(PORTABLE_MARK);
        let mark = mark
            .is_file()
            .then(|| place::canonical(&mark).ok())
            .flatten()?;
        // By the name that the place of a book has.
        let program = mark.parent()?;
        Some(Self {
            folder: program.join("data"),
            program: Some(program.to_owned()),
        })
    }

    /// Whether it is carried about with its program: whoever has the one has the keys.
    #[must_use]
    pub fn is_carried(&self) -> bool {
        self.program.is_some()
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes its folder, and sees whether something can be written there.
    ///
    /// # Errors
    /// [`crate::Code::File`].
    pub fn make_ready(&self) -> Result<()> {
        let trial = self.folder.join(".trial");
        fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&trial, ""))
            .and_then(|()| fs::remove_file(&trial))
            .map_err(|cause| Error::file(&self.folder, cause))
    }

    /// How a path is noted: by its place in the folder that is carried about, when it lies there.
    #[must_use]
    pub fn noted(&self, path: &Path) -> PathBuf {
        let program = self.program.as_deref();
        let Some(inside) = program.and_then(|program| path.strip_prefix(program).ok()) else {
            return path.to_owned();
        };
        // With the one sign between folders that every system reads.
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        PathBuf::from(parts.join("/"))
    }

    /// The path that was noted so.
    #[must_use]
    pub fn found(&self, noted: &Path) -> PathBuf {
        let is_inside = |part: Component<'_>| matches!(part, Component::Normal(_));
        match &self.program {
            Some(program) if noted.components().all(is_inside) => {
                program.iter().chain(noted).collect()
            }
            _ => noted.to_owned(),
        }
    }

    /// The book that opens when none is named.
    #[must_use]
    pub fn usual_book(&self) -> PathBuf {
        self.folder.join("so-truc.sotruc")
    }

    /// The folder of its keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.folder.join("sites")
    }

    /// The books that this installation writes in and that are where it last found them.
    #[must_use]
    pub fn books(&self) -> BTreeSet<PathBuf> {
        let listed = fs::read_dir(self.keys()).into_iter().flatten().flatten();
        let sites = listed.filter_map(|file| {
            let path = file.path();
            (path.extension()? == "json").then_some(path.file_stem()?.to_str()?.parse().ok()?)
        });
        let books = sites.filter_map(|site| Some(self.key(site)?.book));
        books.filter(|book| book.is_file()).collect()
    }

    fn file(&self, site: SiteId, ending: &str) -> PathBuf {
        self.keys().join(format!("{site}.{ending}"))
    }

    /// When the folder that is carried about was made: a copy of it is younger.
    fn made_at(&self) -> Option<i64> {
        self.program.as_ref()?;
        let made = fs::metadata(&self.folder).ok()?.created().ok()?;
        let since = made.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    }

    /// The key of a site, when it is here and belongs to it. One that came along in a copy of the
    /// folder stays with the first: two that write as one site would give numbers twice.
    pub(crate) fn key(&self, site: SiteId) -> Option<KeyAtHand> {
        let text = fs::read(self.file(site, "json")).ok()?;
        let file: KeyFile = serde_json::from_slice(&text).ok()?;
        if is_another(file.made_at, self.made_at()) {
            return None;
        }
        let key = SiteKey::from_secret(&unhex(&file.secret)?);
        (key.site() == site).then_some(KeyAtHand {
            key,
            book: self.found(&file.book),
        })
    }

    /// A new key for a book at this place.
    pub(crate) fn new_key(&self, book: &Path) -> Result<SiteKey> {
        let mut secret = [0; 32];
        fill_random(&mut secret)?;
        let key = SiteKey::from_secret(&secret);
        self.keep(&key, &secret, book)?;
        Ok(key)
    }

    /// Notes that the book of a key was moved.
    pub(crate) fn moved(&self, site: SiteId, book: &Path) -> Result<()> {
        let path = self.file(site, "json");
        let text = fs::read(&path).map_err(|cause| Error::file(&path, cause))?;
        let file: Option<KeyFile> = serde_json::from_slice(&text).ok();
        if let Some(secret) = file.and_then(|file| unhex(&file.secret)) {
            self.keep(&SiteKey::from_secret(&secret), &secret, book)?;
        }
        Ok(())
    }

    fn keep(&self, key: &SiteKey, secret: &[u8; 32], book: &Path) -> Result<()> {
        let path = self.file(key.site(), "json");
        let folder = self.keys();
        fs::create_dir_all(&folder).map_err(|cause| Error::file(&folder, cause))?;
        let text = serde_json::to_vec_pretty(&KeyFile {
            book: self.noted(book),
            secret: hex(secret),
            made_at: self.made_at(),
        })
        .map_err(|cause| Error::file(&path, cause.into()))?;
        write_beside(&path, |out| {
            out.write_all(&text)
                .map_err(|cause| Error::file(&path, cause))
        })
    }

    /// What was seen of every site, where that was noted.
    pub(crate) fn all_seen(&self) -> HashMap<SiteId, Seen> {
        let listed = fs::read_dir(self.keys()).into_iter().flatten().flatten();
        let sites = listed.filter_map(|file| file.path().file_stem()?.to_str()?.parse().ok());
        sites
            .filter_map(|site| Some((site, self.seen(site)?)))
            .collect()
    }

    fn seen(&self, site: SiteId) -> Option<Seen> {
        let text = fs::read_to_string(self.file(site, "seen")).ok()?;
        let (seq, hash) = text.trim().split_once(' ')?;
        Some(Seen {
            seq: seq.parse().ok()?,
            hash: Hash(unhex(hash)?),
        })
    }

    /// Notes a record at which a site's chain was found broken: whoever opens the book next looks
    /// there, however far back it is.
    pub(crate) fn note_fault(&self, site: SiteId, seq: u64) {
        if let Err(cause) = fs::write(self.file(site, "fault"), seq.to_string()) {
            tracing::warn!(kind = ?cause.kind(), "what is broken was not noted beside the keys");
        }
    }

    /// The record at which a site's chain was found broken, in this book or another copy of it.
    pub(crate) fn fault(&self, site: SiteId) -> Option<u64> {
        fs::read_to_string(self.file(site, "fault"))
            .ok()?
            .parse()
            .ok()
    }

    /// Notes what was seen. A note that cannot be written is a lost hint, not a lost line, so
    /// nothing fails.
    pub(crate) fn note(&self, site: SiteId, seen: Seen) {
        // Always of one length and written over in place: a file system may flush a file that was
        // cut short, and a line would wait for it.
        let line = format!("{:020} {}\n", seen.seq, hex(&seen.hash.0));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let noted = options
            .open(self.file(site, "seen"))
            .and_then(|mut file| file.write_all(line.as_bytes()));
        if let Err(cause) = noted {
            tracing::warn!(kind = ?cause.kind(), "what was written was not noted beside the keys");
        }
    }
}

/// Whether these are the times of two folders. Sticks keep the time of their computer's zone, in
/// steps.
fn is_another(noted: Option<i64>, found: Option<i64>) -> bool {
    const ZONES: u64 = 30 * 60 * 1000;
    const STEP: u64 = 100;
    let (Some(noted), Some(found)) = (noted, found) else {
        return false;
    };
    let apart = noted.abs_diff(found) % ZONES;
    apart.min(ZONES - apart) > STEP
}

/// What this installation is to a book that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuation {
    /// It goes on as the site it was.
    Same,
    /// The book is a copy from elsewhere; the next change begins a new site.
    Copy,
    /// The book lacks records that this installation has seen, up to this one; the next change
    /// begins a new site.
    Behind(u64),
}

/// What this installation is to a book.
pub(crate) enum Mine {
    /// It writes as this site. `moved`: the book lay elsewhere before.
    Site {
        number: i64,
        key: SiteKey,
        moved: bool,
    },
    /// It wrote as this site, but the book lacks what it has seen there.
    Behind { site: SiteId, seen: Seen },
    /// It has not written here.
    Stranger,
}

impl Installation {
    /// What this installation is to the book at this place.
    ///
    /// `seen` was read before the reader's moment, so what is missing there is missing.
    pub(crate) fn mine(
        &self,
        reader: Reader<'_>,
        sites: &Sites,
        book: &Path,
        seen: &HashMap<SiteId, Seen>,
    ) -> Result<Mine> {
        let mut mine = Mine::Stranger;
        for (number, site) in sites.iter() {
            let Some(at_hand) = self.key(site) else {
                continue;
            };
            // A name that only differs in what the disk does not tell apart is the same name.
            let there = place::canonical(&at_hand.book);
            let moved = there.as_deref().ok() != Some(book);
            if moved && there.is_ok() {
                continue;
            }
            let seen = seen.get(&site).copied();
            let behind = match seen {
                Some(seen) => reader
                    .record(sites, row_key(number, seen.seq))?
                    .is_none_or(|record| record.hash != seen.hash),
                None => false,
            };
            mine = match (behind, seen) {
                (true, Some(seen)) => Mine::Behind { site, seen },
                _ => {
                    let key = at_hand.key;
                    return Ok(Mine::Site { number, key, moved });
                }
            };
        }
        Ok(mine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_folder_is_known_by_its_age() {
        let hour = 60 * 60 * 1000;
        for (noted, found, another) in [
            (Some(1_000), Some(1_000), false),
            (Some(1_000), Some(1_060), false),
            (Some(1_000), Some(1_000 + 7 * hour), false),
            (Some(1_000 + hour / 2), Some(990), false),
            (Some(1_000), Some(1_400), true),
            (Some(1_000), Some(90_000), true),
            (None, Some(90_000), false),
            (Some(1_000), None, false),
        ] {
            assert_eq!(is_another(noted, found), another, "{noted:?} {found:?}");
        }
    }
}
