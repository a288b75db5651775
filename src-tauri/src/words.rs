//! Words of the catalogue for what is written into files; the page has its own.

use std::collections::HashMap;

use crate::settings::Language;

/// The catalogue of a language.
pub struct Words(HashMap<String, String>);

impl Words {
    /// The catalogue of a language.
    pub fn of(language: Language) -> Self {
        let text = match language {
            Language::Vi => include_str!("../../assets/messages/vi.json"),
            Language::En => include_str!("../../assets/messages/en.json"),
        };
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// A message; its key when there is none.
    pub fn get(&self, key: &str) -> String {
        self.0.get(key).map_or(key, String::as_str).to_owned()
    }
}
