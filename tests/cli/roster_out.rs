//! The roster as it is given out: by unit and span, as a grid of days, for calendars.

use crate::desk::{Desk, sample};

fn desk() -> Desk {
    let desk = Desk::province();
    let span = ["--from", "16/05/2016 00:00", "--to", "26/05/2016 00:00"];
    desk.ok(["period", "add", "--name", "Bầu cử"].iter().chain(&span));
    desk.ok(["roster", "import", &sample("roster.csv")]);
    desk
}

/// What is exported, without the mark of a practice book and the byte order mark.
fn export(desk: &Desk, words: &[&str]) -> String {
    let out = desk.ok(["export"].iter().chain(words).chain(&["-o", "-"]));
    let lines: Vec<&str> = out.trim_start_matches('\u{feff}').split("\r\n").collect();
    let lines = lines.iter().map(|line| line.trim_end_matches([',']));
    lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace(",SỔ DIỄN TẬP", "")
}

#[test]
fn a_grid_has_a_row_for_each_post_and_a_column_for_each_day() {
    let desk = desk();
    let person = &desk.json(["person", "list", "--unit", "Sở Y tế"])[0];
    let name = "Hứa Thanh Tùng";
    assert_eq!(person["full_name"], name);
    let grid = ["roster", "--layout", "grid", "--unit", "Sở Y tế", "--from"];
    let days = |from: &'static str, to: &'static str| {
        export(&desk, &[&grid[..], &[from, "--to", to]].concat())
    };
    assert_eq!(
        days("22/05/2016 07:00", "23/05/2016"),
        "Mã đơn vị,Đơn vị,Vai trò trực,22/05/2016,23/05/2016\n\
         DEP007,Sở Y tế,Chính,Thường trực: Hứa Thanh Tùng,Thường trực: Hứa Thanh Tùng"
    );
    let shifts = format!(
        "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến\n\
         Sở Y tế,Chính,{name},22/05/2016 17:00,23/05/2016 07:30\n\
         Sở Y tế,Chính,{name},22/05/2016 07:30,22/05/2016 17:00\n\
         Sở Y tế,Chính,{name},24/05/2016 00:00,25/05/2016 24:00\n"
    );
    desk.ok(["roster", "import", &desk.file("ca.csv", &shifts)]);
    assert_eq!(
        days("22/05/2016", "25/05/2016"),
        "Mã đơn vị,Đơn vị,Vai trò trực,22/05/2016,23/05/2016,24/05/2016,25/05/2016\n\
         DEP007,Sở Y tế,Chính,\"TRỐNG 00:00–07:30\n\
         07:30–17:00 Hứa Thanh Tùng\n\
         17:00–07:30(+1) Hứa Thanh Tùng\",TRỐNG 07:30–24:00,\
         00:00–00:00 26/05/2016 Hứa Thanh Tùng"
    );
    // A shift that reaches into the span stands on the day it begins.
    assert!(days("25/05/2016", "25/05/2016").contains("trực,24/05/2016,25/05/2016\n"));
    let list = export(
        &desk,
        &["roster", "--unit", "Sở Y tế", "--from", "24/05/2016"],
    );
    assert_eq!(list.lines().count(), 2, "{list}");
}

#[test]
fn a_calendar_has_an_event_for_each_shift() {
    let desk = desk();
    let all = desk.ok(["export", "roster", "-o", "-", "--format", "ics"]);
    assert_eq!(all.matches("BEGIN:VEVENT").count(), 149);
    assert_eq!(all.matches("SUMMARY:SỔ DIỄN TẬP · Trực ").count(), 149);
    assert!(all.lines().all(|line| line.len() <= 75));
    let file = desk.path("lich.ics");
    desk.ok([
        "export",
        "roster",
        "-o",
        &file,
        "--person",
        "Trần Quang Huy",
    ]);
    let his = std::fs::read_to_string(&file).unwrap();
    let count = his
        .matches("DESCRIPTION:Trần Quang Huy\\n0913 012 436\r\n")
        .count();
    assert_eq!(count, his.matches("BEGIN:VEVENT").count());
    assert!(0 < count && count < 149);
    let told = desk.ok([
        "export",
        "roster",
        "-o",
        "-",
        "--format",
        "ics",
        "--redact",
        "--from",
        "22/05/2016",
    ]);
    assert!(told.matches("BEGIN:VEVENT").count() < 149);
    assert!(told.contains("DESCRIPTION:Trần Quang Huy\r\n") && !told.contains("0913 012 436"));
}

#[test]
fn options_that_say_nothing_are_refused() {
    let desk = desk();
    for words in [
        &["people", "--layout", "list"][..],
        &["people", "--unit", "Sở Y tế"],
        &["log", "--from", "22/05/2016"],
        &["units", "--period", "Bầu cử"],
        &["people", "--format", "vcf", "--unit", "Sở Y tế"],
        &["people", "--format", "ics"],
        &["roster", "--person", "Trần Quang Huy"],
        &["roster", "--format", "ics", "--layout", "grid"],
        &["roster", "--layout", "grid", "--from", "01/01/2015"],
        &["roster", "--from", "22/05/2016", "--to", "21/05/2016"],
        &["roster", "--from", "22/05/2016", "--period", "Bầu cử"],
        &["roster", "--unit", "Sở Không Có"],
    ] {
        let answer = desk.run(["export"].iter().chain(words).chain(&["-o", "-"]));
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{words:?}");
    }
}

#[test]
fn a_file_is_what_its_ending_says() {
    let desk = desk();
    let unknown = |kind: &str, name: &str, known: &str| {
        let file = desk.path(name);
        let answer = desk.run(["export", kind, "-o", &file]);
        assert_eq!(answer.code, 2, "{kind} {name}");
        assert!(answer.err.contains(known), "{}", answer.err);
        assert!(!std::path::Path::new(&file).exists(), "{kind} {name}");
    };
    unknown("units", "danh-sách.pdf", "csv, xlsx");
    unknown("people", "danh-sách.docx", "csv, xlsx, vcf");
    unknown("roster", "lịch.txt", "csv, xlsx, ics");
    unknown("people", "lịch.ics", "csv, xlsx, vcf");
    unknown("roster", "lịch.vcf", "csv, xlsx, ics");
    let begins = |words: &[&str], name: &str, mark: &[u8]| {
        let file = desk.path(name);
        desk.ok(["export"].iter().chain(words).chain(&["-o", &file]));
        let bytes = std::fs::read(file).unwrap();
        assert!(bytes.starts_with(mark), "{words:?} {name}");
    };
    let text = "\u{feff}".as_bytes();
    begins(&["units"], "a.XLSX", b"PK");
    begins(&["units"], "b.csv", text);
    begins(&["units"], "không đuôi", text);
    begins(&["roster"], "c.ics", b"BEGIN:VCALENDAR");
    begins(&["people"], "d.vcf", b"BEGIN:VCARD");
    begins(&["units", "--format", "csv"], "e.pdf", text);
    begins(&["units", "--format", "xlsx"], "f.csv", b"PK");
    let people = desk.json(["person", "list"]);
    let id = people[0]["id"].as_str().unwrap().to_owned();
    let answer = desk.run(["person", "held", &id, "-o", &desk.path("g.pdf")]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("csv, xlsx"), "{}", answer.err);
    desk.ok(["person", "held", &id, "-o", &desk.path("h.Xlsx")]);
    let held = std::fs::read(desk.path("h.Xlsx")).unwrap();
    assert!(held.starts_with(b"PK"));
}

#[test]
fn hours_are_told_for_each_person() {
    let desk = Desk::province();
    let shifts = "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến\n\
         Sở Y tế,Chính,Hứa Thanh Tùng,20/05/2016 07:30,21/05/2016 07:30\n\
         Sở Y tế,Dự phòng,Hứa Thanh Tùng,20/05/2016 17:00,20/05/2016 22:00\n\
         Văn phòng Tỉnh ủy,Chính,Lương Thế Quyền,22/05/2016 22:00,23/05/2016 06:15\n";
    desk.ok(["roster", "import", &desk.file("ca.csv", shifts)]);
    let headings = "Mã đơn vị,Đơn vị,Họ và tên,Số ca,Số giờ,Giờ ban đêm (22:00–06:00),\
         \"Giờ ngày nghỉ hằng tuần, nghỉ bù (trừ ngày lễ)\",\"Giờ ngày lễ, tết\",Số ca có giờ ban đêm,\
         \"Số ca có giờ ngày nghỉ hằng tuần, nghỉ bù (trừ ngày lễ)\",\"Số ca có giờ ngày lễ, tết\"\n";
    let office = "PAR001,Văn phòng Tỉnh ủy,Lương Thế Quyền,1,8:15,8:00,2:00,0:00,1,1,0";
    let health = "DEP007,Sở Y tế,Hứa Thanh Tùng,1,24:00,8:00,7:30,0:00,1,1,0";
    let all = export(&desk, &["hours"]);
    assert_eq!(all, format!("{headings}{office}\n{health}"));
    let of = |words: &[&str]| export(&desk, &[&["hours"], words].concat());
    assert_eq!(of(&["--unit", "Sở Y tế"]), format!("{headings}{health}"));
    assert_eq!(
        of(&["--person", "Lương Thế Quyền"]),
        format!("{headings}{office}")
    );
    assert_eq!(
        of(&["--from", "21/05/2016", "--to", "22/05/2016"]),
        format!(
            "{headings}PAR001,Văn phòng Tỉnh ủy,Lương Thế Quyền,1,2:00,2:00,2:00,0:00,1,1,0\n\
             DEP007,Sở Y tế,Hứa Thanh Tùng,1,7:30,6:00,7:30,0:00,1,1,0"
        )
    );
    // Who is taken off the list stood until then.
    let person = desk.json(["person", "list", "--unit", "Sở Y tế"]);
    let named = |one: &&serde_json::Value| one["full_name"] == "Hứa Thanh Tùng";
    let id = person.as_array().unwrap().iter().find(named).unwrap()["id"].clone();
    let remove = [
        "person",
        "remove",
        id.as_str().unwrap(),
        "--at",
        "20/05/2016 19:30",
    ];
    desk.ok(remove);
    assert!(export(&desk, &["hours"]).contains("Tùng,1,12:00,0:00,0:00,0:00,0,0,0"));
    let file = desk.path("gio.xlsx");
    desk.ok(["export", "hours", "-o", &file]);
}

/// What `ui/src/report/calendar.test.ts` opens with another reader: the calendar as the program writes
/// it, but for the ids of the shifts.
#[test]
fn the_calendar_that_other_readers_open_is_what_the_program_writes() {
    let desk = desk();
    let file = desk.path("truc.ics");
    desk.ok([
        "export", "roster", "--format", "ics", "--unit", "POL001", "-o", &file,
    ]);
    let written = std::fs::read_to_string(file).unwrap();
    let mut count = 0;
    let lines: Vec<String> = written
        .split("\r\n")
        .map(|line| match line.starts_with("UID:") {
            true => {
                count += 1;
                format!("UID:{count}")
            }
            false => line.to_owned(),
        })
        .collect();
    let kept = crate::desk::fixture("rosters/calendar.ics");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
        std::fs::write(&kept, lines.join("\r\n")).unwrap();
    }
    assert_eq!(lines.join("\r\n"), std::fs::read_to_string(kept).unwrap());
}
