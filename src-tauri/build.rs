//! Builds the page before the window, so that plain `cargo build` and `cargo run` work.

#[path = "xtask/src/page.rs"]
mod page;

use std::path::Path;

const UI: &str = "../ui";
/// What the page is made of.
const SOURCES: &[&str] = &[
    "src",
    "index.html",
    "package.json",
    "package-lock.json",
    "handbook.ts",
    "vite.config.ts",
    "svelte.config.js",
    "tsconfig.json",
    "../assets/handbook",
    "../assets/messages",
    "../assets/pictures/handbook",
];

fn main() {
    for source in SOURCES {
        println!("cargo:rerun-if-changed={UI}/{source}");
    }
    let ui = Path::new(UI);
    page::fetch(ui)
        .and_then(|()| page::npm(ui, &["run", "--silent", "build"]))
        .unwrap_or_else(|why| panic!("{why}"));
    tauri_build::build();
}
