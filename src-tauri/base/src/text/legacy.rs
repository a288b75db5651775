//! Vietnamese from before Unicode: text typed for the fonts of TCVN3 (ABC) or VNI, in which other
//! letters stand for ours. Sources: the code tables of TCVN 5712:1993 (VN3) and VNI for Windows.

use std::collections::HashSet;

use crate::text::syllable::looks_vietnamese;
use crate::word::words;

words! {
    /// A way of writing Vietnamese from before Unicode.
    Legacy, "legacy" {
        /// TCVN3, also called ABC: one letter for each, for fonts whose names begin with `.Vn`.
        Tcvn3 = "tcvn3",
        /// VNI: a letter and a mark after it, for fonts whose names begin with `VNI-`.
        Vni = "vni",
    }
}

/// What the letters from U+00A1 on stand for in TCVN3; a blank is nothing of it.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// Letters of VNI that stand alone, and what they stand for.
const VNI_ALONE: &[(char, char)] = &[
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('Í', 'Í'),
    ('Ì', 'Ì'),
    ('Æ', 'Ỉ'),
    ('Ó', 'Ĩ'),
    ('Ò', 'Ị'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
];

/// Marks of VNI after a letter, and what they add to it: a hat or breve, and a tone.
const VNI_MARKS: &[(char, &str)] = &[
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
    ('ü', "\u{306}\u{303}"),
    ('ë', "\u{306}\u{323}"),
];

impl Legacy {
    /// The text in Unicode.
    #[must_use]
    pub fn read(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => from_tcvn3(text),
            Self::Vni => from_vni(text),
        }
    }

    /// How a text was written, when that was before Unicode: as which of them more of its words
    /// are Vietnamese than as they stand. Text with a letter that those fonts do not have was not.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        /// So few words may be anything, and a sign that stands alone is none.
        const FEW: usize = 3;
        let told: HashSet<&str> = words(text)
            .filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()))
            .collect();
        if told.len() < FEW || text.chars().any(is_of_unicode) || share_of_vietnamese(text) >= 700 {
            return None;
        }
        let best = Self::ALL
            .iter()
            .map(|way| (share_of_vietnamese(&way.read(text)), *way))
            .max_by_key(|(share, _)| *share)?;
        (best.0 >= 700).then_some(best.1)
    }

    /// Whether a text can have been written for those fonts.
    pub fn can_be(text: &str) -> bool {
        !text.is_ascii() && !text.chars().any(is_of_unicode)
    }
}

/// Letters beyond those of one byte; signs of print may stand in any text.
fn is_of_unicode(c: char) -> bool {
    c > '\u{ff}' && c.is_alphabetic() && !matches!(c, 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Ÿ' | 'ƒ')
}

/// The words that are not plain letters alone.
fn words(text: &str) -> impl Iterator<Item = &str> {
    // Marks of print stand for letters there: `§øc`, `V¨n`.
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic())
        .filter(|word| !word.is_ascii())
}

/// How many of the words that are not plain letters alone can be Vietnamese, in thousandths.
pub fn share_of_vietnamese(text: &str) -> usize {
    let (mut good, mut all) = (0, 0);
    for word in words(text) {
        good += usize::from(looks_vietnamese(word));
        all += 1;
    }
    good * 1_000 / std::cmp::max(all, 1)
}

fn from_tcvn3(text: &str) -> String {
    let table: Vec<char> = TCVN3.chars().collect();
    text.chars()
        .map(|c| {
            let known = (c as usize).checked_sub(0xa1).and_then(|at| table.get(at));
            known.copied().filter(|known| *known != ' ').unwrap_or(c)
        })
        .collect()
}

fn from_vni(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut read = String::with_capacity(text.len());
    let mut base = None;
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        let mark = VNI_MARKS.iter().find(|(known, _)| *known == small);
        if let (Some(letter), Some((_, mark))) = (base, mark) {
            read.push(letter);
            read.push_str(mark);
            base = None;
            continue;
        }
        let alone = VNI_ALONE.iter().find(|(known, _)| *known == c);
        let letter = alone.map_or(c, |(_, letter)| *letter);
        let carries = matches!(
            letter.to_lowercase().next(),
            Some('a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư')
        );
        if let Some(before) = base.replace(letter) {
            read.push(before);
        }
        if !carries {
            read.push(letter);
            base = None;
        }
    }
    read.extend(base);
    read.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_before_unicode_is_recognised_and_read() {
        let check = |written: &str, way: Legacy, expect: &str| {
            assert_eq!(Legacy::of(written), Some(way), "{written}");
            assert_eq!(way.read(written), expect);
        };
        check("Së Néi vô", Legacy::Tcvn3, "Sở Nội vụ");
        check(
            "NguyÔn V¨n §øc, Phßng Gi¸o dôc",
            Legacy::Tcvn3,
            "Nguyễn Văn Đức, Phòng Giáo dục",
        );
        check("Sôû Noäi vuï", Legacy::Vni, "Sở Nội vụ");
        check(
            "Nguyeãn Vaên Ñöùc, Phoøng Giaùo duïc",
            Legacy::Vni,
            "Nguyễn Văn Đức, Phòng Giáo dục",
        );
        check("TÆNH ÑAÉK LAÉK", Legacy::Vni, "TỈNH ĐẮK LẮK");
    }

    #[test]
    fn unicode_stays_as_it_is() {
        for text in [
            "Sở Nội vụ",
            "Y Dhăm Ênuôl, Y Nguyên Êban",
            "Nguyễn Văn Đức",
            "Café René",
            "plain",
            "5 µg, 7 µg, 9 µg",
            "µ µ µ",
            "",
        ] {
            assert_eq!(Legacy::of(text), None, "{text}");
        }
    }
}
