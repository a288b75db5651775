//! Watches beside the window: other programs' changes, the clock, and what is done when nobody
//! waits.

use serde::{Deserialize, Serialize};
use sotruc_core::clock::{DAY, Instant, MINUTE};
use sotruc_core::journal::Head;
use sotruc_core::priority::giving_way;
use sotruc_core::{Depth, Logbook};
use specta::Type;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::alerts::{self, Announced};
use crate::ipc_error::Refusal;
use crate::open_book::Open;
use crate::open_book::locked;
use crate::settings::Settings;
use crate::state::AppState;

/// How often it looks.
const LOOKS: Duration = Duration::from_millis(250);
/// When it looks first: the start of the window comes before.
const BEGINS: Duration = Duration::from_secs(2);
/// After how many quiet looks a changed book is tended.
const QUIET: u32 = 12;

/// The open book, or which one is open, is not as it was.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Changed;

/// The minute of the book is another.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Tick {
    /// The time in the book.
    pub now: Instant,
}

/// How far long work has come.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Progress {
    /// The number of the work, by which it is stopped.
    pub task: u32,
    /// So many are done.
    pub done: usize,
    /// Of so many.
    pub of: usize,
}

/// Begins to watch.
pub fn start(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        loop {
            thread::sleep(BEGINS);
            // What stopped it is in the log file; the clock and the alerts go on.
            let _ = panic::catch_unwind(AssertUnwindSafe(|| watch(&app)));
        }
    });
}

fn watch(app: &AppHandle) {
    let mut watched: Option<Arc<Open>> = None;
    let mut watch: Option<BookWatcher> = None;
    let mut minute = None;
    let mut looks = 0u32;
    loop {
        thread::sleep(LOOKS);
        looks = looks.wrapping_add(1);
        let app_state = app.state::<AppState>();
        let open = app_state.book();
        if !same(watched.as_ref(), open.as_ref()) {
            watched.clone_from(&open);
            watch = None;
            minute = None;
            looks = 0;
            let _ = Changed.emit(app);
        }
        let Some(open) = open else { continue };
        // A book that cannot be opened beside (a stick that was pulled out) is tried again.
        if watch.is_none() && looks.is_multiple_of(QUIET) {
            let over = BookWatcher::over(Arc::clone(&open), &app_state);
            if open.went("watch", over.as_ref().err()) {
                let _ = Changed.emit(app);
            }
            watch = over.ok();
        }
        let now = open.now();
        let this = now.millis().div_euclid(MINUTE);
        let next = minute.replace(this) != Some(this);
        if next {
            let _ = Tick { now }.emit(app);
        }
        if let Some(watch) = &mut watch
            && (watch.look(app, now) || next)
        {
            watch.alert(app, &app_state.settings(), now);
        }
    }
}

fn same(a: Option<&Arc<Open>>, b: Option<&Arc<Open>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// A connection of its own to the open book.
struct BookWatcher {
    open: Arc<Open>,
    book: Logbook,
    version: Option<i64>,
    /// The newest record that was seen.
    head: Option<Head>,
    /// Looks since the last change; `None` once all is tended.
    quiet: Option<u32>,
    day: i64,
    /// Whether the journal was checked: once.
    checked: Arc<AtomicBool>,
    /// Alive while the book is tended.
    tending: Weak<()>,
    told: Announced,
}

impl BookWatcher {
    fn over(open: Arc<Open>, app_state: &AppState) -> sotruc_core::Result<Self> {
        let book = Logbook::open(&open.path, app_state.installation())?;
        Ok(Self {
            day: open.now().millis().div_euclid(DAY),
            open,
            head: book.head().unwrap_or_default(),
            book,
            version: None,
            quiet: Some(0),
            checked: Arc::default(),
            tending: Weak::new(),
            told: Announced::default(),
        })
    }

    /// Looks whether the book is as it was; whether it is not.
    fn look(&mut self, app: &AppHandle, now: Instant) -> bool {
        let version = self.book.version().ok();
        let before = std::mem::replace(&mut self.version, version);
        let changed = before != version;
        if before.is_some() && changed {
            self.quiet = Some(0);
            // The page reads again by itself after what was written here; what writes no record, the
            // word index say, changes nothing that is shown.
            let head = self.book.head().unwrap_or_default();
            if head.is_none() || (head != self.head && head != self.open.written()) {
                let _ = Changed.emit(app);
            }
            self.head = head;
            // The next key of who searches does not wait for what an import brought.
            let _ = self.open.find(|_, _, _| Ok(()));
        }
        let day = now.millis().div_euclid(DAY);
        if day != self.day {
            self.day = day;
            self.quiet.get_or_insert(0);
        }
        if let Some(looks) = &mut self.quiet {
            *looks += 1;
            if *looks >= QUIET {
                self.quiet = None;
                self.tend(app, now);
            }
        }
        changed
    }

    /// Tells the officer what is overdue since the last time.
    fn alert(&mut self, app: &AppHandle, settings: &Settings, now: Instant) {
        let Self { book, told, .. } = self;
        let alerts = book.read(|book| told.news(book, now, settings.language));
        if self.open.went("alerts", alerts.as_ref().err()) {
            let _ = Changed.emit(app);
        }
        for alert in alerts.unwrap_or_default() {
            alerts::tell(app, alert, settings);
        }
    }

    /// Tends the book beside, so that no alert waits for it; once the journal is checked too.
    fn tend(&mut self, app: &AppHandle, now: Instant) {
        if self.tending.upgrade().is_some() {
            self.quiet = Some(0);
            return;
        }
        let busy = Arc::new(());
        self.tending = Arc::downgrade(&busy);
        let checked = Arc::clone(&self.checked);
        let (app, open) = (app.clone(), Arc::clone(&self.open));
        thread::spawn(move || {
            let mut is_news = tend(&open, now);
            if !checked.load(Ordering::Relaxed) {
                is_news |= check(&open, &checked);
            }
            // The page reads again when there is something new to show of it.
            if is_news {
                let _ = Changed.emit(&app);
            }
            drop(busy);
        });
    }
}

/// The copy of the day and the word index; whether there is something new to show.
fn tend(open: &Open, now: Instant) -> bool {
    let mut copied = None;
    let done = open.beside(|book| {
        copied = book.last_backup().ok();
        let done = book.tend(now);
        copied = copied
            .take()
            .filter(|before| book.last_backup().ok().as_ref() != Some(before));
        done
    });
    open.went("tend", done.as_ref().err()) || copied.is_some()
}

/// Whether the journal is whole; whether there is something new to show.
fn check(open: &Open, checked: &AtomicBool) -> bool {
    let verdict = giving_way(|| open.beside(|book| book.verify_to(Depth::Hashes, None)));
    let is_news = open.went("check", verdict.as_ref().err());
    // What failed is tried again when the book is tended next.
    checked.store(verdict.is_ok(), Ordering::Relaxed);
    let problems = verdict.map_or_else(|_| Vec::new(), |verdict| verdict.problems);
    let Some(problem) = problems.first() else {
        return is_news;
    };
    let mut refusal = Refusal::new("book_damaged");
    let params = &mut refusal.params;
    params.insert("site".to_owned(), problem.site.clone());
    params.insert("seq".to_owned(), problem.seq.to_string());
    locked(&open.damage).get_or_insert(refusal);
    true
}
