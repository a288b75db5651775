//! What the web view keeps beside the keys, and whether the last start showed anything: a note that
//! is made before the window, and goes when its page is on the screen.

use sotruc_core::Installation;
use std::fs;
use std::io;
use std::path::PathBuf;

/// The web view's own files.
#[derive(Debug, Clone)]
pub struct Profile {
    home: PathBuf,
}

impl Profile {
    /// That of an installation.
    pub fn of(installation: &Installation) -> Self {
        Self {
            home: installation.folder().to_owned(),
        }
    }

    /// Their folder.
    pub fn folder(&self) -> PathBuf {
        self.home.join("webview")
    }

    fn left(&self) -> PathBuf {
        self.home.join("webview.old")
    }

    fn note(&self) -> PathBuf {
        self.home.join("starting")
    }

    /// Notes that a start begins. One that cannot be noted is not asked about.
    pub fn begin(&self) {
        let _ = fs::write(self.note(), "");
    }

    /// Notes that the page is on the screen, and takes away what an earlier start left.
    pub fn shown(&self) {
        let _ = fs::remove_file(self.note());
        // Another process may still hold it: then it goes the next time.
        let _ = fs::remove_dir_all(self.left());
    }

    /// Whether the last start showed nothing; asked once.
    pub fn take_failed(&self) -> bool {
        fs::remove_file(self.note()).is_ok()
    }

    /// Puts what the web view kept aside, so that it begins anew.
    pub fn renew(&self) -> io::Result<()> {
        gone(fs::remove_dir_all(self.left()))?;
        gone(fs::rename(self.folder(), self.left()))
    }
}

/// What was not there needs not be taken away.
fn gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;

    #[test]
    fn a_start_that_showed_nothing_is_asked_about_once() {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::of(&Installation::at(folder.path()));
        assert!(!profile.take_failed(), "the first start");
        profile.begin();
        profile.shown();
        assert!(!profile.take_failed());
        profile.begin();
        assert!(profile.take_failed());
        assert!(!profile.take_failed());
    }

    #[test]
    fn a_fresh_profile_leaves_nothing_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::of(&Installation::at(folder.path()));
        profile.renew().unwrap();
        for _ in 0..2 {
            fs::create_dir_all(profile.folder().join("EBWebView")).unwrap();
            profile.renew().unwrap();
            assert!(!profile.folder().exists());
            assert!(profile.left().join("EBWebView").exists());
        }
        profile.shown();
        assert!(!profile.left().exists());
    }
}
