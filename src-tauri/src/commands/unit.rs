//! A unit's page.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::Instant;
use sotruc_core::directory::drill;
use sotruc_core::directory::person;
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::coverage::Roster;
use sotruc_core::id::UnitId;
use sotruc_core::submission::State;
use sotruc_core::text::tidy_some;
use sotruc_core::{Code, Error, LogFilter, Reader, Result};
use specta::Type;
use std::collections::HashMap;

use super::Shared;
use super::view::{
    ChangeRow, IncidentRow, LineRow, Names, PeriodCard, PersonRef, PersonRow, ShiftRow, UnitRef,
    period_at,
};
use crate::ipc_error::Answer;

/// How many coming shifts and lines a page shows.
const SHOWN: usize = 30;

/// All that is known of a unit.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UnitPage {
    /// Its facts.
    pub unit: UnitCard,
    /// The unit it belongs to.
    pub parent: Option<UnitRef>,
    /// Its people, who is called first first.
    pub people: Vec<PersonRow>,
    /// Who is on duty there now.
    pub on_duty: Vec<ShiftOrStanding>,
    /// Whether a post of it is empty now.
    pub hole: bool,
    /// Shifts that end after now, earliest first.
    pub shifts: Vec<ShiftRow>,
    /// The period for which it owes contact points.
    pub period: Option<PeriodCard>,
    /// Whether it sent; `null` when it owes nothing.
    pub state: Option<State>,
    /// The document it came with.
    pub document: Option<String>,
    /// When it came.
    pub received_at: Option<Instant>,
    /// By when it is due.
    pub due_at: Option<Instant>,
    /// Whether it came after its day, or did not come by it.
    pub late: bool,
    /// When the unit was reminded, earliest first.
    pub reminded: Vec<Reminded>,
    /// Since when no contact of it can be counted on.
    pub lost_since: Option<Instant>,
    /// Its incidents, newest first.
    pub incidents: Vec<IncidentRow>,
    /// Its newest lines, newest first.
    pub lines: Vec<LineRow>,
    /// What was written about it, newest first.
    pub history: Vec<ChangeRow>,
}

/// A word to a unit that owes.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Reminded {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// How, and what was answered.
    pub note: Option<String>,
}

/// Who is on duty at a unit.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShiftOrStanding {
    /// The post.
    pub post: sotruc_core::duty::period::Post,
    /// Who.
    pub person: PersonRef,
    /// Until when; `null` outside every period.
    pub to: Option<Instant>,
    /// Whether as standing contact.
    pub standing: bool,
}

/// A unit's facts.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UnitCard {
    /// Its identity.
    pub id: UnitId,
    /// Its code in the province's list.
    pub code: Option<String>,
    /// Its full name.
    pub name: String,
    /// A short name for narrow places.
    pub short_name: Option<String>,
    /// Its group.
    pub group: Group,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// Its switchboard, as written.
    pub phone: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// Other names under which it is known.
    pub aliases: Vec<String>,
    /// Whether it is our own.
    pub ours: bool,
}

/// A unit as a form gives it; an empty text takes a value away.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct UnitForm {
    /// Which unit; `null` for a new one.
    pub id: Option<UnitId>,
    /// Its code in the province's list.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// A short name for narrow places.
    pub short_name: String,
    /// Its group.
    pub group: Group,
    /// The unit it belongs to.
    pub parent: Option<UnitId>,
    /// Its switchboard.
    pub phone: String,
    /// Its e-mail address.
    pub email: String,
    /// Where it is.
    pub address: String,
    /// Anything else.
    pub note: String,
    /// Other names under which it is known, one in a line.
    pub aliases: String,
}

fn unknown(id: UnitId) -> Error {
    Error::new(Code::UnitUnknown).with("given", id)
}

/// All that is known of a unit.
#[tauri::command]
#[specta::specta]
pub async fn unit_page(app_state: Shared<'_>, id: UnitId) -> Answer<UnitPage> {
    app_state
        .duty(move |book, roster, now| page(book, &roster.of_unit(id), now, id))
        .await
}

/// `roster` is what of it concerns the unit.
fn page(book: Reader<'_>, roster: &Roster, now: Instant, id: UnitId) -> Result<UnitPage> {
    let unit = book.unit(id)?.ok_or_else(|| unknown(id))?;
    let names = Names::read(book)?;
    let by_id: HashMap<_, _> = roster
        .people
        .iter()
        .map(|person| (person.id, person))
        .collect();
    let on_duty = roster
        .on_duty(now)
        .into_iter()
        .filter_map(|line| {
            Some(ShiftOrStanding {
                post: line.post,
                person: PersonRef::from(*by_id.get(&line.person)?),
                to: line.to,
                standing: line.standing,
            })
        })
        .collect();
    let shifts = roster
        .shifts
        .iter()
        .filter(|shift| shift.to > now)
        .take(SHOWN)
        .map(|shift| ShiftRow {
            id: shift.id,
            unit: names.unit(shift.unit),
            post: shift.post,
            person: by_id
                .get(&shift.person)
                .map(|person| PersonRef::from(*person)),
            from: shift.from,
            to: shift.to,
        })
        .collect();
    let mut people = roster.people.clone();
    person::sort(&mut people);
    let period = period_at(&roster.periods, now).filter(|period| period.asks(&unit));
    let (owed, reminded) = match period {
        Some(period) => {
            let mut reminders = book.reminders(period.id)?;
            reminders.retain(|reminder| reminder.unit == id);
            let all = book.owed(period)?.into_iter();
            (
                all.into_iter().find(|owed| owed.submission.unit == id),
                reminders,
            )
        }
        None => (None, Vec::new()),
    };
    let submission = owed.as_ref().map(|owed| &owed.submission);
    let mut incidents = book.incidents()?;
    incidents.retain(|incident| incident.unit == id);
    incidents.reverse();
    let of_unit = LogFilter {
        unit: Some(id),
        ..LogFilter::default()
    };
    let lines = book.log_page(&of_unit, None, SHOWN)?.entries;
    Ok(UnitPage {
        parent: unit.parent.and_then(|parent| names.unit(parent)),
        people: people
            .iter()
            .map(|person| PersonRow::of(person, Some(&unit)))
            .collect(),
        on_duty,
        hole: !roster.holes_at(now).is_empty(),
        shifts,
        period: period.map(PeriodCard::from),
        state: submission.map(|known| known.state),
        document: submission.and_then(|known| known.document.clone()),
        received_at: submission.and_then(|known| known.received_at),
        due_at: owed.as_ref().map(|owed| owed.due_at),
        late: owed.as_ref().is_some_and(|owed| owed.is_late(now)),
        reminded: reminded
            .into_iter()
            .map(|reminder| Reminded {
                at: reminder.at,
                by: names.operator(reminder.operator).to_owned(),
                note: reminder.note,
            })
            .collect(),
        lost_since: drill::unreachable(&roster.people, &roster.drills, roster.fresh, now)
            .get(&id)
            .copied(),
        incidents: incidents
            .iter()
            .map(|incident| IncidentRow::of(incident, &names))
            .collect(),
        lines: lines.iter().map(|entry| names.line(entry)).collect(),
        history: names.history(book.history(id.0)?),
        unit: UnitCard {
            id,
            code: unit.code,
            name: unit.name,
            short_name: unit.short_name,
            group: unit.group,
            parent: unit.parent,
            phone: unit.phone,
            email: unit.email,
            address: unit.address,
            note: unit.note,
            aliases: unit.aliases,
            ours: unit.ours,
        },
    })
}

/// Writes a unit as a form gives it.
#[tauri::command]
#[specta::specta]
pub async fn save_unit(app_state: Shared<'_>, form: UnitForm) -> Answer<UnitId> {
    app_state
        .write(move |write| {
            let known = match form.id {
                Some(id) => write.unit(id)?.ok_or_else(|| unknown(id))?,
                None => write.new_unit(&form.name, form.group)?,
            };
            let unit = Unit {
                code: tidy_some(&form.code),
                name: form.name,
                short_name: tidy_some(&form.short_name),
                group: form.group,
                parent: form.parent,
                phone: tidy_some(&form.phone),
                email: tidy_some(&form.email),
                address: tidy_some(&form.address),
                note: tidy_some(&form.note),
                aliases: form.aliases.lines().map(str::to_owned).collect(),
                ..known
            };
            write.set_unit(&unit)?;
            Ok(unit.id)
        })
        .await
}

/// Takes a unit off the list.
#[tauri::command]
#[specta::specta]
pub async fn remove_unit(app_state: Shared<'_>, id: UnitId) -> Answer<()> {
    app_state
        .write(move |write| {
            let mut unit = write.unit(id)?.ok_or_else(|| unknown(id))?;
            unit.removed = true;
            write.set_unit(&unit)?;
            Ok(())
        })
        .await
}
