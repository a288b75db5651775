//! Tables out.

use sotruc_core::clock::Instant;
use sotruc_core::disclosure::{Disclosure, Extract};
use sotruc_core::report::{self, Form, Layout, Report, RosterWish, Whose};
use sotruc_core::unit::Register;
use sotruc_core::{Code, Error, Result};
use sotruc_core::{period, person};

use super::{Answer, Desk};
use crate::args::Export;

pub fn run(desk: &mut Desk, export: &Export) -> Result<Answer> {
    let report = desk.say.word::<Report>(&export.report)?;
    // As it is called, unless said otherwise.
    let ending = export.output.extension().unwrap_or_default();
    let ending = ending.to_string_lossy().to_lowercase();
    let format = export.format.clone().unwrap_or(ending);
    let wish = wish(desk, export)?;
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
            unit: wish.unit,
            person: wish.person,
            ..Disclosure::of(Extract::Roster, "ics")
        };
        desk.disclose(Some(calendar), &export.output, |book, out, now| {
            report::calendar(book, &wish, export.redact, out, now)
        })?;
        return Ok(Answer::Yes);
    }
    if format == "vcf" {
        if report != Report::People || export.redact {
            return Err(unfit("csv, xlsx"));
        }
        wish.check(report)?;
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
        wish,
    };
    wish.check(report)?;
    desk.disclose(wanted.disclosure(), &export.output, |book, out, now| {
        report::write(book, wanted, out, now)
    })?;
    Ok(Answer::Yes)
}

/// What of the roster is wished for, as the words name it.
fn wish(desk: &Desk, export: &Export) -> Result<RosterWish> {
    let mut wish = RosterWish {
        layout: export.layout.as_deref().map(Layout::parse).transpose()?,
        from: export
            .from
            .as_deref()
            .map(Instant::parse_start)
            .transpose()?,
        to: export.to.as_deref().map(Instant::parse_end).transpose()?,
        ..RosterWish::default()
    };
    if export.period.is_none() && export.unit.is_none() && export.person.is_none() {
        return Ok(wish);
    }
    desk.open_quietly()?.read(|book| {
        if let Some(given) = &export.period {
            wish.period = Some(period::find(&book.periods()?, given)?.id);
        }
        if let Some(given) = &export.unit {
            wish.unit = Some(Register::new(&book.units()?).find(given)?.id);
        }
        if let Some(given) = &export.person {
            wish.person = Some(person::find(&book.people()?, given)?.id);
        }
        Ok(wish)
    })
}
