//! The night watch: a call becomes a line becomes a serious incident; who must be told is told by
//! when; the watch is handed over.

use crate::desk::{Home, Window};
use std::fs;

#[test]
fn a_call_becomes_a_line_becomes_a_serious_incident_with_notices() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let mut strokes = 0;
    let mut types = |desk: &mut Window<'_>, text: &str| {
        strokes += text.chars().count();
        desk.types(text);
    };
    let keys = desk.keys;
    desk.press("Ctrl+L");
    types(&mut desk, "@cu mgar");
    desk.holds(
        "return document.querySelector('#quick-suggestions')?.innerText.includes('huyện Cư M')",
    );
    desk.press("Enter");
    desk.sees("@ UBND huyện Cư M'gar");
    types(&mut desk, "mat cong dvc");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.press("Ctrl+Shift+N");
    desk.holds("return document.querySelector('dialog[open] input')?.value === 'mat cong dvc'");
    desk.press("Tab");
    desk.press("Tab");
    types(&mut desk, "giao dien");
    desk.press("Enter");
    desk.press("Ctrl+S");
    desk.sees("Đã mở sự cố DLK/2016-0006");
    desk.sees("Theo Kỳ bầu cử");
    desk.press("Alt+R");
    desk.sees("Gây gián đoạn hoặc ảnh hưởng đến công tác bầu cử");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    // Without a decision it goes there, and what is missing is in sight.
    desk.click("Ghi quyết định");
    desk.holds("
        const now = document.activeElement, said = document.querySelector('dialog[open] .refused')?.getBoundingClientRect();
        return now.role === 'radio' && !now.closest('.questions') && said !== undefined
          && said.bottom <= document.querySelector('dialog[open] footer').getBoundingClientRect().top + 1;");
    desk.js("document.querySelector('dialog[open] .question [tabindex=\"0\"]').focus()");
    desk.press("Alt+C");
    desk.holds("return document.querySelector('dialog[open] [role=status]')?.innerText.includes('Nghiêm trọng')");
    desk.picture("severity");
    desk.press("Ctrl+S");
    desk.sees("Đã đánh giá Nghiêm trọng; phải báo 1 nơi");
    let pressed = desk.keys - keys + strokes;
    assert!(pressed < 60, "{pressed} keystrokes");
    desk.sees("Công an tỉnh Đắk Lắk");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("serious");

    // Who coordinates is our own unit here.
    desk.sees("Báo ngay sự cố nghiêm trọng: là đơn vị mình, không phải báo");

    // It is due now; after its grace it is overdue, and the system is asked to say so.
    home.time("2016-05-23T02:32:00+07:00");
    desk.sees("cần báo ngay · đã 2 phút");
    home.time("2016-05-23T02:42:00+07:00");
    desk.sees("quá 12 phút");
    desk.is_told("Quá hạn báo Công an tỉnh Đắk Lắk");

    desk.press("Alt+1");
    desk.sees("Phải báo");
    desk.picture("now-overdue");

    desk.press("Alt+B");
    desk.sees("Bằng cách nào");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("notice-sent");
    desk.press("Ctrl+S");
    desk.sees("Đã ghi: đã báo");
    desk.sees_no("Báo Công an tỉnh Đắk Lắk");
}

#[test]
fn the_watch_is_handed_over_to_somebody_else() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+Shift+H");
    desk.sees("Bản bàn giao soạn sẵn");
    desk.sees("Không có người trực trong 12 giờ tới");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    // Nobody hands over to themselves.
    desk.fill("Người nhận", "Đoàn Ngọc Ánh");
    desk.press("Tab");
    desk.press("Ctrl+S");
    desk.sees("phải là người khác người giao");
    desk.fill("Người nhận", "Trần Quang Huy");
    desk.press("Enter");
    desk.fill("Người giao ghi thêm", "UPS pin 62%");
    desk.press("Ctrl+S");
    desk.sees("Đã bàn giao ca cho Trần Quang Huy");
    desk.picture("handover");
    desk.click("Nhận ca…");
    desk.fill("Người nhận", "Đoàn Ngọc Ánh");
    desk.press("Ctrl+S");
    desk.sees("phải là người khác người giao");
    desk.fill("Người nhận", "Trần Quang Huy");
    desk.fill("Ý kiến", "thiếu bộ sạc");
    desk.press("Ctrl+S");
    desk.sees("Từ giờ Trần Quang Huy ghi sổ trên máy này");
    desk.sees("Đã nhận, có ý kiến");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    // What stands on paper is what the rules for paper make of it: room for two to sign in.
    desk.js(
        "for (const { cssRules } of document.styleSheets)
           for (const { media } of cssRules)
             if (media) media.mediaText = { print: 'all', screen: 'not all' }[media.mediaText] ?? media.mediaText;",
    );
    desk.holds("return document.querySelector('body > .printed').checkVisibility()");
    desk.holds(
        "const gap = (e) => e.nextElementSibling.getBoundingClientRect().top - e.getBoundingClientRect().bottom;
         const signs = [...document.querySelectorAll('.printed .sign')];
         return signs.length === 2 && signs.every((e) => gap(e) > 75);",
    );
    desk.picture("handover-paper");
}

#[test]
fn a_file_is_attached_and_comes_back_as_it_was() {
    let home = Home::with_sample("vi", "light");
    let picture = home.path("màn hình.png");
    let bytes: Vec<u8> = (0..=255u8).cycle().take(5000).collect();
    fs::write(&picture, &bytes).expect("writable");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    home.choose(&picture);
    desk.press("Ctrl+Shift+A");
    desk.sees("màn hình.png");
    desk.types("chụp trang bị thay");
    desk.press("Enter");
    desk.sees("Đã ghi DLK-41");
    desk.press("Alt+5");
    desk.sees("chụp trang bị thay");
    let saved = home.path("lấy lại.png");
    home.choose(&saved);
    desk.click("Lưu tệp màn hình.png");
    desk.sees("Đã lưu tệp vào");
    assert_eq!(fs::read(&saved).expect("the file"), bytes);
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("log-files");
}

/// A copy that cannot be made is told over the rooms, and keeps nobody from the book.
#[test]
fn work_that_nobody_waits_for_fails_aloud() {
    let home = Home::with_sample("vi", "light");
    let book = home.path("home/sample/so-truc-mau.sotruc");
    // No folder can be made where a file is.
    let copies = home.path("home/sample/so-truc-mau.sotruc.backups");
    fs::write(&copies, "").expect("writable");
    let mut desk = Window::open(&home);
    desk.sees("Chưa sao lưu được sổ hôm nay.");
    desk.sees("Văn phòng Tỉnh ủy");
    desk.picture("trouble");
    desk.press("Alt+6");
    desk.sees(&book.display().to_string());
    desk.sees("so-truc.log");
    fs::remove_file(&copies).expect("ours");
    desk.press("Ctrl+L");
    desk.types("Đã dọn ổ đĩa");
    desk.press("Enter");
    desk.holds("return !document.body.innerText.includes('Chưa sao lưu được')");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
}

/// A book of an older program is brought to this one's form, and it is said where its copy lies.
#[test]
fn an_older_book_is_upgraded_aloud() {
    let home = Home::new();
    let book = home.path("home/cu.sotruc");
    fs::create_dir_all(home.path("home")).expect("writable");
    let older = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/schema-1.sotruc"
    );
    fs::copy(older, &book).expect("it comes with the tests");
    home.remember(&book, "vi", "light");
    let desk = Window::open(&home);
    desk.sees("đã được nâng cấp");
    desk.sees("cu.sotruc.backups");
    desk.picture("upgraded");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
}

/// A damaged book that is chosen takes no other's place: the rooms stay those of the one that is
/// open, and why is said once.
#[test]
fn a_damaged_book_takes_no_others_place() {
    let home = Home::with_sample("vi", "light");
    let sample = fs::read(home.path("home/sample/so-truc-mau.sotruc")).expect("it was made");
    let damaged = home.path("hong.sotruc");
    let mut bytes = sample.clone();
    let (from, to) = (bytes.len() / 8, bytes.len() * 7 / 8);
    bytes[from..to].fill(0xa5);
    fs::write(&damaged, bytes).expect("writable");
    let mut desk = Window::open(&home);
    desk.sees("Văn phòng Tỉnh ủy");
    home.choose(&damaged);
    desk.press("Alt+6");
    desk.click("Mở sổ khác…");
    desk.holds("return document.body.innerText.split('ệp sổ bị hỏng').length === 2");
    desk.sees("so-truc-mau.sotruc");
    desk.press("Alt+1");
    desk.sees("Văn phòng Tỉnh ủy");
    desk.press("Alt+5");
    desk.sees("Cổng tỉnh, thư công vụ");
}
