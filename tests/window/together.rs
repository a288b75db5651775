//! The window beside other programs, and from one start to the next.

use crate::desk::{Home, Window};
use sotruc_core::Logbook;

#[test]
fn what_the_terminal_writes_appears() {
    let home = Home::with_sample("vi", "light");
    let desk = Window::open(&home);
    desk.sees("Dòng mới nhất");
    let book = home.path("home/sample/so-truc-mau.sotruc");
    home.terminal(&[
        "--store",
        &book.display().to_string(),
        "log",
        "add",
        "Dòng này do dòng lệnh ghi",
    ]);
    desk.sees("Dòng này do dòng lệnh ghi");
    desk.sees("41 dòng");
}

#[test]
fn what_was_typed_outlives_the_program() {
    let home = Home::with_sample("vi", "light");
    {
        let mut desk = Window::open(&home);
        desk.press("Ctrl+L");
        desk.types("Đang nghe điện thoại thì");
        desk.press("Ctrl+Shift+N");
        desk.fill("Sự việc", "Chưa rõ là gì");
        desk.press("Escape");
        desk.holds("return document.querySelector('dialog[open]') === null");
    }
    let mut desk = Window::open(&home);
    desk.holds("return document.getElementById('quick-line').value === 'Đang nghe điện thoại thì'");
    desk.press("Ctrl+Shift+N");
    desk.holds("return document.querySelector('dialog input').value === 'Chưa rõ là gì'");
    // Nothing of it is in the book.
    let book = Logbook::open(
        &home.path("home/sample/so-truc-mau.sotruc"),
        &home.installation(),
    );
    let count = book.and_then(|book| book.read(|reader| reader.entry_count()));
    assert_eq!(count.expect("readable"), 40);
}
