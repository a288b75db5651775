//! What the book goes by: the profiles, the one in force, who is meant by its recipients, how long
//! an answered call counts. Settings of the book, or what is usual.

use std::collections::{BTreeMap, HashMap};

use crate::clock::{DAY, HOUR, Instant};
use crate::directory::drill::FRESH;
use crate::directory::unit::{Group, Register, Unit, own};
use crate::duty::calendar::{Calendar, Year};
use crate::duty::coverage::Limits;
use crate::duty::pattern::Pattern;
use crate::error::{Code, Error, Result};
use crate::id::UnitId;
use crate::incident::notice::Notice;
use crate::incident::profile::{Basis, Profile, Question, Recipient, Rule, Said, Trigger, shipped};
use crate::incident::{Incident, Severity};
use crate::messages::vietnamese;
use crate::office::setting::{
    BOUNDS, CALENDAR, FRESH_DAYS, OWN_PROFILE, PROFILE, PROFILES, RECIPIENT, REST_HOURS,
    STRETCH_HOURS, TEMPLATE, WEEK_HOURS, profile_keys,
};
use crate::store::Reader;

/// Who is meant by a recipient here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// The unit, where it is one of the book.
    pub unit: Option<UnitId>,
    /// What it is called.
    pub name: String,
}

impl Addressee {
    /// Whether both are the same: the same unit, or the same name outside the book.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self.unit, other.unit) {
            (Some(one), Some(other)) => one == other,
            _ => self.name == other.name,
        }
    }

    fn of(unit: &Unit) -> Self {
        Self {
            unit: Some(unit.id),
            name: unit.name.clone(),
        }
    }
}

/// A setting that is a whole number, within its bounds; text that is none is an error, never what is
/// usual.
fn whole(settings: &BTreeMap<String, String>, key: &str) -> Result<Option<i64>> {
    let Some(text) = settings.get(key) else {
        return Ok(None);
    };
    let number: i64 = text.parse().map_err(|_| stored_unknown(key, text))?;
    let bounds = BOUNDS.iter().find(|(known, ..)| *known == key);
    Ok(Some(match bounds {
        Some((_, least, most)) => number.clamp(i64::from(*least), i64::from(*most)),
        None => number,
    }))
}

fn stored_unknown(key: &str, given: &str) -> Error {
    Error::new(Code::StoredUnknown)
        .with("noun", "setting")
        .with("id", key)
        .with("field", "value")
        .with("given", given)
}

/// A rule of a profile in force that asks for a notice.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The rule.
    pub rule: &'a Rule,
    /// Who is to be told.
    pub recipient: Recipient,
}

impl Asking<'_> {
    /// What the time of a closing report runs from; `None` for any other.
    #[must_use]
    pub fn closing(&self, incident: &Incident) -> Option<Instant> {
        match self.rule.trigger {
            Trigger::Closed => incident.closed_at,
            _ => None,
        }
    }

    /// What tells it from others: profile, rule and recipient.
    #[must_use]
    pub fn key(&self) -> (&str, &str, Recipient) {
        (&self.profile.key, &self.rule.key, self.recipient)
    }

    /// What tells its rule from others in what is kept: `2017.beyond`.
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.profile.key, self.rule.key)
    }

    /// The text that it stands in.
    pub(super) fn text(&self) -> Said {
        self.profile.basis(self.rule.basis.as_ref()).text
    }
}

/// Rules that ask for the same step of the same addressee: together they ask for one notice.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// Whom.
    pub addressee: Addressee,
    /// Which rules, for which recipients; never none.
    pub asking: Vec<Asking<'a>>,
}

impl Step<'_> {
    /// The text that it stands in, that of one of its rules first; whether it was seen is said of
    /// that one, as its deadline counts.
    #[must_use]
    pub fn basis(&self, first: Asking<'_>) -> Basis {
        let mut basis = first.profile.basis(first.rule.basis.as_ref());
        let mut texts = vec![basis.text];
        for other in &self.asking {
            let text = other.profile.basis(other.rule.basis.as_ref()).text;
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        basis.text = Said::joined(texts.iter());
        basis
    }
}

/// What a book goes by, as it stood when it was read.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The profiles there are: those that ship, then those of the office's own that can be read.
    pub profiles: Vec<Profile>,
    pub(super) settings: BTreeMap<String, String>,
    /// Who is meant by the recipients of which the settings say so.
    told: HashMap<Recipient, Addressee>,
    pub(super) units: Vec<Unit>,
    /// What our own unit is called, though it may be none of the units yet.
    own_name: Option<String>,
}

impl Reader<'_> {
    /// What the book goes by.
    ///
    /// # Errors
    /// Those of the store.
    pub fn rules(self) -> Result<Rules> {
        let settings = self.settings()?;
        let own = settings
            .iter()
            .filter(|(key, _)| key.starts_with(OWN_PROFILE));
        let own = own.filter_map(|(_, text)| Profile::read(text).ok());
        let units = self.units()?;
        let mut told = HashMap::new();
        for &recipient in Recipient::ALL {
            let key = format!("{RECIPIENT}{}", recipient.key());
            if let Some(given) = settings.get(&key) {
                let found = Register::new(&units).find(given).map(Addressee::of);
                // A unit that is no more in the directory leaves what is usual.
                let is_gone = found.is_err() && given.parse::<uuid::Uuid>().is_ok();
                let outside = Addressee {
                    unit: None,
                    name: given.clone(),
                };
                if !is_gone {
                    told.insert(recipient, found.unwrap_or(outside));
                }
            }
        }
        Ok(Rules {
            profiles: shipped().iter().cloned().chain(own).collect(),
            settings,
            told,
            units,
            own_name: self.own_name()?,
        })
    }

    /// For how long an answered call counts, in milliseconds.
    ///
    /// # Errors
    /// Those of the store.
    pub fn fresh(self) -> Result<i64> {
        let days = whole(&self.settings()?, FRESH_DAYS)?;
        Ok(days.map_or(FRESH, |days| days * DAY))
    }

    /// How long people work at a stretch, and how long they rest.
    ///
    /// # Errors
    /// Those of the store.
    pub fn limits(self) -> Result<Limits> {
        let settings = self.settings()?;
        let hours = |key: &str| {
            let hours = whole(&settings, key)?;
            Ok::<_, Error>(hours.map(|hours| hours * HOUR))
        };
        let usual = Limits::default();
        Ok(Limits {
            stretch: hours(STRETCH_HOURS)?.unwrap_or(usual.stretch),
            rest: hours(REST_HOURS)?.unwrap_or(usual.rest),
            pause: usual.pause,
            week: hours(WEEK_HOURS)?,
        })
    }

    /// How long people work and rest in shifts of a pattern: as the book says, else as is usual for
    /// that pattern.
    ///
    /// # Errors
    /// Those of the store.
    pub fn limits_of(self, pattern: &str) -> Result<Limits> {
        let limits = self.limits()?;
        let is_said = self.settings()?.contains_key(REST_HOURS);
        let usual = Pattern::usual_rest(pattern).filter(|_| !is_said);
        Ok(Limits {
            rest: usual.unwrap_or(limits.rest),
            ..limits
        })
    }

    /// The calendar: the usual one, but for the years of the office's own.
    ///
    /// # Errors
    /// Those of the store, and [`Code::StoredUnknown`] for a year that cannot be read.
    pub fn calendar(self) -> Result<Calendar> {
        let mut own = Vec::new();
        for (key, text) in self.settings()? {
            if key.starts_with(CALENDAR) {
                own.push(Year::read(&text).map_err(|_| stored_unknown(&key, &text))?);
            }
        }
        Ok(Calendar::with(own))
    }

    /// Lines that recur, in the order of their numbers.
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

impl Rules {
    /// The keys of the profiles in force: those that are said, else the first that ships.
    #[must_use]
    pub fn in_force(&self) -> Vec<&str> {
        let said = self.settings.get(PROFILES);
        // Before there could be several, one was said.
        match said.or_else(|| self.settings.get(PROFILE)) {
            Some(said) => profile_keys(said).collect(),
            None => vec![&self.profiles[0].key],
        }
    }

    /// The profiles in force.
    ///
    /// # Errors
    /// [`Code::StoredUnknown`] when one is no more, or cannot be read: another has other deadlines.
    pub fn profiles_in_force(&self) -> Result<Vec<&Profile>> {
        let profile = |wanted: &str| {
            let found = self.profiles.iter().find(|known| known.key == wanted);
            found.ok_or_else(|| {
                let own = format!("{OWN_PROFILE}{wanted}");
                match self.settings.contains_key(&own) {
                    true => stored_unknown(&own, wanted),
                    false => stored_unknown(PROFILES, wanted),
                }
            })
        };
        self.in_force().into_iter().map(profile).collect()
    }

    /// The questions about severity that the profiles in force ask, each once.
    ///
    /// # Errors
    /// As [`Rules::profiles_in_force`].
    pub fn questions(&self) -> Result<Vec<&Question>> {
        let mut questions: Vec<&Question> = Vec::new();
        for question in self
            .profiles_in_force()?
            .iter()
            .flat_map(|one| &one.questions)
        {
            if questions.iter().all(|known| known.key != question.key) {
                questions.push(question);
            }
        }
        Ok(questions)
    }

    /// The severity that the answers propose: the worst of what the profiles in force say; `None`
    /// while nothing tells, or something worse than low may still be answered.
    ///
    /// # Errors
    /// As [`Rules::profiles_in_force`].
    pub fn propose(&self, incident: &Incident) -> Result<Option<Severity>> {
        let profiles = self.profiles_in_force()?;
        let proposed = profiles.iter().map(|profile| profile.propose(incident));
        let proposed: Vec<Option<Severity>> = proposed.collect();
        let worst = proposed.iter().copied().max().flatten();
        Ok(worst.filter(|worst| *worst > Severity::Low || proposed.iter().all(Option::is_some)))
    }

    /// Who is to be told of an incident by which rules of the profiles in force; together stand
    /// those that ask for the same step of the same addressee, whatever recipients it is meant by.
    /// Our own unit is among them: it is not told ([`Rules::is_ours`]). What is to be sent among
    /// `ever` is asked for by its rule though that is in force no more.
    ///
    /// # Errors
    /// As [`Rules::profiles_in_force`].
    pub fn asked(&self, incident: &Incident, ever: &[Notice]) -> Result<Vec<Step<'_>>> {
        let mut asked = Vec::new();
        for profile in self.profiles_in_force()? {
            for rule in &profile.notices {
                asked.extend(rule.to.iter().map(|&recipient| Asking {
                    profile,
                    rule,
                    recipient,
                }));
            }
        }
        let of_it = ever.iter().filter(|one| one.incident == incident.id);
        let owed = of_it.filter(|one| !one.removed && !one.is_settled() && self.is_former(one));
        for notice in owed {
            let is_it =
                |one: &Asking<'_>| one.key() == (&*notice.profile, &*notice.rule, notice.recipient);
            if let Some((profile, rule)) = self.asker_of(notice)
                && !asked.iter().any(is_it)
            {
                asked.push(Asking {
                    profile,
                    rule,
                    recipient: notice.recipient,
                });
            }
        }
        let mut steps: Vec<Step<'_>> = Vec::new();
        for asking in asked.into_iter().filter(|one| one.rule.asks(incident)) {
            let addressee = self.recipient(asking.recipient, Some(incident));
            // Two rules of one profile ask for two reports.
            let is_same = |one: &Asking<'_>| {
                one.rule.step() == asking.rule.step()
                    && (one.profile.key != asking.profile.key || one.rule.key == asking.rule.key)
            };
            let known = steps
                .iter_mut()
                .find(|known| known.addressee == addressee && known.asking.iter().all(is_same));
            match known {
                Some(known) => known.asking.push(asking),
                None => steps.push(Step {
                    addressee,
                    asking: vec![asking],
                }),
            }
        }
        Ok(steps)
    }

    /// Whether somebody is our own unit.
    #[must_use]
    pub fn is_ours(&self, addressee: &Addressee) -> bool {
        match (addressee.unit, own(&self.units)) {
            (unit, Some(own)) => unit == Some(own.id),
            (None, None) => self.own_name.as_ref() == Some(&addressee.name),
            (Some(_), None) => false,
        }
    }

    /// What several recipients are called that are told of no incident: each once, our own unit
    /// not.
    #[must_use]
    pub fn names_of(&self, recipients: &[Recipient]) -> Vec<String> {
        let mut names = Vec::new();
        for &recipient in recipients {
            let told = self.recipient(recipient, None);
            if !self.is_ours(&told) && !names.contains(&told.name) {
                names.push(told.name);
            }
        }
        names
    }

    /// Who is meant by a recipient: as the settings say, else our own unit for who coordinates,
    /// the first of the police, the unit over that of the incident for who owns the system.
    #[must_use]
    pub fn recipient(&self, recipient: Recipient, incident: Option<&Incident>) -> Addressee {
        let units = &self.units;
        if let Some(told) = self.told.get(&recipient) {
            return told.clone();
        }
        let usual = match recipient {
            Recipient::Coordinator => own(units),
            Recipient::Police => units.iter().find(|unit| unit.group == Group::Police),
            Recipient::Owner => incident.and_then(|incident| {
                let body = incident.facts.owner_body.as_deref();
                if let Some(named) = body.and_then(|name| Register::new(units).find(name).ok()) {
                    return Some(named);
                }
                let struck = units.iter().find(|unit| unit.id == incident.unit)?;
                let over = units.iter().find(|unit| Some(unit.id) == struck.parent);
                Some(over.unwrap_or(struck))
            }),
            _ => None,
        };
        let body = incident.and_then(|incident| incident.facts.owner_body.clone());
        let body = body.filter(|_| recipient == Recipient::Owner);
        if let Some(name) = body.filter(|name| Register::new(units).find(name).is_err()) {
            return Addressee { unit: None, name };
        }
        let own_name = self.own_name.as_deref();
        let named = own_name.filter(|_| recipient == Recipient::Coordinator);
        let outside = || Addressee {
            unit: None,
            name: named.unwrap_or_else(|| usual_name(recipient)).to_owned(),
        };
        usual.map_or_else(outside, Addressee::of)
    }

    /// Whether the settings say who is meant by a recipient.
    #[must_use]
    pub fn says(&self, recipient: Recipient) -> bool {
        self.told.contains_key(&recipient)
    }

    /// Whether what a setting says is in force: not one of a recipient that is no more.
    #[must_use]
    pub fn says_of(&self, key: &str) -> bool {
        match key.strip_prefix(RECIPIENT).map(Recipient::parse) {
            Some(recipient) => recipient.is_ok_and(|recipient| self.says(recipient)),
            None if key == PROFILES => {
                self.settings.contains_key(key) || self.settings.contains_key(PROFILE)
            }
            None => self.settings.contains_key(key),
        }
    }

    /// What the settings say, by key.
    #[must_use]
    pub fn settings(&self) -> &BTreeMap<String, String> {
        &self.settings
    }
}

/// What a recipient that has no name of its own here is called.
pub(super) fn usual_name(recipient: Recipient) -> &'static str {
    match recipient {
        Recipient::Police => vietnamese().text("written_recipient_police"),
        Recipient::National => vietnamese().text("written_recipient_national"),
        recipient => vietnamese().word(recipient),
    }
}
