//! Tables out, as spreadsheets.

use sotruc_core::report::{self, Form, Report};
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
