//! Whom a unit may put on a post: who is there first, and of who is not, until when.

use serde::Serialize;
use specta::Type;

use super::person::PersonRef;
use super::unit::UnitRef;
use crate::clock::Instant;
use crate::duty::coverage::Roster;
use crate::error::{Code, Error, Result};
use crate::id::UnitId;

/// Somebody who may be put on a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Candidate {
    /// Who.
    pub person: PersonRef,
    /// Their position.
    pub title: Option<String>,
    /// When they have leave in the span asked about, whole: from, up to but without.
    pub away: Option<(Instant, Instant)>,
}

/// Who may be put on a post of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Candidates {
    /// The unit.
    pub unit: UnitRef,
    /// Its people, as they are called; who has leave in the span comes last.
    pub people: Vec<Candidate>,
}

/// The people of a unit for a post from a moment on, up to another or for that moment alone. Without
/// a moment nobody has leave.
///
/// # Errors
/// [`Code::UnitUnknown`].
pub fn of_unit(
    roster: &Roster,
    unit: UnitId,
    (from, to): (Option<Instant>, Option<Instant>),
    now: Instant,
) -> Result<Candidates> {
    let found = roster.units.iter().find(|known| known.id == unit);
    let found = found.ok_or_else(|| Error::new(Code::UnitUnknown).with("given", unit))?;
    let here = roster.of_unit(unit);
    let calls = here.calls(&here.on_duty(now), now);
    // Whoever has cards elsewhere has their leave here too.
    let leave = roster.leave();
    let away = |person| {
        let from = from?;
        let to = to.unwrap_or(from).max(from.plus(1));
        let touches = |(begin, end): &&(Instant, Instant)| *begin < to && from < *end;
        leave.of(person).iter().find(touches).copied()
    };
    let mut people: Vec<Candidate> = calls
        .of(unit)
        .into_iter()
        .map(|person| Candidate {
            person: person.into(),
            title: person.title.clone(),
            away: away(person.id),
        })
        .collect();
    people.sort_by_key(|one| one.away.is_some());
    Ok(Candidates {
        unit: found.into(),
        people,
    })
}
