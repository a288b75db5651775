//! Tables out.

use sotruc_core::clock::Instant;
use sotruc_core::directory::person;
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::period;
use sotruc_core::privacy::disclosure::{Disclosure, Extract};
use sotruc_core::report::{self, Form, Layout, Report, RosterOptions, Whose};
use sotruc_core::{Code, Error, Result};

use super::{Answer, Terminal};
use crate::args::Export;

pub fn run(terminal: &mut Terminal, export: &Export) -> Result<Answer> {
    let report = terminal.say.word::<Report>(&export.report)?;
    // As it is called, unless said otherwise.
    let ending = export.output.extension().unwrap_or_default();
    let ending = ending.to_string_lossy().to_lowercase();
    let format = export.format.clone().unwrap_or(ending);
    let options = options(terminal, export)?;
    let unfit = |known: &str| {
        Error::new(Code::ValueUnknown)
            .with("field", "format")
            .with("given", &format)
            .with("known", known)
    };
    if format == "ics" {
        if report != Report::Roster {
            return Err(unfit("csv, xlsx"));
        }
        let calendar = Disclosure {
            without_numbers: export.redact,
            unit: options.unit,
            person: options.person,
            ..Disclosure::of(Extract::Roster, "ics")
        };
        terminal.disclose(Some(calendar), &export.output, |book, out, now| {
            report::calendar(book, &options, export.redact, out, now)
        })?;
        return Ok(Answer::Yes);
    }
    if format == "vcf" {
        if report != Report::People || export.redact {
            return Err(unfit("csv, xlsx"));
        }
        options.check(report)?;
        let contacts = Disclosure::of(Extract::People, "vcf");
        terminal.disclose(Some(contacts), &export.output, |book, out, _| {
            report::vcards(book, Whose::All, out)
        })?;
        return Ok(Answer::Yes);
    }
    let form = match format.as_str() {
        "xlsx" => Form::Xlsx,
        _ => Form::Csv {
            separator: export.separator.as_bytes()[0],
        },
    };
    let wanted = report::Export {
        report,
        form,
        without_numbers: export.redact,
        options,
    };
    options.check(report)?;
    terminal.disclose(wanted.disclosure(), &export.output, |book, out, now| {
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
    terminal.open_quietly()?.read(|book| {
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
    })
}
