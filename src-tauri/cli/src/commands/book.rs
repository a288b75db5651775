//! The book as a whole: begun, checked, copied.

use serde::Serialize;
use sotruc_core::clock;
use sotruc_core::journal::Head;
use sotruc_core::views::operator::{self, OperatorRow};
use sotruc_core::{Code, Depth, Logbook, NewBook, Result, Verdict, keep_backups};
use std::path::Path;

use super::{Answer, Terminal};
use crate::args::Init;

pub fn init(terminal: &mut Terminal, init: &Init) -> Result<Answer> {
    let path = terminal.store();
    let installation = Terminal::installation();
    if path == installation.usual_book() {
        std::fs::create_dir_all(installation.folder())
            .map_err(|cause| sotruc_core::Error::file(installation.folder(), cause))?;
    }
    let new = NewBook {
        site: &init.site,
        name: &init.name,
        unit: init.unit.as_deref(),
        practice: init.practice,
        place: init.place.as_deref(),
        profiles: &init.profiles,
    };
    let now = match terminal.given_time()? {
        Some(_) if !init.practice => {
            return Err(sotruc_core::Error::new(sotruc_core::Code::TimeGiven));
        }
        Some(at) => at,
        None => clock::now(),
    };
    let book = Logbook::create(&path, &installation, &new, &terminal.operator(), now)?;
    let file = book.path().display().to_string();
    terminal.say_with("out_init", &[("file", file), ("site", init.site.clone())]);
    let names = book.read(|book| {
        let rules = book.rules()?;
        let profiles = rules.profiles_in_force()?;
        let english = terminal.say.is_english();
        let names = profiles.iter().map(|profile| profile.name.said(english));
        Ok(names.collect::<Vec<_>>().join("; "))
    })?;
    terminal.note("out_init_rules", &[("names", names)]);
    Ok(Answer::Yes)
}

pub fn verify(terminal: &mut Terminal, against: Option<&str>, quick: bool) -> Result<Answer> {
    let against = against.map(Head::parse).transpose()?;
    let depth = if quick { Depth::Hashes } else { Depth::Full };
    let verdict = match Logbook::open(&terminal.store(), &Terminal::installation()) {
        Ok(book) => book.verify_to(depth, against.as_ref())?,
        Err(error) if error.code == Code::BookCorrupt => Verdict::corrupt(),
        Err(error) => return Err(error),
    };
    if terminal.json {
        terminal.show_json(&verdict);
    } else {
        for problem in &verdict.problems {
            let text = terminal.say.with(
                &format!("fault_{}", problem.problem.key()),
                &[
                    ("site", problem.site.clone()),
                    ("seq", problem.seq.to_string()),
                ],
            );
            terminal.say(&text);
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
            ("problems", verdict.count().to_string()),
        ];
        terminal.say_with(key, &values);
    }
    Ok(if verdict.ok { Answer::Yes } else { Answer::No })
}

pub fn head(terminal: &mut Terminal) -> Result<Answer> {
    let book = Logbook::open(&terminal.store(), &Terminal::installation())?;
    let head = book.head()?.map(|head| head.to_string());
    match terminal.json {
        true => terminal.show_json(&head),
        false => terminal.say(&head.unwrap_or_default()),
    }
    Ok(Answer::Yes)
}

pub fn backup(terminal: &mut Terminal, folder: &Path) -> Result<Answer> {
    let book = Logbook::open(&terminal.store(), &Terminal::installation())?;
    let path = book.backup(folder, book.time(clock::now())?)?;
    terminal.say(&path.display().to_string());
    Ok(Answer::Yes)
}

pub fn backup_all(terminal: &mut Terminal) -> Result<Answer> {
    let mut all = Answer::Yes;
    for (path, copied) in keep_backups(&Terminal::installation(), clock::now()) {
        match copied {
            Ok(copy) => terminal.say(&copy.unwrap_or(path).display().to_string()),
            Err(error) => {
                let why = terminal.say.error(&error);
                let file = path.display().to_string();
                terminal.note("out_not_copied", &[("file", file), ("why", why)]);
                all = Answer::No;
            }
        }
    }
    Ok(all)
}

pub fn upgrade(terminal: &mut Terminal) -> Result<Answer> {
    let copy = Logbook::upgrade(&terminal.store(), None, clock::now())?;
    let file = copy.map(|copy| copy.display().to_string());
    match file {
        _ if terminal.json => terminal.show_json(&file),
        Some(file) => terminal.say_with("out_upgraded", &[("file", file)]),
        None => terminal.say_with("out_upgrade_none", &[]),
    }
    Ok(Answer::Yes)
}

#[derive(Serialize)]
struct OperatorView {
    id: String,
    name: String,
    person: Option<String>,
    /// Whether that person is still on the list.
    listed: bool,
}

impl From<OperatorRow> for OperatorView {
    fn from(row: OperatorRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            person: row.person.map(|person| person.full_name),
            listed: row.listed,
        }
    }
}

pub fn operators(terminal: &mut Terminal) -> Result<Answer> {
    let operators = terminal.read(|book, _| operator::list(book))?;
    let operators: Vec<OperatorView> = operators.into_iter().map(OperatorView::from).collect();
    terminal.show(
        &operators,
        &["field_name", "field_person"],
        |operator, say| {
            let person = operator
                .person
                .as_ref()
                .map(|person| match operator.listed {
                    true => person.clone(),
                    false => format!("{person} ({})", say.text("out_off_list")),
                });
            vec![operator.name.clone(), person.unwrap_or_default()]
        },
    );
    Ok(Answer::Yes)
}
