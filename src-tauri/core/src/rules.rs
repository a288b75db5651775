//! What the book goes by: the profile in force, who is meant by its recipients, how long an
//! answered call counts. Settings of the book, or what is usual.

use crate::clock::DAY;
use crate::drill::FRESH;
use crate::error::Result;
use crate::id::UnitId;
use crate::incident::Incident;
use crate::notice::Notice;
use crate::profile::{Profile, Recipient, Rule, shipped};
use crate::setting::{FRESH_DAYS, OWN_PROFILE, PROFILE, RECIPIENT, TEMPLATE};
use crate::store::Reader;
use crate::unit::{Group, Register};

/// Who is meant by a recipient here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The unit, where it is one of the book.
    pub unit: Option<UnitId>,
    /// What it is called.
    pub name: String,
}

impl Reader<'_> {
    /// The profiles there are: those that ship, then the office's own.
    ///
    /// # Errors
    /// Those of the store.
    pub fn profiles(self) -> Result<Vec<Profile>> {
        let mut profiles = shipped().to_vec();
        for (key, text) in self.settings()? {
            if key.starts_with(OWN_PROFILE)
                && let Ok(own) = Profile::read(&text)
            {
                profiles.push(own);
            }
        }
        Ok(profiles)
    }

    /// The profile in force.
    ///
    /// # Errors
    /// Those of the store.
    pub fn profile(self) -> Result<Profile> {
        let mut profiles = self.profiles()?;
        let wanted = self.settings()?.remove(PROFILE);
        let at = profiles
            .iter()
            .position(|profile| Some(&profile.key) == wanted.as_ref());
        Ok(profiles.swap_remove(at.unwrap_or(0)))
    }

    /// The rule that asks for a notice; `None` when its profile is no more.
    ///
    /// # Errors
    /// Those of the store.
    pub fn rule_of(self, notice: &Notice) -> Result<Option<Rule>> {
        let profiles = self.profiles()?.into_iter();
        let rules = profiles
            .filter(|profile| profile.key == notice.profile)
            .flat_map(|profile| profile.notices);
        let mut rules = rules.filter(|rule| rule.key == notice.rule);
        Ok(rules.next())
    }

    /// Who is meant by a recipient: as the settings say, else our own unit for who coordinates,
    /// the first of the police, the unit over that of the incident for who owns the system.
    ///
    /// # Errors
    /// Those of the store.
    pub fn recipient(self, recipient: Recipient, incident: Option<&Incident>) -> Result<Told> {
        let units = self.units()?;
        let of = |unit: &crate::unit::Unit| Told {
            unit: Some(unit.id),
            name: unit.name.clone(),
        };
        let key = format!("{RECIPIENT}{}", recipient.key());
        if let Some(given) = self.settings()?.remove(&key) {
            let found = Register::new(&units).find(&given).map(of);
            return Ok(found.unwrap_or(Told {
                unit: None,
                name: given,
            }));
        }
        let usual = match recipient {
            Recipient::Coordinator => units.iter().find(|unit| unit.ours),
            Recipient::Police => units.iter().find(|unit| unit.group == Group::Police),
            Recipient::Owner => incident.and_then(|incident| {
                let struck = units.iter().find(|unit| unit.id == incident.unit)?;
                let over = units.iter().find(|unit| Some(unit.id) == struck.parent);
                Some(over.unwrap_or(struck))
            }),
            _ => None,
        };
        Ok(usual.map_or_else(
            || Told {
                unit: None,
                name: usual_name(recipient).to_owned(),
            },
            of,
        ))
    }

    /// For how long an answered call counts, in milliseconds.
    ///
    /// # Errors
    /// Those of the store.
    pub fn fresh(self) -> Result<i64> {
        let days = self.settings()?.remove(FRESH_DAYS);
        let days = days.and_then(|days| days.parse::<i64>().ok());
        Ok(days.map_or(FRESH, |days| days * DAY))
    }

    /// Lines that recur, to be written with one key each, in the order of their numbers.
    ///
    /// # Errors
    /// Those of the store.
    pub fn templates(self) -> Result<Vec<String>> {
        let mut templates: Vec<(u8, String)> = self
            .settings()?
            .into_iter()
            .filter_map(|(key, text)| Some((key.strip_prefix(TEMPLATE)?.parse().ok()?, text)))
            .collect();
        templates.sort_unstable();
        Ok(templates.into_iter().map(|(_, text)| text).collect())
    }
}

/// What a recipient outside the province is called.
const fn usual_name(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Coordinator => "Đơn vị điều phối",
        Recipient::Police => "Công an tỉnh",
        Recipient::Owner => "Cơ quan chủ quản",
        Recipient::National => "Cơ quan điều phối quốc gia (VNCERT/CC)",
        Recipient::Response => "Đơn vị chuyên trách ứng cứu",
        Recipient::Security => "Cơ quan chuyên trách của Bộ Công an",
        Recipient::DataProtection => "Cơ quan bảo vệ dữ liệu cá nhân",
    }
}
