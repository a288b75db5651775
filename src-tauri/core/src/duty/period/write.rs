//! Periods.

use crate::book::{Writing, Wrote, needed};
use crate::clock::Instant;
use crate::directory::unit::Group;
use crate::duty::period::{Need, Period, Post, check_span};
use crate::error::{Code, Error, Result};
use crate::text::{fold, tidy_some};

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
        }
    }
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
        let period = Period {
            id: self.new_id()?,
            name,
            from: new.from,
            to: new.to,
            posts,
            groups: new.groups,
            due_at: new.due_at,
            letter: new.letter.as_deref().and_then(tidy_some),
            needs: new.needs,
            overlap: new.overlap,
            removed: false,
        };
        self.put(&period)?;
        Ok(period)
    }
}
