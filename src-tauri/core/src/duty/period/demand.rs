//! How many people are asked for when: what is narrower decides.

use std::cmp::Reverse;

use super::{Need, Period, Post};
use crate::clock::{Instant, joined, without};
use crate::directory::unit::Unit;

/// How many people a post asks for, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// How many.
    pub people: usize,
}

impl Period {
    /// How many people it asks of a unit on a post, from its beginning to its end; only the spans
    /// in which it asks for any, whatever other periods ask.
    #[must_use]
    pub fn demands(&self, unit: &Unit, post: Post) -> Vec<Demand> {
        let base: &[Post] = match self.asks_all(unit) {
            true => &self.posts,
            false => &[],
        };
        let needs = self.needs.iter().enumerate();
        let needs = needs.filter_map(|(n, need)| {
            let narrow = (Reverse(self.lasts(need)), need.rank(unit)?, n);
            Some((narrow, need))
        });
        let needs: Vec<_> = needs.collect();
        let ends = needs.iter().flat_map(|(_, need)| [need.from, need.to]);
        let inside = |at: &Instant| self.from < *at && *at < self.to;
        let mut cuts: Vec<Instant> = ends.flatten().filter(inside).collect();
        cuts.extend([self.from, self.to]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut demands: Vec<Demand> = Vec::new();
        for span in cuts.windows(2) {
            let here = needs.iter().filter(|(_, need)| need.holds(span[0]));
            let narrowest = here.max_by_key(|(narrow, _)| *narrow);
            let posts = narrowest.map_or(base, |(_, need)| &need.posts);
            let people = posts.iter().filter(|asked| **asked == post).count();
            match demands.last_mut() {
                Some(last) if last.to == span[0] && last.people == people => last.to = span[1],
                _ => demands.push(Demand {
                    from: span[0],
                    to: span[1],
                    people,
                }),
            }
        }
        demands.retain(|demand| demand.people > 0 && demand.from < demand.to);
        demands
    }

    /// As [`Period::demands`], without the time in which a narrower one `among` all periods decides
    /// of the post.
    #[must_use]
    pub fn demands_among(&self, among: &[Self], unit: &Unit, post: Post) -> Vec<Demand> {
        let mut demands = self.demands(unit, post);
        if among.len() < 2 || demands.is_empty() {
            return demands;
        }
        let narrower = among.iter().filter(|other| {
            other.from < self.to && self.from < other.to && other.narrow() > self.narrow()
        });
        let taken = joined(
            narrower
                .flat_map(|other| other.decides(unit, post))
                .collect(),
        );
        if !taken.is_empty() {
            let parts = demands.into_iter().flat_map(|demand| {
                let left = without((demand.from, demand.to), &taken);
                let left: Vec<_> = left.collect();
                left.into_iter()
                    .map(move |(from, to)| Demand { from, to, ..demand })
            });
            demands = parts.collect();
        }
        demands
    }

    /// What tells how narrow it is, the narrowest being the most.
    fn narrow(&self) -> impl Ord + use<> {
        let lasts = self.to.millis() - self.from.millis();
        (Reverse(lasts), self.from, self.id)
    }

    /// When it says of a post of a unit how many are asked for: from its beginning to its end where it
    /// asks for the post, be it nobody for an exception; else while an exception asks for it.
    fn decides(&self, unit: &Unit, post: Post) -> Vec<(Instant, Instant)> {
        if self.asks_all(unit) && self.posts.contains(&post) {
            return vec![(self.from, self.to)];
        }
        let demands = self.demands(unit, post).into_iter();
        demands.map(|demand| (demand.from, demand.to)).collect()
    }

    /// How long an exception holds, in milliseconds.
    fn lasts(&self, need: &Need) -> i64 {
        let from = need.from.map_or(self.from, |from| from.max(self.from));
        let to = need.to.map_or(self.to, |to| to.min(self.to));
        to.millis() - from.millis()
    }
}

/// Whether a unit must hold any post at a moment, by these periods.
#[must_use]
pub fn is_asked(periods: &[Period], unit: &Unit, at: Instant) -> bool {
    let mut running = periods.iter().filter(|period| period.contains(at));
    running.any(|period| {
        let holds = |demand: &Demand| demand.from <= at && at < demand.to;
        let asks = |post| {
            let demands = period.demands_among(periods, unit, post);
            demands.iter().any(holds)
        };
        period.all_posts().into_iter().any(asks)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;
    use crate::directory::unit::Group;
    use crate::id::{PeriodId, UnitId, uuid_of_text};

    fn at(day: i64) -> Instant {
        Instant::parse_start("01/05/2016")
            .expect("a day")
            .plus((day - 1) * DAY)
    }

    fn unit(name: &str) -> Unit {
        let id = UnitId(uuid_of_text("a unit of a test", name));
        Unit::new(id, name.to_owned(), Group::Department)
    }

    fn posts(text: &str) -> Vec<Post> {
        let posts = text.split(' ').filter(|word| !word.is_empty());
        posts
            .map(|word| Post::parse(word).expect("a post"))
            .collect()
    }

    /// `x@20-22 = main`: of a unit, of `departments`, of `*`; of days of May.
    fn need(text: &str) -> Need {
        let (whom, asked) = text.split_once('=').expect("posts");
        let (whom, days) = match whom.trim().split_once('@') {
            Some((whom, days)) => (whom, Some(days)),
            None => (whom.trim(), None),
        };
        let day = |text: &str| text.parse::<i64>().expect("a day");
        let days = days.map(|days| days.split_once('-').unwrap_or((days, days)));
        Need {
            unit: (!["*", "departments"].contains(&whom)).then(|| unit(whom).id),
            group: (whom == "departments").then_some(Group::Department),
            from: days.map(|(from, _)| at(day(from))),
            to: days.map(|(_, to)| at(day(to) + 1)),
            posts: posts(asked.trim()),
        }
    }

    /// `16-25 main backup; x = main`: its days, its posts, its exceptions.
    fn period(text: &str) -> Period {
        let mut parts = text.split(';').map(str::trim);
        let (days, asked) = parts
            .next()
            .and_then(|all| all.split_once(' '))
            .expect("days");
        let (from, to) = days.split_once('-').expect("two days");
        let day = |text: &str| text.parse::<i64>().expect("a day");
        let id = PeriodId(uuid_of_text("a period of a test", text));
        let mut period = Period::new(id, text.to_owned(), at(day(from)), at(day(to) + 1));
        period.posts = posts(asked);
        period.needs = parts.map(need).collect();
        period
    }

    /// Of which days a unit is asked how many on a post: `16-25: 1`.
    fn told(periods: &[Period], post: Post) -> String {
        let x = unit("x");
        let mut demands: Vec<Demand> = periods
            .iter()
            .flat_map(|period| period.demands_among(periods, &x, post))
            .collect();
        demands.sort_by_key(|demand| demand.from);
        let day = |at: Instant| (at.millis() - super::tests::at(1).millis()) / DAY + 1;
        let told = demands.iter().map(|one| {
            let (from, to) = (day(one.from), day(one.to) - 1);
            format!("{from}-{to}: {}", one.people)
        });
        told.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_narrower_exception_decides() {
        // What the period asks, with its exceptions; who is asked of unit x on main and on backup.
        let cases = [
            ("16-25 main backup", "16-25: 1", "16-25: 1"),
            ("16-25 main backup; x = main", "16-25: 1", ""),
            ("16-25 main backup; y = main", "16-25: 1", "16-25: 1"),
            ("16-25 main backup; departments = main", "16-25: 1", ""),
            (
                "16-25 main; departments = main backup; x = main",
                "16-25: 1",
                "",
            ),
            (
                "16-25 main; x = main; departments = main backup",
                "16-25: 1",
                "",
            ),
            ("16-25 main; x = main main; x = backup", "", "16-25: 1"),
            ("16-25 main backup; x =", "", ""),
            (
                "16-25 main backup; x@20-20 = main",
                "16-25: 1",
                "16-19: 1, 21-25: 1",
            ),
            (
                "16-25 main; *@20-20 = main main",
                "16-19: 1, 20-20: 2, 21-25: 1",
                "",
            ),
            // The shorter time before the unit: that day everybody, whatever is said of one.
            (
                "16-25 main; *@20-20 = main main; x = main backup",
                "16-19: 1, 20-20: 2, 21-25: 1",
                "16-19: 1, 21-25: 1",
            ),
            (
                "16-25 main; x = main main; *@20-20 =",
                "16-19: 2, 21-25: 2",
                "",
            ),
            (
                "16-25 main; *@18-22 = main backup; x@20-20 = backup",
                "16-19: 1, 21-25: 1",
                "18-22: 1",
            ),
            // As long: the unit before all.
            (
                "16-25 main; x@20-20 = backup; *@20-20 = main",
                "16-19: 1, 21-25: 1",
                "20-20: 1",
            ),
            // Only so long as the period lasts.
            ("16-25 main; x@20-31 = backup", "16-19: 1", "20-25: 1"),
        ];
        for (text, main, backup) in cases {
            let periods = [period(text)];
            assert_eq!(told(&periods, Post::Main), main, "{text}");
            assert_eq!(told(&periods, Post::Backup), backup, "{text}");
        }
    }

    #[test]
    fn the_narrower_period_decides_of_its_posts() {
        let cases = [
            // Touching.
            ("10-15 main", "16-25 main", "10-15: 1, 16-25: 1", ""),
            // Overlapping: the shorter decides where both are.
            ("10-17 main", "16-25 main main", "10-17: 1, 18-25: 2", ""),
            ("10-19 main main", "16-20 main", "10-15: 2, 16-20: 1", ""),
            // Nested: of its posts, be it nobody; the others are as the longer one says.
            ("16-25 main", "20-22 backup", "16-25: 1", "20-22: 1"),
            (
                "16-25 main",
                "20-22 main main",
                "16-19: 1, 20-22: 2, 23-25: 1",
                "",
            ),
            (
                "16-25 main backup",
                "20-22 main; x = backup",
                "16-19: 1, 23-25: 1",
                "16-19: 1, 20-22: 1, 23-25: 1",
            ),
            (
                "16-25 main backup",
                "20-22 main backup; x = main",
                "16-19: 1, 20-22: 1, 23-25: 1",
                "16-19: 1, 23-25: 1",
            ),
            ("16-25 main", "20-22 main; x =", "16-19: 1, 23-25: 1", ""),
            // An exception of a day decides of a post that its period does not ask for on that day alone.
            (
                "9-23 main",
                "9-15 leader; x@12-12 = main main leader",
                "9-11: 1, 12-12: 2, 13-23: 1",
                "",
            ),
            (
                "9-23 main",
                "9-15 main; x@12-12 =",
                "9-11: 1, 13-15: 1, 16-23: 1",
                "",
            ),
            // One that says nothing of the unit decides nothing.
            (
                "16-25 main",
                "20-22 backup; y = main main",
                "16-25: 1",
                "20-22: 1",
            ),
        ];
        for (first, second, main, backup) in cases {
            for order in [[first, second], [second, first]] {
                let periods = order.map(period);
                assert_eq!(told(&periods, Post::Main), main, "{order:?}");
                assert_eq!(told(&periods, Post::Backup), backup, "{order:?}");
            }
        }
    }
}
