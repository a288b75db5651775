//! Copies of the book that were checked before they count.

use rusqlite::Connection;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::open::{FileKey, is_sound, read_only};
use crate::atomic_write::{Draft, is_draft};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::file_name::is_same;

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
    // People know the folder, not the draft in it.
    let at_folder = |cause| Error::file(folder, cause);
    let (draft, _) = Draft::create(folder, &stem).map_err(at_folder)?;
    copy(conn, key, draft.path(), check)?;
    settle(draft, folder, &stem, now)
}

fn copy(
    conn: &Connection,
    key: Option<&FileKey>,
    draft: &Path,
    check: impl FnOnce(&Connection) -> Result<()>,
) -> Result<()> {
    let target = draft
        .to_str()
        .ok_or_else(|| Error::file(draft, ErrorKind::InvalidFilename.into()))?;
    conn.execute("VACUUM INTO ?1", [target])?;
    let copy = read_only(draft, key)?;
    if !is_sound(&copy, false)? {
        return Err(Error::new(Code::BookCorrupt).with("why", draft.display()));
    }
    check(&copy)
}

/// Gives a draft the first name that is free.
fn settle(draft: Draft, folder: &Path, stem: &str, now: Instant) -> Result<PathBuf> {
    let stamp = now.file_stamp();
    let first = folder.join(format!("{stem}-{stamp}.sotruc"));
    let more = (2..).map(|n| folder.join(format!("{stem}-{stamp}-{n}.sotruc")));
    let free = std::iter::once(first)
        .chain(more)
        .find(|path| !path.exists());
    let path = free.expect("there is always a next number");
    draft
        .become_new(&path)
        .map_err(|cause| Error::file(&path, cause))?;
    Ok(path)
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

/// The day (`20160522`) in the name of a backup of a book with this stem; `None` for any other
/// file.
pub(crate) fn day_of(path: &Path, stem: &str) -> Option<String> {
    let mut parts = stamp_of(path, stem)?.splitn(3, '-');
    let (day, time, again) = (parts.next()?, parts.next()?, parts.next());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fits = day.len() == 8
        && time.len() == 6
        && digits(day)
        && digits(time)
        && again.is_none_or(digits);
    fits.then(|| day.to_owned())
}

/// What follows the stem in the name of a backup: its moment, and a number where there were several.
pub(crate) fn stamp_of<'a>(path: &'a Path, stem: &str) -> Option<&'a str> {
    if path.extension()? != "sotruc" {
        return None;
    }
    let (own, stamp) = path.file_stem()?.to_str()?.split_at_checked(stem.len())?;
    stamp.strip_prefix('-').filter(|_| is_same(own, stem))
}

/// The backups that may go, the oldest first: of days long past only the newest of each month stays, of the last
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
    going.reverse();
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
