//! A list as a unit wrote it: looked at, mended, brought in.

use crate::desk::{Home, Window};
use std::fs;
use std::path::Path;

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
    // What is wrong still is said, and the row stays.
    desk.fill("Số di động", "09O5 700");
    desk.press("Enter");
    desk.press("Enter");
    desk.holds("return document.querySelector('dialog[open] [role=alert]')?.innerText.includes('09O5 700”')");
    desk.holds("return document.activeElement?.matches('dialog[open] input[aria-invalid=true]')");
    desk.picture("import-row-still");
    desk.fill("Số di động", "0905 700 003");
    desk.picture("import-row");
    desk.press("Enter");
    desk.press("Enter");
    desk.sees("đã sửa 1 ô");
    desk.holds("return document.activeElement?.matches('.rows button')");
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
fn leave_comes_in_from_a_table_and_from_a_calendar() {
    let home = Home::with_sample("vi", "light");
    let list = home.path("nghi-phep.csv");
    let text = "\
DANH SÁCH NGHỈ PHÉP THÁNG 5,,,
Đơn vị,Họ và tên,Từ ngày,Đến hết ngày
,Lương Thế Quyền,24/5,25/5/2016
Tỉnh đoàn,Hà Duy Phước,24/05/2016,25/05/2016
Tỉnh đoàn,H'Ruih Adrơng,24/05/2016,25/05/2016
,Không Có Ai,24/05/2016,25/05/2016
";
    fs::write(&list, text).expect("writable");
    let mut desk = Window::open(&home);
    desk.press("Alt+3");
    home.choose(&list);
    desk.click("Nhập…");
    desk.click("Nhập danh sách nghỉ phép");
    desk.sees("1 dòng bị từ chối");
    // Of one unit nobody is left: that is said before it is written, and after.
    let fallen = "Ngày nghỉ rơi vào 1 lượt thường trực không còn ai trả lời";
    desk.sees(fallen);
    desk.sees("nghỉ thì không còn ai thường trực: Tỉnh đoàn");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("import-leave");
    desk.click("Nhập ngày nghỉ của 3 người");
    desk.sees(&format!(
        "Đã nhập ngày nghỉ: 3 người thay đổi, 0 giữ nguyên · bỏ qua 1 dòng bị từ chối. {fallen}"
    ));

    let calendar = home.path("nghi-phep.ics");
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Nghỉ phép: Lương Thế Quyền\r\n\
        DTSTART;VALUE=DATE:20160601\r\nDTEND;VALUE=DATE:20160603\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    fs::write(&calendar, text).expect("writable");
    home.choose(&calendar);
    desk.click("Nhập…");
    desk.click("Nhập danh sách nghỉ phép");
    desk.sees("Nghỉ phép: Lương Thế Quyền");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("import-leave-calendar");
    desk.click("Nhập ngày nghỉ của 1 người");
    desk.press("Ctrl+K");
    desk.types("nghi phep");
    desk.sees("Lương Thế Quyền");
    desk.press("Enter");
    desk.sees("Thứ tự gọi");
    desk.picture("person-leave");
}

#[test]
fn one_sheet_and_a_list_without_headings_are_read() {
    let home = Home::with_sample("vi", "light");
    let list = home.path("hai-trang.xlsx");
    let fixture = "../tests/fixtures/readers/two-sheets.xlsx";
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture), &list).expect("writable");
    let mut desk = Window::open(&home);
    desk.press("Alt+3");
    home.choose(&list);
    desk.click("Nhập…");
    desk.click("Nhập danh sách đầu mối");
    desk.sees("3 mới");
    desk.sees("không đọc trang “Ghi chú”");
    desk.sees("cùng dòng còn một người nữa, đã nhận cả hai: Lê Thị Thử");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("import-sheets");
    desk.pick("Trang cần đọc", "Khối huyện");
    desk.sees("1 mới");
    desk.pick("Trang cần đọc", "Tất cả các trang");
    desk.sees("3 mới");

    let bare = home.path("khong-tieu-de.csv");
    fs::write(&bare, "1,Sở Y tế,Phạm Văn Thử,0905 700 004\n").expect("writable");
    home.choose(&bare);
    desk.click("Chọn tệp khác…");
    desk.sees("Tệp không có dòng tiêu đề");
    desk.pick("Cột “B”", "Đơn vị");
    desk.pick("Cột “C”", "Họ và tên");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("import-bare");
    desk.pick("Cột “D”", "Di động");
    desk.sees("1 mới");
    desk.click("Nhập 1 người");
    desk.sees("Đã nhập 1 đầu mối: 1 mới, 0 thay đổi");
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
