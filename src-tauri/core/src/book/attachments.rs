//! Attached files: beside the book, in `<book>.files/`, one framed blob per content.
//!
//! A blob is masked and compressed, so that a virus scanner that knows what is in it neither locks
//! nor removes it; in an encrypted book the mask follows from its key.

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::collections::HashSet;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::atomic_write::{Draft, remove_left_behind, write_beside};
use crate::error::{Code, Error, Result};
use crate::id::{hex, unhex};
use crate::log::entry::{Attached, plain_name};
use crate::priority::giving_way;
use crate::store::FileKey;

/// How many bytes a file may have: 50 MB, as Windows counts.
const LARGEST: u64 = 50 * 1024 * 1024;

/// How much is made durable at a time.
const PART: usize = 1024 * 1024;
/// How long a blob that no line names may lie: a file is taken in before its line is written, and
/// where an older copy of the book was put in its place, somebody may bring the newer one back.
const UNNAMED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// A blob is called by so many digits; anything else is a draft.
const BLOB_NAME: usize = 32;
const FRAME: &[u8; 8] = b"SoTrF1\r\n";

/// How many bytes a file has that may be attached.
///
/// # Errors
/// [`Code::File`] when it is no file, [`Code::FileLarge`] above 50 MB.
pub fn size_to_attach(path: &Path) -> Result<u64> {
    let at_path = |cause| Error::file(path, cause);
    let about = fs::metadata(path).map_err(at_path)?;
    if !about.is_file() {
        return Err(at_path(std::io::ErrorKind::InvalidInput.into()));
    }
    match about.len() {
        size if size > LARGEST => Err(too_large(path)),
        size => Ok(size),
    }
}

fn too_large(path: &Path) -> Error {
    Error::new(Code::FileLarge)
        .with("file", path.display())
        .with("limit", LARGEST / 1024 / 1024)
}

/// Where a book keeps its files.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    folder: PathBuf,
    key: [u8; 32],
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Whole,
    Missing,
    Altered,
}

impl Files {
    pub(crate) fn of(book: &Path, key: Option<&FileKey>) -> Self {
        Self {
            folder: folder_of(book),
            key: key.map_or([0; 32], |key| key.0),
        }
    }

    /// Takes a file in, and says what it is.
    pub(crate) fn put(&self, path: &Path) -> Result<Attached> {
        let at_path = |cause| Error::file(path, cause);
        let mut bytes = Vec::with_capacity(size_to_attach(path)? as usize);
        let file = fs::File::open(path).map_err(at_path)?;
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(at_path)?;
        if bytes.len() as u64 > LARGEST {
            return Err(too_large(path));
        }
        let hash = *blake3::hash(&bytes).as_bytes();
        let blob = self.blob(&hash);
        // What lay here for long must not go before the line is written.
        self.touch(&blob);
        if !blob.exists() || self.state_of(&hash) != State::Whole {
            fs::create_dir_all(&self.folder).map_err(|cause| Error::file(&self.folder, cause))?;
            remove_left_behind(&self.folder, "");
            let packed = giving_way(|| self.pack(&bytes, &hash));
            self.keep(&blob, &packed)
                .map_err(|cause| Error::file(&blob, cause))?;
        }
        Ok(Attached {
            name: plain_name(&path.file_name().unwrap_or_default().to_string_lossy()),
            size: bytes.len() as u64,
            hash: hex(&hash),
        })
    }

    /// Writes a blob durably, a little at a time: a log line that is written meanwhile waits for its
    /// own bytes only.
    fn keep(&self, blob: &Path, packed: &[u8]) -> std::io::Result<()> {
        let name = blob.file_name().unwrap_or_default().to_string_lossy();
        let (draft, mut file) = Draft::create(&self.folder, &name)?;
        file.write_all(FRAME)?;
        for part in packed.chunks(PART) {
            file.write_all(part)?;
            file.sync_data()?;
        }
        drop(file);
        draft.replace(blob)
    }

    /// Makes a blob as young as one that is made now, by the clock of its disk.
    fn touch(&self, blob: &Path) {
        if let Ok(file) = fs::File::options().write(true).open(blob)
            && let Ok(now) = self.new_here().and_then(|new| new.modified())
        {
            // One that cannot be touched is made anew when it went.
            let _ = file.set_modified(now);
        }
    }

    /// What the disk says of a file that is made now: its clock knows nothing of practice.
    fn new_here(&self) -> std::io::Result<fs::Metadata> {
        let (_draft, file) = Draft::create(&self.folder, "time")?;
        file.metadata()
    }

    /// Removes the blobs of none of these hashes that lay for long: a younger one may be of a line
    /// that is not written yet.
    pub(crate) fn sweep(&self, named: &HashSet<String>) -> Result<()> {
        let listed = match fs::read_dir(&self.folder) {
            Ok(listed) => listed,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(cause) => return Err(Error::file(&self.folder, cause)),
        };
        let hashes = named.iter().filter_map(|hash| unhex(hash));
        let kept: HashSet<PathBuf> = hashes.map(|hash| self.blob(&hash)).collect();
        let unnamed: Vec<PathBuf> = listed
            .flatten()
            .filter(|file| file.file_name().len() == BLOB_NAME)
            .map(|file| file.path())
            .filter(|path| !kept.contains(path) && path.is_file())
            .collect();
        if unnamed.is_empty() {
            return Ok(());
        }
        let at_folder = |cause| Error::file(&self.folder, cause);
        let now = self.new_here().and_then(|new| new.modified());
        let now = now.map_err(at_folder)?;
        for path in unnamed {
            let made = fs::metadata(&path).and_then(|about| about.modified());
            let age = made.ok().and_then(|made| now.duration_since(made).ok());
            if age.is_some_and(|age| age > UNNAMED) {
                gone(fs::remove_file(&path), &path)?;
            }
        }
        Ok(())
    }

    /// The bytes of a file as they were given.
    pub(crate) fn get(&self, file: &Attached) -> Result<Vec<u8>> {
        let broken = |code| Error::new(code).with("file", &file.name);
        let hash: [u8; 32] = unhex(&file.hash).ok_or_else(|| broken(Code::FileAltered))?;
        match self.read(&hash) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(broken(Code::FileAltered)),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                Err(broken(Code::FileMissing))
            }
            Err(cause) => Err(Error::file(&self.blob(&hash), cause)),
        }
    }

    /// What became of a file.
    pub(crate) fn state(&self, file: &Attached) -> State {
        match unhex(&file.hash) {
            Some(hash) => self.state_of(&hash),
            None => State::Altered,
        }
    }

    fn state_of(&self, hash: &[u8; 32]) -> State {
        match self.read(hash) {
            Ok(Some(_)) => State::Whole,
            Ok(None) => State::Altered,
            Err(_) => State::Missing,
        }
    }

    /// The bytes with this hash; none when the blob holds something else.
    fn read(&self, hash: &[u8; 32]) -> std::io::Result<Option<Vec<u8>>> {
        let mut framed = Vec::new();
        let blob = fs::File::open(self.blob(hash))?;
        // What cannot be shortened becomes a little longer.
        blob.take(LARGEST + LARGEST / 100)
            .read_to_end(&mut framed)?;
        let Some(packed) = framed.strip_prefix(FRAME) else {
            return Ok(None);
        };
        let mut packed = packed.to_vec();
        self.mask(hash, &mut packed);
        let mut bytes = Vec::new();
        let mut decoder = DeflateDecoder::new(packed.as_slice());
        let unpacked = decoder.by_ref().take(LARGEST + 1).read_to_end(&mut bytes);
        let is_all = decoder.total_in() == packed.len() as u64;
        Ok(
            (unpacked.is_ok() && is_all && blake3::hash(&bytes).as_bytes() == hash)
                .then_some(bytes),
        )
    }

    fn pack(&self, bytes: &[u8], hash: &[u8; 32]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        let packed = encoder.write_all(bytes).and_then(|()| encoder.finish());
        let mut packed = packed.expect("memory takes what is written");
        self.mask(hash, &mut packed);
        packed
    }

    /// Each content has a mask of its own, which taken twice is none.
    fn mask(&self, hash: &[u8; 32], bytes: &mut [u8]) {
        let mut stream = blake3::Hasher::new_derive_key("so-truc attached file mask");
        stream.update(&self.key).update(hash);
        let mut stream = stream.finalize_xof();
        let mut page = [0; 4096];
        for part in bytes.chunks_mut(page.len()) {
            stream.fill(&mut page);
            for (byte, mask) in part.iter_mut().zip(&page) {
                *byte ^= mask;
            }
        }
    }

    fn blob(&self, hash: &[u8; 32]) -> PathBuf {
        let name = blake3::derive_key(
            "so-truc attached file name",
            &[self.key.as_slice(), hash].concat(),
        );
        self.folder.join(hex(&name[..16]))
    }
}

/// The folder of a book's files.
pub(crate) fn folder_of(book: &Path) -> PathBuf {
    let mut name = book.as_os_str().to_owned();
    name.push(".files");
    PathBuf::from(name)
}

/// Puts the files of a book beside a copy of it too. The program's own copies, which lie on the
/// same disk and are many, `share` the bytes; a copy for elsewhere has its own.
pub(crate) fn copy_along(book: &Path, copy: &Path, share: bool) -> Result<()> {
    let (from, to) = (folder_of(book), folder_of(copy));
    let Ok(listed) = fs::read_dir(&from) else {
        return Ok(());
    };
    fs::create_dir_all(&to).map_err(|cause| Error::file(&to, cause))?;
    for file in listed.flatten() {
        let name = file.file_name();
        let target = to.join(&name);
        let length = |path: &Path| fs::metadata(path).map(|about| about.len()).ok();
        if name.len() != BLOB_NAME || length(&file.path()) == length(&target) {
            continue;
        }
        let at_target = |cause| Error::file(&target, cause);
        // What has another length is no whole blob.
        gone(fs::remove_file(&target), &target)?;
        if share && fs::hard_link(file.path(), &target).is_ok() {
            continue;
        }
        let mut blob = fs::File::open(file.path()).map_err(at_target)?;
        write_beside(&target, |out| {
            std::io::copy(&mut blob, out).map(drop).map_err(at_target)
        })?;
    }
    Ok(())
}

/// Removes a copy of a book, and what lies beside it because somebody opened it as a book.
pub(crate) fn remove_copy(copy: &Path) -> Result<()> {
    fs::remove_file(copy).map_err(|cause| Error::file(copy, cause))?;
    let beside = |ending: &str| {
        let mut name = copy.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    for name in ["-wal", "-shm", "-journal"].map(beside) {
        gone(fs::remove_file(&name), &name)?;
    }
    for name in [".files", ".backups"].map(beside) {
        gone(fs::remove_dir_all(&name), &name)?;
    }
    Ok(())
}

/// What is not there need not be removed.
fn gone(removed: std::io::Result<()>, path: &Path) -> Result<()> {
    match removed {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Error::file(path, cause)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_and_lies_nowhere_in_the_clear() {
        let folder = tempfile::tempdir().expect("a folder");
        let book = folder.path().join("so.sotruc");
        // What compression cannot shorten would lie there as it is.
        let mut noise = vec![0; 100_000];
        blake3::Hasher::new().finalize_xof().fill(&mut noise);
        let test = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}".to_vec();
        for (n, bytes) in [test, noise, Vec::new()].into_iter().enumerate() {
            let path = folder.path().join(format!("tệp {n}.bin"));
            fs::write(&path, &bytes).expect("writable");
            for key in [None, Some(FileKey([7; 32]))] {
                let files = Files::of(&book, key.as_ref());
                let file = files.put(&path).expect("taken");
                assert_eq!(file.name, format!("tệp {n}.bin"));
                assert_eq!(files.get(&file).expect("there"), bytes);
                assert_eq!(files.state(&file), State::Whole);
            }
            for blob in fs::read_dir(folder_of(&book)).expect("the folder") {
                let held = fs::read(blob.expect("a blob").path()).expect("readable");
                let begin = &bytes[..bytes.len().min(16)];
                assert!(begin.is_empty() || memchr::memmem::find(&held, begin).is_none());
            }
        }
    }

    #[test]
    fn a_file_without_a_name_gets_one() {
        assert_eq!(plain_name("con.xlsx"), "con-.xlsx");
        assert_eq!(plain_name(".."), "tệp");
    }

    #[test]
    fn what_is_missing_or_altered_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ảnh.png");
        fs::write(&path, "bytes").expect("writable");
        let files = Files::of(&folder.path().join("so.sotruc"), None);
        let file = files.put(&path).expect("taken");
        let blob = files.blob(&unhex(&file.hash).expect("a hash"));
        fs::write(&blob, "SoTrF1\r\nsomething else").expect("writable");
        assert_eq!(files.state(&file), State::Altered);
        assert_eq!(
            files.get(&file).map_err(|error| error.code),
            Err(Code::FileAltered)
        );
        fs::remove_file(&blob).expect("removable");
        assert_eq!(files.state(&file), State::Missing);
        // Given again, it is whole again.
        files.put(&path).expect("taken");
        assert_eq!(files.state(&file), State::Whole);
    }

    #[test]
    fn what_no_line_names_goes_when_it_is_old() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::of(&folder.path().join("so.sotruc"), None);
        let take = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, name).expect("writable");
            files.put(&path).expect("taken")
        };
        let age = |file: &Attached| {
            let blob = files.blob(&unhex(&file.hash).expect("a hash"));
            let blob = fs::File::options().write(true).open(blob).expect("there");
            let made = blob.metadata().and_then(|about| about.modified());
            blob.set_modified(made.expect("a time") - 2 * UNNAMED)
                .expect("it is ours");
        };
        let [named, old, young, again] = ["named", "old", "young", "again"].map(take);
        for file in [&named, &old, &again] {
            age(file);
        }
        // Chosen again, its line is about to be written.
        take("again");
        files
            .sweep(&HashSet::from([named.hash.clone()]))
            .expect("swept");
        let left = [&named, &old, &young, &again].map(|file| files.state(file));
        let (whole, gone) = (State::Whole, State::Missing);
        assert_eq!(left, [whole, gone, whole, whole]);
    }
}
