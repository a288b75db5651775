//! First things first: what is to be done now is on the first screen, what is overdue is told until
//! it is done, and nobody closes the book over it unasked.

use serde_json::json;
use sotruc_core::clock::Instant;
use sotruc_core::incident::{Severity, Type};
use sotruc_core::{Logbook, NewIncident, Sending};
use std::fs;

use crate::desk::{Home, OFFICER, TONIGHT, Window};

/// The sample night with a serious incident of which two are to be told at once.
fn with_serious_incident() -> Home {
    let home = Home::with_sample("vi", "light");
    let path = home.path("home/sample/so-truc-mau.sotruc");
    let mut book = Logbook::open(&path, &home.installation()).expect("the sample opens");
    let at = Instant::parse(TONIGHT).expect("a moment");
    book.transact(OFFICER, at, |write| {
        // Our own unit is not told.
        write.set_setting("recipient.coordinator", "Văn phòng UBND tỉnh")?;
        for earlier in write.notices()?.iter().filter(|one| one.is_open(at)) {
            write.notice_sent(earlier.id, &Sending::default())?;
        }
        let unit = write.units()?.swap_remove(0).id;
        write.open_incident(NewIncident {
            title: "Trang thông tin của Tỉnh ủy bị chiếm quyền".to_owned(),
            unit,
            kind: Type::Takeover,
            severity: Some(Severity::Serious),
            detected: None,
        })
    })
    .expect("it is opened");
    home
}

/// How often the system was asked to tell the officer a text.
fn times_told(home: &Home, wanted: &str) -> usize {
    let told = fs::read_to_string(home.path("alerts")).unwrap_or_default();
    told.matches(wanted).count()
}

/// Every line of what is to be done first lies between the head and the line that is written.
const ON_THE_FIRST_SCREEN: &str = "
    const lines = [...document.querySelectorAll('.first li')];
    const above = document.getElementById('room').getBoundingClientRect().top;
    const below = document.querySelector('.quick').getBoundingClientRect().top;
    const box = document.querySelector('.first')?.getBoundingClientRect();
    return lines.length >= 5 && box.top >= above && box.bottom <= below && lines.every((line) => {
      const { top, bottom } = line.getBoundingClientRect();
      return top >= box.top && bottom <= box.bottom;
    });";

#[test]
fn what_is_to_be_done_now_is_on_the_first_screen() {
    let home = with_serious_incident();
    home.time("23/05/2016 02:42");
    let mut desk = Window::open(&home);
    desk.sees("Cần làm ngay");
    let rows = desk.js("return [...document.querySelectorAll('.first li')].map((e) => e.innerText.replace(/\\s+/g, ' '))");
    let rows: Vec<String> = serde_json::from_value(rows).expect("texts");
    let stands = |text: &str| {
        let found = rows.iter().position(|row| row.contains(text));
        found.unwrap_or_else(|| panic!("{text:?} in {rows:#?}"))
    };
    let order = [
        "Báo Công an tỉnh Đắk Lắk",
        "Xử lý DLK/2016-0006",
        "Không có người trực",
    ]
    .map(stands);
    assert!(order.is_sorted(), "{rows:#?}");
    assert!(rows[order[0]].contains("quá 12 phút"), "{rows:#?}");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    for (width, height) in [(1280, 720), (1366, 768), (1920, 1080), (900, 600)] {
        desk.size(width, height);
        desk.holds(ON_THE_FIRST_SCREEN);
        desk.picture(&format!("first-{width}"));
    }
    // Nobody is covered above who is not.
    desk.size(1366, 768);
    desk.holds(
        "const rows = [...document.querySelectorAll('.now tbody tr')].filter((e) => e.cells.length > 1);
         const bad = rows.map((e) => e.querySelector('.bad') !== null);
         return bad[0] && !bad.slice(bad.indexOf(false)).includes(true);",
    );
    // The first of them is told by a key.
    desk.press("Alt+B");
    desk.sees("Bằng cách nào");
    desk.press("Escape");
    for _ in 0..10 {
        desk.press("Ctrl++");
    }
    desk.holds("return innerWidth === 683");
    desk.picture("first-200");
    desk.holds(ON_THE_FIRST_SCREEN);
    // No name and no number is cut.
    desk.holds("return [...document.querySelectorAll('.first .grow:not(.subject), .first b, .first .number')].every((e) => e.scrollWidth <= e.clientWidth || getComputedStyle(e).display === 'inline')");
}

#[test]
fn what_is_overdue_is_told_again_until_it_rests() {
    let home = with_serious_incident();
    home.time("23/05/2016 02:42");
    let told = "Vẫn chưa báo Công an tỉnh Đắk Lắk";
    {
        let mut desk = Window::open(&home);
        desk.is_told("Quá hạn báo Công an tỉnh Đắk Lắk");
        home.time("23/05/2016 02:53");
        desk.is_told(told);
        desk.js("document.querySelector('.first a[href^=\"#/incident/\"]').click()");
        desk.sees("Hoãn nhắc…");
        let name = desk.js("return [...document.querySelectorAll('button')].find((e) => e.ariaLabel?.startsWith('Hoãn nhắc… Công an')).ariaLabel");
        desk.click(name.as_str().expect("a name"));
        desk.sees("Nhắc lại sau");
        assert_eq!(desk.stumbles(), Vec::<String>::new());
        desk.picture("snooze");
        desk.press("Ctrl+S");
        desk.sees("không được để trống");
        desk.fill("Lý do", "máy bận, đã cử người sang");
        desk.press("Ctrl+S");
        desk.sees("Đã hoãn nhắc báo Công an tỉnh Đắk Lắk");
        desk.sees("hoãn nhắc đến 03:23: máy bận, đã cử người sang");
        desk.press("Alt+5");
        desk.sees("Hoãn nhắc báo Công an tỉnh Đắk Lắk");
    }
    // It rests in the next program too; the other notice is told there as new.
    let before = times_told(&home, "Công an tỉnh Đắk Lắk");
    let others = times_told(&home, "Quá hạn báo Văn phòng UBND");
    home.time("23/05/2016 03:22");
    let desk = Window::open(&home);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while times_told(&home, "Quá hạn báo Văn phòng UBND") == others {
        assert!(std::time::Instant::now() < end, "the other one is told");
        std::thread::yield_now();
    }
    assert_eq!(times_told(&home, "Công an tỉnh Đắk Lắk"), before);
    home.time("23/05/2016 03:24");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while times_told(&home, "Công an tỉnh Đắk Lắk") == before {
        assert!(std::time::Instant::now() < end, "it is told after its rest");
        std::thread::yield_now();
    }
    drop(desk);
}

#[test]
fn closing_asks_while_somebody_is_to_be_told() {
    let home = with_serious_incident();
    let mut desk = Window::open(&home);
    let close = |desk: &mut Window<'_>| {
        desk.press("Ctrl+K");
        desk.types("dong chuong trinh");
        desk.holds("return document.querySelector('dialog[open] [aria-selected=true]')?.innerText.includes('Đóng chương trình')");
        desk.press("Enter");
        desk.sees("nơi phải báo");
    };
    close(&mut desk);
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("closing");
    desk.press("Escape");
    desk.holds("return document.querySelector('dialog[open]') === null");
    close(&mut desk);
    desk.click("Thu nhỏ, vẫn theo dõi");
    desk.holds("return document.querySelector('dialog[open]') === null");
    home.time("23/05/2016 02:42");
    desk.is_told("Quá hạn báo Công an tỉnh Đắk Lắk");
    close(&mut desk);
    desk.ends_by("[...document.querySelectorAll('dialog[open] button')].find((e) => e.innerText === 'Đóng hẳn').click()");
}

#[test]
fn nothing_to_tell_closes_at_once() {
    let home = Home::with_sample("vi", "light");
    let path = home.path("home/sample/so-truc-mau.sotruc");
    let book = Logbook::open(&path, &home.installation()).expect("the sample opens");
    let at = Instant::parse(TONIGHT).expect("a moment");
    let open = book.read(|book| Ok(book.notices()?.iter().any(|one| one.is_open(at))));
    assert_eq!(json!(open.expect("readable")), json!(false));
    let mut desk = Window::open(&home);
    desk.press("Ctrl+K");
    desk.types("dong chuong trinh");
    desk.holds("return document.querySelector('dialog[open] [aria-selected=true]')?.innerText.includes('Đóng chương trình')");
    desk.ends_by("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))");
}
