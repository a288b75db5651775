//! The duty book in a window: commands over the core's front door, and nothing that the core
//! could do.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod alerts;
mod background;
mod bindings;
mod clock;
mod commands;
mod dialogs;
mod ipc_error;
mod settings;
mod state;
mod update;
mod window;

use tauri::Manager;

use crate::state::AppState;
use sotruc_core::Installation;

/// Imports and lists are many small texts; the systems' own allocators are slow with them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // Without it the work goes on.
    let _ = sotruc_program::begin_log(Installation::of_user().folder());
    let bindings = bindings::builder();
    let handler = bindings.invoke_handler();
    let mut builder = tauri::Builder::default();
    // Tests run several windows side by side.
    if !dialogs::is_automated() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::bring_forward(app);
        }));
    }
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(window::remembered())
        .invoke_handler(handler)
        .setup(move |app| {
            bindings.mount_events(app);
            app.manage(AppState::new());
            app.manage(commands::rota::Proposals::default());
            app.manage(commands::update::Checked::default());
            window::open(app.handle())?;
            background::start(app.handle());
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("the window system is there");
}
