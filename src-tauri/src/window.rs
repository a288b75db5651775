//! The one window: shown at once in the paper of its theme, on which the page appears when it is
//! whole.

use serde::{Deserialize, Serialize};
use sotruc_core::messages::Messages;
use sotruc_core::views::notice;
use specta::Type;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use tauri::window::Color;
use tauri::{
    AppHandle, DragDropEvent, Manager, Theme as NativeTheme, UserAttentionType, WebviewUrl,
    WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry,
};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};
use tauri_specta::Event;

use crate::commands::start::Ahead;
use crate::handed;
use crate::settings::Theme;
use crate::start::arguments::Asked;
use crate::start::profile::Profile;
use crate::start::webview;
use crate::state::AppState;

const LABEL: &str = "main";
const PAPER: Color = Color(0xf3, 0xf4, 0xf0, 0xff);
const PAPER_AT_NIGHT: Color = Color(0x0f, 0x15, 0x12, 0xff);

/// The window was to be closed while somebody is still to be told of an incident.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct Closing {
    /// How many notices are to be sent.
    pub notices: usize,
}

/// Whether the page was asked what to do about the close. Who closes once more while it was gets
/// no second question: the page may be unable to answer.
#[derive(Debug, Default)]
pub struct AskedToClose(AtomicBool);

impl AskedToClose {
    /// The page has answered.
    pub fn answered(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    /// Whether it is to be asked now.
    fn ask(&self) -> bool {
        !self.0.swap(true, Ordering::Relaxed)
    }
}

/// Closes the window for good; what is remembered of it is kept. Done by the thread that draws: it
/// may be about to remember the window itself, and both would wait for each other.
pub fn end(app: &AppHandle) {
    let handle = app.clone();
    let _ = app.run_on_main_thread(move || {
        let _ = handle.save_window_state(remembers());
        if let Some(window) = main(&handle) {
            let _ = window.destroy();
        }
    });
}

/// Asks the page when somebody is still to be told; else closes. The book is read apart from the
/// thread that draws.
fn ask_or_end(app: &AppHandle) {
    let app = app.clone();
    thread::spawn(move || {
        let open = app.state::<AppState>().book();
        // A book that cannot be read keeps nobody here.
        match open.map_or(0, |open| open.read(notice::waiting).unwrap_or_default()) {
            0 => end(&app),
            notices => {
                let _ = Closing { notices }.emit(&app);
            }
        }
    });
}

/// What is remembered of the window: not that it was hidden.
fn remembers() -> StateFlags {
    StateFlags::all() & !StateFlags::VISIBLE & !StateFlags::DECORATIONS
}

/// The plugin that remembers the window's size and place.
pub fn remembered() -> tauri::plugin::TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::default()
        .with_state_flags(remembers())
        .build()
}

/// Makes the window.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let app_state = app.state::<AppState>();
    let settings = app_state.settings();
    let theme = native(settings.theme);
    let ahead = Ahead::begin(&app_state);
    let (width, height) = size(app);
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title(Messages::of(settings.language).text("ui_product"))
        .inner_size(width, height)
        .min_inner_size(720.0, 480.0)
        .theme(theme)
        .background_color(PAPER)
        .zoom_hotkeys_enabled(false)
        .general_autofill_enabled(false)
        .data_directory(Profile::of(app_state.installation()).folder())
        .additional_browser_args(&webview::arguments(settings.plain_drawing))
        // The page stays the page.
        .on_navigation(|url| {
            let served = tauri::is_dev() && url.host_str() == Some("localhost");
            url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || served
        })
        // Until it has its size, its place and its colours.
        .visible(false)
        .on_web_resource_request(move |_, response| ahead.lay_into(response.body_mut()))
        .build()?;
    let handle = app.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            if let Some(path) = paths.first() {
                handed::take(&handle, Asked::file(path.clone()));
            }
        }
        WindowEvent::CloseRequested { api, .. } if handle.state::<AskedToClose>().ask() => {
            api.prevent_close();
            ask_or_end(&handle);
        }
        WindowEvent::ThemeChanged(theme) => {
            if let Some(window) = main(&handle) {
                let _ = window.set_background_color(Some(paper(*theme)));
            }
        }
        _ => {}
    });
    if let Ok(theme) = window.theme() {
        window.set_background_color(Some(paper(theme)))?;
    }
    window.set_zoom(f64::from(settings.zoom()) / 100.0)?;
    window.show()
}

/// How large the window is at first: no larger than what the screen leaves it.
fn size(app: &AppHandle) -> (f64, f64) {
    /// The frame around it and its title.
    const FRAME: f64 = 40.0;
    let monitor = app.primary_monitor().ok().flatten();
    let free = monitor.map(|monitor| {
        let area = monitor.work_area().size;
        area.to_logical::<f64>(monitor.scale_factor())
    });
    free.map_or((1280.0, 800.0), |free| {
        (free.width.min(1280.0), (free.height - FRAME).min(800.0))
    })
}

/// The window, while it is there.
pub fn main(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

/// Follows a chosen theme, the frame of the window too.
pub fn follow(app: &AppHandle, theme: Theme) -> tauri::Result<()> {
    match main(app) {
        Some(window) => window.set_theme(native(theme)),
        None => Ok(()),
    }
}

/// Tells a measurement how far the window is, when it asks (`SOTRUC_TELL`).
pub fn tell(what: &str) {
    if std::env::var_os("SOTRUC_TELL").is_some() {
        eprintln!("{what}");
    }
}

/// Shows the window in front of the others.
pub fn bring_forward(app: &AppHandle) {
    if let Some(window) = main(app) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Draws the eye to the window, when it is not in front.
pub fn call_attention(app: &AppHandle) {
    if let Some(window) = main(app)
        && !window.is_focused().unwrap_or_default()
    {
        let _ = window.request_user_attention(Some(UserAttentionType::Critical));
    }
}

fn paper(theme: NativeTheme) -> Color {
    match theme {
        NativeTheme::Dark => PAPER_AT_NIGHT,
        _ => PAPER,
    }
}

fn native(theme: Theme) -> Option<NativeTheme> {
    match theme {
        Theme::System => None,
        Theme::Light | Theme::Contrast => Some(NativeTheme::Light),
        Theme::Dark => Some(NativeTheme::Dark),
    }
}
