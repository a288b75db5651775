//! What the heading of a column, or of a row, says of those below it: their post, their shift.

use crate::duty::hours::{Hours, Mark};
use crate::part::{Part, part_on_duty};
use sotruc_base::text::fold;

/// The word for the post of who answers.
pub const MAIN: &str = "Chính";
/// The word for the post of who takes over.
pub const BACKUP: &str = "Dự phòng";
/// The word for the post of who leads.
pub const LEADER: &str = "Lãnh đạo";

/// Who stands below a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PostHeading {
    /// Their post, where it says one.
    pub(super) post: Option<&'static str>,
    /// Their hours, as written.
    pub(super) hours: Option<String>,
    /// Whether it says only that people are on duty.
    pub(super) people: bool,
}

/// How long a heading may be that says who stands below it.
const LONGEST: usize = 120;

impl PostHeading {
    /// What a heading says; `None` when people on duty do not stand below it.
    pub(super) fn read(heading: &str) -> Option<Self> {
        if heading.len() > LONGEST {
            return None;
        }
        let folded = format!(" {} ", fold(heading));
        let other = [
            "ghi chu",
            "dien thoai",
            "sdt",
            "so dt",
            "email",
            "chuc vu",
            "chuc danh",
            "ky nhan",
            "noi dung",
            "dia diem",
            "so luong",
            "ky ten",
        ];
        if other
            .iter()
            .any(|words| folded.contains(&format!(" {words} ")))
        {
            return None;
        }
        let post = post_within(&folded);
        let hours = hours_within(heading);
        // `Trực chuyên môn`, `Tổ trực`: somebody is on duty there.
        let people = NAMES
            .iter()
            .any(|words| folded.contains(&format!(" {words} ")))
            || folded.starts_with(" truc ")
            || ["kip truc", "to truc", "nhom truc"].contains(&folded.trim());
        let whole = ["chinh", "phu"].contains(&folded.trim());
        let says_duty = folded.contains("truc")
            || folded.contains("lanh dao")
            || folded.contains("can bo")
            || folded.contains("du phong")
            || whole;
        let post = post.filter(|_| says_duty || people);
        (post.is_some() || hours.is_some() || people).then_some(Self {
            post,
            hours,
            people,
        })
    }

    /// What this says, and the heading over it where this says nothing.
    pub(super) fn below(self, over: Option<&Self>) -> Self {
        let over = over.cloned().unwrap_or_default();
        Self {
            post: self.post.or(over.post),
            hours: self.hours.or(over.hours),
            people: self.people || over.people,
        }
    }
}

/// Headings over people, folded.
const NAMES: &[&str] = &[
    "ho ten",
    "ho va ten",
    "nguoi truc",
    "can bo truc",
    "truc ban",
    "nhan vien truc",
    "can bo",
    "nhan su",
    "thanh phan truc",
    "phan cong",
    "nguoi duoc phan cong",
    "full name",
    "ten",
];

/// The post that words say.
fn post_within(folded: &str) -> Option<&'static str> {
    Some(match part_on_duty(folded)? {
        Part::Leader => LEADER,
        Part::Backup => BACKUP,
        Part::Main | Part::Technical => MAIN,
    })
}

/// The hours that a heading says, as text: those in it, else the shift it names.
fn hours_within(heading: &str) -> Option<String> {
    match Hours::read(heading) {
        Some(hours @ (Hours::Whole | Hours::Spans(_))) => return Some(hours.to_string()),
        Some(Hours::From(_)) | None => {}
    }
    let mark = Mark::within(heading)?;
    Some(match mark {
        Mark::Morning => "Sáng".to_owned(),
        Mark::Afternoon => "Chiều".to_owned(),
        Mark::Evening => "Tối".to_owned(),
        Mark::Night => "Đêm".to_owned(),
        Mark::Day => "Ban ngày".to_owned(),
        Mark::Turn(turn) => format!("Ca {turn}"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_posts_and_shifts() {
        let check = |heading: &str, post: Option<&'static str>, hours: Option<&str>| {
            let slot = PostHeading::read(heading).expect(heading);
            assert_eq!(
                (slot.post, slot.hours.as_deref()),
                (post, hours),
                "{heading}"
            );
        };
        check("Lãnh đạo trực", Some(LEADER), None);
        check("Cán bộ trực", Some(MAIN), None);
        check("Trực chính", Some(MAIN), None);
        check("Trực phụ", Some(BACKUP), None);
        check("Dự phòng", Some(BACKUP), None);
        check("Ca sáng (6h-14h)", None, Some("06:00–14:00"));
        check("Ca 1: 07h00–19h00", None, Some("07:00–19:00"));
        check("Ban ngày", None, Some("Ban ngày"));
        check("Ban đêm", None, Some("Đêm"));
        check("Người trực", Some(MAIN), None);
        check("Họ và tên", None, None);
        check("Lãnh đạo trực ca đêm", Some(LEADER), Some("Đêm"));
        for heading in [
            "Ghi chú",
            "SĐT",
            "STT",
            "Đơn vị",
            "Ca trực",
            "",
            "Địa điểm trực",
        ] {
            assert_eq!(PostHeading::read(heading), None, "{heading}");
        }
    }
}
