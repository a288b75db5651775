//! A desk in a folder of its own: the program, a display, and a hand on its keys.

use fantoccini::Client;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions, MouseActions, PointerAction};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value as Json, json};
use sotruc_core::{Installation, sample};
use std::cell::Cell;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::shot::Shot;

/// The officer of the sample province's night.
pub const OFFICER: &str = sample::NIGHT;
/// When the sample night is looked at.
pub const TONIGHT: &str = "23/05/2016 02:30";

/// The size of the display.
const SCREEN: (u32, u32) = (1920, 1080);

/// How long anything may take to appear.
const PATIENCE: Duration = Duration::from_secs(30);

/// A folder for one installation: its books, its settings, the files it chooses.
pub struct Home {
    folder: TempDir,
}

/// Those that the tests install.
const FONTS: &str = r#"<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts/truetype/noto</dir>
  <include ignore_missing="yes">/etc/fonts/conf.d</include>
  <cachedir>/var/cache/fontconfig</cachedir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"#;

impl Home {
    /// A computer on which the program never ran.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        fs::write(folder.path().join("choice"), "").expect("writable");
        fs::write(folder.path().join("clock"), TONIGHT).expect("writable");
        let home = Self { folder };
        fs::write(home.fonts(), FONTS).expect("writable");
        home
    }

    /// Which fonts there are: pictures look the same, whatever else a machine has.
    pub fn fonts(&self) -> PathBuf {
        self.path("fonts.conf")
    }

    /// A computer with the sample province open, in a language and colours.
    pub fn with_sample(language: &str, theme: &str) -> Self {
        let home = Self::new();
        let folder = home.path("home/sample");
        fs::create_dir_all(&folder).expect("writable");
        let book = folder.join("so-truc-mau.sotruc");
        drop(sample::write(&book, &home.installation()).expect("the sample is whole"));
        home.remember(&book, language, theme);
        home
    }

    /// Remembers a book as the one that was open last.
    pub fn remember(&self, book: &Path, language: &str, theme: &str) {
        let settings = json!({
            "language": language, "theme": theme, "book": book, "recent": [book],
            "writers": { book.display().to_string(): OFFICER },
        });
        fs::write(self.path("home/window.json"), settings.to_string()).expect("writable");
    }

    /// Remembers a language, and nothing else.
    pub fn speak(&self, language: &str) {
        fs::create_dir_all(self.path("home")).expect("writable");
        let settings = json!({ "language": language, "theme": "light" });
        fs::write(self.path("home/window.json"), settings.to_string()).expect("writable");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn installation(&self) -> Installation {
        Installation::at(self.path("home"))
    }

    /// The file that the next dialog gives.
    pub fn choose(&self, path: &Path) {
        fs::write(self.path("choice"), path.display().to_string()).expect("writable");
    }

    /// Sets the time.
    pub fn time(&self, at: &str) {
        fs::write(self.path("clock"), at).expect("writable");
    }

    /// Runs the terminal program at this desk and gives what it says.
    pub fn terminal(&self, words: &[&str]) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_sotruc-desktop")).with_file_name("sotruc");
        let done = Command::new(&program)
            .env("SOTRUC_HOME", self.path("home"))
            .args(words)
            .output()
            .unwrap_or_else(|cause| panic!("{} must be built first: {cause}", program.display()));
        assert!(
            done.status.success(),
            "{words:?}: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8_lossy(&done.stdout).into_owned()
    }
}

/// How many pixels of the page so many of the display are.
const fn scaled(pixels: u32, zoom: u32) -> u32 {
    (pixels * 100 + zoom / 2) / zoom
}

/// Processes that end with the test, whatever becomes of it.
struct Running(Child);

impl Running {
    fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap_or_else(|cause| panic!("{name} must be installed: {cause}")))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}

/// A window that is open.
pub struct Window<'h> {
    home: &'h Home,
    client: Client,
    runtime: Runtime,
    /// How large the page is, in pixels of the display.
    size: Cell<(u32, u32)>,
    /// Keys pressed, beside text.
    pub keys: usize,
    _driver: Running,
    _display: Running,
}

impl<'h> Window<'h> {
    /// Starts the program and waits until its page stands.
    pub fn open(home: &'h Home) -> Self {
        Self::given(home, &[])
    }

    /// Starts the program with files that it is to open.
    pub fn given(home: &'h Home, files: &[&Path]) -> Self {
        let mut display = Running::start(Command::new("Xvfb").args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            &format!("{}x{}x24", SCREEN.0, SCREEN.1),
            "-fbdir",
            &home.path("").to_string_lossy(),
            "-nocursor",
            "-nolisten",
            "tcp",
        ]));
        let mut number = String::new();
        let said = display.0.stdout.take().expect("piped");
        BufReader::new(said)
            .read_line(&mut number)
            .expect("the display says its number");
        let port = free_port();
        let driver = Running::start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("DISPLAY", format!(":{}", number.trim()))
                .env("LANG", "vi_VN.UTF-8")
                .env("NO_AT_BRIDGE", "1")
                .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("HOME", home.path("user"))
                .env("XDG_DATA_HOME", home.path("user/data"))
                .env("XDG_CONFIG_HOME", home.path("user/config"))
                .env("XDG_CACHE_HOME", home.path("user/cache"))
                .env("FONTCONFIG_FILE", home.fonts())
                .env("SOTRUC_HOME", home.path("home"))
                .env("SOTRUC_TEST_CHOICE", home.path("choice"))
                .env("SOTRUC_TEST_ALERTS", home.path("alerts"))
                .env("SOTRUC_TEST_UPDATE", home.path("update"))
                .env("SOTRUC_TEST_CLOCK", home.path("clock")),
        );
        let runtime = Runtime::new().expect("a runtime");
        let wanted = json!({
            "webkitgtk:browserOptions": { "binary": env!("CARGO_BIN_EXE_sotruc-desktop"), "args": files },
        });
        let wanted = wanted.as_object().cloned().expect("an object");
        let address = format!("http://127.0.0.1:{port}");
        let client = until("the driver answers", || {
            runtime
                .block_on(Client::with_capabilities_and_connector(
                    &address,
                    &wanted,
                    HttpConnector::new(),
                ))
                .ok()
        });
        let window = Self {
            home,
            client,
            runtime,
            size: Cell::default(),
            keys: 0,
            _driver: driver,
            _display: display,
        };
        until("the page stands", || {
            window
                .js("return document.querySelector('body:not([aria-busy]) main') !== null")
                .as_bool()
                .filter(|stands| *stands)
        });
        window.size(1366, 768);
        // Out of the way of what is looked at.
        let corner = PointerAction::MoveTo {
            duration: None,
            x: 1.0,
            y: 1.0,
        };
        let mouse = MouseActions::new("mouse".to_owned()).then(corner);
        window
            .runtime
            .block_on(window.client.perform_actions(mouse))
            .expect("the pointer moves");
        window
    }

    /// Runs a script in the page.
    pub fn js(&self, script: &str) -> Json {
        self.js_with(script, Vec::new())
    }

    pub fn js_with(&self, script: &str, given: Vec<Json>) -> Json {
        self.runtime
            .block_on(self.client.execute(script, given))
            .unwrap_or_else(|cause| panic!("{script}: {cause}"))
    }

    pub fn js_async(&self, script: &str, given: Vec<Json>) -> Json {
        self.runtime
            .block_on(self.client.execute_async(script, given))
            .unwrap_or_else(|cause| panic!("{cause}"))
    }

    /// Makes the page this large.
    pub fn size(&self, width: u32, height: u32) {
        self.size_at(width, height, 100);
    }

    /// Makes the page this large on the display, when its text has this size in per cent.
    pub fn size_at(&self, width: u32, height: u32, zoom: u32) {
        self.size.set((width, height));
        self.runtime
            .block_on(self.client.set_window_rect(0, 0, width, height))
            .expect("the window can be sized");
        until("the window has its size", || {
            let fits =
                "return [innerWidth, innerHeight].every((n, i) => Math.abs(n - arguments[i]) <= 1)";
            let wanted = vec![json!(scaled(width, zoom)), json!(scaled(height, zoom))];
            (self.js_with(fits, wanted) == json!(true)).then_some(())
        });
    }

    /// The text that is seen.
    pub fn text(&self) -> String {
        // What lies over the room comes first.
        let text = self.js(
            "return [...[...document.querySelectorAll('dialog[open]')].reverse(), document.body].map((e) => e.innerText).join('\\n')",
        );
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a text is seen.
    #[track_caller]
    pub fn sees(&self, wanted: &str) {
        self.waits(wanted, true);
    }

    /// Waits until the system was asked to tell the officer a text.
    #[track_caller]
    pub fn is_told(&self, wanted: &str) {
        let file = self.home.path("alerts");
        until(&format!("{wanted:?} told"), || {
            let told = fs::read_to_string(&file).unwrap_or_default();
            told.contains(wanted).then_some(())
        });
    }

    /// Waits until a text is seen no more.
    #[track_caller]
    pub fn sees_no(&self, wanted: &str) {
        self.waits(wanted, false);
    }

    #[track_caller]
    fn waits(&self, wanted: &str, seen: bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = self.text();
            if text.contains(wanted) == seen {
                return;
            }
            assert!(
                Instant::now() < end,
                "{wanted:?} seen: {}, in:\n{text}",
                !seen
            );
            pause();
        }
    }

    /// Waits until a script gives true.
    #[track_caller]
    pub fn holds(&self, script: &str) {
        let end = Instant::now() + PATIENCE;
        while self.js(script) != json!(true) {
            assert!(
                Instant::now() < end,
                "never held: {script}\n{}",
                self.text()
            );
            pause();
        }
    }

    /// Clicks what has this name: a button, a link, a choice.
    #[track_caller]
    pub fn click(&self, name: &str) {
        const FIND: &str = "
            const named = (e) => (e.getAttribute('aria-label') ?? e.innerText).trim().replace(/\\s+/g, ' ');
            const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
            const all = [...top.querySelectorAll('button, a, [role=option], [role=radio], [role=menuitem], summary')]
                .filter((e) => e.checkVisibility() && !e.disabled);
            const found = all.find((e) => named(e) === arguments[0]) ?? all.find((e) => named(e).startsWith(arguments[0]));
            if (!found) return false;
            found.scrollIntoView({ block: 'nearest' });
            if (found.getAttribute('role') === 'option') found.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
            else found.click();
            return true;";
        let end = Instant::now() + PATIENCE;
        while self.js_with(FIND, vec![json!(name)]) != json!(true) {
            assert!(
                Instant::now() < end,
                "nothing is named {name:?} in:\n{}",
                self.text()
            );
            pause();
        }
    }

    /// Puts the caret into the field of this label.
    #[track_caller]
    pub fn field(&self, label: &str) {
        const FIND: &str = "
            const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
            const all = [...top.querySelectorAll('input, textarea')].filter((e) => e.checkVisibility());
            const named = (e) => (e.getAttribute('aria-label') ?? e.labels?.[0]?.innerText ?? '').trim();
            const found = all.find((e) => named(e) === arguments[0]) ?? all.find((e) => named(e).startsWith(arguments[0]));
            if (!found) return false;
            found.focus();
            found.select();
            return true;";
        let end = Instant::now() + PATIENCE;
        while self.js_with(FIND, vec![json!(label)]) != json!(true) {
            assert!(
                Instant::now() < end,
                "no field {label:?} in:\n{}",
                self.text()
            );
            pause();
        }
    }

    /// Fills the field of this label.
    #[track_caller]
    pub fn fill(&mut self, label: &str, text: &str) {
        self.field(label);
        self.types(text);
    }

    /// Chooses in the list of this label.
    #[track_caller]
    pub fn pick(&self, label: &str, choice: &str) {
        const FIND: &str = "
            const select = [...document.querySelectorAll('select')].find((e) => e.getAttribute('aria-label') === arguments[0]);
            const option = [...(select?.options ?? [])].find((e) => e.text.trim() === arguments[1]);
            if (!option) return false;
            select.value = option.value;
            select.dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        let end = Instant::now() + PATIENCE;
        while self.js_with(FIND, vec![json!(label), json!(choice)]) != json!(true) {
            assert!(
                Instant::now() < end,
                "no {choice:?} in a list {label:?} in:\n{}",
                self.text()
            );
            pause();
        }
    }

    /// Types text where the caret is.
    pub fn types(&mut self, text: &str) {
        let element = self.runtime.block_on(self.client.active_element());
        let element = element.expect("something has the caret");
        self.runtime
            .block_on(element.send_keys(text))
            .expect("it takes text");
    }

    /// Takes what a script gives by its middle, or this far from it, and drops it so many pixels
    /// further.
    #[track_caller]
    pub fn drag(&self, element: &str, from: (f64, f64), by: (f64, f64)) {
        let place = self.js(&format!(
            "const e = (() => {{ {element} }})(); if (!e) return null;
             const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2];"
        ));
        let middle: Option<(f64, f64)> = serde_json::from_value(place).expect("a place or none");
        let (x, y) = middle.unwrap_or_else(|| panic!("nothing is there: {element}"));
        let (x, y) = (x + from.0, y + from.1);
        let to = |x: f64, y: f64| PointerAction::MoveTo {
            duration: Some(Duration::from_millis(40)),
            x,
            y,
        };
        let hand = MouseActions::new("mouse".to_owned())
            .then(to(x, y))
            .then(PointerAction::Down { button: 0 })
            .then(to(x + by.0 / 2.0, y + by.1 / 2.0))
            .then(to(x + by.0, y + by.1))
            .then(PointerAction::Up { button: 0 });
        self.runtime
            .block_on(self.client.perform_actions(hand))
            .expect("the pointer drags");
    }

    /// Takes what a script gives by its middle, this far from where it was, and keeps it in the hand.
    #[track_caller]
    pub fn takes(&self, element: &str, by: (f64, f64)) {
        let place = self.js(&format!(
            "const e = (() => {{ {element} }})(); if (!e) return null;
             const b = e.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2];"
        ));
        let middle: Option<(f64, f64)> = serde_json::from_value(place).expect("a place or none");
        let (x, y) = middle.unwrap_or_else(|| panic!("nothing is there: {element}"));
        let to = |x: f64, y: f64| PointerAction::MoveTo {
            duration: Some(Duration::from_millis(40)),
            x,
            y,
        };
        self.points(
            MouseActions::new("mouse".to_owned())
                .then(to(x, y))
                .then(PointerAction::Down { button: 0 })
                .then(to(x + by.0 / 2.0, y + by.1 / 2.0))
                .then(to(x + by.0, y + by.1)),
        );
    }

    /// Lets go what is in the hand.
    pub fn lets_go(&self) {
        let up = PointerAction::Up { button: 0 };
        self.points(MouseActions::new("mouse".to_owned()).then(up));
    }

    fn points(&self, hand: MouseActions) {
        self.runtime
            .block_on(self.client.perform_actions(hand))
            .expect("the pointer moves");
    }

    /// Runs a script that ends the program, and waits until it has. The answer may not come before
    /// the end.
    #[track_caller]
    pub fn ends_by(&self, script: &str) {
        let answer = self.client.execute(script, Vec::new());
        let _ = self.runtime.block_on(answer);
        until("the program ends", || {
            let answer = self.client.execute("return 1", Vec::new());
            self.runtime.block_on(answer).err()
        });
    }

    /// Presses a key or a chord: `Enter`, `Ctrl+K`, `Alt+3`.
    pub fn press(&mut self, chord: &str) {
        let (before, last) = match chord.strip_suffix("++") {
            Some(before) => (Some(before), "+"),
            None => chord
                .rsplit_once('+')
                .map_or((None, chord), |(before, last)| (Some(before), last)),
        };
        let names = before
            .into_iter()
            .flat_map(|names| names.split('+'))
            .chain([last]);
        let held: Vec<char> = names.map(key_of).collect();
        let mut hand = KeyActions::new("hand".to_owned());
        for value in &held {
            hand = hand.then(KeyAction::Down { value: *value });
        }
        for value in held.iter().rev() {
            hand = hand.then(KeyAction::Up { value: *value });
        }
        self.acts(hand);
        self.keys += 1;
    }

    /// Presses keys one right after the other, without a look at the page.
    pub fn acts(&self, keys: KeyActions) {
        self.runtime
            .block_on(self.client.perform_actions(keys))
            .expect("keys can be pressed");
    }

    /// Keeps a picture of the page in the build folder.
    pub fn picture(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        fs::create_dir_all(&folder).expect("the build folder is writable");
        self.shot().keep(&folder.join(format!("{name}.png")));
    }

    /// What the display itself holds of the page.
    pub fn shot(&self) -> Shot {
        // Two frames later what was asked for is drawn.
        self.js_async(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))",
            Vec::new(),
        );
        let dump = fs::read(self.home.path("Xvfb_screen0")).expect("the display keeps its pixels");
        let (width, height) = self.size.get();
        Shot::read(&dump, width.min(SCREEN.0), height.min(SCREEN.1))
    }

    /// Compares a part of the page with a picture that was kept: how dark each square of 8 pixels
    /// is. What is drawn elsewhere, or not, is seen; how a letter is smoothed is not.
    #[track_caller]
    pub fn looks_like(&self, kept: &str, (left, top, width, height): (u32, u32, u32, u32)) {
        self.picture(kept);
        let dump = fs::read(self.home.path("Xvfb_screen0")).expect("the display keeps its pixels");
        let squares = squares(&dump, (left, top, width, height));
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../tests/fixtures/pictures/{kept}.txt"));
        let lines: Vec<String> = squares
            .chunks((width / SQUARE) as usize)
            .map(|line| line.iter().map(|dark| format!("{dark:02x}")).collect())
            .collect();
        if std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always") {
            fs::write(&path, lines.join("\n") + "\n").expect("writable");
        }
        let before = fs::read_to_string(&path).expect("a picture was kept");
        let before: Vec<u8> = before
            .lines()
            .flat_map(|line| line.as_bytes().chunks(2))
            .map(|pair| {
                u8::from_str_radix(std::str::from_utf8(pair).unwrap_or("0"), 16)
                    .expect("two digits")
            })
            .collect();
        assert_eq!(before.len(), squares.len(), "{kept} has another size");
        let apart = before
            .iter()
            .zip(&squares)
            .filter(|(a, b)| a.abs_diff(**b) > 48)
            .count();
        assert!(
            apart * 50 < squares.len(),
            "{kept}: {apart} of {} squares differ",
            squares.len()
        );
    }

    /// What a blind colleague would stumble over, one line each.
    pub fn stumbles(&self) -> Vec<String> {
        let axe =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(axe).expect("npm ci was run by the build");
        self.js(&format!("{axe}; return true"));
        let found = self.js_async(
            "const done = arguments[arguments.length - 1];
             axe.run(document, { resultTypes: ['violations'] }).then(
               (r) => done(r.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} | ${n.failureSummary}`))),
               (e) => done([String(e)]));",
            Vec::new(),
        );
        serde_json::from_value(found).expect("a list of texts")
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        // What is closed properly keeps its drafts and its size.
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

/// The side of a square in which pictures are compared.
const SQUARE: u32 = 8;

/// How dark each square of a part of an X window dump is, row by row.
fn squares(dump: &[u8], (left, top, width, height): (u32, u32, u32, u32)) -> Vec<u8> {
    let word = |n: usize| {
        let bytes = dump[n * 4..n * 4 + 4].try_into().expect("four bytes");
        u32::from_be_bytes(bytes) as usize
    };
    let (header, line, colours) = (word(0), word(12), word(19));
    let pixels = &dump[header + colours * 12..];
    let mut squares = Vec::new();
    for y in (top..top + height / SQUARE * SQUARE).step_by(SQUARE as usize) {
        for x in (left..left + width / SQUARE * SQUARE).step_by(SQUARE as usize) {
            let mut sum = 0_u32;
            for row in y..y + SQUARE {
                let at = row as usize * line + x as usize * 4;
                let here = pixels[at..at + SQUARE as usize * 4].chunks(4);
                sum += here.map(|pixel| 255 - u32::from(pixel[1])).sum::<u32>();
            }
            squares.push((sum / (SQUARE * SQUARE)) as u8);
        }
    }
    squares
}

fn key_of(name: &str) -> char {
    match name {
        "Ctrl" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Shift" => '\u{e008}',
        "Enter" => '\u{e007}',
        "Tab" => '\u{e004}',
        "Escape" => '\u{e00c}',
        "Backspace" => '\u{e003}',
        "ArrowUp" => '\u{e013}',
        "ArrowDown" => '\u{e015}',
        "ArrowLeft" => '\u{e012}',
        "ArrowRight" => '\u{e014}',
        "Space" => ' ',
        "F1" => '\u{e031}',
        "F2" => '\u{e032}',
        "F5" => '\u{e035}',
        "F10" => '\u{e03a}',
        "Delete" => '\u{e017}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        one => one.to_lowercase().chars().next().expect("a key has a name"),
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound").port()
}

/// Looks again and again until something is there.
#[track_caller]
fn until<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "in time: {what}");
        pause();
    }
}

/// Between two looks; nothing depends on how long it is.
fn pause() {
    std::thread::sleep(Duration::from_millis(20));
}
