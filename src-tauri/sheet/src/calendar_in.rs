//! A calendar (RFC 5545): each event a row of whose it is, from when and to when.

use sotruc_base::clock::Instant;

use crate::Row;
use crate::heading::{Field, List};

/// Whether a text is a calendar.
pub(super) fn is_calendar(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.get(..15)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

/// The events as a list of leave, below its headings; each with the number of the line on which it
/// begins.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let headings = [Field::FullName, Field::From, Field::To, Field::Note];
    let headings = headings.map(|field| field.heading(List::Leave).to_owned());
    let mut rows = vec![row(1, headings)];
    let mut event: Option<(usize, [String; 4])> = None;
    for (number, line) in unfolded(text) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let what = name.split(';').next().unwrap_or_default();
        match (what.to_ascii_uppercase().as_str(), &mut event) {
            ("BEGIN", event) if value.trim().eq_ignore_ascii_case("VEVENT") => {
                *event = Some((number, Default::default()));
            }
            ("END", event) if value.trim().eq_ignore_ascii_case("VEVENT") => {
                if let Some((number, cells)) = event.take() {
                    rows.push(row(number, cells));
                }
            }
            ("SUMMARY", Some((_, cells))) => cells[0] = unescaped(value),
            ("DTSTART", Some((_, cells))) => cells[1] = moment(value, false),
            ("DTEND", Some((_, cells))) => cells[2] = moment(value, true),
            ("DESCRIPTION", Some((_, cells))) => cells[3] = unescaped(value),
            _ => {}
        }
    }
    rows
}

fn row(number: usize, cells: [String; 4]) -> Row {
    Row::new(number, cells.to_vec())
}

/// The lines with their numbers; one that was folded is one.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push(' '),
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    text.trim().to_owned()
}

/// A day or a moment as a cell says it; as it stands where it is neither. A day is the end of an
/// event before it begins.
fn moment(value: &str, ends: bool) -> String {
    let value = value.trim();
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let day = || format!("{}/{}/{}", part(6, 8), part(4, 6), part(0, 4));
    match digits.len() {
        8 if ends => format!("{} 00:00", day()),
        8 => day(),
        14 => {
            let zone = if value.ends_with(['Z', 'z']) {
                "+00:00"
            } else {
                "+07:00"
            };
            let (date, time) = (
                [part(0, 4), part(4, 6), part(6, 8)].join("-"),
                [part(8, 10), part(10, 12), part(12, 14)].join(":"),
            );
            let text = format!("{date}T{time}{zone}");
            Instant::parse(&text).map_or(text, |at| at.to_string())
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_rows() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Nguyễn Văn\r\n  An\\, nghỉ\r\n\
            DTSTART;VALUE=DATE:20160522\r\nDTEND;VALUE=DATE:20160525\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nDTSTART:20160522T010000Z\r\nDTEND:mai\r\nSUMMARY:Bình\r\nEND:VEVENT\r\n\
            END:VCALENDAR\r\n";
        assert!(is_calendar(text));
        assert!(!is_calendar("Họ và tên,Từ,Đến"));
        let rows = rows(text);
        let told: Vec<(usize, Vec<&str>)> = rows
            .iter()
            .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(
            told[1..],
            [
                (
                    2,
                    vec!["Nguyễn Văn An, nghỉ", "22/05/2016", "25/05/2016 00:00", ""]
                ),
                (8, vec!["Bình", "22/05/2016 08:00", "mai", ""]),
            ]
        );
    }
}
