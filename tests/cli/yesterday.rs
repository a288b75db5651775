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
