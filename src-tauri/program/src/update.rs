//! An update that comes as a file: a part of a release with its signature (minisign) beside it.
//!
//! The key is built in by whoever makes releases (`SOTRUC_UPDATE_KEY` while building, the second
//! line of a minisign public key). What is signed with it besides the bytes is the comment
//! `so-truc VERSION KIND`, so that neither an older release nor one for another system passes for
//! an update.

use minisign_verify::{PublicKey, Signature};
use sotruc_base::error::{Code, Error, Result};
use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The key of whoever made this build for others; none in a build for oneself.
pub const KEY: Option<&str> = option_env!("SOTRUC_UPDATE_KEY");

/// How this program came onto the machine, and so what can update it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By the setup for Windows.
    Setup,
    /// As the portable folder for Windows.
    Portable,
    /// By Debian's package.
    Deb,
}

impl Kind {
    /// The word for it in a signature.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Portable => "portable",
            Self::Deb => "deb",
        }
    }

    /// How such files end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Setup => "exe",
            Self::Portable => "zip",
            Self::Deb => "deb",
        }
    }
}

/// An update whose signature is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// What it brings: `0.2.0`.
    pub version: String,
    /// The very bytes that were checked, where nobody else writes.
    pub file: PathBuf,
}

/// Checks a file, of this kind and signed with this key, against the version that runs. What was
/// checked is kept in a folder: the file that was shown may change until it is installed.
///
/// # Errors
/// [`Code::UpdateUnsigned`], [`Code::UpdateForged`], [`Code::UpdateOther`], [`Code::UpdateOlder`],
/// and [`Code::File`].
pub fn check(file: &Path, kind: Kind, key: &str, running: &str, into: &Path) -> Result<Update> {
    let named = |code| Error::new(code).with("file", file.display());
    let beside = signature_of(file);
    let text = fs::read_to_string(&beside)
        .map_err(|_| named(Code::UpdateUnsigned).with("signature", beside.display()))?;
    let forged = |_| named(Code::UpdateForged);
    let key = PublicKey::from_base64(key).map_err(forged)?;
    let signature = Signature::decode(&text).map_err(forged)?;

    let ours = into.join(file.file_name().unwrap_or_default());
    fs::create_dir_all(into).map_err(|cause| Error::file(into, cause))?;
    let mut verifier = key.verify_stream(&signature).map_err(forged)?;
    copy(file, &ours, |part| verifier.update(part))?;
    if verifier.finalize().is_err() {
        // Nothing that is not ours stays where a setup is started from.
        let _ = fs::remove_file(&ours);
        return Err(named(Code::UpdateForged));
    }

    let words: Vec<&str> = signature.trusted_comment().split_whitespace().collect();
    let &["so-truc", version, word] = words.as_slice() else {
        return Err(named(Code::UpdateOther));
    };
    if word != kind.word() {
        return Err(named(Code::UpdateOther));
    }
    match compare(version, running) {
        Ordering::Less => Err(named(Code::UpdateOlder)
            .with("found", version)
            .with("running", running)),
        _ => Ok(Update {
            version: version.to_owned(),
            file: ours,
        }),
    }
}

/// Where the signature of a file lies.
#[must_use]
pub fn signature_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".minisig");
    name.into()
}

fn copy(from: &Path, to: &Path, mut seen: impl FnMut(&[u8])) -> Result<()> {
    let mut source = File::open(from).map_err(|cause| Error::file(from, cause))?;
    let mut target = File::create(to).map_err(|cause| Error::file(to, cause))?;
    let mut part = vec![0; 64 * 1024];
    loop {
        let read = source
            .read(&mut part)
            .map_err(|cause| Error::file(from, cause))?;
        if read == 0 {
            return target.sync_all().map_err(|cause| Error::file(to, cause));
        }
        seen(&part[..read]);
        target
            .write_all(&part[..read])
            .map_err(|cause| Error::file(to, cause))?;
    }
}

/// Compares versions of three numbers.
fn compare(one: &str, other: &str) -> Ordering {
    let numbers = |version: &str| -> Vec<u64> {
        let parts = version.split('.');
        parts.map(|part| part.parse().unwrap_or_default()).collect()
    };
    numbers(one).cmp(&numbers(other))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;
    use minisign::KeyPair;
    use std::io::Cursor;

    struct Office {
        folder: tempfile::TempDir,
        pair: KeyPair,
    }

    impl Office {
        fn new() -> Self {
            Self {
                folder: tempfile::tempdir().unwrap(),
                pair: KeyPair::generate_unencrypted_keypair().unwrap(),
            }
        }

        fn key(&self) -> String {
            self.pair.pk.to_base64()
        }

        /// A file of the office's, signed with a comment.
        fn signed(&self, name: &str, bytes: &[u8], comment: &str) -> PathBuf {
            let file = self.folder.path().join(name);
            fs::write(&file, bytes).unwrap();
            let signature =
                minisign::sign(None, &self.pair.sk, Cursor::new(bytes), Some(comment), None);
            fs::write(signature_of(&file), signature.unwrap().into_string()).unwrap();
            file
        }

        fn check(&self, file: &Path) -> Result<Update> {
            let into = self.folder.path().join("checked");
            check(file, Kind::Setup, &self.key(), "0.9.0", &into)
        }
    }

    #[test]
    fn a_signed_newer_setup_is_kept_as_it_was_checked() {
        let office = Office::new();
        let bytes = vec![7; 200_000];
        let file = office.signed("bản mới.exe", &bytes, "so-truc 0.10.0 setup");
        let update = office.check(&file).unwrap();
        fs::write(&file, "another").unwrap();
        assert_eq!(update.version, "0.10.0");
        assert_eq!(fs::read(update.file).unwrap(), bytes);
    }

    #[test]
    fn what_is_not_an_update_is_refused_and_not_kept() {
        let office = Office::new();
        let stranger = Office::new();
        let refused = |file: &Path| office.check(file).unwrap_err().code;

        let changed = office.signed("changed.exe", b"as signed", "so-truc 1.0.0 setup");
        fs::write(&changed, "as changed").unwrap();
        assert_eq!(refused(&changed), Code::UpdateForged);
        assert!(!office.folder.path().join("checked/changed.exe").exists());

        let foreign = stranger.signed("foreign.exe", b"x", "so-truc 1.0.0 setup");
        assert_eq!(refused(&foreign), Code::UpdateForged);

        let comment = office.signed("comment.exe", b"x", "so-truc 0.1.0 setup");
        let beside = signature_of(&comment);
        let lies = fs::read_to_string(&beside)
            .unwrap()
            .replace("0.1.0", "9.9.9");
        fs::write(&beside, lies).unwrap();
        assert_eq!(refused(&comment), Code::UpdateForged);

        let older = office.signed("older.exe", b"x", "so-truc 0.8.12 setup");
        assert_eq!(refused(&older), Code::UpdateOlder);
        let other = office.signed("other.exe", b"x", "so-truc 1.0.0 deb");
        assert_eq!(refused(&other), Code::UpdateOther);
        let no_release = office.signed("no release.exe", b"x", "a letter");
        assert_eq!(refused(&no_release), Code::UpdateOther);

        let unsigned = office.folder.path().join("unsigned.exe");
        fs::write(&unsigned, "x").unwrap();
        assert_eq!(refused(&unsigned), Code::UpdateUnsigned);
    }
}
