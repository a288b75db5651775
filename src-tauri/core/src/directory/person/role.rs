//! Roles as spreadsheets name them.

use crate::directory::person::Role;
use crate::text::fold;

/// Vietnamese names of the roles; the first is the one we write.
const ROLE_NAMES: &[(Role, &[&str])] = &[
    (
        Role::Main,
        &[
            "Đầu mối chính",
            "Đầu mối",
            "Chính",
            "Trực chính",
            "Main",
            "Primary",
        ],
    ),
    (
        Role::Backup,
        &[
            "Dự phòng",
            "Đầu mối dự phòng",
            "Trực dự phòng",
            "Backup",
            "Secondary",
        ],
    ),
    (Role::Leader, &["Lãnh đạo phụ trách", "Lãnh đạo", "Leader"]),
    (
        Role::Technical,
        &[
            "Kỹ thuật",
            "Cán bộ kỹ thuật",
            "Phụ trách kỹ thuật",
            "Technical",
        ],
    ),
];

/// The role that a text names.
pub(super) fn read_role(text: &str) -> Option<Role> {
    let folded = fold(text);
    let folded = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    ROLE_NAMES
        .iter()
        .find(|(_, names)| names.iter().any(|name| fold(name) == folded))
        .map(|(role, _)| *role)
}

/// Words in headings over people who stand side by side, folded, and their roles.
const ROLES_OVER: &[(&str, Role)] = &[
    ("du phong", Role::Backup),
    ("thay the", Role::Backup),
    ("backup", Role::Backup),
    ("lanh dao", Role::Leader),
    ("ky thuat", Role::Technical),
    ("dau moi chinh", Role::Main),
    ("truc chinh", Role::Main),
    ("can bo chinh", Role::Main),
    ("nguoi chinh", Role::Main),
    ("main", Role::Main),
];

/// The role of somebody by the headings over them, where a row speaks of several people.
pub(super) fn role_over(headings: &str) -> Option<Role> {
    let padded = format!(" {} ", fold(headings));
    ROLES_OVER
        .iter()
        .find(|(words, _)| padded.contains(&format!(" {words} ")))
        .map(|(_, role)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::vietnamese;

    #[test]
    fn what_is_written_is_read_back() {
        for role in Role::ALL {
            assert_eq!(read_role(vietnamese().word(*role)), Some(*role));
        }
    }
}
