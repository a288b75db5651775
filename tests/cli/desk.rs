//! A desk with a terminal: the program, a book and keys of its own.

use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub struct Desk {
    pub folder: TempDir,
    pub store: PathBuf,
    pub home: PathBuf,
    operator: String,
}

/// What a command answered.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    /// A desk without a book.
    pub fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        Self {
            store: folder.path().join("book.sotruc"),
            home: folder.path().join("home"),
            folder,
            operator: "Đoàn Ngọc Ánh".to_owned(),
        }
    }

    /// A desk with a new book.
    pub fn new() -> Self {
        let desk = Self::empty();
        desk.ok(["init", "--site", "DLK", "--name", "Phòng trực"]);
        desk
    }

    /// A desk with a practice book, whose time is given.
    pub fn practice() -> Self {
        let desk = Self::empty();
        desk.ok([
            "init",
            "--practice",
            "--site",
            "DLK",
            "--name",
            "Phòng trực",
            "--at",
            "16/05/2016 08:00",
        ]);
        desk
    }

    /// A practice desk with the units and people of the sample province.
    pub fn province() -> Self {
        let desk = Self::practice();
        desk.ok(["unit", "import", &sample("units.csv")]);
        desk.ok(["person", "import", &sample("people.csv")]);
        desk
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    pub fn command<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sotruc"));
        command
            .args(words)
            .env_clear()
            .env("SOTRUC_STORE", &self.store)
            .env("SOTRUC_HOME", &self.home)
            .env("SOTRUC_OPERATOR", &self.operator)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        // Windows programs do not start without it.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Answer {
        let output = self.command(words).output().unwrap();
        Answer {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs what must succeed, and gives what it said.
    #[track_caller]
    pub fn ok<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> String {
        let answer = self.run(words);
        assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
        answer.out.trim_end().to_owned()
    }

    /// Runs what must succeed, as JSON.
    #[track_caller]
    pub fn json<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> Value {
        let answer = self.run_json(words);
        assert_eq!(answer.0, 0, "{}", answer.1);
        answer.1
    }

    /// Runs as JSON, whatever the exit code.
    #[track_caller]
    pub fn run_json<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> (i32, Value) {
        let words: Vec<_> = words
            .into_iter()
            .map(|word| word.as_ref().to_owned())
            .chain(["--json".into()])
            .collect();
        let answer = self.run(words);
        let value = serde_json::from_str(&answer.out)
            .unwrap_or_else(|_| panic!("{}{}", answer.out, answer.err));
        (answer.code, value)
    }

    /// Exit code, stdout and stderr as one text to compare with a snapshot.
    pub fn shown<S: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = S>) -> String {
        let answer = self.run(words);
        let text = format!("{}{}exit {}\n", answer.err, answer.out, answer.code);
        let folder = sotruc_core::place::canonical(self.folder.path()).unwrap();
        let text = text
            .replace(folder.to_str().unwrap(), "…")
            .replace(self.folder.path().to_str().unwrap(), "…");
        match cfg!(windows) {
            true => text.replace('\\', "/"),
            false => text,
        }
    }
}

/// A file of the sample province.
pub fn sample(name: &str) -> String {
    project("assets/sample")
        .join(name)
        .to_str()
        .unwrap()
        .to_owned()
}

/// A file that comes with the tests.
pub fn fixture(name: &str) -> String {
    project("tests/fixtures")
        .join(name)
        .to_str()
        .unwrap()
        .to_owned()
}

pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}
