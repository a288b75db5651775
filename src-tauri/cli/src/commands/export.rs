//! Tables out.

use sotruc_core::Result;
use sotruc_core::report::{self, Report};
use std::path::Path;

use super::{Answer, Desk};
use crate::args::Export;

pub fn run(desk: &mut Desk, export: &Export) -> Result<Answer> {
    let report = desk.say.word::<Report>(&export.report)?;
    let separator = export.separator.as_bytes()[0];
    if export.output == Path::new("-") {
        let mut out = std::io::stdout().lock();
        desk.read(|book, now| report::write(book, report, &mut out, separator, now))?;
        return Ok(Answer::Yes);
    }
    desk.may_write_over(&export.output)?;
    desk.read(|book, now| report::to_file(book, report, &export.output, separator, now))?;
    desk.note(
        "out_exported",
        &[("file", export.output.display().to_string())],
    );
    Ok(Answer::Yes)
}
