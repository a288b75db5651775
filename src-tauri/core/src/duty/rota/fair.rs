//! Who stands when: nobody at two places, nobody on a day off; rest first, then fair shares.

use std::collections::BTreeMap;

use crate::clock::{DAY, HOUR, Instant};
use crate::duty::coverage::Limits;
use crate::duty::finding::Share;
use crate::duty::period::Post;
use crate::error::Result;

/// A span for which somebody is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) post: Post,
    pub(super) from: Instant,
    pub(super) to: Instant,
    /// Whether it has time at night.
    pub(super) night: bool,
    /// How many days of a weekend it touches, and how many public holidays.
    pub(super) weekends: usize,
    pub(super) holidays: usize,
}

impl Open {
    const fn lasts(&self) -> i64 {
        self.to.millis() - self.from.millis()
    }
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
        let add = |count: &mut usize, times: usize| {
            *count = count.saturating_add_signed(by * times as isize);
        };
        add(&mut self.shifts, 1);
        add(&mut self.nights, usize::from(open.night));
        add(&mut self.weekends, open.weekends);
        add(&mut self.holidays, open.holidays);
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
    shifts: Vec<Held>,
    /// The longest of them.
    longest: i64,
    /// How long they work in each week, from Monday on.
    weeks: BTreeMap<i64, i64>,
}

type Held = (Instant, Instant, Option<usize>);

/// How much is wrong with somebody's shifts: a rest too short weighs more than any share.
const WEEK_OVER: u64 = 1 << 24;
const NO_REST: u64 = 1 << 32;

/// How ill two shifts that follow each other go together.
fn strain(first: &Held, second: &Held, limits: Limits) -> u64 {
    let rest = second.0.millis() - first.1.millis();
    let length = second.1.millis() - first.0.millis();
    match rest {
        // Going on is one stretch: allowed, but not sought.
        0 if length <= limits.stretch => NO_REST / 2,
        0 => NO_REST,
        rest if rest < limits.rest => NO_REST,
        _ => 0,
    }
}

/// The week a moment lies in: the 5th of January 1970 was a Monday.
const fn week_of(at: Instant) -> i64 {
    let days = at.plus(7 * HOUR).millis().div_euclid(DAY);
    (days + 3).div_euclid(7)
}

impl Stander {
    pub(super) fn take(&mut self, open: &Open, given: Option<usize>) {
        let at = self.shifts.partition_point(|shift| shift.0 <= open.from);
        self.shifts.insert(at, (open.from, open.to, given));
        self.load.add(open, 1);
        self.longest = self.longest.max(open.lasts());
        *self.weeks.entry(week_of(open.from)).or_default() += open.lasts();
    }

    fn leave(&mut self, open: &Open, given: usize) {
        self.shifts.retain(|shift| shift.2 != Some(given));
        self.load.add(open, -1);
        *self.weeks.entry(week_of(open.from)).or_default() -= open.lasts();
    }

    /// Whether they are elsewhere, or have the day off.
    fn is_busy(&self, from: Instant, to: Instant) -> bool {
        let meets = |begin: Instant, end: Instant| begin < to && from < end;
        let near = self.shifts_from(from).iter();
        self.away.iter().any(|(begin, end)| meets(*begin, *end))
            || near
                .take_while(|shift| shift.0 < to)
                .any(|shift| meets(shift.0, shift.1))
    }

    /// Their shifts but those that are over before a moment.
    fn shifts_from(&self, at: Instant) -> &[Held] {
        let first = self
            .shifts
            .partition_point(|shift| shift.0 < at.plus(-self.longest));
        &self.shifts[first..]
    }

    /// What one more shift would break.
    fn strained(&self, open: &Open, limits: Limits) -> u64 {
        let place = self.shifts.partition_point(|shift| shift.0 <= open.from);
        let more = (open.from, open.to, None);
        let before = place.checked_sub(1).map(|at| &self.shifts[at]);
        let mut found = before.map_or(0, |before| strain(before, &more, limits));
        if let Some(after) = self.shifts.get(place) {
            found += strain(&more, after, limits);
        }
        let worked = self.weeks.get(&week_of(open.from)).copied();
        let worked = worked.unwrap_or_default() + open.lasts();
        if limits.week.is_some_and(|week| worked > week) {
            found += WEEK_OVER;
        }
        found
    }

    /// The weeks in which they work longer than they may, each with how long.
    pub(super) fn weeks_over(&self, limits: Limits) -> impl Iterator<Item = (Instant, i64)> {
        let over = move |(week, worked): (&i64, &i64)| {
            let monday = Instant::from_millis((week * 7 - 3) * DAY - 7 * HOUR);
            limits
                .week
                .is_some_and(|most| *worked > most)
                .then_some((monday, *worked))
        };
        self.weeks.iter().filter_map(over)
    }

    /// How ill they fare around some spans: what their shifts break there, and how many they are.
    fn cost(&self, around: &[&Open], limits: Limits) -> u64 {
        let mut cost = self.load.cost() + WEEK_OVER * self.weeks_over(limits).count() as u64;
        let mut counted: Vec<usize> = Vec::new();
        for span in around {
            let first = self.shifts.partition_point(|shift| shift.0 < span.from);
            let pairs = self.shifts.windows(2).enumerate();
            let here = pairs.skip(first.saturating_sub(2));
            for (at, pair) in here.take_while(|(_, pair)| pair[0].0 < span.to) {
                if span.from < pair[1].1 && !counted.contains(&at) {
                    counted.push(at);
                    cost += strain(&pair[0], &pair[1], limits);
                }
            }
        }
        cost
    }

    fn is_rested(&self, limits: Limits) -> bool {
        let mut pairs = self.shifts.windows(2);
        pairs.all(|pair| strain(&pair[0], &pair[1], limits) == 0)
            && self.weeks_over(limits).next().is_none()
    }
}

/// How far spans may change hands once each is given.
pub(super) struct Assignee<'a> {
    /// So many of the first stay with whom they were given: who begins was said.
    pub(super) fixed: usize,
    /// How many spans may still be looked at.
    pub(super) budget: &'a mut usize,
    /// Fails when nobody waits for the answer any more.
    pub(super) goes_on: &'a dyn Fn() -> Result<()>,
}

/// Gives every open span, in their order, to one of the people, by their places; `None` where
/// nobody can.
///
/// # Errors
/// Those of `goes_on`.
pub(super) fn give(
    people: &mut [Stander],
    open: &[Open],
    limits: Limits,
    assignee: Assignee<'_>,
) -> Result<Vec<Option<usize>>> {
    let mut given: Vec<Option<usize>> = Vec::with_capacity(open.len());
    for (at, span) in open.iter().enumerate() {
        let key = |who: usize, person: &Stander| {
            let strain = person.strained(span, limits);
            let mut load = person.load;
            let before = load.cost();
            load.add(span, 1);
            let before_it = person.shifts.partition_point(|shift| shift.0 < span.from);
            let last = before_it.checked_sub(1).map(|at| person.shifts[at].1);
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
    mend(people, open, &mut given, limits, &assignee)?;
    search(people, open, &mut given, limits, assignee)?;
    Ok(given)
}

/// How often everything is looked at again.
const ROUNDS: usize = 12;

/// How many spans further an exchange is sought: shares are even long before.
const REACH: usize = 96;

/// Exchanges shifts, or gives one away, as long as somebody fares better by it.
fn mend(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    limits: Limits,
    assignee: &Assignee<'_>,
) -> Result<()> {
    for _ in 0..ROUNDS {
        if is_fair(people, limits) {
            return Ok(());
        }
        let mut better = false;
        for one in assignee.fixed..open.len() {
            (assignee.goes_on)()?;
            for who in 0..people.len() {
                better |= try_move(people, open, given, (one, who), limits);
            }
            for other in one + 1..open.len().min(one + REACH) {
                better |= try_swap(people, open, given, (one, other), limits);
            }
        }
        if !better {
            return Ok(());
        }
    }
    Ok(())
}

/// How often at most a way out is sought for one unit.
const TRIES: usize = 6_000;

/// Looks further where exchanges of two did not help: tries what is worse for a while, and keeps
/// the best. The tries come from a fixed row of numbers: the same input gives the same rota.
fn search(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    limits: Limits,
    assignee: Assignee<'_>,
) -> Result<()> {
    let Assignee { fixed, budget, .. } = assignee;
    if people.len() < 2 || open.len() < fixed + 2 || is_fair(people, limits) {
        return Ok(());
    }
    let mut numbers = Numbers(290);
    let mut best = (whole_cost(people, limits), given.to_vec());
    let mut now = best.0;
    // A try looks at every span.
    let tries = TRIES.min(*budget / open.len());
    *budget -= tries * open.len();
    for left in (0..tries).rev() {
        (assignee.goes_on)()?;
        let before = given.to_vec();
        match numbers.below(4) {
            0 => reassign(people, open, given, (fixed, &mut numbers)),
            _ => exchange(people, open, given, (fixed, &mut numbers)),
        }
        let cost = whole_cost(people, limits);
        // What is a little worse may lead on, less and less as it goes.
        let slack = 40 * left as u64 / tries as u64;
        if cost <= now.saturating_add(slack) {
            now = cost;
            if cost < best.0 {
                best = (cost, given.to_vec());
                if is_fair(people, limits) {
                    return Ok(());
                }
            }
        } else {
            back_to(people, open, given, &before);
        }
    }
    back_to(people, open, given, &best.1);
    Ok(())
}

/// Somebody else takes a span, who can.
fn reassign(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    (fixed, numbers): (usize, &mut Numbers),
) {
    let at = fixed + numbers.below(open.len() - fixed);
    let to = numbers.below(people.len());
    if given[at] != Some(to) && !people[to].is_busy(open[at].from, open[at].to) {
        move_to(people, open, given, at, Some(to));
    }
}

/// Two exchange all that they have within some spans; nothing when either cannot.
fn exchange(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    (fixed, numbers): (usize, &mut Numbers),
) {
    let a = numbers.below(people.len());
    let b = (a + 1 + numbers.below(people.len() - 1)) % people.len();
    let from = fixed + numbers.below(open.len() - fixed);
    let to = open.len().min(from + 1 + numbers.below(open.len()));
    let theirs: Vec<(usize, usize)> = (from..to)
        .filter_map(|at| match given[at] {
            Some(who) if who == a => Some((at, b)),
            Some(who) if who == b => Some((at, a)),
            _ => None,
        })
        .collect();
    let before = given.to_vec();
    for (at, _) in &theirs {
        move_to(people, open, given, *at, None);
    }
    for (at, who) in theirs {
        if people[who].is_busy(open[at].from, open[at].to) {
            back_to(people, open, given, &before);
            return;
        }
        move_to(people, open, given, at, Some(who));
    }
}

fn move_to(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    at: usize,
    to: Option<usize>,
) {
    if let Some(from) = given[at] {
        people[from].leave(&open[at], at);
    }
    if let Some(to) = to {
        people[to].take(&open[at], Some(at));
    }
    given[at] = to;
}

fn back_to(
    people: &mut [Stander],
    open: &[Open],
    given: &mut [Option<usize>],
    before: &[Option<usize>],
) {
    let changed: Vec<usize> = (0..open.len())
        .filter(|at| given[*at] != before[*at])
        .collect();
    for at in &changed {
        move_to(people, open, given, *at, None);
    }
    for at in changed {
        move_to(people, open, given, at, before[at]);
    }
}

/// How ill everybody fares.
fn whole_cost(people: &[Stander], limits: Limits) -> u64 {
    let cost = |person: &Stander| {
        let pairs = person.shifts.windows(2);
        let strained: u64 = pairs.map(|pair| strain(&pair[0], &pair[1], limits)).sum();
        strained + person.load.cost() + WEEK_OVER * person.weeks_over(limits).count() as u64
    };
    people.iter().map(cost).sum()
}

/// A row of numbers that looks like chance and is always the same.
struct Numbers(u64);

impl Numbers {
    /// The next, below another.
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// Whether nothing is broken and nobody has more than one more than another of anything.
fn is_fair(people: &[Stander], limits: Limits) -> bool {
    let spread = |kind: Share| {
        let counts = || people.iter().map(|person| person.load.of(kind));
        counts().max().unwrap_or(0) - counts().min().unwrap_or(0)
    };
    Share::ALL.iter().all(|kind| spread(*kind) <= 1)
        && people.iter().all(|person| person.is_rested(limits))
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
        let from = from.map_or(0, |from| people[from].cost(&[span], limits));
        people[to].cost(&[span], limits) + from
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
    let cost = |people: &[Stander]| {
        people[a].cost(&[first, second], limits) + people[b].cost(&[first, second], limits)
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How ill a shift of eight hours goes with one that begins so many hours after its end.
    fn after(hours: i64, stretch: i64, rest: i64) -> u64 {
        let at = |hours: i64| Instant::from_millis(hours * HOUR);
        let limits = Limits {
            stretch: stretch * HOUR,
            rest: rest * HOUR,
            ..Limits::default()
        };
        let second = (at(8 + hours), at(16 + hours), None);
        strain(&(at(0), at(8), None), &second, limits)
    }

    #[test]
    fn going_on_too_long_is_as_ill_as_no_rest_whatever_rest_is_asked() {
        for (hours, stretch, rest, expect) in [
            (0, 24, 8, NO_REST / 2),
            (0, 12, 8, NO_REST),
            (0, 12, 0, NO_REST),
            (0, 24, 0, NO_REST / 2),
            (4, 24, 8, NO_REST),
            (8, 24, 8, 0),
            (1, 24, 0, 0),
        ] {
            assert_eq!(
                after(hours, stretch, rest),
                expect,
                "{hours} {stretch} {rest}"
            );
        }
    }
}
