//! The first day: a book is begun, lists come in, somebody is found, it is all there tomorrow.

use crate::desk::{Home, Window};
use sotruc_core::sample;
use std::fs;

#[test]
fn a_province_begins_its_book() {
    let home = Home::new();
    let units = home.path("don-vi.csv");
    let people = home.path("dau-moi.csv");
    fs::write(&units, sample::UNITS).expect("writable");
    fs::write(&people, sample::PEOPLE).expect("writable");
    {
        let mut desk = Window::open(&home);
        desk.sees("Sổ Trực");
        assert_eq!(desk.stumbles(), Vec::<String>::new());
        desk.picture("welcome");
        desk.click("Lập sổ");
        // What is wrong is told at its field, which has the keys then.
        desk.sees("Tên người ghi");
        desk.click("Lập sổ");
        desk.holds(
            "const field = document.activeElement.closest('.field');
             return document.activeElement.ariaInvalid === 'true'
               && field?.querySelector('.wrong')?.innerText === 'Tên đơn vị mình không được để trống'
               && document.querySelector('.refused') === null",
        );
        desk.picture("welcome-refused");
        desk.fill("Tên đơn vị mình", "Sở Thông tin và Truyền thông");
        desk.fill("Tên nơi ghi", "Phòng trực");
        desk.fill("Tên người ghi", "Đoàn Ngọc Ánh");
        desk.fill("Mã nơi ghi", "DLK");
        desk.holds("return document.querySelector('form label.tick input')?.checked");
        desk.picture("welcome-form");
        desk.click("Lập sổ");
        desk.sees("Sổ chưa có đơn vị nào");
        // Of copies nothing is said before something was written.
        desk.holds("return !document.querySelector('nav footer').innerText.includes('ao lưu')");
        desk.picture("now-empty");
        // Whether it sounds was asked with the book.
        desk.press("Alt+6");
        desk.holds("return [...document.querySelectorAll('label.tick')].find((e) => e.innerText.includes('Có tiếng'))?.querySelector('input').checked === true");
        desk.press("Alt+1");
        for (room, key) in [
            ("roster", "Alt+2"),
            ("directory", "Alt+3"),
            ("incidents", "Alt+4"),
            ("log", "Alt+5"),
        ] {
            desk.press(key);
            desk.holds("return document.querySelector('.room .empty') !== null");
            assert_eq!(desk.stumbles(), Vec::<String>::new(), "{room}");
            desk.picture(&format!("{room}-empty"));
        }
        desk.press("Alt+3");

        home.choose(&units);
        desk.click("Nhập…");
        desk.click("Nhập danh sách đơn vị");
        desk.sees("don-vi.csv");
        desk.picture("import-units");
        desk.click("Nhập 51");
        desk.sees("Đã nhập 51 đơn vị");
        desk.sees("Văn phòng Tỉnh ủy");
        home.choose(&people);
        desk.click("Nhập…");
        desk.click("Nhập danh sách đầu mối");
        desk.sees("dau-moi.csv");
        assert_eq!(desk.stumbles(), Vec::<String>::new());
        desk.picture("import");
        desk.click("Nhập 118");
        desk.sees("Đã nhập 118 đầu mối");

        // One import is one undo.
        desk.press("Alt+1");
        desk.press("Ctrl+Z");
        desk.sees("Hoàn tác việc này?");
        desk.click("Hoàn tác");
        desk.sees("Đã hoàn tác: 118 người");
        desk.press("Alt+3");
        home.choose(&people);
        desk.click("Nhập…");
        desk.click("Nhập danh sách đầu mối");
        desk.click("Nhập 118");

        desk.press("Ctrl+K");
        desk.types("buon ma thuot");
        desk.sees("UBND thành phố Buôn Ma Thuột");
        desk.press("Escape");
        desk.press("Ctrl+L");
        desk.types("Bắt đầu nhận danh sách đầu mối");
        desk.press("Enter");
        desk.sees("Đã ghi DLK-1");

        let table = home.path("danh-ba.csv");
        home.choose(&table);
        desk.press("Alt+3");
        desk.click("Xuất…");
        desk.click("Danh bạ");
        desk.click("CSV, chấm phẩy ;");
        desk.press("Ctrl+S");
        desk.sees("danh-ba.csv");
        let text = fs::read_to_string(&table).expect("it was written");
        assert_eq!(text.lines().count(), 119);
        assert!(text.starts_with('\u{feff}'), "Excel needs the mark");
    }
    let desk = Window::open(&home);
    desk.sees("Bắt đầu nhận danh sách đầu mối");
    desk.sees("1 dòng");
    let told = home.terminal(&["verify"]);
    assert!(told.contains("nguyên vẹn"), "{told}");
}
