//! Reports that are due on days of every year, whatever happened: which are owed, and that one was
//! sent or need not be.

mod read;
mod write;

use crate::clock::{DAY, Instant};
use crate::incident::profile::{Basis, Periodic};

/// How long before its day a report is told of, in milliseconds.
pub const AHEAD: i64 = 14 * DAY;

/// A report that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedReport {
    /// Its name: that of the profile and its own in it, with a dot between them.
    pub key: String,
    /// The profile that asks for it.
    pub profile: String,
    /// What is to be sent, and to whom.
    pub report: Periodic,
    /// The moment before which it is due.
    pub due_at: Instant,
    /// The text that it stands in.
    pub basis: Basis,
    /// Whether its profile was in force on that day, and is not any more.
    pub former: bool,
}

/// From when to when a profile is in force.
type Span = (Instant, Instant);

/// The days after a moment on which a report is due while it is asked for: what is due before, and
/// while its profile is not in force, is asked of nobody. The last span of one in force has no end.
fn days<'a>(
    report: &'a Periodic,
    after: Instant,
    in_force: &'a [Span],
) -> impl Iterator<Item = Instant> + 'a {
    let since = in_force.first().map(|(since, _)| after.max(*since));
    let first = since.and_then(|since| report.next(since));
    let all = std::iter::successors(first, |day| report.next(*day));
    let end = in_force.last().map(|(_, end)| *end);
    let all = all.take_while(move |day| end.is_some_and(|end| *day <= end));
    all.filter(|day| in_force.iter().any(|(from, to)| from < day && day <= to))
}

/// For which days a report is settled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Settled {
    /// Up to which day it is, with all that were due before.
    until: Option<Instant>,
    /// Later days that are, while one before them is not; in the order in which they were noted.
    alone: Vec<Instant>,
    /// When that happened which was noted last; `None` when something was taken back since.
    happened: Option<Instant>,
}

/// What stands before the moment at which that happened which was noted last.
const HAPPENED: char = '@';

impl Settled {
    /// As it is kept: the day up to which, or `-`, then those that are alone, then when that
    /// happened which was noted last, in milliseconds.
    fn read(text: &str) -> Self {
        let mut days = text.split(' ').map(|day| Instant::parse_start(day).ok());
        let until = days.next().flatten();
        let mut words = text.split(' ');
        let happened = words.find_map(|word| word.strip_prefix(HAPPENED));
        Self {
            until,
            alone: days.flatten().collect(),
            happened: happened.and_then(|at| at.parse().ok().map(Instant::from_millis)),
        }
    }

    /// As [`Settled::read`] reads it; `None` where nothing is settled.
    fn text(&self) -> Option<String> {
        if self.until.is_none() && self.alone.is_empty() {
            return None;
        }
        let until = self.until.map_or("-".to_owned(), |day| day.day());
        let alone = self.alone.iter().map(|day| day.day());
        let happened = self.happened.map(|at| format!("{HAPPENED}{}", at.millis()));
        Some(
            std::iter::once(until)
                .chain(alone)
                .chain(happened)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    fn holds(&self, day: Instant) -> bool {
        self.until.is_some_and(|until| day <= until) || self.alone.contains(&day)
    }

    /// With one day more, `first` being whether nothing before it is owed, by what happened at a
    /// moment.
    fn with(mut self, day: Instant, first: bool, happened: Instant) -> Self {
        self.happened = Some(happened);
        match first && self.alone.is_empty() {
            true => self.until = Some(day),
            false => self.alone.push(day),
        }
        self
    }

    /// Without the day that was noted last, and that day; a day on which nothing was asked for is
    /// none.
    fn without_last(mut self, report: &Periodic, in_force: &[Span]) -> Option<(Self, Instant)> {
        self.happened = None;
        if let Some(day) = self.alone.pop() {
            return Some((self, day));
        }
        let since = in_force.first()?.0;
        let day = self.until.filter(|day| *day > since)?;
        self.until = day_before(report, day, in_force);
        Some((self, day))
    }
}

/// Whether a word on which reports of a name are settled tells of what happened by a moment, and
/// still stands in the last word on them.
pub(crate) fn tells_of(word: &str, last: &str, by: Instant) -> bool {
    let (word, last) = (Settled::read(word), Settled::read(last));
    let mut days = word.until.iter().chain(&word.alone);
    word.happened.is_some_and(|at| at <= by) && days.all(|day| last.holds(*day))
}

/// The days for which a report is owed: each that is over and not settled, and the next one.
fn owed_days(
    report: &Periodic,
    settled: &Settled,
    in_force: &[Span],
    now: Instant,
) -> Vec<Instant> {
    let mut owed = Vec::new();
    for day in days(report, Instant::from_millis(i64::MIN), in_force) {
        if !settled.holds(day) {
            owed.push(day);
            if day > now {
                break;
            }
        }
    }
    owed
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
        let due = |spans: &[Span]| {
            let settled = Settled::default();
            let days = owed_days(report(), &settled, spans, at("03/07/2016"));
            days.first().copied()
        };
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
        // Of one that is in force no more what fell due while it was.
        let over = [(at("01/03/2016"), at("01/07/2016"))];
        assert_eq!(due(&over), Some(at("20/06/2016")));
        assert_eq!(due(&[(at("01/03/2016"), at("19/06/2016"))]), None);
    }

    #[test]
    fn each_day_is_owed_until_it_is_settled_however_long_that_is() {
        let check = |settled: &str, since: &str, now: &str, expect: &str| {
            let settled = Settled::read(settled);
            let days = owed_days(report(), &settled, &since_then(since), at(now));
            let days: Vec<String> = days.iter().map(|day| day.day()).collect();
            assert_eq!(days.join(" "), expect, "{settled:?} {since} {now}");
        };
        let (june, december) = ("20/06/2016", "15/12/2016");
        check("", "01/01/2016", "10/06/2016", june);
        check("", june, "10/07/2016", december);
        check("", "25/06/2016", "10/07/2016", december);
        // Of several that were missed each is told.
        check("", "01/01/2016", "21/06/2016", "20/06/2016 15/12/2016");
        let three = "20/06/2016 15/12/2016 20/06/2017";
        check("", "01/01/2016", "01/01/2017", three);
        check(june, "01/01/2016", "01/01/2017", "15/12/2016 20/06/2017");
        // The one in between may be settled before that which was missed first.
        check(
            "- 15/12/2016",
            "01/01/2016",
            "01/01/2017",
            "20/06/2016 20/06/2017",
        );
        check(
            "- 15/12/2016 20/06/2016",
            "01/01/2016",
            "01/01/2017",
            "20/06/2017",
        );
        check(december, "01/01/2016", "10/06/2016", "20/06/2017");
        check("20/06/2014", "01/01/2016", "10/06/2016", june);
    }

    #[test]
    fn what_is_settled_is_kept_day_by_day_and_taken_back_from_the_last() {
        let spans = since_then("01/01/2016");
        let mut settled = Settled::default();
        let steps = [
            ("20/06/2016", true, "20/06/2016"),
            ("20/06/2017", false, "20/06/2016 20/06/2017"),
            ("15/12/2016", true, "20/06/2016 20/06/2017 15/12/2016"),
        ];
        let sent = at("01/06/2016");
        for (day, first, kept) in steps {
            settled = settled.with(at(day), first, sent);
            let text = format!("{kept} @{}", sent.millis());
            assert_eq!(settled.text(), Some(text.clone()));
            assert_eq!(Settled::read(&text), settled);
        }
        for (back, kept) in [("15/12/2016", steps[1].2), ("20/06/2017", steps[0].2)] {
            let (rest, gone) = settled.without_last(report(), &spans).expect("a day");
            assert_eq!((gone, rest.text().as_deref()), (at(back), Some(kept)));
            settled = rest;
        }
        let (settled, gone) = settled.without_last(report(), &spans).expect("a day");
        assert_eq!((settled.text(), gone), (None, at("20/06/2016")));
        assert_eq!(settled.without_last(report(), &spans), None);
    }

    #[test]
    fn what_was_noted_tells_of_when_it_happened_while_it_stands() {
        let (june, both) = ("20/06/2016", "20/06/2016 15/12/2016");
        let check = |word: &str, last: &str, by: &str, expect| {
            let word = format!("{word} @{}", at("18/06/2016").millis());
            assert_eq!(tells_of(&word, last, at(by)), expect, "{word} {last} {by}");
        };
        check(june, june, "18/06/2016", true);
        check(june, june, "17/06/2016", false);
        check(june, both, "19/06/2016", true);
        check(june, "15/12/2016", "19/06/2016", true);
        check(june, "", "19/06/2016", false);
        check(both, june, "19/06/2016", false);
        assert!(!tells_of(june, june, at("19/06/2016")), "nobody said when");
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
