//! The hours with nobody.

use crate::clock::Instant;
use crate::directory::drill;
use crate::duty::coverage::{Gap, LaidOut, Roster, standing};
use crate::duty::period::{Demand, Period, Post};
use crate::id::PeriodId;

/// Half-open.
pub(crate) type Span = (Instant, Instant);

impl Roster {
    /// The spans in which a post has fewer people than its period asks for, within `span` and of
    /// one period when given; by the unit's code, the post's name and time. A unit of which, as is
    /// known `now`, no contact can be counted on has nobody.
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
        let lost = drill::unreachable(&self.people, &self.drills, self.fresh, now);
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
                            short(laid_out, row, post, *demand, &mut holes);
                        }
                    } else {
                        let there = usize::from(standing(people, post).is_some());
                        let short = demands.iter().filter(|demand| demand.people > there);
                        holes.extend(short.map(|demand| (demand.from, demand.to)));
                    }
                    if let Some(since) = lost.get(&unit.id) {
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

/// The spans of a demand in which its shifts leave a post short.
fn short(laid_out: &LaidOut<'_>, row: usize, post: Post, demand: Demand, holes: &mut Vec<Span>) {
    let held = laid_out
        .shifts(row, post)
        .take_while(|shift| shift.from < demand.to)
        .filter_map(|shift| laid_out.held(shift));
    if demand.people > 1 {
        let few = |count: usize| count < demand.people;
        holes.extend(counted(laid_out, row, post, (demand.from, demand.to), few));
        return;
    }
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

/// The spans within one in which the number of different people on a post is such.
pub(super) fn counted(
    laid_out: &LaidOut<'_>,
    row: usize,
    post: Post,
    (from, to): Span,
    such: impl Fn(usize) -> bool,
) -> Vec<Span> {
    let mut by_person: std::collections::HashMap<_, Vec<Span>> = std::collections::HashMap::new();
    for shift in laid_out.shifts(row, post) {
        if let Some(held) = laid_out.held(shift)
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

/// Overlapping and touching spans as one.
pub(crate) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}
