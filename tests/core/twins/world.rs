//! A random world of one week, told in minutes, as it is written into a book and as the twin reads it.
//! Posts are 0 main, 1 backup, 2 leader; contacts are marked likewise, or not at all.

use std::cell::Cell;

/// So many minutes the week has.
pub const WEEK: i64 = 7 * 24 * 60;

/// Somebody, and what became of them.
#[derive(Debug, Clone)]
pub struct Somebody {
    /// When they were put on the list, and when they were taken off it.
    pub came: i64,
    pub left: Option<i64>,
    /// Since when they are of which unit, with which mark; the first since they came.
    pub places: Vec<(i64, usize, Option<usize>)>,
    /// When they have leave.
    pub away: Option<(i64, i64)>,
    /// When they were called, and whether they answered.
    pub calls: Vec<(i64, bool)>,
}

#[derive(Debug, Clone)]
pub struct Span {
    pub from: i64,
    pub to: i64,
    /// Which posts it asks for.
    pub posts: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct Duty {
    pub unit: usize,
    pub post: usize,
    /// Who stands on it, and who was written down by mistake before that was put right.
    pub person: usize,
    pub mistyped: Option<(usize, i64)>,
    pub from: i64,
    pub to: i64,
    /// When it was laid out.
    pub laid: i64,
}

/// A unit that takes the place of the first one.
#[derive(Debug, Clone, Copy)]
pub struct Merger {
    /// From when on.
    pub on: i64,
    /// When that is written down.
    pub written: i64,
}

#[derive(Debug, Clone)]
pub struct World {
    pub units: usize,
    pub people: Vec<Somebody>,
    pub periods: Vec<Span>,
    pub duties: Vec<Duty>,
    pub merger: Option<Merger>,
}

/// Numbers that look random and follow from a seed.
pub struct Dice(Cell<u64>);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// One of the numbers from `low` up to `high`, without it.
    pub fn within(&self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low) as u64) as i64
    }

    pub fn one_in(&self, count: u64) -> bool {
        self.next().is_multiple_of(count)
    }

    fn place(&self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// A full hour of the week.
    fn hour(&self, low: i64, high: i64) -> i64 {
        self.within(low, high) * 60
    }
}

impl World {
    /// The world of a seed.
    pub fn of(seed: u64) -> Self {
        let dice = Dice::new(seed);
        let units = 1 + dice.place(3);
        let mut periods: Vec<Span> = Vec::new();
        for _ in 0..=dice.place(3) {
            let (from, to) = match periods.last() {
                // Touching, nested, or wherever.
                Some(last) if dice.one_in(3) => (last.to, last.to + dice.hour(6, 48)),
                Some(last) if dice.one_in(2) && last.to - last.from > 240 => {
                    (last.from + 120, last.to - 60)
                }
                _ => {
                    let from = dice.hour(12, 96);
                    (from, from + dice.hour(6, 72))
                }
            };
            let mut posts = vec![0];
            posts.extend((1..3).filter(|_| dice.one_in(3)));
            periods.push(Span { from, to, posts });
        }
        let mut people: Vec<Somebody> = Vec::new();
        for unit in 0..units {
            for _ in 0..dice.place(4) {
                people.push(Somebody {
                    came: 0,
                    left: None,
                    places: vec![(0, unit, Some(dice.place(4)).filter(|mark| *mark < 3))],
                    away: dice.one_in(4).then(|| {
                        let from = dice.hour(12, 140);
                        (from, from + dice.hour(3, 40))
                    }),
                    calls: Vec::new(),
                });
            }
        }
        // What happens later happens at hours of its own, at least an hour apart from all else.
        let mut hours: Vec<i64> = (10..160).step_by(2).collect();
        let mut free = || {
            let at = dice.place(hours.len());
            hours.swap_remove(at) * 60 + 17
        };
        for _ in 0..dice.place(3) {
            let (unit, came) = (dice.place(units), free());
            people.push(Somebody {
                came,
                left: None,
                places: vec![(came, unit, Some(dice.place(4)).filter(|mark| *mark < 3))],
                away: None,
                calls: Vec::new(),
            });
        }
        people.sort_by_key(|one| one.came);
        // Nobody comes to a unit that is no more.
        let may_merge = people
            .iter()
            .all(|one| one.came == 0 || one.places[0].1 > 0);
        let merger = (units > 1 && may_merge && dice.one_in(2)).then(|| {
            let written = free();
            Merger {
                on: written / 1440 * 1440 - dice.within(0, 2) * 1440,
                written,
            }
        });
        for somebody in &mut people {
            for _ in 0..dice.place(3) {
                let (at, answered) = (free(), dice.one_in(3));
                if at > somebody.came {
                    somebody.calls.push((at, answered));
                }
            }
            // Who belongs to the unit that goes is not sent about besides.
            if merger.is_some() {
                continue;
            }
            if dice.one_in(4) {
                let at = free();
                if at > somebody.came {
                    let mark = Some(dice.place(4)).filter(|mark| *mark < 3);
                    somebody.places.push((at, dice.place(units), mark));
                }
            }
            if dice.one_in(5) {
                let at = free();
                let last = somebody.places.last().map_or(0, |place| place.0);
                somebody.left = Some(at).filter(|at| *at > last);
            }
        }
        let mut duties = Vec::new();
        let here = people.iter().filter(|one| one.came == 0).count();
        for _ in 0..dice.place(8) {
            if here == 0 {
                break;
            }
            let laid = if dice.one_in(2) { 0 } else { free() };
            let from = (laid / 60 + 1 + dice.within(0, 60)) * 60;
            let person = dice.place(here);
            let mistyped = dice.one_in(4).then(|| (dice.place(here), free()));
            let to = from + dice.hour(2, 26);
            let unit = people[person].places[0].1;
            // What was handed over to another unit on its way is two shifts.
            let is_cut = merger.is_some_and(|merger| from < merger.on && merger.on < to);
            let is_after = merger.is_some_and(|merger| merger.written <= laid);
            // Who was on call by what was known is written down when shifts are laid out.
            let is_between = merger.is_some_and(|one| one.on < laid && laid < one.written);
            if unit == 0 && is_after || is_between {
                continue;
            }
            duties.push(Duty {
                unit,
                post: dice.place(3),
                person,
                mistyped: mistyped.filter(|(_, at)| *at > laid && !is_cut),
                from,
                to,
                laid,
            });
        }
        // Who was on call by what was known is written down when shifts of another post are laid out;
        // a shift that is put right after that does not change it.
        let laid: Vec<(usize, usize, i64)> = duties
            .iter()
            .map(|one: &Duty| (one.unit, one.post, one.laid))
            .collect();
        for duty in &mut duties {
            let meanwhile = |at: i64| {
                let others = |one: &&(usize, usize, i64)| one.0 == duty.unit && one.1 != duty.post;
                let mut laid = laid.iter().filter(others);
                laid.any(|one| duty.laid < one.2 && one.2 < at)
            };
            duty.mistyped = duty.mistyped.filter(|(_, at)| !meanwhile(*at));
        }
        Self {
            units,
            people,
            periods,
            duties,
            merger,
        }
    }
}
