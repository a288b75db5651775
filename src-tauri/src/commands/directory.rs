//! The room *Directory*: units by group with what they sent, and all people.

use sotruc_core::SubmissionChange;
use sotruc_core::clock::Instant;
use sotruc_core::id::{PeriodId, UnitId};
use sotruc_core::submission::State;
use sotruc_core::views::directory::{self, Directory, PeoplePage};

use super::Shared;
use crate::ipc_error::Answer;

/// The units.
#[tauri::command]
#[specta::specta]
pub async fn directory(app_state: Shared<'_>) -> Answer<Directory> {
    app_state.duty(directory::list).await
}

/// Some of the people: those whose name, unit or number the words fit, `limit` of them from
/// `offset` on.
#[tauri::command]
#[specta::specta]
pub async fn people(
    app_state: Shared<'_>,
    words: String,
    offset: usize,
    limit: usize,
) -> Answer<PeoplePage> {
    app_state
        .with_book(move |open| {
            Ok(open
                .find(|book, finder, _| directory::people(book, finder, &words, offset, limit))?)
        })
        .await
}

/// Notes whether a unit has sent its contact points.
#[tauri::command]
#[specta::specta]
pub async fn set_submission(
    app_state: Shared<'_>,
    period: PeriodId,
    unit: UnitId,
    state: State,
    document: Option<String>,
    received_at: Option<Instant>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            let change = SubmissionChange {
                state: Some(state),
                document,
                received_at,
                due_at: None,
            };
            write.set_submission(period, unit, &change)?;
            Ok(())
        })
        .await
}

/// Gives a unit a day of its own by which it sends; `null` takes it away.
#[tauri::command]
#[specta::specta]
pub async fn set_due(
    app_state: Shared<'_>,
    period: PeriodId,
    unit: UnitId,
    due_at: Option<Instant>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            let change = SubmissionChange {
                due_at: Some(due_at),
                ..SubmissionChange::default()
            };
            write.set_submission(period, unit, &change)?;
            Ok(())
        })
        .await
}

/// Notes that units were reminded of what they owe for a period, and gives how many; `null` is the
/// one that runs or comes.
#[tauri::command]
#[specta::specta]
pub async fn remind(
    app_state: Shared<'_>,
    period: Option<PeriodId>,
    units: Vec<UnitId>,
    note: String,
) -> Answer<usize> {
    app_state
        .write(move |write| Ok(write.remind(period, &units, Some(&note))?.0))
        .await
}
