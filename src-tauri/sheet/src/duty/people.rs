//! The people of a cell in a grid, each with the hours or the post that the cell says.

use crate::duty::days::Day;
use crate::duty::form::{DutyForm, ON_LEAVE};
use crate::duty::hours::{Hours, Mark, before_name};
use crate::duty::names::{Named, is_title, named};
use crate::duty::post_heading::PostHeading;
use crate::duty::scan::{Found, scan};
use sotruc_base::text::{fold, one_line, tidy};

/// Somebody whom a cell puts on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OnDuty {
    pub(super) who: Named,
    /// The hours, as written.
    pub(super) hours: Option<String>,
    pub(super) post: Option<&'static str>,
    /// How the post is held, where that is by no shift.
    pub(super) form: Option<DutyForm>,
}

/// Whom a cell puts on duty: `07:00–19:00 Nguyễn Văn An`, `Sáng: Lê Thị Ba`.
pub(super) fn people(cell: &str) -> Vec<OnDuty> {
    let cell = tidy(cell);
    let mut people = Vec::new();
    let mut over = PostHeading::default();
    for line in cell.split('\n').flat_map(lines) {
        let line = one_line(line);
        if let Some(form) = no_shift(&line) {
            people.push(OnDuty {
                who: Named {
                    name: line,
                    numbers: Vec::new(),
                },
                hours: None,
                post: None,
                form: Some(form),
            });
            continue;
        }
        if let Some((hours, name)) = of_our_grid(&line) {
            people.push(OnDuty {
                who: Named {
                    name: name.to_owned(),
                    numbers: Vec::new(),
                },
                hours: Some(hours.to_owned()),
                post: None,
                form: None,
            });
            continue;
        }
        if line.is_empty() || Mark::read(&line) == Some(Mark::Off) {
            continue;
        }
        if matches!(Hours::read(&line), Some(Hours::Whole | Hours::Spans(_)))
            && before_name(&line).is_none()
            && no_name(&line)
        {
            over.hours = Some(line);
            continue;
        }
        let (slot, rest) = match before_name(&line) {
            Some((hours, name)) => (
                PostHeading {
                    hours: Some(hours.to_owned()),
                    ..PostHeading::default()
                },
                name.to_owned(),
            ),
            None => labelled(&line),
        };
        let slot = slot.below(Some(&over));
        if rest.is_empty() {
            over = slot;
            continue;
        }
        let (rest, behind) = hours_behind(&rest);
        let of_one = behind.is_some() && !rest.contains([',', '&', '+']);
        let unclear = tells_hours(&line) && !of_one;
        let behind = behind.filter(|_| !unclear);
        let hours = behind
            .or_else(|| unclear.then(|| UNCLEAR.to_owned()))
            .or(slot.hours);
        // A number alone is that of whom the line above names.
        let found = named(&rest);
        let at_first = people.len();
        // A line below somebody may be what they are.
        let is_titles = at_first > 0 && found.iter().all(|who| is_title(&who.name));
        let found = found.into_iter().filter(|_| !is_titles);
        people.extend(found.map(|who| OnDuty {
            who,
            hours: hours.clone(),
            post: slot.post,
            form: None,
        }));
        if people.len() == at_first
            && let Some(last) = people.last_mut()
            && let Ok(numbers) = sotruc_base::text::read_phones(&rest)
        {
            last.who.numbers.extend(numbers);
        }
    }
    people
}

/// What a line says of people: of our own grid one, of others as many as marks part.
fn lines(line: &str) -> Vec<&str> {
    match of_our_grid(line.trim()) {
        Some(_) => vec![line],
        None if tells_hours(line) => line
            .split_inclusive([')', ';'])
            .map(|part| part.trim_matches([',', ';', '&', '+', ' ']))
            .filter(|part| !part.is_empty())
            .collect(),
        None => line.split(';').collect(),
    }
}

/// Whether brackets in a text hold a time: `Lê Văn An (đến 12h)`.
pub fn tells_hours(text: &str) -> bool {
    let timed = |inner: &str| {
        let inner = inner.split(')').next().unwrap_or_default();
        scan(inner)
            .iter()
            .any(|piece| matches!(piece.found, Found::Time(_)))
    };
    text.split('(').skip(1).any(timed)
}

/// Hours or days that nobody can read, so that the row is turned away.
pub const UNCLEAR: &str = "chưa rõ";

/// How a line of our own grid says that no shift holds the post: `Thường trực: Nguyễn Văn An`,
/// `TRỐNG 00:00–07:30`.
pub(super) fn no_shift(line: &str) -> Option<DutyForm> {
    let line = line.trim();
    let begins = |form: DutyForm| fold(line).starts_with(&fold(form.name()));
    if let Some((label, _)) = line.split_once(':')
        && fold(label) == fold(DutyForm::Standing.name())
    {
        return Some(DutyForm::Standing);
    }
    let lower = line.to_lowercase();
    let empty = lower
        .strip_prefix("trống")
        .is_some_and(|rest| rest.trim().is_empty() || Hours::read(rest).is_some());
    match () {
        () if empty || begins(DutyForm::Empty) => Some(DutyForm::Empty),
        () if begins(DutyForm::Redacted) => Some(DutyForm::Redacted),
        () => None,
    }
}

/// The hours and the name of a line of our own grid: all behind the hours is one name, whatever
/// marks are in it.
fn of_our_grid(line: &str) -> Option<(&str, &str)> {
    let clock = |text: &str| {
        let bytes = text.as_bytes();
        bytes.len() == 5
            && bytes[2] == b':'
            && [0, 1, 3, 4].iter().all(|at| bytes[*at].is_ascii_digit())
    };
    let (from, rest) = line.split_once('–')?;
    let (to, rest) = (rest.get(..5)?, rest.get(5..)?);
    if !clock(from) || !clock(to) {
        return None;
    }
    let is_day = |text: &&str| Day::read(text).is_some_and(|day| day.date().is_some());
    let name = match rest.strip_prefix("(+1) ") {
        Some(name) => name,
        None => {
            let rest = rest.strip_prefix(' ')?;
            match rest.split_once(' ').filter(|(day, _)| is_day(day)) {
                Some((_, name)) => name,
                None => rest,
            }
        }
    };
    // Other hours are those of somebody else.
    let timed = scan(name).iter().any(|piece| {
        matches!(
            piece.found,
            Found::Time(_) | Found::Whole | Found::AllWeek | Found::Day(_) | Found::NextDay
        )
    });
    let hours = line[..line.len() - name.len()].trim_end();
    let name = name.strip_suffix(ON_LEAVE).map_or(name, str::trim_end);
    let is_name = name.chars().any(char::is_alphabetic) && !timed;
    is_name.then_some((hours, name))
}

/// What stands before a colon, when that is a shift or a post.
fn labelled(line: &str) -> (PostHeading, String) {
    let Some((label, rest)) = line.split_once(':') else {
        return (PostHeading::default(), line.to_owned());
    };
    let of_mark = || {
        let mark = Mark::read(label).filter(|mark| mark.is_known() && *mark != Mark::OnDuty)?;
        (label.chars().count() <= 8).then(|| PostHeading {
            hours: Some(label.to_owned()).filter(|_| mark != Mark::Off),
            ..PostHeading::default()
        })
    };
    match PostHeading::read(label).or_else(of_mark) {
        Some(slot) => (slot, rest.trim().to_owned()),
        None => (PostHeading::default(), line.to_owned()),
    }
}

/// `Nguyễn Văn An (7h-19h)`.
fn hours_behind(line: &str) -> (String, Option<String>) {
    if let Some(inner) = line.strip_suffix(')')
        && let Some((name, hours)) = inner.rsplit_once('(')
        && matches!(Hours::read(hours), Some(Hours::Spans(_) | Hours::Whole))
        && name.chars().any(char::is_alphabetic)
    {
        return (name.trim().to_owned(), Some(hours.to_owned()));
    }
    (line.to_owned(), None)
}

fn no_name(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_alphabetic());
    words
        .filter(|word| {
            word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1
        })
        .count()
        < 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::post_heading::LEADER;

    #[test]
    fn a_cell_may_say_hours_and_posts_of_its_people() {
        let check = |cell: &str, expect: &[(&str, Option<&str>, Option<&'static str>)]| {
            let people = people(cell);
            let told: Vec<_> = people
                .iter()
                .map(|one| (one.who.name.as_str(), one.hours.as_deref(), one.post))
                .collect();
            assert_eq!(told, expect, "{cell}");
        };
        let an = "Nguyễn Văn An";
        check(an, &[(an, None, None)]);
        check(
            "07:00–19:00 Nguyễn Văn An\n19:00–07:00(+1) Y Wan Niê",
            &[
                (an, Some("07:00–19:00"), None),
                ("Y Wan Niê", Some("19:00–07:00(+1)"), None),
            ],
        );
        check("Sáng: Nguyễn Văn An", &[(an, Some("Sáng"), None)]);
        check("Lãnh đạo: Nguyễn Văn An", &[(an, None, Some(LEADER))]);
        check("Nguyễn Văn An (7h-19h)", &[(an, Some("7h-19h"), None)]);
        check(
            "Nguyễn Văn An (7h-12h), Y Wan Niê (12h-19h)",
            &[
                (an, Some("7h-12h"), None),
                ("Y Wan Niê", Some("12h-19h"), None),
            ],
        );
        check(
            "Nguyễn Văn An (đến 12h), Y Wan Niê (từ 12h)",
            &[
                (an, Some(UNCLEAR), None),
                ("Y Wan Niê", Some(UNCLEAR), None),
            ],
        );
        check("7h-19h:\nNguyễn Văn An", &[(an, Some("7h-19h:"), None)]);
        check("Đ/c: Nguyễn Văn An", &[("Đ/c: Nguyễn Văn An", None, None)]);
        check("-", &[]);
        check("Nghỉ", &[]);
        let of_grid = Some("07:00–19:00");
        for name in [
            "H'Linh Êban",
            "Lê Văn A",
            "Nguyễn Văn An, Bộ phận một cửa",
            "Trần Thị Bé; Lê Văn A",
            "An & Bình",
            "Lê Văn An (Tổ trưởng)",
        ] {
            check(&format!("07:00–19:00 {name}"), &[(name, of_grid, None)]);
            let on_leave = format!("07:00–19:00 {name} {ON_LEAVE}");
            check(&on_leave, &[(name, of_grid, None)]);
        }
        check(
            "07:30–07:30 25/05/2016 Lê Văn An\n00:00–00:00(+1) Y Wan",
            &[
                ("Lê Văn An", Some("07:30–07:30 25/05/2016"), None),
                ("Y Wan", Some("00:00–00:00(+1)"), None),
            ],
        );
        check(
            "07:00–19:00 Nguyễn Văn An; 19:00–07:00 Y Wan Niê",
            &[
                (an, Some("07:00–19:00"), None),
                ("Y Wan Niê", Some("19:00–07:00"), None),
            ],
        );
    }

    #[test]
    fn lines_that_are_no_shifts_are_known() {
        let check =
            |line: &str, expect: Option<DutyForm>| assert_eq!(no_shift(line), expect, "{line}");
        check("Thường trực: Nguyễn Văn An", Some(DutyForm::Standing));
        let times = [("from", "07:30"), ("to", "24:00")];
        let hole = sotruc_base::messages::vietnamese().with("written_hole", &times);
        check(&hole, Some(DutyForm::Empty));
        check("Trống", Some(DutyForm::Empty));
        check("Trọng", None);
        check("Trống Văn An", None);
        check("Đã xóa dữ liệu 07:30–17:00", Some(DutyForm::Redacted));
        check("Không có người trực", Some(DutyForm::Empty));
        check("Nguyễn Văn An", None);
    }
}
