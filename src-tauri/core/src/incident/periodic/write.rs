//! That a report was sent.

use super::OwedReport;
use crate::book::{Writing, Wrote, needed};
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
        let owed = self.report(key)?;
        let setting = format!("{REPORTED}{}", owed.key);
        self.put(&Setting::new(&setting, Some(owed.due_at.day())))?;
        let told = self.report_told(&owed)?;
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
            whom: sending.whom.as_deref().and_then(tidy_some),
            channel: sending.channel.or(Some(Means::Document)),
            dialled: sending.dialled.as_deref().and_then(tidy_some),
            occurred: sending.at,
            ..vietnamese().with(key, &values).as_str().into()
        })?;
        Ok(owed)
    }

    /// Takes back that the report of this name was said to be sent by mistake, and writes a line of
    /// it: it is asked for again.
    ///
    /// # Errors
    /// [`Code::ReportUnknown`], [`Code::Empty`].
    pub fn report_unsent(&mut self, key: &str, reason: &str) -> Result<Wrote> {
        let reason = needed("reason", reason)?;
        let owed = self.report(key)?;
        let setting = format!("{REPORTED}{}", owed.key);
        let wrote = self.put(&Setting::new(&setting, None))?;
        if wrote != Wrote::Same {
            let (what, whom) = (owed.report.name.vi.clone(), self.report_told(&owed)?);
            let values = [("what", what), ("whom", whom)];
            self.log(&NewLine {
                kind: Kind::Decision,
                grounds: Some(reason),
                ..vietnamese()
                    .with("written_line_unreported", &values)
                    .as_str()
                    .into()
            })?;
        }
        Ok(wrote)
    }

    /// The report of this name that is due next.
    fn report(&self, key: &str) -> Result<OwedReport> {
        let reports = self.reports(self.now())?;
        let known: Vec<&str> = reports.iter().map(|report| report.key.as_str()).collect();
        let known = known.join(", ");
        let found = reports.into_iter().find(|report| report.key == key.trim());
        found.ok_or_else(|| {
            Error::new(Code::ReportUnknown)
                .with("given", key)
                .with("known", known)
        })
    }

    /// To whom a report is sent, in words.
    fn report_told(&self, owed: &OwedReport) -> Result<String> {
        Ok(self.rules()?.names_of(&owed.report.to).join("; "))
    }
}
