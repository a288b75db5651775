//! What is wrong with a roster besides the hours with nobody.

mod elsewhere;
mod numbers;
mod people;
mod posts;

pub(crate) use people::humans;

use std::collections::{BTreeMap, HashMap};

use crate::clock::Instant;
use crate::duty::coverage::{Gap, LaidOut, Roster};
use crate::duty::finding::{Detail, Finding, Flaw};
use crate::duty::shift::Shift;
use crate::error::{Code, Error, Result};
use crate::id::{AcceptanceId, IdHash, PeriodId, PersonId, UnitId};

impl Roster {
    /// Everything wrong with the shifts but gaps: of one period when given; as is known `now`. By
    /// when it begins, then by the unit's code and what it is.
    #[must_use]
    pub fn conflicts(&self, only: Option<PeriodId>, now: Instant) -> Vec<Finding> {
        self.conflicts_by(&self.laid_out(), only, now)
    }

    /// Everything wrong with the roster, gaps too; as [`Roster::conflicts`].
    #[must_use]
    pub fn findings(&self, only: Option<PeriodId>, now: Instant) -> Vec<Finding> {
        self.findings_and_gaps(only, now).0
    }

    /// [`Roster::findings`], and the gaps of whatever cause.
    #[must_use]
    pub fn findings_and_gaps(
        &self,
        only: Option<PeriodId>,
        now: Instant,
    ) -> (Vec<Finding>, Vec<Gap>) {
        let laid_out = self.laid_out();
        let mut findings = self.conflicts_by(&laid_out, only, now);
        let all = self.gaps_by(&laid_out, None, only, now);
        // What leave or a number leaves short is told as that.
        let gaps = all.iter().filter(|gap| gap.cause == Flaw::Gap);
        findings.extend(gaps.map(|gap| Finding {
            flaw: Flaw::Gap,
            unit: gap.unit,
            post: gap.post,
            person: None,
            from: gap.from,
            to: gap.to,
            shift: None,
            detail: Detail::None,
        }));
        self.sort(&mut findings);
        (findings, all)
    }

    /// The finding whose identity begins as given, with six characters of it at least.
    ///
    /// # Errors
    /// [`Code::FindingUnknown`].
    pub fn finding(&self, given: &str, now: Instant) -> Result<Finding> {
        let given = given.trim().to_lowercase();
        // Gaps of periods that touch are one when all are asked, and two when each is.
        let each = self.periods.iter().map(|period| Some(period.id));
        let findings = each.chain([None]).flat_map(|only| self.findings(only, now));
        let fits: BTreeMap<AcceptanceId, Finding> = findings
            .map(|finding| (finding.id(), finding))
            .filter(|(id, _)| given.len() >= 6 && id.to_string().starts_with(&given))
            .collect();
        let mut fits = fits.into_values();
        match (fits.next(), fits.next()) {
            (Some(finding), None) => Ok(finding),
            _ => Err(Error::new(Code::FindingUnknown).with("given", given)),
        }
    }

    fn conflicts_by(
        &self,
        laid_out: &LaidOut<'_>,
        only: Option<PeriodId>,
        now: Instant,
    ) -> Vec<Finding> {
        let mut look = Look {
            roster: self,
            laid_out,
            only,
            findings: Vec::new(),
        };
        look.at_people();
        look.at_posts();
        look.at_standing();
        look.at_numbers(now);
        look.at_elsewhere();
        let mut findings = look.findings;
        self.sort(&mut findings);
        findings
    }

    /// The place of each unit among all, by code.
    fn places_by_code(&self) -> HashMap<UnitId, u32, IdHash> {
        let mut codes: HashMap<_, u32, IdHash> = HashMap::default();
        let by_code = (0..).zip(self.by_code());
        codes.extend(by_code.map(|(place, row)| (self.unit_in(row).id, place)));
        codes
    }

    /// Sorts findings by when they begin, then by the unit's code and what they are.
    pub(crate) fn sort(&self, findings: &mut [Finding]) {
        let codes = self.places_by_code();
        let mut flaws = Flaw::ALL.to_vec();
        flaws.sort_by_key(|flaw| flaw.key());
        let names: HashMap<PersonId, &str> = self
            .people
            .iter()
            .map(|person| (person.id, person.full_name.as_str()))
            .collect();
        findings.sort_by_cached_key(|finding| {
            (
                finding.from,
                codes.get(&finding.unit).copied().unwrap_or(u32::MAX),
                flaws.iter().position(|flaw| *flaw == finding.flaw),
                finding.post,
                finding.to,
                finding.person.and_then(|id| names.get(&id).copied()),
                finding.shift,
            )
        });
    }
}

struct Look<'a> {
    roster: &'a Roster,
    laid_out: &'a LaidOut<'a>,
    only: Option<PeriodId>,
    findings: Vec<Finding>,
}

impl Look<'_> {
    fn is_wanted(&self, shift: &Shift) -> bool {
        self.only
            .is_none_or(|only| self.roster.period_of(shift) == Some(only))
    }

    fn find(&mut self, flaw: Flaw, shift: &Shift, span: (Instant, Instant), detail: Detail) {
        self.findings.push(Finding {
            flaw,
            unit: shift.unit,
            post: shift.post,
            person: Some(shift.person),
            from: span.0,
            to: span.1,
            shift: Some(shift.id),
            detail,
        });
    }
}
