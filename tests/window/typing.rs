//! Vietnamese goes into every field of the window as it is typed: nothing is lost, doubled or moved,
//! and no key of the program is pressed by it.

use crate::desk::{Home, OFFICER, Window};
use crate::roster::province;
use crate::unikey::{DIGITS, WORDS, burst, typed};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A place of the window that has fields, and the files of the page that they come from.
struct Place {
    files: &'static [&'static str],
    open: fn(&mut Window<'_>),
}

const fn place(files: &'static [&'static str], open: fn(&mut Window<'_>)) -> Place {
    Place { files, open }
}

fn go(desk: &Window<'_>, page: &str) {
    desk.js(&format!("location.hash = '#/{page}'"));
    desk.holds(&format!("return location.hash.startsWith('#/{page}') && document.querySelector('.room .sheet') !== null"));
}

/// Goes to the first of its kind that a room names.
fn first(desk: &Window<'_>, room: &str, page: &str) {
    go(desk, room);
    let link = format!("document.querySelector('.room a[href^=\"#/{page}/\"]')");
    desk.holds(&format!("return {link} !== null"));
    desk.js(&format!("{link}.click()"));
    desk.holds(&format!(
        "return location.hash.startsWith('#/{page}/') && document.querySelector('.room .sheet') !== null"
    ));
}

/// Begins a line.
fn begin(desk: &mut Window<'_>, text: &str) {
    desk.press("Ctrl+L");
    desk.js("document.getElementById('quick-line').select()");
    desk.types(text);
}

fn dialog(desk: &Window<'_>) {
    desk.holds("return document.querySelector('dialog[open]') !== null");
}

/// Presses a key that opens a dialog, once the page that knows the key stands.
fn opens(desk: &mut Window<'_>, key: &str) {
    desk.press(key);
    dialog(desk);
}

fn clicks(desk: &Window<'_>, name: &str) {
    desk.click(name);
    dialog(desk);
}

/// Opens what the menu of a shift to come names.
fn shift(desk: &mut Window<'_>, what: &str) {
    go(desk, "roster");
    let cell = "document.querySelector('.cell.shift:not(.past):not(.standing)')";
    desk.holds(&format!("return {cell} !== null"));
    desk.js(&format!("{cell}.focus()"));
    desk.press("Shift+F10");
    clicks(desk, what);
}

const NOTES: &[Place] = &[
    place(&["log/QuickLine.svelte"], |desk| {
        go(desk, "now");
        desk.press("Ctrl+L");
    }),
    place(&["log/LineQuestions.svelte"], |desk| {
        begin(desk, "14h20 /quyet");
        desk.holds("return document.querySelector('#quick-suggestions') !== null");
        desk.press("Enter");
        desk.sees("Căn cứ");
    }),
    place(&["log/LineQuestions.svelte"], |desk| {
        begin(desk, "/lien");
        desk.holds("return document.querySelector('#quick-suggestions') !== null");
        desk.press("Enter");
        desk.sees("Báo cho ai");
    }),
    place(&["search/Finder.svelte"], |desk| opens(desk, "Ctrl+K")),
    place(&["handbook/Handbook.svelte"], |desk| opens(desk, "F1")),
    place(&["log/CorrectForm.svelte"], |desk| {
        go(desk, "log");
        clicks(desk, "Đính chính dòng");
    }),
    place(
        &["log/Log.svelte", "parts/Pick.svelte", "parts/Field.svelte"],
        |desk| {
            go(desk, "log");
            desk.field("Lúc");
            desk.types("khoang");
            desk.sees("Khoảng khác…");
            desk.press("Enter");
            desk.sees("đến");
        },
    ),
    place(&["log/Handover.svelte"], |desk| {
        desk.js("location.hash = '#/handover'");
        desk.sees("Bản bàn giao soạn sẵn");
    }),
    place(&["log/ReceiveForm.svelte"], |desk| {
        desk.fill("Người nhận", "Trần Quang Huy");
        desk.press("Enter");
        desk.press("Ctrl+S");
        desk.sees("Đã bàn giao ca cho");
        clicks(desk, "Nhận ca…");
    }),
    place(&["office/OperatorForm.svelte"], |desk| {
        desk.js("document.querySelector('button.who').click()");
        dialog(desk);
    }),
    place(
        &[
            "office/Settings.svelte",
            "office/BookSettings.svelte",
            "office/OperatorList.svelte",
            "office/RuleDefaults.svelte",
            "office/RuleLimits.svelte",
            "office/RuleRecipients.svelte",
        ],
        |desk| {
            go(desk, "settings");
            desk.click("Sửa tên");
        },
    ),
];

const PEOPLE: &[Place] = &[
    place(&["directory/CallForm.svelte"], |desk| {
        go(desk, "calls");
        desk.sees("Đã gọi 0/");
        opens(desk, "Ctrl+5");
    }),
    place(&["directory/UnitForm.svelte"], |desk| {
        go(desk, "directory");
        opens(desk, "Ctrl+N");
    }),
    place(
        &[
            "directory/PersonForm.svelte",
            "directory/AbsenceRows.svelte",
        ],
        |desk| {
            first(desk, "people", "person");
            clicks(desk, "Sửa");
            desk.click("Thêm ngày nghỉ");
        },
    ),
    place(&["directory/MergeForm.svelte"], |desk| {
        first(desk, "people", "person");
        clicks(desk, "Gộp…");
    }),
    place(&["privacy/RedactForm.svelte"], |desk| {
        first(desk, "people", "person");
        desk.js("[...document.querySelectorAll('.room button')].find((e) => e.innerText.trim() === 'Dữ liệu cá nhân').click()");
        clicks(desk, "Xóa hẳn dữ liệu…");
    }),
    place(&["submission/RemindForm.svelte"], |desk| {
        go(desk, "directory");
        desk.click("Chưa gửi");
        clicks(desk, "Ghi đã nhắc cả");
    }),
    place(&["submission/SubmissionForm.svelte"], |desk| {
        first(desk, "directory", "unit");
        desk.js("document.querySelector('.room button.bare-badge').click()");
        clicks(desk, "Đã gửi");
    }),
    place(&["submission/DueForm.svelte"], |desk| {
        first(desk, "directory", "unit");
        clicks(desk, "Đổi hạn…");
    }),
    // What narrows a list comes after all that is opened from it.
    place(
        &["directory/Calls.svelte", "directory/CallPanel.svelte"],
        |desk| {
            go(desk, "calls");
            desk.sees("Đã gọi 0/");
        },
    ),
    place(&["directory/People.svelte"], |desk| go(desk, "people")),
    place(
        &["directory/Directory.svelte", "parts/FilterBox.svelte"],
        |desk| {
            go(desk, "directory");
        },
    ),
];

const ROWS: &[Place] = &[place(&["import/ImportRow.svelte"], |desk| {
    go(desk, "directory");
    desk.click("Nhập…");
    desk.click("Nhập danh sách đầu mối");
    clicks(desk, "Dòng 2: xem cả dòng");
})];

const SUCCESSION: &[Place] = &[place(&["import/Import.svelte"], |desk| {
    go(desk, "directory");
    desk.click("Nhập…");
    desk.click("Sắp xếp lại đơn vị");
    desk.sees("Sắp xếp 1 đơn vị");
})];

const INCIDENTS: &[Place] = &[
    place(&["incident/IncidentForm.svelte"], |desk| {
        opens(desk, "Ctrl+Shift+N");
    }),
    place(&["incident/IncidentFactsForm.svelte"], |desk| {
        first(desk, "incidents", "incident");
        clicks(desk, "Sửa");
    }),
    place(
        &["incident/IncidentReportForm.svelte", "parts/Picks.svelte"],
        |desk| opens(desk, "Alt+C"),
    ),
    place(&["incident/SeverityForm.svelte"], |desk| {
        opens(desk, "Alt+R")
    }),
    place(&["incident/NoticeSentForm.svelte"], |desk| {
        desk.press("Ctrl+Shift+N");
        desk.fill("Sự việc", "Trang chủ bị thay");
        desk.fill("Đơn vị", "cu mgar");
        desk.press("Enter");
        desk.fill("Loại sự cố", "giao dien");
        desk.press("Enter");
        desk.press("Ctrl+S");
        desk.sees("Đã mở sự cố");
        desk.sees("Theo Kỳ bầu cử");
        opens(desk, "Alt+R");
        desk.press("Alt+C");
        desk.press("Ctrl+S");
        desk.sees("Đã đánh giá Nghiêm trọng");
        clicks(desk, "Đã báo…");
    }),
    place(&["incident/NoticeReasonForm.svelte"], |desk| {
        clicks(desk, "Không cần báo…");
    }),
    place(&["incident/Incidents.svelte"], |desk| go(desk, "incidents")),
];

const REPORTS: &[Place] = &[place(&["now/ReportWaiveForm.svelte"], |desk| {
    clicks(desk, "Không phải gửi…");
})];

const ROSTER: &[Place] = &[
    place(&["report/ExportForm.svelte"], |desk| {
        go(desk, "roster");
        clicks(desk, "Xuất…");
    }),
    place(&["duty/roster/Roster.svelte"], |desk| go(desk, "roster")),
    place(
        &["duty/shift/ShiftForm.svelte", "parts/SpanFields.svelte"],
        |desk| {
            go(desk, "roster");
            opens(desk, "Ctrl+N");
        },
    ),
    place(&["duty/shift/ChangeForm.svelte"], |desk| {
        go(desk, "roster");
        clicks(desk, "Chấp nhận, ghi lý do");
    }),
    place(
        &[
            "duty/period/PeriodForm.svelte",
            "duty/period/NeedRows.svelte",
        ],
        |desk| {
            go(desk, "roster");
            clicks(desk, "Kỳ trực mới");
            desk.click("Thêm ngoại lệ");
        },
    ),
    place(
        &[
            "duty/rota/RotaForm.svelte",
            "duty/rota/RotaSlots.svelte",
            "duty/rota/RotaRound.svelte",
        ],
        |desk| {
            go(desk, "roster");
            clicks(desk, "Xếp ca…");
            desk.click("Mẫu riêng");
            desk.click("Chọn đơn vị");
        },
    ),
    place(&["report/DutySheet.svelte"], |desk| {
        desk.js("location.hash = '#/sheet'");
        desk.holds("return document.querySelector('.room input.input') !== null");
    }),
];

const SHIFTS: &[Place] = &[
    place(&["duty/shift/CoverForm.svelte"], |desk| {
        shift(desk, "Trực thay một lúc…");
    }),
    place(&["duty/shift/SplitForm.svelte"], |desk| {
        shift(desk, "Tách ca…");
    }),
    place(&["duty/shift/ReplaceForm.svelte"], |desk| {
        shift(desk, "Thay người từ nay…");
    }),
];

const WELCOME: &[Place] = &[place(&["book/Welcome.svelte"], |desk| {
    desk.click("Lập sổ");
})];

/// Takes the last field that was not typed into, for what is typed above may leave nothing below, with all that it holds marked.
const NEXT: &str = "
    const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
    const other = ['checkbox', 'radio', 'file', 'range', 'button', 'submit'];
    const field = [...top.querySelectorAll('input, textarea, [contenteditable]:not([contenteditable=false])')]
      .findLast((e) => e.checkVisibility() && !e.disabled && !e.readOnly && !other.includes(e.type) && !e.dataset.typed
        && (e.id !== 'quick-line' || arguments[0]));
    document.querySelectorAll('[data-typed=now]').forEach((e) => (e.dataset.typed = 'before'));
    if (!field) return null;
    field.scrollIntoView({ block: 'nearest' });
    field.focus();
    field.select?.();
    field.dataset.typed = 'now';
    const name = field.getAttribute('aria-label') ?? field.labels?.[0]?.innerText ?? field.id;
    return [name, field.type === 'number', location.hash, document.querySelectorAll('dialog[open]').length];";

/// What became of it two frames after the last key.
const AFTER: &str = "
    const done = arguments[0];
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const e = document.activeElement;
      done([e.dataset.typed === 'now', e.value ?? e.innerText, e.type === 'number' ? null : e.selectionStart,
        location.hash, document.querySelectorAll('dialog[open]').length]);
    }));";

/// Types into every field that is seen. Says how many there are.
fn sweep(desk: &Window<'_>, files: &[&str]) -> usize {
    let line = files.contains(&"log/QuickLine.svelte");
    let mut count = 0;
    loop {
        let next = desk.js_with(NEXT, vec![json!(line)]);
        if next == Json::Null {
            return count;
        }
        let keys = if next[1] == json!(true) {
            DIGITS
        } else {
            WORDS
        };
        let (text, caret) = typed(keys);
        desk.acts(burst(keys));
        let caret = if next[1] == json!(true) {
            Json::Null
        } else {
            json!(caret)
        };
        let wanted = json!([true, text, caret, next[2], next[3]]);
        let found = desk.js_async(AFTER, Vec::new());
        assert_eq!(found, wanted, "{files:?}: {}", next[0]);
        count += 1;
    }
}

fn visit(desk: &mut Window<'_>, places: &[Place]) {
    for Place { files, open } in places {
        open(desk);
        assert!(sweep(desk, files) > 0, "{files:?} has no field here");
        // What was typed is no business of the next place.
        desk.js("for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key)");
        while desk.js("return document.querySelector('dialog[open]') !== null") == json!(true) {
            desk.press("Escape");
        }
    }
}

#[test]
fn into_notes_and_settings() {
    let home = Home::with_sample("vi", "light");
    visit(&mut Window::open(&home), NOTES);
}

#[test]
fn into_what_is_known_of_people() {
    let home = Home::with_sample("vi", "light");
    visit(&mut Window::open(&home), PEOPLE);
}

#[test]
fn into_what_is_imported() {
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let list = home.path("dau-moi.csv");
    let text = "Đơn vị,Họ và tên,Số di động\nSở Tài chính,Phạm Hữu Thử,09O5 700 003\n";
    fs::write(&list, text).expect("writable");
    home.choose(&list);
    visit(&mut desk, ROWS);
    let list = home.path("sap-xep.csv");
    let text =
        "Đơn vị cũ,Đơn vị mới,Mã mới,Nhóm\nUBND huyện Lắk,UBND xã Liên Sơn Lắk,COM901,commune\n";
    fs::write(&list, text).expect("writable");
    home.choose(&list);
    visit(&mut desk, SUCCESSION);
}

#[test]
fn into_incidents() {
    let home = Home::with_sample("vi", "light");
    visit(&mut Window::open(&home), INCIDENTS);
}

#[test]
fn into_a_report_of_the_year() {
    let home = Home::with_sample("vi", "light");
    let book = home.path("home/sample/so-truc-mau.sotruc");
    let book = book.display().to_string();
    let at = [
        "--store",
        &book,
        "--operator",
        OFFICER,
        "--at",
        "23/05/2016 02:40",
    ];
    home.terminal(&[&at[..], &["settings", "set", "profiles", "election,2017"]].concat());
    home.time("2016-06-10T08:00:00+07:00");
    let mut desk = Window::open(&home);
    desk.sees("Không phải gửi…");
    visit(&mut desk, REPORTS);
}

#[test]
fn into_the_roster() {
    let home = Home::with_sample("vi", "light");
    visit(&mut Window::open(&home), ROSTER);
}

#[test]
fn into_the_shifts_of_a_roster() {
    let home = province(3, "2x12");
    visit(&mut Window::open(&home), SHIFTS);
}

#[test]
fn into_a_new_book() {
    let home = Home::new();
    visit(&mut Window::open(&home), WELCOME);
}

/// The marks that stand highest are drawn: in a field NGUYỄN does not look like NGUYÊN.
#[test]
fn marks_over_capitals_are_drawn_in_one_line_fields() {
    type Opens = fn(&mut Window<'_>);
    // Within the border, as far as the first letters go: the caret stands behind them.
    const PLACE: &str = "
        const field = document.activeElement, around = field.getBoundingClientRect();
        const left = around.left + parseFloat(getComputedStyle(field).paddingLeft) + 1;
        return [left, around.top + 3, 30, around.height - 6].map(Math.round);";
    let home = Home::with_sample("vi", "light");
    let mut desk = Window::open(&home);
    let fields: [(&str, Opens); 3] = [
        ("the quick line", |desk| desk.press("Ctrl+L")),
        ("the finder", |desk| opens(desk, "Ctrl+K")),
        ("a filter", |desk| {
            desk.press("Escape");
            go(desk, "incidents");
            desk.js("document.querySelector('.room input').focus()");
        }),
    ];
    for (name, open) in fields {
        open(&mut desk);
        let place: [usize; 4] = serde_json::from_value(desk.js(PLACE)).expect("four numbers");
        let mut drawn = |text: &str| {
            desk.js("document.activeElement.select()");
            desk.types(text);
            desk.shot().first_drawn(place).expect("letters")
        };
        let (without, with) = (drawn("EEEEEEEE"), drawn("ỄỄỄỄỄỄỄỄ"));
        // Two marks are five pixels at the least; one, or a cut one, is three.
        assert!(with + 5 <= without, "{name}: drawn from {with}, {without}");
        desk.js("document.activeElement.select()");
        desk.press("Backspace");
    }
}

/// Whether a component has a field to type into.
fn has_field(source: &str) -> bool {
    [
        "<textarea",
        "<Field",
        "<Pick",
        "<SpanFields",
        "<FilterBox",
        "contenteditable",
        "<input",
    ]
    .iter()
    .flat_map(|tag| source.split(tag).skip(1).map(move |rest| (tag, rest)))
    .any(|(tag, rest)| {
        let end = rest.find("/>").unwrap_or(rest.len());
        *tag != "<input" || !rest[..end].contains("type=\"checkbox\"")
    })
}

fn components(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the page") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            components(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "svelte") {
            found.push(path);
        }
    }
}

#[test]
fn no_file_with_a_field_is_left_out() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src");
    let mut files = Vec::new();
    components(&page, &mut files);
    let with_field: BTreeSet<String> = files
        .iter()
        .filter(|path| has_field(&fs::read_to_string(path).expect("readable")))
        .map(|path| {
            path.strip_prefix(&page)
                .expect("within")
                .display()
                .to_string()
        })
        .collect();
    let visited: BTreeSet<String> = [
        NOTES, PEOPLE, ROWS, SUCCESSION, INCIDENTS, REPORTS, ROSTER, SHIFTS, WELCOME,
    ]
    .iter()
    .flat_map(|places| places.iter())
    .flat_map(|place| place.files.iter().map(|file| (*file).to_owned()))
    .collect();
    assert_eq!(with_field, visited);
}
