//! Shifts: listed, assigned, changed.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::period::{self, Post};
use sotruc_core::duty::shift::{Shift, State};
use sotruc_core::views::duty::{self, ShiftListRow};
use sotruc_core::{NewShift, Reader, Result, ShiftChange, Writing};

use super::super::Terminal;
use crate::args::{Asked, Assign};

#[derive(Serialize)]
struct ShiftView {
    id: String,
    period: Option<String>,
    unit: String,
    unit_code: Option<String>,
    post: &'static str,
    full_name: String,
    #[serde(serialize_with = "crate::show::moment")]
    from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    to: Instant,
    state: &'static str,
    standing: bool,
    reason: Option<String>,
}

/// Lists the shifts as they are laid out, by unit and time.
pub fn list(
    terminal: &mut Terminal,
    unit: Option<&str>,
    period: Option<&str>,
    asked: &Asked,
) -> Result<()> {
    let views = terminal.ask(asked, |book, now| views(book, unit, period, now))?;
    let headings = [
        "field_unit",
        "field_post",
        "field_full_name",
        "field_from",
        "field_to",
        "field_state",
        "field_id",
    ];
    terminal.show(&views, &headings, |view, say| {
        let state = match (view.standing, &view.reason) {
            (true, _) => say.text("out_standing").to_owned(),
            (false, Some(reason)) => format!("{} ({reason})", say.value(State::FIELD, view.state)),
            (false, None) => say.value(State::FIELD, view.state),
        };
        vec![
            view.unit.clone(),
            say.value(Post::FIELD, view.post),
            view.full_name.clone(),
            view.from.to_string(),
            view.to.to_string(),
            state,
            view.id.clone(),
        ]
    });
    Ok(())
}

impl From<ShiftListRow> for ShiftView {
    fn from(row: ShiftListRow) -> Self {
        let shift = row.shift;
        let (unit, unit_code) = match shift.unit {
            Some(unit) => (unit.name, unit.code),
            None => (String::new(), None),
        };
        Self {
            id: shift.id.to_string(),
            period: row.period,
            unit,
            unit_code,
            post: shift.post.key(),
            full_name: shift.person.map(|one| one.full_name).unwrap_or_default(),
            from: shift.from,
            to: shift.to,
            state: row.state.key(),
            standing: row.standing,
            reason: row.reason,
        }
    }
}

fn views(
    book: Reader<'_>,
    unit: Option<&str>,
    period: Option<&str>,
    now: Instant,
) -> Result<Vec<ShiftView>> {
    let roster = book.roster()?;
    let period = match period {
        Some(given) => Some(period::find(&roster.periods, given)?.id),
        None => None,
    };
    let unit = match unit {
        Some(given) => Some(Register::new(&roster.units).find(given)?.id),
        None => None,
    };
    let rows = duty::shifts(book, &roster, unit, period, now)?.into_iter();
    Ok(rows.map(ShiftView::from).collect())
}

pub fn assign(terminal: &mut Terminal, new: &Assign) -> Result<()> {
    let post = terminal.say.word::<Post>(&new.post)?;
    let (from, to) = (
        Instant::parse_start(&new.from)?,
        Instant::parse_end(&new.to)?,
    );
    let shift = terminal.write(|write| {
        let unit = write.find_unit(&new.unit)?.id;
        let new_shift = NewShift {
            unit,
            post,
            person: write.find_person_at(unit, &new.person)?.id,
            from,
            to,
        };
        write.add_shift(new_shift, new.reason.as_deref())
    })?;
    terminal.say(&shift.id.to_string());
    Ok(())
}

pub fn change(
    terminal: &mut Terminal,
    shift: &str,
    (from, to): (Option<&str>, Option<&str>),
    person: Option<&str>,
    reason: Option<&str>,
) -> Result<()> {
    let from = from.map(Instant::parse_start).transpose()?;
    let to = to.map(Instant::parse_end).transpose()?;
    let shift = terminal.write(|write| {
        let unit = write.shift(shift)?.unit;
        let person = person.map(|given| write.find_person_at(unit, given));
        let change = ShiftChange {
            person: person.transpose()?.map(|person| person.id),
            from,
            to,
            ..ShiftChange::default()
        };
        write.move_shift(shift, &change, reason)
    })?;
    tell(terminal, &shift);
    Ok(())
}

pub fn split(terminal: &mut Terminal, shift: &str, at: &str) -> Result<()> {
    let at = Instant::parse(at)?;
    let (_, second) = terminal.write(|write| write.split_shift(shift, at))?;
    terminal.say(&second.id.to_string());
    Ok(())
}

pub fn swap(terminal: &mut Terminal, one: &str, other: &str, reason: Option<&str>) -> Result<()> {
    terminal.write(|write| write.swap_shifts(one, other, reason))?;
    terminal.note("out_saved", &[]);
    Ok(())
}

pub fn cancel(terminal: &mut Terminal, shift: &str, reason: Option<&str>) -> Result<()> {
    let shift = terminal.write(|write| write.cancel_shift(shift, reason))?;
    match shift.removed {
        true => terminal.note("out_saved", &[]),
        false => tell(terminal, &shift),
    }
    Ok(())
}

pub fn cover(
    terminal: &mut Terminal,
    shift: &str,
    person: &str,
    (from, to): (&str, &str),
    reason: Option<&str>,
) -> Result<()> {
    let span = (Instant::parse_start(from)?, Instant::parse_end(to)?);
    let covered = terminal.write(|write| {
        let unit = write.shift(shift)?.unit;
        let person = write.find_person_at(unit, person)?.id;
        write.cover_shift(shift, person, span, reason)
    })?;
    terminal.say(&covered.id.to_string());
    Ok(())
}

pub fn replace(
    terminal: &mut Terminal,
    (person, by): (&str, &str),
    from: Option<&str>,
    unit: Option<&str>,
    reason: Option<&str>,
) -> Result<()> {
    let from = from.map(Instant::parse_start).transpose()?;
    let count = terminal.write(|write: &mut Writing<'_>| {
        let unit = unit.map(|given| write.find_unit(given)).transpose()?;
        let unit = unit.map(|unit| unit.id);
        let (person, by) = write.find_both(person, by, unit)?;
        let at = from.unwrap_or(write.now());
        write.replace_from(person.id, by.id, at, unit, reason)
    })?;
    terminal.note("out_shifts_replaced", &[("count", count.to_string())]);
    Ok(())
}

fn tell(terminal: &Terminal, shift: &Shift) {
    let span = [
        ("from", shift.from.to_string()),
        ("to", shift.to.to_string()),
    ];
    terminal.note("out_shift_now", &span);
}
