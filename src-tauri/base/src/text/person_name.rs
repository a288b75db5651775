//! A person's name as it is written in lists: forms of address before it, and capitals.

use crate::text::fold::is_apostrophe;
use crate::text::{fold, one_line};

/// Forms of address, folded; the longest first.
const ADDRESSES: &[&[&str]] = &[
    &["ong", "ba"],
    &["dong", "chi"],
    &["d", "c"],
    &["dc"],
    &["ong"],
    &["o"],
    &["ba"],
    &["anh"],
    &["chi"],
    &["co"],
    &["thay"],
    &["mr"],
    &["mrs"],
    &["ms"],
];

/// Ranks and degrees before a name, folded.
const RANKS: &[&[&str]] = &[
    &["dai", "tuong"],
    &["thuong", "tuong"],
    &["trung", "tuong"],
    &["thieu", "tuong"],
    &["dai", "ta"],
    &["thuong", "ta"],
    &["trung", "ta"],
    &["thieu", "ta"],
    &["dai", "uy"],
    &["thuong", "uy"],
    &["trung", "uy"],
    &["thieu", "uy"],
    &["thuong", "si"],
    &["trung", "si"],
    &["pgs"],
    &["gs"],
    &["ths"],
    &["th", "s"],
    &["ts"],
    &["ks"],
    &["bs"],
    &["ckii"],
    &["cki"],
    &["bsckii"],
    &["bscki"],
    &["ds"],
    &["ls"],
];

/// The name in one line, without a form of address (Ông, Bà, Đ/c …), a rank or a degree before
/// it, and in name case when it was written in capitals.
///
/// ```
/// use sotruc_base::text::person_name;
/// assert_eq!(person_name("Đ/c  LÝ KIM DIỆP"), "Lý Kim Diệp");
/// assert_eq!(person_name("Bà H'HEN NIÊ"), "H'Hen Niê");
/// assert_eq!(person_name("Đại úy Trần Văn Tư"), "Trần Văn Tư");
/// ```
#[must_use]
pub fn person_name(written: &str) -> String {
    read_name(written).name
}

/// A name as a cell holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadName {
    /// The rank or degree before it.
    pub rank: Option<String>,
    /// The name as it was written.
    pub as_written: String,
    /// The name as it is kept.
    pub name: String,
}

/// [`person_name`], with what stands before it and as it was written.
#[must_use]
pub fn read_name(written: &str) -> ReadName {
    let line = one_line(written);
    let addressed = without_address(without_number(&line));
    let ranked = without_rank(addressed);
    let rank = addressed[..addressed.len() - ranked.len()].trim();
    let as_written = without_marks(ranked);
    let name = plain_apostrophes(as_written);
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    // In old fonts for capitals the letters with tones are small ones.
    let unaccented = || letters().filter(char::is_ascii);
    let capitals = name.contains([' ', '\'', '-'])
        && letters().count() > 2
        && (letters().all(|c| !c.is_lowercase())
            || unaccented().count() > 2 && unaccented().all(|c| c.is_ascii_uppercase()));
    let small = name.contains(' ') && letters().all(|c| !c.is_uppercase());
    ReadName {
        rank: (!rank.is_empty()).then(|| rank.to_owned()),
        as_written: as_written.to_owned(),
        name: match capitals || small {
            true => name.split(' ').map(name_case).collect::<Vec<_>>().join(" "),
            false => name,
        },
    }
}

/// `H’Hen` as `H'Hen`: a name is kept with one sort of apostrophe.
fn plain_apostrophes(name: &str) -> String {
    let plain = |c| if is_apostrophe(c) { '\'' } else { c };
    name.chars().map(plain).collect()
}

/// What follows ranks and degrees, when two words or more do.
fn without_rank(line: &str) -> &str {
    let mut rest = line;
    while let Some(after) = RANKS.iter().find_map(|rank| strip_words(rest, rank, false)) {
        if after.split_whitespace().count() < 2 {
            break;
        }
        rest = after;
    }
    rest
}

/// The name without marks of footnotes and of lists behind it.
fn without_marks(name: &str) -> &str {
    let name = match name.split_once('(') {
        Some((name, mark)) if !mark.contains(char::is_alphanumeric) => name,
        _ => name,
    };
    name.trim_end_matches([' ', ',', '.', ';', ':', '*'])
}

/// The line without a number or a mark of a list before it: `1. Hà Văn Năm`, `- Hà Văn Năm`.
fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(['-', '–', '•', '*', '+', ' ']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match digits.len() < rest.len() && digits.starts_with(['.', ')', '/', '-']) {
        true => digits[1..].trim_start(),
        false => rest,
    }
}

/// What follows the form of address, when two words or more do: a family name may be one too.
fn without_address(line: &str) -> &str {
    let mut rest = line;
    for address in ADDRESSES {
        let Some(after) = strip_words(line, address, true) else {
            continue;
        };
        // `Ông Văn Anh` is a whole name.
        let small = after.to_lowercase();
        let is_middle = small.starts_with("văn ") || small.starts_with("thị ");
        if after.split_whitespace().count() >= 2 && !is_middle {
            rest = after;
            break;
        }
    }
    rest.trim_start_matches([':', '.', '-', ' '])
}

/// The text after these words, in folded form, at its start; `plain` ones have letters of the same
/// shape only.
fn strip_words<'a>(text: &'a str, words: &[&str], plain: bool) -> Option<&'a str> {
    let mut rest = text;
    for word in words {
        rest = rest.trim_start_matches([' ', '/', '.', ':', '(', ')']);
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let (first, after) = rest.split_at(end);
        if first.chars().count() != word.len() {
            return None;
        }
        // `Bá` and `Cơ` begin names.
        let is_plain = !plain
            || first.chars().all(|c| c.is_ascii_alphabetic())
            || [
                "ông", "ô", "bà", "đồng", "chí", "đ", "đc", "chị", "cô", "thầy",
            ]
            .contains(&first.to_lowercase().as_str());
        if !is_plain || fold(first) != *word {
            return None;
        }
        rest = after;
    }
    rest.starts_with([' ', '.', '/', ':', ')'])
        .then(|| rest.trim_start_matches([' ', '.', '/', ':', ')']))
}

/// One word in name case. After the `H'` and `K'` of given names a capital stands (`H'Hen`),
/// after other apostrophes none (`M'nông`).
fn name_case(word: &str) -> String {
    let mut cased = String::with_capacity(word.len());
    let mut capital = true;
    let mut before = None;
    for c in word.chars() {
        match capital {
            true => cased.extend(c.to_uppercase()),
            false => cased.extend(c.to_lowercase()),
        }
        capital = match c {
            '-' => true,
            c if is_apostrophe(c) => matches!(before, Some('H' | 'K')),
            _ => capital && !c.is_alphabetic(),
        };
        before = Some(c);
    }
    cased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_forms_of_address_and_capitals() {
        let check = |written: &str, expect: &str| assert_eq!(person_name(written), expect);
        check("Ông Nguyễn Văn An", "Nguyễn Văn An");
        check("Bà: Trần Thị Bích", "Trần Thị Bích");
        check("Ông (bà) Bàn Văn Ba", "Bàn Văn Ba");
        check("Ông/Bà: Lê Văn Sáu", "Lê Văn Sáu");
        check("- Đ/c Hà Thị Tám", "Hà Thị Tám");
        check("1. Hà Văn Năm", "Hà Văn Năm");
        check("nguyễn thị kim oanh", "Nguyễn Thị Kim Oanh");
        check("Đ/c Y Wan Mlô", "Y Wan Mlô");
        check("đ/c. Lê Văn Tám", "Lê Văn Tám");
        check("Đồng chí Hồ Văn Lân", "Hồ Văn Lân");
        check("ĐC Phạm Hùng", "Phạm Hùng");
        check("Bá Văn Nam", "Bá Văn Nam");
        check("Anh Đức", "Anh Đức");
        check("Cô Ba", "Cô Ba");
        check("LÝ CÔNG Ý", "Lý Công Ý");
        check("Y NGUYÊN ÊBAN", "Y Nguyên Êban");
        check("H'HEN NIÊ", "H'Hen Niê");
        check("Y BĂM M'NÔNG", "Y Băm M'nông");
        check("NGUYỄN THỊ HỒNG-NHUNG", "Nguyễn Thị Hồng-Nhung");
        check("  Y  Biêr   Niê ", "Y Biêr Niê");
        check("VŨ Ý", "Vũ Ý");
        check("Ô. Nguyễn Văn An", "Nguyễn Văn An");
        check("Ông Văn Anh", "Ông Văn Anh");
        check("Bà Thị Ông", "Bà Thị Ông");
        check("BÀ THỊ ÔNG", "Bà Thị Ông");
        check("K'BRÍP", "K'Bríp");
        check("H`Hen Niê", "H'Hen Niê");
        check("NGUYễN VĂN HùNG", "Nguyễn Văn Hùng");
        check("Nguyễn Văn An (**)", "Nguyễn Văn An");
        check("Nguyễn Văn An,", "Nguyễn Văn An");
        check("Đỗ Ái", "Đỗ Ái");
    }

    #[test]
    fn ranks_and_degrees_stand_beside_names() {
        let check = |written: &str, rank: &str, name: &str| {
            let read = read_name(written);
            assert_eq!(
                (read.rank.as_deref(), read.name.as_str()),
                (Some(rank), name)
            );
        };
        check("Đại úy Trần Văn Tư", "Đại úy", "Trần Văn Tư");
        check("Đ/c Thượng tá Y Wan Niê", "Thượng tá", "Y Wan Niê");
        check("ThS. Lê Thị Mai", "ThS.", "Lê Thị Mai");
        check("Th.S Lê Thị Mai", "Th.S", "Lê Thị Mai");
        check("BS.CKII NGUYỄN VĂN AN", "BS.CKII", "Nguyễn Văn An");
        check("PGS.TS Hà Văn Năm", "PGS.TS", "Hà Văn Năm");
        assert_eq!(read_name("Đại Ta").rank, None);
        assert_eq!(
            read_name("Bà NGUYỄN VĂN AN (**)").as_written,
            "NGUYỄN VĂN AN"
        );
    }
}
