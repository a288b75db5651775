//! The roster: shifts, who is on duty, what is wrong with it.

mod duty;
mod findings;
mod rota;
mod sheet;
mod shifts;

pub use duty::{gaps, on_duty, show_gaps};

use sotruc_core::Result;
use sotruc_core::clock::Instant;
use sotruc_core::period;
use sotruc_core::sheet::heading::List;

use super::{Answer, Desk, import};
use crate::args::Roster as Words;

pub fn run(desk: &mut Desk, words: &Words) -> Result<Answer> {
    match words {
        Words::Import { file, period } => {
            return import::run(desk, file, List::Roster, |write, table, mode| {
                let period = match period {
                    Some(given) => Some(period::find(&write.periods()?, given)?.clone()),
                    None => None,
                };
                write.import_roster(table, period.as_ref(), mode)
            });
        }
        Words::List { unit, period } => shifts::list(desk, unit.as_deref(), period.as_deref())?,
        Words::Assign(new) => shifts::assign(desk, new)?,
        Words::Move {
            shift,
            from,
            to,
            person,
            reason,
        } => shifts::change(
            desk,
            shift,
            (from.as_deref(), to.as_deref()),
            person.as_deref(),
            reason.as_deref(),
        )?,
        Words::Split { shift, at_time } => shifts::split(desk, shift, at_time)?,
        Words::Swap {
            shift,
            other,
            reason,
        } => shifts::swap(desk, shift, other, reason.as_deref())?,
        Words::Cancel { shift, reason } => shifts::cancel(desk, shift, reason.as_deref())?,
        Words::Cover {
            shift,
            person,
            from,
            to,
            reason,
        } => shifts::cover(desk, shift, person, (from, to), reason.as_deref())?,
        Words::Replace {
            person,
            by,
            from,
            unit,
            reason,
        } => shifts::replace(
            desk,
            (person, by),
            from.as_deref(),
            unit.as_deref(),
            reason.as_deref(),
        )?,
        Words::Generate(wish) => return rota::generate(desk, wish),
        Words::OnDuty { unit, known_at } => {
            let known_at = known_at.as_deref().map(Instant::parse).transpose()?;
            duty::show_on_duty(desk, unit.as_deref(), known_at)?;
        }
        Words::Gaps { period, from, to } => {
            let (period, from, to) = (period.as_deref(), from.as_deref(), to.as_deref());
            return duty::show_all_gaps(desk, period, from, to);
        }
        Words::Conflicts { period, all } => {
            return findings::conflicts(desk, period.as_deref(), *all);
        }
        Words::Accept {
            finding,
            reason,
            withdraw,
        } => findings::accept(desk, finding, reason.as_deref(), *withdraw)?,
        Words::Sheet(wish) => sheet::print(desk, wish)?,
    }
    Ok(Answer::Yes)
}
