//! Files that are written whole or not at all: as a draft beside their place, which becomes the
//! file once it is done.
//!
//! Who may read a new one: on Unix its user alone, by its mode; on Windows whoever may read the
//! folder, which in a user's own folders is that user and the administrators.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::time::Duration;
use tempfile::TempPath;

use crate::error::{Error, Result, is_in_use};
use crate::{file_name, place};

/// How long a draft may lie untouched before it counts as left behind by a run that died.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// How long is waited for a file that is refused, in milliseconds: 1.3 seconds in all.
const PAUSES: [u64; 8] = [5, 10, 20, 40, 80, 160, 320, 640];

/// Writes beside the target first, so that a failure leaves what was there. A link leads to its
/// target; what is no file (a pipe, a device) is written as it is. A new file is its user's alone;
/// one that was there keeps who may read it.
///
/// # Errors
/// Those of `write`, [`crate::Code::File`] and [`crate::Code::TargetInUse`].
pub fn write_beside<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let at_path = |cause| Error::target(path, cause);
    file_name::check(path)?;
    let target = place::canonical(path).unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(at_path(ErrorKind::IsADirectory.into()));
    }
    if target.exists() && !target.is_file() {
        let mut out = File::options().write(true).open(&target).map_err(at_path)?;
        return write(&mut out).map_err(|error| error.in_file(path));
    }
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let (draft, file) = Draft::create(folder_of(&target), &name).map_err(at_path)?;
    let mut out = BufWriter::new(file);
    let written = write(&mut out).map_err(|error| error.in_file(path))?;
    out.flush().map_err(at_path)?;
    drop(out);
    draft.replace(&target).map_err(at_path)?;
    Ok(written)
}

/// A file that is not done yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Draft(TempPath);

impl Draft {
    /// An empty one in a folder, which nobody else has or may read, called after what it is to
    /// become: `.<name>.<six letters>.part`. What runs that died left of this name goes.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn create(folder: &Path, name: &str) -> io::Result<(Self, File)> {
        remove_left_behind(folder, name);
        let whole = place::for_system(&folder.join(name));
        let made = tempfile::Builder::new()
            .prefix(&format!(".{name}."))
            .suffix(".part")
            .tempfile_in(folder_of(&whole))?;
        let (file, path) = made.into_parts();
        Ok((Self(path), file))
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Becomes the target, durably, and takes the place of what was there.
    ///
    /// # Errors
    /// Those of the file system; then the target is as it was.
    pub fn replace(self, target: &Path) -> io::Result<()> {
        self.replace_after(target, &mut std::thread::sleep)
    }

    fn replace_after(self, target: &Path, wait: &mut dyn FnMut(Duration)) -> io::Result<()> {
        self.sync()?;
        #[cfg(unix)]
        if let Ok(about) = fs::metadata(target) {
            fs::set_permissions(self.path(), about.permissions())?;
        }
        let place = place::for_system(target);
        let renamed = patiently(wait, self.0, |draft| {
            draft
                .persist(&place)
                .map_err(|refused| (refused.error, refused.path))
        });
        renamed.map_err(|cause| why_not_replaced(target, cause))?;
        sync_folder(folder_of(target))
    }

    /// Becomes the target, durably, where no file is.
    ///
    /// # Errors
    /// `AlreadyExists`, and those of the file system; then the target is as it was.
    pub fn become_new(self, target: &Path) -> io::Result<()> {
        self.sync()?;
        let place = place::for_system(target);
        patiently(&mut std::thread::sleep, self.0, |draft| {
            let refused = match draft.persist_noclobber(&place) {
                Ok(()) => return Ok(()),
                Err(refused) => refused,
            };
            // Some file systems cannot rename without overwriting.
            if refused.error.kind() == ErrorKind::AlreadyExists || target.exists() {
                return Err((refused.error, refused.path));
            }
            let again = refused.path.persist(&place);
            again.map_err(|refused| (refused.error, refused.path))
        })?;
        sync_folder(folder_of(target))
    }

    fn sync(&self) -> io::Result<()> {
        File::options().write(true).open(self.path())?.sync_all()
    }
}

/// Does what may be refused because a virus scanner or an indexer looks at the file: again, a few
/// times, then the refusal stands. What `attempt` is refused it gives back.
fn patiently<T>(
    wait: &mut dyn FnMut(Duration),
    mut what: T,
    attempt: impl Fn(T) -> Result<(), (io::Error, T)>,
) -> io::Result<()> {
    for pause in PAUSES.map(Duration::from_millis) {
        match attempt(what) {
            Ok(()) => return Ok(()),
            Err((cause, back)) if is_momentary(&cause) => what = back,
            Err((cause, _)) => return Err(cause),
        }
        wait(pause);
    }
    attempt(what).map_err(|(cause, _)| cause)
}

/// Windows says of a file that is held by another program what it says of one that is forbidden.
fn is_momentary(cause: &io::Error) -> bool {
    is_in_use(cause) || cfg!(windows) && cause.kind() == ErrorKind::PermissionDenied
}

/// Why a file could not be replaced: one that somebody has open is refused by Windows as one that
/// is forbidden, but says why when it is opened.
fn why_not_replaced(target: &Path, cause: io::Error) -> io::Error {
    if !is_momentary(&cause) {
        return cause;
    }
    let opened = File::options().write(true).open(target);
    opened.err().filter(is_in_use).unwrap_or(cause)
}

/// Makes the names in a folder durable, where a system has a way to.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // What is mounted from elsewhere may know no such thing; the file itself is durable.
        Err(cause) if [ErrorKind::InvalidInput, ErrorKind::Unsupported].contains(&cause.kind()) => {
            Ok(())
        }
        done => done,
    }
}

/// Removes drafts of this name that were begun long ago; what cannot be removed waits.
pub fn remove_left_behind(folder: &Path, name: &str) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !is_draft(&file.file_name().to_string_lossy(), name) {
            continue;
        }
        let touched = file.metadata().and_then(|about| about.modified());
        if touched.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LEFT_BEHIND)) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Whether a file is a draft of this name, or what a database laid beside one; no name means any,
/// in a folder that is ours alone.
#[must_use]
pub fn is_draft(file: &str, name: &str) -> bool {
    let rest = file.strip_prefix('.').and_then(|it| it.strip_prefix(name));
    // Earlier programs wrote a hyphen.
    let rest = rest.and_then(|rest| match name {
        "" => Some(rest),
        _ => rest.strip_prefix(['.', '-']),
    });
    let endings = [".part", ".part-journal", ".part-wal", ".part-shm"];
    rest.is_some_and(|rest| endings.iter().any(|ending| rest.ends_with(ending)))
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use std::time::SystemTime;

    fn names(folder: &Path) -> Vec<String> {
        let listed = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> = listed
            .map(|file| file.expect("a file").file_name().to_string_lossy().into())
            .collect();
        names.sort();
        names
    }

    fn say(text: &'static str) -> impl FnOnce(&mut dyn Write) -> Result<()> {
        move |out| {
            let said = out.write_all(text.as_bytes());
            said.map_err(|cause| Error::file(Path::new("out"), cause))
        }
    }

    #[test]
    fn a_failure_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("danh bạ.csv");
        write_beside(&path, say("một")).expect("writable");
        let failed: Result<()> = write_beside(&path, |out| {
            say("hai")(out)?;
            Err(Error::new(Code::Cancelled))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).expect("there"), "một");
        assert_eq!(names(folder.path()), ["danh bạ.csv"]);
        write_beside(&path, say("ba")).expect("writable");
        assert_eq!(fs::read_to_string(&path).expect("there"), "ba");
    }

    #[test]
    fn what_is_new_takes_nobodys_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("sổ");
        let make = || Draft::create(folder.path(), "sổ").expect("a draft").0;
        make().become_new(&target).expect("nothing is there");
        let refused = make().become_new(&target).map_err(|cause| cause.kind());
        assert_eq!(refused, Err(ErrorKind::AlreadyExists));
        assert_eq!(names(folder.path()), ["sổ"]);
    }

    /// On Windows a folder says who may read; a file says whether it is to be kept.
    #[test]
    fn a_new_file_is_its_users_alone_and_an_old_one_stays_as_open_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        let about = || fs::metadata(&path).expect("there");
        write_beside(&path, say("một")).expect("writable");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(about().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("ours");
            write_beside(&path, say("hai")).expect("writable");
            assert_eq!(about().permissions().mode() & 0o777, 0o640);
        }
        #[cfg(windows)]
        {
            use std::os::windows::fs::MetadataExt;
            const TEMPORARY: u32 = 0x100;
            assert_eq!(about().file_attributes() & TEMPORARY, 0);
            write_beside(&path, say("hai")).expect("writable");
            assert_eq!(about().file_attributes() & TEMPORARY, 0);
        }
    }

    #[test]
    fn what_is_held_for_a_moment_is_tried_again() {
        let busy = || io::Error::from(ErrorKind::ResourceBusy);
        let run = |refusals: usize, cause: fn() -> io::Error| {
            let (tried, mut waited) = (std::cell::Cell::new(0), Vec::new());
            let done = patiently(&mut |pause| waited.push(pause), (), |()| {
                tried.set(tried.get() + 1);
                match tried.get() > refusals {
                    true => Ok(()),
                    false => Err((cause(), ())),
                }
            });
            (done.map_err(|cause| cause.kind()), waited)
        };
        assert_eq!(run(0, busy), (Ok(()), Vec::new()));
        assert_eq!(
            run(3, busy),
            (Ok(()), [5, 10, 20].map(Duration::from_millis).to_vec())
        );
        let (given_up, waited) = run(100, busy);
        assert_eq!(given_up, Err(ErrorKind::ResourceBusy));
        let whole: Duration = waited.iter().sum();
        assert!(whole < Duration::from_secs(2), "{whole:?}");
        let full = run(100, || ErrorKind::StorageFull.into());
        assert_eq!(full, (Err(ErrorKind::StorageFull), Vec::new()));
    }

    /// Opens a file as Excel does: others may read it, and no more.
    fn held(path: &Path) -> File {
        let mut options = File::options();
        options.read(true);
        #[cfg(windows)]
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, 1);
        options.open(path).expect("there")
    }

    /// Elsewhere than on Windows a file that is open is replaced like any other.
    #[test]
    fn a_target_that_is_open_elsewhere_is_waited_for_and_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("danh bạ.csv");
        write_beside(&path, say("một")).expect("writable");
        let draft = || {
            let (draft, mut file) = Draft::create(folder.path(), "danh bạ.csv").expect("a draft");
            file.write_all("hai".as_bytes()).expect("writable");
            draft
        };
        let excel = held(&path);
        let mut waits = 0;
        let refused = draft().replace_after(&path, &mut |_| waits += 1);
        if cfg!(windows) {
            let error = Error::target(&path, refused.expect_err("it is held"));
            assert_eq!(error.code, Code::TargetInUse);
            assert_eq!(waits, PAUSES.len());
            assert_eq!(fs::read_to_string(&path).expect("shared"), "một");
        } else {
            refused.expect("replaced");
            assert_eq!(waits, 0);
        }
        // Let go while it is waited for, it is replaced.
        let mut excel = Some(excel);
        let replaced = draft().replace_after(&path, &mut |_| drop(excel.take()));
        replaced.expect("it is free");
        assert_eq!(fs::read_to_string(&path).expect("there"), "hai");
        assert_eq!(names(folder.path()), ["danh bạ.csv"]);
    }

    #[test]
    fn a_target_that_is_busy_is_a_case_of_its_own() {
        let path = Path::new("danh bạ.csv");
        let busy = || io::Error::from(ErrorKind::ResourceBusy);
        assert_eq!(Error::target(path, busy()).code, Code::TargetInUse);
        assert_eq!(Error::file(path, busy()).code, Code::File);
        assert_eq!(Error::file(path, busy()).why_key(), Some("in_use"));
        let denied = Error::target(path, ErrorKind::PermissionDenied.into());
        assert_eq!(
            (denied.code, denied.why_key()),
            (Code::File, Some("denied"))
        );
    }

    #[test]
    fn a_draft_is_made_anew_and_those_of_dead_runs_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let lay = |name: &str, age: Duration| {
            let file = File::create(folder.path().join(name)).expect("a file");
            file.set_modified(SystemTime::now() - age).expect("ours");
        };
        let old = 2 * LEFT_BEHIND;
        for name in [
            ".a.csv.dead01.part",
            ".a.csv.dead01.part-journal",
            ".a.csv-4711.part",
        ] {
            lay(name, old);
        }
        for name in [".b.csv.dead02.part", "a.csv.part", ".a.csv"] {
            lay(name, old);
        }
        lay(".a.csv.works1.part", Duration::ZERO);
        write_beside(&folder.path().join("a.csv"), say("một")).expect("writable");
        let left = [
            ".a.csv",
            ".a.csv.works1.part",
            ".b.csv.dead02.part",
            "a.csv",
            "a.csv.part",
        ];
        assert_eq!(names(folder.path()), left);
    }
}
