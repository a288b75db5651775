//! Reports that are due on days of every year, whatever happened: which are owed, and that one was
//! sent.

mod read;
mod write;

use crate::clock::{DAY, Instant};
use crate::incident::profile::{Basis, Periodic};

/// How long before its day a report is told of, in milliseconds.
pub const AHEAD: i64 = 14 * DAY;
/// How long after its day one that was not sent is still told of.
const BEHIND: i64 = 30 * DAY;

/// A report of a profile in force that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedReport {
    /// Its name: that of the profile and its own in it, with a dot between them.
    pub key: String,
    /// What is to be sent, and to whom.
    pub report: Periodic,
    /// The moment before which it is due.
    pub due_at: Instant,
    /// The text that it stands in.
    pub basis: Basis,
}

/// The day on which a report is due that was not sent: the first of those that are not long over.
/// `sent` is the last day for which it was, `began` when the book did.
fn next_due(
    report: &Periodic,
    sent: Option<Instant>,
    began: Instant,
    now: Instant,
) -> Option<Instant> {
    let begin = began.max(now.plus(-BEHIND));
    let mut due = report.next(begin)?;
    while sent.is_some_and(|sent| due <= sent) {
        due = report.next(due)?;
    }
    Some(due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::profile::shipped;

    #[test]
    fn a_report_is_due_until_it_was_sent_or_is_long_over() {
        let periodic = shipped()
            .iter()
            .find_map(|profile| profile.periodic.first());
        let report = periodic.expect("a profile has one");
        let at = |text: &str| Instant::parse_start(text).expect("a day");
        let check = |sent: Option<&str>, began: &str, now: &str, expect: &str| {
            let due = next_due(report, sent.map(at), at(began), at(now));
            assert_eq!(due, Some(at(expect)), "{now}");
        };
        check(None, "01/01/2016", "10/06/2016", "20/06/2016");
        check(None, "01/01/2016", "01/07/2016", "20/06/2016");
        check(None, "01/01/2016", "01/08/2016", "15/12/2016");
        check(None, "25/06/2016", "01/07/2016", "15/12/2016");
        check(Some("20/06/2016"), "01/01/2016", "10/06/2016", "15/12/2016");
        check(Some("15/12/2016"), "01/01/2016", "31/12/2016", "20/06/2017");
    }
}
