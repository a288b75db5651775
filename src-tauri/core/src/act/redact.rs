//! What the book knows of a person is dropped.

use std::collections::HashSet;

use super::{Writing, needed};
use crate::error::{Code, Error, Result};
use crate::id::PersonId;
use crate::journal::{Change, Kind, NounRef, RecordRef, Redact};
use crate::person::cards_of;
use crate::store::site_and_seq;

impl Writing<'_> {
    /// Drops all that the book says of some people: every card of theirs, the calls to them, and
    /// what records say of both. Lines of the log stay, and past shifts without a name. This is
    /// not undone; [`crate::Logbook::purge`] makes the file forget.
    ///
    /// # Errors
    /// [`Code::PersonUnknown`], [`Code::Empty`].
    pub fn redact(&mut self, people: &[PersonId], reason: &str) -> Result<()> {
        let reason = needed("reason", reason)?;
        let all = self.all_cards()?;
        let mut dropped = HashSet::new();
        for &person in people {
            let cards: Vec<PersonId> = cards_of(&all, person).iter().map(|card| card.id).collect();
            if cards.is_empty() {
                return Err(Error::new(Code::PersonUnknown).with("given", person));
            }
            // Two of those named may be cards of one person.
            if !dropped.contains(&person) {
                self.redact_one(person, &cards, &reason)?;
                dropped.extend(cards);
            }
        }
        Ok(())
    }

    fn redact_one(&mut self, person: PersonId, cards: &[PersonId], reason: &str) -> Result<()> {
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
            for key in self.record_keys_of(noun.id)? {
                let (site, seq) = site_and_seq(key);
                let site = self.sites.id(site).to_string();
                records.push(RecordRef { site, seq });
            }
        }
        self.append(Change::Redact(Redact {
            person,
            reason: reason.to_owned(),
            nouns,
            records,
        }))?;
        Ok(())
    }
}
