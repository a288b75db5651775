//! What the terminal says, in the words of the catalogue, in Vietnamese or English.

use std::ffi::OsString;
use std::ops::Deref;

pub use sotruc_core::messages::Language;
use sotruc_core::messages::Messages;
use sotruc_core::text::fold;
use sotruc_core::word::Word;
use sotruc_core::{Error, Result};

/// The messages of one language, as the terminal says them.
pub struct Say(&'static Messages);

impl Deref for Say {
    type Target = Messages;

    fn deref(&self) -> &Messages {
        self.0
    }
}

/// What an option is given, before the words are parsed.
pub fn given_to(option: &str, words: &[OsString]) -> Option<String> {
    words.iter().enumerate().find_map(|(at, word)| {
        let word = word.to_str()?;
        match word.strip_prefix(option) {
            Some("") => Some(words.get(at + 1)?.to_str()?.to_owned()),
            Some(rest) => Some(rest.strip_prefix('=')?.to_owned()),
            None => None,
        }
    })
}

impl Say {
    /// The messages of a language.
    pub fn new(language: Language) -> Self {
        Self(Messages::of(language))
    }

    /// Whether people read English.
    pub fn is_english(&self) -> bool {
        self.language() == Language::En
    }

    /// The language the words or the environment ask for. It is needed before the words are
    /// parsed, for what may be wrong with them.
    pub fn chosen(words: &[OsString]) -> Self {
        let given = given_to("--lang", words);
        let given = given.or_else(|| std::env::var("SOTRUC_LANG").ok());
        Self::new(match given.as_deref() {
            Some("en") => Language::En,
            _ => Language::Vi,
        })
    }

    /// The name of a value, such as a role or a state.
    pub fn value(&self, field: &str, key: &str) -> String {
        self.text(&format!("{field}_{key}")).to_owned()
    }

    /// The value that a word means: its stable name, or what either language calls it, with accents
    /// or without.
    pub fn word<W: Word>(&self, given: &str) -> Result<W> {
        let known = W::parse(given).or_else(|_| W::parse(&given.trim().replace('-', "_")));
        known.or_else(|error| {
            let folded = fold(given);
            let other = Language::ALL.map(Say::new);
            let called = |value: &W| {
                let key = format!("{}_{}", W::FIELD, value.key());
                other
                    .iter()
                    .any(|say| say.maybe(&key).is_some_and(|name| fold(name) == folded))
            };
            W::ALL.iter().copied().find(called).ok_or_else(|| {
                let known: Vec<String> = W::ALL
                    .iter()
                    .map(|value| format!("{} ({})", value.key(), self.value(W::FIELD, value.key())))
                    .collect();
                Error::new(error.code)
                    .with("field", W::FIELD)
                    .with("given", given)
                    .with("known", known.join(", "))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sotruc_core::directory::{drill, person, unit};
    use sotruc_core::duty::period;
    use sotruc_core::log::entry;
    use sotruc_core::{Code, clock, incident, journal, report, search, sheet, submission};

    #[test]
    fn everything_the_core_says_has_words() {
        let say = Say::new(Language::Vi);
        let has = |key: String| assert!(say.maybe(&key).is_some(), "{key}");
        for code in Code::ALL {
            has(format!("error_{}", code.key()));
        }
        macro_rules! all {
            ($($word:ty),*) => {$(
                for value in <$word>::ALL {
                    has(format!("{}_{}", <$word>::FIELD, value.key()));
                }
            )*};
        }
        all!(
            unit::Group,
            person::Role,
            period::Post,
            submission::State,
            drill::Outcome,
            entry::Kind,
            search::Found
        );
        all!(
            incident::Type,
            incident::Severity,
            incident::Status,
            journal::Fault,
            sheet::Expected,
            sheet::Notice
        );
        for kind in journal::Kind::ALL {
            has(format!("count_{}", kind.key()));
        }
        has(format!("field_{}", report::Report::FIELD));
    }

    #[test]
    fn values_stand_in_their_places() {
        let say = Say::new(Language::En);
        let error = Error::new(Code::TimeBackwards)
            .with("given", clock::Instant::from_millis(0))
            .with("last", "{given}");
        let text = say.error(&error);
        assert!(
            text.contains("01/01/1970 07:00") && text.contains("{given}"),
            "{text}"
        );
    }
}
