//! A period.

use serde::Serialize;
use specta::Type;

use crate::clock::{DAY, Instant};
use crate::directory::unit::Group;
use crate::duty::period::{self, Need, Period, Post};
use crate::error::Result;
use crate::id::PeriodId;
use crate::store::Reader;

/// A period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PeriodCard {
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
    /// The groups it asks; `null` asks every unit.
    pub groups: Option<Vec<Group>>,
    /// By when units send their contact points; `null` is its first moment.
    pub due_at: Option<Instant>,
    /// The same, whether somebody said it or not.
    pub due: Instant,
    /// The letter that asks for it.
    pub letter: Option<String>,
    /// Where more, less or other posts are asked.
    pub needs: Vec<Need>,
    /// For how many minutes two may stand on a post at a change; `null` is usual.
    pub overlap: Option<u32>,
    /// The same in milliseconds, whether somebody said it or not.
    pub wanted_overlap: i64,
    /// Since when lists of people count for it; `null` is usual.
    pub asked_at: Option<Instant>,
    /// The same, whether somebody said it or not.
    pub asked: Instant,
}

impl From<&Period> for PeriodCard {
    fn from(period: &Period) -> Self {
        Self {
            id: period.id,
            name: period.name.clone(),
            from: period.from,
            to: period.to,
            posts: period.posts.clone(),
            groups: period.groups.clone(),
            due_at: period.due_at,
            due: period.due(),
            letter: period.letter.clone(),
            needs: period.needs.clone(),
            overlap: period.overlap,
            wanted_overlap: period.wanted_overlap(),
            asked_at: period.asked_at,
            asked: period.asked(),
        }
    }
}

/// The periods that a sheet or a table may be of, and what it is of when nobody says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PeriodChoice {
    /// All periods, earliest first.
    pub periods: Vec<PeriodCard>,
    /// The one that is usual: that which is shown now.
    pub usual: Option<PeriodId>,
    /// The first moment that is usual: that of the period, or today's.
    pub from: Instant,
    /// The first moment after it, likewise.
    pub to: Instant,
}

/// The periods that a sheet or a table may be of, and what it is of when nobody says.
#[must_use]
pub fn choice(periods: &[Period], now: Instant) -> PeriodChoice {
    let usual = period::shown(periods, now);
    let today = now.midnight();
    PeriodChoice {
        periods: periods.iter().map(PeriodCard::from).collect(),
        usual: usual.map(|period| period.id),
        from: usual.map_or(today, |period| period.from),
        to: usual.map_or(today.plus(DAY), |period| period.to),
    }
}

/// The periods, earliest first.
///
/// # Errors
/// Those of the store.
pub fn list(book: Reader<'_>) -> Result<Vec<PeriodCard>> {
    Ok(book.periods()?.iter().map(PeriodCard::from).collect())
}
