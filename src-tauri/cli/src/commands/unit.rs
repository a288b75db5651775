//! Units.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::directory::person::call::Reason;
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::sheet::heading::List;
use sotruc_core::views::call::CallOption;
use sotruc_core::views::unit::{self, UnitListRow};
use sotruc_core::{Result, Writing, Wrote};

use super::{Answer, Terminal, import, or_nothing};
use crate::args::{Unit as Words, UnitFields};

#[derive(Serialize)]
struct View {
    id: String,
    code: Option<String>,
    name: String,
    short_name: Option<String>,
    group: &'static str,
    parent: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    address: Option<String>,
    note: Option<String>,
    aliases: Vec<String>,
    ours: bool,
    people: usize,
    /// Whom to call, the first first, where one unit is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    calls: Option<Vec<CallView>>,
}

/// A number to call.
#[derive(Serialize)]
pub struct CallView {
    /// Whose; none for the switchboard.
    person: Option<String>,
    number: Option<String>,
    reason: &'static str,
}

impl From<CallOption> for CallView {
    fn from(call: CallOption) -> Self {
        Self {
            person: call.person.map(|person| person.full_name),
            number: call.number.map(|number| number.to_string()),
            reason: call.reason.key(),
        }
    }
}

impl From<UnitListRow> for View {
    fn from(row: UnitListRow) -> Self {
        let UnitListRow {
            unit,
            parent,
            people,
        } = row;
        Self {
            id: unit.id.to_string(),
            code: unit.code,
            name: unit.name,
            short_name: unit.short_name,
            group: unit.group.key(),
            parent,
            phone: unit.phone,
            email: unit.email,
            address: unit.address,
            note: unit.note,
            aliases: unit.aliases,
            ours: unit.ours,
            people,
            calls: None,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let units = terminal.read(|book, _| unit::list(book))?;
            let units: Vec<View> = units.into_iter().map(View::from).collect();
            terminal.show(
                &units,
                &["field_code", "field_name", "field_group", "field_people"],
                |unit, say| {
                    vec![
                        unit.code.clone().unwrap_or_default(),
                        unit.name.clone(),
                        say.value(Group::FIELD, unit.group),
                        unit.people.to_string(),
                    ]
                },
            );
        }
        Words::Show { unit } => {
            let view = terminal.read(|book, now| {
                let Some(row) = unit::card(book, unit)? else {
                    return Ok(None);
                };
                let (roster, id) = (book.roster()?, row.unit.id);
                let unit = roster.units.iter().find(|unit| unit.id == id);
                let order = unit.map(|unit| unit::order(&roster, unit, now));
                let calls = order.unwrap_or_default().into_iter().map(CallView::from);
                Ok(Some(View {
                    calls: Some(calls.collect()),
                    ..View::from(row)
                }))
            })?;
            match view {
                Some(view) if terminal.json => terminal.show_json(&view),
                Some(view) => {
                    let group = terminal.say.value(Group::FIELD, view.group);
                    let fields = [
                        ("field_code", view.code),
                        ("field_name", Some(view.name)),
                        ("field_short_name", view.short_name),
                        ("field_group", Some(group)),
                        ("field_parent", view.parent),
                        ("field_phone", view.phone),
                        ("field_email", view.email),
                        ("field_address", view.address),
                        ("field_note", view.note),
                        ("field_people", Some(view.people.to_string())),
                        (
                            "field_ours",
                            view.ours.then(|| terminal.say.text("out_yes").to_owned()),
                        ),
                        ("field_id", Some(view.id)),
                    ];
                    terminal.facts(&fields);
                    show_calls(terminal, &view.calls.unwrap_or_default());
                }
                None => {}
            }
        }
        Words::Import(file) => {
            return import::run(terminal, file, List::Units, None, |_, _| Ok(()));
        }
        Words::Reorganise { file, on, reason } => {
            let on = Some(Instant::parse_start(on)?);
            return import::run(terminal, file, List::Succession, on, |session, _| {
                session.give_reason(reason.clone());
                Ok(())
            });
        }
        Words::Add {
            name,
            group,
            fields,
        } => {
            let id = terminal.write(|write| {
                let mut unit = write.new_unit(name, terminal.say.word::<Group>(group)?)?;
                set_fields(write, &mut unit, fields)?;
                write.set_unit(&unit)?;
                Ok(unit.id)
            })?;
            terminal.say(&id.to_string());
        }
        Words::Set {
            unit,
            name,
            group,
            ours,
            fields,
        } => {
            let wrote = terminal.write(|write| {
                let mut unit = write.find_unit(unit)?;
                if let Some(name) = name {
                    unit.name = sotruc_core::text::one_line(name);
                }
                if let Some(group) = group {
                    unit.group = terminal.say.word::<Group>(group)?;
                }
                set_fields(write, &mut unit, fields)?;
                let wrote = write.set_unit(&unit)?;
                match *ours && write.set_own_unit(unit.id)? != Wrote::Same {
                    true => Ok(Wrote::Changed),
                    false => Ok(wrote),
                }
            })?;
            terminal.wrote(wrote);
        }
        Words::Alias { unit, name } => {
            let wrote = terminal.write(|write| {
                let unit = write.find_unit(unit)?;
                write.add_alias(&unit, name)
            })?;
            terminal.wrote(wrote);
        }
        Words::Remove { unit } => {
            let wrote = terminal.write(|write| {
                let unit = write.find_unit(unit)?.id;
                write.remove_unit(unit)
            })?;
            terminal.wrote(wrote);
        }
    }
    Ok(Answer::Yes)
}

fn set_fields(write: &Writing<'_>, unit: &mut Unit, fields: &UnitFields) -> Result<()> {
    for (given, field) in [
        (&fields.code, &mut unit.code),
        (&fields.short_name, &mut unit.short_name),
        (&fields.phone, &mut unit.phone),
        (&fields.email, &mut unit.email),
        (&fields.address, &mut unit.address),
        (&fields.note, &mut unit.note),
    ] {
        if let Some(given) = given {
            *field = or_nothing(given);
        }
    }
    if let Some(parent) = &fields.parent {
        unit.parent = match or_nothing(parent) {
            Some(parent) => Some(write.find_unit(&parent)?.id),
            None => None,
        };
    }
    Ok(())
}

/// Whom to call at a unit, the first first.
pub fn show_calls(terminal: &mut Terminal, calls: &[CallView]) {
    let headings = ["field_calls", "field_number", "field_reason"];
    terminal.show(calls, &headings, |call, say| {
        let switchboard = || say.text("ui_switchboard").to_owned();
        vec![
            call.person.clone().unwrap_or_else(switchboard),
            call.number.clone().unwrap_or_default(),
            say.value(Reason::FIELD, call.reason),
        ]
    });
}
