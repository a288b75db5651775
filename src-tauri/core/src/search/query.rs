//! What somebody typed, and what an answer to it is worth.

use memchr::memmem;
use unicode_normalization::UnicodeNormalization;

use super::SHORT;
use crate::text::fold;

/// A word of the title.
pub(super) const NAMED: u8 = 16;
/// The beginning of a word of the title.
pub(super) const BEGUN: u8 = 10;
/// A word beside the title, or digits of a number.
pub(super) const BESIDE: u8 = 4;
/// The beginning of a word beside the title.
pub(super) const BEGUN_BESIDE: u8 = 2;
/// The beginning of a name's initials.
pub(super) const INITIALS: u8 = 1;

/// The number begins with the digits, when nothing else was typed.
pub(super) const DIALLED: u8 = 80;
/// The digits are within the number.
pub(super) const WITHIN: u8 = 40;

/// The title is just what was typed.
const WHOLE: u32 = 24;
/// What was typed stands so in the title.
const TOGETHER: u32 = 12;
/// A word of the title with the very accents that were typed.
const ACCENTED: u32 = 4;

/// What somebody typed.
pub(super) struct Query {
    pub(super) whole: String,
    pub(super) words: Vec<Word>,
    /// The words with their accents, in small letters.
    exact: Vec<String>,
    /// The digits, when nothing but a number was typed.
    pub(super) digits: Option<memmem::Finder<'static>>,
    together: memmem::Finder<'static>,
}

/// A folded word, to be looked for in lines of folded words that each follow a blank.
pub(super) struct Word {
    pub(super) folded: String,
    pub(super) needle: memmem::Finder<'static>,
    /// Whether it may stand anywhere within a telephone number.
    pub(super) is_number: bool,
}

impl Query {
    pub(super) fn new(typed: &str) -> Self {
        let whole = fold(typed);
        let digits = digits_of(typed);
        let word = |word: &str| Word::new(word, digits.is_none());
        Self {
            words: whole
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(word)
                .collect(),
            exact: typed
                .to_lowercase()
                .nfc()
                .collect::<String>()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            together: needle(&format!(" {whole}")),
            digits: digits.as_deref().map(needle),
            whole,
        }
    }

    /// Whether only people and units are looked through.
    pub(super) fn is_short(&self) -> bool {
        self.whole.chars().filter(|&c| c != ' ').count() < SHORT
    }

    /// What a title is worth for more than its single words, of which the best stands there as
    /// `strength`. `folded` has a blank before each word.
    pub(super) fn bonus(&self, folded: &str, shown: &str, strength: u8) -> u32 {
        let mut bonus = 0;
        if strength < BEGUN {
            return bonus;
        }
        if self.words.len() == 1 || self.together.find(folded.as_bytes()).is_some() {
            bonus += TOGETHER;
            if folded.len() == self.whole.len() + 1 {
                bonus += WHOLE;
            }
        }
        if strength == NAMED {
            let written = |word: &&String| shown.split_whitespace().any(|known| same(known, word));
            bonus += self.exact.iter().filter(written).count() as u32 * ACCENTED;
        }
        bonus
    }

    /// What a line of the log is worth. It says much; what is named like the words is meant
    /// sooner.
    pub(super) fn worth_of_line(&self, text: &str) -> u32 {
        let folded = format!(" {}", fold(text));
        let strengths: Vec<u8> = self.words.iter().map(|w| w.strength_in(&folded)).collect();
        if strengths.contains(&0) {
            return 0;
        }
        let best = strengths.iter().copied().max().unwrap_or(0);
        let words: u32 = strengths.into_iter().map(u32::from).sum();
        (words + self.bonus(&folded, text, best)) / 4 * 2
    }
}

impl Word {
    fn new(word: &str, may_be_number: bool) -> Self {
        let is_number =
            may_be_number && word.len() >= SHORT && word.bytes().all(|b| b.is_ascii_digit());
        Self {
            needle: match is_number {
                true => needle(word),
                false => needle(&format!(" {word}")),
            },
            folded: word.to_owned(),
            is_number,
        }
    }

    /// As which word of a title it stands there: [`NAMED`], [`BEGUN`] or 0.
    pub(super) fn strength_in(&self, folded: &str) -> u8 {
        let word = self.folded.as_bytes();
        let known = folded.as_bytes().split(|&b| b == b' ');
        let strength = |known: &[u8]| match known.starts_with(word) {
            true if known.len() == word.len() => NAMED,
            true => BEGUN,
            false => 0,
        };
        known.map(strength).max().unwrap_or(0)
    }
}

impl Word {
    /// Whether it stands in a title but for one slip of the pen.
    pub(super) fn nearly_in(&self, folded: &str) -> bool {
        let word = self.folded.as_bytes();
        word.len() >= SHORT
            && !word.iter().any(u8::is_ascii_digit)
            && folded
                .as_bytes()
                .split(|&b| b == b' ')
                .any(|known| is_slip(word, known))
    }
}

/// Whether two words differ by one letter: another, one more, one less, or two that changed places.
fn is_slip(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    match (short, long) {
        ([], _) => long.len() == 1,
        ([a, b, rest @ ..], [c, d, more @ ..]) if a == d && b == c => rest == more,
        _ if short.len() == long.len() => short[1..] == long[1..],
        _ => short == &long[1..],
    }
}

/// What a word of a title is worth when it stands beside the title.
pub(super) fn beside(strength: u8) -> u8 {
    match strength {
        NAMED => BESIDE,
        BEGUN => BEGUN_BESIDE,
        _ => 0,
    }
}

fn needle(text: &str) -> memmem::Finder<'static> {
    memmem::Finder::new(text.as_bytes()).into_owned()
}

/// Whether a word is that one, which is in small letters.
fn same(word: &str, small: &str) -> bool {
    word.chars().flat_map(char::to_lowercase).eq(small.chars())
}

/// The digits as numbers are kept, when enough was typed and nothing else.
fn digits_of(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+');
    if !typed.chars().all(number) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let national = match digits.strip_prefix("84") {
        Some(rest) if typed.starts_with('+') => format!("0{rest}"),
        _ => digits,
    };
    (national.len() >= SHORT).then_some(national)
}
