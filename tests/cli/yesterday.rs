//! Questions about a moment that is over, at the terminal: every list, export and sheet takes the
//! two times of a question.

use std::fs;

use crate::desk::{Desk, sample};

/// The commands that ask, as they are typed.
const ASKING: [&[&str]; 8] = [
    &["roster", "on-duty"],
    &["roster", "gaps"],
    &["roster", "conflicts"],
    &["roster", "list"],
    &["roster", "sheet"],
    &["submission", "list"],
    &["notice", "list"],
    &["export"],
];

#[test]
fn every_question_takes_both_times_and_says_so() {
    let desk = Desk::practice();
    let words = [
        ("vi", ["mọi việc như lúc ấy", "sổ đã ghi đến thời điểm này"]),
        ("en", ["all as it was then", "recorded up to this moment"]),
    ];
    for asking in ASKING {
        for (language, says) in words {
            let help = desk.ok(asking.iter().chain(&["--help", "--lang", language]));
            let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(help.contains("--known-at"), "{asking:?}: {help}");
            for said in says {
                assert!(help.contains(said), "{asking:?}: {help}");
            }
        }
    }
}

#[test]
fn what_is_asked_about_and_what_was_known_are_two_times() {
    let desk = Desk::province();
    let span = ["--from", "16/05/2016 00:00", "--to", "26/05/2016 00:00"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&span));
    desk.ok(["roster", "import", &sample("roster.csv")]);
    let unit = "Sở Thông tin và Truyền thông";
    let ask = |words: &[&str], at: &str, known: Option<&str>| {
        let known = known.map(|known| ["--known-at", known]);
        let times = ["--at", at].into_iter().chain(known.into_iter().flatten());
        desk.run(words.iter().copied().chain(times)).out
    };
    let (at, then) = ("17/05/2016 02:00", "17/05/2016 03:00");
    let on_duty = ["roster", "on-duty", "--unit", unit];
    let before = ask(&on_duty, at, None);
    assert!(before.contains("Y Nguyên Hmok"), "{before}");
    // Written later: a mistyped shift put right, and a unit that sends.
    let list = desk.json(["roster", "list", "--unit", unit]);
    let shift = list.as_array().unwrap().iter().find(|shift| {
        shift["full_name"] == "Y Nguyên Hmok" && shift["from"] == "2016-05-16T22:00:00+07:00"
    });
    let shift = shift.unwrap()["id"].as_str().unwrap();
    let why = ["--reason", "gõ nhầm tên", "--at", "18/05/2016 09:00"];
    let by = ["roster", "move", shift, "--person", "Trần Quang Huy"];
    desk.ok(by.iter().chain(&why));
    let set = ["submission", "set", unit, "--period", "Bầu cử", "--state"];
    desk.ok(set.iter().chain(&["nil", "--at", "18/05/2016 10:00"]));

    assert!(ask(&on_duty, at, None).contains("Trần Quang Huy"));
    assert_eq!(ask(&on_duty, at, Some(then)), before);
    let listed = ["roster", "list", "--unit", unit];
    assert!(!ask(&listed, at, Some(then)).contains("gõ nhầm tên"));
    assert!(ask(&listed, at, None).contains("gõ nhầm tên"));
    let owed = |at: &str| {
        let list = desk.json(["submission", "list", "--period", "Bầu cử", "--at", at]);
        let mut list = list.as_array().unwrap().iter();
        list.find(|one| one["unit"] == unit).unwrap()["state"].clone()
    };
    assert_ne!(owed("18/05/2016 09:59"), "nil");
    assert_eq!(owed("18/05/2016 10:00"), "nil");
    let table = |known| ask(&["export", "roster", "-o", "-"], at, known);
    assert_ne!(table(None), table(Some(then)));

    // A sheet as of then is a look at it, and no edition of its own.
    let page = desk.path("then.html");
    let sheet = ["roster", "sheet", "--day", "16/05/2016", "-o", &page];
    desk.ok(sheet.iter().chain(&["--at", at, "--known-at", then]));
    let known = fs::read_to_string(&page).unwrap();
    desk.ok(sheet.iter().chain(&["--at", at]));
    assert_ne!(fs::read_to_string(&page).unwrap(), known);
    desk.ok(sheet.iter().chain(&["--at", at, "--known-at", then]));
    assert_eq!(fs::read_to_string(&page).unwrap(), known);
    desk.ok(["verify"]);
}

/// A practice desk with the units of a province, and a reorganisation of two communes without people.
fn reorganised() -> Desk {
    let desk = Desk::province();
    let days = ["--from", "17/05/2016", "--to", "23/05/2016"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&days));
    let add = ["unit", "add", "--group", "commune"];
    desk.ok(add.iter().chain(&["--name", "UBND xã Một", "--code", "X1"]));
    desk.ok(add.iter().chain(&["--name", "UBND xã Hai", "--code", "X2"]));
    let changes = desk.file(
        "sap-xep.csv",
        "Đơn vị cũ,Đơn vị mới,Mã mới,Nhóm\nUBND xã Một,UBND xã Mới,X3,commune\nUBND xã Hai,UBND xã Mới,X3,commune\n",
    );
    desk.ok(["unit", "reorganise", &changes, "--on", "16/05/2016"]);
    desk
}

#[test]
fn a_province_that_was_reorganised_is_laid_out_and_looked_at_as_any_other() {
    let desk = reorganised();
    let units = desk.json(["person", "list"]);
    let unit = units[0]["unit"].as_str().unwrap();
    let generate = ["roster", "generate", "--period", "Bầu cử"];
    let shape = ["--pattern", "2x12", "--units", unit];
    desk.ok(generate.iter().chain(&shape));
    let ask = |words: &[&str]| {
        let answer = desk.run(words.iter().copied());
        assert!(matches!(answer.code, 0 | 1), "{words:?}: {}", answer.err);
        answer.out
    };
    assert!(!ask(&["roster", "shares", "--period", "Bầu cử"]).is_empty());
    for words in [
        &["roster", "conflicts"][..],
        &["roster", "gaps"],
        &["roster", "on-duty", "--at", "18/05/2016 12:00"],
        &["roster", "sheet", "--day", "18/05/2016", "-o", "-"],
        &["export", "roster", "-o", "-"],
        &["export", "hours", "-o", "-"],
        &["export", "summary", "-o", "-"],
        &["submission", "list", "--period", "Bầu cử"],
    ] {
        ask(words);
    }
}

#[test]
fn a_unit_leaves_the_list_without_what_was_stood_there() {
    let desk = Desk::practice();
    let unit = ["--group", "department", "--code", "A1"];
    desk.ok(["unit", "add", "--name", "Sở Nội vụ"].iter().chain(&unit));
    let person = ["person", "add", "--unit", "A1", "--name", "Trần Văn An"];
    desk.ok(person);
    let days = ["--from", "17/05/2016", "--to", "23/05/2016"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&days));
    let assign = [
        "roster",
        "assign",
        "--unit",
        "A1",
        "--person",
        "Trần Văn An",
    ];
    let span = ["--from", "17/05/2016 07:00", "--to", "17/05/2016 19:00"];
    desk.ok(assign.iter().chain(&span));
    let at = |time: &'static str| ["--at", time];
    let gone = ["person", "remove", "Trần Văn An"];
    desk.ok(gone.iter().chain(&at("17/05/2016 20:00")));
    let remove = ["unit", "remove", "A1"];
    desk.ok(assign
        .iter()
        .take(0)
        .chain(&remove)
        .chain(&at("17/05/2016 20:30")));
    let export = desk.ok(["export", "roster", "-o", "-"]
        .iter()
        .chain(&at("18/05/2016 08:00")));
    assert!(
        export.contains("Trần Văn An") && export.contains("Sở Nội vụ"),
        "{export}"
    );

    let desk = Desk::practice();
    desk.ok(["unit", "add", "--name", "Sở Nội vụ"].iter().chain(&unit));
    desk.ok(person);
    desk.ok(assign.iter().chain(&span));
    desk.ok(gone.iter().chain(&at("17/05/2016 08:00")));
    let answer = desk.run(remove.iter().chain(&at("17/05/2016 09:00")));
    assert_eq!(answer.code, 2, "{}", answer.out);
    assert!(answer.err.contains("1 ca"), "{}", answer.err);
}

#[test]
fn two_cards_made_one_do_not_change_what_was() {
    let desk = Desk::practice();
    let unit = ["--group", "department", "--code", "A1"];
    desk.ok(["unit", "add", "--name", "Sở Nội vụ"].iter().chain(&unit));
    for name in ["Trần Văn Hai", "Trần Văn Ba"] {
        desk.ok(["person", "add", "--unit", "A1", "--name", name]);
        let assign = ["roster", "assign", "--unit", "A1", "--person", name];
        for day in [["16", "17"], ["18", "19"]] {
            let day = day.map(|day| format!("{day}/05/2016 12:00"));
            desk.ok(assign
                .iter()
                .copied()
                .chain(["--from", &day[0], "--to", &day[1]]));
        }
    }
    let asked = || {
        let at = ["--at", "17/05/2016 12:00"];
        let list = desk.ok(["roster", "list"].iter().chain(&at));
        list + &desk.ok(["export", "hours", "-o", "-"].iter().chain(&at))
    };
    let before = asked();
    let merge = ["person", "merge", "Trần Văn Ba", "Trần Văn Hai"];
    desk.ok(merge.iter().chain(&["--at", "18/05/2016 09:00"]));
    assert_eq!(asked(), before);
}
