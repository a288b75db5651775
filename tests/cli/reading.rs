//! What people read, as it stands on the screen.

use crate::desk::{Desk, fixture, sample};

fn check(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        filters => vec![
            (r"[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "<id>"),
            (r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}\b", "<head>"),
        ],
    }, {
        insta::assert_snapshot!(name, text);
    });
}

/// A province with a period, a roster, an incident and some lines.
fn desk() -> Desk {
    let desk = Desk::province();
    desk.ok([
        "period",
        "add",
        "--name",
        "Bầu cử 2016",
        "--from",
        "16/05/2016 00:00",
        "--to",
        "26/05/2016 00:00",
    ]);
    desk.ok(["roster", "import", &sample("roster.csv")]);
    let at = ["--at", "22/05/2016 20:32"];
    let open = [
        "incident",
        "open",
        "--title",
        "Trang chủ bị thay đổi giao diện",
        "--unit",
        "DIS006",
        "--type",
        "T05",
    ];
    desk.ok(open.iter().chain(&at));
    desk.ok([
        "log",
        "add",
        "Gọi anh Khương, không nghe",
        "--kind",
        "communication",
        "--unit",
        "DIS007",
    ]);
    desk.ok([
        "log",
        "add",
        "Trang chủ huyện bị thay ảnh",
        "--kind",
        "observation",
        "--incident",
        "1",
    ]);
    desk.ok([
        "log",
        "correct",
        "1",
        "Gọi chị Blơng, không nghe",
        "--reason",
        "ghi nhầm người",
    ]);
    desk
}

#[test]
fn lists_and_pages() {
    let desk = desk();
    check("gaps", &desk.shown(["roster", "gaps"]));
    check(
        "on_duty",
        &desk.shown(["roster", "on-duty", "--at", "22/05/2016 22:30"]),
    );
    check(
        "on_duty_en",
        &desk.shown([
            "--lang",
            "en",
            "roster",
            "on-duty",
            "--unit",
            "TEL001",
            "--at",
            "22/05/2016 21:30",
        ]),
    );
    check("log", &desk.shown(["log", "list"]));
    check(
        "incident",
        &desk.shown(["incident", "show", "DLK/2016-0001"]),
    );
    check("incidents", &desk.shown(["incident", "list"]));
    check("units", &desk.shown(["unit", "list"]));
    check("unit", &desk.shown(["unit", "show", "buon ma thuot"]));
    check("person", &desk.shown(["person", "show", "vu nhat minh"]));
    check(
        "people",
        &desk.shown(["person", "list", "--unit", "TEL001"]),
    );
    check("periods", &desk.shown(["period", "list"]));
    check("search", &desk.shown(["search", "krong", "buk"]));
    check("undo", &desk.shown(["undo"]));
    check("verify", &desk.shown(["verify"]));
    check("operators", &desk.shown(["operator", "list"]));
}

#[test]
fn imports() {
    let desk = Desk::province();
    check(
        "import_rejected",
        &desk.shown(["person", "import", &fixture("sheets/bad-rows.csv")]),
    );
    check(
        "import_rejected_en",
        &desk.shown([
            "--lang",
            "en",
            "person",
            "import",
            &fixture("sheets/bad-rows.csv"),
        ]),
    );
    check(
        "import_skipped",
        &desk.shown([
            "person",
            "import",
            &fixture("sheets/bad-rows.csv"),
            "--skip-rejected",
        ]),
    );
}

#[test]
fn errors() {
    let desk = Desk::province();
    let columns = desk.file("columns.csv", "Tên,Tuổi\nAn,40\n");
    let cases: &[&[&str]] = &[
        &["person", "import", &columns],
        &["person", "import", "thieu.csv"],
        &["unit", "list", "--store", "thieu.sotruc"],
        &["log", "add", ""],
        &["log", "add", "x", "--occurred", "31/02/2016 10:00"],
        &[
            "incident", "open", "--title", "x", "--unit", "DIS006", "--type", "T99",
        ],
        &["person", "set", "khong co ai", "--note", "x"],
        &["gossip"],
        &["log", "correct", "1", "x"],
        &["export", "people", "--format", "pdf", "-o", "x"],
    ];
    for lang in ["vi", "en"] {
        let mut text = String::new();
        for words in cases {
            text.push_str(&format!(
                "$ sotruc {}\n",
                words.join(" ").replace(&columns, "columns.csv")
            ));
            text.push_str(&desk.shown(words.iter().chain(&["--lang", lang])));
        }
        check(&format!("errors_{lang}"), &text);
    }
}

#[test]
fn help() {
    let desk = Desk::empty();
    check("help", &desk.shown(["--help"]));
    check("help_log_add", &desk.shown(["log", "add", "--help"]));
    check(
        "help_log_add_en",
        &desk.shown(["log", "add", "--help", "--lang", "en"]),
    );
}

#[test]
fn the_tables_of_the_demonstration() {
    let desk = Desk::empty();
    let out = desk.path("out");
    check("demo", &desk.shown(["demo", &out]));
    let read = |name: &str| std::fs::read_to_string(format!("{out}/{name}.csv")).unwrap();
    check("summary_csv", &read("summary"));
    check("incidents_csv", &read("incidents"));
    let head = |name: &str| read(name).lines().take(12).collect::<Vec<_>>().join("\n");
    check("people_csv", &head("people"));
    check("log_csv", &head("log"));
    let holes: Vec<String> = read("roster")
        .lines()
        .filter(|line| !line.contains("Thường trực"))
        .take(40)
        .map(str::to_owned)
        .collect();
    check("roster_csv", &holes.join("\n"));
    // The bytes are the same on every system.
    let bytes = |name: &str| {
        let bytes = std::fs::read(format!("{out}/{name}.csv")).unwrap();
        format!("{name} {}", &blake3::hash(&bytes).to_hex()[..16])
    };
    let tables = ["roster", "people", "incidents", "log", "summary"];
    check("demo_bytes", &tables.map(bytes).join("\n"));
}

#[test]
fn the_man_page_and_the_completions_know_every_command() {
    let desk = Desk::new();
    for what in ["man", "bash", "zsh", "fish", "powershell"] {
        let made = desk.ok(["generate", what]);
        for command in ["person", "roster", "incident", "handover", "verify"] {
            assert!(made.contains(command), "{what} lacks {command}");
        }
    }
}

/// What somebody is asked who reports a fault: which program, what keeps the book, where all lies.
#[test]
fn the_version_says_where_everything_lies() {
    let desk = Desk::empty();
    let version = desk.ok(["--version"]);
    assert!(version.starts_with("sotruc 0."), "{version}");
    assert_eq!(version.lines().count(), 1);
    let more = desk.ok(["--lang", "en", "--version", "--verbose"]);
    assert!(more.starts_with(&version), "{more}");
    let value = |name: &str| {
        let line = more.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} in {more}"))
            .to_owned()
    };
    assert!(value("SQLite: ").starts_with('3'), "{more}");
    assert!(!value("SQLCipher: ").is_empty(), "{more}");
    assert_eq!(value("Book: "), desk.store.display().to_string());
    assert_eq!(
        value("Keys: "),
        desk.home.join("sites").display().to_string()
    );
    let log = desk.home.join("log").join("so-truc.log");
    assert_eq!(
        value("Log file of the program: "),
        log.display().to_string()
    );
    // To ask makes nothing.
    assert!(!desk.home.exists() && !desk.store.exists());
    assert_eq!(desk.run(["--verbose", "log", "list"]).code, 2);
}

/// The log file can be handed to whoever repairs the program.
#[test]
fn the_log_file_says_nothing_of_anybody() {
    let desk = Desk::practice();
    let old = fixture("schema-1.sotruc");
    std::fs::copy(old, &desk.store).unwrap();
    desk.ok(["upgrade"]);
    desk.ok(["log", "add", "Anh Khương 0905 290 290 không nghe máy"]);
    let text = std::fs::read_to_string(desk.home.join("log/so-truc.log")).unwrap();
    assert!(text.contains("a book was upgraded"), "{text}");
    let folder = desk.folder.path().to_str().unwrap();
    for private in ["Khương", "0905", "Ánh", folder] {
        assert!(!text.contains(private), "{private} in {text}");
    }
}
