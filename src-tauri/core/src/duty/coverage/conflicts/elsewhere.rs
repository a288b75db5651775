//! Who alone answers for a unit, and is asked for elsewhere at the same time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Look, humans};
use crate::clock::Instant;
use crate::duty::coverage::gaps::Span;
use crate::duty::finding::{Detail, Finding, Flaw};
use crate::duty::period::Post;
use crate::id::{PeriodId, PersonId, ShiftId, UnitId};

/// That a human being is at a unit, as who stands there or by a shift.
struct There {
    unit: UnitId,
    card: PersonId,
    span: Span,
    shift: Option<ShiftId>,
}

impl Look<'_> {
    /// Units whose only contact stands for another unit, or is on a shift there, at the same time:
    /// one finding for each such unit.
    pub(super) fn at_elsewhere(&mut self) {
        let (roster, laid_out) = (self.roster, self.laid_out);
        let humans = humans(&roster.people);
        let human = |card: PersonId| laid_out.person(card).map(|at| humans[at]);
        // Most people are of one unit, and stand nowhere else.
        let mut units: HashMap<u32, BTreeSet<UnitId>> = HashMap::new();
        let cards = roster.people.iter().map(|card| (card.id, card.unit));
        let shifts = roster.shifts.iter().filter(|shift| !shift.standing);
        for (card, unit) in cards.chain(shifts.clone().map(|shift| (shift.person, shift.unit))) {
            if let Some(human) = human(card) {
                units.entry(human).or_default().insert(unit);
            }
        }
        units.retain(|_, units| units.len() > 1);
        if units.is_empty() {
            return;
        }
        let alone = |only: Option<PeriodId>| {
            let mut found: Vec<(u32, There)> = Vec::new();
            laid_out.standing_posts(only, |unit, post, people, span| {
                let still = people.iter().filter(|one| one.is_one_still());
                let mut still = still.filter_map(|one| human(one.card.id));
                let Some(first) = still.next().filter(|_| post == Post::Main) else {
                    return;
                };
                if !units.contains_key(&first) || still.any(|other| other != first) {
                    return;
                }
                for (person, span) in laid_out.leave().standing_within(people, post, span) {
                    if let Some(card) = person.map(|one| one.id) {
                        let shift = None;
                        let there = There {
                            unit,
                            card,
                            span,
                            shift,
                        };
                        found.push((first, there));
                    }
                }
            });
            found
        };
        let mut others = alone(None);
        for shift in shifts {
            let Some(human) = human(shift.person).filter(|one| units.contains_key(one)) else {
                continue;
            };
            others.extend(laid_out.there(shift).map(|span| {
                let there = There {
                    unit: shift.unit,
                    card: shift.person,
                    span,
                    shift: Some(shift.id),
                };
                (human, there)
            }));
        }
        let mut at_once: BTreeMap<UnitId, Sum> = BTreeMap::new();
        for (who, here) in alone(self.only) {
            for (_, other) in others.iter().filter(|(human, _)| *human == who) {
                let span = (here.span.0.max(other.span.0), here.span.1.min(other.span.1));
                if other.unit != here.unit && span.0 < span.1 {
                    let sum = at_once.entry(here.unit).or_insert_with(|| Sum {
                        card: here.card,
                        span,
                        shift: other.shift,
                        units: BTreeSet::new(),
                    });
                    if span.0 < sum.span.0 {
                        sum.shift = other.shift;
                    }
                    sum.span = (sum.span.0.min(span.0), sum.span.1.max(span.1));
                    sum.units.insert(other.unit);
                }
            }
        }
        self.findings
            .extend(at_once.into_iter().map(|(unit, sum)| Finding {
                flaw: Flaw::Elsewhere,
                unit,
                post: Post::Main,
                person: Some(sum.card),
                from: sum.span.0,
                to: sum.span.1,
                shift: sum.shift,
                detail: Detail::Elsewhere(sum.units.into_iter().collect()),
            }));
    }
}

/// All the time in which whoever stands for a unit is elsewhere.
struct Sum {
    card: PersonId,
    span: (Instant, Instant),
    /// The shift of the first of it, where it is one.
    shift: Option<ShiftId>,
    units: BTreeSet<UnitId>,
}
