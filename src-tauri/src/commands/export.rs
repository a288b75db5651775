//! Tables out, as spreadsheets.

use sotruc_core::report::{self, Report};
use specta::Type;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};

/// What stands between the cells.
#[derive(Debug, Clone, Copy, serde::Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`, which Excel wants where the decimal sign is a comma.
    Semicolon,
}

/// Writes a table into a file that is chosen now, and gives its path; `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn export(
    app: AppHandle,
    desk: Shared<'_>,
    report: Report,
    separator: Separator,
    name: String,
) -> Answer<Option<String>> {
    desk.wait_for(move |desk| {
        let open = desk.book().ok_or_else(Refusal::no_book)?;
        let name = format!("{}.csv", name.replace(['/', '\\', ':'], "-"));
        let Some(path) = dialogs::file_to_write(&app, &name, "CSV", "csv")? else {
            return Ok(None);
        };
        let separator = match separator {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
        };
        let now = open.now();
        open.beside(|book| {
            book.may_write_over(&path)?;
            book.read(|book| report::to_file(book, report, &path, separator, now))
        })?;
        Ok(Some(path.display().to_string()))
    })
    .await
}
