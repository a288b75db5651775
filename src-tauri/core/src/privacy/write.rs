//! What the book knows of a person is dropped.

use std::collections::BTreeMap;
use std::path::PathBuf;
use uuid::Uuid;

use crate::book::{Logbook, Writing, needed};
use crate::clock::Instant;
use crate::directory::person::by_person;
use crate::error::{Code, Error, Result};
use crate::id::PersonId;
use crate::journal::{Change, Kind, NounRef, RecordRef, Redact};
use crate::store::site_and_seq;

/// What a redaction dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redacted {
    /// Of how many people.
    pub people: usize,
    /// How many records say no more what they said of them.
    pub records: usize,
}

/// What came of erasing people.
#[derive(Debug)]
pub struct Erased {
    /// What was dropped.
    pub redacted: Redacted,
    /// Other books in the folder of the copies, which somebody put there and which may still tell.
    pub others: Vec<PathBuf>,
    /// Why the file and its copies could not forget yet; it is tried again later.
    pub unclean: Option<Error>,
}

impl Logbook {
    /// Drops all that the book says of some people, as one change, and makes the file and the
    /// copies that the program keeps forget it.
    ///
    /// # Errors
    /// Those of [`Writing::redact`] and of [`Logbook::transact`]: then nothing is dropped.
    pub fn erase(
        &mut self,
        operator: &str,
        now: Instant,
        people: &[PersonId],
        reason: &str,
    ) -> Result<Erased> {
        let redacted = self.transact(operator, now, |write| write.redact(people, reason))?;
        let (others, unclean) = match self.purge(now) {
            Ok(others) => (Ok(others), None),
            // What the program does not clean is told all the same.
            Err(why) => (self.other_books(), Some(why)),
        };
        let (others, unclean) = match others {
            Ok(others) => (others, unclean),
            Err(why) => (Vec::new(), unclean.or(Some(why))),
        };
        Ok(Erased {
            redacted,
            others,
            unclean,
        })
    }
}

impl Writing<'_> {
    /// Drops all that the book says of some people: every card of theirs, the calls to them, and
    /// what records say of both. Lines of the log stay, and past shifts without a name. This is
    /// not undone; [`Logbook::erase`] makes the file forget too.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], [`Code::Empty`].
    pub fn redact(&mut self, people: &[PersonId], reason: &str) -> Result<Redacted> {
        let reason = needed("reason", reason)?;
        let all = self.all_cards()?;
        let mut wanted: Vec<(PersonId, Vec<PersonId>)> = Vec::new();
        let units = self.unit_names()?;
        let known = by_person(&all, &units);
        for &person in people {
            let cards = known
                .iter()
                .find(|cards| cards.iter().any(|card| card.id == person));
            let unknown = || Error::new(Code::PersonUnknown).with("given", person);
            let cards: Vec<_> = cards
                .ok_or_else(unknown)?
                .iter()
                .map(|card| card.id)
                .collect();
            // Two of those named may be cards of one person.
            if wanted.iter().all(|(_, known)| *known != cards) {
                wanted.push((person, cards));
            }
        }
        let mut redacted = Redacted {
            people: wanted.len(),
            records: 0,
        };
        for (person, cards) in wanted {
            redacted.records += self.redact_one(person, &cards, &reason)?;
        }
        self.redact_strays(&reason)?;
        Ok(redacted)
    }

    /// Drops what came in from elsewhere of people who were no more.
    fn redact_strays(&mut self, reason: &str) -> Result<()> {
        let mut by_noun: BTreeMap<Uuid, (Kind, Vec<i64>)> = BTreeMap::new();
        for drill in self.stray_drills()? {
            by_noun.insert(drill, (Kind::Drill, self.record_keys_of(drill)?));
        }
        for (key, noun) in self.stray_records()? {
            let entry = by_noun.entry(noun).or_insert((Kind::Person, Vec::new()));
            entry.1.push(key);
        }
        for (id, (kind, keys)) in by_noun {
            self.append(Change::Redact(Redact {
                person: PersonId(id),
                reason: reason.to_owned(),
                nouns: vec![NounRef { kind, id }],
                records: self.refs(&keys),
            }))?;
        }
        Ok(())
    }

    fn refs(&self, keys: &[i64]) -> Vec<RecordRef> {
        let one = |key: &i64| {
            let (site, seq) = site_and_seq(*key);
            let site = self.sites.id(site).to_string();
            RecordRef { site, seq }
        };
        keys.iter().map(one).collect()
    }

    /// Drops one person, and gives how many records that are.
    fn redact_one(&mut self, person: PersonId, cards: &[PersonId], reason: &str) -> Result<usize> {
        for mut operator in self.operators()? {
            if operator.person.is_some_and(|id| cards.contains(&id)) {
                operator.person = None;
                self.put(&operator)?;
            }
        }
        let people = cards.iter().map(|card| NounRef {
            kind: Kind::Person,
            id: card.0,
        });
        let drills = self.drills_of(cards)?.into_iter().map(|drill| NounRef {
            kind: Kind::Drill,
            id: drill.0,
        });
        let nouns: Vec<NounRef> = people.chain(drills).collect();
        let mut records = Vec::new();
        for noun in &nouns {
            records.append(&mut self.refs(&self.record_keys_of(noun.id)?));
        }
        let count = records.len();
        self.append(Change::Redact(Redact {
            person,
            reason: reason.to_owned(),
            nouns,
            records,
        }))?;
        Ok(count)
    }
}
