//! What the book goes by.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::book::{Writing, Wrote};
use crate::duty::calendar::Year;
use crate::error::{Code, Error, Result};
use crate::incident::RulesChanged;
use crate::incident::profile::{Profile, Recipient, proposed};
use crate::office::setting::{
    BOUNDS, CALENDAR, OWN_PROFILE, PLACE, PROFILE, PROFILES, RECIPIENT, Setting, TEMPLATE,
    profile_keys,
};
use crate::text::{text_of, tidy_some};

/// The text of a profile's file, of 256 kB at most.
///
/// # Errors
/// [`Code::ProfileInvalid`], [`Code::File`].
pub fn profile_text(path: &Path) -> Result<String> {
    file_text(path, Code::ProfileInvalid)
}

/// The text of a calendar's file, of 256 kB at most.
///
/// # Errors
/// [`Code::CalendarInvalid`], [`Code::File`].
pub fn calendar_text(path: &Path) -> Result<String> {
    file_text(path, Code::CalendarInvalid)
}

fn file_text(path: &Path, invalid: Code) -> Result<String> {
    const LARGEST: u64 = 256 * 1024;
    let at_path = |cause| Error::file(path, cause);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(at_path)?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(at_path)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(Error::new(invalid).with("why", "> 256 kB")),
        false => text_of(path, &bytes),
    }
}

impl Writing<'_> {
    /// Sets what the book goes by; an empty value takes it back to what is usual. A change of the
    /// profiles, or of who is meant by a recipient, makes the notices that are asked for now of what
    /// is open, and takes back those that are not asked for any more and were not sent.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`] for a key or a value that is none, [`Code::ProfileInvalid`],
    /// [`Code::ProfileInForce`] when the profile that goes is the one in force.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(Wrote, RulesChanged)> {
        let key = match key {
            PROFILE => PROFILES,
            key => key,
        };
        let mut value = tidy_some(value);
        if key == PROFILES {
            // Kept in one form.
            value = value.map(|value| Vec::from_iter(profile_keys(&value)).join(","));
        }
        if let Some(value) = &value {
            self.check_setting(key, value)?;
        } else {
            check_key(key)?;
            self.check_not_in_force(key)?;
        }
        let before = self.rules()?;
        let reports = self.owed_reports_known(&before, self.now())?;
        let is_old_kept = key == PROFILES && self.settings()?.contains_key(PROFILE);
        let mut wrote = self.put(&Setting::new(key, value))?;
        if is_old_kept {
            wrote = self.put(&Setting::new(PROFILE, None))?;
        }
        let asks = key == PROFILES || key.starts_with(OWN_PROFILE) || key.starts_with(RECIPIENT);
        let notices = match wrote != Wrote::Same && asks {
            true => self.take_new_rules(&before, &reports)?,
            false => RulesChanged::default(),
        };
        Ok((wrote, notices))
    }

    /// Sets what a new book goes by: without profiles, those that are proposed by date.
    pub(crate) fn found_office(&mut self, place: Option<&str>, profiles: &[String]) -> Result<()> {
        if let Some(place) = place.filter(|place| !place.trim().is_empty()) {
            self.set_setting(PLACE, place)?;
        }
        let profiles = match profiles.is_empty() {
            true => proposed(self.now()).join(","),
            false => profiles.join(","),
        };
        if self.rules()?.in_force().join(",") != profiles {
            self.set_setting(PROFILES, &profiles)?;
        }
        Ok(())
    }

    /// Sets the lines that recur, and takes away those that were there before; empty ones do not
    /// count.
    ///
    /// # Errors
    /// Those of the store.
    pub fn set_templates(&mut self, lines: &[String]) -> Result<()> {
        let known = self.settings()?.into_keys();
        let mut keys: Vec<String> = known.filter(|key| key.starts_with(TEMPLATE)).collect();
        let lines = lines.iter().filter_map(|line| tidy_some(line));
        for (n, line) in lines.enumerate() {
            let key = format!("{TEMPLATE}{}", n + 1);
            keys.retain(|known| *known != key);
            self.put(&Setting::new(&key, Some(line)))?;
        }
        for key in keys {
            self.put(&Setting::new(&key, None))?;
        }
        Ok(())
    }

    /// Takes a profile of the office's own into the book, and gives its key. When it is in force,
    /// notices change as in [`Writing::set_setting`].
    ///
    /// # Errors
    /// [`Code::ProfileInvalid`], [`Code::ProfileExists`] when one that ships has the key.
    pub fn add_profile(&mut self, text: &str) -> Result<(String, RulesChanged)> {
        let profile = Profile::read(text)?;
        let shipped = crate::incident::profile::shipped();
        if shipped.iter().any(|known| known.key == profile.key) {
            return Err(Error::new(Code::ProfileExists).with("given", profile.key));
        }
        let text = serde_json::to_string(&profile).unwrap_or_default();
        let before = self.rules()?;
        let reports = self.owed_reports_known(&before, self.now())?;
        self.put(&Setting::new(
            &format!("{OWN_PROFILE}{}", profile.key),
            Some(text),
        ))?;
        let notices = self.take_new_rules(&before, &reports)?;
        Ok((profile.key, notices))
    }

    /// Takes a year's calendar of the office's own into the book, instead of the one it had.
    ///
    /// # Errors
    /// Those of the store.
    pub fn add_calendar(&mut self, year: &Year) -> Result<Wrote> {
        let key = format!("{CALENDAR}{}", year.number());
        self.put(&Setting::new(&key, Some(year.text())))
    }

    /// Another profile must be chosen before the one in force goes.
    fn check_not_in_force(&self, key: &str) -> Result<()> {
        match key.strip_prefix(OWN_PROFILE) {
            Some(own) if self.rules()?.in_force().contains(&own) => {
                Err(Error::new(Code::ProfileInForce).with("given", own))
            }
            _ => Ok(()),
        }
    }

    fn check_setting(&self, key: &str, value: &str) -> Result<()> {
        check_key(key)?;
        if key == PROFILES {
            let known: Vec<String> = self
                .rules()?
                .profiles
                .into_iter()
                .map(|known| known.key)
                .collect();
            let mut given = HashSet::new();
            let is_known = |key: &str| known.iter().any(|known| known == key);
            if let Some(odd) = profile_keys(value).find(|key| !is_known(key) || !given.insert(*key))
            {
                return Err(unknown(PROFILES, odd, &known.join(", ")));
            }
            if given.is_empty() {
                return Err(unknown(PROFILES, value, &known.join(", ")));
            }
        }
        if let Some(own) = key.strip_prefix(OWN_PROFILE)
            && Profile::read(value)?.key != own
        {
            return Err(unknown(PROFILES, value, own));
        }
        if let Some(number) = key.strip_prefix(CALENDAR) {
            let year = Year::read(value).map_err(|mut wrong| wrong.swap_remove(0))?;
            if year.number().to_string() != number {
                return Err(unknown("year", number, &year.number().to_string()));
            }
        }
        for (number, least, most) in BOUNDS {
            let fits = |given: u32| (least..=most).contains(&given);
            if key == number && !value.parse().is_ok_and(fits) {
                return Err(unknown(number, value, &format!("{least}–{most}")));
            }
        }
        Ok(())
    }
}

fn unknown(field: &'static str, given: &str, known: &str) -> Error {
    Error::new(Code::ValueUnknown)
        .with("field", field)
        .with("given", given)
        .with("known", known)
}

/// The keys that there are.
fn check_key(key: &str) -> Result<()> {
    let recipient = |key: &str| {
        key.strip_prefix(RECIPIENT)
            .is_some_and(|name| Recipient::parse(name).is_ok())
    };
    let numbered = |key: &str| {
        key.strip_prefix(TEMPLATE)
            .is_some_and(|n| n.parse::<u8>().is_ok())
    };
    let dated = |key: &str| {
        let year = key.strip_prefix(CALENDAR).map(str::parse);
        matches!(year, Some(Ok(0..=9999_i32)))
    };
    match key {
        PROFILES | PLACE => Ok(()),
        key if dated(key) => Ok(()),
        key if BOUNDS.iter().any(|(number, ..)| *number == key) => Ok(()),
        key if recipient(key) || numbered(key) || key.starts_with(OWN_PROFILE) => Ok(()),
        key => {
            let mut known = vec![PROFILES.to_owned(), PLACE.to_owned()];
            known.extend(BOUNDS.iter().map(|(number, ..)| (*number).to_owned()));
            known.extend(
                Recipient::ALL
                    .iter()
                    .map(|one| format!("{RECIPIENT}{}", one.key())),
            );
            known.push(format!("{TEMPLATE}1"));
            Err(unknown("key", key, &known.join(", ")))
        }
    }
}
