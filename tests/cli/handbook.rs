//! The commands of the handbook do what the handbook says.

use crate::desk::{Desk, project};
use serde_json::Value;
use std::collections::BTreeSet;

/// A line of a block: its words, and the exit code it ends with.
struct Line {
    written: String,
    words: Vec<String>,
    code: i32,
}

const LANGUAGES: [&str; 2] = ["vi", "en"];

fn page(language: &str, name: &str) -> String {
    let file = project("assets/handbook").join(language).join(name);
    std::fs::read_to_string(file).unwrap()
}

/// The pages of a language.
fn pages(language: &str) -> BTreeSet<String> {
    let folder = std::fs::read_dir(project("assets/handbook").join(language)).unwrap();
    let name = |file: std::fs::DirEntry| file.file_name().into_string().unwrap();
    folder.map(|file| name(file.unwrap())).collect()
}

/// What links call the headings of a page.
fn headings(page: &str) -> BTreeSet<String> {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-');
    let title = |line: &str| line.trim_start_matches('#').trim().to_lowercase();
    let lines = page.lines().filter(|line| line.starts_with('#'));
    lines
        .map(|line| title(line).chars().filter(kept).collect::<String>())
        .map(|title| title.replace(' ', "-"))
        .collect()
}

/// The lines of the blocks that are to be typed.
fn typed(page: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut within = false;
    for line in page.lines() {
        match line.trim_end() {
            "```sh" => within = true,
            "```" => within = false,
            line if within && !line.is_empty() => lines.push(line.to_owned()),
            _ => {}
        }
    }
    lines
}

/// Words apart by blanks, unless quotation marks hold them together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    assert!(!quoted, "{line}");
    words.extend(word);
    words
}

fn read(written: &str) -> Line {
    let (command, code) = match written.rsplit_once(" # ") {
        Some((command, code)) => (command, code.parse().unwrap()),
        None => (written, 0),
    };
    let mut words = words(command);
    assert_eq!(words.remove(0), "sotruc", "{written}");
    Line {
        written: written.to_owned(),
        words,
        code,
    }
}

/// By what a list calls the thing in one of its rows.
fn id(list: &Value, row: usize) -> String {
    let row = &list[row];
    match &row["id"] {
        Value::String(id) => id.clone(),
        _ => row["number"].to_string(),
    }
}

#[test]
fn both_languages_type_the_same() {
    let [vi, en] = LANGUAGES.map(|language| typed(&page(language, "terminal.md")));
    assert_eq!(vi, en);
}

#[test]
fn every_link_leads_to_a_heading() {
    assert_eq!(pages("vi"), pages("en"));
    for language in LANGUAGES {
        for name in pages(language) {
            let page_text = page(language, &name);
            let links = page_text.split("](").skip(1);
            for link in links.filter_map(|rest| rest.split(')').next()) {
                let (file, heading) = link.split_once('#').unwrap_or((link, ""));
                let file = if file.is_empty() { &name } else { file };
                let known = headings(&page(language, file));
                assert!(
                    heading.is_empty() || known.contains(heading),
                    "{language}/{name}: {link}"
                );
            }
        }
    }
}

#[test]
fn what_is_to_be_typed_runs_as_written() {
    let desk = Desk::empty();
    let lists = desk.folder.path().join("assets/sample");
    std::fs::create_dir_all(&lists).unwrap();
    std::fs::create_dir(desk.folder.path().join("out")).unwrap();
    for file in std::fs::read_dir(project("assets/sample")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), lists.join(file.file_name())).unwrap();
    }
    let mut before: Option<Line> = None;
    for mut line in typed(&page("vi", "terminal.md"))
        .iter()
        .map(|line| read(line))
    {
        for (row, place) in ["ID", "ID2", "ID3"].into_iter().enumerate() {
            let Some(at) = line.words.iter().position(|word| word == place) else {
                continue;
            };
            let before = before.as_ref().unwrap();
            let (_, list) = desk.run_json(&before.words);
            line.words[at] = id(&list, row);
        }
        let answer = desk.run(&line.words);
        assert_eq!(
            answer.code, line.code,
            "{}\n{:?}\n{}{}",
            line.written, line.words, answer.out, answer.err
        );
        before = Some(line);
    }
}
