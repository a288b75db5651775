//! What the terminal tells of the sample province and what the window shows of it are the same
//! things in the same order.

use serde::Serialize;
use serde_json::{Value, json};
use sotruc_core::clock::Instant;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::incident;
use sotruc_core::search::Finder;
use sotruc_core::{Installation, LogFilter, Logbook, Reader, Result, sample, views};

use crate::desk::Desk;

fn province() -> (Desk, Logbook, Instant) {
    let desk = Desk::empty();
    let home = Installation::at(&desk.home);
    let (book, _) = sample::write(&desk.store, &home).unwrap();
    let now = book.last_written().unwrap().unwrap();
    (desk, book, now)
}

/// The fields of every row, each by its way from the row down.
fn fields(rows: &Value, of: &[&str]) -> Vec<Vec<Value>> {
    let rows = rows.as_array().unwrap_or_else(|| panic!("rows: {rows}"));
    let field = |row: &Value, way: &&str| {
        let found = way.split('.').fold(row, |at, name| &at[name]);
        match found.as_str().and_then(|text| text.parse::<i64>().ok()) {
            // A page gets numbers in groups.
            Some(_) => json!(found.as_str().map(|text| text.replace(' ', ""))),
            None => found.clone(),
        }
    };
    rows.iter()
        .map(|row| of.iter().map(|way| field(row, way)).collect())
        .collect()
}

/// Holds rows of the terminal and rows of the window to each other.
#[track_caller]
fn same(told: (&Value, &[&str]), shown: (&Value, &[&str])) {
    let (told, shown) = (fields(told.0, told.1), fields(shown.0, shown.1));
    assert!(!told.is_empty(), "nothing was compared");
    assert_eq!(told, shown);
}

fn page(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap()
}

fn shown<T>(book: &Logbook, look: impl FnOnce(Reader<'_>, &Roster) -> Result<T>) -> T {
    book.read(|book| look(book, &book.roster()?)).unwrap()
}

#[test]
fn units_and_people_are_the_same_in_both_faces() {
    let (desk, book, now) = province();
    let directory = page(shown(&book, |book, roster| {
        views::directory::list(book, roster, now)
    }));
    let units = desk.json(["unit", "list"]);
    same(
        (&units, &["id", "name", "code", "group", "people", "ours"]),
        (
            &directory["units"],
            &[
                "unit.id",
                "unit.name",
                "unit.code",
                "unit.group",
                "people",
                "ours",
            ],
        ),
    );
    let period = shown(&book, |book, _| views::period::list(book));
    let owed = desk.json(["submission", "list", "--period", &period[0].name]);
    same(
        (&owed, &["unit", "state", "late", "reminders"]),
        (
            &directory["units"],
            &["unit.name", "state", "late", "reminders"],
        ),
    );
    let unit = directory["units"][0]["unit"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = unit.parse().map(sotruc_core::id::UnitId).unwrap();
    let unit_page = page(shown(&book, |book, roster| {
        views::unit::page(book, roster, now, id)
    }));
    let people = desk.json(["person", "list", "--unit", &unit]);
    let row = ["id", "full_name", "role", "title", "email", "note"];
    same((&people, &row), (&unit_page["people"], &row));
    let first = people[0]["id"].as_str().unwrap();
    let history = desk.json(["person", "history", first]);
    let person = first.parse().map(sotruc_core::id::PersonId).unwrap();
    let mut person_page = page(shown(&book, |book, roster| {
        views::person::page(book, roster, now, person)
    }));
    // A page has the newest first.
    person_page["history"].as_array_mut().unwrap().reverse();
    same(
        (&history, &["field", "author"]),
        (&person_page["history"], &["field", "author"]),
    );
    let found = desk.json(["search", "cu mgar"]);
    let hits = page(shown(&book, |book, _| {
        let mut finder = Finder::default();
        finder.refresh(book, now)?;
        views::find::find(book, &finder, "cu mgar", &[], usize::MAX)
    }));
    let hit = ["kind", "id", "title", "detail"];
    same((&found, &hit), (&hits, &hit));
}

#[test]
fn the_roster_is_the_same_in_both_faces() {
    let (desk, book, now) = province();
    let at = now.to_string();
    let here = page(shown(&book, |book, roster| {
        views::now::page(book, roster, now)
    }));
    let rows = |with_person: bool| {
        let groups = here["groups"].as_array().unwrap().iter();
        let rows = groups.flat_map(|group| group["rows"].as_array().unwrap());
        let rows = rows.filter(|row| row["person"].is_null() != with_person);
        Value::from(rows.cloned().collect::<Vec<_>>())
    };
    let on_duty = desk.json(["roster", "on-duty", "--at", &at]);
    same(
        (&on_duty, &["unit", "post", "full_name", "standing"]),
        (
            &rows(true),
            &["unit.name", "post", "person.full_name", "standing"],
        ),
    );
    let id = shown(&book, |_, roster| Ok(roster.periods[0].id));
    let roster = page(shown(&book, |book, roster| {
        views::roster::page(book, roster, now, Some(id), (None, 10))
    }));
    let findings = |gaps: bool| {
        let rows = roster["findings"].as_array().unwrap().iter();
        let rows = rows.filter(|row| (row["flaw"] == "gap") == gaps);
        Value::from(rows.cloned().collect::<Vec<_>>())
    };
    let period = roster["period"]["id"].as_str().unwrap().to_owned();
    let (code, gaps) = desk.run_json(["roster", "gaps", "--period", &period, "--at", &at]);
    assert_eq!(code, 1);
    let place = (&["unit", "post"], &["unit.name", "post"]);
    // Gaps alone stand unit by unit, what is to be seen to by when it begins.
    let (mut told, mut shown) = (fields(&gaps, place.0), fields(&findings(true), place.1));
    for rows in [&mut told, &mut shown] {
        rows.sort_by_key(|row| format!("{row:?}"));
    }
    assert_eq!(told, shown);
    let words = [
        "roster",
        "conflicts",
        "--period",
        &period,
        "--all",
        "--at",
        &at,
    ];
    let (code, conflicts) = desk.run_json(words);
    assert_eq!(code, 1);
    same(
        (&conflicts, &["kind", "unit", "post"]),
        (&findings(false), &["flaw", "unit.name", "post"]),
    );
    same(
        (&desk.json(["period", "list"]), &["id", "name", "posts"]),
        (&roster["periods"], &["id", "name", "posts"]),
    );
}

#[test]
fn incidents_notices_and_lines_are_the_same_in_both_faces() {
    let (desk, book, now) = province();
    let at = now.to_string();
    let mut all = page(shown(&book, |book, _| views::incident::all(book)));
    // A page has what is open first, the terminal the oldest.
    let number = |row: &Value| row["number"].as_str().map(str::to_owned);
    all.as_array_mut().unwrap().sort_by_key(number);
    same(
        (
            &desk.json(["incident", "list"]),
            &[
                "id", "number", "title", "unit", "type", "severity", "status",
            ],
        ),
        (
            &all,
            &[
                "id",
                "number",
                "title",
                "unit.name",
                "type",
                "severity",
                "status",
            ],
        ),
    );
    let serious = shown(&book, |book, _| {
        let all = book.incidents()?;
        Ok(incident::find(&all, "2")?.clone())
    });
    let one = page(shown(&book, |book, roster| {
        views::incident::page(book, roster, now, serious.id)
    }));
    let rating = desk.json(["incident", "severity", "2"]);
    same(
        (&rating["questions"], &["key"]),
        (&one["questions"], &["key"]),
    );
    assert_eq!(rating["proposal"], one["proposal"]);
    assert_eq!(rating["severity"], one["incident"]["severity"]);
    let notices = desk.json(["notice", "list", "--incident", "2", "--at", &at]);
    same(
        (&notices, &["id", "recipient", "state"]),
        (&one["notices"], &["id", "recipient", "state"]),
    );
    same(
        (
            &desk.json(["incident", "show", "2"])["entries"],
            &["text", "kind"],
        ),
        (&one["lines"], &["text", "kind"]),
    );
    let mut log = page(shown(&book, |book, _| {
        views::log::page(book, &LogFilter::default(), None, 1_000)
    }));
    log["rows"].as_array_mut().unwrap().reverse();
    let line = ["number", "text", "kind", "author", "late", "reason"];
    same((&desk.json(["log", "list"]), &line), (&log["rows"], &line));
}
