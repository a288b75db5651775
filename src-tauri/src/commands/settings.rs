//! The room *Settings*: our unit, who writes, copies, and whether the book is whole.

use serde::Serialize;
use sotruc_core::id::{OperatorId, UnitId};
use sotruc_core::journal::Head;
use sotruc_core::priority::giving_way;
use sotruc_core::views::operator::{self, OperatorRow};
use sotruc_core::views::unit::UnitRef;
use sotruc_core::{Depth, Verdict};
use specta::Type;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};
use crate::update::Source;

/// What stands in the room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SettingsPage {
    /// Where the book lies.
    pub path: String,
    /// The sites that wrote in it.
    pub sites: Vec<SiteRow>,
    /// Our own unit.
    pub unit: Option<UnitRef>,
    /// What it is called, though it may not be on the list of units yet.
    pub own_name: Option<String>,
    /// Who writes, in the order in which they first wrote.
    pub operators: Vec<OperatorRow>,
    /// The whole head.
    pub head: Option<String>,
    /// Where the program keeps copies by itself.
    pub copies_in: String,
    /// The copies there, newest first, by name.
    pub copies: Vec<String>,
    /// The version of the program, and its commit.
    pub version: String,
    /// Where the program notes its own failures.
    pub log: String,
    /// Whether the keys are carried about with the program.
    pub carried: bool,
    /// Whether it can be updated from a file; not when somebody built it for themselves.
    pub updates: bool,
}

/// A site.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SiteRow {
    /// What stands before its numbers.
    pub code: String,
    /// What people call it.
    pub name: String,
}

/// What stands in the room.
#[tauri::command]
#[specta::specta]
pub async fn settings(app_state: Shared<'_>) -> Answer<SettingsPage> {
    let log = sotruc_program::log_file(app_state.installation().folder());
    let log = log.display().to_string();
    let carried = app_state.installation().is_carried();
    let updates = Source::of(app_state.installation()).is_some();
    app_state
        .with_book(move |open| {
            let (copies_in, copies, head) =
                // Copies that cannot be listed keep nobody from the room; that none is made is told.
                open.look(|book| {
                    let copies = book.backups().unwrap_or_default();
                    Ok((book.backup_folder(), copies, book.head()?))
                })?;
            Ok(open.read(|book, _| {
                Ok(SettingsPage {
                    path: open.path.display().to_string(),
                    sites: book
                        .sites()?
                        .into_iter()
                        .map(|site| SiteRow {
                            code: site.code,
                            name: site.name,
                        })
                        .collect(),
                    unit: book.own_unit()?.as_ref().map(UnitRef::from),
                    own_name: book.own_name()?,
                    operators: operator::list(book)?,
                    head: head.map(|head| head.to_string()),
                    copies_in: copies_in.display().to_string(),
                    copies: copies
                        .iter()
                        .rev()
                        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
                        .collect(),
                    version: sotruc_program::BUILD.to_owned(),
                    log,
                    carried,
                    updates,
                })
            })?)
        })
        .await
}

/// Chooses who writes from now on, and gives their name as the book keeps it; somebody new is put on
/// the list.
#[tauri::command]
#[specta::specta]
pub async fn choose_operator(app_state: Shared<'_>, name: String) -> Answer<String> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let operator = open.write(&name, |write| write.add_operator(&name))?;
            app_state.set_operator(&operator.name);
            Ok(operator.name)
        })
        .await
}

/// Writes an operator's name anew, and gives it as the book keeps it.
#[tauri::command]
#[specta::specta]
pub async fn save_operator(app_state: Shared<'_>, id: OperatorId, name: String) -> Answer<String> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let me = app_state.operator()?;
            let (is_me, operator) = open.write(&me, |write| {
                let writer = write.operator_named(&me)?;
                let is_me = writer.is_some_and(|writer| writer.id == id);
                Ok((is_me, write.rename_operator(id, &name)?))
            })?;
            if is_me {
                app_state.set_operator(&operator.name);
            }
            Ok(operator.name)
        })
        .await
}

/// Takes an operator off the list of those who may be chosen.
#[tauri::command]
#[specta::specta]
pub async fn remove_operator(app_state: Shared<'_>, id: OperatorId) -> Answer<()> {
    app_state
        .write(move |write| write.remove_operator(id).map(drop))
        .await
}

/// Says which unit is our own.
#[tauri::command]
#[specta::specta]
pub async fn set_own_unit(app_state: Shared<'_>, unit: UnitId) -> Answer<()> {
    app_state
        .write(move |write| write.set_own_unit(unit).map(drop))
        .await
}

/// Checks the book from its first record to its last, and whether it contains a head that was
/// kept elsewhere.
#[tauri::command]
#[specta::specta]
pub async fn verify(
    app: AppHandle,
    app_state: Shared<'_>,
    against: Option<String>,
) -> Answer<Verdict> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let against = against.map(|head| Head::parse(&head)).transpose()?;
            // A connection of its own: nobody waits for it.
            let book = sotruc_core::Logbook::open(&open.path, app_state.installation())?;
            let task = app_state.begin(&app);
            let watch = |done, of| task.progress(done, of);
            Ok(giving_way(move || {
                book.verify_with_progress(Depth::Full, against.as_ref(), &watch)
            })?)
        })
        .await
}

/// Writes a checked copy into a folder that is chosen now, and gives its path; `null` when none
/// was.
#[tauri::command]
#[specta::specta]
pub async fn back_up(app: AppHandle, app_state: Shared<'_>) -> Answer<Option<String>> {
    app_state
        .with_book(move |open| {
            let Some(folder) = dialogs::folder(&app) else {
                return Ok(None);
            };
            let now = open.now();
            let made = open.beside(|book| book.backup(&folder, now))?;
            Ok(Some(made.display().to_string()))
        })
        .await
}
