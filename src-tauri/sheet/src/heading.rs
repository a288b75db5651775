//! Headings: how columns are called, in the files that come in and in those that go out.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashSet;
use std::sync::LazyLock;

use crate::wording::{LOOSE, SHORT, WORDINGS};
use sotruc_base::text::fold;

/// A list that spreadsheets hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum List {
    /// Units.
    Units,
    /// People.
    People,
    /// Shifts.
    Roster,
    /// Units, and those that take their place.
    Succession,
    /// Leave of people.
    Leave,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is what its wordings below say")]
pub enum Field {
    UnitCode,
    Unit,
    Group,
    ShortName,
    Parent,
    Phone,
    Email,
    Address,
    Note,
    FullName,
    GivenName,
    Title,
    Role,
    Landline,
    Mobile,
    Post,
    Day,
    Weekday,
    Hours,
    From,
    To,
    Form,
    OldUnit,
}

impl Field {
    /// Whether it is of one person, where a row speaks of several.
    pub(super) const fn is_personal(self) -> bool {
        matches!(
            self,
            Self::FullName
                | Self::GivenName
                | Self::Title
                | Self::Role
                | Self::Mobile
                | Self::Landline
                | Self::Email
        )
    }

    /// Whether several columns may hold it.
    pub(super) const fn is_many(self) -> bool {
        matches!(self, Self::Mobile | Self::Landline)
    }

    /// The stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::UnitCode => "code",
            Self::Unit => "unit",
            Self::Group => "group",
            Self::ShortName => "short_name",
            Self::Parent => "parent",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
            Self::Note => "note",
            Self::FullName => "full_name",
            Self::GivenName => "given_name",
            Self::Title => "title",
            Self::Role => "role",
            Self::Landline => "landline",
            Self::Mobile => "mobiles",
            Self::Post => "post",
            Self::Day => "day",
            Self::Weekday => "weekday",
            Self::Hours => "hours",
            Self::From => "from",
            Self::To => "to",
            Self::Form => "form",
            Self::OldUnit => "old_unit",
        }
    }

    /// The heading we write over the field in a list.
    #[must_use]
    pub fn heading(self, list: List) -> &'static str {
        WORDINGS
            .iter()
            .find(|(of, field, _)| *of == list && *field == self)
            .map_or("", |(_, _, wordings)| wordings[0])
    }
}

/// How freely a heading is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// One of the wordings, abbreviated or not.
    Strict,
    /// Or words among which a wording stands: "Số điện thoại di động (bắt buộc)".
    Loose,
}

impl List {
    /// The fields it cannot be without; of each group one is enough.
    #[must_use]
    pub const fn needs(self) -> &'static [&'static [Field]] {
        match self {
            Self::Units => &[&[Field::UnitCode], &[Field::Unit], &[Field::Group]],
            Self::People => &[&[Field::FullName], &[Field::Mobile, Field::Landline]],
            Self::Roster => &[
                &[Field::Unit, Field::UnitCode],
                &[Field::Post],
                &[Field::FullName],
                &[Field::From],
                &[Field::To],
            ],
            Self::Succession => &[&[Field::OldUnit], &[Field::Unit, Field::UnitCode]],
            Self::Leave => &[&[Field::FullName], &[Field::From]],
        }
    }

    /// The field that names what a row speaks of.
    pub(super) const fn names(self) -> Field {
        match self {
            Self::Units => Field::Unit,
            Self::People | Self::Roster | Self::Leave => Field::FullName,
            Self::Succession => Field::OldUnit,
        }
    }

    /// The fields of which digits show that a row is one of the list.
    pub(super) const fn numbers(self) -> &'static [Field] {
        match self {
            Self::Units => &[Field::UnitCode],
            Self::People => &[Field::Mobile, Field::Landline],
            Self::Roster | Self::Leave => &[Field::From, Field::To],
            Self::Succession => &[],
        }
    }

    /// The fields that its columns may hold, each once.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        let mut told = HashSet::new();
        let of = move |(list, field, _): &(List, Field, &[&str])| (*list == self).then_some(*field);
        let fields = WORDINGS.iter().filter_map(of);
        fields.filter(move |field| told.insert(field.key()))
    }
}

/// Whether a column numbers the rows.
pub(super) fn is_ordinal(heading: &str) -> bool {
    heading.len() < 40
        && (["stt", "tt", "so tt", "so thu tu", "no"].contains(&fold(heading).as_str())
            || heading.trim() == "#")
}

/// A wording, folded, and with its abbreviations written out.
struct Known {
    list: List,
    field: Field,
    folded: String,
    long: String,
}

/// Every wording; a large list asks for them with each row.
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let each = |(list, field, wordings): &(List, Field, &'static [&'static str])| {
        let (list, field) = (*list, *field);
        wordings.iter().map(move |wording| {
            let folded = fold(wording);
            Known {
                list,
                field,
                long: in_full(&folded),
                folded,
            }
        })
    };
    WORDINGS.iter().flat_map(each).collect()
});

/// What a heading means in a list.
#[must_use]
pub fn understand(heading: &str, list: List, reading: Reading) -> Option<Field> {
    if heading.len() > 160 || is_ordinal(heading) {
        return None;
    }
    let folded = fold(heading);
    if folded.is_empty() || folded.len() > 80 {
        return None;
    }
    let long = in_full(&folded);
    // The number behind a number.
    if long.contains("so may le") || long.starts_with("may le") {
        return None;
    }
    let exact = KNOWN
        .iter()
        .find(|known| known.list == list && (known.folded == folded || known.long == long))
        .map(|known| known.field);
    if exact.is_some() || reading == Reading::Strict {
        return exact;
    }
    let padded = format!(" {long} ");
    let among = |(of, _, words): &&(List, Field, &[&str])| {
        *of == list
            && words
                .iter()
                .any(|words| padded.contains(&format!(" {words} ")))
    };
    LOOSE.iter().find(among).map(|(_, field, _)| *field)
}

/// A folded heading with its abbreviations written out.
pub(super) fn in_full(folded: &str) -> String {
    let words: Vec<&str> = folded
        .split(' ')
        .map(|word| {
            SHORT
                .iter()
                .find(|(short, _)| *short == word)
                .map_or(word, |(_, long)| long)
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_each_field_once() {
        for list in [
            List::Units,
            List::People,
            List::Roster,
            List::Succession,
            List::Leave,
        ] {
            let keys: Vec<&str> = list.fields().map(Field::key).collect();
            let apart: HashSet<&str> = keys.iter().copied().collect();
            assert_eq!(keys.len(), apart.len(), "{keys:?}");
        }
    }

    #[test]
    fn headings_are_understood_in_many_wordings() {
        let check = |heading: &str, expect: Option<Field>| {
            assert_eq!(
                understand(heading, List::People, Reading::Loose),
                expect,
                "{heading}"
            );
        };
        check("Họ và tên", Some(Field::FullName));
        check("HO TEN CAN BO", Some(Field::FullName));
        check("Họ tên cán bộ đầu mối", Some(Field::FullName));
        check("SĐT", Some(Field::Mobile));
        check("ĐT DĐ", Some(Field::Mobile));
        check("ĐTDĐ", Some(Field::Mobile));
        check("ĐTCQ", Some(Field::Landline));
        check("ĐT CQ", Some(Field::Landline));
        check("Số ĐT cơ quan (nếu có)", Some(Field::Landline));
        check("Điện thoại Cố định", Some(Field::Landline));
        check("Số điện thoại liên hệ", Some(Field::Mobile));
        check("Địa chỉ thư điện tử", Some(Field::Email));
        check("Chức vụ/Chức danh", Some(Field::Title));
        check("Cơ quan, đơn vị", Some(Field::Unit));
        check("Tên cơ quan/đơn vị", Some(Field::Unit));
        check("Đ/vị", None);
        check("Phone number", Some(Field::Mobile));
        check("Unit name", Some(Field::Unit));
        check("STT", None);
        check("TT", None);
        check("Ngày sinh", None);
        check("Đầu mối liên lạc", Some(Field::FullName));
        check("Số điện thoại người liên lạc", Some(Field::Mobile));
        check("Liên lạc", Some(Field::Mobile));
        check("Số máy", Some(Field::Mobile));
        check("Số máy lẻ", None);
        check("Cán bộ được cử", Some(Field::FullName));
        check("Huyện/TX/TP", Some(Field::Unit));
    }
}
