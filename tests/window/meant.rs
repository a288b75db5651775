//! Nothing is written that was not meant: letters go into the quick line, Enter asks for its button,
//! and what is about to be written is seen.

use crate::desk::{Home, Window};
use crate::unikey::burst;
use serde_json::{Value as Json, json};
use std::fs;

/// What stands in the quick line, which has the keys.
fn in_line(text: &str) -> String {
    let text = json!(text);
    format!(
        "const e = document.getElementById('quick-line'); return document.activeElement === e && e.value === {text}"
    )
}

const NO_CHIP: &str = "return document.querySelector('.quick .chip') === null";
const A_CHIP: &str = "return document.querySelector('.quick .chip') !== null";

/// Goes to the first incident of the list.
fn to_incident(desk: &mut Window<'_>) {
    desk.press("Alt+4");
    desk.holds("return document.querySelector('#incidents a.open') !== null");
    desk.js("document.querySelector('#incidents a.open').click()");
    desk.sees("Diễn biến");
}

/// What the terminal tells of the sample book.
fn told(home: &Home, words: &[&str]) -> Json {
    let book = home.path("home/sample/so-truc-mau.sotruc");
    let book = book.display().to_string();
    let told = home.terminal(&[&["--json", "--store", &book], words].concat());
    serde_json::from_str(&told).expect("JSON")
}

fn records(home: &Home) -> u64 {
    told(home, &["verify"])["records"]
        .as_u64()
        .expect("a number")
}

#[test]
fn letters_that_strayed_into_the_line_are_written_by_a_second_enter() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let before = records(&home);
    desk.press("Alt+4");
    desk.holds("return document.querySelector('#incidents a.open') !== null");
    desk.js("document.getElementById('room').focus()");
    desk.acts(burst("mo su co↵"));
    desk.sees("Enter lần nữa để ghi");
    desk.holds(&in_line("mo su co"));
    assert_eq!(records(&home), before, "nothing is written");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
}

#[test]
fn letters_that_no_field_takes_go_into_the_line() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let before = records(&home);
    to_incident(&mut desk);
    let edge = "return getComputedStyle(document.querySelector('.quick .line')).borderColor";
    let idle = desk.js(edge);
    desk.js("document.getElementById('room').focus()");
    desk.acts(burst("bi lo⌫⌫lỗi"));
    desk.holds(&in_line("bi lỗi"));
    desk.holds(A_CHIP);
    assert_ne!(desk.js(edge), idle, "it looks as if it had the keys");
    desk.press("Escape");
    assert_eq!(desk.js(edge), idle, "it looks as if it had none");
    // What strays there next is another thing.
    desk.acts(burst("r"));
    desk.holds(&in_line("bi lỗi r"));
    desk.js("document.getElementById('quick-line').select()");
    desk.press("Delete");
    desk.press("Escape");
    // The first letter becomes another at once.
    desk.acts(burst("d⌫đa⌫ã"));
    desk.holds(&in_line("đã"));
    desk.holds(A_CHIP);
    // In the calls a letter is a letter and a digit a digit, in their list too.
    desk.js("document.getElementById('quick-line').select()");
    desk.press("Delete");
    desk.js("location.hash = '#/calls'");
    desk.sees("Đã gọi 0/");
    desk.click("Cần gọi");
    desk.js("[...document.querySelectorAll('.filters [role=radio]')].at(-1).focus()");
    desk.acts(burst("14h20 mất điện"));
    desk.holds(&in_line("mất điện"));
    desk.js("document.getElementById('quick-line').select()");
    desk.press("Delete");
    desk.holds("document.querySelector('#room [role=list] [aria-current]').focus(); return document.activeElement.matches('[aria-current]')");
    desk.acts(burst("20 máy mất nước"));
    desk.holds(&in_line("20 máy mất nước"));
    desk.sees("Đã gọi 0/");
    assert_eq!(records(&home), before);
}

#[test]
fn answers_are_stored_by_the_decision() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let before = records(&home);
    to_incident(&mut desk);
    desk.press("Alt+R");
    desk.sees("Quyết định mức độ");
    for _ in 0..3 {
        desk.press("Alt+C");
    }
    desk.holds("return document.querySelector('dialog[open] [role=status]')?.innerText.includes('Theo câu trả lời:')");
    desk.press("Escape");
    assert_eq!(records(&home), before);
    // They are kept as what is typed is, and stored with the decision.
    desk.press("Alt+R");
    desk.sees("Quyết định mức độ");
    desk.press("Ctrl+S");
    desk.sees("Đã đánh giá");
    assert!(records(&home) > before);
}

#[test]
fn enter_in_a_form_asks_for_its_button() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let before = records(&home);
    to_incident(&mut desk);
    desk.press("F2");
    desk.fill("Sự việc", "Tên khác hẳn");
    desk.press("Enter");
    desk.holds("return document.activeElement.matches('dialog[open] button.go')");
    assert_eq!(records(&home), before);
    desk.js(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true }))",
    );
    desk.holds("return document.querySelector('dialog[open]') !== null");
    desk.press("Enter");
    desk.sees_no("Ctrl S");
    desk.sees("Tên khác hẳn");
    assert!(records(&home) > before);
}

#[test]
fn a_quiet_watch_is_shown_first_and_refused_while_something_is_open() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let before = records(&home);
    desk.press("Ctrl+Shift+Space");
    desk.sees("hưa ghi được là ca trực bình thường");
    desk.sees("DLK/2016-000");
    desk.picture("quiet-refused");
    desk.press("Escape");
    // Nor is it written as a line that was typed.
    desk.press("Ctrl+L");
    desk.types("ca truc binh thuong, khong co vu viec phat sinh");
    desk.press("Enter");
    desk.sees("hưa ghi được là ca trực bình thường");
    assert_eq!(records(&home), before);
}

#[test]
fn a_quiet_watch_is_written_once_it_was_seen() {
    let home = Home::new();
    let mut desk = Window::open(&home);
    desk.click("Lập sổ");
    desk.fill("Tên đơn vị mình", "Sở Thông tin và Truyền thông");
    desk.fill("Tên nơi ghi", "Phòng trực");
    desk.fill("Tên người ghi", "Đoàn Ngọc Ánh");
    desk.fill("Mã nơi ghi", "DLK");
    desk.press("Enter");
    desk.holds("return document.activeElement.matches('form button')");
    desk.press("Enter");
    desk.sees("Sổ chưa có đơn vị nào");
    desk.press("Ctrl+Shift+Space");
    desk.holds("return document.querySelector('dialog[open]')?.innerText.includes('23/05/2016 02:30 · Đoàn Ngọc Ánh')");
    desk.picture("quiet");
    desk.press("Escape");
    desk.press("Ctrl+Shift+Space");
    desk.holds("return document.activeElement.matches('dialog[open] button.go')");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-1: Ca trực bình thường");
}

#[test]
fn what_came_by_itself_goes_with_the_words() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    to_incident(&mut desk);
    desk.press("Ctrl+L");
    desk.holds(A_CHIP);
    desk.types("họp giao ban");
    desk.press("Ctrl+a");
    desk.press("Delete");
    desk.holds(&in_line(""));
    desk.holds(NO_CHIP);
    desk.types("việc khác");
    desk.holds(NO_CHIP);
    // A line that was begun keeps what it is about, on whatever page it goes on.
    desk.press("Ctrl+a");
    desk.press("Delete");
    desk.press("Escape");
    desk.press("Ctrl+L");
    desk.types("đang xử lý");
    desk.press("Alt+1");
    desk.holds(A_CHIP);
    desk.press("Ctrl+L");
    desk.press("Ctrl+a");
    desk.press("Delete");
    desk.holds(NO_CHIP);
}

#[test]
fn the_number_of_an_incident_and_a_blank_link_to_it() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.acts(burst("#0004 d⌫đa⌫ã xong"));
    desk.sees("# DLK/2016-0004");
    desk.holds(&in_line("đã xong"));
    desk.acts(burst(" #0999 x"));
    desk.holds(&in_line("đã xong #0999 x"));
    let before = records(&home);
    desk.press("Ctrl+a");
    desk.types("xem #0999");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    assert!(
        records(&home) > before,
        "an incident stands beside it already"
    );
}

#[test]
fn a_unit_that_was_typed_and_not_chosen_stands_beside_the_line() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.acts(burst("@so y te "));
    desk.sees("@ Sở Y tế");
    desk.holds(&in_line(""));
    desk.acts(burst("mất mạng↵"));
    desk.sees("Đã ghi DLK-41");
    assert_eq!(
        told(&home, &["log", "list", "--last", "1"])[0]["unit"],
        "Sở Y tế"
    );
    // Typed straight through it is found before the line is written.
    desk.js_with(
        "const e = document.getElementById('quick-line'); e.value = arguments[0]; e.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        vec![json!("mất điện ở @sở nội vụ tầng hai rất lâu rồi")],
    );
    desk.press("Enter");
    desk.sees("Đã ghi DLK-42");
    let line = &told(&home, &["log", "list", "--last", "1"])[0];
    assert_eq!(line["unit"], "Sở Nội vụ");
    assert_eq!(line["text"], "mất điện ở tầng hai rất lâu rồi");
    // What names none is said, and written only by a second key.
    let before = records(&home);
    desk.types("gọi @xyzw khong co");
    desk.press("Enter");
    desk.sees("Chưa rõ “@xyzw khong co” là đơn vị nào");
    assert_eq!(records(&home), before);
    desk.press("Enter");
    desk.sees("Đã ghi DLK-43");
    desk.types("xem #0999");
    desk.press("Enter");
    desk.sees("Không có sự cố #0999");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-44");
}

#[test]
fn a_time_goes_with_the_words_and_comes_back_by_a_key() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.types("01h20 mất điện");
    desk.holds(A_CHIP);
    desk.press("Ctrl+a");
    desk.press("Delete");
    desk.holds(NO_CHIP);
    desk.sees("Ctrl Z lấy lại 01:20");
    desk.press("Ctrl+Z");
    desk.holds(A_CHIP);
    desk.types("x");
    desk.press("Ctrl+a");
    desk.press("Delete");
    desk.types("việc khác");
    desk.holds(NO_CHIP);
    // A letter that an input method takes back takes nothing with it.
    desk.press("Ctrl+a");
    desk.press("Delete");
    desk.types("01h20 ");
    desk.acts(burst("d⌫đa⌫ã"));
    desk.holds(&in_line("đã"));
    desk.holds(A_CHIP);
}

#[test]
fn a_correction_mends_all_of_a_line() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.types("mất điện ở sở");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.press("Alt+5");
    desk.click("Đính chính dòng DLK-41");
    desk.fill("Xảy ra", "23/05/2016 01:10");
    desk.fill("Loại", "xử lý");
    desk.press("Enter");
    desk.fill("Đơn vị", "so y te");
    desk.press("Enter");
    desk.fill("Sự cố", "0004");
    desk.press("Enter");
    desk.fill("Lý do", "ghi nhầm");
    desk.picture("correct");
    desk.press("Ctrl+S");
    desk.sees("Dòng DLK-41 đã đính chính bằng DLK-42");
    let line = &told(&home, &["log", "list", "--last", "1"])[0];
    assert_eq!(line["kind"], "action");
    assert_eq!(line["unit"], "Sở Y tế");
    assert_eq!(line["incident"], "DLK/2016-0004");
    assert!(
        line["occurred_at"]
            .as_str()
            .expect("a time")
            .starts_with("2016-05-23T01:10")
    );
}

#[test]
fn an_incident_of_a_line_keeps_its_time_and_the_line() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.types("@so y te");
    desk.press("Enter");
    desk.types("02h10 mất mạng");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.press("Ctrl+Shift+N");
    desk.sees("Mở từ dòng DLK-41");
    desk.fill("Loại sự cố", "loi he thong");
    desk.press("Enter");
    desk.press("Ctrl+S");
    desk.sees("Đã mở sự cố DLK/2016-0006");
    desk.sees("mở thành sự cố DLK/2016-0006");
    let incident = told(&home, &["incident", "show", "DLK/2016-0006"]).to_string();
    assert!(incident.contains("2016-05-23T02:10"), "{incident}");
    // What somebody else wrote is no title of this officer's incident.
    desk.press("Ctrl+L");
    desk.types("việc của Ánh");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-43");
    desk.js("document.querySelector('button.who').click()");
    desk.sees("Bấm số để chọn nhanh");
    desk.fill("Người chưa có", "Người Mới");
    desk.press("Ctrl+S");
    desk.sees_no("Bấm số để chọn nhanh");
    desk.press("Ctrl+Shift+N");
    desk.holds("return document.querySelector('dialog[open] input')?.value === ''");
}

#[test]
fn a_line_that_somebody_else_left_is_asked_about() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.types("mất điện tầng 3");
    // It is told of where the watch is handed over.
    desk.press("Ctrl+Shift+H");
    desk.sees("Còn một dòng chưa ghi: “mất điện tầng 3”");
    desk.picture("unwritten");
    desk.js("document.querySelector('button.who').click()");
    desk.sees("Bấm số để chọn nhanh");
    desk.fill("Người chưa có", "Người Mới");
    desk.press("Ctrl+S");
    desk.sees_no("Bấm số để chọn nhanh");
    desk.sees("bản nháp của");
    let before = records(&home);
    desk.click("Tới dòng ấy");
    desk.press("Enter");
    desk.sees("Enter lần nữa để ghi tên mình");
    desk.picture("draft-of-another");
    assert_eq!(records(&home), before);
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
}

#[test]
fn what_is_seen_in_a_list_is_what_is_stored() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+Shift+N");
    desk.fill("Sự việc", "mất mạng");
    desk.fill("Loại sự cố", "loi he thong");
    desk.fill("Đơn vị", "sở y");
    // Saved without a key that takes it, and the unit before it is not what is stored.
    desk.press("Ctrl+S");
    desk.sees("Đã mở sự cố DLK/2016-0006");
    let incident = told(&home, &["incident", "show", "DLK/2016-0006"]);
    assert_eq!(incident["unit"], "Sở Y tế", "{incident}");

    // What is none of the list, or fits several of it, stays to be seen, and nothing is stored.
    let before = records(&home);
    desk.press("F2");
    desk.fill("Đơn vị", "krong");
    desk.press("Ctrl+S");
    desk.sees("Chưa rõ là dòng nào trong danh sách");
    assert_eq!(records(&home), before);
    desk.fill("Đơn vị", "sở y tá");
    desk.press("Tab");
    desk.sees("Chưa rõ là dòng nào trong danh sách");
    desk.press("Ctrl+S");
    desk.holds("return document.activeElement?.value === 'sở y tá'");
    assert_eq!(records(&home), before);
}

#[test]
fn an_incident_is_about_the_unit_of_the_page_and_its_words_are_kept() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.types("@so y te");
    desk.press("Enter");
    desk.types("mất mạng tầng 2");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    // What was typed is there again.
    desk.press("Ctrl+Shift+N");
    desk.sees("Mở từ dòng DLK-41");
    desk.field("Sự việc");
    desk.press("End");
    desk.types(" và 3");
    desk.press("Escape");
    desk.press("Ctrl+Shift+N");
    desk.holds("return document.querySelector('dialog[open] input')?.value.includes('và 3')");
    // The line may be left out.
    desk.click("Không gắn dòng ấy");
    desk.sees_no("Mở từ dòng");
    desk.holds("return document.querySelector('dialog[open] input')?.value === ''");
    desk.press("Escape");
    // On the page of another unit that unit is meant.
    desk.press("Ctrl+L");
    desk.types("@so y te");
    desk.press("Enter");
    desk.types("gọi lại");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-42");
    desk.press("Ctrl+K");
    desk.types("so noi vu");
    desk.sees("Sở Nội vụ");
    desk.press("Enter");
    desk.holds("return location.hash.startsWith('#/unit/')");
    desk.press("Ctrl+Shift+N");
    desk.sees("Mở sự cố");
    desk.holds(
        "return document.querySelector('dialog[open] [role=combobox]')?.value === 'Sở Nội vụ'",
    );
}

#[test]
fn what_was_done_elsewhere_is_asked_about_before_it_is_undone() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let before = records(&home);
    to_incident(&mut desk);
    desk.press("F2");
    desk.fill("Sự việc", "Tên khác hẳn");
    desk.press("Ctrl+S");
    desk.sees("Tên khác hẳn");
    let written = records(&home);
    assert!(written > before);
    // While it is told of it is known what undo means; in a field the key is the field's own.
    desk.press("Ctrl+L");
    desk.types("abc");
    desk.press("Ctrl+Z");
    desk.press("Escape");
    assert_eq!(records(&home), written);
    desk.js("document.querySelector('.toast [aria-label=\"Đóng\"]').click()");
    desk.press("Alt+2");
    desk.holds("return location.hash === '#/roster'");
    desk.press("Ctrl+Z");
    desk.sees("Hoàn tác việc này?");
    desk.sees("sửa 1 sự cố");
    desk.press("Enter");
    desk.sees_no("Hoàn tác việc này?");
    assert_eq!(records(&home), written);
    desk.press("Ctrl+Z");
    desk.sees("Hoàn tác việc này?");
    desk.click("Hoàn tác");
    desk.sees("Đã hoàn tác");
    assert!(records(&home) > written);
}

#[test]
fn half_a_name_becomes_the_name() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+Shift+H");
    desk.fill("Người nhận", "quang hu");
    desk.press("Ctrl+S");
    desk.sees("Đã bàn giao ca cho Trần Quang Huy");
    // Who is on no list is written as typed.
    desk.press("Ctrl+Shift+H");
    desk.fill("Người nhận", "Lò Văn Tới");
    desk.press("Ctrl+S");
    desk.sees("chưa có ai ghi tên là “Lò Văn Tới”");
    desk.picture("handover-unknown");
    desk.press("Ctrl+S");
    desk.sees("Đã bàn giao ca cho Lò Văn Tới");
    // Till they took it, it is taken back; the log tells of both.
    desk.sees("Người nhận: Lò Văn Tới");
    desk.click("Rút lại");
    desk.sees("Rút lại bản bàn giao này?");
    desk.picture("handover-withdraw");
    desk.click("Rút lại");
    desk.sees("Đã rút bản bàn giao ca cho Lò Văn Tới");
    desk.press("Alt+5");
    desk.sees("Rút lại bản bàn giao ca cho Lò Văn Tới: chưa ai nhận");
    desk.sees("Bàn giao ca cho Lò Văn Tới");
    // A letter that strayed there is nobody.
    desk.press("Ctrl+Shift+H");
    desk.fill("Người nhận", "k");
    desk.press("Ctrl+S");
    desk.press("Ctrl+S");
    desk.sees("“k” chưa phải họ và tên đầy đủ");
}

#[test]
fn a_command_called_by_its_name_comes_first() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.types("mở sự cố mở sự cố");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.press("Ctrl+K");
    desk.types("mo su co");
    desk.press("Enter");
    desk.holds("return document.querySelector('dialog[open] h2')?.innerText === 'Mở sự cố'");
}

#[test]
fn a_very_long_line_is_folded() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.js_with(
        "const e = document.getElementById('quick-line'); e.value = arguments[0]; e.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        vec![json!(format!("{}cuối", "dài ".repeat(600)))],
    );
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.press("Alt+5");
    desk.sees("xem hết");
    assert!(!desk.text().contains("cuối"));
    desk.click("xem hết");
    desk.sees("cuối");
}

#[test]
fn a_call_has_no_outcome_before_a_digit_chooses_it() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.js("location.hash = '#/calls'");
    desk.sees("Đã gọi 0/");
    desk.press("Ctrl+N");
    let chosen = |n: usize| {
        format!(
            "return [...document.querySelectorAll('dialog[open] [role=radiogroup]')].at(-1)?.querySelectorAll('[role=radio]')[{}]?.getAttribute('aria-checked') === 'true'",
            n - 1
        )
    };
    desk.holds(
        "return [...document.querySelectorAll('dialog[open] [role=radiogroup]')].at(-1)?.querySelector('[aria-checked=true]') === null",
    );
    for n in [3, 2, 4] {
        desk.press(&n.to_string());
        desk.holds(&chosen(n));
    }
    desk.press("5");
    desk.types("15");
    desk.picture("call-form");
    desk.press("Ctrl+S");
    desk.sees("Đã gọi 1/");
}

#[test]
fn a_list_that_came_before_its_officer_is_opened_after_them() {
    let home = Home::with_sample("vi", "light");
    let settings = fs::read_to_string(home.path("home/window.json")).expect("kept");
    let mut settings: Json = serde_json::from_str(&settings).expect("settings");
    settings["writers"] = json!({});
    fs::write(home.path("home/window.json"), settings.to_string()).expect("writable");
    let list = home.path("dau-moi.csv");
    let text = "Đơn vị,Họ và tên,Số di động\nSở Tài chính,Phạm Hữu Thử,0905 700 003\n";
    fs::write(&list, text).expect("writable");
    let mut desk = Window::given(&home, &[&list]);
    desk.sees("Bấm số để chọn nhanh");
    desk.press("1");
    desk.sees("Phạm Hữu Thử");
    desk.holds("return location.hash === '#/import'");
}

#[test]
fn the_language_is_a_command() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+K");
    desk.types("english");
    desk.sees("English");
    desk.press("Enter");
    desk.sees("Directory");
    desk.press("Ctrl+K");
    desk.types("tieng viet");
    desk.sees("Tiếng Việt");
    desk.press("Enter");
    desk.sees("Danh bạ");
}
