//! The hours with nobody.

use std::collections::HashMap;

use crate::clock::{Instant, joined};
use crate::directory::drill;
use crate::duty::coverage::{Gap, LaidOut, Roster, standing};
use crate::duty::period::{Demand, Period, Post};
use crate::duty::shift::Shift;
use crate::id::{PeriodId, PersonId};

/// Half-open.
pub(crate) type Span = (Instant, Instant);

impl Roster {
    /// The spans in which a post has fewer people than its period asks for, within `span` and of
    /// one period when given; by the unit's code, the post's name and time. As is known `now`, who
    /// holds a shift and cannot be counted on is nobody there, and where no shifts are laid out a
    /// unit of which no contact can be counted on has nobody.
    #[must_use]
    pub fn gaps(&self, span: Option<Span>, only: Option<PeriodId>, now: Instant) -> Vec<Gap> {
        self.gaps_by(&self.laid_out(), span, only, now)
    }

    pub(super) fn gaps_by(
        &self,
        laid_out: &LaidOut<'_>,
        span: Option<Span>,
        only: Option<PeriodId>,
        now: Instant,
    ) -> Vec<Gap> {
        let people = self.people_by_unit();
        let lost = drill::lost(&self.people, &self.drills, self.fresh, now);
        let silent = drill::units_without(&self.people, &lost);
        let unanswered = drill::unanswered(&self.people, &self.drills, self.fresh, now);
        let answering = Answering {
            laid_out,
            unanswered,
        };
        let mut posts = Post::ALL.to_vec();
        posts.sort_by_key(|post| post.key());
        let wanted = |period: &&Period| only.is_none_or(|only| period.id == only);
        let periods: Vec<&Period> = self.periods.iter().filter(wanted).collect();
        let mut gaps = Vec::new();
        for row in self.by_code() {
            let unit = &self.units[row];
            let people = people.get(&unit.id).map_or(&[][..], Vec::as_slice);
            let asking: Vec<&&Period> = periods.iter().filter(|period| period.asks(unit)).collect();
            for &post in &posts {
                let mut holes = Vec::new();
                for period in &asking {
                    let mut demands = period.demands(unit, post);
                    for demand in &mut demands {
                        if let Some((from, to)) = span {
                            demand.from = demand.from.max(from);
                            demand.to = demand.to.min(to);
                        }
                        if let Some(began) = unit.began_at {
                            demand.from = demand.from.max(began);
                        }
                    }
                    demands.retain(|demand| demand.from < demand.to);
                    if demands.is_empty() {
                        continue;
                    }
                    if laid_out.has(period.id, unit.id, post) {
                        for demand in &demands {
                            short(&answering, row, post, *demand, &mut holes);
                        }
                        continue;
                    }
                    let there = usize::from(standing(people, post).is_some());
                    let short = demands.iter().filter(|demand| demand.people > there);
                    holes.extend(short.map(|demand| (demand.from, demand.to)));
                    if let Some(since) = silent.get(&unit.id) {
                        let after = demands
                            .iter()
                            .map(|demand| (demand.from.max(*since), demand.to));
                        holes.extend(after.filter(|(from, to)| from < to));
                    }
                }
                gaps.extend(joined(holes).into_iter().map(|(from, to)| Gap {
                    unit: unit.id,
                    post,
                    from,
                    to,
                }));
            }
        }
        gaps
    }
}

/// The shifts, as far as whoever holds them was not called in vain.
struct Answering<'a> {
    laid_out: &'a LaidOut<'a>,
    unanswered: HashMap<PersonId, Instant>,
}

impl Answering<'_> {
    /// From when to when somebody stands on a shift whom nobody called in vain.
    fn held(&self, shift: &Shift) -> Option<Span> {
        let (from, to) = self.laid_out.held(shift)?;
        let to = match self.unanswered.get(&shift.person) {
            Some(since) => to.min(*since),
            None => to,
        };
        (from < to).then_some((from, to))
    }
}

/// The spans of a demand in which its shifts leave a post short.
fn short(there: &Answering<'_>, row: usize, post: Post, demand: Demand, holes: &mut Vec<Span>) {
    let shifts = there.laid_out.shifts(row, post);
    let held = |shift: &Shift| there.held(shift);
    if demand.people > 1 {
        let few = |count: usize| count < demand.people;
        holes.extend(counted(shifts, held, (demand.from, demand.to), few));
        return;
    }
    let held = shifts
        .take_while(|shift| shift.from < demand.to)
        .filter_map(held);
    let mut covered = demand.from;
    for (from, to) in held {
        if from > covered {
            holes.push((covered, from));
        }
        covered = covered.max(to);
    }
    if covered < demand.to {
        holes.push((covered, demand.to));
    }
}

/// The spans within one in which the number of different people who hold shifts is such.
pub(super) fn counted<'a>(
    shifts: impl Iterator<Item = &'a Shift>,
    held: impl Fn(&Shift) -> Option<Span>,
    (from, to): Span,
    such: impl Fn(usize) -> bool,
) -> Vec<Span> {
    let mut by_person: HashMap<PersonId, Vec<Span>> = HashMap::new();
    for shift in shifts {
        if let Some(held) = held(shift)
            && held.0 < to
            && from < held.1
        {
            by_person.entry(shift.person).or_default().push(held);
        }
    }
    let spans = by_person.into_values().flat_map(joined);
    let mut steps: Vec<(Instant, isize)> = spans
        .flat_map(|(begin, end)| [(begin.max(from), 1), (end.min(to), -1)])
        .collect();
    steps.extend([(from, 0), (to, 0)]);
    steps.sort_unstable();
    let mut count = 0_isize;
    let mut found = Vec::new();
    for pair in steps.windows(2) {
        count += pair[0].1;
        if pair[0].0 < pair[1].0 && such(count.unsigned_abs()) {
            found.push((pair[0].0, pair[1].0));
        }
    }
    joined(found)
}
