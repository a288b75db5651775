//! A way out where the first that comes is not the best: spans change hands by chance, what is worse
//! is borne for a while, less and less, and the best that was met is kept. The chance comes from a
//! fixed row of numbers, and nothing but sums and products of it decides: the same input gives the
//! same rota on every machine.

use super::fair::{Assignee, Open, Score, Stander};
use crate::error::Result;

/// Spans and who stands them, while they are searched.
pub(super) struct Search<'a> {
    pub(super) people: &'a mut [Stander],
    pub(super) open: &'a [Open],
    pub(super) given: Vec<Option<usize>>,
    /// How many spans nobody stands.
    pub(super) empty: usize,
    /// So many of the first stay with whom they were given.
    pub(super) fixed: usize,
    pub(super) numbers: Numbers,
}

/// A row of numbers that looks like chance and is always the same.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// The next, below another.
    fn below(&mut self, most: usize) -> usize {
        self.next() as usize % most
    }

    /// The next, from nothing to one.
    fn part(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 31) as f64
    }
}

/// How many exchanges the first round has for each span.
const FIRST: usize = 150;

/// By how much rounds grow.
const MORE: usize = 3;

/// How often it is asked whether somebody still waits.
const ASKED: usize = 256;

/// What is borne at first and at last, in shares.
const HEAT: (f64, f64) = (24.0, 0.4);

/// What a breach, a shift that goes on and an hour too long in a week weigh at first, in shares; in
/// the end they outweigh all.
const BROKEN: (f64, f64, f64) = (120.0, 40.0, 4.0);

/// What shares are divided by to weigh them with [`HEAT`].
const SHARE: f64 = (720 * 720) as f64;

impl Search<'_> {
    /// Searches until nothing can be better, or all was tried; gives how many exchanges were tried.
    ///
    /// # Errors
    /// Those of `goes_on`.
    pub(super) fn run(&mut self, least: Score, assignee: &Assignee<'_>) -> Result<usize> {
        if self.people.len() < 2 || self.open.len() < self.fixed + 2 {
            return Ok(0);
        }
        let (some, all) = assignee.tries;
        let mut best = (self.standing(), self.given.clone());
        let (mut tried, mut round) = (0, FIRST * self.open.len());
        loop {
            let (empty, score) = best.0;
            let is_broken = (empty, score.breaches, score.going_on, score.over)
                > (0, least.breaches, least.going_on, least.over);
            let most = if is_broken { all } else { some };
            if tried >= most || best.0 <= (0, least) {
                break;
            }
            let length = round.min(most - tried);
            self.round(length, &mut best, least, assignee.goes_on)?;
            tried += length;
            round *= MORE;
        }
        let back: Vec<(usize, Option<usize>)> = best.1.into_iter().enumerate().collect();
        self.put(&back);
        Ok(tried)
    }

    /// How many spans nobody stands, and how ill everybody fares.
    fn standing(&self) -> (usize, Score) {
        (self.empty, self.people.iter().map(Stander::score).sum())
    }

    /// So many exchanges, from much that is borne to little.
    fn round(
        &mut self,
        length: usize,
        best: &mut ((usize, Score), Vec<Option<usize>>),
        least: Score,
        goes_on: &dyn Fn() -> Result<()>,
    ) -> Result<()> {
        let mut now = self.standing();
        let mut moves = Vec::new();
        for n in 0..length {
            if n % ASKED == 0 {
                goes_on()?;
            }
            self.choose(&mut moves);
            if moves.is_empty() {
                continue;
            }
            let before = now;
            let Some(undo) = self.make(&mut moves, &mut now) else {
                continue;
            };
            let done = n as f64 / length as f64;
            let left = (1.0 - done) * (1.0 - done);
            let heat = HEAT.1 + HEAT.0 * left;
            let hard = 1.0 + 4_000.0 * done * done * done * done;
            let chance = self.numbers.part();
            let borne = heat * 4.0 * chance * chance * chance;
            let (was, is) = (before.1, now.1);
            let worse = (is.breaches - was.breaches) as f64 * BROKEN.0 * hard
                + (is.going_on - was.going_on) as f64 * BROKEN.1 * hard
                + (is.over - was.over) as f64 / 60.0 * BROKEN.2 * hard
                + (is.shares as f64 - was.shares as f64) / SHARE;
            if now.0 > before.0 || now.0 == before.0 && worse > borne {
                self.put(&undo);
                now = before;
            } else if now < best.0 {
                *best = (now, self.given.clone());
                if now <= (0, least) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// An exchange, as the spans that change hands and to whom; it may be none.
    fn choose(&mut self, moves: &mut Vec<(usize, Option<usize>)>) {
        moves.clear();
        let (people, spans) = (self.people.len(), self.open.len());
        let from = self.fixed + self.numbers.below(spans - self.fixed);
        let far = match self.numbers.below(4) {
            0 => spans,
            1 => 28,
            _ => 8,
        };
        match self.numbers.below(10) {
            // Somebody else takes it.
            0 | 1 => moves.push((from, Some(self.numbers.below(people)))),
            // Two exchange one for one.
            2..=4 => {
                let to = from + 1 + self.numbers.below(far);
                if to < spans && self.given[from] != self.given[to] && self.given[to].is_some() {
                    moves.push((from, self.given[to]));
                    moves.push((to, self.given[from]));
                }
            }
            // All that is stood within some spans moves by one: where rest leaves little choice, one
            // after the other can only change together.
            5 | 6 => {
                let to = spans.min(from + 2 + self.numbers.below(far));
                let by = [1, to - from - 1][self.numbers.below(2)];
                for at in from..to {
                    let next = self.given[from + (at - from + by) % (to - from)];
                    if next.is_some() {
                        moves.push((at, next));
                    }
                }
            }
            // Two, or three in a ring, exchange all that they have within some spans.
            kind => {
                let to = spans.min(from + 1 + self.numbers.below(far));
                let a = self.numbers.below(people);
                let b = (a + 1 + self.numbers.below(people - 1)) % people;
                let mut ring = [a, b, a];
                if kind == 9 && people > 2 {
                    let c = self.numbers.below(people);
                    if c != a && c != b {
                        ring[2] = c;
                    }
                }
                for at in from..to {
                    let Some(who) = self.given[at] else { continue };
                    if let Some(place) = ring.iter().position(|known| *known == who) {
                        let last = if ring[2] == a { 2 } else { 3 };
                        moves.push((at, Some(ring[(place + 1) % last])));
                    }
                }
            }
        }
    }

    /// Makes an exchange, and gives how it is undone; `None` when somebody cannot.
    fn make(
        &mut self,
        moves: &mut Vec<(usize, Option<usize>)>,
        now: &mut (usize, Score),
    ) -> Option<Vec<(usize, Option<usize>)>> {
        moves.retain(|(at, to)| self.given[*at] != *to);
        if moves.is_empty() {
            return None;
        }
        let undo: Vec<_> = moves.iter().map(|(at, _)| (*at, self.given[*at])).collect();
        for (at, _) in moves.iter() {
            self.hand(*at, None);
        }
        for (at, to) in moves.iter() {
            let span = &self.open[*at];
            let can = to.is_some_and(|to| !self.people[to].is_busy(span.from, span.to));
            if !can {
                self.put(&undo);
                return None;
            }
            self.hand(*at, *to);
        }
        *now = self.standing();
        Some(undo)
    }

    /// Gives spans to whom they are said to go.
    fn put(&mut self, to: &[(usize, Option<usize>)]) {
        for (at, _) in to {
            self.hand(*at, None);
        }
        for (at, who) in to {
            self.hand(*at, *who);
        }
    }

    fn hand(&mut self, at: usize, to: Option<usize>) {
        match self.given[at] {
            Some(from) => self.people[from].leave(&self.open[at], at),
            None => self.empty -= 1,
        }
        match to {
            Some(to) => self.people[to].take(&self.open[at], Some(at)),
            None => self.empty += 1,
        }
        self.given[at] = to;
    }
}
