//! The order of a Vietnamese list of names.

use crate::text::composed;
use crate::text::fold::is_apostrophe;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Letters in dictionary order; a letter's place is its rank.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// A key that sorts names as a Vietnamese list does: given name (written last), then middle
/// names, then family name; syllable by syllable, letters before tones, tones in the order
/// ngang, huyền, hỏi, ngã, sắc, nặng.
///
/// Compare keys as bytes. They are for sorting within one run and are never stored.
#[must_use]
pub fn name_key(full_name: &str) -> Vec<u8> {
    let syllables: Vec<&str> = full_name.split_whitespace().collect();
    let mut key = Vec::with_capacity(full_name.len() + 8);
    if let Some((given, before)) = syllables.split_last() {
        push_syllable(&mut key, given);
        key.push(0);
        let middle = before.get(1..).unwrap_or_default();
        for syllable in middle.iter().chain(before.first()) {
            push_syllable(&mut key, syllable);
        }
    }
    key
}

/// Appends the letters, an end mark below every letter, and the tone.
fn push_syllable(key: &mut Vec<u8>, syllable: &str) {
    let mut tone = 0;
    for c in composed(syllable).chars().flat_map(char::to_lowercase) {
        let (letter, mark) = match KNOWN.get(c as usize) {
            Some(known) => *known,
            None => place(c),
        };
        tone = tone.max(mark);
        match letter {
            Place::Ranked(rank) => key.push(rank),
            Place::Other(letter) => {
                key.push(200);
                key.extend(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Place::None => {}
        }
    }
    key.extend([1, tone + 1]);
}

/// Where a letter stands in a dictionary.
#[derive(Clone, Copy)]
enum Place {
    /// Digits first, then [`LETTERS`].
    Ranked(u8),
    /// Behind them.
    Other(char),
    None,
}

/// The places and tones of the letters of Latin.
static KNOWN: LazyLock<Vec<(Place, u8)>> = LazyLock::new(|| {
    (0..0x2000)
        .map(|c| char::from_u32(c).map_or((Place::None, 0), place))
        .collect()
});

fn place(c: char) -> (Place, u8) {
    let (letter, tone) = without_tone(c);
    let place = match LETTERS.chars().position(|known| known == letter) {
        Some(rank) => Place::Ranked(20 + rank as u8),
        None if letter.is_ascii_digit() => Place::Ranked(3 + (letter as u8 - b'0')),
        None if letter.is_alphabetic() && !is_apostrophe(letter) => Place::Other(letter),
        None => Place::None,
    };
    (place, tone)
}

/// The letter without its tone, and the tone's rank (0 = ngang … 5 = nặng).
fn without_tone(c: char) -> (char, u8) {
    let mut tone = 0;
    let bare: String = std::iter::once(c)
        .nfd()
        .filter(|mark| {
            let rank = match mark {
                '\u{300}' => 1,
                '\u{309}' => 2,
                '\u{303}' => 3,
                '\u{301}' => 4,
                '\u{323}' => 5,
                _ => 0,
            };
            tone = tone.max(rank);
            rank == 0
        })
        .nfc()
        .collect();
    (bare.chars().next().unwrap_or(c), tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_given_middle_family() {
        let sorted = [
            "Nguyễn Văn An",
            "Trần Văn An",
            "Lê Thị Ánh",
            "Đỗ Văn Dũng",
            "Lê Thị Đào",
            "Phạm Thị Hoa",
            "Phạm Thị Hòa",
            "Phạm Thị Hỏa",
            "Phạm Thị Hóa",
            "Phạm Thị Họa",
            "Phạm Thị Hoan",
            "Bùi Xuân Sơn",
            "Y Thanh Hà Niê Ý",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by_key(|name| name_key(name));
        assert_eq!(names, sorted);
    }
}
