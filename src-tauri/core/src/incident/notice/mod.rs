//! A notice: somebody who must be told of an incident, by when, and whether they were.

mod read;
mod write;

pub(in crate::incident) use write::told_after;
pub use write::{SNOOZES, Sending};

use serde::{Deserialize, Serialize};
use std::collections::HashSet;

use crate::clock::Instant;
use crate::id::{IncidentId, NoticeId, UnitId, uuid_of_text};
use crate::incident::profile::Recipient;
use crate::log::entry::Means;
use crate::word::words;

words! {
    /// What became of a notice.
    NoticeState, "notice_state" {
        /// It is to be sent.
        Due = "due",
        /// It should have been sent.
        Overdue = "overdue",
        /// It was sent.
        Sent = "sent",
        /// Who was told has said so.
        Acknowledged = "acknowledged",
        /// It is not needed.
        Waived = "waived",
    }
}

/// What a change makes of the notices that are to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct NoticesChanged {
    /// How many were to be sent and are not any more.
    pub gone: usize,
    /// How many of these were overdue.
    pub overdue: usize,
    /// Since when the first of these was.
    pub overdue_since: Option<Instant>,
    /// How many are to be sent and were not before.
    pub come: usize,
}

impl NoticesChanged {
    /// Between the notices before and after; of both those count that are to be sent `now`. `late`
    /// tells after when one counted as overdue.
    #[must_use]
    pub fn between(
        before: &[Notice],
        after: &[Notice],
        late: impl Fn(&Notice) -> Instant,
        now: Instant,
    ) -> Self {
        let gone = no_more(before, after, now);
        let overdue = gone.iter().map(|notice| late(notice));
        let overdue: Vec<Instant> = overdue.filter(|late| *late < now).collect();
        Self {
            gone: gone.len(),
            overdue: overdue.len(),
            overdue_since: overdue.into_iter().min(),
            come: no_more(after, before, now).len(),
        }
    }
}

/// Those of the notices before that are to be sent `now`, and are not after.
pub(in crate::incident) fn no_more<'a>(
    before: &'a [Notice],
    after: &[Notice],
    now: Instant,
) -> Vec<&'a Notice> {
    let after = after.iter().filter(|notice| notice.is_open(now));
    let after: HashSet<NoticeId> = after.map(|notice| notice.id).collect();
    let before = before.iter().filter(|notice| notice.is_open(now));
    before
        .filter(|notice| !after.contains(&notice.id))
        .collect()
}

impl NoticeState {
    /// Whether nothing is to be done any more.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Due | Self::Overdue)
    }
}

/// That a notice is not told again for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct Snooze {
    /// Until when.
    pub until: Instant,
    /// Why.
    pub reason: String,
}

/// A notice. There is one for each incident, rule and recipient, at every site the same; another
/// where the recipient means somebody else than who was told, and of a report on the closing of an
/// incident one for each time it was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its identity.
    pub id: NoticeId,
    /// Of what.
    pub incident: IncidentId,
    /// The profile that asks for it.
    pub profile: String,
    /// The rule of that profile.
    pub rule: String,
    /// Who is to be told.
    pub recipient: Recipient,
    /// When it became needed.
    pub made_at: Instant,
    /// By when.
    pub due_at: Instant,
    /// What the recipient was called when it was settled; the key of one without a name here.
    pub told: Option<String>,
    /// The unit that was told, or was not to be, where the recipient is one of the book.
    #[serde(default)]
    pub told_unit: Option<UnitId>,
    /// When it was sent.
    pub sent_at: Option<Instant>,
    /// How.
    pub channel: Option<Means>,
    /// To whom there.
    pub whom: Option<String>,
    /// The number of the document.
    pub document: Option<String>,
    /// When whoever was told said so.
    pub acknowledged_at: Option<Instant>,
    /// When it was found not to be needed.
    pub waived_at: Option<Instant>,
    /// Why it is not needed.
    pub reason: Option<String>,
    /// Whether what asked for it is no more.
    pub removed: bool,
}

impl Notice {
    /// The identity of a notice; `again` tells it from one before that was settled, and is empty
    /// for the first.
    #[must_use]
    pub fn id_of(
        incident: IncidentId,
        profile: &str,
        rule: &str,
        recipient: Recipient,
        again: &str,
    ) -> NoticeId {
        let text = format!("{incident}/{profile}/{rule}/{}{again}", recipient.key());
        NoticeId(uuid_of_text("so-truc notice id", &text))
    }

    /// It as it was before anything came of it.
    #[must_use]
    pub(crate) fn untouched(self) -> Self {
        Self {
            told: None,
            told_unit: None,
            sent_at: None,
            channel: None,
            whom: None,
            document: None,
            acknowledged_at: None,
            waived_at: None,
            reason: None,
            removed: false,
            ..self
        }
    }

    /// What became of it at a moment, `late` being when it counts as overdue
    /// ([`crate::office::Rules::state`] knows); `None` before it was needed.
    #[must_use]
    pub(crate) fn state(&self, at: Instant, late: Instant) -> Option<NoticeState> {
        let by = |then: Option<Instant>| then.is_some_and(|then| then <= at);
        if at < self.made_at {
            return None;
        }
        // Who was told was told, whatever another desk thought.
        Some(if by(self.acknowledged_at) {
            NoticeState::Acknowledged
        } else if by(self.sent_at) {
            NoticeState::Sent
        } else if by(self.waived_at) {
            NoticeState::Waived
        } else if at > late {
            NoticeState::Overdue
        } else {
            NoticeState::Due
        })
    }

    /// Whether it was sent or found not to be needed.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        self.sent_at.is_some() || self.waived_at.is_some()
    }

    /// Whether it is to be sent at a moment.
    #[must_use]
    pub fn is_open(&self, at: Instant) -> bool {
        let state = self.state(at, self.due_at);
        state.is_some_and(|state| !state.is_settled())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_to_be_sent_comes_and_goes() {
        let now = Instant::from_millis(1_000);
        let notice = |n: u8, sent: bool| Notice {
            id: NoticeId(uuid_of_text("a notice of a test", &n.to_string())),
            incident: IncidentId(uuid_of_text("an incident of a test", "")),
            profile: "290".to_owned(),
            rule: "first".to_owned(),
            recipient: Recipient::Coordinator,
            made_at: now,
            due_at: now,
            told: None,
            told_unit: None,
            sent_at: sent.then_some(now),
            channel: None,
            whom: None,
            document: None,
            acknowledged_at: None,
            waived_at: None,
            reason: None,
            removed: false,
        };
        let open = |n| notice(n, false);
        let check = |before: &[Notice], after: &[Notice], gone, come| {
            let found = NoticesChanged::between(before, after, |notice| notice.due_at, now);
            let nothing = NoticesChanged::default();
            let expected = NoticesChanged {
                gone,
                come,
                ..nothing
            };
            assert_eq!(found, expected);
        };
        check(&[], &[], 0, 0);
        check(&[open(1), open(2)], &[open(2)], 1, 0);
        check(&[open(1)], &[open(1), open(2), open(3)], 0, 2);
        check(&[open(1)], &[open(2)], 1, 1);
        check(&[notice(1, true)], &[], 0, 0);
        check(&[open(1)], &[notice(1, true), notice(2, true)], 1, 0);
        // Of what goes is told how much was overdue, and since when.
        let late = |notice: &Notice| now.plus(if notice.id == open(1).id { -2 } else { -5 });
        let before = [open(1), open(2), notice(3, true)];
        let found = NoticesChanged::between(&before, &[], late, now);
        assert_eq!((found.gone, found.overdue), (2, 2));
        assert_eq!(found.overdue_since, Some(now.plus(-5)));
    }
}
