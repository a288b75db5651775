//! The roster as a list: a row for each shift, standing contact and hole.

use std::io::Write;

use super::super::lists::numbers;
use super::Lines;
use crate::directory::person::Person;
use crate::directory::unit::Unit;
use crate::error::Result;
use crate::messages::vietnamese;
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;

pub(super) fn list(
    book: Reader<'_>,
    to: impl Write,
    form: Form,
    lines: &Lines<'_>,
    units: &[&Unit],
    without_numbers: bool,
) -> Result<()> {
    use Field::{Form as FormField, From, FullName, Mobile, Post, To, Unit, UnitCode};
    let heading = |field: Field| field.heading(List::Roster);
    let headings = [
        heading(UnitCode),
        heading(Unit),
        heading(Post),
        heading(FullName),
        heading(Mobile),
        heading(From),
        heading(To),
        heading(FormField),
    ];
    let mut sheet = crate::report::table(book, to, form, &headings)?;
    let told = |cell: Cell| if without_numbers { Cell::Empty } else { cell };
    for unit in units {
        for line in lines.of(unit) {
            sheet.part(vietnamese().word(unit.group))?;
            let number = line.person.and_then(Person::number);
            sheet.row(&[
                Cell::text(unit.code.as_deref()),
                Cell::Text(unit.name.clone()),
                Cell::Text(vietnamese().word(line.post).to_owned()),
                Cell::text(line.person.map(|person| person.full_name.as_str())),
                told(numbers(
                    number.map(std::slice::from_ref).unwrap_or_default(),
                )),
                Cell::Time(line.from),
                Cell::Time(line.to),
                Cell::Text(vietnamese().word(line.form).to_owned()),
            ])?;
        }
    }
    sheet.end()
}
