//! The search form: what is left of a text when accents, case and apostrophes do not matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without accents, `đ` as `d`, apostrophes dropped, all else but letters and
/// digits as single blanks.
///
/// ```
/// use sotruc_core::text::fold;
/// assert_eq!(fold("UBND huyện Cư M’gar"), "ubnd huyen cu mgar");
/// assert_eq!(fold("  ĐẮK-LẮK "), "dak lak");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.nfd().flat_map(char::to_lowercase) {
        let c = if c == 'đ' { 'd' } else { c };
        if c.is_alphanumeric() {
            if blank && !folded.is_empty() {
                folded.push(' ');
            }
            blank = false;
            folded.push(c);
        } else if !is_combining_mark(c) && !is_apostrophe(c) {
            blank = true;
        }
    }
    folded
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇')
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
