//! Telephone numbers in Vietnam: read as units write them, kept as digits, shown in groups.

use serde::{Deserialize, Serialize};
use std::fmt;

use crate::text::fold;

/// A national number: digits alone, beginning with 0 (or a 1800/1900 service number).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

/// Why a number cannot be dialled as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFault {
    /// A letter stands among the digits; O and l are not guessed to be 0 and 1.
    Letter(char),
    /// So many digits make no number.
    Digits(usize),
}

impl Phone {
    /// The digits, without blanks.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Whether it belongs to a mobile, in today's or the old 11-digit form.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        match self.0.len() {
            10 => {
                matches!(self.0.as_bytes()[1], b'3' | b'5' | b'7' | b'8' | b'9')
                    && OLD_AREAS.iter().all(|(old, _)| !self.0.starts_with(old))
            }
            11 => self.0.starts_with("01"),
            _ => false,
        }
    }

    /// One number as written: blanks, dots, hyphens, brackets, `+84`, or a leading zero lost in
    /// a spreadsheet.
    ///
    /// # Errors
    /// A [`PhoneFault`] when it cannot be dialled.
    pub fn read(written: &str) -> Result<Self, PhoneFault> {
        if let Some(letter) = written.chars().find(|c| c.is_alphabetic()) {
            let digits = written.chars().filter(char::is_ascii_digit).count();
            let meant = matches!(letter, 'O' | 'o' | 'l' | 'I' | 'i' | 'Q' | 'D');
            return Err(match meant {
                true => PhoneFault::Letter(letter),
                false => PhoneFault::Digits(digits),
            });
        }
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let abroad = written.trim_start().starts_with('+') || digits.starts_with("0084");
        let national = match digits.as_str() {
            d if abroad && d.starts_with("0084") => format!("0{}", &d[4..]),
            d if d.starts_with("84") && (abroad || d.len() >= 11) => {
                format!("0{}", d[2..].trim_start_matches('0'))
            }
            d if is_national(&format!("0{d}")) && !d.starts_with('0') => format!("0{d}"),
            d => d.to_owned(),
        };
        if is_national(&national) || is_service(&national) {
            Ok(Self(national))
        } else {
            Err(PhoneFault::Digits(digits.len()))
        }
    }
}

impl fmt::Display for Phone {
    /// `0905 123 456`: with blanks a spreadsheet keeps the zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            10 | 11 => write!(f, "{} {} {}", &self.0[..4], &self.0[4..7], &self.0[7..]),
            _ if self.0.len() > 4 => write!(f, "{} {}", &self.0[..4], &self.0[4..]),
            _ => f.write_str(&self.0),
        }
    }
}

/// A number as a cell holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The number.
    pub phone: Phone,
    /// What is dialled after it: digits of an extension.
    pub extension: Option<String>,
}

/// The numbers in one cell, without their extensions.
///
/// # Errors
/// As [`read_cell`].
pub fn read_phones(cell: &str) -> Result<Vec<Phone>, PhoneFault> {
    Ok(read_cell(cell)?
        .into_iter()
        .map(|written| written.phone)
        .collect())
}

/// The numbers in one cell; several stand apart by `;`, `,`, `/`, `|`, a line end, a hyphen
/// between blanks, or "hoặc". Words that say whose they are ("DĐ:", "CQ:") are passed over.
///
/// # Errors
/// The first number that cannot be dialled.
pub fn read_cell(cell: &str) -> Result<Vec<Written>, PhoneFault> {
    let mut found: Vec<Written> = Vec::new();
    let apart = cell.replace(" - ", ";").replace(['–', '—', '&'], ";");
    for part in apart.split([';', ',', '/', '|', '\n']) {
        let part = part.trim();
        // A number that a program wrote as a fraction.
        let whole = part
            .strip_suffix(".0")
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        let (number, extension) = without_words(whole.unwrap_or(part));
        let (number, extension) = match (bracketed(&number), extension) {
            (Some((number, digits)), None) => (number, Some(digits)),
            (_, extension) => (number, extension),
        };
        if !number.chars().any(char::is_alphanumeric) {
            if part.trim().is_empty() || part.chars().any(char::is_alphabetic) {
                continue;
            }
            return Err(PhoneFault::Digits(0));
        }
        for number in number.split(';').filter(|number| !number.trim().is_empty()) {
            let read = match Phone::read(number) {
                Ok(phone) => vec![phone],
                Err(fault) => read_run(number).ok_or(fault)?,
            };
            for phone in read {
                if !found.iter().any(|known| known.phone == phone) {
                    found.push(Written {
                        phone,
                        extension: None,
                    });
                }
            }
        }
        if let (Some(last), Some(extension)) = (found.last_mut(), extension) {
            last.extension = Some(extension);
        }
    }
    Ok(found)
}

/// Words beside numbers, folded, that say only whose they are.
const LABELS: &[&str] = &[
    "dd", "di", "dong", "cq", "co", "quan", "cd", "dinh", "dt", "dien", "thoai", "sdt", "so", "nr",
    "rieng", "ban", "may", "tel", "mobile", "mob", "phone", "hotline", "zalo", "viber", "truc",
    "dtdd", "dtcq", "dtcd", "nha", "noi", "office", "cell",
];

/// Words before the digits of an extension, folded.
const EXTENSIONS: &[&str] = &["bo", "le", "nhanh", "ext", "extension", "exten"];

/// The numbers of a part without the words beside them, apart by `;`; and the extension.
fn without_words(part: &str) -> (String, Option<String>) {
    let mut number = String::with_capacity(part.len());
    let mut extension: Option<String> = None;
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        if !first.is_alphabetic() {
            let end = rest.find(char::is_alphabetic).unwrap_or(rest.len());
            match &mut extension {
                Some(digits) => digits.extend(rest[..end].chars().filter(char::is_ascii_digit)),
                None => number.push_str(&rest[..end]),
            }
            rest = &rest[end..];
            continue;
        }
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let word = fold(&rest[..end]);
        // Letters within digits are no words: `09O5`.
        let within = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inside =
            within(number.chars().last()) && within(rest[end..].chars().next()) && end <= 2;
        match word.as_str() {
            _ if inside => number.push_str(&rest[..end]),
            "hoac" | "va" => number.push(';'),
            word if EXTENSIONS.contains(&word) => extension = Some(String::new()),
            word if LABELS.contains(&word) => {}
            _ => number.push_str(&rest[..end]),
        }
        rest = &rest[end..];
    }
    let number = number
        .trim_matches(['(', ')', '[', ']', ':', '.', ' ', '-'])
        .to_owned();
    (
        number,
        extension.filter(|digits| (1..=6).contains(&digits.len())),
    )
}

/// A whole number of a desk, and the few digits in brackets or after a hyphen behind it:
/// `0262 3851234 (105)`.
fn bracketed(number: &str) -> Option<(String, String)> {
    let (whole, behind) = number.rsplit_once(['(', '-'])?;
    let digits = behind.trim().trim_end_matches(')');
    let is_extension =
        (2..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let is_desk = Phone::read(whole).is_ok_and(|phone| !phone.is_mobile());
    (is_extension && is_desk && Phone::read(number).is_err())
        .then(|| (whole.trim().to_owned(), digits.to_owned()))
}

/// Numbers that only blanks keep apart.
fn read_run(part: &str) -> Option<Vec<Phone>> {
    let mut phones = Vec::new();
    let mut open = String::new();
    for group in part.split_whitespace() {
        if group.starts_with(['0', '+'])
            && let Ok(whole) = Phone::read(&open)
        {
            phones.push(whole);
            open.clear();
        }
        open.push_str(group);
    }
    phones.push(Phone::read(&open).ok()?);
    Some(phones)
}

/// Beginnings of mobile numbers of eleven digits, and of today's that took their place in
/// September 2018 (plan of the Ministry of Information and Communications, decision 798/QĐ-BTTTT).
const OLD_MOBILES: &[(&str, &str)] = &[
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0126", "076"),
    ("0128", "078"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0127", "081"),
    ("0129", "082"),
    ("0162", "032"),
    ("0163", "033"),
    ("0164", "034"),
    ("0165", "035"),
    ("0166", "036"),
    ("0167", "037"),
    ("0168", "038"),
    ("0169", "039"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];

/// The area codes of Đắk Lắk and Phú Yên until 2017, and since.
const OLD_AREAS: &[(&str, &str)] = &[("0500", "0262"), ("057", "0257")];

impl Phone {
    /// Today's form of a number in an old form: eleven digits of a mobile, an old area code.
    #[must_use]
    pub fn today(&self) -> Option<Self> {
        let number = &self.0;
        for (old, new) in OLD_AREAS {
            if let Some(rest) = number.strip_prefix(old)
                && rest.len() >= 6
            {
                return Some(Self(format!("{new}{rest}")));
            }
        }
        if number.len() != 11 {
            return None;
        }
        let (_, new) = OLD_MOBILES
            .iter()
            .find(|(old, _)| number.starts_with(old))?;
        Some(Self(format!("{new}{}", &number[4..])))
    }
}

fn is_national(digits: &str) -> bool {
    let second = digits.as_bytes().get(1);
    digits.starts_with('0')
        && match digits.len() {
            10 => matches!(second, Some(b'3' | b'5' | b'7' | b'8' | b'9')),
            11 => {
                let begins = |(old, _): &(&str, &str)| digits.starts_with(old);
                second == Some(&b'2')
                    || OLD_MOBILES.iter().any(begins)
                    || OLD_AREAS[..1].iter().any(begins)
            }
            _ => false,
        }
}

fn is_service(digits: &str) -> bool {
    (8..=10).contains(&digits.len()) && (digits.starts_with("1800") || digits.starts_with("1900"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_units_write_them() {
        let check = |given: &str, expect: &[&str]| {
            let read = read_phones(given).expect(given);
            let digits: Vec<&str> = read.iter().map(Phone::digits).collect();
            assert_eq!(digits, expect, "{given}");
        };
        check("0905 123 456", &["0905123456"]);
        check("0905.123.456", &["0905123456"]);
        check("905123456", &["0905123456"]);
        check("+84 905 123 456", &["0905123456"]);
        check("+84 (0) 905 123 456", &["0905123456"]);
        check("84905123456", &["0905123456"]);
        check("0084905123456", &["0905123456"]);
        check("(0262) 3859699", &["02623859699"]);
        check("2623859699", &["02623859699"]);
        check("0500 385 969", &["0500385969"]);
        check("01201234567", &["01201234567"]);
        check("1900 1234", &["19001234"]);
        check(
            "0262.3859699 - 0905 123 456",
            &["02623859699", "0905123456"],
        );
        check(
            "0905123456; 0905 123 456/0911000111",
            &["0905123456", "0911000111"],
        );
        check("0905 123 456 0911 000 111", &["0905123456", "0911000111"]);
        check("0262-385-9699", &["02623859699"]);
        check("", &[]);
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        let check = |given: &str, expect: PhoneFault| {
            assert_eq!(read_phones(given), Err(expect), "{given}");
        };
        check("09O5 l23 45", PhoneFault::Letter('O'));
        check("O905 123 456", PhoneFault::Letter('O'));
        check("0905 123", PhoneFault::Digits(7));
        check("0905 123 45678", PhoneFault::Digits(12));
        check("0405 123 456", PhoneFault::Digits(10));
        check("0111 222 3334", PhoneFault::Digits(11));
        check("9.05E+08", PhoneFault::Digits(5));
        check("---", PhoneFault::Digits(0));
    }

    #[test]
    fn words_and_extensions_beside_numbers_are_understood() {
        let check = |given: &str, expect: &[(&str, Option<&str>)]| {
            let read = read_cell(given).expect(given);
            let read: Vec<_> = read
                .iter()
                .map(|written| (written.phone.digits(), written.extension.as_deref()))
                .collect();
            assert_eq!(read, expect, "{given}");
        };
        check(
            "DĐ: 0905123456; CQ: 02623859699",
            &[("0905123456", None), ("02623859699", None)],
        );
        check("0905123456 (Zalo)", &[("0905123456", None)]);
        check(
            "0905123456 hoặc 0911000111",
            &[("0905123456", None), ("0911000111", None)],
        );
        check("905123407.0", &[("0905123407", None)]);
        check(
            "0262 3851238 (số nội bộ 115)",
            &[("02623851238", Some("115"))],
        );
        check("02623859699 máy lẻ 102", &[("02623859699", Some("102"))]);
        check(
            "0262.3859699 (ext 12) - 0905 123 456",
            &[("02623859699", Some("12")), ("0905123456", None)],
        );
        check("0262 3851234 (105)", &[("02623851234", Some("105"))]);
        check("02623851234-104", &[("02623851234", Some("104"))]);
        check(
            "0500.3171084 - 0168 171 0846",
            &[("05003171084", None), ("01681710846", None)],
        );
    }

    #[test]
    fn old_numbers_have_a_form_of_today() {
        let check = |given: &str, expect: Option<&str>| {
            let today = Phone::read(given).expect(given).today();
            assert_eq!(today.as_ref().map(Phone::digits), expect, "{given}");
        };
        check("0500.3171084", Some("02623171084"));
        check("(057) 3841698", Some("02573841698"));
        check("0168 171 0846", Some("0381710846"));
        check("0123 212 5660", Some("0832125660"));
        check("0120 304 7894", Some("0703047894"));
        check("0905123456", None);
        check("02623171084", None);
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        let check = |given: &str, expect: &str| {
            assert_eq!(Phone::read(given).expect(given).to_string(), expect);
        };
        check("0905123456", "0905 123 456");
        check("02623859699", "0262 385 9699");
        check("19001234", "1900 1234");
    }
}
