//! Rotas: tried out, laid out.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::pattern::{Days, LimitHours, Pattern, Slot};
use sotruc_core::duty::period::{Period, Post};
use sotruc_core::duty::rota::Rota;
use sotruc_core::id::{PeriodId, PersonId, UnitId};
use sotruc_core::views::findings::{self, FindingRow};
use sotruc_core::views::person::PersonRef;
use sotruc_core::{Code, Error, NewRota, Reader, Result};
use specta::Type;

use super::Shared;
use crate::ipc_error::Answer;

/// A rota as a form gives it.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct RotaForm {
    /// The period it is for.
    pub period: PeriodId,
    /// The key of a pattern that comes with the program, or what one's own is called.
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
    /// Its weak points.
    pub findings: Vec<FindingRow>,
    /// Whoever is named in them; they are named by their place here.
    pub people: Vec<PersonRef>,
}

fn asked<'a>(periods: &'a [Period], form: &RotaForm) -> Result<(&'a Period, NewRota)> {
    let period = periods
        .iter()
        .find(|period| period.id == form.period)
        .ok_or_else(|| Error::new(Code::PeriodUnknown).with("given", form.period))?;
    let shipped = Pattern::shipped(&form.pattern, form.change.map(i64::from), period.from);
    let own = || Pattern {
        key: form.pattern.clone(),
        slots: form
            .slots
            .iter()
            .map(|slot| Slot {
                start: i64::from(slot.start % (24 * 60)),
                minutes: i64::from(slot.minutes.clamp(1, 24 * 60 * 31)),
                days: slot.days,
            })
            .collect(),
    };
    let pattern = match form.slots.is_empty() {
        true => shipped.ok_or_else(|| {
            Error::new(Code::ValueUnknown)
                .with("field", "pattern")
                .with("given", &form.pattern)
                .with("known", sotruc_core::duty::pattern::PATTERNS.join(", "))
        })?,
        false => own(),
    };
    let new = NewRota {
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
    };
    Ok((period, new))
}

/// What would be laid out; nothing is written.
#[tauri::command]
#[specta::specta]
pub async fn propose_rota(app_state: Shared<'_>, form: RotaForm) -> Answer<RotaPage> {
    app_state
        .duty(move |book, roster, now| {
            let (period, new) = asked(&roster.periods, &form)?;
            let rota = book.propose(roster, period, &new, now)?;
            page(book, roster, &rota)
        })
        .await
}

/// Lays it out, as one change and one undo.
#[tauri::command]
#[specta::specta]
pub async fn lay_out_rota(app_state: Shared<'_>, form: RotaForm) -> Answer<usize> {
    app_state
        .write(move |write| {
            let periods = write.periods()?;
            let (period, new) = asked(&periods, &form)?;
            Ok(write.lay_out(period, &new)?.shifts())
        })
        .await
}

fn page(book: Reader<'_>, roster: &Roster, rota: &Rota) -> Result<RotaPage> {
    let laid = rota.new.iter().chain(&rota.kept);
    let units: std::collections::HashSet<UnitId> = laid.map(|shift| shift.unit).collect();
    let found = findings::of_rota(book, roster, &rota.findings)?;
    Ok(RotaPage {
        shifts: rota.shifts(),
        new: rota.new.len(),
        gone: rota.gone.len(),
        units: units.len(),
        findings: found.rows,
        people: found.people,
    })
}
