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
    // What fell due while it was in force is owed, and nothing that comes.
    assert_eq!(due("01/03/2018 09:00"), ["2017-12-15"]);
    set("2017", "02/03/2018 08:00");
    assert_eq!(due("02/03/2018 09:00"), missed_and_next);
    assert_eq!(at(&desk, "undo", "02/03/2018 09:01").code, 0);
    assert_eq!(due("02/03/2018 09:02"), ["2017-12-15"]);
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
}

#[test]
fn what_is_owed_stays_owed_when_the_rules_change() {
    let desk = Desk::province();
    desk.ok(words("settings set profiles 2017"));
    opened(&desk, "Sở Y tế", "", "20/06/2016 08:00");
    let rate = "incident severity 1 --answer beyond=yes";
    assert_eq!(at(&desk, rate, "20/06/2016 08:05").code, 0);
    let (early, late) = ("25/06/2016 08:00", "25/06/2016 08:02");
    let owed = to_tell(&desk, early);
    assert!(owed.len() > 4, "{owed:?}");
    let june = [("2016-06-20".to_owned(), true)];
    assert_eq!(reports(&desk, early), june);
    let changed = at(&desk, "settings set profiles election", "25/06/2016 08:01");
    assert_eq!(changed.code, 0);
    let said = &changed.err;
    let report = "Vẫn còn phải báo theo bộ quy định cũ: Báo cáo tổng hợp định kỳ (Mẫu 05) – ";
    assert!(said.contains(report), "{said}");
    assert!(!said.contains("không còn phải báo"), "{said}");
    let kept = said.matches("theo bộ quy định cũ").count();
    assert_eq!(kept, owed.len() + 1, "{said}");
    // All of it is there, and says of which rules it is.
    let mut after = to_tell(&desk, late);
    after.retain(|one| owed.contains(one));
    assert_eq!(after, owed);
    assert_eq!(reports(&desk, late), june);
    for line in ["notice list --open", "notice reports --owed"] {
        let list = rows(&desk, line, late).into_iter();
        let of = list.filter(|row| row["profile"] == "2017" || row["key"] == "2017.summary");
        let of: Vec<Value> = of.collect();
        assert!(!of.is_empty());
        for row in of {
            let basis = text(&row["basis"]["text"]);
            assert!(basis.ends_with("(theo bộ quy định cũ)"), "{row}");
        }
    }
    let lines = desk.ok(["log", "list", "--at", late]);
    let line = "Đổi quy định. Vẫn còn phải báo theo bộ quy định cũ: ";
    assert_eq!(lines.matches(line).count(), 2, "{lines}");
    let write = ["handover", "write", "--to", "Trần Quang Huy", "--at", late];
    let written = text(&desk.json(write)["text"]);
    assert!(
        written.contains("Báo cáo tổng hợp định kỳ (Mẫu 05)"),
        "{written}"
    );
    // Told or waived, it is owed no more; and a false alarm ends what was asked of it.
    let sent = "notice reported 2017.summary --sent";
    let sent = words(sent)
        .into_iter()
        .chain(["25/06/2016 08:03", "--at", "25/06/2016 08:04"]);
    desk.ok(sent);
    assert_eq!(reports(&desk, "25/06/2016 08:05"), []);
    let again = at(&desk, "notice reported 2017.summary", "25/06/2016 08:05");
    assert_eq!(again.code, 2);
    let id = rows(&desk, "notice list --open", late);
    let of_old = id.iter().find(|row| row["profile"] == "2017").unwrap();
    let waive = format!("notice waive {} --reason miễn", text(&of_old["id"]));
    assert_eq!(at(&desk, &waive, "25/06/2016 08:06").code, 0);
    let time = "25/06/2016 08:07";
    let is_old = |row: &Value| row["profile"] == "2017";
    let left = rows(&desk, "notice list --open", time);
    assert_eq!(
        left.iter().filter(|row| is_old(row)).count(),
        owed.len() - 1
    );
    let ended = at(&desk, "incident set 1 --status false_alarm", time);
    assert!(
        ended.err.contains("không còn phải báo nữa"),
        "{}",
        ended.err
    );
    assert!(!rows(&desk, "notice list --open", time).iter().any(is_old));
    desk.ok(["verify"]);
}

#[test]
fn what_old_and_new_rules_ask_of_the_same_step_is_asked_once() {
    let desk = Desk::province();
    for setting in [
        "profiles 2017",
        "recipient.security POL001",
        "recipient.response POL001",
    ] {
        desk.ok(words(&format!("settings set {setting}")));
    }
    let (early, late) = ("17/05/2016 08:00", "17/05/2016 09:00");
    opened(&desk, "Sở Y tế", "", early);
    let rate = "incident severity 1 --answer beyond=yes --answer order=yes";
    desk.ok(words("settings set profiles 2017,2026"));
    assert_eq!(at(&desk, rate, early).code, 0);
    let to_police = |time: &str| {
        let list = rows(&desk, "notice list --open", time).into_iter();
        let of = list.filter(|row| row["recipient"] == POLICE);
        of.map(|row| (text(&row["rule"]), text(&row["due_at"])))
            .collect::<Vec<_>>()
    };
    let before = to_police(early);
    let changed = at(&desk, "settings set profiles 2026", late);
    assert_eq!(changed.code, 0);
    assert_eq!(to_police(late), before);
}

/// A profile of the office's own: one rule, due so many minutes after an incident was noticed.
fn own_rules(desk: &Desk, rules: &[(&str, u32)]) -> String {
    let rules = rules.iter().map(|(key, minutes)| {
        format!(
            r#"{{"key":"{key}","name":{{"vi":"Báo {key}","en":"Tell {key}"}},"trigger":"any",
               "to":["police"],"from":"detected","within_minutes":{minutes}}}"#
        )
    });
    let text = format!(
        r#"{{"key":"own","name":{{"vi":"Riêng","en":"Own"}},
           "questions":[{{"key":"q","text":{{"vi":"H","en":"Q"}}}}],
           "serious":[[["q"]]],"notices":[{}]}}"#,
        rules.collect::<Vec<_>>().join(",")
    );
    desk.file("own.json", &text)
}

#[test]
fn rules_that_are_replaced_say_what_is_due_at_another_time() {
    let desk = Desk::province();
    let replace = |rules: &[(&str, u32)], time: &str| {
        let file = own_rules(&desk, rules);
        let done = desk.run(["settings", "profile", &file, "--at", time]);
        assert_eq!(done.code, 0, "{}", done.err);
        done.err
    };
    replace(&[("fast", 60), ("slow", 300)], "17/05/2016 07:00");
    desk.ok(words("settings set profiles own"));
    opened(&desk, "Sở Y tế", "", "17/05/2016 08:00");
    let due = |time: &str| {
        let list = rows(&desk, "notice list --open", time).into_iter();
        list.map(|row| {
            (
                text(&row["rule"]),
                text(&row["due_at"])[11..16].to_owned(),
                text(&row["state"]),
            )
        })
        .collect::<Vec<_>>()
    };
    let row =
        |rule: &str, due: &str, state: &str| (rule.to_owned(), due.to_owned(), state.to_owned());
    // What is overdue stays so; what is not yet is due at another time, and that is said.
    let said = replace(&[("fast", 600), ("slow", 600)], "17/05/2016 10:00");
    let moved =
        "Báo slow – Công an tỉnh Đắk Lắk: hạn cũ 17/05/2016 13:00, hạn mới 17/05/2016 18:00";
    assert!(said.contains(moved), "{said}");
    assert!(!said.contains("Báo fast"), "{said}");
    let stand = [row("fast", "09:00", "overdue"), row("slow", "18:00", "due")];
    assert_eq!(due("17/05/2016 10:01"), stand);
    let line = text(&last_line(&desk)["text"]);
    assert!(
        line.contains("Đổi hạn: Báo slow – Công an tỉnh Đắk Lắk (hạn cũ 17/05/2016 13:00, hạn mới"),
        "{line}"
    );
    // Nor does another word on the incident make it due later.
    let touched = "incident set 1 --note x";
    assert_eq!(at(&desk, touched, "17/05/2016 10:02").code, 0);
    assert_eq!(due("17/05/2016 10:03"), stand);
    // A rule that is not there any more leaves what it asked for.
    let said = replace(&[("other", 600)], "17/05/2016 10:04");
    assert!(!said.contains("không còn phải báo"), "{said}");
    let left = due("17/05/2016 10:05");
    assert!(left.contains(&row("fast", "09:00", "overdue")), "{left:?}");
    assert_eq!(left.len(), 3);
    desk.ok(["verify"]);
}

#[test]
fn what_another_notice_tells_is_not_called_gone() {
    let desk = Desk::province();
    for setting in [
        "profiles election,2017,2026",
        "recipient.national POL001",
        "recipient.security POL001",
    ] {
        desk.ok(words(&format!("settings set {setting}")));
    }
    opened(&desk, "Sở Y tế", "", "17/05/2016 08:00");
    let initial = || notice_to(&desk, "initial", POLICE, "17/05/2016 08:06")["profile"].clone();
    assert_eq!(initial(), "2017");
    let rate = "incident severity 1 --answer order=yes --decide serious";
    let decided = at(&desk, rate, "17/05/2016 08:06");
    assert_eq!(decided.code, 0);
    assert_eq!(initial(), "2026", "asked for by the stricter rule");
    assert!(!decided.err.contains("không còn"), "{}", decided.err);
    let line = text(&last_line(&desk)["text"]);
    assert_eq!(line, "Đánh giá mức độ: Nghiêm trọng");
}

#[test]
fn a_serious_answer_that_nobody_decided_is_told() {
    let desk = Desk::province();
    let late = "17/05/2016 10:00";
    let told = "trả lời lúc 17/05/2016 09:05 như sự cố nghiêm trọng, chưa ai quyết định";
    let shows = |time: &str| {
        let shown = desk.ok(["incident", "show", "1", "--at", time]);
        let write = ["handover", "write", "--to", "Trần Quang Huy", "--at", time];
        let written = text(&desk.json(write)["text"]);
        (shown.contains(told), written.contains(told))
    };
    opened(&desk, "Sở Y tế", "", "17/05/2016 09:00");
    assert_eq!(shows("17/05/2016 09:01"), (false, false));
    let answer = "incident severity 1 --answer disruption=yes";
    assert_eq!(at(&desk, answer, "17/05/2016 09:05").code, 0);
    assert_eq!(shows("17/05/2016 09:06"), (true, true));
    // Whoever decides otherwise has decided.
    let low = "incident severity 1 --decide low --reason thử";
    assert_eq!(at(&desk, low, "17/05/2016 09:20").code, 0);
    assert_eq!(shows("17/05/2016 09:21"), (false, false));
    // Answered so anew, it is to be decided anew, though it be the same.
    for (answer, time) in [("no", "17/05/2016 09:30"), ("yes", "17/05/2016 09:31")] {
        let answer = format!("incident severity 1 --answer disruption={answer}");
        assert_eq!(at(&desk, &answer, time).code, 0);
    }
    let since = desk.json(["incident", "show", "1", "--at", "17/05/2016 09:32"]);
    assert_eq!(since["undecided_since"], "2016-05-17T09:31:00+07:00");
    assert_eq!(at(&desk, low, "17/05/2016 09:40").code, 0);
    let since = desk.json(["incident", "show", "1", "--at", late]);
    assert!(since["undecided_since"].is_null(), "{since}");
    desk.ok(["verify"]);
}

#[test]
fn a_report_that_was_noted_late_counts_from_when_it_was_sent() {
    let desk = Desk::province();
    desk.ok(words("settings set profiles 2017"));
    let sent = [
        "notice",
        "reported",
        "2017.summary",
        "--sent",
        "18/06/2016 10:00",
    ];
    desk.ok(sent.into_iter().chain(["--at", "25/06/2016 08:00"]));
    let june = |late| vec![("2016-06-20".to_owned(), late)];
    assert_eq!(reports(&desk, "18/06/2016 09:59"), june(false));
    for time in ["18/06/2016 10:00", "24/06/2016 10:00", "25/06/2016 08:01"] {
        assert_eq!(reports(&desk, time), [], "{time}");
    }
    // What was taken back does not count, for which day that is said.
    let back = "notice unreported 2017.summary --reason nhầm";
    let back = at(&desk, back, "25/06/2016 09:00");
    assert!(back.err.contains("kỳ hạn 20/06/2016"), "{}", back.err);
    assert_eq!(reports(&desk, "24/06/2016 10:00"), june(true));
    desk.ok(["verify"]);
}

#[test]
fn a_notice_that_rests_says_until_when() {
    let desk = Desk::province();
    opened(&desk, "Sở Y tế", "--severity serious", "17/05/2016 08:00");
    let list = rows(&desk, "notice list --open", "17/05/2016 08:20");
    let snooze = format!("notice snooze {} --for 30 --reason họp", id(&list[0]));
    let rests = at(&desk, &snooze, "17/05/2016 08:20");
    assert!(
        rests.err.contains("cho đến 17/05/2016 08:50"),
        "{}",
        rests.err
    );
    let until = |time: &str| {
        let list = rows(&desk, "notice list --open", time).into_iter();
        let until = list.map(|row| row["snoozed_until"].clone());
        until.filter(|until| !until.is_null()).collect::<Vec<_>>()
    };
    assert_eq!(until("17/05/2016 08:30"), ["2016-05-17T08:50:00+07:00"]);
    assert!(until("17/05/2016 08:50").is_empty());
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
