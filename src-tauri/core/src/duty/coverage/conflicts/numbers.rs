//! Who is on a post and is not reached by telephone.

use std::collections::{BTreeMap, HashMap};

use super::Look;
use crate::clock::Instant;
use crate::directory::drill::{Drill, reach};
use crate::directory::person::Person;
use crate::duty::coverage::gaps::Span;
use crate::duty::finding::{Detail, Finding, Flaw};
use crate::duty::period::Post;
use crate::id::{PersonId, ShiftId, UnitId};

impl Look<'_> {
    /// People without a number, or who do not answer on it, on a post: one finding for each unit
    /// and cause.
    pub(super) fn at_numbers(&mut self, now: Instant) {
        let roster = self.roster;
        let mut calls: HashMap<PersonId, Vec<&Drill>> = HashMap::new();
        for drill in &roster.drills {
            calls.entry(drill.person).or_default().push(drill);
        }
        let since = |person: &Person| {
            if person.number().is_none() {
                return Some(Instant::from_millis(i64::MIN));
            }
            let calls = calls.get(&person.id)?;
            reach(person, calls.iter().copied(), roster.fresh, now).lost()
        };
        let lost: Vec<Option<Instant>> = roster.people.iter().map(since).collect();
        if lost.iter().all(Option::is_none) {
            return;
        }
        let laid_out = self.laid_out;
        let since = |id: PersonId| laid_out.person(id).and_then(|at| lost[at]);
        let mut touched: BTreeMap<(UnitId, bool), Vec<Touched>> = BTreeMap::new();
        let mut touch = |unit: UnitId, since: Instant, touched_by: Touched| {
            let has_number = since.millis() > i64::MIN;
            touched
                .entry((unit, has_number))
                .or_default()
                .push(touched_by);
        };
        for shift in &roster.shifts {
            let Some(since) = since(shift.person).filter(|_| self.is_wanted(shift)) else {
                continue;
            };
            for (from, to) in laid_out.there(shift).filter(|(_, to)| since < *to) {
                touch(
                    shift.unit,
                    since,
                    Touched {
                        span: (from.max(since), to),
                        post: shift.post,
                        person: shift.person,
                        shift: Some(shift.id),
                    },
                );
            }
        }
        laid_out.standing_posts(self.only, |unit, post, people, span| {
            // As long as anybody of the unit can be counted on, somebody answers there.
            let mut still = people.iter().filter(|one| one.is_one_still());
            if still.any(|one| since(one.card.id).is_none()) {
                return;
            }
            for (person, (from, to)) in laid_out.leave().standing_within(people, post, span) {
                let Some((person, since)) = person.and_then(|one| Some((one.id, since(one.id)?)))
                else {
                    continue;
                };
                if since < to {
                    touch(
                        unit,
                        since,
                        Touched {
                            span: (from.max(since), to),
                            post,
                            person,
                            shift: None,
                        },
                    );
                }
            }
        });
        let found = touched.into_iter();
        let found = found.filter_map(|((unit, _), touched)| Touched::all(unit, touched));
        self.findings.extend(found);
    }
}

/// A span of a post that a cause touches.
struct Touched {
    span: Span,
    post: Post,
    person: PersonId,
    shift: Option<ShiftId>,
}

impl Touched {
    /// All that one cause touches of a unit, as one finding: it leads to the first of it.
    fn all(unit: UnitId, mut touched: Vec<Self>) -> Option<Finding> {
        touched.sort_by_key(|one| (one.span, one.post, one.person));
        let mut people: Vec<PersonId> = Vec::new();
        for one in &touched {
            if !people.contains(&one.person) {
                people.push(one.person);
            }
        }
        let mut shifts: Vec<ShiftId> = touched.iter().filter_map(|one| one.shift).collect();
        shifts.sort_unstable();
        shifts.dedup();
        let length = |one: &Self| one.span.1.millis() - one.span.0.millis();
        let first = touched.first()?;
        Some(Finding {
            flaw: Flaw::Unreachable,
            unit,
            post: first.post,
            person: people.first().copied(),
            from: first.span.0,
            to: touched.iter().map(|one| one.span.1).max()?,
            shift: first.shift,
            detail: Detail::Sum {
                others: people.split_off(1),
                shifts: shifts.len(),
                lasts: touched.iter().map(length).sum(),
            },
        })
    }
}
