//! What Windows shows of the program: its icon, its version, its manifest.

fn main() {
    println!("cargo:rerun-if-changed=../windows.manifest");
    println!("cargo:rerun-if-changed=../icons/icon.ico");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return;
    }
    let mut resource = tauri_winres::WindowsResource::new();
    resource
        .set("ProductName", "Sổ Trực")
        .set("CompanyName", "Sổ Trực")
        .set("FileDescription", "Sổ Trực (sotruc)")
        .set("LegalCopyright", "Apache-2.0")
        .set_icon("../icons/icon.ico")
        .set_manifest(include_str!("../windows.manifest"));
    resource
        .compile()
        .unwrap_or_else(|why| panic!("the resources of sotruc.exe: {why}"));
}
