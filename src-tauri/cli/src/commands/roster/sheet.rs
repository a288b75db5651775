//! The duty sheet, as a page to print.

use sotruc_core::clock::{DAY, Instant};
use sotruc_core::directory::unit::{Group, Register};
use sotruc_core::duty::period;
use sotruc_core::report::duty_sheet::SheetOptions;
use sotruc_core::{Result, write_beside};
use std::io::Write;

use super::super::Terminal;
use crate::args::Sheet;

/// Writes the page, and notes which edition of the sheet it is.
pub fn print(terminal: &mut Terminal, wanted: &Sheet) -> Result<()> {
    let group = match &wanted.group {
        Some(given) => Some(terminal.say.word::<Group>(given)?),
        None => None,
    };
    let options = terminal.open_quietly()?.read(|book| {
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
        let now = terminal
            .given_time()?
            .or(book.last_wall()?)
            .unwrap_or_default();
        let coming = period::coming(&periods, now).or(periods.last());
        let unit = match &wanted.unit {
            Some(given) => Some(Register::new(&book.units()?).find(given)?.id),
            None => None,
        };
        let from = from.or(coming.map(|period| period.from));
        let to = to.or(coming.map(|period| period.to));
        Ok(SheetOptions {
            from: from.unwrap_or_else(|| now.midnight()),
            to: to.unwrap_or_else(|| now.midnight().plus(DAY)),
            group,
            unit,
            landscape: wanted.landscape,
            without_numbers: wanted.redact,
        })
    })?;
    let output = wanted.output.as_path();
    let is_stream = output == std::path::Path::new("-");
    if !is_stream {
        terminal.may_write_over(output)?;
    }
    let file = (!is_stream).then(|| output.display().to_string());
    let mut printed = None;
    let mut note = |terminal: &Terminal| -> Result<String> {
        let page = terminal.write(|write| {
            write.print_duty_sheet(&options, wanted.edition, "html", file.clone())
        })?;
        let html = page.html.clone();
        printed = Some(page);
        Ok(html)
    };
    match is_stream {
        true => {
            let html = note(terminal)?;
            terminal.pour(html.as_bytes());
        }
        false => {
            let terminal = &*terminal;
            write_beside(output, |out: &mut dyn Write| {
                let html = note(terminal)?;
                out.write_all(html.as_bytes())
                    .map_err(|cause| sotruc_core::Error::file(output, cause))
            })?;
        }
    }
    if let Some(page) = printed {
        let told = [
            ("number", page.number.to_string()),
            ("at", page.at.to_string()),
            ("changes", page.changes.to_string()),
            ("head", page.head),
        ];
        terminal.note("out_sheet", &told);
    }
    Ok(())
}
