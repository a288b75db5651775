//! The rows of a duty sheet as plain data, and what changed between two editions.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use super::super::roster::Lines;
use super::SheetOptions;
use crate::clock::Instant;
use crate::directory::drill;
use crate::directory::person::Person;
use crate::directory::unit::{Group, Unit};
use crate::duty::coverage::Roster;
use crate::duty::period::Post;
use crate::sheet::duty::DutyForm;
use crate::text::fold;

/// A row: a shift, a standing contact, or a hole.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SheetRow {
    /// The group of the unit.
    pub group: Group,
    /// The name of the unit.
    pub unit: String,
    /// The post.
    pub post: Post,
    /// How it is held.
    pub form: DutyForm,
    /// Who stands on it.
    pub name: Option<String>,
    /// Their number, unless numbers are left out.
    pub number: Option<String>,
    /// Whether the last call to that number was in vain.
    pub failed: bool,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// Whether whoever it names has leave in some of it.
    pub away: bool,
}

/// A row that one of two editions has and the other has not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// Only the edition before has it.
    Removed(SheetRow),
    /// Only the edition after has it.
    Added(SheetRow),
}

impl Difference {
    /// The row.
    #[must_use]
    pub const fn row(&self) -> &SheetRow {
        match self {
            Self::Removed(row) | Self::Added(row) => row,
        }
    }
}

/// The rows of a sheet, as is known `now`: by unit, post and time; of one unit by time.
#[must_use]
pub fn rows(roster: &Roster, options: &SheetOptions, now: Instant) -> Vec<SheetRow> {
    let vain = drill::in_vain(&roster.people, &roster.drills, now);
    let is_vain = |person: &Person| {
        let vain = vain.get(&person.id).zip(person.number());
        vain.is_some_and(|(vain, number)| vain.on(number).is_some())
    };
    let lines = Lines::new(roster, (Some(options.from), Some(options.to)), now);
    let wished = |unit: &&Unit| {
        options.unit.is_none_or(|wished| unit.id == wished)
            && options.group.is_none_or(|wished| unit.group == wished)
    };
    let mut rows = Vec::new();
    for unit in roster.listed_units().iter().filter(wished) {
        rows.extend(lines.of(unit).into_iter().map(|line| {
            SheetRow {
                group: unit.group,
                unit: unit.name.clone(),
                post: line.post,
                form: line.form,
                name: line.person.map(|person| person.full_name.clone()),
                number: line
                    .person
                    .and_then(Person::number)
                    .filter(|_| !options.without_numbers)
                    .map(ToString::to_string),
                failed: !options.without_numbers && line.person.is_some_and(is_vain),
                from: line.from,
                to: line.to,
                away: line.away,
            }
        }));
    }
    if options.unit.is_some() {
        rows.sort_by_key(|row| (row.from.max(options.from), row.post, row.to));
    }
    rows
}

/// What one edition has and the other has not: by unit, post and time, what went before what came.
#[must_use]
pub fn differences(before: &[SheetRow], after: &[SheetRow]) -> Vec<Difference> {
    let mut left: HashMap<&SheetRow, usize> = HashMap::new();
    for row in before {
        *left.entry(row).or_default() += 1;
    }
    let mut found = Vec::new();
    for row in after {
        match left.get_mut(row).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => found.push(Difference::Added(row.clone())),
        }
    }
    for row in before.iter().rev() {
        if let Some(count) = left.get_mut(row).filter(|count| **count > 0) {
            *count -= 1;
            found.push(Difference::Removed(row.clone()));
        }
    }
    found.sort_by_cached_key(|difference| {
        let row = difference.row();
        let came = matches!(difference, Difference::Added(_));
        let unit = (row.group, fold(&row.unit), row.unit.clone());
        (unit, row.post, row.from, came, row.to, row.name.clone())
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: &str, name: Option<&str>, from: &str, to: &str) -> SheetRow {
        let at = |text: &str| Instant::parse(text).expect("a moment");
        SheetRow {
            group: Group::Department,
            unit: unit.to_owned(),
            post: Post::Main,
            form: name.map_or(DutyForm::Empty, |_| DutyForm::Shift),
            name: name.map(str::to_owned),
            number: None,
            failed: false,
            from: at(from),
            to: at(to),
            away: false,
        }
    }

    #[test]
    fn only_what_changed_is_different() {
        let (seven, five) = ("22/05/2016 07:00", "22/05/2016 17:00");
        let an = row("Sở Y tế", Some("An"), seven, five);
        let hole = row("Sở Y tế", None, seven, five);
        let binh = row("Sở Công Thương", Some("Bình"), seven, five);
        let late = row("Sở Công Thương", Some("Bình"), five, "22/05/2016 22:00");
        let check = |before: &[&SheetRow], after: &[&SheetRow], expect: &[Difference]| {
            let rows = |rows: &[&SheetRow]| -> Vec<SheetRow> {
                rows.iter().map(|row| (*row).clone()).collect()
            };
            assert_eq!(differences(&rows(before), &rows(after)), expect);
        };
        let added = |row: &SheetRow| Difference::Added(row.clone());
        let removed = |row: &SheetRow| Difference::Removed(row.clone());
        check(&[], &[], &[]);
        check(&[&an, &binh], &[&binh, &an], &[]);
        check(&[&an], &[&hole], &[removed(&an), added(&hole)]);
        check(&[&an, &an], &[&an], &[removed(&an)]);
        check(&[&an], &[&an, &an, &an], &[added(&an), added(&an)]);
        check(
            &[&an, &binh],
            &[&hole, &late],
            &[removed(&binh), added(&late), removed(&an), added(&hole)],
        );
        let called = SheetRow {
            number: Some("0905 123 456".to_owned()),
            ..an.clone()
        };
        check(&[&an], &[&called], &[removed(&an), added(&called)]);
    }
}
