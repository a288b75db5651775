//! The roster's timeline: shifts are moved, exchanged and mended with the keys and the pointer.

use serde_json::json;

use crate::desk::{Home, Window};

/// A shift that is over, or one still to come with another before and after it.
const FIND: &str = "
    const past = arguments[0];
    const rows = [...document.querySelectorAll('.board .line')];
    const fitting = (row) => [...row.querySelectorAll('.cell.shift')].filter((e) => e.classList.contains('past') === past && e.offsetWidth > 20);
    const row = rows.find((row) => fitting(row).length > (past ? 0 : 2));
    const cell = row && fitting(row)[past ? 0 : 1];
    if (!cell) return null;
    cell.focus();
    return cell.dataset.key;";

fn roster(home: &Home) -> Window<'_> {
    let mut desk = Window::open(home);
    desk.press("Alt+2");
    // The hole that is listed last is of a unit that lays out shifts.
    desk.holds("return document.querySelector('.watch .place') !== null");
    desk.js("[...document.querySelectorAll('.watch .place')].at(-1).click()");
    desk.holds("return document.querySelector('.board .cell.shift') !== null");
    desk
}

#[track_caller]
fn focus(desk: &Window<'_>, past: bool) -> String {
    let found = desk.js_with(FIND, vec![json!(past)]);
    found.as_str().expect("there is such a shift").to_owned()
}

fn label(desk: &Window<'_>, key: &str) -> String {
    let label = desk.js_with(
        "return document.querySelector(`[data-key=\"${arguments[0]}\"]`).getAttribute('aria-label')",
        vec![json!(key)],
    );
    label.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_shift_is_moved_and_exchanged_with_the_keys() {
    let home = Home::with_sample("vi", "light");
    let mut desk = roster(&home);
    let key = focus(&desk, false);
    let before = label(&desk, &key);
    desk.press("Alt+ArrowRight");
    desk.sees("Đã xếp");
    desk.holds(&format!(
        "return document.querySelector('[data-key=\"{key}\"]').getAttribute('aria-label') !== {}",
        json!(before)
    ));
    desk.press("Ctrl+Z");
    desk.sees("Đã hoàn tác");
    desk.holds(&format!(
        "return document.querySelector('[data-key=\"{key}\"]').getAttribute('aria-label') === {}",
        json!(before)
    ));

    focus(&desk, false);
    // A letter is typed, wherever somebody stands.
    desk.press("s");
    desk.holds(
        "return document.activeElement.id === 'quick-line' && document.activeElement.value === 's'",
    );
    desk.press("Backspace");
    desk.press("Escape");
    focus(&desk, false);
    desk.press("Alt+s");
    desk.sees("Chọn ca để đổi với");
    assert_eq!(desk.stumbles(), Vec::<String>::new(), "while one is chosen");
    desk.press("Escape");
    desk.sees_no("Chọn ca để đổi với");
    desk.press("Alt+s");
    desk.press("ArrowRight");
    desk.press("Enter");
    desk.sees("Đã đổi ca");
    desk.picture("roster-swapped");
}

#[test]
fn what_is_over_is_mended_for_a_reason() {
    let home = Home::with_sample("vi", "light");
    let mut desk = roster(&home);
    let key = focus(&desk, true);
    desk.press("Alt+ArrowRight");
    desk.sees("Ca này đã qua: lý do sửa");
    assert_eq!(desk.stumbles(), Vec::<String>::new(), "the question");
    desk.fill("Lý do", "đổi giờ giao ca");
    desk.press("Enter");
    desk.press("Enter");
    desk.sees("Đã xếp");
    desk.sees_no("Hoàn tác");
    desk.holds(&format!(
        "return document.querySelector('[data-key=\"{key}\"]').getAttribute('aria-label').includes('đổi giờ giao ca')"
    ));
    desk.picture("roster-mended");
    desk.press("Alt+5");
    desk.sees("Sửa lịch trực đã qua");
}

#[test]
fn every_view_can_be_looked_at_by_everybody() {
    let home = Home::with_sample("vi", "light");
    let mut desk = roster(&home);
    focus(&desk, false);
    for view in ["Ngày", "Giờ"] {
        desk.press("=");
        desk.holds(&format!("return document.querySelector('.act [aria-checked=true]').innerText === '{view}' && document.querySelector('.board .cell') !== null"));
        assert_eq!(desk.stumbles(), Vec::<String>::new(), "{view}");
        desk.picture(&format!("roster-{view}"));
    }
    for _ in 0..3 {
        desk.press("-");
    }
    desk.holds("return document.querySelector('.act [aria-checked=true]').innerText === 'Cả đợt'");
    assert_eq!(desk.stumbles(), Vec::<String>::new(), "the whole period");
    desk.picture("roster-period");
}

/// Whether what was said lies over nothing of the room or of the line.
const BESIDE: &str = "
    const toast = document.querySelector('.toast')?.getBoundingClientRect();
    const others = ['#room', '.quick'].map((of) => document.querySelector(of).getBoundingClientRect());
    return toast !== undefined && others.every((box) => toast.bottom <= box.top + 1 || toast.top >= box.bottom - 1);";

#[test]
fn what_was_said_covers_nothing_and_goes_with_the_page() {
    let home = Home::with_sample("vi", "light");
    let mut desk = roster(&home);
    focus(&desk, false);
    desk.press("Alt+ArrowRight");
    desk.holds(BESIDE);
    desk.picture("said-beside");
    // What led to a page is still told there: this did not.
    desk.holds("window.said ??= performance.now(); return performance.now() - window.said > 1000");
    desk.press("Alt+4");
    desk.holds("return document.querySelector('#incidents') !== null");
    assert_eq!(
        desk.js("return document.querySelector('.toast') === null"),
        json!(true)
    );
}
