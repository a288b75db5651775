//! A line of the log: numbered, never changed, never removed. A correction is another line.

mod write;

pub use write::{Correction, NewLine};

use serde::{Deserialize, Serialize};

use crate::clock::{Instant, MINUTE};
use crate::error::{Code, Error, Result};
use crate::id::{IncidentId, OperatorId, SiteId, UnitId};
use crate::messages::vietnamese;
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

words! {
    /// How somebody was told.
    Means, "channel" {
        /// By telephone.
        Phone = "phone",
        /// By a message to a telephone.
        Message = "message",
        /// By e-mail.
        Email = "email",
        /// By an official document.
        Document = "document",
        /// Over a system of the authority.
        System = "system",
        /// Face to face.
        InPerson = "in_person",
        /// In another way.
        Other = "other",
    }
}

/// How long after it happened a line may be written without saying why it is late, in
/// milliseconds.
pub const LATE: i64 = 30 * MINUTE;

/// A file that was attached to a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// The BLAKE3 hash of its bytes, in hexadecimal.
    pub hash: String,
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
    /// Why it was written so late.
    pub late_reason: Option<String>,
    /// Why it was decided so.
    pub grounds: Option<String>,
    /// Who was told.
    pub whom: Option<String>,
    /// How.
    pub channel: Option<Means>,
    /// On which number.
    pub dialled: Option<String>,
    /// Files that belong to it.
    pub files: Vec<Attached>,
    /// The line it corrects.
    pub corrects: Option<Line>,
    /// Why it corrects it.
    pub reason: Option<String>,
    /// The line that corrects this one.
    pub corrected_by: Option<Line>,
    /// Whether the clock had gone back when it was written: its site's record before is later.
    pub clock_back: bool,
}

impl Entry {
    /// Whether it was written long after it happened. A correction says why on its own.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.corrects.is_none() && self.recorded_at.millis() - self.occurred_at.millis() > LATE
    }

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

/// A name that can be shown and saved under on every system: no folders, nothing unseen.
#[must_use]
pub fn plain_name(name: &str) -> String {
    const UNSEEN: std::ops::RangeInclusive<char> = '\u{2000}'..='\u{206f}';
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = |c: &char| !c.is_control() && (!UNSEEN.contains(c)) && *c != '\u{feff}';
    let plain = last.chars().filter(seen);
    let plain = plain.map(|c| if "<>:\"|?*".contains(c) { '-' } else { c });
    let plain: String = plain.take(120).collect();
    match plain.trim().trim_end_matches('.') {
        "" => vietnamese().text("written_unnamed_file").to_owned(),
        plain => plain.to_owned(),
    }
}
