//! Vietnamese text: one stored form, a search form, an order, and telephone numbers.

mod collate;
mod fold;
mod legacy;
mod person_name;
mod phone;
mod syllable;

pub use collate::name_key;
pub use fold::fold;
pub use legacy::Legacy;
pub(crate) use legacy::share_of_vietnamese;
pub use person_name::person_name;
pub use phone::{Phone, PhoneFault, Written, read_cell, read_phones};

use unicode_normalization::UnicodeNormalization;

/// The form in which text is kept: NFC, no byte order mark, LF line ends, no blanks at its ends.
#[must_use]
pub fn tidy(text: &str) -> String {
    let text: String = text.trim_start_matches('\u{feff}').nfc().collect();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.trim().to_owned()
}

/// Tidied text, or nothing when nothing is left of it.
#[must_use]
pub fn tidy_some(text: &str) -> Option<String> {
    Some(tidy(text)).filter(|text| !text.is_empty())
}

/// One line: tidied, with every run of blanks and line ends as one blank.
#[must_use]
pub fn one_line(text: &str) -> String {
    let text = tidy(text);
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
