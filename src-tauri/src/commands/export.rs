//! Tables out, as spreadsheets.

use sotruc_core::id::{PersonId, UnitId};
use sotruc_core::report::{self, Form, Report, Whose};
use specta::Type;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};

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
}

/// Writes a table into a file that is chosen now, and gives its path; `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn export(
    app: AppHandle,
    desk: Shared<'_>,
    report: Report,
    form: ExportForm,
    redact: bool,
    name: String,
) -> Answer<Option<String>> {
    desk.wait_for(move |desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let (form, kind, ending) = match form {
            ExportForm::Xlsx => (Form::Xlsx, "Excel", "xlsx"),
            ExportForm::Semicolon => (Form::Csv { separator: b';' }, "CSV", "csv"),
            ExportForm::Comma => (Form::Csv { separator: b',' }, "CSV", "csv"),
        };
        let name = format!("{}.{ending}", name.replace(['/', '\\', ':'], "-"));
        let Some(path) = dialogs::file_to_write(&app, &name, kind, ending)? else {
            return Ok(None);
        };
        let export = report::Export {
            report,
            form,
            redact,
        };
        let now = open.now();
        open.beside(|book| {
            book.may_write_over(&path)?;
            book.read(|book| report::to_file(book, export, &path, now))
        })?;
        Ok(Some(path.display().to_string()))
    })
    .await
}

/// Writes contacts for telephones into a file that is chosen now: of a unit, of a person, or all;
/// gives its path, `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_contacts(
    app: AppHandle,
    desk: Shared<'_>,
    unit: Option<UnitId>,
    person: Option<PersonId>,
    name: String,
) -> Answer<Option<String>> {
    desk.wait_for(move |desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let name = format!("{}.vcf", name.replace(['/', '\\', ':'], "-"));
        let Some(path) = dialogs::file_to_write(&app, &name, "vCard", "vcf")? else {
            return Ok(None);
        };
        let whose = match (person, unit) {
            (Some(person), _) => Whose::Person(person),
            (None, Some(unit)) => Whose::Unit(unit),
            (None, None) => Whose::All,
        };
        open.beside(|book| {
            book.may_write_over(&path)?;
            book.read(|book| report::write_beside(&path, |out| report::vcards(book, whose, out)))
        })?;
        Ok(Some(path.display().to_string()))
    })
    .await
}
