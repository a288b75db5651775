//! Periods.

use crate::book::{Writing, Wrote};
use crate::clock::Instant;
use crate::directory::unit::Group;
use crate::duty::period::{self, Need, Period, Post};
use crate::error::Result;
use crate::id::PeriodId;

/// A period to be added.
#[derive(Debug, Clone)]
pub struct NewPeriod {
    /// What people call it.
    pub name: String,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The posts every unit must hold.
    pub posts: Vec<Post>,
    /// The groups it asks; `None` asks every unit.
    pub groups: Option<Vec<Group>>,
    /// By when units send their contact points; `None` is its first moment.
    pub due_at: Option<Instant>,
    /// The letter that asks for it.
    pub letter: Option<String>,
    /// Where more, less or other posts are asked.
    pub needs: Vec<Need>,
    /// For how many minutes two may stand on a post at a change; `None` is usual.
    pub overlap: Option<u32>,
    /// Since when lists of people count for it; `None` is usual.
    pub asked_at: Option<Instant>,
}

impl NewPeriod {
    /// A period that asks every unit for its main post.
    #[must_use]
    pub fn new(name: &str, from: Instant, to: Instant) -> Self {
        Self {
            name: name.to_owned(),
            from,
            to,
            posts: vec![Post::Main],
            groups: None,
            due_at: None,
            letter: None,
            needs: Vec::new(),
            overlap: None,
            asked_at: None,
        }
    }
}

/// What is to be changed of a period; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct PeriodChange {
    /// What people call it.
    pub name: Option<String>,
    /// Its first moment.
    pub from: Option<Instant>,
    /// The first moment after it.
    pub to: Option<Instant>,
    /// The posts every unit must hold.
    pub posts: Option<Vec<Post>>,
    /// The groups it asks; `Some(None)` asks every unit.
    pub groups: Option<Option<Vec<Group>>>,
    /// By when units send their contact points; `Some(None)` is its first moment.
    pub due_at: Option<Option<Instant>>,
    /// The letter that asks for it; an empty text takes it away.
    pub letter: Option<String>,
    /// Where more, less or other posts are asked, in place of what was said before.
    pub needs: Option<Vec<Need>>,
    /// For how many minutes two may stand on a post at a change; `Some(None)` is usual.
    pub overlap: Option<Option<u32>>,
    /// Since when lists of people count for it; `Some(None)` is usual.
    pub asked_at: Option<Option<Instant>>,
}

impl Writing<'_> {
    /// Writes a period as it is given. Shifts that lie outside of it then stay, and are found; lists
    /// that came since it asks count for it.
    ///
    /// # Errors
    /// Unless it is taken back: [`Code::Empty`], [`Code::SpanBackwards`], [`Code::ValueUnknown`],
    /// [`Code::PeriodExists`].
    ///
    /// [`Code::Empty`]: crate::Code::Empty
    /// [`Code::SpanBackwards`]: crate::Code::SpanBackwards
    /// [`Code::ValueUnknown`]: crate::Code::ValueUnknown
    /// [`Code::PeriodExists`]: crate::Code::PeriodExists
    pub fn set_period(&mut self, period: &Period) -> Result<Wrote> {
        Ok(self.put_period(period.clone())?.1)
    }

    fn put_period(&mut self, period: Period) -> Result<(Period, Wrote)> {
        let period = match period.removed {
            true => period,
            false => period.checked(&self.periods()?)?,
        };
        let wrote = self.put(&period)?;
        Ok((period, wrote))
    }

    /// Changes a period; what is not given stays.
    ///
    /// # Errors
    /// [`Code::PeriodUnknown`](crate::Code::PeriodUnknown), and as [`Writing::set_period`].
    pub fn change_period(&mut self, id: PeriodId, change: PeriodChange) -> Result<Wrote> {
        let known = period::find(&self.periods()?, &id.to_string())?.clone();
        self.set_period(&Period {
            name: change.name.unwrap_or(known.name),
            from: change.from.unwrap_or(known.from),
            to: change.to.unwrap_or(known.to),
            posts: change.posts.unwrap_or(known.posts),
            groups: change.groups.unwrap_or(known.groups),
            due_at: change.due_at.unwrap_or(known.due_at),
            letter: change.letter.or(known.letter),
            needs: change.needs.unwrap_or(known.needs),
            overlap: change.overlap.unwrap_or(known.overlap),
            asked_at: change.asked_at.unwrap_or(known.asked_at),
            ..known
        })
    }

    /// Takes a period off the list.
    ///
    /// # Errors
    /// [`Code::PeriodUnknown`](crate::Code::PeriodUnknown).
    pub fn remove_period(&mut self, id: PeriodId) -> Result<Wrote> {
        let mut period = period::find(&self.periods()?, &id.to_string())?.clone();
        period.removed = true;
        self.set_period(&period)
    }

    /// Adds a period.
    ///
    /// # Errors
    /// As [`Writing::set_period`].
    pub fn add_period(&mut self, new: NewPeriod) -> Result<Period> {
        let period = Period {
            id: self.new_id()?,
            name: new.name,
            from: new.from,
            to: new.to,
            posts: new.posts,
            groups: new.groups,
            due_at: new.due_at,
            letter: new.letter,
            needs: new.needs,
            overlap: new.overlap,
            asked_at: new.asked_at,
            removed: false,
        };
        Ok(self.put_period(period)?.0)
    }
}
