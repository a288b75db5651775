//! Reports that are due on days of every year, whatever happened: which are owed, and that one was
//! sent or need not be.

mod read;
mod write;

use crate::clock::{DAY, Instant};
use crate::incident::profile::{Basis, Periodic};

/// How long before its day a report is told of, in milliseconds.
pub const AHEAD: i64 = 14 * DAY;

/// A report of a profile in force that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedReport {
    /// Its name: that of the profile and its own in it, with a dot between them.
    pub key: String,
    /// What is to be sent, and to whom.
    pub report: Periodic,
    /// The moment before which it is due: of those that are owed the first.
    pub due_at: Instant,
    /// The text that it stands in.
    pub basis: Basis,
    /// The last day that is settled, and the one before it.
    settled: Option<(Instant, Option<Instant>)>,
}

/// The first day on which a report is due that is not settled. `settled` is the last day that is,
/// `since` when it began to be asked for: what was due before is asked of nobody.
fn first_owed(report: &Periodic, settled: Option<Instant>, since: Instant) -> Option<Instant> {
    report.next(settled.map_or(since, |day| day.max(since)))
}

/// The last day before `settled` on which a report was due since it is asked for.
fn day_before(report: &Periodic, settled: Instant, since: Instant) -> Option<Instant> {
    let days = std::iter::successors(report.next(since), |day| report.next(*day));
    days.take_while(|day| *day < settled).last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::profile::shipped;

    fn report() -> &'static Periodic {
        let mut profiles = shipped().iter();
        let periodic = profiles.find_map(|profile| profile.periodic.first());
        periodic.expect("a profile has one")
    }

    fn at(text: &str) -> Instant {
        Instant::parse_start(text).expect("a day")
    }

    #[test]
    fn a_report_is_owed_until_it_is_settled_however_long_that_is() {
        let check = |settled: Option<&str>, since: &str, expect: &str| {
            let due = first_owed(report(), settled.map(at), at(since));
            assert_eq!(due, Some(at(expect)), "{settled:?} {since}");
        };
        check(None, "01/01/2016", "20/06/2016");
        check(None, "20/06/2016", "15/12/2016");
        check(None, "25/06/2016", "15/12/2016");
        check(Some("20/06/2016"), "01/01/2016", "15/12/2016");
        check(Some("15/12/2016"), "01/01/2016", "20/06/2017");
        check(Some("20/06/2014"), "01/01/2016", "20/06/2016");
    }

    #[test]
    fn what_is_taken_back_is_the_last_day_alone() {
        let check = |settled: &str, since: &str, expect: Option<&str>| {
            let day = day_before(report(), at(settled), at(since));
            assert_eq!(day, expect.map(at), "{settled} {since}");
        };
        check("20/06/2016", "01/01/2016", None);
        check("15/12/2016", "01/01/2016", Some("20/06/2016"));
        check("20/06/2017", "01/01/2016", Some("15/12/2016"));
        check("15/12/2016", "20/06/2016", None);
    }
}
