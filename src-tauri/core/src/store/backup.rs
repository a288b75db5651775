//! Copies of the book that were checked before they count.

use rusqlite::Connection;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::open::{FileKey, read_only};
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
    let sound: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(Error::new(Code::Store).with("why", sound));
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

/// The day (`20160522`) in the name of a backup.
pub(crate) fn day_of(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let mut parts = stem.rsplit('-').skip_while(|part| part.len() < 6);
    let (time, day) = (parts.next()?, parts.next()?);
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    (digits(time, 6) && digits(day, 8)).then(|| day.to_owned())
}

/// The backups that may go: of days long past only the newest of each month stays, of the last
/// month one a day, of the last three days all.
pub(crate) fn superfluous(backups: &[PathBuf], now: Instant) -> Vec<PathBuf> {
    let day = |back: i64| now.plus(-back * crate::clock::DAY).file_stamp()[..8].to_owned();
    let (recent, month) = (day(2), day(31));
    let mut sorted: Vec<(&PathBuf, String)> = backups
        .iter()
        .filter_map(|path| Some((path, day_of(path)?)))
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
        ];
        let backups: Vec<PathBuf> = names
            .iter()
            .map(|name| PathBuf::from(format!("{name}.sotruc")))
            .collect();
        let mut going = superfluous(&backups, now);
        going.sort();
        let expect: Vec<PathBuf> = ["so-20160301-060000.sotruc", "so-20160510-180000.sotruc"]
            .iter()
            .map(PathBuf::from)
            .collect();
        assert_eq!(going, expect);
    }
}
