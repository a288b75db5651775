//! The roster by hand: laid out, dragged, swapped, mended, printed.

use serde_json::{Value as Json, json};
use sotruc_core::clock::{DAY, Instant};
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::pattern::Pattern;
use sotruc_core::text::Phone;
use sotruc_core::{Logbook, NewBook, NewPeriod, NewRota};

use crate::desk::{Home, OFFICER, TONIGHT, Window};

/// A province of so many units with three people each, and four weeks laid out in three shifts a
/// day; tonight lies in the second.
pub fn province(units: usize, pattern: &str) -> Home {
    let home = Home::new();
    let folder = home.path("home/book");
    std::fs::create_dir_all(&folder).expect("writable");
    let path = folder.join("tinh.sotruc");
    let new = NewBook {
        site: "DLK",
        name: "Phòng trực",
        unit: None,
        practice: true,
        place: None,
        profiles: &[],
    };
    let start = Instant::parse("10/05/2016 08:00").expect("a moment");
    let mut book =
        Logbook::create(&path, &home.installation(), &new, OFFICER, start).expect("a book");
    book.transact(OFFICER, start, |write| {
        for n in 0..units {
            let unit = write.new_unit(
                &format!("UBND xã Ea Mơ Nông số {:03}", n + 1),
                Group::Commune,
            )?;
            write.set_unit(&unit)?;
            for (who, name) in ["Trần Văn An", "Lê Thị Bình", "Y Biêr Niê"]
                .iter()
                .enumerate()
            {
                let mut person = write.new_person(unit.id, name)?;
                person.mobiles =
                    vec![Phone::read(&format!("09{:08}", n * 10 + who)).expect("a number")];
                write.set_person(&person)?;
            }
        }
        let from = Instant::parse("16/05/2016 00:00")?;
        let period = write.add_period(NewPeriod::new("Bầu cử", from, from.plus(30 * DAY)))?;
        let pattern = Pattern::shipped(pattern, None, from).expect("it ships");
        let new = NewRota::of(pattern);
        let proposal =
            write.propose(&write.roster()?, period.id, &new, write.now(), &|_, _| true)?;
        write.take_proposal(&proposal)
    })
    .expect("a roster");
    home.remember(&path, "vi", "light");
    home
}

fn book(home: &Home) -> String {
    home.path("home/book/tinh.sotruc").display().to_string()
}

fn sample(home: &Home) -> String {
    home.path("home/sample/so-truc-mau.sotruc")
        .display()
        .to_string()
}

/// The names of the shifts to come that are drawn for a unit, earliest first.
fn shifts(desk: &Window<'_>, unit: &str) -> Vec<String> {
    let found = desk.js_with(
        "const line = [...document.querySelectorAll('[role=row].line')].find((e) => e.innerText.includes(arguments[0]));
         return [...(line?.querySelectorAll('.cell.shift:not(.past)') ?? [])]
           .sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
           .map((e) => e.getAttribute('aria-label'));",
        vec![json!(unit)],
    );
    serde_json::from_value(found).expect("a list of names")
}

fn to_roster(desk: &mut Window<'_>) {
    desk.press("Alt+2");
    desk.holds("return location.hash === '#/roster' && document.querySelector('[role=grid] .cell') !== null");
}

#[test]
fn a_rota_is_tried_laid_out_and_taken_back() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    desk.click("Xếp ca…");
    desk.sees("Xếp thử");
    desk.js("window.place = JSON.stringify(document.querySelector('dialog[open]').getBoundingClientRect())");
    desk.click("24 giờ");
    desk.sees("ca mới");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("rota");
    desk.click("Chọn đơn vị");
    desk.holds("return document.activeElement.matches('dialog[open] .some input')");
    assert_eq!(
        desk.js("return JSON.stringify(document.querySelector('dialog[open]').getBoundingClientRect()) === window.place"),
        json!(true),
        "it moved under the hand"
    );
    desk.click("Mọi đơn vị của kỳ");
    desk.click("Ghi vào lịch");
    desk.holds("return document.querySelector('dialog[open] button.go.danger') !== null || document.body.innerText.includes('Đã xếp')");
    desk.js("document.querySelector('dialog[open] button.go.danger')?.click()");
    desk.sees("Đã xếp");
    assert_eq!(
        home.terminal(&["--store", &sample(&home), "verify", "--quick"])
            .lines()
            .count(),
        1
    );
    desk.picture("rota-laid");
    // So much goes only by a yes, and Enter is none.
    let standing = || {
        let list = ["--store", &sample(&home), "roster", "list", "--json"];
        home.terminal(&list).lines().count()
    };
    let laid = standing();
    desk.press("Ctrl+z");
    desk.sees("Hoàn tác việc này?");
    desk.sees("ca trực");
    desk.sees("Bạn ghi lúc 23/05/2016 02:30");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("undo-asked");
    desk.press("Enter");
    desk.sees_no("Hoàn tác việc này?");
    assert_eq!(standing(), laid);
    desk.press("Ctrl+z");
    desk.sees("Hoàn tác việc này?");
    desk.click("Hoàn tác");
    desk.sees("Đã hoàn tác");
    assert!(standing() < laid);
}

/// No day is whole while units have nobody in it, and whom a hole may be given is told with their leave.
#[test]
fn a_day_is_green_when_all_have_somebody_and_leave_is_told_where_one_is_chosen() {
    let home = Home::with_sample("vi", "light");
    let store = sample(&home);
    let terminal = |words: &[&str]| {
        let with = ["--store", &store, "--operator", OFFICER];
        home.terminal(&[&with, words].concat())
    };
    terminal(&[
        "person",
        "set",
        "Lương Thế Quyền",
        "--away",
        "23/05/2016..25/05/2016",
        "--note",
        "gọi số cố định trước",
    ]);
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    desk.holds("return document.querySelectorAll('.cover button').length > 5 && document.querySelector('.cover .whole') === null");
    desk.holds("return [...document.querySelectorAll('.cover button')].every((e) => !e.title.includes('không có giờ trống'))");
    // Who stands is told through the leave of who else would.
    desk.holds("return [...document.querySelectorAll('.cell.standing')].filter((e) => e.title.includes('Lương Thế Quyền')).every((e) => e.title.includes(','))");
    desk.picture("roster-leave");
    desk.press("Ctrl+n");
    desk.fill("Đơn vị", "van phong tinh uy");
    desk.press("Enter");
    desk.fill("Từ", "24/05/2016 06:00");
    desk.fill("Đến", "24/05/2016 18:00");
    desk.field("Người");
    desk.press("ArrowDown");
    desk.holds("const last = [...document.querySelectorAll('dialog[open] [role=option], [popover] [role=option]')].at(-1); return last?.innerText.includes('nghỉ phép đến hết 25/05/2016')");
    desk.picture("assign-away");
    desk.types("quyen");
    desk.press("Enter");
    desk.sees("trong giờ ấy không trực được");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.press("Ctrl+S");
    desk.sees("chọn người khác");
    desk.press("Escape");
    // Where somebody is looked for, and where they are called.
    desk.press("Ctrl+K");
    desk.types("luong the quyen");
    desk.sees("nghỉ phép đến hết 25/05/2016");
    desk.picture("finder-away");
    desk.press("Escape");
    desk.press("Alt+1");
    desk.press("Ctrl+K");
    desk.types("van phong tinh uy");
    desk.press("Enter");
    desk.sees("gọi số cố định trước");
    desk.picture("unit-note");
}

/// What there is to look at moves nothing when it comes.
#[test]
fn the_roster_stays_where_it_is_when_its_first_finding_comes() {
    let home = province(2, "1x24");
    let mut desk = Window::open(&home);
    desk.size(1280, 720);
    to_roster(&mut desk);
    desk.holds("return document.querySelector('.watch .sorts') !== null");
    let tops = "return ['.board', '.watch', '.watch .scroll'].map((name) => document.querySelector(name).getBoundingClientRect().top)";
    let before = desk.js(tops);
    desk.js("[...document.querySelectorAll('.cell.shift:not(.past)')].at(-1).focus()");
    desk.press("Delete");
    desk.holds("return document.querySelector('dialog[open] [type=submit]') !== null");
    desk.press("Ctrl+S");
    desk.holds("return document.querySelector('.watch .item') !== null");
    desk.picture("roster-first-finding");
    assert_eq!(desk.js(tops), before);
}

/// What a rota takes from the roster is named by unit, and asked once more.
#[test]
fn what_a_rota_removes_is_named_and_asked_again() {
    let home = province(8, "2x12");
    let standing = || {
        home.terminal(&["--store", &book(&home), "roster", "list", "--json"])
            .lines()
            .count()
    };
    let before = standing();
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    desk.click("Xếp ca…");
    desk.click("24 giờ");
    desk.sees("Sẽ bỏ khỏi lịch");
    desk.sees("UBND xã Ea Mơ Nông số 005 ·");
    desk.click("và 3 đơn vị nữa");
    desk.sees("UBND xã Ea Mơ Nông số 008 ·");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("rota-removes");
    desk.click("Ghi vào lịch");
    desk.sees("Bấm lần nữa để bỏ và ghi");
    desk.sees("UBND xã Ea Mơ Nông số 003 và 5 đơn vị nữa");
    desk.picture("rota-removes-asked");
    assert_eq!(standing(), before);
    desk.press("Ctrl+S");
    desk.sees("Đã xếp");
}

/// What changes while a shift is in the hand is shown once it is let go.
/// Days laid out by office hours that a new calendar makes free, or worked, are named at once.
#[test]
fn a_calendar_names_the_rotas_that_it_makes_wrong() {
    let home = province(1, "office");
    let year = home.path("2016.json");
    let text = r#"[{"date": "2016-06-08", "kind": "holiday", "name": "Ngày của tỉnh",
        "source": "Thông báo 1"}]"#;
    std::fs::write(&year, text).expect("writable");
    let mut desk = Window::open(&home);
    desk.press("Alt+6");
    desk.sees("Lịch nghỉ trong năm");
    home.choose(&year);
    desk.click("Nạp lịch năm…");
    desk.sees("Có 1 ngày đã xếp ca theo giờ hành chính mà lịch mới làm khác đi");
    desk.sees("nay là ngày nghỉ");
    desk.sees("UBND xã Ea Mơ Nông số 001");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.js("document.getElementById('calendar').scrollIntoView()");
    desk.picture("calendar-outdated");
}

#[test]
fn nothing_moves_under_the_pointer_while_a_shift_is_dragged() {
    let home = province(3, "2x12");
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    let rows = "return [...document.querySelectorAll('[role=row].line')].map((e) => { const b = e.getBoundingClientRect(); return [e.querySelector('[role=rowheader]')?.innerText, b.top, b.height]; })";
    let before = desk.js(rows);
    let second = "const line = [...document.querySelectorAll('[role=row].line')].find((e) => e.innerText.includes('số 002'));
         return [...line.querySelectorAll('.cell.shift:not(.past)')].sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)[2]";
    desk.takes(second, (12.0, 0.0));
    let add = ["unit", "add", "--group", "party", "--code", "A01"];
    home.terminal(&[&["--store", &book(&home)], &add[..], &["--name", "Sở Thử"]].concat());
    for minute in ["02:31", "02:32"] {
        home.time(&format!("23/05/2016 {minute}"));
        desk.sees(minute);
        assert_eq!(desk.js(rows), before);
    }
    desk.press("Escape");
    desk.lets_go();
    desk.sees("Sở Thử");
}

#[test]
fn a_shift_is_dragged_made_longer_and_swapped() {
    let home = province(3, "2x12");
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    let unit = "số 002";
    let before = shifts(&desk, unit);
    assert!(before.len() > 3, "{before:?}");
    let first = "const line = [...document.querySelectorAll('[role=row].line')].find((e) => e.innerText.includes('số 002'));
         return [...line.querySelectorAll('.cell.shift:not(.past)')].sort((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)[AT]";
    let nth = |n: usize| first.replace("AT", &n.to_string());
    // The second one to come, a third of its length later.
    desk.drag(&nth(2), (0.0, 0.0), (12.0, 0.0));
    desk.sees("Hoàn tác");
    desk.holds("return document.querySelector('.cell.hole') !== null");
    desk.picture("roster-dragged");
    let moved = shifts(&desk, unit);
    assert_ne!(before, moved);
    desk.press("Ctrl+z");
    desk.sees("Đã hoàn tác");
    desk.holds("return document.querySelector('.cell.hole') === null");
    assert_eq!(shifts(&desk, unit), before);
    // Dropped on another, their people are exchanged.
    let width = desk.js(&format!(
        "const e = (() => {{ {} }})(); return e.getBoundingClientRect().width",
        nth(2)
    ));
    let width = width.as_f64().expect("a width");
    desk.drag(&nth(2), (0.0, 0.0), (width + 2.0, 0.0));
    desk.sees("Đã đổi ca");
    assert_ne!(shifts(&desk, unit), before);
    assert_eq!(desk.stumbles(), Vec::<String>::new());
}

#[test]
fn two_people_are_swapped_by_the_keys() {
    let home = province(3, "2x12");
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    desk.js("document.querySelector('.cell.shift:not(.past)').focus()");
    desk.press("ArrowRight");
    desk.press("ArrowRight");
    desk.press("Alt+s");
    desk.sees("Chọn ca để đổi với");
    desk.press("ArrowRight");
    desk.press("Enter");
    desk.sees("Đã đổi ca");
    desk.press("Alt+Shift+ArrowRight");
    desk.sees("Hoàn tác");
    // The menu has what the mouse would find.
    desk.press("Shift+F10");
    desk.sees("Trực thay một lúc…");
    for what in [
        "Danh sách gọi",
        "Bàn giao",
        "Gọi kiểm tra…",
        "Tách ca…",
        "Thay người từ nay…",
    ] {
        desk.sees(what);
    }
    desk.picture("roster-menu");
    desk.press("Escape");
    desk.sees_no("Trực thay một lúc…");
}

#[test]
fn a_swap_across_units_is_asked_about() {
    let home = province(3, "2x12");
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    let asks = |desk: &mut Window| {
        desk.js("document.querySelector('.cell.shift:not(.past)').focus()");
        desk.press("ArrowRight");
        desk.press("ArrowRight");
        desk.press("Alt+s");
        desk.sees("Chọn ca để đổi với");
        for _ in 0..2 {
            desk.press("ArrowDown");
        }
        desk.press("Enter");
        desk.sees("Đổi người giữa hai đơn vị?");
    };
    asks(&mut desk);
    desk.picture("swap-across");
    // The hand that goes on pressing the key has changed nothing.
    desk.press("Enter");
    desk.sees_no("Đổi người giữa hai đơn vị?");
    asks(&mut desk);
    desk.press("Tab");
    desk.press("Enter");
    desk.sees("Đã đổi ca");
}

#[test]
fn a_gap_is_filled_and_a_finding_accepted_from_the_list() {
    let home = province(3, "2x12");
    let list = home.terminal(&[
        "--store",
        &book(&home),
        "roster",
        "list",
        "--json",
        "--at",
        TONIGHT,
    ]);
    let list: Vec<Json> = serde_json::from_str(&list).expect("a list");
    let at = "2016-05-24T07:00:00+07:00";
    let gone = list.iter().filter(|shift| shift["from"] == at);
    let ids: Vec<&str> = gone.filter_map(|shift| shift["id"].as_str()).collect();
    home.terminal(&[
        "--store",
        &book(&home),
        "roster",
        "cancel",
        ids[0],
        "--at",
        TONIGHT,
    ]);
    home.terminal(&[
        "--store",
        &book(&home),
        "roster",
        "cancel",
        ids[1],
        "--at",
        TONIGHT,
    ]);
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    desk.sees("2 khoảng trống");
    desk.picture("roster-gaps");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.js("document.querySelector('[aria-label^=\"Phân công \"]').click()");
    desk.sees("1 khoảng trống");
    desk.click("Chấp nhận, ghi lý do");
    desk.fill("Lý do", "Đã báo đồng chí khác");
    desk.press("Ctrl+s");
    desk.sees("Đã chấp nhận");
    desk.sees_no("1 khoảng trống");
    assert!(
        home.terminal(&["--store", &book(&home), "log", "list"])
            .contains("Chấp nhận trên lịch trực")
    );
}

#[test]
fn yesterday_changes_for_a_reason_only() {
    let home = province(3, "2x12");
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    desk.js("document.querySelector('.cell.shift.past').focus()");
    desk.press("Alt+ArrowRight");
    desk.js("document.activeElement.dispatchEvent(new KeyboardEvent('keyup', { key: 'Alt', bubbles: true }))");
    desk.sees("Ca này đã qua: lý do sửa");
    desk.picture("roster-past");
    desk.fill("Lý do", "Đi muộn nửa giờ");
    desk.press("Ctrl+s");
    desk.sees_no("Ca này đã qua: lý do sửa");
    desk.holds("return document.querySelector('.cell.shift[title*=\"Đi muộn nửa giờ\"]') !== null");
    assert!(
        home.terminal(&["--store", &book(&home), "log", "list"])
            .contains("Sửa lịch trực đã qua")
    );
}

#[test]
fn three_hundred_units_stay_smooth() {
    let home = province(300, "3x8");
    let mut desk = Window::open(&home);
    desk.size(1920, 1080);
    to_roster(&mut desk);
    desk.click("Cả đợt");
    desk.holds("return document.querySelectorAll('.cell.shift').length > 100");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("roster-300-period");
    let drawn = desk.js("return document.querySelectorAll('.cell').length");
    assert!(
        drawn.as_u64().expect("a count") < 3_000,
        "only what is in sight is drawn: {drawn}"
    );
    desk.click("Tuần");
    desk.holds("return document.querySelectorAll('.cell.shift').length > 50");
    desk.picture("roster-300-week");
    desk.js("document.querySelector('[role=grid]').parentElement.parentElement.scrollTop = 6000");
    desk.sees("số 170");
    desk.picture("roster-300-scrolled");
}

#[test]
fn the_duty_sheet_is_looked_at_and_printed_by_edition() {
    let home = province(3, "2x12");
    let mut desk = Window::open(&home);
    to_roster(&mut desk);
    // What goes to the printer is kept instead.
    desk.js("window.print = () => { window.prints = (window.prints ?? 0) + 1; }");
    desk.click("In…");
    desk.holds("return location.hash === '#/sheet'");
    let paper = "const host = [...document.querySelectorAll('*')].find((e) => e.shadowRoot?.querySelector('h1.heading')); return host?.shadowRoot";
    let on_paper = |what: &str| {
        format!(
            "const root = (() => {{ {paper} }})(); return (root?.textContent ?? '').includes({})",
            json!(what)
        )
    };
    for what in [
        "BẢNG PHÂN CÔNG TRỰC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "LƯU HÀNH NỘI BỘ",
        "Bản in lần 1",
        "Y Biêr Niê",
    ] {
        desk.holds(&on_paper(what));
    }
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.looks_like("duty-sheet", (560, 200, 768, 480));
    // It is a page as wide as paper stands beside its form, and black on white.
    let colours = desk.js(&format!("const root = (() => {{ {paper} }})(); const style = getComputedStyle(root.querySelector('h1.heading')); return style.color"));
    assert_eq!(colours, json!("rgb(0, 0, 0)"));
    desk.press("Ctrl+p");
    desk.holds("return window.prints === 1");
    desk.press("Ctrl+p");
    desk.holds("return window.prints === 2");
    let sheets = home.terminal(&["--store", &book(&home), "person", "disclosures", "--json"]);
    assert_eq!(sheets.matches("\"print\"").count(), 2, "{sheets}");
    desk.holds(&on_paper("Bản in lần 1"));
    let list = home.terminal(&[
        "--store",
        &book(&home),
        "roster",
        "list",
        "--json",
        "--at",
        TONIGHT,
    ]);
    let list: Vec<Json> = serde_json::from_str(&list).expect("a list");
    let gone = list
        .iter()
        .find(|shift| shift["from"] == "2016-05-24T07:00:00+07:00");
    let id = gone
        .and_then(|shift| shift["id"].as_str())
        .expect("a shift");
    home.terminal(&[
        "--store",
        &book(&home),
        "roster",
        "cancel",
        id,
        "--at",
        TONIGHT,
    ]);
    for what in [
        "Bản in lần 2",
        "Thay đổi so với bản lần 1",
        "CHƯA CÓ NGƯỜI TRỰC",
    ] {
        desk.holds(&on_paper(what));
    }
    desk.picture("sheet-changed");
    desk.click("Ngang");
    desk.holds("return window.prints === 2");
    desk.picture("sheet-landscape");
}
