//! The least window there can be, with one line of text: what the start of the program is measured
//! beside.

use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

fn main() {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![ready, drawn])
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Sổ Trực")
                .inner_size(1280.0, 800.0)
                .min_inner_size(720.0, 480.0)
                .visible(false)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!(
            "../tests/bench/bare/tauri.conf.json"
        ))
        .expect("the window system is there");
}

#[tauri::command]
async fn ready(window: WebviewWindow) -> tauri::Result<()> {
    window.show()?;
    window.set_focus()
}

#[tauri::command]
async fn drawn() {
    eprintln!("drawn");
}
