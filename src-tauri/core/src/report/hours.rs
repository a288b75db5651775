//! The hours that people stood on duty, by which they are paid.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::io::Write;

use super::RosterOptions;
use crate::clock::Instant;
use crate::directory::person::{self, Person, UnitNames};
use crate::directory::unit::Unit;
use crate::duty::stood::Stood;
use crate::error::Result;
use crate::id::{PersonId, UnitId};
use crate::messages::vietnamese;
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;
use crate::text::fold;

/// The hours of everybody who stood on duty, by the unit of then and name. Who was taken off the list stood
/// until then.
///
/// # Errors
/// Those of the store and of the options, and [`crate::Code::File`].
pub fn hours(book: Reader<'_>, to: impl Write, form: Form, options: &RosterOptions) -> Result<()> {
    let (begins, ends) = options.span(&book.periods()?)?;
    let span = (
        begins.unwrap_or(Instant::from_millis(i64::MIN)),
        ends.unwrap_or(Instant::from_millis(i64::MAX)),
    );
    // As the roster tells it: without leave, and without who is only on call.
    let roster = book.roster()?;
    let laid_out = roster.laid_out();
    let mut stood = laid_out.stood(Some(span), |_| true);
    let several = roster.units_of_people();
    let mut cards = book.all_cards()?;
    cards.retain(|card| {
        let is_wished = options.person.is_none_or(|wished| card.id == wished);
        is_wished && stood.contains_key(&card.id)
    });
    let heading = |field: Field| field.heading(List::People);
    let column = |key: &'static str| vietnamese().text(key);
    let headings = [
        heading(Field::UnitCode),
        heading(Field::Unit),
        heading(Field::FullName),
        column("column_shifts"),
        column("column_hours"),
        column("column_night_hours"),
        column("column_weekend_hours"),
        column("column_holiday_hours"),
        column("column_nights"),
        column("column_weekends"),
        column("column_holidays"),
    ];
    let mut sheet = super::table(book, to, form, &headings)?;
    let names = book.unit_names()?;
    let mut by_unit: HashMap<UnitId, Vec<Person>> = HashMap::new();
    let mut of_unit: HashMap<(UnitId, PersonId), Stood> = HashMap::new();
    let listed = roster.listed_units();
    for card in cards {
        let parts = match (several.get(&card.id), stood.remove(&card.id)) {
            (None, Some(stood)) => vec![(card.unit, stood)],
            // What was stood for a unit stays with it.
            (Some(units), _) => {
                let of = |(unit, (from, to)): &(UnitId, (Instant, Instant))| {
                    let part = ((*from).max(span.0), (*to).min(span.1));
                    let mut stood = laid_out.stood(Some(part), |shift| shift.person == card.id);
                    Some((*unit, stood.remove(&card.id)?))
                };
                units.iter().filter_map(of).collect()
            }
            (None, None) => Vec::new(),
        };
        for (unit, stood) in parts {
            // A unit that nobody lists has the one that took its place.
            let unit = match listed.iter().any(|known| known.id == unit) {
                true => unit,
                false => names.get(&unit).map_or(unit, |(today, _)| *today),
            };
            match of_unit.entry((unit, card.id)) {
                Entry::Occupied(mut known) => *known.get_mut() += stood,
                Entry::Vacant(new) => {
                    new.insert(stood);
                    by_unit.entry(unit).or_default().push(card.clone());
                }
            }
        }
    }
    for (unit, code, name) in places(listed, &names) {
        let mut people = by_unit.remove(&unit).unwrap_or_default();
        if options.unit.is_some_and(|wished| unit != wished) {
            continue;
        }
        person::sort(&mut people);
        for person in people {
            let Some(stood) = of_unit.remove(&(unit, person.id)) else {
                continue;
            };
            sheet.row(&[
                Cell::text(code.as_deref()),
                Cell::Text(name.clone()),
                Cell::Text(person.full_name),
                Cell::Count(stood.shifts),
                Cell::Length(stood.time),
                Cell::Length(stood.night),
                Cell::Length(stood.weekend),
                Cell::Length(stood.holiday),
                Cell::Count(stood.nights),
                Cell::Count(stood.weekends),
                Cell::Count(stood.holidays),
            ])?;
        }
    }
    sheet.end()
}

/// The units with their codes and names, as an office lists them; at last those that are no more.
fn places(units: Vec<Unit>, names: &UnitNames) -> Vec<(UnitId, Option<String>, String)> {
    let mut places: Vec<_> = units
        .into_iter()
        .map(|unit| (unit.id, unit.code, unit.name))
        .collect();
    let known: HashSet<UnitId> = places.iter().map(|(id, ..)| *id).collect();
    let gone = names.iter().filter(|(id, _)| !known.contains(id));
    let mut gone: Vec<_> = gone
        .map(|(id, (_, name))| (*id, None, name.clone()))
        .collect();
    gone.sort_by_key(|(id, _, name)| (fold(name), *id));
    places.append(&mut gone);
    places
}
