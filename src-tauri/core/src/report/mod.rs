//! Reports: the lists of the book as tables, and a summary of it.

mod content_line;
pub mod duty_sheet;
mod file;
mod held;
mod hours;
mod ical;
mod lists;
mod options;
mod owed;
mod roster;
mod summary;
mod vcard;

pub use file::{Export, write};
pub use held::{Held, Mention, Place, held, held_sheet};
pub use ical::calendar;
pub use options::{Layout, RosterOptions};
pub use vcard::{Whose, camera_text, vcards};

pub use crate::sheet::out::Form;

use hours::hours;
use lists::{incidents, log, notices, people, units};
use owed::{drills, submissions};
use roster::roster;
use summary::summary;

use std::io::Write;

use crate::error::Result;
use crate::privacy::disclosure::Extract;
use crate::sheet::out::Sheet;
use crate::store::Reader;
use crate::word::words;

words! {
    /// A table that can be exported.
    Report, "report" {
        /// Who is on duty when, with the holes.
        Roster = "roster",
        /// The hours that people stood, by which they are paid.
        Hours = "hours",
        /// The directory.
        People = "people",
        /// The units.
        Units = "units",
        /// What units sent and owe.
        Submissions = "submissions",
        /// The calls that tell whether numbers answer.
        Drills = "drills",
        /// The incidents.
        Incidents = "incidents",
        /// Whom to tell of incidents, and whether they were.
        Notices = "notices",
        /// The log.
        Log = "log",
        /// Counts of all of it.
        Summary = "summary",
    }
}

/// What stands above a column of its own in every table of a practice book: nobody takes its
/// people and numbers for real ones.
const PRACTICE: &str = "SỔ DIỄN TẬP";

/// Begins a table of a book.
fn table<W: Write>(book: Reader<'_>, to: W, form: Form, headings: &[&str]) -> Result<Sheet<W>> {
    wide_table(book, to, form, headings, 0)
}

/// [`table`], of many columns, the first of which stay in sight.
fn wide_table<W: Write>(
    book: Reader<'_>,
    to: W,
    form: Form,
    headings: &[&str],
    kept: usize,
) -> Result<Sheet<W>> {
    let mark = book.is_practice()?.then_some(PRACTICE);
    let headings: Vec<&str> = headings.iter().copied().chain(mark).collect();
    Sheet::wide(to, form, &headings, kept)
}

impl Report {
    /// What of people leaves the book with it, when something does.
    #[must_use]
    pub const fn extract(self) -> Option<Extract> {
        match self {
            Self::Roster => Some(Extract::Roster),
            Self::Hours => Some(Extract::Hours),
            Self::People => Some(Extract::People),
            Self::Submissions => Some(Extract::Submissions),
            Self::Drills => Some(Extract::Drills),
            Self::Log => Some(Extract::Log),
            Self::Incidents => Some(Extract::Incidents),
            Self::Notices => Some(Extract::Incidents),
            Self::Units | Self::Summary => None,
        }
    }

    /// Whether numbers and addresses stand in columns of their own, which can be left out.
    #[must_use]
    pub const fn has_numbers(self) -> bool {
        matches!(
            self,
            Self::Roster | Self::People | Self::Submissions | Self::Drills
        )
    }
}

/// Vietnamese words for the values that stand in a table.
pub(crate) mod names {
    use crate::directory::drill::Outcome;
    use crate::duty::calendar::Holiday;
    use crate::duty::finding::Flaw;
    use crate::incident::notice::NoticeState;
    use crate::incident::{Severity, Status, Tlp, Type};
    use crate::log::entry::{Kind, Means};
    use crate::submission::State;

    pub(crate) const fn kind(kind: Kind) -> &'static str {
        match kind {
            Kind::Observation => "Ghi nhận",
            Kind::Action => "Xử lý",
            Kind::Decision => "Quyết định",
            Kind::Communication => "Liên lạc",
            Kind::Handover => "Bàn giao",
            Kind::Note => "Ghi chú",
        }
    }

    pub(crate) const fn state(state: State) -> &'static str {
        match state {
            State::Waiting => "Chưa gửi",
            State::Received => "Đã gửi",
            State::Corrected => "Đã gửi, có thay đổi",
            State::Exempt => "Không phải gửi",
            State::Nil => "Báo không thay đổi",
        }
    }

    pub(crate) const fn flaw(flaw: Flaw) -> &'static str {
        match flaw {
            Flaw::Gap => "Trống",
            Flaw::Double => "Trực hai ca cùng lúc",
            Flaw::Overlap => "Hai người một vị trí",
            Flaw::Rest => "Nghỉ quá ngắn",
            Flaw::Long => "Trực liền quá dài",
            Flaw::Outside => "Ca ngoài kỳ",
            Flaw::Ended => "Người không còn trong danh sách",
            Flaw::Unreachable => "Không liên lạc được",
            Flaw::Uneven => "Chia chưa đều",
            Flaw::Week => "Quá giờ trong tuần",
            Flaw::Alone => "Chỉ có một người",
        }
    }

    pub(crate) const fn outcome(outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Answered => "Có nghe máy",
            Outcome::NoAnswer => "Không nghe máy",
            Outcome::WrongNumber => "Nhầm số",
            Outcome::Refused => "Từ chối",
            Outcome::CalledBack => "Đã gọi lại",
        }
    }

    pub(crate) const fn means(means: Means) -> &'static str {
        match means {
            Means::Phone => "Điện thoại",
            Means::Message => "Tin nhắn",
            Means::Email => "Thư điện tử",
            Means::Document => "Văn bản",
            Means::System => "Hệ thống của cơ quan",
            Means::InPerson => "Trực tiếp",
            Means::Other => "Cách khác",
        }
    }

    pub(crate) const fn notice_state(state: NoticeState) -> &'static str {
        match state {
            NoticeState::Due => "Phải báo",
            NoticeState::Overdue => "Quá hạn",
            NoticeState::Sent => "Đã báo",
            NoticeState::Acknowledged => "Đã xác nhận",
            NoticeState::Waived => "Không cần báo",
        }
    }

    pub(crate) const fn tlp(tlp: Tlp) -> &'static str {
        match tlp {
            Tlp::Red => "TLP:RED",
            Tlp::AmberStrict => "TLP:AMBER+STRICT",
            Tlp::Amber => "TLP:AMBER",
            Tlp::Green => "TLP:GREEN",
            Tlp::Clear => "TLP:CLEAR",
        }
    }

    /// A text that the reports on an incident ask for, by its stable name.
    pub(crate) fn fact(name: &'static str) -> &'static str {
        match name {
            "description" => "Mô tả",
            "systems" => "Hệ thống bị ảnh hưởng",
            "purpose" => "Hệ thống dùng để",
            "operating_unit" => "Đơn vị vận hành",
            "owner_body" => "Cơ quan chủ quản",
            "security_provider" => "Đơn vị bảo đảm an toàn",
            "connection_provider" => "Nhà cung cấp kết nối",
            "os" => "Hệ điều hành, phiên bản",
            "services" => "Dịch vụ",
            "measures" => "Biện pháp an toàn đang dùng",
            "public_ip" => "Địa chỉ IP công khai",
            "domains" => "Tên miền",
            "detected_by" => "Phát hiện nhờ",
            "informed" => "Đã báo cho",
            "support" => "Đề nghị hỗ trợ",
            "cause" => "Nguyên nhân",
            "scope" => "Phạm vi ảnh hưởng",
            "remedy" => "Biện pháp xử lý",
            "result" => "Kết quả",
            "damage" => "Thiệt hại",
            other => other,
        }
    }

    pub(crate) const fn severity(severity: Severity) -> &'static str {
        match severity {
            Severity::Low => "Thấp",
            Severity::Medium => "Trung bình",
            Severity::High => "Cao",
            Severity::Serious => "Nghiêm trọng",
        }
    }

    pub(crate) const fn status(status: Status) -> &'static str {
        match status {
            Status::New => "Mới",
            Status::InHand => "Đang xử lý",
            Status::Contained => "Đã khoanh vùng",
            Status::Resolved => "Đã khắc phục",
            Status::Closed => "Đã đóng",
            Status::FalseAlarm => "Báo động nhầm",
        }
    }

    pub(crate) const fn holiday(holiday: Holiday) -> &'static str {
        match holiday {
            Holiday::NewYear => "Tết Dương lịch",
            Holiday::Tet => "Tết Nguyên đán",
            Holiday::HungKings => "Giỗ Tổ Hùng Vương",
            Holiday::Reunification => "Ngày Chiến thắng 30/4",
            Holiday::Labour => "Quốc tế Lao động 1/5",
            Holiday::National => "Quốc khánh",
            Holiday::Culture => "Ngày Văn hóa Việt Nam",
        }
    }

    pub(crate) const fn incident_type(kind: Type) -> &'static str {
        match kind {
            Type::Denial => "Tấn công từ chối dịch vụ",
            Type::Phishing => "Tấn công giả mạo",
            Type::Malware => "Tấn công sử dụng mã độc",
            Type::Takeover => "Truy cập trái phép, chiếm quyền điều khiển",
            Type::Defacement => "Thay đổi giao diện",
            Type::Ransomware => "Mã hóa phần mềm, dữ liệu, thiết bị",
            Type::Destruction => "Phá hoại thông tin, dữ liệu, phần mềm",
            Type::Espionage => "Nghe trộm, gián điệp, lấy cắp thông tin",
            Type::Combined => "Tấn công tổng hợp nhiều hình thức",
            Type::OtherAttack => "Hình thức tấn công khác",
            Type::Fault => "Lỗi hệ thống, thiết bị, phần mềm, hạ tầng",
            Type::OperatorError => "Lỗi do quản trị, vận hành",
            Type::Disaster => "Thảm họa tự nhiên",
            Type::Content => "Nội dung, tài liệu vi phạm, phá hoại bầu cử",
        }
    }
}
