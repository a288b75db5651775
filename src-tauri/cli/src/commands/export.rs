//! Tables out.

use sotruc_core::Result;
use sotruc_core::report::{self, Form, Report};
use std::path::Path;

use super::{Answer, Desk};
use crate::args::Export;

pub fn run(desk: &mut Desk, export: &Export) -> Result<Answer> {
    let report = desk.say.word::<Report>(&export.report)?;
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
