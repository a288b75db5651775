//! What the book goes by.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::duty::calendar::{DayKind, Year};
use sotruc_core::incident::RulesChanged;
use sotruc_core::views::calendar::{self, DayRow, OutdatedDay};
use sotruc_core::views::rules::{self, RuleRow};
use sotruc_core::{Code, Error, Result};

use super::{Answer, Terminal, notice};
use crate::args::Settings as Words;
use crate::say::Say;

#[derive(Serialize)]
struct View {
    key: String,
    value: String,
    /// Whether it is what is usual.
    usual: bool,
    /// The profiles in force, where that is what it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    profiles: Option<Vec<String>>,
}

impl From<RuleRow> for View {
    fn from(row: RuleRow) -> Self {
        Self {
            key: row.key,
            value: row.value,
            usual: row.usual,
            profiles: row.profiles,
        }
    }
}

/// A day of a year, as a file of one holds it.
#[derive(Serialize)]
struct DayView {
    date: String,
    kind: DayKind,
    name: String,
    source: String,
    planned: bool,
    #[serde(skip)]
    at: Instant,
}

impl DayView {
    fn of(row: DayRow, say: &Say) -> Self {
        let english = say.is_english();
        Self {
            date: row.date,
            kind: row.kind,
            name: row.name.said(english).to_owned(),
            source: row.source.said(english).to_owned(),
            planned: row.planned,
            at: row.at,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let rows = terminal.read(rules::list)?;
            let views: Vec<View> = rows.into_iter().map(View::from).collect();
            terminal.show(&views, &["field_key", "field_value"], |view, say| {
                let value = match view.value.as_str() {
                    "" => say.text("ui_no_limit"),
                    value => value,
                };
                vec![view.key.clone(), value.to_owned()]
            });
        }
        Words::Set { key, value } => {
            let (wrote, notices) = terminal.write(|write| write.set_setting(key, value))?;
            terminal.wrote(wrote);
            tell(terminal, notices);
        }
        Words::Calendar { file: None, year } => {
            let page = terminal.read(|book, now| calendar::page(book, *year, now))?;
            let views: Vec<DayView> = page
                .days
                .into_iter()
                .map(|row| DayView::of(row, &terminal.say))
                .collect();
            let headings = ["field_date", "field_kind", "field_name", "field_source"];
            terminal.show(&views, &headings, |view, say| {
                let mut source = view.source.clone();
                if view.planned {
                    source = format!("{source} ({})", say.text("ui_planned"));
                }
                let kind = say.value(DayKind::FIELD, view.kind.key());
                vec![view.at.day(), kind, view.name.clone(), source]
            });
            if !page.lunar {
                terminal.note("ui_calendar_no_lunar", &[("year", page.year.to_string())]);
            }
        }
        Words::Calendar {
            file: Some(file), ..
        } => {
            let text = sotruc_core::office::setting::calendar_text(file)?;
            let year = match Year::read(&text) {
                Ok(year) => year,
                Err(mut wrong) => {
                    let last = wrong.pop();
                    for error in &wrong {
                        let said = terminal.say.error(error);
                        eprintln!("{}: {said}", terminal.say.text("out_error"));
                    }
                    return Err(last.unwrap_or(Error::new(Code::CalendarInvalid)));
                }
            };
            let (wrote, outdated) = terminal.write(|write| {
                let before = write.calendar()?;
                let wrote = write.add_calendar(&year)?;
                Ok((wrote, calendar::outdated(**write, &before, write.now())?))
            })?;
            terminal.wrote(wrote);
            tell_outdated(terminal, outdated);
        }
        Words::Profile { file } => {
            let text = sotruc_core::office::setting::profile_text(file)?;
            let (key, notices) = terminal.write(|write| write.add_profile(&text))?;
            terminal.say(&key);
            tell(terminal, notices);
        }
    }
    Ok(Answer::Yes)
}

/// A day of rotas that the calendar made wrong.
#[derive(Serialize)]
struct OutdatedView {
    date: String,
    free: bool,
    period: Option<String>,
    units: Vec<String>,
}

/// The rotas that are to be laid out again.
fn tell_outdated(terminal: &mut Terminal, days: Vec<OutdatedDay>) {
    let views: Vec<OutdatedView> = days
        .into_iter()
        .map(|day| OutdatedView {
            date: day.at.day(),
            free: day.free,
            period: day.period,
            units: day.units,
        })
        .collect();
    if views.is_empty() {
        return;
    }
    terminal.note("ui_calendar_outdated", &[("days", views.len().to_string())]);
    let headings = ["field_date", "field_kind", "field_period", "field_units"];
    terminal.show(&views, &headings, |view, say| {
        let key = match view.free {
            true => "ui_calendar_now_free",
            false => "ui_calendar_now_worked",
        };
        vec![
            view.date.clone(),
            say.text(key).to_owned(),
            view.period.clone().unwrap_or_default(),
            view.units.join(", "),
        ]
    });
}

fn tell(terminal: &Terminal, changed: RulesChanged) {
    let english = terminal.say.is_english();
    notice::changed(terminal, "out_notices_gone", changed.notices);
    if changed.notices.come > 0 {
        let n = changed.notices.come.to_string();
        terminal.note("out_notices_come", &[("n", n)]);
    }
    for owed in changed.kept {
        let what = owed.what.said(english).to_owned();
        let at = ("at", owed.due_at.to_string());
        terminal.note("out_still_owed", &[("what", what), ("whom", owed.whom), at]);
    }
    for moved in changed.moved {
        let values = [
            ("what", moved.what.said(english).to_owned()),
            ("whom", moved.whom),
            ("from", moved.from.to_string()),
            ("to", moved.to.to_string()),
        ];
        terminal.note("out_due_moved", &values);
    }
}
