//! A person's name as it is written in lists: forms of address before it, and capitals.

use super::{fold, one_line};

/// Forms of address, folded; the longest first.
const ADDRESSES: &[&[&str]] = &[
    &["ong", "ba"],
    &["dong", "chi"],
    &["d", "c"],
    &["dc"],
    &["ong"],
    &["ba"],
    &["anh"],
    &["chi"],
    &["co"],
    &["thay"],
    &["mr"],
    &["mrs"],
    &["ms"],
];

/// The name in one line, without a form of address (Ông, Bà, Đ/c …) before it, and in name case
/// when it was written in capitals.
///
/// ```
/// use sotruc_core::text::person_name;
/// assert_eq!(person_name("Đ/c  LÝ KIM DIỆP"), "Lý Kim Diệp");
/// assert_eq!(person_name("Bà H'HEN NIÊ"), "H'Hen Niê");
/// ```
#[must_use]
pub fn person_name(written: &str) -> String {
    let line = one_line(written);
    let name = without_address(without_number(&line));
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let capitals =
        name.contains(' ') && letters().count() > 2 && letters().all(|c| !c.is_lowercase());
    let small = name.contains(' ') && letters().all(|c| !c.is_uppercase());
    match capitals || small {
        true => name.split(' ').map(name_case).collect::<Vec<_>>().join(" "),
        false => name.to_owned(),
    }
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
        let Some(after) = strip_words(line, address) else {
            continue;
        };
        if after.split_whitespace().count() >= 2 {
            rest = after;
            break;
        }
    }
    rest.trim_start_matches([':', '.', '-', ' '])
}

/// The text after these words, in folded form, at its start.
fn strip_words<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
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
        // Letters of the same shape only: `Bá` and `Cơ` begin names.
        let plain = first.chars().all(|c| c.is_ascii_alphabetic())
            || ["ông", "bà", "đồng", "chí", "đ", "đc", "chị", "cô", "thầy"]
                .contains(&first.to_lowercase().as_str());
        if !plain || fold(first) != *word {
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
            '\'' | '’' | 'ʼ' => matches!(before, Some('H' | 'K')),
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
    }
}
