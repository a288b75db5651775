//! That a report was sent, or need not be.

use super::{AHEAD, OwedReport};
use crate::book::{Writing, Wrote, needed};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::incident::notice::Sending;
use crate::log::entry::{Kind, Means, NewLine};
use crate::messages::vietnamese;
use crate::office::setting::{REPORTED, Setting};
use crate::text::tidy_some;

impl Writing<'_> {
    /// Notes that the report of this name was sent for the first day for which it is owed, and
    /// writes a line of it: what is asked for then is the one after it. `due` is that day; it must
    /// be named when it lies more than two weeks ahead.
    ///
    /// # Errors
    /// [`Code::ReportUnknown`], [`Code::TimeAhead`], [`Code::ReportAhead`], [`Code::ReportSettled`]
    /// when another day is the first.
    pub fn report_sent(
        &mut self,
        key: &str,
        due: Option<Instant>,
        sending: &Sending,
    ) -> Result<OwedReport> {
        let now = self.now();
        if let Some(at) = sending.at.filter(|at| *at > now) {
            return Err(Error::new(Code::TimeAhead).with("given", at));
        }
        let owed = self.settle_report(key, due)?;
        let document = sending.document.as_deref().and_then(tidy_some);
        let mut values = self.report_told(&owed, owed.due_at)?.to_vec();
        let key = match document {
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

    /// Notes that the report of this name need not be sent for the first day for which it is owed,
    /// and why, and writes a line of it. `due` is as in [`Writing::report_sent`].
    ///
    /// # Errors
    /// Those of [`Writing::report_sent`], and [`Code::Empty`].
    pub fn waive_report(
        &mut self,
        key: &str,
        due: Option<Instant>,
        reason: &str,
    ) -> Result<OwedReport> {
        let reason = needed("reason", reason)?;
        let owed = self.settle_report(key, due)?;
        self.log_report("written_line_report_waived", &owed, owed.due_at, reason)?;
        Ok(owed)
    }

    /// Takes back that the report of this name was said to be sent or waived by mistake, the last
    /// time, and writes a line of it: it is asked for again.
    ///
    /// # Errors
    /// [`Code::ReportUnknown`], [`Code::Empty`].
    pub fn report_unsent(&mut self, key: &str, reason: &str) -> Result<Wrote> {
        let reason = needed("reason", reason)?;
        let owed = self.report(key)?;
        let Some((day, before)) = owed.settled else {
            return Ok(Wrote::Same);
        };
        let setting = format!("{REPORTED}{}", owed.key);
        let before = before.map(|day| day.day());
        let wrote = self.put(&Setting::new(&setting, before))?;
        self.log_report("written_line_unreported", &owed, day, reason)?;
        Ok(wrote)
    }

    /// Notes that a report is settled for the first day for which it is owed.
    fn settle_report(&mut self, key: &str, due: Option<Instant>) -> Result<OwedReport> {
        let owed = self.report(key)?;
        let code = match due {
            Some(due) if due != owed.due_at => Some(Code::ReportSettled),
            None if owed.due_at > self.now().plus(AHEAD) => Some(Code::ReportAhead),
            _ => None,
        };
        if let Some(code) = code {
            let given = due.unwrap_or(owed.due_at).day();
            return Err(Error::new(code)
                .with("given", given)
                .with("first", owed.due_at.day()));
        }
        let setting = format!("{REPORTED}{}", owed.key);
        self.put(&Setting::new(&setting, Some(owed.due_at.day())))?;
        Ok(owed)
    }

    /// The report of this name, with the first day for which it is owed.
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

    /// Writes a line of what was decided of a report that is due on a day.
    fn log_report(
        &mut self,
        key: &str,
        owed: &OwedReport,
        day: Instant,
        reason: String,
    ) -> Result<()> {
        let told = self.report_told(owed, day)?;
        self.log(&NewLine {
            kind: Kind::Decision,
            grounds: Some(reason),
            ..vietnamese().with(key, &told).as_str().into()
        })?;
        Ok(())
    }

    /// What is sent, to whom, for which day, as a line tells it.
    fn report_told(&self, owed: &OwedReport, day: Instant) -> Result<[(&'static str, String); 3]> {
        let whom = self.rules()?.names_of(&owed.report.to).join("; ");
        Ok([
            ("what", owed.report.name.vi.clone()),
            ("whom", whom),
            ("day", day.day()),
        ])
    }
}
