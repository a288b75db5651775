//! The whole main job on the sample province: lists in, duty, holes, a night's log, tables out.

use sotruc_core::clock::Instant;
use sotruc_core::report::{self, Report};
use sotruc_core::views::duty;
use sotruc_core::{Code, Error, Import, Result, Target, sample};
use std::fs;
use std::path::{Path, PathBuf};

use super::{Answer, Terminal, roster};

const BOOK: &str = "so-truc-mau.sotruc";

const TABLES: &[(Report, &str)] = &[
    (Report::Roster, "roster.csv"),
    (Report::People, "people.csv"),
    (Report::Incidents, "incidents.csv"),
    (Report::Log, "log.csv"),
    (Report::Summary, "summary.csv"),
];

pub fn run(terminal: &mut Terminal, folder: &Path) -> Result<Answer> {
    fs::create_dir_all(folder).map_err(|cause| Error::file(folder, cause))?;
    let earlier = folder.join(BOOK).exists();
    if let Some((_, name)) = TABLES
        .iter()
        .find(|(_, name)| !earlier && folder.join(name).exists())
    {
        return Err(Error::new(Code::FileExists).with("file", folder.join(name).display()));
    }
    let path = free_name(folder);
    let (mut book, told) = sample::write(&path, &Terminal::installation())?;
    terminal.say_with("demo_book", &[("file", path.display().to_string())]);
    imported(terminal, "demo_units", &told.units);
    imported(terminal, "demo_people", &told.people);
    terminal.say_with(
        "demo_period",
        &[
            ("name", sample::PERIOD.to_owned()),
            ("count", told.waiting.len().to_string()),
            ("units", told.waiting.join("; ")),
        ],
    );
    imported(terminal, "demo_roster", &told.roster);
    terminal.say_with(
        "demo_night",
        &[
            ("incidents", told.incidents.to_string()),
            ("lines", told.lines.to_string()),
        ],
    );

    let at = Instant::parse(sample::ASKED_AT)?;
    let on_duty =
        book.read(|reader| reader.as_of(at, None, |then| Ok(duty::on_duty(&then.roster()?, at))))?;
    terminal.say_with(
        "demo_on_duty",
        &[("at", at.to_string()), ("count", on_duty.len().to_string())],
    );
    let gaps = book.read(|reader| roster::gaps(&reader.roster()?, at))?;
    terminal.say_with("demo_gaps", &[("count", gaps.len().to_string())]);
    roster::show_gaps(terminal, &gaps);
    let now = book.last_written()?.unwrap_or(at);
    for (report, name) in TABLES {
        let file = folder.join(name);
        let export = report::Export {
            report: *report,
            form: report::Form::Csv { separator: b',' }.into(),
            without_numbers: false,
            options: report::RosterOptions::default(),
        };
        let to = Target::File(&file);
        book.disclose(
            sample::NIGHT,
            now,
            export.disclosure(),
            to,
            |reader, out| report::write(reader, export, out, now),
        )?;
        terminal.say_with("out_exported", &[("file", file.display().to_string())]);
    }
    let verdict = book.verify(None)?;
    terminal.say_with(
        "out_verified",
        &[
            ("records", verdict.records.to_string()),
            ("head", verdict.head.unwrap_or_default()),
        ],
    );
    terminal.say_with("demo_next", &[("file", path.display().to_string())]);
    Ok(if verdict.ok { Answer::Yes } else { Answer::No })
}

/// A name no book has yet: an earlier demonstration is left as it is.
fn free_name(folder: &Path) -> PathBuf {
    let mut path = folder.join(BOOK);
    let mut n = 2;
    while path.exists() {
        path = folder.join(format!("so-truc-mau-{n}.sotruc"));
        n += 1;
    }
    path
}

fn imported(terminal: &mut Terminal, key: &str, import: &Import) {
    terminal.say_with(
        key,
        &[
            ("count", (import.new + import.changed).to_string()),
            ("warnings", import.warnings.len().to_string()),
        ],
    );
}
