//! A unit: an agency, a district, a company, that must name who answers.

pub(crate) mod group;
pub mod import;
mod mention;
mod read;
mod write;

pub use mention::Mention;

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::UnitId;
use crate::text::similarity;
use crate::text::{fold, one_line, tidy_some};
use crate::word::words;

words! {
    /// The group a unit is listed under.
    Group, "group" {
        /// The party and its mass organisations.
        Party = "party",
        /// The delegation of the national assembly and the people's council.
        Assembly = "assembly",
        /// Departments of the province.
        Department = "department",
        /// Districts, towns and cities (until June 2025).
        District = "district",
        /// Communes and wards (from July 2025).
        Commune = "commune",
        /// Post, telecom and internet companies.
        Telecom = "telecom",
        /// The police.
        Police = "police",
        /// Polling stations and groups.
        Polling = "polling",
        /// Whatever else.
        Other = "other",
    }
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its identity.
    pub id: UnitId,
    /// Its code in the province's list.
    pub code: Option<String>,
    /// Its full name.
    pub name: String,
    /// A short name for narrow places.
    pub short_name: Option<String>,
    /// Its group.
    pub group: Group,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// Its switchboard, as written.
    pub phone: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// Other names under which it is known: as somebody wrote it, or as it was called.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it is our own unit, whose people keep this book.
    pub ours: bool,
    /// From when on it is no more.
    #[serde(default)]
    pub ended_at: Option<Instant>,
    /// When it took the place of others; nobody is asked of it before.
    #[serde(default)]
    pub began_at: Option<Instant>,
    /// The unit that took its place then.
    #[serde(default)]
    pub succeeded_by: Option<UnitId>,
    /// Whether it was taken off the list.
    pub removed: bool,
}

impl Unit {
    /// A unit of which only name and group are known.
    #[must_use]
    pub fn new(id: UnitId, name: String, group: Group) -> Self {
        Self {
            id,
            code: None,
            name,
            short_name: None,
            group,
            parent: None,
            phone: None,
            email: None,
            address: None,
            note: None,
            aliases: Vec::new(),
            ours: false,
            ended_at: None,
            began_at: None,
            succeeded_by: None,
            removed: false,
        }
    }

    /// The unit in the one form in which units are kept: all but the note in one line.
    #[must_use]
    pub fn in_one_form(mut self) -> Self {
        self.name = one_line(&self.name);
        for field in [
            &mut self.code,
            &mut self.short_name,
            &mut self.phone,
            &mut self.email,
            &mut self.address,
        ] {
            *field = field
                .take()
                .map(|text| one_line(&text))
                .filter(|text| !text.is_empty());
        }
        self.note = self.note.as_deref().and_then(tidy_some);
        let mut aliases: Vec<String> = Vec::new();
        for alias in self.aliases.drain(..).map(|alias| one_line(&alias)) {
            if !alias.is_empty() && !aliases.iter().any(|known| fold(known) == fold(&alias)) {
                aliases.push(alias);
            }
        }
        self.aliases = aliases;
        self
    }
}

/// Units by every name under which somebody may call them.
#[derive(Debug)]
pub struct Register<'a> {
    by_code: HashMap<String, &'a Unit>,
    by_id: HashMap<UnitId, &'a Unit>,
    by_name: HashMap<String, Vec<&'a Unit>>,
    by_short_name: HashMap<String, Vec<&'a Unit>>,
    by_alias: HashMap<String, Vec<&'a Unit>>,
    by_key: HashMap<String, Vec<&'a Unit>>,
    keys: Vec<(String, &'a Unit)>,
    /// The provinces of which names speak, folded.
    provinces: HashSet<String>,
}

impl<'a> Register<'a> {
    /// The register of these units.
    #[must_use]
    pub fn new(units: &'a [Unit]) -> Self {
        let mut register = Self {
            by_code: HashMap::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            by_short_name: HashMap::new(),
            by_alias: HashMap::new(),
            by_key: HashMap::new(),
            keys: Vec::with_capacity(units.len()),
            provinces: HashSet::new(),
        };
        for unit in units {
            if let Some(code) = &unit.code {
                register
                    .by_code
                    .entry(code.to_ascii_uppercase())
                    .or_insert(unit);
            }
            register.by_id.insert(unit.id, unit);
            register
                .by_name
                .entry(fold(&unit.name))
                .or_default()
                .push(unit);
            if let Some(name) = &unit.short_name {
                register
                    .by_short_name
                    .entry(fold(name))
                    .or_default()
                    .push(unit);
            }
            for alias in &unit.aliases {
                register.by_alias.entry(fold(alias)).or_default().push(unit);
            }
            let names = [&unit.name]
                .into_iter()
                .chain(&unit.short_name)
                .chain(&unit.aliases);
            for key in names.flat_map(|name| similarity::known_keys(name)) {
                let named = register.by_key.entry(key).or_default();
                if named.last().is_none_or(|last| last.id != unit.id) {
                    named.push(unit);
                }
            }
            let folded = fold(&unit.name);
            register
                .provinces
                .extend(similarity::province(&folded).map(str::to_owned));
            register.keys.push((similarity::key(&unit.name), unit));
        }
        register
    }

    /// The unit with this id.
    #[must_use]
    pub fn get(&self, id: UnitId) -> Option<&'a Unit> {
        self.by_id.get(&id).copied()
    }

    /// The unit with this code, in any case.
    #[must_use]
    pub fn with_code(&self, code: &str) -> Option<&'a Unit> {
        self.by_code.get(&code.trim().to_ascii_uppercase()).copied()
    }

    /// Like [`Register::find`], but the first of several.
    #[must_use]
    pub(crate) fn find_first(&self, given: &str) -> Option<&'a Unit> {
        let folded = fold(given);
        let named = || {
            self.by_name
                .get(&folded)
                .or_else(|| self.by_short_name.get(&folded))
        };
        self.find(given).ok().or_else(|| named()?.first().copied())
    }

    /// The unit that `given` means, written otherwise than it is called here.
    #[must_use]
    pub fn like(&self, given: &str) -> Like<'a> {
        /// From here on somebody may be asked.
        const PERHAPS: f64 = 0.6;
        for key in similarity::given_keys(given, |province| self.provinces.contains(province)) {
            if let Some([unit]) = self.by_key.get(&key).map(Vec::as_slice) {
                return Like::Same(unit);
            }
        }
        let folded = fold(given);
        let part = |unit: &Unit| {
            let name = fold(&unit.name);
            let within = |long: &str, short: &str| {
                short.len() >= 6 && long.contains(short) && long.len() > short.len()
            };
            within(&name, &folded) || within(&folded, &name)
        };
        let name = given;
        let given = similarity::key(given);
        let scored = self
            .keys
            .iter()
            .filter(|(_, unit)| !similarity::are_apart(name, &unit.name))
            .map(|(key, unit)| (similarity::score(&given, key), *unit));
        let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
        match best {
            Some((score, unit)) if score >= PERHAPS => Like::Perhaps(unit),
            _ => match self.keys.iter().find(|(_, unit)| part(unit)) {
                Some((_, unit)) => Like::Perhaps(unit),
                None => Like::None,
            },
        }
    }

    /// The only unit whose name stands within a longer text, as in a title over a list.
    #[must_use]
    pub fn within(&self, text: &str) -> Option<&'a Unit> {
        let text = format!(" {} ", fold(text));
        let named = self.keys.iter().map(|(_, unit)| *unit);
        let held = named.filter(|unit| text.contains(&format!(" {} ", fold(&unit.name))));
        // The longest of several: "Công an huyện Lắk" holds "Công an".
        held.max_by_key(|unit| unit.name.len())
    }

    /// The unit that `given` names: by code, id, folded name, short name or alias.
    ///
    /// # Errors
    /// [`Code::UnitUnknown`], [`Code::UnitAmbiguous`].
    pub fn find(&self, given: &str) -> Result<&'a Unit> {
        if let Some(unit) = self.with_code(given) {
            return Ok(unit);
        }
        let id = given.trim().parse::<uuid::Uuid>();
        if let Some(unit) = id.ok().and_then(|id| self.get(UnitId(id))) {
            return Ok(unit);
        }
        let folded = fold(given);
        let named = self
            .by_name
            .get(&folded)
            .or_else(|| self.by_short_name.get(&folded))
            .or_else(|| self.by_alias.get(&folded));
        match named.map(Vec::as_slice) {
            Some([unit]) if !folded.is_empty() => Ok(unit),
            Some(several) if !folded.is_empty() => {
                Err(Error::new(Code::UnitAmbiguous).with("given", given).with(
                    "found",
                    several
                        .iter()
                        .map(|unit| shown(unit))
                        .collect::<Vec<_>>()
                        .join("; "),
                ))
            }
            _ => Err(Error::new(Code::UnitUnknown).with("given", given)),
        }
    }
}

/// How surely a name means a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Like<'a> {
    /// Abbreviated, or spelt as others spell it.
    Same(&'a Unit),
    /// Somebody has to say.
    Perhaps(&'a Unit),
    /// None.
    None,
}

fn shown(unit: &Unit) -> String {
    match &unit.code {
        Some(code) => format!("{code} {}", unit.name),
        None => unit.name.clone(),
    }
}

/// Our own unit among these, when it is known.
#[must_use]
pub fn own(units: &[Unit]) -> Option<&Unit> {
    units.iter().find(|unit| unit.ours)
}

/// Sorts as an office lists its units: by group, then by code, those without one last, by name.
pub fn sort(units: &mut [Unit]) {
    units.sort_by_cached_key(|unit| {
        (
            unit.group,
            unit.code.is_none(),
            unit.code.clone(),
            fold(&unit.name),
            unit.id,
        )
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_unit_is_found_by_code_name_or_id() {
        let mut district = Unit::new(
            UnitId(Uuid::from_u128(1)),
            "UBND huyện Cư M'gar".into(),
            Group::District,
        );
        district.code = Some("DIS006".into());
        district.short_name = Some("Cư M'gar".into());
        let twin = |n| {
            Unit::new(
                UnitId(Uuid::from_u128(n)),
                "Tổ bầu cử số 1".into(),
                Group::Polling,
            )
        };
        let units = [district, twin(2), twin(3)];
        let check = |given: &str, expect: std::result::Result<u128, Code>| {
            let found = Register::new(&units)
                .find(given)
                .map(|unit| unit.id.0.as_u128());
            assert_eq!(found.map_err(|error| error.code), expect, "{given}");
        };
        check("dis006", Ok(1));
        check("ubnd huyen cu m’gar", Ok(1));
        check("cu mgar", Ok(1));
        check("00000000-0000-0000-0000-000000000002", Ok(2));
        check("Tổ bầu cử số 1", Err(Code::UnitAmbiguous));
        check("Sở Không Có Thật", Err(Code::UnitUnknown));
        check(" - ", Err(Code::UnitUnknown));
        let like = |given: &str| Register::new(&units).like(given);
        assert_eq!(like("UBND huyện Cư M'gahr"), Like::Perhaps(&units[0]));
        assert_eq!(like("UBND huyện Cư Kuin"), Like::None);
    }
}
