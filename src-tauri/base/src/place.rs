//! Where files lie, as people write it and as systems ask for it: one spelling of each place,
//! whatever way led there.
//!
//! Windows has a second spelling, `\\?\C:\…`, which its longest paths need and people never see: it
//! is put before a path only where a system's own call is made ([`for_system`]).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::file_name::fault;

/// The one spelling of a place that is there, links followed and letters as the disk has them.
///
/// # Errors
/// Those of the file system.
pub fn canonical(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Ok(found) => Ok(plain(&found)),
        // Some disks of Windows, in memory say, cannot tell the name of what they hold.
        Err(_) if cfg!(windows) && path.exists() => std::path::absolute(path),
        Err(cause) => Err(cause),
    }
}

/// A path as people write it: without the `\\?\` that Windows puts before one.
#[must_use]
pub fn plain(path: &Path) -> PathBuf {
    match cfg!(windows).then(|| path.to_str()).flatten() {
        Some(text) => PathBuf::from(plain_text(text)),
        None => path.to_owned(),
    }
}

fn plain_text(path: &str) -> String {
    let Some(rest) = path.strip_prefix(r"\\?\") else {
        return path.to_owned();
    };
    let (kept, rest) = match rest.strip_prefix(r"UNC\") {
        Some(share) => (r"\\", share),
        None if is_drive(rest) => ("", rest),
        None => return path.to_owned(),
    };
    // What only the second spelling can name keeps it.
    let mut names = rest.split('\\').skip(1).filter(|name| !name.is_empty());
    match names.any(|name| fault(name).is_some()) || rest.contains('/') {
        true => path.to_owned(),
        false => format!("{kept}{rest}"),
    }
}

/// `C:\…`
fn is_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'\\', ..] if letter.is_ascii_alphabetic())
}

/// A path for a call of the system that knows nothing of long ones: what stands beside it has a
/// longer name still. The standard library's own calls need none of this.
#[must_use]
pub fn for_system(path: &Path) -> PathBuf {
    if !cfg!(windows) {
        return path.to_owned();
    }
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match whole.to_str() {
        Some(text) => PathBuf::from(long_text(text)),
        None => whole,
    }
}

fn long_text(path: &str) -> String {
    /// Windows takes 260 with the zero at the end; a database adds `-journal`, a draft its letters.
    const SHORT: usize = 200;
    if path.encode_utf16().count() <= SHORT || path.starts_with(r"\\?\") {
        return path.to_owned();
    }
    match path.strip_prefix(r"\\") {
        Some(share) => format!(r"\\?\UNC\{share}"),
        None => format!(r"\\?\{path}"),
    }
}

/// Whether a place that is there lies on another machine: there two machines that have one
/// database open do not see what the other writes.
#[must_use]
pub fn is_remote(path: &Path) -> bool {
    let Ok(place) = canonical(path) else {
        return false;
    };
    // A drive letter of another machine leads to its name.
    let is_share = cfg!(windows) && place.to_str().is_some_and(is_share);
    is_share || is_mounted_from_elsewhere(&place)
}

fn is_share(path: &str) -> bool {
    let path = plain_text(path);
    path.starts_with(r"\\") && !path.starts_with(r"\\?\") && !path.starts_with(r"\\.\")
}

#[cfg(target_os = "linux")]
fn is_mounted_from_elsewhere(place: &Path) -> bool {
    rustix::fs::statfs(place).is_ok_and(|about| REMOTE.contains(&(about.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
const fn is_mounted_from_elsewhere(_: &Path) -> bool {
    false
}

/// The file systems of other machines, by the number that the kernel calls them: NFS, SMB of three
/// ages, NCP, AFS of two, Coda, Ceph.
#[cfg(target_os = "linux")]
const REMOTE: [u32; 9] = [
    0x6969,
    0x517b,
    0xff53_4d42,
    0xfe53_4d42,
    0x564c,
    0x5346_414f,
    0x6b41_4653,
    0x7375_7245,
    0x00c3_6400,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_spelling_of_windows_is_not_shown() {
        for (given, expect) in [
            (r"\\?\C:\Sổ trực\so.sotruc", r"C:\Sổ trực\so.sotruc"),
            (
                r"\\?\UNC\may-chu\chung\so.sotruc",
                r"\\may-chu\chung\so.sotruc",
            ),
            (r"C:\Sổ trực\so.sotruc", r"C:\Sổ trực\so.sotruc"),
            (r"\\?\C:\Sổ trực\con.sotruc", r"\\?\C:\Sổ trực\con.sotruc"),
            (r"\\?\C:\Sổ trực.\so.sotruc", r"\\?\C:\Sổ trực.\so.sotruc"),
            (r"\\?\C:\", r"C:\"),
            (r"\\?\Volume{0}\so.sotruc", r"\\?\Volume{0}\so.sotruc"),
            ("/home/an/so.sotruc", "/home/an/so.sotruc"),
        ] {
            assert_eq!(plain_text(given), expect);
        }
    }

    #[test]
    fn long_paths_are_asked_for_in_it() {
        let deep = r"\sổ".repeat(70);
        for (given, expect) in [
            (format!("C:{deep}"), format!(r"\\?\C:{deep}")),
            (format!(r"\\m{deep}"), format!(r"\\?\UNC\m{deep}")),
            (format!(r"\\?\C:{deep}"), format!(r"\\?\C:{deep}")),
            (r"C:\so.sotruc".to_owned(), r"C:\so.sotruc".to_owned()),
        ] {
            assert_eq!(long_text(&given), expect);
            assert_eq!(plain_text(&long_text(&given)), plain_text(&given));
        }
    }

    #[test]
    fn shares_of_other_machines_are_known() {
        for (path, expect) in [
            (r"\\?\UNC\may-chu\chung\so.sotruc", true),
            (r"\\may-chu\chung\so.sotruc", true),
            (r"\\?\C:\so.sotruc", false),
            (r"C:\so.sotruc", false),
            (r"\\?\Volume{0}\so.sotruc", false),
        ] {
            assert_eq!(is_share(path), expect, "{path}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!is_remote(folder.path()), "this disk is here");
        assert!(!is_remote(&folder.path().join("none")));
    }

    #[test]
    fn a_place_has_one_spelling() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Sổ.sotruc");
        fs::write(&path, "").expect("writable");
        let place = canonical(&path).expect("there");
        assert!(!place.display().to_string().contains('?'), "{place:?}");
        let around = folder.path().join(".").join("Sổ.sotruc");
        assert_eq!(canonical(&around).expect("there"), place);
        // The other spelling is another file but where the disk knows no capitals.
        let small = folder.path().join("sổ.sotruc");
        let found = canonical(&small).ok();
        assert_eq!(found, cfg!(windows).then_some(place));
        assert!(canonical(&folder.path().join("none")).is_err());
    }

    #[test]
    fn a_path_longer_than_windows_takes_is_a_place_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut deep = folder.path().to_owned();
        for _ in 0..9 {
            deep.push("thư mục của kỳ bầu cử năm hai nghìn hai mươi sáu");
        }
        fs::create_dir_all(&deep).expect("writable");
        let place = canonical(&deep).expect("there");
        assert!(!place.display().to_string().contains('?'), "{place:?}");
        assert!(for_system(&place).is_dir());
        assert!(place.is_dir());
    }
}
