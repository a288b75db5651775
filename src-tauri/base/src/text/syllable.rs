//! What a Vietnamese syllable is made of: enough to tell Vietnamese from what only looks like it.

use unicode_normalization::UnicodeNormalization;

const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "q", "r", "s", "t", "v", "x", "",
];

const RHYMES: &[&str] = &[
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây",
    "eo", "êu", "ia", "iê", "iêu", "iu", "oa", "oai", "oay", "oă", "oe", "oi", "oo", "ôi", "ơi",
    "ua", "uâ", "uây", "uê", "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "ưa", "ưi", "ươ",
    "ươi", "ươu", "ưu", "yê", "yêu", "oeo", "oao",
];

const CODAS: &[&str] = &["", "c", "ch", "m", "n", "ng", "nh", "p", "t", "k", "l", "r"];

/// Whether a word can be a syllable of Vietnamese (or of an Ê Đê name: `Êban`, `Ênuôl`).
pub(super) fn looks_vietnamese(word: &str) -> bool {
    let mut tones = 0;
    let bare: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter(|c| {
            let tone = matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            tones += usize::from(tone);
            !tone
        })
        .nfc()
        .collect();
    if tones > 1 {
        return false;
    }
    is_syllable(&bare) || bare.strip_prefix('ê').is_some_and(is_syllable)
}

fn is_syllable(bare: &str) -> bool {
    ONSETS
        .iter()
        .filter_map(|onset| bare.strip_prefix(onset))
        .any(|rest| {
            CODAS
                .iter()
                .filter_map(|coda| rest.strip_suffix(coda))
                .any(|rhyme| RHYMES.contains(&rhyme))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_what_only_looks_like_them() {
        for word in [
            "Nguyễn", "Đức", "Thuột", "Đắk", "Êban", "Ênuôl", "Quyền", "gì", "ưu", "Khuyến",
        ] {
            assert!(looks_vietnamese(word), "{word}");
        }
        for word in ["Së", "ThuËt", "Noäi", "vuï", "hàà", "Café"] {
            assert!(!looks_vietnamese(word), "{word}");
        }
    }
}
