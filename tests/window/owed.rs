//! Who has sent, who was reminded, and which numbers answer.

use crate::desk::{Home, Window};
use std::fs;

#[test]
fn who_has_not_sent_is_reminded_and_listed() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Alt+3");
    desk.sees("48/51 đơn vị đã gửi");
    desk.click("Chưa gửi 3");
    desk.sees("Ghi đã nhắc cả 3 đơn vị");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("waiting");
    desk.click("Ghi đã nhắc cả 3 đơn vị");
    desk.fill("Ghi chú", "đã gọi văn thư");
    desk.press("Ctrl+S");
    desk.sees("Đã ghi nhắc 3 đơn vị");
    desk.sees("nhắc 1 lần");
    let list = home.path("chua-gui.xlsx");
    home.choose(&list);
    desk.click("Xuất danh sách chưa gửi");
    desk.sees("Tình hình gửi đầu mối");
    desk.press("Ctrl+S");
    desk.sees("chua-gui.xlsx");
    assert!(list.exists());
    desk.press("Ctrl+Z");
    desk.sees("Đã hoàn tác");
    desk.sees_no("nhắc 1 lần");
}

#[test]
fn a_round_of_calls_needs_no_mouse() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Alt+3");
    desk.click("Gọi kiểm tra");
    desk.sees("Đã gọi 0/");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("calls");
    desk.press("Ctrl+1");
    desk.sees("Có nghe máy");
    desk.sees("Đã gọi 1/");
    desk.press("Ctrl+3");
    desk.sees("Đã gọi 2/");
    desk.press("Ctrl+5");
    desk.fill("Gọi lại sau (phút)", "15");
    desk.press("Ctrl+S");
    desk.sees("Đã gọi 3/");
    desk.press("Ctrl+Z");
    desk.sees("Đã gọi 2/");
    // In the form nothing is chosen before it is said.
    desk.press("Ctrl+2");
    desk.sees("Đã gọi 3/");
    desk.press("Ctrl+N");
    let chosen = "[...document.querySelectorAll('dialog[open] [aria-checked=true]')].map((one) => one.textContent).join()";
    desk.holds(&format!(
        "return document.querySelector('dialog[open]') && !/\\b[1-5] \\D/.test({chosen})"
    ));
    desk.press("Ctrl+S");
    desk.holds("return Boolean(document.querySelector('dialog[open]'))");
    desk.picture("call-unsaid");
    desk.press("Ctrl+1");
    desk.holds(&format!("return {chosen}.includes('1 Có nghe máy')"));
    desk.press("Ctrl+S");
    desk.sees("Đã gọi 4/");
}

#[test]
fn a_number_goes_into_a_telephone_by_a_square_or_a_file() {
    let home = Home::with_sample("vi", "dark");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+K");
    desk.types("luong the quyen");
    desk.sees("Lương Thế Quyền");
    desk.press("Enter");
    desk.click("Mã QR");
    desk.holds("return document.querySelector('svg[role=img][aria-label=\"Mã QR số của Lương Thế Quyền\"] path')?.getAttribute('d').length > 1000");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("square");
    desk.press("Escape");
    let card = home.path("quyen.vcf");
    home.choose(&card);
    desk.click("Lưu danh thiếp (vCard)…");
    desk.sees("quyen.vcf");
    let text = fs::read_to_string(&card).expect("a card");
    assert!(
        text.contains("FN:Lương Thế Quyền\r\n") && text.contains("tel:+84972010306"),
        "{text}"
    );
}

#[test]
fn units_are_reorganised_and_put_back() {
    let home = Home::with_sample("vi", "light");
    let list = home.path("sap-xep.csv");
    let text = "\
Đơn vị cũ,Đơn vị mới,Mã mới,Nhóm
UBND huyện Lắk,UBND xã Liên Sơn Lắk,COM901,commune
UBND huyện Krông Bông,UBND xã Liên Sơn Lắk,COM901,commune
";
    fs::write(&list, text).expect("writable");
    let mut desk = Window::open(&home);
    desk.press("Alt+3");
    home.choose(&list);
    desk.click("Nhập…");
    desk.click("Sắp xếp lại đơn vị");
    desk.sees("Sắp xếp 2 đơn vị");
    desk.sees("UBND xã Liên Sơn Lắk");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("reorganise");
    desk.click("Sắp xếp 2 đơn vị");
    desk.sees("Đã sắp xếp: 2 đơn vị cũ, 1 đơn vị mới");
    desk.press("Ctrl+K");
    desk.types("ubnd huyen lak");
    desk.sees("UBND xã Liên Sơn Lắk");
    desk.press("Escape");
    desk.press("Ctrl+Z");
    desk.sees("Đã hoàn tác");
    desk.press("Ctrl+K");
    desk.types("ubnd huyen lak");
    desk.sees("UBND huyện Lắk");
}
