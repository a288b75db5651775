//! Where a person's name or numbers stand besides their cards.

use std::collections::HashMap;

use serde_json::Value;

use crate::directory::person::Person;
use crate::error::Result;
use crate::incident::Facts;
use crate::privacy::held::{Mention, Place};
use crate::store::{FieldChange, Reader};
use crate::text::fold;

/// What tells that a text speaks of somebody.
pub(super) struct MentionSearch {
    names: Vec<String>,
    numbers: Vec<String>,
    emails: Vec<String>,
}

impl MentionSearch {
    /// All names, numbers and addresses that were ever written of them.
    fn of(said: &[FieldChange]) -> Self {
        let texts = |field: &str| -> Vec<&str> {
            let values = said.iter().filter(|change| change.field == field);
            values
                .flat_map(|change| match &change.value {
                    Value::String(text) => vec![text.as_str()],
                    Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
                    _ => Vec::new(),
                })
                .collect()
        };
        let one_each = |mut texts: Vec<String>| {
            texts.sort_unstable();
            texts.dedup();
            texts
        };
        let names = texts("full_name").into_iter();
        let numbers = texts("mobiles").into_iter().chain(texts("landline"));
        // Written with 0 or +84 in front: what follows is the same.
        let numbers = numbers.map(|digits| digits.trim_start_matches('0').to_owned());
        let emails = texts("email").into_iter();
        Self {
            names: one_each(names.map(|name| format!(" {} ", fold(name))).collect()),
            numbers: one_each(numbers.filter(|digits| digits.len() >= 7).collect()),
            emails: one_each(emails.map(str::to_lowercase).collect()),
        }
    }

    fn are_in(&self, text: &str) -> bool {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if self.numbers.iter().any(|number| digits.contains(number)) {
            return true;
        }
        if text.contains('@') {
            let text = text.to_lowercase();
            if self.emails.iter().any(|email| text.contains(email)) {
                return true;
            }
        }
        let text = format!(" {} ", fold(text));
        self.names.iter().any(|name| text.contains(name))
    }

    fn are_in_any<'a>(&self, texts: impl IntoIterator<Item = Option<&'a str>>) -> bool {
        texts.into_iter().flatten().any(|text| self.are_in(text))
    }
}

pub(super) fn mentions(
    book: Reader<'_>,
    all: &[Person],
    cards: &[Person],
    said: &[FieldChange],
) -> Result<Vec<Mention>> {
    let mentions_in = MentionSearch::of(said);
    let mut mentions = Vec::new();
    let mut numbers = HashMap::new();
    let mut mention = |place: Place, name: String| mentions.push(Mention { place, name });
    for line in book.lines_that(|text| mentions_in.are_in(text))? {
        mention(Place::Line, line.to_string());
    }
    for incident in book.incidents()? {
        let facts = Facts::NAMES.iter().map(|name| incident.facts.get(name));
        let words = [Some(incident.title.as_str()), incident.note.as_deref()];
        if mentions_in.are_in_any(words.into_iter().chain(facts)) {
            mention(Place::Incident, incident.number.clone());
        }
        numbers.insert(incident.id, incident.number);
    }
    for notice in book.notices()? {
        let words = [&notice.told, &notice.whom, &notice.document, &notice.reason];
        if mentions_in.are_in_any(words.map(Option::as_deref)) {
            let number = numbers.get(&notice.incident).cloned();
            mention(Place::Notice, number.unwrap_or_default());
        }
    }
    for handover in book.handovers()? {
        let words = [Some(&handover.whom), Some(&handover.text)].into_iter();
        let words = words.chain([handover.note.as_ref(), handover.remarks.as_ref()]);
        if mentions_in.are_in_any(words.map(|words| words.map(String::as_str))) {
            mention(Place::Handover, handover.to.to_string());
        }
    }
    for (key, value) in book.settings()? {
        if mentions_in.are_in(&value) {
            mention(Place::Setting, key);
        }
    }
    for (from, reason) in book.reasons_of_shifts()? {
        if mentions_in.are_in(&reason) {
            mention(Place::Roster, from.to_string());
        }
    }
    for period in book.periods()? {
        if mentions_in.are_in_any([period.letter.as_deref()]) {
            mention(Place::Roster, period.name);
        }
    }
    for accepted in book.acceptances()? {
        if mentions_in.are_in(&accepted.reason) {
            mention(Place::Roster, accepted.from.to_string());
        }
    }
    for unit in book.units()? {
        let texts = [&unit.phone, &unit.email, &unit.note, &unit.address];
        let texts = texts.map(Option::as_deref).into_iter();
        let aliases = unit.aliases.iter().map(|alias| Some(alias.as_str()));
        if mentions_in.are_in_any(texts.chain(aliases)) {
            mention(Place::Unit, unit.name);
        }
    }
    for other in all {
        let numbers = other.mobiles.iter().chain(&other.landline);
        let mut texts = vec![Some(other.full_name.as_str()), other.note.as_deref()];
        texts.extend(numbers.map(|number| Some(number.digits())));
        let is_other = !cards.iter().any(|card| card.id == other.id);
        // A number that was once written with them, as after a merge that was undone.
        let beside = cards.iter().any(|card| card.unit == other.unit);
        let once = || -> Result<bool> {
            let said = if beside {
                book.history(other.id.0)?
            } else {
                Vec::new()
            };
            Ok(said
                .iter()
                .any(|change| mentions_in.are_in(&change.value.to_string())))
        };
        if is_other && (mentions_in.are_in_any(texts) || once()?) {
            mention(Place::Person, other.full_name.clone());
        }
    }
    for drill in book.drills()? {
        let is_other = !cards.iter().any(|card| card.id == drill.person);
        if is_other && mentions_in.are_in_any([drill.note.as_deref()]) {
            let called = all.iter().find(|other| other.id == drill.person);
            let called = called.map_or(String::new(), |other| other.full_name.clone());
            mention(Place::Person, called);
        }
    }
    let units = book.unit_names()?;
    for period in book.periods()? {
        let name = |id| {
            units
                .get(&id)
                .map_or(period.name.clone(), |(_, name)| name.clone())
        };
        for reminder in book.reminders(period.id)? {
            if mentions_in.are_in_any([reminder.note.as_deref()]) {
                mention(Place::Reminder, name(reminder.unit));
            }
        }
        for submission in book.submissions(period.id)? {
            if mentions_in.are_in_any([submission.document.as_deref()]) {
                mention(Place::Submission, name(submission.unit));
            }
        }
    }
    for past in book.disclosures()? {
        if let Some(file) = past.disclosure.file.filter(|file| mentions_in.are_in(file)) {
            mention(Place::File, file);
        }
    }
    for operator in book.operators()? {
        let is_theirs = operator
            .person
            .is_some_and(|id| cards.iter().any(|card| card.id == id));
        if is_theirs || mentions_in.are_in(&operator.name) {
            let lines = book.lines_by(operator.id)?;
            mention(Place::Operator, format!("{} ({lines})", operator.name));
        }
    }
    Ok(mentions)
}
