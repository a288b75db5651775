//! The log.

use serde::Serialize;
use serde_json::Value;
use sotruc_core::clock::Instant;
use sotruc_core::directory::unit::Register;
use sotruc_core::id::{IncidentId, UnitId};
use sotruc_core::log::entry::{Kind, Line, Means, find_file};
use sotruc_core::text;
use sotruc_core::views::log::{self, FileRow, LineRow};
use sotruc_core::{Correction, NewLine, Reader, Result, Target, Writing, incident};
use std::path::Path;

use super::{Answer, Terminal};
use crate::args::Log as Words;

#[derive(Serialize)]
pub struct LineView {
    site: String,
    number: u64,
    #[serde(serialize_with = "crate::show::moment")]
    occurred_at: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    recorded_at: Instant,
    author: Option<String>,
    kind: &'static str,
    text: String,
    incident: Option<String>,
    unit: Option<String>,
    corrects: Option<Value>,
    corrected_by: Option<Value>,
    reason: Option<String>,
    late: bool,
    late_reason: Option<String>,
    grounds: Option<String>,
    whom: Option<String>,
    channel: Option<&'static str>,
    dialled: Option<String>,
    files: Vec<FileView>,
    clock_back: bool,
}

#[derive(Serialize)]
pub struct FileView {
    name: String,
    size: u64,
    blake3: String,
}

impl From<LineRow> for LineView {
    fn from(row: LineRow) -> Self {
        let site = row.line.site;
        // A line of the same site is called by its number alone.
        let name = |line: Line| match line.site == site {
            true => Value::from(line.number),
            false => Value::from(line.to_string()),
        };
        Self {
            late: row.late,
            number: row.number,
            occurred_at: row.occurred_at,
            recorded_at: row.recorded_at,
            author: Some(row.author).filter(|name| !name.is_empty()),
            kind: row.kind.key(),
            incident: row.incident.map(|incident| incident.number),
            unit: row.unit.map(|unit| unit.name),
            corrects: row.corrects.map(name),
            corrected_by: row.corrected_by.map(name),
            reason: row.reason,
            late_reason: row.late_reason,
            grounds: row.grounds,
            whom: row.whom,
            channel: row.channel.map(Means::key),
            dialled: row.dialled,
            files: row.files.into_iter().map(FileView::from).collect(),
            clock_back: row.clock_back,
            text: row.text,
            site,
        }
    }
}

impl From<FileRow> for FileView {
    fn from(file: FileRow) -> Self {
        Self {
            name: file.name,
            size: file.size,
            blake3: file.hash,
        }
    }
}

/// Lines, oldest first: of one incident where it is given, and the `last` of them where a number
/// is.
pub fn lines(
    book: Reader<'_>,
    of: Option<IncidentId>,
    last: Option<usize>,
) -> Result<Vec<LineView>> {
    let lines = log::lines(book, of, last)?.into_iter();
    Ok(lines.map(LineView::from).collect())
}

/// Shows lines to people; a corrected one says which line is right.
pub fn show(terminal: &mut Terminal, views: &[LineView]) {
    let headings = [
        "field_line",
        "field_occurred_at",
        "field_author",
        "field_kind",
        "field_incident",
        "field_unit",
        "field_text",
    ];
    terminal.show(views, &headings, |view, say| {
        let name = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        let mut text = view.text.clone();
        if let (Some(line), Some(reason)) = (&view.corrects, &view.reason) {
            text = say.with(
                "out_corrects",
                &[
                    ("text", text),
                    ("line", name(line)),
                    ("reason", reason.clone()),
                ],
            );
        }
        let channel = view.channel.map(|channel| say.value(Means::FIELD, channel));
        let told = [&view.whom, &channel, &view.dialled].map(Option::as_deref);
        let told: Vec<&str> = told.into_iter().flatten().collect();
        if !told.is_empty() {
            text = say.with(
                "out_line_told",
                &[("text", text), ("whom", told.join(", "))],
            );
        }
        if let Some(why) = &view.late_reason {
            text = say.with("out_line_late", &[("text", text), ("why", why.clone())]);
        } else if view.late {
            text = say.with("out_line_late_only", &[("text", text)]);
        }
        if let Some(grounds) = &view.grounds {
            text = say.with(
                "out_line_grounds",
                &[("text", text), ("why", grounds.clone())],
            );
        }
        for file in &view.files {
            text = say.with(
                "out_line_file",
                &[("text", text), ("file", file.name.clone())],
            );
        }
        if view.clock_back {
            text = say.with("out_line_clock_back", &[("text", text)]);
        }
        if let Some(line) = &view.corrected_by {
            text = say.with("out_corrected", &[("text", text), ("line", name(line))]);
        }
        vec![
            format!("{}-{}", view.site, view.number),
            view.occurred_at.to_string(),
            view.author.clone().unwrap_or_default(),
            say.value(Kind::FIELD, view.kind),
            view.incident.clone().unwrap_or_default(),
            view.unit.clone().unwrap_or_default(),
            text,
        ]
    });
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::Add {
            text,
            kind,
            incident,
            unit,
            occurred,
            more,
        } => {
            let kind = terminal.say.word::<Kind>(kind)?;
            let channel = more
                .channel
                .as_deref()
                .map(|channel| terminal.say.word::<Means>(channel))
                .transpose()?;
            let occurred = occurred.as_deref().map(Instant::parse).transpose()?;
            let unfiled = |book: Reader<'_>, now: Instant, text: &str| -> Result<NewLine> {
                let (incident, unit) = named(book, incident.as_deref(), unit.as_deref())?;
                let line = match occurred {
                    Some(at) => NewLine {
                        occurred: Some(at),
                        ..text.into()
                    },
                    None => NewLine::typed(text, now),
                };
                let line = NewLine {
                    kind,
                    incident,
                    unit,
                    late_reason: more.late_reason.clone(),
                    grounds: more.grounds.clone(),
                    whom: more.whom.clone(),
                    channel,
                    dialled: more.dialled.clone(),
                    ..line
                };
                line.check_late(now)?;
                Ok(line)
            };
            let files = match more.files.as_slice() {
                [] => Vec::new(),
                paths => {
                    let book = terminal.open_quietly()?;
                    let now = terminal.write_time(&book)?;
                    book.read(|book| book.check_line(&unfiled(book, now, text)?, now))?;
                    let taken = paths.iter().map(|file| book.attach(file));
                    taken.collect::<Result<Vec<_>>>()?
                }
            };
            let line_of = |write: &Writing<'_>, text: &str| -> Result<NewLine> {
                Ok(NewLine {
                    files: files.clone(),
                    ..unfiled(**write, write.now(), text)?
                })
            };
            if text == "-" {
                return from_input(terminal, line_of);
            }
            let line = terminal.write(|write| {
                let new = line_of(write, text)?;
                write.log(&new)
            })?;
            terminal.say(&line.number.to_string());
        }
        Words::Save { line, name, output } => save(terminal, line, name.as_deref(), output)?,
        Words::Correct {
            line,
            text,
            reason,
            kind,
            incident,
            unit,
            occurred,
        } => {
            let kind = kind
                .as_deref()
                .map(|kind| terminal.say.word::<Kind>(kind))
                .transpose()?;
            let occurred = occurred.as_deref().map(Instant::parse).transpose()?;
            let line = terminal.write(|write| {
                let here = write.site_code()?;
                let said = |given: &Option<String>| given.clone().filter(|given| !given.is_empty());
                let found = named(**write, said(incident).as_deref(), said(unit).as_deref())?;
                let right = Correction {
                    text: text.clone(),
                    kind,
                    occurred,
                    incident: incident.is_some().then_some(found.0),
                    unit: unit.is_some().then_some(found.1),
                };
                write.correct(&Line::parse(line, &here)?, &right, reason)
            })?;
            terminal.say(&line.number.to_string());
        }
        Words::List { incident, last } => {
            let views = terminal.read(|book, _| {
                let of = match incident {
                    Some(given) => Some(incident::find(&book.incidents()?, given)?.id),
                    None => None,
                };
                lines(book, of, *last)
            })?;
            show(terminal, &views);
        }
    }
    Ok(Answer::Yes)
}

/// Writes an attached file as it was given: the only one of the line, or the one of this name.
fn save(terminal: &mut Terminal, line: &str, name: Option<&str>, output: &Path) -> Result<()> {
    let book = terminal.open()?;
    let here = book.own_site()?.unwrap_or_default();
    let file = book.read(|book| {
        let line = Line::parse(line, &here)?;
        find_file(&book.line(&line)?.files, &line, name).cloned()
    })?;
    if output == Path::new("-") {
        let mut poured = Vec::new();
        book.save_attached(&file, Target::Stream(&mut poured))?;
        terminal.pour(&poured);
        return Ok(());
    }
    book.save_attached(&file, Target::File(output))?;
    terminal.note("out_exported", &[("file", output.display().to_string())]);
    Ok(())
}

/// The incident and the unit that the words name.
fn named(
    book: Reader<'_>,
    incident: Option<&str>,
    unit: Option<&str>,
) -> Result<(Option<IncidentId>, Option<UnitId>)> {
    let incident = match incident {
        Some(given) => Some(incident::find(&book.incidents()?, given)?.id),
        None => None,
    };
    let unit = match unit {
        Some(given) => Some(Register::new(&book.units()?).find(given)?.id),
        None => None,
    };
    Ok((incident, unit))
}

/// Each line of the input becomes a line of the log; its number is said once it is durable.
fn from_input(
    terminal: &mut Terminal,
    line_of: impl Fn(&Writing<'_>, &str) -> Result<NewLine>,
) -> Result<Answer> {
    let mut book = terminal.open()?;
    for text in text::lines(std::io::stdin().lock()) {
        let text =
            text.map_err(|cause| sotruc_core::Error::file(std::path::Path::new("stdin"), cause))?;
        if text.trim().is_empty() {
            continue;
        }
        let line = terminal.write_in(&mut book, |write| {
            let new = line_of(write, &text)?;
            write.log(&new)
        })?;
        terminal.say(&line.number.to_string());
        terminal.flush();
    }
    terminal.leave(book);
    Ok(Answer::Yes)
}
