//! Rotas: tried out, laid out.

use serde::Deserialize;
use sotruc_core::clock::Instant;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::pattern::{Days, LimitHours, OWN, Pattern, Slot};
use sotruc_core::duty::period::{self, Post};
use sotruc_core::id::{PeriodId, PersonId, UnitId};
use sotruc_core::views::rota::{self, PatternDay, RotaPage, RoundRow, ShareRow};
use sotruc_core::{NewRota, Result};
use specta::Type;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tauri::State;

use super::Shared;
use crate::ipc_error::Answer;

/// A rota as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct RotaForm {
    /// The period it is for.
    pub period: PeriodId,
    /// The key of a pattern that comes with the program, or `own`.
    pub pattern: String,
    /// The shifts of a day, of a pattern of one's own.
    pub slots: Vec<SlotForm>,
    /// The minute of the day of the first change; `null` is usual.
    pub change: Option<u32>,
    /// The posts that are laid out; none for the main one.
    pub posts: Vec<Post>,
    /// The units; `null` for all that the period asks.
    pub units: Option<Vec<UnitId>>,
    /// Who rotates, in which order, where that is said.
    pub order: Vec<(UnitId, Vec<PersonId>)>,
    /// When it begins; `null` with the period, or now.
    pub from: Option<Instant>,
    /// Who cannot stand when.
    pub away: Vec<(PersonId, Instant, Instant)>,
    /// The longest stretch in hours; `null` is usual.
    pub stretch: Option<u32>,
    /// The shortest rest in hours; `null` is usual.
    pub rest: Option<u32>,
    /// The most hours in a week; `null` is usual, 0 is no limit.
    pub week: Option<u32>,
}

/// A shift of the day, in a form.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SlotForm {
    /// The minute of the day at which it begins.
    pub start: u32,
    /// How many minutes it lasts.
    pub minutes: u32,
    /// On which days it begins.
    pub days: Days,
}

fn asked(roster: &Roster, form: &RotaForm) -> Result<NewRota> {
    let period = period::find(&roster.periods, &form.period.to_string())?;
    let pattern = match form.slots.as_slice() {
        [] => Pattern::shipped(&form.pattern, form.change.map(i64::from), period.from)?,
        slots => Pattern {
            key: OWN.to_owned(),
            slots: slots
                .iter()
                .map(|slot| Slot::new(slot.start, slot.minutes, slot.days))
                .collect(),
        },
    };
    Ok(NewRota {
        posts: form.posts.clone(),
        units: form.units.clone(),
        order: form.order.iter().cloned().collect(),
        from: form.from,
        away: form.away.clone(),
        limits: LimitHours {
            stretch: form.stretch,
            rest: form.rest,
            week: form.week,
        },
        ..NewRota::of(pattern)
    })
}

/// The proposals that were asked for: who asks again waits no more for the one before.
#[derive(Debug, Default)]
pub struct Proposals(Arc<AtomicU64>);

impl Proposals {
    /// Begins another, and gives whether it is still the newest.
    fn next(&self) -> impl Fn() -> bool + Send + use<> {
        let newest = Arc::clone(&self.0);
        let own = newest.fetch_add(1, Ordering::Relaxed) + 1;
        move || newest.load(Ordering::Relaxed) == own
    }
}

/// What the patterns that come with the program make of a day in a period, with their first shifts
/// at the minute `change`; `null` is usual.
#[tauri::command]
#[specta::specta]
pub async fn patterns(
    app_state: Shared<'_>,
    period: PeriodId,
    change: Option<u32>,
) -> Answer<Vec<PatternDay>> {
    app_state
        .duty(move |book, roster, _| {
            let period = period::find(&roster.periods, &period.to_string())?;
            rota::patterns(book, period, change.map(i64::from))
        })
        .await
}

/// What everybody with shifts in a period stands there, by unit and name.
#[tauri::command]
#[specta::specta]
pub async fn shares(app_state: Shared<'_>, period: PeriodId) -> Answer<Vec<ShareRow>> {
    app_state
        .duty(move |_, roster, _| {
            let period = period::find(&roster.periods, &period.to_string())?;
            Ok(rota::shares(roster, period))
        })
        .await
}

/// The people of a unit in the order in which a rota takes them where nobody says otherwise.
#[tauri::command]
#[specta::specta]
pub async fn round(app_state: Shared<'_>, unit: UnitId) -> Answer<Vec<RoundRow>> {
    app_state
        .duty(move |_, roster, _| Ok(rota::round(roster, unit)))
        .await
}

/// What would be laid out; nothing is written. It is given up when another is asked for.
#[tauri::command]
#[specta::specta]
pub async fn propose_rota(
    app_state: Shared<'_>,
    proposals: State<'_, Proposals>,
    form: RotaForm,
) -> Answer<RotaPage> {
    let is_newest = proposals.next();
    app_state
        .duty_giving_way(move |book, roster, now| {
            let new = asked(roster, &form)?;
            let proposal = book.propose(roster, form.period, &new, now, &|_, _| is_newest())?;
            rota::page(book, roster, &proposal.rota, now)
        })
        .await
}

/// Lays it out, as one change and one undo: searched while others may write, then taken if
/// nothing of it was written meanwhile.
#[tauri::command]
#[specta::specta]
pub async fn lay_out_rota(app_state: Shared<'_>, form: RotaForm) -> Answer<usize> {
    let proposal = app_state
        .duty_giving_way(move |book, roster, now| {
            let new = asked(roster, &form)?;
            book.propose(roster, form.period, &new, now, &|_, _| true)
        })
        .await?;
    app_state
        .write(move |write| write.take_proposal(&proposal))
        .await
}
