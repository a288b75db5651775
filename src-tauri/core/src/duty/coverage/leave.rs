//! Who has leave when: then they hold no shift, and answer nowhere.

use std::collections::HashMap;

use crate::clock::{Instant, joined};
use crate::directory::person::Person;
use crate::duty::coverage::gaps::Span;
use crate::duty::coverage::{Contacts, Roster, humans};
use crate::duty::period::Post;
use crate::id::{IdHash, PersonId};

/// When people have leave; made once for many questions.
#[derive(Debug, Default)]
pub struct Leave(HashMap<PersonId, Vec<Span>, IdHash>);

impl Roster {
    /// When people have leave. Whoever has cards at several units has it at all of them.
    #[must_use]
    pub fn leave(&self) -> Leave {
        let left = self.left.values().map(|left| &left.card);
        let left = left.chain(self.stays.iter().map(|stay| &stay.card));
        let mut leave = Leave::default();
        for card in left.filter(|card| !card.away.is_empty()) {
            leave.0.insert(card.id, joined(card.away.clone()));
        }
        if self.people.iter().all(|person| person.away.is_empty()) {
            return leave;
        }
        let humans = humans(&self.people);
        let mut away: HashMap<u32, Vec<Span>> = HashMap::new();
        for (human, person) in humans.iter().zip(&self.people) {
            if !person.away.is_empty() {
                away.entry(*human).or_default().extend(&person.away);
            }
        }
        for (human, person) in humans.iter().zip(&self.people) {
            if let Some(away) = away.get(human) {
                leave.0.insert(person.id, joined(away.clone()));
            }
        }
        leave
    }
}

impl Leave {
    /// Whether nobody has any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// When somebody has leave, joined.
    #[must_use]
    pub fn of(&self, person: PersonId) -> &[Span] {
        self.0.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The leave of somebody that reaches into a span, cut to it.
    pub fn within(&self, person: PersonId, (from, to): Span) -> impl Iterator<Item = Span> {
        let cut = move |(begin, end): &Span| ((*begin).max(from), (*end).min(to));
        let cut = self.of(person).iter().map(cut);
        cut.filter(|(begin, end)| begin < end)
    }

    /// Whether somebody has leave at a moment.
    #[must_use]
    pub fn is_away(&self, person: PersonId, at: Instant) -> bool {
        let spans = self.of(person).iter();
        spans.clone().any(|(from, to)| *from <= at && at < *to)
    }

    /// Who stands on a post at a moment while no shifts are laid out: of those who are the unit's, hold
    /// none of its shifts and have no leave then, as [`standing`](super::standing).
    #[must_use]
    pub fn standing<'a>(
        &self,
        contacts: &Contacts<'a>,
        post: Post,
        at: Instant,
    ) -> Option<&'a Person> {
        contacts.standing(post, at, |card| self.is_away(card.id, at))
    }

    /// Who stands on a post in each part of a span, and where nobody does.
    #[must_use]
    pub fn standing_within<'a>(
        &self,
        contacts: &Contacts<'a>,
        post: Post,
        span: Span,
    ) -> Vec<(Option<&'a Person>, Span)> {
        let mut parts: Vec<(Option<&Person>, Span)> = Vec::new();
        for (from, to) in self.parts(contacts, span, []) {
            let person = self.standing(contacts, post, from);
            let same = |other: Option<&Person>| other.map(|one| one.id) == person.map(|one| one.id);
            match parts.last_mut() {
                Some((last, known)) if same(*last) => known.1 = to,
                _ => parts.push((person, (from, to))),
            }
        }
        parts
    }

    /// The parts of a span in each of which the same people are a unit's and have leave, cut at other
    /// moments too.
    pub(super) fn parts(
        &self,
        contacts: &Contacts<'_>,
        (from, to): Span,
        also: impl IntoIterator<Item = Instant>,
    ) -> Vec<Span> {
        let inside = |cut: &Instant| from < *cut && *cut < to;
        let mut cuts = vec![from, to];
        cuts.extend(also.into_iter().chain(contacts.cuts()).filter(inside));
        for contact in contacts.iter() {
            let within = self.within(contact.card.id, (from, to));
            cuts.extend(within.flat_map(|(begin, end)| [begin, end]));
        }
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2).map(|cut| (cut[0], cut[1])).collect()
    }
}
