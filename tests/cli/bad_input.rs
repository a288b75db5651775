//! Bad input: exit 2, a message that says where and what, and nothing written.

use crate::desk::Desk;
use std::fs;

/// Every command must fail with 2, say something, and leave the book as it was.
#[test]
fn nothing_bad_harms_the_book() {
    let desk = Desk::province();
    let photo = desk.path("photo.csv");
    fs::write(&photo, b"\x89PNG\r\n\x1a\n\0\0\0").unwrap();
    let columns = desk.file("columns.csv", "Tên,Tuổi\nAn,40\n");
    let empty = desk.file("empty.csv", "");
    let only_head = desk.file("head.csv", "Đơn vị,Họ và tên,SĐT\n");
    let date = desk.file(
        "date.csv",
        "Đơn vị,Vai trò trực,Họ và tên,Từ,Đến\nVNPT Đắk Lắk,chính,Vũ Nhật Minh,31/02/2016 07:00,01/03/2016 07:00\n",
    );
    let text = desk.file("text.sotruc", "không phải sổ\n");
    let folder = desk.path("");
    let cases: &[&[&str]] = &[
        &["person", "import", "missing.csv"],
        &["person", "import", &photo],
        &["person", "import", &columns],
        &["unit", "import", &columns],
        &["roster", "import", &columns],
        &["person", "import", &empty],
        &["person", "import", &only_head],
        &["person", "import", &folder],
        &["roster", "import", &date],
        &["unit", "show", "Sở Không Có Thật"],
        &["person", "set", "khong co ai", "--note", "x"],
        &["person", "set", "Vũ Nhật Minh", "--mobiles", "09O5 123 456"],
        &["person", "set", "Vũ Nhật Minh", "--email", "không có"],
        &[
            "person",
            "set",
            "Vũ Nhật Minh",
            "--landline",
            "0262 385 9699; 0262 385 1111",
        ],
        &[
            "person",
            "set",
            "Vũ Nhật Minh",
            "--away",
            "22/05/2016 08:00..21/05/2016 08:00",
        ],
        &[
            "submission",
            "remind",
            "Sở Y tế",
            "--period",
            "Kỳ Không Có Thật",
        ],
        &["person", "add", "--unit", "TEL001", "--name", "  "],
        &[
            "person",
            "add",
            "--unit",
            "TEL001",
            "--name",
            "vu nhat minh",
        ],
        &[
            "unit",
            "add",
            "--name",
            "Sở Nội vụ",
            "--group",
            "department",
        ],
        &["unit", "add", "--name", "Sở mới", "--group", "sở"],
        &[
            "incident", "open", "--title", "x", "--unit", "TEL001", "--type", "T99",
        ],
        &[
            "incident", "open", "--title", "", "--unit", "TEL001", "--type", "T01",
        ],
        &[
            "incident", "open", "--title", "x", "--unit", "XXX", "--type", "T01",
        ],
        &[
            "incident",
            "open",
            "--title",
            "x",
            "--unit",
            "TEL001",
            "--type",
            "T01",
            "--detected",
            "hôm qua",
        ],
        &["incident", "show", "DLK/2016-0099"],
        &["incident", "close", "99"],
        &["log", "add", ""],
        &["log", "add", " \n "],
        &["log", "add", "x", "--incident", "99"],
        &["log", "add", "x", "--kind", "gossip"],
        &["log", "add", "x", "--occurred", "30/02/2016 10:00"],
        &["log", "add", "x", "--at", "01/01/2016 00:00"],
        &["log", "correct", "99", "x", "--reason", "y"],
        &["log", "correct", "x", "x", "--reason", "y"],
        &[
            "period",
            "add",
            "--name",
            "P",
            "--from",
            "23/05/2016 00:00",
            "--to",
            "22/05/2016 00:00",
        ],
        &[
            "period",
            "add",
            "--name",
            "P",
            "--from",
            "23/05/2016 00:00",
            "--to",
            "23/05/2016 00:00",
        ],
        &[
            "period",
            "add",
            "--name",
            "P",
            "--from",
            "31/04/2016 00:00",
            "--to",
            "05/05/2016 00:00",
        ],
        &[
            "period", "add", "--name", "P", "--from", "1/5/2016", "--to", "5/5/2016", "--posts",
            "cook",
        ],
        &["submission", "list", "--period", "không có"],
        &[
            "roster",
            "gaps",
            "--from",
            "23/05/2016 00:00",
            "--to",
            "22/05/2016 00:00",
        ],
        &["roster", "on-duty", "--at", "hai giờ sáng"],
        &["export", "gossip", "-o", "x.csv"],
        &["export", "people", "--format", "pdf", "-o", "x.csv"],
        &["export", "people", "-o", "no/such/folder/x.csv"],
        &["export", "people", "-o", &folder],
        &["backup", "no/such/folder"],
        &["verify", "--against", "K7QM-2XTA"],
        &["init", "--site", "DLK", "--name", "Lần hai"],
        &[
            "init",
            "--site",
            "đlk",
            "--name",
            "x",
            "--store",
            "other.sotruc",
        ],
        &[
            "init",
            "--site",
            "DLK",
            "--name",
            "x",
            "--store",
            "no/such/folder/other.sotruc",
        ],
        &["unit", "list", "--store", "missing.sotruc"],
        &["unit", "list", "--store", &text],
        &["log", "add", "x", "--store", &text],
        &["gossip"],
        &["log"],
        &["unit", "list", "--gossip"],
        &["incident", "open", "--title", "x"],
    ];
    let head = desk.ok(["head"]);
    let files = |desk: &Desk| -> Vec<_> {
        let mut names: Vec<_> = fs::read_dir(desk.folder.path())
            .unwrap()
            .map(|file| file.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let before = files(&desk);
    for words in cases {
        let answer = desk.run(*words);
        assert_eq!(answer.code, 2, "{words:?} {}", answer.out);
        assert!(
            answer.err.lines().any(|line| line.len() > 10),
            "{words:?} says {:?}",
            answer.err
        );
        assert!(!answer.err.contains("panicked"), "{words:?} {}", answer.err);
    }
    assert_eq!(desk.ok(["head"]), head, "nothing was written");
    assert_eq!(files(&desk), before, "no file was left behind");
    assert_eq!(fs::read_to_string(&text).unwrap(), "không phải sổ\n");
    desk.ok(["verify"]);
}

#[test]
fn a_real_book_keeps_its_own_time() {
    let desk = Desk::new();
    let answer = desk.run(["log", "add", "x", "--at", "22/05/2016 20:00"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("--occurred"), "{}", answer.err);
    assert_eq!(
        desk.ok([
            "log",
            "add",
            "x",
            "--occurred",
            "22/05/2016 20:00",
            "--why",
            "ghi giấy",
        ]),
        "1"
    );
    assert_eq!(
        desk.run([
            "init",
            "--site",
            "DLK",
            "--name",
            "x",
            "--store",
            "b.sotruc",
            "--at",
            "22/05/2016 20:00"
        ])
        .code,
        2
    );
}

#[test]
fn a_newer_book_is_refused_and_left_alone() {
    let desk = Desk::new();
    let file = rusqlite::Connection::open(&desk.store).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    file.close().unwrap();
    let before = fs::read(&desk.store).unwrap();
    let answer = desk.run(["log", "add", "x"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("99"), "{}", answer.err);
    assert_eq!(fs::read(&desk.store).unwrap(), before);
}

#[test]
fn an_older_book_is_left_alone_until_it_is_upgraded() {
    let desk = Desk::empty();
    rusqlite::Connection::open(&desk.store)
        .unwrap()
        .execute_batch(include_str!("../fixtures/schemas/5.sql"))
        .unwrap();
    let before = fs::read(&desk.store).unwrap();
    let words = [
        "log list",
        "roster on-duty",
        "verify",
        "head",
        "search an",
        "log add x",
    ];
    for command in words {
        let answer = desk.run(command.split(' '));
        assert_eq!(answer.code, 2, "{command}");
        assert!(answer.err.contains("sotruc upgrade"), "{}", answer.err);
        assert_eq!(fs::read(&desk.store).unwrap(), before, "{command}");
    }
    let copy = desk.json(["upgrade"]);
    assert!(std::path::Path::new(copy.as_str().unwrap()).exists());
    assert!(desk.json(["upgrade"]).is_null());
    assert_eq!(desk.json(["verify"])["ok"], true);
    desk.ok(["unit", "set", "DIS006", "--note", "Đã gọi"]);
}

#[test]
fn a_changed_book_is_found_out() {
    let desk = Desk::new();
    for n in 1..=3 {
        desk.ok(["log", "add", &format!("Việc {n}")]);
    }
    let head = desk.ok(["head"]);
    assert_eq!(
        desk.json(["verify", "--against", &head.to_lowercase()])["ok"],
        true
    );
    let file = rusqlite::Connection::open(&desk.store).unwrap();
    file.execute(
        "UPDATE record SET body = replace(body, 'Việc 2', 'Việc 9')",
        [],
    )
    .unwrap();
    file.close().unwrap();
    let (code, verdict) = desk.run_json(["verify"]);
    assert_eq!((code, &verdict["ok"]), (1, &serde_json::json!(false)));
    assert_eq!(
        verdict["problems"][0],
        serde_json::json!({"site": "DLK", "seq": 5, "problem": "altered"})
    );
    let refused = desk.run(["log", "add", "thêm"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("DLK") && refused.err.contains("sotruc verify"),
        "{}",
        refused.err
    );
    assert_eq!(
        desk.json(["log", "list"]).as_array().unwrap().len(),
        3,
        "it can still be read"
    );
}

/// What the system says of a file has words of our own, and names the file.
#[test]
fn what_the_system_says_of_a_file_is_told_with_its_name() {
    let desk = Desk::province();
    let told = |file: &str, why: &str| {
        let refused = desk.run(["export", "people", "-o", file, "--format", "csv"]);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains(file), "{}", refused.err);
        assert!(refused.err.contains(why), "{}", refused.err);
    };
    let under_a_file = desk.file("ghi-chu.txt", "") + "/danh-ba.csv";
    #[cfg(unix)]
    {
        told("/dev/full", "đĩa đầy");
        told(&under_a_file, "không phải thư mục");
    }
    // There is no disk that is full; there are files that somebody has open, and devices.
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        told(&under_a_file, "không tìm thấy");
        let held = desk.file("danh bạ.csv", "cũ");
        let excel = fs::File::options().read(true).share_mode(1).open(&held);
        told(&held, "đang mở ở chương trình khác");
        assert_eq!(fs::read_to_string(&held).unwrap(), "cũ");
        drop(excel);
        told(&desk.path("nul.csv"), "Windows dành tên này cho thiết bị");
        told(&desk.path("danh bạ.csv:an"), "< > :");
        told(&desk.path("danh bạ."), "dấu chấm");
    }
}
