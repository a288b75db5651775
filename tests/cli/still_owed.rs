//! What is owed stays owed: to whom it was told, for which day it was sent, and what is said of it
//! when it is not asked for any more.

use serde_json::Value;

use crate::desk::{Answer, Desk};

const POLICE: &str = "Công an tỉnh Đắk Lắk";

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

fn at(desk: &Desk, line: &str, time: &str) -> Answer {
    desk.run(words(line).into_iter().chain(["--at", time]))
}

fn rows(desk: &Desk, line: &str, time: &str) -> Vec<Value> {
    let list = desk.json(words(line).into_iter().chain(["--at", time]));
    list.as_array().unwrap().clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The days for which reports of the year are owed, and whether they are overdue.
fn reports(desk: &Desk, time: &str) -> Vec<(String, bool)> {
    let rows = rows(desk, "notice reports --owed", time).into_iter();
    rows.map(|row| {
        let day = text(&row["due_at"])[..10].to_owned();
        (day, row["late"].as_bool().unwrap())
    })
    .collect()
}

/// The last line of the log.
fn last_line(desk: &Desk) -> Value {
    desk.json(["log", "list", "--last", "1"])[0].clone()
}

/// Notices that are to be sent of an incident: the rule, and whom it asks to be told.
fn to_tell(desk: &Desk, time: &str) -> Vec<(String, String)> {
    let rows = rows(desk, "notice list --open", time).into_iter();
    let mut rows: Vec<_> = rows
        .map(|row| (text(&row["rule"]), text(&row["recipient"])))
        .collect();
    rows.sort();
    rows
}

/// The notice of a rule that is to be sent to somebody.
fn notice_to(desk: &Desk, rule: &str, whom: &str, time: &str) -> Value {
    let mut rows = rows(desk, "notice list --open", time).into_iter();
    let is_it = |row: &Value| row["rule"] == rule && row["recipient"] == whom;
    rows.find(is_it).unwrap()
}

fn id(notice: &Value) -> String {
    text(&notice["id"])
}

fn opened(desk: &Desk, unit: &str, more: &str, time: &str) {
    let open = ["incident", "open", "--title", "Trang chủ bị thay"];
    let what = ["--unit", unit, "--type", "T05", "--at", time];
    let more = more.split(' ').filter(|word| !word.is_empty());
    desk.ok(open.into_iter().chain(what).chain(more));
}

#[test]
fn a_report_of_the_year_that_was_missed_is_owed_until_it_is_settled() {
    let desk = Desk::province();
    desk.ok(words("settings set profiles 2017"));
    let june = |late| vec![("2016-06-20".to_owned(), late)];
    let december = |late| vec![("2016-12-15".to_owned(), late)];
    assert_eq!(reports(&desk, "10/06/2016 08:00"), june(false));
    assert_eq!(reports(&desk, "25/11/2016 08:00"), june(true));
    // Sent late, it is the day that was missed which is settled.
    let sent = at(&desk, "notice reported 2017.summary", "21/07/2016 08:00");
    assert!(sent.err.contains("20/06/2016"), "{}", sent.err);
    assert!(text(&last_line(&desk)["text"]).ends_with("kỳ hạn 20/06/2016"));
    assert_eq!(reports(&desk, "21/07/2016 09:00"), []);
    // Said twice, the next day is not settled with it, unless it is named.
    let again = at(&desk, "notice reported 2017.summary", "21/07/2016 09:00");
    assert_eq!(again.code, 2);
    assert!(again.err.contains("15/12/2016"), "{}", again.err);
    let other = "notice reported 2017.summary --due 20/06/2016";
    let other = at(&desk, other, "21/07/2016 09:01");
    assert_eq!(other.code, 2);
    assert!(other.err.contains("15/12/2016"), "{}", other.err);
    assert_eq!(reports(&desk, "05/12/2016 08:00"), december(false));
    let named = "notice reported 2017.summary --due 15/12/2016";
    assert_eq!(at(&desk, named, "21/07/2016 09:02").code, 0);
    assert_eq!(reports(&desk, "05/12/2016 08:00"), []);
    // Taken back, it is the last day alone.
    let back = "notice unreported 2017.summary --reason nhầm";
    assert_eq!(at(&desk, back, "21/07/2016 09:03").code, 0);
    assert!(text(&last_line(&desk)["text"]).ends_with("kỳ hạn 15/12/2016"));
    assert_eq!(reports(&desk, "05/12/2016 08:00"), december(false));
    // One that need not be sent is settled too, with the reason.
    let waive = "notice waive 2017.summary --reason miễn";
    assert_eq!(at(&desk, waive, "21/07/2016 09:04").code, 2, "far ahead");
    assert_eq!(at(&desk, waive, "16/12/2016 08:00").code, 0);
    let line = last_line(&desk);
    assert!(text(&line["text"]).starts_with("Không phải gửi "), "{line}");
    assert_eq!(line["grounds"], "miễn");
    assert_eq!(reports(&desk, "16/12/2016 09:00"), []);
    desk.ok(["verify"]);
}

#[test]
fn each_report_of_the_year_that_was_missed_is_listed_and_settled_for_itself() {
    let desk = Desk::province();
    desk.ok(words("settings set profiles 2017"));
    let days = |time: &str| {
        let rows = reports(&desk, time).into_iter();
        rows.map(|(day, _)| day).collect::<Vec<_>>()
    };
    let (june, december) = ("2016-06-20", "2016-12-15");
    let missed = "21/06/2017 08:00";
    assert_eq!(days(missed), [june, december, "2017-06-20"]);
    // The one in between first: the others stay owed.
    let sent = "notice reported 2017.summary --due 15/12/2016";
    assert_eq!(at(&desk, sent, "21/06/2017 08:01").code, 0);
    assert_eq!(days("21/06/2017 08:02"), [june, "2017-06-20"]);
    assert_eq!(at(&desk, sent, "21/06/2017 08:03").code, 2, "sent already");
    let waive = "notice waive 2017.summary --reason miễn";
    assert_eq!(at(&desk, waive, "21/06/2017 08:04").code, 0);
    assert!(text(&last_line(&desk)["text"]).ends_with("kỳ hạn 20/06/2016"));
    assert_eq!(days("21/06/2017 08:05"), ["2017-06-20"]);
    // What was noted last is taken back first.
    let back = "notice unreported 2017.summary --reason nhầm";
    assert_eq!(at(&desk, back, "21/06/2017 08:06").code, 0);
    assert_eq!(days("21/06/2017 08:07"), [june, "2017-06-20"]);
    assert_eq!(at(&desk, back, "21/06/2017 08:08").code, 0);
    assert_eq!(days("21/06/2017 08:09"), [june, december, "2017-06-20"]);
    assert_eq!(
        at(&desk, back, "21/06/2017 08:10").code,
        0,
        "nothing to take back"
    );
    desk.ok(["verify"]);
}

#[test]
fn a_report_of_the_year_is_owed_since_its_profile_is_in_force() {
    let desk = Desk::province();
    let due = |time: &str| {
        let rows = rows(&desk, "notice reports", time).into_iter();
        let days = rows.map(|row| text(&row["due_at"])[..10].to_owned());
        days.collect::<Vec<_>>()
    };
    let set = |profiles: &str, time: &str| {
        let line = format!("settings set profiles {profiles}");
        assert_eq!(at(&desk, &line, time).code, 0);
    };
    set("2017", "25/06/2017 08:00");
    assert_eq!(due("01/07/2017 08:00"), ["2017-12-15"]);
    // Another beside it changes nothing; out of force and in again, what was owed is owed still.
    set("2017,election", "16/12/2017 08:00");
    let missed_and_next = ["2017-12-15", "2018-06-20"];
    assert_eq!(due("01/02/2018 08:00"), missed_and_next);
    set("election", "01/03/2018 08:00");
    assert_eq!(due("01/03/2018 09:00"), Vec::<String>::new());
    set("2017", "02/03/2018 08:00");
    assert_eq!(due("02/03/2018 09:00"), missed_and_next);
    assert_eq!(at(&desk, "undo", "02/03/2018 09:01").code, 0);
    assert_eq!(due("02/03/2018 09:02"), Vec::<String>::new());
}

#[test]
fn who_was_not_told_is_told_when_the_unit_is_corrected() {
    let desk = Desk::province();
    desk.ok(words("settings set profiles 2017"));
    for recipient in ["national", "response"] {
        let key = format!("recipient.{recipient}");
        desk.ok(["settings", "set", &key, "POL001"]);
    }
    let (early, late) = ("17/05/2016 08:00", "17/05/2016 10:00");
    opened(&desk, "Sở Y tế", "--severity serious", early);
    let owner = |rule: &str, time: &str| notice_to(&desk, rule, "Sở Y tế", time);
    let sent = format!("notice sent {}", id(&owner("progress", early)));
    assert_eq!(at(&desk, &sent, "17/05/2016 08:10").code, 0);
    let waive = format!("notice waive {} --reason miễn", id(&owner("plan", early)));
    assert_eq!(at(&desk, &waive, "17/05/2016 08:11").code, 0);
    let correct = |unit: &str, time: &str| {
        let set = ["incident", "set", "1", "--unit", unit, "--at", time];
        desk.ok(set);
    };
    correct("Sở Tài chính", late);
    let told = |time: &str| {
        let mut told = to_tell(&desk, time);
        told.retain(|(_, whom)| whom != POLICE);
        told
    };
    let all = |unit: &str| ["initial", "plan", "progress"].map(|rule| (rule.into(), unit.into()));
    assert_eq!(told(late), all("Sở Tài chính"));
    let progress = notice_to(&desk, "progress", "Sở Tài chính", late);
    assert_eq!(progress["due_at"], "2016-05-18T10:00:00+07:00");
    let every = rows(&desk, "notice list --incident 1", late);
    let stays = |state: &str| {
        let is_it = |one: &&Value| one["recipient"] == "Sở Y tế" && one["state"] == state;
        every.iter().filter(is_it).count()
    };
    assert_eq!((stays("sent"), stays("waived")), (1, 1));
    // The first again: it was told; and told a second, a third is asked as well.
    correct("Sở Y tế", "17/05/2016 11:00");
    assert_eq!(
        told("17/05/2016 11:00"),
        [("initial".into(), "Sở Y tế".into())]
    );
    correct("Sở Tài chính", "17/05/2016 12:00");
    let progress = notice_to(&desk, "progress", "Sở Tài chính", late);
    let sent = format!("notice sent {}", id(&progress));
    assert_eq!(at(&desk, &sent, "17/05/2016 12:10").code, 0);
    correct("Sở Xây dựng", "17/05/2016 13:00");
    assert_eq!(told("17/05/2016 13:00"), all("Sở Xây dựng"));
    desk.ok(["verify"]);
}

#[test]
fn a_unit_that_was_told_stays_told_under_another_name() {
    let desk = Desk::province();
    desk.ok(words("settings set profiles 2017"));
    desk.ok(["settings", "set", "recipient.owner", "DEP003"]);
    let (early, late) = ("17/05/2016 08:00", "17/05/2016 09:00");
    opened(&desk, "Sở Y tế", "", early);
    let list = rows(&desk, "notice list --open", early);
    let owner = list.iter().find(|one| one["role"] == "owner").unwrap();
    let sent = format!("notice sent {}", id(owner));
    assert_eq!(at(&desk, &sent, early).code, 0);
    desk.ok([
        "unit",
        "set",
        "DEP003",
        "--name",
        "Sở Tên mới",
        "--at",
        late,
    ]);
    let touched = ["incident", "set", "1", "--note", "x", "--at", late];
    desk.ok(touched);
    let told = to_tell(&desk, late);
    assert!(
        told.iter().all(|(_, whom)| whom != "Sở Tên mới"),
        "{told:?}"
    );
}

#[test]
fn recipients_that_were_one_unit_are_told_apart_by_whom_was_told() {
    let told_then_apart = |recipients: &[&str], apart: &str| {
        let desk = Desk::province();
        desk.ok(words("settings set profiles 2017"));
        for recipient in recipients {
            let key = format!("recipient.{recipient}");
            desk.ok(["settings", "set", &key, "POL001"]);
        }
        opened(&desk, "Sở Y tế", "", "17/05/2016 08:00");
        let notice = notice_to(&desk, "initial", POLICE, "17/05/2016 08:00");
        let sent = format!("notice sent {}", id(&notice));
        assert_eq!(at(&desk, &sent, "17/05/2016 08:10").code, 0);
        let apart = format!("settings set recipient.{apart} CA");
        assert_eq!(at(&desk, &apart, "17/05/2016 09:00").code, 0);
        desk.ok(["verify"]);
        let mut told = to_tell(&desk, "17/05/2016 09:00");
        told.retain(|(_, whom)| whom == POLICE || whom == "CA");
        told
    };
    let new = [("initial".to_owned(), "CA".to_owned())];
    for apart in ["national", "response"] {
        assert_eq!(
            told_then_apart(&["national", "response"], apart),
            new,
            "{apart}"
        );
    }
    let all = ["owner", "national", "response"];
    for apart in all {
        assert_eq!(told_then_apart(&all, apart), new, "{apart}");
    }
}

#[test]
fn what_stood_in_one_notice_is_due_as_it_was_there() {
    let desk = Desk::province();
    for setting in ["profiles election,2026", "recipient.security POL001"] {
        desk.ok(words(&format!("settings set {setting}")));
    }
    let (early, late) = ("17/05/2016 08:00", "17/05/2016 11:00");
    opened(&desk, "Sở Y tế", "--severity serious", early);
    let rate = "incident severity 1 --answer order=yes --decide serious --reason thử";
    assert_eq!(at(&desk, rate, early).code, 0);
    let due = |whom: &str, time: &str| {
        let rows = rows(&desk, "notice list --open", time).into_iter();
        let of = rows.filter(|row| {
            let is_at_once = row["rule"] == "serious" || row["rule"] == "at-once";
            row["recipient"] == whom && is_at_once
        });
        of.map(|row| text(&row["due_at"])).collect::<Vec<_>>()
    };
    let first = ["2016-05-17T08:00:00+07:00"];
    assert_eq!(due(POLICE, early), first);
    let apart = "settings set recipient.security CA";
    assert_eq!(at(&desk, apart, late).code, 0);
    assert_eq!(due(POLICE, late), first);
    assert_eq!(due("CA", late), first);
}

#[test]
fn what_was_overdue_and_is_not_asked_for_any_more_is_said_and_kept() {
    let (early, late) = ("17/05/2016 08:00", "17/05/2016 09:00");
    let why = [
        "incident severity 1 --decide low --reason thử",
        "incident set 1 --severity low",
        "incident set 1 --status false_alarm",
    ];
    for change in why {
        let desk = Desk::province();
        desk.ok(["settings", "set", "recipient.coordinator", "DEP002"]);
        opened(&desk, "Sở Y tế", "--severity serious", early);
        let done = at(&desk, change, late);
        assert_eq!(done.code, 0);
        let said = "2 thông báo chưa gửi không còn phải báo nữa";
        let overdue = "Trong đó 2 thông báo đã quá hạn, sớm nhất từ 17/05/2016 08:10";
        assert!(done.err.contains(said), "{change}: {}", done.err);
        assert!(done.err.contains(overdue), "{change}: {}", done.err);
        let line = last_line(&desk);
        assert_eq!(
            (&line["kind"], &line["incident"]),
            (&"decision".into(), &"DLK/2016-0001".into())
        );
        let kept = format!("{POLICE} (đã quá hạn từ 17/05/2016 08:10");
        let story = desk.ok(["incident", "show", "1", "--at", late]);
        assert!(text(&line["text"]).contains(&kept), "{line}");
        assert!(story.contains(&kept), "{story}");
        // What changes nothing of it says nothing of it.
        let lines = desk.json(["log", "list"]).as_array().unwrap().len();
        let note = at(&desk, "incident set 1 --note x", late);
        assert!(!note.err.contains("không còn"), "{}", note.err);
        assert_eq!(desk.json(["log", "list"]).as_array().unwrap().len(), lines);
        desk.ok(["verify"]);
    }
    // Rules that change say what was overdue as well.
    let desk = Desk::province();
    opened(&desk, "Sở Y tế", "--severity serious", early);
    let done = at(&desk, "settings set profiles 2017", late);
    assert!(
        done.err
            .contains("đã quá hạn, sớm nhất từ 17/05/2016 08:10"),
        "{}",
        done.err
    );
}

#[test]
fn a_handover_names_the_reports_of_the_year_that_are_owed() {
    let desk = Desk::province();
    desk.ok(words("settings set profiles 2017"));
    let text_at = |time: &str| {
        let words = ["handover", "write", "--to", "Trần Quang Huy", "--at", time];
        let written = desk.json(words);
        let count = written["watch"]["reports"].as_array().unwrap().len();
        (count, text(&written["text"]))
    };
    let line = "Báo cáo tổng hợp định kỳ (Mẫu 05)";
    let (count, before) = text_at("01/06/2016 08:00");
    assert!(count == 0 && !before.contains(line), "{before}");
    for (time, heading) in [
        ("10/06/2016 08:00", "Thông báo còn phải gửi (1)"),
        ("30/08/2016 08:00", "Thông báo đã quá hạn (1)"),
    ] {
        let (count, written) = text_at(time);
        assert_eq!(count, 1);
        let mut after = written.split(heading).skip(1);
        let first = after.next().and_then(|rest| rest.lines().nth(1)).unwrap();
        assert!(
            first.contains(line) && first.contains("20/06/2016"),
            "{written}"
        );
    }
}
