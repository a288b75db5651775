//! Copies of the book that were checked before they count.

use rusqlite::Connection;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::open::{FileKey, is_sound, read_only};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};

/// Writes a copy of the book into `folder`, named for the moment, and gives its path. `check`
/// says whether the copy is good; only then does it get its name.
pub(crate) fn backup(
    conn: &Connection,
    key: Option<&FileKey>,
    book: &Path,
    folder: &Path,
    now: Instant,
    check: impl FnOnce(&Connection) -> Result<()>,
) -> Result<PathBuf> {
    let stem = book
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let draft = folder.join(format!(".{stem}-{}.part", std::process::id()));
    let made = copy(conn, key, &draft, check).and_then(|()| settle(&draft, folder, &stem, now));
    if made.is_err() {
        // Half a copy helps nobody; the error that matters is the first one.
        let _ = fs::remove_file(&draft);
    }
    made
}

fn copy(
    conn: &Connection,
    key: Option<&FileKey>,
    draft: &Path,
    check: impl FnOnce(&Connection) -> Result<()>,
) -> Result<()> {
    // People know the folder, not the draft in it.
    let at_draft = |cause| Error::file(draft.parent().unwrap_or(draft), cause);
    match fs::remove_file(draft) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(at_draft(cause)),
        _ => {}
    }
    // SQLite's own message does not name the folder; this does.
    File::create(draft).map_err(at_draft)?;
    let target = draft
        .to_str()
        .ok_or_else(|| at_draft(std::io::ErrorKind::InvalidFilename.into()))?;
    conn.execute("VACUUM INTO ?1", [target])?;
    let copy = read_only(draft, key)?;
    if !is_sound(&copy, false)? {
        return Err(Error::new(Code::BookCorrupt).with("why", draft.display()));
    }
    check(&copy)?;
    drop(copy);
    File::options()
        .write(true)
        .open(draft)
        .and_then(|file| file.sync_all())
        .map_err(at_draft)
}

fn settle(draft: &Path, folder: &Path, stem: &str, now: Instant) -> Result<PathBuf> {
    let mut n = 1;
    loop {
        let again = if n == 1 {
            String::new()
        } else {
            format!("-{n}")
        };
        let path = folder.join(format!("{stem}-{}{again}.sotruc", now.file_stamp()));
        if !path.exists() {
            fs::rename(draft, &path).map_err(|cause| Error::file(&path, cause))?;
            return Ok(path);
        }
        n += 1;
    }
}

/// Removes copies that were begun and never finished.
pub(crate) fn remove_drafts(folder: &Path, stem: &str) -> Result<()> {
    let at_folder = |cause| Error::file(folder, cause);
    for file in fs::read_dir(folder).map_err(at_folder)?.flatten() {
        if is_draft(&file.file_name().to_string_lossy(), stem) {
            fs::remove_file(file.path()).map_err(at_folder)?;
        }
    }
    Ok(())
}

/// How long a draft may be worked on before it counts as left behind.
const LEFT_BEHIND: std::time::Duration = std::time::Duration::from_secs(3600);

/// Removes copies that were begun long ago and never finished; what cannot be removed waits.
pub(crate) fn remove_old_drafts(folder: &Path, stem: &str) {
    let Ok(listed) = fs::read_dir(folder) else {
        return;
    };
    for file in listed.flatten() {
        let is_old = file
            .metadata()
            .and_then(|about| about.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT_BEHIND));
        if is_old && is_draft(&file.file_name().to_string_lossy(), stem) {
            let _ = fs::remove_file(file.path());
        }
    }
}

fn is_draft(name: &str, stem: &str) -> bool {
    name.starts_with(&format!(".{stem}-"))
        && (name.ends_with(".part") || name.ends_with(".part-journal"))
}

/// The day (`20160522`) in the name of a backup of a book with this stem; `None` for any other
/// file.
pub(crate) fn day_of(path: &Path, stem: &str) -> Option<String> {
    if path.extension()? != "sotruc" {
        return None;
    }
    let rest = path
        .file_stem()?
        .to_str()?
        .strip_prefix(stem)?
        .strip_prefix('-')?;
    let mut parts = rest.splitn(3, '-');
    let (day, time, again) = (parts.next()?, parts.next()?, parts.next());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fits = day.len() == 8
        && time.len() == 6
        && digits(day)
        && digits(time)
        && again.is_none_or(digits);
    fits.then(|| day.to_owned())
}

/// How many backups go at once at most, whatever the clock says: one that jumped must not cost
/// all of them.
const GOING: usize = 2;

/// The backups that may go: of days long past only the newest of each month stays, of the last
/// month one a day, of the last three days all.
pub(crate) fn superfluous(backups: &[PathBuf], stem: &str, now: Instant) -> Vec<PathBuf> {
    let day = |back: i64| now.plus(-back * crate::clock::DAY).file_stamp()[..8].to_owned();
    let (recent, month) = (day(2), day(31));
    let mut sorted: Vec<(&PathBuf, String)> = backups
        .iter()
        .filter_map(|path| Some((path, day_of(path, stem)?)))
        .collect();
    sorted.sort_by_key(|(path, _)| path.file_stem());
    let mut going = Vec::new();
    let mut kept: Option<String> = None;
    for (path, day) in sorted.into_iter().rev() {
        let slot = match &day {
            day if *day >= recent => path.display().to_string(),
            day if *day >= month => day.clone(),
            day => day[..6].to_owned(),
        };
        if kept.as_ref() == Some(&slot) {
            going.push(path.clone());
        }
        kept = Some(slot);
    }
    // The oldest first.
    going.reverse();
    going.truncate(GOING);
    going
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backups_thin_out_with_age() {
        let now = Instant::parse("22/05/2016 10:00").expect("a time");
        let names = [
            "so-20160522-060000",
            "so-20160522-050000",
            "so-20160520-050000",
            "so-20160520-040000",
            "so-20160510-180000-2",
            "so-20160510-180000",
            "so-20160509-060000",
            "so-20160315-060000",
            "so-20160301-060000",
            "so-20160228-060000",
            "something else",
            "anh-20160301-120000",
        ];
        let backups: Vec<PathBuf> = names
            .iter()
            .map(|name| PathBuf::from(format!("{name}.sotruc")))
            .collect();
        let mut going = superfluous(&backups, "so", now);
        going.sort();
        let expect: Vec<PathBuf> = ["so-20160301-060000.sotruc", "so-20160510-180000.sotruc"]
            .iter()
            .map(PathBuf::from)
            .collect();
        assert_eq!(going, expect);
    }
}
