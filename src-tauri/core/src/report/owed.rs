//! What units sent and owe, and the calls to their people.

use std::collections::HashMap;
use std::io::Write;

use crate::clock::Instant;
use crate::directory::person::Person;
use crate::directory::unit::Unit;
use crate::error::Result;
use crate::id::{OperatorId, PersonId, UnitId};
use crate::messages::vietnamese;
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;
use crate::text::Phone;

/// What each unit sent and owes, period by period; of those that are waited for, whom to call.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn submissions(
    book: Reader<'_>,
    to: impl Write,
    form: Form,
    without_numbers: bool,
    now: Instant,
) -> Result<()> {
    let heading = |field: Field| field.heading(List::Units);
    let column = |key: &'static str| vietnamese().text(key);
    let headings = [
        column("column_period"),
        heading(Field::UnitCode),
        heading(Field::Unit),
        heading(Field::Group),
        column("column_state"),
        column("column_late"),
        column("column_due_to_send"),
        column("column_received"),
        column("column_document"),
        column("column_reminders"),
        column("column_reminded"),
        column("column_call"),
        column("column_call_number"),
    ];
    let mut sheet = super::table(book, to, form, &headings)?;
    let roster = book.roster()?;
    let calls = roster.calls(&roster.on_duty(now), now);
    let by_id: HashMap<UnitId, &Unit> = roster.units.iter().map(|unit| (unit.id, unit)).collect();
    for period in book.periods()? {
        for owed in book.owed(&period)? {
            let Some(unit) = by_id.get(&owed.unit) else {
                continue;
            };
            let call = calls.first(unit.id);
            let call = call.filter(|_| !owed.state.is_settled());
            let number = call.and_then(Person::number).map(Phone::to_string);
            let desk = unit.phone.clone().filter(|_| !owed.state.is_settled());
            sheet.row(&[
                Cell::Text(period.name.clone()),
                Cell::text(unit.code.as_deref()),
                Cell::Text(unit.name.clone()),
                Cell::Text(vietnamese().word(unit.group).to_owned()),
                Cell::Text(vietnamese().word(owed.state).to_owned()),
                match owed.is_late(now) {
                    true => Cell::Text(column("column_late").to_owned()),
                    false => Cell::Empty,
                },
                Cell::Time(owed.due_at),
                Cell::time(owed.received_at),
                Cell::text(owed.document.as_deref()),
                Cell::Count(owed.reminders as u64),
                Cell::time(owed.reminded_at),
                Cell::text(call.map(|person| person.full_name.as_str())),
                number
                    .or(desk)
                    .filter(|_| !without_numbers)
                    .map_or(Cell::Empty, Cell::Plain),
            ])?;
        }
    }
    sheet.end()
}

/// The calls to people, earliest first.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn drills(book: Reader<'_>, to: impl Write, form: Form, without_numbers: bool) -> Result<()> {
    let heading = |field: Field| field.heading(List::People);
    let column = |key: &'static str| vietnamese().text(key);
    let headings = [
        column("column_called"),
        heading(Field::Unit),
        heading(Field::FullName),
        column("column_call_number"),
        column("column_outcome"),
        column("column_call_back"),
        column("column_caller"),
        heading(Field::Note),
    ];
    let mut sheet = super::table(book, to, form, &headings)?;
    let (units, people, operators) = (book.units()?, book.people()?, book.operators()?);
    let units: HashMap<UnitId, &str> = units
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let people: HashMap<PersonId, &Person> =
        people.iter().map(|person| (person.id, person)).collect();
    let operators: HashMap<OperatorId, &str> = operators
        .iter()
        .map(|operator| (operator.id, operator.name.as_str()))
        .collect();
    for drill in book.drills()? {
        let person = people.get(&drill.person);
        let number = drill.number.as_ref().filter(|_| !without_numbers);
        sheet.row(&[
            Cell::Time(drill.at),
            Cell::text(person.and_then(|person| units.get(&person.unit).copied())),
            Cell::text(person.map(|person| person.full_name.as_str())),
            number.map_or(Cell::Empty, |number| Cell::Plain(number.to_string())),
            Cell::Text(vietnamese().word(drill.outcome).to_owned()),
            drill
                .minutes
                .map_or(Cell::Empty, |minutes| Cell::Count(minutes.into())),
            Cell::text(operators.get(&drill.operator).copied()),
            Cell::text(drill.note.as_deref()),
        ])?;
    }
    sheet.end()
}
