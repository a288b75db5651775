//! Names of files: which of them Windows refuses, or takes for something else than a file.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Component, Path};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};

/// What Windows takes for a device, whatever ending follows; the digits of COM and LPT besides.
const DEVICES: &[&str] = &["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
const NUMBERED: &[&str] = &["COM", "LPT"];
const NUMBERS: &str = "123456789¹²³";

/// Letters that no name may have there. A colon would name a stream within a file.
const REFUSED: &str = "<>:\"/\\|?*";

/// How many letters a name of ours has at most, its ending included.
const LONGEST: usize = 120;
/// How many letters an ending has at most: what is longer is no ending.
const ENDING: usize = 16;

/// Why Windows takes no such name for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// A letter that no name may have.
    Letter,
    /// It is a device.
    Device,
    /// A dot or a blank at its end, which Windows drops.
    End,
}

impl NameFault {
    /// The key of its words: `why_<key>`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Letter => "name_letter",
            Self::Device => "name_device",
            Self::End => "name_end",
        }
    }
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl std::error::Error for NameFault {}

/// What keeps a name from being that of a file on Windows.
#[must_use]
pub fn fault(name: &str) -> Option<NameFault> {
    if name.contains(|c: char| c.is_control() || REFUSED.contains(c)) {
        return Some(NameFault::Letter);
    }
    if is_device(name) {
        return Some(NameFault::Device);
    }
    name.ends_with(['.', ' ']).then_some(NameFault::End)
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end().to_uppercase();
    let is_numbered = |device: &&str| {
        let mut rest = stem.strip_prefix(*device).unwrap_or_default().chars();
        rest.next().is_some_and(|c| NUMBERS.contains(c)) && rest.next().is_none()
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED.iter().any(is_numbered)
}

/// Whether a path that somebody named is one this system takes as it is written: Windows would
/// write to a device or into a stream, or drop the end of a name. Other systems take any.
///
/// # Errors
/// [`crate::Code::File`], with [`NameFault`] as its cause.
pub fn check(path: &Path) -> Result<()> {
    match cfg!(windows) {
        true => check_for_windows(path),
        false => Ok(()),
    }
}

fn check_for_windows(path: &Path) -> Result<()> {
    let names = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    match names.filter_map(|name| fault(&name)).next() {
        Some(fault) => {
            let cause = std::io::Error::new(ErrorKind::InvalidFilename, fault);
            Err(Error::file(path, cause))
        }
        None => Ok(()),
    }
}

/// The name of a file that we make up or take from elsewhere, as every system takes it and nobody
/// is misled by it: without folders and marks that nobody sees, in NFC, of 120 letters at most;
/// `None` when nothing is left. What it gives it leaves as it is.
#[must_use]
pub fn harmless(name: &str) -> Option<String> {
    const UNSEEN: std::ops::RangeInclusive<char> = '\u{2000}'..='\u{206f}';
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = |c: &char| !c.is_control() && !UNSEEN.contains(c) && *c != '\u{feff}';
    let plain = last.nfc().filter(seen);
    let plain: String = plain
        .map(|c| if REFUSED.contains(c) { '-' } else { c })
        .collect();
    let plain = shortened(tidy_ends(&plain));
    let plain = tidy_ends(&plain);
    match plain.split_once('.') {
        _ if plain.is_empty() => None,
        Some((stem, ending)) if is_device(plain) => Some(format!("{}-.{ending}", stem.trim_end())),
        None if is_device(plain) => Some(format!("{plain}-")),
        _ => Some(plain.to_owned()),
    }
}

fn tidy_ends(name: &str) -> &str {
    name.trim_start().trim_end_matches(['.', ' '])
}

/// Shortened in its stem: what a file is called at its end says which program opens it.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if name[dot..].chars().count() <= ENDING => name.split_at(dot),
        _ => (name, ""),
    };
    let rest = LONGEST - ending.chars().count();
    stem.chars().take(rest).chain(ending.chars()).collect()
}

/// Whether two names are one to the file system: Windows knows no small and capital letters.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || cfg!(windows) && one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_refuses_are_known() {
        for (name, expect) in [
            ("danh bạ.xlsx", None),
            ("sổ: trực.csv", Some(NameFault::Letter)),
            ("so.sotruc:an", Some(NameFault::Letter)),
            ("a?.csv", Some(NameFault::Letter)),
            ("a\u{7}.csv", Some(NameFault::Letter)),
            ("con", Some(NameFault::Device)),
            ("CON.xlsx", Some(NameFault::Device)),
            ("con .tar.gz", Some(NameFault::Device)),
            ("Lpt9.csv", Some(NameFault::Device)),
            ("com¹.csv", Some(NameFault::Device)),
            ("conout$", Some(NameFault::Device)),
            ("com.csv", None),
            ("com10.csv", None),
            ("công an.csv", None),
            ("nul-.csv", None),
            ("danh bạ.", Some(NameFault::End)),
            ("danh bạ ", Some(NameFault::End)),
            (".gitignore", None),
        ] {
            assert_eq!(fault(name), expect, "{name:?}");
        }
    }

    #[test]
    fn a_named_path_is_refused_for_any_of_its_names() {
        for (path, expect) in [
            ("out/danh bạ.csv", None),
            ("../out/./danh bạ.csv", None),
            ("out/nul.csv", Some("name_device")),
            ("aux/danh bạ.csv", Some("name_device")),
            ("out/so.sotruc:an", Some("name_letter")),
            ("out /so.sotruc", Some("name_end")),
        ] {
            let refused = check_for_windows(Path::new(path)).err();
            let why = refused.as_ref().and_then(Error::why_key);
            assert_eq!(why, expect, "{path}");
        }
        let device = check(Path::new("nul.csv"));
        assert_eq!(device.is_err(), cfg!(windows), "elsewhere it is a file");
    }

    #[test]
    fn names_of_ours_are_harmless() {
        let long = "ả".repeat(130);
        for (given, expect) in [
            ("ảnh màn hình.png", Some("ảnh màn hình.png")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\tmp\\a.exe", Some("a.exe")),
            ("a\u{309}nh.png", Some("ảnh.png")),
            ("ảnh\u{202e}gpj.exe", Some("ảnhgpj.exe")),
            ("a\nb?.txt", Some("ab-.txt")),
            ("so.sotruc:an", Some("so.sotruc-an")),
            ("con.xlsx", Some("con-.xlsx")),
            ("NUL", Some("NUL-")),
            ("com¹ .tar.gz", Some("com¹-.tar.gz")),
            ("danh bạ. . ", Some("danh bạ")),
            ("con. .", Some("con-")),
            (".. ", None),
            ("..", None),
            ("", None),
        ] {
            let made = harmless(given);
            assert_eq!(made.as_deref(), expect, "{given:?}");
        }
        let made = harmless(&format!("{long}.xlsx")).expect("a name");
        assert_eq!(made, format!("{}.xlsx", "ả".repeat(115)));
        assert_eq!(harmless(&long).expect("a name").chars().count(), LONGEST);
        for name in ["con. .x", &made, "a.b", "com1. .", &long] {
            let made = harmless(name).expect("a name");
            assert_eq!(fault(&made), None, "{name:?}");
            assert_eq!(harmless(&made).as_ref(), Some(&made), "{name:?}");
        }
    }
}
