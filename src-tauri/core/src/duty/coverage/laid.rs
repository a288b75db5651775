//! Shifts by post: an index that every question of coverage asks.

use std::collections::HashMap;

use crate::clock::{Instant, joined, without};
use crate::duty::coverage::gaps::Span;
use crate::duty::coverage::{Contacts, Leave, Roster};
use crate::duty::period::Post;
use crate::duty::shift::Shift;
use crate::duty::stood::Stood;
use crate::id::{IdHash, PeriodId, PersonId, UnitId};

const POSTS: usize = Post::ALL.len();

/// The shifts of a roster by unit and post, by when they begin.
pub struct LaidOut<'a> {
    roster: &'a Roster,
    /// The places of the shifts, post by post.
    order: Vec<u32>,
    /// Where in the order each post begins; one more at its end.
    starts: Vec<u32>,
    /// Until when people who are not on the list were on duty.
    until: HashMap<PersonId, Instant, IdHash>,
    people: HashMap<PersonId, u32, IdHash>,
    rows: HashMap<UnitId, u32, IdHash>,
    leave: Leave,
}

impl Roster {
    /// The shifts by unit and post.
    #[must_use]
    pub fn laid_out(&self) -> LaidOut<'_> {
        LaidOut::of(self)
    }

    /// The period of a shift, as [`Shift::period_among`].
    #[must_use]
    pub fn period_of(&self, shift: &Shift) -> Option<PeriodId> {
        shift.period_among(&self.periods)
    }
}

impl<'a> LaidOut<'a> {
    fn of(roster: &'a Roster) -> Self {
        let mut rows: HashMap<UnitId, u32, IdHash> = HashMap::default();
        rows.extend(
            (0..)
                .zip(roster.all_units())
                .map(|(row, unit)| (unit.id, row)),
        );
        let place = |shift: &Shift| {
            let row = rows.get(&shift.unit)?;
            Some(*row as usize * POSTS + shift.post as usize)
        };
        let places: Vec<u32> = roster
            .shifts
            .iter()
            .map(|shift| place(shift).map_or(u32::MAX, |place| place as u32))
            .collect();
        let mut starts = vec![0_u32; roster.all_units().count() * POSTS + 1];
        for place in places.iter().filter(|place| **place != u32::MAX) {
            starts[*place as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; starts.last().copied().unwrap_or(0) as usize];
        for (at, place) in (0_u32..).zip(&places) {
            if *place != u32::MAX {
                order[next[*place as usize] as usize] = at;
                next[*place as usize] += 1;
            }
        }
        let sorted = |a: &Shift, b: &Shift| (a.from, a.to, a.id) <= (b.from, b.to, b.id);
        for post in starts.windows(2) {
            let here = &mut order[post[0] as usize..post[1] as usize];
            let shift = |at: &u32| &roster.shifts[*at as usize];
            if !here.is_sorted_by(|a, b| sorted(shift(a), shift(b))) {
                here.sort_unstable_by_key(|at| (shift(at).from, shift(at).to, shift(at).id));
            }
        }
        let mut until: HashMap<PersonId, Instant, IdHash> = HashMap::default();
        until.extend(roster.gone.iter().map(|(id, at)| (*id, *at)));
        until.extend(roster.left.iter().map(|(id, left)| (*id, left.since)));
        let mut people: HashMap<PersonId, u32, IdHash> = HashMap::default();
        people.extend(
            (0..)
                .zip(&roster.people)
                .map(|(at, person)| (person.id, at)),
        );
        Self {
            roster,
            order,
            starts,
            until,
            people,
            rows,
            leave: roster.leave(),
        }
    }

    /// When people have leave.
    #[must_use]
    pub const fn leave(&self) -> &Leave {
        &self.leave
    }

    /// The shifts of a post of the unit in this place of the roster, by when they begin; of
    /// people who are gone too.
    pub fn shifts(&self, row: usize, post: Post) -> impl Iterator<Item = &'a Shift> + Clone {
        let place = row * POSTS + post as usize;
        let (from, to) = (self.starts[place] as usize, self.starts[place + 1] as usize);
        let roster = self.roster;
        self.order[from..to]
            .iter()
            .map(move |at| &roster.shifts[*at as usize])
    }

    /// The place of a unit in the roster.
    #[must_use]
    pub fn row(&self, unit: UnitId) -> Option<usize> {
        self.rows.get(&unit).map(|row| *row as usize)
    }

    /// Whether shifts of a post were laid out in a period, so that they alone decide there.
    #[must_use]
    pub fn has(&self, period: PeriodId, unit: UnitId, post: Post) -> bool {
        let Some(row) = self.row(unit) else {
            return false;
        };
        let Some(known) = self.roster.periods.iter().find(|known| known.id == period) else {
            return false;
        };
        // What went over to another unit was laid out here until then.
        let former = row >= self.roster.units.len();
        let handed_over = self
            .roster
            .handed_over
            .iter()
            .filter(|shift| former && shift.unit == unit && shift.post == post);
        self.shifts(row, post).chain(handed_over).any(|shift| {
            shift.meets(known.from, known.to) && self.roster.period_of(shift) == Some(period)
        })
    }

    /// The roster.
    pub(super) const fn roster(&self) -> &'a Roster {
        self.roster
    }

    /// When shifts alone decide who is on a post: in the periods in which its shifts were laid out, and
    /// where one reaches from another.
    pub(super) fn decided(&self, row: usize, post: Post) -> Vec<Span> {
        if self.shifts(row, post).next().is_none() {
            return Vec::new();
        }
        let unit = self.roster.unit_in(row).id;
        let periods = self.roster.periods.iter();
        let laid_out = periods.filter(|period| self.has(period.id, unit, post));
        let mut decided: Vec<Span> = laid_out.map(|period| (period.from, period.to)).collect();
        decided.extend(self.shifts(row, post).filter_map(|shift| self.held(shift)));
        joined(decided)
    }

    /// The parts of a span of a post for which somebody only stands: those in no period in which its
    /// shifts were laid out, and into which no shift reaches from another.
    #[must_use]
    pub fn standing_parts(&self, row: usize, post: Post, span: Span) -> Vec<Span> {
        without(span, &self.decided(row, post)).collect()
    }

    /// Goes through the posts for which somebody only stands, of one period when given: whose,
    /// which, the people of the unit, and each span in which it is asked.
    pub(super) fn standing_posts(
        &self,
        only: Option<PeriodId>,
        mut tell: impl FnMut(UnitId, Post, &Contacts<'a>, Span),
    ) {
        let roster = self.roster;
        let contacts = self.contacts();
        let nobody = Contacts::default();
        for (row, unit) in roster.units.iter().enumerate() {
            let people = contacts.get(&unit.id).unwrap_or(&nobody);
            for period in &roster.periods {
                if only.is_some_and(|only| only != period.id) || !period.asks(unit) {
                    continue;
                }
                for post in period.all_posts() {
                    for demand in period.demands_among(&roster.periods, unit, post) {
                        let from = demand.from.max(unit.began_at.unwrap_or(demand.from));
                        if from >= demand.to {
                            continue;
                        }
                        for part in self.standing_parts(row, post, (from, demand.to)) {
                            tell(unit.id, post, people, part);
                        }
                    }
                }
            }
        }
    }

    /// The place of a person in the roster; `None` for who is not on the list.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<usize> {
        self.people.get(&id).map(|at| *at as usize)
    }

    /// From when to when somebody stood on a shift: until they were off the list.
    #[must_use]
    pub fn held(&self, shift: &Shift) -> Option<(Instant, Instant)> {
        let to = match self.until.get(&shift.person) {
            Some(until) => shift.to.min(*until),
            None if self.people.contains_key(&shift.person) => shift.to,
            None => return None,
        };
        (shift.from < to).then_some((shift.from, to))
    }

    /// From when to when somebody is there on a shift: as [`LaidOut::held`], without their leave.
    pub fn there(&self, shift: &Shift) -> impl Iterator<Item = (Instant, Instant)> + use<'_, 'a> {
        let leave = self.leave.of(shift.person);
        let held = self.held(shift).into_iter();
        held.flat_map(move |span| without(span, leave))
    }

    /// What everybody stood on the shifts that are asked for, within a span: while they were there.
    /// Who is only on call stands nothing.
    #[must_use]
    pub fn stood(
        &self,
        span: Option<(Instant, Instant)>,
        is_asked: impl Fn(&Shift) -> bool,
    ) -> HashMap<PersonId, Stood> {
        let mut there: HashMap<PersonId, Vec<Vec<(Instant, Instant)>>> = HashMap::new();
        for shift in &self.roster.shifts {
            if shift.standing || !is_asked(shift) {
                continue;
            }
            let parts = self.there(shift).map(|(from, to)| match span {
                Some((begin, end)) => (from.max(begin), to.min(end)),
                None => (from, to),
            });
            let parts = parts.filter(|(from, to)| from < to).collect();
            there.entry(shift.person).or_default().push(parts);
        }
        let there = there.into_iter();
        let stood = there.map(|(id, shifts)| (id, Stood::of(&shifts, &self.roster.calendar)));
        stood.filter(|(_, stood)| stood.shifts > 0).collect()
    }
}
