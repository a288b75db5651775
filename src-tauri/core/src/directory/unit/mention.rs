//! A unit named in a line that goes on after it: `@so y te mat mang tang 2`.

use super::{Register, Unit};
use crate::error::{Code, Result};
use crate::text::fold;

/// No name of a unit has more words.
const LONGEST: usize = 16;

/// A unit that words begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// How many of the words name it.
    pub words: usize,
    /// Whether the words may go on to be the name of another.
    pub open: bool,
}

impl<'a> Register<'a> {
    /// The unit whose whole name, short name, other name or code the words begin with, with or
    /// without accents: the longest of several.
    ///
    /// # Errors
    /// [`Code::UnitAmbiguous`] when it is the name of several, [`Code::UnitUnknown`].
    pub fn mentioned(&self, text: &str) -> Result<Mention<'a>> {
        let all: Vec<&str> = text.split_whitespace().take(LONGEST).collect();
        for words in (1..=all.len()).rev() {
            let named = all[..words].join(" ");
            match self.find(named.trim_end_matches([',', '.', ':', ';'])) {
                Ok(unit) => {
                    let open = self.goes_on(&fold(&named), unit);
                    return Ok(Mention { unit, words, open });
                }
                Err(error) if error.code == Code::UnitUnknown => {}
                Err(error) => return Err(error),
            }
        }
        self.find(text).map(|unit| Mention {
            unit,
            words: all.len(),
            open: false,
        })
    }

    /// Whether a name of another unit begins with these folded words.
    fn goes_on(&self, words: &str, unit: &Unit) -> bool {
        let begun = format!("{words} ");
        let names = [&self.by_name, &self.by_short_name, &self.by_alias];
        names
            .iter()
            .flat_map(|names| names.iter())
            .any(|(name, of)| {
                name.starts_with(&begun) && of.iter().any(|other| other.id != unit.id)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::unit::Group;
    use crate::id::UnitId;
    use uuid::Uuid;

    #[test]
    fn a_name_at_the_beginning_is_the_longest_that_is_one() {
        let unit = |n: u128, name: &str, short: &str, code: &str| Unit {
            short_name: Some(short.to_owned()).filter(|name| !name.is_empty()),
            code: Some(code.to_owned()).filter(|code| !code.is_empty()),
            ..Unit::new(
                UnitId(Uuid::from_u128(n)),
                name.to_owned(),
                Group::Department,
            )
        };
        let units = [
            unit(1, "Sở Y tế", "SYT", "DEP01"),
            unit(2, "Sở Nội vụ", "", ""),
            unit(3, "Sở Nội vụ Khu vực Hai", "", ""),
            unit(4, "Chi cục Một", "CC", ""),
            unit(5, "Chi cục Hai", "CC", ""),
        ];
        let register = Register::new(&units);
        let check = |text: &str, expect: std::result::Result<(u128, usize, bool), Code>| {
            let found = register.mentioned(text);
            let found = found.map(|found| (found.unit.id.0.as_u128(), found.words, found.open));
            assert_eq!(found.map_err(|error| error.code), expect, "{text}");
        };
        check("so y te", Ok((1, 3, false)));
        check("Sở Y tế mất mạng tầng 2", Ok((1, 3, false)));
        check("so y te, mat mang", Ok((1, 3, false)));
        check("syt mất mạng", Ok((1, 1, false)));
        check("dep01 mất mạng", Ok((1, 1, false)));
        check("so noi vu", Ok((2, 3, true)));
        check("so noi vu khu vuc hai", Ok((3, 6, false)));
        check("so noi vu khu vực khác", Ok((2, 3, true)));
        check("cc mất mạng", Err(Code::UnitAmbiguous));
        check("so y", Err(Code::UnitUnknown));
        check("", Err(Code::UnitUnknown));
    }
}
