//! How a post is held in a written roster.

use sotruc_base::words;

words! {
    /// How a post is held in a written roster.
    DutyForm, "form" {
        /// By a shift.
        Shift = "shift",
        /// By the standing contact.
        Standing = "standing",
        /// By a shift of somebody who has leave then.
        Away = "away",
        /// By nobody.
        Empty = "empty",
        /// By somebody of whom nothing is kept.
        Redacted = "redacted",
    }
}

/// What stands behind the name of somebody who has leave in a grid of shifts, as we write it.
pub const ON_LEAVE: &str = "(nghỉ phép)";

impl DutyForm {
    /// The word by which a sheet says it; we write the same.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shift => "Ca trực",
            Self::Standing => "Thường trực",
            Self::Away => "Ca trực, người trực nghỉ phép",
            Self::Empty => "Không có người trực",
            Self::Redacted => "Đã xóa dữ liệu",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sotruc_base::messages::vietnamese;

    #[test]
    fn what_is_written_is_read_back() {
        for form in DutyForm::ALL {
            assert_eq!(form.name(), vietnamese().word(*form));
        }
    }
}
