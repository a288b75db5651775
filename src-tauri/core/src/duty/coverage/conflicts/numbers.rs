//! Who is on a post and is not reached by telephone.

use std::collections::{BTreeMap, HashSet};

use super::Look;
use crate::clock::{Instant, joined};
use crate::directory::drill::Reach;
use crate::duty::coverage::contacts::{Contacts, EVER};
use crate::duty::coverage::gaps::{Span, cuts, holds, of};
use crate::duty::finding::{Detail, Finding, Flaw};
use crate::duty::period::Post;
use crate::id::{PersonId, ShiftId, UnitId};

/// What two spans have in common.
fn both(one: Span, other: Span) -> Option<Span> {
    let (from, to) = (one.0.max(other.0), one.1.min(other.1));
    (from < to).then_some((from, to))
}

impl Look<'_> {
    /// People without a number, or who do not answer on it, on a post: one finding for each unit
    /// and cause.
    pub(super) fn at_numbers(&mut self, now: Instant) {
        let roster = self.roster;
        let mut lost = roster.when_called(now, Reach::lost);
        let without_number = roster.people.iter().filter(|one| one.number().is_none());
        let without_number: HashSet<PersonId> = without_number.map(|one| one.id).collect();
        lost.extend(without_number.iter().map(|id| (*id, vec![EVER])));
        if lost.is_empty() {
            return;
        }
        let laid_out = self.laid_out;
        let mut touched: BTreeMap<(UnitId, bool), Vec<Touched>> = BTreeMap::new();
        let mut touch = |unit: UnitId, touched_by: Touched| {
            let has_number = !without_number.contains(&touched_by.person);
            touched
                .entry((unit, has_number))
                .or_default()
                .push(touched_by);
        };
        let (leave, contacts) = (laid_out.leave(), laid_out.contacts());
        let nobody_there = Contacts::default();
        // As long as anybody of the unit can be counted on, somebody answers for who only stands.
        let nobody = |people: &Contacts<'_>, span: Span| {
            if people.iter().all(|one| of(&lost, one.card.id).is_empty()) {
                return Vec::new();
            }
            let mut parts = leave.parts(people, span, cuts(people, &lost));
            parts.retain(|(at, _)| {
                let mut then = people.iter().filter(|one| one.is_one(*at));
                then.all(|one| holds(of(&lost, one.card.id), *at))
            });
            joined(parts)
        };
        for shift in &roster.shifts {
            let own = of(&lost, shift.person);
            if own.is_empty() || !self.is_wanted(shift) {
                continue;
            }
            let people = contacts.get(&shift.unit).unwrap_or(&nobody_there);
            let when = match shift.standing {
                true => nobody(people, (shift.from, shift.to)),
                false => own.to_vec(),
            };
            for there in laid_out.there(shift) {
                for span in when.iter().filter_map(|lost| both(*lost, there)) {
                    touch(
                        shift.unit,
                        Touched {
                            span,
                            post: shift.post,
                            person: shift.person,
                            shift: Some(shift.id),
                        },
                    );
                }
            }
        }
        laid_out.standing_posts(self.only, |unit, post, people, span| {
            for part in nobody(people, span) {
                for (person, span) in leave.standing_within(people, post, part) {
                    let Some(person) = person.map(|one| one.id) else {
                        continue;
                    };
                    touch(
                        unit,
                        Touched {
                            span,
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
