//! What the window remembers from one start to the next: one small file beside the keys.

use serde::{Deserialize, Serialize};
pub use sotruc_core::messages::Language;
use sotruc_core::{Error, Installation, write_beside};
use specta::Type;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// The strongest difference between text and ground.
    Contrast,
}

/// What a file is asked for: each begins in a folder of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// To open it.
    Open,
    /// To write it.
    Save,
}

/// How many books are remembered.
const RECENT: usize = 5;

/// The settings. A file that cannot be read counts as none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// Per cent; see [`Settings::zoom`].
    pub zoom: Option<u16>,
    /// The book that opens at the start.
    pub book: Option<PathBuf>,
    /// Whether it was put away on purpose: then none opens.
    pub put_away: bool,
    /// Who writes, in each book.
    pub writers: BTreeMap<PathBuf, String>,
    /// Books that were open, the newest first.
    pub recent: Vec<PathBuf>,
    /// Whether what is overdue is told with a sound too.
    pub sound: bool,
    /// Whether the page is drawn without the graphics card, from the next start on.
    pub plain_drawing: bool,
    /// Where a file was chosen last.
    pub folders: BTreeMap<Purpose, PathBuf>,
    /// What columns of lists hold, as somebody said; by their headings.
    pub layouts: BTreeMap<String, Layout>,
}

/// What columns hold, by heading; `None` for one that is left out.
pub type Layout = Vec<(String, Option<String>)>;

impl Settings {
    fn file(folder: &Path) -> PathBuf {
        folder.join("window.json")
    }

    /// The settings of an installation.
    pub fn load(installation: &Installation) -> Self {
        let text = fs::read_to_string(Self::file(installation.folder())).unwrap_or_default();
        let settings: Self = serde_json::from_str(&text).unwrap_or_default();
        settings.with_paths(|path| installation.found(path))
    }

    /// Keeps them; what cannot be kept is asked for again at the next start.
    pub fn keep(&self, installation: &Installation) {
        let folder = installation.folder();
        let file = Self::file(folder);
        let noted = self.clone().with_paths(|path| installation.noted(path));
        let text = serde_json::to_string_pretty(&noted).unwrap_or_default();
        if fs::create_dir_all(folder).is_ok() {
            let _ = write_beside(&file, |out| {
                out.write_all(text.as_bytes())
                    .map_err(|cause| Error::file(&file, cause))
            });
        }
    }

    /// The same with each path as this makes it.
    fn with_paths(self, of: impl Fn(&Path) -> PathBuf) -> Self {
        let writers = self.writers.into_iter();
        let folders = self.folders.into_iter();
        Self {
            book: self.book.as_deref().map(&of),
            recent: self.recent.iter().map(|path| of(path)).collect(),
            writers: writers.map(|(path, name)| (of(&path), name)).collect(),
            folders: folders
                .map(|(purpose, path)| (purpose, of(&path)))
                .collect(),
            ..self
        }
    }

    /// Between 100 and 200 per cent.
    pub fn zoom(&self) -> u16 {
        self.zoom.unwrap_or(100).clamp(100, 200)
    }

    /// Notes which book is open now.
    pub fn opened(&mut self, book: &Path) {
        self.seen(book);
        self.book = Some(book.to_owned());
        self.put_away = false;
    }

    /// Notes a book that was looked at, without making it the one that opens.
    pub fn seen(&mut self, book: &Path) {
        self.recent.retain(|known| known != book);
        self.recent.insert(0, book.to_owned());
        self.recent.truncate(RECENT);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;
    use sotruc_core::PORTABLE_MARK;

    #[test]
    fn what_a_stick_remembers_is_found_under_another_letter() {
        let folder = tempfile::tempdir().unwrap();
        let [e, f] = ["e", "f"].map(|letter| folder.path().join(letter));
        fs::create_dir(&e).unwrap();
        fs::write(e.join(PORTABLE_MARK), "").unwrap();
        let home = Installation::carried_in(&e).unwrap();
        let mut settings = Settings::default();
        settings.opened(&home.usual_book());
        settings.opened(Path::new("/elsewhere/a.sotruc"));
        settings.opened(&home.usual_book());
        let name = "Ánh".to_owned();
        settings.writers.insert(home.usual_book(), name.clone());
        let lists = home.folder().join("lists");
        settings.folders.insert(Purpose::Open, lists);
        settings.keep(&home);

        fs::rename(&e, &f).unwrap();
        let home = Installation::carried_in(&f).unwrap();
        let settings = Settings::load(&home);
        let book = home.usual_book();
        assert_eq!(settings.book, Some(book.clone()));
        let elsewhere = PathBuf::from("/elsewhere/a.sotruc");
        assert_eq!(settings.recent, [book.clone(), elsewhere]);
        assert_eq!(settings.writers[&book], name);
        let lists = &settings.folders[&Purpose::Open];
        assert!(lists.starts_with(home.folder()), "{}", lists.display());
    }
}
