//! That all is well is said only of what was asked and looked at.

use crate::desk::{Answer, Desk};

const NOW: [&str; 2] = ["--at", "16/05/2016 09:00"];
const NEXT_DAY: [&str; 2] = ["--at", "17/05/2016 09:00"];

/// Two units with a contact each, of whom the first may have no number.
fn desk(first: &[&str]) -> Desk {
    let desk = Desk::practice();
    for (code, name) in [("A1", "Sở Nội vụ"), ("A2", "Sở Y tế")] {
        let unit = ["--group", "department", "--code", code];
        desk.ok(["unit", "add", "--name", name].iter().chain(&unit));
    }
    let add = |unit: &str, name: &str, number: &[&str]| {
        let person = ["person", "add", "--unit", unit, "--name", name];
        desk.ok(person.iter().chain(number).chain(&NOW));
    };
    add("A1", "Nguyễn Văn An", first);
    add("A2", "Lê Thị Bình", &["--mobiles", "0905000002"]);
    desk
}

const NUMBER: [&str; 2] = ["--mobiles", "0905000001"];

fn period(desk: &Desk, more: &[&str]) {
    let period = ["period", "add", "--name", "Bầu cử"];
    let days = ["--from", "17/05/2016", "--to", "18/05/2016"];
    desk.ok(period.iter().chain(&days).chain(more));
}

fn asked(desk: &Desk, words: &[&str]) -> Answer {
    desk.run(words.iter().chain(&NOW))
}

const EVERY_HOUR: &str = "Giờ nào cũng có người trực.";
const NO_WRONG: &str = "Không có chỗ nào chưa ổn.";

#[test]
fn every_hour_has_somebody_only_where_somebody_is_asked_for_and_can_be_called() {
    let desk = desk(&NUMBER);
    let gaps = |more: &[&str]| asked(&desk, &[&["roster", "gaps"], more].concat()).err;
    assert!(!gaps(&[]).contains(EVERY_HOUR), "no period");
    period(&desk, &[]);
    assert!(gaps(&[]).contains(EVERY_HOUR));
    let before = ["--from", "01/05/2016", "--to", "02/05/2016"];
    assert!(!gaps(&before).contains(EVERY_HOUR), "no period in the span");
    let handover = || {
        let write = ["handover", "write", "--to", "Lê Thị Hòa"];
        desk.ok(write.iter().chain(&NEXT_DAY))
    };
    let nobody_missing = "Không có người trực trong 12 giờ tới: không có";
    assert!(handover().contains(nobody_missing));
    let nobody = ["period", "set", "Bầu cử", "--need", "*@17/05/2016="];
    desk.ok(nobody);
    // What is asked of the day before is not changed by it.
    let gaps = |more: &[&str]| {
        let words = [&["roster", "gaps"], more, &NEXT_DAY];
        desk.run(words.concat()).err
    };
    let that_day = ["--from", "17/05/2016", "--to", "17/05/2016"];
    assert!(!gaps(&that_day).contains(EVERY_HOUR), "nobody is asked for");
    assert!(gaps(&[]).contains(EVERY_HOUR));
    desk.ok(["period", "set", "Bầu cử", "--need", "*="]);
    assert!(!gaps(&[]).contains(EVERY_HOUR));
    assert!(!handover().contains(nobody_missing));
    let summary = desk.ok(["export", "summary", "-o", "-"].iter().chain(&NEXT_DAY));
    assert!(summary.contains("nên chưa kiểm tra được"), "{summary}");
    let conflicts = desk
        .run(["roster", "conflicts"].iter().chain(&NEXT_DAY))
        .err;
    assert!(!conflicts.contains("không có gì sai"), "{conflicts}");
}

#[test]
fn a_contact_without_a_number_is_nobody_of_whom_all_is_well() {
    let desk = desk(&[]);
    period(&desk, &[]);
    let gaps = asked(&desk, &["roster", "gaps"]);
    assert!(!gaps.err.contains(EVERY_HOUR), "{}", gaps.err);
    assert!(gaps.err.contains("1 đơn vị"), "{}", gaps.err);
    let conflicts = asked(&desk, &["roster", "conflicts"]);
    assert_eq!(conflicts.code, 1);
    assert!(conflicts.out.contains("Nguyễn Văn An"), "{}", conflicts.out);
}

#[test]
fn nobody_has_one_shift_twice() {
    let desk = desk(&NUMBER);
    period(&desk, &[]);
    let assign = |to: &str| {
        let what = ["roster", "assign", "--unit", "A1", "--post", "main"];
        let when = ["--from", "17/05/2016 08:00", "--to", to];
        let who = ["--person", "Nguyễn Văn An"];
        asked(&desk, &[&what[..], &who, &when].concat())
    };
    assert_eq!(assign("17/05/2016 20:30").code, 0);
    let again = assign("17/05/2016 20:30");
    assert_eq!(again.code, 2);
    assert!(again.err.contains("đã có đúng ca này"), "{}", again.err);
    // Another end is another shift: two at once are a finding.
    assert_eq!(assign("17/05/2016 19:00").code, 0);
    let conflicts = asked(&desk, &["roster", "conflicts"]);
    assert_eq!(conflicts.code, 1);
    assert!(!conflicts.err.contains(NO_WRONG));
}

#[test]
fn hours_without_duty_are_told_to_the_minute() {
    let desk = desk(&NUMBER);
    period(&desk, &["--groups", "department", "--need", "A2="]);
    let what = ["roster", "assign", "--unit", "A1", "--post", "main"];
    let when = ["--from", "17/05/2016 00:00", "--to", "18/05/2016 22:15"];
    let who = ["--person", "Nguyễn Văn An"];
    assert_eq!(asked(&desk, &[&what[..], &who, &when].concat()).code, 0);
    let summary = asked(&desk, &["export", "summary", "-o", "-"]).out;
    let empty = summary
        .lines()
        .find(|line| line.contains("Số giờ không có người trực"));
    let empty = empty.unwrap_or_else(|| panic!("{summary}"));
    assert!(empty.contains(",1,1 giờ 45 phút"), "{empty}");
}

#[test]
fn a_shift_in_no_period_is_named() {
    let desk = desk(&NUMBER);
    period(&desk, &[]);
    let more = ["--from", "20/05/2016", "--to", "21/05/2016"];
    desk.ok(["period", "add", "--name", "Kiểm tra"].iter().chain(&more));
    let what = ["roster", "assign", "--unit", "A1", "--post", "main"];
    let when = ["--from", "30/05/2016 08:00", "--to", "30/05/2016 20:00"];
    let who = ["--person", "Nguyễn Văn An"];
    assert_eq!(asked(&desk, &[&what[..], &who, &when].concat()).code, 0);
    let conflicts = asked(&desk, &["roster", "conflicts"]);
    assert_eq!(conflicts.code, 1);
    assert!(conflicts.out.contains("ca ngoài kỳ"), "{}", conflicts.out);
}

#[test]
fn one_person_at_two_units_is_named_by_both() {
    let desk = Desk::practice();
    for (code, name) in [("A1", "Sở Nội vụ"), ("A2", "Sở Y tế")] {
        let unit = ["--group", "department", "--code", code];
        desk.ok(["unit", "add", "--name", name].iter().chain(&unit));
    }
    let people = "Đơn vị,Họ và tên,Số điện thoại\n\
                  Sở Nội vụ,Nguyễn Văn An,0905000001\nSở Y tế,Nguyễn Văn An,0905000001\n";
    let people = desk.file("people.csv", people);
    desk.ok(["person", "import", &people].iter().chain(&NOW));
    period(&desk, &[]);
    let (code, found) = desk.run_json(["roster", "conflicts"].iter().chain(&NOW));
    assert_eq!(code, 1);
    let rows = found.as_array().unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row["kind"].as_str(),
                row["unit"].as_str(),
                row["detail"].as_str(),
            )
        })
        .collect();
    let both = [
        ("elsewhere", "Sở Nội vụ", "cùng lúc còn trực ở: Sở Y tế"),
        ("elsewhere", "Sở Y tế", "cùng lúc còn trực ở: Sở Nội vụ"),
    ];
    assert_eq!(
        told,
        both.map(|(kind, unit, detail)| (Some(kind), Some(unit), Some(detail)))
    );
}

/// A unit with a main contact and a backup, and a period of a week that asks for both.
fn two_posts() -> Desk {
    let desk = Desk::practice();
    let unit = ["--group", "police", "--code", "P1"];
    desk.ok(["unit", "add", "--name", "Công an tỉnh"]
        .iter()
        .chain(&unit));
    let people = [
        ("Trần Văn An", "main", "0905000001"),
        ("Lê Thị Bê", "backup", "0905000002"),
    ];
    for (name, role, number) in people {
        let person = ["person", "add", "--unit", "P1", "--name", name];
        let card = ["--role", role, "--mobiles", number];
        desk.ok(person.iter().chain(&card).chain(&NOW));
    }
    period(&desk, &["--posts", "main,backup"]);
    desk
}

fn on_duty(desk: &Desk, at: &str) -> Vec<(String, String)> {
    let lines = desk.json(["roster", "on-duty", "--at", at]);
    let text = |line: &serde_json::Value, field: &str| line[field].as_str().unwrap().to_owned();
    let lines = lines.as_array().unwrap().iter();
    lines
        .map(|line| (text(line, "post"), text(line, "full_name")))
        .collect()
}

#[test]
fn whoever_holds_a_shift_stands_on_no_other_post() {
    let desk = two_posts();
    let shift = |name: &str, post: &str, from: &str, to: &str| {
        let assign = ["roster", "assign", "--unit", "P1", "--person", name];
        let span = ["--post", post, "--from", from, "--to", to];
        desk.ok(assign.iter().chain(&span).chain(&NOW));
    };
    let line = |post: &str, name: &str| (post.to_owned(), name.to_owned());
    let (an, be) = ("Trần Văn An", "Lê Thị Bê");
    shift(an, "main", "17/05/2016 00:00", "18/05/2016 00:00");
    shift(be, "main", "18/05/2016 00:00", "19/05/2016 00:00");
    // The backup stands by while somebody else holds the main post, and is missing while on it.
    let told = on_duty(&desk, "17/05/2016 12:00");
    assert_eq!(told, [line("main", an), line("backup", be)]);
    assert_eq!(on_duty(&desk, "18/05/2016 12:00"), [line("main", be)]);
    let gaps = asked(&desk, &["roster", "gaps"]);
    assert!(gaps.out.contains("Dự phòng") && gaps.out.contains("18/05/2016 00:00"));
    assert!(!gaps.out.contains("17/05/2016 00:00"), "{}", gaps.out);
    // Whoever is on duty has leave: the one at home is there still.
    let away = ["person", "set", an, "--away", "17/05/2016..17/05/2016"];
    desk.ok(away.iter().chain(&NOW));
    let told = on_duty(&desk, "17/05/2016 12:00");
    assert_eq!(told, [line("backup", be)]);
    // A standing main contact who holds the shift of the backup leaves their own post.
    let desk = two_posts();
    let assign = ["roster", "assign", "--unit", "P1", "--person", be];
    let span = ["--post", "backup", "--from", "17/05/2016 00:00"];
    let to = ["--to", "19/05/2016 00:00"];
    desk.ok(assign.iter().chain(&span).chain(&to).chain(&NOW));
    let away = ["person", "set", an, "--away", "18/05/2016..18/05/2016"];
    desk.ok(away.iter().chain(&NOW));
    let told = on_duty(&desk, "18/05/2016 12:00");
    assert_eq!(told, [line("backup", be)]);
    let gaps = asked(&desk, &["roster", "gaps"]);
    assert_eq!(gaps.code, 1, "{}", gaps.out);
}

#[test]
fn a_shift_decides_in_the_period_of_its_hours() {
    let desk = two_posts();
    let after = ["period", "add", "--name", "Sau bầu cử"];
    let days = ["--from", "19/05/2016", "--to", "22/05/2016"];
    desk.ok(after.iter().chain(&days));
    let row = |from: &str, to: &str| {
        format!("Công an tỉnh,Trần Văn An,Chính,{from}/05/2016 00:00,{to}/05/2016 00:00\n")
    };
    // All of them brought in for the first period; nobody is on the list for the 20th.
    let rows = [row("17", "19"), row("19", "20"), row("21", "23")].concat();
    let head = "Đơn vị,Họ và tên,Vị trí,Từ,Đến\n";
    let list = desk.file("list.csv", &format!("{head}{rows}"));
    desk.ok(["roster", "import", &list, "--period", "Bầu cử"]);
    let gaps = asked(&desk, &["roster", "gaps", "--period", "Sau bầu cử"]);
    assert!(gaps.out.contains("20/05/2016 00:00"), "{}", gaps.out);
    assert_eq!(on_duty(&desk, "20/05/2016 12:00"), []);
}
