//! The book as a whole: begun, checked, copied; the last change taken back.

use serde::Serialize;
use sotruc_core::clock;
use sotruc_core::journal::Head;
use sotruc_core::{Code, Depth, Logbook, NewBook, Result, Verdict};
use std::path::Path;

use super::{Answer, Desk};
use crate::args::Init;

pub fn init(desk: &mut Desk, init: &Init) -> Result<Answer> {
    let path = desk.store();
    let installation = Desk::installation();
    if path == installation.usual_book() {
        std::fs::create_dir_all(installation.folder())
            .map_err(|cause| sotruc_core::Error::file(installation.folder(), cause))?;
    }
    let new = NewBook {
        site: &init.site,
        name: &init.name,
        unit: init.unit.as_deref(),
        practice: init.practice,
    };
    let now = match desk.given_time()? {
        Some(_) if !init.practice => {
            return Err(sotruc_core::Error::new(sotruc_core::Code::TimeGiven));
        }
        Some(at) => at,
        None => clock::now(),
    };
    let book = Logbook::create(&path, &installation, &new, &desk.operator(), now)?;
    let file = book.path().display().to_string();
    desk.say_with("out_init", &[("file", file), ("site", init.site.clone())]);
    Ok(Answer::Yes)
}

pub fn undo(desk: &mut Desk) -> Result<Answer> {
    let undone = desk.write(|write| write.undo())?;
    let counts: Vec<String> = undone
        .nouns
        .iter()
        .map(|(kind, count)| format!("{count} {}", desk.say.value("count", kind.key())))
        .collect();
    let what = match undone.name {
        Some(name) => format!("{} “{name}”", counts.join(", ")),
        None => counts.join(", "),
    };
    desk.say_with(
        "out_undone",
        &[("when", undone.made.to_string()), ("what", what)],
    );
    Ok(Answer::Yes)
}

pub fn verify(desk: &mut Desk, against: Option<&str>, quick: bool) -> Result<Answer> {
    let against = against.map(Head::parse).transpose()?;
    let depth = if quick { Depth::Hashes } else { Depth::Full };
    let verdict = match Logbook::open(&desk.store(), &Desk::installation()) {
        Ok(book) => book.verify_to(depth, against.as_ref())?,
        Err(error) if error.code == Code::BookCorrupt => Verdict::corrupt(),
        Err(error) => return Err(error),
    };
    if desk.json {
        desk.show_json(&verdict);
    } else {
        for problem in &verdict.problems {
            let text = desk.say.with(
                &format!("fault_{}", problem.problem.key()),
                &[
                    ("site", problem.site.clone()),
                    ("seq", problem.seq.to_string()),
                ],
            );
            desk.say(&text);
        }
        let key = if verdict.ok && quick {
            "out_verified_quick"
        } else if verdict.ok {
            "out_verified"
        } else {
            "out_not_verified"
        };
        let values = [
            ("records", verdict.records.to_string()),
            ("head", verdict.head.clone().unwrap_or_default()),
            (
                "problems",
                (verdict.problems.len() + verdict.more).to_string(),
            ),
        ];
        desk.say_with(key, &values);
    }
    Ok(if verdict.ok { Answer::Yes } else { Answer::No })
}

pub fn head(desk: &mut Desk) -> Result<Answer> {
    let book = Logbook::open(&desk.store(), &Desk::installation())?;
    let head = book.head()?.map(|head| head.to_string());
    match desk.json {
        true => desk.show_json(&head),
        false => desk.say(&head.unwrap_or_default()),
    }
    Ok(Answer::Yes)
}

pub fn backup(desk: &mut Desk, folder: &Path) -> Result<Answer> {
    let book = Logbook::open(&desk.store(), &Desk::installation())?;
    let path = book.backup(folder, clock::now())?;
    desk.say(&path.display().to_string());
    Ok(Answer::Yes)
}

#[derive(Serialize)]
struct OperatorView {
    id: String,
    name: String,
    person: Option<String>,
}

pub fn operators(desk: &mut Desk) -> Result<Answer> {
    let operators = desk.read(|book, _| {
        let people = book.people()?;
        Ok(book
            .operators()?
            .into_iter()
            .map(|operator| OperatorView {
                id: operator.id.to_string(),
                person: operator
                    .person
                    .and_then(|id| people.iter().find(|person| person.id == id))
                    .map(|person| person.full_name.clone()),
                name: operator.name,
            })
            .collect::<Vec<_>>())
    })?;
    desk.show(
        &operators,
        &["field_name", "field_person"],
        |operator, _| {
            vec![
                operator.name.clone(),
                operator.person.clone().unwrap_or_default(),
            ]
        },
    );
    Ok(Answer::Yes)
}
