//! The duty sheet, as a page to print.

use sotruc_core::clock::{self, DAY, Instant};
use sotruc_core::directory::unit::{Group, Register};
use sotruc_core::duty::period;
use sotruc_core::report::duty_sheet::SheetOptions;
use sotruc_core::views::period as period_views;
use sotruc_core::{Reader, Result, Target};
use std::path::Path;

use super::super::Terminal;
use crate::args::Sheet;

/// Writes the page, and notes which edition of the sheet it is.
pub fn print(terminal: &mut Terminal, wanted: &Sheet) -> Result<()> {
    let group = match &wanted.group {
        Some(given) => Some(terminal.say.word::<Group>(given)?),
        None => None,
    };
    let mut book = terminal.open()?;
    let question = terminal.question(&book, &wanted.asked)?;
    let then = question.then();
    let options = |book: Reader<'_>, asked_at| {
        let periods = book.periods()?;
        let (mut from, mut to) = match (&wanted.period, &wanted.day, &wanted.week) {
            (Some(given), None, None) => {
                let period = period::find(&periods, given)?;
                (Some(period.from), Some(period.to))
            }
            (_, Some(day), _) => {
                let day = Instant::parse_start(day)?.midnight();
                (Some(day), Some(day.plus(DAY)))
            }
            (_, None, Some(day)) => {
                let day = Instant::parse_start(day)?.midnight();
                (Some(day), Some(day.plus(7 * DAY)))
            }
            (None, None, None) => (None, None),
        };
        if let Some(given) = &wanted.from {
            from = Some(Instant::parse_start(given)?);
        }
        if let Some(given) = &wanted.to {
            to = Some(Instant::parse_end(given)?);
        }
        let usual = period_views::choice(&periods, asked_at);
        let unit = match &wanted.unit {
            Some(given) => Some(Register::new(&book.units()?).find(given)?.id),
            None => None,
        };
        Ok(SheetOptions {
            from: from.unwrap_or(usual.from),
            to: to.unwrap_or(usual.to),
            group,
            unit,
            landscape: wanted.landscape,
            without_numbers: wanted.redact,
        })
    };
    let options = book.read(|book| question.put(book, options))?;
    let output = wanted.output.as_path();
    let is_stream = output == Path::new("-");
    let mut poured = Vec::new();
    let to = match is_stream {
        true => Target::Stream(&mut poured),
        false => Target::File(output),
    };
    let now = match then {
        Some(_) => book.time(clock::now())?,
        None => terminal.write_time(&book)?,
    };
    let operator = terminal.operator();
    let standing = book.continuation()?;
    let page = book.print_duty_sheet((&operator, now), &options, wanted.edition, then, to)?;
    terminal.tell_continuation(&book, standing)?;
    terminal.leave(book);
    terminal.pour(&poured);
    let told = [
        ("number", page.number.to_string()),
        ("at", page.at.to_string()),
        ("changes", page.changes.to_string()),
        ("head", page.head),
    ];
    let key = match page.number {
        // The first has none before it.
        0 | 1 => "out_sheet_first",
        _ => "out_sheet",
    };
    terminal.note(key, &told);
    Ok(())
}
