//! The arrows that must never exist.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::finding::Flaw;
use sotruc_core::duty::pattern::PATTERNS;
use sotruc_core::incident::Type;
use sotruc_core::messages::vietnamese;
use sotruc_core::office::setting::BOUNDS;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Rust file under a folder: its path from there, and its text without its tests.
fn sources(folder: &str) -> Vec<(String, String)> {
    files(folder, &["rs"])
}

/// Every file with one of these endings under a folder.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![top().join(folder)];
    while let Some(next) = folders.pop() {
        for file in fs::read_dir(next).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|it| endings.iter().any(|ending| it == *ending))
            {
                let text = fs::read_to_string(&path).unwrap();
                let code = text
                    .split("#[cfg(test)]")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                let name = path
                    .strip_prefix(top().join(folder))
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((name, code));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no source");
    found
}

#[track_caller]
fn none_has(files: &[(String, String)], words: &[&str], why: &str) {
    for (name, code) in files {
        for word in words {
            let line = code
                .lines()
                .find(|line| line.contains(word) && !line.trim_start().starts_with("//"));
            assert_eq!(line, None, "{name} has {word:?}: {why}");
        }
    }
}

#[test]
fn the_core_knows_no_face() {
    let manifest = fs::read_to_string(top().join("src-tauri/core/Cargo.toml")).unwrap();
    for face in ["tauri", "clap", "tracing-subscriber"] {
        assert!(
            !manifest.contains(&format!("\n{face}")),
            "the core must not depend on {face}"
        );
    }
    none_has(
        &sources("src-tauri/core/src"),
        &["println!", "eprintln!"],
        "the core says nothing",
    );
}

#[test]
fn the_terminal_knows_no_database() {
    let manifest = fs::read_to_string(top().join("src-tauri/cli/Cargo.toml")).unwrap();
    let needs = manifest
        .split("[dev-dependencies]")
        .next()
        .unwrap_or_default();
    assert!(!needs.contains("rusqlite"), "the terminal asks the core");
    none_has(
        &sources("src-tauri/cli/src"),
        &["rusqlite", "SELECT "],
        "SQL is in the store",
    );
}

#[test]
fn the_window_knows_no_database() {
    let manifest = fs::read_to_string(top().join("src-tauri/Cargo.toml")).unwrap();
    assert!(!manifest.contains("rusqlite"), "the window asks the core");
    none_has(
        &sources("src-tauri/src"),
        &["rusqlite", "SELECT ", "PRAGMA "],
        "SQL is in the store",
    );
}

#[test]
fn the_page_knows_tauri_in_one_place() {
    let mut files = files("ui/src", &["ts", "svelte"]);
    files.retain(|(name, _)| name != "lib/api.ts");
    none_has(
        &files,
        &["@tauri-apps", "__TAURI"],
        "only lib/api.ts knows Tauri",
    );
    none_has(
        &files,
        &[
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "http://",
            "https://",
        ],
        "there is no network",
    );
    none_has(
        &files,
        &["Date.now", "new Date()", "{@html", "style=\""],
        "time comes from the book, texts are texts, styles are in style sheets",
    );
    let manifest = fs::read_to_string(top().join("src-tauri/capabilities/main.json")).unwrap();
    for more in ["fs:", "shell:", "http:", "dialog:", "window:"] {
        assert!(!manifest.contains(more), "the page may not {more}");
    }
}

/// The files of the page that one of its files imports, as paths from `ui/src`.
fn imported(name: &str, code: &str) -> Vec<String> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let paths = code
        .split('"')
        .filter(|it| it.starts_with("./") || it.starts_with("../"));
    let resolved = paths.filter_map(|path| {
        let mut at: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
        for step in path.split('/') {
            match step {
                "." => {}
                // What lies outside of the page is no file of it.
                ".." => drop(at.pop()?),
                step => at.push(step),
            }
        }
        Some(at.join("/"))
    });
    resolved.collect()
}

/// The folder of a file of the page; none for those that put the page together.
fn page_folder(name: &str) -> Option<&str> {
    Some(name.split_once('/')?.0)
}

#[test]
fn the_page_stands_in_folders_by_noun() {
    let mut arrows = Arrows::new();
    for (name, code) in files("ui/src", &["ts", "svelte"]) {
        let Some(from) = page_folder(&name) else {
            continue;
        };
        let known = arrows.entry(from.to_owned()).or_default();
        for path in imported(&name, &code) {
            let to = page_folder(&path);
            let to = to.unwrap_or_else(|| panic!("{name} knows {path}, which puts it together"));
            if to != from {
                known.entry(to.to_owned()).or_insert_with(|| name.clone());
            }
        }
    }
    assert!(arrows["duty"].contains_key("lib"), "{arrows:#?}");
    assert_eq!(arrows["lib"], BTreeMap::new(), "the frame knows no folder");
    let of_parts: Vec<&String> = arrows["parts"].keys().collect();
    assert_eq!(of_parts, ["lib"], "what folders share knows none of them");

    let of_core: BTreeSet<String> = sources("src-tauri/core/src")
        .iter()
        .filter_map(|(name, _)| page_folder(name).map(str::to_owned))
        .collect();
    for folder in arrows.keys() {
        let own = ["lib", "parts", "now", "import", "handbook"].contains(&folder.as_str());
        assert!(
            own || of_core.contains(folder),
            "no noun is called {folder}"
        );
    }

    let circles = circles(arrows);
    assert!(
        circles.is_empty(),
        "folders that lean on each other: {circles:#?}"
    );
}

#[test]
fn sql_is_in_the_store() {
    let mut files = sources("src-tauri/core/src");
    files.retain(|(name, _)| !name.starts_with("store/"));
    none_has(
        &files,
        &[
            "SELECT ",
            "INSERT INTO",
            "UPDATE ",
            "DELETE FROM",
            "PRAGMA ",
        ],
        "SQL is in the store",
    );
}

/// The folders of the core that are of a noun: those with a room for its verbs.
fn noun_folders(files: &[(String, String)]) -> BTreeSet<String> {
    let of_verbs = files.iter().filter(|(name, _)| is_verb(name));
    of_verbs
        .filter_map(|(name, _)| Some(name.split_once('/')?.0.to_owned()))
        .filter(|folder| folder != "book")
        .collect()
}

/// Whether a file holds what people do with a noun, or what the book answers about it: the floor
/// over its rules.
fn is_verb(name: &str) -> bool {
    let mut rooms = name.trim_end_matches(".rs").split('/').skip(1);
    rooms.any(|room| ["write", "import", "read"].contains(&room))
}

/// The room of a file: its folder, and for a noun's folder whether it is of its verbs.
fn room(name: &str, nouns: &BTreeSet<String>) -> String {
    let folder = name.split('/').next().unwrap_or_default();
    let folder = folder.trim_end_matches(".rs");
    match nouns.contains(folder) && is_verb(name) {
        true => format!("{folder} (verbs)"),
        false => folder.to_owned(),
    }
}

/// The modules of the core that a file names, as paths with slashes.
fn named_modules(code: &str) -> Vec<String> {
    let code: Vec<&str> = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let mut named = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => {
                let items = items(list);
                named.extend(items.iter().map(|item| module_path(item)));
            }
            None => named.push(module_path(rest)),
        }
    }
    named
}

/// The items of a list in braces, of which the opening one is taken off.
fn items(list: &str) -> Vec<String> {
    let (mut items, mut depth) = (vec![String::new()], 0);
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => items.push(String::new()),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                items.last_mut().unwrap().push(c);
            }
        }
    }
    // The last comma is followed by nothing.
    items.retain(|item| !item.trim().is_empty());
    items
}

/// The module that a path begins with, with slashes; what the front door hands on is where it is.
fn module_path(path: &str) -> String {
    let path = path.trim_start();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let first: String = path.chars().take_while(|c| is_part(*c)).collect();
    if let Some(module) = handed_on().get(&first) {
        return module.clone();
    }
    let path: String = path
        .chars()
        .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:".contains(*c))
        .collect();
    path.trim_end_matches(':').replace("::", "/")
}

/// What `lib.rs` hands on by name, with the module it is of.
fn handed_on() -> &'static BTreeMap<String, String> {
    static HANDED_ON: std::sync::OnceLock<BTreeMap<String, String>> = std::sync::OnceLock::new();
    HANDED_ON.get_or_init(|| {
        let lib = fs::read_to_string(top().join("src-tauri/core/src/lib.rs")).unwrap();
        let mut known = BTreeMap::new();
        for uses in lib.split("pub use ").skip(1) {
            let uses = uses.split(';').next().unwrap();
            let (module, names) = match uses.split_once('{') {
                Some((module, list)) => (module.trim_end_matches(':'), items(list)),
                None => {
                    let (module, name) = uses.rsplit_once("::").unwrap_or(("", uses));
                    (module, vec![name.to_owned()])
                }
            };
            for name in names {
                let name = name.trim();
                if name.starts_with(|c: char| c.is_ascii_uppercase()) {
                    known.insert(name.to_owned(), module.replace("::", "/"));
                }
            }
        }
        known
    })
}

#[test]
fn the_reader_of_arrows_sees_every_way_to_name_a_module() {
    let code = "use crate::{\n    NewLine, clock::{DAY, Instant}, store::Reader,\n};\n\
                use crate::duty::shift;\n// use crate::views;\nfn a(_: crate::Rules) {}";
    let expect = ["log/entry", "clock", "store", "duty/shift", "office"];
    assert_eq!(named_modules(code), expect);
}

/// For each room the rooms it leans on, with a file that does.
type Arrows = BTreeMap<String, BTreeMap<String, String>>;

/// The arrows between the rooms of the core.
fn arrows() -> Arrows {
    let files = sources("src-tauri/core/src");
    let nouns = noun_folders(&files);
    let modules: BTreeMap<String, &str> = files
        .iter()
        .map(|(name, _)| {
            let module = name.trim_end_matches(".rs").trim_end_matches("/mod");
            (module.to_owned(), name.as_str())
        })
        .collect();
    let mut arrows = Arrows::new();
    for (name, code) in files.iter().filter(|(name, _)| name != "lib.rs") {
        let from = room(name, &nouns);
        for named in named_modules(code) {
            let parts: Vec<&str> = named.split('/').collect();
            let target = (1..=parts.len())
                .rev()
                .find_map(|n| modules.get(&parts[..n].join("/")));
            let Some(target) = target else { continue };
            let to = room(target, &nouns);
            if to != from {
                let known = arrows.entry(from.clone()).or_default();
                known.entry(to).or_insert_with(|| name.clone());
            }
        }
    }
    assert!(arrows.len() > 12, "the rooms of the core: {arrows:?}");
    arrows
}

/// What is left of the arrows when whatever leans on nothing that is left is taken away, again and
/// again: circles.
fn circles(mut arrows: Arrows) -> Arrows {
    loop {
        let left: BTreeSet<String> = arrows.keys().cloned().collect();
        for to in arrows.values_mut() {
            to.retain(|room, _| left.contains(room));
        }
        let before = arrows.len();
        arrows.retain(|_, to| !to.is_empty());
        if arrows.len() == before {
            return arrows;
        }
    }
}

#[test]
fn there_is_no_circle_between_rooms() {
    let circles = circles(arrows());
    assert!(
        circles.is_empty(),
        "rooms that lean on each other: {circles:#?}"
    );
}

#[test]
fn rules_are_plain() {
    let arrows = arrows();
    let nouns = noun_folders(&sources("src-tauri/core/src"));
    assert!(nouns.len() >= 6, "{nouns:?}");
    for noun in &nouns {
        for (to, file) in arrows.get(noun).into_iter().flatten() {
            assert!(
                nouns.contains(to),
                "{file}: rules of {noun} know plain data and other rules, not {to}"
            );
        }
    }
    let mut files = sources("src-tauri/core/src");
    files.retain(|(name, _)| {
        let folder = name.split('/').next().unwrap_or_default();
        nouns.contains(folder) && !is_verb(name)
    });
    none_has(
        &files,
        &["rusqlite", "crate::sheet", "std::fs", "Reader<"],
        "rules are functions of plain values",
    );
}

#[test]
fn the_floors_below_know_nothing_above() {
    let arrows = arrows();
    let nouns = noun_folders(&sources("src-tauri/core/src"));
    let may = |room: &str, to: &[&str]| {
        for (other, file) in arrows.get(room).into_iter().flatten() {
            let known = to.contains(&other.as_str()) || nouns.contains(other);
            assert!(known, "{file}: {room} must not know {other}");
        }
    };
    may("journal", &[]);
    may("store", &["journal"]);
    may("book", &["journal", "store"]);
    may("search", &["journal", "store"]);
    may(
        "report",
        &["journal", "store", "log (verbs)", "office (verbs)"],
    );
    may(
        "views",
        &["search", "store", "log (verbs)", "office (verbs)"],
    );
    for (room, to) in &arrows {
        assert!(
            !to.contains_key("views"),
            "{room} must not know what is shown"
        );
    }
}

/// What the book and the roster answer of which a view makes what is shown.
const SHOWN_BY_VIEWS: &[&str] = &[
    "acceptances",
    "calls",
    "changes",
    "conflicts",
    "disclosures",
    "drills",
    "entries",
    "findings",
    "gaps",
    "handovers",
    "held",
    "holes_at",
    "last_entries",
    "log_page",
    "notices",
    "on_duty",
    "operators",
    "owed",
    "period_of",
    "redactions",
    "remedies",
    "reminders",
    "submissions",
    "unneeded",
];

#[test]
fn what_is_shown_is_a_view() {
    let mut files = sources("src-tauri/src");
    files.extend(sources("src-tauri/cli/src"));
    for (name, code) in &files {
        // Line ends and comments hide nothing.
        let lines = code.lines().map(|line| line.split("//").next().unwrap());
        let code: String = lines
            .flat_map(str::chars)
            .filter(|c| !c.is_whitespace())
            .collect();
        for asked in SHOWN_BY_VIEWS {
            let call = format!(".{asked}(");
            let of_a_verb = format!("write{call}");
            // `Reader::drills(book)` and `Roster::on_duty(&roster, …)` are the same calls.
            let by_name = ["Reader", "Roster"].map(|kind| format!("{kind}::{asked}"));
            let calls = code.matches(&call).count() - code.matches(&of_a_verb).count();
            let named = by_name.iter().any(|by_name| code.contains(by_name));
            assert!(
                calls == 0 && !named,
                "{name} asks for {asked}: which rows are shown, and in which order, is a view"
            );
        }
        // A face leaves rows as they are.
        let order = [
            ".sort(",
            ".sort_by",
            ".sort_unstable",
            ".reverse()",
            ".rev()",
            ".retain(",
            ".dedup",
            ".min_by",
            ".max_by",
        ];
        for word in order {
            let is_known = NO_ROWS.contains(&(name.as_str(), word)) || !code.contains(word);
            assert!(is_known, "{name} has {word}: an order is decided in a view");
        }
    }
}

/// What a face puts in order, or takes from, that no view shows.
const NO_ROWS: &[(&str, &str)] = &[
    // Copies of the book are files.
    ("commands/settings.rs", ".rev()"),
    // Books that were opened are known to the window alone.
    ("settings.rs", ".retain("),
    // Files that were chosen and are not in the book yet.
    ("state.rs", ".retain("),
];

#[test]
fn the_page_holds_no_table_of_the_core() {
    let mut files = files("ui/src", &["ts", "svelte"]);
    files.retain(|(name, _)| name != "lib/api.ts" && !name.ends_with(".test.ts"));
    let flaws = Flaw::ALL.iter().map(|flaw| flaw.key());
    let groups = Group::ALL.iter().map(|group| group.key());
    let kinds = Type::ALL.iter().map(|kind| kind.key());
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.key());
    let tables: [(&str, Vec<&str>); 5] = [
        ("groups", groups.collect()),
        ("types", kinds.collect()),
        ("outcomes", outcomes.collect()),
        ("flaws", flaws.collect()),
        ("patterns", PATTERNS.to_vec()),
    ];
    for (name, code) in &files {
        let lists = code.split('[').skip(1);
        let lists = lists.map(|rest| rest.split(']').next().unwrap());
        let records = code.split("= {").skip(1);
        let records = records.map(|rest| rest.split('}').next().unwrap());
        for literal in lists.chain(records) {
            let words: BTreeSet<&str> = literal
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .collect();
            for (what, keys) in &tables {
                let known = keys.iter().filter(|key| words.contains(*key)).count();
                assert!(known < 3, "{name} lists {what}: {literal}");
            }
        }
        for table in ["Record<Flaw,", "Record<Role", ": Flaw[]"] {
            assert!(
                !code.contains(table),
                "{name} has {table}: the core knows them"
            );
        }
        let numbers: BTreeSet<&str> = code
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .collect();
        for (key, least, most) in BOUNDS {
            // A small number may be any.
            for bound in [least, most].into_iter().filter(|bound| *bound > 100) {
                let is_there = numbers.contains(bound.to_string().as_str());
                assert!(
                    !is_there,
                    "{name} has {bound}: a bound of {key} is in lib/api.ts"
                );
            }
        }
    }
}

/// The crates of ours that a crate depends on, as its manifest says.
fn depends_on(folder: &str) -> Vec<String> {
    let manifest = fs::read_to_string(top().join(folder).join("Cargo.toml")).unwrap();
    let needs = manifest.split("[dev-dependencies]").next().unwrap();
    let ours = needs.lines().filter(|line| line.starts_with("sotruc-"));
    let name = |line: &str| {
        let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
        line[..end].to_owned()
    };
    ours.map(name).collect()
}

#[test]
fn crates_stand_on_each_other_in_one_order() {
    assert_eq!(depends_on("src-tauri/base"), [] as [&str; 0]);
    assert_eq!(depends_on("src-tauri/program"), ["sotruc-base"]);
    assert_eq!(depends_on("src-tauri/sheet"), ["sotruc-base"]);
    assert_eq!(
        depends_on("src-tauri/core"),
        ["sotruc-base", "sotruc-sheet"]
    );
    for face in ["src-tauri/cli", "src-tauri"] {
        let below = ["sotruc-core", "sotruc-program"];
        assert_eq!(depends_on(face), below, "{face}");
    }
    for folder in ["src-tauri/base/src", "src-tauri/sheet/src"] {
        none_has(
            &sources(folder),
            &["println!", "eprintln!", "SELECT ", "tauri"],
            "the floors below say nothing and keep nothing",
        );
    }
}

#[test]
fn reports_and_journal_know_no_database() {
    let mut files = sources("src-tauri/core/src");
    files.retain(|(name, _)| name.starts_with("report/") || name.starts_with("journal/"));
    files.extend(sources("src-tauri/sheet/src"));
    none_has(&files, &["rusqlite"], "only the store knows the database");
}

#[test]
fn only_the_store_and_the_front_door_write() {
    let mut files = sources("src-tauri/core/src");
    files.retain(|(name, _)| !name.starts_with("store/"));
    none_has(
        &files,
        &[".execute(", ".execute_batch("],
        "writes go through Logbook::transact",
    );
    files.retain(|(name, _)| name != "book/logbook.rs");
    none_has(
        &files,
        &["transaction_with_behavior", ".commit()"],
        "Logbook::transact is the only way to write",
    );
}

#[test]
fn only_the_clock_asks_for_the_time() {
    let mut files = sources("src-tauri/base/src");
    files.retain(|(name, _)| name != "clock.rs");
    files.extend(sources("src-tauri/sheet/src"));
    files.extend(sources("src-tauri/core/src"));
    files.extend(sources("src-tauri/cli/src"));
    files.extend(sources("src-tauri/src"));
    none_has(
        &files,
        &["Utc::now", "Local::now", "SystemTime", "now_v7"],
        "time is asked for in clock.rs",
    );
    let core = sources("src-tauri/core/src");
    none_has(
        &core,
        &["clock::now", " now()"],
        "the core is told the time",
    );
}

/// A line without what is said about it.
fn without_comment(line: &str) -> &str {
    match line.trim_start().starts_with("//") {
        true => "",
        false => line.split(" // ").next().unwrap_or_default(),
    }
}

/// Whether a text has letters that English does not have.
fn has_vietnamese(text: &str) -> bool {
    text.chars().any(|c| {
        c.is_alphabetic()
            && matches!(c, '\u{c0}'..='\u{1b0}' | '\u{300}'..='\u{323}' | '\u{1ea0}'..='\u{1ef9}')
    })
}

/// Why a file of the core may have words of its own.
fn own_words(name: &str) -> Option<&'static str> {
    match name.rsplit('/').next().unwrap_or_default() {
        "group.rs" => Some("by which spreadsheets that come in are read"),
        "sample.rs" => Some("of a book that was written by people"),
        _ => None,
    }
}

#[test]
fn every_word_is_in_the_catalogue() {
    let core = sources("src-tauri/core/src");
    let mut excepted = 0;
    let faces = ["src-tauri/cli/src", "src-tauri/src"].map(sources).concat();
    for (name, code) in core.iter().chain(&faces) {
        // Names are English, so letters that English lacks stand in literals.
        let found = code
            .lines()
            .find(|line| has_vietnamese(without_comment(line)));
        match own_words(name) {
            Some(_) => excepted += usize::from(found.is_some()),
            None => assert_eq!(found, None, "{name}: words are messages"),
        }
    }
    assert_eq!(excepted, 2, "exceptions are files that need one");
}

#[test]
fn what_the_core_writes_is_in_the_catalogue_and_nothing_else() {
    let is_written = |key: &&str| key.starts_with("written_") || key.starts_with("column_");
    let core = sources("src-tauri/core/src");
    let lines = core.iter().flat_map(|(_, code)| code.lines());
    let literals = lines.flat_map(|line| without_comment(line).split('"').skip(1).step_by(2));
    let named: BTreeSet<&str> = literals.filter(is_written).collect();
    let known: BTreeSet<&str> = vietnamese().keys().filter(is_written).collect();
    assert_eq!(named, known);
}

/// Where a shift gets into the book.
const DOOR: &str = "duty/shift/write/door.rs";

#[test]
fn a_shift_has_one_door() {
    let mut files = sources("src-tauri/core/src");
    let nouns = files.iter().find(|(name, _)| name == "book/noun.rs");
    let (_, nouns) = nouns.unwrap();
    // Only what stands before this may be put as it is; the compiler refuses the others.
    let (direct, behind) = nouns.split_once("by_door {\n").unwrap();
    let shift = "crate::duty::shift::Shift = Shift,";
    assert!(!direct.contains(shift), "a shift is put by its door");
    assert!(behind.trim_start().starts_with(shift), "{behind}");
    assert!(files.iter().any(|(name, _)| name == DOOR));
    files.retain(|(name, _)| name != DOOR);
    none_has(
        &files,
        &[
            "Admitted(",
            "impl Direct for Shift",
            "Direct for crate::duty::shift",
        ],
        "a shift is let in by its door",
    );
}

/// The functions of a file, each with its text.
fn functions(code: &str) -> Vec<&str> {
    let begins: Vec<usize> = code
        .match_indices("fn ")
        .filter(|(at, _)| code[..*at].ends_with([' ', '\n']))
        .map(|(at, _)| at)
        .chain([code.len()])
        .collect();
    begins
        .windows(2)
        .map(|pair| &code[pair[0]..pair[1]])
        .collect()
}

#[test]
fn a_verb_reads_a_roster_once_at_most() {
    let mut files = sources("src-tauri/core/src");
    files.retain(|(name, _)| is_verb(name) && name.contains("write"));
    let whole = |code: &str| code.matches("self.roster()").count();
    for (name, code) in &files {
        for function in functions(code) {
            let reads = whole(function) + function.matches("self.shifts()").count();
            let called = function.split('(').next().unwrap();
            assert!(
                reads <= 1,
                "{name}: {called} reads the roster {reads} times"
            );
        }
    }
    // Each is called for many shifts, or while lines wait.
    for light in [
        "duty/shift/write.rs",
        DOOR,
        "duty/rota/write.rs",
        "directory/person/write.rs",
    ] {
        let (_, code) = files.iter().find(|(name, _)| name == light).unwrap();
        assert_eq!(whole(code), 0, "{light} asks for what it needs");
    }
}

#[test]
fn an_import_stands_over_all_rooms() {
    for (room, to) in arrows() {
        let file = to.get("import");
        assert_eq!(file, None, "{room}: only the faces bring files in");
    }
}
