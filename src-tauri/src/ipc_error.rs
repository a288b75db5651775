//! Errors on their way to the page: a code and values; the page has the words.

use serde::{Deserialize, Serialize};
use sotruc_core::Error;
use specta::Type;
use std::collections::BTreeMap;

/// Why something was not done.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
pub struct Refusal {
    /// The stable code: the message is `error_<code>`.
    pub code: String,
    /// The values of the message, by name.
    pub params: BTreeMap<String, String>,
}

/// What a command answers.
pub type Answer<T> = Result<T, Refusal>;

impl Refusal {
    /// A refusal of the window's own.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            params: BTreeMap::new(),
        }
    }

    /// No book is open.
    pub fn no_book() -> Self {
        Self::new("no_book")
    }
}

impl From<&Error> for Refusal {
    fn from(error: &Error) -> Self {
        let mut params: BTreeMap<String, String> = error
            .params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        if let Some(why) = error.why_key() {
            // The page says `why_<key>` where there is one.
            params.insert("why_key".to_owned(), why.to_owned());
        }
        Self {
            code: error.code.key().to_owned(),
            params,
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<tauri::Error> for Refusal {
    fn from(cause: tauri::Error) -> Self {
        let mut refusal = Self::new("window");
        refusal.params.insert("why".to_owned(), cause.to_string());
        refusal
    }
}
