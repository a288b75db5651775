//! Finding people, units, incidents and lines by a few words, with accents or without.

use serde::Serialize;

use crate::entry::{Entry, Line};
use crate::error::Result;
use crate::store::Reader;
use crate::text::fold;
use crate::unit::Register;
use crate::word::words;
use unicode_normalization::UnicodeNormalization;

words! {
    /// What was found.
    Found, "found" {
        /// A unit.
        Unit = "unit",
        /// A person.
        Person = "person",
        /// An incident.
        Incident = "incident",
        /// A line of the log.
        Entry = "entry",
    }
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What it is.
    pub kind: Found,
    /// Its id; of a line its name (`DLK-148`).
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What tells it from others of that name.
    pub detail: String,
}

/// Below this many letters only people and units are looked through.
const SHORT: usize = 3;
/// How many lines of the log are taken.
const LINES: usize = 50;

/// What somebody typed.
struct Query {
    whole: String,
    words: Vec<String>,
    /// The words with their accents, in small letters.
    exact: Vec<String>,
    digits: Option<String>,
}

impl Query {
    fn new(typed: &str) -> Self {
        let whole = fold(typed);
        let number = typed
            .trim()
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+'));
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let digits = digits
            .strip_prefix("84")
            .filter(|_| typed.trim_start().starts_with('+'))
            .map_or(digits.clone(), |rest| format!("0{rest}"));
        Self {
            words: whole
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            exact: lower_words(typed),
            digits: (number && digits.len() >= SHORT).then_some(digits),
            whole,
        }
    }

    /// How well a title and a detail answer; `None` when some word is in neither.
    fn score(&self, title: &str, detail: &str) -> Option<u32> {
        let folded = fold(title);
        let titled: Vec<&str> = folded.split(' ').collect();
        let beside = fold(detail);
        let mut score = 0;
        for word in &self.words {
            let best = |words: &mut dyn Iterator<Item = &str>| -> u32 {
                words
                    .map(|known| match known {
                        _ if known == word => 8,
                        _ if known.starts_with(word.as_str()) => 5,
                        _ => 0,
                    })
                    .max()
                    .unwrap_or(0)
            };
            score += match best(&mut titled.iter().copied()) {
                0 => match best(&mut beside.split(' ')) {
                    0 => return None,
                    found => found / 3,
                },
                found => found,
            };
        }
        if folded == self.whole {
            score += 12;
        }
        if format!(" {folded}").contains(&format!(" {}", self.whole)) {
            score += 6;
        }
        let written = lower_words(title);
        score += self
            .exact
            .iter()
            .filter(|word| written.contains(word))
            .count() as u32
            * 2;
        Some(score)
    }
}

fn lower_words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .nfc()
        .collect::<String>()
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

impl Reader<'_> {
    /// What the words find, best first: people and units before incidents and lines of equal
    /// worth. Accents and case do not matter; words may be begun only, and stand in any order;
    /// three or more digits find numbers that contain them.
    ///
    /// # Errors
    /// Those of the store.
    pub fn search(self, typed: &str) -> Result<Vec<Hit>> {
        let query = Query::new(typed);
        if query.words.is_empty() {
            return Ok(Vec::new());
        }
        let mut hits: Vec<(u32, Hit)> = Vec::new();
        let units = self.units()?;
        let register = Register::new(&units);
        let unit_name = |id| {
            register
                .get(id)
                .map(|unit| unit.name.clone())
                .unwrap_or_default()
        };
        for unit in &units {
            let also = [&unit.code, &unit.short_name, &unit.address, &unit.note]
                .map(|text| text.as_deref().unwrap_or_default());
            let code = unit
                .code
                .as_deref()
                .is_some_and(|code| fold(code) == query.whole);
            if let Some(score) = query.score(&unit.name, &also.join(" ")) {
                hits.push((
                    score + if code { 20 } else { 0 },
                    Hit {
                        kind: Found::Unit,
                        id: unit.id.to_string(),
                        title: unit.name.clone(),
                        detail: unit.code.clone().unwrap_or_default(),
                    },
                ));
            }
        }
        for person in self.people()? {
            let unit = unit_name(person.unit);
            let numbers = || person.mobiles.iter().chain(&person.landline);
            let dialled = query.digits.as_ref().and_then(|digits| {
                let best = numbers().filter_map(|number| {
                    let at = number.digits().find(digits.as_str())?;
                    Some(if at == 0 { 40 } else { 20 })
                });
                best.max()
            });
            let also = [
                unit.as_str(),
                person.email.as_deref().unwrap_or_default(),
                person.title.as_deref().unwrap_or_default(),
                person.note.as_deref().unwrap_or_default(),
            ];
            let named = query
                .score(&person.full_name, &also.join(" "))
                .map(|score| {
                    let given = fold(&person.full_name).rsplit(' ').next()
                        == query.words.last().map(String::as_str);
                    score + if given { 6 } else { 0 }
                });
            if let Some(score) = dialled.max(named) {
                let number = person.number().map(ToString::to_string);
                hits.push((
                    score,
                    Hit {
                        kind: Found::Person,
                        id: person.id.to_string(),
                        title: person.full_name,
                        detail: [Some(unit), number]
                            .into_iter()
                            .flatten()
                            .collect::<Vec<_>>()
                            .join(" · "),
                    },
                ));
            }
        }
        if query.whole.len() >= SHORT {
            for incident in self.incidents()? {
                let unit = unit_name(incident.unit);
                if let Some(score) =
                    query.score(&incident.title, &format!("{} {unit}", incident.number))
                {
                    hits.push((
                        score,
                        Hit {
                            kind: Found::Incident,
                            id: incident.id.to_string(),
                            title: incident.title,
                            detail: format!("{} · {unit}", incident.number),
                        },
                    ));
                }
            }
            for entry in self.lines_with(&query.words, LINES)? {
                // A line says much; what is named like the words is meant sooner.
                let score = query.score(&entry.text, "").unwrap_or(0) / 2;
                hits.push((score, line_hit(entry)));
            }
        }
        // A name with a hyphen may be a line's: `DLK-148`.
        if let Ok(entry) = Line::parse(typed, "").and_then(|line| self.line(&line)) {
            hits.push((u32::MAX, line_hit(entry)));
        }
        hits.sort_by(|(a, _), (b, _)| b.cmp(a));
        Ok(hits.into_iter().map(|(_, hit)| hit).collect())
    }
}

fn line_hit(entry: Entry) -> Hit {
    let line = entry.line();
    Hit {
        kind: Found::Entry,
        id: line.to_string(),
        detail: match &entry.corrected_by {
            Some(by) => format!("{line} · {} → {by}", entry.occurred_at),
            None => format!("{line} · {}", entry.occurred_at),
        },
        title: entry.text,
    }
}
