//! A shift: one person on one post of one unit, from one moment to another.

pub mod import;
mod write;

pub(crate) use write::Comes;
pub use write::{NewShift, ShiftChange};

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::duty::period::{Period, Post};
use crate::id::{PeriodId, PersonId, ShiftId, UnitId};
use crate::word::words;

/// A shift, half-open like a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Its identity.
    pub id: ShiftId,
    /// The period it was laid out for.
    pub period: Option<PeriodId>,
    /// Whose post it is.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who stands on it.
    pub person: PersonId,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// Whether they only answer when called, as a standing contact does: it fills the post, but
    /// is no work at a stretch.
    #[serde(default)]
    pub standing: bool,
    /// The key of the pattern that laid it out; `None` when a person did, or changed it since.
    #[serde(default)]
    pub pattern: Option<Box<str>>,
    /// Why it was changed when it was over, or had begun.
    #[serde(default)]
    pub reason: Option<Box<str>>,
    /// Whether it was taken back.
    pub removed: bool,
}

words! {
    /// Where a shift stands in time.
    State, "shift_state" {
        /// It has not begun.
        Planned = "planned",
        /// Somebody stands on it.
        Running = "running",
        /// It is over.
        Done = "done",
        /// It was changed when it was over, or had begun.
        Corrected = "corrected",
    }
}

impl Shift {
    /// A shift laid out by hand, in no period yet.
    #[must_use]
    pub fn new(
        id: ShiftId,
        (unit, post): (UnitId, Post),
        person: PersonId,
        (from, to): (Instant, Instant),
    ) -> Self {
        Self {
            id,
            period: None,
            unit,
            post,
            person,
            from,
            to,
            standing: false,
            pattern: None,
            reason: None,
            removed: false,
        }
    }

    /// Where it stands at a moment.
    #[must_use]
    pub fn state(&self, now: Instant) -> State {
        match self {
            _ if self.reason.is_some() => State::Corrected,
            _ if self.to <= now => State::Done,
            _ if self.from <= now => State::Running,
            _ => State::Planned,
        }
    }

    /// What of it was over at a moment: whose post, who, from when, until when.
    #[must_use]
    pub fn past(&self, now: Instant) -> Option<(UnitId, Post, PersonId, Instant, Instant)> {
        let to = self.to.min(now);
        let was = !self.removed && self.from < to;
        was.then_some((self.unit, self.post, self.person, self.from, to))
    }

    /// Whether it and a span have time in common.
    #[must_use]
    pub fn meets(&self, from: Instant, to: Instant) -> bool {
        self.from < to && from < self.to
    }
}

/// A correction in a line: what stood, what stands since, and why; `name_of` knows people by their
/// ids. See [`crate::Reader::corrected_shifts_of`].
#[must_use]
pub fn correction_told(
    correction: &serde_json::Value,
    name_of: impl Fn(&str) -> Option<String>,
) -> String {
    let told = |shift: &serde_json::Value| {
        if shift["from"].is_null() || shift["removed"] == true {
            return "–".to_owned();
        }
        let name = shift["person"].as_str().and_then(&name_of);
        let moment = |at: &serde_json::Value| Instant::from_millis(at.as_i64().unwrap_or_default());
        format!(
            "{} {} – {}",
            name.unwrap_or_default(),
            moment(&shift["from"]),
            moment(&shift["to"])
        )
    };
    format!(
        "{} → {} ({})",
        told(&correction["before"]),
        told(&correction["after"]),
        correction["reason"].as_str().unwrap_or_default()
    )
}

impl Shift {
    /// The period it was laid out for. One that was laid out before its period was, whose period was
    /// taken back, or that has no time in it, belongs where its time does.
    #[must_use]
    pub fn period_among(&self, periods: &[Period]) -> Option<PeriodId> {
        let mut known = periods.iter();
        let own = known.find(|period| Some(period.id) == self.period);
        let own = own.filter(|period| self.meets(period.from, period.to));
        own.map(|period| period.id)
            .or_else(|| period_of(periods, self.from, self.to))
    }
}

/// The period a shift belongs to when nobody says: the one in which it starts, else the one it
/// reaches into, else the only one there is.
#[must_use]
pub fn period_of(periods: &[Period], from: Instant, to: Instant) -> Option<PeriodId> {
    periods
        .iter()
        .find(|period| period.contains(from))
        .or_else(|| {
            periods
                .iter()
                .find(|period| period.from < to && from < period.to)
        })
        .or(match periods {
            [only] => Some(only),
            _ => None,
        })
        .map(|period| period.id)
}
