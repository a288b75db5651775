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
        Value::Number(id) => id.to_string(),
        _ => row["number"].to_string(),
    }
}

#[test]
fn both_languages_type_the_same() {
    let [vi, en] = LANGUAGES.map(|language| typed(&page(language, "terminal.md")));
    assert_eq!(vi, en);
}

/// Where the links of a page lead, and its pictures.
fn links(page: &str) -> Vec<&str> {
    let links = page.split("](").skip(1);
    links.filter_map(|rest| rest.split(')').next()).collect()
}

/// What a page says of itself whatever its language: how deep its headings are, what they answer,
/// and which of them have other names.
fn outline(page: &str) -> Vec<&str> {
    let lines = page.lines();
    let told = lines.filter(|line| line.starts_with('#') || line.starts_with("<!--"));
    told.map(|line| match line.split_once(": ") {
        _ if line.starts_with('#') => line.split(' ').next().unwrap(),
        Some((kind @ "<!-- words", _)) => kind,
        _ => line,
    })
    .collect()
}

#[test]
fn both_languages_have_the_same_pages_and_headings() {
    assert_eq!(pages("vi"), pages("en"));
    for name in pages("vi") {
        let [vi, en] = LANGUAGES.map(|language| page(language, &name));
        assert_eq!(outline(&vi), outline(&en), "{name}");
    }
}

#[test]
fn the_contents_list_every_page_once() {
    for language in LANGUAGES {
        let contents = page(language, "guide.md");
        let mut listed: Vec<&str> = links(&contents);
        listed.sort_unstable();
        let mut expect = pages(language);
        expect.remove("guide.md");
        assert_eq!(listed, Vec::from_iter(&expect), "{language}");
    }
}

#[test]
fn every_picture_is_there_and_shown() {
    let mut shown = BTreeSet::new();
    for language in LANGUAGES {
        for name in pages(language) {
            let text = page(language, &name);
            let of_page = links(&text).into_iter().filter_map(picture);
            shown.extend(of_page.map(str::to_owned));
        }
    }
    let folder = project(&format!("assets/{PICTURES}"));
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    let there = files.iter().map(|file| file.file_name().into_string());
    assert_eq!(there.collect::<Result<BTreeSet<_>, _>>().unwrap(), shown);
    let size: u64 = files
        .iter()
        .map(|file| file.metadata().unwrap().len())
        .sum();
    assert!(size <= 1_500_000, "{size} bytes: the program carries them");
}

const PICTURES: &str = "pictures/handbook/";

/// The name of the picture that a link shows.
fn picture(link: &str) -> Option<&str> {
    link.strip_prefix("../../")?.strip_prefix(PICTURES)
}

#[test]
fn every_link_leads_to_a_heading() {
    for language in LANGUAGES {
        for name in pages(language) {
            let page_text = page(language, &name);
            for link in links(&page_text) {
                if picture(link).is_some() {
                    continue;
                }
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
