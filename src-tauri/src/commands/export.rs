//! Tables out, as spreadsheets.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::disclosure::{Disclosure, Extract};
use sotruc_core::id::{PeriodId, PersonId, UnitId};
use sotruc_core::report::{self, Form, Layout, Report, RosterWish, Whose};
use sotruc_core::{Reader, Result, Target};
use specta::Type;
use std::io::Write;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};
use crate::state::{Desk, held};

/// What a table is written as.
#[derive(Debug, Clone, Copy, serde::Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum ExportForm {
    /// An Excel workbook.
    Xlsx,
    /// CSV with `;`, which Excel wants where the decimal sign is a comma.
    Semicolon,
    /// CSV with `,`.
    Comma,
    /// A calendar of shifts.
    Calendar,
}

/// What of a roster or of hours is written.
#[derive(Debug, Clone, Default, serde::Deserialize, Type)]
pub struct ExportWish {
    /// Whether a roster is a grid of posts and days, and not a list.
    pub grid: bool,
    /// Its first moment.
    pub from: Option<Instant>,
    /// The first moment after it.
    pub to: Option<Instant>,
    /// The period that says both where they are not given.
    pub period: Option<PeriodId>,
    /// The one unit.
    pub unit: Option<UnitId>,
    /// The one person, in a calendar.
    pub person: Option<PersonId>,
}

impl From<ExportWish> for RosterWish {
    fn from(wish: ExportWish) -> Self {
        Self {
            layout: wish.grid.then_some(Layout::Grid),
            from: wish.from,
            to: wish.to,
            period: wish.period,
            unit: wish.unit,
            person: wish.person,
        }
    }
}

impl ExportForm {
    /// The table; `None` for a calendar, which is none.
    const fn form(self) -> Option<Form> {
        match self {
            Self::Xlsx => Some(Form::Xlsx),
            Self::Semicolon => Some(Form::Csv { separator: b';' }),
            Self::Comma => Some(Form::Csv { separator: b',' }),
            Self::Calendar => None,
        }
    }
}

/// A file that was written.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Exported {
    /// Its path.
    pub file: String,
    /// Why the book could not note that personal data left it, when it could not.
    pub unnoted: Option<Refusal>,
}

/// Writes a table into a file that is chosen now; `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn export(
    app: AppHandle,
    desk: Shared<'_>,
    report: Report,
    form: ExportForm,
    without_numbers: bool,
    wish: Option<ExportWish>,
    name: String,
) -> Answer<Option<Exported>> {
    desk.wait_for(move |desk| {
        let wish = RosterWish::from(wish.unwrap_or_default());
        let Some(form) = form.form() else {
            return calendar(&app, desk, wish, without_numbers, &name);
        };
        let export = report::Export {
            report,
            form,
            without_numbers,
            wish,
        };
        let now = desk.book().ok_or_else(Refusal::no_book)?.now();
        disclose(
            &app,
            desk,
            &name,
            form.key(),
            export.disclosure(),
            |book, out| report::write(book, export, out, now),
        )
    })
    .await
}

fn calendar(
    app: &AppHandle,
    desk: &Desk,
    wish: RosterWish,
    without_numbers: bool,
    name: &str,
) -> Answer<Option<Exported>> {
    let disclosure = Disclosure {
        without_numbers,
        unit: wish.unit,
        person: wish.person,
        ..Disclosure::of(Extract::Roster, "ics")
    };
    let now = desk.book().ok_or_else(Refusal::no_book)?.now();
    disclose(app, desk, name, "ics", Some(disclosure), |book, out| {
        report::calendar(book, &wish, without_numbers, out, now)
    })
}

/// Writes contacts for telephones into a file that is chosen now: of a unit, of a person, or all;
/// `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_contacts(
    app: AppHandle,
    desk: Shared<'_>,
    unit: Option<UnitId>,
    person: Option<PersonId>,
    name: String,
) -> Answer<Option<Exported>> {
    desk.wait_for(move |desk| {
        let whose = match (person, unit) {
            (Some(person), _) => Whose::Person(person),
            (None, Some(unit)) => Whose::Unit(unit),
            (None, None) => Whose::All,
        };
        let disclosure = Disclosure {
            unit,
            person,
            ..Disclosure::of(Extract::People, "vcf")
        };
        disclose(&app, desk, &name, "vcf", Some(disclosure), |book, out| {
            report::vcards(book, whose, out)
        })
    })
    .await
}

/// Writes what the book holds of a person into a file that is chosen now, for them to read;
/// `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_held(
    app: AppHandle,
    desk: Shared<'_>,
    person: PersonId,
    name: String,
) -> Answer<Option<Exported>> {
    desk.wait_for(move |desk| {
        let disclosure = Disclosure {
            person: Some(person),
            ..Disclosure::of(Extract::Held, "xlsx")
        };
        disclose(&app, desk, &name, "xlsx", Some(disclosure), |book, out| {
            report::held_sheet(book, person, out, Form::Xlsx)
        })
    })
    .await
}

/// Asks for a file, writes what is read of the book into it, and notes what of people left.
fn disclose(
    app: &AppHandle,
    desk: &Desk,
    name: &str,
    ending: &str,
    disclosure: Option<Disclosure>,
    make: impl FnOnce(Reader<'_>, &mut dyn Write) -> Result<()>,
) -> Answer<Option<Exported>> {
    let open = desk.book().ok_or_else(Refusal::no_book)?;
    // What can no longer be written in can still be read.
    let operator = match desk.operator() {
        Err(refusal) if held(&open.damage).is_none() => return Err(refusal),
        operator => operator.unwrap_or_default(),
    };
    let kind = match ending {
        "xlsx" => "Excel",
        "vcf" => "vCard",
        "ics" => "iCalendar",
        _ => "CSV",
    };
    let name = format!("{}.{ending}", name.replace(['/', '\\', ':'], "-"));
    let Some(path) = dialogs::file_to_write(app, &name, kind, ending)? else {
        return Ok(None);
    };
    let now = open.now();
    let unnoted =
        open.beside(|book| book.disclose(&operator, now, disclosure, Target::File(&path), make))?;
    Ok(Some(Exported {
        file: path.display().to_string(),
        unnoted: unnoted.as_ref().map(Refusal::from),
    }))
}
