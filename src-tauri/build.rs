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
    println!("cargo:rerun-if-changed=windows.manifest");
    let ui = Path::new(UI);
    page::fetch(ui)
        .and_then(|()| page::npm(ui, &["run", "--silent", "build"]))
        .unwrap_or_else(|why| panic!("{why}"));
    let windows = tauri_build::WindowsAttributes::new();
    let windows = windows.app_manifest(include_str!("windows.manifest"));
    let attributes = tauri_build::Attributes::new().windows_attributes(windows);
    tauri_build::try_build(attributes).unwrap_or_else(|why| panic!("{why:#}"));
}
