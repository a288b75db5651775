//! A province to try the program on: its units are real, its people, numbers and events invented.

use std::path::Path;

use crate::book::Installation;
use crate::book::{Logbook, NewBook};
use crate::clock::Instant;
use crate::directory::person::import::Ways;
use crate::error::Result;
use crate::id::IncidentId;
use crate::incident::profile::Recipient;
use crate::incident::{Severity, Status, Type};
use crate::log::entry::{Kind, Line};
use crate::sheet::heading::List;
use crate::sheet::{self, File, Row};
use crate::submission::State;
use crate::{
    Correction, Import, IncidentChange, Mode, NewIncident, NewLine, NewPeriod, Sending, Writing,
};

/// Units (`unit import`).
pub const UNITS: &str = include_str!("../../../assets/sample/units.csv");
/// People (`person import`).
pub const PEOPLE: &str = include_str!("../../../assets/sample/people.csv");
/// Shifts (`roster import`).
pub const ROSTER: &str = include_str!("../../../assets/sample/roster.csv");
/// The incidents of a night.
pub const INCIDENTS: &str = include_str!("../../../assets/sample/incidents.csv");
/// The log of that night.
pub const LOG: &str = include_str!("../../../assets/sample/log.csv");

/// What people call its period.
pub const PERIOD: &str = "Bầu cử 2016";
/// A moment of its night worth asking about, when a post is empty.
pub const ASKED_AT: &str = "22/05/2016 22:30";
/// Who writes on the night watch.
pub const NIGHT: &str = "Đoàn Ngọc Ánh";

const EVENING: &str = "Trần Quang Huy";
const HANDOVER: &str = "22/05/2016 22:00";
const STARTS: &str = "12/05/2016 08:00";
const SPAN: (&str, &str) = ("16/05/2016 00:00", "26/05/2016 00:00");
const NEW: NewBook<'_> = NewBook {
    site: "DLK",
    name: "Phòng trực mẫu",
    unit: Some("Sở Thông tin và Truyền thông"),
    practice: true,
    place: None,
    profiles: &[],
};

/// What the sample book holds, for whoever tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleIds {
    /// How the units came in.
    pub units: Import,
    /// How the people came in.
    pub people: Import,
    /// The names of the units that have not sent their contact points for the period.
    pub waiting: Vec<String>,
    /// How the shifts came in.
    pub roster: Import,
    /// How many incidents the night had.
    pub incidents: usize,
    /// How many lines its log has.
    pub lines: usize,
}

/// Writes the sample province into a new practice book, as an office would: lists in, a period,
/// the roster, and the log of a night.
///
/// # Errors
/// Those of [`Logbook::create`].
pub fn write(path: &Path, installation: &Installation) -> Result<(Logbook, SampleIds)> {
    let start = Instant::parse(STARTS)?;
    let mut book = Logbook::create(path, installation, &NEW, NIGHT, start)?;
    let units = sheet::parse("units.csv", UNITS.as_bytes(), List::Units)?;
    let units = book.transact(NIGHT, start, |write| {
        write.import_units(&units, Mode::AllOrNothing)
    })?;
    let people = sheet::parse("people.csv", PEOPLE.as_bytes(), List::People)?;
    let people = book.transact(NIGHT, start, |write| {
        write.import_people(&people, &Ways::default(), Mode::AllOrNothing)
    })?;
    let waiting = period_and_submissions(&mut book, start)?;
    let roster = sheet::parse("roster.csv", ROSTER.as_bytes(), List::Roster)?;
    let roster = book.transact(NIGHT, start, |write| {
        write.import_roster(&roster, None, Mode::AllOrNothing)
    })?;
    let (incidents, lines) = night(&mut book)?;
    let told = SampleIds {
        units,
        people,
        waiting,
        roster,
        incidents,
        lines,
    };
    Ok((book, told))
}

/// Adds the period, notes what came for it, and names the units that have not sent.
fn period_and_submissions(book: &mut Logbook, now: Instant) -> Result<Vec<String>> {
    let (from, to) = SPAN;
    let period = NewPeriod::new(PERIOD, Instant::parse(from)?, Instant::parse(to)?);
    book.transact(NIGHT, now, |write| {
        let period = write.add_period(period)?;
        let people = write.people()?;
        let (sent, waiting): (Vec<_>, Vec<_>) = write
            .units()?
            .into_iter()
            .partition(|unit| people.iter().any(|person| person.unit == unit.id));
        for unit in &sent {
            write.set_submission(period.id, unit.id, &State::Received.into())?;
        }
        Ok(waiting.into_iter().map(|unit| unit.name).collect())
    })
}

/// Writes the night as it came: each incident when it was noticed, each line at its minute.
fn night(book: &mut Logbook) -> Result<(usize, usize)> {
    let incidents = Plain::read("incidents.csv", INCIDENTS)?;
    let lines = Plain::read("log.csv", LOG)?;
    let handover = Instant::parse(HANDOVER)?;
    let mut opened: Vec<String> = Vec::new();
    let mut written: Vec<Line> = Vec::new();
    let mut last = handover;
    for line in &lines.rows {
        let cell = |heading: &str| lines.cell(line, heading);
        let at = Instant::parse(cell("Giờ"))?;
        let operator = if at < handover { EVENING } else { NIGHT };
        while let Some(row) = incidents.rows.get(opened.len()) {
            let cell = |heading: &str| incidents.cell(row, heading);
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
                    unit: unit.map(Some),
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
            if let Some(id) = incident {
                tell(write, id, cell("Báo cho"))?;
            }
            if let Some(id) = incident.filter(|_| !cell("Đánh giá").is_empty()) {
                rate(
                    write,
                    id,
                    Severity::parse(cell("Đánh giá"))?,
                    cell("Nội dung"),
                )?;
                if let Some(line) = write.last_entries(1)?.first() {
                    return Ok(line.line());
                }
            }
            write.log(&NewLine {
                kind: Kind::parse(cell("Loại"))?,
                occurred: Some(at),
                incident,
                unit,
                ..cell("Nội dung").into()
            })
        })?;
        written.push(line);
        last = now;
    }
    book.transact(NIGHT, last, |write| {
        for (row, number) in incidents.rows.iter().zip(&opened) {
            let incident = write.find_incident(number)?;
            let status = Some(Status::parse(incidents.cell(row, "Trạng thái"))?);
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

/// Decides how bad an incident is; that is a line of the log.
fn rate(write: &mut Writing<'_>, id: IncidentId, decided: Severity, reason: &str) -> Result<()> {
    let Some(incident) = write.incident(id)? else {
        return Ok(());
    };
    let yes = ["disruption", "interrupted", "control", "beyond"].map(|key| (key, true));
    let no = ["level", "secret"].map(|key| (key, false));
    let answers = yes.into_iter().chain(no);
    let answers = answers.map(|(key, yes)| (key.to_owned(), Some(yes)));
    write.rate_incident(&incident, answers.collect(), Some(decided), Some(reason))?;
    Ok(())
}

/// Whoever a line of the log says was told of an incident.
fn tell(write: &mut Writing<'_>, id: IncidentId, told: &str) -> Result<()> {
    if let Ok(recipient) = Recipient::parse(told) {
        let notices = write.notices()?.into_iter();
        for notice in notices.filter(|one| one.incident == id && one.recipient == recipient) {
            write.mark_sent(notice.id, &Sending::default())?;
        }
    }
    Ok(())
}

fn last_written(book: &Logbook) -> Result<Instant> {
    Ok(book.last_written()?.unwrap_or_default())
}

/// A table of the sample that is no list of units, people or shifts.
struct Plain {
    headings: Vec<String>,
    rows: Vec<Row>,
}

impl Plain {
    fn read(name: &str, text: &str) -> Result<Self> {
        let file = File::of(name, text.as_bytes())?;
        let mut rows: Vec<Row> = file.grids.into_iter().flat_map(|grid| grid.rows).collect();
        Ok(Self {
            headings: rows.remove(0).cells,
            rows,
        })
    }

    fn cell<'a>(&self, row: &'a Row, heading: &str) -> &'a str {
        let at = self.headings.iter().position(|known| known == heading);
        at.and_then(|at| row.cells.get(at))
            .map_or("", String::as_str)
    }
}
