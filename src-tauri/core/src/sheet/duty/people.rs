//! The people of a cell in a grid, each with the hours or the post that the cell says.

use super::hours::{Hours, Mark, before_name};
use super::names::{Named, is_title, named};
use super::slot::Slot;
use crate::period::Post;
use crate::text::{one_line, tidy};

/// Somebody whom a cell puts on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OnDuty {
    pub(super) who: Named,
    /// The hours, as written.
    pub(super) hours: Option<String>,
    pub(super) post: Option<Post>,
}

/// Whom a cell puts on duty: `07:00–19:00 Nguyễn Văn An`, `Sáng: Lê Thị Ba`.
pub(super) fn people(cell: &str) -> Vec<OnDuty> {
    let cell = tidy(cell);
    let mut people = Vec::new();
    let mut over = Slot::default();
    for line in cell.split(['\n', ';']) {
        let line = one_line(line);
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
                Slot {
                    hours: Some(hours.to_owned()),
                    ..Slot::default()
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
        let hours = behind.or(slot.hours);
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
        }));
        if people.len() == at_first
            && let Some(last) = people.last_mut()
            && let Ok(numbers) = crate::text::read_phones(&rest)
        {
            last.who.numbers.extend(numbers);
        }
    }
    people
}

/// What stands before a colon, when that is a shift or a post.
fn labelled(line: &str) -> (Slot, String) {
    let Some((label, rest)) = line.split_once(':') else {
        return (Slot::default(), line.to_owned());
    };
    let of_mark = || {
        let mark = Mark::read(label).filter(|mark| mark.is_known() && *mark != Mark::OnDuty)?;
        (label.chars().count() <= 8).then(|| Slot {
            hours: Some(label.to_owned()).filter(|_| mark != Mark::Off),
            ..Slot::default()
        })
    };
    match Slot::read(label).or_else(of_mark) {
        Some(slot) => (slot, rest.trim().to_owned()),
        None => (Slot::default(), line.to_owned()),
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

    #[test]
    fn a_cell_may_say_hours_and_posts_of_its_people() {
        let check = |cell: &str, expect: &[(&str, Option<&str>, Option<Post>)]| {
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
        check("Lãnh đạo: Nguyễn Văn An", &[(an, None, Some(Post::Leader))]);
        check("Nguyễn Văn An (7h-19h)", &[(an, Some("7h-19h"), None)]);
        check("7h-19h:\nNguyễn Văn An", &[(an, Some("7h-19h:"), None)]);
        check("Đ/c: Nguyễn Văn An", &[("Đ/c: Nguyễn Văn An", None, None)]);
        check("-", &[]);
        check("Nghỉ", &[]);
    }
}
