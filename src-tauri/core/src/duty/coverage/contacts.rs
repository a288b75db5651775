//! Who stood for a unit when: the cards of its people as they were at each time, so that what is over
//! is told as it was.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;

use crate::clock::{HOUR, Instant};
use crate::directory::person::{Person, Role};
use crate::duty::coverage::gaps::Span;
use crate::duty::coverage::{LaidOut, Roster, standing};
use crate::duty::period::Post;
use crate::id::{PersonId, UnitId};

/// What is put right so soon was never so; a list that is entered within it is one.
pub(crate) const SOON: i64 = HOUR;

/// All the time there is.
pub(super) const EVER: Span = (
    Instant::from_millis(i64::MIN),
    Instant::from_millis(i64::MAX),
);

/// A card as it was once: of another unit, with another role, or on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The card.
    pub card: Person,
    /// From when to when it was so; from the first moment there is, where nothing was before.
    pub span: (Instant, Instant),
}

/// Somebody who stands for their unit, and from when to when.
#[derive(Debug, Clone, Copy)]
pub struct Contact<'a> {
    /// Their card as it was then.
    pub card: &'a Person,
    span: Span,
}

impl Contact<'_> {
    /// Whether they are one of the unit's at a moment.
    #[must_use]
    pub fn is_one(&self, at: Instant) -> bool {
        self.span.0 <= at && at < self.span.1
    }

    /// Whether they are one still.
    #[must_use]
    pub fn is_one_still(&self) -> bool {
        self.span.1 == EVER.1
    }

    /// When that begins and ends.
    pub(super) const fn cuts(&self) -> [Instant; 2] {
        [self.span.0, self.span.1]
    }
}

/// The people of a unit, as they were at each time, in the order in which they were added; and which
/// of its shifts keep them from standing.
#[derive(Debug, Clone, Default)]
pub struct Contacts<'a> {
    people: Vec<Contact<'a>>,
    /// Who holds a shift of the unit, and when.
    on_shift: Vec<(PersonId, Span)>,
    /// When shifts alone decide who is the main contact.
    main: Vec<Span>,
}

impl<'a> Deref for Contacts<'a> {
    type Target = [Contact<'a>];

    fn deref(&self) -> &Self::Target {
        &self.people
    }
}

impl<'a> Contacts<'a> {
    /// The contacts of a unit for whom its shifts say nothing.
    #[must_use]
    pub const fn of(people: Vec<Contact<'a>>) -> Self {
        Self {
            people,
            on_shift: Vec::new(),
            main: Vec::new(),
        }
    }

    /// Who would stand on a post at a moment if nobody had leave.
    #[must_use]
    pub fn named(&self, post: Post, at: Instant) -> Option<&'a Person> {
        self.standing(post, at, |_| false)
    }

    /// Who stands on a post at a moment, of those who are not away then and hold no shift of the
    /// unit: who is on one post stands on no other. Nobody moves up where shifts say who is main.
    pub(super) fn standing(
        &self,
        post: Post,
        at: Instant,
        is_away: impl Fn(&Person) -> bool,
    ) -> Option<&'a Person> {
        let meets = |(from, to): &Span| *from <= at && at < *to;
        let holds = |id: PersonId| {
            let mut shifts = self.on_shift.iter();
            shifts.any(|(who, span)| *who == id && meets(span))
        };
        let then = self.people.iter().filter(|one| one.is_one(at));
        let mut there = then
            .map(|one| one.card)
            .filter(|card| !is_away(card) && !holds(card.id));
        match post {
            Post::Backup if self.main.iter().any(meets) => {
                there.find(|card| card.role == Some(Role::Backup))
            }
            _ => standing(&there.collect::<Vec<_>>(), post),
        }
    }

    /// When the people of the unit, or what its shifts say of them, change.
    pub(super) fn cuts(&self) -> impl Iterator<Item = Instant> {
        let of_people = self.people.iter().flat_map(Contact::cuts);
        let held = self.on_shift.iter().map(|(_, span)| span);
        let shifts = held.chain(&self.main).flat_map(|(from, to)| [*from, *to]);
        of_people.chain(shifts)
    }
}

impl<'a> LaidOut<'a> {
    /// The people of each unit, as they were at each time. Whom a unit named first stood for it
    /// before that too; who came later stands since then.
    #[must_use]
    pub fn contacts(&self) -> HashMap<UnitId, Contacts<'a>> {
        let all = self.roster().contacts().into_iter();
        let with_shifts = |(unit, people): (UnitId, Vec<Contact<'a>>)| {
            let mut contacts = Contacts::of(people);
            if let Some(row) = self.row(unit) {
                contacts.main = self.decided(row, Post::Main);
                let shifts = Post::ALL.iter().flat_map(|post| self.shifts(row, *post));
                let held = shifts.filter_map(|shift| Some((shift.person, self.held(shift)?)));
                contacts.on_shift = held.collect();
            }
            (unit, contacts)
        };
        all.map(with_shifts).collect()
    }
}

impl Roster {
    /// Of which unit people were when, of those who were of several: one after the other, for ever.
    #[must_use]
    pub fn units_of_people(&self) -> HashMap<PersonId, Vec<(UnitId, Span)>> {
        let mut stays: Vec<&Stay> = self.stays.iter().collect();
        stays.sort_by_key(|stay| stay.span);
        let mut units: HashMap<PersonId, Vec<(UnitId, Span)>> = HashMap::new();
        for Stay { card, span } in stays {
            let known = units.entry(card.id).or_default();
            match known.last_mut() {
                None => known.push((card.unit, EVER)),
                Some((unit, _)) if *unit == card.unit => {}
                Some((_, before)) => {
                    before.1 = span.0;
                    known.push((card.unit, (span.0, EVER.1)));
                }
            }
        }
        units.retain(|_, units| units.len() > 1);
        units
    }

    fn contacts(&self) -> HashMap<UnitId, Vec<Contact<'_>>> {
        let changed: HashSet<PersonId> = self.stays.iter().map(|stay| stay.card.id).collect();
        let of_stays = self.stays.iter().map(|stay| (&stay.card, stay.span));
        let same = self
            .people
            .iter()
            .filter(|card| !changed.contains(&card.id));
        let all = || {
            of_stays
                .clone()
                .chain(same.clone().map(|card| (card, EVER)))
        };
        let mut first: HashMap<UnitId, Instant> = HashMap::new();
        for (card, span) in all() {
            let came = card.id.made_at().max(span.0);
            let first = first.entry(card.unit).or_insert(came);
            *first = came.min(*first);
        }
        let mut contacts: HashMap<UnitId, Vec<Contact<'_>>> = HashMap::new();
        for (card, mut span) in all() {
            let (added, first) = (card.id.made_at(), first[&card.unit]);
            if span.0 == EVER.0 && added.millis().saturating_sub(first.millis()) >= SOON {
                span.0 = added.whole_minute();
            }
            contacts
                .entry(card.unit)
                .or_default()
                .push(Contact { card, span });
        }
        if !self.stays.is_empty() {
            for people in contacts.values_mut() {
                no_soon_holes(people);
                people.sort_by_key(|one| (one.card.id, one.span));
            }
        }
        contacts
    }
}

/// Who comes soon after the last of a unit left stands since then.
fn no_soon_holes(people: &mut [Contact<'_>]) {
    people.sort_by_key(|one| one.span);
    let mut until = EVER.0;
    for one in people {
        let waited = one.span.0.millis().saturating_sub(until.millis());
        if until != EVER.0 && 0 < waited && waited < SOON {
            one.span.0 = until;
        }
        until = one.span.1.max(until);
    }
}

impl Stay {
    /// When a card was what, of which it is told since when it was so; what was soon put right, and
    /// when the card was off the list, is left out.
    pub(crate) fn of(versions: Vec<(Instant, Person)>) -> Vec<Self> {
        let mut stays: Vec<Self> = Vec::new();
        let mut from = EVER.0;
        let mut versions = versions.into_iter().peekable();
        while let Some((at, card)) = versions.next() {
            let to = versions.peek().map_or(EVER.1, |(next, _)| *next);
            // The next was so from here on.
            if to.millis().saturating_sub(at.millis()) < SOON {
                continue;
            }
            if !card.removed {
                stays.push(Self {
                    card,
                    span: (from, to),
                });
            }
            from = to;
        }
        stays
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::MINUTE;
    use uuid::Uuid;

    #[test]
    fn what_was_soon_put_right_was_never_so() {
        let at = |minute: i64| Instant::from_millis(minute * MINUTE);
        let card = |name: &str, removed: bool| Person {
            removed,
            ..Person::new(PersonId(Uuid::nil()), UnitId(Uuid::nil()), name.to_owned())
        };
        let check = |versions: &[(i64, &str)], expect: &[(&str, Instant, Instant)]| {
            let versions = versions.iter();
            let versions =
                versions.map(|(minute, name)| (at(*minute), card(name, name.is_empty())));
            let stays = Stay::of(versions.collect());
            let told = stays
                .iter()
                .map(|stay| (&*stay.card.full_name, stay.span.0, stay.span.1));
            assert_eq!(told.collect::<Vec<_>>(), expect);
        };
        check(&[(0, "a")], &[("a", EVER.0, EVER.1)]);
        check(&[(0, "a"), (59, "b")], &[("b", EVER.0, EVER.1)]);
        check(
            &[(0, "a"), (60, "b")],
            &[("a", EVER.0, at(60)), ("b", at(60), EVER.1)],
        );
        check(&[(0, "a"), (60, "")], &[("a", EVER.0, at(60))]);
        check(&[(0, "a"), (20, "")], &[]);
        // Taken off by mistake and put back.
        check(
            &[(0, "a"), (90, ""), (100, "a")],
            &[("a", EVER.0, at(90)), ("a", at(90), EVER.1)],
        );
        check(
            &[(0, "a"), (90, ""), (200, "a")],
            &[("a", EVER.0, at(90)), ("a", at(200), EVER.1)],
        );
    }
}
