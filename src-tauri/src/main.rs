//! The duty book in a window: commands over the core's front door, and nothing that the core
//! could do.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod alerts;
mod background;
mod bindings;
mod clock;
mod commands;
mod dialogs;
mod handed;
mod ipc_error;
mod only;
mod open_book;
mod settings;
mod start;
mod state;
mod update;
mod window;

use tauri::{Manager, RunEvent};

use crate::only::First;
use crate::settings::Settings;
use crate::start::arguments::Wish;
use crate::state::AppState;
use sotruc_core::Installation;

/// Imports and lists are many small texts; the systems' own allocators are slow with them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let installation = Installation::of_user();
    // Without it the work goes on.
    let _ = sotruc_program::begin_log(installation.folder());
    if Settings::load(&installation).plain_drawing {
        start::draw_plainly();
    }
    let Some(first) = only::turn(&installation) else {
        return;
    };
    let mut context = tauri::generate_context!();
    let engine = start::prepare(&mut context, &installation);
    let bindings = bindings::builder();
    let handler = bindings.invoke_handler();
    first
        .prepare(tauri::Builder::default())
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::remembered())
        .invoke_handler(handler)
        .setup(move |app| {
            bindings.mount_events(app);
            app.manage(AppState::new(installation, Wish::of_process()));
            app.manage(commands::rota::Proposals::default());
            app.manage(commands::update::Checked::default());
            app.manage(window::AskedToClose::default());
            start::open(app.handle(), engine)?;
            first.listen(app.handle());
            app.manage(first);
            Ok(())
        })
        .build(context)
        .expect("the window system is there")
        .run(|app, event| {
            if let RunEvent::Exit = event {
                app.state::<AppState>().leave();
                app.state::<First>().end();
            }
        });
}
