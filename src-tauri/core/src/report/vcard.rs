//! Contacts for telephones: vCard 4.0 (RFC 6350), and the short form that a camera reads.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

use super::content_line::{escaped, fold_line};
use super::practice_mark;
use crate::directory::person::{self, Person};
use crate::directory::unit::Unit;
use crate::error::{Error, Result};
use crate::id::{PersonId, UnitId};
use crate::messages::vietnamese;
use crate::store::Reader;
use crate::text::Phone;

/// Whose contacts go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Those of one unit.
    Unit(UnitId),
    /// One person's.
    Person(PersonId),
}

/// Writes contacts, unit by unit, who is called first first.
///
/// # Errors
/// Those of the store, and [`Code::File`] without the file's name, which only the caller knows.
pub fn vcards(book: Reader<'_>, whose: Whose, mut to: impl Write) -> Result<()> {
    let is_practice = book.is_practice()?;
    let mut by_unit: HashMap<UnitId, Vec<Person>> = HashMap::new();
    for person in book.people()? {
        let wanted = match whose {
            Whose::All => true,
            Whose::Unit(unit) => person.unit == unit,
            Whose::Person(id) => person.id == id,
        };
        if wanted {
            by_unit.entry(person.unit).or_default().push(person);
        }
    }
    for unit in &book.units()? {
        let mut people = by_unit.remove(&unit.id).unwrap_or_default();
        person::sort(&mut people);
        for person in &mut people {
            if is_practice {
                let note = person.note.take();
                let mark = practice_mark();
                let note = note.map(|note| format!("{mark}\n{note}"));
                person.note = note.or(Some(mark.to_owned()));
            }
            to.write_all(card(person, unit).as_bytes())
                .map_err(|cause| Error::file(Path::new(""), cause))?;
        }
    }
    Ok(())
}

fn card(person: &Person, unit: &Unit) -> String {
    let mut card = String::new();
    let mut line = |name: &str, value: &str| fold_line(&mut card, &format!("{name}:{value}"));
    line("BEGIN", "VCARD");
    line("VERSION", "4.0");
    line("KIND", "individual");
    line("UID", &format!("urn:uuid:{}", person.id));
    line("FN", &escaped(&person.full_name));
    let (family, middle, given) = parts(&person.full_name);
    line(
        "N",
        &format!(
            "{};{};{};;",
            escaped(family),
            escaped(given),
            escaped(middle)
        ),
    );
    line("ORG", &escaped(&unit.name));
    if let Some(title) = &person.title {
        line("TITLE", &escaped(title));
    }
    let role = person.role.map(|role| vietnamese().word(role));
    if let Some(role) = role.or(person.role_text.as_deref()) {
        line("ROLE", &escaped(role));
    }
    for (nth, number) in person.mobiles.iter().enumerate() {
        let first = if nth == 0 { ";PREF=1" } else { "" };
        line(
            &format!("TEL;VALUE=uri;TYPE=cell{first}"),
            &format!("tel:{}", abroad(number)),
        );
    }
    if let Some(number) = &person.landline {
        line(
            "TEL;VALUE=uri;TYPE=\"work,voice\"",
            &format!("tel:{}", abroad(number)),
        );
    }
    if let Some(email) = &person.email {
        line("EMAIL;TYPE=work", &escaped(email));
    }
    if let Some(note) = &person.note {
        line("NOTE", &escaped(note));
    }
    line("END", "VCARD");
    card
}

/// The text that a camera reads as a contact: name, unit and numbers.
#[must_use]
pub fn camera_text(person: &Person, unit: Option<&Unit>) -> String {
    let plain = |text: &str| -> String {
        let marks = ['\\', ';', ':', ',', '"'];
        let mut plain = String::new();
        for c in text.chars() {
            if marks.contains(&c) {
                plain.push('\\');
            }
            plain.push(c);
        }
        plain
    };
    let mut text = format!("MECARD:N:{};", plain(&person.full_name));
    for number in person.mobiles.iter().chain(&person.landline) {
        text.push_str(&format!("TEL:{};", abroad(number)));
    }
    if let Some(unit) = unit {
        text.push_str(&format!("ORG:{};", plain(&unit.name)));
    }
    text.push(';');
    text
}

/// Family, middle and given name: the given name is written last.
fn parts(full_name: &str) -> (&str, &str, &str) {
    let Some((before, given)) = full_name.rsplit_once(' ') else {
        return ("", "", full_name);
    };
    let (family, middle) = before.split_once(' ').unwrap_or((before, ""));
    (family, middle, given)
}

/// `+84905123456`; service numbers are dialled as they are.
fn abroad(number: &Phone) -> String {
    match number.digits().strip_prefix('0') {
        Some(rest) => format!("+84{rest}"),
        None => number.digits().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::unit::Group;
    use uuid::Uuid;

    #[test]
    fn a_card_says_who_somebody_is_and_how_to_call_them() {
        let unit = Unit::new(
            UnitId(Uuid::from_u128(2)),
            "Sở Văn hóa, Thể thao và Du lịch".to_owned(),
            Group::Department,
        );
        let mut person = Person::new(
            PersonId(Uuid::from_u128(1)),
            unit.id,
            "Nguyễn Thị Minh An".to_owned(),
        );
        person.mobiles = vec![Phone::read("0905123456").expect("a number")];
        person.note =
            Some("dòng một\nTrực ban đêm; gọi số này trước, rồi gọi máy lẻ 102".to_owned());
        let card = card(&person, &unit);
        let unfolded = card.replace("\r\n ", "");
        for line in [
            "FN:Nguyễn Thị Minh An",
            "N:Nguyễn;An;Thị Minh;;",
            "ORG:Sở Văn hóa\\, Thể thao và Du lịch",
            "TEL;VALUE=uri;TYPE=cell;PREF=1:tel:+84905123456",
            "NOTE:dòng một\\nTrực ban đêm\\; gọi số này trước\\, rồi gọi máy lẻ 102",
        ] {
            assert!(
                unfolded.lines().any(|known| known == line),
                "{line} in {card}"
            );
        }
        assert!(card.split("\r\n").all(|line| line.len() <= 75), "{card}");
        assert_eq!(
            camera_text(&person, Some(&unit)),
            "MECARD:N:Nguyễn Thị Minh An;TEL:+84905123456;ORG:Sở Văn hóa\\, Thể thao và Du lịch;;"
        );
    }
}
