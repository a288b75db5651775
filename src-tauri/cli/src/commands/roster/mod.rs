//! The roster: shifts, who is on duty, what is wrong with it.

mod duty;
mod findings;
mod rota;
mod sheet;
mod shifts;

pub use duty::{gaps, show_gaps};

use sotruc_core::Result;
use sotruc_core::duty::period;
use sotruc_core::sheet::heading::List;

use super::{Answer, Terminal, import};
use crate::args::Roster as Words;

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::Import { file, period } => {
            return import::run(terminal, file, List::Roster, None, |session, book| {
                if let Some(given) = period {
                    let all = book.read(|book| book.periods())?;
                    session.set_period(Some(period::find(&all, given)?.id));
                }
                Ok(())
            });
        }
        Words::List {
            unit,
            period,
            asked,
        } => shifts::list(terminal, unit.as_deref(), period.as_deref(), asked)?,
        Words::Assign(new) => shifts::assign(terminal, new)?,
        Words::Move {
            shift,
            from,
            to,
            person,
            reason,
        } => shifts::change(
            terminal,
            shift,
            (from.as_deref(), to.as_deref()),
            person.as_deref(),
            reason.as_deref(),
        )?,
        Words::Split { shift, at_time } => shifts::split(terminal, shift, at_time)?,
        Words::Swap {
            shift,
            other,
            reason,
        } => shifts::swap(terminal, shift, other, reason.as_deref())?,
        Words::Cancel { shift, reason } => shifts::cancel(terminal, shift, reason.as_deref())?,
        Words::Cover {
            shift,
            person,
            from,
            to,
            reason,
        } => shifts::cover(terminal, shift, person, (from, to), reason.as_deref())?,
        Words::Replace {
            person,
            by,
            from,
            unit,
            reason,
        } => shifts::replace(
            terminal,
            (person, by),
            from.as_deref(),
            unit.as_deref(),
            reason.as_deref(),
        )?,
        Words::Generate(options) => return rota::generate(terminal, options),
        Words::Shares { period } => rota::shares(terminal, period.as_deref())?,
        Words::OnDuty { unit, asked } => duty::show_on_duty(terminal, unit.as_deref(), asked)?,
        Words::Gaps {
            period,
            from,
            to,
            asked,
        } => {
            let span = (from.as_deref(), to.as_deref());
            return duty::show_all_gaps(terminal, period.as_deref(), span, asked);
        }
        Words::Conflicts { period, all, asked } => {
            return findings::conflicts(terminal, period.as_deref(), *all, asked);
        }
        Words::Accept {
            finding,
            reason,
            withdraw,
        } => findings::accept(terminal, finding, reason.as_deref(), *withdraw)?,
        Words::Sheet(options) => sheet::print(terminal, options)?,
    }
    Ok(Answer::Yes)
}
