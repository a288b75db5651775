//! Shifts: laid out, changed, off the roster. What is over stays as it was, unless somebody says
//! why it is put right.

use crate::book::Writing;
use crate::clock::{Instant, MINUTE, check_span};
use crate::duty::period::{Period, Post};
use crate::duty::shift::{Shift, period_of};
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, UnitId};
use crate::log::entry::NewLine;
use crate::messages::vietnamese;
use crate::text::tidy_some;

/// A shift to be laid out.
#[derive(Debug, Clone)]
pub struct NewShift {
    /// Whose post it is.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who stands on it.
    pub person: PersonId,
    /// Its first moment; the minute counts.
    pub from: Instant,
    /// The first moment after it; the minute counts.
    pub to: Instant,
}

/// What to change of a shift; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct ShiftChange {
    /// Whose post it is.
    pub unit: Option<UnitId>,
    /// The post.
    pub post: Option<Post>,
    /// Who stands on it.
    pub person: Option<PersonId>,
    /// Its first moment; given alone it moves all of the shift.
    pub from: Option<Instant>,
    /// The first moment after it.
    pub to: Option<Instant>,
}

impl Writing<'_> {
    /// Lays out a shift, in the period in which its time lies.
    ///
    /// # Errors
    /// [`Code::SpanBackwards`], [`Code::UnitUnknown`], [`Code::PersonUnknown`];
    /// [`Code::PastFrozen`] when some of it is over and no reason is given.
    pub fn add_shift(&mut self, new: NewShift, reason: Option<&str>) -> Result<Shift> {
        let shift = Shift::new(
            self.new_id()?,
            (new.unit, new.post),
            new.person,
            (new.from, new.to),
        );
        let shift = self.checked(shift)?;
        self.change_shift(None, shift, reason)
    }

    /// Writes a shift as it is given: it is laid out by hand from now on. One that no longer
    /// reaches into its period goes to the period in which its time lies now.
    ///
    /// # Errors
    /// As [`Writing::add_shift`], and [`Code::ShiftUnknown`].
    pub fn set_shift(&mut self, shift: &Shift, reason: Option<&str>) -> Result<Shift> {
        let old = self.shift(&shift.id.to_string())?;
        let mut new = match shift.removed {
            true => shift.clone(),
            false => self.checked(shift.clone())?,
        };
        new.pattern = None;
        self.change_shift(Some(&old), new, reason)
    }

    /// Changes a shift; who only says when it begins moves all of it.
    ///
    /// # Errors
    /// As [`Writing::set_shift`].
    pub fn move_shift(
        &mut self,
        given: &str,
        change: &ShiftChange,
        reason: Option<&str>,
    ) -> Result<Shift> {
        let known = self.shift(given)?;
        let lasts = known.to.millis() - known.from.millis();
        let to = match (change.from, change.to) {
            (_, Some(to)) => to,
            (Some(from), None) => from.plus(lasts),
            (None, None) => known.to,
        };
        let new = Shift {
            unit: change.unit.unwrap_or(known.unit),
            post: change.post.unwrap_or(known.post),
            person: change.person.unwrap_or(known.person),
            from: change.from.unwrap_or(known.from),
            to,
            ..known
        };
        self.set_shift(&new, reason)
    }

    /// Takes a shift off the roster; one that has begun ends now.
    ///
    /// # Errors
    /// [`Code::ShiftUnknown`]; [`Code::PastFrozen`] when it is over and no reason is given.
    pub fn cancel_shift(&mut self, given: &str, reason: Option<&str>) -> Result<Shift> {
        let old = self.shift(given)?;
        let mut new = old.clone();
        let now = self.now().whole_minute();
        match old.from < now && now < old.to && reason.is_none() {
            true => new.to = now,
            false => new.removed = true,
        }
        self.change_shift(Some(&old), new, reason)
    }

    /// Makes two shifts of one.
    ///
    /// # Errors
    /// [`Code::ShiftUnknown`], [`Code::OutsideShift`].
    pub fn split_shift(&mut self, given: &str, at: Instant) -> Result<(Shift, Shift)> {
        let old = self.shift(given)?;
        let at = inside(&old, at.whole_minute())?;
        let mut first = old.clone();
        (first.to, first.pattern) = (at, None);
        let mut second = self.another(&first)?;
        (second.from, second.to) = (at, old.to);
        // The same person stands there at every moment as before.
        self.put(&first)?;
        self.put(&second)?;
        Ok((first, second))
    }

    /// Exchanges the people of two shifts.
    ///
    /// # Errors
    /// [`Code::ShiftUnknown`], [`Code::PersonItself`]; [`Code::PastFrozen`] when some of it is over
    /// and no reason is given.
    pub fn swap_shifts(&mut self, one: &str, other: &str, reason: Option<&str>) -> Result<()> {
        let (one, other) = (self.shift(one)?, self.shift(other)?);
        if one.person == other.person {
            return Err(self.is_same_person(one.person)?);
        }
        for (old, person) in [(&one, other.person), (&other, one.person)] {
            let new = Shift {
                person,
                pattern: None,
                ..old.clone()
            };
            let new = self.checked(new)?;
            self.change_shift(Some(old), new, reason)?;
        }
        Ok(())
    }

    /// Lets another person stand a part of a shift; whose shift it was stands before and after.
    ///
    /// # Errors
    /// [`Code::ShiftUnknown`], [`Code::OutsideShift`], [`Code::PersonUnknown`];
    /// [`Code::PastFrozen`] when some of it is over and no reason is given.
    pub fn cover_shift(
        &mut self,
        given: &str,
        person: PersonId,
        (from, to): (Instant, Instant),
        reason: Option<&str>,
    ) -> Result<Shift> {
        let old = self.shift(given)?;
        if old.person == person {
            return Err(self.is_same_person(person)?);
        }
        let (from, to) = (from.whole_minute(), to.whole_minute());
        check_span(from, to)?;
        if from < old.from || old.to < to {
            return Err(out_of(&old));
        }
        let mut middle = self.another(&old)?;
        (middle.person, middle.from, middle.to, middle.pattern) = (person, from, to, None);
        let mut middle = self.checked(middle)?;
        let was = Shift {
            person: old.person,
            ..middle.clone()
        };
        let mut why = None;
        if self.needs_reason(Some(&was), &middle, reason)? {
            why = reason.and_then(tidy_some).map(Into::into);
            middle.reason.clone_from(&why);
            self.tell_of(Some(&was), &middle, reason)?;
        }
        let before = (old.from < from).then_some((old.from, from));
        let after = (to < old.to).then_some((to, old.to));
        let mut left = before.into_iter().chain(after);
        let mut kept = old;
        kept.pattern = None;
        kept.reason = why.or(kept.reason);
        match left.next() {
            Some(span) => (kept.from, kept.to) = span,
            None => kept.removed = true,
        }
        self.put(&kept)?;
        if let Some((from, to)) = left.next() {
            let rest = Shift {
                from,
                to,
                ..self.another(&kept)?
            };
            self.put(&rest)?;
        }
        self.put(&middle)?;
        Ok(middle)
    }

    /// Puts one person in the place of another in all shifts from a moment on, of one unit when
    /// one is given, and says how many they are.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`]; [`Code::PastFrozen`] when some of it is over and no reason is
    /// given.
    pub fn replace_from(
        &mut self,
        person: PersonId,
        by: PersonId,
        at: Instant,
        unit: Option<UnitId>,
        reason: Option<&str>,
    ) -> Result<usize> {
        if person == by {
            return Err(self.is_same_person(person)?);
        }
        let at = at.whole_minute();
        let theirs = |shift: &Shift| {
            shift.person == person && at < shift.to && unit.is_none_or(|unit| shift.unit == unit)
        };
        let shifts: Vec<Shift> = self.shifts()?.into_iter().filter(theirs).collect();
        for old in &shifts {
            if old.from < at {
                self.cover_shift(&old.id.to_string(), by, (at, old.to), reason)?;
            } else {
                let new = Shift {
                    person: by,
                    pattern: None,
                    ..old.clone()
                };
                let new = self.checked(new)?;
                self.change_shift(Some(old), new, reason)?;
            }
        }
        Ok(shifts.len())
    }

    /// The shift with this id.
    ///
    /// # Errors
    /// [`Code::ShiftUnknown`].
    pub fn shift(&self, given: &str) -> Result<Shift> {
        let unknown = || Error::new(Code::ShiftUnknown).with("given", given);
        let id = given.trim().parse().map_err(|_| unknown())?;
        self.shift_of(id)?.ok_or_else(unknown)
    }

    fn is_same_person(&self, person: PersonId) -> Result<Error> {
        let name = self.person(person)?.map(|person| person.full_name);
        Ok(Error::new(Code::PersonItself).with("given", name.unwrap_or_default()))
    }

    /// A shift like this one, with an identity of its own.
    fn another(&mut self, shift: &Shift) -> Result<Shift> {
        Ok(Shift {
            id: self.new_id()?,
            reason: None,
            ..shift.clone()
        })
    }

    /// Writes down who was on call until now, where shifts will decide who was: before the first
    /// of a post are laid out in a period that runs.
    pub(super) fn keep_on_call(&mut self, shifts: &[Shift]) -> Result<()> {
        let now = self.now().whole_minute();
        let begun = self.begun_at()?.unwrap_or(now);
        let periods = self.periods()?;
        let mut running: Vec<(&Period, Vec<&Shift>)> = Vec::new();
        for period in &periods {
            let since = period.from.max(begun.plus(MINUTE - 1).whole_minute());
            let here = shifts
                .iter()
                .filter(|shift| shift.period == Some(period.id));
            if since < now && now < period.to {
                running.push((period, here.collect()));
            }
        }
        if running.iter().all(|(_, here)| here.is_empty()) {
            return Ok(());
        }
        let roster = self.roster()?;
        let laid_out = roster.laid_out();
        for (period, here) in running {
            let since = period.from.max(begun.plus(MINUTE - 1).whole_minute());
            let mut posts: Vec<(UnitId, Post)> =
                here.iter().map(|shift| (shift.unit, shift.post)).collect();
            posts.sort_unstable();
            posts.dedup();
            for (unit, post) in posts {
                let asks = roster.units.iter().find(|known| known.id == unit);
                let asks = asks.is_some_and(|unit| !period.demands(unit, post).is_empty());
                if !asks || laid_out.has(period.id, unit, post) {
                    continue;
                }
                let mut taken: Vec<(Instant, Instant)> = here
                    .iter()
                    .filter(|shift| (shift.unit, shift.post) == (unit, post))
                    .map(|shift| (shift.from, shift.to))
                    .collect();
                taken.sort_unstable();
                for (person, from, to) in self.on_call(unit, post, (since, now))? {
                    for (from, to) in without((from, to), &taken) {
                        let id = self.new_id()?;
                        self.put(&Shift {
                            period: Some(period.id),
                            standing: true,
                            ..Shift::new(id, (unit, post), person, (from, to))
                        })?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes a shift; what is over changes for a reason only, which stands in the log too.
    fn change_shift(
        &mut self,
        old: Option<&Shift>,
        mut new: Shift,
        reason: Option<&str>,
    ) -> Result<Shift> {
        if self.needs_reason(old, &new, reason)? {
            new.reason = reason.and_then(tidy_some).map(Into::into);
            self.tell_of(old, &new, reason)?;
        }
        if !new.removed {
            self.keep_on_call(std::slice::from_ref(&new))?;
        }
        self.put(&new)?;
        Ok(new)
    }

    /// Whether a change touches what is over.
    ///
    /// # Errors
    /// [`Code::PastFrozen`] when it does, and no reason is given.
    fn needs_reason(&self, old: Option<&Shift>, new: &Shift, reason: Option<&str>) -> Result<bool> {
        let now = self.now().whole_minute();
        let touches = old.and_then(|old| old.past(now)) != new.past(now);
        if touches && reason.and_then(tidy_some).is_none() {
            let shift = old.unwrap_or(new);
            return Err(Error::new(Code::PastFrozen)
                .with("from", shift.from)
                .with("to", shift.to));
        }
        Ok(touches)
    }

    fn tell_of(&mut self, old: Option<&Shift>, new: &Shift, reason: Option<&str>) -> Result<()> {
        let was = old.filter(|old| !old.removed);
        let is = Some(new).filter(|new| !new.removed);
        let (was, is) = (self.in_words(was)?, self.in_words(is)?);
        let unit = self.unit(new.unit)?;
        let name = unit.map(|unit| unit.name).unwrap_or_default();
        let reason = reason.unwrap_or_default().trim();
        let line = NewLine {
            unit: Some(new.unit),
            ..vietnamese()
                .with(
                    "written_line_past_shift",
                    &[
                        ("unit", name.as_str()),
                        ("post", &vietnamese().word(new.post).to_lowercase()),
                        ("was", &was),
                        ("is", &is),
                        ("reason", reason),
                    ],
                )
                .as_str()
                .into()
        };
        self.log(&line)?;
        Ok(())
    }

    fn in_words(&self, shift: Option<&Shift>) -> Result<String> {
        let Some(shift) = shift else {
            return Ok(vietnamese().text("written_no_shift").to_owned());
        };
        let person = self.person(shift.person)?;
        let name = person.map_or_else(|| "?".to_owned(), |person| person.full_name);
        Ok(format!("{name} {}–{}", shift.from, shift.to))
    }

    /// The shift to the minute and in its period, when somebody can stand on it.
    fn checked(&self, mut shift: Shift) -> Result<Shift> {
        shift.from = shift.from.whole_minute();
        shift.to = shift.to.whole_minute();
        check_span(shift.from, shift.to)?;
        if self.unit(shift.unit)?.is_none() {
            return Err(Error::new(Code::UnitUnknown).with("given", shift.unit));
        }
        if self.person(shift.person)?.is_none() {
            return Err(Error::new(Code::PersonUnknown).with("given", shift.person));
        }
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
}

/// What of a span others, sorted by when they begin, leave.
fn without(
    (mut from, to): (Instant, Instant),
    taken: &[(Instant, Instant)],
) -> Vec<(Instant, Instant)> {
    let mut left = Vec::new();
    for (begin, end) in taken {
        if *end <= from || to <= *begin {
            continue;
        }
        if from < *begin {
            left.push((from, *begin));
        }
        from = from.max(*end);
    }
    if from < to {
        left.push((from, to));
    }
    left
}

fn inside(shift: &Shift, at: Instant) -> Result<Instant> {
    match shift.from < at && at < shift.to {
        true => Ok(at),
        false => Err(out_of(shift)),
    }
}

fn out_of(shift: &Shift) -> Error {
    Error::new(Code::OutsideShift)
        .with("from", shift.from)
        .with("to", shift.to)
}
