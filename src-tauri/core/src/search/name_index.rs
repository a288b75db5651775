//! Nouns of one kind by what they are found by, folded and in one piece.

use memchr::memmem;
use std::collections::HashMap;
use uuid::Uuid;

use super::query::{BEGUN, BEGUN_BESIDE, BESIDE, DIALLED, INITIALS, NAMED, WITHIN, Word};
use crate::text::fold;

/// The place of a card on its names; an id keeps it for good.
pub(super) type Place = u32;

/// Dropped texts of this many bytes are worth tidying up, once they are half of all.
const WASTE: usize = 1 << 16;

/// The texts of a noun.
pub(super) struct Texts<'a> {
    pub(super) title: &'a str,
    /// What it is found by besides.
    pub(super) beside: &'a str,
    /// Whether the initials of its title find it.
    pub(super) has_initials: bool,
    /// Telephone numbers, digits alone.
    pub(super) numbers: &'a [&'a str],
    /// What is shown beside the title.
    pub(super) aside: &'a str,
}

/// The texts of a card in the order in which they stand in its line. Each word of the first four
/// follows a blank, each text ends with a line end.
#[derive(Clone, Copy)]
pub(super) enum Text {
    Title,
    Beside,
    Initials,
    Numbers,
    Shown,
    Aside,
}

const TEXTS: usize = 6;

/// Where the texts of a noun are; they are all empty when it is not on the list.
#[derive(Default)]
pub(super) struct Card {
    pub(super) id: Uuid,
    /// The slot of its unit.
    pub(super) unit: Option<Place>,
    /// Where each text begins, and where the last one ends.
    starts: [u32; TEXTS + 1],
}

impl Card {
    pub(super) fn is_listed(&self) -> bool {
        self.starts[TEXTS] > 0
    }
}

/// The nouns of one kind.
#[derive(Default)]
pub(super) struct NameIndex {
    cards: Vec<Card>,
    slots: HashMap<Uuid, Place>,
    text: String,
    /// Where each line begins and whose it is; a dropped one is nobody's.
    lines: Vec<(u32, Option<Place>)>,
    /// How many bytes of the text are nobody's.
    waste: usize,
}

impl NameIndex {
    pub(super) fn cards(&self) -> impl Iterator<Item = (Place, &Card)> {
        (0..).zip(&self.cards)
    }

    pub(super) fn card(&self, slot: Place) -> &Card {
        &self.cards[slot as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.cards.len()
    }

    pub(super) fn text(&self, card: &Card, text: Text) -> &str {
        match card.is_listed() {
            true => {
                let at = text as usize;
                &self.text[card.starts[at] as usize..card.starts[at + 1] as usize - 1]
            }
            false => "",
        }
    }

    /// The slot of an id, given to it now when it is new.
    pub(super) fn slot(&mut self, id: Uuid) -> Place {
        *self.slots.entry(id).or_insert_with(|| {
            let card = Card {
                id,
                ..Card::default()
            };
            self.cards.push(card);
            self.cards.len() as Place - 1
        })
    }

    /// Puts a noun on the names, in place of what stood there for it.
    pub(super) fn put(&mut self, id: Uuid, unit: Option<Place>, texts: &Texts<'_>) -> Place {
        let slot = self.remove(id);
        self.lines.push((self.text.len() as u32, Some(slot)));
        let card = &mut self.cards[slot as usize];
        card.unit = unit;
        let title = spaced(&fold(texts.title));
        let initials: String = match texts.has_initials {
            true => title.split(' ').filter_map(|w| w.chars().next()).collect(),
            false => String::new(),
        };
        let line = [
            &title,
            &spaced(&fold(texts.beside)),
            &spaced(&initials),
            &texts.numbers.iter().map(|n| spaced(n)).collect(),
            texts.title,
            texts.aside,
        ];
        for (start, text) in card.starts.iter_mut().zip(line) {
            *start = self.text.len() as u32;
            self.text.push_str(text);
            self.text.push('\n');
        }
        card.starts[TEXTS] = self.text.len() as u32;
        slot
    }

    /// Takes a noun off the names; its slot is kept for it.
    pub(super) fn remove(&mut self, id: Uuid) -> Place {
        let slot = self.slot(id);
        let starts = std::mem::take(&mut self.cards[slot as usize].starts);
        if starts[TEXTS] > 0 {
            let line = self.lines.binary_search_by_key(&starts[0], |line| line.0);
            if let Ok(at) = line {
                self.lines[at].1 = None;
            }
            self.waste += (starts[TEXTS] - starts[0]) as usize;
            if self.waste > WASTE.max(self.text.len() / 2) {
                self.tidy();
            }
        }
        slot
    }

    /// Drops what is nobody's.
    fn tidy(&mut self) {
        let mut text = String::with_capacity(self.text.len() - self.waste);
        self.lines.retain_mut(|(start, owner)| {
            let Some(slot) = *owner else { return false };
            let card = &mut self.cards[slot as usize];
            let end = card.starts[TEXTS];
            let moved = *start - text.len() as u32;
            text.push_str(&self.text[*start as usize..end as usize]);
            card.starts = card.starts.map(|at| at - moved);
            *start -= moved;
            true
        });
        self.text = text;
        self.waste = 0;
    }

    /// How well each card has a word, by slot.
    pub(super) fn strengths(&self, word: &Word) -> Vec<u8> {
        let mut strengths = vec![0; self.cards.len()];
        self.each(&word.needle, |slot, at| {
            let strength = self.strength_at(self.card(slot), word, at);
            let known = &mut strengths[slot as usize];
            *known = strength.max(*known);
        });
        strengths
    }

    /// How well a number of each card has these digits, by slot.
    pub(super) fn dialled(&self, digits: &memmem::Finder<'_>) -> Vec<u8> {
        let mut strengths = vec![0; self.cards.len()];
        self.each(digits, |slot, at| {
            let numbers = self.range(self.card(slot), Text::Numbers);
            if numbers.contains(&at) {
                let begins = self.text.as_bytes()[at - 1] == b' ';
                let known = &mut strengths[slot as usize];
                *known = (*known).max(if begins { DIALLED } else { WITHIN });
            }
        });
        strengths
    }

    /// How well one card has a word.
    pub(super) fn strength(&self, card: &Card, word: &Word) -> u8 {
        let (start, end) = (
            card.starts[0] as usize,
            card.starts[Text::Shown as usize] as usize,
        );
        let line = &self.text.as_bytes()[start..end];
        let places = word.needle.find_iter(line);
        let strengths = places.map(|at| self.strength_at(card, word, start + at));
        strengths.max().unwrap_or(0)
    }

    fn range(&self, card: &Card, text: Text) -> std::ops::Range<usize> {
        card.starts[text as usize] as usize..card.starts[text as usize + 1] as usize
    }

    /// What the needle of a word found at a place is worth.
    fn strength_at(&self, card: &Card, word: &Word, at: usize) -> u8 {
        let text = self.text.as_bytes();
        let place = at as u32;
        if place >= card.starts[Text::Shown as usize] {
            return 0;
        }
        if place >= card.starts[Text::Numbers as usize] {
            return if word.is_number { BESIDE } else { 0 };
        }
        if word.is_number && text[at - 1] != b' ' {
            return 0;
        }
        let end = at + word.needle.needle().len();
        let whole = matches!(text[end], b' ' | b'\n');
        match (place < card.starts[Text::Beside as usize], whole) {
            _ if place >= card.starts[Text::Initials as usize] => INITIALS,
            (true, true) => NAMED,
            (true, false) => BEGUN,
            (false, true) => BESIDE,
            (false, false) => BEGUN_BESIDE,
        }
    }

    /// Every place of a needle, with whose line it is in.
    fn each(&self, needle: &memmem::Finder<'_>, mut found: impl FnMut(Place, usize)) {
        let mut line = 0;
        for at in needle.find_iter(self.text.as_bytes()) {
            while self
                .lines
                .get(line + 1)
                .is_some_and(|next| next.0 as usize <= at)
            {
                line += 1;
            }
            if let Some(slot) = self.lines[line].1 {
                found(slot, at);
            }
        }
    }
}

/// The words with a blank before each.
fn spaced(folded: &str) -> String {
    match folded.is_empty() {
        true => String::new(),
        false => format!(" {folded}"),
    }
}
