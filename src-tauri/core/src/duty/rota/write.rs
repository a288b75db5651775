//! Rotas: proposed, taken as one change; and findings of the roster, accepted.

use std::collections::BTreeMap;

use crate::book::{Writing, needed};
use crate::clock::{DAY, Instant, MINUTE, check_span};
use crate::directory::person;
use crate::directory::unit::Register;
use crate::duty::coverage::Roster;
use crate::duty::finding::{Acceptance, Detail, Finding};
use crate::duty::pattern::{LimitHours, Pattern, PatternFile, unknown_pattern};
use crate::duty::period::Post;
use crate::duty::rota::{Rota, RotaRequest, lay_out};
use crate::duty::shift::{Comes, Shift};
use crate::error::{Code, Error, Result};
use crate::id::{PeriodId, PersonId, UnitId};
use crate::log::entry::Kind;
use crate::log::entry::NewLine;
use crate::messages::vietnamese;
use crate::store::{Bookmark, LAID_OUT, Reader};

/// The longest period that a rota is laid out for: a year that is longer was mistyped.
const LONGEST: i64 = 400 * DAY;

/// For how long a proposal may be taken: what it lays out begins now.
const HOLDS: i64 = 10 * MINUTE;

/// With more records than this since a proposal was made nobody looks what they are about.
const MANY: u64 = 2_000;

/// A rota that was laid out and not yet written: it was read from a snapshot, and nobody waited.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The period it is for.
    pub period: PeriodId,
    /// What would be laid out.
    pub rota: Rota,
    made_at: Instant,
    /// Up to where the journal was read for it.
    read_to: Bookmark,
}

/// A rota to be laid out.
#[derive(Debug, Clone)]
pub struct NewRota {
    /// The shifts of a day.
    pub pattern: Pattern,
    /// The posts; none for the main one.
    pub posts: Vec<Post>,
    /// The units; `None` for all that the period asks.
    pub units: Option<Vec<UnitId>>,
    /// Who rotates, in which order, where that is said.
    pub order: BTreeMap<UnitId, Vec<PersonId>>,
    /// When it begins; with the period, or now, when not given.
    pub from: Option<Instant>,
    /// Who cannot stand when.
    pub away: Vec<(PersonId, Instant, Instant)>,
    /// How long people work and rest, where it is not as the book has it.
    pub limits: LimitHours,
}

impl NewRota {
    /// A rota of a pattern for all that a period asks.
    #[must_use]
    pub fn of(pattern: Pattern) -> Self {
        Self {
            pattern,
            posts: Vec::new(),
            units: None,
            order: BTreeMap::new(),
            from: None,
            away: Vec::new(),
            limits: LimitHours::default(),
        }
    }
}

impl PatternFile {
    /// The rota that a file asks for.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`], [`Code::UnitUnknown`], [`Code::PersonUnknown`],
    /// [`Code::PersonAmbiguous`], [`Code::TimeInvalid`], [`Code::SpanBackwards`].
    pub fn asked(&self, book: Reader<'_>) -> Result<NewRota> {
        let pattern = self.pattern().ok_or_else(|| unknown_pattern(&self.name))?;
        let (units, people) = (book.units()?, book.people()?);
        let register = Register::new(&units);
        let mut new = NewRota {
            posts: self.posts.clone().unwrap_or_default(),
            from: self.from.as_deref().map(Instant::parse_start).transpose()?,
            limits: self.limits,
            ..NewRota::of(pattern)
        };
        for (unit, names) in &self.people {
            let unit = register.find(unit)?.id;
            let ids = names
                .iter()
                .map(|name| Ok(person::find_at(&people, unit, name)?.id));
            new.order.insert(unit, ids.collect::<Result<_>>()?);
        }
        for off in &self.days_off {
            let person = person::find(&people, &off.person)?.id;
            let from = Instant::parse_start(&off.from)?;
            let to = Instant::parse_end(&off.to)?;
            check_span(from, to)?;
            new.away.push((person, from, to));
        }
        Ok(new)
    }
}

impl Reader<'_> {
    /// What would be laid out, from the roster of this book; nothing before `now` is touched.
    /// `watch` is told often how many units are done, of how many.
    ///
    /// # Errors
    /// [`Code::PeriodUnknown`] of one that the roster has not; [`Code::RotaPast`] when it would
    /// begin before now; [`Code::RotaLong`]; [`Code::Cancelled`] when `watch` says not to go on.
    pub fn propose(
        self,
        roster: &Roster,
        period: PeriodId,
        new: &NewRota,
        now: Instant,
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Proposal> {
        let known = roster.periods.iter().find(|known| known.id == period);
        let period = known.ok_or_else(|| Error::new(Code::PeriodUnknown).with("given", period))?;
        let made_at = now;
        let mut read_to = Bookmark::default();
        self.news(&mut read_to, MANY)?;
        let over = |code| {
            Error::new(code)
                .with("from", period.from)
                .with("to", period.to)
        };
        if period.to.millis() - period.from.millis() > LONGEST {
            return Err(over(Code::RotaLong));
        }
        let now = now.whole_minute();
        // What was over before the book was begun was nobody's watch in it.
        let begun = self.begun_at()?.unwrap_or(now);
        let first = match period.to <= now {
            true if period.to <= begun => period.from,
            true => return Err(over(Code::RotaPast)),
            false => period.from.max(now),
        };
        let from = match new.from.map(Instant::whole_minute) {
            Some(from) if from < first && from < now => {
                return Err(over(Code::RotaPast));
            }
            from => from.unwrap_or(first).max(first),
        };
        let request = RotaRequest {
            pattern: new.pattern.clone(),
            posts: match new.posts.as_slice() {
                [] => vec![Post::Main],
                posts => posts.to_vec(),
            },
            units: new.units.clone(),
            order: new.order.clone(),
            from,
            away: new.away.clone(),
            limits: new.limits.over(self.limits_of(&new.pattern.key)?),
        };
        let rota = lay_out(roster, period, &request, now, watch)?;
        Ok(Proposal {
            period: period.id,
            rota,
            made_at,
            read_to,
        })
    }
}

impl Writing<'_> {
    /// Lays out a rota as it was proposed, as one change and one undo, and says how many shifts it
    /// has.
    ///
    /// # Errors
    /// [`Code::RotaStale`] when units, people, periods, shifts or settings were written since, or
    /// the proposal is older than ten minutes: it is to be made again.
    pub fn take_proposal(&mut self, proposal: &Proposal) -> Result<usize> {
        let news = self.news(&mut proposal.read_to.clone(), MANY)?;
        let age = self.now().millis() - proposal.made_at.millis();
        if news.is_of(&LAID_OUT) || age > HOLDS {
            return Err(Error::new(Code::RotaStale));
        }
        let gone = proposal.rota.gone.iter().map(|shift| Shift {
            removed: true,
            ..shift.clone()
        });
        self.put_shifts(gone.collect(), Comes::Proposed)?;
        let mut new = Vec::with_capacity(proposal.rota.new.len());
        for shift in &proposal.rota.new {
            let id = self.new_id()?;
            new.push(Shift {
                id,
                ..shift.clone()
            });
        }
        self.put_shifts(new, Comes::Proposed)?;
        Ok(proposal.rota.shifts())
    }

    /// Leaves a finding of the roster as it is; the log says so, and why. It was found by
    /// [`Roster::finding`] while others could write.
    ///
    /// # Errors
    /// [`Code::FindingUnknown`] when what it is about is no more there, [`Code::Empty`].
    pub fn accept_finding(&mut self, finding: &Finding, reason: &str) -> Result<()> {
        let reason = needed("reason", reason)?;
        let is_there = match finding.shift {
            Some(shift) => self.shift_of(shift.0)?.is_some(),
            None => self.unit(finding.unit)?.is_some(),
        };
        if !is_there {
            return Err(Error::new(Code::FindingUnknown).with("given", finding.id()));
        }
        self.put(&Acceptance::of(finding, reason.clone()))?;
        let found = [("what", self.found_in_words(finding)?)];
        let text = vietnamese().with("written_line_accepted", &found);
        self.log(&NewLine {
            kind: Kind::Decision,
            unit: Some(finding.unit),
            grounds: Some(reason),
            ..text.as_str().into()
        })?;
        Ok(())
    }

    /// Takes an acceptance back: the finding stands again. The log says so.
    ///
    /// # Errors
    /// [`Code::FindingUnknown`].
    pub fn withdraw_acceptance(&mut self, given: &str) -> Result<()> {
        let given = given.trim().to_lowercase();
        let mut accepted = self.acceptances()?;
        accepted.retain(|one| given.len() >= 6 && one.id.to_string().starts_with(&given));
        let [mut accepted] = <[Acceptance; 1]>::try_from(accepted)
            .map_err(|_| Error::new(Code::FindingUnknown).with("given", given))?;
        accepted.removed = true;
        self.put(&accepted)?;
        let finding = Finding {
            flaw: accepted.flaw,
            unit: accepted.unit,
            post: accepted.post,
            person: accepted.person,
            from: accepted.from,
            to: accepted.to,
            shift: None,
            detail: Detail::None,
        };
        let what = self.found_in_words(&finding)?;
        self.log(&NewLine {
            kind: Kind::Decision,
            unit: Some(finding.unit),
            ..vietnamese()
                .with("written_line_withdrawn", &[("what", what)])
                .as_str()
                .into()
        })?;
        Ok(())
    }

    fn found_in_words(&self, finding: &Finding) -> Result<String> {
        let unit = self.unit(finding.unit)?.map(|unit| unit.name);
        let person = match finding.person {
            Some(id) => self.person(id)?.map(|person| person.full_name),
            None => None,
        };
        let who = person.map(|name| format!(", {name}")).unwrap_or_default();
        Ok(format!(
            "{}, {}{who}, {} – {}",
            vietnamese().word(finding.flaw),
            unit.unwrap_or_default(),
            finding.from,
            finding.to
        ))
    }
}
