//! The search form: what is left of a text when accents, case and apostrophes do not matter.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without accents, `đ` as `d`, apostrophes dropped, all else but letters and
/// digits as single blanks.
///
/// ```
/// use sotruc_base::text::fold;
/// assert_eq!(fold("UBND huyện Cư M’gar"), "ubnd huyen cu mgar");
/// assert_eq!(fold("  ĐẮK-LẮK "), "dak lak");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    let mut push = |part: Part| match part {
        Part::Letter(c) => {
            if std::mem::take(&mut blank) && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push(c);
        }
        Part::Blank => blank = true,
        Part::Nothing => {}
    };
    for c in text.chars() {
        match KNOWN.get(c as usize) {
            Some(Some(part)) => push(*part),
            _ => parts(c).for_each(&mut push),
        }
    }
    folded
}

/// What is left of a letter.
#[derive(Clone, Copy)]
enum Part {
    Letter(char),
    Blank,
    Nothing,
}

/// What is left of the letters of Latin and the marks over them, of which one part is left.
static KNOWN: LazyLock<Vec<Option<Part>>> = LazyLock::new(|| {
    let only = |c: char| {
        let mut left = parts(c).filter(|part| !matches!(part, Part::Nothing));
        match (left.next(), left.next()) {
            (Some(part), None) => Some(part),
            (None, _) => Some(Part::Nothing),
            _ => None,
        }
    };
    (0..0x2000)
        .map(|c| char::from_u32(c).and_then(only))
        .collect()
});

fn parts(c: char) -> impl Iterator<Item = Part> {
    let decomposed = std::iter::once(c).nfd().flat_map(char::to_lowercase);
    decomposed.map(|c| match c {
        'đ' => Part::Letter('d'),
        // Some of them count as letters.
        c if is_combining_mark(c) || is_apostrophe(c) => Part::Nothing,
        c if c.is_alphanumeric() => Part::Letter(c),
        _ => Part::Blank,
    })
}

/// The many ways in which keyboards write the apostrophe of `H'Hen`.
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | '\u{2b9}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2032}'
            | '\u{ff07}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_apostrophes_do_not_matter() {
        let check = |given: &str, expect: &str| assert_eq!(fold(given), expect, "{given}");
        check("Buôn Ma Thuột", "buon ma thuot");
        check("M'Đrắk", "mdrak");
        check("M’Đrắk", "mdrak");
        check("M\u{2bc}Đrắk", "mdrak");
        check(
            "Sở Lao động - Thương binh và Xã hội",
            "so lao dong thuong binh va xa hoi",
        );
        check("Y Dha\u{306}m Ênuôl", "y dham enuol");
        check("ĐƯỜNG", "duong");
        check("0911 075 106", "0911 075 106");
        check(" …  ", "");
    }
}
