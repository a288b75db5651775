//! A person: a contact point of a unit, with the numbers on which they answer.

pub mod call;
pub mod import;
mod write;

pub use call::sort;

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use crate::clock::{Instant, joined};
use crate::error::{Code, Error, Result};
use crate::id::{PersonId, UnitId};
use crate::text::{Phone, fold, name_key, one_line, read_phones, tidy_some};
use crate::together::Together;
use crate::word::words;

words! {
    /// What a person is to their unit.
    Role, "role" {
        /// The main contact: answers around the clock where no shifts are laid out.
        Main = "main",
        /// Answers when the main contact does not.
        Backup = "backup",
        /// The leader in charge; does not answer the telephone.
        Leader = "leader",
        /// Looks after the systems.
        Technical = "technical",
    }
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their identity.
    pub id: PersonId,
    /// Their unit.
    pub unit: UnitId,
    /// Family, middle, given name, as written.
    pub full_name: String,
    /// Their position.
    pub title: Option<String>,
    /// What they are to their unit, when it is one of ours.
    pub role: Option<Role>,
    /// What the unit wrote instead of a role we know.
    pub role_text: Option<String>,
    /// Mobile numbers, the first to call first.
    pub mobiles: Vec<Phone>,
    /// The number on the desk.
    pub landline: Option<Phone>,
    /// E-mail address.
    pub email: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// The name they are sorted by, where that is not the written one.
    #[serde(default)]
    pub sort_name: Option<String>,
    /// Whose other card this was, once it was off the list.
    #[serde(default)]
    pub same_as: Option<PersonId>,
    /// When they cannot stand a shift: from, up to but without.
    #[serde(default)]
    pub away: Vec<(Instant, Instant)>,
    /// Whether they were taken off the list.
    pub removed: bool,
}

impl Person {
    /// A person of whom only unit and name are known.
    #[must_use]
    pub fn new(id: PersonId, unit: UnitId, full_name: String) -> Self {
        Self {
            id,
            unit,
            full_name,
            title: None,
            role: None,
            role_text: None,
            mobiles: Vec::new(),
            landline: None,
            email: None,
            note: None,
            sort_name: None,
            same_as: None,
            away: Vec::new(),
            removed: false,
        }
    }

    /// The person in the one form in which people are kept: names and titles in one line.
    #[must_use]
    pub fn in_one_form(mut self) -> Self {
        self.full_name = one_line(&self.full_name);
        let line = |text: Option<String>| {
            text.map(|text| one_line(&text))
                .filter(|text| !text.is_empty())
        };
        self.title = line(self.title);
        self.role_text = line(self.role_text);
        self.email = line(self.email);
        self.sort_name = line(self.sort_name);
        self.note = self.note.as_deref().and_then(tidy_some);
        // A number of a desk that stands among the mobiles goes to its own place.
        if self.landline.is_none()
            && let Some(at) = self.mobiles.iter().position(|number| !number.is_mobile())
        {
            self.landline = Some(self.mobiles.remove(at));
        }
        self
    }

    /// Takes over from another card of the same person what this one has not. Whatever a card
    /// holds is named here, so that nothing is lost that somebody adds to it.
    pub fn take_over(&mut self, other: &Self) {
        let Self {
            // Which card it is, at which unit and under which name, stays as it is.
            id: _,
            unit: _,
            full_name: _,
            same_as: _,
            removed: _,
            title,
            role,
            role_text,
            mobiles,
            landline,
            email,
            note,
            sort_name,
            away,
        } = other;
        for number in mobiles.iter().chain(landline) {
            if !self.mobiles.contains(number) && self.landline.as_ref() != Some(number) {
                self.mobiles.push(number.clone());
            }
        }
        let or = |own: Option<String>, more: &Option<String>| own.or_else(|| more.clone());
        self.title = or(self.title.take(), title);
        if self.role.is_none() && self.role_text.is_none() {
            (self.role, self.role_text) = (*role, role_text.clone());
        }
        self.email = or(self.email.take(), email);
        self.sort_name = or(self.sort_name.take(), sort_name);
        self.note = match (self.note.take(), note.clone()) {
            (Some(own), Some(more)) if own != more => Some(format!("{own}\n{more}")),
            (own, more) => own.or(more),
        };
        self.away.extend(away);
        self.away = joined(std::mem::take(&mut self.away));
    }

    /// Says what they are to their unit, or that nothing is known of it; what the unit wrote in its
    /// place goes.
    pub fn set_role(&mut self, role: Option<Role>) {
        self.role = role;
        self.role_text = None;
    }

    /// The name by which they are sorted.
    #[must_use]
    pub fn sorted_by(&self) -> &str {
        self.sort_name.as_deref().unwrap_or(&self.full_name)
    }

    /// The number to call: the first mobile, else the desk.
    #[must_use]
    pub fn number(&self) -> Option<&Phone> {
        self.mobiles.first().or(self.landline.as_ref())
    }
}

/// Whether two written names are one: the same letters and tones wherever the tone mark stands
/// (`Hòa`, `Hoà`), in any case; or one of them written without accents. `Hoa` and `Hòa` written
/// with care are two people.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a == b || name_key(a) == name_key(b) || (a.is_ascii() || b.is_ascii()) && fold(a) == fold(b)
}

/// The numbers in a text, the first to call first.
///
/// # Errors
/// [`Code::PhoneInvalid`].
pub fn numbers(given: &str) -> Result<Vec<Phone>> {
    read_phones(given).map_err(|_| Error::new(Code::PhoneInvalid).with("given", given))
}

/// The number in a text that may hold one at most, as that of a desk.
///
/// # Errors
/// [`Code::PhoneInvalid`], for several too: which one is meant is not guessed.
pub fn one_number(given: &str) -> Result<Option<Phone>> {
    let mut found = numbers(given)?;
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(Error::new(Code::PhoneInvalid).with("given", given)),
    }
}

/// Whether the text can be an e-mail address: one `@`, something before it, a dotted name after.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && !domain.contains('@')
        && !text.contains(char::is_whitespace)
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| !label.is_empty())
}

/// The person that `given` names: by id or folded name.
///
/// # Errors
/// [`Code::PersonUnknown`], [`Code::PersonAmbiguous`].
pub fn find<'a>(people: &'a [Person], given: &str) -> Result<&'a Person> {
    among(&people.iter().collect::<Vec<_>>(), given)
}

/// The person that `given` names where a unit is known: one of its own first, for names repeat in a
/// province.
///
/// # Errors
/// As [`find`]; [`Code::PersonAmbiguous`] too when the unit's own is written otherwise, and somebody
/// elsewhere just so.
pub fn find_at<'a>(people: &'a [Person], unit: UnitId, given: &str) -> Result<&'a Person> {
    let own: Vec<&Person> = people.iter().filter(|one| one.unit == unit).collect();
    let found = match among(&own, given) {
        Err(error) if error.code == Code::PersonUnknown => return find(people, given),
        found => found?,
    };
    let key = name_key(given.trim());
    let is_so = |person: &&Person| name_key(&person.full_name) == key;
    let mut others: Vec<&Person> = people.iter().filter(is_so).collect();
    if is_so(&found) || others.is_empty() || given.trim().parse::<uuid::Uuid>().is_ok() {
        return Ok(found);
    }
    others.insert(0, found);
    Err(ambiguous(given.trim(), &others))
}

fn ambiguous(given: &str, several: &[&Person]) -> Error {
    let found = several
        .iter()
        .map(|person| format!("{} {}", person.id, person.full_name));
    Error::new(Code::PersonAmbiguous)
        .with("given", given)
        .with("found", found.collect::<Vec<_>>().join("; "))
}

fn among<'a>(people: &[&'a Person], given: &str) -> Result<&'a Person> {
    let given = given.trim();
    let unknown = || Error::new(Code::PersonUnknown).with("given", given);
    if let Ok(id) = given.parse::<uuid::Uuid>() {
        let mut people = people.iter().copied();
        return people.find(|person| person.id.0 == id).ok_or_else(unknown);
    }
    let with = |test: &dyn Fn(&str) -> bool| -> Vec<&'a Person> {
        let people = people.iter().copied();
        people.filter(|person| test(&person.full_name)).collect()
    };
    // Who is written just so comes before who is written so without accents.
    let (key, folded) = (name_key(given), fold(given));
    let mut named = with(&|name| name_key(name) == key);
    if named.is_empty() && !folded.is_empty() {
        named = with(&|name| fold(name) == folded);
    }
    match named.as_slice() {
        [] => Err(unknown()),
        [person] => Ok(person),
        several => Err(ambiguous(given, several)),
    }
}

/// What every unit is called, and under which unit it is found today.
pub type UnitNames = HashMap<UnitId, (UnitId, String)>;

/// The cards there are, person by person: together stand those that were found to be of the same
/// person, and those off the list with the same name in the same unit. Who is on the list comes
/// first, then the newest.
#[must_use]
pub fn by_person<'a>(all: &'a [Person], units: &UnitNames) -> Vec<Vec<&'a Person>> {
    let mut places: HashMap<PersonId, usize> = HashMap::with_capacity(all.len());
    let mut alike: HashMap<(UnitId, String), Vec<usize>> = HashMap::new();
    for (at, card) in all.iter().enumerate() {
        places.insert(card.id, at);
        // A unit that is no more has the one that took its place.
        let unit = units.get(&card.unit).map_or(card.unit, |(today, _)| *today);
        let key = (unit, fold(&card.full_name));
        alike.entry(key).or_default().push(at);
    }
    let mut together = Together::alone(all.len());
    let mut join = |a: usize, b: usize| together.join(a as u32, b as u32);
    for (at, card) in all.iter().enumerate() {
        if let Some(other) = card.same_as.and_then(|other| places.get(&other)) {
            join(at, *other);
        }
    }
    for alike in alike.values() {
        for (n, &a) in alike.iter().enumerate() {
            for &b in &alike[n + 1..] {
                let (one, other) = (&all[a], &all[b]);
                // A name without accents may be that of either of two people.
                let same = name_key(&one.full_name) == name_key(&other.full_name);
                if same && (one.removed || other.removed) {
                    join(a, b);
                }
            }
        }
    }
    let mut people: Vec<Vec<&Person>> = vec![Vec::new(); all.len()];
    for (first, card) in together.firsts().into_iter().zip(all) {
        people[first as usize].push(card);
    }
    people.retain(|cards| !cards.is_empty());
    for cards in &mut people {
        cards.sort_by_key(|card| (card.removed, std::cmp::Reverse(card.id)));
    }
    people
}

/// The cards of one person among all there are, the one asked for first.
#[must_use]
pub fn cards_of<'a>(all: &'a [Person], units: &UnitNames, id: PersonId) -> Vec<&'a Person> {
    let theirs = by_person(all, units)
        .into_iter()
        .find(|cards| cards.iter().any(|card| card.id == id));
    let mut cards = theirs.unwrap_or_default();
    cards.sort_by_key(|card| card.id != id);
    cards
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_when_nobody_meant_two() {
        let check = |a: &str, b: &str, expect: bool| assert_eq!(same_name(a, b), expect, "{a} {b}");
        check("Lê Thị Hòa", "Lê Thị Hoà", true);
        check("Lê Thị Hòa", "LÊ THỊ HÒA", true);
        check("Lê Thị Hòa", "le thi hoa", true);
        check("Lê Thị Hòa", "Lê Thị Hoa", false);
        check("Lê Thị Hòa", "Lê Văn Hòa", false);
    }

    #[test]
    fn cards_of_one_person_stand_together() {
        let id = |n: u128| PersonId(uuid::Uuid::from_u128(n));
        let card = |n: u128, unit: u128, name: &str, removed: bool, same_as: Option<u128>| Person {
            removed,
            same_as: same_as.map(id),
            ..Person::new(id(n), UnitId(uuid::Uuid::from_u128(unit)), name.to_owned())
        };
        let all = [
            card(1, 1, "Lê Văn An", false, None),
            card(2, 1, "L. V. An", true, Some(1)),
            card(3, 1, "LÊ VĂN AN", true, None),
            card(7, 1, "le van an", true, None),
            card(4, 2, "Lê Văn An", false, None),
            card(5, 1, "Lê Văn Ân", true, None),
            card(6, 2, "Lê Văn An", false, None),
        ];
        let units = HashMap::new();
        let people: Vec<Vec<u128>> = by_person(&all, &units)
            .iter()
            .map(|cards| cards.iter().map(|card| card.id.0.as_u128()).collect())
            .collect();
        assert_eq!(people, [vec![1, 3, 2], vec![7], vec![4], vec![5], vec![6]]);
        let cards = cards_of(&all, &units, id(2));
        assert_eq!(cards[0].id, id(2));
        assert_eq!(cards.len(), 3);
        assert!(cards_of(&all, &units, id(9)).is_empty());
    }

    #[test]
    fn a_desk_has_one_number() {
        let read = |given: &str| {
            let found = one_number(given).map_err(|error| error.code);
            found.map(|number| number.map(|number| number.digits().to_owned()))
        };
        assert_eq!(read(" "), Ok(None));
        assert_eq!(read("0262 3859 699"), Ok(Some("02623859699".to_owned())));
        assert_eq!(
            read("0262 3859 699; 0262 3859 700"),
            Err(Code::PhoneInvalid)
        );
        assert_eq!(read("0262"), Err(Code::PhoneInvalid));
    }

    #[test]
    fn addresses_are_told_from_other_text() {
        let check = |given: &str, expect: bool| assert_eq!(is_email(given), expect, "{given}");
        check("trangpt@daklak.example", true);
        check("không có", false);
        check("a@b", false);
        check("a b@c.d", false);
        check("a@@b.c", false);
    }
}
