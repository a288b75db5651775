//! Who is on duty when, and the hours with nobody in them.
//!
//! A post is *standing* in a period while no shifts are laid out for it there: its contact
//! answers at every hour. As soon as shifts are laid out they alone decide, hour by hour.
//! Outside every period the standing contact of the main post is the answer.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::clock::Instant;
use crate::drill::{self, Drill};
use crate::id::{PeriodId, PersonId, UnitId};
use crate::period::{Period, Post};
use crate::person::{Person, Role};
use crate::shift::{Shift, period_of};
use crate::unit::Unit;

/// Who stands on a post at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who.
    pub person: PersonId,
    /// Since when; `None` for a standing contact outside every period.
    pub from: Option<Instant>,
    /// Until when, half-open.
    pub to: Option<Instant>,
    /// Whether they answer as standing contact and not by a shift.
    pub standing: bool,
}

/// A span of a post with nobody in it, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// A post that somebody takes over by a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// When.
    pub at: Instant,
    /// Who takes it over.
    pub person: PersonId,
}

/// Shifts by period and post.
type LaidOut = HashMap<(PeriodId, UnitId, Post), Vec<Shift>>;

/// Everything coverage follows from: what is not removed.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// The units, in the order of the answers.
    pub units: Vec<Unit>,
    /// Their people, in the order in which they were added.
    pub people: Vec<Person>,
    /// The periods.
    pub periods: Vec<Period>,
    /// The shifts.
    pub shifts: Vec<Shift>,
    /// The calls that tell whether numbers answer.
    pub drills: Vec<Drill>,
    /// For how long an answered call counts, in milliseconds.
    pub fresh: i64,
    /// The people of whom nothing is kept, and since when: until then they were on duty.
    pub gone: HashMap<PersonId, Instant>,
}

/// The contact who stands on a post while no shifts are laid out, among the people of one unit.
///
/// Main: who is marked main, else the first without a mark, else the backup. Backup: who is
/// marked backup and does not already stand in as main. Leader: who is marked leader. A leader
/// never stands in for another post, for they do not answer the telephone.
#[must_use]
pub fn standing<'a>(people: &[&'a Person], post: Post) -> Option<&'a Person> {
    let marked = |role: Option<Role>| people.iter().copied().find(|person| person.role == role);
    let main = || {
        marked(Some(Role::Main))
            .or_else(|| marked(None))
            .or_else(|| marked(Some(Role::Backup)))
    };
    match post {
        Post::Main => main(),
        Post::Leader => marked(Some(Role::Leader)),
        Post::Backup => {
            let first = main().map(|person| person.id);
            people
                .iter()
                .copied()
                .find(|person| person.role == Some(Role::Backup) && Some(person.id) != first)
        }
    }
}

impl Roster {
    /// What of it concerns one unit.
    #[must_use]
    pub fn of_unit(&self, id: UnitId) -> Self {
        let mine = |unit: &UnitId| *unit == id;
        Self {
            units: self
                .units
                .iter()
                .filter(|unit| mine(&unit.id))
                .cloned()
                .collect(),
            people: self
                .people
                .iter()
                .filter(|person| mine(&person.unit))
                .cloned()
                .collect(),
            periods: self.periods.clone(),
            shifts: self
                .shifts
                .iter()
                .filter(|shift| mine(&shift.unit))
                .cloned()
                .collect(),
            drills: self.drills.clone(),
            fresh: self.fresh,
            gone: self.gone.clone(),
        }
    }

    /// Who is on duty at a moment, by unit and post. Posts with nobody have no line.
    #[must_use]
    pub fn on_duty(&self, at: Instant) -> Vec<OnDuty> {
        self.on_duty_by(&self.people_by_unit(), &self.laid_out(), at)
    }

    fn on_duty_by(
        &self,
        people: &HashMap<UnitId, Vec<&Person>>,
        laid_out: &LaidOut,
        at: Instant,
    ) -> Vec<OnDuty> {
        let mut answer = Vec::new();
        for unit in &self.units {
            let people = people.get(&unit.id).map_or(&[][..], Vec::as_slice);
            let mut asked = false;
            let mut lines: BTreeMap<Post, Vec<OnDuty>> = BTreeMap::new();
            for period in self
                .periods
                .iter()
                .filter(|p| p.contains(at) && p.asks(unit))
            {
                asked = true;
                for &post in &period.posts {
                    let here = lines.entry(post).or_default();
                    let line = |person, from, to, standing| OnDuty {
                        unit: unit.id,
                        post,
                        person,
                        from: Some(from),
                        to: Some(to),
                        standing,
                    };
                    match laid_out.get(&(period.id, unit.id, post)) {
                        Some(shifts) => here.extend(
                            shifts
                                .iter()
                                .filter(|shift| shift.from <= at && at < shift.to)
                                .map(|shift| line(shift.person, shift.from, shift.to, false)),
                        ),
                        None => here.extend(
                            standing(people, post)
                                .map(|person| line(person.id, period.from, period.to, true)),
                        ),
                    }
                }
            }
            if !asked {
                let main = standing(people, Post::Main).map(|person| OnDuty {
                    unit: unit.id,
                    post: Post::Main,
                    person: person.id,
                    from: None,
                    to: None,
                    standing: true,
                });
                lines.insert(Post::Main, main.into_iter().collect());
            }
            for mut here in lines.into_values() {
                here.sort_by_key(|line| (line.standing, line.from, line.person));
                let mut seen = HashSet::new();
                here.retain(|line| seen.insert(line.person));
                answer.append(&mut here);
            }
        }
        answer
    }

    /// Who takes over a post by a shift after `from`, up to and with `to`: by time, then by unit
    /// and post. Who stood on the post a moment before only goes on.
    #[must_use]
    pub fn changes(&self, from: Instant, to: Instant) -> Vec<Change> {
        let (people, laid_out) = (self.people_by_unit(), self.laid_out());
        let begins: BTreeSet<Instant> = laid_out
            .values()
            .flatten()
            .map(|shift| shift.from)
            .filter(|at| from < *at && *at <= to)
            .collect();
        let mut changes = Vec::new();
        for at in begins {
            let before: HashSet<_> = self
                .on_duty_by(&people, &laid_out, at.plus(-1))
                .into_iter()
                .map(|line| (line.unit, line.post, line.person))
                .collect();
            let takes_over = |line: &OnDuty| {
                !line.standing && !before.contains(&(line.unit, line.post, line.person))
            };
            changes.extend(
                self.on_duty_by(&people, &laid_out, at)
                    .into_iter()
                    .filter(takes_over)
                    .map(|line| Change {
                        unit: line.unit,
                        post: line.post,
                        at,
                        person: line.person,
                    }),
            );
        }
        changes
    }

    /// The gaps that a moment lies in, each whole.
    #[must_use]
    pub fn holes_at(&self, at: Instant) -> Vec<Gap> {
        let mut gaps = self.gaps(None, None, at);
        gaps.retain(|gap| gap.from <= at && at < gap.to);
        gaps
    }

    /// The spans with nobody on a post that its period asks for, within `span` and of one period
    /// when given; by the unit's code, the post's name and time. A unit of which, as is known
    /// `now`, no contact can be counted on has nobody.
    #[must_use]
    pub fn gaps(
        &self,
        span: Option<(Instant, Instant)>,
        only: Option<PeriodId>,
        now: Instant,
    ) -> Vec<Gap> {
        let people = self.people_by_unit();
        let lost = drill::unreachable(&self.people, &self.drills, self.fresh, now);
        let laid_out = self.laid_out();
        let mut posts = Post::ALL.to_vec();
        posts.sort_by_key(|post| post.key());
        let mut units: Vec<&Unit> = self.units.iter().collect();
        units.sort_by_key(|unit| (unit.code.is_none(), unit.code.as_deref()));
        let mut gaps = Vec::new();
        for unit in units {
            let people = people.get(&unit.id).map_or(&[][..], Vec::as_slice);
            for &post in &posts {
                let mut holes = Vec::new();
                let asking = |period: &&Period| {
                    only.is_none_or(|only| period.id == only)
                        && period.asks(unit)
                        && period.posts.contains(&post)
                };
                for period in self.periods.iter().filter(asking) {
                    let (from, to) = match span {
                        Some((from, to)) => (from.max(period.from), to.min(period.to)),
                        None => (period.from, period.to),
                    };
                    let from = from.max(unit.began_at.unwrap_or(from));
                    if from >= to {
                        continue;
                    }
                    match laid_out.get(&(period.id, unit.id, post)) {
                        Some(shifts) => uncovered(shifts, from, to, &mut holes),
                        None if standing(people, post).is_none() => holes.push((from, to)),
                        None => {}
                    }
                    if let Some(since) = lost.get(&unit.id).map(|since| from.max(*since))
                        && since < to
                    {
                        holes.push((since, to));
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

    fn people_by_unit(&self) -> HashMap<UnitId, Vec<&Person>> {
        let mut by_unit: HashMap<UnitId, Vec<&Person>> = HashMap::new();
        for person in &self.people {
            by_unit.entry(person.unit).or_default().push(person);
        }
        by_unit
    }

    /// The period a shift was laid out for. One that was laid out before its period was, or whose
    /// period was taken back, belongs where its time does.
    fn period_of(&self, shift: &Shift) -> Option<PeriodId> {
        let own = shift
            .period
            .filter(|id| self.periods.iter().any(|period| period.id == *id));
        own.or_else(|| period_of(&self.periods, shift.from, shift.to))
    }

    /// Shifts by period and post, of people who are still there, or were until their data was
    /// dropped, cut to the period, by when they
    /// start. Only posts for which shifts were laid out in the period have an entry; a shift that
    /// reaches over from the period before counts there too, hour by hour.
    #[must_use]
    pub fn laid_out(&self) -> LaidOut {
        let people: HashSet<PersonId> = self.people.iter().map(|person| person.id).collect();
        let mut laid_out: HashMap<_, Vec<Shift>> = HashMap::new();
        let reaches =
            |shift: &Shift, period: &Period| shift.from < period.to && period.from < shift.to;
        for shift in &self.shifts {
            let own = self.period_of(shift);
            for period in self.periods.iter().filter(|period| Some(period.id) == own) {
                if reaches(shift, period) {
                    laid_out
                        .entry((period.id, shift.unit, shift.post))
                        .or_default();
                }
            }
        }
        for shift in &self.shifts {
            let until = match self.gone.get(&shift.person) {
                Some(gone) => *gone,
                None if people.contains(&shift.person) => shift.to,
                None => continue,
            };
            if until <= shift.from {
                continue;
            }
            let shift = &Shift {
                to: shift.to.min(until),
                ..shift.clone()
            };
            for period in self.periods.iter().filter(|period| reaches(shift, period)) {
                if let Some(here) = laid_out.get_mut(&(period.id, shift.unit, shift.post)) {
                    here.push(Shift {
                        from: shift.from.max(period.from),
                        to: shift.to.min(period.to),
                        ..shift.clone()
                    });
                }
            }
        }
        for shifts in laid_out.values_mut() {
            shifts.sort_by_key(|shift| (shift.from, shift.to, shift.id));
        }
        laid_out
    }
}

/// What the shifts, sorted by start, leave open between `from` and `to`.
fn uncovered(shifts: &[Shift], from: Instant, to: Instant, holes: &mut Vec<(Instant, Instant)>) {
    let mut covered = from;
    for shift in shifts {
        if shift.from > covered {
            let end = shift.from.min(to);
            if covered < end {
                holes.push((covered, end));
            }
        }
        covered = covered.max(shift.to);
    }
    if covered < to {
        holes.push((covered, to));
    }
}

/// Overlapping and touching spans as one.
fn joined(mut spans: Vec<(Instant, Instant)>) -> Vec<(Instant, Instant)> {
    spans.sort_unstable();
    let mut joined: Vec<(Instant, Instant)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}
