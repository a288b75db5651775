//! What is to be done first: a few lines over all that stands in the room.

use serde::Serialize;
use specta::Type;

use super::{AHEAD, DutyRow};
use crate::clock::Instant;
use crate::duty::period::Post;
use crate::incident::Severity;
use crate::incident::notice::NoticeState;
use crate::views::incident::IncidentRow;
use crate::views::notice::NoticeRow;
use crate::views::submission::OwedNow;

/// How many of one kind are told one by one: together they fit into the smallest window.
const NOTICES: usize = 3;
/// Likewise of incidents, of those nobody has decided, of posts with nobody, of people whom calls do not reach.
const OTHERS: usize = 2;

/// What is to be done first.
#[derive(Debug, Clone, Serialize, Type)]
pub struct First {
    /// The most urgent first.
    pub rows: Vec<FirstRow>,
    /// How much there is to do, shown or not.
    pub count: usize,
}

/// Something to do.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FirstRow {
    /// What it is about.
    pub urgent: Urgent,
    /// How much more of the same kind is not told one by one; on the last row of its kind.
    pub more: usize,
}

/// What something to do is about.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "kind", content = "row", rename_all = "lowercase")]
pub enum Urgent {
    /// Somebody is to be told: it is overdue, or due next.
    Notice(Box<NoticeRow>),
    /// A serious incident is open.
    Incident(Box<IncidentRow>),
    /// An incident was answered for as a serious one, and nobody has decided.
    Undecided(Box<UndecidedRow>),
    /// Nobody stands on a post.
    Empty(Box<DutyRow>),
    /// Whoever stands on a post is not reached by calls.
    Silent(Box<DutyRow>),
    /// So many units have not sent their names although their day has passed.
    Unsent(usize),
}

/// An incident of which the answers propose that it is serious.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UndecidedRow {
    /// The incident.
    pub incident: IncidentRow,
    /// Since when.
    pub since: Instant,
}

impl First {
    /// Of all that stands in the room: whom to tell, serious incidents, those
    /// that may be and nobody has decided, posts with nobody, people
    /// whom calls do not reach, units that have not sent.
    pub(super) fn of(
        notices: &[NoticeRow],
        (incidents, undecided): (&[IncidentRow], &[UndecidedRow]),
        uncovered: &[DutyRow],
        owed: Option<&OwedNow>,
        now: Instant,
    ) -> Self {
        let soon = now.plus(AHEAD);
        let notices = notices
            .iter()
            .filter(|row| row.state == NoticeState::Overdue || row.due_at <= soon)
            .map(|row| Urgent::Notice(Box::new(row.clone())));
        let incidents = incidents
            .iter()
            .filter(|row| row.severity == Some(Severity::Serious))
            .map(|row| Urgent::Incident(Box::new(row.clone())));
        let undecided = undecided.iter().cloned().map(Box::new);
        // Outside every period nobody must be there.
        let is_empty = |row: &&DutyRow| row.hole.as_ref().is_some_and(|hole| hole.from.is_some());
        let mut empty: Vec<&DutyRow> = uncovered.iter().filter(is_empty).collect();
        // Where somebody can be called first there is something to do at once.
        empty.sort_by_key(|row| (row.post != Post::Main, row.order.is_empty()));
        let empty = empty
            .into_iter()
            .map(|row| Urgent::Empty(Box::new(row.clone())));
        let silent = uncovered
            .iter()
            .filter(|row| row.silent)
            .map(|row| Urgent::Silent(Box::new(row.clone())));
        let late: usize = owed.map_or(0, |owed| owed.groups.iter().map(|group| group.late).sum());
        let unsent = (late > 0).then_some(Urgent::Unsent(late));
        let mut first = Self {
            rows: Vec::new(),
            count: 0,
        };
        first.take(notices, NOTICES);
        first.take(incidents, OTHERS);
        first.take(undecided.map(Urgent::Undecided), OTHERS);
        first.take(empty, OTHERS);
        first.take(silent, OTHERS);
        first.take(unsent.into_iter(), 1);
        first
    }

    /// Takes so many of a kind, and how many there are.
    fn take(&mut self, mut of_a_kind: impl Iterator<Item = Urgent>, most: usize) {
        let begin = self.rows.len();
        let shown = of_a_kind.by_ref().take(most);
        self.rows
            .extend(shown.map(|urgent| FirstRow { urgent, more: 0 }));
        let more = of_a_kind.count();
        self.count += self.rows.len() - begin + more;
        if let Some(last) = self.rows.last_mut() {
            last.more = more.max(last.more);
        }
    }
}
