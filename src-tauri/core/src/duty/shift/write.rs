//! Shifts: laid out, changed, off the roster. What is over stays as it was, unless somebody says
//! why it is put right.

mod door;

pub(crate) use door::Comes;

use crate::book::Writing;
use crate::clock::{Instant, check_span};
use crate::duty::period::Post;
use crate::duty::shift::Shift;
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
        let shift = self.with_reason(None, shift, reason)?;
        self.put_shift(shift, Comes::ByHand)
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
        let new = self.with_reason(Some(&old), new, reason)?;
        self.put_shift(new, Comes::ByHand)
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
        let new = self.with_reason(Some(&old), new, reason)?;
        self.put_shift(new, Comes::Parts)
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
        let first = self.put_shift(first, Comes::Parts)?;
        let second = self.put_shift(second, Comes::Parts)?;
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
        let mut swapped = Vec::new();
        for (old, person) in [(&one, other.person), (&other, one.person)] {
            swapped.push(self.with_another(old, person, reason)?);
        }
        self.put_shifts(swapped, Comes::ByHand)?;
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
        let (left, middle) = self.covering(old, person, (from, to), reason)?;
        self.put_shifts(left, Comes::Parts)?;
        self.put_shift(middle, Comes::ByHand)
    }

    /// What stays of a shift of which another person stands a part, and that part.
    fn covering(
        &mut self,
        old: Shift,
        person: PersonId,
        (from, to): (Instant, Instant),
        reason: Option<&str>,
    ) -> Result<(Vec<Shift>, Shift)> {
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
        let middle = self.checked(middle)?;
        let was = Shift {
            person: old.person,
            ..middle.clone()
        };
        let middle = self.with_reason(Some(&was), middle, reason)?;
        let before = (old.from < from).then_some((old.from, from));
        let after = (to < old.to).then_some((to, old.to));
        let mut spans = before.into_iter().chain(after);
        let mut kept = old;
        kept.pattern = None;
        kept.reason = middle.reason.clone().or(kept.reason);
        match spans.next() {
            Some(span) => (kept.from, kept.to) = span,
            None => kept.removed = true,
        }
        let mut left = vec![kept];
        if let Some((from, to)) = spans.next() {
            let rest = Shift {
                from,
                to,
                ..self.another(&left[0])?
            };
            left.push(rest);
        }
        Ok((left, middle))
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
        let count = shifts.len();
        let (mut left, mut new) = (Vec::new(), Vec::with_capacity(count));
        for old in shifts {
            if old.from < at {
                let span = (at, old.to);
                let (mut stays, middle) = self.covering(old, by, span, reason)?;
                left.append(&mut stays);
                new.push(middle);
            } else {
                new.push(self.with_another(&old, by, reason)?);
            }
        }
        self.put_shifts(left, Comes::Parts)?;
        self.put_shifts(new, Comes::ByHand)?;
        Ok(count)
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

    /// A shift with another person on it.
    fn with_another(
        &mut self,
        old: &Shift,
        person: PersonId,
        reason: Option<&str>,
    ) -> Result<Shift> {
        let new = Shift {
            person,
            pattern: None,
            ..old.clone()
        };
        let new = self.checked(new)?;
        self.with_reason(Some(old), new, reason)
    }

    /// A shift as it is to be written: what is over changes for a reason only, which stands in the
    /// log too.
    fn with_reason(
        &mut self,
        old: Option<&Shift>,
        mut new: Shift,
        reason: Option<&str>,
    ) -> Result<Shift> {
        if self.needs_reason(old, &new, reason)? {
            new.reason = reason.and_then(tidy_some).map(Into::into);
            self.tell_of(old, &new, reason)?;
        }
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
        // It may be of a unit that is no more.
        let names = self.unit_names()?;
        let name = names.get(&new.unit).map(|(_, name)| name.clone());
        let name = name.unwrap_or_default();
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
