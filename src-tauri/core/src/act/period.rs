//! Periods.

use super::{Writing, Wrote, needed};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::period::{Period, Post, check_span};
use crate::text::fold;
use crate::unit::Group;

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
}

impl Writing<'_> {
    /// Changes a period to what is given.
    ///
    /// # Errors
    /// [`Code::SpanBackwards`].
    pub fn set_period(&mut self, period: &Period) -> Result<Wrote> {
        check_span(period.from, period.to)?;
        self.put(period)
    }

    /// Adds a period.
    ///
    /// # Errors
    /// [`Code::PeriodExists`], [`Code::SpanBackwards`], [`Code::Empty`].
    pub fn add_period(&mut self, new: NewPeriod) -> Result<Period> {
        let name = needed("name", &new.name)?;
        check_span(new.from, new.to)?;
        if new.posts.is_empty() {
            return Err(Error::new(Code::Empty).with("field", "posts"));
        }
        let folded = fold(&name);
        if self
            .periods()?
            .iter()
            .any(|period| fold(&period.name) == folded)
        {
            return Err(Error::new(Code::PeriodExists).with("given", name));
        }
        let mut posts = new.posts;
        posts.sort();
        posts.dedup();
        let period = Period {
            id: self.new_id()?,
            name,
            from: new.from,
            to: new.to,
            posts,
            groups: new.groups,
            due_at: new.due_at,
            removed: false,
        };
        self.put(&period)?;
        Ok(period)
    }
}
