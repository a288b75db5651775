//! One name for a unit however it is written: abbreviated or in full, Pắc or Pắk, A Na or Ana.

use crate::text::fold;

/// What names of units are made of, folded, and the short form that stands for it. Longer ones
/// first.
const SHORT: &[(&str, &str)] = &[
    ("doan thanh nien cong san ho chi minh", "doan"),
    ("doan thanh nien cshcm", "doan"),
    ("doan thanh nien", "doan"),
    ("uy ban mat tran to quoc viet nam", "ubmttq"),
    ("uy ban mat tran to quoc", "ubmttq"),
    ("uy ban mttq viet nam", "ubmttq"),
    ("ubmttq viet nam", "ubmttq"),
    ("ubmttqvn", "ubmttq"),
    ("uy ban mttq", "ubmttq"),
    ("mat tran to quoc", "ubmttq"),
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("dai bieu quoc hoi", "dbqh"),
    ("nong nghiep va phat trien nong thon", "nnptnt"),
    ("nong nghiep va ptnt", "nnptnt"),
    ("lao dong thuong binh va xa hoi", "ldtbxh"),
    ("lao dong tbxh", "ldtbxh"),
    ("van hoa the thao va du lich", "vhttdl"),
    ("thong tin va truyen thong", "tttt"),
    ("thong tin truyen thong", "tttt"),
    ("tai nguyen va moi truong", "tnmt"),
    ("tai nguyen moi truong", "tnmt"),
    ("phat thanh va truyen hinh", "ptth"),
    ("phat thanh truyen hinh", "ptth"),
    ("khoa hoc va cong nghe", "khcn"),
    ("khoa hoc cong nghe", "khcn"),
    ("giao duc va dao tao", "gddt"),
    ("giao duc dao tao", "gddt"),
    ("ke hoach va dau tu", "khdt"),
    ("ke hoach dau tu", "khdt"),
    ("giao thong van tai", "gtvt"),
    ("kho bac nha nuoc", "kbnn"),
    ("lien hiep phu nu", "lhpn"),
    ("lien doan lao dong", "ldld"),
    ("bo chi huy quan su", "bchqs"),
    ("bo chi huy bo doi bien phong", "bdbp"),
    ("cong nghe thong tin", "cntt"),
    ("thanh pho", "tp"),
    ("thi xa", "tx"),
    ("thi tran", "tt"),
    ("van phong", "vp"),
    ("huyen", "h"),
    ("phuong", "p"),
    ("xa", "x"),
];

/// The one form of a name: names with the same key are one name.
pub(crate) fn key(name: &str) -> String {
    let mut padded = format!(" {} ", fold(name));
    for (long, short) in SHORT {
        if padded.contains(&format!(" {long} ")) {
            padded = padded.replace(&format!(" {long} "), &format!(" {short} "));
        }
    }
    padded
        .split_whitespace()
        .filter(|word| *word != "va")
        .flat_map(str::chars)
        .map(|c| if c == 'k' { 'c' } else { c })
        .collect()
}

/// The keys under which a unit may be meant, the fullest first: without the province behind it,
/// without what kind of council it has before it.
pub(crate) fn keys(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut keys = vec![key(&folded)];
    let mut add = |text: &str| {
        let key = key(text);
        if key.len() >= 2 && !keys.contains(&key) {
            keys.push(key);
        }
    };
    let tail = folded
        .rfind(" tinh ")
        .filter(|at| folded[at + 6..].split(' ').count() <= 3);
    let local = match (tail, folded.strip_suffix(" tinh")) {
        (Some(at), _) => &folded[..at],
        (None, Some(rest)) => rest,
        (None, None) => &folded,
    };
    add(local);
    let place = ["uy ban nhan dan ", "ubnd "]
        .iter()
        .find_map(|council| local.strip_prefix(council));
    if let Some(place) = place.filter(|place| !place.starts_with("tinh")) {
        add(place);
        let kinds = [
            "thanh pho ",
            "tp ",
            "thi xa ",
            "tx ",
            "thi tran ",
            "huyen ",
            "phuong ",
            "xa ",
        ];
        if let Some(bare) = kinds.iter().find_map(|kind| place.strip_prefix(kind)) {
            add(bare);
        }
    }
    keys
}

/// How alike two keys are, 0 to 1; 0 when their digits differ.
pub(crate) fn score(a: &str, b: &str) -> f64 {
    let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    match digits(a) == digits(b) {
        true => strsim::normalized_damerau_levenshtein(a, b),
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_key_however_it_is_written() {
        let same = |a: &str, b: &str| assert_eq!(key(a), key(b), "{a} = {b}");
        same("UBND huyện Cư M'gar", "Ủy ban nhân dân huyện Cư M’gar");
        same("UBND huyện Krông Pắc", "UBND huyện Krông Pắk");
        same("UBND huyện Krông A Na", "UBND H. Krông Ana");
        same("UBND thành phố Buôn Ma Thuột", "UBND TP Buôn Ma Thuột");
        same("UBND TP. BUÔN MA THUỘT", "UBND Tp.Buôn Ma Thuột");
        same("Sở Thông tin và Truyền thông", "Sở TT&TT");
        same("Sở Giáo dục và Đào tạo", "Sở GD&ĐT");
        same("Sở Lao động - Thương binh và Xã hội", "Sở LĐ-TB&XH");
        same("Sở Nông nghiệp và Phát triển nông thôn", "Sở NN và PTNT");
        same("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL");
        let differ = |a: &str, b: &str| assert_ne!(key(a), key(b), "{a} ≠ {b}");
        differ("Sở Nội vụ", "Sở Ngoại vụ");
        differ("Tổ bầu cử số 1", "Tổ bầu cử số 11");
    }
}
