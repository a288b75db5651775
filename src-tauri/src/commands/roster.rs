//! The room *Roster*: shifts and holes by unit and day; shifts laid out by hand; periods.

use serde::Deserialize;
use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::period::{Need, Post};
use sotruc_core::id::{PeriodId, PersonId, ShiftId, UnitId};
use sotruc_core::views::candidate::{self, Candidates};
use sotruc_core::views::roster::{self, RosterPage};
use sotruc_core::{NewPeriod, NewShift, PeriodChange, ShiftChange};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// A shift as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct ShiftForm {
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who.
    pub person: PersonId,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
}

/// A period as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct PeriodForm {
    /// Which; `null` for a new one.
    pub id: Option<PeriodId>,
    /// What people call it.
    pub name: String,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// The posts every unit must hold.
    pub posts: Vec<Post>,
    /// The groups it asks; `null` asks every unit.
    pub groups: Option<Vec<Group>>,
    /// By when units send their contact points; `null` is its first moment.
    pub due_at: Option<Instant>,
    /// The letter that asks for it.
    pub letter: String,
    /// Where more, less or other posts are asked.
    pub needs: Vec<Need>,
    /// For how many minutes two may stand on a post at a change; `null` is usual.
    pub overlap: Option<u32>,
    /// Since when lists of people count for it; `null` is 30 days before it begins.
    pub asked_at: Option<Instant>,
}

/// The roster of `days` days from the midnight before `from` on: of a period, or of the one that
/// matters now.
#[tauri::command]
#[specta::specta]
pub async fn roster(
    app_state: Shared<'_>,
    period: Option<PeriodId>,
    from: Option<Instant>,
    days: u32,
) -> Answer<RosterPage> {
    app_state
        .duty(move |book, roster, now| roster::page(book, roster, now, period, (from, days)))
        .await
}

/// Who may be put on a post of a unit in a span, or at its first moment; who has leave then last.
#[tauri::command]
#[specta::specta]
pub async fn candidates(
    app_state: Shared<'_>,
    unit: UnitId,
    from: Option<Instant>,
    to: Option<Instant>,
) -> Answer<Candidates> {
    app_state
        .duty(move |_, roster, now| candidate::of_unit(roster, unit, (from, to), now))
        .await
}

/// Puts a person on a post; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn assign(
    app_state: Shared<'_>,
    form: ShiftForm,
    reason: Option<String>,
) -> Answer<ShiftId> {
    app_state
        .write(move |write| {
            let new = NewShift {
                unit: form.unit,
                post: form.post,
                person: form.person,
                from: form.from,
                to: form.to,
            };
            Ok(write.add_shift(new, reason.as_deref())?.id)
        })
        .await
}

/// Changes a shift; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn set_shift(
    app_state: Shared<'_>,
    id: ShiftId,
    form: ShiftForm,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            let change = ShiftChange {
                unit: Some(form.unit),
                post: Some(form.post),
                person: Some(form.person),
                from: Some(form.from),
                to: Some(form.to),
            };
            write.move_shift(&id.to_string(), &change, reason.as_deref())?;
            Ok(())
        })
        .await
}

/// Takes a shift off the roster, or ends it now when it has begun; one that is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn cancel_shift(
    app_state: Shared<'_>,
    id: ShiftId,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            write.cancel_shift(&id.to_string(), reason.as_deref())?;
            Ok(())
        })
        .await
}

/// Makes two shifts of one.
#[tauri::command]
#[specta::specta]
pub async fn split_shift(app_state: Shared<'_>, id: ShiftId, at: Instant) -> Answer<()> {
    app_state
        .write(move |write| {
            write.split_shift(&id.to_string(), at)?;
            Ok(())
        })
        .await
}

/// Exchanges the people of two shifts; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn swap_shifts(
    app_state: Shared<'_>,
    one: ShiftId,
    other: ShiftId,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            write.swap_shifts(&one.to_string(), &other.to_string(), reason.as_deref())
        })
        .await
}

/// Lets another person stand a part of a shift; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn cover_shift(
    app_state: Shared<'_>,
    id: ShiftId,
    person: PersonId,
    from: Instant,
    to: Instant,
    reason: Option<String>,
) -> Answer<()> {
    app_state
        .write(move |write| {
            write.cover_shift(&id.to_string(), person, (from, to), reason.as_deref())?;
            Ok(())
        })
        .await
}

/// Puts one person in the place of another from a moment on, at one unit when one is given, and
/// says in how many shifts; what is over needs a reason.
#[tauri::command]
#[specta::specta]
pub async fn replace_person(
    app_state: Shared<'_>,
    person: PersonId,
    by: PersonId,
    at: Instant,
    unit: Option<UnitId>,
    reason: Option<String>,
) -> Answer<usize> {
    app_state
        .write(move |write| write.replace_from(person, by, at, unit, reason.as_deref()))
        .await
}

/// Leaves something to look at as it is, for a reason.
#[tauri::command]
#[specta::specta]
pub async fn accept_finding(app_state: Shared<'_>, id: String, reason: String) -> Answer<()> {
    let found = app_state
        .duty(move |_, roster, now| roster.finding(&id, now))
        .await?;
    app_state
        .write(move |write| write.accept_finding(&found, &reason))
        .await
}

/// Takes an acceptance back.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_acceptance(app_state: Shared<'_>, id: String) -> Answer<()> {
    app_state
        .write(move |write| write.withdraw_acceptance(&id))
        .await
}

/// Writes a period as a form gives it.
#[tauri::command]
#[specta::specta]
pub async fn save_period(app_state: Shared<'_>, form: PeriodForm) -> Answer<PeriodId> {
    app_state
        .write(move |write| {
            let Some(id) = form.id else {
                let new = NewPeriod {
                    name: form.name,
                    from: form.from,
                    to: form.to,
                    posts: form.posts,
                    groups: form.groups,
                    due_at: form.due_at,
                    letter: Some(form.letter),
                    needs: form.needs,
                    overlap: form.overlap,
                    asked_at: form.asked_at,
                };
                return Ok(write.add_period(new)?.id);
            };
            let change = PeriodChange {
                name: Some(form.name),
                from: Some(form.from),
                to: Some(form.to),
                posts: Some(form.posts),
                groups: Some(form.groups),
                due_at: Some(form.due_at),
                letter: Some(form.letter),
                needs: Some(form.needs),
                overlap: Some(form.overlap),
                asked_at: Some(form.asked_at),
            };
            write.change_period(id, change)?;
            Ok(id)
        })
        .await
}
