//! Tables out, as spreadsheets.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::id::{PeriodId, PersonId, UnitId};
use sotruc_core::privacy::disclosure::Disclosure;
use sotruc_core::report::{self, Form, Layout, Report, RosterOptions, Whose};
use sotruc_core::{Reader, Result, Target};
use specta::Type;
use std::collections::BTreeMap;
use std::io::Write;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};
use crate::open_book::locked;
use crate::state::AppState;

/// What a table is written as.
#[derive(Debug, Clone, Copy, Serialize, serde::Deserialize, Type)]
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

impl From<ExportWish> for RosterOptions {
    fn from(options: ExportWish) -> Self {
        Self {
            layout: options.grid.then_some(Layout::Grid),
            from: options.from,
            to: options.to,
            period: options.period,
            unit: options.unit,
            person: options.person,
        }
    }
}

impl From<ExportForm> for report::ExportForm {
    fn from(form: ExportForm) -> Self {
        match form {
            ExportForm::Xlsx => Self::Table(Form::Xlsx),
            ExportForm::Semicolon => Self::Table(Form::Csv { separator: b';' }),
            ExportForm::Comma => Self::Table(Form::Csv { separator: b',' }),
            ExportForm::Calendar => Self::Calendar,
        }
    }
}

/// How a report may be written.
#[derive(Debug, Clone, Serialize)]
pub struct ReportWays {
    forms: Vec<ExportForm>,
    numbered: bool,
    timed: bool,
}

/// How each report may be written, in the order in which they are offered.
pub fn report_ways() -> BTreeMap<&'static str, ReportWays> {
    let forms = [
        ExportForm::Xlsx,
        ExportForm::Semicolon,
        ExportForm::Comma,
        ExportForm::Calendar,
    ];
    let ways = |report: &Report| {
        let takes = |form: &ExportForm| report.takes((*form).into());
        let ways = ReportWays {
            forms: forms.into_iter().filter(takes).collect(),
            numbered: report.has_numbers(),
            timed: report.is_timed(),
        };
        (report.key(), ways)
    };
    Report::ALL.iter().map(ways).collect()
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
    app_state: Shared<'_>,
    report: Report,
    form: ExportForm,
    without_numbers: bool,
    options: Option<ExportWish>,
    name: String,
) -> Answer<Option<Exported>> {
    app_state
        .wait_for(move |app_state| {
            let export = report::Export {
                report,
                form: form.into(),
                without_numbers,
                options: options.unwrap_or_default().into(),
            };
            write(&app, app_state, &name, export)
        })
        .await
}

fn write(
    app: &AppHandle,
    app_state: &AppState,
    name: &str,
    export: report::Export,
) -> Answer<Option<Exported>> {
    export.check()?;
    let now = app_state.book().ok_or_else(Refusal::no_book)?.now();
    let (ending, noted) = (export.form.key(), export.disclosure());
    disclose(app, app_state, name, ending, noted, |book, out| {
        report::write(book, export, out, now)
    })
}

/// Writes contacts for telephones into a file that is chosen now: of a unit, of a person, or all;
/// `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_contacts(
    app: AppHandle,
    app_state: Shared<'_>,
    unit: Option<UnitId>,
    person: Option<PersonId>,
    name: String,
) -> Answer<Option<Exported>> {
    app_state
        .wait_for(move |app_state| {
            let whose = match (person, unit) {
                (Some(person), _) => Whose::Person(person),
                (None, Some(unit)) => Whose::Unit(unit),
                (None, None) => Whose::All,
            };
            let export = report::Export {
                report: Report::People,
                form: report::ExportForm::Contacts(whose),
                without_numbers: false,
                options: RosterOptions::default(),
            };
            write(&app, app_state, &name, export)
        })
        .await
}

/// Writes what the book holds of a person into a file that is chosen now, for them to read;
/// `null` when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn export_held(
    app: AppHandle,
    app_state: Shared<'_>,
    person: PersonId,
    name: String,
) -> Answer<Option<Exported>> {
    app_state
        .wait_for(move |app_state| {
            let form = Form::Xlsx;
            let noted = Some(report::held_disclosure(person, form));
            disclose(&app, app_state, &name, form.key(), noted, |book, out| {
                report::held_sheet(book, person, out, form)
            })
        })
        .await
}

/// Asks for a file, writes what is read of the book into it, and notes what of people left.
fn disclose(
    app: &AppHandle,
    app_state: &AppState,
    name: &str,
    ending: &str,
    disclosure: Option<Disclosure>,
    make: impl FnOnce(Reader<'_>, &mut dyn Write) -> Result<()>,
) -> Answer<Option<Exported>> {
    let open = app_state.book().ok_or_else(Refusal::no_book)?;
    // What can no longer be written in can still be read.
    let operator = match app_state.operator() {
        Err(refusal) if locked(&open.damage).is_none() => return Err(refusal),
        operator => operator.unwrap_or_default(),
    };
    let kind = match ending {
        "xlsx" => "Excel",
        "vcf" => "vCard",
        "ics" => "iCalendar",
        _ => "CSV",
    };
    let name = format!("{name}.{ending}");
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
