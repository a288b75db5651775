//! A period: the weeks in which every unit must have somebody on duty.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::PeriodId;
use crate::text::fold;
use crate::unit::{Group, Unit};
use crate::word::words;

words! {
    /// A post that somebody stands on.
    Post, "post" {
        /// Answers first.
        Main = "main",
        /// Answers when the main post does not.
        Backup = "backup",
        /// Decides.
        Leader = "leader",
    }
}

/// A period, half-open: from `from`, up to but without `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its identity.
    pub id: PeriodId,
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
    #[serde(default)]
    pub due_at: Option<Instant>,
    /// Whether it was taken back.
    pub removed: bool,
}

impl Period {
    /// Whether the unit must hold posts in it.
    #[must_use]
    pub fn asks(&self, unit: &Unit) -> bool {
        self.groups
            .as_ref()
            .is_none_or(|groups| groups.contains(&unit.group))
    }

    /// By when units send their contact points.
    #[must_use]
    pub fn due(&self) -> Instant {
        self.due_at.unwrap_or(self.from)
    }

    /// Whether the moment lies in it.
    #[must_use]
    pub fn contains(&self, at: Instant) -> bool {
        self.from <= at && at < self.to
    }
}

/// The period that matters at a moment: the one it lies in, else the next; of periods that are
/// sorted by when they begin.
#[must_use]
pub fn coming(periods: &[Period], now: Instant) -> Option<&Period> {
    periods
        .iter()
        .find(|period| period.contains(now))
        .or_else(|| periods.iter().find(|period| period.from > now))
}

/// The period that `given` names: by id or folded name.
///
/// # Errors
/// [`Code::PeriodUnknown`].
pub fn find<'a>(periods: &'a [Period], given: &str) -> Result<&'a Period> {
    let folded = fold(given);
    let id = given.trim().parse::<uuid::Uuid>().ok();
    periods
        .iter()
        .find(|period| id == Some(period.id.0) || fold(&period.name) == folded)
        .ok_or_else(|| Error::new(Code::PeriodUnknown).with("given", given))
}

/// # Errors
/// [`Code::SpanBackwards`] unless `from` lies before `to`.
pub fn check_span(from: Instant, to: Instant) -> Result<()> {
    if from < to {
        return Ok(());
    }
    Err(Error::new(Code::SpanBackwards)
        .with("from", from)
        .with("to", to))
}
