//! Telephone numbers in Vietnam: read as units write them, kept as digits, shown in groups.

use serde::{Deserialize, Serialize};
use std::fmt;

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
                    && !self.0.starts_with("0500")
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
            return Err(PhoneFault::Letter(letter));
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

/// The numbers in one cell; several stand apart by `;`, `,`, `/`, a line end or a hyphen
/// between blanks.
///
/// # Errors
/// The first number that cannot be dialled.
pub fn read_phones(cell: &str) -> Result<Vec<Phone>, PhoneFault> {
    let mut phones = Vec::new();
    for part in cell.replace(" - ", ";").split([';', ',', '/', '\n']) {
        if part.trim().is_empty() {
            continue;
        }
        let read = match Phone::read(part) {
            Ok(phone) => vec![phone],
            Err(fault) => read_run(part).ok_or(fault)?,
        };
        for phone in read {
            if !phones.contains(&phone) {
                phones.push(phone);
            }
        }
    }
    Ok(phones)
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

fn is_national(digits: &str) -> bool {
    let second = digits.as_bytes().get(1);
    digits.starts_with('0')
        && match digits.len() {
            10 => matches!(second, Some(b'3' | b'5' | b'7' | b'8' | b'9')),
            11 => matches!(second, Some(b'1' | b'2')),
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
        check("0905 123", PhoneFault::Digits(7));
        check("0905 123 45678", PhoneFault::Digits(12));
        check("0405 123 456", PhoneFault::Digits(10));
        check("---", PhoneFault::Digits(0));
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
