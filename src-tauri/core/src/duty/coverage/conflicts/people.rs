//! What is wrong with the shifts of one person.

use std::collections::{BTreeMap, HashMap};

use super::Look;
use crate::clock::{DAY, Instant};
use crate::directory::person::Person;
use crate::duty::coverage::gaps::Span;
use crate::duty::finding::{Detail, Flaw};
use crate::duty::shift::Shift;
use crate::duty::stood::by_week;
use crate::text::{Phone, fold};
use crate::together::Together;

/// Whose shifts belong together: one number for each human being, though units may each have a
/// card of them. Cards of one folded name that share a telephone number are of one person.
pub(crate) fn humans(people: &[Person]) -> Vec<u32> {
    let numbers_of = |person: &'_ Person| -> Vec<Phone> {
        person
            .mobiles
            .iter()
            .chain(&person.landline)
            .cloned()
            .collect()
    };
    let mut count: HashMap<Phone, u32> = HashMap::new();
    for phone in people.iter().flat_map(numbers_of) {
        *count.entry(phone).or_default() += 1;
    }
    let mut together = Together::alone(people.len());
    let mut first: HashMap<(Phone, String), u32> = HashMap::new();
    for (at, person) in (0_u32..).zip(people) {
        // Only a number that stands on several cards tells anything.
        let mut shared = numbers_of(person);
        shared.retain(|phone| count.get(phone).is_some_and(|count| *count > 1));
        for phone in shared {
            let known = *first.entry((phone, fold(&person.full_name))).or_insert(at);
            together.join(known, at);
        }
    }
    together.firsts()
}

/// What one person works in a week.
#[derive(Default)]
struct Week<'a> {
    worked: i64,
    /// The shift with which it is too long.
    over: Option<&'a Shift>,
    /// Whether any of it is asked about.
    wanted: bool,
}

impl Look<'_> {
    /// Two shifts at once, too long at a stretch, too short a rest, too much in a week.
    pub(super) fn at_people(&mut self) {
        let humans = humans(&self.roster.people);
        let roster = self.roster;
        let whose = |shift: &Shift| {
            self.laid_out
                .person(shift.person)
                .filter(|_| !shift.standing)
                .map(|at| humans[at])
        };
        // Shifts by person, in the order of the roster: by when they begin, as the book gives them.
        let owners: Vec<u32> = roster
            .shifts
            .iter()
            .map(|shift| whose(shift).unwrap_or(u32::MAX))
            .collect();
        let mut starts = vec![0_u32; roster.people.len() + 1];
        for owner in owners.iter().filter(|owner| **owner != u32::MAX) {
            starts[*owner as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; starts.last().copied().unwrap_or(0) as usize];
        for (at, owner) in (0_u32..).zip(&owners) {
            if *owner != u32::MAX {
                order[next[*owner as usize] as usize] = at;
                next[*owner as usize] += 1;
            }
        }
        drop((owners, next));
        let codes = roster.places_by_code();
        for one in starts.windows(2) {
            let here = &mut order[one[0] as usize..one[1] as usize];
            let key = |at: &u32| {
                let shift = &roster.shifts[*at as usize];
                (shift.from, shift.to)
            };
            let full = |at: &u32| {
                let shift = &roster.shifts[*at as usize];
                (
                    shift.from,
                    shift.to,
                    codes.get(&shift.unit),
                    shift.post,
                    shift.id,
                )
            };
            if !here.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])) {
                here.sort_unstable_by_key(full);
            }
            self.at_one(here);
            if let Some(most) = roster.limits.week {
                self.at_weeks(here, most);
            }
        }
    }

    /// The weeks of one person that are longer than they may be: by the time in each, without leave,
    /// and that of two shifts at once counts once. It leads to the shift with which it is too long.
    fn at_weeks(&mut self, shifts: &[u32], most: i64) {
        let (roster, laid_out) = (self.roster, self.laid_out);
        let shifts = shifts.iter().map(|at| &roster.shifts[*at as usize]);
        let mut there: Vec<(Span, &Shift)> = shifts
            .flat_map(|shift| laid_out.there(shift).map(move |part| (part, shift)))
            .collect();
        there.sort_by_key(|(part, _)| *part);
        let mut weeks: BTreeMap<Instant, Week<'_>> = BTreeMap::new();
        let mut covered = Instant::from_millis(i64::MIN);
        for ((from, to), shift) in there {
            for (monday, (from, to)) in by_week((from.max(covered), to)) {
                let week = weeks.entry(monday).or_default();
                week.worked += to.millis() - from.millis();
                week.wanted |= self.is_wanted(shift);
                if week.worked > most {
                    week.over = week.over.or(Some(shift));
                }
            }
            covered = covered.max(to);
        }
        for (monday, week) in weeks {
            if let Some(shift) = week.over.filter(|_| week.wanted) {
                let span = (monday, monday.plus(7 * DAY));
                self.find(Flaw::Week, shift, span, Detail::Lasts(week.worked));
            }
        }
    }

    /// The shifts of one person, by when they begin: while they have leave they do not work.
    fn at_one(&mut self, shifts: &[u32]) {
        let (roster, laid_out) = (self.roster, self.laid_out);
        let limits = roster.limits;
        let shifts = shifts.iter().map(|at| &roster.shifts[*at as usize]);
        let mut parts: Vec<(Span, &Shift)> = shifts
            .flat_map(|shift| laid_out.there(shift).map(move |part| (part, shift)))
            .collect();
        if !laid_out.leave().is_empty() {
            parts.sort_by_key(|(part, _)| *part);
        }
        let mut parts = parts.into_iter();
        let Some(((mut from, mut to), mut first)) = parts.next() else {
            return;
        };
        // The stretch so far: where it began, where it ends, the shift that ends it.
        let mut last = first;
        let mut wanted = self.is_wanted(first);
        let ends = |look: &mut Self, first: &Shift, from: Instant, to: Instant, wanted: bool| {
            let lasts = to.millis() - from.millis();
            if wanted && lasts > limits.stretch {
                look.find(Flaw::Long, first, (from, to), Detail::Lasts(lasts));
            }
        };
        for ((begin, end), shift) in parts {
            let rest = begin.millis() - to.millis();
            // Somebody only left their post for a while.
            let is_pause = (last.unit, last.post) == (shift.unit, shift.post)
                && rest <= limits.pause
                && end.millis() - from.millis() <= limits.stretch;
            if rest < 0 {
                if self.is_wanted(shift) || self.is_wanted(last) {
                    let span = (begin, end.min(to));
                    self.find(Flaw::Double, shift, span, Detail::Other(last.id));
                }
            } else if rest > 0 && !is_pause {
                ends(self, first, from, to, wanted);
                let is_asked = self.is_wanted(shift) || self.is_wanted(last);
                if rest < limits.rest && last.id != shift.id && is_asked {
                    self.find(Flaw::Rest, shift, (to, begin), Detail::Lasts(rest));
                }
                (first, from, wanted) = (shift, begin, false);
            }
            wanted |= self.is_wanted(shift);
            if end > to {
                (to, last) = (end, shift);
            }
        }
        ends(self, first, from, to, wanted);
    }
}
