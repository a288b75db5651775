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

/// Names, numbers of incidents and telephone numbers that are cut or covered, what lies over
/// choices, and what scrolls sideways.
const LOST: &str = "
    const found = [];
    const clips = (style, axis) => style[`overflow${axis}`] !== 'visible';
    const rolls = (style) => ['auto', 'scroll'].includes(style.overflowY);
    for (const e of document.querySelectorAll('#room .number, #room td a.link, #room .line .name > a, #room .first b, #room .item .faint.end, #room .author, #incidents td:nth-child(2)')) {
      if (!e.checkVisibility()) continue;
      const text = document.createRange();
      text.selectNodeContents(e);
      for (const part of text.getClientRects()) {
        if (part.width < 2) continue;
        let within = true, rolled = false, cut = false;
        for (let up = e; up && up !== document.body; up = up.parentElement) {
          const style = getComputedStyle(up), box = up.getBoundingClientRect();
          if (style.display === 'inline') continue;
          if (clips(style, 'X') && (part.left < box.left - 1 || part.right > box.right + 1)) cut = true;
          if (clips(style, 'Y') && !rolled && !rolls(style) && part.top + part.height / 2 > box.bottom) cut = true;
          if (rolls(style)) rolled = true;
          if (clips(style, 'Y') && (part.top < box.top || part.bottom > box.bottom)) within = false;
        }
        if (cut) found.push(`cut: ${e.innerText}`);
        const top = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2);
        if (within && top && !e.contains(top) && !top.contains(e)) found.push(`covered: ${e.innerText} by ${top.outerHTML.slice(0, 80)}`);
      }
    }
    for (const e of document.querySelectorAll('#room [role=radio], #room .title .btn')) {
      const box = e.getBoundingClientRect();
      const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (box.right > innerWidth || (top && !e.contains(top) && document.getElementById('room').contains(top))) found.push(`choice: ${e.innerText}`);
    }
    const wide = [document.documentElement, ...document.querySelectorAll('#room .room, #room .scroll')];
    for (const e of wide) if (!e.closest('.board') && e.scrollWidth > e.clientWidth + 1) found.push(`sideways: ${e.className || e.tagName}`);
    return [...new Set(found)];";

#[test]
fn nothing_looked_for_is_cut() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let mut lost = Vec::new();
    let mut zoom = 100;
    for wanted in [100, 120, 130, 150, 200] {
        while zoom < wanted {
            desk.press("Ctrl++");
            zoom += 10;
        }
        for (width, height) in [(960, 740), (1280, 720), (1366, 768)] {
            desk.size_at(width, height, zoom);
            let mut look = |desk: &Window<'_>, page: &str| {
                desk.picture(&format!("{page}-{width}-{zoom}"));
                let found = desk.js(LOST);
                if found != serde_json::json!([]) {
                    lost.push(format!("{page} at {width}x{height}, {zoom} %: {found}"));
                }
            };
            for (room, key) in &ROOMS[..5] {
                desk.press(key);
                desk.holds(&format!(
                    "return location.hash === '#/{room}' && document.querySelector('.room .sheet') !== null && document.fonts.status === 'loaded'"
                ));
                look(&desk, room);
            }
            desk.press("Alt+4");
            desk.holds("return document.querySelector('#incidents a.open') !== null");
            desk.js("document.querySelector('#incidents a.open').click()");
            desk.holds("return document.querySelector('#room #notices') !== null");
            look(&desk, "incident");
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
