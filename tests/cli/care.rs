//! What a tired hand does at two in the morning, and what must not come of it.

use serde_json::json;
use sotruc_core::PORTABLE_MARK;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Desk, sample};

#[test]
fn a_roster_may_come_before_its_period() {
    let desk = Desk::province();
    desk.ok(["roster", "import", &sample("roster.csv")]);
    desk.ok([
        "period",
        "add",
        "--name",
        "Bầu cử",
        "--from",
        "16/05/2016 00:00",
        "--to",
        "26/05/2016 00:00",
    ]);
    let on_duty = [
        "roster",
        "on-duty",
        "--unit",
        "TEL001",
        "--at",
        "22/05/2016 21:30",
    ];
    assert_eq!(
        desk.json(on_duty)[0]["standing"],
        false,
        "the shift decides, not the standing contact"
    );
    let (_, gaps) = desk.run_json([
        "roster",
        "gaps",
        "--from",
        "22/05/2016 20:00",
        "--to",
        "23/05/2016 00:00",
    ]);
    let units: Vec<&str> = gaps
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| gap["unit_code"].as_str().unwrap())
        .collect();
    assert!(units.contains(&"TEL001"), "{units:?}");
    desk.ok(["period", "remove", "bau cu"]);
    assert!(
        desk.run(["roster", "gaps"]).err.contains("period add"),
        "nothing to check is not all clear"
    );
}

#[test]
fn a_table_never_replaces_a_book_or_a_key() {
    let desk = Desk::province();
    let backup = desk.ok(["backup", &desk.path("")]);
    let copy = desk.path("mybook.db");
    fs::copy(&desk.store, &copy).unwrap();
    let key = fs::read_dir(desk.home.join("sites"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    for target in [
        desk.store.to_str().unwrap(),
        &backup,
        &copy,
        key.to_str().unwrap(),
    ] {
        let before = fs::read(target).unwrap();
        for form in [&[][..], &["--format", "csv"]] {
            let words = ["export", "units", "-o", target];
            let answer = desk.run(words.iter().chain(form));
            assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{target}");
        }
        assert_eq!(fs::read(target).unwrap(), before, "{target}");
    }
    let out = desk.path("out");
    fs::create_dir(&out).unwrap();
    fs::write(format!("{out}/people.csv"), "của tôi").unwrap();
    assert_eq!(desk.run(["demo", &out]).code, 2);
    assert_eq!(
        fs::read_to_string(format!("{out}/people.csv")).unwrap(),
        "của tôi"
    );
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
}

#[test]
fn every_book_this_computer_writes_in_is_copied_and_one_that_fails_is_told() {
    let desk = Desk::province();
    let other = desk.path("khác.sotruc");
    let unit = "Sở Thông tin và Truyền thông";
    let init = ["init", "--site", "KHO", "--name", "Kho", "--unit", unit];
    desk.ok(["--store", &other].iter().chain(&init));
    let copies = desk.ok(["backup", "--all"]);
    let named = |copy: &str| copies.lines().any(|line| line.contains(copy));
    assert_eq!(copies.lines().count(), 2, "{copies}");
    assert!(named("khác.sotruc.backups"), "{copies}");
    let again = desk.ok(["backup", "--all"]);
    assert_eq!(again, copies, "nothing new, no other copy");

    fs::write(&other, "no book").unwrap();
    let answer = desk.run(["backup", "--all"]);
    assert_eq!(answer.code, 1);
    assert_eq!(answer.out.lines().count(), 1, "{}", answer.out);
    assert!(answer.err.contains("khác.sotruc"), "{}", answer.err);
    assert_eq!(desk.run(["backup"]).code, 2, "a folder or all");
}

#[test]
fn an_incident_of_which_the_log_speaks_is_not_undone() {
    let desk = Desk::province();
    desk.ok([
        "incident",
        "open",
        "--title",
        "Mất mạng",
        "--unit",
        "TEL001",
        "--type",
        "H01",
    ]);
    desk.ok(["log", "add", "Gọi VNPT", "--incident", "1"]);
    let answer = desk.run(["undo"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("DLK-1"), "{}", answer.err);
    assert_eq!(desk.json(["log", "list"])[0]["incident"], "DLK/2016-0001");
    assert_eq!(
        desk.run(["unit", "remove", "TEL001"]).code,
        2,
        "its people come first"
    );
}

#[test]
fn a_rolled_back_book_says_so_when_it_is_written() {
    let desk = Desk::new();
    desk.ok(["log", "add", "một"]);
    let old = fs::read(&desk.store).unwrap();
    desk.ok(["log", "add", "hai"]);
    fs::write(&desk.store, old).unwrap();
    assert_eq!(desk.run(["verify"]).code, 1);
    let answer = desk.run(["log", "add", "ba"]);
    assert!(
        answer.err.contains("DLK") && answer.err.lines().count() == 1,
        "{}",
        answer.err
    );
    assert_eq!(desk.run(["log", "add", "bốn"]).err, "", "it is said once");
}

#[test]
fn a_shift_is_taken_off_and_a_correction_mends_more_than_words() {
    let desk = Desk::province();
    desk.ok(["roster", "import", &sample("roster.csv")]);
    let shifts = desk.json(["roster", "list", "--unit", "POL001"]);
    let id = shifts[0]["id"].as_str().unwrap();
    let refused = desk.run(["roster", "cancel", id]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    desk.ok(["roster", "cancel", id, "--reason", "Ghi nhầm ca"]);
    let left = desk.json(["roster", "list", "--unit", "POL001"]);
    assert_eq!(
        left.as_array().unwrap().len() + 1,
        shifts.as_array().unwrap().len()
    );
    desk.ok(["log", "add", "Mất điện ở Ea Kar", "--unit", "DIS009"]);
    desk.ok([
        "log",
        "correct",
        "2",
        "Mất điện ở Ea Súp",
        "--unit",
        "DIS004",
        "--reason",
        "nghe nhầm",
        "--kind",
        "ghi nhận",
    ]);
    let log = desk.json(["log", "list"]);
    assert_eq!(
        (&log[2]["unit"], &log[2]["kind"]),
        (&json!("UBND huyện Ea Súp"), &json!("observation"))
    );
}

#[test]
fn one_person_in_two_rows_keeps_both_numbers() {
    let desk = Desk::province();
    let list =
        "Đơn vị,Họ và tên,SĐT\nSở Y tế,Nguyễn Thử,0905 000 801\nSở Y tế,Nguyễn Thử,0905 000 802\n";
    let import = desk.json(["person", "import", &desk.file("twice.csv", list)]);
    assert_eq!(
        (&import["new"], &import["warnings"][0]["row"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(
        desk.json(["person", "show", "nguyen thu"])["mobiles"],
        json!(["0905000801", "0905000802"])
    );
}

#[test]
fn people_who_differ_by_an_accent_or_share_a_number_stay_two() {
    let desk = Desk::province();
    let first = "Đơn vị,Họ và tên,SĐT\nSở Y tế,Lê Thử Hoa,0905 000 811\n";
    desk.ok(["person", "import", &desk.file("first.csv", first)]);
    let list = "Đơn vị,Họ và tên,SĐT,Vai trò\n\
        Sở Y tế,Lê Thử Hoa,0905 000 811,Đầu mối chính\n\
        Sở Y tế,Lê Thử Hòa,0905 000 812,Dự phòng\n\
        Sở Y tế,Vũ Thử Bình,0905 000 811,Dự phòng\n";
    let file = desk.file("all.csv", list);
    let import = desk.json(["person", "import", &file]);
    assert_eq!(
        (&import["new"], &import["changed"]),
        (&json!(2), &json!(1)),
        "{import}"
    );
    let again = desk.json(["person", "import", &file]);
    assert_eq!(
        (&again["new"], &again["changed"], &again["same"]),
        (&json!(0), &json!(0), &json!(3))
    );
    let typed = desk.file(
        "typed.csv",
        "Đơn vị,Họ và tên,SĐT\nSở Y tế,LÊ THỬ HOÀ,0905 000 813\n",
    );
    assert_eq!(
        desk.json(["person", "import", &typed])["changed"],
        1,
        "the same name, typed another way"
    );
}

#[test]
fn operators_who_differ_by_an_accent_are_two() {
    let desk = Desk::new();
    for name in ["Lê Thị Hoa", "Lê Thị Hòa", "le thi hoa bis"] {
        desk.ok(["log", "add", name, "--operator", name]);
    }
    let log = desk.json(["log", "list"]);
    assert_eq!(
        (&log[0]["author"], &log[1]["author"]),
        (&json!("Lê Thị Hoa"), &json!("Lê Thị Hòa"))
    );
}

#[test]
fn units_with_codes_may_share_a_name() {
    let desk = Desk::new();
    let list = "Mã,Tên đơn vị,Nhóm,Thuộc,Tên ngắn\n\
        X1,Xã Hòa An,commune,,HA\n\
        X2,Xã Hoa An,commune,,\n\
        P1,Tổ bầu cử số 1,polling,HA,\n\
        P2,Tổ bầu cử số 1,polling,X2,\n";
    let import = desk.json(["unit", "import", &desk.file("units.csv", list)]);
    assert_eq!(
        (&import["new"], &import["rejected"]),
        (&json!(4), &json!([]))
    );
    let again = desk.json(["unit", "import", &desk.file("units.csv", list)]);
    assert_eq!(again["same"], 4);
    assert_eq!(desk.json(["unit", "show", "P1"])["parent"], "Xã Hòa An");
    desk.ok(["unit", "remove", "P1"]);
}

#[test]
fn both_columns_of_numbers_are_kept() {
    let desk = Desk::province();
    let list = "Đơn vị,Họ và tên,Điện thoại,Di động\n\
        Sở Y tế,Vũ Thử Một,0262 385 9699; 0262 385 1111,0905 000 821\n\
        Sở Y tế,Vũ Thử Hai,0905 000 822,\n";
    desk.ok(["person", "import", &desk.file("numbers.csv", list)]);
    let one = desk.json(["person", "show", "vu thu mot"]);
    assert_eq!(one["landline"], "02623859699");
    assert_eq!(one["mobiles"], json!(["0905000821", "02623851111"]));
    let two = desk.json(["person", "show", "vu thu hai"]);
    assert_eq!(
        (&two["mobiles"], &two["landline"]),
        (&json!(["0905000822"]), &serde_json::Value::Null)
    );
}

#[test]
fn a_night_shift_reaches_into_the_next_period() {
    let desk = Desk::province();
    for (name, from, to) in [
        ("Một", "19/05/2016", "19/05/2016"),
        ("Hai", "20/05/2016", "20/05/2016"),
    ] {
        desk.ok([
            "period", "add", "--name", name, "--from", from, "--to", to, "--groups", "police",
        ]);
    }
    let people = desk.json(["person", "list", "--unit", "POL001"]);
    let name = people[0]["full_name"].as_str().unwrap();
    let roster = format!(
        "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến\n\
         POL001,chính,{name},19/05/2016 00:00,19/05/2016 19:00\n\
         POL001,chính,{name},19/05/2016 19:00,20/05/2016 07:00\n\
         POL001,chính,{name},20/05/2016 07:00,21/05/2016 00:00\n"
    );
    desk.ok(["roster", "import", &desk.file("roster.csv", &roster)]);
    assert_eq!(desk.run_json(["roster", "gaps"]), (0, json!([])));
    let on_duty = desk.json([
        "roster",
        "on-duty",
        "--unit",
        "POL001",
        "--at",
        "20/05/2016 03:00",
    ]);
    assert_eq!(on_duty[0]["full_name"], name);
}

#[test]
fn a_damaged_file_is_called_damaged() {
    let desk = Desk::province();
    for n in 0..40 {
        desk.ok(["log", "add", &format!("Việc {n}")]);
    }
    let whole = fs::read(&desk.store).unwrap();
    let mut found = 0;
    for page in 1..whole.len() / 8192 {
        let mut bytes = whole.clone();
        bytes[page * 8192..(page + 1) * 8192].fill(0);
        fs::write(&desk.store, bytes).unwrap();
        let answer = desk.run(["verify"]);
        assert!(
            answer.code == 1 || answer.code == 0,
            "page {page}: {}",
            answer.err
        );
        found += answer.code;
    }
    // A page that holds nothing may be zeroed without loss; nearly all hold something.
    assert!(found as usize > whole.len() / 8192 / 2, "{found}");
}

/// A correction is a line too: it says no more than a line of its kind, and nothing that is to come.
#[test]
fn a_correction_is_checked_like_any_line() {
    let desk = Desk::new();
    let line = ["log", "add", "Ngắt trang", "--kind", "decision"];
    desk.ok(line.iter().chain(&["--grounds", "đã mất quyền quản trị"]));
    let correct = [
        "log",
        "correct",
        "1",
        "Ngắt trang huyện",
        "--reason",
        "sót chữ",
    ];
    let ahead = desk.run(correct.iter().chain(&["--occurred", "01/01/2099 10:00"]));
    assert_eq!(ahead.code, 2, "{}", ahead.out);
    assert_eq!(desk.json(["log", "list"]).as_array().unwrap().len(), 1);
    desk.ok(correct.iter().chain(&["--kind", "note"]));
    let lines = desk.json(["log", "list"]);
    assert_eq!(lines[0]["grounds"], "đã mất quyền quản trị", "{lines}");
    assert!(lines[1]["grounds"].is_null(), "{lines}");
}

#[test]
fn a_program_that_is_carried_about_keeps_everything_beside_it() {
    let desk = Desk::empty();
    let stick = desk.folder.path().join("Sổ trực của phòng");
    fs::create_dir(&stick).unwrap();
    let program = stick.join(Path::new(env!("CARGO_BIN_EXE_sotruc")).file_name().unwrap());
    fs::copy(env!("CARGO_BIN_EXE_sotruc"), &program).unwrap();
    fs::write(stick.join(PORTABLE_MARK), "").unwrap();
    let run = |words: &[&str]| {
        let known = desk.command(words);
        let mut command = Command::new(&program);
        // Its own environment, without the places that are named there.
        command.env_clear();
        let named = ["SOTRUC_STORE", "SOTRUC_HOME"];
        let kept = known
            .get_envs()
            .filter(|(name, _)| !named.iter().any(|it| name == it));
        command.envs(kept.filter_map(|(name, value)| Some((name, value?))));
        let done = command.args(known.get_args()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap()
    };
    run(&["init", "--site", "DLK", "--name", "Phòng trực"]);
    assert_eq!(run(&["log", "add", "Trên thẻ nhớ"]).trim(), "1");
    assert!(stick.join("data/so-truc.sotruc").exists());
    assert!(stick.join("data/sites").exists());
    assert!(!desk.home.exists() && !desk.store.exists());
}

#[test]
fn any_own_change_is_undone_from_the_list_and_done_again() {
    let desk = Desk::new();
    for name in ["UBND xã Một", "UBND xã Hai"] {
        desk.ok(["unit", "add", "--name", name, "--group", "commune"]);
    }
    desk.ok(["log", "add", "Gọi thử"]);
    let list = || desk.json(["undo", "--list"]);
    let changes = list();
    assert_eq!(changes.as_array().unwrap().len(), 2, "{changes}");
    assert_eq!(changes[1]["names"][0], "UBND xã Một");
    assert_eq!(changes[1]["parts"][0]["kind"], "unit");
    assert_eq!(changes[1]["parts"][0]["did"], "made");
    let id = changes[1]["id"].to_string();
    desk.ok(["undo", &id]);
    let units = desk.json(["unit", "list"]);
    assert_eq!(units.as_array().unwrap().len(), 1, "{units}");
    assert_eq!(list()[1]["standing"], "undone");
    let twice = desk.run(["undo", &id]);
    assert_eq!(twice.code, 2);
    assert!(twice.err.contains("redo"), "{}", twice.err);
    desk.ok(["redo"]);
    assert_eq!(list()[1]["standing"], "done");
    assert_eq!(desk.run(["redo"]).code, 2);
    assert_eq!(desk.json(["unit", "list"]).as_array().unwrap().len(), 2);
}
