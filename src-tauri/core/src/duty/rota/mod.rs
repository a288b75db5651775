//! A rota: shifts laid out by a pattern, so that nobody works too long and all have their share.
//!
//! What is looked for, the first before the next: that somebody stands every span who can; as few
//! breaches as can be, each rest that is too short and each stretch that is too long; as few shifts as
//! can be that go on from one to the next for more than sixteen hours; weeks as little too long as can
//! be; and even shares: the least sum, over people and over what is counted, of the squares of how much
//! of it somebody has, by [`WEIGHTS`], and of [`GOING_ON`] for every shift that goes on for less: so
//! nights are spread where rest alone would leave them all with one. Shares are
//! those of the period, as [`Stood`](crate::duty::stood::Stood) counts them; shifts laid out by hand
//! count as much as others.
//!
//! What stands by hand is kept. Ties are broken by the order that is given, else by role and
//! name, never by ids: the same input gives the same rota.

mod fair;
mod missing;
mod outdated;
mod search;
mod share;
mod team;
mod write;

pub use outdated::outdated;
pub use share::{PersonShare, shares, uneven_shares};
pub use write::{NewRota, Proposal};

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::clock::Instant;
use crate::directory::person::{Person, Role};
use crate::directory::unit::Unit;
use crate::duty::coverage::{Contacts, Limits, Roster};
use crate::duty::finding::{Detail, Finding, Flaw, Share};
use crate::duty::pattern::Pattern;
use crate::duty::period::{Period, Post};
use crate::duty::shift::Shift;
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, ShiftId, UnitId};
use crate::text::name_key;
use fair::Open;
use missing::missing;
use share::{shares_of, uneven};
use team::Team;

/// What the square of somebody's share weighs, by what is counted: how many shifts, and how many at
/// night, at weekends, on holidays and on both; hours count in twelves.
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
    /// The posts that were wished and are not laid out: the period asks none of these units for
    /// them, or it is the leaders', who do not rotate.
    pub left_out: Vec<Post>,
    /// Its weak points.
    pub findings: Vec<Finding>,
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
    let laid_out = base.laid_out();
    let mut team = Team::new(&laid_out, &base, period.id, request, asked);
    let spans = request.pattern.spans(start, period.to, &base.calendar);
    let of_unit = laid_out.contacts();
    let nobody = Contacts::default();
    let mut rounds = Vec::new();
    rota.left_out.clone_from(&request.posts);
    for (done, row) in base.by_code().into_iter().enumerate() {
        let goes_on = || match watch(done, base.units.len()) {
            true => Ok(()),
            false => Err(Error::new(Code::Cancelled)),
        };
        goes_on()?;
        // What is laid out is for the units that there are.
        let Some(unit) = base.units.get(row).filter(|unit| is_asked(unit)) else {
            continue;
        };
        let people = team.rotating(unit.id);
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
            rota.left_out.retain(|left| *left != post);
            let here = of_unit.get(&unit.id).unwrap_or(&nobody);
            if !stands && people.len() < 2 && !request.order.contains_key(&unit.id) {
                // Who is alone stays on call at all hours; a rota would only say it in other words.
                if let Some(person) = here.named(post, start) {
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
            if !stands && start > period.from && here.named(post, start).is_some() {
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
        let given = team.give(&people, &open, said, &goes_on)?;
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
        if let Some(first) = open.first() {
            let lasts = |open: &Open| open.to.millis() - open.from.millis();
            rounds.push(Round {
                unit: unit.id,
                post: first.post,
                people: people.iter().map(|at| base.people[*at].id).collect(),
                lasts: open.iter().map(lasts).collect(),
            });
        }
    }
    rota.keep(old);
    rota.look(base, period, start, &is_wanted, &rounds, now);
    Ok(rota)
}

/// Those who rotate in a unit, and how long the shifts last that were given them.
struct Round {
    unit: UnitId,
    post: Post,
    people: Vec<PersonId>,
    lasts: Vec<i64>,
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
        rounds: &[Round],
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
                // What ends as it begins was before it.
                (Flaw::Gap, _) => start < finding.to,
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
        for round in rounds {
            let uneven = uneven(&self.shares, &round.people, &round.lasts).into_iter();
            self.findings.extend(uneven.map(|(person, detail)| Finding {
                flaw: Flaw::Uneven,
                unit: round.unit,
                post: round.post,
                person: Some(person),
                from: start,
                to: period.to,
                shift: None,
                detail,
            }));
        }
        roster.sort(&mut self.findings);
    }
}
