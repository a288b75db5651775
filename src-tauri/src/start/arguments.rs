//! What the program is asked to open: by the words behind its name (a double click on a file gives
//! one), or by `SOTRUC_STORE` as in the terminal.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A book.
    Book(PathBuf),
    /// Anything else is looked at as a list that comes into the open book.
    List(PathBuf),
}

impl Asked {
    /// What a file is opened as.
    pub fn file(path: PathBuf) -> Self {
        let is_book = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("sotruc"));
        match is_book {
            true => Self::Book(path),
            false => Self::List(path),
        }
    }

    /// What these words ask for, said in this folder: the first of them that is no switch.
    pub fn by(words: impl IntoIterator<Item = OsString>, folder: &Path) -> Option<Self> {
        let is_switch = |word: &OsString| word.as_encoded_bytes().starts_with(b"-");
        let mut files = words.into_iter().filter(|word| !word.is_empty());
        let file = files.find(|word| !is_switch(word))?;
        Some(Self::file(folder.join(file)))
    }
}

/// What this start of the program is asked for.
#[derive(Debug, Default)]
pub struct Wish {
    /// What its words name.
    pub asked: Option<Asked>,
    /// The book that `SOTRUC_STORE` names.
    pub store: Option<PathBuf>,
}

impl Wish {
    /// That of this process.
    pub fn of_process() -> Self {
        let folder = std::env::current_dir().unwrap_or_default();
        let store = std::env::var_os("SOTRUC_STORE").filter(|store| !store.is_empty());
        Self {
            asked: Asked::by(std::env::args_os().skip(1), &folder),
            store: store.map(|store| folder.join(store)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_file_is_meant_from_where_it_was_said() {
        let folder = Path::new("/nhà/Ánh");
        let book = |path: &str| Some(Asked::Book(PathBuf::from(path)));
        let list = |path: &str| Some(Asked::List(PathBuf::from(path)));
        for (words, meant) in [
            (vec![], None),
            (vec![""], None),
            (vec!["--automation"], None),
            (vec!["sổ trực.sotruc"], book("/nhà/Ánh/sổ trực.sotruc")),
            (vec!["-x", "/a/B.SOTRUC", "c.csv"], book("/a/B.SOTRUC")),
            (vec!["đầu mối.xlsx"], list("/nhà/Ánh/đầu mối.xlsx")),
            (vec!["sotruc"], list("/nhà/Ánh/sotruc")),
        ] {
            let words = words.into_iter().map(OsString::from);
            assert_eq!(Asked::by(words, folder), meant);
        }
    }
}
