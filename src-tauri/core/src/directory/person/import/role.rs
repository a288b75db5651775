//! Roles as spreadsheets name them.

use crate::directory::person::Role;
use crate::sheet::part::{Part, part_alone, part_over};

const fn role_of(part: Part) -> Role {
    match part {
        Part::Main => Role::Main,
        Part::Backup => Role::Backup,
        Part::Leader => Role::Leader,
        Part::Technical => Role::Technical,
    }
}

/// The role that a text names.
pub(super) fn read_role(text: &str) -> Option<Role> {
    part_alone(text).map(role_of)
}

/// The role of somebody by the headings over them, where a row speaks of several people.
pub(super) fn role_over(headings: &str) -> Option<Role> {
    part_over(headings).map(role_of)
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
