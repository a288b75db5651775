//! Tables out.

use sotruc_core::disclosure::{Disclosure, Extract};
use sotruc_core::report::{self, Form, Report, Whose};
use sotruc_core::{Code, Error, Result};

use super::{Answer, Desk};
use crate::args::Export;

pub fn run(desk: &mut Desk, export: &Export) -> Result<Answer> {
    let report = desk.say.word::<Report>(&export.report)?;
    // As it is called, unless said otherwise.
    let ending = export.output.extension().unwrap_or_default();
    let ending = ending.to_string_lossy().to_lowercase();
    let format = export.format.clone().unwrap_or(ending);
    if format == "vcf" {
        if report != Report::People || export.redact {
            return Err(Error::new(Code::ValueUnknown)
                .with("field", "format")
                .with("given", "vcf")
                .with("known", "csv, xlsx"));
        }
        let contacts = Disclosure::of(Extract::People, "vcf");
        desk.disclose(Some(contacts), &export.output, |book, out, _| {
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
    };
    desk.disclose(wanted.disclosure(), &export.output, |book, out, now| {
        report::write(book, wanted, out, now)
    })?;
    Ok(Answer::Yes)
}
