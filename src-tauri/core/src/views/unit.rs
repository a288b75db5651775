//! A unit: by name, and all that is known of it.

use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

use super::call::{CallOption, VainCall};
use super::duty::{self, ShiftRow};
use super::history::ChangeRow;
use super::incident::{self, IncidentRow};
use super::log::LineRow;
use super::names::Names;
use super::period::PeriodCard;
use super::person::{Cards, PersonRef, PersonRow};
use super::submission;
use crate::clock::Instant;
use crate::directory::drill;
use crate::directory::unit::{Group, Register, Unit};
use crate::duty::coverage::Roster;
use crate::duty::period::{self, Post};
use crate::error::{Code, Error, Result};
use crate::id::UnitId;
use crate::store::{LogFilter, Reader};
use crate::submission::State;
use crate::text::Phone;

/// How many coming shifts and lines a page shows.
const SHOWN: usize = 30;

/// A unit by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UnitRef {
    /// Its identity.
    pub id: UnitId,
    /// Its code in the province's list.
    pub code: Option<String>,
    /// Its full name.
    pub name: String,
    /// Its group.
    pub group: Group,
}

impl From<&Unit> for UnitRef {
    fn from(unit: &Unit) -> Self {
        Self {
            id: unit.id,
            code: unit.code.clone(),
            name: unit.name.clone(),
            group: unit.group,
        }
    }
}

/// All that is known of a unit.
#[derive(Debug, Clone, Serialize, Type)]
pub struct UnitPage {
    /// Its facts.
    pub unit: UnitCard,
    /// The unit it belongs to.
    pub parent: Option<UnitRef>,
    /// Its people, who is called first first.
    pub people: Vec<PersonRow>,
    /// The numbers to call, the first first.
    pub order: Vec<CallOption>,
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
    pub post: Post,
    /// Who.
    pub person: PersonRef,
    /// Until when; `null` outside every period.
    pub to: Option<Instant>,
    /// Whether as standing contact.
    pub standing: bool,
    /// Whether calls do not reach them.
    pub silent: bool,
    /// The number to call them on.
    #[serde(serialize_with = "super::maybe_text")]
    #[specta(type = Option<String>)]
    pub number: Option<Phone>,
    /// The last call on it, when it was in vain.
    pub tried: Option<VainCall>,
    /// The last call to them, when it was in vain.
    pub vain: Option<VainCall>,
}

/// A unit's facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
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

impl From<Unit> for UnitCard {
    fn from(unit: Unit) -> Self {
        Self {
            id: unit.id,
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
        }
    }
}

/// All that is known of a unit.
///
/// # Errors
/// [`Code::UnitUnknown`], those of the store.
pub fn page(book: Reader<'_>, roster: &Roster, now: Instant, id: UnitId) -> Result<UnitPage> {
    let unknown = || Error::new(Code::UnitUnknown).with("given", id);
    let unit = book.unit(id)?.ok_or_else(unknown)?;
    let names = Names::read(book)?;
    let roster = roster.of_unit(id);
    let on_duty = roster.on_duty(now);
    let calls = roster.calls(&on_duty, now);
    let there = duty::of(&roster, &on_duty, &calls, now).lines.into_iter();
    let mut there: Vec<ShiftOrStanding> = there
        .map(|line| {
            let mut people = roster.people.iter();
            let person = people.find(|person| person.id == line.person.id);
            let call = person.map(|person| calls.call(person));
            ShiftOrStanding {
                post: line.post,
                number: call.as_ref().and_then(|call| call.number.clone()),
                tried: call.and_then(|call| call.vain).map(VainCall::from),
                person: line.person,
                to: line.to,
                standing: line.standing,
                silent: line.silent,
                vain: line.vain,
            }
        })
        .collect();
    // Who did not answer just now comes after those who may.
    there.sort_by_key(|line| line.tried.is_some());
    let coming = roster.shifts.iter().filter(|shift| shift.to > now);
    let cards = Cards::of(&roster);
    let period = period::shown(&roster.periods, now).filter(|period| period.asks(&unit));
    let (owed, reminded) = match period {
        Some(period) => {
            let (rows, _) = submission::owed(book, &roster.units, period, now)?;
            let mut reminders = book.reminders(period.id)?;
            reminders.retain(|reminder| reminder.unit == id);
            (rows.into_iter().next(), reminders)
        }
        None => (None, Vec::new()),
    };
    let of_unit = LogFilter {
        unit: Some(id),
        ..LogFilter::default()
    };
    let lines = book.log_page(&of_unit, None, SHOWN)?.entries;
    Ok(UnitPage {
        parent: unit.parent.and_then(|parent| names.unit(parent)),
        people: calls
            .of(id)
            .into_iter()
            .map(|person| PersonRow::of(person, Some(&unit)))
            .collect(),
        order: CallOption::all(&calls.order(&unit, &[])),
        on_duty: there,
        hole: duty::uncovered(&roster, &on_duty, now).contains(&id),
        shifts: coming
            .take(SHOWN)
            .map(|shift| ShiftRow {
                id: shift.id,
                unit: names.unit(shift.unit),
                post: shift.post,
                person: Some(cards.named(shift.person)),
                from: shift.from,
                to: shift.to,
            })
            .collect(),
        period: period.map(PeriodCard::from),
        state: owed.as_ref().map(|owed| owed.state),
        document: owed.as_ref().and_then(|owed| owed.document.clone()),
        received_at: owed.as_ref().and_then(|owed| owed.received_at),
        due_at: owed.as_ref().map(|owed| owed.due_at),
        late: owed.as_ref().is_some_and(|owed| owed.late),
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
        incidents: incident::list(book, &names, |incident| {
            names.unit(incident.unit).is_some_and(|unit| unit.id == id)
        })?,
        lines: lines.iter().map(|entry| names.line(entry)).collect(),
        history: names.history(book.history(id.0)?),
        unit: UnitCard::from(unit),
    })
}

/// The numbers of a unit to call now, the first first.
#[must_use]
pub fn order(roster: &Roster, unit: &Unit, now: Instant) -> Vec<CallOption> {
    let roster = roster.of_unit(unit.id);
    let calls = roster.calls(&roster.on_duty(now), now);
    CallOption::all(&calls.order(unit, &[]))
}

/// A unit in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UnitListRow {
    /// Its facts.
    pub unit: UnitCard,
    /// What the unit is called that it belongs to.
    pub parent: Option<String>,
    /// How many people it has.
    pub people: usize,
}

/// The units, as an office lists them.
///
/// # Errors
/// Those of the store.
pub fn list(book: Reader<'_>) -> Result<Vec<UnitListRow>> {
    let units = book.units()?;
    let mut people: HashMap<UnitId, usize> = HashMap::new();
    for person in book.people()? {
        *people.entry(person.unit).or_default() += 1;
    }
    let names: HashMap<UnitId, String> = units
        .iter()
        .map(|unit| (unit.id, unit.name.clone()))
        .collect();
    let row = |unit: Unit| UnitListRow {
        parent: unit.parent.and_then(|id| names.get(&id).cloned()),
        people: people.get(&unit.id).copied().unwrap_or(0),
        unit: UnitCard::from(unit),
    };
    Ok(units.into_iter().map(row).collect())
}

/// One unit as [`list`] shows it: that which `given` names, by code, name or id.
///
/// # Errors
/// Those of [`Register::find`] and of the store.
pub fn card(book: Reader<'_>, given: &str) -> Result<Option<UnitListRow>> {
    let id = Register::new(&book.units()?).find(given)?.id;
    Ok(list(book)?.into_iter().find(|row| row.unit.id == id))
}
