//! The catalogue: every word people read, once in Vietnamese and once in English. Reports, duty
//! sheets and lines that the program writes itself are Vietnamese; faces ask for a language.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::clock::MINUTE;
use crate::error::Error;
use crate::word::Word;

/// A language of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Both, the first language of the book first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Said {
    /// In one of them.
    #[must_use]
    pub fn said(&self, english: bool) -> &str {
        match english {
            true => &self.en,
            false => &self.vi,
        }
    }

    /// Several, one after the other.
    #[must_use]
    pub fn joined<'a>(all: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let join = |texts: Vec<&str>| texts.join("; ");
        Self {
            vi: join(all.clone().map(|one| one.vi.as_str()).collect()),
            en: join(all.map(|one| one.en.as_str()).collect()),
        }
    }
}

/// The messages of one language.
#[derive(Debug)]
pub struct Messages {
    language: Language,
    texts: HashMap<String, String>,
}

static VIETNAMESE: LazyLock<Messages> = LazyLock::new(|| {
    let catalogue = include_str!("../../../assets/messages/vi.json");
    Messages::read(Language::Vi, catalogue)
});

static ENGLISH: LazyLock<Messages> = LazyLock::new(|| {
    let catalogue = include_str!("../../../assets/messages/en.json");
    Messages::read(Language::En, catalogue)
});

/// The messages in which reports, duty sheets and the journal's own lines are written.
#[must_use]
pub fn vietnamese() -> &'static Messages {
    &VIETNAMESE
}

impl Messages {
    /// The messages of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &VIETNAMESE,
            Language::En => &ENGLISH,
        }
    }

    fn read(language: Language, catalogue: &str) -> Self {
        Self {
            language,
            texts: serde_json::from_str(catalogue).expect("a test reads both catalogues"),
        }
    }

    /// Their language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// A message; its key when the catalogue lacks it.
    #[must_use]
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.maybe(key).unwrap_or(key)
    }

    /// A message, when there is one.
    #[must_use]
    pub fn maybe(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// A message with its `{values}`; a place that has none stays empty. Of `one|many` the part that
    /// fits `n`.
    #[must_use]
    pub fn with<V: AsRef<str>>(&self, key: &str, values: &[(&str, V)]) -> String {
        let mut rest = self.text(key);
        if let Some((_, n)) = values.iter().find(|(name, _)| *name == "n")
            && let Some((one, many)) = rest.split_once('|')
        {
            rest = if n.as_ref() == "1" { one } else { many };
        }
        let mut text = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            let value = values.iter().find(|(known, _)| *known == name);
            text.push_str(value.map_or("", |(_, value)| value.as_ref()));
            rest = after;
        }
        text.push_str(rest);
        text
    }

    /// A length of time in milliseconds, in whole minutes: `18 giờ 31 phút`.
    #[must_use]
    pub fn length(&self, millis: i64) -> String {
        let minutes = millis / MINUTE;
        let (hours, minutes) = (minutes / 60, minutes % 60);
        let part = |key, n: i64| self.with(key, &[("n", n.to_string())]);
        match (hours, minutes) {
            (0, 1..) => part("ui_minutes", minutes),
            (_, 0) => part("ui_hours", hours),
            _ => format!(
                "{} {}",
                part("ui_hours", hours),
                part("ui_minutes", minutes)
            ),
        }
    }

    /// What a value is called, such as a role or a state: the message `{FIELD}_{key}`.
    #[must_use]
    pub fn word<W: Word>(&self, value: W) -> &str {
        self.maybe(&format!("{}_{}", W::FIELD, value.key()))
            .unwrap_or(value.key())
    }

    /// What the system said about a file, in words of our own where there are some: its own are
    /// English.
    #[must_use]
    pub fn why(&self, error: &Error) -> Option<&str> {
        self.maybe(&format!("why_{}", error.why_key()?))
    }

    /// An error as a sentence.
    #[must_use]
    pub fn error(&self, error: &Error) -> String {
        let mut values = error.params.clone();
        for (name, value) in &mut values {
            let known = match *name {
                "field" => self.maybe(&format!("field_{value}")),
                "what" => self.maybe(&format!("count_{value}")),
                "kind" => self.maybe(&format!("kind_{value}")),
                _ => None,
            };
            if let Some(known) = known {
                *value = known.to_owned();
            }
        }
        if let Some(cause) = self.why(error) {
            for (_, value) in values.iter_mut().filter(|(name, _)| *name == "why") {
                *value = cause.to_owned();
            }
        }
        self.with(&format!("error_{}", error.code.key()), &values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Legacy;

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (vi, en) = (vietnamese(), Messages::of(Language::En));
        for (key, text) in &vi.texts {
            let other = en
                .maybe(key)
                .unwrap_or_else(|| panic!("{key} is not in English"));
            assert_eq!(places(text), places(other), "{key}");
            assert!(!text.trim().is_empty() && !other.trim().is_empty(), "{key}");
        }
        assert_eq!(vi.texts.len(), en.texts.len());
    }

    #[test]
    fn a_length_is_told_in_words() {
        let said = |minutes: i64| vietnamese().length(minutes * MINUTE);
        let told = [0, 5, 60, 1_111].map(said);
        assert_eq!(told, ["0 giờ", "5 phút", "1 giờ", "18 giờ 31 phút"]);
        let said = |minutes: i64| Messages::of(Language::En).length(minutes * MINUTE);
        let told = [0, 1, 60, 119, 121].map(said);
        let expected = [
            "0 hours",
            "1 minute",
            "1 hour",
            "1 hour 59 minutes",
            "2 hours 1 minute",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn values_stand_in_their_places() {
        let say = Messages::of(Language::En);
        assert_eq!(
            say.with("written_line_rated", &[("severity", "{severity}")]),
            "Severity assessed: {severity}"
        );
        assert_eq!(say.text("no_such_message"), "no_such_message");
        assert_eq!(say.word(Legacy::Vni), Legacy::Vni.key());
    }
}
