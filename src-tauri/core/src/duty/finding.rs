//! A finding: something about the roster that somebody should look at, and its acceptance.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::duty::period::Post;
use crate::id::{AcceptanceId, PersonId, ShiftId, UnitId, uuid_of_text};
use crate::word::words;

words! {
    /// What is wrong.
    Flaw, "flaw" {
        /// Nobody is on a post, or fewer than are asked.
        Gap = "gap",
        /// One person is on two shifts at once.
        Double = "double",
        /// Two people are on one post, for longer than a change takes.
        Overlap = "overlap",
        /// The rest between two shifts is too short.
        Rest = "rest",
        /// Too long at a stretch.
        Long = "long",
        /// A shift reaches out of its period, or lies in none of those that there are.
        Outside = "outside",
        /// Whoever stands on the post is off the list.
        Ended = "ended",
        /// Whoever stands on the post has leave.
        Away = "away",
        /// Whoever stands on the post has no number, or does not answer on it.
        Unreachable = "unreachable",
        /// Who alone answers for a unit answers for another, or is on a shift there, at once.
        Elsewhere = "elsewhere",
        /// One person has more than their share.
        Uneven = "uneven",
        /// More hours in a week than are allowed.
        Week = "week",
        /// Only one person is there to stand: no shifts were laid out.
        Alone = "alone",
    }
}

/// How much there is to it, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// A post may be empty, or is.
    Serious,
    /// Somebody works or rests otherwise than is asked.
    High,
    /// It could be fairer.
    Medium,
}

impl Flaw {
    /// How much there is to it.
    #[must_use]
    pub const fn weight(self) -> Weight {
        match self {
            Self::Gap | Self::Double | Self::Ended | Self::Away | Self::Unreachable => {
                Weight::Serious
            }
            Self::Overlap
            | Self::Rest
            | Self::Long
            | Self::Outside
            | Self::Week
            | Self::Elsewhere => Weight::High,
            Self::Uneven | Self::Alone => Weight::Medium,
        }
    }

    /// Whether it is still there to be looked at, and accepted, once a rota stands; the others
    /// only tell of a rota that is tried.
    #[must_use]
    pub const fn is_lasting(self) -> bool {
        !matches!(self, Self::Uneven | Self::Alone)
    }
}

words! {
    /// What people have a share of.
    Share, "share" {
        /// All shifts.
        Shifts = "shifts",
        /// Their hours.
        Hours = "hours",
        /// Those with time at night.
        Nights = "nights",
        /// Those with time at a weekend.
        Weekends = "weekends",
        /// Those with time on a public holiday.
        Holidays = "holidays",
        /// Those of weekends and holidays together.
        Free = "free",
    }
}

/// What more there is to say of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// The other shift.
    Other(ShiftId),
    /// At which other units.
    Elsewhere(Vec<UnitId>),
    /// How long, in milliseconds.
    Lasts(i64),
    /// Of what somebody has how many, and who has least of it how many.
    Share {
        /// Of what.
        of: Share,
        /// How many they have; of hours, how many minutes.
        most: u64,
        /// How many who has least has, likewise.
        least: u64,
    },
    /// What all of it is that one cause touches.
    Sum {
        /// Whom it is about besides the first of them.
        others: Vec<PersonId>,
        /// How many shifts.
        shifts: usize,
        /// How long, over all posts, in milliseconds.
        lasts: i64,
    },
}

/// A finding, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub flaw: Flaw,
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who, when it is about somebody.
    pub person: Option<PersonId>,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The shift it leads to.
    pub shift: Option<ShiftId>,
    /// More.
    pub detail: Detail,
}

impl Finding {
    /// The identity of its acceptance: the same finding has the same at every site.
    #[must_use]
    pub fn id(&self) -> AcceptanceId {
        let person = self.person.map(|id| id.to_string()).unwrap_or_default();
        let text = format!(
            "{}/{}/{}/{person}/{}/{}",
            self.flaw.key(),
            self.unit,
            self.post.key(),
            self.from.millis(),
            self.to.millis()
        );
        AcceptanceId(uuid_of_text("so-truc acceptance id", &text))
    }
}

/// That somebody looked at a finding and leaves it so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Its identity, which follows from the finding.
    pub id: AcceptanceId,
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who, when it is about somebody.
    pub person: Option<PersonId>,
    /// What is wrong.
    pub flaw: Flaw,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// Why it is left so.
    pub reason: String,
    /// Whether it was taken back.
    pub removed: bool,
}

impl Acceptance {
    /// A finding accepted for a reason.
    #[must_use]
    pub fn of(finding: &Finding, reason: String) -> Self {
        Self {
            id: finding.id(),
            unit: finding.unit,
            post: finding.post,
            person: finding.person,
            flaw: finding.flaw,
            from: finding.from,
            to: finding.to,
            reason,
            removed: false,
        }
    }
}
