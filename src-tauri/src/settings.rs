//! What the window remembers from one start to the next: one small file beside the keys.

use serde::{Deserialize, Serialize};
pub use sotruc_core::messages::Language;
use sotruc_core::{Error, write_beside};
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
    /// What columns of lists hold, as somebody said; by their headings.
    pub layouts: BTreeMap<String, Layout>,
}

/// What columns hold, by heading; `None` for one that is left out.
pub type Layout = Vec<(String, Option<String>)>;

impl Settings {
    fn file(folder: &Path) -> PathBuf {
        folder.join("window.json")
    }

    /// The settings kept in this folder.
    pub fn load(folder: &Path) -> Self {
        let text = fs::read_to_string(Self::file(folder)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps them; what cannot be kept is asked for again at the next start.
    pub fn keep(&self, folder: &Path) {
        let file = Self::file(folder);
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        if fs::create_dir_all(folder).is_ok() {
            let _ = write_beside(&file, |out| {
                out.write_all(text.as_bytes())
                    .map_err(|cause| Error::file(&file, cause))
            });
        }
    }

    /// Between 100 and 200 per cent.
    pub fn zoom(&self) -> u16 {
        self.zoom.unwrap_or(100).clamp(100, 200)
    }

    /// Notes which book is open now.
    pub fn opened(&mut self, book: &Path) {
        self.recent.retain(|known| known != book);
        self.recent.insert(0, book.to_owned());
        self.recent.truncate(RECENT);
        self.book = Some(book.to_owned());
        self.put_away = false;
    }
}
