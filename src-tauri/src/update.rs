//! The program put in place of itself, from a file whose signature was checked.
//!
//! A test cannot install anything. In debug builds a file named in the environment
//! (`SOTRUC_TEST_UPDATE`) holds the key, and gets the name of what would have been installed.

use sotruc_core::{Code, Error, Installation, Result};
use sotruc_program::update::{KEY, Kind, Update};
use std::borrow::Cow;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use tauri::AppHandle;

/// How a file is marked that gave way to a newer one and may still be running.
const OLD: &str = "old";

/// What can update this program, and the key that must have signed it.
pub struct Source {
    /// How it came onto the machine.
    pub kind: Kind,
    /// The key.
    pub key: Cow<'static, str>,
}

impl Source {
    /// None in a program that somebody built for themselves.
    pub fn of(installation: &Installation) -> Option<Self> {
        if let Some(file) = test_file() {
            let key = fs::read_to_string(file).ok()?.lines().next()?.to_owned();
            let (kind, key) = (Kind::Deb, key.into());
            return Some(Self { kind, key });
        }
        let key = KEY?.into();
        let program = std::env::current_exe().ok()?;
        let kind = match installation.is_carried() {
            true => Kind::Portable,
            false if program.with_file_name("uninstall.exe").is_file() => Kind::Setup,
            false if program.starts_with("/usr/bin") => Kind::Deb,
            false => return None,
        };
        Some(Self { kind, key })
    }
}

fn test_file() -> Option<OsString> {
    std::env::var_os("SOTRUC_TEST_UPDATE").filter(|_| cfg!(debug_assertions))
}

/// Installs an update and opens it; the program that runs ends, or says why it goes on.
///
/// # Errors
/// [`Code::UpdateRefused`]; then the program is as it was.
pub fn install(app: &AppHandle, kind: Kind, update: &Update) -> Result<()> {
    let refused = |cause| {
        let mut error = Error::file(&update.file, cause);
        error.code = Code::UpdateRefused;
        error
    };
    if let Some(file) = test_file() {
        let name = update.file.file_name().unwrap_or_default();
        return fs::write(file, name.as_encoded_bytes()).map_err(refused);
    }
    match kind {
        Kind::Setup => {
            // It waits until this program is closed, and opens it again.
            let mut setup = Command::new(&update.file);
            setup.args(["/S", "/COPIED", "/START"]);
            setup.spawn().map_err(refused)?;
            app.exit(0);
        }
        Kind::Portable => {
            let program = std::env::current_exe().map_err(refused)?;
            let folder = program.parent().unwrap_or(&program);
            replace(folder, &update.file).map_err(refused)?;
            app.restart();
        }
        Kind::Deb => {
            let mut package = Command::new("pkexec");
            package.args(["dpkg", "--install"]).arg(&update.file);
            let done = package.status().map_err(refused)?;
            if !done.success() {
                return Err(refused(io::ErrorKind::PermissionDenied.into()));
            }
            app.restart();
        }
    }
    Ok(())
}

/// Puts the files of an archive into the folder of the program, each in place of the one that is
/// there; all of them, or none.
fn replace(folder: &Path, archive: &Path) -> io::Result<()> {
    let unpacked = folder.join("update");
    if unpacked.exists() {
        fs::remove_dir_all(&unpacked)?;
    }
    let mut moved = Vec::new();
    let done = unpack(archive, &unpacked).and_then(|names| {
        names
            .iter()
            .try_for_each(|name| take_place(&unpacked.join(name), &folder.join(name), &mut moved))
    });
    if done.is_err() {
        while let Some((target, old)) = moved.pop() {
            let _ = fs::remove_file(&target);
            let _ = fs::rename(old, target);
        }
    }
    let _ = fs::remove_dir_all(&unpacked);
    done
}

/// Unpacks an archive without the folder that all of it lies in, and gives the names.
fn unpack(archive: &Path, into: &Path) -> io::Result<Vec<PathBuf>> {
    let mut archive = zip::ZipArchive::new(File::open(archive)?).map_err(io::Error::other)?;
    let mut names = Vec::new();
    for number in 0..archive.len() {
        let mut packed = archive.by_index(number).map_err(io::Error::other)?;
        let Some(name) = packed.enclosed_name().filter(|_| packed.is_file()) else {
            continue;
        };
        let name: PathBuf = name.iter().skip(1).collect();
        let path = into.join(&name);
        fs::create_dir_all(path.parent().unwrap_or(into))?;
        let mut file = File::create(&path)?;
        io::copy(&mut packed, &mut file)?;
        file.sync_all()?;
        names.push(name);
    }
    Ok(names)
}

fn take_place(new: &Path, target: &Path, moved: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    let mut old = target.as_os_str().to_owned();
    old.push(".");
    old.push(OLD);
    let old = PathBuf::from(old);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    if target.exists() {
        // A program that runs cannot be written over, but it can be called something else.
        fs::rename(target, &old)?;
    }
    moved.push((target.to_owned(), old));
    fs::rename(new, target)
}

/// Removes what gave way to an update, once it no longer runs.
pub fn tidy(installation: &Installation) {
    let program = std::env::current_exe().unwrap_or_default();
    let Some(folder) = program.parent().filter(|_| installation.is_carried()) else {
        return;
    };
    for folder in [folder.to_owned(), folder.join("terminal")] {
        for file in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = file.path();
            if path.extension().is_some_and(|ending| ending == OLD) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn archive(at: &Path, files: &[(&str, &str)]) {
        let mut archive = zip::ZipWriter::new(File::create(at).unwrap());
        for (name, text) in files {
            archive
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
    }

    fn texts(folder: &Path) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for file in fs::read_dir(next).unwrap() {
                let path = file.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        let name = path.strip_prefix(folder).unwrap().display().to_string();
                        all.insert(name, fs::read_to_string(&path).unwrap());
                    }
                }
            }
        }
        all
    }

    #[test]
    fn all_files_give_way_or_none_and_what_is_kept_stays() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("Thẻ trực");
        for (name, text) in [
            ("SoTruc.exe", "1"),
            ("terminal/sotruc.exe", "1"),
            ("data/sổ.sotruc", "sổ"),
        ] {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let before = texts(&folder);

        let whole = home.path().join("whole.zip");
        archive(
            &whole,
            &[
                ("SoTruc/SoTruc.exe", "2"),
                ("SoTruc/terminal/sotruc.exe", "2"),
                ("SoTruc/new.txt", "2"),
            ],
        );
        let cut = home.path().join("cut.zip");
        let bytes = fs::read(&whole).unwrap();
        fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
        assert!(replace(&folder, &cut).is_err());
        assert_eq!(texts(&folder), before);

        // The last file cannot take its place.
        fs::create_dir_all(folder.join("new.txt.old/x")).unwrap();
        fs::create_dir_all(folder.join("new.txt/x")).unwrap();
        assert!(replace(&folder, &whole).is_err());
        fs::remove_dir_all(folder.join("new.txt.old")).unwrap();
        fs::remove_dir_all(folder.join("new.txt")).unwrap();
        assert_eq!(texts(&folder), before);

        replace(&folder, &whole).unwrap();
        let after = texts(&folder);
        assert_eq!(after["SoTruc.exe"], "2");
        assert_eq!(after["SoTruc.exe.old"], "1");
        assert_eq!(after["terminal/sotruc.exe"], "2");
        assert_eq!(after["new.txt"], "2");
        assert_eq!(after["data/sổ.sotruc"], "sổ");
    }
}
