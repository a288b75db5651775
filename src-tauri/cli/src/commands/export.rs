//! Tables out.

use sotruc_core::clock::Instant;
use sotruc_core::directory::person;
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::period;
use sotruc_core::report::{self, Layout, Report, RosterOptions};
use sotruc_core::{Reader, Result};

use super::{Answer, Terminal};
use crate::args::Export;

pub fn run(terminal: &mut Terminal, export: &Export) -> Result<Answer> {
    let report = terminal.say.word::<Report>(&export.report)?;
    let separator = export.separator.as_bytes().first().copied();
    let said = export.format.as_deref();
    let wanted = report::Export {
        report,
        form: report.form_of(&export.output, said, separator.unwrap_or(b','))?,
        without_numbers: export.redact,
        options: options(terminal, export)?,
    };
    let (output, asked) = (&export.output, &export.asked);
    terminal.disclose(wanted.disclosure(), output, asked, |book, out, now| {
        report::write(book, wanted, out, now)
    })?;
    Ok(Answer::Yes)
}

/// What of the roster is wished for, as the words name it.
fn options(terminal: &Terminal, export: &Export) -> Result<RosterOptions> {
    let mut options = RosterOptions {
        layout: export.layout.as_deref().map(Layout::parse).transpose()?,
        from: export
            .from
            .as_deref()
            .map(Instant::parse_start)
            .transpose()?,
        to: export.to.as_deref().map(Instant::parse_end).transpose()?,
        ..RosterOptions::default()
    };
    if export.period.is_none() && export.unit.is_none() && export.person.is_none() {
        return Ok(options);
    }
    let book = terminal.open_quietly()?;
    let question = terminal.question(&book, &export.asked)?;
    let resolve = |book: Reader<'_>, _| {
        if let Some(given) = &export.period {
            options.period = Some(period::find(&book.periods()?, given)?.id);
        }
        if let Some(given) = &export.unit {
            options.unit = Some(Register::new(&book.units()?).find(given)?.id);
        }
        if let Some(given) = &export.person {
            options.person = Some(person::find(&book.people()?, given)?.id);
        }
        Ok(options)
    };
    book.read(|book| question.put(book, resolve))
}
