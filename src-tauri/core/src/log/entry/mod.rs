//! A line of the log: numbered, never changed, never removed. A correction is another line.

mod quick;
mod write;

pub use quick::{TimeIn, time_in};
pub use write::{Correction, NewLine};

use serde::{Deserialize, Serialize};

use crate::clock::{Instant, MINUTE};
use crate::error::{Code, Error, Result};
use crate::file_name;
use crate::id::{IncidentId, OperatorId, SiteId, UnitId};
use crate::messages::{Language, Messages, vietnamese};
use crate::text::fold;
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

/// Whether a line of what happened at a moment is late, and is asked why, when it is written at
/// another.
#[must_use]
pub const fn is_late(occurred: Instant, recorded: Instant) -> bool {
    recorded.millis() - occurred.millis() > LATE
}

/// Whether the words say that nothing happened, in either language: those with which the program
/// says so.
#[must_use]
pub fn is_quiet(text: &str) -> bool {
    let said = fold(text);
    let usual = |language: &Language| fold(Messages::of(*language).text("written_nothing"));
    Language::ALL.iter().any(|language| usual(language) == said)
}

/// What a line of some kinds says beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// Why it was decided so.
    Grounds,
    /// Who was told.
    Whom,
    /// How.
    Channel,
    /// On which number.
    Dialled,
}

impl Detail {
    /// Its stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Grounds => "grounds",
            Self::Whom => "whom",
            Self::Channel => "channel",
            Self::Dialled => "dialled",
        }
    }
}

impl Kind {
    /// What a line of this kind is asked beside its words, and may say; no other says it.
    #[must_use]
    pub const fn details(self) -> &'static [Detail] {
        match self {
            Self::Decision => &[Detail::Grounds],
            Self::Communication => &[Detail::Whom, Detail::Channel, Detail::Dialled],
            Self::Handover => &[Detail::Whom],
            Self::Observation | Self::Action | Self::Note => &[],
        }
    }
}

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
        self.corrects.is_none() && is_late(self.occurred_at, self.recorded_at)
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

/// The file of a line that is meant: the one of this name, or the only one.
///
/// # Errors
/// [`Code::FileNone`] of a line without files, [`Code::ValueUnknown`].
pub fn find_file<'a>(
    files: &'a [Attached],
    line: &Line,
    name: Option<&str>,
) -> Result<&'a Attached> {
    let found = match (name, files) {
        (_, []) => return Err(Error::new(Code::FileNone).with("line", line)),
        (None, [only]) => Some(only),
        (None, _) => None,
        (Some(name), files) => files.iter().find(|file| file.name == name),
    };
    let names = files.iter().map(|file| file.name.as_str());
    found.ok_or_else(|| {
        Error::new(Code::ValueUnknown)
            .with("field", "file")
            .with(
                "given",
                name.map_or_else(|| line.to_string(), str::to_owned),
            )
            .with("known", names.collect::<Vec<_>>().join(", "))
    })
}

/// The name of an attached file, as it can be shown and saved under on every system.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let unnamed = || vietnamese().text("written_unnamed_file").to_owned();
    file_name::harmless(name).unwrap_or_else(unnamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_late_when_more_than_half_an_hour_passed() {
        let at = Instant::from_millis;
        for (passed, expect) in [
            (-MINUTE, false),
            (0, false),
            (LATE, false),
            (LATE + 1, true),
        ] {
            assert_eq!(is_late(at(0), at(passed)), expect, "{passed}");
        }
    }

    #[test]
    fn that_nothing_happened_is_said_in_the_usual_words() {
        for (text, quiet) in [
            ("Ca trực bình thường, không có vụ việc phát sinh", true),
            (" ca truc binh thuong; khong co vu viec phat sinh. ", true),
            ("Quiet shift, nothing to report", true),
            ("Ca trực bình thường", false),
            (
                "Ca trực bình thường, không có vụ việc phát sinh thêm",
                false,
            ),
        ] {
            assert_eq!(is_quiet(text), quiet, "{text}");
        }
    }

    #[test]
    fn a_line_says_what_its_kind_is_asked() {
        let full = |kind| NewLine {
            kind,
            grounds: Some("Theo quy chế".to_owned()),
            whom: Some("Chị Tuyết".to_owned()),
            channel: Some(Means::Phone),
            dialled: Some("0934 034 224".to_owned()),
            ..NewLine::from("việc")
        };
        #[track_caller]
        fn check(full: NewLine, keeps: &[Detail], first_other: Option<Detail>) {
            assert_eq!(full.unasked(), first_other);
            let kept = full.with_what_is_asked();
            assert_eq!((kept.told(), kept.unasked()), (keeps.to_vec(), None));
        }
        use Detail::{Channel, Dialled, Grounds, Whom};
        check(full(Kind::Observation), &[], Some(Grounds));
        check(full(Kind::Action), &[], Some(Grounds));
        check(full(Kind::Decision), &[Grounds], Some(Whom));
        let told = [Whom, Channel, Dialled];
        check(full(Kind::Communication), &told, Some(Grounds));
        check(full(Kind::Handover), &[Whom], Some(Grounds));
        check(full(Kind::Note), &[], Some(Grounds));
        let blank = NewLine {
            grounds: Some("  ".to_owned()),
            ..NewLine::from("việc")
        };
        assert_eq!(blank.unasked(), None, "nothing is said by a blank");
    }

    #[test]
    fn a_line_that_begins_with_a_time_is_of_that_time() {
        let now = Instant::parse("22/05/2016 21:47").expect("a moment");
        let check = |typed: &str, at: Option<&str>, text: &str| {
            let line = NewLine::typed(typed, now);
            let found = line.occurred.map(|at| at.to_string());
            assert_eq!((found.as_deref(), line.text.as_str()), (at, text));
        };
        check("14h20 mất điện", Some("22/05/2016 14:20"), "mất điện");
        check("mất điện từ 14h20", None, "mất điện từ 14h20");
        check("14h20 ", None, "14h20 ");
    }
}
