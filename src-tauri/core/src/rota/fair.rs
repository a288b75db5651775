//! Who stands when: nobody at two places, nobody on a day off; rest first, then fair shares.

use crate::clock::{DAY, Instant};
use crate::coverage::Limits;
use crate::finding::Share;
use crate::period::Post;

/// A span for which somebody is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) post: Post,
    pub(super) from: Instant,
    pub(super) to: Instant,
    /// Whether two in the morning lies in it.
    pub(super) night: bool,
    pub(super) weekend: bool,
    pub(super) holiday: bool,
}

/// What somebody has of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) shifts: usize,
    pub(super) nights: usize,
    pub(super) weekends: usize,
    pub(super) holidays: usize,
}

impl Load {
    /// How many of a kind.
    pub(super) const fn of(&self, kind: Share) -> usize {
        match kind {
            Share::Shifts => self.shifts,
            Share::Nights => self.nights,
            Share::Weekends => self.weekends,
            Share::Holidays => self.holidays,
        }
    }

    fn add(&mut self, open: &Open, by: isize) {
        let add = |count: &mut usize, counts: bool| {
            if counts {
                *count = count.saturating_add_signed(by);
            }
        };
        add(&mut self.shifts, true);
        add(&mut self.nights, open.night);
        add(&mut self.weekends, open.weekend);
        add(&mut self.holidays, open.holiday);
    }

    /// Less is fairer: squares grow with what lies apart.
    fn cost(&self) -> u64 {
        let square = |count: usize, weight: u64| weight * (count * count) as u64;
        square(self.shifts, 6)
            + square(self.nights, 4)
            + square(self.weekends, 3)
            + square(self.holidays, 3)
    }
}

/// Somebody who stands shifts.
#[derive(Debug, Clone, Default)]
pub(super) struct Stander {
    pub(super) away: Vec<(Instant, Instant)>,
    pub(super) load: Load,
    /// By when they begin; with the place among the open spans, for those that were given.
    shifts: Vec<(Instant, Instant, Option<usize>)>,
}

/// How much is wrong with somebody's shifts: a rest too short weighs more than any share.
const WEEK_OVER: u64 = 1 << 24;
const NO_REST: u64 = 1 << 32;

impl Stander {
    pub(super) fn take(&mut self, open: &Open, given: Option<usize>) {
        let at = self.shifts.partition_point(|shift| shift.0 <= open.from);
        self.shifts.insert(at, (open.from, open.to, given));
        self.load.add(open, 1);
    }

    fn leave(&mut self, open: &Open, given: usize) {
        self.shifts.retain(|shift| shift.2 != Some(given));
        self.load.add(open, -1);
    }

    /// Whether they are elsewhere, or have the day off.
    fn is_busy(&self, from: Instant, to: Instant) -> bool {
        let meets = |begin: Instant, end: Instant| begin < to && from < end;
        self.away.iter().any(|(begin, end)| meets(*begin, *end))
            || self
                .near(from, to)
                .iter()
                .any(|shift| meets(shift.0, shift.1))
    }

    /// Their shifts that may meet a span: nobody stands for more than a few days at once.
    fn near(&self, from: Instant, to: Instant) -> &[(Instant, Instant, Option<usize>)] {
        let first = self
            .shifts
            .partition_point(|shift| shift.0 < from.plus(-31 * DAY));
        let last = self.shifts.partition_point(|shift| shift.0 < to);
        &self.shifts[first.min(last)..last]
    }

    /// What one more shift would break.
    fn strain(&self, open: &Open, limits: Limits) -> u64 {
        let place = self.shifts.partition_point(|shift| shift.0 <= open.from);
        let short = |rest: i64, length: i64| match rest {
            // Going on is one stretch: allowed, but not sought.
            0 if length <= limits.stretch => NO_REST / 2,
            rest if rest < limits.rest => NO_REST,
            _ => 0,
        };
        let before = place.checked_sub(1).map(|at| self.shifts[at]);
        let after = self.shifts.get(place);
        let millis = |from: Instant, to: Instant| to.millis() - from.millis();
        let mut strain = 0;
        if let Some((from, to, _)) = before {
            strain += short(millis(to, open.from), millis(from, open.to));
        }
        if let Some((from, to, _)) = after {
            strain += short(millis(open.to, *from), millis(open.from, *to));
        }
        if let Some(week) = limits.week {
            // The 5th of January 1970 was a Monday.
            let monday = |at: Instant| {
                let days = at.midnight().plus(7 * crate::clock::HOUR).millis() / DAY;
                (days + 3).div_euclid(7)
            };
            let this = monday(open.from);
            let worked: i64 = self
                .shifts
                .iter()
                .filter(|shift| monday(shift.0) == this)
                .map(|shift| millis(shift.0, shift.1))
                .sum();
            if worked + millis(open.from, open.to) > week {
                strain += WEEK_OVER;
            }
        }
        strain
    }

    /// How ill they fare: what their shifts break, and how many they are.
    fn cost(&self, limits: Limits) -> u64 {
        let mut cost = self.load.cost();
        for pair in self.shifts.windows(2) {
            let rest = pair[1].0.millis() - pair[0].1.millis();
            let length = pair[1].1.millis() - pair[0].0.millis();
            cost += match rest {
                0 if length <= limits.stretch => NO_REST / 2,
                rest if rest < limits.rest => NO_REST,
                _ => 0,
            };
        }
        cost
    }
}

/// Gives every open span, in their order, to one of the people, by their places; `None` where
/// nobody can.
pub(super) fn give(people: &mut [Stander], open: &[Open], limits: Limits) -> Vec<Option<usize>> {
    let mut given: Vec<Option<usize>> = Vec::with_capacity(open.len());
    for (at, span) in open.iter().enumerate() {
        let key = |who: usize, person: &Stander| {
            let strain = person.strain(span, limits);
            let mut load = person.load;
            let before = load.cost();
            load.add(span, 1);
            let last = person
                .near(span.from, span.from)
                .last()
                .map(|shift| shift.1);
            (strain, load.cost() - before, last, who)
        };
        let can = people
            .iter()
            .enumerate()
            .filter(|(_, person)| !person.is_busy(span.from, span.to));
        let who = can
            .min_by_key(|(who, person)| key(*who, person))
            .map(|(who, _)| who);
        if let Some(who) = who {
            people[who].take(span, Some(at));
        }
        given.push(who);
    }
    mend(people, open, &mut given, limits);
    given
}

/// How often everything is looked at again.
const ROUNDS: usize = 12;

/// Exchanges shifts, or gives one away, as long as somebody fares better by it.
fn mend(people: &mut [Stander], open: &[Open], given: &mut [Option<usize>], limits: Limits) {
    for _ in 0..ROUNDS {
        if is_fair(people, limits) {
            return;
        }
        let mut better = false;
        for one in 0..open.len() {
            for who in 0..people.len() {
                better |= try_move(people, open, given, (one, who), limits);
            }
            for other in one + 1..open.len() {
                better |= try_swap(people, open, given, (one, other), limits);
            }
        }
        if !better {
            return;
        }
    }
}

/// Whether nothing is broken and nobody has more than one more than another of anything.
fn is_fair(people: &[Stander], limits: Limits) -> bool {
    let spread = |kind: Share| {
        let counts = || people.iter().map(|person| person.load.of(kind));
        counts().max().unwrap_or(0) - counts().min().unwrap_or(0)
    };
    Share::ALL.iter().all(|kind| spread(*kind) <= 1)
        && people
            .iter()
            .all(|person| person.cost(limits) < NO_REST / 2)
}

fn try_move(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    (one, to): (usize, usize),
    limits: Limits,
) -> bool {
    let span = &open[one];
    let from = given[one];
    if from == Some(to) || people[to].is_busy(span.from, span.to) {
        return false;
    }
    let cost = |people: &[Stander]| {
        people[to].cost(limits) + from.map_or(0, |from| people[from].cost(limits))
    };
    let before = cost(people);
    if let Some(from) = from {
        people[from].leave(span, one);
    }
    people[to].take(span, Some(one));
    if from.is_none() || cost(people) < before {
        given[one] = Some(to);
        return true;
    }
    people[to].leave(span, one);
    if let Some(from) = from {
        people[from].take(span, Some(one));
    }
    false
}

fn try_swap(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    (one, other): (usize, usize),
    limits: Limits,
) -> bool {
    let (Some(a), Some(b)) = (given[one], given[other]) else {
        return false;
    };
    if a == b {
        return false;
    }
    let (first, second) = (&open[one], &open[other]);
    let cost = |people: &[Stander]| people[a].cost(limits) + people[b].cost(limits);
    let before = cost(people);
    people[a].leave(first, one);
    people[b].leave(second, other);
    let can =
        !people[a].is_busy(second.from, second.to) && !people[b].is_busy(first.from, first.to);
    if can {
        people[a].take(second, Some(other));
        people[b].take(first, Some(one));
        if cost(people) < before {
            (given[one], given[other]) = (Some(b), Some(a));
            return true;
        }
        people[a].leave(second, other);
        people[b].leave(first, one);
    }
    people[a].take(first, Some(one));
    people[b].take(second, Some(other));
    false
}
