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
    ("nong nghiep phat trien nong thon", "nnptnt"),
    ("nong nghiep ptnt", "nnptnt"),
    ("lao dong thuong binh xa hoi", "ldtbxh"),
    ("lao dong tbxh", "ldtbxh"),
    ("van hoa the thao du lich", "vhttdl"),
    ("thong tin truyen thong", "tttt"),
    ("tai nguyen moi truong", "tnmt"),
    ("phat thanh truyen hinh", "ptth"),
    ("khoa hoc cong nghe", "khcn"),
    ("giao duc dao tao", "gddt"),
    ("ke hoach dau tu", "khdt"),
    ("giao thong van tai", "gtvt"),
    ("kho bac nha nuoc", "kbnn"),
    ("lien hiep phu nu", "lhpn"),
    ("lien doan lao dong", "ldld"),
    ("bo chi huy quan su", "bchqs"),
    ("bo chi huy bo doi bien phong", "bdbp"),
    ("cong nghe thong tin", "cntt"),
    ("buon me thuot", "buon ma thuot"),
    ("ban me thuot", "buon ma thuot"),
    ("bmt", "buon ma thuot"),
    ("thanh pho", "tp"),
    ("thi xa", "tx"),
    ("thi tran", "tt"),
    ("van phong", "vp"),
    ("huyen", "h"),
    ("phuong", "p"),
    ("xa", "x"),
];

/// Words that many names share: they tell what a unit is, not which.
const COMMON: &[&str] = &[
    "so", "ubnd", "hdnd", "ubmttq", "phong", "ban", "vp", "tp", "tx", "tt", "h", "p", "x", "tinh",
];

/// How many letters of a word a slip changes at most.
const SLIP: usize = 1;

/// The words of a name, in their short forms, without "và".
fn short_words(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| *word != "va").collect();
    let mut padded = format!(" {} ", words.join(" "));
    for (long, short) in SHORT {
        if padded.contains(&format!(" {long} ")) {
            padded = padded.replace(&format!(" {long} "), &format!(" {short} "));
        }
    }
    padded
}

/// Whether two names differ in one whole word that tells which unit is meant, by more than a slip:
/// however alike the rest is, these are two units.
#[must_use]
pub fn are_apart(a: &str, b: &str) -> bool {
    let (a, b) = (short_words(a), short_words(b));
    let words = |name: &str| name.split_whitespace().count();
    let mut apart = a
        .split_whitespace()
        .zip(b.split_whitespace())
        .filter(|(a, b)| a != b);
    let (Some((one, other)), None) = (apart.next(), apart.next()) else {
        return false;
    };
    let is_common = |word| COMMON.contains(&word);
    words(&a) == words(&b)
        && !is_common(one)
        && !is_common(other)
        && strsim::damerau_levenshtein(one, other) > SLIP
}

/// The one form of a name: names with the same key are one name.
pub fn key(name: &str) -> String {
    short_words(name)
        .split_whitespace()
        .flat_map(str::chars)
        .map(|c| if c == 'k' { 'c' } else { c })
        .collect()
}

/// What is called "tỉnh …" at the end of a name: the province behind a unit.
pub fn province(folded: &str) -> Option<&str> {
    let (_, behind) = folded.rsplit_once(" tinh ")?;
    (2..=3)
        .contains(&behind.split(' ').count())
        .then_some(behind)
}

/// The keys under which a known unit may be meant: its name, that without the province behind it,
/// the place without the council of it.
pub fn known_keys(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut keys = vec![key(&folded)];
    let local = match province(&folded) {
        Some(province) => folded[..folded.len() - province.len()].trim_end_matches(" tinh "),
        None => folded.strip_suffix(" tinh").unwrap_or(&folded),
    };
    keys.push(key(local));
    if let Some(place) = without_council(local) {
        keys.push(key(place));
        keys.extend(without_kind(place).map(key));
    }
    keys.dedup();
    keys
}

/// The keys of a name that somebody wrote. What it says of level and province counts: only a
/// province of which known units speak may be left out.
pub fn given_keys(name: &str, is_ours: impl Fn(&str) -> bool) -> Vec<String> {
    let folded = fold(name);
    let mut keys = vec![key(&folded)];
    let local = match province(&folded).filter(|province| is_ours(province)) {
        Some(province) => folded[..folded.len() - province.len()].trim_end_matches(" tinh "),
        None => &folded,
    };
    keys.push(key(local));
    // "Công an tỉnh": whose province is not said, so it is ours.
    keys.extend(local.strip_suffix(" tinh").map(key));
    keys.extend(without_council(local).map(key));
    keys.dedup();
    keys
}

fn without_council(name: &str) -> Option<&str> {
    let councils = ["uy ban nhan dan ", "ubnd "];
    let place = councils
        .iter()
        .find_map(|council| name.strip_prefix(council));
    place.filter(|place| !place.starts_with("tinh"))
}

fn without_kind(place: &str) -> Option<&str> {
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
    kinds.iter().find_map(|kind| place.strip_prefix(kind))
}

/// How alike two keys are, 0 to 1; 0 when their digits differ.
pub fn score(a: &str, b: &str) -> f64 {
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
        same("UBND TP BMT", "UBND thành phố Buôn Ma Thuột");
        same("UBND TP. Buôn Mê Thuột", "UBND thành phố Buôn Ma Thuột");
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

    #[test]
    fn names_that_differ_in_the_word_that_counts_are_two() {
        let apart = |a: &str, b: &str| are_apart(a, b) && are_apart(b, a);
        assert!(apart("Sở Nội vụ", "Sở Ngoại vụ"));
        assert!(apart("UBND xã Hòa Phú", "UBND xã Hòa Thắng"));
        assert!(apart("Sở Công Thương", "Sở Công nghệ"));
        // A slip, a word of what kind it is, a word too many are no other unit.
        assert!(!apart("Sở Nội vụ", "Sở Nộii vụ"));
        assert!(!apart("UBND xã Hòa Phú", "UBND phường Hòa Phú"));
        assert!(!apart("Sở Nội vụ", "Sở Nội vụ tỉnh"));
        assert!(!apart("Sở Y tế", "Sở Ytế"));
        assert!(!apart("Sở Nội vụ", "Sở Nội vụ"));
    }
}
