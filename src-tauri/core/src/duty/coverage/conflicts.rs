//! What is wrong with a roster besides the hours with nobody.

use std::collections::{BTreeMap, HashMap};

use crate::clock::{DAY, Instant, MINUTE, joined, without};
use crate::directory::drill::{Drill, reach};
use crate::directory::person::Person;
use crate::duty::coverage::gaps::{Span, counted};
use crate::duty::coverage::{Gap, LaidOut, Limits, Roster, standing};
use crate::duty::finding::{Detail, Finding, Flaw};
use crate::duty::period::{Demand, OVERLAP, Period, Post};
use crate::duty::shift::Shift;
use crate::error::{Code, Error, Result};
use crate::id::{AcceptanceId, IdHash, PeriodId, PersonId, ShiftId, UnitId};
use crate::text::{Phone, fold};
use crate::together::Together;

impl Roster {
    /// Everything wrong with the shifts but gaps: of one period when given; as is known `now`. By
    /// when it begins, then by the unit's code and what it is.
    #[must_use]
    pub fn conflicts(&self, only: Option<PeriodId>, now: Instant) -> Vec<Finding> {
        self.conflicts_by(&self.laid_out(), only, now)
    }

    /// Everything wrong with the roster, gaps too; as [`Roster::conflicts`].
    #[must_use]
    pub fn findings(&self, only: Option<PeriodId>, now: Instant) -> Vec<Finding> {
        self.findings_and_gaps(only, now).0
    }

    /// [`Roster::findings`], and the gaps of whatever cause.
    #[must_use]
    pub fn findings_and_gaps(
        &self,
        only: Option<PeriodId>,
        now: Instant,
    ) -> (Vec<Finding>, Vec<Gap>) {
        let laid_out = self.laid_out();
        let mut findings = self.conflicts_by(&laid_out, only, now);
        let all = self.gaps_by(&laid_out, None, only, now);
        // What leave or a number leaves short is told as that.
        let gaps = all.iter().filter(|gap| gap.cause == Flaw::Gap);
        findings.extend(gaps.map(|gap| Finding {
            flaw: Flaw::Gap,
            unit: gap.unit,
            post: gap.post,
            person: None,
            from: gap.from,
            to: gap.to,
            shift: None,
            detail: Detail::None,
        }));
        self.sort(&mut findings);
        (findings, all)
    }

    /// The finding whose identity begins as given, with six characters of it at least.
    ///
    /// # Errors
    /// [`Code::FindingUnknown`].
    pub fn finding(&self, given: &str, now: Instant) -> Result<Finding> {
        let given = given.trim().to_lowercase();
        // Gaps of periods that touch are one when all are asked, and two when each is.
        let each = self.periods.iter().map(|period| Some(period.id));
        let findings = each.chain([None]).flat_map(|only| self.findings(only, now));
        let fits: BTreeMap<AcceptanceId, Finding> = findings
            .map(|finding| (finding.id(), finding))
            .filter(|(id, _)| given.len() >= 6 && id.to_string().starts_with(&given))
            .collect();
        let mut fits = fits.into_values();
        match (fits.next(), fits.next()) {
            (Some(finding), None) => Ok(finding),
            _ => Err(Error::new(Code::FindingUnknown).with("given", given)),
        }
    }

    fn conflicts_by(
        &self,
        laid_out: &LaidOut<'_>,
        only: Option<PeriodId>,
        now: Instant,
    ) -> Vec<Finding> {
        let mut look = Look {
            roster: self,
            laid_out,
            only,
            findings: Vec::new(),
        };
        look.at_people();
        look.at_posts();
        look.at_standing();
        look.at_numbers(now);
        let mut findings = look.findings;
        self.sort(&mut findings);
        findings
    }

    /// The place of each unit among all, by code.
    fn places_by_code(&self) -> HashMap<UnitId, u32, IdHash> {
        let mut codes: HashMap<_, u32, IdHash> = HashMap::default();
        let by_code = (0..).zip(self.by_code());
        codes.extend(by_code.map(|(place, row)| (self.units[row].id, place)));
        codes
    }

    /// Sorts findings by when they begin, then by the unit's code and what they are.
    pub(crate) fn sort(&self, findings: &mut [Finding]) {
        let codes = self.places_by_code();
        let mut flaws = Flaw::ALL.to_vec();
        flaws.sort_by_key(|flaw| flaw.key());
        let names: HashMap<PersonId, &str> = self
            .people
            .iter()
            .map(|person| (person.id, person.full_name.as_str()))
            .collect();
        findings.sort_by_cached_key(|finding| {
            (
                finding.from,
                codes.get(&finding.unit).copied().unwrap_or(u32::MAX),
                flaws.iter().position(|flaw| *flaw == finding.flaw),
                finding.post,
                finding.to,
                finding.person.and_then(|id| names.get(&id).copied()),
                finding.shift,
            )
        });
    }
}

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

/// Whether somebody only left their post for a while, in a stretch that began at `from`.
fn is_pause(last: &Shift, next: &Shift, from: Instant, limits: Limits) -> bool {
    (last.unit, last.post) == (next.unit, next.post)
        && next.from.millis() - last.to.millis() <= limits.pause
        && next.to.millis() - from.millis() <= limits.stretch
}

struct Look<'a> {
    roster: &'a Roster,
    laid_out: &'a LaidOut<'a>,
    only: Option<PeriodId>,
    findings: Vec<Finding>,
}

impl<'a> Look<'a> {
    fn is_wanted(&self, shift: &Shift) -> bool {
        self.only
            .is_none_or(|only| self.roster.period_of(shift) == Some(only))
    }

    fn find(&mut self, flaw: Flaw, shift: &Shift, span: (Instant, Instant), detail: Detail) {
        self.findings.push(Finding {
            flaw,
            unit: shift.unit,
            post: shift.post,
            person: Some(shift.person),
            from: span.0,
            to: span.1,
            shift: Some(shift.id),
            detail,
        });
    }

    /// Two shifts at once, too long at a stretch, too short a rest, too much in a week.
    fn at_people(&mut self) {
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

    /// The weeks of one person that are longer than they may be. A shift counts to the week in which
    /// it begins, and hours of two at once count once; it leads to the shift with which it is too
    /// long.
    fn at_weeks(&mut self, shifts: &[u32], most: i64) {
        let roster = self.roster;
        let shifts: Vec<&Shift> = shifts
            .iter()
            .map(|at| &roster.shifts[*at as usize])
            .collect();
        let mut until = Instant::from_millis(i64::MIN);
        for week in shifts.chunk_by(|a, b| a.from.monday() == b.from.monday()) {
            let (mut worked, mut over) = (0, None);
            for shift in week {
                worked += (shift.to.millis() - shift.from.max(until).millis()).max(0);
                until = until.max(shift.to);
                if worked > most {
                    over = over.or(Some(*shift));
                }
            }
            if let Some(shift) = over
                && week.iter().any(|shift| self.is_wanted(shift))
            {
                let monday = shift.from.monday();
                let span = (monday, monday.plus(7 * DAY));
                self.find(Flaw::Week, shift, span, Detail::Lasts(worked));
            }
        }
    }

    /// The shifts of one person, by when they begin.
    fn at_one(&mut self, shifts: &[u32]) {
        let roster = self.roster;
        let limits = roster.limits;
        let mut shifts = shifts.iter().map(|at| &roster.shifts[*at as usize]);
        let Some(mut first) = shifts.next() else {
            return;
        };
        // The stretch so far: where it began, where it ends, the shift that ends it.
        let (mut from, mut to, mut last) = (first.from, first.to, first);
        let mut wanted = self.is_wanted(first);
        let ends = |look: &mut Self, first: &Shift, from: Instant, to: Instant, wanted: bool| {
            let lasts = to.millis() - from.millis();
            if wanted && lasts > limits.stretch {
                look.find(Flaw::Long, first, (from, to), Detail::Lasts(lasts));
            }
        };
        for shift in shifts {
            if shift.from < to {
                if self.is_wanted(shift) || self.is_wanted(last) {
                    let span = (shift.from, shift.to.min(to));
                    self.find(Flaw::Double, shift, span, Detail::Other(last.id));
                }
            } else if shift.from > to && !is_pause(last, shift, from, limits) {
                ends(self, first, from, to, wanted);
                let rest = shift.from.millis() - to.millis();
                if rest < limits.rest && (self.is_wanted(shift) || self.is_wanted(last)) {
                    self.find(Flaw::Rest, shift, (to, shift.from), Detail::Lasts(rest));
                }
                (first, from, wanted) = (shift, shift.from, false);
            }
            wanted |= self.is_wanted(shift);
            if shift.to > to {
                (to, last) = (shift.to, shift);
            }
        }
        ends(self, first, from, to, wanted);
    }

    /// Two people on one post, shifts out of their period, people off the list or on leave.
    fn at_posts(&mut self) {
        let roster = self.roster;
        for (row, unit) in roster.units.iter().enumerate() {
            for &post in Post::ALL {
                if self.laid_out.shifts(row, post).next().is_none() {
                    continue;
                }
                let asking: Vec<(&Period, Vec<Demand>)> = roster
                    .periods
                    .iter()
                    .map(|period| (period, period.demands(unit, post)))
                    .collect();
                self.at_post(row, post, &asking);
            }
        }
    }

    fn at_post(&mut self, row: usize, post: Post, asking: &[(&'a Period, Vec<Demand>)]) {
        let (roster, laid_out) = (self.roster, self.laid_out);
        let several = asking
            .iter()
            .flat_map(|(_, demands)| demands)
            .any(|demand| demand.people > 1);
        // The two who are there longest of those before, different people.
        let mut top: Option<&Shift> = None;
        let mut second: Option<&Shift> = None;
        for shift in laid_out.shifts(row, post) {
            if !roster.people.is_empty() && laid_out.person(shift.person).is_none() {
                if let Some(left) = roster.left.get(&shift.person)
                    && left.since < shift.to
                    && self.is_wanted(shift)
                {
                    let span = (shift.from.max(left.since), shift.to);
                    self.find(Flaw::Ended, shift, span, Detail::None);
                }
                continue;
            }
            if self.is_wanted(shift) {
                let away: Vec<Span> = laid_out
                    .leave()
                    .within(shift.person, (shift.from, shift.to))
                    .collect();
                for span in away {
                    self.find(Flaw::Away, shift, span, Detail::None);
                }
            }
            let other = match top {
                Some(top) if top.person == shift.person => second,
                other => other,
            };
            if let Some(other) = other
                && shift.from < other.to
                && (self.is_wanted(shift) || self.is_wanted(other))
            {
                self.overlap(row, shift, other, several.then_some(asking));
            }
            match top {
                Some(known) if known.person == shift.person => {
                    if shift.to > known.to {
                        top = Some(shift);
                    }
                }
                Some(known) if shift.to > known.to => (top, second) = (Some(shift), top),
                Some(_) => {
                    if second.is_none_or(|known| shift.to > known.to) {
                        second = Some(shift);
                    }
                }
                None => top = Some(shift),
            }
            self.outside(shift, asking);
        }
    }

    /// A shift that begins while another person is still on the post.
    fn overlap(
        &mut self,
        row: usize,
        shift: &Shift,
        other: &Shift,
        asking: Option<&[(&'a Period, Vec<Demand>)]>,
    ) {
        let span = (shift.from, shift.to.min(other.to));
        let own = self.roster.period_of(shift);
        let own = self
            .roster
            .periods
            .iter()
            .find(|period| Some(period.id) == own);
        let wanted = own.map_or(i64::from(OVERLAP) * MINUTE, Period::wanted_overlap);
        let lasts = span.1.millis() - span.0.millis();
        if lasts <= wanted && shift.to > other.to {
            return;
        }
        let mut spans = vec![span];
        if let Some(asking) = asking {
            // Where several are asked, only more than that are too many.
            let mut cuts = vec![span.0, span.1];
            let demands = || asking.iter().flat_map(|(_, demands)| demands);
            cuts.extend(demands().flat_map(|demand| [demand.from, demand.to]));
            cuts.retain(|cut| span.0 <= *cut && *cut <= span.1);
            cuts.sort_unstable();
            cuts.dedup();
            let crowded = cuts.windows(2).flat_map(|part| {
                let asked = demands()
                    .filter(|demand| demand.from <= part[0] && part[0] < demand.to)
                    .map(|demand| demand.people)
                    .max()
                    .unwrap_or(1)
                    .max(1);
                counted(
                    self.laid_out.shifts(row, shift.post),
                    |shift| self.laid_out.there(shift).collect(),
                    (part[0], part[1]),
                    |count| count > asked,
                )
            });
            spans = joined(crowded.collect());
            // One of several leaves while another comes.
            spans.retain(|(from, to)| to.millis() - from.millis() > wanted);
        }
        // Who has leave is not there, and in nobody's way.
        let leave = self.laid_out.leave();
        let both = [shift, other].map(|one| leave.of(one.person));
        let spans: Vec<Span> = spans
            .into_iter()
            .flat_map(|span| without(span, both[0]))
            .flat_map(|span| without(span, both[1]))
            .collect();
        for span in spans {
            self.find(Flaw::Overlap, shift, span, Detail::Other(other.id));
        }
    }

    fn outside(&mut self, shift: &Shift, asking: &[(&'a Period, Vec<Demand>)]) {
        if !self.is_wanted(shift) {
            return;
        }
        let own = self.roster.period_of(shift);
        let Some(own) = self
            .roster
            .periods
            .iter()
            .find(|period| Some(period.id) == own)
        else {
            return;
        };
        let before = (shift.from, shift.to.min(own.from));
        let after = (shift.from.max(own.to), shift.to);
        for (from, to) in [before, after] {
            let elsewhere = asking
                .iter()
                .any(|(period, _)| period.id != own.id && period.from <= from && to <= period.to);
            if from < to && !elsewhere {
                self.find(Flaw::Outside, shift, (from, to), Detail::None);
            }
        }
    }

    /// People without a number, or who do not answer on it, on a post: one finding for each unit
    /// and cause.
    fn at_numbers(&mut self, now: Instant) {
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
        self.standing_posts(|unit, post, people, span| {
            // As long as anybody of the unit can be counted on, somebody answers there.
            if people.iter().any(|one| since(one.id).is_none()) {
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

    /// Where whoever stands on a post has leave and nobody is there in their place.
    fn at_standing(&mut self) {
        let laid_out = self.laid_out;
        let leave = laid_out.leave();
        if leave.is_empty() {
            return;
        }
        let mut found = Vec::new();
        self.standing_posts(|unit, post, people, span| {
            if standing(people, post).is_none() {
                return;
            }
            let parts = leave.standing_within(people, post, span).into_iter();
            found.extend(
                parts
                    .filter(|(person, _)| person.is_none())
                    .map(|(_, (from, to))| {
                        let own = standing(people, post).filter(|one| leave.is_away(one.id, from));
                        let mut away = people.iter().filter(|one| leave.is_away(one.id, from));
                        Finding {
                            flaw: Flaw::Away,
                            unit,
                            post,
                            person: own.or(away.next().copied()).map(|one| one.id),
                            from,
                            to,
                            shift: None,
                            detail: Detail::None,
                        }
                    }),
            );
        });
        self.findings.append(&mut found);
    }

    /// Goes through the posts for which somebody only stands: whose, which, the people of the unit,
    /// and each span in which it is asked.
    fn standing_posts(&self, mut tell: impl FnMut(UnitId, Post, &[&'a Person], Span)) {
        let roster = self.roster;
        let people = roster.people_by_unit();
        for unit in &roster.units {
            let people = people.get(&unit.id).map_or(&[][..], Vec::as_slice);
            for period in &roster.periods {
                if self.only.is_some_and(|only| only != period.id) || !period.asks(unit) {
                    continue;
                }
                for post in period.all_posts() {
                    if self.laid_out.has(period.id, unit.id, post) {
                        continue;
                    }
                    for demand in period.demands(unit, post) {
                        let from = demand.from.max(unit.began_at.unwrap_or(demand.from));
                        if from < demand.to {
                            tell(unit.id, post, people, (from, demand.to));
                        }
                    }
                }
            }
        }
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
