//! A list of shifts, read against the units and people of the book.

use std::collections::HashMap;
use uuid::Uuid;

use super::heading::Field;
use super::unit_cell::LookedUp;
use super::{Expected, Notice, Rejected, Table, Warning};
use crate::clock::Instant;
use crate::coverage::Roster;
use crate::error::Result;
use crate::id::{PersonId, ShiftId, UnitId};
use crate::period::{Period, Post};
use crate::shift::{Shift, period_of};
use crate::text::fold;
use crate::unit::Register;
use crate::word::words;

/// Vietnamese names of the posts; the first is the one we write.
const POST_NAMES: &[(Post, &[&str])] = &[
    (Post::Main, &["Chính", "Trực chính", "Đầu mối chính"]),
    (Post::Backup, &["Dự phòng", "Trực dự phòng"]),
    (
        Post::Leader,
        &["Lãnh đạo", "Trực lãnh đạo", "Lãnh đạo phụ trách"],
    ),
];

words! {
    /// How a post is held in a written roster.
    Form, "form" {
        /// By a shift.
        Shift = "shift",
        /// By the standing contact.
        Standing = "standing",
        /// By nobody.
        Empty = "empty",
        /// By somebody of whom nothing is kept.
        Redacted = "redacted",
    }
}

impl Form {
    /// Its Vietnamese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shift => "Ca trực",
            Self::Standing => "Thường trực",
            Self::Empty => "Không có người trực",
            Self::Redacted => "Đã xóa dữ liệu",
        }
    }
}

/// The Vietnamese name of a post.
#[must_use]
pub fn post_name(post: Post) -> &'static str {
    POST_NAMES
        .iter()
        .find(|(known, _)| *known == post)
        .map_or("", |(_, names)| names[0])
}

/// The post of this Vietnamese name or stable name.
#[must_use]
fn read_post(text: &str) -> Option<Post> {
    let folded = fold(text);
    Post::parse(text).ok().or_else(|| {
        POST_NAMES
            .iter()
            .find(|(_, names)| names.iter().any(|name| fold(name) == folded))
            .map(|(post, _)| *post)
    })
}

/// What a roster would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The shifts; new ones have a nil id until they are written.
    pub shifts: Vec<Shift>,
    /// The place in the table of every row that was taken, and that in the list of the shift it
    /// speaks of.
    pub rows: Vec<(usize, usize)>,
    /// Rows turned away.
    pub rejected: Vec<Rejected>,
    /// Things to know.
    pub warnings: Vec<Warning>,
}

/// Reads a roster. A shift is known by unit, post, person and its times. Shifts that overlap or
/// lie outside their period are taken, with a warning. Lines of our own roster that are no shifts
/// (standing contacts, holes) are passed over.
#[must_use]
pub fn plan(table: &Table, known: &Roster, period: Option<&Period>) -> Plan {
    let register = Register::new(&known.units);
    let mut people: HashMap<(UnitId, String), Vec<PersonId>> = HashMap::new();
    for person in &known.people {
        people
            .entry((person.unit, fold(&person.full_name)))
            .or_default()
            .push(person.id);
    }
    let same = |shift: &Shift| (shift.unit, shift.post, shift.person, shift.from, shift.to);
    let have: HashMap<_, &Shift> = known
        .shifts
        .iter()
        .map(|shift| (same(shift), shift))
        .collect();
    let mut held: HashMap<(UnitId, Post), Vec<(Instant, Instant)>> = HashMap::new();
    for shift in &known.shifts {
        held.entry((shift.unit, shift.post))
            .or_default()
            .push((shift.from, shift.to));
    }
    let mut planned = HashMap::new();
    let mut plan = Plan::default();
    let mut looked_up = LookedUp::default();
    for row in table.lines() {
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                plan.rejected.push(*why);
                continue;
            }
        };
        let form = row.get(&[Field::Form]).map(|text| fold(&text));
        let is_shift = |form: &String| {
            ![Form::Standing, Form::Empty, Form::Redacted]
                .iter()
                .any(|other| fold(other.name()) == *form)
        };
        if !form.as_ref().is_none_or(is_shift) {
            continue;
        }
        let read = (|| {
            let unit = looked_up.unit_of(row, &register)?;
            let post = row.get(&[Field::Post]).and_then(|text| read_post(&text));
            let post = post.ok_or_else(|| Box::new(row.reject(&[Field::Post], Expected::Post)))?;
            let name = row.get(&[Field::FullName]);
            let name =
                name.ok_or_else(|| Box::new(row.reject(&[Field::FullName], Expected::Name)))?;
            let person = match people.get(&(unit, fold(&name))).map(Vec::as_slice) {
                Some([person]) => *person,
                Some(_) => {
                    return Err(Box::new(
                        row.reject(&[Field::FullName], Expected::OnePerson),
                    ));
                }
                None => {
                    return Err(Box::new(
                        row.reject(&[Field::FullName], Expected::KnownPerson),
                    ));
                }
            };
            let time = |field, parse: fn(&str) -> Result<Instant>| {
                let text = row.get(&[field]).unwrap_or_default();
                parse(&text)
                    .map(Instant::whole_minute)
                    .map_err(|_| Box::new(row.reject(&[field], Expected::Time)))
            };
            let from = time(Field::From, Instant::parse_start)?;
            let to = time(Field::To, Instant::parse_end)?;
            if to <= from {
                return Err(Box::new(row.reject(&[Field::To], Expected::AfterStart)));
            }
            Ok(Shift {
                period: period
                    .map(|period| period.id)
                    .or_else(|| period_of(&known.periods, from, to)),
                ..Shift::new(ShiftId(Uuid::nil()), (unit, post), person, (from, to))
            })
        })();
        let mut shift = match read {
            Ok(shift) => shift,
            Err(rejected) => {
                plan.rejected.push(*rejected);
                continue;
            }
        };
        let at = *planned.entry(same(&shift)).or_insert(plan.shifts.len());
        plan.rows.push((row.at(), at));
        if at < plan.shifts.len() {
            continue;
        }
        match have.get(&same(&shift)) {
            Some(old) => {
                shift = Shift {
                    period: period
                        .map(|period| period.id)
                        .or(old.period)
                        .or(shift.period),
                    ..(*old).clone()
                };
            }
            None => {
                let spans = held.entry((shift.unit, shift.post)).or_default();
                if spans
                    .iter()
                    .any(|(from, to)| *from < shift.to && shift.from < *to)
                {
                    plan.warnings.push(row.warn(Field::From, Notice::Overlap));
                }
                spans.push((shift.from, shift.to));
            }
        }
        let own = known
            .periods
            .iter()
            .find(|period| Some(period.id) == shift.period);
        if own.is_none_or(|period| shift.from < period.from || period.to < shift.to) {
            plan.warnings
                .push(row.warn(Field::From, Notice::OutsidePeriod));
        }
        plan.shifts.push(shift);
    }
    plan
}
