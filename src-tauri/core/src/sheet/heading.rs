//! Headings: how columns are called, in the files that come in and in those that go out.

use crate::text::fold;

/// A list that spreadsheets hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Units.
    Units,
    /// People.
    People,
    /// Shifts.
    Roster,
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
    Title,
    Role,
    Landline,
    Mobile,
    Post,
    From,
    To,
    Form,
}

/// The wordings of a field in a list; the first is the one we write.
const WORDINGS: &[(List, Field, &[&str])] = &[
    (List::Units, Field::UnitCode, &["Mã", "Mã đơn vị", "Code"]),
    (
        List::Units,
        Field::Unit,
        &["Tên đơn vị", "Đơn vị", "Tên", "Unit", "Name"],
    ),
    (List::Units, Field::Group, &["Nhóm", "Group"]),
    (
        List::Units,
        Field::ShortName,
        &["Tên ngắn", "Tên viết tắt", "Short name"],
    ),
    (
        List::Units,
        Field::Parent,
        &["Thuộc", "Đơn vị cấp trên", "Parent"],
    ),
    (
        List::Units,
        Field::Phone,
        &["Điện thoại", "Số điện thoại", "Phone"],
    ),
    (
        List::Units,
        Field::Email,
        &["Email", "E-mail", "Thư điện tử"],
    ),
    (List::Units, Field::Address, &["Địa chỉ", "Address"]),
    (List::Units, Field::Note, &["Ghi chú", "Note"]),
    (
        List::People,
        Field::UnitCode,
        &["Mã đơn vị", "Mã", "Unit code"],
    ),
    (
        List::People,
        Field::Unit,
        &["Đơn vị", "Tên đơn vị", "Cơ quan", "Unit"],
    ),
    (
        List::People,
        Field::FullName,
        &["Họ và tên", "Họ tên", "Họ tên đầu mối", "Full name", "Name"],
    ),
    (
        List::People,
        Field::Title,
        &["Chức vụ", "Chức danh", "Title", "Position"],
    ),
    (List::People, Field::Role, &["Vai trò", "Nhiệm vụ", "Role"]),
    (
        List::People,
        Field::Mobile,
        &[
            "ĐT di động",
            "Điện thoại di động",
            "Di động",
            "Số di động",
            "SĐT",
            "Số điện thoại",
            "Điện thoại",
            "Mobile",
        ],
    ),
    (
        List::People,
        Field::Landline,
        &[
            "ĐT cố định",
            "Điện thoại cố định",
            "Cố định",
            "ĐT cơ quan",
            "Điện thoại cơ quan",
            "Landline",
        ],
    ),
    (
        List::People,
        Field::Email,
        &["Email", "E-mail", "Thư điện tử"],
    ),
    (List::People, Field::Note, &["Ghi chú", "Note"]),
    (
        List::Roster,
        Field::UnitCode,
        &["Mã đơn vị", "Mã", "Unit code"],
    ),
    (List::Roster, Field::Unit, &["Đơn vị", "Tên đơn vị", "Unit"]),
    (
        List::Roster,
        Field::Post,
        &["Vai trò trực", "Vai trò", "Vị trí trực", "Post"],
    ),
    (
        List::Roster,
        Field::FullName,
        &["Họ và tên", "Họ tên", "Người trực", "Full name"],
    ),
    (List::Roster, Field::From, &["Từ", "Bắt đầu", "From"]),
    (List::Roster, Field::To, &["Đến", "Kết thúc", "To"]),
    (List::Roster, Field::Form, &["Hình thức"]),
];

impl Field {
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
            Self::Title => "title",
            Self::Role => "role",
            Self::Landline => "landline",
            Self::Mobile => "mobiles",
            Self::Post => "post",
            Self::From => "from",
            Self::To => "to",
            Self::Form => "form",
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

/// The field of each heading; the first heading of a field counts.
#[must_use]
pub fn map(headings: &[String], list: List) -> Vec<Option<Field>> {
    let mut columns: Vec<Option<Field>> = Vec::with_capacity(headings.len());
    for heading in headings {
        let folded = fold(heading);
        let field = WORDINGS
            .iter()
            .find(|(of, _, wordings)| {
                *of == list && wordings.iter().any(|wording| fold(wording) == folded)
            })
            .map(|(_, field, _)| *field)
            .filter(|field| !columns.contains(&Some(*field)));
        columns.push(field);
    }
    // "Điện thoại" beside "Di động" is the desk's.
    if list == List::People && !columns.contains(&Some(Field::Landline)) {
        let plain = |at: &usize| {
            let folded = fold(&headings[*at]);
            ["dien thoai", "so dien thoai", "phone"].contains(&folded.as_str())
        };
        let mobile = |at: &usize| {
            fold(&headings[*at]).contains("di dong") || fold(&headings[*at]) == "mobile"
        };
        let found = |test: &dyn Fn(&usize) -> bool| (0..headings.len()).find(|at| test(at));
        if let (Some(desk), Some(hand)) = (found(&plain), found(&mobile)) {
            columns[desk] = Some(Field::Landline);
            columns[hand] = Some(Field::Mobile);
        }
    }
    columns
}
