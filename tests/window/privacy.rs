//! What leaves the book is listed; who asks is answered; whose data is dropped is gone.

use crate::desk::{Home, Window};
use std::fs;

#[test]
fn a_person_is_answered_and_dropped() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+K");
    desk.types("luong the quyen");
    desk.sees("Lương Thế Quyền");
    desk.press("Enter");
    desk.sees("Kiểm tra liên lạc");
    let answer = home.path("tra-loi.xlsx");
    home.choose(&answer);
    desk.click("Dữ liệu cá nhân");
    desk.click("Xuất dữ liệu cho người yêu cầu…");
    desk.sees("tra-loi.xlsx");
    assert!(answer.exists());

    desk.click("Dữ liệu cá nhân");
    desk.click("Xóa hẳn dữ liệu…");
    desk.sees("Sẽ xóa hẳn");
    desk.sees("Vẫn còn lại");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("redact");
    desk.fill("Lý do", "Đơn ngày 22/05/2016");
    // Somebody put a book of their own among the copies.
    let book = home.path("home/sample/so-truc-mau.sotruc");
    let copies = home.path("home/sample/so-truc-mau.sotruc.backups");
    let own = copies.join("ban-cua-toi.sotruc");
    fs::create_dir_all(&copies).expect("writable");
    fs::copy(&book, &own).expect("writable");
    // What cannot be undone is asked twice.
    desk.press("Ctrl+S");
    desk.sees("Tôi hiểu việc này không hoàn tác được");
    desk.js("document.querySelector('dialog[open] input[type=checkbox]').click()");
    desk.press("Ctrl+S");
    desk.sees("Đã xóa hẳn dữ liệu của Lương Thế Quyền");
    desk.sees("Còn bản sao phải tự xóa");
    desk.sees(&own.display().to_string());
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.click("Đóng");
    desk.sees_no("Còn bản sao phải tự xóa");
    assert!(own.exists(), "it is not ours to remove");
    desk.press("Ctrl+K");
    desk.types("luong the quyen");
    desk.sees("Tìm “luong the quyen” trong sổ tay");
    desk.sees("Không có trong sổ");
    desk.press("Escape");
    let book = fs::read(&book).expect("the book");
    assert!(!String::from_utf8_lossy(&book).contains("Thế Quyền"));

    desk.press("Alt+3");
    desk.click("Dữ liệu cá nhân");
    desk.sees("không ghi tên tệp");
    desk.sees("Đã xóa 1");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("privacy");
    desk.click("Đã xóa 1");
    desk.sees("Đơn ngày 22/05/2016");
}
