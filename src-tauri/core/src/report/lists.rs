//! The lists of the book, row by row.

use std::collections::HashMap;
use std::io::Write;

use super::columns;
use crate::clock::Instant;
use crate::directory::person::{self, Person};
use crate::directory::unit::Register;
use crate::error::Result;
use crate::id::OperatorId;
use crate::incident::Facts;
use crate::incident::profile::Basis;
use crate::messages::vietnamese;
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;
use crate::text::Phone;

/// The units.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn units(book: Reader<'_>, to: impl Write, form: Form) -> Result<()> {
    use Field::{Address, Email, Group, Note, Parent, ShortName, Unit, UnitCode};
    let fields = [
        UnitCode,
        Unit,
        Group,
        ShortName,
        Parent,
        Field::Phone,
        Email,
        Address,
        Note,
    ];
    let mut sheet = super::table(
        book,
        to,
        form,
        &fields.map(|field| field.heading(List::Units)),
    )?;
    let units = book.units()?;
    let register = Register::new(&units);
    for unit in &units {
        let parent = unit.parent.and_then(|id| register.get(id));
        sheet.row(&[
            Cell::text(unit.code.as_deref()),
            Cell::Text(unit.name.clone()),
            Cell::Text(vietnamese().word(unit.group).to_owned()),
            Cell::text(unit.short_name.as_deref()),
            Cell::text(parent.map(|unit| unit.name.as_str())),
            Cell::text(unit.phone.as_deref()),
            Cell::text(unit.email.as_deref()),
            Cell::text(unit.address.as_deref()),
            Cell::text(unit.note.as_deref()),
        ])?;
    }
    sheet.end()
}

/// The directory: people by unit, who is called first first.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn people(book: Reader<'_>, to: impl Write, form: Form, without_numbers: bool) -> Result<()> {
    use Field::{Email, FullName, Landline, Mobile, Note, Role, Title, Unit, UnitCode};
    let fields = [
        UnitCode, Unit, FullName, Title, Role, Mobile, Landline, Email, Note,
    ];
    let mut sheet = super::table(
        book,
        to,
        form,
        &fields.map(|field| field.heading(List::People)),
    )?;
    let told = |cell: Cell| if without_numbers { Cell::Empty } else { cell };
    let units = book.units()?;
    let mut by_unit: HashMap<_, Vec<Person>> = HashMap::new();
    for person in book.people()? {
        by_unit.entry(person.unit).or_default().push(person);
    }
    for unit in &units {
        let mut people = by_unit.remove(&unit.id).unwrap_or_default();
        person::sort(&mut people);
        for person in people {
            let role = person
                .role
                .map(|role| vietnamese().word(role))
                .or(person.role_text.as_deref());
            sheet.row(&[
                Cell::text(unit.code.as_deref()),
                Cell::Text(unit.name.clone()),
                Cell::Text(person.full_name.clone()),
                Cell::text(person.title.as_deref()),
                Cell::text(role),
                told(numbers(&person.mobiles)),
                told(numbers(person.landline.as_slice())),
                told(Cell::text(person.email.as_deref())),
                Cell::text(person.note.as_deref()),
            ])?;
        }
    }
    sheet.end()
}

pub(super) fn numbers(numbers: &[Phone]) -> Cell {
    match numbers {
        [] => Cell::Empty,
        numbers => Cell::Plain(
            numbers
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; "),
        ),
    }
}

/// The incidents, in the order in which they were opened.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn incidents(book: Reader<'_>, to: impl Write, form: Form) -> Result<()> {
    let headings = columns([
        "column_number",
        "column_incident",
        "column_unit_code",
        "column_unit",
        "column_type_code",
        "column_kind",
        "column_severity",
        "column_status",
        "column_detected",
        "column_closed",
        "column_note",
        "column_owner",
        "column_system_level",
        "column_tlp",
    ]);
    let headings: Vec<&str> = headings
        .into_iter()
        .chain(Facts::NAMES.iter().map(|name| fact_heading(name)))
        .collect();
    let mut sheet = super::table(book, to, form, &headings)?;
    let operators = book.operators()?;
    let mut units = book.units()?;
    units.extend(book.former_units()?);
    let register = Register::new(&units);
    for incident in book.incidents()? {
        let unit = register.get(incident.unit);
        let owner = operators
            .iter()
            .find(|operator| Some(operator.id) == incident.owner);
        let mut row = vec![
            Cell::Plain(incident.number.clone()),
            Cell::Text(incident.title.clone()),
            Cell::text(unit.and_then(|unit| unit.code.as_deref())),
            Cell::text(unit.map(|unit| unit.name.as_str())),
            Cell::Plain(incident.kind.key().to_owned()),
            Cell::Text(vietnamese().word(incident.kind).to_owned()),
            Cell::text(incident.severity.map(|value| vietnamese().word(value))),
            Cell::Text(vietnamese().word(incident.status).to_owned()),
            Cell::Time(incident.detected_at),
            Cell::time(incident.closed_at),
            Cell::text(incident.note.as_deref()),
            Cell::text(owner.map(|operator| operator.name.as_str())),
            incident
                .system_level
                .map_or(Cell::Empty, |level| Cell::Count(level.into())),
            Cell::text(incident.tlp.map(|value| vietnamese().word(value))),
        ];
        let facts = Facts::NAMES.iter();
        row.extend(facts.map(|name| Cell::text(incident.facts.get(name))));
        sheet.row(&row)?;
    }
    sheet.end()
}

/// The heading of a text that the reports on an incident ask for.
fn fact_heading(name: &'static str) -> &'static str {
    let heading = vietnamese().maybe(&format!("field_{name}"));
    heading.unwrap_or(name)
}

/// The notices, by when they are due.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn notices(book: Reader<'_>, to: impl Write, form: Form, now: Instant) -> Result<()> {
    let headings = columns([
        "column_incident_number",
        "column_incident",
        "column_notice",
        "column_recipient",
        "column_due",
        "column_deadline",
        "column_basis",
        "column_state",
        "column_sent",
        "column_channel",
        "column_whom",
        "column_document",
        "column_acknowledged",
        "column_waived",
    ]);
    let mut sheet = super::table(book, to, form, &headings)?;
    let (rules, incidents) = (book.rules()?, book.incidents()?);
    let notices = book.notices()?;
    for notice in &notices {
        let incident = incidents.iter().find(|known| known.id == notice.incident);
        let (Some(incident), Some(state)) = (incident, rules.state(notice, now)) else {
            continue;
        };
        let basis = rules.basis(notice, &notices, incident)?;
        let what = rules.what(notice, &notices, incident)?.vi;
        sheet.row(&[
            Cell::Plain(incident.number.clone()),
            Cell::Text(incident.title.clone()),
            Cell::Text(what),
            Cell::Text(rules.told(notice, Some(incident)).name),
            Cell::Time(notice.due_at),
            Cell::text(
                basis
                    .as_ref()
                    .map(|basis| vietnamese().text(Basis::key(basis.seen))),
            ),
            Cell::text(basis.as_ref().map(|basis| basis.text.vi.as_str())),
            Cell::Text(vietnamese().word(state).to_owned()),
            Cell::time(notice.sent_at),
            Cell::text(notice.channel.map(|value| vietnamese().word(value))),
            Cell::text(notice.whom.as_deref()),
            Cell::text(notice.document.as_deref()),
            Cell::time(notice.acknowledged_at),
            Cell::text(notice.reason.as_deref()),
        ])?;
    }
    sheet.end()
}

/// The log, in the order in which it was written.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn log(book: Reader<'_>, to: impl Write, form: Form) -> Result<()> {
    let headings = columns([
        "column_line",
        "column_occurred",
        "column_recorded",
        "column_author",
        "column_kind",
        "column_unit",
        "column_incident",
        "column_text",
        "column_corrects",
        "column_correction_reason",
        "column_corrected_by",
        "column_late_reason",
        "column_grounds",
        "column_whom",
        "column_channel",
        "column_dialled",
        "column_files",
    ]);
    let mut sheet = super::table(book, to, form, &headings)?;
    let units = book.unit_names()?;
    let incidents: HashMap<_, _> = book.incident_numbers()?;
    let operators: HashMap<OperatorId, String> = book
        .operators()?
        .into_iter()
        .map(|operator| (operator.id, operator.name))
        .collect();
    book.each_entry(None, |entry| {
        let unit = entry.unit.and_then(|id| units.get(&id));
        let line = |line: &Option<crate::log::entry::Line>| {
            line.as_ref()
                .map_or(Cell::Empty, |line| Cell::Plain(line.to_string()))
        };
        sheet.row(&[
            Cell::Plain(entry.line().to_string()),
            Cell::Time(entry.occurred_at),
            Cell::Time(entry.recorded_at),
            Cell::text(operators.get(&entry.operator).map(String::as_str)),
            Cell::Text(vietnamese().word(entry.kind).to_owned()),
            Cell::text(unit.map(|(_, name)| name.as_str())),
            Cell::text(
                entry
                    .incident
                    .and_then(|id| incidents.get(&id))
                    .map(String::as_str),
            ),
            Cell::Text(entry.text.clone()),
            line(&entry.corrects),
            Cell::text(entry.reason.as_deref()),
            line(&entry.corrected_by),
            Cell::text(entry.late_reason.as_deref()),
            Cell::text(entry.grounds.as_deref()),
            Cell::text(entry.whom.as_deref()),
            Cell::text(entry.channel.map(|value| vietnamese().word(value))),
            entry.dialled.clone().map_or(Cell::Empty, Cell::Plain),
            match entry.files.as_slice() {
                [] => Cell::Empty,
                files => {
                    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                    Cell::Text(names.join("; "))
                }
            },
        ])
    })?;
    sheet.end()
}
