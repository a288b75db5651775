//! What everybody has of a rota, and who has more of it than others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::clock::MINUTE;
use crate::duty::coverage::Roster;
use crate::duty::finding::{Detail, Finding, Flaw, Share};
use crate::duty::period::{Period, Post};
use crate::duty::stood::Stood;
use crate::id::{PeriodId, PersonId, UnitId};
use crate::text::name_key;

/// What one person would stand in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonShare {
    /// Who.
    pub person: PersonId,
    /// What they would stand; who is only on call stands nothing.
    pub stood: Stood,
}

/// What everybody with shifts in a period stands there, by unit and name.
#[must_use]
pub fn shares(roster: &Roster, period: &Period) -> Vec<PersonShare> {
    let stands = roster.shifts.iter().filter(|shift| !shift.standing);
    shares_of(roster, period, &stands.map(|shift| shift.person).collect())
}

/// Who of those for whom shifts were laid out by a pattern has more than their share, in one period
/// when given: what a rota says when it is tried stays so once it stands.
#[must_use]
pub fn uneven_shares(roster: &Roster, only: Option<PeriodId>) -> Vec<Finding> {
    let mut found = Vec::new();
    let wanted = |period: &&Period| only.is_none_or(|only| period.id == only);
    for period in roster.periods.iter().filter(wanted) {
        let mut rounds: BTreeMap<UnitId, (Post, BTreeSet<PersonId>, Vec<i64>)> = BTreeMap::new();
        let laid = roster.shifts.iter().filter(|shift| {
            let by_pattern = !shift.standing && shift.pattern.is_some();
            by_pattern && roster.period_of(shift) == Some(period.id)
        });
        for shift in laid {
            let round = rounds.entry(shift.unit).or_insert_with(|| {
                let (people, lasts) = Default::default();
                (shift.post, people, lasts)
            });
            round.1.insert(shift.person);
            round.2.push(shift.to.millis() - shift.from.millis());
        }
        if rounds.is_empty() {
            continue;
        }
        let shares = shares(roster, period);
        for (unit, (post, people, lasts)) in rounds {
            let people: Vec<PersonId> = people.into_iter().collect();
            let uneven = uneven(&shares, &people, &lasts).into_iter();
            found.extend(uneven.map(|(person, detail)| Finding {
                flaw: Flaw::Uneven,
                unit,
                post,
                person: Some(person),
                from: period.from,
                to: period.to,
                shift: None,
                detail,
            }));
        }
    }
    found
}

/// What these people would stand in a period, by unit and name.
pub(super) fn shares_of(
    roster: &Roster,
    period: &Period,
    standers: &HashSet<PersonId>,
) -> Vec<PersonShare> {
    let mut stood = roster.laid_out().stood(None, |shift| {
        standers.contains(&shift.person) && roster.period_of(shift) == Some(period.id)
    });
    let mut by_unit = roster.people_by_unit();
    let mut shares = Vec::with_capacity(stood.len());
    for row in roster.by_code() {
        let mut people = by_unit.remove(&roster.unit_in(row).id).unwrap_or_default();
        people.sort_by_cached_key(|person| (name_key(person.sorted_by()), person.id));
        for person in people {
            let person = person.id;
            if let Some(stood) = stood.remove(&person) {
                shares.push(PersonShare { person, stood });
            }
        }
    }
    shares
}

/// Who of those who rotate has more than their share, and of what. Hours tell something only where
/// shifts, of which it is said how long they last, are not all as long, and days off where weekends
/// and holidays by themselves do not.
pub(super) fn uneven(
    shares: &[PersonShare],
    people: &[PersonId],
    lasts: &[i64],
) -> Vec<(PersonId, Detail)> {
    let longest = lasts.iter().copied().max().unwrap_or_default();
    let are_alike = lasts.iter().all(|one| *one == longest);
    let stood: HashMap<PersonId, Stood> = shares
        .iter()
        .map(|share| (share.person, share.stood))
        .collect();
    let has = |person: &PersonId| stood.get(person).copied().unwrap_or_default();
    let mut found: Vec<(PersonId, Detail)> = Vec::new();
    for &of in Share::ALL {
        let least = people.iter().map(|one| has(one).share(of)).min();
        let least = least.unwrap_or_default();
        let more = match of {
            Share::Hours if are_alike => continue,
            Share::Hours => (longest / MINUTE).unsigned_abs(),
            _ => 1,
        };
        for person in people {
            let most = has(person).share(of);
            let is_told = of == Share::Free
                && found.iter().any(|(known, detail)| {
                    let Detail::Share { of, .. } = detail else {
                        return false;
                    };
                    known == person && matches!(of, Share::Weekends | Share::Holidays)
                });
            if most > least + more && !is_told {
                found.push((*person, Detail::Share { of, most, least }));
            }
        }
    }
    found
}
