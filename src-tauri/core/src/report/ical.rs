//! Shifts for calendars: iCalendar (RFC 5545), an event for each shift.

use std::io::Write;
use std::path::Path;

use super::content_line::{escaped, fold_line};
use super::options::RosterOptions;
use super::practice_mark;
use super::roster::{Line, Lines};
use crate::clock::Instant;
use crate::directory::person::Person;
use crate::directory::unit::Unit;
use crate::error::{Error, Result};
use crate::messages::vietnamese;
use crate::sheet::duty::DutyForm;
use crate::store::Reader;

/// Writes the shifts that are wished for, unit by unit. Times are in UTC, which every calendar
/// shows in its own time; a shift written again is the same event.
///
/// # Errors
/// Those of the store and of the options, and [`Code::File`] without the file's name, which only
/// the caller knows.
pub(super) fn calendar(
    book: Reader<'_>,
    options: &RosterOptions,
    without_numbers: bool,
    mut to: impl Write,
    now: Instant,
) -> Result<()> {
    let mark = book.is_practice()?.then(practice_mark);
    let roster = book.roster()?;
    let lines = Lines::new(&roster, options.span(&roster.periods)?, now);
    let mut put = |text: &str| {
        to.write_all(text.as_bytes())
            .map_err(|cause| Error::file(Path::new(""), cause))
    };
    put(&head(mark))?;
    let units = roster.listed_units();
    for unit in units
        .iter()
        .filter(|unit| options.unit.is_none_or(|wished| unit.id == wished))
    {
        for line in lines.of(unit) {
            let is_of = |person: &Person| options.person.is_none_or(|wished| person.id == wished);
            if options.person.is_none() || line.person.is_some_and(is_of) {
                put(&event(&line, unit, mark, without_numbers, now))?;
            }
        }
    }
    put("END:VCALENDAR\r\n")
}

fn head(mark: Option<&str>) -> String {
    let name = match mark {
        Some(mark) => vietnamese().with("written_calendar_practice", &[("mark", mark)]),
        None => vietnamese().text("written_calendar").to_owned(),
    };
    let mut head = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//So Truc//Lich truc//VI",
        "CALSCALE:GREGORIAN",
        &format!("NAME:{name}"),
        &format!("X-WR-CALNAME:{name}"),
    ] {
        fold_line(&mut head, line);
    }
    head
}

/// The event of a shift; of what is no shift, nothing.
fn event(
    line: &Line<'_>,
    unit: &Unit,
    mark: Option<&str>,
    without_numbers: bool,
    now: Instant,
) -> String {
    let mut event = String::new();
    let Some(shift) = line.shift else {
        return event;
    };
    let post = vietnamese().word(line.post).to_lowercase();
    let what = mark.into_iter().map(str::to_owned);
    let what: Vec<String> = what
        .chain([
            vietnamese().with("written_calendar_shift", &[("post", post)]),
            unit.name.clone(),
        ])
        .collect();
    let number = line.person.and_then(Person::number);
    let number = number.filter(|_| !without_numbers).map(ToString::to_string);
    let who = line
        .person
        .map_or(vietnamese().word(DutyForm::Redacted), |person| {
            &person.full_name
        });
    let who: Vec<&str> = [Some(who), number.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    for text in [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{shift}"),
        format!("DTSTAMP:{}", now.utc_stamp()),
        format!("DTSTART:{}", line.from.utc_stamp()),
        format!("DTEND:{}", line.to.utc_stamp()),
        format!("SUMMARY:{}", escaped(&what.join(" · "))),
        format!("DESCRIPTION:{}", escaped(&who.join("\n"))),
        "END:VEVENT".to_owned(),
    ] {
        fold_line(&mut event, &text);
    }
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::unit::Group;
    use crate::duty::period::Post;
    use crate::id::{PersonId, ShiftId, UnitId};
    use crate::text::Phone;
    use uuid::Uuid;

    #[test]
    fn a_shift_is_an_event() {
        let id = Uuid::from_u128;
        let name = "UBND huyện Cư M'gar, khối văn phòng".to_owned();
        let unit = Unit::new(UnitId(id(1)), name, Group::District);
        let mut person = Person::new(PersonId(id(2)), unit.id, "Nguyễn Thị Minh An".to_owned());
        person.mobiles = vec![Phone::read("0905123456").expect("a number")];
        let at = |text: &str| Instant::parse(text).expect("a moment");
        let line = Line {
            post: Post::Main,
            from: at("22/05/2016 22:00"),
            to: at("23/05/2016 06:00"),
            person: Some(&person),
            form: DutyForm::Shift,
            shift: Some(ShiftId(id(3))),
            away: false,
        };
        let now = at("20/05/2016 08:00");
        let event = |mark, without| event(&line, &unit, mark, without, now).replace("\r\n ", "");
        assert_eq!(
            event(None, false),
            "BEGIN:VEVENT\r\n\
             UID:00000000-0000-0000-0000-000000000003\r\n\
             DTSTAMP:20160520T010000Z\r\n\
             DTSTART:20160522T150000Z\r\n\
             DTEND:20160522T230000Z\r\n\
             SUMMARY:Trực chính · UBND huyện Cư M'gar\\, khối văn phòng\r\n\
             DESCRIPTION:Nguyễn Thị Minh An\\n0905 123 456\r\n\
             END:VEVENT\r\n"
        );
        let told = event(Some(practice_mark()), true);
        assert!(
            told.contains("SUMMARY:SỔ DIỄN TẬP · Trực chính · UBND"),
            "{told}"
        );
        assert!(
            told.contains("DESCRIPTION:Nguyễn Thị Minh An\r\n"),
            "{told}"
        );
    }
}
