//! What stands around every room: the book, the clock, the counts of the rail.

use serde::Serialize;
use sotruc_core::Continuation;
use sotruc_core::clock::{DAY, Instant};
use sotruc_core::duty::period;
use sotruc_core::incident::profile::{self, Said};
use sotruc_core::journal::Head;
use sotruc_core::views::duty;
use sotruc_core::views::period::PeriodCard;
use specta::Type;
use tauri::{AppHandle, State};

use super::Shared;
use crate::ipc_error::{Answer, Refusal};
use crate::open_book::Open;
use crate::open_book::locked;
use crate::settings::{Language, Theme};
use crate::start::profile::Profile;
use crate::state::AppState;
use crate::window::{self, AskedToClose};

/// What the page needs before it draws anything.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Desktop {
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// Whether what is overdue is told with a sound too.
    pub sound: bool,
    /// Per cent, 100 to 200.
    pub zoom: u16,
    /// Whether a book is open.
    pub open: bool,
    /// Whether the page is drawn without the graphics card, from the next start on.
    pub plain_drawing: bool,
    /// Why the book that was to be open did not open.
    pub refused: Option<Refusal>,
    /// Whether a list waits that was given to the program.
    pub list_waits: bool,
    /// Books that were open, the newest first, by path.
    pub recent: Vec<String>,
    /// Where a new book lies when nobody says.
    pub usual_place: String,
    /// Whether the program is carried about, with its keys.
    pub carried: bool,
    /// The rules that a new book may go by.
    pub new_rules: Vec<NewRules>,
}

/// Rules that a new book may go by.
#[derive(Debug, Clone, Serialize, Type)]
pub struct NewRules {
    /// The stable name of the profile.
    pub key: String,
    /// What people call it.
    pub name: Said,
    /// Whether it is proposed for a book that is made today.
    pub proposed: bool,
}

fn new_rules() -> Vec<NewRules> {
    let proposed = profile::proposed(sotruc_core::clock::now());
    let rules = profile::shipped().iter().map(|profile| NewRules {
        key: profile.key.clone(),
        name: profile.name.clone(),
        proposed: proposed.contains(&profile.key.as_str()),
    });
    rules.collect()
}

/// What stands around every room.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Frame {
    /// The time in the book.
    pub now: Instant,
    /// Where the book lies.
    pub path: String,
    /// What drafts for this book are kept under: its place, in a folder that is carried about the
    /// place there.
    pub drafts: String,
    /// What people call the place of this book.
    pub place: String,
    /// The code of the site that writes.
    pub site: String,
    /// What our own unit is called, when it is known.
    pub unit: Option<String>,
    /// Whether the book is for practice.
    pub practice: bool,
    /// Why nothing may be written.
    pub damage: Option<Refusal>,
    /// What nobody waits for and failed; the param `work` says what.
    pub troubles: Vec<Refusal>,
    /// The copy from before this book was upgraded, when it was so now.
    pub upgraded: Option<String>,
    /// Whether this book is a copy that goes on apart, or an older state of what was here.
    pub standing: BookStanding,
    /// Who writes.
    pub operator: Option<String>,
    /// Until when the operator is on duty, when they are.
    pub on_duty_until: Option<Instant>,
    /// The first eight letters of the head.
    pub head: Option<String>,
    /// Whether anything was written since the book was begun: before that copies are no matter.
    pub written: bool,
    /// When the newest copy was made.
    pub copied_at: Option<Instant>,
    /// The period that matters now.
    pub period: Option<PeriodCard>,
    /// Posts uncovered now.
    pub holes: usize,
    /// Units on the list.
    pub units: usize,
    /// Open incidents.
    pub incidents: usize,
    /// Lines in the log.
    pub lines: u64,
}

/// Whether the next change goes on where this installation left off.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum BookStanding {
    /// It does.
    Same,
    /// The book is a copy: it goes on under a code of its own.
    Copy,
    /// The book lacks what this installation wrote.
    Behind,
}

/// What the page needs before it draws anything.
#[tauri::command]
#[specta::specta]
pub async fn desktop(app_state: Shared<'_>) -> Answer<Desktop> {
    app_state
        .wait_for(|app_state| Ok(desktop_of(app_state)))
        .await
}

pub(super) fn desktop_of(app_state: &AppState) -> Desktop {
    let settings = app_state.settings();
    Desktop {
        language: settings.language,
        theme: settings.theme,
        sound: settings.sound,
        zoom: settings.zoom(),
        open: app_state.book().is_some(),
        plain_drawing: settings.plain_drawing,
        refused: app_state.refused(),
        list_waits: app_state.has_dropped(),
        recent: settings
            .recent
            .iter()
            .filter(|path| path.exists())
            .map(|path| path.display().to_string())
            .collect(),
        usual_place: app_state.usual_book().display().to_string(),
        carried: app_state.installation().is_carried(),
        new_rules: new_rules(),
    }
}

/// The page has drawn itself: the window is shown.
#[tauri::command]
#[specta::specta]
pub async fn ready(app: AppHandle) -> Answer<()> {
    window::tell("ready");
    window::bring_forward(&app);
    Ok(())
}

/// What the page has drawn is on the screen.
#[tauri::command]
#[specta::specta]
pub async fn drawn(app_state: Shared<'_>) -> Answer<()> {
    window::tell("drawn");
    let profile = Profile::of(app_state.installation());
    let shown = move |_: &AppState| {
        profile.shown();
        Ok(())
    };
    app_state.wait_for(shown).await
}

/// What stands around every room.
#[tauri::command]
#[specta::specta]
pub async fn frame(app_state: Shared<'_>) -> Answer<Frame> {
    app_state
        .wait_for(|app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            frame_of(&open, app_state.operator().ok())
        })
        .await
}

pub(super) fn frame_of(open: &Open, operator: Option<String>) -> Answer<Frame> {
    let (standing, head, site, written, copied_at) = open.look(|book| {
        Ok((
            book.continuation()?,
            book.head()?,
            book.own_site()?,
            book.is_written()?,
            // Copies that cannot be listed keep nobody from the book; that none is made is told.
            book.last_backup().unwrap_or_default(),
        ))
    })?;
    Ok(open.duty(|book, roster, now| {
        let sites = book.sites()?;
        let site = site.unwrap_or_default();
        let writer = match &operator {
            Some(name) => book.operator_named(name)?,
            None => None,
        };
        let me = writer.as_ref().and_then(|writer| writer.person);
        // Another desk may have written the name anew.
        let operator = writer.map(|writer| writer.name).or(operator);
        let on_duty_until = me.and_then(|me| duty::until(roster, me, now));
        Ok(Frame {
            now,
            path: open.path.display().to_string(),
            drafts: open.noted(),
            place: sites
                .iter()
                .find(|known| known.code == site)
                .map(|known| known.name.clone())
                .unwrap_or_default(),
            site,
            unit: book.own_name()?,
            practice: open.practice,
            damage: locked(&open.damage).clone(),
            troubles: open.troubles(),
            upgraded: open
                .upgraded
                .as_ref()
                .map(|copy| copy.display().to_string()),
            standing: match standing {
                Continuation::Same => BookStanding::Same,
                Continuation::Copy => BookStanding::Copy,
                Continuation::Behind(_) => BookStanding::Behind,
            },
            operator,
            on_duty_until,
            head: head.as_ref().map(Head::short),
            written,
            copied_at,
            period: period::shown(&roster.periods, now)
                .filter(|period| period.from.plus(-30 * DAY) <= now && now < period.to.plus(DAY))
                .map(PeriodCard::from),
            holes: duty::holes(roster, now).len(),
            units: roster.units.len(),
            incidents: book
                .incidents()?
                .iter()
                .filter(|incident| incident.status.is_open())
                .count(),
            lines: book.entry_count()?,
        })
    })?)
}

/// Chooses the language.
#[tauri::command]
#[specta::specta]
pub async fn set_language(app_state: Shared<'_>, language: Language) -> Answer<()> {
    app_state.set(|settings| settings.language = language);
    Ok(())
}

/// Chooses the colours.
#[tauri::command]
#[specta::specta]
pub async fn set_theme(app: AppHandle, app_state: Shared<'_>, theme: Theme) -> Answer<()> {
    app_state.set(|settings| settings.theme = theme);
    Ok(window::follow(&app, theme)?)
}

/// Chooses how large everything is, in per cent.
#[tauri::command]
#[specta::specta]
pub async fn set_zoom(app: AppHandle, app_state: Shared<'_>, zoom: u16) -> Answer<u16> {
    app_state.set(|settings| settings.zoom = Some(zoom));
    let zoom = app_state.settings().zoom();
    if let Some(window) = window::main(&app) {
        window.set_zoom(f64::from(zoom) / 100.0)?;
    }
    Ok(zoom)
}

/// Chooses whether what is overdue is told with a sound too.
#[tauri::command]
#[specta::specta]
pub async fn set_sound(app_state: Shared<'_>, sound: bool) -> Answer<()> {
    app_state.set(|settings| settings.sound = sound);
    Ok(())
}

/// Chooses whether the page is drawn without the graphics card, from the next start on.
#[tauri::command]
#[specta::specta]
pub async fn set_plain_drawing(app_state: Shared<'_>, plain: bool) -> Answer<()> {
    app_state.set(|settings| settings.plain_drawing = plain);
    Ok(())
}

/// Closes the window as its frame does: while somebody is to be told, it is asked first.
#[tauri::command]
#[specta::specta]
pub async fn close_window(app: AppHandle) -> Answer<()> {
    if let Some(window) = window::main(&app) {
        window.close()?;
    }
    Ok(())
}

/// Asked whether to close, somebody stays.
#[tauri::command]
#[specta::specta]
pub async fn stay_open(asked: State<'_, AskedToClose>) -> Answer<()> {
    asked.answered();
    Ok(())
}

/// Asked whether to close, somebody leaves the window in the taskbar, where it goes on watching.
#[tauri::command]
#[specta::specta]
pub async fn watch_minimised(app: AppHandle, asked: State<'_, AskedToClose>) -> Answer<()> {
    asked.answered();
    if let Some(window) = window::main(&app) {
        window.minimize()?;
    }
    Ok(())
}

/// Asked whether to close, somebody does.
#[tauri::command]
#[specta::specta]
pub async fn leave(app: AppHandle) -> Answer<()> {
    window::end(&app);
    Ok(())
}

/// Stops a task.
#[tauri::command]
#[specta::specta]
pub async fn cancel(app_state: Shared<'_>, task: u32) -> Answer<()> {
    app_state.stop(task);
    Ok(())
}
