//! Tables out.

use sotruc_core::report::{self, Form, Report, Whose};
use sotruc_core::{Code, Error, Result};
use std::path::Path;

use super::{Answer, Desk};
use crate::args::Export;

pub fn run(desk: &mut Desk, export: &Export) -> Result<Answer> {
    let report = desk.say.word::<Report>(&export.report)?;
    if export.format == "vcf" {
        return contacts(desk, export, report);
    }
    let form = match export.format.as_str() {
        "xlsx" => Form::Xlsx,
        _ => Form::Csv {
            separator: export.separator.as_bytes()[0],
        },
    };
    let wanted = report::Export {
        report,
        form,
        redact: export.redact,
    };
    if export.output == Path::new("-") {
        let mut out = std::io::stdout().lock();
        desk.read(|book, now| report::write(book, wanted, &mut out, now))?;
        return Ok(Answer::Yes);
    }
    desk.may_write_over(&export.output)?;
    desk.read(|book, now| report::to_file(book, wanted, &export.output, now))?;
    desk.note(
        "out_exported",
        &[("file", export.output.display().to_string())],
    );
    Ok(Answer::Yes)
}

/// Contacts for telephones.
fn contacts(desk: &mut Desk, export: &Export, report: Report) -> Result<Answer> {
    if report != Report::People || export.redact {
        return Err(Error::new(Code::ValueUnknown)
            .with("field", "format")
            .with("given", "vcf")
            .with("known", "csv, xlsx"));
    }
    if export.output == Path::new("-") {
        let mut out = std::io::stdout().lock();
        desk.read(|book, _| report::vcards(book, Whose::All, &mut out))?;
        return Ok(Answer::Yes);
    }
    desk.may_write_over(&export.output)?;
    desk.read(|book, _| {
        report::write_beside(&export.output, |out| report::vcards(book, Whose::All, out))
    })?;
    desk.note(
        "out_exported",
        &[("file", export.output.display().to_string())],
    );
    Ok(Answer::Yes)
}
