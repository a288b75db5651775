//! The room *Roster*: shifts and holes by unit and day.

use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

use super::findings::{self, Cast, FindingRow};
use super::period::PeriodCard;
use super::person::{Cards, PersonRef};
use super::unit::UnitRef;
use crate::clock::{DAY, Instant, joined, without};
use crate::duty::coverage::{Contacts, Gap, Roster};
use crate::duty::period::{self, Post};
use crate::error::Result;
use crate::id::{PeriodId, ShiftId, UnitId};
use crate::store::Reader;

/// The roster of some days.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RosterPage {
    /// All periods, earliest first.
    pub periods: Vec<PeriodCard>,
    /// The period that is shown.
    pub period: Option<PeriodCard>,
    /// Whether it asks any unit for anybody: where it does not, no hole is no comfort.
    pub is_asked: bool,
    /// The first moment shown: a midnight.
    pub from: Instant,
    /// The first moment not shown.
    pub to: Instant,
    /// The units that must hold posts, or have shifts in these days.
    pub rows: Vec<RosterRow>,
    /// Whoever is named in them; they are named by their place here.
    pub people: Vec<PersonRef>,
    /// What to look at in the whole period: what is serious first, then by time.
    pub findings: Vec<FindingRow>,
    /// Of every day of the period: how many hours nobody is there, over all posts.
    pub days: Vec<DayCover>,
}

/// A unit's days.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RosterRow {
    /// The unit.
    pub unit: UnitRef,
    /// Its shifts in these days.
    pub shifts: Vec<Bar>,
    /// Its holes in these days.
    pub holes: Vec<HoleSpan>,
    /// Who answers in these days, where no shifts of the main post are laid out.
    pub standing: Vec<StandingSpan>,
}

/// A span in which somebody answers without a shift; none of their leave, nor of a hole.
#[derive(Debug, Clone, Serialize, Type)]
pub struct StandingSpan {
    /// Who.
    pub who: usize,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// A shift in a row.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Bar {
    /// Its identity.
    pub id: ShiftId,
    /// The post.
    pub post: Post,
    /// Who.
    pub who: usize,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// Whether they only answer when called.
    pub standing: bool,
    /// Whether a pattern laid it out.
    pub laid: bool,
    /// Why it was changed when it was over, or had begun.
    pub reason: Option<String>,
    /// Whether they have leave in some of it: then nobody stands there.
    pub away: bool,
}

/// A span with nobody on a post.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HoleSpan {
    /// The post.
    pub post: Post,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// How well a day is covered.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DayCover {
    /// Its midnight.
    pub day: Instant,
    /// Milliseconds with nobody, over all posts.
    pub uncovered: i64,
}

/// The roster of `days` days from the midnight before `from` on: of a period, or of the one that is
/// shown now.
///
/// # Errors
/// Those of the store.
pub fn page(
    book: Reader<'_>,
    roster: &Roster,
    now: Instant,
    period: Option<PeriodId>,
    (from, days): (Option<Instant>, u32),
) -> Result<RosterPage> {
    let period = match period {
        Some(id) => roster.periods.iter().find(|period| period.id == id),
        None => period::shown(&roster.periods, now),
    };
    let start = from.unwrap_or_else(|| match period {
        Some(period) if !period.contains(now) => period.from,
        _ => now.plus(-DAY),
    });
    let from = start.midnight();
    let to = from.plus(i64::from(days) * DAY);
    let (cards, mut cast) = (Cards::of(roster), Cast::default());
    let (findings, mut gaps) = match period {
        Some(period) => roster.findings_and_gaps(Some(period.id), now),
        None => (Vec::new(), Vec::new()),
    };
    gaps.retain(Gap::is_empty);
    let laid_out = roster.laid_out();
    let (of_unit, leave) = (laid_out.contacts(), laid_out.leave());
    let nobody = Contacts::default();
    let mut bars = bars(roster, (from, to), &cards, &mut cast);
    let mut holes: HashMap<UnitId, Vec<HoleSpan>> = HashMap::new();
    for gap in &gaps {
        if gap.from < to && from < gap.to {
            holes.entry(gap.unit).or_default().push(HoleSpan {
                post: gap.post,
                from: gap.from,
                to: gap.to,
            });
        }
    }
    let mut days = Vec::new();
    if let Some(period) = period {
        let mut day = period.from.midnight();
        while day < period.to {
            let end = day.plus(DAY);
            let uncovered = gaps
                .iter()
                .map(|gap| (gap.to.min(end).millis() - gap.from.max(day).millis()).max(0))
                .sum();
            days.push(DayCover { day, uncovered });
            day = end;
        }
    }
    let mut rows = Vec::new();
    for unit in &roster.units {
        let shifts = bars.remove(&unit.id).unwrap_or_default();
        if shifts.is_empty() && !period.is_some_and(|period| period.asks(unit)) {
            continue;
        }
        let people = of_unit.get(&unit.id).unwrap_or(&nobody);
        let holes = holes.remove(&unit.id).unwrap_or_default();
        let mut standing = Vec::new();
        if shifts.iter().all(|bar| bar.post != Post::Main) {
            let empty = holes.iter().filter(|hole| hole.post == Post::Main);
            let empty = joined(empty.map(|hole| (hole.from, hole.to)).collect());
            for (person, span) in leave.standing_within(people, Post::Main, (from, to)) {
                let Some(person) = person else { continue };
                let who = cast.place(&cards, person.id);
                let parts = without(span, &empty);
                standing.extend(parts.map(|(from, to)| StandingSpan { who, from, to }));
            }
        }
        rows.push(RosterRow {
            unit: unit.into(),
            standing,
            shifts,
            holes,
        });
    }
    let findings = findings::of_period(book, roster, (&findings, &gaps), now, &mut cast)?;
    let is_asked = period.is_some_and(|period| {
        let whole = (period.from, period.to);
        roster.asks_anybody(Some(period.id), whole)
    });
    Ok(RosterPage {
        is_asked,
        periods: roster.periods.iter().map(PeriodCard::from).collect(),
        period: period.map(PeriodCard::from),
        from,
        to,
        rows,
        people: cast.people,
        findings,
        days,
    })
}

/// The shifts that reach into a span, by unit.
fn bars(
    roster: &Roster,
    (from, to): (Instant, Instant),
    cards: &Cards<'_>,
    cast: &mut Cast,
) -> HashMap<UnitId, Vec<Bar>> {
    let laid_out = roster.laid_out();
    let mut bars: HashMap<UnitId, Vec<Bar>> = HashMap::new();
    for shift in &roster.shifts {
        let Some((begin, end)) = laid_out.held(shift) else {
            continue;
        };
        if begin >= to || end <= from {
            continue;
        }
        let who = cast.place(cards, shift.person);
        bars.entry(shift.unit).or_default().push(Bar {
            id: shift.id,
            post: shift.post,
            who,
            from: begin,
            to: end,
            standing: shift.standing,
            laid: shift.pattern.is_some(),
            reason: shift.reason.as_deref().map(str::to_owned),
            away: laid_out
                .leave()
                .within(shift.person, (begin, end))
                .next()
                .is_some(),
        });
    }
    bars
}
