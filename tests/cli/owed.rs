//! Who has sent, who was reminded, and which numbers answer.

use serde_json::{Value, json};

use crate::desk::{Desk, fixture, sample};

/// A practice book with the units, and a period that begins in two days.
fn desk() -> Desk {
    let desk = Desk::practice();
    desk.ok(["unit", "import", &sample("units.csv")]);
    desk.ok([
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "18/05/2016 00:00",
        "--to",
        "26/05/2016 00:00",
        "--due",
        "17/05/2016 17:00",
    ]);
    desk
}

fn owed<'a>(list: &'a Value, unit: &str) -> &'a Value {
    let units = list.as_array().unwrap();
    units.iter().find(|one| one["unit"] == unit).unwrap()
}

#[test]
fn an_import_marks_what_was_waited_for() {
    let desk = desk();
    let list = |at: &str| desk.json(["submission", "list", "--period", "Bầu cử", "--at", at]);
    let before = list("16/05/2016 09:00");
    assert_eq!(before.as_array().unwrap().len(), 51);
    assert!(before.as_array().unwrap().iter().all(|one| {
        one["state"] == "waiting"
            && one["late"] == false
            && one["due_at"] == "2016-05-17T17:00:00+07:00"
    }));
    let file = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000001\nSở Tài chính,Hà Văn Năm,0905000002\n",
    );
    desk.ok(["person", "import", &file, "--at", "16/05/2016 10:00"]);
    let sent = list("18/05/2016 09:00");
    let states = |unit: &str| {
        let one = owed(&sent, unit);
        (
            one["state"].clone(),
            one["late"].clone(),
            one["received_at"].clone(),
        )
    };
    let received = json!("2016-05-16T10:00:00+07:00");
    assert_eq!(
        states("Sở Y tế"),
        (json!("received"), json!(false), received.clone())
    );
    assert_eq!(
        states("Sở Nội vụ"),
        (json!("waiting"), json!(true), json!(null))
    );
    // The same list again confirms; a changed one corrects.
    desk.ok(["person", "import", &file, "--at", "16/05/2016 11:00"]);
    assert_eq!(
        owed(&list("16/05/2016 11:00"), "Sở Y tế")["received_at"],
        received
    );
    let file = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000009\n",
    );
    desk.ok(["person", "import", &file, "--at", "16/05/2016 12:00"]);
    let corrected = list("16/05/2016 12:00");
    assert_eq!(owed(&corrected, "Sở Y tế")["state"], "corrected");
    assert_eq!(owed(&corrected, "Sở Y tế")["received_at"], received);
    // One import is one undo.
    desk.ok(["undo", "--at", "16/05/2016 12:01"]);
    assert_eq!(
        owed(&list("16/05/2016 12:01"), "Sở Y tế")["state"],
        "received"
    );
}

/// How a unit of the sample stands at a moment: its state, when it came, whether late.
fn stands(desk: &Desk, unit: &str, at: &str) -> Value {
    let list = desk.json(["submission", "list", "--period", "Bầu cử", "--at", at]);
    let one = owed(&list, unit);
    json!([one["state"], one["received_at"], one["late"]])
}

#[test]
fn what_was_said_has_its_own_time_when_the_list_before_is_undone() {
    let desk = desk();
    let file = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000001\n",
    );
    desk.ok(["person", "import", &file, "--at", "16/05/2016 10:00"]);
    let nil = [
        "submission",
        "set",
        "Sở Y tế",
        "--period",
        "Bầu cử",
        "--state",
        "nil",
    ];
    desk.ok(nil.iter().chain(&["--at", "18/05/2016 10:00"]));
    let at = "18/05/2016 11:00";
    let with_list = json!(["nil", "2016-05-16T10:00:00+07:00", false]);
    assert_eq!(stands(&desk, "Sở Y tế", at), with_list);
    let changes = desk.json(["undo", "--list", "--at", at]);
    let changes = changes.as_array().unwrap();
    assert!(changes.len() > 1, "{changes:?}");
    let list = changes[1]["id"].to_string();
    desk.ok(["undo", &list, "--at", "18/05/2016 12:00"]);
    let alone = json!(["nil", "2016-05-18T10:00:00+07:00", true]);
    assert_eq!(stands(&desk, "Sở Y tế", "18/05/2016 13:00"), alone);
    // When it came is what somebody says of it, whatever list there is.
    desk.ok(nil
        .iter()
        .chain(&["--received", "17/05/2016 08:00", "--at", "18/05/2016 14:00"]));
    let told = json!(["nil", "2016-05-17T08:00:00+07:00", false]);
    assert_eq!(stands(&desk, "Sở Y tế", "18/05/2016 15:00"), told);
    desk.ok(["verify"]);
}

#[test]
fn what_an_exempt_unit_sends_all_the_same_is_received_and_not_late() {
    let desk = desk();
    let exempt = ["submission", "set", "Sở Y tế", "--period", "Bầu cử"];
    let exempt = exempt.iter().chain(&["--state", "exempt"]);
    desk.ok(exempt.chain(&["--at", "16/05/2016 09:00"]));
    let file = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000001\nSở Tài chính,Hà Văn Năm,0905000002\n",
    );
    desk.ok(["person", "import", &file, "--at", "19/05/2016 10:00"]);
    let at = "19/05/2016 11:00";
    let came = |late: bool| json!(["received", "2016-05-19T10:00:00+07:00", late]);
    assert_eq!(stands(&desk, "Sở Y tế", at), came(false));
    assert_eq!(stands(&desk, "Sở Tài chính", at), came(true));
}

#[test]
fn a_list_that_was_sent_again_stands_without_the_first() {
    let desk = desk();
    let file = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000001\n",
    );
    desk.ok(["person", "import", &file, "--at", "16/05/2016 10:00"]);
    desk.ok(["person", "import", &file, "--at", "16/05/2016 14:00"]);
    let changes = desk.json(["undo", "--list", "--at", "16/05/2016 15:00"]);
    let first = changes[1]["id"].to_string();
    desk.ok(["undo", &first, "--at", "16/05/2016 15:00"]);
    let stays = json!(["received", "2016-05-16T14:00:00+07:00", false]);
    assert_eq!(stands(&desk, "Sở Y tế", "16/05/2016 16:00"), stays);
    desk.ok(["verify"]);
}

/// A list that came counts from the day of the letter on, whether the period was in the book by
/// then or not, and one that says the same again confirms.
#[test]
fn a_list_counts_whatever_came_first() {
    const PERIOD: [&str; 8] = [
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "18/05/2016",
        "--to",
        "25/05/2016",
    ];
    let list =
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000001\nSở Nội vụ,Hà Văn Năm,0905000002\n";
    let later = "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000009\n";
    // What comes, and when; `None` is the period with the day of its letter.
    let states = |acts: &[(Option<&str>, &str)], asked: &[&str]| -> Value {
        let desk = Desk::practice();
        desk.ok(["unit", "import", &sample("units.csv")]);
        for (act, at) in acts {
            match act {
                None => {
                    let when = ["--at", at];
                    desk.ok(PERIOD.iter().chain(asked).chain(&when))
                }
                Some(list) => {
                    let file = desk.file("list.csv", list);
                    desk.ok(["person", "import", &file, "--at", at])
                }
            };
        }
        let at = "02/06/2016 08:00";
        let list = desk.json(["submission", "list", "--period", "Bầu cử", "--at", at]);
        desk.ok(["verify"]);
        json!(["Sở Y tế", "Sở Nội vụ", "Sở Tài chính"].map(|unit| {
            let one = owed(&list, unit);
            json!([one["state"], one["late"], one["received_at"]])
        }))
    };
    let (first, second, third) = ("16/05/2016 09:00", "17/05/2016 09:00", "17/05/2016 10:00");
    let nothing = json!(["waiting", true, null]);
    let came = |at: &str| json!(["received", false, at]);
    let same = json!([
        came("2016-05-16T09:00:00+07:00"),
        came("2016-05-16T09:00:00+07:00"),
        nothing
    ]);
    for acts in [
        [(None, first), (Some(list), first), (Some(list), second)],
        [(Some(list), first), (None, first), (Some(list), second)],
        [(Some(list), first), (Some(list), second), (None, second)],
    ] {
        assert_eq!(states(&acts, &[]), same, "{acts:?}");
    }
    // One that says something else corrects, likewise.
    let corrected = json!([
        ["corrected", false, "2016-05-16T09:00:00+07:00"],
        came("2016-05-16T09:00:00+07:00"),
        nothing
    ]);
    for acts in [
        [(None, first), (Some(list), first), (Some(later), second)],
        [(Some(list), first), (Some(later), second), (None, third)],
    ] {
        assert_eq!(states(&acts, &[]), corrected, "{acts:?}");
    }
    // What came before the letter counts only when it comes again.
    let asked = ["--asked", "17/05/2016"];
    let again = json!([
        came("2016-05-17T09:00:00+07:00"),
        came("2016-05-17T09:00:00+07:00"),
        nothing
    ]);
    for acts in [
        [(None, first), (Some(list), first), (Some(list), second)],
        [(Some(list), first), (Some(list), second), (None, third)],
    ] {
        assert_eq!(states(&acts, &asked), again, "{acts:?}");
    }
    let acts = [(None, first), (Some(list), first)];
    assert_eq!(states(&acts, &asked), json!([nothing, nothing, nothing]));
    // A period that was over when its lists came waits for none of them: they came late.
    let acts = [(Some(list), "01/06/2016 09:00"), (None, "01/06/2016 10:00")];
    assert_eq!(states(&acts, &[])[0][0], "received");
}

#[test]
fn the_day_from_which_lists_count_may_change() {
    let desk = desk();
    let file = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000001\n",
    );
    desk.ok(["person", "import", &file, "--at", "16/05/2016 10:00"]);
    let state = || {
        let list = desk.json(["submission", "list", "--period", "Bầu cử"]);
        owed(&list, "Sở Y tế")["state"].clone()
    };
    let asked = |day: &str| desk.ok(["period", "set", "Bầu cử", "--asked", day]);
    assert_eq!(state(), "received");
    asked("17/05/2016");
    assert_eq!(state(), "waiting");
    let periods = desk.json(["period", "list"]);
    assert_eq!(periods[0]["asked_at"], "2016-05-17T00:00:00+07:00");
    asked("");
    assert_eq!(state(), "received");
    let periods = desk.json(["period", "list"]);
    assert_eq!(periods[0]["asked_at"], "2016-04-18T00:00:00+07:00");
    let set = [
        "submission",
        "set",
        "Sở Y tế",
        "--period",
        "Bầu cử",
        "--document",
        "7/SYT",
    ];
    desk.ok(set);
    asked("17/05/2016");
    assert_eq!(state(), "received", "what somebody noted of it stands");
    let late = desk.run(["period", "set", "Bầu cử", "--asked", "27/05/2016"]);
    assert_eq!(late.code, 2);
    desk.ok(["verify"]);
}

#[test]
fn a_reminder_outside_of_every_period_says_so() {
    let desk = desk();
    let remind = |at: &str| desk.run(["submission", "remind", "Sở Y tế", "--at", at]);
    let noted = remind("16/05/2016 09:00");
    assert!(noted.out.contains("“Bầu cử”"), "{}", noted.out);
    let refused = remind("26/05/2016 00:00");
    assert_eq!(refused.code, 2);
    assert!(
        refused
            .err
            .contains("lúc 26/05/2016 00:00 không có kỳ trực nào"),
        "{}",
        refused.err
    );
}

#[test]
fn states_and_reminders_are_noted() {
    let desk = desk();
    let set = |unit: &str, state: &str, at: &str| {
        let words = [
            "submission",
            "set",
            unit,
            "--period",
            "Bầu cử",
            "--state",
            state,
        ];
        desk.ok(words.iter().chain(&["--document", "12/SNV", "--at", at]));
    };
    set("Sở Nội vụ", "nil", "16/05/2016 09:00");
    set("Sở Tư pháp", "received", "18/05/2016 09:00");
    desk.ok([
        "submission",
        "set",
        "Sở Y tế",
        "--period",
        "Bầu cử",
        "--state",
        "exempt",
        "--at",
        "18/05/2016 09:01",
    ]);
    let units = ["Sở Công Thương", "Sở Xây dựng"];
    let remind = [
        "submission",
        "remind",
        units[0],
        units[1],
        "--note",
        "đã gọi văn thư",
    ];
    desk.ok(remind.iter().chain(&["--at", "18/05/2016 09:02"]));
    desk.ok([
        "submission",
        "remind",
        units[0],
        "--period",
        "Bầu cử",
        "--at",
        "18/05/2016 09:03",
    ]);
    let list = desk.json([
        "submission",
        "list",
        "--period",
        "Bầu cử",
        "--at",
        "18/05/2016 10:00",
    ]);
    let told = |unit: &str| {
        let one = owed(&list, unit);
        (
            one["state"].as_str().unwrap().to_owned(),
            one["late"].as_bool().unwrap(),
            one["document"].as_str().map(str::to_owned),
            one["reminders"].as_u64().unwrap(),
        )
    };
    let is = |state: &str, late, document: Option<&str>, reminders| {
        (
            state.to_owned(),
            late,
            document.map(str::to_owned),
            reminders,
        )
    };
    assert_eq!(told("Sở Nội vụ"), is("nil", false, Some("12/SNV"), 0));
    assert_eq!(told("Sở Tư pháp"), is("received", true, Some("12/SNV"), 0));
    assert_eq!(told("Sở Y tế"), is("exempt", false, None, 0));
    assert_eq!(told(units[0]), is("waiting", true, None, 2));
    assert_eq!(told(units[1]), is("waiting", true, None, 1));
    // One that has sent is named, and none of them is noted.
    let refused = desk.run([
        "submission",
        "remind",
        units[0],
        "Sở Nội vụ",
        "--at",
        "18/05/2016 10:00",
    ]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("Sở Nội vụ"), "{}", refused.err);
    let file = desk.path("submissions.csv");
    desk.ok([
        "export",
        "submissions",
        "-o",
        &file,
        "--at",
        "18/05/2016 10:00",
    ]);
    let table = std::fs::read_to_string(file).unwrap();
    let row = table.lines().find(|line| line.contains(units[0])).unwrap();
    assert!(
        row.contains("Chưa gửi,Quá hạn,17/05/2016 17:00,,,2,18/05/2016 09:03"),
        "{row}"
    );
}

#[test]
fn a_unit_that_nobody_can_reach_is_a_hole() {
    let desk = desk();
    let file = desk.file(
        "list.csv",
        "Đơn vị,Họ tên,SĐT\nSở Y tế,Bùi Thị Mai,0905000001\nSở Tài chính,Hà Văn Năm,0905000002\n\
         Sở Tài chính,Lê Thị Sáu,0905000003\n",
    );
    desk.ok(["person", "import", &file, "--at", "16/05/2016 10:00"]);
    let holes = |unit: &str, at: &str| -> Vec<(String, String)> {
        let (_, gaps) = desk.run_json(["roster", "gaps", "--period", "Bầu cử", "--at", at]);
        let gaps = gaps
            .as_array()
            .unwrap()
            .iter()
            .filter(|gap| gap["unit"] == unit);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        gaps.map(|gap| (text(&gap["from"]), text(&gap["to"])))
            .collect()
    };
    let drill = |who: &str, outcome: &str, at: &str| {
        desk.ok(["drill", "add", who, "--outcome", outcome, "--at", at])
    };
    assert_eq!(holes("Sở Y tế", "19/05/2016 08:00"), []);
    drill("Bùi Thị Mai", "wrong_number", "19/05/2016 08:00");
    drill("Hà Văn Năm", "no_answer", "19/05/2016 08:05");
    let lost = (
        "2016-05-19T08:00:00+07:00".to_owned(),
        "2016-05-26T00:00:00+07:00".to_owned(),
    );
    assert_eq!(holes("Sở Y tế", "19/05/2016 09:00"), [lost]);
    // There is somebody else whom nobody has called yet.
    assert_eq!(holes("Sở Tài chính", "19/05/2016 09:00"), []);
    drill("Bùi Thị Mai", "answered", "19/05/2016 09:30");
    // What was a hole until then was one.
    let was_lost = (
        "2016-05-19T08:00:00+07:00".to_owned(),
        "2016-05-19T09:30:00+07:00".to_owned(),
    );
    assert_eq!(holes("Sở Y tế", "19/05/2016 10:00"), [was_lost]);
    desk.ok([
        "drill",
        "add",
        "Hà Văn Năm",
        "--outcome",
        "called_back",
        "--minutes",
        "12",
        "--number",
        "0905 000 002",
        "--at",
        "19/05/2016 10:00",
    ]);
    let drills = desk.json(["drill", "list", "--at", "19/05/2016 11:00"]);
    assert_eq!(drills.as_array().unwrap().len(), 4);
    assert_eq!(
        (
            &drills[3]["outcome"],
            &drills[3]["minutes"],
            &drills[3]["number"],
            &drills[3]["caller"]
        ),
        (
            &json!("called_back"),
            &json!(12),
            &json!("0905000002"),
            &json!("Đoàn Ngọc Ánh")
        )
    );
    assert_eq!(
        desk.run([
            "drill",
            "add",
            "Hà Văn Năm",
            "--outcome",
            "hỏng",
            "--at",
            "19/05/2016 11:00"
        ])
        .code,
        2
    );
    desk.ok(["verify"]);
}

#[test]
fn people_go_out_as_contacts_for_telephones() {
    let desk = Desk::province();
    let cards = desk.ok(["export", "people", "--format", "vcf", "-o", "-"]);
    let people = desk.json(["person", "list"]);
    let count = people.as_array().unwrap().len();
    assert_eq!(cards.matches("BEGIN:VCARD").count(), count);
    // No telephone takes somebody of a practice book for real.
    assert_eq!(cards.matches("NOTE:SỔ DIỄN TẬP").count(), count);
    assert_eq!(cards.matches("END:VCARD").count(), count);
    assert!(cards.contains("FN:Lương Thế Quyền\r\nN:Lương;Quyền;Thế;;\r\n"));
    assert!(cards.contains("TEL;VALUE=uri;TYPE=cell;PREF=1:tel:+84972010306\r\n"));
    assert_eq!(
        desk.run(["export", "units", "--format", "vcf", "-o", "-"])
            .code,
        2
    );
}

#[test]
fn lists_as_units_send_them_leave_only_who_has_not_sent() {
    let desk = desk();
    let waiting = || -> Vec<String> {
        let list = desk.json(["submission", "list", "--period", "Bầu cử"]);
        let units = list.as_array().unwrap().iter();
        let waiting = units.filter(|one| one["state"] == "waiting");
        waiting
            .map(|one| one["unit"].as_str().unwrap().to_owned())
            .collect()
    };
    let check = |file: &str, expect: usize| {
        desk.ok(["person", "import", &fixture(file), "--skip-rejected"]);
        assert_eq!(waiting().len(), expect, "{file}");
    };
    assert_eq!(waiting().len(), 51);
    check("sheets/bad-rows.csv", 32);
    check("sheets/windows-1258.csv", 29);
    check("sheets/numbers-as-numbers.xlsx", 14);
    check("sheets/two-row-header-merged.xlsx", 14);
    check("sheets/unicode-text-old-numbers.txt", 2);
    let rest = ["Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Công an tỉnh Đắk Lắk"];
    assert_eq!(waiting(), rest);
    // The sheet to send names the same two, and the summary counts them.
    let sheet = desk.ok(["export", "submissions", "-o", "-"]);
    let owing: Vec<&str> = sheet
        .lines()
        .filter(|line| line.contains(",Chưa gửi,"))
        .collect();
    assert_eq!(owing.len(), 2);
    assert!(
        owing
            .iter()
            .zip(rest)
            .all(|(line, unit)| line.contains(unit))
    );
    let summary = desk.ok(["export", "summary", "-o", "-"]);
    for line in ["Đã gửi,49,", "Chưa gửi,2,"] {
        assert!(summary.contains(line), "{line}");
    }
    check("sheets/tidy.csv", 0);
}

/// A list that is taken back counts for nobody, in whichever order it and the period came.
#[test]
fn a_list_that_is_taken_back_counts_no_more() {
    for period_first in [true, false] {
        let desk = Desk::practice();
        desk.ok(["unit", "import", &sample("units.csv")]);
        let period = || {
            let words = ["period", "add", "--name", "Bầu cử", "--from", "16/05/2016"];
            desk.ok(words.iter().chain(&["--to", "25/05/2016"]));
        };
        if period_first {
            period();
        }
        desk.ok(["person", "import", &sample("people.csv")]);
        if !period_first {
            period();
        }
        let came = || {
            let list = desk.json(["submission", "list", "--period", "bau cu"]);
            let list = list.as_array().unwrap().iter();
            list.filter(|one| one["state"] == "received").count()
        };
        let all = came();
        assert!(all > 40, "{all}");
        let changes = desk.json(["undo", "--list"]);
        let import = changes.as_array().unwrap().iter().find(|change| {
            let parts = change["parts"].as_array().unwrap();
            parts.iter().any(|part| part["kind"] == "person")
        });
        desk.ok(["undo", &import.unwrap()["id"].to_string()]);
        assert_eq!(came(), 0, "period first: {period_first}");
        desk.ok(["redo"]);
        assert_eq!(came(), all, "period first: {period_first}");
    }
}

#[test]
fn all_of_a_period_is_changed() {
    let desk = Desk::practice();
    let days = ["--from", "16/05/2016", "--to", "25/05/2016"];
    desk.ok(["period", "add", "--name", "Bầu cử", "--groups", "party"]
        .iter()
        .chain(&days));
    let set = |more: &[&str]| {
        let name = desk.json(["period", "list"])[0]["name"].clone();
        desk.ok(["period", "set", name.as_str().unwrap()].iter().chain(more));
        desk.json(["period", "list"])[0].clone()
    };
    let period = set(&["--name", "Bầu cử 2016", "--due", "12/05/2016 17:00"]);
    assert_eq!(period["name"], "Bầu cử 2016");
    assert_eq!(period["due_at"], "2016-05-12T17:00:00+07:00");
    assert_eq!(period["groups"], serde_json::json!(["party"]));
    let period = set(&["--groups", "department,district", "--due", ""]);
    assert_eq!(
        period["groups"],
        serde_json::json!(["department", "district"])
    );
    assert_eq!(period["due_at"], "2016-05-16T00:00:00+07:00");
    assert!(set(&["--groups", ""])["groups"].is_null());
}
