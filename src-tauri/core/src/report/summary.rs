//! The summary: what a leader asks for in the morning, in one table of counts.

use std::io::Write;

use super::names;
use crate::clock::{HOUR, Instant};
use crate::directory::unit::Group;
use crate::directory::unit::group_name;
use crate::duty::coverage::Roster;
use crate::error::Result;
use crate::incident::{Incident, Severity, Type};
use crate::log::entry::Kind;
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;
use crate::submission::Sums;

/// Counts: units and their contacts by group; what came for each period, and the hours with
/// nobody on duty; incidents by type (the rows of Mẫu 05), severity and state; lines by kind.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn summary(book: Reader<'_>, to: impl Write, form: Form, now: Instant) -> Result<()> {
    let mut sheet = super::table(book, to, form, &["Phần", "Chỉ tiêu", "Số lượng", "Ghi chú"])?;
    sheet.row(&[
        Cell::Text("Tổng hợp".to_owned()),
        Cell::Text("Lập lúc".to_owned()),
        Cell::Empty,
        Cell::Time(now),
    ])?;
    let mut row = |part: &str, what: &str, count: usize, note: &str| {
        sheet.row(&[
            Cell::Text(part.to_owned()),
            Cell::Text(what.to_owned()),
            Cell::Count(count as u64),
            Cell::text(Some(note).filter(|note| !note.is_empty())),
        ])
    };
    let roster = book.roster()?;
    let Roster {
        units,
        people,
        periods,
        ..
    } = &roster;
    for &group in Group::ALL {
        let of_group: Vec<_> = units.iter().filter(|unit| unit.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        let without: Vec<&str> = of_group
            .iter()
            .filter(|unit| !people.iter().any(|person| person.unit == unit.id))
            .map(|unit| unit.name.as_str())
            .collect();
        let name = group_name(group);
        row("Đơn vị", name, of_group.len(), "")?;
        row(
            "Đơn vị chưa có đầu mối",
            name,
            without.len(),
            &without.join("; "),
        )?;
    }
    row("Danh bạ", "Số người", people.len(), "")?;
    for period in periods {
        let owed = book.owed(period)?;
        let sums = Sums::of(&owed, now);
        let part = format!("Kỳ trực: {}", period.name);
        row(&part, "Đơn vị phải gửi đầu mối", sums.asked, "")?;
        row(&part, "Đã gửi", sums.sent, "")?;
        row(&part, "Chưa gửi", sums.asked - sums.sent, "")?;
        row(&part, "Chưa gửi, đã quá hạn", sums.late, "")?;
        let gaps = roster.gaps(None, Some(period.id), now);
        let hours: i64 = gaps
            .iter()
            .map(|gap| gap.to.millis() - gap.from.millis())
            .sum();
        let empty: Vec<&str> = units
            .iter()
            .filter(|unit| gaps.iter().any(|gap| gap.unit == unit.id))
            .map(|unit| unit.name.as_str())
            .collect();
        row(&part, "Khoảng trống trực", gaps.len(), &empty.join("; "))?;
        row(
            &part,
            "Số giờ không có người trực",
            hours.div_euclid(HOUR) as usize,
            "",
        )?;
    }
    let incidents = book.incidents()?;
    row("Sự cố", "Tổng số", incidents.len(), "")?;
    let open = incidents
        .iter()
        .filter(|incident| incident.status.is_open());
    row("Sự cố", "Đang mở", open.count(), "")?;
    let with = |test: &dyn Fn(&&Incident) -> bool| incidents.iter().filter(test).count();
    for &kind in Type::ALL {
        let note = format!("Mã {}", kind.key());
        row(
            "Sự cố theo loại",
            names::incident_type(kind),
            with(&|incident| incident.kind == kind),
            &note,
        )?;
    }
    for &severity in Severity::ALL {
        let count = with(&|incident| incident.severity == Some(severity));
        row("Sự cố theo mức độ", names::severity(severity), count, "")?;
    }
    row(
        "Sự cố theo mức độ",
        "Chưa đánh giá",
        with(&|incident| incident.severity.is_none()),
        "",
    )?;
    let mut kinds = vec![0; Kind::ALL.len()];
    book.each_entry(None, |entry| {
        kinds[entry.kind as usize] += 1;
        Ok(())
    })?;
    for &kind in Kind::ALL {
        row("Nhật ký", names::kind(kind), kinds[kind as usize], "")?;
    }
    sheet.end()
}
