//! The arrows that must never exist.

use std::fs;
use std::path::{Path, PathBuf};

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
    for face in ["tauri", "clap"] {
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

#[test]
fn nouns_know_only_nouns_and_text() {
    let mut files = sources("src-tauri/core/src");
    let nouns = [
        "unit.rs",
        "person.rs",
        "period.rs",
        "shift.rs",
        "incident.rs",
        "entry.rs",
        "submission.rs",
        "operator.rs",
        "reminder.rs",
        "drill.rs",
        "notice.rs",
        "profile.rs",
        "handover.rs",
        "setting.rs",
        "disclosure.rs",
        "redaction.rs",
        "retention.rs",
        "coverage/mod.rs",
        "coverage/conflicts.rs",
        "coverage/gaps.rs",
        "coverage/laid.rs",
        "coverage/remedy.rs",
        "duty_sheet.rs",
        "finding.rs",
        "holiday.rs",
        "pattern.rs",
        "rota/fair.rs",
        "rota/mod.rs",
    ];
    files.retain(|(name, _)| nouns.contains(&name.as_str()));
    assert_eq!(files.len(), nouns.len());
    let rooms = [
        "crate::store",
        "crate::journal",
        "crate::sheet",
        "crate::act",
        "rusqlite",
    ];
    none_has(&files, &rooms, "a noun is plain data and rules");
}

#[test]
fn sheets_and_reports_take_plain_data() {
    let mut files = sources("src-tauri/core/src");
    files.retain(|(name, _)| {
        name.starts_with("sheet/") || name.starts_with("report/") || name.starts_with("journal/")
    });
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
    files.retain(|(name, _)| name != "logbook.rs");
    none_has(
        &files,
        &["transaction_with_behavior", ".commit()"],
        "Logbook::transact is the only way to write",
    );
}

#[test]
fn only_the_clock_asks_for_the_time() {
    let mut files = sources("src-tauri/core/src");
    files.retain(|(name, _)| name != "clock.rs");
    files.extend(sources("src-tauri/cli/src"));
    files.extend(sources("src-tauri/src"));
    none_has(
        &files,
        &["Utc::now", "Local::now", "SystemTime", "now_v7"],
        "time is asked for in clock.rs",
    );
    let mut core = sources("src-tauri/core/src");
    core.retain(|(name, _)| name != "clock.rs");
    none_has(
        &core,
        &["clock::now", " now()"],
        "the core is told the time",
    );
}
