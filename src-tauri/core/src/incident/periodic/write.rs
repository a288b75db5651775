//! That a report was sent, or need not be.

use super::read::AskedReport;
use super::{AHEAD, OwedReport};
use crate::book::{Writing, needed};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::incident::notice::Sending;
use crate::incident::profile::{Periodic, Said};
use crate::log::entry::{Kind, Means, NewLine};
use crate::messages::vietnamese;
use crate::office::setting::{REPORTED, Setting};
use crate::text::tidy_some;

impl Writing<'_> {
    /// Notes that the report of this name was sent for a day, and writes a line of it. `due` is that
    /// day, the first for which it is owed when not given; it must be named when it lies more than
    /// two weeks ahead.
    ///
    /// # Errors
    /// [`Code::ReportUnknown`], [`Code::TimeAhead`], [`Code::ReportAhead`], [`Code::ReportSettled`]
    /// when it is not owed for that day.
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
        let owed = self.settle_report(key, due, sending.at.unwrap_or(now))?;
        let document = sending.document.as_deref().and_then(tidy_some);
        let mut values = self.report_told(&owed.report, owed.due_at)?.to_vec();
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

    /// Notes that the report of this name need not be sent for a day, and why, and writes a line of
    /// it. `due` is as in [`Writing::report_sent`].
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
        let owed = self.settle_report(key, due, self.now())?;
        self.log_report(
            "written_line_report_waived",
            &owed.report,
            owed.due_at,
            reason,
        )?;
        Ok(owed)
    }

    /// Takes back that the report of this name was said to be sent or waived by mistake, the last
    /// time, and writes a line of it: it is asked for again. Gives what it is called and for which
    /// day that was; `None` when it never was said.
    ///
    /// # Errors
    /// [`Code::ReportUnknown`], [`Code::Empty`].
    pub fn report_unsent(&mut self, key: &str, reason: &str) -> Result<Option<(Said, Instant)>> {
        let reason = needed("reason", reason)?;
        let asked = self.asked_report(key)?;
        let Some((rest, day)) = asked.settled.without_last(&asked.report, &asked.in_force) else {
            return Ok(None);
        };
        self.put(&Setting::new(
            &format!("{REPORTED}{}", asked.key),
            rest.text(),
        ))?;
        self.log_report("written_line_unreported", &asked.report, day, reason)?;
        Ok(Some((asked.report.name, day)))
    }

    /// Notes that a report is settled for a day for which it is owed, by what happened at a moment.
    fn settle_report(
        &mut self,
        key: &str,
        due: Option<Instant>,
        happened: Instant,
    ) -> Result<OwedReport> {
        let asked = self.asked_report(key)?;
        let mut owed = self.reports(self.now())?;
        owed.retain(|report| report.key == asked.key);
        // There is always a next one while its profile is in force.
        let Some(first) = owed.first().map(|report| report.due_at) else {
            return Err(Error::new(Code::ReportUnknown).with("given", key));
        };
        let day = due.unwrap_or(first);
        let refused = |code| {
            let error = Error::new(code).with("given", day.day());
            Err(error.with("first", first.day()))
        };
        let Some(report) = owed.into_iter().find(|report| report.due_at == day) else {
            return refused(Code::ReportSettled);
        };
        if due.is_none() && day > self.now().plus(AHEAD) {
            return refused(Code::ReportAhead);
        }
        let settled = asked.settled.with(day, day == first, happened);
        self.put(&Setting::new(
            &format!("{REPORTED}{}", asked.key),
            settled.text(),
        ))?;
        Ok(report)
    }

    /// The report of this name that a profile in force asks for.
    fn asked_report(&self, key: &str) -> Result<AskedReport> {
        let reports = self.asked_reports(self.now())?;
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
        report: &Periodic,
        day: Instant,
        reason: String,
    ) -> Result<()> {
        let told = self.report_told(report, day)?;
        self.log(&NewLine {
            kind: Kind::Decision,
            grounds: Some(reason),
            ..vietnamese().with(key, &told).as_str().into()
        })?;
        Ok(())
    }

    /// What is sent, to whom, for which day, as a line tells it.
    fn report_told(&self, report: &Periodic, day: Instant) -> Result<[(&'static str, String); 3]> {
        let whom = self.rules()?.names_of(&report.to).join("; ");
        Ok([
            ("what", report.name.vi.clone()),
            ("whom", whom),
            ("day", day.day()),
        ])
    }
}
