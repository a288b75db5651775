//! The duty sheet: looked at, printed.

use serde::{Deserialize, Serialize};
use sotruc_core::Printed;
use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Group;
use sotruc_core::id::UnitId;
use sotruc_core::report::duty_sheet::SheetOptions;
use sotruc_core::views::period::{self, PeriodChoice};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// A duty sheet as a form asks for it.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
pub struct SheetForm {
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The one group.
    pub group: Option<Group>,
    /// The one unit.
    pub unit: Option<UnitId>,
    /// Whether the page lies on its side.
    pub landscape: bool,
    /// Whether people's numbers are left out.
    pub without_numbers: bool,
}

impl From<SheetForm> for SheetOptions {
    fn from(form: SheetForm) -> Self {
        Self {
            from: form.from,
            to: form.to,
            group: form.group,
            unit: form.unit,
            landscape: form.landscape,
            without_numbers: form.without_numbers,
        }
    }
}

/// A duty sheet as a page.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SheetPage {
    /// The page: HTML, in itself whole.
    pub html: String,
    /// Which edition it is, or would be.
    pub number: u32,
    /// When it was first printed; now, when it was not.
    pub at: Instant,
    /// The head of the chain then.
    pub head: String,
    /// Whether this very sheet was printed before.
    pub known: bool,
    /// How many rows came or went since the edition before.
    pub changes: usize,
}

impl From<Printed> for SheetPage {
    fn from(printed: Printed) -> Self {
        Self {
            html: printed.html,
            number: printed.number,
            at: printed.at,
            head: printed.head,
            known: printed.known,
            changes: printed.changes,
        }
    }
}

/// The periods that a sheet or a table may be of, and the one that is usual.
#[tauri::command]
#[specta::specta]
pub async fn period_choice(app_state: Shared<'_>) -> Answer<PeriodChoice> {
    app_state
        .duty(|_, roster, now| Ok(period::choice(&roster.periods, now)))
        .await
}

/// The sheet as it stands; nothing is written.
#[tauri::command]
#[specta::specta]
pub async fn duty_sheet(app_state: Shared<'_>, form: SheetForm) -> Answer<SheetPage> {
    app_state
        .duty(move |book, roster, now| Ok(book.duty_sheet(roster, &form.into(), None, now)?.into()))
        .await
}

/// The sheet that is printed now; the book notes which edition it is.
#[tauri::command]
#[specta::specta]
pub async fn print_duty_sheet(app_state: Shared<'_>, form: SheetForm) -> Answer<SheetPage> {
    app_state
        .write(move |write| {
            let printed = write.print_duty_sheet(&form.into(), None, None, ("print", None))?;
            Ok(printed.into())
        })
        .await
}
