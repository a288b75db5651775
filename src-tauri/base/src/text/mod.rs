//! Vietnamese text: one stored form, a search form, an order, and telephone numbers.

mod collate;
mod decode;
mod fold;
mod legacy;
mod person_name;
mod phone;
pub mod similarity;
mod syllable;

pub use collate::name_key;
pub use decode::{Encoding, decode, lines, text_of};
pub use fold::fold;
pub use fold::is_apostrophe;
pub use legacy::Legacy;
pub use legacy::share_of_vietnamese;
pub use person_name::{ReadName, person_name, read_name};
pub use phone::{Phone, PhoneFault, Written, read_cell, read_phones};

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The form in which text is kept: NFC, no marks that nobody sees, LF line ends, no blanks at its
/// ends.
#[must_use]
pub fn tidy(text: &str) -> String {
    let text = match text.contains(UNSEEN) {
        true => Cow::Owned(text.replace(UNSEEN, "")),
        false => Cow::Borrowed(text),
    };
    let text = composed(text.trim());
    match text.contains('\r') {
        true => text
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .trim()
            .to_owned(),
        false => text.trim().to_owned(),
    }
}

/// Marks that web pages leave in what is copied from them: blanks without width, byte order
/// marks, soft hyphens, directions.
const UNSEEN: [char; 6] = [
    '\u{feff}', '\u{200b}', '\u{2060}', '\u{ad}', '\u{200e}', '\u{200f}',
];

/// The text in NFC; nearly all of it is so already.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
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
