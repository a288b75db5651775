//! The whole main job on the sample province: lists in, duty, holes, a night's log, tables out.

use sotruc_core::clock::Instant;
use sotruc_core::entry::{Kind, Line};
use sotruc_core::incident::{Severity, Status, Type};
use sotruc_core::period::Post;
use sotruc_core::report::{self, Report};
use sotruc_core::sheet::{self, Table};
use sotruc_core::submission::State;
use sotruc_core::{
    Code, Correction, Error, Import, IncidentChange, Logbook, Mode, NewBook, NewIncident, NewLine,
    NewPeriod, Result, sample,
};
use std::fs;
use std::path::{Path, PathBuf};

use super::{Answer, Desk, roster};

const BOOK: &str = "so-truc-mau.sotruc";
const STARTS: &str = "12/05/2016 08:00";
const PERIOD: (&str, &str, &str) = ("Bầu cử 2016", "16/05/2016 00:00", "26/05/2016 00:00");
const ASKED_AT: &str = "22/05/2016 22:30";
const HANDOVER: &str = "22/05/2016 22:00";
const EVENING: &str = "Trần Quang Huy";
const NIGHT: &str = "Đoàn Ngọc Ánh";
const OURS: &str = "Sở Thông tin và Truyền thông";

const TABLES: &[(Report, &str)] = &[
    (Report::Roster, "roster.csv"),
    (Report::People, "people.csv"),
    (Report::Incidents, "incidents.csv"),
    (Report::Log, "log.csv"),
    (Report::Summary, "summary.csv"),
];

pub fn run(desk: &mut Desk, folder: &Path) -> Result<Answer> {
    fs::create_dir_all(folder).map_err(|cause| Error::file(folder, cause))?;
    let earlier = folder.join(BOOK).exists();
    if let Some((_, name)) = TABLES
        .iter()
        .find(|(_, name)| !earlier && folder.join(name).exists())
    {
        return Err(Error::new(Code::FileExists).with("file", folder.join(name).display()));
    }
    let path = free_name(folder);
    let new = NewBook {
        site: "DLK",
        name: "Phòng trực mẫu",
        unit: Some(OURS),
        practice: true,
    };
    let start = Instant::parse(STARTS)?;
    let mut book = Logbook::create(&path, &Desk::installation(), &new, NIGHT, start)?;
    desk.say_with("demo_book", &[("file", path.display().to_string())]);

    let units = sheet::parse("units.csv", sample::UNITS.as_bytes())?;
    let import = book.transact(NIGHT, start, |write| {
        write.import_units(&units, Mode::AllOrNothing)
    })?;
    imported(desk, "demo_units", &import);
    let people = sheet::parse("people.csv", sample::PEOPLE.as_bytes())?;
    let import = book.transact(NIGHT, start, |write| {
        write.import_people(&people, Mode::AllOrNothing)
    })?;
    imported(desk, "demo_people", &import);
    let waiting = period_and_submissions(&mut book, start)?;
    desk.say_with(
        "demo_period",
        &[
            ("name", PERIOD.0.to_owned()),
            ("count", waiting.len().to_string()),
            ("units", waiting.join("; ")),
        ],
    );
    let shifts = sheet::parse("roster.csv", sample::ROSTER.as_bytes())?;
    let import = book.transact(NIGHT, start, |write| {
        write.import_roster(&shifts, None, Mode::AllOrNothing)
    })?;
    imported(desk, "demo_roster", &import);
    let (incidents, lines) = night(&mut book)?;
    desk.say_with(
        "demo_night",
        &[
            ("incidents", incidents.to_string()),
            ("lines", lines.to_string()),
        ],
    );

    let at = Instant::parse(ASKED_AT)?;
    let on_duty = book.read(|reader| roster::on_duty(reader, at, None))?;
    desk.say_with(
        "demo_on_duty",
        &[("at", at.to_string()), ("count", on_duty.len().to_string())],
    );
    let gaps = book.read(|reader| roster::gaps(reader, None, None, None))?;
    desk.say_with("demo_gaps", &[("count", gaps.len().to_string())]);
    roster::show_gaps(desk, &gaps);
    let now = book.last_written()?.unwrap_or(start);
    for (report, name) in TABLES {
        let file = folder.join(name);
        book.read(|reader| report::to_file(reader, *report, &file, b',', now))?;
        desk.say_with("out_exported", &[("file", file.display().to_string())]);
    }
    let verdict = book.verify(None)?;
    desk.say_with(
        "out_verified",
        &[
            ("records", verdict.records.to_string()),
            ("head", verdict.head.unwrap_or_default()),
        ],
    );
    desk.say_with("demo_next", &[("file", path.display().to_string())]);
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

fn imported(desk: &mut Desk, key: &str, import: &Import) {
    desk.say_with(
        key,
        &[
            ("count", (import.new + import.changed).to_string()),
            ("warnings", import.warnings.len().to_string()),
        ],
    );
}

/// Adds the period, notes what came for it, and names the units that have not sent.
fn period_and_submissions(book: &mut Logbook, now: Instant) -> Result<Vec<String>> {
    let (name, from, to) = PERIOD;
    let period = NewPeriod {
        name: name.to_owned(),
        from: Instant::parse(from)?,
        to: Instant::parse(to)?,
        posts: vec![Post::Main],
        groups: None,
    };
    book.transact(NIGHT, now, |write| {
        let period = write.add_period(period)?;
        let people = write.people()?;
        let (sent, waiting): (Vec<_>, Vec<_>) = write
            .units()?
            .into_iter()
            .partition(|unit| people.iter().any(|person| person.unit == unit.id));
        for unit in &sent {
            write.set_submission(period.id, unit.id, State::Received, None, Some(now))?;
        }
        Ok(waiting.into_iter().map(|unit| unit.name).collect())
    })
}

/// Writes the night as it came: each incident when it was noticed, each line at its minute.
fn night(book: &mut Logbook) -> Result<(usize, usize)> {
    let incidents = sheet::parse("incidents.csv", sample::INCIDENTS.as_bytes())?;
    let lines = sheet::parse("log.csv", sample::LOG.as_bytes())?;
    let handover = Instant::parse(HANDOVER)?;
    let mut opened: Vec<String> = Vec::new();
    let mut written: Vec<Line> = Vec::new();
    let mut last = handover;
    for line in &lines.rows {
        let cell = |heading: &str| cell(&lines, &line.cells, heading);
        let at = Instant::parse(cell("Giờ"))?;
        let operator = if at < handover { EVENING } else { NIGHT };
        while let Some(row) = incidents.rows.get(opened.len()) {
            let cell = |heading: &str| self::cell(&incidents, &row.cells, heading);
            let detected = Instant::parse(cell("Phát hiện"))?;
            if detected > at {
                break;
            }
            let number = book.transact(operator, detected.max(last_written(book)?), |write| {
                let unit = write.find_unit(cell("Đơn vị"))?.id;
                let severity = Some(cell("Mức độ")).filter(|severity| !severity.is_empty());
                let incident = write.open_incident(NewIncident {
                    title: cell("Tiêu đề").to_owned(),
                    unit,
                    kind: Type::parse(cell("Loại"))?,
                    severity: severity.map(Severity::parse).transpose()?,
                    detected: Some(detected),
                })?;
                Ok(incident.number)
            })?;
            opened.push(number);
        }
        let now = at.max(last_written(book)?);
        let line = book.transact(operator, now, |write| {
            if let Ok(corrected) = cell("Sửa dòng").parse::<usize>() {
                let unit = match cell("Đơn vị") {
                    "" => None,
                    name => Some(write.find_unit(name)?.id),
                };
                let right = Correction {
                    text: cell("Nội dung").to_owned(),
                    unit,
                    ..Correction::default()
                };
                return write.correct(&written[corrected - 1], &right, cell("Lý do"));
            }
            let incident = match cell("Sự cố").parse::<usize>() {
                Ok(row) => Some(write.find_incident(&opened[row - 1])?.id),
                Err(_) => None,
            };
            let unit = match cell("Đơn vị") {
                "" => None,
                name => Some(write.find_unit(name)?.id),
            };
            write.log(&NewLine {
                text: cell("Nội dung").to_owned(),
                kind: Kind::parse(cell("Loại"))?,
                occurred: Some(at),
                incident,
                unit,
            })
        })?;
        written.push(line);
        last = now;
    }
    book.transact(NIGHT, last, |write| {
        for (row, number) in incidents.rows.iter().zip(&opened) {
            let incident = write.find_incident(number)?;
            let status = Some(Status::parse(cell(&incidents, &row.cells, "Trạng thái"))?);
            write.set_incident(
                &incident,
                IncidentChange {
                    status,
                    ..IncidentChange::default()
                },
            )?;
        }
        Ok(())
    })?;
    Ok((opened.len(), written.len()))
}

fn last_written(book: &Logbook) -> Result<Instant> {
    Ok(book.last_written()?.unwrap_or_default())
}

fn cell<'a>(table: &Table, cells: &'a [String], heading: &str) -> &'a str {
    let at = table.headings.iter().position(|known| known == heading);
    at.and_then(|at| cells.get(at)).map_or("", String::as_str)
}
