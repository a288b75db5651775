//! A rota: shifts laid out by a pattern, so that nobody works too long and all have their share.
//!
//! What is looked for, the first before the next: that somebody stands every span who can; as few
//! breaches as can be, each rest that is too short and each stretch that is too long; as few shifts as
//! can be that go on from one to the next for more than sixteen hours; weeks as little too long as can
//! be; and even shares: the least sum, over people and over what is counted, of the squares of how much
//! of it somebody has, by [`WEIGHTS`], and of [`GOING_ON`] for every shift that goes on for less: so
//! nights are spread where rest alone would leave them all with one. Shifts laid out by hand count as
//! much as others.
//!
//! What stands by hand is kept. Ties are broken by the order that is given, else by role and
//! name, never by ids: the same input gives the same rota.

mod fair;
mod search;
mod write;

pub use write::{NewRota, Proposal};

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::clock::{HOUR, Instant, MINUTE, joined};
use crate::directory::person::{Person, Role};
use crate::directory::unit::Unit;
use crate::duty::calendar::Calendar;
use crate::duty::coverage::{Limits, Roster, humans, standing};
use crate::duty::finding::{Detail, Finding, Flaw, Share};
use crate::duty::pattern::Pattern;
use crate::duty::period::{Period, Post};
use crate::duty::shift::Shift;
use crate::duty::stood::Stood;
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, ShiftId, UnitId};
use crate::text::name_key;
use fair::{Assignee, Load, Open, Stander};

/// What the square of somebody's share weighs, by what is counted: how many shifts, nights, days of
/// weekends, days of holidays and days of both; hours count in twelves.
pub const WEIGHTS: [(Share, u64); 6] = [
    (Share::Shifts, 6),
    (Share::Hours, 3),
    (Share::Nights, 4),
    (Share::Weekends, 3),
    (Share::Holidays, 3),
    (Share::Free, 3),
];

/// What a shift weighs beside shares that goes on from another for up to sixteen hours.
pub const GOING_ON: u64 = 100;

/// How a rota is wished.
#[derive(Debug, Clone)]
pub struct RotaRequest {
    /// The shifts of a day.
    pub pattern: Pattern,
    /// The posts that are laid out. Leaders in charge do not rotate: their post stays standing.
    pub posts: Vec<Post>,
    /// The units; `None` for all that the period asks.
    pub units: Option<Vec<UnitId>>,
    /// Who rotates, in which order, where it is not all of a unit but its leaders.
    pub order: BTreeMap<UnitId, Vec<PersonId>>,
    /// When it begins; nothing before is touched.
    pub from: Instant,
    /// Who cannot stand when, besides what is known of them.
    pub away: Vec<(PersonId, Instant, Instant)>,
    /// How long people work and rest.
    pub limits: Limits,
}

/// What would be laid out.
#[derive(Debug, Clone, Default)]
pub struct Rota {
    /// The shifts that are new; they have nil ids.
    pub new: Vec<Shift>,
    /// Those of an earlier rota that stay as they are.
    pub kept: Vec<Shift>,
    /// Those of an earlier rota that go.
    pub gone: Vec<Shift>,
    /// What everybody who has a part in it would stand in the period, the shifts laid out by hand
    /// among them: by unit and name.
    pub shares: Vec<PersonShare>,
    /// Its weak points.
    pub findings: Vec<Finding>,
}

/// What one person would stand in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonShare {
    /// Who.
    pub person: PersonId,
    /// What they would stand; who is only on call stands nothing.
    pub stood: Stood,
}

/// By what people are put in the order in which they rotate where nobody says otherwise: whoever is
/// called first begins.
pub(crate) fn in_round(person: &Person) -> impl Ord + use<> {
    let role = match person.role {
        Some(Role::Main) => 0,
        None => 1,
        Some(Role::Backup) => 2,
        Some(Role::Technical) => 3,
        Some(Role::Leader) => 4,
    };
    let number = person.number().map(|number| number.digits().to_owned());
    let name = name_key(person.sorted_by());
    (role, name, person.full_name.clone(), number)
}

/// Whether somebody rotates where nobody says otherwise: a leader in charge stands out of the round.
pub(crate) fn rotates(person: &Person) -> bool {
    person.role != Some(Role::Leader)
}

impl Rota {
    /// How many units it lays out.
    #[must_use]
    pub fn units(&self) -> usize {
        let laid = self.new.iter().chain(&self.kept);
        laid.map(|shift| shift.unit).collect::<HashSet<_>>().len()
    }

    /// How many shifts it has.
    #[must_use]
    pub fn shifts(&self) -> usize {
        self.new.len() + self.kept.len()
    }
}

/// Lays out the posts of a period as wished; `now` is what is known of whom calls reach. `watch`
/// is told often how many units are done, of how many.
///
/// # Errors
/// [`Code::Cancelled`] when it says not to go on.
pub fn lay_out(
    roster: &Roster,
    period: &Period,
    request: &RotaRequest,
    now: Instant,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Rota> {
    let start = request.from.max(period.from);
    let is_wanted = |unit: UnitId| {
        request
            .units
            .as_ref()
            .is_none_or(|units| units.contains(&unit))
    };
    let again = |shift: &Shift| {
        shift.pattern.is_some()
            && shift.from >= start
            && is_wanted(shift.unit)
            && request.posts.contains(&shift.post)
            && roster.period_of(shift) == Some(period.id)
    };
    let (old, by_hand): (Vec<&Shift>, Vec<&Shift>) =
        roster.shifts.iter().partition(|shift| again(shift));
    let base = Roster {
        shifts: by_hand.into_iter().cloned().collect(),
        limits: request.limits,
        ..roster.clone()
    };
    let mut rota = Rota::default();
    let is_asked = |unit: &Unit| is_wanted(unit.id) && period.asks(unit);
    let asked = base.units.iter().filter(|unit| is_asked(unit)).count();
    let mut work = Work::new(&base, request, asked);
    let laid_out = base.laid_out();
    let spans = request.pattern.spans(start, period.to, &base.calendar);
    let of_unit = base.people_by_unit();
    let mut uneven = Vec::new();
    for (done, row) in base.by_code().into_iter().enumerate() {
        let goes_on = || match watch(done, base.units.len()) {
            true => Ok(()),
            false => Err(Error::new(Code::Cancelled)),
        };
        goes_on()?;
        let unit = &base.units[row];
        if !is_asked(unit) {
            continue;
        }
        let people = work.rotating(unit.id);
        let mut open = Vec::new();
        for &post in request.posts.iter().filter(|post| **post != Post::Leader) {
            let mut demands = period.demands(unit, post);
            for demand in &mut demands {
                demand.from = demand.from.max(unit.began_at.unwrap_or(demand.from));
            }
            demands.retain(|demand| demand.from < demand.to);
            let stands = laid_out.has(period.id, unit.id, post);
            if demands.is_empty() {
                continue;
            }
            let here = of_unit.get(&unit.id).map_or(&[][..], Vec::as_slice);
            if !stands && people.len() < 2 && !request.order.contains_key(&unit.id) {
                // Who is alone stays on call at all hours; a rota would only say it in other words.
                if let Some(person) = standing(here, post) {
                    rota.findings.push(Finding {
                        flaw: Flaw::Alone,
                        unit: unit.id,
                        post,
                        person: Some(person.id),
                        from: start,
                        to: period.to,
                        shift: None,
                        detail: Detail::None,
                    });
                }
                continue;
            }
            let mut begin = start;
            if !stands && start > period.from && standing(here, post).is_some() {
                // Shifts alone decide once they are laid out: who was on call until then is
                // written down, up to the first change.
                let change = spans.iter().map(|span| span.0).find(|at| *at >= start);
                begin = change.unwrap_or(period.to);
                let leave = laid_out.leave();
                for (person, span) in leave.standing_within(here, post, (period.from, begin)) {
                    let Some(person) = person else { continue };
                    rota.new.push(Shift {
                        period: Some(period.id),
                        standing: true,
                        pattern: Some(request.pattern.key.as_str().into()),
                        ..Shift::new(ShiftId(uuid::Uuid::nil()), (unit.id, post), person.id, span)
                    });
                    work.count_standing(person.id);
                }
            }
            for (from, to) in &spans {
                let (from, to) = ((*from).max(begin), (*to).min(period.to));
                for demand in &demands {
                    let (from, to) = (from.max(demand.from), to.min(demand.to));
                    if from < to {
                        open.extend(missing(
                            &laid_out,
                            row,
                            post,
                            (from, to),
                            demand.people,
                            &base.calendar,
                        ));
                    }
                }
            }
        }
        open.sort_by_key(|open: &Open| (open.from, open.to, open.post));
        let said = request.order.contains_key(&unit.id);
        let given = work.give(&people, &open, said, &goes_on)?;
        for (open, person) in open.iter().zip(given) {
            if let Some(person) = person {
                rota.new.push(Shift {
                    period: Some(period.id),
                    pattern: Some(request.pattern.key.as_str().into()),
                    ..Shift::new(
                        ShiftId(uuid::Uuid::nil()),
                        (unit.id, open.post),
                        person,
                        (open.from, open.to),
                    )
                });
            }
        }
        if !open.is_empty() {
            uneven.extend(
                work.uneven(&people, &open)
                    .into_iter()
                    .map(|(person, detail)| Finding {
                        flaw: Flaw::Uneven,
                        unit: unit.id,
                        post: open[0].post,
                        person: Some(person),
                        from: start,
                        to: period.to,
                        shift: None,
                        detail,
                    }),
            );
        }
    }
    rota.findings.append(&mut uneven);
    rota.keep(old);
    rota.look(base, period, start, &is_wanted, now);
    Ok(rota)
}

impl Rota {
    /// What an earlier rota had just so stays.
    fn keep(&mut self, old: Vec<&Shift>) {
        let what = |shift: &Shift| {
            (
                shift.unit,
                shift.post,
                shift.person,
                shift.from,
                shift.to,
                shift.standing,
            )
        };
        // Two desks may each have laid out the same.
        let mut known: HashMap<_, Vec<&Shift>> = HashMap::new();
        for shift in old {
            known.entry(what(shift)).or_default().push(shift);
        }
        for shift in std::mem::take(&mut self.new) {
            match known.get_mut(&what(&shift)).and_then(Vec::pop) {
                Some(same) => self.kept.push(same.clone()),
                None => self.new.push(shift),
            }
        }
        self.gone = known.into_values().flatten().cloned().collect();
        self.gone.sort_by_key(|shift| (shift.from, shift.id));
    }

    /// What is wrong with the roster as it would be, where the rota has a part in it.
    fn look(
        &mut self,
        mut roster: Roster,
        period: &Period,
        start: Instant,
        is_wanted: &dyn Fn(UnitId) -> bool,
        now: Instant,
    ) {
        // Each has an id of its own, to be told from the others.
        let numbered = self.new.iter().zip(1_u128..).map(|(shift, n)| Shift {
            id: ShiftId(uuid::Uuid::from_u128(n)),
            ..shift.clone()
        });
        let laid: Vec<Shift> = numbered.chain(self.kept.iter().cloned()).collect();
        let stands = laid.iter().filter(|shift| !shift.standing);
        let standers: HashSet<PersonId> = stands.map(|shift| shift.person).collect();
        let ids: HashSet<ShiftId> = laid.iter().map(|shift| shift.id).collect();
        let people: HashSet<PersonId> = laid.iter().map(|shift| shift.person).collect();
        roster.shifts.extend(laid);
        roster
            .shifts
            .sort_by_key(|shift| (shift.from, shift.to, shift.id));
        self.shares = shares_of(&roster, period, &standers);
        let mut found = roster.findings(Some(period.id), now);
        found.retain(|finding| {
            let ours = is_wanted(finding.unit) && start <= finding.to;
            ours && match (finding.flaw, finding.shift) {
                (Flaw::Gap, _) => true,
                (Flaw::Rest | Flaw::Long | Flaw::Double | Flaw::Week, _) => finding
                    .person
                    .is_some_and(|person| people.contains(&person)),
                (_, shift) => shift.is_some_and(|shift| ids.contains(&shift)),
            }
        });
        for finding in &mut found {
            // What was before is not its doing.
            if finding.flaw == Flaw::Gap {
                finding.from = finding.from.max(start);
            }
            // What is not written yet leads nowhere.
            if self.new.len() as u128 >= finding.shift.map_or(u128::MAX, |shift| shift.0.as_u128())
            {
                finding.shift = None;
            }
            if let Detail::Other(other) = finding.detail
                && self.new.len() as u128 >= other.0.as_u128()
            {
                finding.detail = Detail::None;
            }
        }
        self.findings.append(&mut found);
        roster.sort(&mut self.findings);
    }
}

/// What everybody with shifts in a period stands there, by unit and name.
#[must_use]
pub fn shares(roster: &Roster, period: &Period) -> Vec<PersonShare> {
    let stands = roster.shifts.iter().filter(|shift| !shift.standing);
    shares_of(roster, period, &stands.map(|shift| shift.person).collect())
}

/// What these people would stand in a period, by unit and name.
fn shares_of(roster: &Roster, period: &Period, standers: &HashSet<PersonId>) -> Vec<PersonShare> {
    let mut spans: HashMap<PersonId, Vec<(Instant, Instant)>> = HashMap::new();
    for shift in roster.shifts.iter().filter(|shift| !shift.standing) {
        if standers.contains(&shift.person) && roster.period_of(shift) == Some(period.id) {
            let span = (shift.from, shift.to);
            spans.entry(shift.person).or_default().push(span);
        }
    }
    let mut by_unit = roster.people_by_unit();
    let mut shares = Vec::with_capacity(spans.len());
    for row in roster.by_code() {
        let mut people = by_unit.remove(&roster.units[row].id).unwrap_or_default();
        people.sort_by_cached_key(|person| (name_key(person.sorted_by()), person.id));
        for person in people {
            if let Some(spans) = spans.remove(&person.id) {
                let stood = Stood::of(spans, &roster.calendar);
                shares.push(PersonShare {
                    person: person.id,
                    stood,
                });
            }
        }
    }
    shares
}

/// The spans in which a post still misses people, each as often as it misses them.
fn missing(
    laid_out: &crate::duty::coverage::LaidOut<'_>,
    row: usize,
    post: Post,
    (from, to): (Instant, Instant),
    asked: usize,
    calendar: &Calendar,
) -> Vec<Open> {
    let mut held: Vec<(PersonId, Instant, Instant)> = laid_out
        .shifts(row, post)
        .flat_map(|shift| {
            // Whoever stands there by hand and has leave then is missed.
            let there = laid_out.there(shift);
            let cut = there.map(|(begin, end)| (begin.max(from), end.min(to)));
            let cut = cut.filter(|(begin, end)| begin < end);
            cut.map(|(begin, end)| (shift.person, begin, end))
        })
        .collect();
    held.sort_unstable();
    let mut cuts: Vec<Instant> = held
        .iter()
        .flat_map(|(_, begin, end)| [*begin, *end])
        .collect();
    cuts.extend([from, to]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut missing = Vec::new();
    for level in 0..asked {
        let short = cuts.windows(2).filter(|part| {
            let mut there: Vec<PersonId> = held
                .iter()
                .filter(|(_, begin, end)| *begin <= part[0] && part[0] < *end)
                .map(|(person, ..)| *person)
                .collect();
            there.dedup();
            there.len() + level < asked
        });
        let spans = joined(short.map(|part| (part[0], part[1])).collect());
        missing.extend(
            spans
                .into_iter()
                .map(|(from, to)| Open::new(post, (from, to), calendar)),
        );
    }
    missing
}

/// How many exchanges are tried for all units together: a rota may be asked for again and again.
const BUDGET: usize = 1_200_000;

/// How many for each span of a unit, where nothing is broken.
const FOR_A_SPAN: usize = 4_000;

/// The people of a province while a rota is made.
struct Work<'a> {
    roster: &'a Roster,
    request: &'a RotaRequest,
    /// By place in the roster's people.
    standers: Vec<Stander>,
    /// Cards of one human being share one stander.
    humans: Vec<u32>,
    places: HashMap<PersonId, usize>,
    by_unit: HashMap<UnitId, Vec<usize>>,
    /// How many exchanges may still be tried, and for how many units.
    budget: usize,
    units: usize,
}

impl<'a> Work<'a> {
    fn new(roster: &'a Roster, request: &'a RotaRequest, units: usize) -> Self {
        let humans = humans(&roster.people);
        let places: HashMap<PersonId, usize> = roster
            .people
            .iter()
            .enumerate()
            .map(|(at, person)| (person.id, at))
            .collect();
        let mut standers = vec![Stander::new(request.limits); roster.people.len()];
        for (at, person) in roster.people.iter().enumerate() {
            standers[humans[at] as usize].away.extend(&person.away);
        }
        for (person, from, to) in &request.away {
            if let Some(at) = places.get(person) {
                standers[humans[*at] as usize].away.push((*from, *to));
            }
        }
        for shift in &roster.shifts {
            let Some(at) = places.get(&shift.person) else {
                continue;
            };
            if shift.standing {
                standers[humans[*at] as usize].load.shifts += 1;
            } else {
                standers[humans[*at] as usize].take(
                    &Open::new(shift.post, (shift.from, shift.to), &roster.calendar),
                    None,
                );
            }
        }
        let mut by_unit: HashMap<UnitId, Vec<usize>> = HashMap::new();
        for (at, person) in roster.people.iter().enumerate() {
            by_unit.entry(person.unit).or_default().push(at);
        }
        for people in by_unit.values_mut() {
            people.sort_by_cached_key(|at| in_round(&roster.people[*at]));
        }
        Self {
            roster,
            request,
            standers,
            humans,
            places,
            by_unit,
            budget: BUDGET,
            units,
        }
    }

    /// Who rotates in a unit: places in the roster's people, who begins first.
    fn rotating(&self, unit: UnitId) -> Vec<usize> {
        let people: Vec<usize> = match self.request.order.get(&unit) {
            Some(order) if !order.is_empty() => order
                .iter()
                .filter_map(|id| self.places.get(id).copied())
                .collect(),
            _ => {
                let all = self.by_unit.get(&unit).map_or(&[][..], Vec::as_slice);
                let rotates = |at: &usize| rotates(&self.roster.people[*at]);
                all.iter().copied().filter(rotates).collect()
            }
        };
        let mut seen = HashSet::new();
        people
            .into_iter()
            .filter(|at| seen.insert(self.humans[*at]))
            .collect()
    }

    fn stander(&self, at: usize) -> &Stander {
        &self.standers[self.humans[at] as usize]
    }

    fn count_standing(&mut self, person: PersonId) {
        if let Some(at) = self.places.get(&person) {
            self.standers[self.humans[*at] as usize].load.shifts += 1;
        }
    }

    /// Who stands in each of the open spans; `None` where nobody can. Whoever begins stays when
    /// that was said.
    fn give(
        &mut self,
        people: &[usize],
        open: &[Open],
        said: bool,
        goes_on: &dyn Fn() -> Result<()>,
    ) -> Result<Vec<Option<PersonId>>> {
        let mut assignees: Vec<Stander> =
            people.iter().map(|at| self.stander(*at).clone()).collect();
        // What a unit does not need is left for those after it.
        let all = self.budget / self.units.max(1);
        self.units = self.units.saturating_sub(1);
        let assignee = Assignee {
            fixed: usize::from(said),
            tries: (all.min(FOR_A_SPAN * open.len()), all),
            goes_on,
        };
        let (given, tried) = fair::give(&mut assignees, open, &assignee)?;
        self.budget -= tried;
        for (at, assignee) in people.iter().zip(assignees) {
            self.standers[self.humans[*at] as usize] = assignee;
        }
        let person = |who: Option<usize>| who.map(|who| self.roster.people[people[who]].id);
        Ok(given.into_iter().map(person).collect())
    }

    /// Who has more than their share, and of what. Hours tell something only where shifts are not
    /// all as long, and days off where weekends and holidays by themselves do not.
    fn uneven(&self, people: &[usize], open: &[Open]) -> Vec<(PersonId, Detail)> {
        let lasts = |open: &Open| (open.to.millis() - open.from.millis()) / MINUTE;
        let longest = open.iter().map(lasts).max().unwrap_or_default() as usize;
        let are_alike = open.iter().all(|open| lasts(open) as usize == longest);
        let loads: Vec<Load> = people.iter().map(|at| self.stander(*at).load).collect();
        let mut found = Vec::new();
        for &of in Share::ALL {
            let count = |load: &Load| load.of(of);
            let least = loads.iter().map(count).min().unwrap_or_default();
            let (more, unit) = match of {
                Share::Hours if are_alike => continue,
                Share::Hours => (longest, (HOUR / MINUTE) as usize),
                _ => (1, 1),
            };
            for (at, load) in people.iter().zip(&loads) {
                let person = self.roster.people[*at].id;
                let most = count(load);
                let is_told = of == Share::Free
                    && found.iter().any(|(known, detail)| {
                        let Detail::Share { of, .. } = detail else {
                            return false;
                        };
                        *known == person && matches!(of, Share::Weekends | Share::Holidays)
                    });
                if most > least + more && !is_told {
                    let (most, least) = (most / unit, least / unit);
                    found.push((person, Detail::Share { of, most, least }));
                }
            }
        }
        found
    }
}

impl Open {
    fn new(post: Post, (from, to): (Instant, Instant), calendar: &Calendar) -> Self {
        let stood = Stood::of(vec![(from, to)], calendar);
        Self {
            post,
            from,
            to,
            night: stood.nights > 0,
            weekends: stood.weekends as usize,
            holidays: stood.holidays as usize,
        }
    }
}
