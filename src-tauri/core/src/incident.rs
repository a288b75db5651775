//! An incident: something that happened to a unit's systems, and what became of it.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::{IncidentId, UnitId};
use crate::word::words;

words! {
    /// The kind of incident: rows of the reporting forms of Circular 20/2017/TT-BTTTT; the
    /// codes are ours.
    Type, "type" {
        /// Denial of service.
        Denial = "T01",
        /// Spoofing, phishing.
        Phishing = "T02",
        /// Malware.
        Malware = "T03",
        /// Unauthorised access, takeover.
        Takeover = "T04",
        /// Defacement.
        Defacement = "T05",
        /// Ransomware.
        Ransomware = "T06",
        /// Destruction.
        Destruction = "T07",
        /// Espionage, theft.
        Espionage = "T08",
        /// Several forms together.
        Combined = "T09",
        /// Another attack.
        OtherAttack = "T10",
        /// A fault of a system, equipment or line.
        Fault = "H01",
        /// An operator's error.
        OperatorError = "V01",
        /// A natural disaster.
        Disaster = "D01",
        /// Prohibited content, leaflets.
        Content = "N01",
    }
}

words! {
    /// How bad it is.
    Severity, "severity" {
        /// Thấp.
        Low = "low",
        /// Trung bình.
        Medium = "medium",
        /// Cao.
        High = "high",
        /// Nghiêm trọng, in the sense of Decision 05/2017/QĐ-TTg.
        Serious = "serious",
    }
}

words! {
    /// How far its handling has come.
    Status, "status" {
        /// Nobody has taken it up.
        New = "new",
        /// Somebody works on it.
        InHand = "in_hand",
        /// It does not spread any more.
        Contained = "contained",
        /// The cause is gone.
        Resolved = "resolved",
        /// Done and written up.
        Closed = "closed",
        /// It was none.
        FalseAlarm = "false_alarm",
    }
}

impl Status {
    /// Whether somebody still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::FalseAlarm)
    }
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Its identity.
    pub id: IncidentId,
    /// Site, year and number: `DLK/2016-0007`. Never given twice.
    pub number: String,
    /// What happened, in a few words.
    pub title: String,
    /// To whom.
    pub unit: UnitId,
    /// Of which kind.
    #[serde(rename = "type")]
    pub kind: Type,
    /// How bad; `None` while nobody has assessed it.
    pub severity: Option<Severity>,
    /// How far.
    pub status: Status,
    /// When it was noticed: T0 of every deadline.
    pub detected_at: Instant,
    /// When it was closed, or found to be none.
    pub closed_at: Option<Instant>,
    /// Anything else.
    pub note: Option<String>,
    /// Whether it was taken back.
    pub removed: bool,
}

/// The `n`th incident a site opened in a year.
#[must_use]
pub fn number(site: &str, year: i32, n: u32) -> String {
    format!("{site}/{year}-{n:04}")
}

/// The incident that `given` names: by id, number, or the end of a number (`2016-0007`, `7`).
///
/// # Errors
/// [`Code::IncidentUnknown`], [`Code::IncidentAmbiguous`].
pub fn find<'a>(incidents: &'a [Incident], given: &str) -> Result<&'a Incident> {
    let given = given.trim();
    let id = given.parse::<uuid::Uuid>().ok();
    let whole = |incident: &&Incident| {
        id == Some(incident.id.0) || incident.number.eq_ignore_ascii_case(given)
    };
    if let Some(incident) = incidents.iter().find(whole) {
        return Ok(incident);
    }
    let by_count: Option<u32> = given.parse().ok();
    let ends = |incident: &&Incident| {
        let after_site = incident.number.rsplit('/').next().unwrap_or_default();
        let count = after_site.rsplit('-').next().and_then(|n| n.parse().ok());
        after_site == given || (by_count.is_some() && count == by_count)
    };
    let found: Vec<&Incident> = incidents.iter().filter(ends).collect();
    match found.as_slice() {
        [] => Err(Error::new(Code::IncidentUnknown).with("given", given)),
        [incident] => Ok(incident),
        several => Err(Error::new(Code::IncidentAmbiguous)
            .with("given", given)
            .with(
                "found",
                several
                    .iter()
                    .map(|incident| incident.number.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            )),
    }
}
