//! A period: the weeks in which every unit must have somebody on duty.
//!
//! **What is narrower decides.** Of several exceptions of a period that speak of a unit at a moment
//! the one of the shorter time says which posts it must hold then, in place of all that the period
//! asks otherwise; of equally long ones that of the unit before that of its group, and that before
//! the one of all; else the later in the list. Of several periods at a moment the shorter one says,
//! for each post that it asks for, how many are to be there, nobody among it; of equally long ones
//! the later. Posts that it does not ask for are as the longer one says. Who is on duty is another
//! question: whoever has a shift is, whether or not it is asked for.

mod demand;
mod write;

pub use demand::{Demand, is_asked};
pub use write::{NewPeriod, PeriodChange};

use serde::{Deserialize, Serialize};

use crate::clock::{DAY, Instant, MINUTE, backwards, check_span};
use crate::directory::unit::{Group, Unit};
use crate::error::{Code, Error, Result};
use crate::id::{PeriodId, UnitId};
use crate::text::{fold, one_line, tidy_some};
use crate::word::words;

words! {
    /// A post that somebody stands on.
    Post, "post" {
        /// Answers first.
        Main = "main",
        /// Answers when the main post does not.
        Backup = "backup",
        /// Decides.
        Leader = "leader",
    }
}

/// A period, half-open: from `from`, up to but without `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its identity.
    pub id: PeriodId,
    /// What people call it.
    pub name: String,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The posts every unit must hold.
    pub posts: Vec<Post>,
    /// The groups it asks; `None` asks every unit.
    pub groups: Option<Vec<Group>>,
    /// By when units send their contact points; `None` is its first moment.
    #[serde(default)]
    pub due_at: Option<Instant>,
    /// The letter that asks for it: number, day, who signed.
    #[serde(default)]
    pub letter: Option<String>,
    /// Where more, less or other posts are asked: of a unit, of a group, on a day.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// For how many minutes two people may stand on a post while one takes over from the other;
    /// `None` is [`OVERLAP`].
    #[serde(default)]
    pub overlap: Option<u32>,
    /// Since when lists of people count for it; `None` is [`ASKED_DAYS`] before its first moment.
    #[serde(default)]
    pub asked_at: Option<Instant>,
    /// Whether it was taken back.
    pub removed: bool,
}

/// For how many minutes two people may stand on a post at a change, unless the period says
/// otherwise.
pub const OVERLAP: u32 = 30;

/// How many days before a period lists of people begin to count for it, unless it says otherwise.
pub const ASKED_DAYS: i64 = 30;

/// The most minutes that a period may say: a day.
pub const MOST_OVERLAP: u32 = 24 * 60;

/// What a period asks of some units, or for some of its time, in place of what it asks of all.
///
/// It says of every post how many are asked for: of one that it does not name nobody. Which of
/// several decides is told at the head of this module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Need {
    /// The unit of which it is said.
    #[serde(default)]
    pub unit: Option<UnitId>,
    /// The group of which it is said, when no unit is named.
    #[serde(default)]
    pub group: Option<Group>,
    /// From when on; `None` is the period's first moment.
    #[serde(default)]
    pub from: Option<Instant>,
    /// Up to when; `None` is the period's end.
    #[serde(default)]
    pub to: Option<Instant>,
    /// The posts, one as often as people are asked on it; none asks for nobody.
    pub posts: Vec<Post>,
}

impl Need {
    /// How closely it speaks of a unit; `None` when it does not.
    fn rank(&self, unit: &Unit) -> Option<u8> {
        match (self.unit, self.group) {
            (Some(id), _) => (id == unit.id).then_some(2),
            (None, Some(group)) => (group == unit.group).then_some(1),
            (None, None) => Some(0),
        }
    }

    fn holds(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }
}

impl Period {
    /// A period that asks every unit for its main post.
    #[must_use]
    pub fn new(id: PeriodId, name: String, from: Instant, to: Instant) -> Self {
        Self {
            id,
            name,
            from,
            to,
            posts: vec![Post::Main],
            groups: None,
            due_at: None,
            letter: None,
            needs: Vec::new(),
            overlap: None,
            asked_at: None,
            removed: false,
        }
    }

    /// The period as it may be written: tidy, and sound beside the others that there are.
    ///
    /// # Errors
    /// [`Code::Empty`] without a name, a post, or a group where groups are named;
    /// [`Code::SpanBackwards`] of the period, of a need, or when contact points are asked for or due
    /// only after its end; [`Code::ValueUnknown`] for an overlap of more than [`MOST_OVERLAP`];
    /// [`Code::PeriodExists`].
    pub(crate) fn checked(mut self, others: &[Self]) -> Result<Self> {
        self.name = one_line(&self.name);
        self.letter = self.letter.as_deref().and_then(tidy_some);
        self.posts.sort();
        let empty = |field: &'static str| Err(Error::new(Code::Empty).with("field", field));
        if self.name.is_empty() {
            return empty("name");
        }
        check_span(self.from, self.to)?;
        if self.posts.is_empty() {
            return empty("posts");
        }
        if self.groups.as_ref().is_some_and(Vec::is_empty) {
            return empty("groups");
        }
        if let Some(due) = self.due_at.filter(|due| *due > self.to) {
            return Err(backwards(due, self.to).with("field", "due_at"));
        }
        if let Some(asked) = self.asked_at.filter(|asked| *asked >= self.to) {
            return Err(backwards(asked, self.to).with("field", "asked_at"));
        }
        for need in &self.needs {
            if let (Some(from), Some(to)) = (need.from, need.to) {
                check_span(from, to)?;
            }
        }
        if let Some(given) = self.overlap.filter(|overlap| *overlap > MOST_OVERLAP) {
            return Err(Error::new(Code::ValueUnknown)
                .with("field", "overlap")
                .with("given", given)
                .with("known", format!("0–{MOST_OVERLAP}")));
        }
        let folded = fold(&self.name);
        let same = |other: &Self| other.id != self.id && fold(&other.name) == folded;
        if others.iter().any(same) {
            return Err(Error::new(Code::PeriodExists).with("given", &self.name));
        }
        Ok(self)
    }

    /// Whether the unit must hold posts in it, at any time.
    #[must_use]
    pub fn asks(&self, unit: &Unit) -> bool {
        self.asks_all(unit)
            || self
                .needs
                .iter()
                .any(|need| !need.posts.is_empty() && need.rank(unit).is_some())
    }

    /// Whether what it asks of all it asks of the unit too.
    fn asks_all(&self, unit: &Unit) -> bool {
        self.groups
            .as_ref()
            .is_none_or(|groups| groups.contains(&unit.group))
    }

    /// The posts that it asks for anywhere.
    #[must_use]
    pub fn all_posts(&self) -> Vec<Post> {
        let more = self.needs.iter().flat_map(|need| &need.posts);
        let mut posts: Vec<Post> = self.posts.iter().chain(more).copied().collect();
        posts.sort_unstable();
        posts.dedup();
        posts
    }

    /// For how long, in milliseconds, two may stand on a post while one takes over.
    #[must_use]
    pub fn wanted_overlap(&self) -> i64 {
        i64::from(self.overlap.unwrap_or(OVERLAP)) * MINUTE
    }

    /// By when units send their contact points.
    #[must_use]
    pub fn due(&self) -> Instant {
        self.due_at.unwrap_or(self.from)
    }

    /// Since when lists of people count for it.
    #[must_use]
    pub fn asked(&self) -> Instant {
        self.asked_at.unwrap_or(self.from.plus(-ASKED_DAYS * DAY))
    }

    /// Whether a list that came at a moment counts for it: from when it was asked for to its end, and
    /// later still until another period asks.
    #[must_use]
    pub fn takes_list(&self, periods: &[Self], at: Instant) -> bool {
        let is_next = |other: &Self| other.from > self.from && other.asked() <= at;
        self.asked() <= at && (at < self.to || !periods.iter().any(is_next))
    }

    /// Whether the moment lies in it.
    #[must_use]
    pub fn contains(&self, at: Instant) -> bool {
        self.from <= at && at < self.to
    }
}

/// The period that matters at a moment: the one it lies in, else the next; of periods that are
/// sorted by when they begin.
#[must_use]
pub fn coming(periods: &[Period], now: Instant) -> Option<&Period> {
    periods
        .iter()
        .find(|period| period.contains(now))
        .or_else(|| periods.iter().find(|period| period.from > now))
}

/// The period that is shown at a moment: the one it lies in, else the next, else the last; of
/// periods that are sorted by when they begin.
#[must_use]
pub fn shown(periods: &[Period], now: Instant) -> Option<&Period> {
    coming(periods, now).or(periods.last())
}

/// The period that `given` names: by id or folded name.
///
/// # Errors
/// [`Code::PeriodUnknown`].
pub fn find<'a>(periods: &'a [Period], given: &str) -> Result<&'a Period> {
    let folded = fold(given);
    let id = given.trim().parse::<uuid::Uuid>().ok();
    periods
        .iter()
        .find(|period| id == Some(period.id.0) || fold(&period.name) == folded)
        .ok_or_else(|| Error::new(Code::PeriodUnknown).with("given", given))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(name: &str) -> Period {
        let at = |text: &str| Instant::parse_start(text).expect("a day");
        let id = PeriodId(crate::id::uuid_of_text("a period of a test", name));
        Period::new(id, name.to_owned(), at("16/05/2016"), at("26/05/2016"))
    }

    #[test]
    fn what_may_be_written_is_told_from_what_may_not() {
        #[track_caller]
        fn check(change: impl FnOnce(&mut Period), expect: Option<(Code, &str)>) {
            let mut given = period("Bầu cử");
            change(&mut given);
            let found = given.checked(&[period("Bầu cử"), period("Tết")]);
            let refused = found.err();
            let told = refused.as_ref().map(|refused| {
                let field = refused.params.iter().find(|(name, _)| *name == "field");
                (refused.code, field.map_or("", |(_, value)| value.as_str()))
            });
            assert_eq!(told, expect);
        }
        check(|_| {}, None);
        check(|it| it.name = "  ".to_owned(), Some((Code::Empty, "name")));
        check(
            |it| it.name = " tet ".to_owned(),
            Some((Code::PeriodExists, "")),
        );
        check(|it| it.to = it.from, Some((Code::SpanBackwards, "")));
        check(|it| it.posts.clear(), Some((Code::Empty, "posts")));
        check(
            |it| it.groups = Some(Vec::new()),
            Some((Code::Empty, "groups")),
        );
        check(|it| it.due_at = Some(it.to), None);
        check(
            |it| it.due_at = Some(it.to.plus(MINUTE)),
            Some((Code::SpanBackwards, "due_at")),
        );
        check(|it| it.asked_at = Some(it.from), None);
        check(
            |it| it.asked_at = Some(it.to),
            Some((Code::SpanBackwards, "asked_at")),
        );
        let need = |from, to| Need {
            unit: None,
            group: None,
            from,
            to,
            posts: vec![Post::Main, Post::Main],
        };
        check(|it| it.needs = vec![need(Some(it.from), None)], None);
        check(
            |it| it.needs = vec![need(Some(it.to), Some(it.from))],
            Some((Code::SpanBackwards, "")),
        );
        check(|it| it.overlap = Some(MOST_OVERLAP), None);
        check(
            |it| it.overlap = Some(MOST_OVERLAP + 1),
            Some((Code::ValueUnknown, "overlap")),
        );
    }

    #[test]
    fn a_list_counts_from_the_letter_until_another_period_asks() {
        let at = |text: &str| Instant::parse_start(text).expect("a day");
        let (may, mut june) = (period("Bầu cử"), period("Kiểm tra"));
        (june.from, june.to) = (at("20/06/2016"), at("27/06/2016"));
        june.asked_at = Some(at("10/06/2016"));
        let both = [may, june];
        for (day, expect) in [
            ("15/04/2016", [false, false]),
            ("16/04/2016", [true, false]),
            ("25/05/2016", [true, false]),
            ("09/06/2016", [true, false]),
            ("10/06/2016", [false, true]),
            ("01/01/2026", [false, true]),
        ] {
            let takes = [0, 1].map(|n: usize| both[n].takes_list(&both, at(day)));
            assert_eq!(takes, expect, "{day}");
        }
    }

    #[test]
    fn what_is_written_is_tidy() {
        let mut given = period("  Bầu   cử ");
        given.letter = Some("   ".to_owned());
        given.posts = vec![Post::Leader, Post::Main];
        let found = given.checked(&[]).expect("a sound period");
        assert_eq!((found.name.as_str(), found.letter), ("Bầu cử", None));
        assert_eq!(found.posts, [Post::Main, Post::Leader]);
    }
}
