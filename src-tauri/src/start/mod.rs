//! Before the window: what was asked for, what draws the page, whether anything was seen the last
//! time. What stands in the way is said or asked while there is no page.

pub mod arguments;
pub mod profile;
pub mod webview;

use sotruc_core::messages::Messages;
use sotruc_core::{Error, Installation};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use tauri::utils::config::{AppDirectoriesOverride, WebviewInstallMode};
use tauri::{AppHandle, Context, Manager};

use crate::state::AppState;
use crate::{background, dialogs, update, window};
use profile::Profile;
use webview::Verdict;

/// The folder of the program.
fn program() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.parent().map(Path::to_owned).unwrap_or_default()
}

/// What draws the page, and where the window library keeps what it keeps.
pub fn prepare(context: &mut Context, installation: &Installation) -> Verdict {
    let verdict = webview::verdict(&program());
    let config = context.config_mut();
    if let Verdict::Use(folder) = &verdict {
        let path = folder.clone();
        config.bundle.windows.webview_install_mode = WebviewInstallMode::FixedRuntime { path };
    }
    let home = installation.folder();
    config.app.app_directories_override = Some(AppDirectoriesOverride::Root(home.to_owned()));
    // A program with keys of its own is not the one that is installed here, and hands it nothing.
    if !installation.is_usual() {
        let mut hasher = DefaultHasher::new();
        home.hash(&mut hasher);
        config.identifier = format!("{}.p{:016x}", config.identifier, hasher.finish());
    }
    verdict
}

/// What stands in the way of the window.
enum Obstacle {
    /// Nothing can be kept.
    Home(Error),
    /// Nothing draws the page.
    Engine(Verdict),
    /// The last start showed nothing.
    Unseen,
}

/// Opens the window, once nothing stands in its way.
pub fn open(app: &AppHandle, engine: Verdict) -> tauri::Result<()> {
    let app_state = app.state::<AppState>();
    let obstacle = match (app_state.installation().make_ready(), engine) {
        (Err(error), _) => Some(Obstacle::Home(error)),
        (Ok(()), engine @ (Verdict::Offer { .. } | Verdict::Lacks { .. })) => {
            Some(Obstacle::Engine(engine))
        }
        _ if Profile::of(app_state.installation()).take_failed() => Some(Obstacle::Unseen),
        _ => None,
    };
    let Some(obstacle) = obstacle else {
        return show(app);
    };
    let app = app.clone();
    thread::spawn(move || {
        if !clear(&app, obstacle) {
            app.exit(1);
        }
    });
    Ok(())
}

fn show(app: &AppHandle) -> tauri::Result<()> {
    Profile::of(app.state::<AppState>().installation()).begin();
    window::open(app)?;
    background::start(app);
    update::tidy(app.state::<AppState>().installation());
    Ok(())
}

/// Says or asks what is to be said of it; whether the program goes on.
fn clear(app: &AppHandle, obstacle: Obstacle) -> bool {
    let app_state = app.state::<AppState>();
    let words = app_state.words();
    match obstacle {
        Obstacle::Home(error) => {
            let folder = app_state.installation().folder().display().to_string();
            let key = match app_state.installation().is_carried() {
                true => "start_stick_read_only",
                false => "start_home_read_only",
            };
            let why = reason(words, &error);
            dialogs::tell(app, words.with(key, &[("folder", folder), ("why", why)]));
            false
        }
        Obstacle::Engine(engine) => install(app, words, engine),
        Obstacle::Unseen => {
            let answers = ["start_plainly", "start_as_ever"].map(|key| words.text(key));
            let question = words.text("start_unseen").to_owned();
            if dialogs::ask(app, question, answers) {
                plainly(&app_state);
            }
            match show(app) {
                Ok(()) => true,
                Err(cause) => {
                    let why = cause.to_string();
                    dialogs::tell(app, words.with("start_no_window", &[("why", why)]));
                    false
                }
            }
        }
    }
}

/// Why the system refused.
fn reason(words: &Messages, error: &Error) -> String {
    let said = error.params.iter().find(|(name, _)| *name == "why");
    let said = || said.map(|(_, value)| value.as_str());
    words
        .why(error)
        .or_else(said)
        .unwrap_or_default()
        .to_owned()
}

/// Installs what draws the page when it may, and begins again.
fn install(app: &AppHandle, words: &Messages, engine: Verdict) -> bool {
    let oldest = webview::OLDEST.to_string();
    let missing = |installed: &str| match installed {
        "" => words.text("start_engine_missing").to_owned(),
        old => words.with(
            "start_engine_old",
            &[("version", old), ("oldest", oldest.as_str())],
        ),
    };
    match engine {
        Verdict::Offer { installed, setup } => {
            let question = [&missing(&installed), words.text("start_engine_offer")].join("\n\n");
            let answers = ["start_install", "start_not_now"].map(|key| words.text(key));
            if !dialogs::ask(app, question, answers) {
                return false;
            }
            let done = Command::new(setup).args(["/silent", "/install"]).status();
            if done.is_ok_and(|status| status.success()) {
                app.restart();
            }
            dialogs::tell(app, words.text("start_engine_not_installed").to_owned());
        }
        Verdict::Lacks { installed } => {
            let text = [&missing(&installed), words.text("start_engine_get")].join("\n\n");
            dialogs::tell(app, text);
        }
        Verdict::Go | Verdict::Use(_) => {}
    }
    false
}

/// A fresh profile, and no graphics card from now on.
fn plainly(app_state: &AppState) {
    if let Err(cause) = Profile::of(app_state.installation()).renew() {
        tracing::warn!(kind = ?cause.kind(), "the profile could not be put aside");
    }
    app_state.set(|settings| settings.plain_drawing = true);
    draw_plainly();
}

/// What tells the web view of Linux to leave the graphics card alone. It is read from the
/// environment alone, which a program sets for those that it starts.
#[cfg(target_os = "linux")]
pub fn draw_plainly() {
    use std::os::unix::process::CommandExt;
    const PLAIN: [&str; 2] = [
        "WEBKIT_DISABLE_COMPOSITING_MODE",
        "WEBKIT_DISABLE_DMABUF_RENDERER",
    ];
    if std::env::var_os(PLAIN[0]).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    again.envs(PLAIN.map(|name| (name, "1")));
    // It comes back only when that failed: then it is drawn as ever.
    let cause = again.exec();
    tracing::warn!(kind = ?cause.kind(), "the program could not be started anew");
}

/// WebView2 is told as the window is made.
#[cfg(not(target_os = "linux"))]
pub fn draw_plainly() {}
