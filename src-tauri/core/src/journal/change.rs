//! What a record says: the body's JSON.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::clock::Instant;
use crate::id::{IncidentId, PersonId, SiteId, UnitId, unhex};
use crate::log::entry;
use crate::privacy::disclosure::Disclosure;
use crate::word::words;

words! {
    /// The kinds of noun that a record sets.
    Kind, "kind" {
        /// See [`crate::directory::unit`].
        Unit = "unit",
        /// See [`crate::directory::person`].
        Person = "person",
        /// See [`crate::duty::period`].
        Period = "period",
        /// See [`crate::duty::shift`].
        Shift = "shift",
        /// See [`crate::incident`].
        Incident = "incident",
        /// See [`crate::submission`].
        Submission = "submission",
        /// See [`crate::office::operator`].
        Operator = "operator",
        /// See [`crate::submission::reminder`].
        Reminder = "reminder",
        /// See [`crate::directory::drill`].
        Drill = "drill",
        /// See [`crate::incident::notice`].
        Notice = "notice",
        /// See [`crate::office::setting`].
        Setting = "setting",
        /// See [`crate::log::handover`].
        Handover = "handover",
        /// See [`crate::duty::finding`].
        Acceptance = "acceptance",
        /// See [`crate::duty::sheet`].
        DutySheet = "duty_sheet",
        /// See [`crate::submission::arrival`].
        Arrival = "arrival",
    }
}

/// The body of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// 16 random bytes in hexadecimal: what is dropped later cannot be guessed from its hash.
    pub salt: String,
    /// The change.
    #[serde(flatten)]
    pub change: Change,
}

/// One change of one noun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A site begins.
    Site(SiteOpening),
    /// Fields of a noun take values; the noun exists from its first one on.
    Set(Set),
    /// A line of the log.
    Entry(EntryChange),
    /// What is known of a person is dropped.
    Redact(Redact),
    /// Personal data left the book.
    Disclosure(Disclosure),
}

impl Change {
    /// The nouns it speaks of.
    #[must_use]
    pub fn nouns(&self) -> Vec<(Kind, Uuid)> {
        match self {
            Self::Set(set) => vec![(set.kind, set.id)],
            Self::Redact(redact) => redact
                .nouns
                .iter()
                .map(|noun| (noun.kind, noun.id))
                .collect(),
            Self::Site(_) | Self::Entry(_) | Self::Disclosure(_) => Vec::new(),
        }
    }
}

/// The first record of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteOpening {
    /// Two to eight capital letters or digits, in front of its numbers.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// The key its seals are made with, in hexadecimal.
    pub public_key: String,
    /// The name or code of the unit whose people keep the book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether its time is given and not asked of the clock.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub practice: bool,
    /// The head of the book it grew from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grew_from: Option<String>,
}

impl SiteOpening {
    /// The public key, when it is one.
    #[must_use]
    pub fn key(&self) -> Option<[u8; 32]> {
        unhex(&self.public_key)
    }
}

/// Fields of a noun take values. The last writer wins, field by field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Set {
    /// The kind of noun.
    pub kind: Kind,
    /// Which one.
    pub id: Uuid,
    /// The fields, by name.
    pub fields: Map<String, Value>,
    /// The clocks of the values they replace, by name; a first value replaces none.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub over: Map<String, Value>,
    /// The last record of the transaction that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// From when on it is so, where that is not when it is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Instant>,
    /// Why, where that is a time that was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Set {
    /// From when on it is so, where that is not when it is written: as it says, or as a unit does
    /// that takes the place of others, or ends.
    #[must_use]
    pub fn since(&self) -> Option<Instant> {
        let day = |field: &str| self.fields.get(field).and_then(Value::as_i64);
        let own = || {
            day("ended_at")
                .or(day("began_at"))
                .map(Instant::from_millis)
        };
        self.since
            .or_else(|| own().filter(|_| self.kind == Kind::Unit))
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryChange {
    /// Its number at the site, without gaps.
    pub number: u64,
    /// When it happened.
    pub occurred_at: Instant,
    /// What it tells.
    pub kind: entry::Kind,
    /// The words.
    pub text: String,
    /// The incident it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incident: Option<IncidentId>,
    /// The unit it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Why it was written so late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late_reason: Option<String>,
    /// Why it was decided so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grounds: Option<String>,
    /// Who was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
    /// How.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<entry::Means>,
    /// On which number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialled: Option<String>,
    /// Files that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<entry::Attached>,
    /// The line it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<RecordRef>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// All that the book says of a person is dropped. What stays is that it was, when, by whom, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redact {
    /// The person.
    pub person: PersonId,
    /// Why.
    pub reason: String,
    /// What is no more: the person's cards, and what speaks only of them.
    pub nouns: Vec<NounRef>,
    /// The records that set those nouns, whose bodies are dropped.
    pub records: Vec<RecordRef>,
}

/// A noun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NounRef {
    /// Its kind.
    pub kind: Kind,
    /// Which one.
    pub id: Uuid,
}

/// A record, by its place in its site's journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRef {
    /// The site, in hexadecimal.
    pub site: String,
    /// Its place there.
    pub seq: u64,
}

impl RecordRef {
    /// The site, when it is one.
    #[must_use]
    pub fn site(&self) -> Option<SiteId> {
        self.site.parse().ok()
    }
}

impl Body {
    /// The bytes that are hashed and kept.
    ///
    /// # Panics
    /// Never: every part of a body has a JSON form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a body is made of strings, numbers and maps of them")
    }

    /// The body in these bytes, when it is one.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
