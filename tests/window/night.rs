//! A night on the sample province.

use crate::desk::{Home, OFFICER, Window};

#[test]
fn a_call_is_taken_with_few_keys() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.sees("Đang trực");
    desk.press("Ctrl+K");
    desk.types("cu mgar");
    desk.sees("UBND huyện Cư M'gar");
    // The number stands beside the first thing found.
    desk.holds("return document.querySelector('dialog aside .number') !== null");
    desk.press("Enter");
    desk.holds("return document.querySelector('h1')?.innerText.includes(\"Cư M'gar\")");
    desk.press("Ctrl+L");
    desk.types("Chị Tuyết báo trang chủ lại bị thay");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.types("Đã bảo rút dây mạng, giữ nguyên ổ đĩa");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-42");
    // What was written in the log is not undone, nor what was done before it.
    desk.press("Escape");
    desk.press("Ctrl+Z");
    desk.sees("sai thì đính chính");
    desk.press("Escape");
    desk.press("Ctrl+Shift+N");
    desk.types("Trang chủ bị thay lần hai");
    desk.press("Tab");
    desk.press("Tab");
    desk.types("thay doi giao dien");
    desk.press("Enter");
    desk.press("Ctrl+S");
    desk.holds("return location.hash.startsWith('#/incident/')");
    desk.sees("Trang chủ bị thay lần hai");
    desk.sees("DLK/2016-0006");
    assert!(desk.keys < 40, "{} keys beside the text", desk.keys);
}

#[test]
fn a_line_about_what_was_found() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+K");
    desk.types("cu mgar");
    desk.holds("return document.querySelector('dialog aside .number') !== null");
    desk.press("Ctrl+L");
    desk.sees("@ UBND huyện Cư M'gar");
    desk.holds("return document.activeElement.id === 'quick-line'");
    // At half past two in the morning that hour was yesterday's.
    desk.types("14h20 gọi không ai nghe");
    desk.sees("14:20 22/05");
    // Twelve hours late: it is asked why, once.
    desk.press("Enter");
    desk.sees("Vì sao ghi muộn");
    desk.types("trực ban quên ghi");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.sees("ghi muộn");
    desk.sees("gọi không ai nghe");
}

#[test]
fn an_incident_is_opened_told_and_closed() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Alt+4");
    desk.sees("DLK/2016-0002");
    desk.press("Ctrl+N");
    desk.fill("Sự việc", "Mất điện phòng máy");
    desk.fill("Đơn vị", "so y te");
    desk.sees("Sở Y tế");
    desk.press("Enter");
    desk.fill("Loại sự cố", "loi he thong");
    desk.press("Enter");
    desk.click("Trung bình");
    desk.press("Ctrl+S");
    desk.sees("Mất điện phòng máy");
    // A line that begins on its page is about it.
    desk.press("Ctrl+L");
    desk.sees("# DLK/2016-0006");
    desk.types("02h10 máy phát đã chạy ");
    desk.sees("02:10");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.holds("return [...document.querySelectorAll('ol li')].some((e) => e.innerText.includes('máy phát đã chạy') && e.innerText.includes('02:10'))");
    desk.click("Đã đóng");
    desk.sees("Còn thiếu");
    desk.click("Vẫn chuyển");
    desk.sees("Đóng lúc");
    desk.click("Hoàn tác");
    desk.sees_no("Đóng lúc");
}

#[test]
fn a_line_is_corrected_and_stays_readable() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Alt+5");
    desk.sees("Hết cà phê");
    desk.click("Đính chính dòng DLK-40");
    desk.fill("Nội dung đúng", "Mưa tạnh, phòng máy 24 độ.");
    desk.press("Ctrl+S");
    desk.sees("không được để trống");
    desk.fill("Lý do", "đọc nhầm nhiệt kế");
    desk.press("Ctrl+S");
    desk.sees("đã đính chính bằng DLK-41");
    desk.holds("return [...document.querySelectorAll('s')].some((e) => e.innerText.includes('Hết cà phê'))");
    desk.sees("sửa dòng DLK-40: đọc nhầm nhiệt kế");
}

#[test]
fn midnight_and_sleep_are_survived() {
    let home = Home::with_sample("vi", "light");
    home.time("23/05/2016 23:59");
    let desk = Window::open(&home);
    desk.sees("23:59");
    desk.sees("23/05/2016");
    home.time("24/05/2016 00:00");
    desk.sees("Thứ Ba, 24/05/2016");
    // Asleep for six hours: the watch has changed meanwhile.
    home.time("24/05/2016 06:30");
    desk.sees("06:30");
    desk.sees_no("đến 06:00");
}

/// Whatever was done since, any change of one's own is taken back from a list, and comes again.
#[test]
fn an_older_change_is_chosen_to_be_undone_and_done_again() {
    let home = Home::with_sample("vi", "light");
    let book = home.path("home/sample/so-truc-mau.sotruc");
    let book = book.display().to_string();
    for name in ["UBND xã Thử Một", "UBND xã Thử Hai"] {
        let add = ["unit", "add", "--name", name, "--group", "commune"];
        home.terminal(&[&["--store", &book, "--operator", OFFICER], &add[..]].concat());
    }
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    desk.types("Gọi thử, nghe rõ");
    desk.press("Enter");
    desk.press("Escape");
    desk.press("Ctrl+Z");
    desk.sees("Việc đã làm");
    desk.sees("UBND xã Thử Hai");
    desk.picture("own-changes");
    let row = "[...document.querySelectorAll('dialog li')].find((row) => row.innerText.includes('Thử Một'))";
    desk.js(&format!("{row}.querySelector('button').click()"));
    desk.sees("Đã hoàn tác: UBND xã Thử Một");
    desk.holds(&format!(
        "return {row}.querySelector('button').innerText === 'Làm lại'"
    ));
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.js(&format!("{row}.querySelector('button').click()"));
    desk.sees("Đã làm lại: UBND xã Thử Một");
    desk.holds(&format!(
        "return {row}.querySelector('button').innerText === 'Hoàn tác'"
    ));
    // What was chosen last is not what the key means.
    desk.press("Escape");
    desk.press("Ctrl+Y");
    desk.sees("Việc đã làm");
}
