//! What the book holds of one person: the answer to a person who asks, and what a redaction would
//! drop and leave.

use std::io::Write;

use super::names;
use crate::clock::Instant;
use crate::drill::Drill;
use crate::error::{Code, Error, Result};
use crate::handout::{Extract, HandedOut};
use crate::id::{OperatorId, PersonId};
use crate::person::{Person, cards_of};
use crate::sheet::heading::{Field, List};
use crate::sheet::out::{Cell, Form, Sheet};
use crate::sheet::role::role_name;
use crate::sheet::roster_in::post_name;
use crate::shift::Shift;
use crate::store::{FieldChange, Reader};
use crate::text::{Phone, fold};
use crate::word::words;

words! {
    /// Where a name or number stands that a redaction leaves.
    Place, "place" {
        /// In a line of the log.
        Line = "line",
        /// In an incident.
        Incident = "incident",
        /// At a unit.
        Unit = "unit",
        /// At somebody else.
        Person = "person",
        /// In what a unit was reminded of.
        Reminder = "reminder",
        /// Under what somebody wrote.
        Operator = "operator",
    }
}

/// A place where a name or number stands that a redaction leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What kind of place.
    pub place: Place,
    /// Which one, as people call it.
    pub name: String,
}

/// All that the book holds of one person.
#[derive(Debug, Clone)]
pub struct Held {
    /// Their cards, the one asked for first.
    pub cards: Vec<Person>,
    /// What their unit is called.
    pub unit: String,
    /// How many records a redaction would drop: those of the cards and of the calls.
    pub records: usize,
    /// What was written about them, oldest first.
    pub said: Vec<FieldChange>,
    /// The calls to them, earliest first.
    pub drills: Vec<Drill>,
    /// Their shifts, earliest first; these stay, without a name.
    pub shifts: Vec<Shift>,
    /// What left the book and may have told of them, newest first.
    pub handouts: Vec<HandedOut>,
    /// Where name or number stand besides, which stays.
    pub mentions: Vec<Mention>,
}

/// All that the book holds of a person.
///
/// # Errors
/// [`Code::PersonUnknown`], and those of the store.
pub fn held(book: Reader<'_>, id: PersonId) -> Result<Held> {
    let all = book.all_cards()?;
    let cards: Vec<Person> = cards_of(&all, id).into_iter().cloned().collect();
    let Some(person) = cards.first() else {
        return Err(Error::new(Code::PersonUnknown).with("given", id));
    };
    let ours = |id: PersonId| cards.iter().any(|card| card.id == id);
    let mut said = Vec::new();
    for card in &cards {
        said.extend(book.history(card.id.0)?);
    }
    said.sort_by_key(|change| (change.recorded_at, change.seq));
    let ids: Vec<PersonId> = cards.iter().map(|card| card.id).collect();
    let calls = book.drills_of(&ids)?.into_iter().map(|drill| drill.0);
    let mut records = 0;
    for noun in ids.iter().map(|card| card.0).chain(calls) {
        records += book.record_keys_of(noun)?.len();
    }
    let mut drills = book.drills()?;
    drills.retain(|drill| ours(drill.person));
    let mut shifts = book.shifts()?;
    shifts.retain(|shift| ours(shift.person));
    let known = said
        .first()
        .map_or(Instant::default(), |change| change.recorded_at);
    let mut handouts = book.handouts()?;
    handouts.retain(
        |HandedOut { at, handout, .. }| match (handout.person, handout.unit) {
            (Some(person), _) => ours(person),
            (None, Some(unit)) => cards.iter().any(|card| card.unit == unit) && *at >= known,
            (None, None) => *at >= known,
        },
    );
    let units = book.unit_names()?;
    let unit = units.get(&person.unit).map(|(_, name)| name.clone());
    Ok(Held {
        unit: unit.unwrap_or_default(),
        records,
        said,
        drills,
        shifts,
        handouts,
        mentions: mentions(book, &all, &cards)?,
        cards,
    })
}

/// What tells that a text speaks of somebody.
struct Traces {
    names: Vec<String>,
    numbers: Vec<String>,
}

impl Traces {
    fn of(cards: &[Person]) -> Self {
        let mut names: Vec<String> = cards
            .iter()
            .map(|card| format!(" {} ", fold(&card.full_name)))
            .collect();
        let numbers = cards
            .iter()
            .flat_map(|card| card.mobiles.iter().chain(&card.landline));
        // Written with 0 or +84 in front: what follows is the same.
        let mut numbers: Vec<String> = numbers
            .map(|number| number.digits().trim_start_matches('0').to_owned())
            .filter(|digits| digits.len() >= 7)
            .collect();
        names.sort_unstable();
        names.dedup();
        numbers.sort_unstable();
        numbers.dedup();
        Self { names, numbers }
    }

    fn are_in(&self, text: &str) -> bool {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if self.numbers.iter().any(|number| digits.contains(number)) {
            return true;
        }
        let text = format!(" {} ", fold(text));
        self.names.iter().any(|name| text.contains(name))
    }

    fn are_in_some(&self, text: Option<&str>) -> bool {
        text.is_some_and(|text| self.are_in(text))
    }
}

fn mentions(book: Reader<'_>, all: &[Person], cards: &[Person]) -> Result<Vec<Mention>> {
    let traces = Traces::of(cards);
    let mut mentions = Vec::new();
    let mut mention = |place: Place, name: String| mentions.push(Mention { place, name });
    for line in book.lines_that(|text| traces.are_in(text))? {
        mention(Place::Line, line.to_string());
    }
    for incident in book.incidents()? {
        if traces.are_in(&incident.title) || traces.are_in_some(incident.note.as_deref()) {
            mention(Place::Incident, incident.number);
        }
    }
    for unit in book.units()? {
        let texts = [&unit.phone, &unit.email, &unit.note, &unit.address];
        if texts.iter().any(|text| traces.are_in_some(text.as_deref())) {
            mention(Place::Unit, unit.name);
        }
    }
    for other in all {
        let numbers = other.mobiles.iter().chain(&other.landline);
        let is_other = !cards.iter().any(|card| card.id == other.id);
        if is_other
            && (traces.are_in(&other.full_name)
                || traces.are_in_some(other.note.as_deref())
                || numbers
                    .into_iter()
                    .any(|number| traces.are_in(number.digits())))
        {
            mention(Place::Person, other.full_name.clone());
        }
    }
    let units = book.unit_names()?;
    for period in book.periods()? {
        for reminder in book.reminders(period.id)? {
            if traces.are_in_some(reminder.note.as_deref()) {
                let unit = units.get(&reminder.unit);
                mention(
                    Place::Reminder,
                    unit.map_or(period.name.clone(), |(_, name)| name.clone()),
                );
            }
        }
    }
    for operator in book.operators()? {
        let is_theirs = operator
            .person
            .is_some_and(|id| cards.iter().any(|card| card.id == id));
        if is_theirs || traces.are_in(&operator.name) {
            let lines = book.lines_by(operator.id)?;
            mention(Place::Operator, format!("{} ({lines})", operator.name));
        }
    }
    Ok(mentions)
}

/// What the book holds of a person, as a sheet for them to read.
///
/// # Errors
/// As [`held`], and [`Code::File`].
pub fn held_sheet(book: Reader<'_>, id: PersonId, to: impl Write, form: Form) -> Result<()> {
    let held = held(book, id)?;
    let operators = book.operators()?;
    let author = |id: OperatorId| {
        let found = operators.iter().find(|operator| operator.id == id);
        Cell::text(found.map(|operator| operator.name.as_str()))
    };
    let units = book.unit_names()?;
    let headings = ["Mục", "Nội dung", "Giá trị", "Lúc", "Đến", "Người ghi"];
    let mut sheet = Sheet::new(to, form, &headings)?;
    let text = |text: &str| Cell::Text(text.to_owned());
    for card in &held.cards {
        let unit = units.get(&card.unit).map(|(_, name)| name.as_str());
        for (field, value) in facts(card, unit) {
            if !value.is_empty() {
                let heading = field.heading(List::People);
                sheet.row(&[
                    text("Đang lưu"),
                    text(heading),
                    Cell::Plain(value),
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Empty,
                ])?;
            }
        }
    }
    for change in &held.said {
        let Some(field) = field_of(&change.field) else {
            continue;
        };
        let value = match &change.value {
            serde_json::Value::String(said) if change.field == "unit" => said
                .parse::<uuid::Uuid>()
                .ok()
                .and_then(|id| units.get(&id.into()))
                .map_or_else(|| said.clone(), |(_, name)| name.clone()),
            serde_json::Value::String(said) => said.clone(),
            serde_json::Value::Array(items) => items
                .iter()
                .filter_map(serde_json::Value::as_str)
                .collect::<Vec<_>>()
                .join("; "),
            _ => String::new(),
        };
        sheet.row(&[
            text("Đã ghi"),
            text(field.heading(List::People)),
            Cell::Plain(value),
            Cell::Time(change.recorded_at),
            Cell::Empty,
            text(&change.author),
        ])?;
    }
    for drill in &held.drills {
        sheet.row(&[
            text("Cuộc gọi"),
            text(names::outcome(drill.outcome)),
            drill
                .number
                .as_ref()
                .map_or(Cell::Empty, |number| Cell::Plain(number.to_string())),
            Cell::Time(drill.at),
            Cell::Empty,
            author(drill.operator),
        ])?;
    }
    for shift in &held.shifts {
        let unit = units.get(&shift.unit);
        sheet.row(&[
            text("Ca trực"),
            text(post_name(shift.post)),
            Cell::text(unit.map(|(_, name)| name.as_str())),
            Cell::Time(shift.from),
            Cell::Time(shift.to),
            Cell::Empty,
        ])?;
    }
    for mention in &held.mentions {
        let what = place_name(mention.place);
        sheet.row(&[
            text("Có nhắc đến"),
            text(what),
            Cell::Plain(mention.name.clone()),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ])?;
    }
    for HandedOut {
        at,
        operator,
        handout,
    } in &held.handouts
    {
        sheet.row(&[
            text("Đã xuất"),
            text(extract_name(handout.what)),
            Cell::text(handout.file.as_deref()),
            Cell::Time(*at),
            Cell::Empty,
            author(*operator),
        ])?;
    }
    sheet.end()
}

fn facts(card: &Person, unit: Option<&str>) -> Vec<(Field, String)> {
    let joined = |numbers: &[Phone]| {
        let numbers: Vec<String> = numbers.iter().map(Phone::to_string).collect();
        numbers.join("; ")
    };
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        (Field::FullName, card.full_name.clone()),
        (Field::Unit, unit.unwrap_or_default().to_owned()),
        (Field::Title, or_none(&card.title)),
        (
            Field::Role,
            card.role.map_or_else(
                || or_none(&card.role_text),
                |role| role_name(role).to_owned(),
            ),
        ),
        (Field::Mobile, joined(&card.mobiles)),
        (Field::Landline, joined(card.landline.as_slice())),
        (Field::Email, or_none(&card.email)),
        (Field::Note, or_none(&card.note)),
    ]
}

/// The heading of a field, by its stable name.
fn field_of(name: &str) -> Option<Field> {
    Some(match name {
        "full_name" | "sort_name" => Field::FullName,
        "unit" => Field::Unit,
        "title" => Field::Title,
        "role" | "role_text" => Field::Role,
        "mobiles" => Field::Mobile,
        "landline" => Field::Landline,
        "email" => Field::Email,
        "note" => Field::Note,
        _ => return None,
    })
}

const fn place_name(place: Place) -> &'static str {
    match place {
        Place::Line => "Dòng nhật ký",
        Place::Incident => "Sự cố",
        Place::Unit => "Đơn vị",
        Place::Person => "Người khác",
        Place::Reminder => "Lời nhắc",
        Place::Operator => "Người ghi sổ",
    }
}

const fn extract_name(what: Extract) -> &'static str {
    match what {
        Extract::People => "Danh bạ",
        Extract::Roster => "Lịch trực",
        Extract::Submissions => "Tình hình gửi đầu mối",
        Extract::Drills => "Kết quả gọi kiểm tra",
        Extract::Log => "Nhật ký",
        Extract::Held => "Dữ liệu của một người",
    }
}
