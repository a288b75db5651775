//! The one door by which a shift gets into the book.

use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::ops::Deref;
use uuid::Uuid;

use crate::book::{Direct, Noun, Writing};
use crate::clock::{Instant, MINUTE, check_span, joined, without};
use crate::directory::unit::Unit;
use crate::duty::period::{Period, Post};
use crate::duty::shift::{Shift, period_of};
use crate::error::{Code, Error, Result};
use crate::id::UnitId;
use crate::journal::Kind;

/// How shifts come to the door: what somebody has seen to already is not looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comes {
    /// Somebody lays them out: everything is looked at, and who was on call until now is kept.
    ByHand,
    /// Their rows were looked at one by one: who was on call until now is kept.
    Listed,
    /// A rota was proposed from the roster as it is, with who was on call until now.
    Proposed,
    /// They are parts of one in the book, at a post with shifts: who stands may be off the list.
    Parts,
    /// They are in the book, and go to whoever takes the place of a person.
    HandedOver,
    /// They are in the book, and go from a moment on to whatever unit takes the place of theirs: who
    /// was on call there until then is kept.
    From(Instant),
}

/// A shift that came in by the door; only such a one can be put into the book.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct Admitted(Shift);

impl Deref for Admitted {
    type Target = Shift;

    fn deref(&self) -> &Shift {
        &self.0
    }
}

impl Noun for Admitted {
    const KIND: Kind = Kind::Shift;

    fn uuid(&self) -> Uuid {
        self.0.id.0
    }
}

impl Direct for Admitted {}

impl Writing<'_> {
    /// Writes a shift.
    ///
    /// # Errors
    /// As [`Writing::admit`].
    pub(crate) fn put_shift(&mut self, shift: Shift, comes: Comes) -> Result<Shift> {
        let mut put = self.put_shifts(vec![shift], comes)?;
        Ok(put.remove(0).0)
    }

    /// Writes shifts, as one: who was on call until now is looked for once.
    ///
    /// # Errors
    /// As [`Writing::admit`].
    pub(crate) fn put_shifts(&mut self, shifts: Vec<Shift>, comes: Comes) -> Result<Vec<Admitted>> {
        let admitted = self.admit(shifts, comes)?;
        for shift in &admitted {
            self.put(shift)?;
        }
        Ok(admitted)
    }

    /// Lets shifts in, in their order; those that are taken off the roster as they are.
    ///
    /// # Errors
    /// [`Code::SpanBackwards`], [`Code::UnitUnknown`], [`Code::PersonUnknown`],
    /// [`Code::ShiftExists`].
    pub(crate) fn admit(&mut self, shifts: Vec<Shift>, comes: Comes) -> Result<Vec<Admitted>> {
        let mut admitted = Vec::with_capacity(shifts.len());
        for shift in shifts {
            admitted.push(Admitted(match comes {
                _ if shift.removed => shift,
                Comes::ByHand => self.checked(shift)?,
                Comes::Listed | Comes::Proposed | Comes::Parts => {
                    check_span(shift.from, shift.to)?;
                    shift
                }
                Comes::HandedOver | Comes::From(_) => shift,
            }));
        }
        if comes == Comes::ByHand {
            self.check_once(&admitted)?;
        }
        match comes {
            Comes::ByHand | Comes::Listed => {
                let all: Vec<&Shift> = admitted.iter().map(|shift| &**shift).collect();
                self.keep_on_call(&all, self.now())?;
            }
            Comes::From(on) => {
                let all: Vec<&Shift> = admitted.iter().map(|shift| &**shift).collect();
                for (until, shifts) in until_laid_out(&all, on) {
                    self.keep_on_call(&shifts, until)?;
                }
            }
            Comes::Proposed | Comes::Parts | Comes::HandedOver => {}
        }
        Ok(admitted)
    }

    /// Whether nobody has one of these shifts already, or gets one of them twice.
    fn check_once(&self, shifts: &[Admitted]) -> Result<()> {
        let is_same = |one: &Shift, other: &Shift| {
            let key = |shift: &Shift| {
                let Shift {
                    unit,
                    post,
                    person,
                    from,
                    to,
                    ..
                } = *shift;
                (unit, post, person, from, to)
            };
            one.id != other.id && !other.removed && key(one) == key(other)
        };
        for (at, shift) in shifts.iter().enumerate() {
            if shift.removed {
                continue;
            }
            let mut known = self.shifts_within((shift.from, shift.to), Some(shift.unit))?;
            // What is written with it stands as it will be.
            known.retain(|known| shifts.iter().all(|one| one.id != known.id));
            let is_there = known.iter().any(|known| is_same(shift, known));
            if is_there || shifts[..at].iter().any(|other| is_same(shift, other)) {
                let person = self.person(shift.person)?;
                return Err(Error::new(Code::ShiftExists)
                    .with("given", person.map(|one| one.full_name).unwrap_or_default())
                    .with("from", shift.from)
                    .with("to", shift.to));
            }
        }
        Ok(())
    }

    /// The shift to the minute and in its period, when somebody can stand on it.
    pub(super) fn checked(&self, mut shift: Shift) -> Result<Shift> {
        shift.from = shift.from.whole_minute();
        shift.to = shift.to.whole_minute();
        check_span(shift.from, shift.to)?;
        if !self.has_unit_until(shift.unit, shift.to)? {
            return Err(Error::new(Code::UnitUnknown).with("given", shift.unit));
        }
        if self.person(shift.person)?.is_none() {
            return Err(Error::new(Code::PersonUnknown).with("given", shift.person));
        }
        self.check_leave(&shift)?;
        let periods = self.periods()?;
        let own = periods
            .iter()
            .find(|period| Some(period.id) == shift.period && shift.meets(period.from, period.to));
        shift.period = match own {
            Some(own) => Some(own.id),
            None => period_of(&periods, shift.from, shift.to),
        };
        Ok(shift)
    }

    /// Whether a unit is there up to a moment: one in whose place another is was there until then.
    fn has_unit_until(&self, unit: UnitId, to: Instant) -> Result<bool> {
        let was =
            |former: &Unit| former.id == unit && former.ended_at.is_some_and(|ended| to <= ended);
        Ok(self.unit(unit)?.is_some() || self.former_units()?.iter().any(was))
    }

    /// Whether whoever stands a shift has no leave in what is still to come of it: what is over was
    /// as it was.
    fn check_leave(&self, shift: &Shift) -> Result<()> {
        let known = self.shift_of(shift.id.0)?;
        let stood = known.filter(|known| {
            !known.removed && known.person == shift.person && known.meets(shift.from, shift.to)
        });
        let Some(person) = self.person(shift.person)?.filter(|_| stood.is_none()) else {
            return Ok(());
        };
        let coming = shift.from.max(self.now().whole_minute());
        let mut away = person.away.iter();
        match away.find(|(from, to)| *from < shift.to && coming < *to) {
            Some((from, to)) => Err(Error::new(Code::PersonAway)
                .with("given", &person.full_name)
                .with("from", from)
                .with("to", to)),
            None => Ok(()),
        }
    }

    /// Writes down who was on call until `now`, where shifts will decide who was: before the first
    /// of a post are laid out in a period that runs. Another period may ask for the post meanwhile,
    /// and may have shifts of it.
    fn keep_on_call(&mut self, shifts: &[&Shift], now: Instant) -> Result<()> {
        let now = now.whole_minute();
        let begun = self.begun_at()?.unwrap_or(now);
        let begun = begun.plus(MINUTE - 1).whole_minute();
        let periods = self.periods()?;
        let running = |period: &&Period| period.from.max(begun) < now && now < period.to;
        for period in periods.iter().filter(running) {
            let here: Vec<&Shift> = shifts
                .iter()
                .copied()
                .filter(|shift| shift.period_among(&periods) == Some(period.id) && !shift.removed)
                // One that lies outside of all is only kept with the period.
                .filter(|shift| shift.meets(period.from, period.to))
                .collect();
            let mut posts: Vec<(UnitId, Post)> =
                here.iter().map(|shift| (shift.unit, shift.post)).collect();
            posts.sort_unstable();
            posts.dedup();
            if posts.is_empty() {
                continue;
            }
            let laid_out = self.laid_out_in(period, &periods, &posts)?;
            for (unit, post) in posts {
                let Some(asked) = self.unit(unit)? else {
                    continue;
                };
                let since = period.from.max(begun);
                let asked = periods
                    .iter()
                    .flat_map(|period| period.demands(&asked, post));
                let asked = asked.map(|demand| (demand.from.max(since), demand.to.min(now)));
                let asked = joined(asked.filter(|(from, to)| from < to).collect());
                if asked.is_empty() || laid_out.contains(&(unit, post)) {
                    continue;
                }
                let taken: Vec<(Instant, Instant)> = here
                    .iter()
                    .filter(|shift| (shift.unit, shift.post) == (unit, post))
                    .map(|shift| (shift.from, shift.to))
                    .collect();
                let taken = joined(taken);
                for (person, from, to) in self.on_call(unit, post, &asked)? {
                    for (from, to) in without((from, to), &taken) {
                        let id = self.new_id()?;
                        self.put(&Admitted(Shift {
                            period: Some(period.id),
                            standing: true,
                            ..Shift::new(id, (unit, post), person, (from, to))
                        }))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The posts for which shifts were laid out in a period, of those units at least that are
    /// asked for.
    fn laid_out_in(
        &self,
        period: &Period,
        periods: &[Period],
        posts: &[(UnitId, Post)],
    ) -> Result<HashSet<(UnitId, Post)>> {
        // Of a whole country nobody reads the roster for the sake of one unit.
        let first = posts.first().map(|(unit, _)| *unit);
        let only = first.filter(|first| posts.iter().all(|(unit, _)| unit == first));
        let mut shifts = self.shifts_within((period.from, period.to), only)?;
        shifts.retain(|shift| shift.period_among(periods) == Some(period.id));
        Ok(shifts
            .iter()
            .map(|shift| (shift.unit, shift.post))
            .collect())
    }
}

/// The shifts that go over to another unit from a moment on, by until when somebody was on call on
/// their post there: until the first of them were laid out, where that was later.
fn until_laid_out<'s>(shifts: &[&'s Shift], on: Instant) -> BTreeMap<Instant, Vec<&'s Shift>> {
    let mut posts: BTreeMap<(UnitId, Post), Vec<&Shift>> = BTreeMap::new();
    for shift in shifts {
        posts
            .entry((shift.unit, shift.post))
            .or_default()
            .push(shift);
    }
    let mut until: BTreeMap<Instant, Vec<&Shift>> = BTreeMap::new();
    for shifts in posts.into_values() {
        let stood = shifts.iter().filter(|shift| !shift.standing);
        // What reaches over that moment was laid out before it.
        let laid_out = stood.map(|shift| match shift.from <= on {
            true => on,
            false => shift.id.made_at().max(on),
        });
        let laid_out = laid_out.min().unwrap_or(on);
        until.entry(laid_out).or_default().extend(shifts);
    }
    until
}
