//! An incident: something that happened to a unit's systems, and what became of it.

pub mod notice;
pub mod periodic;
pub mod profile;
mod write;

pub use write::{IncidentChange, IncidentSet, Moved, NewIncident, RulesChanged, StillOwed};

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::{IncidentId, OperatorId, UnitId};
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

    /// Whether it was none.
    #[must_use]
    pub const fn is_false(self) -> bool {
        matches!(self, Self::FalseAlarm)
    }
}

words! {
    /// Who may be told, by the Traffic Light Protocol 2.0.
    Tlp, "tlp" {
        /// Only those in the exchange.
        Red = "red",
        /// Only within their organisation.
        AmberStrict = "amber_strict",
        /// Within their organisation and its clients.
        Amber = "amber",
        /// Within the community.
        Green = "green",
        /// Everybody.
        Clear = "clear",
    }
}

/// Makes the texts that the reports on an incident ask for (Mẫu 03, Mẫu 04 of Circular 20/2017):
/// a field each, found by its name.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What the reports on an incident ask for, as texts.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Facts {
            $($(#[$doc])* pub $name: Option<String>,)*
        }

        impl Facts {
            /// The names of the fields, in the order of the forms.
            pub const NAMES: &[&str] = &[$(stringify!($name),)*];

            /// The field of this name.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<&str> {
                match name {
                    $(stringify!($name) => self.$name.as_deref(),)*
                    _ => None,
                }
            }

            /// The field of this name, to be changed; `None` when there is none.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

facts! {
    /// What happened, in full.
    description,
    /// The systems it struck.
    systems,
    /// What the systems are for.
    purpose,
    /// Who runs them.
    operating_unit,
    /// Which body owns them.
    owner_body,
    /// Who looks after their security.
    security_provider,
    /// Who connects them.
    connection_provider,
    /// Operating system and version.
    os,
    /// Services: web, mail, database, FTP, proxy, application.
    services,
    /// Measures: antivirus, firewall, IDS.
    measures,
    /// Public addresses.
    public_ip,
    /// Domain names.
    domains,
    /// How it was found: IDS, logs, notice from somebody.
    detected_by,
    /// Who was told before.
    informed,
    /// What help is asked for.
    support,
    /// Why it happened.
    cause,
    /// How far it reached.
    scope,
    /// What was done against it.
    remedy,
    /// What came of it.
    result,
    /// What it cost, as far as known.
    damage,
}

words! {
    /// What is missing before an incident may have a status.
    Missing, "missing" {
        /// Somebody who looks after it.
        Owner = "owner",
        /// How bad it is.
        Severity = "severity",
        /// What was done against it.
        Remedy = "remedy",
        /// Why it happened.
        Cause = "cause",
        /// What came of it.
        Result = "result",
        /// Somebody must still be told.
        Notices = "notices",
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
    /// Who looks after it.
    pub owner: Option<OperatorId>,
    /// When its severity was decided.
    pub rated_at: Option<Instant>,
    /// Answers to the questions about its severity: `key=yes`, `key=no`.
    pub answers: Vec<String>,
    /// Other units that it concerns.
    pub units: Vec<UnitId>,
    /// Other incidents that belong to it.
    pub related: Vec<IncidentId>,
    /// The level of the system, 1 to 5.
    pub system_level: Option<u8>,
    /// Who may be told.
    pub tlp: Option<Tlp>,
    /// Whether who reported it asks for silence.
    pub confidential: bool,
    /// What the reports ask for.
    #[serde(flatten)]
    pub facts: Facts,
    /// Whether it was taken back.
    pub removed: bool,
}

impl Incident {
    /// What is missing for it to have a status; `owing` says whether somebody must still be told.
    #[must_use]
    pub fn missing(&self, status: Status, owing: bool) -> Vec<Missing> {
        let facts = &self.facts;
        let needs: &[(Missing, bool)] = &[
            (Missing::Owner, self.owner.is_some()),
            (Missing::Severity, self.severity.is_some()),
            (Missing::Remedy, facts.remedy.is_some()),
            (Missing::Cause, facts.cause.is_some()),
            (Missing::Result, facts.result.is_some()),
            (Missing::Notices, !owing),
        ];
        let needed = match status {
            Status::New => 0..0,
            Status::InHand => 0..1,
            Status::Contained => 0..2,
            Status::Resolved => 0..3,
            Status::Closed => 0..6,
            // Why it was none.
            Status::FalseAlarm => 4..5,
        };
        let missing = needs[needed].iter().filter(|(_, there)| !there);
        missing.map(|(what, _)| *what).collect()
    }

    /// The answer to a question about its severity.
    #[must_use]
    pub fn answer(&self, question: &str) -> Option<bool> {
        self.answers.iter().find_map(|said| {
            let (key, answer) = said.split_once('=')?;
            (key == question).then_some(answer == "yes")
        })
    }

    /// Notes an answer; `None` takes it away.
    pub fn set_answer(&mut self, question: &str, answer: Option<bool>) {
        self.answers
            .retain(|said| said.split_once('=').is_none_or(|(key, _)| key != question));
        if let Some(answer) = answer {
            let word = if answer { "yes" } else { "no" };
            self.answers.push(format!("{question}={word}"));
            self.answers.sort_unstable();
        }
    }
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
