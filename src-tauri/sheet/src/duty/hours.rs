//! How the hours of a shift are written: as times, or as the word or mark of a shift.

use std::collections::BTreeSet;
use std::fmt;

use crate::duty::days::Day;
use crate::duty::scan::{DAY_BEFORE, Found, Piece, scan};
use sotruc_base::text::fold;

/// Minutes of a day.
pub const DAY: u32 = 24 * 60;

/// The hours of a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hours {
    /// From midnight to midnight.
    Whole,
    /// Minutes from the midnight before it begins; an end beyond a day is on the next.
    Spans(Vec<(u32, u32)>),
    /// From then on, until nobody says when.
    From(u32),
}

impl Hours {
    /// The hours in a text that holds nothing else that matters.
    pub fn read(text: &str) -> Option<Self> {
        of_pieces(&scan(text))
    }
}

impl fmt::Display for Hours {
    /// `06:00–14:00`, `22:00–06:00 (+1)`, `24/24`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let span = |(from, to): &(u32, u32)| match *to > DAY {
            true => format!("{}–{} (+1)", clock(*from), clock(to - DAY)),
            false => format!("{}–{}", clock(*from), clock(*to)),
        };
        match self {
            Self::Whole => f.write_str("24/24"),
            Self::From(from) => f.write_str(&clock(*from)),
            Self::Spans(spans) => {
                f.write_str(&spans.iter().map(span).collect::<Vec<_>>().join("; "))
            }
        }
    }
}

/// The hours among what a text says.
pub(super) fn of_pieces(pieces: &[Piece]) -> Option<Hours> {
    let times = times(pieces);
    let next = pieces.iter().any(|piece| piece.found == Found::NextDay);
    // Without `hôm sau` it is not known of which day the row is.
    let before = |piece: &Piece| matches!(&piece.found, Found::Word(word) if word == DAY_BEFORE);
    if !next && pieces.iter().any(before) {
        return None;
    }
    match *times {
        [] => pieces
            .iter()
            .any(|piece| matches!(piece.found, Found::Whole | Found::AllWeek))
            .then_some(Hours::Whole),
        [DAY] => Some(Hours::Whole),
        [one] => Some(Hours::From(one)),
        _ if times.len() % 2 == 1 => None,
        // A shift that begins at the end of a day is of the next.
        _ if times.iter().step_by(2).any(|from| *from == DAY) => None,
        _ => {
            let count = times.len() / 2;
            let span = |pair: &[u32]| {
                let (from, to) = (pair[0] % DAY, pair[1]);
                let beyond = to <= from || (next && count == 1 && to < DAY);
                (from, if beyond { to + DAY } else { to })
            };
            Some(match times.chunks(2).map(span).collect::<Vec<_>>() {
                spans if spans == [(0, DAY)] => Hours::Whole,
                spans => Hours::Spans(spans),
            })
        }
    }
}

/// The times in their order. Beside a dash a number is one too: `7 - 19h`, `7.30 - 11.30`.
fn times(pieces: &[Piece]) -> Vec<u32> {
    let found = |at: usize| pieces.get(at).map(|piece| &piece.found);
    let is_to = |at: Option<usize>| at.and_then(found) == Some(&Found::To);
    let mut times = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let begin = at;
        at += 1;
        let time = match found(begin) {
            Some(Found::Time(time)) => Some(*time),
            Some(Found::Number(hour, 1..=2)) if *hour <= 24 => {
                let minute = match (found(begin + 1), found(begin + 2)) {
                    (Some(Found::Mark('.')), Some(Found::Number(minute, 2))) if *minute < 60 => {
                        at = begin + 3;
                        *minute
                    }
                    _ => 0,
                };
                let beside = is_to(begin.checked_sub(1)) || is_to(Some(at));
                Some(hour * 60 + minute).filter(|time| beside && *time <= DAY)
            }
            _ => None,
        };
        times.extend(time);
    }
    times
}

/// The hours that stand first in a text, the day on which they end where it says so, and the text
/// behind them: `07:00–19:00 Nguyễn Văn An`.
pub fn before_name(text: &str) -> Option<(&str, &str)> {
    let pieces = scan(text);
    let mut end = 0;
    for piece in &pieces {
        let belongs = matches!(
            piece.found,
            Found::Time(_) | Found::To | Found::NextDay | Found::Whole | Found::AllWeek
        ) || end > 0 && matches!(piece.found, Found::Day(_))
            || matches!(
                piece.found,
                Found::Mark('(' | ')' | ':' | ',' | '.' | ';' | '[' | ']')
            );
        if !belongs {
            break;
        }
        end = piece.end;
    }
    let hours = &text[..end];
    // A bracket that opens a name is no end of the hours.
    let hours = hours.trim_end_matches([' ', ':', '-', '–', '(', ',']);
    Hours::read(hours)?;
    let name = text[hours.len()..].trim_start_matches([' ', ':', '-', '–', ',', ')', ';', '.']);
    name.chars()
        .any(char::is_alphabetic)
        .then_some((hours, name))
}

/// The word or mark of a shift.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// On duty, whenever that is: `x`, `✓`.
    OnDuty,
    /// `S`, `sáng`.
    Morning,
    /// `C`, `chiều`.
    Afternoon,
    /// `tối`.
    Evening,
    /// `N`, `ban ngày`.
    Day,
    /// `Đ`, `đêm`.
    Night,
    /// `T`: on duty, or in the evening.
    LetterT,
    /// `1`, `Ca 1`.
    Turn(u32),
    /// Not on duty: `nghỉ`.
    Off,
    /// What only a legend tells.
    Other(String),
}

impl Mark {
    /// The mark that a whole text is; `None` when it is none, or empty.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 24 {
            return None;
        }
        if text.chars().all(|c| "✓✔√☑✕✖✗✘●•*+■▲xXvV".contains(c)) {
            return Some(Self::OnDuty);
        }
        let folded = fold(text);
        let words: Vec<&str> = folded
            .split(' ')
            .filter(|word| {
                !matches!(
                    *word,
                    "ca" | "buoi" | "truc" | "ban" | "kip" | "phien" | "shift"
                )
            })
            .collect();
        let bare = words.join(" ");
        let named =
            folded.starts_with("ca ") || folded.starts_with("kip ") || folded.starts_with("phien ");
        Some(match bare.as_str() {
            "" if matches!(folded.as_str(), "truc" | "ca truc" | "truc ban" | "ca") => Self::OnDuty,
            "" => match text {
                "-" | "–" | "—" | "." | "/" => Self::Off,
                _ => return None,
            },
            "x" | "v" | "co" | "yes" | "24" | "24h" => Self::OnDuty,
            "s" | "sang" | "am" => Self::Morning,
            "c" | "chieu" | "pm" => Self::Afternoon,
            "toi" => Self::Evening,
            "n" | "ngay" | "day" => Self::Day,
            "d" | "dem" | "khuya" | "night" => Self::Night,
            "t" => Self::LetterT,
            "0" | "nghi" | "nghi phep" | "nghi bu" | "nb" | "np" | "off" | "phep" => Self::Off,
            "i" | "mot" if named => Self::Turn(1),
            "ii" | "hai" if named => Self::Turn(2),
            "iii" | "ba" if named => Self::Turn(3),
            "iv" if named => Self::Turn(4),
            bare => match turn(bare) {
                Some(turn) => Self::Turn(turn),
                None => Self::Other(bare.to_owned()),
            },
        })
    }

    /// The shift that stands among the words of a heading: `Trực ban đêm`, `Ca 1 (thứ 2 - thứ 6)`.
    pub fn within(heading: &str) -> Option<Self> {
        let bare = heading.split_once('(').map_or(heading, |(bare, _)| bare);
        let folded = fold(bare);
        let words: Vec<&str> = folded.split(' ').collect();
        let turn = words.windows(2).find_map(|pair| match pair {
            ["ca" | "kip" | "phien" | "shift", number] => match *number {
                "i" => Some(1),
                "ii" => Some(2),
                "iii" => Some(3),
                number => number.parse().ok().filter(|turn| (1..=9).contains(turn)),
            },
            _ => None,
        });
        let glued = || words.iter().find_map(|word| turn_of_ca(word));
        if let Some(turn) = turn.or_else(glued) {
            return Some(Self::Turn(turn));
        }
        let has = |word: &str| words.contains(&word);
        let day = || {
            words
                .windows(2)
                .any(|pair| matches!(pair, ["ban" | "ca" | "truc", "ngay"]))
                || folded == "ngay"
        };
        if has("sang") {
            Some(Self::Morning)
        } else if has("chieu") {
            Some(Self::Afternoon)
        } else if has("dem") || has("khuya") {
            Some(Self::Night)
        } else if has("toi") {
            Some(Self::Evening)
        } else if day() {
            Some(Self::Day)
        } else {
            None
        }
    }

    /// Whether it is one that needs no legend to be known as one.
    pub const fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// `1`, `ca1`, `c1`, `k1`.
fn turn(bare: &str) -> Option<u32> {
    let digits = bare.trim_start_matches("ca").trim_start_matches(['c', 'k']);
    let number = digits.trim().parse().ok();
    number.filter(|turn| (1..=9).contains(turn))
}

fn turn_of_ca(word: &str) -> Option<u32> {
    word.strip_prefix("ca")?
        .parse()
        .ok()
        .filter(|turn| (1..=9).contains(turn))
}

/// The hours that a shift has by custom, beside the other shifts of its list.
pub fn customary(mark: &Mark, others: &BTreeSet<Mark>) -> Option<Hours> {
    let hours = |from: u32, to: u32| Some(Hours::Spans(vec![(from * 60, to * 60)]));
    let in_three = [Mark::Morning, Mark::Afternoon, Mark::Evening]
        .iter()
        .any(|mark| others.contains(mark));
    let last_turn = others
        .iter()
        .filter_map(|mark| match mark {
            Mark::Turn(turn) => Some(*turn),
            _ => None,
        })
        .max()
        .unwrap_or_default();
    match (mark, last_turn) {
        (Mark::Morning, _) => hours(6, 14),
        (Mark::Afternoon, _) => hours(14, 22),
        (Mark::Evening, _) => hours(22, 30),
        (Mark::LetterT, _) if in_three => hours(22, 30),
        (Mark::OnDuty | Mark::LetterT, _) => Some(Hours::Whole),
        (Mark::Day, _) => hours(7, 19),
        (Mark::Night, _) if in_three => hours(22, 30),
        (Mark::Night, _) => hours(19, 31),
        (Mark::Turn(1), 3) => hours(6, 14),
        (Mark::Turn(2), 3) => hours(14, 22),
        (Mark::Turn(3), 3) => hours(22, 30),
        (Mark::Turn(1), 2) => hours(7, 19),
        (Mark::Turn(2), 2) => hours(19, 31),
        _ => None,
    }
}

/// What a cell says of days and hours.
#[derive(Debug, Clone, Default)]
pub struct DayAndHours {
    /// The days, in their order.
    pub days: Vec<Day>,
    /// The hours, where it says some.
    pub hours: Option<Hours>,
    /// The times, in their order.
    pub times: Vec<u32>,
    /// Whether the days are each one of their own, not the first and the last.
    pub apart: bool,
    /// Whether it cannot be told which days are meant.
    pub unclear: bool,
    /// Whether it says a day that there is not, or a time of a place that is not known.
    pub wrong: bool,
    /// The word or mark of a shift, where it says no hours.
    pub mark: Option<Mark>,
}

impl DayAndHours {
    /// What a cell says.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if let Some(day) = Day::read(text).filter(|day| day.is_more_than_a_number()) {
            return Self {
                days: vec![day],
                ..Self::default()
            };
        }
        Self::of_parts(text)
    }

    /// What the cell of a beginning or an end says, where midnight is a time.
    pub fn of_moment(text: &str) -> Self {
        let midnight = |piece: &Piece| matches!(piece.found, Found::Time(_));
        match scan(text).iter().any(midnight) {
            true => Self::of_parts(text),
            false => Self::of(text),
        }
    }

    fn of_parts(text: &str) -> Self {
        let mut pieces = scan(text);
        let wrong = pieces.iter().any(|piece| piece.found == Found::Wrong);
        let mut days: Vec<Day> = Vec::new();
        let mut weekday = None;
        let of_week = |piece: &&Piece| matches!(piece.found, Found::Weekday(_));
        let weekdays = pieces.iter().filter(of_week).count();
        for piece in &pieces {
            match piece.found {
                Found::Day(day) => days.push(Day {
                    weekday: day.weekday.or(weekday.take()),
                    ..day
                }),
                Found::Weekday(of) => weekday = Some(of),
                _ => {}
            }
        }
        if let (true, Some(_)) = (days.is_empty(), weekday) {
            days.push(Day {
                weekday,
                ..Day::default()
            });
        }
        // `từ 16 đến 22/5`.
        if let ([last], Some(first)) = (&*days, first_of_range(&pieces)) {
            days = vec![
                Day {
                    month: last.month,
                    year: last.year,
                    ..first
                },
                *last,
            ];
        }
        let listed = listed(&pieces);
        let spans = pieces.iter().any(|piece| piece.found == Found::To) && times(&pieces).len() < 2;
        let apart = days.len() > 1 && !between_days(&pieces) || listed.is_some();
        let unclear = apart && (listed.is_none() || spans)
            || weekdays > days.len().max(1)
            || days.len() > 2 && !apart;
        if let Some(listed) = listed {
            days = listed;
        }
        // A number beside a day is none of the hours.
        let counts = |piece: &Piece| days.is_empty() || !matches!(piece.found, Found::Number(..));
        pieces.retain(counts);
        let hours = of_pieces(&pieces);
        let mark = match (&hours, days.is_empty()) {
            (Some(_), _) => None,
            (None, true) => Mark::read(text),
            (None, false) => Mark::within(text),
        };
        Self {
            days,
            hours,
            times: times(&pieces),
            apart,
            unclear,
            wrong,
            mark,
        }
    }
}

/// Whether a dash or a word stands between two days.
fn between_days(pieces: &[Piece]) -> bool {
    let is_day = |piece: &Piece| matches!(piece.found, Found::Day(_));
    let first = pieces.iter().position(is_day).unwrap_or_default();
    let last = pieces.iter().rposition(is_day).unwrap_or_default();
    pieces[first..last]
        .iter()
        .any(|piece| piece.found == Found::To)
}

/// Days one after the other, with marks or words between them: `18, 19, 20/5/2016`, `16/5 và 18/5`.
fn listed(pieces: &[Piece]) -> Option<Vec<Day>> {
    let is_apart = |piece: &Piece| match &piece.found {
        Found::Mark(mark) => matches!(mark, ',' | ';' | '&' | '+'),
        Found::Word(word) => word == "va",
        _ => false,
    };
    let of = |piece: &Piece| match piece.found {
        Found::Day(day) => Some(day),
        Found::Number(day, 1..=2) if (1..=31).contains(&day) => Some(Day {
            day: Some(day),
            ..Day::default()
        }),
        _ => None,
    };
    let kept: Vec<&Piece> = pieces
        .iter()
        .filter(|piece| match &piece.found {
            Found::Weekday(_) => false,
            Found::Word(word) => !matches!(word.as_str(), "ngay" | "cac"),
            Found::Mark(mark) => !matches!(mark, '(' | ')'),
            _ => true,
        })
        .collect();
    let mut days: Vec<Day> = Vec::new();
    let mut at = kept.iter().position(|piece| of(piece).is_some())?;
    while let Some(day) = kept.get(at).and_then(|piece| of(piece)) {
        days.push(day);
        let marks = kept[at + 1..]
            .iter()
            .take_while(|piece| is_apart(piece))
            .count();
        if marks == 0 {
            break;
        }
        at += 1 + marks;
    }
    if days.len() < 2 || days.iter().all(|day| day.month.is_none()) {
        return None;
    }
    // What a later one says is of those before it, too.
    let (mut month, mut year) = (None, None);
    for day in days.iter_mut().rev() {
        (day.month, day.year) = (day.month.or(month), day.year.or(year));
        (month, year) = (day.month, day.year);
    }
    let mut before = None;
    for day in &mut days {
        day.month = day.month.or(before);
        before = day.month;
    }
    Some(days)
}

fn first_of_range(pieces: &[Piece]) -> Option<Day> {
    pieces.windows(3).find_map(
        |three| match (&three[0].found, &three[1].found, &three[2].found) {
            (Found::Number(day, 1..=2), Found::To, Found::Day(_)) if (1..=31).contains(day) => {
                Some(Day {
                    day: Some(*day),
                    ..Day::default()
                })
            }
            _ => None,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, NaiveDate};
    use sotruc_base::clock::YEARS;

    #[test]
    fn hours_are_written_in_many_ways() {
        let check = |text: &str, expect: Option<&str>| {
            let read = Hours::read(text).map(|hours| hours.to_string());
            assert_eq!(read.as_deref(), expect, "{text}");
        };
        check("07:30–19:30", Some("07:30–19:30"));
        check("7h30-11h30", Some("07:30–11:30"));
        check("7g30 - 11g30", Some("07:30–11:30"));
        check("từ 7h đến 19h", Some("07:00–19:00"));
        check("Từ 07 giờ 30 phút đến 16 giờ 30 phút", Some("07:30–16:30"));
        check("22h-6h", Some("22:00–06:00 (+1)"));
        check("07:30 - 07:30 (hôm sau)", Some("07:30–07:30 (+1)"));
        check("07:30–07:30(+1)", Some("07:30–07:30 (+1)"));
        check("7h30 đến 7h30 ngày hôm sau", Some("07:30–07:30 (+1)"));
        check(
            "từ 7h30 hôm trước đến 7h30 hôm sau",
            Some("07:30–07:30 (+1)"),
        );
        check("7h30/17h30", Some("07:30–17:30"));
        check("7h tối - 7h sáng", Some("19:00–07:00 (+1)"));
        check("7h sáng - 7h tối", Some("07:00–19:00"));
        check("7h sáng đến 5h chiều", Some("07:00–17:00"));
        check("10h đêm - 6h sáng hôm sau", Some("22:00–06:00 (+1)"));
        check("1h trưa - 5h chiều", Some("13:00–17:00"));
        check(
            "sáng 7h30-11h30 chiều 13h30-17h",
            Some("07:30–11:30; 13:30–17:00"),
        );
        check("19h00 hôm trước đến 7h00", None);
        check("19h00 ngày hôm trước đến 7h00", None);
        check("7-19h", Some("07:00–19:00"));
        check("7h - 19", Some("07:00–19:00"));
        check("7.30 - 11.30", Some("07:30–11:30"));
        check("7h30-11h30; 13h30-17h", Some("07:30–11:30; 13:30–17:00"));
        check("0h-24h", Some("24/24"));
        check("00:00–24:00", Some("24/24"));
        check("24/24", Some("24/24"));
        check("24/24h", Some("24/24"));
        check("24/7", Some("24/24"));
        check("24h", Some("24/24"));
        check("24 giờ", Some("24/24"));
        check("cả ngày", Some("24/24"));
        check("7h30", Some("07:30"));
        check("Ca sáng", None);
        check("0905123456", None);
        check("25h-27h", None);
        check("", None);
    }

    #[test]
    fn shifts_have_words_and_marks() {
        let check = |text: &str, expect: Mark| assert_eq!(Mark::read(text), Some(expect), "{text}");
        check("x", Mark::OnDuty);
        check("24", Mark::OnDuty);
        check("✓", Mark::OnDuty);
        check("Trực", Mark::OnDuty);
        check("S", Mark::Morning);
        check("Ca sáng", Mark::Morning);
        check("Đ", Mark::Night);
        check("N", Mark::Day);
        check("Ban ngày", Mark::Day);
        check("Ca 2", Mark::Turn(2));
        check("3", Mark::Turn(3));
        check("Ca III", Mark::Turn(3));
        check("K1", Mark::Turn(1));
        check("nghỉ", Mark::Off);
        check("-", Mark::Off);
        check("HC", Mark::Other("hc".to_owned()));
        assert_eq!(Mark::read(" "), None);
        assert_eq!(Mark::within("Trực ban đêm"), Some(Mark::Night));
        assert_eq!(Mark::within("Cán bộ trực ca 2"), Some(Mark::Turn(2)));
        assert_eq!(Mark::within("Lãnh đạo trực"), None);
    }

    #[test]
    fn a_cell_may_hold_hours_before_a_name() {
        let check = |text: &str, expect: Option<(&str, &str)>| {
            assert_eq!(before_name(text), expect, "{text}");
        };
        check("07:00–19:00 Y Wan Niê", Some(("07:00–19:00", "Y Wan Niê")));
        check(
            "19:00–07:00(+1) Hà Văn Năm",
            Some(("19:00–07:00(+1)", "Hà Văn Năm")),
        );
        check(
            "07:30–07:30 24/05 Hà Văn Năm",
            Some(("07:30–07:30 24/05", "Hà Văn Năm")),
        );
        check("6h-14h: Hà Văn Năm", Some(("6h-14h", "Hà Văn Năm")));
        check("Hà Văn Năm", None);
        check("6h-14h", None);
    }

    #[test]
    fn no_cell_says_a_day_that_its_writer_did_not_mean() {
        // A generator of its own, so that the cells are the same each time.
        let mut state = 20_160_522_u64;
        let mut any = |from: u32, to: u32| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            from + (state >> 33) as u32 % (to - from)
        };
        let (mut taken, mut refused) = (0, 0);
        for _ in 0..10_000 {
            let (day, month) = (any(0, 34), any(0, 14));
            let year = match any(0, 8) {
                0 => any(0, 1000),
                1 => any(2200, 9999),
                _ => any(1990, 2051),
            };
            let written = |mark: char| format!("{day}{mark}{month:02}{mark}{year}");
            let text = match any(0, 9) {
                0 => written('/'),
                1 => written('-'),
                2 => written('.'),
                3 => format!("{year:04}-{month:02}-{day:02}"),
                4 => format!("ngày {} 7h-19h", written('/')),
                5 => format!("Thứ Hai, {}", written('/')),
                6 => format!("7h30 {}", written('/')),
                7 => format!("{} 22:00", written('/')),
                _ => format!("({})", written('/')),
            };
            let meant = NaiveDate::from_ymd_opt(year as i32, month, day)
                .filter(|date| YEARS.contains(&date.year()));
            let said = DayAndHours::of_moment(&text);
            // A year of two digits is one of this century.
            let short = year < 100 && !text.contains(&format!("{year:04}"));
            let meant = match short {
                true => NaiveDate::from_ymd_opt(2000 + year as i32, month, day),
                false => meant,
            };
            match (said.wrong, &*said.days) {
                (true, _) | (false, []) => refused += 1,
                (false, [one]) if one.date().is_some() && one.date() == meant => taken += 1,
                (false, days) => panic!("{text}: {days:?}"),
            }
        }
        assert!(taken > 4_000 && refused > 2_000, "{taken} {refused}");
    }
}
