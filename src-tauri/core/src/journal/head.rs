//! A head: enough of a record's hash to be written on paper.

use std::fmt;

use super::Hash;
use crate::error::{Code, Error, Result};

/// Digits and letters that are not mistaken for each other (no I, L, O, U).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 26;

/// The first 130 bits of a record's hash, as 26 letters and digits in groups of four. A book
/// that contains the record holds everything that was in it then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head(String);

impl Head {
    /// The head that names this hash.
    #[must_use]
    pub fn of(hash: &Hash) -> Self {
        let bit = |n: usize| usize::from(hash.0[n / 8] >> (7 - n % 8) & 1);
        let digit = |n: usize| (0..5).fold(0, |digit, i| digit << 1 | bit(5 * n + i));
        Self((0..LENGTH).map(|n| DIGITS[digit(n)] as char).collect())
    }

    /// Reads a head as somebody types it from paper: in any case, with or without hyphens,
    /// O for 0, I or L for 1.
    ///
    /// # Errors
    /// [`Code::HeadInvalid`].
    pub fn parse(given: &str) -> Result<Self> {
        let digits: String = given
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .collect();
        let known = |c: char| c.is_ascii() && DIGITS.contains(&(c as u8));
        if digits.len() == LENGTH && digits.chars().all(known) {
            Ok(Self(digits))
        } else {
            Err(Error::new(Code::HeadInvalid).with("given", given))
        }
    }

    /// The first eight, as a screen shows them: `K7QM-2XTA`.
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}-{}", &self.0[..4], &self.0[4..8])
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, c) in self.0.chars().enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_was_written_down() {
        let head = Head::of(&Hash(*blake3::hash(b"so").as_bytes()));
        let shown = head.to_string();
        assert_eq!(shown.len(), 26 + 6);
        assert!(shown.starts_with(&head.short()));
        let typed = shown
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(Head::parse(&typed).ok(), Some(head));
        assert!(Head::parse("K7QM-2XTA").is_err());
        assert!(Head::parse(&"U".repeat(26)).is_err());
    }
}
