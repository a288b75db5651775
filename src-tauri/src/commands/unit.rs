//! A unit's page.

use serde::{Deserialize, Serialize};
use sotruc_core::directory::unit::{Group, Register, Unit};
use sotruc_core::id::UnitId;
use sotruc_core::text::tidy_some;
use sotruc_core::views::unit::{self, UnitPage};
use sotruc_core::{Code, Error};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// A unit that words begin with.
#[derive(Debug, Clone, Serialize, Type)]
pub struct MentionedUnit {
    /// Its identity.
    pub id: UnitId,
    /// What it is called.
    pub name: String,
    /// How many of the words name it.
    pub words: usize,
    /// Whether the words may go on to be the name of another.
    pub open: bool,
}

/// The unit whose whole name, short name or code the words begin with.
#[tauri::command]
#[specta::specta]
pub async fn mentioned_unit(app_state: Shared<'_>, text: String) -> Answer<MentionedUnit> {
    app_state
        .duty(move |_, roster, _| {
            let register = Register::new(&roster.units);
            let found = register.mentioned(&text)?;
            Ok(MentionedUnit {
                id: found.unit.id,
                name: found.unit.name.clone(),
                words: found.words,
                open: found.open,
            })
        })
        .await
}

/// A unit as a form gives it; an empty text takes a value away.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct UnitForm {
    /// Which unit; `null` for a new one.
    pub id: Option<UnitId>,
    /// Its code in the province's list.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// A short name for narrow places.
    pub short_name: String,
    /// Its group.
    pub group: Group,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// Its switchboard.
    pub phone: String,
    /// Its e-mail address.
    pub email: String,
    /// Where it is.
    pub address: String,
    /// Anything else.
    pub note: String,
    /// Other names under which it is known, one in a line.
    pub aliases: String,
}

fn unknown(id: UnitId) -> Error {
    Error::new(Code::UnitUnknown).with("given", id)
}

/// All that is known of a unit.
#[tauri::command]
#[specta::specta]
pub async fn unit_page(app_state: Shared<'_>, id: UnitId) -> Answer<UnitPage> {
    app_state
        .duty(move |book, roster, now| unit::page(book, roster, now, id))
        .await
}

/// Writes a unit as a form gives it.
#[tauri::command]
#[specta::specta]
pub async fn save_unit(app_state: Shared<'_>, form: UnitForm) -> Answer<UnitId> {
    app_state
        .write(move |write| {
            let known = match form.id {
                Some(id) => write.unit(id)?.ok_or_else(|| unknown(id))?,
                None => write.new_unit(&form.name, form.group)?,
            };
            let unit = Unit {
                code: tidy_some(&form.code),
                name: form.name,
                short_name: tidy_some(&form.short_name),
                group: form.group,
                parent: form.parent,
                phone: tidy_some(&form.phone),
                email: tidy_some(&form.email),
                address: tidy_some(&form.address),
                note: tidy_some(&form.note),
                aliases: form.aliases.lines().map(str::to_owned).collect(),
                ..known
            };
            write.set_unit(&unit)?;
            Ok(unit.id)
        })
        .await
}

/// Takes a unit off the list.
#[tauri::command]
#[specta::specta]
pub async fn remove_unit(app_state: Shared<'_>, id: UnitId) -> Answer<()> {
    app_state
        .write(move |write| write.remove_unit(id).map(drop))
        .await
}
