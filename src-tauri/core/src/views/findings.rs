//! What to look at in a roster: gaps and conflicts, what could fill a gap, what was accepted.

use serde::Serialize;
use specta::Type;
use std::collections::{HashMap, HashSet};

use super::duty::ShiftRow;
use super::names::Names;
use super::person::{Cards, PersonRef};
use super::unit::UnitRef;
use crate::clock::Instant;
use crate::directory::unit::Group;
use crate::duty::coverage::Gap;
use crate::duty::coverage::{Remedies, Remedy, Roster};
use crate::duty::finding::{Detail, Finding, Flaw, Share, Weight};
use crate::duty::period::Post;
use crate::duty::rota;
use crate::duty::shift::Shift;
use crate::error::Result;
use crate::id::{AcceptanceId, PeriodId, PersonId, ShiftId, UnitId};
use crate::store::Reader;

/// Whether something is still to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// It is: nobody has accepted it, and it is not over.
    Open,
    /// It is over, and nobody has accepted it.
    Past,
    /// Somebody has accepted it.
    Accepted,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FindingRow {
    /// Its identity; `null` for what only tells of a rota that is tried, and cannot be accepted.
    pub id: Option<String>,
    /// What is wrong.
    pub flaw: Flaw,
    /// How much there is to it.
    pub weight: Weight,
    /// Whether it is still to be looked at.
    pub state: FindingState,
    /// Whether nobody is on the post in some of it.
    pub empty: bool,
    /// Whose post.
    pub unit: UnitRef,
    /// The post.
    pub post: Post,
    /// Who, when it is about somebody.
    pub who: Option<usize>,
    /// Whom it is about besides.
    pub others: Vec<usize>,
    /// How many shifts it touches, where it is told of all of them at once.
    pub shifts: Option<usize>,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The shift it leads to.
    pub shift: Option<ShiftId>,
    /// The other shift.
    pub other: Option<ShiftRow>,
    /// The other units at which whoever it is about is at the same time.
    pub elsewhere: Vec<UnitRef>,
    /// How long, in milliseconds.
    pub lasts: Option<i64>,
    /// Of what somebody has more than their share.
    pub share: Option<Share>,
    /// How many they have, and who has least; of hours, minutes.
    pub counts: Option<(u64, u64)>,
    /// Why it was left so, when somebody accepted it.
    pub accepted: Option<String>,
    /// Who is free to fill a gap, or to stand in for somebody who has leave.
    pub free: Vec<usize>,
    /// The shift that could last until a gap is over, and who stands on it.
    pub extend: Option<(ShiftId, usize)>,
}

/// People as a page names them: each once, by place.
#[derive(Debug, Default)]
pub(super) struct Cast {
    places: HashMap<PersonId, usize>,
    /// In the order of their places.
    pub people: Vec<PersonRef>,
}

impl Cast {
    pub(super) fn place(&mut self, cards: &Cards<'_>, id: PersonId) -> usize {
        *self.places.entry(id).or_insert_with(|| {
            self.people.push(cards.named(id));
            self.people.len() - 1
        })
    }
}

/// What to look at, and whoever is named in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Findings {
    /// What is serious first, then by when they begin, the unit's code and what they are; those of
    /// a rota as they were found.
    pub rows: Vec<FindingRow>,
    /// Whoever is named in them, by place.
    pub people: Vec<PersonRef>,
    /// Whether there is any that nobody has accepted, over or not.
    pub unaccepted: bool,
}

/// So many findings of a kind are told one by one; more are told together.
const ONE_BY_ONE: usize = 8;

/// A finding, or many of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// One.
    One(Box<FindingRow>),
    /// Many of one kind at the same post.
    Many {
        /// What is wrong.
        flaw: Flaw,
        /// The post.
        post: Post,
        /// How many there are.
        count: usize,
        /// At how many units.
        units: usize,
        /// The first moment of the earliest.
        from: Instant,
        /// The first moment after the last.
        to: Instant,
    },
}

/// Findings as they are told to people: where many are of one kind, these as one, in the place of
/// the first.
#[must_use]
pub fn told_together(rows: Vec<FindingRow>) -> Vec<Told> {
    let mut kinds: HashMap<(Flaw, Post), Sum> = HashMap::new();
    for row in &rows {
        let sum = kinds.entry((row.flaw, row.post)).or_insert_with(|| Sum {
            count: 0,
            units: HashSet::new(),
            from: row.from,
            to: row.to,
        });
        sum.count += 1;
        sum.units.insert(row.unit.id);
        sum.from = sum.from.min(row.from);
        sum.to = sum.to.max(row.to);
    }
    let mut seen = HashSet::new();
    let told = rows.into_iter().filter_map(|row| {
        let (flaw, post) = (row.flaw, row.post);
        let many = kinds
            .get(&(flaw, post))
            .filter(|sum| sum.count > ONE_BY_ONE);
        let Some(sum) = many else {
            return Some(Told::One(Box::new(row)));
        };
        seen.insert((flaw, post)).then_some(Told::Many {
            flaw,
            post,
            count: sum.count,
            units: sum.units.len(),
            from: sum.from,
            to: sum.to,
        })
    });
    told.collect()
}

/// Findings of a kind: how many, at which units, from when to when.
struct Sum {
    count: usize,
    units: HashSet<UnitId>,
    from: Instant,
    to: Instant,
}

/// What there is in a roster of which something could be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToLookAt {
    /// Neither a period nor a shift.
    Nothing,
    /// Nobody is asked for, and no shift is laid out.
    NothingAsked,
    /// Only contacts who stand: no shift is laid out.
    Standing,
    /// Shifts.
    Shifts,
}

/// What there is in a roster of which something could be wrong, of one period where it is given: to
/// find nothing where there is nothing is no comfort.
#[must_use]
pub fn to_look_at(roster: &Roster, only: Option<PeriodId>) -> ToLookAt {
    let wanted = |id: PeriodId| only.is_none_or(|only| only == id);
    let mut shifts = roster.shifts.iter();
    let is_shift = |shift: &Shift| match roster.period_of(shift) {
        Some(period) => wanted(period),
        None => only.is_none(),
    };
    let ever = (
        Instant::from_millis(i64::MIN),
        Instant::from_millis(i64::MAX),
    );
    if shifts.any(is_shift) {
        ToLookAt::Shifts
    } else if roster.periods.is_empty() {
        ToLookAt::Nothing
    } else if roster.asks_anybody(only, ever) {
        ToLookAt::Standing
    } else {
        ToLookAt::NothingAsked
    }
}

/// What is wrong with a roster besides the hours with nobody, of one period where it is given; with
/// who has more than their share of the shifts that were laid out, which asks nobody to accept it.
/// What somebody accepted is told only when `all` is asked for.
///
/// # Errors
/// Those of the store.
pub fn conflicts(
    book: Reader<'_>,
    roster: &Roster,
    only: Option<PeriodId>,
    all: bool,
    now: Instant,
) -> Result<Findings> {
    let mut cast = Cast::default();
    let shown = Shown::read(book, roster, now)?;
    let mut found = roster.conflicts(only, now);
    found.extend(rota::uneven_shares(roster, only));
    let mut rows = shown.rows(&found, &mut cast);
    rows.retain(|row| all || row.accepted.is_none());
    rows.sort_by_key(|row| row.weight);
    Ok(Findings {
        unaccepted: any_unaccepted(&rows),
        rows,
        people: cast.people,
    })
}

fn any_unaccepted(rows: &[FindingRow]) -> bool {
    let mut lasting = rows.iter().filter(|row| row.flaw.is_lasting());
    lasting.any(|row| row.state != FindingState::Accepted)
}

/// The weak points of a rota that is tried or stands. Nothing is proposed for what it leaves open.
///
/// # Errors
/// Those of the store.
pub fn of_rota(
    book: Reader<'_>,
    roster: &Roster,
    findings: &[Finding],
    now: Instant,
) -> Result<Findings> {
    let mut cast = Cast::default();
    let rows = Shown::read(book, roster, now)?.rows(findings, &mut cast);
    Ok(Findings {
        unaccepted: any_unaccepted(&rows),
        rows,
        people: cast.people,
    })
}

/// Everything to look at in a period, with what could fill its gaps: what is serious first, then by
/// time.
pub(super) fn of_period(
    book: Reader<'_>,
    roster: &Roster,
    (findings, gaps): (&[Finding], &[Gap]),
    now: Instant,
    cast: &mut Cast,
) -> Result<Vec<FindingRow>> {
    let mut shown = Shown::read(book, roster, now)?;
    shown.remedies = Some(roster.remedies());
    let mut rows = shown.rows(findings, cast);
    let mut holes: HashMap<(UnitId, Post), Vec<&Gap>> = HashMap::new();
    for gap in gaps.iter().filter(|gap| gap.is_empty()) {
        holes.entry((gap.unit, gap.post)).or_default().push(gap);
    }
    // Leave of somebody in whose place another stands is no hole.
    for row in rows.iter_mut().filter(|row| row.flaw == Flaw::Away) {
        let mut holes = holes.get(&(row.unit.id, row.post)).into_iter().flatten();
        row.empty = holes.any(|gap| gap.from < row.to && row.from < gap.to);
    }
    rows.sort_by_key(|row| row.weight);
    Ok(rows)
}

/// What is needed to tell of findings.
struct Shown<'a> {
    names: Names,
    cards: Cards<'a>,
    shifts: HashMap<ShiftId, &'a Shift>,
    accepted: HashMap<AcceptanceId, String>,
    remedies: Option<Remedies<'a>>,
    now: Instant,
}

impl<'a> Shown<'a> {
    fn read(book: Reader<'_>, roster: &'a Roster, now: Instant) -> Result<Self> {
        let accepted = book.acceptances()?.into_iter();
        let shifts = roster.shifts.iter();
        Ok(Self {
            names: Names::read(book)?,
            cards: Cards::of(roster),
            shifts: shifts.map(|shift| (shift.id, shift)).collect(),
            accepted: accepted.map(|one| (one.id, one.reason)).collect(),
            remedies: None,
            now,
        })
    }

    fn rows(&self, findings: &[Finding], cast: &mut Cast) -> Vec<FindingRow> {
        let rows = findings.iter().map(|finding| self.row(finding, cast));
        rows.collect()
    }

    fn row(&self, finding: &Finding, cast: &mut Cast) -> FindingRow {
        let id = finding.id();
        let (mut other, mut lasts, mut share, mut counts) = (None, None, None, None);
        let (mut also, mut touched) = (&[][..], None);
        let mut elsewhere = &[][..];
        match &finding.detail {
            Detail::None => {}
            Detail::Other(id) => other = self.shifts.get(id).map(|shift| self.shift(shift)),
            Detail::Elsewhere(units) => elsewhere = units.as_slice(),
            Detail::Lasts(millis) => lasts = Some(*millis),
            Detail::Share { of, most, least } => {
                (share, counts) = (Some(*of), Some((*most, *least)));
            }
            Detail::Sum {
                others,
                shifts,
                lasts: millis,
            } => (also, touched, lasts) = (others.as_slice(), Some(*shifts), Some(*millis)),
        }
        let accepted = self.accepted.get(&id).cloned();
        let remedy = match &self.remedies {
            Some(remedies)
                if matches!(finding.flaw, Flaw::Gap | Flaw::Away) && accepted.is_none() =>
            {
                remedies.of(finding)
            }
            _ => Remedy::default(),
        };
        let extend = remedy
            .extend
            .and_then(|id| Some((id, self.shifts.get(&id)?.person)));
        let mut place = |id: PersonId| cast.place(&self.cards, id);
        FindingRow {
            id: finding.flaw.is_lasting().then(|| id.to_string()),
            flaw: finding.flaw,
            weight: finding.flaw.weight(),
            state: match &accepted {
                Some(_) => FindingState::Accepted,
                None if finding.to <= self.now => FindingState::Past,
                None => FindingState::Open,
            },
            empty: finding.flaw == Flaw::Gap,
            unit: self.unit(finding.unit),
            post: finding.post,
            who: finding.person.map(&mut place),
            others: also.iter().copied().map(&mut place).collect(),
            shifts: touched,
            from: finding.from,
            to: finding.to,
            shift: finding.shift,
            other,
            elsewhere: elsewhere.iter().map(|id| self.unit(*id)).collect(),
            lasts,
            share,
            counts,
            accepted,
            free: remedy.free.into_iter().map(&mut place).collect(),
            extend: extend.map(|(id, person)| (id, place(person))),
        }
    }

    /// A shift may arrive before its unit: then it is at one without a name.
    fn unit(&self, id: UnitId) -> UnitRef {
        self.names.unit(id).unwrap_or_else(|| UnitRef {
            id,
            code: None,
            name: String::new(),
            group: Group::Other,
        })
    }

    fn shift(&self, shift: &Shift) -> ShiftRow {
        ShiftRow {
            id: shift.id,
            unit: Some(self.unit(shift.unit)),
            post: shift.post,
            person: Some(self.cards.named(shift.person)),
            from: shift.from,
            to: shift.to,
        }
    }
}
