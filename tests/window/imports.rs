//! A list as a unit wrote it: looked at, mended, brought in.

use crate::desk::{Home, Window};
use std::fs;

#[test]
fn a_messy_list_is_mended_before_it_comes_in() {
    let home = Home::with_sample("vi", "light");
    let list = home.path("dau-moi-moi.csv");
    let text = "\
Đơn vị,Anh/chị,Số di động
Sở Nội vụ,Nguyễn Văn Thử,0905 700 001
Sở Khoa học,Trần Thị Thử,0905 700 002
Sở Tài chính,Phạm Hữu Thử,09O5 700 003
";
    fs::write(&list, text).expect("writable");
    let mut desk = Window::open(&home);
    desk.press("Alt+3");
    home.choose(&list);
    desk.click("Nhập…");
    desk.click("Nhập danh sách đầu mối");

    // What is not understood is asked for.
    desk.sees("Chưa rõ cột nào trong tệp là: Họ và tên");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("import-missing");
    desk.pick("Cột “Anh/chị”", "Họ và tên");
    desk.sees("2 dòng bị từ chối");
    desk.sees("đã nhớ cho mẫu này");

    desk.sees("Gần giống: Sở Khoa học và Công nghệ");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("import-messy");
    desk.click("Là đơn vị này");
    desk.sees("1 dòng bị từ chối");

    let rejected = home.path("bi-tu-choi.xlsx");
    home.choose(&rejected);
    desk.click("Lưu dòng bị từ chối…");
    desk.sees("bi-tu-choi.xlsx");
    assert!(rejected.exists());

    desk.click("Dòng 4: xem cả dòng");
    desk.fill("Số di động", "0905 700 003");
    desk.picture("import-row");
    desk.press("Enter");
    desk.sees("đã sửa 1 ô");
    desk.click("Nhập 3 người");
    desk.sees("Đã nhập 3 đầu mối: 3 mới, 0 thay đổi");

    // With it goes the name that the unit was given.
    desk.press("Alt+1");
    desk.press("Ctrl+Z");
    desk.sees("Đã hoàn tác");
    desk.sees("3 người");
    desk.press("Alt+3");
    home.choose(&list);
    desk.click("Nhập…");
    desk.click("Nhập danh sách đầu mối");
    desk.sees("Gần giống: Sở Khoa học và Công nghệ");
}

#[test]
fn two_people_become_one_and_two_again() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+K");
    desk.types("luong the quyen");
    desk.sees("Lương Thế Quyền");
    desk.press("Enter");
    desk.sees("Ca trực sắp tới");
    desk.click("Gộp…");
    desk.types("ta thi minh chau");
    desk.sees("Văn phòng Tỉnh ủy · 0903 083 937");
    desk.press("Enter");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("merge");
    desk.press("Ctrl+S");
    desk.sees("Đã gộp Tạ Thị Minh Châu vào Lương Thế Quyền");
    desk.sees("0903 083 937");
    desk.press("Ctrl+Z");
    desk.sees("Đã hoàn tác");
    desk.holds("return document.querySelectorAll('.call .number').length === 1");
}
