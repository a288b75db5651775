//! Rotas: tried out, laid out.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::pattern::{Days, LimitHours, OWN, Pattern, Slot};
use sotruc_core::duty::period::{self, Post};
use sotruc_core::duty::rota::{PersonShare, Rota};
use sotruc_core::duty::stood::Stood;
use sotruc_core::id::{PeriodId, PersonId, UnitId};
use sotruc_core::{NewRota, Result};
use specta::Type;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tauri::State;

use super::Shared;
use super::roster::{Cast, FindingRow, finding_rows};
use super::view::PersonRef;
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
    /// The most hours in a week; `null` for no limit.
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

/// What a rota would be, or is.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RotaPage {
    /// How many shifts it has.
    pub shifts: usize,
    /// How many of them are new.
    pub new: usize,
    /// How many of an earlier rota go.
    pub gone: usize,
    /// How many units it lays out.
    pub units: usize,
    /// What everybody who has a part in it would stand in the period, by unit and name.
    pub shares: Vec<ShareRow>,
    /// Its weak points.
    pub findings: Vec<FindingRow>,
    /// Whoever is named in them; they are named by their place here.
    pub people: Vec<PersonRef>,
}

/// What one person would stand.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShareRow {
    /// Who.
    pub full_name: String,
    /// Of which unit.
    pub unit: String,
    /// What.
    pub stood: Stood,
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
        .duty(move |book, roster, now| {
            let new = asked(roster, &form)?;
            let proposal = book.propose(roster, form.period, &new, now, &|_, _| is_newest())?;
            Ok(page(roster, &proposal.rota))
        })
        .await
}

/// Lays it out, as one change and one undo: searched while others may write, then taken if
/// nothing of it was written meanwhile.
#[tauri::command]
#[specta::specta]
pub async fn lay_out_rota(app_state: Shared<'_>, form: RotaForm) -> Answer<usize> {
    let proposal = app_state
        .duty(move |book, roster, now| {
            let new = asked(roster, &form)?;
            book.propose(roster, form.period, &new, now, &|_, _| true)
        })
        .await?;
    app_state
        .write(move |write| {
            write.take_proposal(&proposal)?;
            Ok(proposal.rota.shifts())
        })
        .await
}

fn page(roster: &Roster, rota: &Rota) -> RotaPage {
    let mut cast = Cast::default();
    // Nobody is proposed for what the proposal itself leaves open.
    let mut findings = finding_rows(roster, &rota.findings, &[], &mut cast);
    for finding in &mut findings {
        finding.free.clear();
        finding.extend = None;
    }
    let people: HashMap<_, _> = roster.people.iter().map(|one| (one.id, one)).collect();
    let register = Register::new(&roster.units);
    let share = |share: &PersonShare| {
        let person = people.get(&share.person)?;
        Some(ShareRow {
            full_name: person.full_name.clone(),
            unit: register.get(person.unit)?.name.clone(),
            stood: share.stood,
        })
    };
    RotaPage {
        shifts: rota.shifts(),
        new: rota.new.len(),
        gone: rota.gone.len(),
        units: rota.units(),
        shares: rota.shares.iter().filter_map(share).collect(),
        findings,
        people: cast.people,
    }
}
