//! That a report was sent.

use super::OwedReport;
use crate::book::Writing;
use crate::error::{Code, Error, Result};
use crate::incident::notice::Sending;
use crate::log::entry::{Kind, Means, NewLine};
use crate::messages::vietnamese;
use crate::office::setting::{REPORTED, Setting};
use crate::text::tidy_some;

impl Writing<'_> {
    /// Notes that the report of this name was sent that is due next, and writes a line of it: what
    /// is asked for then is the one after it.
    ///
    /// # Errors
    /// [`Code::ReportUnknown`], [`Code::TimeAhead`].
    pub fn report_sent(&mut self, key: &str, sending: &Sending) -> Result<OwedReport> {
        let now = self.now();
        if let Some(at) = sending.at.filter(|at| *at > now) {
            return Err(Error::new(Code::TimeAhead).with("given", at));
        }
        let reports = self.reports(now)?;
        let known: Vec<&str> = reports.iter().map(|report| report.key.as_str()).collect();
        let known = known.join(", ");
        let found = reports.into_iter().find(|report| report.key == key.trim());
        let owed = found.ok_or_else(|| {
            Error::new(Code::ReportUnknown)
                .with("given", key)
                .with("known", known)
        })?;
        let setting = format!("{REPORTED}{}", owed.key);
        self.put(&Setting::new(&setting, Some(owed.due_at.day())))?;
        let rules = self.rules()?;
        let told = owed.report.to.iter();
        let told: Vec<String> = told.map(|to| rules.recipient(*to, None).name).collect();
        let told = told.join("; ");
        let document = sending.document.as_deref().and_then(tidy_some);
        let day = owed.due_at.day();
        let mut values = vec![
            ("what", owed.report.name.vi.as_str()),
            ("whom", told.as_str()),
            ("day", day.as_str()),
        ];
        let key = match &document {
            Some(document) => {
                values.push(("document", document));
                "written_line_reported_by"
            }
            None => "written_line_reported",
        };
        self.log(&NewLine {
            kind: Kind::Communication,
            whom: sending
                .whom
                .as_deref()
                .and_then(tidy_some)
                .or(Some(told.clone())),
            channel: sending.channel.or(Some(Means::Document)),
            dialled: sending.dialled.as_deref().and_then(tidy_some),
            occurred: sending.at,
            ..vietnamese().with(key, &values).as_str().into()
        })?;
        Ok(owed)
    }
}
