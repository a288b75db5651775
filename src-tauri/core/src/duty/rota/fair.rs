//! Who stands when: nobody at two places, nobody on a day off; rest first, then fair shares.

use super::search::{Numbers, Search};
use crate::clock::{HOUR, Instant, MINUTE};
use crate::duty::coverage::Limits;
use crate::duty::finding::Share;
use crate::duty::period::Post;
use crate::duty::stood::{Stood, by_week};
use crate::error::Result;

/// A span for which somebody is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) post: Post,
    pub(super) from: Instant,
    pub(super) to: Instant,
    /// What whoever stands it has of each kind.
    pub(super) stood: Stood,
}

/// How ill a share is: less is fairer, for squares grow with what lies apart.
fn cost(stood: &Stood) -> u64 {
    let square = |kind: Share| weight(kind) * stood.share(kind) * stood.share(kind);
    Share::ALL.iter().map(|kind| square(*kind)).sum()
}

/// What the square of somebody's share weighs, as [`super::WEIGHTS`] say, by what is counted.
const fn weight(kind: Share) -> u64 {
    let mut at = 0;
    while at < super::WEIGHTS.len() {
        if super::WEIGHTS[at].0 as usize == kind as usize {
            break;
        }
        at += 1;
    }
    match kind {
        Share::Hours => super::WEIGHTS[at].1,
        _ => super::WEIGHTS[at].1 * ONE,
    }
}

/// What one is among the others, so that hours weigh by twelve of them.
const ONE: u64 = 720 * 720;

/// What a shift weighs that goes on from another within [`DOUBLE`].
const GOING_ON: u64 = super::GOING_ON * ONE;

/// The longest stretch that may even out shares: two shifts of eight hours. Where people work
/// longer without a break, that is not done for the sake of shares.
const DOUBLE: i64 = 16 * HOUR;

/// How ill everybody fares; the first that differs decides, and less is better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    /// Rests too short, stretches too long.
    pub(super) breaches: i64,
    /// Shifts that go on from one to the next for longer than [`DOUBLE`]: allowed, but not sought.
    pub(super) going_on: i64,
    /// How many minutes weeks are too long.
    pub(super) over: i64,
    /// How far shares lie apart, and what shorter ones weigh that go on.
    pub(super) shares: u64,
}

impl std::ops::Add for Score {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            breaches: self.breaches + other.breaches,
            going_on: self.going_on + other.going_on,
            over: self.over + other.over,
            shares: self.shares + other.shares,
        }
    }
}

impl std::iter::Sum for Score {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| sum + one)
    }
}

/// Somebody who stands shifts.
#[derive(Debug, Clone)]
pub(super) struct Stander {
    pub(super) away: Vec<(Instant, Instant)>,
    /// What they have of each kind, as far as it counts.
    stood: Stood,
    limits: Limits,
    /// By when they begin; with the place among the open spans, for those that were given.
    shifts: Vec<Held>,
    /// The longest of them.
    longest: i64,
    /// How long they work in each week, by its Monday.
    weeks: Vec<(Instant, i64)>,
    /// What these break.
    broken: Strain,
    /// How long their weeks are longer than they may be.
    over: i64,
}

type Held = (Instant, Instant, Option<usize>);

/// What shifts that follow each other break.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Strain {
    breaches: i64,
    going_on: i64,
    doubled: i64,
}

impl Strain {
    fn add(&mut self, other: Self, by: i64) {
        self.breaches += by * other.breaches;
        self.going_on += by * other.going_on;
        self.doubled += by * other.doubled;
    }
}

/// How ill shifts that follow each other go together; the first of them follows none.
fn strain<'a>(shifts: impl IntoIterator<Item = &'a Held>, limits: Limits) -> Strain {
    let mut found = Strain::default();
    let mut stretch: Option<(Instant, Instant)> = None;
    for (from, to, _) in shifts {
        let Some((begin, end)) = stretch else {
            stretch = Some((*from, *to));
            continue;
        };
        let rest = from.millis() - end.millis();
        let length = to.millis() - begin.millis();
        match rest {
            0 if length > limits.stretch => found.breaches += 1,
            0 if length > DOUBLE => found.going_on += 1,
            0 => found.doubled += 1,
            _ => found.breaches += i64::from(rest < limits.rest),
        }
        let begin = if rest == 0 { begin } else { *from };
        stretch = Some((begin, *to));
    }
    found
}

impl Stander {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            away: Vec::new(),
            stood: Stood::default(),
            limits,
            shifts: Vec::new(),
            longest: 0,
            weeks: Vec::new(),
            broken: Strain::default(),
            over: 0,
        }
    }

    pub(super) fn take(&mut self, open: &Open, given: Option<usize>) {
        let span = (open.from, open.to);
        self.hold(span, &[span], open.stood, given);
    }

    /// Takes a shift of which they are there in some parts only; so much of it counts.
    pub(super) fn hold(
        &mut self,
        (from, to): (Instant, Instant),
        there: &[(Instant, Instant)],
        stood: Stood,
        given: Option<usize>,
    ) {
        let at = self.shifts.partition_point(|shift| shift.0 <= from);
        self.shifts.insert(at, (from, to, given));
        self.stood += stood;
        self.longest = self.longest.max(to.millis() - from.millis());
        for part in there {
            self.works(*part, 1);
        }
        self.count(at, 1);
    }

    pub(super) fn leave(&mut self, open: &Open, given: usize) {
        let mut at = self.shifts.partition_point(|shift| shift.0 < open.from);
        while self.shifts[at].2 != Some(given) {
            at += 1;
        }
        self.count(at, -1);
        self.shifts.remove(at);
        self.stood -= open.stood;
        self.works((open.from, open.to), -1);
    }

    /// Counts what the shift at a place breaks, which joins or leaves the others: from the beginning
    /// of the stretch before it to the end of the one after it.
    fn count(&mut self, at: usize, by: i64) {
        let goes_on = |at: usize| self.shifts[at].1 == self.shifts[at + 1].0;
        let mut first = at.saturating_sub(1);
        while first > 0 && goes_on(first - 1) {
            first -= 1;
        }
        let mut last = (at + 1).min(self.shifts.len() - 1);
        while last + 1 < self.shifts.len() && goes_on(last) {
            last += 1;
        }
        let with = strain(&self.shifts[first..=last], self.limits);
        let others = self.shifts[first..at].iter();
        let without = strain(others.chain(&self.shifts[at + 1..=last]), self.limits);
        self.broken.add(with, by);
        self.broken.add(without, -by);
    }

    /// Counts a time to the weeks in which it lies.
    fn works(&mut self, span: (Instant, Instant), by: i64) {
        for (monday, (from, to)) in by_week(span) {
            let place = match self.weeks.binary_search_by_key(&monday, |known| known.0) {
                Ok(place) => place,
                Err(place) => {
                    self.weeks.insert(place, (monday, 0));
                    place
                }
            };
            let time = by * (to.millis() - from.millis());
            let worked = &mut self.weeks[place].1;
            let over = |worked: i64| self.limits.week.map_or(0, |most| (worked - most).max(0));
            self.over += over(*worked + time) - over(*worked);
            *worked += time;
        }
    }

    /// Whether they are elsewhere, or have the day off.
    pub(super) fn is_busy(&self, from: Instant, to: Instant) -> bool {
        let meets = |begin: Instant, end: Instant| begin < to && from < end;
        let first = self
            .shifts
            .partition_point(|shift| shift.0 < from.plus(-self.longest));
        self.away.iter().any(|(begin, end)| meets(*begin, *end))
            || self.shifts[first..]
                .iter()
                .take_while(|shift| shift.0 < to)
                .any(|shift| meets(shift.0, shift.1))
    }

    pub(super) fn score(&self) -> Score {
        Score {
            breaches: self.broken.breaches,
            going_on: self.broken.going_on,
            over: self.over / MINUTE,
            shares: cost(&self.stood) + self.broken.doubled.unsigned_abs() * GOING_ON,
        }
    }
}

/// How far spans may change hands once each is given.
pub(super) struct Assignee<'a> {
    /// So many of the first stay with whom they were given: who begins was said.
    pub(super) fixed: usize,
    /// How many exchanges may be tried, and how many more while something is broken.
    pub(super) tries: (usize, usize),
    /// Fails when nobody waits for the answer any more.
    pub(super) goes_on: &'a dyn Fn() -> Result<()>,
}

/// Gives every open span, in their order, to one of the people, by their places; `None` where
/// nobody can. Also gives how many exchanges were tried.
///
/// # Errors
/// Those of `goes_on`.
pub(super) fn give(
    people: &mut [Stander],
    open: &[Open],
    assignee: &Assignee<'_>,
) -> Result<(Vec<Option<usize>>, usize)> {
    let least = least(people, open);
    let mut given: Vec<Option<usize>> = Vec::with_capacity(open.len());
    for (at, span) in open.iter().enumerate() {
        let mut best = None;
        for (who, person) in people.iter_mut().enumerate() {
            if person.is_busy(span.from, span.to) {
                continue;
            }
            let before = person.score();
            let before_it = person.shifts.partition_point(|shift| shift.0 < span.from);
            let last = before_it.checked_sub(1).map(|at| person.shifts[at].1);
            person.take(span, Some(at));
            let after = person.score();
            person.leave(span, at);
            let more = (
                after.breaches - before.breaches,
                after.going_on - before.going_on,
                after.over - before.over,
                after.shares as i64 - before.shares as i64,
            );
            let key = (more, last, who);
            if best.is_none_or(|best| key < best) {
                best = Some(key);
            }
        }
        let who = best.map(|(.., who)| who);
        if let Some(who) = who {
            people[who].take(span, Some(at));
        }
        given.push(who);
    }
    let mut search = Search {
        empty: given.iter().filter(|who| who.is_none()).count(),
        people,
        open,
        given,
        fixed: assignee.fixed,
        numbers: Numbers(290),
    };
    let tried = search.run(least, assignee)?;
    Ok((search.given, tried))
}

/// The least that a score can be where nothing goes on: each kind shared out for itself, as evenly
/// as it can be.
fn least(people: &[Stander], open: &[Open]) -> Score {
    let before: Score = people.iter().map(Stander::score).sum();
    let mut whole = Stood::default();
    for open in open {
        whole += open.stood;
    }
    let minutes = |span: &Open| span.stood.share(Share::Hours);
    let step = open.iter().map(minutes).fold(0, common);
    let shares = Share::ALL.iter().map(|&kind| {
        let step = match kind {
            Share::Hours => step.max(1),
            _ => 1,
        };
        let mut has: Vec<u64> = people
            .iter()
            .map(|person| person.stood.share(kind))
            .collect();
        for _ in 0..whole.share(kind) / step {
            if let Some(least) = has.iter_mut().min() {
                *least += step;
            }
        }
        has.iter().map(|has| weight(kind) * has * has).sum::<u64>()
    });
    Score {
        shares: shares.sum(),
        ..before
    }
}

/// The greatest number that divides both.
fn common(a: u64, b: u64) -> u64 {
    match b {
        0 => a,
        _ => common(b, a % b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How ill a shift of eight hours goes with one that begins so many hours after its end.
    fn after(hours: i64, stretch: i64, rest: i64) -> (i64, i64, i64) {
        let at = |hours: i64| Instant::from_millis(hours * HOUR);
        let limits = Limits {
            stretch: stretch * HOUR,
            rest: rest * HOUR,
            ..Limits::default()
        };
        let second = (at(8 + hours), at(16 + hours), None);
        let found = strain(&[(at(0), at(8), None), second], limits);
        (found.breaches, found.going_on, found.doubled)
    }

    #[test]
    fn going_on_too_long_is_as_ill_as_no_rest_whatever_rest_is_asked() {
        for (hours, stretch, rest, expect) in [
            (0, 24, 8, (0, 0, 1)),
            (0, 12, 8, (1, 0, 0)),
            (0, 12, 0, (1, 0, 0)),
            (0, 24, 0, (0, 0, 1)),
            (4, 24, 8, (1, 0, 0)),
            (8, 24, 8, (0, 0, 0)),
            (1, 24, 0, (0, 0, 0)),
        ] {
            let found = after(hours, stretch, rest);
            assert_eq!(found, expect, "{hours} {stretch} {rest}");
        }
    }

    #[test]
    fn what_is_broken_is_counted_as_shifts_come_and_go() {
        let at = |hours: i64| Instant::from_millis(hours * HOUR);
        let limits = Limits {
            rest: 12 * HOUR,
            week: Some(30 * HOUR),
            ..Limits::default()
        };
        let span = |from: i64| Open {
            post: Post::Main,
            from: at(from),
            to: at(from + 8),
            stood: Stood {
                shifts: 1,
                time: 8 * HOUR,
                ..Stood::default()
            },
        };
        let mut person = Stander::new(limits);
        let spans = [0, 16, 8, 40, 48].map(span);
        let (mut found, mut over) = (Vec::new(), Vec::new());
        for (n, span) in spans.iter().enumerate() {
            person.take(span, Some(n));
            let broken = person.broken;
            found.push((broken.breaches, broken.going_on, broken.doubled));
            over.push(person.over / HOUR);
        }
        // The third of a stretch makes it longer than two shifts.
        assert_eq!(
            found,
            [(0, 0, 0), (1, 0, 0), (0, 1, 1), (0, 1, 1), (0, 1, 2)]
        );
        assert_eq!(over, [0, 0, 0, 2, 10]);
        for n in [2, 0, 4, 3, 1] {
            person.leave(&spans[n], n);
        }
        assert_eq!((person.broken, person.over), (Strain::default(), 0));
        assert_eq!(person.stood, Stood::default());
    }
}
