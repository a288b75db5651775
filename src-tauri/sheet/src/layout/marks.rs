//! What a text in a sheet is, when it is none of the list: a rank, a total, a signature.

use sotruc_base::text::fold;

/// Words with which names of units and groups begin. Some family names differ by an accent alone
/// (`Bàn`, `Trương`), some not at all (`Đoàn`): those need a second word.
const UNITS_BEGIN: &[&str] = &[
    "sở",
    "ban",
    "ubnd",
    "ủy ban",
    "uỷ ban",
    "phòng",
    "văn phòng",
    "công an",
    "vnpt",
    "viettel",
    "mobifone",
    "fpt",
    "huyện",
    "huyện ủy",
    "huyện uỷ",
    "xã",
    "phường",
    "thị xã",
    "thị trấn",
    "thành phố",
    "tp",
    "trung tâm",
    "chi cục",
    "cục",
    "kho bạc",
    "đài",
    "thanh tra",
    "hội",
    "tỉnh",
    "tỉnh đoàn",
    "huyện đoàn",
    "đoàn đbqh",
    "đoàn đại biểu",
    "đoàn thanh niên",
    "đoàn tncs",
    "liên đoàn",
    "bệnh viện",
    "trường đại học",
    "trường cao đẳng",
    "trường chính trị",
    "trường thpt",
    "trường thcs",
    "trường tiểu học",
    "khối",
    "các",
    "nhóm",
    "bộ chỉ huy",
    "bưu điện",
    "tòa án",
    "toà án",
    "viện",
    "ngân hàng",
    "điện lực",
    "công ty",
    "mặt trận",
    "đơn vị",
    "cơ quan",
];

/// Whether a text begins as the names of units and groups do; accents count where it has any.
pub fn begins_as_units_do(text: &str) -> bool {
    let small = text.to_lowercase().replace(['.', ','], " ");
    let folded = fold(text);
    let begins = |text: &str, word: &str| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    UNITS_BEGIN.iter().any(|word| match text.is_ascii() {
        true => begins(&folded, &fold(word)),
        false => begins(&small, word),
    })
}

/// `3`, `3.` or `(3)`.
pub fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.', ' ']);
    !bare.is_empty() && bare.len() <= 5 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// A number, a Roman number or a letter before a group.
pub fn is_rank(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '.', '/', ' ']);
    is_number(text)
        || (bare.chars().count() == 1 && bare.chars().all(char::is_alphabetic))
        || (!bare.is_empty() && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L')))
}

/// `I. CÁC SỞ (22 đơn vị)` without its rank and its count.
pub fn without_rank(text: &str) -> &str {
    let text = match text.rsplit_once('(') {
        Some((name, count)) if count.starts_with(|c: char| c.is_ascii_digit()) => name.trim_end(),
        _ => text,
    };
    match text.split_once(['.', ')', '/', '-', ' ']) {
        Some((rank, rest))
            if is_rank(rank)
                && !rest.trim().is_empty()
                && (rank.len() < text.len() - rest.len()) =>
        {
            let rest = rest.trim_start_matches(['.', ')', '/', '-', ' ']);
            // A single letter and a blank may begin a name: `Y Wan`.
            match text.as_bytes().get(rank.len()) {
                Some(b' ') if rank.len() == 1 && !matches!(rank, "I" | "V" | "X") => text,
                _ => rest,
            }
        }
        _ => text,
    }
}

/// The numbers of the columns: `(1) (2) (3)` or `A B 1 2`.
pub fn is_numbering(filled: &[(usize, String)]) -> bool {
    let mut last = 0;
    filled.len() >= 3
        && filled.iter().all(|(_, text)| {
            let bare = text.trim_matches(['(', ')', '.', ' ']);
            match bare.parse::<u32>() {
                Ok(number) => number == std::mem::replace(&mut last, number) + 1,
                Err(_) => last == 0 && bare.len() == 1,
            }
        })
        && last > 0
}

pub fn is_total(text: &str) -> bool {
    let folded = fold(text);
    [
        "tong cong",
        "tong so",
        "cong tong",
        "danh sach gom",
        "danh sach nay",
        "danh sach co",
        "total",
    ]
    .iter()
    .any(|begin| folded.starts_with(begin))
        || matches!(folded.as_str(), "cong" | "tong")
}

pub fn is_signature(text: &str) -> bool {
    let folded = fold(text);
    let begins = [
        "noi nhan",
        "nguoi lap",
        "nguoi tong hop",
        "lanh dao",
        "thu truong",
        "thu ky",
        "tm",
        "kt",
        "tl",
        "tuq",
        "giam doc",
        "pho giam doc",
        "chu tich",
        "pho chu tich",
        "chanh van phong",
        "truong phong",
        "bi thu",
        "xac nhan",
        "ky ghi ro",
        "ky ten",
        "da ky",
        "ky va",
    ];
    let dated = folded.contains("ngay") && folded.contains("thang") && folded.contains("nam");
    let day = folded.contains(" ngay ")
        && folded
            .split(' ')
            .filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
            .count()
            >= 2;
    dated
        || day
        || begins.iter().any(|begin| {
            folded == *begin
                || folded
                    .strip_prefix(begin)
                    .is_some_and(|rest| rest.starts_with(' '))
        })
}

/// Whether a sheet is one that tells how to fill the others.
pub(super) fn is_example(name: &str) -> bool {
    let folded = fold(name);
    let within = [
        "huong dan",
        "vi du",
        "bieu mau",
        "instruction",
        "example",
        "guide",
        "readme",
    ];
    folded.starts_with("mau") || within.iter().any(|word| folded.contains(word))
}
