//! A person's page.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::directory::person::{Person, Role, numbers, one_number};
use sotruc_core::id::{PersonId, UnitId};
use sotruc_core::report::camera_text;
use sotruc_core::text::tidy_some;
use sotruc_core::views::person::{self, FallsOn, PersonPage};
use sotruc_core::{Code, Error};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// A person as a form gives them; an empty text takes a value away.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct PersonForm {
    /// Who; `null` for somebody new.
    pub id: Option<PersonId>,
    /// Their unit.
    pub unit: UnitId,
    /// Family, middle, given name.
    pub full_name: String,
    /// Their position.
    pub title: String,
    /// What they are to their unit.
    pub role: Option<Role>,
    /// What the unit wrote instead of a role we know.
    pub role_text: String,
    /// Mobile numbers, apart by `;`, the first to call first.
    pub mobiles: String,
    /// The number on the desk.
    pub landline: String,
    /// E-mail address.
    pub email: String,
    /// Anything else.
    pub note: String,
    /// The name they are sorted by, where that is not the written one.
    pub sort_name: String,
    /// When they cannot stand a shift: from, up to but without.
    pub away: Vec<(Instant, Instant)>,
}

fn unknown(id: PersonId) -> Error {
    Error::new(Code::PersonUnknown).with("given", id)
}

/// All that is known of a person.
#[tauri::command]
#[specta::specta]
pub async fn person_page(app_state: Shared<'_>, id: PersonId) -> Answer<PersonPage> {
    app_state
        .duty(move |book, roster, now| person::page(book, roster, now, id))
        .await
}

/// The shifts of a person that would fall into leave as a form gives it, and who could take them.
#[tauri::command]
#[specta::specta]
pub async fn leave_falls_on(
    app_state: Shared<'_>,
    id: PersonId,
    away: Vec<(Instant, Instant)>,
) -> Answer<Vec<FallsOn>> {
    app_state
        .duty(move |book, roster, _| person::falls_on(book, roster, id, Some(away)))
        .await
}

/// Writes a person as a form gives them.
#[tauri::command]
#[specta::specta]
pub async fn save_person(app_state: Shared<'_>, form: PersonForm) -> Answer<PersonId> {
    app_state
        .write(move |write| {
            let known = match form.id {
                Some(id) => write.person(id)?.ok_or_else(|| unknown(id))?,
                None => write.new_person(form.unit, &form.full_name)?,
            };
            let person = Person {
                unit: form.unit,
                full_name: form.full_name,
                title: tidy_some(&form.title),
                role: form.role,
                role_text: tidy_some(&form.role_text),
                mobiles: numbers(&form.mobiles)?,
                landline: one_number(&form.landline)?,
                email: tidy_some(&form.email),
                note: tidy_some(&form.note),
                sort_name: tidy_some(&form.sort_name),
                away: form.away,
                ..known
            };
            write.set_person(&person)?;
            Ok(person.id)
        })
        .await
}

/// Makes two people one who are one: the other goes off the list.
#[tauri::command]
#[specta::specta]
pub async fn merge_people(app_state: Shared<'_>, kept: PersonId, other: PersonId) -> Answer<()> {
    app_state
        .write(move |write| write.merge_people(kept, other))
        .await
}

/// Takes a person off the list.
#[tauri::command]
#[specta::specta]
pub async fn remove_person(app_state: Shared<'_>, id: PersonId) -> Answer<()> {
    app_state
        .write(move |write| write.remove_person(id).map(drop))
        .await
}

/// A square that a camera reads.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Square {
    /// How many fields it is wide and high, with the white margin around it.
    pub size: usize,
    /// The black fields, as a path of an SVG.
    pub path: String,
}

/// The square that puts a person's numbers into a telephone; `null` where it would hold too much.
#[tauri::command]
#[specta::specta]
pub async fn person_square(app_state: Shared<'_>, id: PersonId) -> Answer<Option<Square>> {
    app_state
        .read(move |book, _| {
            let person = book.person(id)?.ok_or_else(|| unknown(id))?;
            let unit = book.unit(person.unit)?;
            Ok(square(&camera_text(&person, unit.as_ref())))
        })
        .await
}

fn square(text: &str) -> Option<Square> {
    /// What cameras need of white around it.
    const MARGIN: usize = 4;
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == qrcode::Color::Dark {
            let (x, y) = (at % width + MARGIN, at / width + MARGIN);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    Some(Square {
        size: width + 2 * MARGIN,
        path,
    })
}
