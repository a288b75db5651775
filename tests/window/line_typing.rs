//! What the quick line, and lists that are chosen from, make of keys that come faster than anything is
//! looked up.

use crate::desk::{Home, Window};
use crate::unikey::burst;
use serde_json::json;

/// Types into the quick line, and waits until it holds this.
#[track_caller]
fn line(desk: &Window<'_>, keys: &str, text: &str, caret: usize) {
    desk.acts(burst(keys));
    let now = desk.js_async(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => {
           const e = document.getElementById('quick-line'); done([document.activeElement === e, e.value, e.selectionStart]); }))",
        Vec::new(),
    );
    assert_eq!(now, json!([true, text, caret]), "{keys:?}");
}

#[test]
fn a_time_is_taken_out_of_the_line_and_nothing_else() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let no_chip = "return document.querySelector('.quick .chip') === null";
    desk.press("Ctrl+L");
    line(&desk, "2h go⌫⌫gọi d⌫đi", "gọi đi", 6);
    desk.sees("02:00");
    // A time goes with the last of its words.
    line(&desk, "⌫⌫⌫⌫⌫⌫", "", 0);
    desk.holds(no_chip);
    line(&desk, "⌫⌫", "", 0);
    line(&desk, "2h10 d⌫đ", "đ", 1);
    desk.sees("02:10");
    // Back in the words it is a time again as soon as anything else is typed.
    line(&desk, "←⌫", "2h10 đ", 4);
    desk.holds(no_chip);
    line(&desk, "→→a⌫ấ", "đấ", 2);
    desk.sees("02:10");
    // Declined, it stays where the words are.
    desk.js("document.querySelector('.quick .chip button').click()");
    line(&desk, "→→→a", "2h10 đấa", 8);
    desk.holds(no_chip);
    desk.press("Escape");
    desk.press("Ctrl+L");

    // A word that begins like a time is mended behind it.
    desk.js("const e = document.getElementById('quick-line'); e.select()");
    line(&desk, "7hà nội", "7hà nội", 7);
    line(&desk, "←←←←⌫", "7h nội", 2);
    line(&desk, "ạ", "7hạ nội", 3);
}

#[test]
fn backspace_before_the_line_puts_what_stands_there_back_into_words() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let chip = "return document.querySelector('.quick .chip') !== null";
    let none = "return document.querySelector('.quick .chip') === null";
    desk.press("Ctrl+L");
    // Enter comes before what is looked up.
    line(&desk, "@cu mgar↵", "", 0);
    desk.sees("@ UBND huyện Cư M'gar");
    line(&desk, "a⌫â", "â", 1);
    desk.holds(chip);
    // No letter is eaten but before the caret.
    line(&desk, "←⌫", "@UBND huyện Cư M'gar â", 20);
    desk.holds(none);
    line(&desk, "⌫⌫", "@UBND huyện Cư M'g â", 18);
    // As when it is typed, it is taken from the list.
    line(&desk, "↵", "â", 0);
    desk.sees("@ UBND huyện Cư M'gar");
    // A key held down stops at the words.
    desk.js("const e = document.getElementById('quick-line');
        for (let n = 0; n < 5; n++) e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Backspace', repeat: true, bubbles: true }))");
    desk.holds(chip);
    desk.click("Bỏ @ UBND");
    desk.holds(none);
    desk.press("Ctrl+Z");
    desk.holds(chip);
}

#[test]
fn a_time_that_was_put_back_is_one_again_when_it_is_typed_anew() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+L");
    line(&desk, "2h10 gọi", "gọi", 3);
    desk.sees("02:10");
    line(&desk, "←←←⌫", "2h10 gọi", 4);
    line(&desk, "⌫⌫⌫⌫", " gọi", 0);
    line(&desk, "2h10 ", " gọi", 0);
    desk.sees("02:10");
}

#[test]
fn the_line_is_typed_right_after_a_room_was_gone_to() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    for (room, key) in [("log", "Alt+5"), ("directory", "Alt+3"), ("now", "Alt+1")] {
        desk.press(key);
        desk.press("Ctrl+L");
        desk.acts(burst("d⌫đa⌫â"));
        desk.holds(&format!("return location.hash === '#/{room}' && document.getElementById('quick-line').value === 'đâ'"));
        desk.js("document.getElementById('quick-line').select()");
    }
}

#[test]
fn what_is_chosen_is_what_the_last_letters_find() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("Ctrl+Shift+N");
    desk.holds("return document.querySelector('dialog[open] input') !== null");
    desk.field("Sự việc");
    desk.acts(burst("ma⌫át⌫⌫ất die⌫⌫iên⌫⌫ện⇥so⌫ở y te⌫⌫tế⇥giao dien⇥"));
    desk.holds(
        "const values = [...document.querySelectorAll('dialog[open] input')].map((e) => e.value);
        return values[0] === 'mất điện' || values[0] === 'mất diện'",
    );
    desk.holds("return [...document.querySelectorAll('dialog[open] input')].some((e) => e.value === 'Sở Y tế')");
    // Another one is chosen though the field had one.
    desk.field("Đơn vị");
    desk.acts(burst("cu mgar⇥"));
    desk.holds("return [...document.querySelectorAll('dialog[open] input')].some((e) => e.value === \"UBND huyện Cư M'gar\")");
}
