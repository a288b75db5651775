//! Which reports are owed.

use super::{AHEAD, OwedReport, next_due};
use crate::clock::Instant;
use crate::error::Result;
use crate::office::setting::REPORTED;
use crate::store::Reader;

impl Reader<'_> {
    /// The reports that the profiles in force ask for every year, each with the day on which it is
    /// due next: the first that was not sent, by that day.
    ///
    /// # Errors
    /// Those of the store.
    pub fn reports(self, now: Instant) -> Result<Vec<OwedReport>> {
        let (rules, settings) = (self.rules()?, self.settings()?);
        let began = self.began()?.unwrap_or(now).min(now);
        let mut owed = Vec::new();
        for profile in rules.profiles_in_force()? {
            // What is asked of our own unit alone is sent to nobody.
            let told = profile.periodic.iter();
            for report in told.filter(|report| !rules.names_of(&report.to).is_empty()) {
                let key = format!("{}.{}", profile.key, report.key);
                let sent = settings.get(&format!("{REPORTED}{key}"));
                let sent = sent.and_then(|day| Instant::parse_start(day).ok());
                if let Some(due_at) = next_due(report, sent, began, now) {
                    owed.push(OwedReport {
                        key,
                        report: report.clone(),
                        due_at,
                        basis: profile.basis(report.basis.as_ref()),
                    });
                }
            }
        }
        owed.sort_by_key(|report| report.due_at);
        Ok(owed)
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
}
