//! People.

use serde::Serialize;
use sotruc_core::clock::{Instant, joined};
use sotruc_core::directory::drill::ReachKind;
use sotruc_core::directory::person::call::Reason;
use sotruc_core::directory::person::{Person, Role, numbers, one_number};
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::period::Post;
use sotruc_core::id::PersonId;
use sotruc_core::sheet::heading::List;
use sotruc_core::text::{Phone, one_line};
use sotruc_core::views::drill::{self, CallRow};
use sotruc_core::views::history::ChangeRow;
use sotruc_core::views::person::{self, FallsOn, PersonRow};
use sotruc_core::{Reader, Result, Wrote};

use super::{Answer, Terminal, import, or_nothing, privacy};
use crate::args::{Leave, Person as Words, PersonFields};
use crate::say::Say;

#[derive(Serialize)]
struct View {
    id: String,
    unit: String,
    unit_code: Option<String>,
    full_name: String,
    title: Option<String>,
    role: Option<&'static str>,
    role_text: Option<String>,
    mobiles: Vec<String>,
    landline: Option<String>,
    email: Option<String>,
    note: Option<String>,
    /// What calls tell of them.
    reach: &'static str,
    /// When they were last reached, while that counts.
    #[serde(serialize_with = "crate::show::maybe_moment")]
    verified_at: Option<Instant>,
    /// Who reached them then.
    verified_by: Option<String>,
    /// When they cannot stand a shift.
    away: Vec<Away>,
    /// Where they stand among those of their unit who are called, where one is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<CallView>,
    #[serde(skip)]
    numbers: String,
}

/// A place among those of a unit who are called.
#[derive(Serialize)]
struct CallView {
    place: usize,
    count: usize,
    reason: &'static str,
}

/// A time in which somebody cannot stand a shift.
#[derive(Serialize)]
struct Away {
    #[serde(serialize_with = "crate::show::moment")]
    from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    to: Instant,
}

impl From<CallRow> for View {
    fn from(row: CallRow) -> Self {
        let CallRow { person, reach, .. } = row;
        let numbers: Vec<String> = person.numbers().map(ToString::to_string).collect();
        let PersonRow {
            id,
            unit,
            full_name,
            title,
            role,
            role_text,
            mobiles,
            landline,
            email,
            note,
            // It only says where they stand in lists.
            sort_name: _,
            away,
        } = person;
        let (verified_at, verified_by) = reach.verified().unzip();
        let verified_by = verified_by.flatten().map(str::to_owned);
        let digits = |number: &Phone| number.digits().to_owned();
        Self {
            numbers: numbers.join("; "),
            mobiles: mobiles.iter().map(digits).collect(),
            unit_code: unit.as_ref().and_then(|unit| unit.code.clone()),
            unit: unit.map(|unit| unit.name).unwrap_or_default(),
            id: id.to_string(),
            full_name,
            title,
            role: role.map(Role::key),
            role_text,
            landline: landline.as_ref().map(digits),
            email,
            note,
            away: away
                .into_iter()
                .map(|(from, to)| Away { from, to })
                .collect(),
            call: None,
            reach: reach.kind.key(),
            verified_at,
            verified_by,
        }
    }
}

/// People by unit, as they are called.
fn views(book: Reader<'_>, now: Instant, only: Option<&str>) -> Result<Vec<View>> {
    let roster = book.roster()?;
    let only = match only {
        Some(given) => Some(Register::new(&roster.units).find(given)?.id),
        None => None,
    };
    let rows = drill::list(book, &roster, only, now)?.into_iter();
    Ok(rows.map(View::from).collect())
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List { unit } => {
            let people = terminal.read(|book, now| views(book, now, unit.as_deref()))?;
            let headings = [
                "field_unit",
                "field_full_name",
                "field_role",
                "field_title",
                "field_numbers",
            ];
            terminal.show(&people, &headings, |person, say| {
                let role = person.role.map(|role| say.value(Role::FIELD, role));
                vec![
                    person.unit.clone(),
                    person.full_name.clone(),
                    role.or(person.role_text.clone()).unwrap_or_default(),
                    person.title.clone().unwrap_or_default(),
                    person.numbers.clone(),
                ]
            });
        }
        Words::Show { person } => {
            let view = terminal.read(|book, now| {
                let row = drill::card(book, person, now)?;
                let roster = book.roster()?;
                let card = roster.people.iter().find(|one| one.id == row.person.id);
                let call = card.and_then(|card| person::call_place(&roster, card, now));
                let call = call.map(|call| CallView {
                    place: call.place,
                    count: call.count,
                    reason: call.reason.key(),
                });
                Ok(View {
                    call,
                    ..View::from(row)
                })
            })?;
            if terminal.json {
                terminal.show_json(&view);
                return Ok(Answer::Yes);
            }
            let role = view.role.map(|role| terminal.say.value(Role::FIELD, role));
            let at = view.verified_at.map(|at| at.to_string());
            let reach = [
                Some(terminal.say.value(ReachKind::FIELD, view.reach)),
                at,
                view.verified_by,
            ];
            let reach: Vec<String> = reach.into_iter().flatten().collect();
            let call = view.call.map(|call| {
                let values = [
                    ("place", call.place.to_string()),
                    ("count", call.count.to_string()),
                    ("reason", terminal.say.value(Reason::FIELD, call.reason)),
                ];
                terminal.say.with("out_call_place", &values)
            });
            let away = view.away.iter();
            let away: Vec<String> = away
                .map(|one| format!("{} – {}", one.from, one.to))
                .collect();
            terminal.facts(&[
                ("field_full_name", Some(view.full_name)),
                ("field_unit", Some(view.unit)),
                ("field_title", view.title),
                ("field_role", role.or(view.role_text)),
                ("field_numbers", Some(view.numbers)),
                ("field_email", view.email),
                ("field_note", view.note),
                ("field_away", (!away.is_empty()).then(|| away.join("; "))),
                ("field_reach", Some(reach.join(" · "))),
                ("field_calls", call),
                ("field_id", Some(view.id)),
            ]);
        }
        Words::Import(file) => {
            let list = List::People;
            return import::run(terminal, &file.file, list, None, |session, _| {
                session.convert_old_numbers(file.convert_old_numbers);
                session.create_units(file.create_units);
                Ok(())
            });
        }
        Words::Leave(Leave::Import(file)) => {
            return import::run(terminal, file, List::Leave, None, |_, _| Ok(()));
        }
        Words::Add { unit, name, fields } => {
            let id = terminal.write(|write| {
                let unit = write.find_unit(unit)?.id;
                let mut person = write.new_person(unit, name)?;
                set_fields(&terminal.say, &mut person, fields)?;
                write.set_person(&person)?;
                Ok(person.id)
            })?;
            terminal.say(&id.to_string());
        }
        Words::Set {
            person,
            unit,
            name,
            fields,
        } => {
            let (id, wrote) = terminal.write(|write| {
                let mut person = write.find_person(person)?;
                if let Some(unit) = unit {
                    person.unit = write.find_unit(unit)?.id;
                }
                if let Some(name) = name {
                    person.full_name = one_line(name);
                }
                set_fields(&terminal.say, &mut person, fields)?;
                Ok((person.id, write.set_person(&person)?))
            })?;
            match fields.away.is_some() && terminal.json {
                true => {}
                false => terminal.wrote(wrote),
            }
            if fields.away.is_some() {
                tell_falls_on(terminal, id)?;
            }
        }
        Words::Remove { person } => {
            let wrote = terminal.write(|write| {
                let person = write.find_person(person)?.id;
                write.remove_person(person)
            })?;
            terminal.wrote(wrote);
        }
        Words::Merge { person, into } => {
            terminal.write(|write| {
                let (other, kept) = (write.find_person(person)?, write.find_person(into)?);
                write.merge_people(kept.id, other.id)
            })?;
            terminal.wrote(Wrote::Changed);
        }
        Words::History { person } => history(terminal, person)?,
        Words::Held { person, output } => privacy::held(terminal, person, output.as_deref())?,
        Words::Redact {
            person,
            reason,
            dry_run,
        } => privacy::redact(terminal, person, reason, *dry_run)?,
        Words::Redacted => privacy::redacted(terminal)?,
        Words::Unneeded { months } => privacy::unneeded(terminal, *months)?,
        Words::Disclosures => privacy::disclosures(terminal)?,
    }
    Ok(Answer::Yes)
}

fn set_fields(say: &Say, person: &mut Person, fields: &PersonFields) -> Result<()> {
    for (given, field) in [
        (&fields.title, &mut person.title),
        (&fields.email, &mut person.email),
        (&fields.note, &mut person.note),
        (&fields.sort_name, &mut person.sort_name),
    ] {
        if let Some(given) = given {
            *field = or_nothing(given);
        }
    }
    if let Some(role) = &fields.role {
        let role = or_nothing(role).map(|role| say.word::<Role>(&role));
        person.set_role(role.transpose()?);
    }
    if let Some(given) = &fields.mobiles {
        person.mobiles = numbers(given)?;
    }
    if let Some(given) = &fields.away {
        let spans = given
            .split(';')
            .map(str::trim)
            .filter(|span| !span.is_empty());
        let span = |span: &str| {
            let (from, to) = span.split_once("..").unwrap_or((span, span));
            Ok((Instant::parse_start(from)?, Instant::parse_end(to)?))
        };
        let spans = spans.map(span).collect::<Result<Vec<_>>>()?;
        match spans.is_empty() {
            true => person.away.clear(),
            false => person.away = joined(person.away.drain(..).chain(spans).collect()),
        }
    }
    if let Some(given) = &fields.landline {
        person.landline = one_number(given)?;
    }
    Ok(())
}

/// Duty that falls into leave, and who could take it.
#[derive(Serialize)]
struct FallsOnView {
    unit: String,
    post: &'static str,
    #[serde(serialize_with = "crate::show::moment")]
    from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    to: Instant,
    could: Vec<String>,
    /// Whether no shift is laid out, and nobody answers then.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    standing: bool,
}

#[derive(Serialize)]
struct LeaveView {
    falls_on: Vec<FallsOnView>,
}

/// The duty of somebody that falls into the leave that was just written.
fn tell_falls_on(terminal: &mut Terminal, id: PersonId) -> Result<()> {
    let found = terminal.read(|book, _| person::falls_on(book, &book.roster()?, id, None))?;
    let view = |one: FallsOn| FallsOnView {
        unit: one.unit.map(|unit| unit.name).unwrap_or_default(),
        post: one.post.key(),
        from: one.from,
        to: one.to,
        could: one.could.into_iter().map(|one| one.full_name).collect(),
        standing: one.shift.is_none(),
    };
    let falls_on: Vec<FallsOnView> = found.into_iter().map(view).collect();
    if terminal.json {
        terminal.show_json(&LeaveView { falls_on });
        return Ok(());
    }
    let away = terminal.read(|book, _| Ok(book.person(id)?.map(|one| one.away)))?;
    let away = away.into_iter().flatten();
    let away: Vec<String> = away.map(|(from, to)| format!("{from} – {to}")).collect();
    match away.is_empty() {
        true => terminal.note("out_no_leave", &[]),
        false => terminal.note("out_leave", &[("spans", away.join("; "))]),
    }
    let headings = [
        "field_unit",
        "field_post",
        "field_from",
        "field_to",
        "field_detail",
    ];
    let (standing, shifts): (Vec<FallsOnView>, Vec<FallsOnView>) =
        falls_on.into_iter().partition(|one| one.standing);
    for (key, views) in [
        ("out_falls_on", shifts),
        ("out_falls_on_standing", standing),
    ] {
        if views.is_empty() {
            continue;
        }
        terminal.say_with(key, &[("count", views.len().to_string())]);
        terminal.show(&views, &headings, |view, say| {
            vec![
                view.unit.clone(),
                say.value(Post::FIELD, view.post),
                view.from.to_string(),
                view.to.to_string(),
                match view.could.is_empty() {
                    true => say.text("out_could_nobody").to_owned(),
                    false => say.with("out_could", &[("names", view.could.join(", "))]),
                },
            ]
        });
    }
    Ok(())
}

#[derive(Serialize)]
struct ChangeView {
    #[serde(serialize_with = "crate::show::moment")]
    recorded_at: Instant,
    author: String,
    field: String,
    value: serde_json::Value,
    site: String,
    seq: u64,
    /// The value as people read it.
    #[serde(skip)]
    shown: Option<String>,
}

impl From<ChangeRow> for ChangeView {
    fn from(change: ChangeRow) -> Self {
        Self {
            recorded_at: change.recorded_at,
            author: change.author,
            field: change.field,
            value: change.stored,
            site: change.site,
            seq: change.seq,
            shown: change.value,
        }
    }
}

fn history(terminal: &mut Terminal, given: &str) -> Result<()> {
    let changes = terminal.read(|book, _| person::history(book, given))?;
    let changes: Vec<ChangeView> = changes.into_iter().map(ChangeView::from).collect();
    let headings = [
        "field_recorded_at",
        "field_author",
        "field_field",
        "field_value",
    ];
    terminal.show(&changes, &headings, |change, say| {
        let value = match &change.shown {
            Some(role) if change.field == "role" => say.value(Role::FIELD, role),
            Some(text) => text.clone(),
            None => "—".to_owned(),
        };
        vec![
            change.recorded_at.to_string(),
            change.author.clone(),
            say.value("field", &change.field),
            value,
        ]
    });
    Ok(())
}
