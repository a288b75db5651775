//! Every room in both languages and all colours: nothing to stumble over, and a picture of each.

use crate::desk::{Home, Window};

const ROOMS: [(&str, &str); 6] = [
    ("now", "Alt+1"),
    ("roster", "Alt+2"),
    ("directory", "Alt+3"),
    ("incidents", "Alt+4"),
    ("log", "Alt+5"),
    ("settings", "Alt+6"),
];

/// Texts and controls that are wider than the place they have.
const CUT: &str = "
    return [...document.querySelectorAll('button, h1, h2, h3, th, .badge, kbd, label > span, dt')]
      .filter((e) => e.checkVisibility() && e.closest('.unseen, .cut, [title]') === null)
      .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 2 && getComputedStyle(e).display !== 'inline')
      .map((e) => e.innerText.slice(0, 60));";

fn look(desk: &Window<'_>, name: &str) {
    desk.holds(
        "return document.getAnimations().length === 0 && document.fonts.status === 'loaded'",
    );
    assert_eq!(desk.stumbles(), Vec::<String>::new(), "{name}");
    desk.picture(name);
    let cut = desk.js(CUT);
    assert_eq!(cut, serde_json::json!([]), "{name}: cut off");
    let wide = desk.js("return document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('.room')].every((e) => e.scrollWidth <= e.clientWidth)");
    assert_eq!(
        wide,
        serde_json::json!(true),
        "{name}: wider than the window"
    );
}

fn all_rooms(language: &str, theme: &str) {
    let home = Home::with_sample(language, theme);
    let mut desk = Window::open(&home);
    for (room, key) in ROOMS {
        desk.press(key);
        desk.holds(&format!(
            "return location.hash === '#/{room}' && document.querySelector('.room .sheet') !== null"
        ));
        look(&desk, &format!("{room}-{theme}-{language}"));
    }
    for page in ["people", "calls", "privacy", "handover"] {
        desk.js(&format!("location.hash = '#/{page}'"));
        desk.holds(&format!(
            "return document.querySelector('nav a[href=\"#/{page}\"][aria-current], .room textarea') !== null && document.querySelector('.room :is([role=list], .sheet) > *') !== null"
        ));
        look(&desk, &format!("{page}-{theme}-{language}"));
    }
    desk.size(1920, 1080);
    desk.press("Alt+1");
    desk.holds("return document.querySelector('.room .sheet') !== null");
    desk.picture(&format!("now-{theme}-{language}-1920"));
    desk.size(1366, 768);
    let pages = [
        ("person", "a[href^=\"#/person/\"]"),
        ("unit", "a[href^=\"#/unit/\"]"),
        ("incident", "a[href^=\"#/incident/\"]"),
    ];
    for (page, link) in pages {
        desk.press("Alt+1");
        desk.holds(&format!("return document.querySelector('{link}') !== null"));
        desk.js(&format!("document.querySelector('{link}').click()"));
        desk.holds(&format!(
            "return location.hash.startsWith('#/{page}/') && document.querySelector('.room .sheet') !== null"
        ));
        look(&desk, &format!("{page}-{theme}-{language}"));
    }
    for (form, key) in [
        ("find", "Ctrl+K"),
        ("open-incident", "Ctrl+Shift+N"),
        ("handbook", "F1"),
    ] {
        desk.press(key);
        desk.holds("return document.querySelector('dialog[open]') !== null");
        look(&desk, &format!("{form}-{theme}-{language}"));
        desk.press("Escape");
        desk.holds("return document.querySelector('dialog[open]') === null");
    }
}

#[test]
fn light_in_vietnamese() {
    all_rooms("vi", "light");
}

#[test]
fn dark_in_vietnamese() {
    all_rooms("vi", "dark");
}

#[test]
fn light_in_english() {
    all_rooms("en", "light");
}

#[test]
fn dark_in_english() {
    all_rooms("en", "dark");
}

#[test]
fn high_contrast() {
    all_rooms("vi", "contrast");
}

#[test]
fn at_twice_the_size() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    for _ in 0..10 {
        desk.press("Ctrl++");
    }
    desk.holds("return innerWidth === 683");
    for (room, key) in ROOMS {
        desk.press(key);
        desk.holds(&format!(
            "return location.hash === '#/{room}' && document.querySelector('.room .sheet') !== null"
        ));
        desk.picture(&format!("{room}-200"));
        let fits = desk.js("return document.documentElement.scrollWidth <= innerWidth");
        assert_eq!(fits, serde_json::json!(true), "{room} at 200 %");
    }
}

/// Whether the page is no wider than the window, and what stands over it lies within, with its
/// buttons.
const FITS: &str = "
    const inside = (e) => { const b = e.getBoundingClientRect(); return b.left >= 0 && b.top >= 0 && b.right <= innerWidth && b.bottom <= innerHeight; };
    return document.documentElement.scrollWidth <= innerWidth
      && [...document.querySelectorAll('.room')].every((e) => e.scrollWidth <= e.clientWidth)
      && inside(document.getElementById('quick-line'))
      && [...document.querySelectorAll('dialog[open], dialog[open] footer .btn')].every(inside)";

#[test]
fn in_the_smallest_window() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.size(720, 480);
    for (room, key) in ROOMS {
        desk.press(key);
        desk.holds(&format!(
            "return location.hash === '#/{room}' && document.querySelector('.room .sheet') !== null"
        ));
        desk.picture(&format!("{room}-small"));
        assert_eq!(desk.js(FITS), serde_json::json!(true), "{room}");
    }
    desk.press("Alt+1");
    desk.holds("return document.querySelector('#room .scroll') !== null");
    for (form, key) in [
        ("find", "Ctrl+K"),
        ("open-incident", "Ctrl+Shift+N"),
        ("keys", "F1"),
    ] {
        desk.press(key);
        desk.holds("return document.querySelector('dialog[open]') !== null");
        desk.picture(&format!("{form}-small"));
        assert_eq!(desk.js(FITS), serde_json::json!(true), "{form}");
        let bars = desk.js("return [...document.querySelectorAll('#room .scroll')].some((e) => getComputedStyle(e).overflowY !== 'hidden')");
        assert_eq!(bars, serde_json::json!(false), "scroll bars over {form}");
        desk.press("Escape");
        desk.holds("return document.querySelector('dialog[open]') === null");
    }
}
