//! Positions that people hold in a unit, as lists write them.

use sotruc_base::text::fold;

/// Words with which positions begin, folded.
const POSITIONS: &[&str] = &[
    "truong",
    "pho",
    "giam doc",
    "chanh",
    "chuyen vien",
    "can bo",
    "ky su",
    "quan tri",
    "van thu",
    "nhan vien",
    "chu tich",
    "bi thu",
    "doi truong",
    "to truong",
    "ke toan",
    "vien chuc",
    "cong chuc",
    "phu trach",
    "lanh dao",
    "chu nhiem",
    "thu truong",
    "thu ky",
    "ky thuat",
    "dau moi",
];

/// Whether a text begins as positions do.
#[must_use]
pub fn is_position(text: &str) -> bool {
    let folded = fold(text);
    POSITIONS.iter().any(|word| folded.starts_with(word))
}
