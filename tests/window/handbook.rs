//! The handbook in the window: opened, searched, printed; and its pictures of a first day.

use serde_json::{Value as Json, json};
use sotruc_core::sample;
use std::fs;
use std::path::Path;

use crate::desk::{Home, Window};

/// What the window says, by the key of the message.
struct Words(Json);

impl Words {
    fn of(language: &str) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../assets/messages/{language}.json"));
        let text = fs::read_to_string(file).expect("a catalogue");
        Self(serde_json::from_str(&text).expect("JSON"))
    }

    fn say(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_else(|| panic!("no {key}"))
    }

    fn say_n(&self, key: &str, n: usize) -> String {
        let many = self.say(key).split('|').next_back().expect("a form");
        many.replace("{n}", &n.to_string())
    }
}

const OPEN: &str = "return document.querySelector('dialog[open] article .prose h1') !== null";
const TITLE: &str = "document.querySelector('dialog[open] article > .prose h1')?.innerText";

fn title_is(title: &str) -> String {
    format!("return {TITLE} === {}", json!(title))
}

/// A first day from nothing to the first handover, with a picture of each step.
fn first_day(language: &str) {
    let words = Words::of(language);
    let home = Home::new();
    home.time("13/05/2016 07:30");
    home.speak(language);
    let units = home.path("don-vi.csv");
    let people = home.path("dau-moi.csv");
    fs::write(&units, sample::UNITS).expect("writable");
    fs::write(&people, sample::PEOPLE).expect("writable");
    let mut desk = Window::open(&home);
    desk.size(1120, 700);
    let illustrate = |desk: &Window<'_>, step: usize| {
        desk.holds("document.querySelectorAll('.toast .square').forEach((close) => close.click()); return document.querySelector('.toast') === null && document.getAnimations().length === 0 && document.fonts.status === 'loaded'");
        desk.shot().illustrates(&format!("{language}-{step}"));
    };
    illustrate(&desk, 1);

    desk.click(words.say("ui_begin"));
    desk.fill(
        words.say("ui_own_unit_name"),
        "Sở Thông tin và Truyền thông",
    );
    desk.fill(words.say("ui_place_name"), "Phòng trực");
    desk.fill(words.say("ui_your_name"), "Đoàn Ngọc Ánh");
    desk.fill(words.say("ui_site_code"), "DLK");
    // The folder of a test is nobody's usual place.
    desk.js(r"document.querySelector('[aria-labelledby=file-label] .select, #file-label + .row .select').textContent = String.raw`C:\Users\ngocanh\AppData\Local\so-truc\so-truc.sotruc`");
    illustrate(&desk, 2);
    desk.click(words.say("ui_make_book"));
    desk.holds("return location.hash === '#/now' || document.querySelector('nav.rail') !== null");

    desk.press("Alt+3");
    home.choose(&units);
    desk.click(words.say("ui_import_menu"));
    desk.click(words.say("ui_import_list_units"));
    desk.sees("don-vi.csv");
    desk.sees("Ban Tổ chức Tỉnh ủy");
    illustrate(&desk, 3);
    desk.click(&words.say_n("ui_import_go_units", 51));
    desk.holds("return location.hash === '#/directory'");
    desk.sees("Văn phòng Tỉnh ủy");

    desk.press("Alt+2");
    desk.click(words.say("ui_add_period"));
    desk.fill(words.say("field_name"), "Bầu cử 2016");
    desk.fill(words.say("field_from"), "16/05/2016");
    desk.fill(words.say("field_to"), "25/05/2016");
    illustrate(&desk, 4);
    desk.press("Ctrl+S");
    desk.holds("return document.querySelector('dialog[open]') === null");

    desk.press("Alt+3");
    home.choose(&people);
    desk.click(words.say("ui_import_menu"));
    desk.click(words.say("ui_import_list_people"));
    desk.sees("dau-moi.csv");
    desk.sees("Ban Tổ chức Tỉnh ủy");
    illustrate(&desk, 5);
    desk.click(&words.say_n("ui_import_go_people", 118));
    desk.holds("return location.hash === '#/directory'");
    desk.sees("Văn phòng Tỉnh ủy");
    desk.click(words.say("ui_not_sent_yet"));
    illustrate(&desk, 6);

    desk.press("Alt+2");
    desk.click(words.say("ui_lay_out"));
    desk.sees(words.say("ui_rota_proposal"));
    desk.click(words.say("ui_pattern_1x24"));
    desk.holds("return document.querySelector('[aria-busy=true]') === null");
    illustrate(&desk, 7);
    desk.press("Escape");
    desk.press("Escape");

    desk.press("Alt+1");
    desk.press("Ctrl+L");
    desk.types("@cu mgar");
    desk.holds(
        "return document.querySelector('#quick-suggestions')?.innerText.includes('huyện Cư M')",
    );
    desk.press("Enter");
    desk.types("Trang chủ huyện bị thay ảnh, chị Tuyết báo");
    illustrate(&desk, 8);
    desk.press("Enter");
    desk.sees("DLK-1");

    desk.press("Ctrl+Shift+N");
    desk.press("Tab");
    desk.press("Tab");
    desk.types(words.say("type_T05"));
    desk.press("Enter");
    desk.press("Ctrl+S");
    desk.holds("return location.hash.startsWith('#/incident/') && document.querySelector('dialog[open]') === null && document.querySelector('.room .sheet') !== null");
    desk.press("Alt+R");
    desk.holds("return document.querySelector('dialog[open] [role=radio], dialog[open] [role=radiogroup]') !== null");
    desk.press(&format!("Alt+{}", &words.say("ui_answer_yes")[..1]));
    desk.press("Ctrl+S");
    desk.sees("Công an tỉnh Đắk Lắk");
    desk.js_with(
        "[...document.querySelectorAll('h2')].find((e) => e.innerText.startsWith(arguments[0])).scrollIntoView({ block: 'start' })",
        vec![json!(words.say("ui_to_tell"))],
    );
    illustrate(&desk, 9);

    desk.press("Ctrl+Shift+H");
    desk.sees(words.say("ui_handover_draft"));
    desk.fill(words.say("field_receiver"), "Trần Quang Huy");
    desk.press("Enter");
    illustrate(&desk, 10);
    desk.press("Ctrl+S");
    // Nobody of that name writes in the book yet.
    desk.press("Ctrl+S");
    desk.sees(words.say("ui_receive"));
}

#[test]
fn a_first_day_looks_as_the_handbook_shows() {
    first_day("vi");
}

#[test]
fn a_first_day_in_english_looks_as_the_handbook_shows() {
    first_day("en");
}

#[test]
fn the_handbook_opens_at_the_room_and_gives_the_hand_back() {
    for (language, room, page, heading) in [
        ("vi", "Nhật ký", "Khi có chuyện", "Lấy lại sổ hôm qua"),
        (
            "en",
            "Log",
            "When something happens",
            "Yesterday's book back",
        ),
    ] {
        let home = Home::with_sample(language, "light");
        let mut desk = Window::open(&home);
        desk.press("Alt+5");
        desk.holds(
            "return location.hash === '#/log' && document.querySelector('.room .sheet') !== null",
        );
        desk.press("Ctrl+L");
        desk.types("đang gõ dở");
        desk.press("F1");
        desk.holds(OPEN);
        desk.holds(&title_is(room));
        assert_eq!(desk.stumbles(), Vec::<String>::new());
        // The keys of the room stand beside its page.
        desk.holds("return document.querySelector('dialog[open] .keys')?.innerText.includes('@')");
        desk.click(page);
        desk.click(heading);
        desk.holds(&title_is(page));
        desk.holds("return location.hash === '#/log'");
        desk.press("Alt+ArrowLeft");
        desk.press("Alt+ArrowLeft");
        desk.holds(&title_is(room));
        desk.press("Escape");
        desk.holds("return document.querySelector('dialog[open]') === null && document.activeElement.id === 'quick-line'");
    }
}

#[test]
fn the_handbook_is_searched_by_keyboard_without_accents() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    desk.press("F1");
    desk.holds(OPEN);
    desk.types("mat may");
    desk.holds(
        "return document.querySelector('#handbook-0')?.innerText.includes('Mất máy, mất USB')",
    );
    desk.holds("return document.querySelectorAll('#handbook-0 mark').length >= 2");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.press("Enter");
    desk.holds(&title_is("Khi có chuyện"));
    desk.holds("const heading = document.getElementById('trouble/mất-máy-mất-usb'); const article = document.querySelector('dialog[open] article'); const top = heading.getBoundingClientRect().top - article.getBoundingClientRect().top; return top >= 0 && top < 200");
    desk.holds("return document.querySelectorAll('article mark').length > 2");
    desk.picture("handbook-found");
    desk.press("PageDown");
    desk.press("ArrowDown");
    desk.press("Enter");
    // Letters are looked for wherever somebody stands.
    desk.js("document.querySelector('dialog[open] article').focus()");
    desk.types("mat dien");
    desk.holds("return document.activeElement.value === 'mat dien' && document.querySelector('#handbook-0')?.innerText.includes('Mất điện')");
    desk.press("Escape");
    desk.holds("return document.querySelector('dialog[open]') === null");
    // It is found among everything else, too.
    for (words, heading, page) in [
        ("khoi phuc", "Khôi phục", "Sao lưu, lấy lại bản sao"),
        ("in bang truc", "In bảng trực", "Lịch trực"),
    ] {
        desk.press("Ctrl+K");
        desk.types(words);
        desk.click(heading);
        desk.holds(&title_is(page));
        desk.press("Escape");
    }
}

#[test]
fn the_handbook_is_there_without_a_book_and_where_a_book_was_refused() {
    let home = Home::new();
    let broken = home.path("home/hong.sotruc");
    fs::create_dir_all(home.path("home")).expect("writable");
    fs::write(&broken, "no book").expect("writable");
    home.remember(&broken, "vi", "light");
    let mut desk = Window::open(&home);
    desk.click("Xem sổ tay: Tệp sổ bị hỏng");
    desk.holds(&title_is("Khi có chuyện"));
    desk.press("Escape");
    desk.click("Sổ tay");
    desk.holds(&title_is("Ngày đầu, trong mười hình"));
    desk.holds("return [...document.querySelectorAll('article img')].every((e) => e.complete && e.naturalWidth === 1120)");
    desk.picture("handbook-welcome");
    desk.press("F1");
    desk.holds("return document.querySelector('dialog[open]') === null");
    desk.press("F1");
    desk.holds(OPEN);
}

#[test]
fn the_handbook_is_printed_as_one_document() {
    for language in ["vi", "en"] {
        let home = Home::with_sample(language, "dark");
        let mut desk = Window::open(&home);
        desk.press("F1");
        desk.holds(OPEN);
        desk.js("window.print = () => { window.prints = (window.prints ?? 0) + 1; }");
        desk.press("Ctrl+p");
        desk.holds("return window.prints === 1");
        let paper = desk.js(
            "const paper = document.querySelectorAll('body > .printed.alone');
             const pages = [...paper[0].querySelectorAll('.prose > h1')].map((e) => e.id);
             const sheets = [...paper[0].children];
             const contents = [...sheets[0].querySelectorAll('a')].map((e) => e.getAttribute('href').slice(1));
             const broken = [...paper[0].querySelectorAll('img')].filter((e) => e.naturalWidth === 0).length;
             const sheetOf = (id) => sheets.findIndex((sheet) => [...sheet.querySelectorAll('[id]')].some((e) => e.id === id)) + 1;
             const astray = [...paper[0].querySelectorAll('a[href]')].filter((e) => !e.hash.startsWith('#guide') && !new RegExp(`[( ]${sheetOf(decodeURIComponent(e.hash.slice(1)))}[)]$`).test(e.textContent)).map((e) => e.textContent);
             return [paper.length, JSON.stringify(pages) === JSON.stringify(contents), pages.length, broken, astray];",
        );
        assert_eq!(paper[0], json!(1));
        assert_eq!(
            paper[1],
            json!(true),
            "the contents name every page in order"
        );
        assert!(paper[2].as_u64().expect("a count") > 15);
        assert_eq!(paper[3], json!(0), "pictures that are not there");
        assert_eq!(paper[4], json!([]), "links that name another sheet");
        desk.press("Ctrl+p");
        desk.holds("return window.prints === 2 && document.querySelectorAll('body > .printed').length === 1");
        // What stands on paper is what the rules for paper make of it.
        desk.js(
            "for (const { cssRules } of document.styleSheets)
               for (const { media } of cssRules)
                 if (media) media.mediaText = { print: 'all', screen: 'not all' }[media.mediaText] ?? media.mediaText;",
        );
        desk.holds("return !document.querySelector('dialog').checkVisibility() && !document.querySelector('nav').checkVisibility()");
        desk.holds("const paper = document.querySelector('body > .alone'); return paper.checkVisibility() && paper.scrollWidth <= paper.clientWidth");
        let sheets = desk.js(
            "const sheets = [...document.querySelectorAll('.sheet-of-paper > div')];
             const low = (e) => [...e.querySelectorAll('p, li, tr, pre, img, h2')].map((e) => e.getBoundingClientRect().bottom);
             const cut = sheets.filter((e) => Math.max(...low(e)) > e.getBoundingClientRect().bottom + 1).length;
             const left = sheets.filter((e) => e.lastElementChild.lastElementChild.matches('h1, h2, h3')).length;
             return [sheets.length, cut, left];",
        );
        assert!(sheets[0].as_u64().expect("a count") > 40);
        assert_eq!(sheets[1], json!(0), "sheets whose last lines are cut off");
        assert_eq!(sheets[2], json!(0), "headings alone at the end of a sheet");
        desk.picture(&format!("handbook-paper-{language}"));
        desk.js("document.querySelector('body > .alone').children[1].scrollIntoView()");
        desk.picture(&format!("handbook-paper-{language}-2"));
    }
}

/// Looked at by people: a page of each kind, in all colours and sizes.
#[test]
fn every_page_of_the_handbook_fits_its_window() {
    let (laptop, monitor, smallest) = ((1280, 720), (1920, 1080), (720, 480));
    for (language, theme, sizes) in [
        ("vi", "light", vec![laptop, monitor, smallest]),
        ("vi", "dark", vec![monitor]),
        ("en", "light", vec![laptop, smallest]),
    ] {
        let home = Home::with_sample(language, theme);
        let mut desk = Window::open(&home);
        for (width, height) in sizes {
            desk.size(width, height);
            desk.press("F1");
            desk.holds(OPEN);
            let pages = desk.js("return [...document.querySelectorAll('dialog nav > a:not(.heading)')].map((e) => e.getAttribute('href'))");
            for page in pages.as_array().expect("a list") {
                let page = page.as_str().expect("a name");
                desk.js_with(
                    "document.querySelector(`dialog nav > a[href='${arguments[0]}']`).click()",
                    vec![json!(page)],
                );
                desk.holds(&format!(
                    "return document.querySelector('dialog article > .prose h1')?.id === {}",
                    json!(page[1..])
                ));
                let wide = desk.js("const article = document.querySelector('dialog article'); return article.scrollWidth <= article.clientWidth");
                assert_eq!(
                    wide,
                    json!(true),
                    "{page} at {width} in {language} is wider than its place"
                );
                if width > 1000
                    && [
                        "#first-day",
                        "#roster",
                        "#trouble",
                        "#windows",
                        "#lists",
                        "#terminal",
                        "#now",
                    ]
                    .contains(&page)
                {
                    desk.picture(&format!(
                        "handbook-{}-{theme}-{language}-{width}",
                        &page[1..]
                    ));
                }
            }
            if width > 1000 {
                assert_eq!(
                    desk.stumbles(),
                    Vec::<String>::new(),
                    "{theme} {language} {width}"
                );
            }
            desk.press("Escape");
        }
    }
}
