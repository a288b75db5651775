//! How the program starts: with a file, after a start that showed nothing, beside a system that
//! shows no alerts.

use crate::desk::{Home, OFFICER, Window};
use minisign::KeyPair;
use sotruc_core::sample;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Another book than the one that was open last.
fn another(home: &Home) -> PathBuf {
    let book = home.path("sổ khác.sotruc");
    drop(sample::write(&book, &home.installation()).expect("the sample is whole"));
    book
}

#[test]
fn a_file_that_is_given_is_opened() {
    let home = Home::with_sample("vi", "light");
    let book = another(&home);
    {
        let mut desk = Window::given(&home, &[&book]);
        // Nobody has written in it here.
        desk.sees("Bấm số để chọn nhanh");
        desk.sees(OFFICER);
        desk.press("1");
        desk.sees_no("Bấm số để chọn nhanh");
        desk.press("Alt+6");
        desk.sees("sổ khác.sotruc");
        // What a browser would do at a key, it does not; what the page does, it does.
        let kept = "const pressed = new KeyboardEvent('keydown', { key: 'F7', bubbles: true, cancelable: true });
             document.body.dispatchEvent(pressed);
             return pressed.defaultPrevented";
        desk.holds(kept);
        desk.sees("Vẽ không dùng card đồ họa");
        desk.holds(
            "const plain = [...document.querySelectorAll('label.tick')].find((e) => e.innerText.includes('card đồ họa'));
             plain.querySelector('input').checked || plain.click();
             return plain.querySelector('input').checked",
        );
        desk.press("Alt+1");
        desk.press("Alt+6");
        desk.holds("return [...document.querySelectorAll('label.tick input')].at(-1)?.checked");
    }
    let settings = fs::read_to_string(home.path("home/window.json")).expect("kept");
    assert!(settings.contains(r#""plain_drawing": true"#), "{settings}");
    assert!(!home.path("home/starting").exists(), "the page was seen");

    let missing = home.path("thiếu.sotruc");
    {
        let desk = Window::given(&home, &[&missing]);
        desk.sees("Không mở được sổ");
        desk.sees("thiếu.sotruc");
        assert_eq!(desk.stumbles(), Vec::<String>::new());
        desk.picture("refused");
    }

    let list = home.path("đầu mối.csv");
    fs::write(&list, sample::PEOPLE).expect("writable");
    let desk = Window::given(&home, &[&list]);
    desk.sees("đầu mối.csv");
}

#[test]
fn a_second_start_hands_over_and_ends() {
    let home = Home::with_sample("vi", "light");
    let desk = Window::open(&home);
    let list = home.path("đầu mối.csv");
    fs::write(&list, sample::PEOPLE).expect("writable");
    // It needs no display and no session bus.
    let later = Command::new(env!("CARGO_BIN_EXE_sotruc-desktop"))
        .arg("đầu mối.csv")
        .current_dir(home.path(""))
        .env("SOTRUC_HOME", home.path("home"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .status()
        .expect("it starts");
    assert!(later.success());
    desk.sees("đầu mối.csv");
    desk.holds("return location.hash === '#/import'");
}

#[test]
fn a_start_that_showed_nothing_is_asked_about_once() {
    let home = Home::with_sample("vi", "light");
    let kept = home.path("home/webview/left");
    fs::create_dir_all(&kept).expect("writable");
    fs::write(home.path("home/starting"), "").expect("writable");
    home.choose(&PathBuf::from("yes"));
    {
        let desk = Window::open(&home);
        desk.sees("Đang trực");
        assert!(!kept.exists(), "the profile is a fresh one");
    }
    let settings = fs::read_to_string(home.path("home/window.json")).expect("kept");
    assert!(settings.contains(r#""plain_drawing": true"#), "{settings}");

    // It was seen: nothing is asked, and no profile put aside.
    fs::create_dir_all(&kept).expect("writable");
    home.choose(&PathBuf::from("yes"));
    let desk = Window::open(&home);
    desk.sees("Đang trực");
    assert!(kept.exists());
}

#[test]
fn what_the_system_does_not_show_stands_in_the_window_until_it_is_read() {
    let home = Home::with_sample("vi", "light");
    // No alert can be told where a folder is.
    fs::create_dir(home.path("alerts")).expect("writable");
    let book = home.path("home/sample/so-truc-mau.sotruc");
    let book = book.display().to_string();
    let at = [
        "--store",
        &book,
        "--operator",
        OFFICER,
        "--at",
        "23/05/2016 02:15",
    ];
    let set = ["incident", "set", "3", "--severity", "serious"];
    home.terminal(&[&at[..], &set[..]].concat());
    let mut desk = Window::open(&home);
    desk.sees("Quá hạn báo");
    assert_eq!(desk.stumbles(), Vec::<String>::new());
    desk.picture("told");
    let stays = "return [...document.querySelectorAll('.toast')].some((e) => e.innerText.includes('Quá hạn báo'))";
    desk.holds(stays);
    // What is said meanwhile does not push it out.
    for n in 0..4 {
        desk.press("Ctrl+L");
        desk.types(&format!("Việc thứ {n}"));
        desk.press("Enter");
        desk.sees(&format!("Việc thứ {n}"));
    }
    desk.holds(stays);
}

#[test]
fn an_update_is_checked_and_the_books_are_copied_first() {
    let home = Home::with_sample("vi", "light");
    let copies = home.path("home/sample/so-truc-mau.sotruc.backups");
    let office = KeyPair::generate_unencrypted_keypair().expect("random bytes");
    let signed = |name: &str, comment: &str| {
        let file = home.path(name);
        fs::write(&file, name).expect("writable");
        let signature = minisign::sign(None, &office.sk, name.as_bytes(), Some(comment), None);
        let signature = signature.expect("signed").into_string();
        fs::write(home.path(&format!("{name}.minisig")), signature).expect("writable");
        file
    };
    {
        let mut desk = Window::open(&home);
        desk.press("Alt+6");
        desk.sees("Bản tự dựng");
    }
    fs::write(home.path("update"), office.pk.to_base64()).expect("writable");
    let mut desk = Window::open(&home);
    desk.press("Alt+6");
    let older = signed("so-truc_0.0.9_amd64.deb", "so-truc 0.0.9 deb");
    home.choose(&older);
    desk.click("Cập nhật từ tệp…");
    desk.sees("là bản 0.0.9, cũ hơn bản đang chạy");

    let newer = signed("so-truc_9.0.0_amd64.deb", "so-truc 9.0.0 deb");
    home.choose(&newer);
    desk.click("Cập nhật từ tệp…");
    desk.sees("Bản 9.0.0, đã kiểm chữ ký");
    desk.picture("update");
    fs::remove_dir_all(&copies).unwrap_or_default();
    desk.press("Ctrl+S");
    desk.sees_no("Bản 9.0.0, đã kiểm chữ ký");
    let installed = fs::read_to_string(home.path("update")).expect("told");
    assert_eq!(installed, "so-truc_9.0.0_amd64.deb");
    assert_eq!(fs::read_dir(&copies).expect("copied").count(), 1);
    assert_eq!(desk.stumbles(), Vec::<String>::new());
}
