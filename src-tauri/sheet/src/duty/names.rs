//! The people whom a cell of a roster names: one or several, with numbers and titles behind them.

use crate::position::is_position;
use sotruc_base::text::{Phone, fold, one_line, read_phones, tidy};

/// Somebody whom a cell names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as written, without what stands behind it.
    pub name: String,
    /// The numbers beside it.
    pub numbers: Vec<Phone>,
}

/// How many people one cell may name.
const MOST: usize = 40;

/// The people of a cell, in their order.
pub fn named(cell: &str) -> Vec<Named> {
    let mut people: Vec<Named> = Vec::new();
    let cell = tidy(cell);
    for part in cell.split(['\n', ';']) {
        for (first, part) in pieces(part).into_iter().enumerate() {
            let (text, numbers) = without_numbers(&part);
            let name = bare(&text);
            // What follows somebody may be what they are.
            let follows = first > 0 || !people.is_empty();
            let is_name = name.chars().any(char::is_alphabetic) && !(follows && is_title(&name));
            match people.last_mut() {
                _ if is_name && !is_word_of_number(&name) => {
                    if people.len() == MOST {
                        return people;
                    }
                    people.push(Named { name, numbers });
                }
                Some(last) => last.numbers.extend(numbers),
                None => {}
            }
        }
    }
    people
}

/// The parts of a line that may each be somebody.
fn pieces(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    let padded = line.replace(" - ", "\u{1}").replace(" – ", "\u{1}");
    let padded = words_apart(&padded);
    for c in padded.chars() {
        depth = match c {
            '(' | '[' => depth + 1,
            ')' | ']' => depth.saturating_sub(1),
            _ => depth,
        };
        let ends = depth == 0 && matches!(c, ',' | '\u{1}' | '+' | '&' | '|');
        let slash = depth == 0 && c == '/' && parts.last().is_some_and(|part| is_whole(part));
        // A plus may open a list: `+ Nguyễn Văn An`.
        let opens = c == '+' && parts.last().is_none_or(|part| part.trim().is_empty());
        match parts.last_mut() {
            _ if ends && !opens || slash => parts.push(String::new()),
            Some(part) => part.push(c),
            None => {}
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// ` và ` as a mark between two.
fn words_apart(line: &str) -> String {
    let mut apart = line.to_owned();
    for word in [" và ", " VÀ ", " Và ", " va ", " cùng "] {
        apart = apart.replace(word, "\u{1}");
    }
    apart
}

/// Whether a name stands before a slash: `Đ/c` and `Ông/Bà` are none.
fn is_whole(part: &str) -> bool {
    let digits = part
        .chars()
        .rev()
        .find(|c| !c.is_whitespace())
        .is_some_and(|c| c.is_ascii_digit());
    let words = part
        .split_whitespace()
        .filter(|word| fold(word).len() > 1)
        .count();
    !digits && words >= 2
}

/// A text without the numbers that can be dialled in it, and those.
fn without_numbers(text: &str) -> (String, Vec<Phone>) {
    let is_of_number = |c: char| c.is_ascii_digit() || " .()+-".contains(c);
    let mut left = String::with_capacity(text.len());
    let mut numbers = Vec::new();
    let mut run = String::new();
    let mut close = |run: &mut String, left: &mut String| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let read = (digits >= 8)
            .then(|| read_phones(run.trim_matches([' ', '-', '.', '(', ')'])).ok())
            .flatten();
        match read {
            Some(read) => {
                numbers.extend(read);
                left.push(' ');
            }
            None => left.push_str(run),
        }
        run.clear();
    };
    for c in text.chars() {
        match is_of_number(c) {
            true => run.push(c),
            false => {
                close(&mut run, &mut left);
                left.push(c);
            }
        }
    }
    close(&mut run, &mut left);
    (left, numbers)
}

/// A name without brackets, and without the words before a number.
fn bare(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => name.push(c),
            _ => {}
        }
    }
    // `Ông (bà) …` is one; a bracket alone holds the name.
    let name = match name.trim().is_empty() {
        true => text.replace(['(', ')', '[', ']'], " "),
        false => name,
    };
    let mut name = one_line(&name);
    loop {
        let before = name.len();
        name = name
            .trim_end_matches([':', '.', '-', '–', ',', ' ', '*', '('])
            .to_owned();
        for word in NUMBER_WORDS {
            let behind = name
                .len()
                .checked_sub(word.len())
                .filter(|at| name.is_char_boundary(*at));
            if let Some(at) = behind
                && name[at..].to_lowercase() == *word
                && (at == 0 || name[..at].ends_with([' ', ':', '.', '-']))
            {
                name.truncate(at);
            }
        }
        if name.len() == before {
            return name;
        }
    }
}

/// Words that stand before a number.
const NUMBER_WORDS: &[&str] = &[
    "số điện thoại",
    "điện thoại",
    "sđt",
    "đtdđ",
    "đt",
    "dđ",
    "sdt",
    "dt",
    "tel",
    "mobile",
    "di động",
    "số",
    "máy lẻ",
];

fn is_word_of_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    NUMBER_WORDS.contains(&lower.trim_matches([' ', '.', ':']))
}

/// Titles as they are written behind a name, folded.
const TITLES: &[&str] = &[
    "gd",
    "pgd",
    "tp",
    "ptp",
    "pp",
    "cv",
    "cvc",
    "ks",
    "cvp",
    "pcvp",
    "ct",
    "pct",
    "bt",
    "pbt",
    "vp",
    "p gd",
    "p tp",
    "p truong phong",
    "p giam doc",
    "to pho",
    "doi pho",
    "bac si",
    "y ta",
    "dieu duong",
    "lai xe",
    "bao ve",
    "thuong truc",
    "truc chinh",
    "truc phu",
    "du phong",
    "lanh dao truc",
    "truong ca",
    "ca truong",
    "truong kip",
];

/// Whether a text is what somebody is, not who.
pub fn is_title(text: &str) -> bool {
    let folded = fold(text);
    let first = folded.split(' ').next().unwrap_or_default();
    is_position(text) && !is_name_like(text)
        || TITLES.contains(&folded.as_str())
        || (matches!(
            first,
            "gd" | "pgd" | "tp" | "ptp" | "cv" | "ks" | "cvp" | "pcvp"
        ) && text.split_whitespace().count() <= 4)
}

/// Whether each word begins as those of names do: `Phó Văn An` may be somebody.
fn is_name_like(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_cased = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    };
    words.len() >= 3
        && matches!(fold(words[1]).as_str(), "van" | "thi" | "duc" | "huu")
        && words.iter().all(is_cased)
}

/// A folded name without the titles before and behind it: `PGĐ Nguyễn Văn An`.
pub fn without_title<'a>(folded: &'a str, known: &str) -> Option<&'a str> {
    let rest = folded
        .strip_suffix(known)
        .filter(|rest| rest.ends_with(' '))
        .or_else(|| {
            folded
                .strip_prefix(known)
                .filter(|rest| rest.starts_with(' '))
        })?;
    Some(rest.trim()).filter(|rest| is_title(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_names_one_or_several() {
        let check = |cell: &str, expect: &[(&str, &[&str])]| {
            let people = named(cell);
            let told: Vec<(&str, Vec<&str>)> = people
                .iter()
                .map(|one| {
                    (
                        one.name.as_str(),
                        one.numbers.iter().map(Phone::digits).collect(),
                    )
                })
                .collect();
            let expect: Vec<(&str, Vec<&str>)> = expect
                .iter()
                .map(|(name, numbers)| (*name, numbers.to_vec()))
                .collect();
            assert_eq!(told, expect, "{cell}");
        };
        let (an, ba) = ("Nguyễn Văn An", "Lê Thị Ba");
        check(an, &[(an, &[])]);
        check("Nguyễn Văn An\nLê Thị Ba", &[(an, &[]), (ba, &[])]);
        check("Nguyễn Văn An; Lê Thị Ba", &[(an, &[]), (ba, &[])]);
        check("Nguyễn Văn An, Lê Thị Ba", &[(an, &[]), (ba, &[])]);
        check("Nguyễn Văn An và Lê Thị Ba", &[(an, &[]), (ba, &[])]);
        check("Nguyễn Văn An - Lê Thị Ba", &[(an, &[]), (ba, &[])]);
        check("Nguyễn Văn An/Lê Thị Ba", &[(an, &[]), (ba, &[])]);
        check("Đ/c Nguyễn Văn An", &[("Đ/c Nguyễn Văn An", &[])]);
        check("Nguyễn Văn An - Trưởng phòng", &[(an, &[])]);
        check("Nguyễn Văn An (PGĐ)", &[(an, &[])]);
        check("Nguyễn Văn An, PGĐ", &[(an, &[])]);
        check("Nguyễn Văn An - 0905 123 456", &[(an, &["0905123456"])]);
        check("Nguyễn Văn An (0905.123.456)", &[(an, &["0905123456"])]);
        check(
            "Nguyễn Văn An (ĐT: 0905123456), Lê Thị Ba - 0905123457",
            &[(an, &["0905123456"]), (ba, &["0905123457"])],
        );
        check("Nguyễn Văn An\nSĐT: 0905123456", &[(an, &["0905123456"])]);
        check(
            "Nguyễn Văn An\n0905123456\nLê Thị Ba\n0905123457",
            &[(an, &["0905123456"]), (ba, &["0905123457"])],
        );
        check(
            "1. Nguyễn Văn An\n2. Lê Thị Ba",
            &[("1. Nguyễn Văn An", &[]), ("2. Lê Thị Ba", &[])],
        );
        check(
            "Nguyễn Văn An, Trưởng phòng, 0905123456",
            &[(an, &["0905123456"])],
        );
        check("Nguyễn Văn An\nPGĐ\n0905123456", &[(an, &["0905123456"])]);
        check("", &[]);
        check("0905123456", &[]);
    }
}
