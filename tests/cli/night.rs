//! A night of the watch, replayed word for word: who is to be told by when, and what is handed
//! over. What is expected was written by hand from the rules of the profiles.

use serde_json::{Value, json};
use std::fs;

use crate::desk::{Desk, fixture, sample};

const STRUCK: [(&str, &str, &str, &str); 5] = [
    (
        "Mất điện tại điểm bầu cử số 7",
        "UBND huyện Ea Súp",
        "H01",
        "22/05/2016 19:12",
    ),
    (
        "Trang huyện bị thay giao diện",
        "UBND huyện Cư M'gar",
        "T05",
        "22/05/2016 20:32",
    ),
    (
        "Thư giả mạo Ủy ban bầu cử",
        "Sở Nội vụ",
        "T02",
        "22/05/2016 21:10",
    ),
    (
        "Đứt cáp quang trên quốc lộ 14",
        "VNPT Đắk Lắk",
        "H01",
        "22/05/2016 21:48",
    ),
    (
        "Truy cập Cổng tỉnh tăng đột biến",
        "Văn phòng UBND tỉnh",
        "T01",
        "22/05/2016 23:20",
    ),
];

/// The night up to a moment, as the officer types it, with a profile in force.
fn night(profile: &str) -> Desk {
    let desk = Desk::province();
    let at = |words: &[&str], time: &str| desk.ok(words.iter().chain(&["--at", time]));
    let begin = "22/05/2016 18:00";
    at(
        &["unit", "set", "Sở Thông tin và Truyền thông", "--ours"],
        begin,
    );
    let span = ["--from", "16/05/2016 00:00", "--to", "26/05/2016 00:00"];
    at(
        &[&["period", "add", "--name", "Bầu cử"][..], &span].concat(),
        begin,
    );
    at(&["roster", "import", &sample("roster.csv")], begin);
    at(&["settings", "set", "profile", profile], begin);
    // Who coordinates is somebody else here: our own unit is not told.
    let told = "Văn phòng UBND tỉnh";
    at(&["settings", "set", "recipient.coordinator", told], begin);
    let open = |n: usize| {
        let (title, unit, kind, time) = STRUCK[n - 1];
        at(
            &[
                "incident", "open", "--title", title, "--unit", unit, "--type", kind,
            ],
            time,
        );
    };
    open(1);
    open(2);
    let rate = [
        "incident",
        "severity",
        "2",
        "--decide",
        "serious",
        "--reason",
        "mất quyền quản trị",
    ];
    let yes: Vec<String> = desk.json(["incident", "severity", "2"])["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| question["key"].as_str().unwrap())
        .filter(|key| {
            [
                "disruption",
                "interrupted",
                "control",
                "beyond",
                "breakdown",
                "personal",
            ]
            .contains(key)
        })
        .map(|key| format!("{key}=yes"))
        .collect();
    let mut words: Vec<&str> = rate.to_vec();
    for answer in &yes {
        words.extend(["--answer", answer]);
    }
    at(&words, "22/05/2016 20:40");
    if profile == "election" {
        let told = |role: &str| id_of(&desk, role, "22/05/2016 20:41");
        let police = told("police");
        let words = [
            "notice",
            "sent",
            &police,
            "--channel",
            "phone",
            "--to",
            "Ngô Văn Thiện",
        ];
        at(&words, "22/05/2016 20:42");
        at(&["notice", "acknowledge", &police], "22/05/2016 20:50");
        let why = "Phó Giám đốc đã có mặt tại phòng trực";
        at(
            &["notice", "waive", &told("coordinator"), "--reason", why],
            "22/05/2016 20:55",
        );
    }
    open(3);
    open(4);
    at(&["incident", "close", "1"], "22/05/2016 23:00");
    open(5);
    at(
        &["incident", "set", "5", "--status", "false_alarm"],
        "22/05/2016 23:45",
    );
    desk
}

fn id_of(desk: &Desk, role: &str, at: &str) -> String {
    let notices = desk.json(["notice", "list", "--at", at]);
    let found = notices
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["role"] == role);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

/// The notices as they stood at a moment, a line each.
fn notices(desk: &Desk, at: &str) -> String {
    let list = desk.json(["notice", "list", "--at", at]);
    let local = |at: &Value| {
        let at = at.as_str().unwrap();
        let (day, time) = at.split_once('T').unwrap();
        let parts: Vec<&str> = day.split('-').collect();
        format!("{}/{}/{} {}", parts[2], parts[1], parts[0], &time[..5])
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut lines: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let [incident, rule, who, state] =
                ["incident", "rule", "recipient", "state"].map(|key| text(&one[key]));
            format!(
                "{incident} {rule} | {who} | {} | {state}\n",
                local(&one["due_at"])
            )
        })
        .collect();
    lines.sort();
    lines.concat()
}

fn check(profile: &str) {
    let desk = night(profile);
    let expected = fs::read_to_string(fixture(&format!("night/{profile}.txt"))).unwrap();
    for part in expected.split("# ").skip(1) {
        let (at, lines) = part.split_once('\n').unwrap();
        assert_eq!(notices(&desk, at), lines, "{profile} at {at}");
    }
    desk.ok(["verify"]);
}

#[test]
fn in_the_weeks_of_an_election_the_police_are_told_at_once() {
    check("election");
}

#[test]
fn by_the_rules_of_2017_every_incident_is_reported_within_five_days() {
    check("2017");
}

#[test]
fn by_the_rules_of_2026_a_serious_incident_is_reported_within_a_day() {
    check("2026");
}

#[test]
fn a_moment_that_has_passed_is_shown_as_it_was() {
    let desk = night("election");
    let told = id_of(&desk, "police", "22/05/2016 20:43");
    let words = ["notice", "reopen", &told, "--reason", "ghi nhầm", "--at"];
    desk.ok(words.iter().chain(&["23/05/2016 00:10"]));
    let words = ["incident", "set", "2", "--severity", "low", "--at"];
    desk.ok(words.iter().chain(&["23/05/2016 00:20"]));
    let state = |at: &str| -> Option<String> {
        let list = desk.json(["notice", "list", "--incident", "2", "--at", at]);
        let found = list
            .as_array()?
            .iter()
            .find(|one| one["role"] == "police")?;
        Some(found["state"].as_str()?.to_owned())
    };
    let states = [
        ("22/05/2016 20:39", None),
        ("22/05/2016 20:41", Some("due")),
        ("22/05/2016 20:43", Some("sent")),
        ("22/05/2016 20:51", Some("acknowledged")),
        ("23/05/2016 00:11", Some("overdue")),
        ("23/05/2016 00:21", None),
    ];
    for (at, expect) in states {
        assert_eq!(state(at).as_deref(), expect, "{at}");
    }
}

#[test]
fn the_watch_is_handed_over_in_the_words_of_the_program() {
    let desk = night("2026");
    // Neither her mobile nor the telephone on her desk is answered.
    for number in ["0983 003 606", "0262 305 4472"] {
        desk.ok([
            "drill",
            "add",
            "La Thị Thúy Nga",
            "--number",
            number,
            "--outcome",
            "no_answer",
            "--at",
            "22/05/2016 23:50",
        ]);
    }
    let data = id_of(&desk, "data_protection", "22/05/2016 23:55");
    let told = ["notice", "sent", &data, "--channel", "document"];
    desk.ok(told.iter().chain(&["--at", "22/05/2016 23:55"]));
    let to = "Trần Quang Huy";
    let words = [
        "handover",
        "write",
        "--to",
        to,
        "--note",
        "UPS pin 62%",
        "--at",
        "23/05/2016 05:55",
    ];
    let written = desk.json(words);
    let expected = fs::read_to_string(fixture("night/handover.txt")).unwrap();
    assert_eq!(written["text"].as_str().unwrap(), expected);
    assert_eq!(written["state"], "waiting");
    // The table names the same texts as the handover.
    let table = desk.ok(["export", "notices", "-o", "-"]);
    let first = table.lines().next().unwrap();
    assert!(first.contains(",Hạn,Thời hạn,Căn cứ,"), "{first}");
    assert!(table.contains(",thời hạn giả định,"), "{table}");
    let id = written["id"].as_str().unwrap();
    let receive = |by: &str, at: &str| {
        let words = [
            "handover",
            "receive",
            id,
            "--by",
            by,
            "--remarks",
            "thiếu bộ sạc",
            "--at",
            at,
        ];
        desk.run(words)
    };
    // Nobody takes over from themselves, however they write their name.
    let refused = receive("DOAN NGOC ANH", "23/05/2016 06:01");
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("người khác"), "{}", refused.err);
    assert_eq!(receive(to, "23/05/2016 06:02").code, 0);
    assert_eq!(receive("Người Thứ Ba", "23/05/2016 06:03").code, 2);
    let list = desk.json(["handover", "list"]);
    assert_eq!(
        (&list[0]["state"], &list[0]["receiver"], &list[0]["remarks"]),
        (&json!("remarked"), &json!(to), &json!("thiếu bộ sạc"))
    );
    let lines = desk.json(["log", "list", "--last", "2"]);
    assert_eq!(lines[0]["text"], format!("Bàn giao ca cho {to}"));
    assert_eq!(lines[1]["author"], to);
    // The head of then is still in the chain.
    let head = written["head"].as_str().unwrap();
    assert_eq!(desk.json(["verify", "--against", head])["ok"], json!(true));
}

#[test]
fn a_line_says_why_it_is_late_and_what_belongs_to_it() {
    let desk = Desk::practice();
    let picture = desk.path("màn hình.png");
    let bytes: Vec<u8> = (0..=255u8).cycle().take(70_000).collect();
    fs::write(&picture, &bytes).unwrap();
    let words = ["log", "add", "Trang chủ bị thay", "--kind", "observation"];
    let more = [
        "--occurred",
        "16/05/2016 08:10",
        "--late-reason",
        "bận gọi điện",
        "--file",
        &picture,
    ];
    desk.ok(words
        .iter()
        .chain(&more)
        .chain(&["--at", "16/05/2016 09:00"]));
    let told = [
        "log",
        "add",
        "Đã báo",
        "--kind",
        "communication",
        "--whom",
        "anh Thiện",
    ];
    desk.ok(told
        .iter()
        .chain(&["--channel", "phone", "--dialled", "0934 034 224"]));
    let lines = desk.json(["log", "list"]);
    assert_eq!(
        (
            &lines[0]["late"],
            &lines[0]["late_reason"],
            &lines[0]["files"][0]["size"]
        ),
        (&json!(true), &json!("bận gọi điện"), &json!(70_000))
    );
    assert_eq!(
        (
            &lines[1]["whom"],
            &lines[1]["channel"],
            &lines[1]["dialled"]
        ),
        (&json!("anh Thiện"), &json!("phone"), &json!("0934 034 224"))
    );
    let saved = desk.path("lấy lại.png");
    desk.ok(["log", "save", "1", "-o", &saved]);
    assert_eq!(fs::read(&saved).unwrap(), bytes);
    // Late without a reason is refused; `--why` is short for it.
    for late in [
        &["muộn", "--occurred", "16/05/2016 07:00"][..],
        &["muộn", "--occurred", "16/05/2016 07:00", "--why", " "],
    ] {
        let answer = desk.run(["log", "add"].iter().chain(late));
        assert_eq!(answer.code, 2, "{late:?}");
        assert!(answer.err.contains("--late-reason"), "{}", answer.err);
    }
    let why = ["--occurred", "16/05/2016 07:00", "--why", "mất mạng"];
    desk.ok(["log", "add", "muộn"].iter().chain(&why));
    let last = &desk.json(["log", "list", "--last", "1"])[0];
    assert_eq!(last["late_reason"], "mất mạng");
    assert_eq!(desk.json(["verify"])["ok"], json!(true));
    // A file that is gone or altered is found.
    let mut folder = desk.store.clone().into_os_string();
    folder.push(".files");
    let blob = fs::read_dir(folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let held = fs::read(&blob).unwrap();
    fs::write(&blob, &held[..held.len() - 1]).unwrap();
    let (code, verdict) = desk.run_json(["verify"]);
    assert_eq!(
        (code, &verdict["problems"][0]["problem"]),
        (1, &json!("file_altered"))
    );
    fs::remove_file(&blob).unwrap();
    let (_, verdict) = desk.run_json(["verify"]);
    assert_eq!(verdict["problems"][0]["problem"], json!("file_missing"));
    assert_eq!(desk.run(["log", "save", "1", "-o", &saved]).code, 2);
}

#[test]
fn a_file_lies_in_the_book_only_with_its_line() {
    let desk = Desk::province();
    let file = desk.file("sec.txt", "bí mật");
    let mut folder = desk.store.clone().into_os_string();
    folder.push(".files");
    let blobs = || fs::read_dir(&folder).map_or(0, |listed| listed.count());
    for more in [
        ["--incident", "NOPE"],
        ["--unit", "Không có"],
        ["--grounds", "vì sao"],
    ] {
        let words = ["log", "add", "x", "--file", &file];
        assert_eq!(desk.run(words.iter().chain(&more)).code, 2, "{more:?}");
    }
    assert_eq!(desk.run(["log", "add", " ", "--file", &file]).code, 2);
    assert_eq!(blobs(), 0);
    desk.ok(["log", "add", "x", "--file", &file]);
    assert_eq!(blobs(), 1);
    // A line that was struck still has it, however long ago that was.
    desk.ok(["log", "correct", "1", "y", "--reason", "nhầm"]);
    let blob = fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    let held = fs::File::options().write(true).open(blob.path()).unwrap();
    let made = held.metadata().unwrap().modified().unwrap();
    let long = std::time::Duration::from_secs(40 * 24 * 60 * 60);
    held.set_modified(made - long).unwrap();
    let unnamed = blob
        .path()
        .with_file_name("0123456789abcdef0123456789abcdef");
    fs::write(&unnamed, "").unwrap();
    let held = fs::File::options().write(true).open(&unnamed).unwrap();
    held.set_modified(made - long).unwrap();
    // What is open somewhere keeps its name on Windows.
    drop(held);
    // That is looked at once a day, with the copy.
    desk.ok(["log", "add", "z"]);
    assert!(unnamed.exists());
    fs::remove_dir_all(format!("{}.backups", desk.store.display())).unwrap();
    desk.ok(["log", "add", "z"]);
    assert!(blob.path().exists() && !unnamed.exists());
}

#[test]
fn a_profile_and_its_recipients_are_the_offices_own() {
    let desk = Desk::province();
    let text = fs::read_to_string(crate::desk::project("assets/profiles/election.json")).unwrap();
    let own = desk.file(
        "rieng.json",
        &text.replace("\"key\": \"election\"", "\"key\": \"daklak\""),
    );
    assert_eq!(desk.ok(["settings", "profile", &own]), "daklak");
    assert_eq!(
        desk.run(["settings", "profile", &desk.file("sai.json", "{}")])
            .code,
        2
    );
    desk.ok(["settings", "set", "profile", "daklak"]);
    desk.ok(["settings", "set", "recipient.police", "POL001"]);
    desk.ok([
        "settings",
        "set",
        "recipient.coordinator",
        "Tổ ứng cứu số 1",
    ]);
    for (key, value) in [
        ("profile", "không có"),
        ("fresh_days", "0"),
        ("recipient.ai", "x"),
        ("lạ", "x"),
    ] {
        assert_eq!(desk.run(["settings", "set", key, value]).code, 2, "{key}");
    }
    let words = [
        "incident",
        "open",
        "--title",
        "Thử",
        "--unit",
        "Sở Y tế",
        "--type",
        "T03",
    ];
    desk.ok(words.iter().chain(&["--severity", "serious"]));
    let notices = desk.json(["notice", "list", "--open"]);
    let mut told: Vec<&str> = notices
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["recipient"].as_str().unwrap())
        .collect();
    told.sort_unstable();
    assert_eq!(told, ["Công an tỉnh Đắk Lắk", "Tổ ứng cứu số 1"]);
    // What is found to be less asks for nothing.
    desk.ok(["incident", "set", "1", "--severity", "high"]);
    assert_eq!(desk.json(["notice", "list"]), json!([]));
    let list = desk.json(["settings", "list"]);
    let profile = list
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["key"] == "profiles");
    assert_eq!(profile.unwrap()["value"], "daklak");
    desk.ok(["verify"]);
}

#[test]
fn a_line_that_begins_with_a_time_is_of_that_time() {
    let desk = Desk::practice();
    let at = ["--at", "16/05/2016 09:00"];
    let add = |words: &[&str]| desk.run(["log", "add"].iter().chain(words).chain(&at));
    assert_eq!(add(&["8h20 mất điện phòng máy"]).code, 2, "it is late");
    let why = ["--why", "ghi giấy trước"];
    let late = |words: &[&str]| add(&[words, &why[..]].concat());
    assert_eq!(late(&["8h20 mất điện phòng máy"]).code, 0);
    assert_eq!(late(&["23:10 gọi lại", "--kind", "action"]).code, 0);
    let given = ["--occurred", "16/05/2016 08:50"];
    assert_eq!(add(&[&["8h20 có điện lại"], &given[..]].concat()).code, 0);
    let lines = desk.json(["log", "list"]);
    let lines = lines.as_array().unwrap();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (&line["occurred_at"], &line["text"]))
        .collect();
    let expect = [
        ("2016-05-16T08:20:00+07:00", "mất điện phòng máy"),
        ("2016-05-15T23:10:00+07:00", "gọi lại"),
        ("2016-05-16T08:50:00+07:00", "8h20 có điện lại"),
    ]
    .map(|(at, text)| (json!(at), json!(text)));
    let expect: Vec<_> = expect.iter().map(|(at, text)| (at, text)).collect();
    assert_eq!(told, expect);

    // What a kind of line is not asked is not written with it, nor lost unsaid.
    let refused = add(&["việc", "--grounds", "theo quy chế"]);
    assert_eq!(refused.code, 2);
    let why = "dòng loại Ghi chú không có mục “Căn cứ”";
    assert!(refused.err.contains(why), "{}", refused.err);
    let decided = ["quyết", "--kind", "decision", "--grounds", "theo quy chế"];
    assert_eq!(add(&decided).code, 0);
    // There is nothing to explain about a line that is not late.
    assert_eq!(add(&["đúng lúc", "--late-reason", "bận"]).code, 0);
    let lines = desk.json(["log", "list", "--last", "2"]);
    assert_eq!(lines[0]["grounds"], json!("theo quy chế"));
    assert_eq!(lines[1]["late_reason"], json!(null));
}

#[test]
fn what_belongs_together_says_so_on_both_sides() {
    let desk = Desk::province();
    for title in ["Đứt cáp", "Mất điện"] {
        let unit = ["--unit", "TEL001", "--type", "T01"];
        desk.ok(["incident", "open", "--title", title].iter().chain(&unit));
    }
    let related = |number: &str| desk.json(["incident", "show", number])["related"].clone();
    desk.ok(["incident", "set", "1", "--related", "2"]);
    assert_eq!(related("1"), json!(["DLK/2016-0002"]));
    assert_eq!(related("2"), json!(["DLK/2016-0001"]));
    desk.ok(["incident", "set", "2", "--related", ""]);
    assert_eq!(related("1"), json!([]));
}
