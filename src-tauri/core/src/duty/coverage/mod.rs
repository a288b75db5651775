//! Who is on duty when, and the hours with nobody in them.
//!
//! A post is *standing* in a period while no shifts are laid out for it there: its contact
//! answers at every hour. As soon as shifts are laid out they alone decide, hour by hour, also
//! where another period asks at the same time. A shift counts at every moment it covers, in other
//! periods and outside of all, and whether or not its post is asked. Where no period asks and no
//! shift says otherwise, the standing contact of the main post is the answer.

mod calls;
mod conflicts;
mod contacts;
mod gaps;
mod laid;
mod leave;
mod missed;
mod remedy;

pub use calls::{Call, Calls};
pub(crate) use conflicts::humans;
pub(crate) use contacts::SOON;
pub use contacts::{Contact, Contacts, Stay};
pub use laid::LaidOut;
pub use leave::Leave;
pub use missed::Missed;
pub use remedy::{Remedies, Remedy};

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::clock::{HOUR, Instant};
use crate::directory::drill::Drill;
use crate::directory::person::{Person, Role};
use crate::directory::unit::{self, Unit};
use crate::duty::calendar::Calendar;
use crate::duty::finding::Flaw;
use crate::duty::period::{Demand, Period, Post};
use crate::duty::shift::Shift;
use crate::id::{PeriodId, PersonId, UnitId};

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

impl OnDuty {
    /// Whether they answer the telephone of a unit: not who stands as leader.
    #[must_use]
    pub fn answers_at(&self, unit: UnitId) -> bool {
        self.unit == unit && self.post != Post::Leader
    }
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
    /// What leaves it so: [`Flaw::Gap`] where nobody is named, [`Flaw::Away`] where whoever is
    /// named has leave, [`Flaw::Unreachable`] where somebody stands whom calls do not reach.
    pub cause: Flaw,
}

impl Gap {
    /// Whether nobody is there; where somebody is whom calls do not reach, that is not so.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cause != Flaw::Unreachable
    }
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

/// Everything coverage follows from: what is not removed.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    /// The units, in the order of the answers.
    pub units: Vec<Unit>,
    /// The units in whose place others are: until then their people and shifts are told of them.
    pub former: Vec<Unit>,
    /// Their people, in the order in which they were added.
    pub people: Vec<Person>,
    /// What the cards of people were that were changed or taken off the list, and are; of others
    /// [`Roster::people`] says what they always were.
    pub stays: Vec<Stay>,
    /// The periods.
    pub periods: Vec<Period>,
    /// The shifts.
    pub shifts: Vec<Shift>,
    /// The shifts that went over with their post to the unit in whose place theirs is, as they were
    /// before: the former unit had laid them out.
    pub handed_over: Vec<Shift>,
    /// The calls that tell whether numbers answer.
    pub drills: Vec<Drill>,
    /// For how long an answered call counts, in milliseconds.
    pub fresh: i64,
    /// The people of whom nothing is kept, and since when: until then they were on duty.
    pub gone: HashMap<PersonId, Instant>,
    /// The people off the list who have shifts, and since when: until then they were on duty.
    pub left: HashMap<PersonId, Left>,
    /// How long people work at a stretch.
    pub limits: Limits,
    /// Which days are free.
    pub calendar: Calendar,
}

/// Somebody who was taken off the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Their card, as it was last.
    pub card: Person,
    /// Since when.
    pub since: Instant,
}

/// How long people work at a stretch, and how long they rest; in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest stretch.
    pub stretch: i64,
    /// The shortest rest between two.
    pub rest: i64,
    /// The longest pause within one, while somebody else covers the post.
    pub pause: i64,
    /// The most in a week, from Monday on; `None` for no limit.
    pub week: Option<i64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            stretch: 24 * HOUR,
            rest: 8 * HOUR,
            pause: 2 * HOUR,
            week: None,
        }
    }
}

/// The contact who stands on a post while no shifts are laid out, among the people of one unit.
///
/// Main: who is marked main, else the first without a mark, else the backup. Backup: who is
/// marked backup and does not already stand in as main. Leader: who is marked leader. A leader
/// never stands in for another post, for they do not answer the telephone. Who of a unit is
/// *called* first is another question: [`call`](crate::directory::person::call). Whoever has leave
/// does not answer: [`Leave::standing`].
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
        // Somebody of another unit may stand here.
        let on_shift: HashSet<PersonId> = self
            .shifts
            .iter()
            .filter(|shift| mine(&shift.unit))
            .map(|shift| shift.person)
            .collect();
        Self {
            units: self
                .units
                .iter()
                .filter(|unit| mine(&unit.id))
                .cloned()
                .collect(),
            former: self
                .former
                .iter()
                .filter(|unit| mine(&unit.id))
                .cloned()
                .collect(),
            people: self
                .people
                .iter()
                .filter(|person| mine(&person.unit) || on_shift.contains(&person.id))
                .cloned()
                .collect(),
            stays: self
                .stays
                .iter()
                .filter(|stay| mine(&stay.card.unit))
                .cloned()
                .collect(),
            periods: self.periods.clone(),
            shifts: self
                .shifts
                .iter()
                .filter(|shift| mine(&shift.unit))
                .cloned()
                .collect(),
            handed_over: self
                .handed_over
                .iter()
                .filter(|shift| mine(&shift.unit))
                .cloned()
                .collect(),
            drills: self.drills.clone(),
            fresh: self.fresh,
            gone: self.gone.clone(),
            left: self.left.clone(),
            limits: self.limits,
            calendar: self.calendar.clone(),
        }
    }

    /// The units, and after them those in whose place others are.
    pub fn all_units(&self) -> impl Iterator<Item = &Unit> + Clone {
        self.units.iter().chain(&self.former)
    }

    /// All of them, as an office lists them.
    #[must_use]
    pub fn listed_units(&self) -> Vec<Unit> {
        let mut all: Vec<Unit> = self.all_units().cloned().collect();
        if !self.former.is_empty() {
            unit::sort(&mut all);
        }
        all
    }

    /// The unit in this place among all.
    pub(crate) fn unit_in(&self, row: usize) -> &Unit {
        match row.checked_sub(self.units.len()) {
            Some(row) => &self.former[row],
            None => &self.units[row],
        }
    }

    /// Whether anybody is asked for within a span, in one period when given: without that it is no
    /// comfort that nobody is missing.
    #[must_use]
    pub fn asks_anybody(&self, only: Option<PeriodId>, (from, to): (Instant, Instant)) -> bool {
        let periods = self.periods.iter().filter(|period| {
            only.is_none_or(|only| period.id == only) && period.from < to && from < period.to
        });
        let mut asked = periods.flat_map(|period| {
            let units = self.units.iter();
            units.flat_map(move |unit| {
                let posts = Post::ALL.iter();
                posts.flat_map(move |post| period.demands(unit, *post))
            })
        });
        asked.any(|demand| demand.from < to && from < demand.to)
    }

    /// Who is on duty at a moment, by unit and post. Posts with nobody have no line.
    #[must_use]
    pub fn on_duty(&self, at: Instant) -> Vec<OnDuty> {
        let laid_out = self.laid_out();
        self.on_duty_by(&laid_out.contacts(), &laid_out, at)
    }

    fn on_duty_by(
        &self,
        contacts: &HashMap<UnitId, Contacts<'_>>,
        laid_out: &LaidOut<'_>,
        at: Instant,
    ) -> Vec<OnDuty> {
        let periods: Vec<(&Period, Vec<Post>)> = self
            .periods
            .iter()
            .filter(|period| period.contains(at))
            .map(|period| (period, period.all_posts()))
            .collect();
        let (mut answer, nobody) = (Vec::new(), Contacts::default());
        let all = self.all_units().enumerate();
        let there = all.filter(|(_, unit)| unit.ended_at.is_none_or(|ended| at < ended));
        for (row, unit) in there {
            let people = contacts.get(&unit.id).unwrap_or(&nobody);
            let mut asked = false;
            let mut lines: BTreeMap<Post, Vec<OnDuty>> = BTreeMap::new();
            for (period, posts) in &periods {
                for &post in posts {
                    let asks = |demand: &Demand| demand.from <= at && at < demand.to;
                    let demands = period.demands_among(&self.periods, unit, post);
                    if !demands.iter().any(asks) {
                        continue;
                    }
                    asked = true;
                    let here = lines.entry(post).or_default();
                    let line = |person, from, to, standing| OnDuty {
                        unit: unit.id,
                        post,
                        person,
                        from: Some(from),
                        to: Some(to),
                        standing,
                    };
                    let span = (period.from, period.to);
                    let mut standing = laid_out.standing_parts(row, post, span).into_iter();
                    let part = standing.find(|(from, to)| *from <= at && at < *to);
                    if let Some(part) = part {
                        let parts = laid_out.leave().standing_within(people, post, part);
                        here.extend(parts.into_iter().filter_map(|(person, (from, to))| {
                            let person = person.filter(|_| from <= at && at < to)?;
                            Some(line(person.id, from, to, true))
                        }));
                        continue;
                    }
                    let on_it = laid_out.shifts(row, post).flat_map(|shift| {
                        let there = laid_out
                            .there(shift)
                            .map(|(from, to)| (from.max(period.from), to.min(period.to)));
                        let now = there.filter(|(from, to)| *from <= at && at < *to);
                        now.map(|(from, to)| line(shift.person, from, to, shift.standing))
                    });
                    here.extend(on_it);
                }
            }
            // Who holds a shift is on duty, whether or not anybody asks for it.
            for &post in Post::ALL {
                let here = lines.entry(post).or_default();
                if !here.is_empty() {
                    continue;
                }
                here.extend(laid_out.shifts(row, post).flat_map(|shift| {
                    let there = laid_out.there(shift);
                    let now = there.filter(|(from, to)| *from <= at && at < *to);
                    now.map(|(from, to)| OnDuty {
                        unit: unit.id,
                        post,
                        person: shift.person,
                        from: Some(from),
                        to: Some(to),
                        standing: shift.standing,
                    })
                }));
            }
            let answers = lines.get(&Post::Main).is_some_and(|here| !here.is_empty());
            if !asked && !answers {
                let main = laid_out.leave().standing(people, Post::Main, at);
                let main = main.map(|person| OnDuty {
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
        let laid_out = self.laid_out();
        let contacts = laid_out.contacts();
        let mut begins: BTreeSet<Instant> = BTreeSet::new();
        for shift in &self.shifts {
            // Whoever comes back from leave takes over too.
            let begins_here = laid_out.there(shift).map(|(begin, _)| begin);
            begins.extend(begins_here.filter(|begin| from < *begin && *begin <= to));
        }
        let mut changes = Vec::new();
        for at in begins {
            let before: HashSet<_> = self
                .on_duty_by(&contacts, &laid_out, at.plus(-1))
                .into_iter()
                .map(|line| (line.unit, line.post, line.person))
                .collect();
            let takes_over = |line: &OnDuty| {
                !line.standing && !before.contains(&(line.unit, line.post, line.person))
            };
            changes.extend(
                self.on_duty_by(&contacts, &laid_out, at)
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

    pub(crate) fn people_by_unit(&self) -> HashMap<UnitId, Vec<&Person>> {
        let mut by_unit: HashMap<UnitId, Vec<&Person>> = HashMap::new();
        for person in &self.people {
            by_unit.entry(person.unit).or_default().push(person);
        }
        by_unit
    }

    /// The units, by code; those without one last.
    pub(crate) fn by_code(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = (0..self.units.len() + self.former.len()).collect();
        rows.sort_by_key(|row| {
            let unit = self.unit_in(*row);
            (unit.code.is_none(), unit.code.as_deref())
        });
        rows
    }
}
