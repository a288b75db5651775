//! Which reports are owed.

use std::collections::HashMap;

use super::{AHEAD, OwedReport, Settled, Span, owed_days};
use crate::clock::Instant;
use crate::error::Result;
use crate::incident::profile::{Basis, Periodic};
use crate::office::setting::{PROFILE, PROFILES, REPORTED, Setting, profile_keys};
use crate::office::{Rules, by_former_rules};
use crate::store::Reader;

/// A report that a profile asks for, or asked for.
pub(super) struct AskedReport {
    /// Its name, as in [`OwedReport`].
    pub key: String,
    /// The profile.
    pub profile: String,
    /// What is to be sent, and to whom.
    pub report: Periodic,
    /// The text that it stands in.
    pub basis: Basis,
    /// For which days it is sent or waived.
    pub settled: Settled,
    /// When its profile is in force.
    pub in_force: Vec<Span>,
    /// Whether that is over.
    pub former: bool,
}

impl Reader<'_> {
    /// The reports that profiles ask for every year: each for every day that is over and for which
    /// it is neither sent nor waived, if its profile was in force then, and for the next day while
    /// it is; by day.
    ///
    /// # Errors
    /// Those of the store.
    pub fn reports(self, now: Instant) -> Result<Vec<OwedReport>> {
        let asked = self.asked_reports(now)?.into_iter();
        let mut owed: Vec<OwedReport> = asked
            .flat_map(|asked| {
                let days = owed_days(&asked.report, &asked.settled, &asked.in_force, now);
                let owed = days.into_iter().map(|due_at| OwedReport {
                    key: asked.key.clone(),
                    profile: asked.profile.clone(),
                    report: asked.report.clone(),
                    due_at,
                    basis: asked.basis.clone(),
                    former: asked.former,
                });
                owed.collect::<Vec<_>>()
            })
            .collect();
        owed.sort_by_key(|report| report.due_at);
        Ok(owed)
    }

    /// The reports that profiles ask for every year, or asked for, with what is settled of each.
    pub(super) fn asked_reports(self, now: Instant) -> Result<Vec<AskedReport>> {
        let (rules, settings) = (self.rules()?, self.settings()?);
        let current: Vec<String> = rules
            .profiles_in_force()?
            .iter()
            .map(|one| one.key.clone())
            .collect();
        let profiles = rules.profiles.iter().filter(|one| !one.periodic.is_empty());
        let began = self.began()?.unwrap_or(now).min(now);
        let in_force = self.in_force(&rules.profiles[0].key, began)?;
        let mut asked = Vec::new();
        for profile in profiles {
            let former = !current.contains(&profile.key);
            let forever = vec![(began, Instant::from_millis(i64::MAX))];
            let in_force = match in_force.get(&profile.key) {
                Some(spans) => spans,
                None if former => continue,
                None => &forever,
            };
            // What is asked of our own unit alone is sent to nobody.
            let told = profile.periodic.iter();
            for report in told.filter(|report| !rules.names_of(&report.to).is_empty()) {
                let key = format!("{}.{}", profile.key, report.key);
                let settled = settings.get(&format!("{REPORTED}{key}"));
                let basis = profile.basis(report.basis.as_ref());
                asked.push(AskedReport {
                    settled: settled.map(|text| Settled::read(text)).unwrap_or_default(),
                    key,
                    report: report.clone(),
                    basis: match former {
                        true => Basis {
                            text: by_former_rules(Some(&basis.text)),
                            ..basis
                        },
                        false => basis,
                    },
                    profile: profile.key.clone(),
                    former,
                    in_force: in_force.clone(),
                });
            }
        }
        Ok(asked)
    }

    /// Those of them that are due within two weeks, or were due.
    ///
    /// # Errors
    /// Those of the store.
    pub fn owed_reports(self, now: Instant) -> Result<Vec<OwedReport>> {
        let mut owed = self.reports(now)?;
        owed.retain(|report| report.due_at <= now.plus(AHEAD));
        Ok(owed)
    }

    /// [`Reader::owed_reports`]; none where a profile in force cannot be read, so that another may be
    /// chosen.
    pub(crate) fn owed_reports_known(self, rules: &Rules, now: Instant) -> Result<Vec<OwedReport>> {
        match rules.profiles_in_force() {
            Ok(_) => self.owed_reports(now),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// From when to when each profile was in force; `usual` was so when the book began.
    fn in_force(self, usual: &str, began: Instant) -> Result<HashMap<String, Vec<Span>>> {
        let end = Instant::from_millis(i64::MAX);
        let mut changes = Vec::new();
        for (n, key) in [PROFILES, PROFILE].into_iter().enumerate() {
            let said = self.history(Setting::new(key, None).id.0)?.into_iter();
            changes.extend(said.map(|change| (change.recorded_at, n, change)));
        }
        changes.sort_by_key(|(at, ..)| *at);
        let mut said: [(Option<String>, bool); 2] = Default::default();
        let mut in_force = HashMap::from([(usual.to_owned(), vec![(began, end)])]);
        for (at, n, change) in changes {
            match &*change.field {
                "value" => said[n].0 = change.value.as_str().map(str::to_owned),
                "removed" => said[n].1 = change.value.as_bool() == Some(true),
                _ => continue,
            }
            let mut stands = said.iter().filter(|(_, removed)| !removed);
            let value = stands.find_map(|(value, _)| value.as_deref());
            let keys: Vec<&str> = profile_keys(value.unwrap_or(usual)).collect();
            for (known, spans) in &mut in_force {
                if let Some(last) = spans.last_mut()
                    && last.1 == end
                    && !keys.contains(&known.as_str())
                {
                    last.1 = at;
                }
            }
            for key in keys {
                let spans: &mut Vec<Span> = in_force.entry(key.to_owned()).or_default();
                if spans.last().is_none_or(|(_, to)| *to != end) {
                    spans.push((at, end));
                }
            }
        }
        Ok(in_force)
    }
}
