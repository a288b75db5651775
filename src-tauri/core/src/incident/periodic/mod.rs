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

/// From when to when a profile is in force.
type Span = (Instant, Instant);

/// The days after a moment on which a report is due while it is asked for: what is due before, and
/// while its profile is not in force, is asked of nobody. The last span has no end.
fn days<'a>(
    report: &'a Periodic,
    after: Instant,
    in_force: &'a [Span],
) -> impl Iterator<Item = Instant> + 'a {
    let since = in_force.first().map(|(since, _)| after.max(*since));
    let first = since.and_then(|since| report.next(since));
    let all = std::iter::successors(first, |day| report.next(*day));
    all.filter(|day| in_force.iter().any(|(from, to)| from < day && day <= to))
}

/// The first day on which a report is due that is not settled. `settled` is the last day that is.
fn first_owed(report: &Periodic, settled: Option<Instant>, in_force: &[Span]) -> Option<Instant> {
    let after = settled.unwrap_or(Instant::from_millis(i64::MIN));
    days(report, after, in_force).next()
}

/// The last day before `settled` on which a report was due since it is asked for.
fn day_before(report: &Periodic, settled: Instant, in_force: &[Span]) -> Option<Instant> {
    let days = days(report, Instant::from_millis(i64::MIN), in_force);
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

    fn since_then(since: &str) -> Vec<Span> {
        vec![(at(since), Instant::from_millis(i64::MAX))]
    }

    #[test]
    fn a_break_of_a_profile_forgets_nothing_that_was_owed() {
        let end = Instant::from_millis(i64::MAX);
        let due = |spans: &[Span]| first_owed(report(), None, spans);
        let short = [
            (at("01/03/2016"), at("01/07/2016")),
            (at("02/07/2016"), end),
        ];
        assert_eq!(due(&short), Some(at("20/06/2016")));
        let over_the_day = [
            (at("01/03/2016"), at("01/06/2016")),
            (at("02/07/2016"), end),
        ];
        assert_eq!(due(&over_the_day), Some(at("15/12/2016")));
    }

    #[test]
    fn a_report_is_owed_until_it_is_settled_however_long_that_is() {
        let check = |settled: Option<&str>, since: &str, expect: &str| {
            let due = first_owed(report(), settled.map(at), &since_then(since));
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
            let day = day_before(report(), at(settled), &since_then(since));
            assert_eq!(day, expect.map(at), "{settled} {since}");
        };
        check("20/06/2016", "01/01/2016", None);
        check("15/12/2016", "01/01/2016", Some("20/06/2016"));
        check("20/06/2017", "01/01/2016", Some("15/12/2016"));
        check("15/12/2016", "20/06/2016", None);
    }
}
