//! The twin: who is on duty in a world, and where nobody is, by plain loops and none of the book's
//! rules.

use super::world::{Duty, Span, World};

/// What is wrong with a post in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hole {
    Nobody,
    Away,
    Silent,
}

impl World {
    fn is_unit(&self, unit: usize, at: i64) -> bool {
        match self.merger {
            Some(merger) if unit == 0 => at < merger.on,
            _ => true,
        }
    }

    /// Of which unit somebody is in a minute, and how they are marked.
    fn place(&self, person: usize, at: i64) -> Option<(usize, Option<usize>)> {
        let one = &self.people[person];
        if one.left.is_some_and(|left| left <= at) {
            return None;
        }
        let (first_unit, first) = (one.places[0].1, one.came);
        let mut earliest = i64::MAX;
        for other in &self.people {
            for (since, unit, _) in &other.places {
                if *unit == first_unit && *since < earliest {
                    earliest = *since;
                }
                if let Some(merger) = self.merger
                    && (*unit, first_unit) == (0, 1)
                    && merger.on < earliest
                {
                    earliest = merger.on;
                }
            }
        }
        // Whom a unit named first stood for it before that too.
        if at < first && first - earliest >= 60 {
            return None;
        }
        let mut place = (one.places[0].1, one.places[0].2);
        for (since, unit, mark) in &one.places {
            if *since <= at {
                place = (*unit, *mark);
            }
        }
        if let Some(merger) = self.merger
            && place.0 == 0
            && merger.on <= at
            && one.came < merger.written
        {
            place.0 = 1;
        }
        Some(place)
    }

    fn is_away(&self, person: usize, at: i64) -> bool {
        matches!(self.people[person].away, Some((from, to)) if from <= at && at < to)
    }

    /// Since when somebody was called and never answered, as is known in a minute.
    fn silent_since(&self, person: usize, known: i64) -> Option<i64> {
        let mut calls = self.people[person].calls.clone();
        calls.sort_unstable();
        let mut since = None;
        for (at, answered) in calls {
            if at > known {
                continue;
            }
            if answered {
                return None;
            }
            since = since.or(Some(at));
        }
        since
    }

    fn is_silent(&self, person: usize, at: i64, known: i64) -> bool {
        self.silent_since(person, at.min(known)).is_some()
    }

    /// Who stands without shifts on a post: the first so marked, with those for main who are none.
    fn standing(&self, unit: usize, post: usize, at: i64, with_leave: bool) -> Option<usize> {
        let mut here = Vec::new();
        for person in 0..self.people.len() {
            let Some((of, mark)) = self.place(person, at) else {
                continue;
            };
            // Who holds a shift of the unit stands on no other post of it.
            let is_on_shift = (0..3).any(|post| {
                let duties = self.duties(unit, post, at);
                duties
                    .iter()
                    .any(|duty| duty.person == person && self.stands(duty, at))
            });
            if of == unit && !is_on_shift && (with_leave || !self.is_away(person, at)) {
                here.push((person, mark));
            }
        }
        let first = |wanted: Option<usize>| {
            for (person, mark) in &here {
                if *mark == wanted {
                    return Some(*person);
                }
            }
            None
        };
        let main = match post == 1 && self.is_laid_out(unit, 0, at) {
            // Shifts say who is main: nobody moves up.
            true => None,
            false => first(Some(0)).or(first(None)).or(first(Some(1))),
        };
        match post {
            0 => main,
            2 => first(Some(2)),
            _ => {
                for (person, mark) in &here {
                    if *mark == Some(1) && Some(*person) != main {
                        return Some(*person);
                    }
                }
                None
            }
        }
    }

    fn asked(&self, unit: usize, post: usize, at: i64) -> bool {
        self.is_unit(unit, at)
            && self
                .periods
                .iter()
                .any(|period| period.from <= at && at < period.to && period.posts.contains(&post))
    }

    /// Of which unit a duty is in a minute.
    fn unit_of(&self, duty: &Duty, at: i64) -> usize {
        match self.merger {
            Some(merger) if duty.unit == 0 && merger.on <= at && duty.laid < merger.written => 1,
            _ => duty.unit,
        }
    }

    fn duties(&self, unit: usize, post: usize, at: i64) -> Vec<&Duty> {
        let mut found = Vec::new();
        for duty in &self.duties {
            if duty.from <= at
                && at < duty.to
                && duty.post == post
                && self.unit_of(duty, at) == unit
            {
                found.push(duty);
            }
        }
        found
    }

    /// The period that a part of a duty was laid out for: where it begins, else into which it reaches.
    fn period_of(&self, from: i64, to: i64) -> Option<usize> {
        let mut order: Vec<usize> = (0..self.periods.len()).collect();
        order.sort_by_key(|at| (self.periods[*at].from, *at));
        let holds = |period: &Span| period.from <= from && from < period.to;
        let meets = |period: &Span| period.from < to && from < period.to;
        for at in &order {
            if holds(&self.periods[*at]) {
                return Some(*at);
            }
        }
        for at in &order {
            if meets(&self.periods[*at]) {
                return Some(*at);
            }
        }
        match order.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether shifts alone say who is on a post.
    fn is_laid_out(&self, unit: usize, post: usize, at: i64) -> bool {
        for duty in &self.duties {
            if duty.post != post || duty.laid > at {
                continue;
            }
            let Some(period) = self.period_of(duty.from, duty.to) else {
                continue;
            };
            let period = &self.periods[period];
            // What was handed over to another unit is laid out there from then on.
            let (mut from, to) = (duty.from, duty.to);
            if let Some(merger) = self.merger
                && duty.unit == 0
                && self.unit_of(duty, at) == 1
            {
                from = from.max(merger.on);
            }
            let meets = from < to && from < period.to && period.from < to;
            if meets && period.from <= at && at < period.to && self.unit_of(duty, at) == unit {
                return true;
            }
        }
        self.duties(unit, post, at)
            .into_iter()
            .any(|duty| self.stands(duty, at))
    }

    /// Whether whoever has a duty is still on the list.
    fn stands(&self, duty: &Duty, at: i64) -> bool {
        self.people[duty.person].left.is_none_or(|left| at < left)
    }

    /// Who is on duty in a minute: unit, post, who, and whether without a shift.
    pub fn on_duty(&self, at: i64) -> Vec<(usize, usize, usize, bool)> {
        let mut answer = Vec::new();
        for unit in (0..self.units).filter(|unit| self.is_unit(*unit, at)) {
            let mut is_asked = false;
            let mut answers = false;
            for post in 0..3 {
                let asked = self.asked(unit, post, at);
                is_asked |= asked;
                if asked && !self.is_laid_out(unit, post, at) {
                    if let Some(person) = self.standing(unit, post, at, false) {
                        answers |= post == 0;
                        answer.push((unit, post, person, true));
                    }
                    continue;
                }
                for duty in self.duties(unit, post, at) {
                    if self.stands(duty, at) && !self.is_away(duty.person, at) {
                        answers |= post == 0;
                        answer.push((unit, post, duty.person, false));
                    }
                }
            }
            if !is_asked
                && !answers
                && let Some(person) = self.standing(unit, 0, at, false)
            {
                answer.push((unit, 0, person, true));
            }
        }
        answer.sort_unstable();
        answer.dedup_by_key(|line| (line.0, line.1, line.2));
        answer
    }

    /// Where a post is short in a minute, as is known in another.
    pub fn holes(&self, at: i64, known: i64) -> Vec<(usize, usize, Hole)> {
        let mut holes = Vec::new();
        for unit in 0..self.units {
            for post in 0..3 {
                if self.asked(unit, post, at)
                    && let Some(hole) = self.hole(unit, post, at, known)
                {
                    holes.push((unit, post, hole));
                }
            }
        }
        holes
    }

    fn hole(&self, unit: usize, post: usize, at: i64, known: i64) -> Option<Hole> {
        if self.is_laid_out(unit, post, at) {
            let mut held = 0;
            let mut there = 0;
            let mut heard = 0;
            for duty in self.duties(unit, post, at) {
                if !self.stands(duty, at) {
                    continue;
                }
                held += 1;
                let is_there = !self.is_away(duty.person, at);
                there += i64::from(is_there);
                heard += i64::from(is_there && !self.is_silent(duty.person, at, known));
            }
            return match (held, there, heard) {
                (0, _, _) => Some(Hole::Nobody),
                (_, 0, _) => Some(Hole::Away),
                (_, _, 0) => Some(Hole::Silent),
                _ => None,
            };
        }
        if self.standing(unit, post, at, true).is_none() {
            return Some(Hole::Nobody);
        }
        if self.standing(unit, post, at, false).is_none() {
            return Some(Hole::Away);
        }
        let mut any = false;
        let mut all = true;
        for person in 0..self.people.len() {
            if self.place(person, at).is_none_or(|(of, _)| of != unit) {
                continue;
            }
            let silent = self.is_silent(person, at, known);
            any |= silent;
            all &= silent || self.is_away(person, at);
        }
        (any && all).then_some(Hole::Silent)
    }

    /// How many minutes somebody stood on shifts.
    pub fn stood(&self, person: usize) -> i64 {
        let mut minutes = 0;
        let duties = || self.duties.iter().filter(|duty| duty.person == person);
        let first = duties().map(|duty| duty.from).min().unwrap_or(0);
        let last = duties().map(|duty| duty.to).max().unwrap_or(0);
        for at in first..last {
            let mut there = false;
            for duty in duties() {
                there |= duty.from <= at && at < duty.to && self.stands(duty, at);
            }
            minutes += i64::from(there && !self.is_away(person, at));
        }
        minutes
    }
}
