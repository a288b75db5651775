//! A line of the log: numbered, never changed, never removed. A correction is another line.

use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::{IncidentId, OperatorId, SiteId, UnitId};
use crate::word::words;

words! {
    /// What a line tells.
    Kind, "kind" {
        /// What was seen or heard.
        Observation = "observation",
        /// What was done.
        Action = "action",
        /// What was decided, and why.
        Decision = "decision",
        /// Who was told, on which channel or number.
        Communication = "communication",
        /// The watch changed hands.
        Handover = "handover",
        /// Anything else.
        Note = "note",
    }
}

/// A line as it stands in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The site that wrote it.
    pub site: SiteId,
    /// The code of that site.
    pub site_code: String,
    /// Its record in that site's journal.
    pub seq: u64,
    /// Its number at that site, without gaps from 1.
    pub number: u64,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was written down.
    pub recorded_at: Instant,
    /// Who wrote it.
    pub operator: OperatorId,
    /// What it tells.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// The incident it belongs to.
    pub incident: Option<IncidentId>,
    /// The unit it speaks of.
    pub unit: Option<UnitId>,
    /// The line it corrects.
    pub corrects: Option<Line>,
    /// Why it corrects it.
    pub reason: Option<String>,
    /// The line that corrects this one.
    pub corrected_by: Option<Line>,
}

impl Entry {
    /// How people call it.
    #[must_use]
    pub fn line(&self) -> Line {
        Line {
            site: self.site_code.clone(),
            number: self.number,
        }
    }
}

/// How people call a line: the site's code and the number, `DLK-148`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The site's code.
    pub site: String,
    /// The number at that site.
    pub number: u64,
}

impl Line {
    /// Reads `DLK-148`; `148` alone means `here`.
    ///
    /// # Errors
    /// [`Code::LineUnknown`] when it is neither.
    pub fn parse(given: &str, here: &str) -> Result<Self> {
        let trimmed = given.trim();
        let (site, number) = trimmed.rsplit_once('-').unwrap_or((here, trimmed));
        match number.parse() {
            Ok(number) if !site.is_empty() => Ok(Self {
                site: site.to_ascii_uppercase(),
                number,
            }),
            _ => Err(Error::new(Code::LineUnknown).with("given", given)),
        }
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.site, self.number)
    }
}
